//! Given names and the pronoun that goes with them.
//!
//! In goes `lexicon/world/given-names.tsv`; out comes whether a name is a man's or a woman's.

use crate::rows::{File, Row, values};
use crate::words;
use crate::{Fault, Finding};
use std::collections::HashMap;

/// Given names that tell the sex of who bears them.
#[derive(Debug, Default)]
pub struct GivenNames {
    /// By the hash of the folded name.
    male: HashMap<u64, bool>,
}

impl GivenNames {
    /// Whether the name is a man's; `None` where it tells nothing. Accents do not matter.
    pub fn is_male(&self, name: &str) -> Option<bool> {
        self.male.get(&words::next(name, 0)?.hash).copied()
    }

    /// Reads the program's file, then a user's own, which stand.
    pub(crate) fn read(own: &[File], file: File, errors: &mut Vec<Finding>) -> GivenNames {
        let mut names = GivenNames::default();
        let rows: Vec<Row<2>> = file.rows(errors).collect();
        for row in rows {
            let [sex, column] = row.columns;
            let male = match sex {
                "male" => true,
                "female" => false,
                other => {
                    errors.push(row.error(format!("'{other}' is no sex; write female or male")));
                    continue;
                }
            };
            for name in values(column) {
                let Some(word) = words::next(name, 0) else { continue };
                if let Some(other) = names.male.insert(word.hash, male) {
                    let fault = if other == male { Fault::Shadowed } else { Fault::Contradictory };
                    errors.push(row.finding(fault, format!("'{name}' stands twice; keep one")));
                }
            }
        }
        for file in own {
            names.male.extend(GivenNames::read(&[], *file, errors).male);
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use crate::World;

    #[test]
    fn given_names_tell_who_is_she() {
        let names = &World::embedded().given;
        assert_eq!(names.is_male("María"), Some(false));
        assert_eq!(names.is_male("Goran"), Some(true));
        assert_eq!(names.is_male("Xyrilla"), None);
    }
}
