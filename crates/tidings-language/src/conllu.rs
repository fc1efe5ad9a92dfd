//! CoNLL-U in and out (universaldependencies.org/format).
//!
//! The reader rebuilds the text from the forms and `SpaceAfter=No`, so that offsets are those of
//! running text; `# newdoc` and `# newpar` give blank lines. Multi-word tokens are spread over
//! their words; empty nodes are skipped.

use crate::document::{Document, Sentence, Token};
use crate::tags::{Deprel, Feats, Upos, Xpos};
use std::fmt::Write;

/// What is wrong with a CoNLL-U file, and where.
#[derive(Debug, thiserror::Error, PartialEq)]
#[error("line {line}: {problem}")]
pub struct ConlluError {
    /// Line number, from one.
    pub line: usize,
    /// The problem in plain English, with the remedy.
    pub problem: String,
}

/// A parsed CoNLL-U file, which owns its rebuilt text.
#[derive(Debug, Clone, Default)]
pub struct Conllu {
    /// The running text.
    pub text: String,
    doc: Document<'static>,
}

impl Conllu {
    /// The words and trees over [`Conllu::text`].
    pub fn document(&self) -> Document<'_> {
        Document {
            text: &self.text,
            sentences: self.doc.sentences.clone(),
            tokens: self.doc.tokens.clone(),
            lemmas: self.doc.lemmas.clone(),
            ..Document::default()
        }
    }

    /// Reads CoNLL-U. Tags may be `_` (they become `X`, `XX`, `dep`), and so may all heads of a
    /// sentence: a file of bare tokens is fine. Heads that are given must make a tree.
    ///
    /// ```
    /// let file = "1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tfailed\tfail\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
    /// let read = tidings_language::Conllu::parse(file)?;
    /// assert_eq!(read.text, "Talks failed");
    /// assert_eq!(read.document().head(0), Some(1));
    /// # Ok::<(), tidings_language::ConlluError>(())
    /// ```
    pub fn parse(file: &str) -> Result<Conllu, ConlluError> {
        let mut out = Conllu::default();
        let mut sentence = Vec::new();
        let mut gap = Gap::None;
        for (number, line) in file.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() {
                out.close(&mut sentence, &mut gap)?;
            } else if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim();
                if (comment.starts_with("newdoc") || comment.starts_with("newpar"))
                    && !out.text.is_empty()
                {
                    gap = Gap::Paragraph;
                }
            } else {
                sentence.push((number + 1, line));
            }
        }
        out.close(&mut sentence, &mut gap)?;
        Ok(out)
    }

    fn close(&mut self, lines: &mut Vec<(usize, &str)>, gap: &mut Gap) -> Result<(), ConlluError> {
        let first = self.doc.tokens.len();
        let mut range: Option<Surface> = None;
        let mut given = Vec::with_capacity(lines.len());
        for &(number, line) in lines.iter() {
            let fail = |problem: String| ConlluError { line: number, problem };
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() != 10 {
                return Err(fail(format!(
                    "{} columns where CoNLL-U has 10, separated by tabs",
                    columns.len()
                )));
            }
            let (id, form) = (columns[0], columns[1]);
            let space = !columns[9].split('|').any(|m| m == "SpaceAfter=No");
            if id.contains('.') {
                continue;
            }
            if let Some((_, last)) = id.split_once('-') {
                let last = last.parse().map_err(|_| fail(format!("'{id}' is no token range")))?;
                self.open_gap(gap);
                range = Some(Surface { last, at: self.text.len(), begun: false });
                self.text.push_str(form);
                *gap = if space { Gap::Space } else { Gap::None };
                continue;
            }
            let id: usize = id.parse().map_err(|_| fail(format!("'{id}' is no token number")))?;
            if id != self.doc.tokens.len() - first + 1 {
                return Err(fail(format!("token number {id} is out of order")));
            }
            let (start, end, joined) = match range {
                Some(Surface { last, at, begun }) => {
                    // A word of a multi-word token: its letters where they match, else the rest.
                    let rest = &self.text[at..];
                    let end = if id == last || !rest.starts_with(form) {
                        self.text.len()
                    } else {
                        at + form.len()
                    };
                    range = (id < last).then_some(Surface { last, at: end, begun: true });
                    (at, end, begun)
                }
                None => {
                    self.open_gap(gap);
                    let start = self.text.len();
                    self.text.push_str(form);
                    *gap = if space { Gap::Space } else { Gap::None };
                    (start, self.text.len(), false)
                }
            };
            let head: Option<usize> = match columns[6] {
                "_" => None,
                head => Some(head.parse().map_err(|_| {
                    fail(format!("'{head}' is no head; give a word's number, or 0 for the root"))
                })?),
            };
            given.push((number, head));
            let head = head.unwrap_or(0);
            if head > lines.len() {
                return Err(fail(outside(head)));
            }
            let lemma = self.doc.push_lemma(columns[2]);
            let own = self.doc.tokens.len();
            self.doc.tokens.push(Token {
                start: start as u32,
                end: end as u32,
                joined,
                upos: Upos::parse(columns[3]).unwrap_or(Upos::X),
                xpos: Xpos::parse(columns[4]).unwrap_or(Xpos::Xx),
                feats: Feats::parse(columns[5]),
                head: if head == 0 { own } else { first + head - 1 } as u32,
                deprel: Deprel::parse(columns[7])
                    .or_else(|| Deprel::parse(columns[7].split(':').next().unwrap_or_default()))
                    .unwrap_or(Deprel::Dep),
                lemma,
            });
        }
        lines.clear();
        let last = self.doc.tokens.len();
        if last > first {
            check_tree(&given)?;
            self.doc.sentences.push(Sentence {
                tokens: first..last,
                start: self.doc.tokens[first].start as usize,
                end: self.doc.tokens[last - 1].end as usize,
            });
        }
        Ok(())
    }

    fn open_gap(&mut self, gap: &mut Gap) {
        match std::mem::replace(gap, Gap::None) {
            Gap::None => {}
            Gap::Space => self.text.push(' '),
            Gap::Paragraph => self.text.push_str("\n\n"),
        }
    }
}

