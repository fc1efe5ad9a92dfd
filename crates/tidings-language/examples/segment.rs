//! Prints the sentences and words of texts as bare CoNLL-U.
//!
//! `cargo run --example segment -- FILE...`: plain text, or JSON Lines (`.jsonl`, field `text`).

use std::fmt::Write as _;
use std::io::Write as _;
use tidings_language::{Document, Segmenter};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let segmenter = Segmenter::embedded();
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    let mut out = String::new();
    for path in std::env::args().skip(1) {
        let file = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        if path.ends_with(".jsonl") {
            for (number, line) in file.lines().enumerate() {
                let value: serde_json::Value = serde_json::from_str(line)
                    .map_err(|e| format!("{path}: line {}: {e}", number + 1))?;
                let text = value["text"].as_str().unwrap_or_default();
                let id = value["id"].as_str().map_or((number + 1).to_string(), str::to_owned);
                print(&segmenter.segment(text), &id, &mut out);
            }
        } else {
            print(&segmenter.segment(&file), &path, &mut out);
        }
        stdout.write_all(out.as_bytes())?;
        out.clear();
    }
    Ok(())
}

fn print(document: &Document<'_>, id: &str, out: &mut String) {
    let _ = writeln!(out, "# newdoc id = {id}");
    for (nth, sentence) in document.sentences.iter().enumerate() {
        let text = document.text[sentence.start..sentence.end].replace(['\n', '\r', '\t'], " ");
        if nth > 0 {
            let before = document.sentences[nth - 1].end;
            if document.text[before..sentence.start].matches('\n').count() > 1 {
                out.push_str("# newpar\n");
            }
        }
        let _ = writeln!(out, "# sent_id = {id}-{}\n# text = {text}", nth + 1);
        let spaced = |last: usize| match document.tokens.get(last + 1) {
            Some(next) if next.start == document.tokens[last].end => "SpaceAfter=No",
            _ => "_",
        };
        let joined = |i: usize| document.tokens.get(i).is_some_and(|token| token.joined);
        for i in sentence.tokens.clone() {
            let number = i - sentence.tokens.start + 1;
            if !joined(i) && joined(i + 1) {
                let last =
                    (i + 1..sentence.tokens.end).take_while(|&j| joined(j)).last().unwrap_or(i);
                let (start, end) = (document.tokens[i].start, document.tokens[last].end);
                let form = &document.text[start as usize..end as usize];
                let until = last - sentence.tokens.start + 1;
                let _ = writeln!(
                    out,
                    "{number}-{until}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{}",
                    spaced(last)
                );
            }
            let misc = if joined(i) || joined(i + 1) { "_" } else { spaced(i) };
            let _ = writeln!(out, "{number}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", document.form(i));
        }
        out.push('\n');
    }
}
