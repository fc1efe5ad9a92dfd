//! The table of scores with the floors they keep (`floors.toml`).

use serde::Deserialize;
use std::fmt::Write;

/// One score.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub layer: &'static str,
    pub data: &'static str,
    pub metric: &'static str,
    pub score: f64,
    /// What is counted: shares in percent have none.
    pub unit: &'static str,
}

impl Row {
    /// A share, given as 0 to 1, in percent.
    pub fn share(layer: &'static str, data: &'static str, metric: &'static str, share: f64) -> Row {
        Row { layer, data, metric, score: 100.0 * share, unit: "" }
    }
}

/// How many of how many, by which precision, recall and F1 are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    pub right: usize,
    pub found: usize,
    pub gold: usize,
}

impl Tally {
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.found + self.gold)
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

/// `part` of `whole`, from 0 to 1; 0 of nothing is 0.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What a score must keep and what it should reach.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    layer: String,
    data: String,
    metric: String,
    floor: Option<f64>,
    aim: Option<f64>,
    /// Whether less is better, as of errors and of memory.
    #[serde(default)]
    less: bool,
    /// Whether it is a matter of the machine: kept only under `--speed`.
    #[serde(default)]
    machine: bool,
}

#[derive(Deserialize)]
struct Floors {
    row: Vec<Floor>,
}

/// Reads `floors.toml`.
pub fn floors(file: &str) -> Result<Vec<Floor>, toml::de::Error> {
    toml::from_str::<Floors>(file).map(|floors| floors.row)
}

/// The printed table, and what fell below its floor.
pub fn judge(rows: &[Row], floors: &[Floor], speed: bool) -> (String, Vec<String>) {
    let (mut table, mut fallen) = (String::new(), Vec::new());
    let _ = writeln!(
        table,
        "{:<14} {:<14} {:<22} {:>10} {:>9} {:>9}",
        "layer", "data", "metric", "score", "floor", "aim"
    );
    let mut layer = "";
    for row in rows {
        if row.layer != layer {
            layer = row.layer;
            let _ = writeln!(table, "{}", "-".repeat(83));
        }
        let kept = floors
            .iter()
            .find(|f| f.layer == row.layer && f.data == row.data && f.metric == row.metric);
        let told =
            |value: Option<f64>| value.map_or_else(|| "-".to_string(), |v| number(v, row.unit));
        let below = kept.is_some_and(|f| f.fails(row, speed));
        let _ = writeln!(
            table,
            "{:<14} {:<14} {:<22} {:>10} {:>9} {:>9}{}",
            row.layer,
            row.data,
            row.metric,
            number(row.score, row.unit),
            told(kept.and_then(|f| f.floor)),
            told(kept.and_then(|f| f.aim)),
            if below { "  BELOW" } else { "" }
        );
        if below {
            let words = [row.layer, row.data, row.metric].join(" ");
            fallen.push(format!("{words}: {} breaks its floor", number(row.score, row.unit)));
        }
    }
    (table, fallen)
}

impl Floor {
    fn fails(&self, row: &Row, speed: bool) -> bool {
        let kept = !self.machine || speed;
        // As printed: a floor of 84.5 is kept by what prints as 84.50.
        let places = if row.unit == "points" { 1000.0 } else { 100.0 };
        let score = (row.score * places).round() / places;
        kept && self.floor.is_some_and(|f| if self.less { score > f } else { score < f })
    }
}

fn number(value: f64, unit: &str) -> String {
    match unit {
        "" => format!("{value:.2}"),
        "points" => format!("{value:.3}"),
        _ => format!("{value:.0} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_below_its_floor_is_named() {
        let floors = floors(
            "[[row]]\nlayer='a'\ndata='d'\nmetric='F1'\nfloor=80\n\
             [[row]]\nlayer='a'\ndata='d'\nmetric='MAE'\nfloor=1\nless=true\n\
             [[row]]\nlayer='s'\ndata='d'\nmetric='speed'\nfloor=10\nmachine=true\n",
        )
        .unwrap();
        let row = |layer, metric, score| Row { layer, data: "d", metric, score, unit: "" };
        let sound = [row("a", "F1", 80.0), row("a", "MAE", 1.0), row("s", "speed", 1.0)];
        assert_eq!(judge(&sound, &floors, false).1, Vec::<String>::new());
        let fallen = [row("a", "F1", 79.9), row("a", "MAE", 1.1), row("s", "speed", 1.0)];
        assert_eq!(judge(&fallen, &floors, false).1.len(), 2);
        assert_eq!(judge(&fallen, &floors, true).1.len(), 3);
    }

    #[test]
    fn the_floors_of_the_project_can_be_read() {
        assert!(!floors(include_str!("../floors.toml")).unwrap().is_empty());
    }
}