/// Checks that the heads make a tree; each comes with the number of its line. Where no head of the
/// sentence is given there is nothing to check.
fn check_tree(given: &[(usize, Option<usize>)]) -> Result<(), ConlluError> {
    let heads: Vec<usize> = given.iter().map(|(_, head)| head.unwrap_or(0)).collect();
    let fail = |word: usize, problem: String| {
        let line = given.get(word - 1).map_or(0, |(line, _)| *line);
        Err(ConlluError { line, problem })
    };
    if given.iter().all(|(_, head)| head.is_none()) {
        return Ok(());
    }
    if let Some(word) = (1..=heads.len()).find(|&word| heads[word - 1] > heads.len()) {
        return fail(word, outside(heads[word - 1]));
    }
    if !heads.contains(&0) {
        return fail(1, "the sentence has no root; give one of its words the head 0".to_string());
    }
    // Words known to lead to the root, and those on the way from the word looked at.
    let mut sound = vec![false; heads.len()];
    for start in 1..=heads.len() {
        let (mut at, mut way) = (start, Vec::new());
        while at != 0 && !sound[at - 1] {
            if way.len() > heads.len() {
                let problem = format!(
                    "the heads of word {at} go in a circle; each word must lead to the root, or all heads be _"
                );
                return fail(at, problem);
            }
            way.push(at);
            at = heads[at - 1];
        }
        way.into_iter().for_each(|word| sound[word - 1] = true);
    }
    Ok(())
}

fn outside(head: usize) -> String {
    format!("head {head} is outside the sentence; heads are numbers of its words, 0 for the root")
}

/// The multi-word token whose words are being read.
struct Surface {
    /// Number of its last word.
    last: usize,
    /// Where the next word begins in the text.
    at: usize,
    /// Whether a word of it has been read.
    begun: bool,
}

enum Gap {
    None,
    Space,
    Paragraph,
}

impl Document<'_> {
    /// Writes the document as CoNLL-U. `sent_id`s are `PREFIX-1`, `PREFIX-2`, ...
    pub fn write_conllu(&self, prefix: &str, out: &mut String) {
        for (nth, sentence) in self.sentences.iter().enumerate() {
            let text = self.text[sentence.start..sentence.end].replace(['\n', '\r', '\t'], " ");
            let _ = writeln!(out, "# sent_id = {prefix}-{}\n# text = {text}", nth + 1);
            for i in sentence.tokens.clone() {
                self.write_word(i, &sentence.tokens, out);
            }
            out.push('\n');
        }
    }

    fn write_word(&self, i: usize, sentence: &std::ops::Range<usize>, out: &mut String) {
        let token = &self.tokens[i];
        let number = i - sentence.start + 1;
        let joined = |j: usize| j < sentence.end && self.tokens[j].joined;
        let misc = |last: usize| {
            let spaced = match self.tokens.get(last + 1) {
                Some(next) => next.start > self.tokens[last].end,
                None => true,
            };
            if spaced { "_" } else { "SpaceAfter=No" }
        };
        if !token.joined && joined(i + 1) {
            let last = (i + 1..sentence.end).take_while(|&j| joined(j)).last().unwrap_or(i);
            let form = &self.text[token.start as usize..self.tokens[last].end as usize];
            let until = last - sentence.start + 1;
            let _ = writeln!(out, "{number}-{until}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{}", misc(last));
        }
        let head = self.head(i).map_or(0, |h| h - sentence.start + 1);
        let own_misc = if token.joined || joined(i + 1) { "_" } else { misc(i) };
        let _ = writeln!(
            out,
            "{number}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t{own_misc}",
            self.form(i),
            self.lemma(i),
            token.upos,
            token.xpos,
            token.feats,
            token.deprel,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a sentence with these heads.
    fn told(heads: &[&str]) -> Option<(usize, String)> {
        let row = |(n, head): (usize, &&str)| format!("{n}\tw\t_\t_\t_\t_\t{head}\t_\t_\t_\n");
        let file: String = (1..).zip(heads).map(row).collect();
        Conllu::parse(&format!("# a comment\n{file}\n")).err().map(|e| (e.line, e.problem))
    }

    #[test]
    fn heads_that_make_no_tree_are_named_by_line() {
        let circle = told(&["0", "3", "2", "1"]).unwrap();
        assert!(circle.0 >= 3 && circle.0 <= 4 && circle.1.contains("in a circle"), "{circle:?}");
        let own = told(&["0", "2"]).unwrap();
        assert!(own.0 == 3 && own.1.contains("in a circle"), "{own:?}");
        let rootless = told(&["2", "1"]).unwrap();
        assert!(rootless.0 == 2 && rootless.1.contains("no root"), "{rootless:?}");
        let far = told(&["0", "7"]).unwrap();
        assert!(far.0 == 3 && far.1.contains("outside"), "{far:?}");
    }

    #[test]
    fn trees_and_bare_words_are_fine() {
        assert_eq!(told(&["2", "0", "2", "3"]), None);
        assert_eq!(told(&["_", "_"]), None);
        let file = format!(
            "{}\n",
            (1..=9)
                .map(|n| format!("{n}\tw\t_\t_\t_\t_\t{}\t_\t_\t_\n", n - 1))
                .collect::<String>()
        );
        assert!(Conllu::parse(&file.repeat(3)).is_ok());
    }
}
