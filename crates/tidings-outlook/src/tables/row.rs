//! One row of a table as an event, or why not.

use super::layout::Layout;
use crate::events::{Act, Day, Events, HAPPENED, NameTable, Party, date_of, day_of, plover_of};
use jiff::civil::Date;
use rustc_hash::FxHashMap as HashMap;
use std::borrow::Cow;
use std::sync::LazyLock;
use tidings_record::Trust;
use tidings_world::events::codebook;
use tidings_world::{Countries, Country};

/// What a column tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Column {
    Id,
    Day,
    Until,
    FirstReport,
    Source,
    SourceCountry,
    Target,
    TargetCountry,
    Cameo,
    Event,
    Goldstein,
    Quad,
    Place,
    Status,
    Trusted,
}

impl Column {
    pub const ALL: [Column; 15] = [
        Column::Id,
        Column::Day,
        Column::Until,
        Column::FirstReport,
        Column::Source,
        Column::SourceCountry,
        Column::Target,
        Column::TargetCountry,
        Column::Cameo,
        Column::Event,
        Column::Goldstein,
        Column::Quad,
        Column::Place,
        Column::Status,
        Column::Trusted,
    ];
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wrong {
    /// Too few or too many cells, or no JSON object: left out.
    Columns,
    /// No day of the calendar: left out.
    Day,
    /// No code of CAMEO and no PLOVER type: left out.
    Code,
    /// No Goldstein value or quad class where there should be one: that of the code stands.
    Value,
    /// A country that is not known: the row is kept with its party's name.
    Country,
    /// Earlier than the row before it: put in order.
    Order,
}

/// A row with something wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// Its line in the file, from one.
    pub line: usize,
    /// What it is.
    pub wrong: Wrong,
    /// In words, with what was done about it.
    pub problem: String,
}

impl Fault {
    pub(super) fn order(line: usize, day: Day, before: Day) -> Fault {
        let (day, before) = (date_of(day), date_of(before));
        let problem = format!("{day} comes after {before}; put in the order of days");
        Fault { line, wrong: Wrong::Order, problem }
    }

    /// Whether the row could not be used.
    pub fn lost(&self) -> bool {
        matches!(self.wrong, Wrong::Columns | Wrong::Day | Wrong::Code)
    }
}

/// An incident whose days span more than this is not known well enough to be put on its first.
const WIDEST: Day = 31;

/// What some rows gave.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Their events; names have the numbers of the reader's own table.
    pub events: Events,
    pub rows: usize,
    pub faults: Vec<Fault>,
    /// Days of the first row and of the last, and the line of the first.
    pub ends: Option<(Day, Day, usize)>,
}

/// Turns rows into events. What it came to know in one block it knows in the next.
pub(super) struct Reader<'l> {
    layout: &'l Layout,
    /// How far rows must be trusted, of tables that say so.
    trust: Trust,
    pub part: Part,
    pub names: NameTable,
    countries: HashMap<Vec<u8>, Option<Country>>,
    /// The last day read, as it was written.
    day: (Vec<u8>, Option<Day>),
    sides: [Vec<Party>; 2],
}

impl<'l> Reader<'l> {
    pub fn new(layout: &'l Layout, trust: Trust) -> Reader<'l> {
        let (part, names, countries) = Default::default();
        let (day, sides) = Default::default();
        Reader { layout, trust, part, names, countries, day, sides }
    }

    /// Takes the cells of one row.
    pub fn read(&mut self, cells: &[&[u8]], line: usize) {
        if cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            return;
        }
        self.part.rows += 1;
        let read = if self.layout.is_json() {
            object(cells[0]).and_then(|cells| {
                let cells: Vec<&[u8]> = cells.iter().map(|cell| cell.as_bytes()).collect();
                self.event(&cells, line)
            })
        } else if cells.len() != self.layout.width {
            let (has, needs) = (cells.len(), self.layout.width);
            Err((
                Wrong::Columns,
                format!("has {has} columns where the table has {needs}; left out"),
            ))
        } else {
            self.event(cells, line)
        };
        if let Err((wrong, problem)) = read {
            self.part.faults.push(Fault { line, wrong, problem });
        }
    }

