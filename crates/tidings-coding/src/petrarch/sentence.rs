//! The words of a sentence as PETRARCH reads them: in capitals, without short clauses between commas.

use std::ops::Range;
use tidings_language::{Document, Upos, Xpos};

/// A word in capitals. A token written with a hyphen or an underscore is several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub token: usize,
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// A sentence in words.
#[derive(Debug, Clone, Default)]
pub(super) struct Sentence {
    pub words: Vec<Word>,
}

/// Words a clause between commas has at least and at most to be left out, and with it the last
/// clause of a sentence (PETRARCH's `comma_min`, `comma_max`, `comma_emin`, `comma_emax`).
const ASIDE: Range<usize> = 2..9;

impl Sentence {
    pub fn of(doc: &Document, tokens: Range<usize>) -> Sentence {
        let mut words = Vec::with_capacity(tokens.len());
        for token in tokens {
            let form = doc.form(token);
            if form == "," {
                words.push(Word { text: form.to_string(), token });
            } else if doc.tokens[token].upos != Upos::Punct || form.contains(char::is_alphanumeric)
            {
                let own = tidings_world::petrarch::words(form).into_iter();
                words.extend(own.map(|text| Word { text, token }));
            }
        }
        Sentence { words }
    }

    /// Leaves out clauses between two commas, and after the last, that are short: "a senior official
    /// said on Saturday". A comma within one of `kept`, the compound phrases, parts no clauses.
    pub fn without_asides(&mut self, kept: &[Range<usize>]) -> bool {
        let within = |at: usize| kept.iter().any(|range| range.contains(&at));
        let commas: Vec<usize> =
            (0..self.words.len()).filter(|&at| self.words[at].text == "," && !within(at)).collect();
        let mut cuts: Vec<Range<usize>> = Vec::new();
        for (nth, &comma) in commas.iter().enumerate() {
            let end = commas.get(nth + 1).copied();
            let length = end.unwrap_or(self.words.len()) - comma - 1;
            if ASIDE.contains(&length) {
                // An aside in the middle takes both its commas with it.
                cuts.push(comma..end.map_or(self.words.len(), |end| end + 1));
            }
        }
        let mut at = 0;
        self.words.retain(|_| {
            at += 1;
            !cuts.iter().any(|cut| cut.contains(&(at - 1)))
        });
        !cuts.is_empty()
    }

    /// The place of the last word under the verb at a place, to its right: the end of its verb phrase.
    /// What is coordinated with the verb, or only stands beside it, is outside.
    pub fn verb_phrase_end(&self, doc: &Document, at: usize) -> usize {
        use tidings_language::Deprel;
        let Some(word) = self.words.get(at) else { return at };
        let verb = match doc.tokens[word.token].deprel {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                doc.head(word.token).unwrap_or(word.token)
            }
            _ => word.token,
        };
        let inside = |mut token: usize| {
            while let Some(head) = doc.head(token) {
                if head == verb {
                    let t = &doc.tokens[token];
                    let beside = t.deprel == Deprel::Parataxis
                        || t.deprel == Deprel::Conj && t.upos == Upos::Verb;
                    return !beside;
                }
                token = head;
            }
            token == verb
        };
        (at..self.words.len()).rev().find(|&end| inside(self.words[end].token)).unwrap_or(at) + 1
    }

    /// Whether the word is a verb, not a participle that modifies a noun.
    pub fn is_verb(&self, doc: &Document, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| {
            let token = &doc.tokens[word.token];
            matches!(token.upos, Upos::Verb | Upos::Aux) && token.xpos != Xpos::Jj
        })
    }
}
