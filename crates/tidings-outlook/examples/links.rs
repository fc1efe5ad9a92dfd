//! Scores of link forecasting while its method is tuned: `links TRAIN VALID`.
use std::path::Path;
use tidings_outlook::links::{evaluate, facts};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let facts = facts::read(&[Path::new(&args[0]), Path::new(&args[1])])?;
    let start = std::time::Instant::now();
    let score = evaluate(&facts, &facts.parts[0], &facts.parts[1], &mut |_, _| ());
    println!("{score:?} {:?}", start.elapsed());
    Ok(())
}
