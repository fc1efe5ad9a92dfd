//! Actors and role nouns that stand twice, or whose roles deny each other.

use crate::entry::{Kind, Role, SECTORS, role};
use crate::rows::{File, Row, values};
use crate::{Fault, Finding};
use std::collections::HashMap;

/// One name of one entry.
struct Named {
    country: String,
    file: &'static str,
    line: usize,
}

/// A role with the days it overlaps with another for longer is contradicted by it: a hand-over may
/// take some weeks.
const HANDOVER_DAYS: i32 = 45;

/// Tells of names that two entries of one kind and country bear, and of roles of one person that
/// overlap with different sectors.
pub(super) fn check(files: &[(Kind, File)], findings: &mut Vec<Finding>) {
    let mut names: HashMap<(Kind, &str), Vec<Named>> = HashMap::new();
    for &(kind, file) in files {
        let rows: Vec<Row<4>> = file.rows(&mut Vec::new()).collect();
        for row in rows {
            let [name, country, standing, also] = row.columns;
            let mut own: Vec<&str> = std::iter::once(name).chain(values(also)).collect();
            own.sort_unstable();
            if let Some(twice) = own.windows(2).find(|pair| pair[0] == pair[1]) {
                let problem = format!("'{}' stands twice in the row; keep one", twice[0]);
                findings.push(row.finding(Fault::Shadowed, problem));
            }
            own.dedup();
            // "~" is a surname, which many may share, and "?" marks names that others have too.
            // Persons may share all names but the first: the day and their offices tell them apart.
            let apart = |other: &str| {
                other == "~" || other.starts_with('?') || kind == Kind::Person && other != name
            };
            for name in own.into_iter().filter(|other| !apart(other)) {
                let bearers = names.entry((kind, name)).or_default();
                if let Some(first) = bearers.iter().find(|b| b.country == country) {
                    let problem = format!(
                        "'{name}' stands in {}, line {} too; join the two",
                        first.file, first.line
                    );
                    findings.push(row.finding(Fault::Shadowed, problem));
                }
                bearers.push(Named { country: country.into(), file: file.name, line: row.line() });
            }
            roles(standing, &row, findings);
        }
    }
}

fn roles(standing: &'static str, row: &Row<4>, findings: &mut Vec<Finding>) {
    let written: Vec<(&str, Role)> = values(standing)
        .filter(|value| !SECTORS.contains(value))
        .filter_map(|value| Some((value, role(value).ok()?)))
        .collect();
    for (nth, (text, later)) in written.iter().enumerate() {
        for (other, earlier) in written.iter().take(nth) {
            if later == earlier {
                findings
                    .push(row.finding(Fault::Shadowed, format!("'{text}' stands twice; keep one")));
            } else if later.sector != earlier.sector
                && later.office == earlier.office
                && overlap(later, earlier) > HANDOVER_DAYS
            {
                let problem = format!(
                    "'{text}' and '{other}' hold on the same days with different sectors; end one where the other begins"
                );
                findings.push(row.finding(Fault::Contradictory, problem));
            }
        }
    }
}

/// On how many days both hold.
fn overlap(one: &Role, other: &Role) -> i32 {
    use jiff::civil::Date;
    let from = one.from.unwrap_or(Date::MIN).max(other.from.unwrap_or(Date::MIN));
    let to = one.to.unwrap_or(Date::MAX).min(other.to.unwrap_or(Date::MAX));
    if from > to { 0 } else { (to - from).get_days() + 1 }
}

/// Words of the longest role noun that is looked for: "partially recognized country".
const LONGEST: usize = 3;

/// Tells of role nouns that no text can lead to: those longer than any that is looked
/// for, or with capitals.
pub(super) fn check_agents(files: &[File], findings: &mut Vec<Finding>) {
    for file in files {
        let rows: Vec<Row<3>> = file.rows(&mut Vec::new()).collect();
        for row in rows {
            for lemma in values(row.columns[2]) {
                if lemma.split(' ').count() > LONGEST {
                    let problem = format!(
                        "'{lemma}' has more than three words, which are never looked for; shorten it"
                    );
                    findings.push(row.finding(Fault::Unreachable, problem));
                } else if lemma.contains(char::is_uppercase) {
                    let problem = format!("'{lemma}' has a capital; lemmas are in lower case");
                    findings.push(row.finding(Fault::Unreachable, problem));
                }
            }
        }
    }
}
