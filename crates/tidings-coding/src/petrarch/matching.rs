//! A verb's patterns on the words before and behind it, and who is source and target.

use super::phrases::Phrase;
use super::sentence::Word;
use std::ops::Range;
use tidings_world::petrarch::{Dictionaries, Element, Pattern, Piece, Verb};

/// The sentence around one verb.
pub(super) struct Scene<'a> {
    pub words: &'a [Word],
    pub phrases: &'a [Phrase],
    /// Words before the verb, from the last comma on.
    pub before: Range<usize>,
    /// Words behind it, to the end of its verb phrase.
    pub after: Range<usize>,
}

/// Whom a pattern names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// Numbers of phrases.
    pub source: Option<usize>,
    pub target: Option<usize>,
}

/// The first pattern that matches, the longest patterns tried first.
pub(super) fn first<'d>(
    scene: &Scene,
    dictionaries: &'d Dictionaries,
    verb: &Verb,
) -> Option<(&'d Pattern, Roles)> {
    dictionaries.patterns(verb).iter().find_map(|pattern| {
        let mut roles = Roles::default();
        (scene.matches_before(pattern, &mut roles) && scene.matches_after(pattern, &mut roles))
            .then_some((pattern, roles))
    })
}

/// Where a piece matched: words, half open.
type Span = Range<usize>;

impl Scene<'_> {
    fn matches_before(&self, pattern: &Pattern, roles: &mut Roles) -> bool {
        let mut limit = self.before.end;
        // From the verb to the left. `joined` tells of a piece that it touches the one before it;
        // seen from the right, whether a piece touches what follows is told by its follower.
        let mut touching = pattern.before_joined;
        for piece in pattern.before.iter().rev() {
            let places = (self.before.start..limit).rev();
            let at = |start: usize| self.piece(piece, start, self.before.start..limit);
            let found = if touching {
                places.filter_map(at).find(|span| span.end == limit)
            } else {
                places.filter_map(at).next()
            };
            let Some(span) = found else { return false };
            self.note(piece, &span, roles);
            limit = span.start;
            touching = piece.joined;
        }
        true
    }

    fn matches_after(&self, pattern: &Pattern, roles: &mut Roles) -> bool {
        let mut from = self.after.start;
        let mut run = 0;
        // Pieces joined by "_" are found together: "A_B" is not missed for an "A" alone before it.
        while run < pattern.after.len() {
            let end = (run + 1..pattern.after.len())
                .find(|&at| !pattern.after[at].joined)
                .unwrap_or(pattern.after.len());
            let pieces = &pattern.after[run..end];
            let touching = run == 0 && pieces.first().is_some_and(|piece| piece.joined);
            let starts =
                if touching { from..(from + 1).min(self.after.end) } else { from..self.after.end };
            let found = starts.into_iter().find_map(|start| {
                let mut tried = *roles;
                self.run(pieces, start, &mut tried).map(|end| (end, tried))
            });
            let Some((next, tried)) = found else { return false };
            *roles = tried;
            from = next;
            run = end;
        }
        true
    }

    /// The end of a run of joined pieces that begins at a place.
    fn run(&self, pieces: &[Piece], start: usize, roles: &mut Roles) -> Option<usize> {
        let mut at = start;
        for piece in pieces {
            let span = self.piece(piece, at, at..self.after.end)?;
            self.note(piece, &span, roles);
            at = span.end;
        }
        Some(at)
    }

    /// Where a piece matches that begins at a place.
    fn piece(&self, piece: &Piece, start: usize, within: Range<usize>) -> Option<Span> {
        let phrase = |accepts: fn(&Phrase) -> bool| {
            let (_, phrase) = self.phrase_at(start)?;
            // A phrase may be entered in its midst: "their ^" leaves the words behind "their".
            let end = phrase.words.end;
            (accepts(phrase) && end <= within.end).then_some(start..end)
        };
        match &piece.element {
            Element::Words(alternatives) => alternatives.iter().find_map(|words| {
                let end = start + words.len();
                let text = self.words.get(start..end).filter(|_| end <= within.end)?;
                text.iter().zip(words.iter()).all(|(t, w)| t.text == *w).then_some(start..end)
            }),
            Element::Source | Element::Target => {
                phrase(Phrase::is_coded).filter(|span| self.begins(span.start))
            }
            Element::Compound => phrase(Phrase::is_compound).filter(|span| self.begins(span.start)),
            Element::Skip => phrase(|_| true),
        }
    }

    fn begins(&self, at: usize) -> bool {
        self.phrases.iter().any(|phrase| phrase.words.start == at)
    }

    fn phrase_at(&self, at: usize) -> Option<(usize, &Phrase)> {
        let nth = self.phrases.partition_point(|phrase| phrase.words.end <= at);
        let phrase = self.phrases.get(nth)?;
        phrase.words.contains(&at).then_some((nth, phrase))
    }

    fn note(&self, piece: &Piece, span: &Span, roles: &mut Roles) {
        let Some((nth, _)) = self.phrase_at(span.start) else { return };
        match piece.element {
            Element::Source => roles.source = Some(nth),
            Element::Target => roles.target = Some(nth),
            Element::Compound => (roles.source, roles.target) = (Some(nth), Some(nth)),
            Element::Words(_) | Element::Skip => {}
        }
    }

    /// The phrases that begin within a range.
    fn within(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, &Phrase)> {
        let phrases = self.phrases.iter().enumerate();
        phrases.filter(|(_, phrase)| range.contains(&phrase.words.start))
    }

    /// The source where no pattern names it: the first coded phrase before the verb, else the first.
    pub fn source(&self) -> Option<usize> {
        let mut before = self.within(&self.before).map(|(nth, phrase)| (nth, phrase.is_coded()));
        let coded = before.find(|(_, coded)| *coded);
        coded.or_else(|| self.within(&self.before).map(|(n, _)| (n, false)).next()).map(|(n, _)| n)
    }

    /// The target where no pattern names it: the first coded phrase behind the verb that is not the
    /// source, else the first phrase there, else the nearest before the verb.
    pub fn target(&self, source: Option<usize>) -> Option<usize> {
        let differs = |&(nth, phrase): &(usize, &Phrase)| {
            let Some(by) = source.and_then(|source| self.phrases.get(source)) else { return true };
            if Some(nth) == source {
                return by.is_compound();
            }
            by.is_compound() || phrase.is_compound() || !phrase.codes().eq(by.codes())
        };
        let coded =
            |range| self.within(range).filter(|(_, phrase)| phrase.is_coded()).filter(differs);
        coded(&self.after)
            .next()
            .or_else(|| self.within(&self.after).find(|(_, phrase)| !phrase.is_coded()))
            .or_else(|| coded(&self.before).last())
            .map(|(nth, _)| nth)
    }

    /// The source where a pattern names the target alone: the first other coded phrase.
    pub fn source_besides(&self, target: usize) -> Option<usize> {
        let other = |range| {
            let mut coded = self.within(range).filter(|(_, phrase)| phrase.is_coded());
            coded.find(|(nth, _)| *nth != target)
        };
        other(&self.before).or_else(|| other(&self.after)).map(|(nth, _)| nth)
    }

    /// Who acts in a passive: the first coded phrase behind "by".
    pub fn agent(&self) -> Option<usize> {
        let by = self.after.clone().find(|&at| self.words[at].text == "BY")?;
        let (nth, phrase) = self.within(&(by..self.after.end)).next()?;
        (phrase.is_coded() && phrase.words.start == by + 1).then_some(nth)
    }
}
