//! The trees of a report with each word's children at hand, and the stretch a clause covers.

use crate::loose;
use std::ops::Range;
use tidings_language::{Deprel, Document, Upos};
use tidings_world::Cues;

/// All trees of a report, ready to be walked downwards.
pub(super) struct Forest<'a> {
    pub doc: &'a Document<'a>,
    /// Where the children of each word begin in `below`.
    starts: Vec<usize>,
    /// The children of all words, those of one word from left to right.
    below: Vec<usize>,
    /// Loosely hung words with the words they go with, in order.
    loose: Vec<(usize, usize)>,
}

impl<'a> Forest<'a> {
    pub fn of(doc: &'a Document<'a>, cues: &Cues) -> Forest<'a> {
        let words = doc.tokens.len();
        let mut starts = vec![0; words + 2];
        for word in 0..words {
            if let Some(head) = doc.head(word) {
                starts[head + 2] += 1;
            }
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut below = vec![0; starts[words + 1]];
        for word in 0..words {
            if let Some(head) = doc.head(word) {
                below[starts[head + 1]] = word;
                starts[head + 1] += 1;
            }
        }
        let loose = (0..words).filter_map(|w| Some((w, loose::host(doc, cues, w)?))).collect();
        Forest { doc, starts, below, loose }
    }

    /// The words that hang on the word, from left to right.
    pub fn children(&self, word: usize) -> &[usize] {
        &self.below[self.starts[word]..self.starts[word + 1]]
    }

    fn loose_in(&self, sentence: &Range<usize>) -> &[(usize, usize)] {
        let first = self.loose.partition_point(|(word, _)| *word < sentence.start);
        let last = self.loose.partition_point(|(word, _)| *word < sentence.end);
        &self.loose[first..last]
    }

    /// Where the first clause behind the word begins that is told beside it: a participle after a
    /// comma that goes with it, or a second verb.
    pub fn aside(&self, word: usize) -> Option<usize> {
        let doc = self.doc;
        let sentence = doc.sentences.get(doc.sentence_of(word))?.tokens.clone();
        let loose = self.loose_in(&sentence).iter().copied();
        let loose = loose.filter(|&(at, host)| at > word && host <= word).map(|(at, _)| at);
        let second = self.children(word).iter().copied().filter(|&c| {
            c > word && doc.tokens[c].deprel == Deprel::Conj && doc.tokens[c].upos == Upos::Verb
        });
        let second = second.map(|c| {
            let joined = self.children(c).iter().copied();
            joined.filter(|&w| doc.tokens[w].deprel == Deprel::Cc).min().unwrap_or(c)
        });
        loose.chain(second).min()
    }

    fn gather(&self, head: usize, apart: Option<usize>, words: &mut Vec<usize>) {
        let mut at = words.len();
        words.push(head);
        while at < words.len() {
            words.extend(self.children(words[at]).iter().filter(|&&w| Some(w) != apart));
            at += 1;
        }
    }

    /// The words of a clause or phrase, from the first to the last: without `apart` (and what hangs
    /// on it), without the subordinator before it and punctuation around it. A participle after a
    /// comma ("..., warning that ...") is in it only if it goes with a word of it.
    pub fn clause(&self, head: usize, apart: Option<usize>) -> Option<Range<usize>> {
        let doc = self.doc;
        let mut words = Vec::new();
        self.gather(head, apart, &mut words);
        let sentence = doc.sentences.get(doc.sentence_of(head)).map_or(0..0, |s| s.tokens.clone());
        for &(word, host) in self.loose_in(&sentence) {
            match (words.contains(&word), words.contains(&host)) {
                (true, false) => {
                    let mut out = Vec::new();
                    self.gather(word, None, &mut out);
                    words.retain(|w| !out.contains(w));
                }
                (false, true) if word > head => self.gather(word, None, &mut words),
                _ => {}
            }
        }
        words.sort_unstable();
        let leading = |w: usize| {
            let token = &doc.tokens[w];
            token.upos == Upos::Punct
                || token.deprel == Deprel::Mark && matches!(doc.lemma(w), "that" | "as")
                || matches!(token.deprel, Deprel::Case | Deprel::Mark)
                    && doc.head(w) == Some(head)
                    && !matches!(doc.lemma(w), "if" | "whether" | "to" | "because" | "unless")
                || token.deprel == Deprel::Cc && doc.head(w) == Some(head)
        };
        let first = words.iter().copied().find(|&w| !leading(w))?;
        let last = words.iter().copied().rev().find(|&w| doc.tokens[w].upos != Upos::Punct)?;
        (first <= last).then_some(first..last + 1)
    }

    /// The bytes of a stretch of words.
    pub fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let start = self.doc.tokens.get(words.start).map_or(0, |t| t.start as usize);
        let last = words.end.checked_sub(1).and_then(|w| self.doc.tokens.get(w));
        start..last.map_or(start, |t| t.end as usize)
    }
}
