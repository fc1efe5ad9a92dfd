//! Words against acts: threats and promises beside what whoever made them did later.
//!
//! In go [`Events`]; out comes each threat (PLOVER THREATEN) with the material conflict, and each promise
//! (PLOVER AGREE) with the material cooperation, by the same side toward the same other within some
//! days after it. Beside the share that was followed stands how often such an act follows on any
//! day at all: only what lies above it says that the words meant something.

use crate::events::{Day, Event, Events, Members, Scope, date_of, day_of};
use crate::tension::breaks::Cause;
use jiff::civil::Date;
use rustc_hash::FxHashMap as HashMap;
use serde::Serialize;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Question {
    /// Whose words, and to whom.
    pub scope: Scope,
    /// Days after the words in which an act counts.
    pub within: u32,
    /// Words from this day on,
    pub since: Option<Date>,
    /// up to this one.
    pub until: Option<Date>,
}

/// What was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// THREATEN, which acts of material conflict follow on or not.
    Threat,
    /// AGREE, which acts of material cooperation follow on or not.
    Promise,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// An act of the kind came.
    Followed,
    /// None did.
    Unfollowed,
    /// None yet; the days are not over.
    Open,
}

/// A threat or a promise, with what followed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Word {
    /// Threat or promise.
    pub form: Form,
    /// What was said.
    pub said: Cause,
    /// What became of it.
    pub outcome: Outcome,
    /// Last day on which an act counts.
    pub until: Date,
    /// The acts, in the order of days.
    pub acts: Vec<Cause>,
}

/// The words of one side to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// Who spoke: a country, or a name where none is known.
    pub source: String,
    /// To whom.
    pub target: String,
    /// Threats or promises.
    pub form: Form,
    /// How many,
    pub said: u32,
    /// that were followed by an act,
    pub followed: u32,
    /// and whose days are not over.
    pub open: u32,
    /// Of those that are not open, the share that was followed.
    pub share: Option<f64>,
    /// The share of all days on which such an act followed within as many days.
    pub usual: Option<f64>,
    /// Each, in the order of days.
    pub words: Vec<Word>,
}

/// Acts told of for each word.
const ACTS: usize = 5;

impl Form {
    fn of(event: &Event) -> Option<Form> {
        match event.act.event() {
            Some("THREATEN") => Some(Form::Threat),
            Some("AGREE") => Some(Form::Promise),
            _ => None,
        }
    }

    /// The quad class of the acts that would follow.
    fn acts(self) -> u8 {
        match self {
            Form::Threat => 4,
            Form::Promise => 2,
        }
    }
}

/// Who to whom, by country or name.
type Pair = (String, String);

/// The accounts of all pairs in the scope: those with most words first.
pub fn accounts(events: &Events, question: &Question) -> Vec<Account> {
    let Some((first, last)) = events.span() else { return Vec::new() };
    let within = Day::try_from(question.within).unwrap_or(Day::MAX / 4).min(Day::MAX / 4);
    let members = Members::new(events, &question.scope);
    let since = question.since.map_or(Day::MIN, day_of);
    let until = question.until.map_or(Day::MAX, day_of);
    let mut words: HashMap<(Pair, Form), Vec<&Event>> = HashMap::default();
    let mut acts: HashMap<(Pair, u8), Vec<&Event>> = HashMap::default();
    for event in events.rows() {
        let form = Form::of(event);
        let material = matches!(event.act.quad, 2 | 4);
        if form.is_none() && !material || !members.has(event) {
            continue;
        }
        let side = |side| events.country_of(side);
        let pair = (side(events.sources(event)), side(events.targets(event)));
        if pair.0.is_empty() || pair.1.is_empty() {
            continue;
        }
        if material {
            acts.entry((pair.clone(), event.act.quad)).or_default().push(event);
        }
        if let Some(form) = form.filter(|_| (since..=until).contains(&event.day)) {
            words.entry((pair, form)).or_default().push(event);
        }
    }
    let none = Vec::new();
    let mut accounts: Vec<Account> = words
        .into_iter()
        .map(|((pair, form), said)| {
            let acts = acts.get(&(pair.clone(), form.acts())).unwrap_or(&none);
            account(events, (pair, form), &said, acts, (first, last), within)
        })
        .collect();
    accounts.sort_by(|a, b| {
        let names = || (&a.source, &a.target, a.form).cmp(&(&b.source, &b.target, b.form));
        b.said.cmp(&a.said).then_with(names)
    });
    accounts
}

