//! On which side of the report's day a time lies whose year or week is not said: the nearest in the
//! past or in the future, as the tense of its clause, a preposition or a word of planning tells.

use super::clause::{self, Stand};
use super::expression::{Core, Expression};
use super::lexicon::{Bearing, LEXICON};
use super::pieces::Pieces;
use super::resolve::Resolver;
use tidings_language::{Deprel, Upos};

impl Resolver {
    /// -1 where the text looks back, 1 where it looks ahead, 0 where it does not tell.
    pub(super) fn way(
        &self,
        pieces: &Pieces,
        first: usize,
        from: usize,
        to: usize,
        found: &Expression,
    ) -> i8 {
        let doc = pieces.doc;
        let Expression { core, end: after, .. } = found;
        let after = *after;
        let head = (from..=to)
            .find(|&i| doc.head(i).is_none_or(|head| head < from || head > to))
            .unwrap_or(from);
        let stand = clause::stand(doc, head);
        let back = matches!(stand, Stand::Past | Stand::Perfect | Stand::Before);
        if first > 0 && pieces.is_any(first - 1, &["until", "till"]) {
            return 1;
        }
        // "before Friday's purchases" tells what is before the purchases.
        let owner = pieces.apostrophe(after) && pieces.is(after + 1, "s");
        // "unless it apologized by June 1" looks ahead whatever its tense.
        let condition = || {
            let marks = |verb| doc.children_by(verb, &[Deprel::Mark]);
            self.clause
                .is_some_and(|verb| marks(verb).any(|m| matches!(doc.lemma(m), "if" | "unless")))
        };
        if first > 0
            && pieces.is_any(first - 1, &["by", "before"])
            && !owner
            && (!back || condition())
        {
            return 1;
        }
        if first > 0 && pieces.is(first - 1, "since") {
            return -1;
        }
        // "called an election for May 4", "demanded that they leave by May 4": whoever sets a date sets
        // it ahead.
        let setter = || {
            let bears = |verb| LEXICON.bears(doc.lemma(verb), Bearing::Plan);
            let verb = clause::head_of_clause(doc, head);
            verb.is_some_and(|verb| bears(verb) || doc.head(verb).is_some_and(bears))
        };
        if first > 0 && pieces.is_any(first - 1, &["for", "by"]) && !owner && setter() {
            return 1;
        }
        // "payable Dec. 7", "the deadline of Nov. 10", "set Nov. 10 as the deadline".
        let holder = doc.head(head).filter(|&up| LEXICON.bears(doc.lemma(up), Bearing::Plan));
        if matches!(core, Core::Month { .. })
            && holder.is_some_and(|up| {
                let verb = matches!(doc.tokens[up].upos, Upos::Verb | Upos::Aux);
                !verb || doc.tokens[head].deprel == Deprel::Obj
            })
        {
            return 1;
        }
        let direct = doc.tokens.get(head).is_some_and(|word| {
            matches!(word.deprel, Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod)
        });
        // A date that hangs on a noun ("the Feb. 23 accord", "payable Dec. 7") has no tense.
        let loose = !direct || first > 0 && pieces.is_any(first - 1, &["to", "through"]);
        if loose && stand != Stand::Unknown && matches!(core, Core::Month { .. }) {
            return 0;
        }
        match stand {
            _ if back => -1,
            Stand::Ahead => 1,
            Stand::Present => {
                let bears = |verb: Option<usize>, bearing| {
                    verb.is_some_and(|verb| LEXICON.bears(doc.lemma(verb), bearing))
                };
                if bears(clause::head_of_clause(doc, head), Bearing::Sequel) {
                    return -1;
                }
                let says = bears(doc.head(head), Bearing::Report);
                // "the deadline is Friday"
                let equated = clause::heads_clause(doc, head);
                if equated || direct && !says { 1 } else { -1 }
            }
            _ => 0,
        }
    }
}
