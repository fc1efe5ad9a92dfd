//! `tidings code`: the coded reports, one JSON object to a line, as they are done.

use super::inputs::Inputs;
use super::lists::Lists;
use super::output::{Output, Problem, Progress, json};
use std::fmt::Write;
use std::path::PathBuf;
use tidings::pipeline::{self, Tally};
use tidings::report::Report;
use tidings::schema::By;
use tidings::{Desk, safe};

/// What is written of each report.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Plain,
    WithPredicates,
    Explained,
}

pub(super) fn run(
    inputs: &Inputs,
    lists: &Lists,
    output: Option<PathBuf>,
    form: Form,
) -> Result<Tally, Problem> {
    let desk = lists.desk()?;
    let mut to = match &output {
        Some(path) => Output::file(path, &inputs.paths)?,
        None => Output::stdout(),
    };
    let progress = Progress::new(output.is_none());
    let tally = pipeline::in_order(
        inputs.reports(),
        |report| match form {
            Form::Explained => explained(&desk, report),
            Form::Plain => json(&desk.code(report, &desk.annotate(report.analysed()))),
            Form::WithPredicates => {
                json(&desk.code_with_predicates(report, &desk.annotate(report.analysed())))
            }
        },
        |result| {
            progress.step();
            match result {
                Ok(line) => to.write(line.as_bytes()),
                Err(failure) => {
                    progress.complain(&failure.to_string());
                    Ok(())
                }
            }
        },
    )?;
    to.finish()?;
    progress.done();
    Ok(tally)
}

/// For each event its sentence, code and parties, and below it the way that led there.
fn explained(desk: &Desk, report: &Report) -> String {
    let document = desk.annotate(report.analysed());
    let (coded, told) = desk.explain(report, &document);
    let mut page = format!("{}\n", safe::line(&coded.report.id));
    for (event, told) in coded.events.iter().zip(told) {
        let named = |ids: &[usize]| {
            let names = ids.iter().filter_map(|&id| coded.actors.get(id));
            let names: Vec<String> = names.map(|actor| safe::line(&actor.name)).collect();
            if names.is_empty() { "…".to_string() } else { names.join(", ") }
        };
        let sentence = document.sentences.get(event.sentence).map_or(0..0, |s| s.start..s.end);
        let sentence = document.text.get(sentence).unwrap_or_default();
        let (source, target) = (named(&event.source), named(&event.target));
        let _ = writeln!(page, "  §{} {}", event.sentence + 1, safe::line(sentence));
        let _ = writeln!(page, "  {} {} {source} → {target}", event.event, event.cameo);
        let _ = writeln!(
            page,
            "    factuality {} · {}",
            event.status.factuality,
            event.when.map_or("day not known".to_string(), |d| format!("{} to {}", d.from, d.to)),
        );
        if let Some(confidence) = event.confidence {
            let by = match event.by {
                By::Frames => "",
                By::Scorer => ", seen by the scorer alone",
            };
            let doubt = if event.trusted { "" } else { ", doubtful" };
            let _ = writeln!(page, "    right with probability {confidence}{by}{doubt}");
        }
        for line in told.lines() {
            let _ = writeln!(page, "    {}", safe::line(line));
        }
        page.push('\n');
    }
    page
}
