//! Gives times of day their day, once the dates around them are known.

use super::Time;
use super::resolve::Resolver;
use tidings_language::Document;

impl Resolver {
    /// Gives times of day without a day of their own that of a date right beside them ("on Sunday
    /// at 8 p.m."), else the report's.
    pub fn share_days(&self, doc: &Document, times: &mut [Time]) {
        for at in 0..times.len() {
            let Some(time) = times.get(at) else { continue };
            if !time.value.starts_with('T') || time.kind != "TIME" {
                continue;
            }
            let near = |other: &Time| {
                let gap = if other.span.start < time.span.start {
                    doc.text.get(other.span.end..time.span.start)
                } else {
                    doc.text.get(time.span.end..other.span.start)
                };
                let gap = gap?.trim_matches(|c: char| c == ' ' || c == ',');
                let (from, to) = other.days?;
                let beside = matches!(gap, "" | "at" | "on" | "around" | "by" | "in the" | "of");
                (beside && from == to && other.kind == "DATE").then_some(from)
            };
            let before = at.checked_sub(1).and_then(|i| times.get(i)).and_then(near);
            let day = before.or_else(|| times.get(at + 1).and_then(near)).or(self.published);
            if let (Some(day), Some(time)) = (day, times.get_mut(at)) {
                time.value.insert_str(0, &day.to_string());
                time.days = Some((day, day));
            }
        }
    }
}
