//! Tension over a table of a million events: reading it, and the series of a dyad once it is read.
//!
//! `cargo bench -p tidings-outlook`. The table is invented, in the columns of ICEWS.

#![allow(missing_docs)] // criterion's macro writes a public function without any

use criterion::{Criterion, criterion_group, criterion_main};
use std::fmt::Write as _;
use std::io::Write as _;
use tidings_outlook::events::Scope;
use tidings_outlook::tables;
use tidings_outlook::tension::{Question, Step, series};
use tidings_record::Trust;

const ROWS: u64 = 1_000_000;

/// Rows of a year, in the order of days.
fn table() -> tempfile::NamedTempFile {
    const COUNTRIES: [&str; 8] = [
        "Fiji",
        "Tonga",
        "Samoa",
        "Peru",
        "Ecuador",
        "Chile",
        "Russian Federation",
        "United States",
    ];
    const CODES: [&str; 8] = ["010", "040", "112", "130", "190", "051", "0841", "173"];
    let mut text = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t\
        Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\t\
        District\tProvince\tCountry\tLatitude\tLongitude\n"
        .to_string();
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for row in 0..ROWS {
        let day = row * 365 / ROWS;
        let (month, day) = (day / 31 + 1, day % 28 + 1);
        let (a, b) = (COUNTRIES[random(8) as usize], COUNTRIES[random(8) as usize]);
        let code = CODES[random(8) as usize];
        let (who, whom) = (random(3000), random(3000));
        let _ = writeln!(
            text,
            "{row}\t2031-{month:02}-{day:02}\tOfficial {who} ({a})\tExecutive,Government,Foreign Ministry\t{a}\t\
             Some event\t{code}\t-2.0\tOfficial {whom} ({b})\tMilitary,Government\t{b}\t{}\t2\tA Bulletin\tSome Town\t\
             NA\tSome Province\t{a}\t21.0245\t105.841",
            40_000_000 + row / 3
        );
    }
    let mut file = tempfile::NamedTempFile::new().expect("a file for the table");
    file.write_all(text.as_bytes()).expect("room for the table");
    file
}

fn tension(c: &mut Criterion) {
    let file = table();
    let mut group = c.benchmark_group("tension");
    group.sample_size(10);
    group.bench_function("read 1,000,000 rows", |b| {
        b.iter(|| tables::read(file.path(), Trust::Trusted).expect("a table"))
    });
    let events = tables::read(file.path(), Trust::Trusted).expect("a table").events;
    for (name, scope) in [("everything", Scope::All), ("a name", Scope::actor("Official 17"))] {
        let question = Question { scope, by: Step::Week, since: None, until: None, ids: false };
        group
            .bench_function(format!("series of {name}"), |b| b.iter(|| series(&events, &question)));
    }
    group.finish();
}

criterion_group!(benches, tension);
criterion_main!(benches);
