//! The table of places as it lies in the program: how the build script writes it, how it is read.
//!
//! Four parts stand behind one another, each with its length before it: the places, 24 bytes each;
//! their names; the lists of places that share a name; and a finite state transducer from folded
//! names to places (crate `fst`). Nothing is read before it is asked for. Numbers are little-endian.
//!
//! A place lies within another: a town in a county, a county in a state, a state in a country.
//! Place 0 is nowhere.

/// Bytes of a place.
const PLACE: usize = 24;
/// Set in the value of a name that only one place bears.
const ALONE: u64 = 1 << 32;
/// Coordinates are kept in ten-thousandths of a degree.
const DEGREE: f64 = 10_000.0;

/// A place as it lies in the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Record {
    /// Byte of its name.
    pub name: u32,
    pub lat: f64,
    pub lon: f64,
    pub people: u32,
    /// GeoNames id, 0 if none.
    pub geonames: u32,
    /// The place it lies in; for a country, the byte of its code.
    pub within: u32,
    pub kind: u8,
}

impl Record {
    pub fn bytes(&self) -> [u8; PLACE] {
        let within = self.within << 3 | u32::from(self.kind);
        let at = |degrees: f64| (degrees * DEGREE).round() as i32 as u32;
        let numbers = [self.name, at(self.lat), at(self.lon), self.people, self.geonames, within];
        let mut bytes = [0; PLACE];
        for (four, number) in bytes.chunks_exact_mut(4).zip(numbers) {
            four.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Record> {
        let mut numbers = bytes.chunks_exact(4).map(number);
        let mut next = || numbers.next();
        let (name, lat, lon, people, geonames, within) =
            (next()?, next()?, next()?, next()?, next()?, next()?);
        let degrees = |at: u32| f64::from(at as i32) / DEGREE;
        let (lat, lon) = (degrees(lat), degrees(lon));
        let kind = (within & 7) as u8;
        Some(Record { name, lat, lon, people, geonames, within: within >> 3, kind })
    }
}

fn number(four: &[u8]) -> u32 {
    four.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// Joins the parts; `names` gives the places of each folded name.
#[allow(dead_code, reason = "the build script writes, the program reads")]
pub(crate) fn write(
    records: &[Record],
    texts: &[u8],
    names: &std::collections::BTreeMap<String, Vec<u32>>,
) -> Result<Vec<u8>, fst::Error> {
    let mut lists: Vec<u8> = Vec::new();
    let mut keys = fst::MapBuilder::memory();
    for (name, places) in names {
        let value = match places[..] {
            [only] => u64::from(only) | ALONE,
            _ => {
                let at = lists.len() / 4;
                lists.extend((places.len() as u32).to_le_bytes());
                lists.extend(places.iter().flat_map(|place| place.to_le_bytes()));
                at as u64
            }
        };
        keys.insert(name, value)?;
    }
    let places: Vec<u8> = records.iter().flat_map(Record::bytes).collect();
    let mut table = Vec::new();
    for part in [&places[..], texts, &lists, &keys.into_inner()?] {
        table.extend((part.len() as u32).to_le_bytes());
        table.extend(part);
    }
    Ok(table)
}

/// Puts a text behind the others, with its length before it, and tells where it begins.
#[allow(dead_code, reason = "the build script writes, the program reads")]
pub(crate) fn push_text(texts: &mut Vec<u8>, text: &str) -> u32 {
    let at = texts.len() as u32;
    texts.push(text.len().min(255) as u8);
    texts.extend(text.bytes().take(255));
    at
}

/// The table, read in place.
pub(crate) struct Table {
    places: &'static [u8],
    texts: &'static [u8],
    lists: &'static [u8],
    keys: fst::raw::Fst<&'static [u8]>,
}

#[allow(dead_code, reason = "the build script writes, the program reads")]
impl Table {
    /// The parts of a written table; none if it is damaged.
    pub fn read(bytes: &'static [u8]) -> Option<Table> {
        let mut rest = bytes;
        let mut part = || {
            let (length, behind) = rest.split_at_checked(4)?;
            let (part, behind) = behind.split_at_checked(number(length) as usize)?;
            rest = behind;
            Some(part)
        };
        let (places, texts, lists) = (part()?, part()?, part()?);
        let keys = fst::raw::Fst::new(part()?).ok()?;
        Some(Table { places, texts, lists, keys })
    }

    pub fn len(&self) -> u32 {
        (self.places.len() / PLACE) as u32
    }

    pub fn record(&self, place: u32) -> Option<Record> {
        let at = place as usize * PLACE;
        Record::read(self.places.get(at..at + PLACE)?)
    }

    pub fn text(&self, at: u32) -> &'static str {
        let Some((&length, rest)) = self.texts.get(at as usize..).and_then(<[u8]>::split_first)
        else {
            return "";
        };
        let text = rest.get(..usize::from(length)).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// The places that bear a folded name, most inhabitants first.
    pub fn named(&self, key: &str) -> impl Iterator<Item = u32> + use<> {
        let value = self.keys.get(key).map(fst::raw::Output::value);
        let (alone, list): (_, &'static [u8]) = match value {
            None => (None, &[]),
            Some(value) if value & ALONE != 0 => (Some(value as u32), &[]),
            Some(at) => {
                let list = self.lists.get(at as usize * 4..).unwrap_or_default();
                let count = list.get(..4).map_or(0, number) as usize;
                (None, list.get(4..4 + count * 4).unwrap_or_default())
            }
        };
        alone.into_iter().chain(list.chunks_exact(4).map(number))
    }

    pub fn knows(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// A walk along the letters of a text, to see which names begin there.
    pub fn walk(&self) -> Walk<'_> {
        Walk { keys: &self.keys, node: self.keys.root() }
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} places, {} names", self.len(), self.keys.len())
    }
}

/// How far the letters read so far lead into the names.
pub(crate) struct Walk<'t> {
    keys: &'t fst::raw::Fst<&'static [u8]>,
    node: fst::raw::Node<'t>,
}

#[allow(dead_code, reason = "the build script writes, the program reads")]
impl Walk<'_> {
    /// Takes one folded letter; false if no name goes on so.
    pub fn step(&mut self, letter: char) -> bool {
        let mut bytes = [0; 4];
        for byte in letter.encode_utf8(&mut bytes).bytes() {
            let Some(at) = self.node.find_input(byte) else { return false };
            self.node = self.keys.node(self.node.transition_addr(at));
        }
        true
    }

    /// Whether the letters so far are a whole name.
    pub fn is_name(&self) -> bool {
        self.node.is_final()
    }
}
