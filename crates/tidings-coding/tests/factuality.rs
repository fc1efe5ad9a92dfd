//! Status on gold trees: the factuality of UDS-IH2 (Rudinger et al. 2018) over the sentences of the
//! English Web Treebank, where no parser stands between the rules and the words.

use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use tidings_coding::status;
use tidings_language::Conllu;
use tidings_world::World;

#[test]
fn rules_follow_readers_on_gold_trees() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let part = std::env::var("TIDINGS_UDS_PART").unwrap_or_else(|_| "dev".to_string());
    let trees = std::fs::read_to_string(shared.join(format!("ud/ewt-{part}.conllu")));
    let gold = std::fs::read_to_string(shared.join(format!("factuality/uds-{part}.jsonl")));
    let (Ok(trees), Ok(gold)) = (trees, gold) else {
        println!("skipped: the shared data are not there");
        return;
    };
    let read = Conllu::parse(&trees).expect("the treebank reads");
    let doc = read.document();
    let by_words: HashMap<Vec<&str>, usize> = doc
        .sentences
        .iter()
        .map(|s| (s.tokens.clone().map(|t| doc.form(t)).collect(), s.tokens.start))
        .collect();
    let mut pairs = Vec::new();
    for line in gold.lines() {
        let row: Value = serde_json::from_str(line).expect("a row of JSON");
        let words: Vec<&str> =
            row["tokens"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let Some(&first) = by_words.get(&words) else { continue };
        for value in row["gold"].as_array().into_iter().flatten() {
            let (Some(at), Some(told)) = (value[0].as_u64(), value[1].as_f64()) else { continue };
            let found = status::of(&doc, World::embedded(), first + at as usize, None, None);
            if std::env::var_os("TIDINGS_SHOW").is_some() {
                println!(
                    "{told:.1}\t{:.1}\t{}\t{}",
                    found.factuality,
                    words[at as usize],
                    words.join(" ")
                );
            }
            pairs.push((told, found.factuality));
        }
    }
    let count = pairs.len() as f64;
    assert!(count > 1000.0, "only {count} words of the set were found in the treebank");
    let error = pairs.iter().map(|(a, b)| (a - b).abs()).sum::<f64>() / count;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let both: f64 = pairs.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let spread = pairs.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>()
        * pairs.iter().map(|p| (p.1 - y).powi(2)).sum::<f64>();
    let r = both / spread.sqrt();
    println!("{count} words: mean absolute error {error:.3}, Pearson's r {r:.3}");
    assert!(r > 0.4, "Pearson's r is {r:.3}");
}
