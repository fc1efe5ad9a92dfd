//! Scores every layer on public gold data and keeps the floors.
//!
//! `cargo run --release -p eval -- ../shared/data [--speed] [LAYER...]` prints one table and exits 1 if a score
//! is below its floor in `floors.toml`. Where the data are absent it says so and exits 0. Speed and
//! memory are printed in any case, but depend on the machine and on what else runs there: their
//! floors are kept only under `--speed`. Named layers (`treebank`, `events`, `speed`, ...) run alone.

mod actors;
mod claims;
mod coded;
mod copies;
mod coref;
mod events;
mod factuality;
mod forecast;
mod foremost;
mod gold;
mod language;
mod marked;
mod petrarch;
mod places;
mod speed;
mod table;
mod times;
mod treebank;

use gold::{Data, GoldError};
use language::Language;
use std::path::PathBuf;
use std::process::ExitCode;
use table::Row;

type Score = fn(&Data, &Language) -> Result<Vec<Row>, GoldError>;

/// The layers in the order of the flow.
const LAYERS: [(&str, Score); 14] = [
    ("treebank", treebank::score),
    ("times", times::score),
    ("places", places::score),
    ("actors", actors::score),
    ("claims", claims::score),
    ("factuality", factuality::score),
    ("events", events::score),
    ("marked", marked::score),
    ("foremost", foremost::score),
    ("coref", coref::score),
    ("forecast", forecast::score),
    ("petrarch", petrarch::score),
    ("copies", copies::score),
    ("speed", speed::score),
];

const USAGE: &str = "usage: eval DATA [--speed] [LAYER...]";

fn main() -> ExitCode {
    let (options, mut words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    if words.is_empty() {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    }
    if let Err(error) = rayon::ThreadPoolBuilder::new().num_threads(2).build_global() {
        eprintln!("two threads could not be had: {error}");
    }
    if options.iter().any(|o| o == speed::ALONE) {
        if let [task, data] = &words[..] {
            speed::measure(task, &Data(PathBuf::from(data)));
        }
        return ExitCode::SUCCESS;
    }
    let speed = options.iter().any(|o| o == "--speed");
    if let Some(other) = options.iter().find(|o| *o != "--speed") {
        eprintln!("unknown option {other}; {USAGE}");
        return ExitCode::FAILURE;
    }
    let data = Data(PathBuf::from(words.remove(0)));
    if !data.0.is_dir() {
        println!("no scores: the data folder {} is not here", data.0.display());
        return ExitCode::SUCCESS;
    }
    if let Some(unknown) = words.iter().find(|word| LAYERS.iter().all(|(name, _)| name != word)) {
        let known: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
        eprintln!("no layer {unknown}; there are: {}", known.join(", "));
        return ExitCode::FAILURE;
    }
    match run(&data, &words, speed) {
        Ok(fallen) if fallen.is_empty() => ExitCode::SUCCESS,
        Ok(fallen) => {
            eprintln!("{}", fallen.join("\n"));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the table; what fell below its floor.
fn run(
    data: &Data,
    layers: &[String],
    speed: bool,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let floors = table::floors(include_str!("../floors.toml"))?;
    let language = Language::new();
    let mut rows = Vec::new();
    for (name, score) in LAYERS {
        if layers.is_empty() || layers.iter().any(|layer| layer == name) {
            rows.extend(score(data, &language)?);
        }
    }
    let (table, fallen) = table::judge(&rows, &floors, speed);
    print!("{table}");
    Ok(fallen)
}
