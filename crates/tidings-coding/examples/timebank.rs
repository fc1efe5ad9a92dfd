//! Scores the reading of time expressions on TimeBank: spans (relaxed, strict), type and value.
//!
//! `cargo run -p tidings-coding --example timebank -- FILE [--errors]`, where FILE holds one JSON
//! object a line with `dct`, `text` and `timex` (`start`, `end` in characters, `type`, `value`).
//! Words are cut plainly and have no tags or trees, so that only the grammar is measured here.

use serde_json::Value;
use std::error::Error;
use std::fmt::Write;
use tidings_coding::times;
use tidings_language::Conllu;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name the file, as timebank.jsonl")?;
    let errors = arguments.next().is_some();
    let (mut gold_count, mut found_count) = (0, 0);
    let (mut relaxed, mut strict, mut kinds, mut values) = (0, 0, 0, 0);
    for line in std::fs::read_to_string(path)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().unwrap_or_default();
        let published = record["dct"].as_str().and_then(|d| d.get(..10)?.parse().ok());
        let (read, offsets) = words(text);
        let doc = read.document();
        let times = times::find(&doc, published);
        let chars: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let byte = |n: &Value| {
            let n = n.as_u64().unwrap_or(0) as usize;
            chars.get(n).copied().unwrap_or(text.len())
        };
        let gold = record["timex"].as_array().cloned().unwrap_or_default();
        let back = |at: usize| {
            let nth = offsets.partition_point(|(rebuilt, _)| *rebuilt <= at).saturating_sub(1);
            offsets.get(nth).map_or(0, |(rebuilt, own)| own + at - rebuilt)
        };
        let spans: Vec<(usize, usize)> =
            times.iter().map(|t| (back(t.span.start), back(t.span.end - 1) + 1)).collect();
        gold_count += gold.len();
        found_count += times.len();
        let mut used = vec![false; times.len()];
        for g in &gold {
            let (start, end) = (byte(&g["start"]), byte(&g["end"]));
            let hit =
                (0..times.len()).find(|&i| !used[i] && spans[i].0 < end && start < spans[i].1);
            let said = text[start..end].replace('\n', " ");
            let Some(i) = hit else {
                if errors {
                    println!("MISSED {said:?} {} in {:?}", g["value"], near(text, start, end));
                }
                continue;
            };
            used[i] = true;
            relaxed += 1;
            let exact = spans[i] == (start, end);
            strict += usize::from(exact);
            kinds += usize::from(g["type"] == times[i].kind);
            let value = g["value"] == times[i].value.as_str();
            values += usize::from(value);
            let mine = &text[spans[i].0..spans[i].1];
            if errors && !exact {
                println!("SPAN {said:?} read {mine:?}");
            }
            if errors && (!value || g["type"] != times[i].kind) {
                let (kind, value) = (times[i].kind, &times[i].value);
                let near = near(text, start, end);
                println!(
                    "VALUE {said:?} {} {} read {kind} {value} ({published:?}) in {near:?}",
                    g["type"], g["value"]
                );
            }
        }
        for (i, _) in used.iter().enumerate().filter(|(_, used)| !**used) {
            if errors {
                let (start, end) = spans[i];
                println!("EXTRA {:?} in {:?}", &text[start..end], near(text, start, end));
            }
        }
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    for (name, right) in
        [("relaxed", relaxed), ("strict", strict), ("type", kinds), ("value", values)]
    {
        let (p, r) = (share(right, found_count), share(right, gold_count));
        println!("{name:8} P {p:.1} R {r:.1} F1 {:.1}", 2.0 * p * r / (p + r));
    }
    println!(
        "of those found: type {:.1}, value {:.1}",
        share(kinds, relaxed),
        share(values, relaxed)
    );
    Ok(())
}

fn near(text: &str, start: usize, end: usize) -> String {
    let from = text[..start].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(30).map_or(text.len(), |(at, _)| end + at);
    text[from..to].replace('\n', " ")
}

/// Words and marks, sentences at marks; with the offsets of the rebuilt text and of the own.
fn words(text: &str) -> (Conllu, Vec<(usize, usize)>) {
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let last = pieces.last().copied();
        match last {
            _ if c.is_whitespace() => {}
            Some((start, end))
                if end == at
                    && c.is_alphanumeric()
                    && text[start..].starts_with(char::is_alphanumeric) =>
            {
                if let Some(last) = pieces.last_mut() {
                    last.1 = at + c.len_utf8();
                }
            }
            _ => pieces.push((at, at + c.len_utf8())),
        }
    }
    let (mut file, mut offsets, mut number, mut rebuilt) = (String::new(), Vec::new(), 0, 0);
    for (nth, &(start, end)) in pieces.iter().enumerate() {
        number += 1;
        let next = pieces.get(nth + 1);
        let glued = next.is_some_and(|next| next.0 == end);
        let form = &text[start..end];
        let _ = writeln!(
            file,
            "{number}\t{form}\t{form}\t_\t_\t_\t0\tdep\t_\t{}",
            if glued { "SpaceAfter=No" } else { "_" }
        );
        offsets.push((rebuilt, start));
        rebuilt += form.len() + usize::from(!glued);
        let capital = next.is_some_and(|n| text[n.0..].starts_with(char::is_uppercase));
        let short = nth > 0 && pieces[nth - 1].1 - pieces[nth - 1].0 <= 4;
        if matches!(form, "." | "?" | "!") && capital && !glued && !short {
            file.push('\n');
            number = 0;
        }
    }
    file.push('\n');
    (Conllu::parse(&file).unwrap_or_default(), offsets)
}
