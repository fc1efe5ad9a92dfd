//! Lemmas of tagged English words.
//!
//! In go a form and its tags, out comes the lemma after UD English: verbs in the infinitive, nouns
//! in the singular, adjectives in the positive, names with their capitals. The irregular forms of
//! `lexicon/language/irregular.txt` come first, then what was learned from the treebanks: for the
//! longest known ending of the word, how its ending changes, and whether its capitals stay. The verbs of
//! `lexicon/language/verbs.txt` count as known too.

mod table;
mod train;

pub use train::train;

use crate::document::Document;
use crate::tags::{Upos, Xpos};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use table::{Case, Table};

static EMBEDDED: &[u8] = include_bytes!("../../../../models/lemmas.bin");
const IRREGULAR: &str = include_str!("../../../../lexicon/language/irregular.txt");
const VERBS: &str = include_str!("../../../../lexicon/language/verbs.txt");

/// What is wrong with a file of lemma rules.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a file of lemma rules, or cut short: make it again with `train_lemmatizer`")]
pub struct LemmaError;

/// Finds lemmas.
#[derive(Debug)]
pub struct Lemmatizer<'m> {
    irregular: HashMap<u32, &'static str>,
    verbs: HashSet<&'static str>,
    table: Table<'m>,
}

impl Lemmatizer<'static> {
    /// The lemmatizer inside the program.
    pub fn embedded() -> &'static Lemmatizer<'static> {
        static LEMMATIZER: OnceLock<Lemmatizer<'static>> = OnceLock::new();
        LEMMATIZER.get_or_init(|| Lemmatizer {
            irregular: irregular(),
            verbs: verbs(),
            table: Table::read(EMBEDDED).unwrap_or_default(),
        })
    }
}

impl<'m> Lemmatizer<'m> {
    /// A lemmatizer with the rules of a file, as [`train`] makes it.
    pub fn read(file: &'m [u8]) -> Result<Lemmatizer<'m>, LemmaError> {
        Ok(Lemmatizer {
            irregular: irregular(),
            verbs: verbs(),
            table: Table::read(file).ok_or(LemmaError)?,
        })
    }

    /// The lemma of a form with these tags.
    pub fn lemma<'f>(&self, form: &'f str, upos: Upos, xpos: Xpos) -> Cow<'f, str> {
        if upos == Upos::Num && form.contains(',') && form.starts_with(|c: char| c.is_numeric()) {
            return Cow::Owned(form.replace(',', ""));
        }
        let lower = lower(form);
        let (strip, add) = match self.irregular.get(&table::whole(xpos, &lower)) {
            Some(lemma) => (lower.len(), *lemma),
            None => self.change(xpos, &lower),
        };
        let case = self.table.case(upos, xpos, form, &lower);
        let whole = strip == 0 && add.is_empty();
        if whole && (case == Case::Keep || (case == Case::Lower && lower == form)) {
            return Cow::Borrowed(form);
        }
        Cow::Owned(table::apply(form, &lower, strip, add, case))
    }

    /// How a form changes: as the treebanks have it; else, for `-ed` and `-ing`, to the spelling of
    /// a known verb, or a known noun; else as its ending tells.
    fn change(&self, xpos: Xpos, lower: &str) -> (usize, &str) {
        let suffix = match xpos {
            Xpos::Vbd | Xpos::Vbn => "ed",
            Xpos::Vbg => "ing",
            _ => return self.table.ending(xpos, lower),
        };
        let stem = lower.strip_suffix(suffix).filter(|stem| stem.len() > 2 && stem.is_ascii());
        let (Some(stem), None) = (stem, self.table.word(xpos, lower)) else {
            return self.table.ending(xpos, lower);
        };
        let bytes = stem.as_bytes();
        let doubled = bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
        let single = &stem[..stem.len() - usize::from(doubled)];
        let silent = [stem, "e"].concat();
        let listed = |word: &str| self.verbs.contains(word);
        let learned = |upos| move |word: &str| self.table.has_lemma(word, upos);
        let sources: [&dyn Fn(&str) -> bool; 3] =
            [&listed, &learned(Upos::Verb), &learned(Upos::Noun)];
        for known in sources {
            if known(stem) {
                return (suffix.len(), "");
            }
            if known(&silent) {
                return (suffix.len(), "e");
            }
            if doubled && known(single) {
                return (suffix.len() + 1, "");
            }
        }
        let vowel = |byte: u8| b"aeiou".contains(&byte);
        match *bytes {
            [.., b'i'] if suffix == "ed" => (3, "y"),
            [.., b'v' | b'u' | b'c'] => (suffix.len(), "e"),
            [.., a, b, b'k'] if vowel(b) && !vowel(a) => (suffix.len(), "e"),
            [.., a, b] if doubled && !vowel(a) && !b"lszf".contains(&b) => (suffix.len() + 1, ""),
            _ => match self.table.ending(xpos, lower) {
                (strip, _) if strip > suffix.len() => (suffix.len(), ""),
                change => change,
            },
        }
    }

    /// Gives every word of a tagged document its lemma.
    pub fn lemmatize(&self, document: &mut Document<'_>) {
        document.lemmas.clear();
        document.lemmas.reserve(document.text.len());
        for i in 0..document.tokens.len() {
            let (upos, xpos) = (document.tokens[i].upos, document.tokens[i].xpos);
            let lemma = self.lemma(document.form(i), upos, xpos);
            document.tokens[i].lemma = document.push_lemma(&lemma);
        }
    }
}

