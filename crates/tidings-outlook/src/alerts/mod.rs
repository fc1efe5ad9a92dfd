//! Rules that say of what somebody wants to be told, read from TOML.
//!
//! In goes the text of a file of rules; out come [`Rules`], or every fault with its line. Finding what a rule
//! asks for is the record's; whether an incident or a date fits it in the rest is [`Rule::fits_incident`] and
//! [`Rule::fits_date`], which turn of tension it waits for [`Rule::tension`]. Nothing here acts. The form is described in `docs/alerts.md`.

use crate::dates::{Kind, State};
use crate::events::Scope;
use crate::tension::Step;
use crate::tension::breaks::Side;
use crate::tension::turns::{Sought, Watched};
use serde::Deserialize;
use std::collections::HashSet;
use std::net::IpAddr;
use tidings_record::Trust;
use toml::Spanned;

/// What an incident's status may be, as the record writes it.
const STATUSES: [&str; 7] =
    ["contested", "confirmed", "reported", "claimed", "denied", "planned", "possible"];

/// A file of rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The rules, in their order.
    pub rules: Vec<Rule>,
    /// What is done when one fires.
    pub actions: Actions,
}

/// Of what somebody wants to be told: of what fits all that is given.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What the alert is called.
    pub name: String,
    /// The countries of who acts and who is acted upon, as `PER:ECU`, `PER:` or `:ECU`.
    pub dyad: Option<String>,
    /// A country on either side, or words of a name.
    pub actor: Option<String>,
    /// PLOVER types or beginnings of CAMEO codes: one of them.
    #[serde(default)]
    pub event: Vec<String>,
    /// Statuses: one of them.
    #[serde(default)]
    pub status: Vec<String>,
    /// The fewest independent sources.
    pub sources: Option<u32>,
    /// How far incidents must be trusted: `trusted` if nothing is said, `doubtful` or `any`.
    pub trust: Option<String>,
    /// A place, or a country.
    pub place: Option<String>,
    /// Words of the report; phrases between double quotes.
    pub words: Option<String>,
    /// Not incidents but dates to watch, as soon as they are open and at most so many days off.
    pub deadline_within: Option<u32>,
    /// Kinds of those dates: one of them.
    #[serde(default)]
    pub kind: Vec<String>,
    /// Not incidents but tension, as soon as it is higher than in the period before by so many points per
    /// hundred reports.
    pub tension_rise: Option<f64>,
    /// Not incidents but a change of level: `hostile`, `cooperative` or `either`.
    pub tension_break: Option<String>,
    /// The period of these: `day`, `week` or `month`.
    pub by: Option<String>,
}

/// What is done when a rule fires.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actions {
    /// A line to standard output; done where nothing else is asked for.
    #[serde(default)]
    pub terminal: bool,
    /// A file to which a line of JSON is added.
    pub file: Option<String>,
    /// A program and its arguments; it is given the JSON on standard input.
    #[serde(default)]
    pub command: Vec<String>,
    /// An address to which the JSON is posted.
    pub webhook: Option<String>,
    /// Hosts that a webhook may be on, as `hooks.example` or `127.0.0.1:8080`.
    #[serde(default)]
    pub allow: Vec<String>,
}

/// What is wrong with a file of rules, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
#[allow(missing_docs)]
pub struct Fault {
    pub line: usize,
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Spanned<Rule>>,
    #[serde(default)]
    actions: Option<Spanned<Actions>>,
}

impl Rules {
    /// Reads a file of rules.
    ///
    /// # Errors
    /// Every fault that could be found: of a file that is no TOML, the first.
    pub fn read(text: &str) -> Result<Rules, Vec<Fault>> {
        let line = |at: usize| 1 + text.bytes().take(at).filter(|&b| b == b'\n').count();
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line(span.start));
            vec![Fault { line, problem: error.message().to_string() }]
        })?;
        let mut faults = Vec::new();
        let mut names = HashSet::new();
        for rule in &file.rule {
            let line = line(rule.span().start);
            let mut problems = rule.as_ref().problems();
            if !names.insert(rule.as_ref().name.clone()) {
                problems.push(format!("a rule \"{}\" stands above", rule.as_ref().name));
            }
            faults.extend(problems.into_iter().map(|problem| Fault { line, problem }));
        }
        if file.rule.is_empty() {
            let problem = "there is no rule; begin one with [[rule]]".to_string();
            faults.push(Fault { line: 1, problem });
        }
        if let Some(actions) = &file.actions {
            let line = line(actions.span().start);
            let problems = actions.as_ref().problems();
            faults.extend(problems.into_iter().map(|problem| Fault { line, problem }));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Rules {
            rules: file.rule.into_iter().map(Spanned::into_inner).collect(),
            actions: file.actions.map(Spanned::into_inner).unwrap_or_default(),
        })
    }
}

