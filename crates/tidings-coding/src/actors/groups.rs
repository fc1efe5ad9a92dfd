//! Words that mean several actors at once: "the two countries", "both sides", "the three leaders", and
//! "they" of two who are named together.
//!
//! Those are meant who were named together last ("Serbia and Kosovo"), else those named last.

use super::coreference::Joining;
use super::page::Page;
use super::pronouns::REACH;
use super::{Draft, Mention, Sort};
use tidings_language::{Deprel, Upos};

/// What the words count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    States,
    Persons,
    /// Sides of whatever sort.
    Sides,
}

fn counted(lemma: &str) -> Option<Counted> {
    Some(match lemma {
        "country" | "nation" | "state" | "capital" | "government" | "power" | "neighbour"
        | "neighbor" | "republic" => Counted::States,
        "leader" | "president" | "minister" | "man" | "woman" | "politician" | "diplomat"
        | "official" | "candidate" | "senator" => Counted::Persons,
        "side" | "party" | "group" | "faction" | "ally" | "foe" | "rival" => Counted::Sides,
        _ => return None,
    })
}

/// How many a number word or "both" counts.
fn number(form: &str) -> Option<u8> {
    const WORDS: [&str; 4] = ["two", "three", "four", "five"];
    let both = form.eq_ignore_ascii_case("both").then_some(2);
    both.or_else(|| Some(WORDS.iter().position(|word| word.eq_ignore_ascii_case(form))? as u8 + 2))
}

/// The phrases that count actors named before. Marks the words it takes.
pub(super) fn find(page: &Page, taken: &mut [bool]) -> Vec<Draft> {
    let doc = page.doc;
    let mut drafts = Vec::new();
    for head in 0..doc.tokens.len() {
        if taken[head] {
            continue;
        }
        let Some((first, counted, count)) = group(page, head) else { continue };
        taken[first..=head].fill(true);
        let mut draft = Draft::new(first..head + 1, head, Sort::Several(counted, count));
        draft.name = page.text(&(first + 1..head + 1)).to_string();
        draft.key = format!("several={}", draft.name.to_lowercase());
        draft.sectors = page.agent_at(head).map_or(Vec::new(), |(agent, _)| agent.sectors.clone());
        draft.plural = true;
        drafts.push(draft);
    }
    drafts
}

/// Where the phrase begins, and what and how many it counts.
fn group(page: &Page, head: usize) -> Option<(usize, Counted, u8)> {
    let doc = page.doc;
    let t = &doc.tokens[head];
    let before = |i: usize| (head.saturating_sub(4)..head).contains(&i);
    let points = |i: usize| matches!(doc.lemma(i), "the" | "these" | "those" | "both");
    if t.upos == Upos::Num {
        // "The two agreed": the number stands alone.
        let alone = !matches!(t.deprel, Deprel::Nummod | Deprel::Compound | Deprel::Flat);
        let first = head.checked_sub(1).filter(|&i| doc.lemma(i) == "the" && alone)?;
        let own = doc.children_by(head, &[Deprel::Nmod, Deprel::Acl, Deprel::AclRelcl]).next();
        return own.is_none().then_some((first, Counted::Sides, number(doc.form(head))?));
    }
    if matches!(doc.lemma(head), "pair" | "duo" | "trio") {
        let first = head.checked_sub(1).filter(|&i| doc.lemma(i) == "the")?;
        let bare = doc.children_by(head, &[Deprel::Nmod, Deprel::Acl]).next().is_none();
        let count = if doc.lemma(head) == "trio" { 3 } else { 2 };
        return bare.then_some((first, Counted::Persons, count));
    }
    if t.upos != Upos::Noun || !page.form_is_plural(head) {
        return None;
    }
    let counted = counted(doc.lemma(head))?;
    let count = doc
        .children_by(head, &[Deprel::Nummod, Deprel::Det, Deprel::DetPredet])
        .find_map(|i| number(doc.form(i)))?;
    let first = doc.children(head).filter(|&i| before(i) && points(i)).min()?;
    // "the two Korean leaders", "both sides of the river" say themselves who or what is meant.
    let told = doc.children(head).any(|i| match doc.tokens[i].deprel {
        Deprel::Nmod | Deprel::NmodPoss | Deprel::AclRelcl => true,
        Deprel::Amod | Deprel::Compound => page.name_at(i).is_some(),
        _ => false,
    });
    (!told).then_some((first, counted, count))
}

