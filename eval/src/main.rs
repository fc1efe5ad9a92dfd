//! Scores every layer on public gold data.
fn main() {}