impl Rule {
    /// Whether an incident that fits the rule's dyad, actor, event, place and words fits the rest.
    pub fn fits_incident(&self, status: &str, sources: i64) -> bool {
        self.deadline_within.is_none()
            && !self.is_of_tension()
            && (self.status.is_empty() || self.status.iter().any(|known| known == status))
            && self.sources.is_none_or(|fewest| sources >= i64::from(fewest))
    }

    /// How far its incidents must be trusted.
    pub fn trust(&self) -> Trust {
        self.trust.as_deref().and_then(Trust::read).unwrap_or(Trust::Trusted)
    }

    /// Whether a date that fits the rule's dyad, actor, event, place and words fits the rest.
    pub fn fits_date(&self, kind: Kind, state: State, left: Option<i64>, sources: usize) -> bool {
        let soon = |days: u32| left.is_some_and(|left| (0..=i64::from(days)).contains(&left));
        self.deadline_within.is_some_and(soon)
            && state == State::Open
            && (self.kind.is_empty() || self.kind.iter().any(|name| name == kind.name()))
            && self.sources.is_none_or(|fewest| sources >= fewest as usize)
    }

    fn is_of_tension(&self) -> bool {
        self.tension_rise.is_some() || self.tension_break.is_some()
    }

    /// The turn of tension it waits for, if it is of tension.
    pub fn tension(&self) -> Option<Watched> {
        self.turn().and_then(Result::ok)
    }