fn account(
    events: &Events,
    ((source, target), form): (Pair, Form),
    said: &[&Event],
    acts: &[&Event],
    (first, last): (Day, Day),
    within: Day,
) -> Account {
    let after = |day: Day| {
        let from = acts.partition_point(|act| act.day <= day);
        let to = acts.partition_point(|act| act.day <= day.saturating_add(within));
        acts.get(from..to).unwrap_or_default()
    };
    let word = |event: &&Event| {
        let acts = after(event.day);
        let until = event.day.saturating_add(within);
        let outcome = match (acts.is_empty(), until > last) {
            (false, _) => Outcome::Followed,
            (true, true) => Outcome::Open,
            (true, false) => Outcome::Unfollowed,
        };
        let acts = acts.iter().take(ACTS).map(|act| Cause::of(events, act)).collect();
        Word { form, said: Cause::of(events, event), outcome, until: date_of(until), acts }
    };
    let words: Vec<Word> = said.iter().map(word).collect();
    let count = |outcome| words.iter().filter(|word| word.outcome == outcome).count() as u32;
    let (followed, unfollowed) = (count(Outcome::Followed), count(Outcome::Unfollowed));
    let days = first..=last.saturating_sub(within);
    let all = days.clone().count();
    let usual = days.filter(|day| !after(*day).is_empty()).count();
    let share = |part: f64, all: f64| (all > 0.0).then(|| part / all);
    Account {
        source,
        target,
        form,
        said: words.len() as u32,
        followed,
        open: count(Outcome::Open),
        share: share(f64::from(followed), f64::from(followed + unfollowed)),
        usual: share(usual as f64, all as f64),
        words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tension::tests::events;

    fn asked(within: u32) -> Question {
        Question { scope: Scope::All, within, since: None, until: None }
    }

    #[test]
    fn threats_stand_beside_what_followed() {
        let events = events(&[
            ("2031-03-01", "138"),
            ("2031-03-04", "190"),
            ("2031-03-20", "130"),
            // The same day is not later; what cooperates does not follow a threat.
            ("2031-03-20", "190"),
            ("2031-03-21", "070"),
            ("2031-04-28", "138"),
            ("2031-04-30", "010"),
        ]);
        let accounts = accounts(&events, &asked(10));
        let [threats] = &accounts[..] else { panic!("{accounts:#?}") };
        assert_eq!((threats.source.as_str(), threats.target.as_str()), ("FJI", "TON"));
        let outcomes: Vec<Outcome> = threats.words.iter().map(|word| word.outcome).collect();
        assert_eq!(outcomes, [Outcome::Followed, Outcome::Unfollowed, Outcome::Open]);
        assert_eq!((threats.said, threats.followed, threats.open), (3, 1, 1));
        assert_eq!(threats.share, Some(0.5));
        // Ten days before each of two attacks, of 51 days: one of the spans is cut by the first day.
        assert_eq!(threats.usual, Some(13.0 / 51.0));
        assert_eq!(threats.words[0].acts[0].id, "i1");
        assert_eq!(threats.words[2].until.to_string(), "2031-05-08");
    }

    #[test]
    fn promises_are_followed_by_cooperation() {
        let events = events(&[("2031-03-01", "030"), ("2031-03-02", "070"), ("2031-05-01", "010")]);
        let accounts = accounts(&events, &asked(30));
        let [promises] = &accounts[..] else { panic!("{accounts:#?}") };
        assert_eq!((promises.form, promises.followed), (Form::Promise, 1));
        let later = Question { since: Some("2031-03-02".parse().unwrap()), ..asked(30) };
        assert_eq!(super::accounts(&events, &later), []);
    }
}
