//! JSON Lines: one report to a line.

use super::{At, Found, LARGEST, Of, Problem, Source, Stream};
use crate::Options;
use crate::decode::decode;
use crate::fields::Fields;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};

/// A file of JSON Lines being read.
pub(super) struct Lines {
    of: Of,
    /// The line read last, from one.
    number: usize,
    stream: BufReader<Stream>,
    /// Whether there is nothing more to be had.
    over: bool,
}

impl Source for Lines {
    fn next(&mut self, options: &Options) -> Option<Found> {
        let mut line = Vec::new();
        while !self.over {
            self.number += 1;
            line.clear();
            let read = match self.line(&mut line) {
                Ok(0) => return None,
                Ok(_) if line.len() as u64 > LARGEST => Err(Problem::TooLarge(LARGEST)),
                Ok(_) if line.trim_ascii().is_empty() => continue,
                Ok(_) => fields(std::mem::take(&mut line), options),
                Err(error) => Err(Problem::of(error)),
            };
            // There is no sense in naming each line of a picture or a failing disk.
            self.over = read.as_ref().is_err_and(Problem::ends_all);
            let at = At::Line(self.number);
            return Some(match read {
                Ok(fields) => self.of.report(at, fields, options),
                Err(problem) => self.of.fail(at, problem),
            });
        }
        None
    }
}

impl Lines {
    pub fn new(of: Of, stream: BufReader<Stream>) -> Lines {
        Lines { of, number: 0, stream, over: false }
    }

    /// Reads a line; of one too large, only as much as shows that it is.
    fn line(&mut self, line: &mut Vec<u8>) -> std::io::Result<usize> {
        let length = self.stream.by_ref().take(LARGEST + 1).read_until(b'\n', line)?;
        if length as u64 > LARGEST && line.last() != Some(&b'\n') {
            loop {
                let rest = self.stream.fill_buf()?;
                let (taken, ended) = match rest.iter().position(|b| *b == b'\n') {
                    Some(at) => (at + 1, true),
                    None => (rest.len(), rest.is_empty()),
                };
                self.stream.consume(taken);
                if ended {
                    break;
                }
            }
        }
        Ok(length)
    }
}

fn fields(line: Vec<u8>, options: &Options) -> Result<Fields, Problem> {
    let line = decode(line).map_err(|_| Problem::Binary)?;
    let object = match serde_json::from_str(line.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return Err(Problem::NotAnObject),
        Err(error) => return Err(Problem::BrokenJson(error)),
    };
    let fields = Fields::of_object(object, &options.columns);
    if fields.text.is_none() { Err(Problem::NoText) } else { Ok(fields) }
}
