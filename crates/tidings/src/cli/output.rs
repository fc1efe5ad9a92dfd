//! Where results go, and how failures are told.

use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use tidings::safe;

/// Why a command ended before its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[error("{file}: cannot be written ({error}); check the name, the permissions and the space")]
    Unwritten { file: String, error: io::Error },
    #[error("{file}: cannot be read ({error}); check the name and the permissions")]
    Unread { file: String, error: io::Error },
    #[error(
        "{folder}: holds no PETRARCH verb dictionary; without one nothing can be coded (actors alone go with --actors)"
    )]
    NoVerbs { folder: String },
    #[error("{file}: is among the reports to be read; write to another file")]
    Input { file: String },
    #[error("only incidents are written as a feed; ask `tidings incidents --format atom`")]
    NoFeed,
    #[error("{0}")]
    Rules(String),
    #[error(transparent)]
    Fired(#[from] tidings::alerting::StateError),
    #[error(transparent)]
    Record(#[from] tidings::record::Error),
    #[error("--record FILE is needed: the record that `tidings add` made")]
    NoRecord,
    #[error("claims and actors have no place; export events or incidents as GeoJSON")]
    NoPlaces,
    #[error(
        "\"{code}\" names no actor; write a country (SRB), sectors after it (\"SRB GOV\"), a sector alone (REB), or nobody"
    )]
    NoActor { code: String },
    #[error("\"{code}\" is no CAMEO code of an event; lexicon/events/cameo.tsv lists them")]
    NoCameo { code: String },
    #[error(transparent)]
    Uncorrected(tidings::record::corrections::Refused),
    #[error(transparent)]
    Page(#[from] tidings_web::Error),
    #[error("{0}")]
    Facts(tidings::outlook::links::FactError),
    #[error(transparent)]
    Table(#[from] tidings::outlook::tables::TableError),
    #[error(
        "too short a history: forecasts are tested on days that 60 days, with 30 events of a kind, lie before; give more, or fewer --days"
    )]
    ShortHistory,
    #[error("{file}: no row could be read; see above, line by line")]
    NoRow { file: String },
}

/// Standard output or a file.
pub(super) struct Output {
    name: String,
    to: BufWriter<Box<dyn Write + Send>>,
    /// Whether each report is to be seen as soon as it is done.
    live: bool,
}

impl Output {
    pub fn stdout() -> Output {
        let to = BufWriter::new(Box::new(io::stdout()) as Box<dyn Write + Send>);
        Output { name: "standard output".to_string(), to, live: true }
    }

    /// A new file, which must not be one of the inputs nor lie in one of the input folders: the
    /// reports would be lost, or the output read as input.
    pub fn file(path: &Path, inputs: &[PathBuf]) -> Result<Output, Problem> {
        let name = safe::line(&path.to_string_lossy());
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let whole = path
            .canonicalize()
            .ok()
            .or_else(|| Some(folder.canonicalize().ok()?.join(path.file_name()?)));
        if let Some(whole) = whole
            && inputs.iter().filter_map(|i| i.canonicalize().ok()).any(|i| whole.starts_with(i))
        {
            return Err(Problem::Input { file: name });
        }
        match File::create(path) {
            Ok(file) => Ok(Output { name, to: BufWriter::new(Box::new(file)), live: false }),
            Err(error) => Err(Problem::Unwritten { file: name, error }),
        }
    }

    /// Writes the bytes of one report.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.to.write_all(bytes).map_err(|error| self.problem(error))?;
        if self.live { self.finish() } else { Ok(()) }
    }

    /// Writes bytes that may wait until there are more of them.
    pub fn gather(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.to.write_all(bytes).map_err(|error| self.problem(error))
    }

    /// To be called after the last report.
    pub fn finish(&mut self) -> Result<(), Problem> {
        self.to.flush().map_err(|error| self.problem(error))
    }

    /// What went wrong while something else wrote.
    pub fn problem(&self, error: io::Error) -> Problem {
        if error.kind() == ErrorKind::BrokenPipe {
            // Whoever reads the output has had enough: nothing to complain of. The reading thread may be waiting for input that never comes; there is no use in it.
            std::process::exit(0);
        }
        Problem::Unwritten { file: self.name.clone(), error }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// How far the work is, shown on a terminal that shows nothing else.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// `beside_output` tells whether the results go to standard output.
    pub fn new(beside_output: bool) -> Progress {
        if beside_output && io::stdout().is_terminal() {
            return Progress(ProgressBar::hidden());
        }
        Progress::shown("{spinner} {human_pos} reports, {per_sec}, {elapsed}")
    }

    /// Of work whose length is known; see [`Progress::at`].
    pub fn measured(unit: &str) -> Progress {
        Progress::shown(&format!("{{bar:40}} {{pos}} of {{len}} {unit}, {{eta}} to go"))
    }

    fn shown(template: &str) -> Progress {
        if !io::stderr().is_terminal() {
            return Progress(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        Progress(match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        })
    }

    /// Sets the number of steps there will be, and how many are done.
    pub fn at(&self, done: usize, all: usize) {
        self.0.set_length(all as u64);
        self.0.set_position(done as u64);
    }

    pub fn step(&self) {
        self.0.inc(1);
    }

    /// Names what failed, above the bar.
    pub fn complain(&self, failure: &str) {
        self.0.suspend(|| complain(failure));
    }

    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}

/// One line on standard error; there is nowhere to tell that it could not be written.
pub(super) fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "tidings: {}", safe::line(message));
}

/// One line of JSON.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    // Plain data with string keys always has a JSON form.
    let mut line = safe::json(&serde_json::to_string(value).unwrap_or_default());
    line.push('\n');
    line
}
