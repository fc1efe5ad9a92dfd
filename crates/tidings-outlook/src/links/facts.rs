//! Reading of facts: subject, relation, object and time, as numbers parted by tabs.

use std::path::{Path, PathBuf};

/// One fact: somebody did something to somebody on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// The time step, counted from the first of all files.
    pub day: i32,
    /// Number of the actor.
    pub subject: u32,
    /// Number of the relation.
    pub relation: u32,
    /// Number of the actor acted upon.
    pub object: u32,
}

/// Why facts cannot be had, with the remedy.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum FactError {
    #[error("{path} cannot be read: {error}", path = path.display())]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error(
        "{path}, line {line}: {problem}; a line is subject, relation, object and time, as whole numbers parted by tabs",
        path = path.display()
    )]
    Malformed { path: PathBuf, line: usize, problem: String },
    #[error("{path} holds no facts", path = path.display())]
    Empty { path: PathBuf },
    #[error(
        "{path}, line {line}: time {time} is not after the last of the file before it; give train, valid and test in the order of time",
        path = path.display()
    )]
    OutOfOrder { path: PathBuf, line: usize, time: u64 },
}

/// Facts in the order of time, cut into the parts they came in.
#[derive(Debug, Default)]
pub struct Facts {
    /// The facts of each file, by day.
    pub parts: Vec<Vec<Fact>>,
    /// One more than the highest actor number.
    pub actors: usize,
    /// One more than the highest relation number.
    pub relations: usize,
}

/// Numbers beyond this are refused: they index tables.
const MOST: u64 = 1 << 24;

/// Reads files that follow each other in time. Further columns are ignored; the step of time is the
/// widest one that all times are multiples of (24 where they are hours of whole days).
///
/// # Errors
/// [`FactError`] names the file, the line and the remedy.
pub fn read(paths: &[&Path]) -> Result<Facts, FactError> {
    let mut texts = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(path)
            .map_err(|error| FactError::Unreadable { path: path.to_path_buf(), error })?;
        texts.push((*path, text));
    }
    parse(&texts)
}

fn parse(files: &[(&Path, String)]) -> Result<Facts, FactError> {
    let mut facts = Facts::default();
    let mut rows = Vec::new();
    let (mut last, mut step, mut first) = (None, 0, None);
    for (path, text) in files {
        let mut part = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let malformed = |problem| FactError::Malformed {
                path: path.to_path_buf(),
                line: number + 1,
                problem,
            };
            let row @ [subject, relation, object, time] = columns(line).map_err(malformed)?;
            if last.is_some_and(|last| time <= last) {
                let (path, line) = (path.to_path_buf(), number + 1);
                return Err(FactError::OutOfOrder { path, line, time });
            }
            facts.actors = facts.actors.max(subject.max(object) as usize + 1);
            facts.relations = facts.relations.max(relation as usize + 1);
            step = greatest_divisor(step, time.abs_diff(*first.get_or_insert(time)));
            part.push(row);
        }
        last = part.iter().map(|row| row[3]).max();
        if part.is_empty() {
            return Err(FactError::Empty { path: path.to_path_buf() });
        }
        rows.push(part);
    }
    let start = rows.iter().flatten().map(|row| row[3]).min().unwrap_or_default();
    let day = |time: u64| i32::try_from((time - start) / step.max(1)).unwrap_or(i32::MAX);
    for part in rows {
        let fact = |[subject, relation, object, time]: [u64; 4]| Fact {
            day: day(time),
            subject: subject as u32,
            relation: relation as u32,
            object: object as u32,
        };
        let mut part: Vec<Fact> = part.into_iter().map(fact).collect();
        part.sort_unstable();
        facts.parts.push(part);
    }
    Ok(facts)
}

fn columns(line: &str) -> Result<[u64; 4], String> {
    let mut found = [0; 4];
    let mut cells = line.split('\t');
    for (slot, name) in found.iter_mut().zip(["subject", "relation", "object", "time"]) {
        let cell = cells.next().ok_or_else(|| format!("there is no {name}"))?.trim();
        *slot = cell.parse().map_err(|_| format!("'{cell}' is no {name}"))?;
        if name != "time" && *slot >= MOST {
            return Err(format!("{name} {cell} is too large; number from 0"));
        }
    }
    Ok(found)
}

fn greatest_divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Runs of facts of one day.
pub fn days(facts: &[Fact]) -> impl Iterator<Item = &[Fact]> {
    facts.chunk_by(|a, b| a.day == b.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(texts: &[&str]) -> Result<Facts, String> {
        let files: Vec<_> = texts.iter().map(|t| (Path::new("f.txt"), t.to_string())).collect();
        parse(&files).map_err(|error| error.to_string())
    }

    #[test]
    fn hours_of_whole_days_become_days() {
        let facts = parsed(&["0\t1\t2\t48\t-1\n3\t0\t2\t0\n", "0\t0\t1\t120\n"]).unwrap();
        let days: Vec<Vec<i32>> =
            facts.parts.iter().map(|p| p.iter().map(|f| f.day).collect()).collect();
        assert_eq!(days, [vec![0, 2], vec![5]]);
        assert_eq!((facts.actors, facts.relations), (4, 2));
    }

    #[test]
    fn a_bad_line_is_named() {
        let told = |text: &str| parsed(&[text]).unwrap_err();
        assert!(told("0\t1\t2\t3\n0\tx\t1\t2\n").contains("line 2: 'x' is no relation"));
        assert!(told("0\t1\n").contains("line 1: there is no object"));
        assert!(told("99999999999\t1\t1\t1\n").contains("too large"));
        assert!(told("\n").contains("holds no facts"));
        let late = parsed(&["0\t0\t1\t5\n", "0\t0\t1\t5\n"]).unwrap_err();
        assert!(late.contains("not after the last"), "{late}");
    }
}
