//! Questions to a coded report, for the tests of what a careful analyst would write down.

use crate::run::tidings;
use serde_json::Value;

/// A report with its coded form.
pub struct Record {
    pub json: Value,
    pub brief: Value,
    pub page: String,
    text: Vec<char>,
}

impl Record {
    pub fn of(path: &str) -> Record {
        let json = tidings(["code", path]).exits(0).json().remove(0);
        let brief = tidings(["brief", path, "--format", "json"]).exits(0).json().remove(0);
        let page = tidings(["brief", path]).exits(0).out;
        let text = std::fs::read_to_string(path).unwrap().chars().collect();
        Record { json, brief, page, text }
    }

    pub fn words(&self, span: &Value) -> String {
        let at = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
        self.text[at("start")..at("end")].iter().collect()
    }

    pub fn list(&self, name: &str) -> &[Value] {
        self.json[name].as_array().unwrap()
    }

    /// Indices of the sentences that hold the words.
    pub fn sentences(&self, words: &str) -> Vec<usize> {
        let all = self.list("sentences").iter().enumerate();
        let found: Vec<usize> =
            all.filter(|(_, s)| self.words(s).contains(words)).map(|(at, _)| at).collect();
        assert!(!found.is_empty(), "no sentence holds {words:?}");
        found
    }

    /// The events of the sentences that hold the words.
    pub fn events(&self, words: &str) -> Vec<Event<'_>> {
        let sentences = self.sentences(words);
        let within = |e: &&Event| sentences.contains(&e.sentence());
        let all: Vec<Event> = self.all().collect();
        all.iter().filter(within).copied().collect()
    }

    pub fn all(&self) -> impl Iterator<Item = Event<'_>> {
        self.list("events").iter().map(|json| Event { json, record: self })
    }

    /// The claims whose content holds the words, nested ones too.
    pub fn claims(&self, words: &str) -> Vec<&Value> {
        let mut open: Vec<&Value> = self.list("claims").iter().collect();
        let mut found = Vec::new();
        while let Some(claim) = open.pop() {
            open.extend(claim["nested"].as_array().into_iter().flatten());
            if self.words(&claim["content"]).contains(words) {
                found.push(claim);
            }
        }
        found
    }

    pub fn actor(&self, id: &Value) -> &Value {
        let found = self.list("actors").iter().find(|actor| actor["id"] == *id);
        found.unwrap_or(&Value::Null)
    }

    /// Actors one of whose mentions, or whose name, holds the words.
    pub fn named(&self, words: &str) -> Vec<&Value> {
        let mentions = |actor: &Value| actor["mentions"].as_array().unwrap().clone();
        let all = self.list("actors").iter();
        all.filter(|actor| {
            actor["name"].as_str().unwrap().contains(words)
                || mentions(actor).iter().any(|m| m["text"].as_str().unwrap().contains(words))
        })
        .collect()
    }

    /// Everything that was coded from the sentences, for messages.
    #[track_caller]
    pub fn expect(&self, holds: bool, row: &str, words: &str) {
        let found: Vec<String> = self.events(words).iter().map(Event::told).collect();
        let claims: Vec<String> = self.list("claims").iter().map(|c| self.told_claim(c)).collect();
        assert!(
            holds,
            "{row}\ncoded from the sentence:\n{}\nclaims:\n{}",
            found.join("\n"),
            claims.join("\n")
        );
    }

    fn told_claim(&self, claim: &Value) -> String {
        let speaker = &self.actor(&claim["speaker"])["name"];
        let (content, evidence) = (self.words(&claim["content"]), &claim["evidence"]);
        format!("  {speaker} {} {content:?} {evidence}", claim["form"])
    }
}

/// A coded event with its report.
#[derive(Clone, Copy)]
pub struct Event<'r> {
    pub json: &'r Value,
    record: &'r Record,
}

impl Event<'_> {
    pub fn is(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.json["event"].as_str().unwrap())
    }

    pub fn sentence(&self) -> usize {
        usize::try_from(self.json["sentence"].as_u64().unwrap()).unwrap()
    }

    /// Whether an actor of that country, or so named, stands on the side.
    pub fn has(&self, side: &str, who: &str) -> bool {
        self.json[side].as_array().unwrap().iter().map(|id| self.record.actor(id)).any(|actor| {
            actor["country"] == who || actor["name"].as_str().is_some_and(|n| n.contains(who))
        })
    }

    pub fn by(&self, who: &str) -> bool {
        self.has("source", who)
    }

    pub fn to(&self, who: &str) -> bool {
        self.has("target", who)
    }

    pub fn told_by(&self, who: &str) -> bool {
        self.has("according_to", who)
    }

    pub fn between(&self, a: &str, b: &str) -> bool {
        let has = |who| self.by(who) || self.to(who);
        has(a) && has(b)
    }

    pub fn factuality(&self) -> f64 {
        self.json["status"]["factuality"].as_f64().unwrap()
    }

    pub fn happened(&self) -> bool {
        let status = &self.json["status"];
        status["polarity"] == "positive" && self.factuality() >= 2.0 && status["time"] != "planned"
    }

    pub fn is_background(&self) -> bool {
        self.json["status"]["time"] == "background"
    }

    /// Whether its days lie within these two.
    pub fn within(&self, from: &str, to: &str) -> bool {
        let day = |name: &str| self.json["when"][name].as_str().unwrap_or_default().to_string();
        !day("from").is_empty() && *day("from") >= *from && *day("to") <= *to
    }

    /// Whether its days touch the year.
    pub fn in_year(&self, year: &str) -> bool {
        let day = |name: &str| self.json["when"][name].as_str().unwrap_or_default().to_string();
        !day("from").is_empty() && &day("from")[..4] <= year && &day("to")[..4] >= year
    }

    pub fn condition(&self) -> String {
        let condition = &self.json["status"]["condition"];
        if condition.is_null() { String::new() } else { self.record.words(condition) }
    }

    pub fn told(&self) -> String {
        let names = |side: &str| {
            let ids = self.json[side].as_array().unwrap().iter();
            let names = ids.map(|id| self.record.actor(id)["name"].to_string());
            names.collect::<Vec<_>>().join(", ")
        };
        let (json, status) = (self.json, &self.json["status"]);
        format!(
            "  {} {} {:?} {} → {} on the word of [{}] {} f={} {} if {:?} {}",
            json["event"],
            json["cameo"],
            json["predicate"]["text"],
            names("source"),
            names("target"),
            names("according_to"),
            json["when"],
            status["factuality"],
            status["time"],
            self.condition(),
            json["quantities"],
        )
    }
}
