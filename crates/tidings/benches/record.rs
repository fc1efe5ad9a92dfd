//! How the record does when it is long: `cargo bench -p tidings --bench record -- FILE [REPORTS]`.
//!
//! Where FILE is not there it is made, of 100,000 reports (or REPORTS) after the sentences of `variants.txt`, one in ten
//! of them a copy of an earlier one: that takes minutes. Then it prints what adding one report takes, to the record alone
//! and with the program around it, what questions take from the start of the program to its end, and how many bytes a
//! report takes beyond its text. `--reports` as FILE writes the reports as JSON Lines instead, for `tidings add`.

#![allow(clippy::unwrap_used, clippy::panic)] // a benchmark may break off

use jiff::ToSpan;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use tidings::Desk;
use tidings::pipeline;
use tidings::record::{Entry, Record};
use tidings::report::{Options, Report, read_stream};

const TOGETHER: usize = 64;
const ADDED: usize = 50;

fn main() {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let Some(file) = words.next() else {
        println!("record: name a file, as cargo bench -p tidings --bench record -- large.tidings");
        return;
    };
    let count = words.next().map_or(100_000, |count| count.parse().unwrap());
    if file == "--reports" {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        for line in Variants::new().take(count) {
            writeln!(out, "{line}").unwrap();
        }
        return;
    }
    let file = Path::new(&file);
    let desk = Desk::open();
    if !file.exists() {
        let part = file.with_extension("part");
        make(&part, &desk, count);
        std::fs::rename(&part, file).unwrap();
    }
    measure(file, &desk);
}

fn make(file: &Path, desk: &Desk, count: usize) {
    let record = Record::open(file).unwrap();
    let mut together = Vec::new();
    let keep = |together: &mut Vec<Entry>| {
        let mut batch = record.batch(|| ()).unwrap();
        for entry in together.drain(..) {
            batch.keep(&entry).unwrap();
        }
        batch.commit().unwrap();
    };
    let reports = Variants::new().take(count).map(|line| Ok(report(&line)));
    let done = pipeline::in_order(
        reports,
        |report| Entry::new(report, desk.code(report, &desk.annotate(report.analysed()))),
        |entry| {
            together.push(entry.unwrap());
            if together.len() == TOGETHER {
                keep(&mut together);
            }
            Ok::<(), ()>(())
        },
    );
    keep(&mut together);
    record.settle().unwrap();
    println!("made {} with {} reports", file.display(), done.unwrap().read);
}

fn report(line: &str) -> Report {
    let line = std::io::Cursor::new(line.as_bytes().to_vec());
    read_stream("variants", line, Options::default()).next().unwrap().unwrap()
}

fn measure(file: &Path, desk: &Desk) {
    let record = Record::open(file).unwrap();
    // Reports that the record does not hold, of the same kind.
    let new = Variants { seed: 0x5eed ^ u64::from(std::process::id()), ..Variants::new() };
    let mut adding = Vec::new();
    for line in new.skip(200).take(ADDED) {
        let report = report(&line);
        let entry = Entry::new(&report, desk.code(&report, &desk.annotate(report.analysed())));
        let begun = Instant::now();
        let mut batch = record.batch(|| ()).unwrap();
        batch.keep(&entry).unwrap();
        batch.commit().unwrap();
        adding.push(begun.elapsed());
    }
    told("adding one coded report", &mut adding);

    // From the start of the program to its end, as at a terminal.
    let program = || std::process::Command::new(env!("CARGO_BIN_EXE_tidings"));
    let one = file.with_extension("jsonl");
    let mut whole = Vec::new();
    let new = Variants { seed: 0xadd ^ u64::from(std::process::id()), ..Variants::new() };
    for line in new.take(5) {
        std::fs::write(&one, line).unwrap();
        let begun = Instant::now();
        let run = program().arg("add").arg(&one).arg("--record").arg(file).output().unwrap();
        whole.push(begun.elapsed());
        assert!(run.status.success(), "{run:?}");
    }
    std::fs::remove_file(&one).unwrap();
    told("tidings add of one report", &mut whole);
    for (name, words) in QUESTIONS {
        let mut rows = 0;
        let mut times: Vec<Duration> = (0..5)
            .map(|_| {
                let mut asked = program();
                asked.args(*words).args(["--format", "csv", "--record"]).arg(file);
                let begun = Instant::now();
                let answer = asked.output().unwrap();
                let took = begun.elapsed();
                rows = String::from_utf8_lossy(&answer.stdout).lines().count().saturating_sub(1);
                took
            })
            .collect();
        told(&format!("tidings {} by {name} ({rows} rows)", words[0]), &mut times);
    }
    let (reports, text) = record.size().unwrap();
    let beyond = std::fs::metadata(file).unwrap().len().saturating_sub(text);
    println!(
        "{reports} reports; {} bytes of the record a report beyond its text",
        beyond / reports.max(1)
    );
}

