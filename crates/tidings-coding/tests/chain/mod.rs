//! One sentence through the whole chain, as the report of Monday 10 March 2031.

use jiff::civil::date;
use tidings_coding::code;
use tidings_coding::schema::CodedReport;
use tidings_language::Annotator;
use tidings_report::{Options, Report};
use tidings_world::World;

/// The sentence as it is coded; none where it is no report.
pub fn coded(sentence: &str) -> Option<CodedReport> {
    let options = Options { date: Some(date(2031, 3, 10)), ..Options::default() };
    let report = Report::from_text("test", sentence.to_string(), &options).ok()?;
    let doc = Annotator::embedded().annotate(report.analysed());
    Some(code(&report, &doc, None, World::embedded()))
}

/// Actors by country or, without one, by name: `PER+GHA`.
pub fn who(coded: &CodedReport, actors: &[usize]) -> String {
    let name = |&actor: &usize| {
        let actor = &coded.actors[actor];
        actor.country.clone().unwrap_or_else(|| actor.name.clone())
    };
    actors.iter().map(name).collect::<Vec<_>>().join("+")
}
