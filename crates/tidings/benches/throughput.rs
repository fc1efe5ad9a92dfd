//! How many words per second go from raw text to trees, and to coded reports, on one thread:
//! `cargo bench -p tidings`. The reports are those of `examples/`, over and over.

#![allow(missing_docs)] // criterion's macro writes a public function without any

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use tidings::Desk;
use tidings::report::{Options, Report, read};

fn throughput(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let reports: Vec<Report> = read([folder], Options::default()).filter_map(Result::ok).collect();
    assert!(!reports.is_empty(), "the example reports are not here");
    let desk = Desk::open();
    let words: usize = reports.iter().map(|r| desk.annotate(r.analysed()).tokens.len()).sum();

    let mut group = criterion.benchmark_group("raw text");
    group.throughput(Throughput::Elements(words as u64));
    group.sample_size(30);
    group.bench_function("to trees", |bench| {
        bench.iter(|| {
            for report in &reports {
                black_box(desk.annotate(report.analysed()));
            }
        });
    });
    group.bench_function("to coded reports", |bench| {
        bench.iter(|| {
            for report in &reports {
                black_box(desk.code(report, &desk.annotate(report.analysed())));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