/// What is asked, in words and as it is typed.
const QUESTIONS: &[(&str, &[&str])] = &[
    (
        "a dyad, a type, a month",
        &[
            "incidents",
            "--dyad",
            "PER:ECU",
            "--event",
            "ASSAULT",
            "--since",
            "2031-03-01",
            "--until",
            "2031-03-31",
        ],
    ),
    (
        "a dyad, a month",
        &["events", "--dyad", "PER:ECU", "--since", "2031-03-01", "--until", "2031-03-31"],
    ),
    ("a week", &["events", "--since", "2032-03-01", "--until", "2032-03-07"]),
    (
        "a status, a week",
        &["incidents", "--status", "contested", "--since", "2032-03-01", "--until", "2032-03-07"],
    ),
    (
        "an actor's name, a month",
        &["incidents", "--actor", "Toktorov", "--since", "2031-05-01", "--until", "2031-05-31"],
    ),
    ("a place, a type", &["events", "--place", "Batken", "--event", "PROTEST"]),
    ("a phrase", &["events", "\"amber market\""]),
    ("a speaker's country, words", &["claims", "--actor", "KEN", "brewery"]),
    ("a country", &["actors", "--actor", "TJK"]),
    (
        "a publisher, a week",
        &["events", "--source", "Wire 7", "--since", "2032-03-01", "--until", "2032-03-07"],
    ),
];

fn told(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!("{what}: median {:.1} ms, slowest {:.1} ms", at(50), at(100));
}

/// Reports as lines of JSON, the same in every run.
struct Variants {
    parts: HashMap<&'static str, Vec<&'static str>>,
    seed: u64,
    made: u64,
    recent: Vec<String>,
}

impl Variants {
    fn new() -> Variants {
        let mut parts: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut part = "";
        for line in include_str!("variants.txt").lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(name) => part = name,
                None if line.is_empty() => {}
                None => parts.entry(part).or_default().push(line),
            }
        }
        Variants { parts, seed: 1, made: 0, recent: Vec::new() }
    }

    /// SplitMix64.
    fn below(&mut self, end: usize) -> usize {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).unwrap()
    }

    fn any(&mut self, part: &str) -> &'static str {
        let at = self.below(self.parts[part].len());
        self.parts[part][at]
    }

    fn word(&mut self, part: &str) -> &'static str {
        let words: Vec<&str> = self.parts[part].iter().flat_map(|line| line.split(' ')).collect();
        words[self.below(words.len())]
    }

    fn story(&mut self) -> String {
        let countries = self.parts["countries"].len();
        // Each country has its quarrel with the next one in the table, and now and then with any.
        let one = self.below(countries);
        let other = if self.below(4) > 0 {
            one ^ 1
        } else {
            (one + 1 + self.below(countries - 1)) % countries
        };
        let third = (one.max(other) + 1 + self.below(countries - 2)) % countries;
        let rows: Vec<Vec<&str>> = [one, other, third]
            .map(|at| self.parts["countries"][at].split('\t').collect())
            .to_vec();
        let [town, over] = [0, 1].map(|_| 2 + self.below(3));
        let (p, q) = (self.word("surnames"), self.word("surnames"));
        let mut sentences = vec![self.any("lead")];
        while sentences.len() < 6 {
            let next = self.any("rest");
            if !sentences.contains(&next) {
                sentences.push(next);
            }
        }
        let mut story = String::new();
        for (at, sentence) in sentences.iter().enumerate() {
            let days =
                ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
            let filled = sentence
                .replace("{A}", rows[0][0])
                .replace("{a}", rows[0][1])
                .replace("{B}", rows[1][0])
                .replace("{b}", rows[1][1])
                .replace("{c}", rows[2][0])
                .replace("{t}", rows[0][town])
                .replace("{u}", rows[1][over])
                .replace("{p}", p)
                .replace("{q}", q)
                .replace("{n}", &(2 + self.below(28)).to_string())
                .replace("{m}", &(100 + self.below(90) * 10).to_string())
                .replace("{d}", days[self.below(7)])
                .replace("{k}", self.word("weightless"));
            story.push_str(if at == 0 {
                ""
            } else if at % 2 == 0 {
                "\\n\\n"
            } else {
                " "
            });
            story.push_str(&filled.replace('"', "\\\""));
        }
        story
    }
}

impl Iterator for Variants {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.made += 1;
        let copied = self.below(10) == 0 && !self.recent.is_empty();
        let story = if copied {
            let at = self.below(self.recent.len());
            format!("CENTRAL DESK - {}", self.recent[at])
        } else {
            self.story()
        };
        if !copied {
            self.recent.push(story.clone());
            if self.recent.len() > 50 {
                self.recent.remove(0);
            }
        }
        // About ninety reports a day.
        let day = jiff::civil::date(2030, 1, 1) + (i64::try_from(self.made / 90).unwrap()).days();
        let (made, seed, wire) = (self.made, self.seed % 100_000, self.below(40));
        Some(format!(
            "{{\"id\":\"v{seed}-{made}\",\"date\":\"{day}\",\"source\":\"Wire {wire}\",\"text\":\"{story}\"}}"
        ))
    }
}
