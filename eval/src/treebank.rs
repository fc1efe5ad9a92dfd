//! Sentences, words and trees against the treebanks (Universal Dependencies).
//!
//! Gold tokens: accuracy over all words, punctuation included; relations without subtype. Raw text:
//! the measures of the CoNLL 2018 shared task (Zeman et al. 2018, "CoNLL 2018 Shared Task", section
//! 4): F1 of tokens, sentences and words by their place in the text, and of tags and arcs over
//! the words that align. Both sides stand over the same text, so places are bytes of it; words
//! inside a multi-word token align by their letters.

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::{Row, Tally, share};
use std::collections::HashMap;
use tidings_language::{Document, Token};

const GOLD: &str = "gold tokens";
const RAW: &str = "raw text";

/// Scores both treebanks both ways.
pub fn score(data: &Data, language: &Language) -> Result<Vec<Row>, GoldError> {
    let mut rows = Vec::new();
    for (name, file) in [("ewt-dev", "ud/ewt-dev.conllu"), ("gum-dev", "ud/gum-dev.conllu")] {
        let Some(treebank) = data.treebank(file)? else { continue };
        let gold = treebank.document();
        rows.extend(gold_tokens(name, &gold, &language.annotate_words(&gold)));
        rows.extend(raw_text(name, &gold, &language.annotate(&treebank.text)));
    }
    rows.sort_by_key(|row| row.layer);
    Ok(rows)
}

fn gold_tokens(data: &'static str, gold: &Document, read: &Document) -> Vec<Row> {
    let all = gold.tokens.len();
    let accuracy = |metric, right: &dyn Fn(usize) -> bool| {
        let right = (0..all.min(read.tokens.len())).filter(|&i| right(i)).count();
        Row::share(GOLD, data, metric, share(right, all))
    };
    let (g, r) = (&gold.tokens, &read.tokens);
    vec![
        accuracy("UPOS", &|i| g[i].upos == r[i].upos),
        accuracy("XPOS", &|i| g[i].xpos == r[i].xpos),
        accuracy("features", &|i| g[i].feats == r[i].feats),
        accuracy("lemma", &|i| gold.lemma(i) == read.lemma(i) || gold.lemma(i) == "_"),
        accuracy("UAS", &|i| g[i].head == r[i].head),
        accuracy("LAS", &|i| g[i].head == r[i].head && same_relation(&g[i], &r[i])),
    ]
}

fn same_relation(one: &Token, other: &Token) -> bool {
    one.deprel.universal() == other.deprel.universal()
}

fn raw_text(data: &'static str, gold: &Document, read: &Document) -> Vec<Row> {
    // Where each word of the reading stands among the gold words.
    let places: HashMap<(u32, u32), usize> =
        gold.tokens.iter().enumerate().map(|(i, t)| ((t.start, t.end), i)).collect();
    let aligned: Vec<Option<usize>> =
        read.tokens.iter().map(|t| places.get(&(t.start, t.end)).copied()).collect();
    let f1 = |metric, right: &dyn Fn(usize, usize) -> bool| {
        let right =
            aligned.iter().enumerate().filter(|(r, g)| g.is_some_and(|g| right(g, *r))).count();
        let tally = Tally { right, found: read.tokens.len(), gold: gold.tokens.len() };
        Row::share(RAW, data, metric, tally.f1())
    };
    let attached = |g: usize, r: usize| match (gold.head(g), read.head(r)) {
        (Some(g), Some(r)) => aligned[r] == Some(g),
        (None, None) => true,
        _ => false,
    };
    vec![
        Row::share(RAW, data, "tokens F1", spans(&surface(gold), &surface(read)).f1()),
        Row::share(RAW, data, "words F1", spans(&words(gold), &words(read)).f1()),
        Row::share(RAW, data, "sentences F1", spans(&sentences(gold), &sentences(read)).f1()),
        f1("UPOS F1", &|g, r| gold.tokens[g].upos == read.tokens[r].upos),
        f1("lemma F1", &|g, r| gold.lemma(g) == read.lemma(r) || gold.lemma(g) == "_"),
        f1("UAS F1", &attached),
        f1("LAS F1", &|g, r| attached(g, r) && same_relation(&gold.tokens[g], &read.tokens[r])),
    ]
}

