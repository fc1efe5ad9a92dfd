//! Incidents of a record as events.

use super::{Act, Day, Events, Party, Volume, day_of, plover_of};
use std::collections::HashMap;
use tidings_record::{Error, Happening, Record, Trust};
use tidings_world::Countries;
use tidings_world::events::codebook;

/// Statuses of what happened: in somebody's own words, or on the word of somebody quoted. What is
/// contested, denied, planned or only possible is left out.
pub const HAPPENED: [&str; 3] = ["confirmed", "reported", "claimed"];

/// An incident whose days span more than this is not known well enough to be put on its first.
const WIDEST: Day = 31;

impl Events {
    /// The incidents of a record that happened (see [`HAPPENED`]) and are so far to be trusted, each once however
    /// many report it.
    ///
    /// An incident stands on its first day. One without days stands on the day of its first report; one
    /// known only to a span of more than 31 days is left out and counted in [`Events::undated`].
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn of_record(record: &Record, trust: Trust) -> Result<Events, Error> {
        Events::of_statuses(record, &HAPPENED, trust)
    }

    /// The same of incidents with one of these statuses.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn of_statuses(record: &Record, statuses: &[&str], trust: Trust) -> Result<Events, Error> {
        let mut events = Events { counted: Volume::Reports, ..Events::default() };
        let rows: HashMap<&str, usize> =
            codebook().iter().enumerate().map(|(at, entry)| (entry.cameo, at)).collect();
        for (day, reports) in record.volume()? {
            events.volume.insert(day_of(day), reports);
        }
        record.happenings(|happening| {
            let happened = statuses.contains(&happening.status.as_str());
            if happened && trust.takes(happening.trusted) {
                let code = rows.get(happening.cameo.as_str()).copied();
                add(&mut events, &happening, code);
            }
        })?;
        events.sort();
        Ok(events)
    }
}

fn add(events: &mut Events, happening: &Happening, code: Option<usize>) {
    let day = match happening.days {
        Some((since, until)) => (day_of(until) - day_of(since) <= WIDEST).then(|| day_of(since)),
        None => happening.first_report.map(day_of),
    };
    let Some(day) = day else {
        events.undated += 1;
        return;
    };
    let act = Act {
        code: code.and_then(|row| u16::try_from(row).ok()),
        plover: plover_of(&happening.event),
        quad: happening.quad,
        goldstein: happening.goldstein as f32,
    };
    let countries = Countries::embedded();
    let known = |code: &Option<String>| code.as_deref().and_then(|code| countries.named(code));
    let [sources, targets] = happening.sides.each_ref().map(|side| {
        let party = |party: &tidings_record::Party| Party {
            name: events.names.number(&party.name),
            country: known(&party.country),
        };
        side.iter().map(party).collect::<Vec<Party>>()
    });
    events.push(day, act, known(&happening.place), [&sources, &targets], &happening.id);
}