impl Joining<'_> {
    /// Whom the words of a group mean, if as many have been named; else whoever has their role.
    pub(super) fn several(&mut self, draft: &Draft, counted: Counted, count: u8) -> Vec<usize> {
        let count = usize::from(count);
        let meant = match self.together(draft.head, false, |id| self.counts_as(id, counted)) {
            Some((_, pair)) if pair.len() == count => pair,
            _ => self.last_named(draft.head, counted, count),
        };
        match meant.len() < count {
            true if draft.sectors.is_empty() => Vec::new(),
            true => vec![self.by_key(draft)],
            false => meant,
        }
    }

    /// Those last named together, with how many sentences back; `acting` asks for a subject.
    pub(super) fn together(
        &self,
        word: usize,
        acting: bool,
        fits: impl Fn(usize) -> bool,
    ) -> Option<(usize, Vec<usize>)> {
        let doc = self.page.doc;
        let sentence = doc.sentence_of(word);
        for (nth, mention) in self.said.iter().enumerate().rev() {
            let back = sentence - doc.sentence_of(mention.head);
            if back > REACH {
                return None;
            }
            if doc.tokens[mention.head].deprel != Deprel::Conj || !fits(mention.actor) {
                continue;
            }
            let first = doc.head(mention.head);
            let acts = first.is_some_and(|head| {
                matches!(doc.tokens[head].deprel, Deprel::Nsubj | Deprel::NsubjPass)
            });
            if acting && !acts {
                continue;
            }
            let joined = |m: &&Mention| {
                Some(m.head) == first
                    || doc.tokens[m.head].deprel == Deprel::Conj && doc.head(m.head) == first
            };
            let here = |m: &&Mention| doc.sentence_of(m.head) + back == sentence;
            let mut all = vec![mention.actor];
            for other in self.said[..nth].iter().rev().take_while(here).filter(joined) {
                if fits(other.actor) && !all.contains(&other.actor) {
                    all.push(other.actor);
                }
            }
            if all.len() > 1 {
                all.reverse();
                return Some((back, all));
            }
        }
        None
    }

    fn counts_as(&self, id: usize, counted: Counted) -> bool {
        let known = &self.known[id];
        match counted {
            Counted::States => known.country.is_some() && !known.plural,
            Counted::Persons => known.single,
            Counted::Sides => known.country.is_some() || !known.sectors.is_empty(),
        }
    }

    /// The actors named last, of one country one each.
    fn last_named(&self, word: usize, counted: Counted, count: usize) -> Vec<usize> {
        let doc = self.page.doc;
        let sentence = doc.sentence_of(word);
        let mut found: Vec<usize> = Vec::new();
        for mention in self.said.iter().rev() {
            if found.len() == count || sentence - doc.sentence_of(mention.head) > REACH {
                break;
            }
            let known = &self.known[mention.actor];
            let same = |&id: &usize| {
                id == mention.actor
                    || counted != Counted::Persons
                        && known.country.is_some()
                        && self.known[id].country == known.country
            };
            if !self.counts_as(mention.actor, counted) || found.iter().any(same) {
                continue;
            }
            // Of the president of a country the country is meant.
            let state =
                |k: &super::coreference::Known| k.sort == Sort::State && k.country == known.country;
            let state =
                (counted == Counted::States).then(|| self.known.iter().position(state)).flatten();
            found.push(state.unwrap_or(mention.actor));
        }
        found.reverse();
        found
    }
}