    fn turn(&self) -> Option<Result<Watched, String>> {
        let turn = match (self.tension_rise, self.tension_break.as_deref()) {
            (None, None) => return None,
            (Some(_), Some(_)) => {
                let two = "a rise and a break are two rules; give one of them to each";
                return Some(Err(two.to_string()));
            }
            (Some(points), None) if points > 0.0 => Sought::Rise(points),
            (None, Some("hostile")) => Sought::Break(Some(Side::Hostile)),
            (None, Some("cooperative")) => Sought::Break(Some(Side::Cooperative)),
            (None, Some("either")) => Sought::Break(None),
            (Some(points), None) => {
                return Some(Err(format!(
                    "{points} is no rise; write points per 100 reports, as 50"
                )));
            }
            (None, Some(side)) => {
                return Some(Err(format!(
                    "\"{side}\" does not break; write hostile, cooperative or either"
                )));
            }
        };
        let by = match self.by.as_deref() {
            Some("day") => Step::Day,
            None | Some("week") => Step::Week,
            Some("month") => Step::Month,
            Some(by) => {
                return Some(Err(format!("\"{by}\" is no period; write day, week or month")));
            }
        };
        let scope = match (&self.dyad, &self.actor, &self.place) {
            (Some(dyad), None, None) => Scope::dyad(dyad).map_err(|error| error.to_string()),
            (None, Some(actor), None) => Ok(Scope::actor(actor)),
            (None, None, Some(place)) => Scope::within(place).map_err(|error| error.to_string()),
            (None, None, None) => Ok(Scope::All),
            _ => Err("tension is of one of dyad, actor and place, or of everything".to_string()),
        };
        Some(scope.map(|scope| Watched { scope, by, turn }))
    }

    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut wrong = |problem: String| problems.push(problem);
        let name = &self.name;
        if name.trim().is_empty() {
            wrong("a rule must have a name".to_string());
        }
        if let Some(dyad) = &self.dyad {
            let side = |side: &str| {
                side.is_empty() || side.len() == 3 && side.bytes().all(|b| b.is_ascii_uppercase())
            };
            let sides = dyad.split_once(':').is_some_and(|(a, b)| side(a) && side(b) && a != b);
            if !sides {
                wrong(format!("\"{dyad}\" is no dyad; write PER:ECU, PER: or :ECU"));
            }
        }
        for status in self.status.iter().filter(|status| !STATUSES.contains(&status.as_str())) {
            wrong(format!("\"{status}\" is no status; write one of {}", STATUSES.join(", ")));
        }
        if let Some(trust) = self.trust.as_deref().filter(|trust| Trust::read(trust).is_none()) {
            let known = Trust::ALL.map(Trust::name).join(", ");
            wrong(format!("\"{trust}\" is no trust; write one of {known}"));
        }
        for event in &self.event {
            let code = event.len() <= 4 && event.bytes().all(|b| b.is_ascii_digit());
            let word = event.bytes().all(|b| b.is_ascii_uppercase());
            if event.is_empty() || !(code || word) {
                wrong(format!("\"{event}\" is no event; write ASSAULT, or 19 for CAMEO codes"));
            }
        }
        for kind in self.kind.iter().filter(|kind| Kind::read(kind).is_none()) {
            let known = Kind::ALL.map(Kind::name).join(", ");
            wrong(format!("\"{kind}\" is no kind of date; write one of {known}"));
        }
        if self.deadline_within.is_none() && !self.kind.is_empty() {
            wrong("`kind` goes with `deadline_within`".to_string());
        }
        if self.deadline_within.is_some() && self.trust.is_some() {
            wrong("`trust` is of incidents, not of dates".to_string());
        }
        if self.deadline_within.is_some() && !self.status.is_empty() {
            wrong("`status` is of incidents; with `deadline_within` a date is open".to_string());
        }
        if let Some(Err(problem)) = self.turn() {
            wrong(problem);
        }
        if self.is_of_tension() {
            let others = !self.event.is_empty()
                || !self.status.is_empty()
                || self.sources.is_some()
                || self.words.is_some()
                || self.deadline_within.is_some();
            if others {
                wrong(
                    "tension is of all that happened; give dyad, actor or place, and no more"
                        .to_string(),
                );
            }
        } else if self.by.is_some() {
            wrong("`by` goes with `tension_rise` or `tension_break`".to_string());
        }
        let asked = self.is_of_tension()
            || self.dyad.is_some()
            || self.actor.is_some()
            || self.place.is_some()
            || self.words.is_some()
            || self.sources.is_some()
            || self.deadline_within.is_some();
        if !asked && self.event.is_empty() && self.status.is_empty() {
            wrong(format!("\"{name}\" asks for nothing; give dyad, actor, event, words or others"));
        }
        problems
    }
}

impl Actions {
    fn problems(&self) -> Vec<String> {
        let Some(address) = &self.webhook else { return Vec::new() };
        match host(address) {
            None => vec![format!("\"{address}\" is no http or https address")],
            Some(host) if self.allows(host) => Vec::new(),
            Some(host) => vec![format!(
                "the webhook's host \"{host}\" is not allowed; list it: allow = [\"{host}\"]"
            )],
        }
    }

    /// Whether a host, with its port if it has one, is on the list; a listed host may have any port.
    pub fn allows(&self, host: &str) -> bool {
        let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
        self.allow.iter().any(|known| known == host || known == bare)
    }

    /// Whether an address itself is on the list.
    pub fn allows_ip(&self, ip: IpAddr) -> bool {
        self.allow.iter().any(|known| known.parse() == Ok(ip))
    }
}

