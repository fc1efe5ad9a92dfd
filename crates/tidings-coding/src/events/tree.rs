//! One sentence's tree as the matcher needs it: deep subjects and objects, whatever the voice.
//!
//! In go the words and relations of a sentence; out come, for a verb, who acts and who is acted
//! upon, through passives, participles, relative clauses, shared subjects and control.

use crate::actors::Actors;
use tidings_language::{Deprel, Document, Upos, Xpos};
use tidings_world::events::{Group, Word};
use tidings_world::{Cues, EventLexicon, Kind as Named, Names, World};

/// A sentence under the matcher. Token numbers are those of the document.
pub(super) struct Tree<'d> {
    pub doc: &'d Document<'d>,
    pub actors: &'d Actors,
    pub lexicon: &'d EventLexicon,
    names: &'d Names,
    pub cues: &'d Cues,
    first: usize,
    /// Whether the text is a headline, where past forms without an object are passives: "Envoy expelled".
    headline: bool,
    /// Lexicon words of lemma and form.
    words: Vec<[Option<Word>; 2]>,
    /// Children of each token, one run after another.
    starts: Vec<u32>,
    children: Vec<u32>,
}

/// Who acts and who is acted upon, as words of the sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Clause {
    pub passive: bool,
    /// Who acts.
    pub subject: Option<usize>,
    /// Who is acted upon.
    pub object: Option<usize>,
    /// Who receives.
    pub indirect: Option<usize>,
}

/// The infinitives that a regular "-ed", "-ing" or "-s" may come from: "mined" from "mine", "banned" from
/// "ban", "amnestied" from "amnesty", "eases" from "ease". A lemmatiser guesses at verbs it has not seen.
fn regular(form: &str) -> impl Iterator<Item = String> {
    let present = form.strip_suffix('s').map(str::to_ascii_lowercase);
    let stem = form.strip_suffix("ed").or_else(|| form.strip_suffix("ing"));
    let stem = stem.filter(|stem| stem.len() > 2 && stem.is_ascii()).map(str::to_ascii_lowercase);
    let single = stem.as_ref().and_then(|stem| {
        let mut last = stem.bytes().rev();
        let doubled = last.next().is_some_and(|l| last.next() == Some(l));
        doubled.then(|| stem[..stem.len() - 1].to_string())
    });
    let with_e = stem.as_ref().map(|stem| [stem, "e"].concat());
    let with_y = form.strip_suffix("ied").map(|stem| [&stem.to_ascii_lowercase(), "y"].concat());
    [with_e, stem, single, with_y, present].into_iter().flatten()
}

impl<'d> Tree<'d> {
    pub fn new(doc: &'d Document<'d>, actors: &'d Actors, world: &'d World) -> Self {
        let (words, starts, children) = Default::default();
        let World { events: lexicon, names, cues, .. } = world;
        Tree {
            doc,
            actors,
            lexicon,
            names,
            cues,
            first: 0,
            headline: false,
            words,
            starts,
            children,
        }
    }

    /// The same, of a headline.
    pub fn of_headline(self) -> Self {
        Tree { headline: true, ..self }
    }

    pub fn is_headline(&self) -> bool {
        self.headline
    }

