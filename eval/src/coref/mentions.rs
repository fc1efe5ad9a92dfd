//! The gold mentions of ECB+ (Cybulska & Vossen 2014), as the record would tell them.

use serde::Deserialize;
use std::collections::HashMap;
use tidings_record::incidents::{Mention, Story};

/// A document: its sentences as tokens, each with its number.
#[derive(Deserialize)]
pub struct Doc {
    doc: String,
    sentences: Vec<(usize, Vec<String>)>,
}

/// A mention of an event, with the chain of those that are one.
#[derive(Deserialize)]
pub struct Marked {
    doc: String,
    sent: usize,
    tokens: Vec<usize>,
    chain: String,
}

/// One part of the corpus.
#[derive(Default)]
pub struct Corpus {
    pub stories: Vec<Story>,
    pub mentions: Vec<Mention>,
    /// The number of the chain of each mention.
    pub chains: Vec<usize>,
}

impl Corpus {
    pub fn new(docs: &[Doc], marked: &[Marked]) -> Corpus {
        let mut corpus = Corpus::default();
        let mut sentences = HashMap::new();
        for (at, doc) in docs.iter().enumerate() {
            let text: Vec<String> =
                doc.sentences.iter().map(|(_, tokens)| tokens.join(" ")).collect();
            corpus.stories.push(Story::new(at as i64, &text.join("\n")));
            for (number, tokens) in &doc.sentences {
                sentences.insert((doc.doc.as_str(), *number), (tokens, at));
            }
        }
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for mark in marked {
            let Some(&(tokens, story)) = sentences.get(&(mark.doc.as_str(), mark.sent)) else {
                continue;
            };
            // The first run of the mention's tokens: "called … off" is told by "called".
            let first = mark.tokens.first().copied().unwrap_or_default();
            let run = mark.tokens.iter().enumerate();
            let run = run.take_while(|&(at, &token)| token == first + at).count();
            let length = |tokens: &[String]| -> usize { tokens.iter().map(|t| t.len() + 1).sum() };
            let before = length(&tokens[..first.min(tokens.len())]);
            let told = length(&tokens[first.min(tokens.len())..(first + run).min(tokens.len())]);
            let act = before..(before + told).saturating_sub(1);
            let story = corpus.stories[story].clone();
            corpus.mentions.push(Mention::new(&tokens.join(" "), act, story));
            let next = numbers.len();
            corpus.chains.push(*numbers.entry(mark.chain.as_str()).or_insert(next));
        }
        corpus
    }
}
