//! The closed tag sets of Universal Dependencies English, as small integers.
//!
//! Source: the UD v2 guidelines (universaldependencies.org) and the labels that occur in the
//! English Web Treebank and GUM. `Deprel` keeps the English subtypes; [`Deprel::universal`] drops them.

use serde::Serialize;

macro_rules! tag_set {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $(#[doc = $text] $variant,)* }

        impl $name {
            /// Every member, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The tag as it is written in CoNLL-U.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// Reads a tag as written in CoNLL-U; `None` for a tag outside the set.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }
    };
}

tag_set! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET",
        Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN",
        Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

tag_set! {
    /// Penn Treebank part of speech, with the additions of the English Web Treebank.
    Xpos {
        Nn = "NN", In = "IN", Dt = "DT", Nnp = "NNP", Prp = "PRP", Jj = "JJ", Period = ".",
        Rb = "RB", Comma = ",", Nns = "NNS", Vb = "VB", Cc = "CC", Vbd = "VBD", Vbp = "VBP",
        Vbz = "VBZ", Cd = "CD", Vbn = "VBN", Vbg = "VBG", To = "TO", Md = "MD", PrpS = "PRP$",
        Uh = "UH", Colon = ":", Rrb = "-RRB-", Lrb = "-LRB-", Wdt = "WDT", Wrb = "WRB", Wp = "WP",
        OpenQuote = "``", CloseQuote = "''", Hyph = "HYPH", Rp = "RP", Pos = "POS", Nnps = "NNPS",
        Jjr = "JJR", Jjs = "JJS", Ex = "EX", Rbr = "RBR", Nfp = "NFP", Sym = "SYM", Dollar = "$",
        Gw = "GW", Add = "ADD", Pdt = "PDT", Fw = "FW", Rbs = "RBS", Ls = "LS", Afx = "AFX",
        WpS = "WP$", Xx = "XX",
    }
}

tag_set! {
    /// Universal dependency relation, with the subtypes used for English.
    Deprel {
        Punct = "punct", Case = "case", Det = "det", Nsubj = "nsubj", Root = "root",
        Advmod = "advmod", Amod = "amod", Obj = "obj", Obl = "obl", Conj = "conj", Nmod = "nmod",
        Compound = "compound", Cc = "cc", Mark = "mark", Aux = "aux", Cop = "cop",
        NmodPoss = "nmod:poss", Advcl = "advcl", Xcomp = "xcomp", Flat = "flat",
        AclRelcl = "acl:relcl", Ccomp = "ccomp", Parataxis = "parataxis", Acl = "acl",
        Nummod = "nummod", Appos = "appos", AuxPass = "aux:pass", NsubjPass = "nsubj:pass",
        Discourse = "discourse", OblUnmarked = "obl:unmarked", NmodUnmarked = "nmod:unmarked",
        CompoundPrt = "compound:prt", Expl = "expl", Fixed = "fixed", Iobj = "iobj", List = "list",
        OblAgent = "obl:agent", Reparandum = "reparandum", NmodDesc = "nmod:desc",
        Csubj = "csubj", Dep = "dep", NsubjOuter = "nsubj:outer", DetPredet = "det:predet",
        AdvclRelcl = "advcl:relcl", Vocative = "vocative", Goeswith = "goeswith",
        CcPreconj = "cc:preconj", Orphan = "orphan", Dislocated = "dislocated",
        CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer",
    }
}

impl Deprel {
    /// The relation without its subtype: `nsubj:pass` gives `nsubj`.
    pub fn universal(self) -> &'static str {
        let full = self.as_str();
        full.split_once(':').map_or(full, |(head, _)| head)
    }
}

/// The morphological features kept for each word: those that occur in the treebanks, in the order
/// in which CoNLL-U writes them.
const FEATURES: [&str; 62] = [
    "Abbr=Yes",
    "Case=Acc",
    "Case=Gen",
    "Case=Nom",
    "Definite=Def",
    "Definite=Ind",
    "Degree=Cmp",
    "Degree=Pos",
    "Degree=Sup",
    "ExtPos=ADP",
    "ExtPos=ADV",
    "ExtPos=CCONJ",
    "ExtPos=PRON",
    "ExtPos=PROPN",
    "ExtPos=SCONJ",
    "Foreign=Yes",
    "Gender=Fem",
    "Gender=Masc",
    "Gender=Neut",
    "Mood=Imp",
    "Mood=Ind",
    "Mood=Sub",
    "Number=Plur",
    "Number=Ptan",
    "Number=Sing",
    "NumForm=Combi",
    "NumForm=Digit",
    "NumForm=Roman",
    "NumForm=Word",
    "NumType=Card",
    "NumType=Frac",
    "NumType=Mult",
    "NumType=Ord",
    "Person=1",
    "Person=2",
    "Person=3",
    "Polarity=Neg",
    "Polarity=Pos",
    "Poss=Yes",
    "PronType=Art",
    "PronType=Dem",
    "PronType=Emp",
    "PronType=Ind",
    "PronType=Int",
    "PronType=Neg",
    "PronType=Prs",
    "PronType=Rcp",
    "PronType=Rel",
    "PronType=Tot",
    "Reflex=Yes",
    "Style=Arch",
    "Style=Coll",
    "Style=Expr",
    "Style=Slng",
    "Style=Vrnc",
    "Tense=Past",
    "Tense=Pres",
    "Typo=Yes",
    "VerbForm=Fin",
    "VerbForm=Ger",
    "VerbForm=Inf",
    "VerbForm=Part",
];
const VOICE_PASSIVE: u32 = 62;

/// A set of morphological features, one bit each.
///
/// ```
/// use tidings_language::Feats;
/// let feats = Feats::parse("Mood=Ind|Tense=Past|VerbForm=Fin");
/// assert!(feats.has("Tense=Past") && !feats.has("Voice=Pass"));
/// assert_eq!(feats.to_string(), "Mood=Ind|Tense=Past|VerbForm=Fin");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Feats(pub u64);

impl Feats {
    /// Reads a CoNLL-U FEATS column; features outside the treebanks' set are dropped.
    pub fn parse(column: &str) -> Feats {
        Feats(column.split('|').filter_map(Self::bit).fold(0, |set, bit| set | 1 << bit))
    }

    /// Whether the feature, written as `Tense=Past`, is in the set.
    pub fn has(self, feature: &str) -> bool {
        Self::bit(feature).is_some_and(|bit| self.0 >> bit & 1 == 1)
    }

    /// Whether the word is a passive participle (`Voice=Pass`).
    pub fn passive(self) -> bool {
        self.0 >> VOICE_PASSIVE & 1 == 1
    }

    fn bit(feature: &str) -> Option<u32> {
        if feature == "Voice=Pass" {
            return Some(VOICE_PASSIVE);
        }
        FEATURES.iter().position(|f| *f == feature).map(|at| at as u32)
    }
}

impl std::fmt::Display for Feats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 == 0 {
            return f.write_str("_");
        }
        let named = (0..FEATURES.len()).filter(|bit| self.0 >> bit & 1 == 1).map(|b| FEATURES[b]);
        let voice = self.passive().then_some("Voice=Pass");
        for (nth, feature) in named.chain(voice).enumerate() {
            if nth > 0 {
                f.write_str("|")?;
            }
            f.write_str(feature)?;
        }
        Ok(())
    }
}
