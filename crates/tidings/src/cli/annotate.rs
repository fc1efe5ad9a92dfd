//! `tidings annotate`: words and trees, as CoNLL-U or JSON.

use super::inputs::Inputs;
use super::output::{Output, Problem, Progress, json};
use clap::ValueEnum;
use jiff::civil::Date;
use serde::Serialize;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use tidings::pipeline::{self, Tally};
use tidings::report::{Report, read};
use tidings::{Desk, Document, safe};
use tidings_language::Conllu;

/// How the trees are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// CoNLL-U (universaldependencies.org/format)
    Conllu,
    /// One JSON object per report
    Json,
}

pub(super) fn run(inputs: &Inputs, format: Format) -> Result<Tally, Problem> {
    let desk = Desk::open();
    let mut to = Output::stdout();
    let progress = Progress::new(true);
    // Words need no date: reports without one are welcome here.
    let mut options = inputs.reading.options();
    options.date = options.date.or(Some(Date::ZERO));
    let reports = read(&inputs.paths, options);
    let tally = pipeline::in_order(
        reports,
        |report| {
            let document = desk.annotate(report.analysed());
            let characters = |bytes| report.characters(bytes);
            match format {
                Format::Conllu => conllu(&report.id, &document),
                Format::Json => json(&Annotated::of(report, &document, characters)),
            }
        },
        |result| {
            progress.step();
            match result {
                Ok(page) => to.write(page.as_bytes()),
                Err(failure) => {
                    progress.complain(&failure.to_string());
                    Ok(())
                }
            }
        },
    )?;
    progress.done();
    Ok(tally)
}

/// Reads CoNLL-U files and gives their words new tags and trees.
pub(super) fn run_pretokenized(inputs: &Inputs, format: Format) -> Result<Tally, Problem> {
    let desk = Desk::open();
    let mut to = Output::stdout();
    let mut tally = Tally::default();
    for path in &inputs.paths {
        let name = safe::line(&path.to_string_lossy());
        let read = text_of(path).map_err(|error| {
            format!("{name}: cannot be read ({error}); check the name, it must be CoNLL-U in UTF-8")
        });
        let parsed =
            read.and_then(|text| Conllu::parse(&text).map_err(|error| format!("{name}, {error}")));
        let parsed = parsed.and_then(|file| match file.text.is_empty() {
            true => Err(format!("{name}: holds no words; give CoNLL-U, one line for each word")),
            false => Ok(file),
        });
        match parsed {
            Ok(file) => {
                tally.read += 1;
                let words = file.document();
                let document = desk.annotate_words(&words);
                let id = path.file_stem().unwrap_or_default().to_string_lossy();
                let page = match format {
                    Format::Conllu => conllu(&id, &document),
                    Format::Json => json(&Annotated::of_text(&id, &document)),
                };
                to.write(page.as_bytes())?;
            }
            Err(message) => {
                tally.failed += 1;
                super::output::complain(&message);
            }
        }
    }
    Ok(tally)
}

fn text_of(path: &Path) -> std::io::Result<String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path)
}

fn conllu(id: &str, document: &Document) -> String {
    let id = safe::line(id).replace(' ', "_");
    let mut page = format!("# newdoc id = {id}\n");
    document.write_conllu(&id, &mut page);
    safe::columns(&page)
}

/// The words of a report; offsets are characters of its text.
#[derive(Serialize)]
struct Annotated<'d> {
    id: &'d str,
    sentences: Vec<Sentence<'d>>,
}

#[derive(Serialize)]
struct Sentence<'d> {
    start: usize,
    end: usize,
    tokens: Vec<Word<'d>>,
}

#[derive(Serialize)]
struct Word<'d> {
    id: usize,
    start: usize,
    end: usize,
    form: &'d str,
    lemma: &'d str,
    upos: &'static str,
    xpos: &'static str,
    feats: String,
    /// As in CoNLL-U: the word's number in the sentence, zero for the root.
    head: usize,
    deprel: &'static str,
}

impl<'d> Annotated<'d> {
    fn of(
        report: &'d Report,
        document: &'d Document,
        characters: impl Fn(Range<usize>) -> Range<usize>,
    ) -> Annotated<'d> {
        Annotated::new(&report.id, document, characters)
    }

    fn of_text(id: &'d str, document: &'d Document) -> Annotated<'d> {
        // Counted on, from one word to the next: words come in the order of the text.
        let count = std::cell::Cell::new((0, 0));
        let characters = |bytes: Range<usize>| {
            let to = |byte: usize| {
                let (from, seen) = if count.get().0 <= byte { count.get() } else { (0, 0) };
                let more = document.text.get(from..byte).map_or(0, |text| text.chars().count());
                count.set((byte, seen + more));
                seen + more
            };
            to(bytes.start)..to(bytes.end)
        };
        Annotated::new(id, document, characters)
    }

    fn new(
        id: &'d str,
        document: &'d Document,
        characters: impl Fn(Range<usize>) -> Range<usize>,
    ) -> Annotated<'d> {
        let sentences = document.sentences.iter().map(|sentence| {
            let first = sentence.tokens.start;
            let words = sentence.tokens.clone().filter_map(|at| {
                let token = document.tokens.get(at)?;
                let span = characters(token.start as usize..token.end as usize);
                Some(Word {
                    id: at - first + 1,
                    start: span.start,
                    end: span.end,
                    form: document.form(at),
                    lemma: document.lemma(at),
                    upos: token.upos.as_str(),
                    xpos: token.xpos.as_str(),
                    feats: token.feats.to_string(),
                    head: document.head(at).map_or(0, |head| head - first + 1),
                    deprel: token.deprel.as_str(),
                })
            });
            let tokens: Vec<Word> = words.collect();
            let start = tokens.first().map_or(0, |word| word.start);
            let end = tokens.last().map_or(start, |word| word.end);
            Sentence { start, end, tokens }
        });
        Annotated { id, sentences: sentences.collect() }
    }
}
