//! The Tidings command line.
fn main() {}
