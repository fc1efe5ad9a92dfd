//! Places told by how far and in which direction they lie from another: "20 km south of Mitrovica",
//! "12 miles outside Baghdad", "a village south of Mosul".

use super::lexicon::{Class, LEXICON};
use tidings_language::{Document, Upos};

/// Where the words before a name put a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Distance {
    /// The first of those words.
    pub start: usize,
    /// How far; nothing where it is not told.
    kilometres: Option<f64>,
    /// Degrees from north, clockwise.
    bearing: Option<f64>,
}

const KILOMETRES_IN_A_MILE: f64 = 1.609_344;
const KILOMETRES_IN_A_DEGREE: f64 = 111.195;
/// What is told to lie further away than this is no place beside the other.
const FARTHEST: f64 = 500.0;

/// What the words before the token say of a distance from what it names.
pub(super) fn before(doc: &Document, token: usize) -> Option<Distance> {
    let first = doc.sentences.get(doc.sentence_of(token))?.tokens.start;
    let back = |at: usize| at.checked_sub(1).filter(|&at| at >= first);
    let link = back(token)?;
    let mut at = back(link)?;
    let mut bearing = None;
    if matches!(doc.form(link), "of" | "from") {
        let (towards, start) = direction(doc, at, first)?;
        bearing = Some(towards);
        at = match back(start) {
            Some(before) => before,
            None => return Some(Distance { start, kilometres: None, bearing }),
        };
        if let Some((kilometres, start)) = stretch(doc, at, first) {
            return Some(Distance { start, kilometres: Some(kilometres), bearing });
        }
        // "the town lies south of Mosul", not "the south of Mosul"
        let part = doc.tokens[at].upos == Upos::Det || LEXICON.is(doc.form(at), Class::At);
        return (!part).then_some(Distance { start, kilometres: None, bearing });
    }
    if matches!(doc.form(link), "outside" | "off" | "beyond") {
        let (kilometres, start) = stretch(doc, at, first)?;
        return Some(Distance { start, kilometres: Some(kilometres), bearing });
    }
    None
}

impl Distance {
    /// The point there, from that of the place it is told from (WGS 84, the earth taken for a ball).
    pub fn from(&self, (lat, lon): (f64, f64)) -> (f64, f64) {
        let (Some(kilometres), Some(bearing)) = (self.kilometres, self.bearing) else {
            return (lat, lon);
        };
        let (north, east) = (bearing.to_radians().cos(), bearing.to_radians().sin());
        let degrees = kilometres / KILOMETRES_IN_A_DEGREE;
        let narrowing = lat.to_radians().cos().max(0.01);
        let round = |degrees: f64| (degrees * 1000.0).round() / 1000.0;
        (round(lat + degrees * north), round(lon + degrees * east / narrowing))
    }
}

/// The bearing that the words up to `last` tell, and the first of them.
fn direction(doc: &Document, last: usize, first: usize) -> Option<(f64, usize)> {
    let mut start = last;
    // "north-east" may be three words.
    if last >= first + 2 && doc.form(last - 1) == "-" {
        start = last - 2;
    }
    let word: String = (start..=last).map(|i| doc.form(i)).collect::<String>().to_lowercase();
    Some((bearing(&word.replace('-', ""))?, start))
}

fn bearing(word: &str) -> Option<f64> {
    const ROSE: [&str; 8] = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
    let short = match word {
        "north" => "n",
        "northeast" => "ne",
        "east" => "e",
        "southeast" => "se",
        "south" => "s",
        "southwest" => "sw",
        "west" => "w",
        "northwest" => "nw",
        _ => return None,
    };
    ROSE.iter().position(|point| *point == short).map(|point| 45.0 * point as f64)
}

/// The kilometres of "20 km", "some 12 miles", "20 kilometers (12 miles)" that end at `last`, and the
/// first word of them.
fn stretch(doc: &Document, last: usize, first: usize) -> Option<(f64, usize)> {
    let mut unit = last;
    if doc.form(last) == ")" {
        let open = (first..last).rev().take(6).find(|&i| doc.form(i) == "(")?;
        unit = open.checked_sub(1).filter(|&unit| unit >= first)?;
    }
    let length = match doc.form(unit).to_lowercase().trim_end_matches('.') {
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => 1.0,
        "mi" | "mile" | "miles" => KILOMETRES_IN_A_MILE,
        _ => return None,
    };
    let mut number = unit.checked_sub(1).filter(|&number| number >= first)?;
    if doc.form(number) == "-" && number > first {
        number -= 1;
    }
    let count: f64 = doc.form(number).replace(',', "").parse().ok()?;
    let about = number.checked_sub(1).filter(|&before| {
        before >= first
            && matches!(doc.form(before), "about" | "some" | "around" | "roughly" | "nearly")
    });
    let kilometres = count * length;
    (kilometres > 0.0 && kilometres <= FARTHEST).then_some((kilometres, about.unwrap_or(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_where_they_are_told_to() {
        let there =
            |kilometres, bearing| Distance { start: 0, kilometres, bearing }.from((42.875, 20.812));
        assert_eq!(there(Some(20.0), Some(180.0)), (42.695, 20.812));
        assert_eq!(there(Some(20.0), Some(90.0)), (42.875, 21.057));
        assert_eq!(there(Some(20.0), None), (42.875, 20.812));
    }
}
