//! Quotations that no word of saying has claimed: whose they are.

use super::Claim;
use super::attribution::Attribution;
use super::page::{Page, overlap, trim};
use super::quotes::Quote;
use crate::schema::ClaimForm;
use std::ops::Range;
use tidings_language::{Deprel, Upos};

/// A fragment with fewer words is a word used with reserve, not speech.
const SPEECH_WORDS: usize = 3;

impl Page<'_> {
    /// Quotations that no cue has claimed: speech goes to the cue beside it, else to who spoke
    /// last in this paragraph or the one before, else to who speaks next.
    pub fn speech(&self, bare: &[Attribution], claims: &mut Vec<Claim>) {
        let mut spoken = Vec::new();
        for quote in &self.quotes {
            let taken = claims.iter().any(|c| {
                c.form != ClaimForm::Indirect && overlap(&c.content, quote) * 2 > quote.len()
            });
            if !taken && (self.is_speech(quote) || self.goes_on(quote, claims)) {
                spoken.push(quote.clone());
            }
        }
        for quote in spoken {
            let beside = bare.iter().find(|b| b.source.is_some() && self.beside(b.cue, &quote));
            let mut content = quote;
            trim(self.doc.text, &mut content);
            let here = self.paragraphs.at(content.start);
            if beside.is_none() && self.continues(&content, claims) {
                continue;
            }
            let (source, cue, kind) = match beside {
                Some(b) => (b.source, Some(self.span(b.cue)), Some(b.kind)),
                None => {
                    let at = |c: &Claim| c.cue.as_ref().map_or(c.content.start, |cue| cue.start);
                    let near = |c: &&Claim| c.source.is_some();
                    let before = claims
                        .iter()
                        .filter(near)
                        .filter(|c| at(c) < content.start && self.paragraphs.at(at(c)) + 1 >= here)
                        .max_by_key(|c| at(c));
                    let after = || {
                        claims
                            .iter()
                            .filter(near)
                            .filter(|c| {
                                at(c) > content.end && self.paragraphs.at(at(c)) <= here + 1
                            })
                            .min_by_key(|c| at(c))
                    };
                    // "Dahl spoke on Sunday. "They shelled the port."": who was just said to speak.
                    let speaking = || {
                        let last =
                            bare.iter().rev().find(|b| self.span(b.cue).start < content.start)?;
                        let near = self.paragraphs.at(self.span(last.cue).start) == here;
                        last.source.filter(|_| near)
                    };
                    let told = before.or_else(after).and_then(|c| c.source);
                    (told.or_else(speaking), None, None)
                }
            };
            claims.push(Claim {
                speaker: source.and_then(|s| self.actor(s)),
                form: ClaimForm::Direct,
                cue,
                content,
                evidence: Vec::new(),
                source,
                named: None,
                relative: None,
                kind,
                gaps: Vec::new(),
            });
            claims.sort_by_key(|c| (c.content.start, std::cmp::Reverse(c.content.end)));
        }
        claims.sort_by_key(|c| (c.content.start, std::cmp::Reverse(c.content.end)));
    }

    /// `"..." he said. "..."`: speech that goes on in the same paragraph belongs to the claim.
    fn continues(&self, content: &Range<usize>, claims: &mut [Claim]) -> bool {
        let paragraph = self.paragraphs.at(content.start);
        let last = claims
            .iter_mut()
            .filter(|c| c.content.end <= content.start && c.source.is_some())
            .max_by_key(|c| (c.content.end, c.content.len()));
        let Some(claim) = last.filter(|c| {
            c.form == ClaimForm::Direct && self.paragraphs.at(c.content.start) == paragraph
        }) else {
            return false;
        };
        claim.gaps.push(claim.content.end..content.start);
        claim.content.end = content.end;
        true
    }

    /// `"One reason," he said, "is that ..."`: speech taken up again in the same sentence.
    fn goes_on(&self, quote: &Quote, claims: &[Claim]) -> bool {
        let before = self.doc.text[..quote.start].trim_end_matches(['“', '"', '«', '`', ' ', '\'']);
        let sentence = |byte: usize| self.doc.sentences.partition_point(|s| s.end <= byte);
        let broken = |c: &Claim| {
            let cue = c.cue.as_ref().map_or(usize::MAX, |cue| cue.start);
            c.form == ClaimForm::Direct
                && (c.content.end..quote.start).contains(&cue)
                && sentence(cue) == sentence(quote.start)
                && c.source.is_some()
        };
        self.words(quote) >= SPEECH_WORDS
            && before.ends_with(',')
            && claims.iter().rev().any(broken)
    }

    /// Whether the cue stands in a sentence that touches the quotation, or right before it.
    fn beside(&self, cue: usize, quote: &Quote) -> bool {
        let span = self.span(cue);
        let sentence = &self.doc.sentences[self.doc.sentence_of(cue)];
        let touches = sentence.start < quote.end && quote.start < sentence.end;
        let before = sentence.end <= quote.start
            && self.doc.text[sentence.start..sentence.end].ends_with(':')
            && self.doc.text[sentence.end..quote.start].chars().all(|c| !c.is_alphanumeric());
        !quote.contains(&span.start) && (touches || before)
    }

    /// A quotation that is a sentence: it has a finite verb and begins where speech can begin.
    fn is_speech(&self, quote: &Quote) -> bool {
        let tokens = self.tokens(quote);
        if self.words(quote) < SPEECH_WORDS {
            return false;
        }
        let finite = tokens.clone().any(|t| {
            matches!(self.doc.tokens[t].upos, Upos::Verb | Upos::Aux)
                && !matches!(
                    self.doc.tokens[t].deprel,
                    Deprel::Amod | Deprel::Acl | Deprel::Compound | Deprel::Xcomp
                )
        });
        let capital = self.doc.text[quote.clone()].trim_start().starts_with(char::is_uppercase);
        let before =
            self.doc.text[..quote.start].trim_end_matches(['“', '"', '«', '`', ' ', '‘', '\'']);
        let opens =
            before.is_empty() || before.ends_with(['\n', '.', ':', ',', '!', '?', '”', '"']);
        finite && capital && opens
    }
}
