//! Learns the lemma rules from treebanks, writes them, and scores them on development treebanks
//! with gold tags.
//!
//! `cargo run --release --example train_lemmatizer -- UD_FOLDER models/lemmas.bin`

use tidings_language::lemma::{self, Lemmatizer};
use tidings_language::{Conllu, Document};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: train_lemmatizer UD_FOLDER FILE")?;
    let path = arguments.next().ok_or("usage: train_lemmatizer UD_FOLDER FILE")?;
    let show = arguments.next().is_some();
    let read = |name: &str| -> Result<Conllu, Box<dyn std::error::Error>> {
        let path = format!("{folder}/{name}.conllu");
        let file = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        Ok(Conllu::parse(&file).map_err(|e| format!("{path}: {e}"))?)
    };
    let treebanks = [read("ewt-train")?, read("gum-train")?];
    let documents: Vec<Document<'_>> = treebanks.iter().map(Conllu::document).collect();
    let file = lemma::train(&documents);
    std::fs::write(&path, &file)?;
    let lemmatizer = Lemmatizer::read(&file)?;
    for name in ["ewt-dev", "gum-dev"] {
        let gold = read(name)?;
        let gold = gold.document();
        let mut right = 0;
        let started = std::time::Instant::now();
        for (i, token) in gold.tokens.iter().enumerate() {
            let ours = lemmatizer.lemma(gold.form(i), token.upos, token.xpos);
            if ours == gold.lemma(i) {
                right += 1;
            } else if show {
                println!(
                    "{}\t{}\t{}\t{ours}\t{}",
                    token.upos,
                    token.xpos,
                    gold.form(i),
                    gold.lemma(i)
                );
            }
        }
        let rate = gold.tokens.len() as f64 / started.elapsed().as_secs_f64() / 1e6;
        let share = 100.0 * f64::from(right) / gold.tokens.len() as f64;
        println!(
            "{name}: {share:.2}% of lemmas right with gold tags, {rate:.1} million words a second"
        );
    }
    Ok(())
}
