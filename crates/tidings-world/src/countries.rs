//! Countries by every code and name that tables of events write them with.
//!
//! Light: only the two tables of countries are read, none of the lexicon of names.

use crate::fold::folded;
use crate::lexicon::COUNTRIES;
use crate::rows::{File, Row, lexicon, values};
use std::collections::HashMap;
use std::sync::LazyLock;

const CODES: File = lexicon!("world/country-codes.tsv");
const FIPS: File = lexicon!("exports/countries.tsv");

/// The number of a country: its line in `countries.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country(u16);

/// All countries.
#[derive(Debug)]
pub struct Countries {
    codes: Vec<&'static str>,
    names: Vec<&'static str>,
    /// By code or folded name.
    known: HashMap<String, Country>,
    fips: HashMap<&'static str, Country>,
}

impl Countries {
    /// The countries of the lexicon inside the program.
    pub fn embedded() -> &'static Countries {
        static COUNTRIES: LazyLock<Countries> = LazyLock::new(Countries::read);
        &COUNTRIES
    }

    fn read() -> Countries {
        let (codes, names, known, fips) = Default::default();
        let mut countries = Countries { codes, names, known, fips };
        // The files inside the program are proved whole by a test.
        let errors = &mut Vec::new();
        for row in COUNTRIES.rows(errors) {
            let row: Row<5> = row;
            let [code, name, _, _, others] = row.columns;
            let country = Country(countries.codes.len() as u16);
            countries.codes.push(code);
            countries.names.push(name);
            countries.known.insert(folded(code), country);
            for name in std::iter::once(name).chain(values(others)) {
                countries.known.entry(folded(name)).or_insert(country);
            }
        }
        for row in CODES.rows(errors) {
            let row: Row<4> = row;
            let [code, alpha2, others, names] = row.columns.map(|c| if c == "-" { "" } else { c });
            let Some(country) = countries.named(code) else { continue };
            for other in std::iter::once(alpha2).chain(values(others)).chain(values(names)) {
                countries.known.entry(folded(other)).or_insert(country);
            }
        }
        for row in FIPS.rows(errors) {
            let row: Row<2> = row;
            let [code, fips] = row.columns;
            if let Some(country) = countries.named(code) {
                countries.fips.insert(fips, country);
            }
        }
        countries
    }

    /// The country that an ISO or CAMEO code, or a name, stands for.
    pub fn named(&self, text: &str) -> Option<Country> {
        self.known.get(&folded(text)).copied()
    }

    /// The country of a FIPS 10-4 code.
    pub fn of_fips(&self, code: &str) -> Option<Country> {
        self.fips.get(code).copied()
    }

    /// ISO 3166-1 alpha-3; Kosovo is `XKX`.
    pub fn code(&self, country: Country) -> &'static str {
        self.codes.get(usize::from(country.0)).copied().unwrap_or_default()
    }

    /// Its English name.
    pub fn name(&self, country: Country) -> &'static str {
        self.names.get(usize::from(country.0)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_of_several_schemes_are_one_country() {
        let countries = Countries::embedded();
        let code = |text| countries.named(text).map(|country| countries.code(country));
        for (text, expected) in [
            ("SRB", "SRB"),
            ("srb", "SRB"),
            ("Serbia", "SRB"),
            ("RS", "SRB"),
            ("KSV", "XKX"),
            ("Russian Federation", "RUS"),
            ("Moldova, Republic of", "MDA"),
            ("Cote d'Ivoire", "CIV"),
        ] {
            assert_eq!(code(text), Some(expected), "{text}");
        }
        for text in ["", "-", "NA", "AFR", "Ruritania"] {
            // NA is the alpha-2 code of Namibia; tables write it for what is not known.
            assert!(code(text).is_none() || text == "NA", "{text}");
        }
        let fips = |text| countries.of_fips(text).map(|country| countries.code(country));
        assert_eq!((fips("AU"), fips("AS"), fips("")), (Some("AUT"), Some("AUS"), None));
    }

    #[test]
    fn every_country_has_its_row_of_codes() {
        let mut errors = Vec::new();
        let codes: Vec<&str> = CODES.rows(&mut errors).map(|row: Row<4>| row.columns[0]).collect();
        assert_eq!(codes, Countries::embedded().codes);
        assert!(errors.is_empty(), "{errors:?}");
    }
}