    fn event(&mut self, cells: &[&[u8]], line: usize) -> Result<(), (Wrong, String)> {
        let layout = self.layout;
        let cell = |column: Column| -> &[u8] {
            layout.place(column).and_then(|at| cells.get(at)).map_or(b"", |cell| cell.trim_ascii())
        };
        let status = cell(Column::Status);
        if !status.is_empty() && !HAPPENED.iter().any(|name| name.as_bytes() == status) {
            return Ok(());
        }
        let trusted = cell(Column::Trusted);
        if !trusted.is_empty() && !self.trust.takes(trusted == b"true") {
            return Ok(());
        }
        let Some(day) =
            self.day(cell(Column::Day), cell(Column::Until), cell(Column::FirstReport))?
        else {
            self.part.events.undated += 1;
            return Ok(());
        };
        let act = act(cell(Column::Cameo), cell(Column::Event))?;
        let act = self.weighed(act, cell(Column::Goldstein), cell(Column::Quad), line);
        let mut sides = std::mem::take(&mut self.sides);
        for (side, [name, country]) in sides
            .iter_mut()
            .zip([[Column::Source, Column::SourceCountry], [Column::Target, Column::TargetCountry]])
        {
            self.side(side, cell(name), cell(country), line);
        }
        let place = self.place(cell(Column::Place));
        let id = cell(Column::Id);
        let named;
        let id = if id.is_empty() {
            named = format!("line {line}");
            Cow::Borrowed(named.as_str())
        } else {
            String::from_utf8_lossy(id)
        };
        self.part.events.push(day, act, place, [&sides[0], &sides[1]], &id);
        self.sides = sides;
        match &mut self.part.ends {
            None => self.part.ends = Some((day, day, line)),
            Some((_, last, _)) => {
                if *last > day {
                    self.part.faults.push(Fault::order(line, day, *last));
                }
                *last = day;
            }
        }
        Ok(())
    }

    /// The day an event stands on; nothing where it is known only to a wide span.
    fn day(
        &mut self,
        since: &[u8],
        until: &[u8],
        reported: &[u8],
    ) -> Result<Option<Day>, (Wrong, String)> {
        let told = if since.is_empty() { reported } else { since };
        if self.day.0 != told {
            self.day = (told.to_vec(), day(told));
        }
        let Some(first) = self.day.1 else {
            let told = String::from_utf8_lossy(told);
            return Err((Wrong::Day, format!("\"{told}\" is no day; write 2018-06-01; left out")));
        };
        let last = if since.is_empty() { None } else { day(until) };
        Ok((last.unwrap_or(first) - first <= WIDEST).then_some(first))
    }

    /// The act with the table's own Goldstein value and quad class, where it gives them.
    fn weighed(&mut self, mut act: Act, goldstein: &[u8], quad: &[u8], line: usize) -> Act {
        let mut doubt = |what: &str, told: &[u8], stands: String| {
            let told = String::from_utf8_lossy(told);
            let problem = format!("\"{told}\" is no {what}; {stands} of the code stands");
            self.part.faults.push(Fault { line, wrong: Wrong::Value, problem });
        };
        match number(goldstein) {
            Some(value) if (-10.0..=10.0).contains(&value) => act.goldstein = value,
            None if unknown(goldstein) => {}
            _ => doubt("Goldstein value from -10 to 10", goldstein, act.goldstein.to_string()),
        }
        match quad_class(quad) {
            Some(class) => act.quad = class,
            None if unknown(quad) => {}
            None => doubt("quad class", quad, act.quad.to_string()),
        }
        act
    }

    fn side(&mut self, side: &mut Vec<Party>, names: &[u8], countries: &[u8], line: usize) {
        side.clear();
        let lists = self.layout.lists;
        let count = |cell: &[u8]| match lists {
            _ if unknown(cell) => 0,
            true => members(cell, lists).count(),
            false => 1,
        };
        let (names_told, countries_told) = (count(names), count(countries));
        if names_told.max(countries_told) == 0 {
            return;
        }
        // Names without countries of the same number stand for themselves.
        let paired = names_told == countries_told;
        let mut of_country = members(countries, lists).take(countries_told);
        for name in members(names, lists).take(names_told) {
            let country = if paired { of_country.next() } else { None };
            let country = country.and_then(|told| self.country(told, line));
            let name = unescaped(name);
            side.push(Party { name: self.names.number(&name), country });
        }
        for told in of_country {
            let country = self.country(told, line);
            side.push(Party { name: self.names.number(""), country });
        }
    }

    fn country(&mut self, told: &[u8], line: usize) -> Option<Country> {
        if unknown(told) {
            return None;
        }
        let known = match self.countries.get(told) {
            Some(known) => *known,
            None => {
                let known = Countries::embedded().named(&String::from_utf8_lossy(told));
                self.countries.insert(told.to_vec(), known);
                known
            }
        };
        if known.is_none() {
            let told = String::from_utf8_lossy(told);
            let problem = format!("\"{told}\" is no country; the event is kept without it");
            self.part.faults.push(Fault { line, wrong: Wrong::Country, problem });
        }
        known
    }

    fn place(&mut self, told: &[u8]) -> Option<Country> {
        let text = std::str::from_utf8(told).ok().filter(|_| !unknown(told))?;
        let countries = Countries::embedded();
        if self.layout.fips {
            return countries.of_fips(text);
        }
        if let Some(known) = self.countries.get(told) {
            return *known;
        }
        let known = countries.named(text);
        self.countries.insert(told.to_vec(), known);
        known
    }
}

/// What tables write where they know nothing.
fn unknown(cell: &[u8]) -> bool {
    cell.is_empty() || matches!(cell, b"NA" | b"-" | b"--" | b"---" | b"None" | b"NULL" | b"nan")
}

