//! Learning of lemma rules from treebanks: for each tag, the shortest endings that tell which
//! change a word needs, and the whole words that go another way. The same to the byte each time.

use super::table::{Case, Table, apply, case_salt, endings, key, lemma_salt};
use crate::document::Document;
use crate::tags::Upos;
use std::collections::BTreeMap;

/// For each table and lower-cased word: how often it took each change.
type Seen = BTreeMap<u32, BTreeMap<String, BTreeMap<u16, u32>>>;

/// Makes a file of lemma rules from treebanks.
pub fn train(treebanks: &[Document<'_>]) -> Vec<u8> {
    let mut changes: Vec<(usize, String)> = vec![(0, String::new())];
    let mut rules = BTreeMap::new();
    let (mut words, mut cases) = (Seen::new(), Seen::new());
    for document in treebanks {
        for (i, token) in document.tokens.iter().enumerate() {
            let (form, lemma) = (document.form(i), document.lemma(i));
            if lemma == "_" && form != "_" {
                continue;
            }
            let (lower, small) = (form.to_lowercase(), lemma.to_lowercase());
            if token.upos == Upos::Num && lower.contains(',') {
                continue;
            }
            if matches!(token.upos, Upos::Verb | Upos::Noun) {
                rules.insert(key(lemma_salt(token.upos), &small, true), 0);
            }
            let same = lower.char_indices().zip(small.chars()).find(|((_, a), b)| a != b);
            let shared = match same {
                Some(((at, _), _)) => at,
                None => lower.len().min(small.len()),
            };
            let (strip, add) = (lower.len() - shared, &small[shared..]);
            let change = match changes.iter().position(|c| c.0 == strip && c.1 == add) {
                Some(known) => known,
                None => {
                    changes.push((strip, add.to_owned()));
                    changes.len() - 1
                }
            };
            count(&mut words, token.xpos as u32, &lower, change as u16);
            let right = |&case: &Case| apply(form, &lower, strip, add, case) == lemma;
            if let Some(case) = Case::ALL.into_iter().find(right) {
                let salt = case_salt(token.upos, token.xpos, form);
                count(&mut cases, salt, &lower, case as u16);
            }
        }
    }
    for (&salt, words) in words.iter().chain(&cases) {
        learn(salt, words, &mut rules);
    }
    Table::write(&changes, &rules.into_iter().collect::<Vec<_>>())
}

fn count(seen: &mut Seen, salt: u32, word: &str, change: u16) {
    let word = seen.entry(salt).or_default().entry(word.to_owned()).or_default();
    *word.entry(change).or_default() += 1;
}

/// The commonest change, the first of equals, and how often it occurs.
fn best(changes: &BTreeMap<u16, u32>) -> (u16, u32) {
    let most = changes.iter().max_by_key(|&(&change, &count)| (count, std::cmp::Reverse(change)));
    most.map_or((0, 0), |(&change, &count)| (change, count))
}

/// The rules of one table.
fn learn(salt: u32, words: &BTreeMap<String, BTreeMap<u16, u32>>, rules: &mut BTreeMap<u32, u16>) {
    let mut ends: BTreeMap<(usize, &str), BTreeMap<u16, u32>> = BTreeMap::new();
    for (word, changes) in words {
        for end in endings(word).into_iter().flatten() {
            *ends.entry((end.len(), end)).or_default().entry(best(changes).0).or_default() += 1;
        }
    }
    let mut known: BTreeMap<&str, u16> = BTreeMap::new();
    let longest = |known: &BTreeMap<&str, u16>, word: &str| {
        endings(word).into_iter().flatten().rev().find_map(|end| known.get(end).copied())
    };
    for (&(length, end), changes) in &ends {
        let (change, count) = best(changes);
        let parent = longest(&known, end);
        let rival = parent.and_then(|parent| changes.get(&parent)).copied().unwrap_or(0);
        if parent != Some(change) && (length == 0 || (count > 1 && count > rival)) {
            known.insert(end, change);
            rules.insert(key(salt, end, false), change);
        }
    }
    for (word, changes) in words {
        let (change, _) = best(changes);
        if longest(&known, word) != Some(change) {
            rules.insert(key(salt, word, true), change);
        }
    }
}
