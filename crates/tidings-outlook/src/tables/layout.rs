//! Which column of a table tells what.

use super::row::Column;

/// What parts the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Tab-separated: a quotation mark is a character like others.
    Tabs,
    /// RFC 4180: cells between quotation marks may hold commas and line breaks.
    Commas,
    /// An object to a line.
    JsonLines,
}

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Layout {
    form: Form,
    header: bool,
    /// How many cells a row has.
    pub width: usize,
    places: [Option<usize>; Column::ALL.len()],
    /// Whether countries of places are FIPS 10-4 (GDELT).
    pub fips: bool,
    /// Whether a cell may hold several parties, parted by semicolons (POLECAT, our own lists).
    pub lists: bool,
}

/// The names a column goes by, without case, blanks and marks: of ICEWS, POLECAT, GDELT and our exports.
fn names(column: Column) -> &'static [&'static str] {
    match column {
        Column::Id => &["eventid", "globaleventid", "id"],
        Column::Day => &["eventdate", "sqldate", "day", "date", "since"],
        Column::Until => &["until"],
        Column::FirstReport => &["firstreport", "published"],
        Column::Source => &["sourcename", "actor1name", "actorname", "source"],
        Column::SourceCountry => &["sourcecountry", "actor1countrycode", "actorcountry"],
        Column::Target => &["targetname", "actor2name", "recipientname", "target"],
        Column::TargetCountry => &["targetcountry", "actor2countrycode", "recipientcountry"],
        Column::Cameo => &["cameocode", "eventcode", "cameo"],
        Column::Event => &["eventtype", "event"],
        Column::Goldstein => &["intensity", "goldsteinscale", "goldstein"],
        Column::Quad => &["quadcode", "quadclass", "quad"],
        Column::Place => &["country", "actiongeocountrycode", "placecountry"],
        Column::Status => &["status"],
        Column::Trusted => &["trusted"],
    }
}

/// Columns of GDELT's event files: 61 in version 2.0, 58 in 1.0.
const GDELT: [(Column, usize); 10] = [
    (Column::Id, 0),
    (Column::Day, 1),
    (Column::Source, 6),
    (Column::SourceCountry, 7),
    (Column::Target, 16),
    (Column::TargetCountry, 17),
    (Column::Cameo, 26),
    (Column::Quad, 29),
    (Column::Goldstein, 30),
    (Column::Place, 53),
];

impl Layout {
    /// Reads the header, or knows the table by its first row; else what is missing, and what a column of
    /// that kind is called.
    pub fn of(bytes: &[u8]) -> Result<Layout, (&'static str, &'static str)> {
        let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
        let first = bytes.get(..end).unwrap_or_default();
        let form = match first.trim_ascii_start().first() {
            Some(b'{') => Form::JsonLines,
            _ if first.contains(&b'\t') => Form::Tabs,
            _ => Form::Commas,
        };
        let places = [None; Column::ALL.len()];
        let mut layout = Layout { form, header: true, width: 0, places, fips: false, lists: false };
        if form == Form::JsonLines {
            layout.header = false;
            layout.width = Column::ALL.len();
            layout.lists = true;
            layout.places = std::array::from_fn(Some);
            return Ok(layout);
        }
        let mut cells = Vec::new();
        layout.cells(bytes, &mut cells);
        layout.width = cells.len();
        if matches!(layout.width, 58 | 61) && cells[0].iter().all(u8::is_ascii_digit) {
            layout.header = false;
            layout.fips = true;
            for (column, place) in GDELT {
                // Version 1.0 lacks a column for each of two places before that of the action.
                let earlier = if layout.width == 58 && column == Column::Place { 2 } else { 0 };
                layout.places[column as usize] = Some(place - earlier);
            }
            return Ok(layout);
        }
        let plain = |cell: &&[u8]| -> String {
            let letters = cell.iter().filter(|b| b.is_ascii_alphanumeric());
            letters.map(|b| b.to_ascii_lowercase() as char).collect()
        };
        let heads: Vec<String> = cells.iter().map(plain).collect();
        for column in Column::ALL {
            let found = names(column).iter().find_map(|name| heads.iter().position(|h| h == name));
            layout.places[column as usize] = found;
        }
        layout.fips = heads.iter().any(|head| head == "actiongeocountrycode");
        layout.lists = heads.iter().any(|head| head == "since" || head == "actorname");
        let has = |column: Column| layout.place(column).is_some();
        if !has(Column::Day) {
            return Err(("the day", "Event Date, SQLDATE, since or date"));
        }
        if !has(Column::Cameo) && !has(Column::Event) {
            return Err(("what was done", "CAMEO Code, EventCode, Event Type or event"));
        }
        if !has(Column::SourceCountry) && !has(Column::Source) {
            return Err((
                "who acted",
                "Source Country, Actor1CountryCode, source_country or source",
            ));
        }
        if !has(Column::TargetCountry) && !has(Column::Target) {
            return Err((
                "who was acted upon",
                "Target Country, Actor2CountryCode or target_country",
            ));
        }
        Ok(layout)
    }

    pub fn has_header(&self) -> bool {
        self.header
    }

    /// Whether cells may hold line breaks.
    pub fn quoted(&self) -> bool {
        self.form == Form::Commas
    }

    pub fn is_json(&self) -> bool {
        self.form == Form::JsonLines
    }

    pub fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// The keys of an object that may tell a column.
    pub fn keys(column: Column) -> &'static [&'static str] {
        names(column)
    }

    /// Cuts the first row of `bytes` into cells, without quotation marks around them, and gives the
    /// bytes it took with its line break. Of JSON Lines, the line is the only cell.
    pub fn cells<'b>(&self, bytes: &'b [u8], into: &mut Vec<&'b [u8]>) -> usize {
        into.clear();
        match self.form {
            Form::Commas => commas(bytes, into),
            Form::Tabs => {
                let mut from = 0;
                for at in memchr::memchr2_iter(b'\t', b'\n', bytes) {
                    into.push(unquoted(&bytes[from..at]));
                    from = at + 1;
                    if bytes[at] == b'\n' {
                        return from;
                    }
                }
                into.push(unquoted(&bytes[from..]));
                bytes.len()
            }
            Form::JsonLines => {
                let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
                into.push(&bytes[..end]);
                (end + 1).min(bytes.len())
            }
        }
    }
}

fn unquoted(cell: &[u8]) -> &[u8] {
    let cell = cell.strip_suffix(b"\r").unwrap_or(cell);
    match cell {
        [b'"', inner @ .., b'"'] => inner,
        _ => cell,
    }
}

fn commas<'b>(bytes: &'b [u8], into: &mut Vec<&'b [u8]>) -> usize {
    let mut from = 0;
    loop {
        let mut at = from;
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            // A doubled mark stands for one: the cell goes on after it.
            while let Some(mark) = bytes.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
                at += mark + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let end = memchr::memchr2(b',', b'\n', rest).map_or(bytes.len(), |end| at + end);
        into.push(unquoted(&bytes[from..end]));
        match bytes.get(end) {
            Some(b',') => from = end + 1,
            Some(_) => return end + 1,
            None => return bytes.len(),
        }
    }
}