/// The host of an address, with its port; none of an address with a user in it.
pub fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', '\\']).next()?;
    (!host.is_empty() && !host.contains('@')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
[[rule]]
name = "attacks"
dyad = "PER:ECU"
event = ["ASSAULT", "18"]
status = ["confirmed"]
sources = 2

[[rule]]
name = "near"
actor = "ECU"
deadline_within = 3
kind = ["deadline"]

[actions]
file = "alerts.jsonl"
webhook = "https://hooks.example/a"
allow = ["hooks.example"]
"#;

    #[test]
    fn rules_are_read_and_fit() {
        let rules = Rules::read(RULES).unwrap();
        let (attacks, near) = (&rules.rules[0], &rules.rules[1]);
        assert!(attacks.fits_incident("confirmed", 2));
        assert!(!attacks.fits_incident("confirmed", 1) && !attacks.fits_incident("denied", 2));
        assert!(near.fits_date(Kind::Deadline, State::Open, Some(3), 1));
        assert!(!near.fits_date(Kind::Deadline, State::Open, Some(4), 1));
        assert!(!near.fits_date(Kind::Deadline, State::Met, Some(3), 1));
        assert!(!near.fits_date(Kind::Vote, State::Open, Some(3), 1));
        assert!(!near.fits_incident("confirmed", 2));
    }

    #[test]
    fn every_fault_is_named_with_its_line() {
        let faults = |text: &str| -> Vec<(usize, String)> {
            let faults = Rules::read(text).err().unwrap_or_default();
            faults.into_iter().map(|fault| (fault.line, fault.problem)).collect()
        };
        let lines = |text: &str| faults(text).into_iter().map(|f| f.0).collect::<Vec<_>>();
        assert_eq!(
            lines("[[rule]]\nname = \"a\"\n\n[[rule]]\nname = \"a\"\nactor = \"x\""),
            [1, 4]
        );
        assert_eq!(lines("[[rule]]\nname = \"a\"\ndyads = \"PER:ECU\""), [3]);
        assert_eq!(lines("\n[[rule]\n"), [2]);
        let told = faults("[[rule]]\nname = \"a\"\ndyad = \"Peru\"\nstatus = [\"sure\"]");
        assert!(told[0].1.contains("no dyad") && told[1].1.contains("no status"), "{told:?}");
        assert!(faults("")[0].1.contains("no rule"));
        let hook = |allow: &str| {
            let text = format!(
                "[[rule]]\nname=\"a\"\nactor=\"x\"\n[actions]\nwebhook=\"http://10.0.0.1:80/\"\nallow=[{allow}]"
            );
            faults(&text).len()
        };
        assert_eq!((hook(""), hook("\"10.0.0.1:80\""), hook("\"10.0.0.1\"")), (1, 0, 0));
    }

    #[test]
    fn rules_of_tension_are_read() {
        let rule = |keys: &str| {
            Rules::read(&format!("[[rule]]\nname = \"a\"\n{keys}\n"))
                .map(|rules| rules.rules[0].tension().unwrap())
                .map_err(|faults| faults[0].problem.clone())
        };
        let watched = rule("dyad = \"PER:ECU\"\ntension_rise = 50").unwrap();
        assert_eq!((watched.by, watched.turn), (Step::Week, Sought::Rise(50.0)));
        assert_eq!(watched.scope, Scope::dyad("PER:ECU").unwrap());
        let watched = rule("tension_break = \"either\"\nby = \"month\"").unwrap();
        assert_eq!((watched.scope, watched.turn), (Scope::All, Sought::Break(None)));
        for (keys, words) in [
            ("tension_rise = 0", "no rise"),
            ("tension_rise = nan", "no rise"),
            ("tension_break = \"up\"", "does not break"),
            ("tension_rise = 5\nby = \"hour\"", "no period"),
            ("tension_rise = 5\ntension_break = \"either\"", "two rules"),
            ("tension_rise = 5\nplace = \"Atlantis\"", "no country"),
            ("tension_rise = 5\ndyad = \"QQQ:ECU\"", "no country"),
            ("tension_rise = 5\ndyad = \"PER:ECU\"\nactor = \"x\"", "one of"),
            ("tension_rise = 5\nsources = 2", "no more"),
            ("actor = \"x\"\nby = \"week\"", "goes with"),
        ] {
            let problem = rule(keys).unwrap_err();
            assert!(problem.contains(words), "{keys}: {problem}");
        }
    }

    #[test]
    fn the_host_of_an_address() {
        assert_eq!(host("https://a.example:8080/x?y"), Some("a.example:8080"));
        assert_eq!(host("https://a.example\\@b.example/"), Some("a.example"));
        assert_eq!(host("https://a.example@b.example/"), None);
        assert_eq!(host("ftp://a.example"), None);
    }
}
