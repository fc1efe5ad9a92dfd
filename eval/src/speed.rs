//! Speed and memory on real news, two threads.
//!
//! Words are runs between white space. The measure runs in a process of its own, so that its peak
//! memory is that of the task and not of the scores taken before.

use crate::gold::{Data, GoldError};
use crate::language::Language;
use crate::table::Row;
use rayon::prelude::*;
use std::process::Command;
use std::time::Instant;
use tidings_report::{Options, Report, read};
use tidings_world::World;

const NEWS: &str = "news/news.jsonl";
/// The option under which the program measures itself.
pub const ALONE: &str = "--measure-speed";

/// What is measured in the process of its own, tab separated: task, words a second, peak in MB.
pub fn score(data: &Data, _language: &Language) -> Result<Vec<Row>, GoldError> {
    let mut rows = Vec::new();
    if !data.0.join(NEWS).is_file() {
        return Ok(rows);
    }
    for (task, speed_of, memory_of) in [
        ("tree", "raw text to tree", "peak memory, tree"),
        ("events", "raw text to events", "peak memory, events"),
    ] {
        let told = std::env::current_exe()
            .and_then(|me| Command::new(me).arg(ALONE).arg(task).arg(&data.0).output());
        let told = match told {
            Ok(told) => String::from_utf8_lossy(&told.stdout).into_owned(),
            Err(error) => {
                eprintln!("speed is left out: the measure could not be started ({error})");
                continue;
            }
        };
        let mut figures = told.split_whitespace().filter_map(|n| n.parse::<f64>().ok());
        if let (Some(speed), Some(memory)) = (figures.next(), figures.next()) {
            let row =
                |metric, score, unit| Row { layer: "speed", data: "news", metric, score, unit };
            rows.push(row(speed_of, speed, "w/s"));
            rows.push(row(memory_of, memory, "MB"));
        } else {
            eprintln!("speed is left out: the measure of '{task}' gave no figures");
        }
    }
    Ok(rows)
}

/// Measures one task in this process and prints it.
pub fn measure(task: &str, data: &Data) {
    let language = Language::new();
    let options = || Options { date: Some(crate::coded::SOME_DAY), ..Options::default() };
    let run = |report: &Report| {
        let doc = language.annotate(report.analysed());
        if task == "events" {
            std::hint::black_box(tidings_coding::code(report, &doc, None, World::embedded()));
        }
        report.analysed().split_whitespace().count()
    };
    // The lexicon and the model are set up before the clock starts.
    if let Some(first) = read([data.0.join(NEWS)], options()).flatten().next() {
        run(&first);
    }
    let begun = Instant::now();
    let words: usize =
        read([data.0.join(NEWS)], options()).flatten().par_bridge().map(|r| run(&r)).sum();
    println!("{}\t{}", words as f64 / begun.elapsed().as_secs_f64(), peak_megabytes());
}

/// The most memory this process has held (`VmHWM`, Linux); 0 where it is not told.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