fn lower(form: &str) -> Cow<'_, str> {
    if form.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(form);
    }
    Cow::Owned(form.to_lowercase())
}

fn verbs() -> HashSet<&'static str> {
    VERBS.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

fn irregular() -> HashMap<u32, &'static str> {
    let mut found = HashMap::new();
    for line in IRREGULAR.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split_whitespace();
        let (Some(tags), Some(forms), Some(lemma)) =
            (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        for tag in tags.split(',').filter_map(Xpos::parse) {
            for form in forms.split(',') {
                found.insert(table::whole(tag, form), lemma);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(form: &str, upos: Upos, xpos: Xpos) -> String {
        Lemmatizer::embedded().lemma(form, upos, xpos).into_owned()
    }

    #[test]
    fn verbs_go_to_the_infinitive() {
        for (form, xpos, expected) in [
            ("went", Xpos::Vbd, "go"),
            ("withdrew", Xpos::Vbd, "withdraw"),
            ("shelled", Xpos::Vbd, "shell"),
            ("Denied", Xpos::Vbn, "deny"),
            ("killing", Xpos::Vbg, "kill"),
            ("threatens", Xpos::Vbz, "threaten"),
            ("accuses", Xpos::Vbz, "accuse"),
            ("freed", Xpos::Vbd, "free"),
            ("strafing", Xpos::Vbg, "strafe"),
            ("pummelled", Xpos::Vbn, "pummel"),
        ] {
            assert_eq!(lemma(form, Upos::Verb, xpos), expected, "{form}");
        }
    }

    #[test]
    fn names_keep_their_capitals_and_nouns_lose_theirs() {
        assert_eq!(lemma("Kosovo", Upos::Propn, Xpos::Nnp), "Kosovo");
        assert_eq!(lemma("Serbs", Upos::Propn, Xpos::Nnps), "Serb");
        assert_eq!(lemma("Talks", Upos::Noun, Xpos::Nns), "talk");
        assert_eq!(lemma("Policemen", Upos::Noun, Xpos::Nns), "policeman");
        assert_eq!(lemma("12,500", Upos::Num, Xpos::Cd), "12500");
    }

    #[test]
    fn words_that_are_their_own_lemma_are_not_copied() {
        let lemma = Lemmatizer::embedded().lemma("border", Upos::Noun, Xpos::Nn);
        assert!(matches!(lemma, Cow::Borrowed("border")));
    }

    proptest::proptest! {
        #[test]
        fn any_form_has_a_lemma(form in "\\PC{0,12}", tag in 0..Xpos::ALL.len()) {
            let xpos = Xpos::ALL[tag];
            for upos in [Upos::Propn, Upos::Num, Upos::Verb] {
                let lemma = Lemmatizer::embedded().lemma(&form, upos, xpos);
                proptest::prop_assert_eq!(lemma.is_empty(), form.is_empty());
            }
        }
    }
}