/// The members of a cell that may be a list.
fn members(cell: &[u8], lists: bool) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(cell);
    std::iter::from_fn(move || {
        let cell = rest.take()?;
        let end = if lists { memchr::memchr(b';', cell) } else { None };
        let (member, more) = end.map_or((cell, None), |at| (&cell[..at], Some(&cell[at + 1..])));
        rest = more;
        Some(member.trim_ascii())
    })
}

/// A text as it was before it was put between quotation marks.
fn unescaped(cell: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(cell);
    match memchr::memchr(b'"', cell) {
        Some(_) => Cow::Owned(text.replace("\"\"", "\"")),
        None => text,
    }
}

/// Reads 2018-06-01 or 20180601; a time of day after it is ignored.
fn day(cell: &[u8]) -> Option<Day> {
    let digits = |from: usize, to: usize| -> Option<i16> {
        let digits = cell.get(from..to)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        Some(digits.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
    };
    let (year, month, day, end) = if cell.get(4) == Some(&b'-') {
        (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?, 10)
    } else {
        (digits(0, 4)?, digits(4, 6)?, digits(6, 8)?, 8)
    };
    if cell.get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    Date::new(year, month as i8, day as i8).ok().map(day_of)
}

fn number(cell: &[u8]) -> Option<f32> {
    std::str::from_utf8(cell).ok()?.parse().ok()
}

/// A quad class as a number, or in POLECAT's words.
fn quad_class(cell: &[u8]) -> Option<u8> {
    match cell {
        [class @ b'1'..=b'4'] => Some(class - b'0'),
        _ => {
            let word = |text: &str| {
                cell.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text.as_bytes()))
            };
            let verbal = word("verbal").then_some(1).or_else(|| word("material").then_some(2))?;
            let conflict =
                word("conflict").then_some(2).or_else(|| word("cooperation").then_some(0));
            Some(verbal + conflict?)
        }
    }
}

/// Rows of the codebook by the digits of the code, with their number before them.
static CODES: LazyLock<HashMap<&'static [u8], Act>> = LazyLock::new(|| {
    let entries = codebook().iter().enumerate();
    entries.filter_map(|(at, entry)| Some((entry.cameo.as_bytes(), Act::of_code(at)?))).collect()
});

/// Goldstein value and quad class of PLOVER types without a code: those of the plainest CAMEO code.
fn of_plover(event: &str) -> Option<Act> {
    let plover = plover_of(event)?;
    let mut act = codebook()
        .iter()
        .enumerate()
        .find_map(|(at, entry)| (entry.event == Some(event)).then(|| Act::of_code(at)).flatten())?;
    act.code = None;
    act.plover = Some(plover);
    // REQUEST is a verbal conflict in POLECAT; its plainest CAMEO code, an appeal, is none.
    act.quad = if event == "REQUEST" { 3 } else { act.quad };
    Some(act)
}

fn act(cameo: &[u8], event: &[u8]) -> Result<Act, (Wrong, String)> {
    let code = CODES.get(cameo);
    if let Some(act) = code.filter(|_| event.is_empty()) {
        return Ok(*act);
    }
    let typed = std::str::from_utf8(event).ok().map(str::to_ascii_uppercase);
    let plover = typed.as_deref().filter(|event| !event.is_empty());
    if let Some(act) = code {
        let mut act = *act;
        act.plover = plover.and_then(plover_of).or(act.plover);
        return Ok(act);
    }
    if !cameo.is_empty() {
        // Some tables have lost the zero before a code.
        let padded = [b"0", cameo].concat();
        if let Some(act) = CODES.get(&padded[..]) {
            return Ok(*act);
        }
    }
    let known = plover.filter(|_| cameo.is_empty()).and_then(of_plover);
    known.ok_or_else(|| {
        let told = String::from_utf8_lossy(if cameo.is_empty() { event } else { cameo });
        let scheme = if cameo.is_empty() { "PLOVER type" } else { "CAMEO code" };
        (Wrong::Code, format!("\"{told}\" is no {scheme}; left out"))
    })
}

/// The cells of a JSON object, in the order of columns.
fn object(line: &[u8]) -> Result<Vec<String>, (Wrong, String)> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(line)
        .map_err(|error| (Wrong::Columns, format!("is no JSON object ({error}); left out")))?;
    let plain = |key: &str| -> String {
        let letters = key.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let keyed: HashMap<String, &serde_json::Value> =
        object.iter().map(|(key, value)| (plain(key), value)).collect();
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let cell = |column: &Column| {
        let value = Layout::keys(*column).iter().find_map(|key| keyed.get(*key));
        match value {
            Some(serde_json::Value::Array(values)) => {
                values.iter().map(text).collect::<Vec<_>>().join("; ")
            }
            Some(value) => text(value),
            None => String::new(),
        }
    };
    Ok(Column::ALL.iter().map(cell).collect())
}