    /// Moves on to another sentence.
    pub fn load(&mut self, sentence: std::ops::Range<usize>) {
        self.first = sentence.start;
        self.words.clear();
        let mut lower = String::new();
        let mut find = |text: &str| {
            if text.bytes().all(|b| b.is_ascii_lowercase()) {
                return self.lexicon.word(text);
            }
            lower.clear();
            lower.extend(text.chars().flat_map(char::to_lowercase));
            self.lexicon.word(&lower)
        };
        for token in sentence.clone() {
            // Nouns that are mostly plural keep it in some lemmas: "troops".
            let lemma = self.doc.lemma(token);
            let singular = || match lemma.strip_suffix("ies") {
                Some(stem) => Some([stem, "y"].concat()),
                None => lemma.strip_suffix('s').map(str::to_string),
            };
            let verb = self.doc.tokens[token].upos == Upos::Verb;
            let lemma = find(lemma).or_else(|| find(&singular()?)).or_else(|| {
                verb.then(|| regular(self.doc.form(token)).find_map(|word| find(&word)))?
            });
            self.words.push([lemma, find(self.doc.form(token))]);
        }
        self.starts.clear();
        self.starts.resize(sentence.len() + 1, 0);
        for token in sentence.clone() {
            if let Some(head) = self.doc.head(token) {
                self.starts[head - self.first + 1] += 1;
            }
        }
        for at in 1..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
        let mut next = self.starts.clone();
        self.children.clear();
        self.children.resize(*self.starts.last().unwrap_or(&0) as usize, 0);
        for token in sentence {
            if let Some(head) = self.doc.head(token) {
                let place = &mut next[head - self.first];
                self.children[*place as usize] = token as u32;
                *place += 1;
            }
        }
    }

    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let at = token - self.first;
        let run = self.starts[at] as usize..self.starts[at + 1] as usize;
        self.children[run].iter().map(|&c| c as usize)
    }

    pub fn child(&self, token: usize, relations: &[Deprel]) -> Option<usize> {
        self.children(token).find(|&c| relations.contains(&self.relation(c)))
    }

    pub fn relation(&self, token: usize) -> Deprel {
        self.doc.tokens[token].deprel
    }

    pub fn upos(&self, token: usize) -> Upos {
        self.doc.tokens[token].upos
    }

    /// The lexicon's number of the lemma.
    pub fn word(&self, token: usize) -> Option<Word> {
        self.words[token - self.first][0]
    }

    /// The lexicon's number of the word as written.
    pub fn form(&self, token: usize) -> Option<Word> {
        self.words[token - self.first][1]
    }

    pub fn is(&self, token: usize, word: Word) -> bool {
        self.words[token - self.first].contains(&Some(word))
    }

    pub fn lemma_in(&self, token: usize, lemmas: &[&str]) -> bool {
        lemmas.iter().any(|l| self.doc.lemma(token).eq_ignore_ascii_case(l))
    }

    /// Whether the word is a single word of a class of the lexicon.
    pub fn in_class(&self, token: usize, class: &str) -> bool {
        let words = self.lexicon.class(class);
        self.word(token)
            .is_some_and(|w| words.iter().any(|n| n.head == w && n.modifiers.is_empty()))
    }

    /// The words of the sentence.
    pub fn sentence(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.words.len()
    }

    pub fn in_sentence(&self, token: usize) -> bool {
        (self.first..self.first + self.words.len()).contains(&token)
    }

    /// Whether the phrase or clause stands under one of the prepositions.
    pub fn under(&self, token: usize, prepositions: &[Word]) -> bool {
        self.children(token).any(|c| {
            matches!(self.relation(c), Deprel::Case | Deprel::Mark)
                && prepositions.iter().any(|&p| self.is(c, p))
        })
    }

    pub fn has_case(&self, token: usize, cases: &[&str]) -> bool {
        self.children(token).any(|c| self.relation(c) == Deprel::Case && self.lemma_in(c, cases))
    }

    pub fn infinitive(&self, token: usize) -> bool {
        let marked = |c| self.relation(c) == Deprel::Mark && self.lemma_in(c, &["to"]);
        // "to" right before a bare verb is its own, whatever it hangs on.
        let before = || {
            let words = (self.first..token).rev();
            words.into_iter().find(|&t| self.upos(t) != Upos::Punct && self.upos(t) != Upos::Adv)
        };
        self.children(token).any(marked)
            || self.doc.tokens[token].xpos == Xpos::Vb
                && before().is_some_and(|t| self.lemma_in(t, &["to"]))
    }

    /// Whether the clause tells what should be and not what is: "insisted that he leave", not
    /// "insisted that he left" or "would leave".
    pub fn is_wish(&self, clause: usize) -> bool {
        let told =
            |verb: usize| matches!(self.doc.tokens[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
        let auxiliaries = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
        match self.modal(clause) {
            Some(modal) => self.lemma_in(modal, &["should", "must"]),
            None => {
                !matches!(self.doc.tokens[clause].xpos, Xpos::Vbd | Xpos::Vbz)
                    && !self
                        .children(clause)
                        .any(|c| auxiliaries.contains(&self.relation(c)) && told(c))
            }
        }
    }

    /// Whether the clause tells what is to come: "would meet", "are to meet", "meet" of a wish; not
    /// "met", "is late".
    pub fn lies_ahead(&self, clause: usize) -> bool {
        self.modal(clause).is_some()
            || self.infinitive(clause)
            || self.doc.tokens[clause].xpos == Xpos::Vb
            || self.child(clause, &[Deprel::Xcomp]).is_some_and(|c| self.infinitive(c))
    }

    pub fn negated(&self, token: usize) -> bool {
        self.children(token).any(|c| {
            self.relation(c) == Deprel::Advmod
                && (self.lemma_in(c, &["not", "n't", "never"])
                    || self.lemma_in(c, &["long", "longer"]))
        })
    }

    /// The modal of the clause, as its lemma.
    pub fn modal(&self, verb: usize) -> Option<usize> {
        self.children(verb)
            .find(|&c| self.relation(c) == Deprel::Aux && self.doc.tokens[c].xpos == Xpos::Md)
    }

    pub fn passive(&self, verb: usize) -> bool {
        let token = &self.doc.tokens[verb];
        if token.xpos != Xpos::Vbn && token.xpos != Xpos::Vbd && !token.feats.passive() {
            return false;
        }
        let marked = |verb: usize| {
            self.child(verb, &[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass]).is_some()
        };
        if marked(verb) {
            return true;
        }
        if self.headline && token.deprel != Deprel::Amod && !self.governs(verb) {
            return true;
        }
        // "The rebels seized": a past tense, whatever the tagger saw.
        let before_noun = matches!(token.deprel, Deprel::Acl | Deprel::Amod);
        if token.xpos == Xpos::Vbd || !before_noun && self.child(verb, &[Deprel::Nsubj]).is_some() {
            return false;
        }
        match token.deprel {
            Deprel::Acl | Deprel::Amod => true,
            Deprel::Conj => {
                let own = [Deprel::Nsubj, Deprel::Aux];
                self.child(verb, &own).is_none() && self.doc.head(verb).is_some_and(marked)
            }
            _ => token.feats.passive() && self.child(verb, &[Deprel::Aux]).is_none(),
        }
    }

    /// Whether the verb has an object, a content or an auxiliary of its own.
    fn governs(&self, verb: usize) -> bool {
        const OWN: [Deprel; 5] =
            [Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Aux, Deprel::CompoundPrt];
        self.child(verb, &OWN).is_some()
    }

    /// The verb that lets happen what the noun names: "clashes erupted", "a truce takes hold".
    pub fn happens(&self, noun: usize) -> Option<usize> {
        let subject = matches!(self.relation(noun), Deprel::Nsubj | Deprel::NsubjPass);
        let verb = self.doc.head(noun).filter(|_| subject)?;
        let word = self.word(verb)?;
        let near = |particle: Word| {
            let behind =
                (verb + 1..verb + 3).find(|&t| self.in_sentence(t) && self.is(t, particle));
            behind.is_some() || self.children(verb).any(|c| self.is(c, particle))
        };
        let verbs = self.lexicon.class("happens");
        let mut same = verbs.iter().filter(|v| v.head == word);
        same.any(|v| v.modifiers.iter().all(|&particle| near(particle))).then_some(verb)
    }

    /// The clause that tells the content of a word of saying; also one hung elsewhere, whose "that"
    /// stands right behind the word.
    pub fn content_clause(&self, word: usize) -> Option<usize> {
        // "asked if they would leave" tells no content.
        let asked = |c: usize| {
            let marks = self.children(c).filter(|&m| self.relation(m) == Deprel::Mark);
            marks.into_iter().any(|m| self.lemma_in(m, &["if", "whether"]))
                || self.children(c).chain(self.children(word)).any(|p| self.doc.form(p) == "?")
        };
        let content = |&c: &usize| {
            self.relation(c) == Deprel::Ccomp && !asked(c)
                || self.relation(c) == Deprel::Acl && !self.infinitive(c)
        };
        let that = || {
            let that = Some(word + 1).filter(|&t| self.in_sentence(t))?;
            let marks = self.relation(that) == Deprel::Mark && self.lemma_in(that, &["that"]);
            self.doc.head(that).filter(|&clause| marks && clause > that)
        };
        self.children(word).find(content).or_else(that)
    }

    /// The verb whose object (or passive subject) the noun is.
    pub fn light_verb(&self, noun: usize) -> Option<usize> {
        let object = matches!(self.relation(noun), Deprel::Obj | Deprel::NsubjPass);
        self.doc.head(noun).filter(|_| object)
    }

    /// Deep subject and object of a verb, participle or adjective.
    pub fn clause(&self, verb: usize) -> Clause {
        let surface = self.surface_subject(verb);
        let indirect = self.child(verb, &[Deprel::Iobj]);
        let object = self
            .child(verb, &[Deprel::Obj])
            .or_else(|| self.shared_object(verb))
            .or_else(|| self.object_after_day(verb))
            .or_else(|| self.gap(verb));
        if !self.passive(verb) {
            return Clause { passive: false, subject: surface, object, indirect };
        }
        let agent = self.child(verb, &[Deprel::OblAgent]).or_else(|| {
            self.children(verb)
                .find(|&c| self.relation(c) == Deprel::Obl && self.has_case(c, &["by"]))
        });

        // "NATO-led", "Russian-backed": the agent is written before the participle.
        let agent = agent.or_else(|| {
            let before = [
                Deprel::Compound,
                Deprel::OblUnmarked,
                Deprel::Obl,
                Deprel::Nsubj,
                Deprel::Amod,
                Deprel::NmodUnmarked,
                Deprel::Advmod,
                Deprel::Nmod,
            ];
            (self.relation(verb) == Deprel::Amod)
                .then(|| {
                    self.children(verb).find(|&c| {
                        let named = self.upos(c) != Upos::Adv;
                        c < verb && named && before.contains(&self.relation(c))
                    })
                })
                .flatten()
        });
        // "the recently imposed ban by Arden": the agent hangs on the noun.
        let agent = agent.or_else(|| {
            let noun = self.doc.head(verb).filter(|_| self.relation(verb) == Deprel::Amod)?;
            self.children(noun).find(|&c| c > noun && self.has_case(c, &["by"]))
        });
        // "freed by March 14": a day is no agent.
        let agent = agent.filter(|&agent| !self.in_class(agent, "calendar"));
        match object {
            // "The rebels were given arms": the object stays, the subject received.
            Some(object) if indirect.is_none() => {
                Clause { passive: true, subject: agent, object: Some(object), indirect: surface }
            }
            _ => Clause { passive: true, subject: agent, object: surface, indirect },
        }
    }

    /// "the militias Arden is battling": a relative clause with a subject of its own and no relative
    /// word is about the noun before it.
    fn gap(&self, verb: usize) -> Option<usize> {
        let own = [Deprel::Nsubj, Deprel::Ccomp, Deprel::Xcomp];
        let relative = |word: usize| {
            let token = &self.doc.tokens[word];
            matches!(token.xpos, Xpos::Wp | Xpos::Wdt | Xpos::Wrb)
                || token.feats.has("PronType=Rel")
        };
        let complete = self.children(verb).any(|c| {
            relative(c)
                || own[1..].contains(&self.relation(c))
                || self.relation(c) == Deprel::Nsubj && self.lemma_in(c, &["that"])
        });
        let relative = self.relation(verb) == Deprel::AclRelcl && !self.passive(verb);
        let subject = self.child(verb, &own[..1]).is_some();
        self.doc.head(verb).filter(|_| relative && subject && !complete)
    }

    /// An object without a preposition before it.
    pub fn bare_object(&self, verb: usize) -> Option<usize> {
        let object = self.child(verb, &[Deprel::Obj]);
        let bare = object.filter(|&object| self.child(object, &[Deprel::Case]).is_none());
        bare.or_else(|| self.gap(verb))
    }

    /// The gerund in the place of an object: "stopped bombing".
    pub fn gerund(&self, verb: usize) -> Option<usize> {
        let gerund = |&c: &usize| c > verb && self.doc.tokens[c].xpos == Xpos::Vbg;
        self.child(verb, &[Deprel::Xcomp]).filter(gerund)
    }

    /// What the object is made or called: "took them hostage", "found him guilty".
    pub fn predicative(&self, verb: usize) -> Option<usize> {
        let nominal = |c: &usize| matches!(self.upos(*c), Upos::Noun | Upos::Adj | Upos::Propn);
        self.child(verb, &[Deprel::Xcomp]).filter(nominal).filter(|&c| !self.infinitive(c))
    }

    /// "visited on Sunday police units": the object, which a parser may take for one phrase with the
    /// day before it.
    fn object_after_day(&self, verb: usize) -> Option<usize> {
        const DAYS: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let day = Some(verb + 2).filter(|&t| self.in_sentence(t) && self.lemma_in(t, &DAYS))?;
        let head = self.doc.head(day).filter(|&head| head > day)?;
        let joined = self.doc.head(head) == Some(verb) && self.relation(head) == Deprel::Obl;
        (joined && self.lemma_in(verb + 1, &["on"])).then_some(head)
    }

    /// "condemned and expelled the envoy": the object stands with one of the two.
    fn shared_object(&self, verb: usize) -> Option<usize> {
        if self.relation(verb) == Deprel::Conj {
            let head = self.doc.head(verb)?;
            return self.child(head, &[Deprel::Obj]).filter(|&o| o > verb);
        }
        let next = self.child(verb, &[Deprel::Conj])?;
        let near = next <= verb + 2 && self.upos(next) == Upos::Verb;
        self.child(next, &[Deprel::Obj]).filter(|_| near)
    }

    /// Whether the word itself names an actor, and not only what stands beside it: "the envoy of
    /// Brona", not "a complaint from Brona".
    pub fn is_actor(&self, token: usize) -> bool {
        let mentions = &self.actors.mentions;
        let at = mentions.partition_point(|mention| mention.head < token);
        let near = at.saturating_sub(3)..(at + 3).min(mentions.len());
        let own = mentions[near].iter().any(|m| m.head == token || m.tokens.contains(&token));
        let joined = [Deprel::Conj, Deprel::Appos, Deprel::Flat];
        own || self.names_actor(token)
            && (self.upos(token) == Upos::Pron
                || self.in_class(token, "measure")
                || self.doc.tokens[token].upos == Upos::Num
                || self.child(token, &joined).is_some())
    }

    /// Whether whom the words name is of the group: "troops" are armed. Nothing where they name
    /// nobody.
    pub fn of_group(&self, token: usize, group: Group) -> Option<bool> {
        let sectors = self.lexicon.sectors(group);
        let of = |sector: &str| sectors.iter().any(|s| s == sector);
        let named = self.actors.of_phrase(self.doc, token);
        let any = named.iter().any(|&actor| {
            self.actors.actors.get(actor).is_some_and(|a| match a.sectors.as_slice() {
                [] if a.person => of("PERSON"),
                [] => a.country.is_some() && of("STATE"),
                own => own.iter().any(|sector| of(sector)),
            })
        });
        (!named.is_empty()).then_some(any)
    }

    /// Whether a country is called so.
    pub fn is_country(&self, name: &str) -> bool {
        let ids = self.names.lookup(name).into_iter();
        ids.into_iter().any(|id| self.names.entry(id).kind == Named::Country)
    }

    /// Whether the words name an actor.
    pub fn names_actor(&self, token: usize) -> bool {
        !self.actors.of_phrase(self.doc, token).is_empty()
    }
}
