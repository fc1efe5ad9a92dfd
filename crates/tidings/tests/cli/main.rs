//! The program as its users meet it: through the binary, one module per topic.

// Helpers outside of test functions may fail a test too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod adding;
mod alerts;
mod annotate;
mod asking;
mod brief;
mod code;
mod correcting;
mod deadlines;
mod docs;
mod exit_codes;
mod exporting;
mod forecast;
mod forms;
mod hostile;
mod kosovo;
mod lists;
mod outlook;
mod readers;
mod readme;
mod recoding;
mod record;
mod run;
mod schema;
mod serving;
mod snapshots;
mod stitched;
mod trusting;
mod watching;