type Span = (u32, u32);

/// Spans of one list that stand in the other; both lists are in order.
fn spans(gold: &[Span], read: &[Span]) -> Tally {
    let (mut g, mut r, mut right) = (0, 0, 0);
    while let (Some(one), Some(other)) = (gold.get(g), read.get(r)) {
        right += usize::from(one == other);
        g += usize::from(one <= other);
        r += usize::from(other <= one);
    }
    Tally { right, found: read.len(), gold: gold.len() }
}

fn words(doc: &Document) -> Vec<Span> {
    doc.tokens.iter().map(|t| (t.start, t.end)).collect()
}

/// Tokens as they are written: the words of a multi-word token are one.
fn surface(doc: &Document) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::with_capacity(doc.tokens.len());
    for token in &doc.tokens {
        match all.last_mut() {
            Some(last) if token.joined => last.1 = last.1.max(token.end),
            _ => all.push((token.start, token.end)),
        }
    }
    all
}

fn sentences(doc: &Document) -> Vec<Span> {
    doc.sentences.iter().map(|s| (s.start as u32, s.end as u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidings_language::Conllu;

    fn tree(words: &[(&str, &str, usize, &str)]) -> Conllu {
        let mut file = String::new();
        for (at, (form, upos, head, relation)) in words.iter().enumerate() {
            file +=
                &format!("{}\t{form}\t{form}\t{upos}\t_\t_\t{head}\t{relation}\t_\t_\n", at + 1);
        }
        Conllu::parse(&file).unwrap()
    }

    fn of(rows: &[Row], metric: &str) -> f64 {
        rows.iter().find(|r| r.metric == metric).unwrap().score
    }

    #[test]
    fn a_wrong_head_and_a_wrong_tag_each_cost_one_word() {
        let gold = tree(&[
            ("Talks", "NOUN", 2, "nsubj:pass"),
            ("failed", "VERB", 0, "root"),
            ("again", "ADV", 2, "advmod"),
            (".", "PUNCT", 2, "punct"),
        ]);
        let read = tree(&[
            ("Talks", "NOUN", 2, "nsubj"),
            ("failed", "NOUN", 0, "root"),
            ("again", "ADV", 1, "advmod"),
            (".", "PUNCT", 2, "punct"),
        ]);
        let rows = gold_tokens("ewt-dev", &gold.document(), &read.document());
        assert_eq!((of(&rows, "UPOS"), of(&rows, "UAS"), of(&rows, "LAS")), (75.0, 75.0, 75.0));
        let rows = raw_text("ewt-dev", &gold.document(), &read.document());
        assert_eq!(
            (of(&rows, "words F1"), of(&rows, "LAS F1"), of(&rows, "sentences F1")),
            (100.0, 75.0, 100.0)
        );
    }

    #[test]
    fn a_word_cut_in_two_costs_precision_and_recall() {
        let gold = Conllu::parse("1\tcan\tcan\tAUX\tMD\t_\t0\troot\t_\tSpaceAfter=No\n2\tnot\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n").unwrap();
        let read = Conllu::parse("1\tcannot\tcannot\tAUX\tMD\t_\t0\troot\t_\t_\n").unwrap();
        assert_eq!(gold.text, read.text);
        let rows = raw_text("ewt-dev", &gold.document(), &read.document());
        assert_eq!((of(&rows, "tokens F1"), of(&rows, "sentences F1")), (0.0, 100.0));
        assert_eq!(
            spans(&[(0, 3), (4, 6)], &[(0, 3), (4, 5), (5, 6)]),
            Tally { right: 1, found: 3, gold: 2 }
        );
    }
}
