//! How the record does when it is long: `cargo bench -p tidings --bench record -- FILE [REPORTS]`.
//!
//! Where FILE is not there it is made, of 100,000 reports (or REPORTS) after the sentences of `variants.txt`, one in ten
//! of them a copy of an earlier one: that takes minutes. Then it prints what adding one report takes, what questions
//! take, and how many bytes a report takes beyond its text. `--reports` as FILE writes the reports as JSON Lines
//! instead, for `tidings add`.

#![allow(clippy::unwrap_used, clippy::panic)] // a benchmark may break off

use jiff::ToSpan;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use tidings::Desk;
use tidings::pipeline;
use tidings::record::questions::{Filter, Subject};
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

    let day = |text: &str| Some(text.parse().unwrap());
    let dyad = || Some(("PER".to_string(), "ECU".to_string()));
    let whole = Filter::default;
    let questions = [
        (
            Subject::Incidents,
            "a dyad, a type, a month",
            Filter {
                dyad: dyad(),
                event: vec!["ASSAULT".into()],
                since: day("2031-03-01"),
                until: day("2031-03-31"),
                ..whole()
            },
        ),
        (
            Subject::Events,
            "a dyad, a month",
            Filter { dyad: dyad(), since: day("2031-03-01"), until: day("2031-03-31"), ..whole() },
        ),
        (
            Subject::Events,
            "a week",
            Filter { since: day("2032-03-01"), until: day("2032-03-07"), ..whole() },
        ),
        (
            Subject::Incidents,
            "a status, a week",
            Filter {
                status: Some("contested".into()),
                since: day("2032-03-01"),
                until: day("2032-03-07"),
                ..whole()
            },
        ),
        (
            Subject::Incidents,
            "an actor's name, a month",
            Filter {
                actor: Some("Toktorov".into()),
                since: day("2031-05-01"),
                until: day("2031-05-31"),
                ..whole()
            },
        ),
        (
            Subject::Events,
            "a place, a type",
            Filter { place: Some("Batken".into()), event: vec!["PROTEST".into()], ..whole() },
        ),
        (Subject::Events, "words", Filter { words: Some("\"amber market\"".into()), ..whole() }),
        (
            Subject::Claims,
            "a speaker's country, words",
            Filter { actor: Some("KEN".into()), words: Some("brewery".into()), ..whole() },
        ),
        (Subject::Actors, "a country", Filter { actor: Some("TJK".into()), ..whole() }),
        (
            Subject::Events,
            "a publisher, a week",
            Filter {
                source: Some("Wire 7".into()),
                since: day("2032-03-01"),
                until: day("2032-03-07"),
                ..whole()
            },
        ),
    ];
    for (subject, name, filter) in questions {
        let mut rows = 0;
        let mut times: Vec<Duration> = (0..5)
            .map(|_| {
                let begun = Instant::now();
                rows = record.ask(subject, &filter, |_| Ok::<(), ()>(())).unwrap();
                begun.elapsed()
            })
            .collect();
        told(&format!("{subject:?} by {name} ({rows} rows)"), &mut times);
    }
    let (reports, text) = record.size().unwrap();
    let beyond = std::fs::metadata(file).unwrap().len().saturating_sub(text);
    println!(
        "{reports} reports; {} bytes of the record a report beyond its text",
        beyond / reports.max(1)
    );
}

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
