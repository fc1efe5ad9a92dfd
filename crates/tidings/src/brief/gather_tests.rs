//! Which section of the brief an event comes to stand in, on coded reports made by hand.

use super::*;
use crate::schema::{Actor, By, Certainty, Header, Quoted, Sentence, Status};
use jiff::civil::{Date, date};
use tidings_report::Options;

const TEXT: &str =
    "Peru shelled Ecuador. Peru shelled Ecuador. Ecuador will act on 9 May if Peru stays.";

/// A coded report of [`TEXT`] with one event per call of [`Coded::event`].
struct Coded(CodedReport, Report);

impl Coded {
    fn new() -> Coded {
        let options = Options { date: Some(date(2031, 5, 1)), ..Options::default() };
        let report = Report::from_text("r", TEXT.to_string(), &options).unwrap();
        let sentence = |start, end, repeats| Sentence { start, end, repeats };
        let actor = |id, name: &str, code: &str| Actor {
            id,
            name: name.to_string(),
            country: Some(code.to_string()),
            sectors: vec!["GOV".to_string()],
            office: None,
            uncertain: false,
            mentions: Vec::new(),
        };
        let header = Header {
            id: "r".to_string(),
            published: report.published,
            title: None,
            source: None,
            url: None,
            language: None,
        };
        let coded = CodedReport {
            report: header,
            sentences: vec![
                sentence(0, 21, None),
                sentence(22, 43, Some(0)),
                sentence(44, TEXT.len(), None),
            ],
            actors: vec![actor(0, "Peru", "PER"), actor(1, "Ecuador", "ECU")],
            events: Vec::new(),
            claims: Vec::new(),
            times: Vec::new(),
            places: Vec::new(),
            dates: Vec::new(),
            foremost: None,
            predicates: None,
        };
        Coded(coded, report)
    }

    fn event(mut self, event: &'static str, sentence: usize, change: fn(&mut Event)) -> Coded {
        let start = self.0.sentences[sentence].start + 5 + self.0.events.len();
        let mut event = Event {
            id: self.0.events.len(),
            event,
            mode: None,
            context: Vec::new(),
            cameo: "190".to_string(),
            goldstein: -10.0,
            quad: 4,
            source: vec![0],
            target: vec![1],
            when: Some(Days { from: date(2031, 5, 1), to: date(2031, 5, 1) }),
            r#where: None,
            status: Status {
                certainty: Certainty::Certain,
                polarity: Polarity::Positive,
                factuality: 3.0,
                time: schema::Standing::Current,
                condition: None,
            },
            according_to: Vec::new(),
            quantities: Vec::new(),
            sentence,
            predicate: Quoted { start, end: start + 1, text: "x".to_string() },
            rule: "assault/x".to_string(),
            by: By::Frames,
            confidence: None,
            trusted: true,
        };
        change(&mut event);
        self.0.events.push(event);
        self
    }

    fn date(mut self, told: schema::Told, day: Option<Date>) -> Coded {
        let quoted = |words: &str| {
            let start = TEXT.find(words).unwrap();
            Quoted { start, end: start + words.len(), text: words.to_string() }
        };
        let condition = quoted("if Peru stays");
        self.0.dates.push(schema::SetDate {
            kind: schema::DateKind::Plan,
            told,
            when: day.map(|day| Days { from: day, to: day }),
            words: Some(quoted("9 May")),
            what: quoted("act on 9 May"),
            thing: "act".to_string(),
            set_by: vec![1],
            parties: Vec::new(),
            according_to: Vec::new(),
            condition: Some(schema::Span { start: condition.start, end: condition.end }),
            event: None,
            sentence: 2,
        });
        self
    }

    fn brief(&self) -> Brief {
        let file: String = TEXT.split_inclusive(". ").map(rows).collect();
        let words = tidings_language::Conllu::parse(&file).unwrap();
        Brief::of(&self.1, &words.document(), &self.0, World::embedded()).settle()
    }
}

/// A sentence as CoNLL-U, all words on the last.
fn rows(sentence: &str) -> String {
    let last = sentence.split_whitespace().count();
    let words = sentence.split_whitespace().zip(1..);
    let row = |(word, n)| {
        let head = if n == last { 0 } else { last };
        format!("{n}\t{word}\t{word}\t_\t_\t_\t{head}\tdep\t_\t_\n")
    };
    words.map(row).collect::<String>() + "\n"
}

fn standings(brief: &Brief) -> Vec<Standing> {
    brief.not_happened.iter().filter_map(|item| item.standing).collect()
}

#[test]
fn what_is_affirmed_happened_once_with_both_its_places() {
    let brief = Coded::new().event("ASSAULT", 0, |_| ()).brief();
    assert_eq!(brief.happened.len(), 1);
    let item = &brief.happened[0];
    assert_eq!((item.source[0].as_str(), item.target[0].as_str()), ("Peru", "Ecuador"));
    assert_eq!(item.places.iter().map(|p| p.sentence).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(item.text, "Peru shelled Ecuador.");
    assert!(brief.text().contains("[r §1, §2]"), "{}", brief.text());
}

#[test]
fn what_is_feared_planned_or_denied_did_not_happen() {
    let brief = Coded::new()
        .event("ASSAULT", 0, |e| e.status.factuality = 0.5)
        .event("ASSAULT", 2, |e| e.status.time = schema::Standing::Planned)
        .event("ASSAULT", 2, |e| {
            e.status.polarity = Polarity::Negative;
            e.status.factuality = -3.0;
        })
        .brief();
    assert!(brief.happened.is_empty());
    assert_eq!(standings(&brief), [Standing::Planned, Standing::Uncertain, Standing::Denied]);
}

#[test]
fn what_a_threat_governs_is_threatened_and_the_threat_happened() {
    let brief = Coded::new()
        .event("THREATEN", 2, |e| e.cameo = "138".to_string())
        .event("ASSAULT", 2, |e| {
            e.status.factuality = 0.0;
            e.status.condition = Some(Span { start: 70, end: 83 });
        })
        .brief();
    assert_eq!(brief.happened.len(), 1);
    assert_eq!(brief.happened[0].acts[0].event, "THREATEN");
    assert_eq!(standings(&brief), [Standing::Threatened]);
    let act = &brief.not_happened[0].acts[0];
    assert_eq!((act.event.as_str(), act.condition.as_deref()), ("ASSAULT", Some("if Peru stays")));
}

#[test]
fn what_the_one_who_demands_will_do_is_no_demand() {
    let with = |actor: fn(&mut Event)| {
        let brief = Coded::new().event("REQUEST", 2, |e| e.cameo = "020".to_string()).event(
            "ASSAULT",
            2,
            |e| {
                e.status.time = schema::Standing::Planned;
                e.status.condition = Some(Span { start: 70, end: 83 });
            },
        );
        let mut brief = brief;
        brief.0.events.iter_mut().skip(1).for_each(actor);
        standings(&brief.brief())
    };
    assert_eq!(with(|_| ()), [Standing::Threatened]);
    assert_eq!(with(|e| (e.source, e.target) = (vec![1], vec![0])), [Standing::Demanded]);
}

#[test]
fn a_claim_within_a_claim_of_the_same_speaker_is_told_once() {
    let mut coded = Coded::new();
    for (start, end) in [(0, 21), (5, 21)] {
        coded.0.claims.push(schema::Claim {
            speaker: Some(0),
            source: None,
            kind: None,
            form: schema::ClaimForm::Direct,
            cue: None,
            content: Span { start, end },
            evidence: Vec::new(),
            nested: Vec::new(),
        });
    }
    let claims = coded.brief().claims;
    assert_eq!(
        claims.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(),
        ["Peru shelled Ecuador."]
    );
}

#[test]
fn what_is_only_asked_for_is_no_claim() {
    let mut coded = Coded::new();
    coded.0.claims.push(schema::Claim {
        speaker: Some(0),
        source: None,
        kind: None,
        form: schema::ClaimForm::Indirect,
        cue: None,
        content: Span { start: 5, end: 21 },
        evidence: Vec::new(),
        nested: Vec::new(),
    });
    assert!(coded.brief().claims.is_empty());
}

#[test]
fn a_bare_demand_is_listed_as_demanded_but_an_appeal_is_not() {
    let demand = Coded::new().event("REQUEST", 0, |e| e.cameo = "105".to_string()).brief();
    assert_eq!(standings(&demand), [Standing::Demanded]);
    let appeal = Coded::new().event("REQUEST", 0, |e| e.cameo = "025".to_string()).brief();
    assert_eq!(standings(&appeal), []);
}

#[test]
fn history_is_background_only() {
    let brief = Coded::new()
        .event("ASSAULT", 0, |e| {
            e.status.time = schema::Standing::Background;
            e.when = Some(Days { from: date(1995, 1, 1), to: date(1995, 12, 31) });
        })
        .brief();
    assert!(brief.happened.is_empty() && brief.not_happened.is_empty());
    assert_eq!(brief.background.len(), 1);
    assert!(brief.text().contains("\n1995\n"), "{}", brief.text());
}

#[test]
fn dates_ahead_are_watched_with_who_set_them_and_their_condition() {
    let brief = Coded::new()
        .date(schema::Told::Ahead, Some(date(2031, 5, 9)))
        .date(schema::Told::Met, Some(date(2031, 4, 30)))
        .date(schema::Told::Ahead, None)
        .brief();
    let [watch] = &brief.dates[..] else { panic!("{:?}", brief.dates) };
    assert_eq!((watch.words.as_str(), watch.line().as_str()), ("9 May", "plan · set by Ecuador"));
    assert_eq!(watch.condition.as_deref(), Some("if Peru stays"));
}

#[test]
fn an_act_coded_twice_from_its_sentence_is_told_once() {
    let killed = |start| schema::Quantity {
        kind: schema::QuantityKind::Killed,
        value: 3.0,
        to: None,
        bound: schema::Bound::Exact,
        start,
        end: start + 1,
    };
    let mut coded = Coded::new()
        .event("ASSAULT", 0, |e| e.source.clear())
        .event("ASSAULT", 0, |e| e.cameo = "194".to_string())
        .event("PROTEST", 0, |e| e.cameo = "140".to_string());
    coded.0.events[0].quantities.push(killed(3));
    let brief = coded.brief();
    let acts: Vec<&Act> = brief.happened.iter().flat_map(|item| &item.acts).collect();
    assert_eq!(acts.iter().map(|act| act.cameo.as_str()).collect::<Vec<_>>(), ["194", "140"]);
    assert_eq!(acts[0].quantities.len(), 1);
    assert_eq!(acts[0].source[0].name, "Peru");
}

#[test]
fn a_long_page_keeps_the_gravest_and_tells_what_it_leaves_out() {
    let mut brief = Coded::new().event("ASSAULT", 0, |_| ()).brief();
    let mut light = brief.happened[0].clone();
    light.acts[0].goldstein = 1.0;
    for number in 0..500 {
        light.text = number.to_string();
        brief.happened.insert(0, light.clone());
    }
    let short = brief.clone().settle().shortened();
    assert!(short.happened.len() < 100);
    assert_eq!(short.happened.len() + short.left.happened, 501);
    assert_eq!(short.happened[0].acts[0].goldstein, -10.0);
    assert!(short.text().contains(&format!("and {} more", short.left.happened)));
    assert!(short.markdown().contains(&format!("and {} more", short.left.happened)));
    assert!(!brief.settle().text().contains(" more of less weight"));
}

#[test]
fn the_same_sentence_in_two_reports_is_one_line_with_both_places() {
    let coded = Coded::new().event("ASSAULT", 0, |_| ());
    let (mut brief, mut again) = (coded.brief(), coded.brief());
    for place in again.happened.iter_mut().flat_map(|item| &mut item.places) {
        place.report = "s".to_string();
    }
    brief.absorb(again);
    let brief = brief.settle();
    assert_eq!(brief.happened.len(), 1);
    assert!(brief.text().contains("[r §1, §2; s §1, §2]"), "{}", brief.text());
}

#[test]
fn a_day_before_the_last_report_is_past() {
    let mut brief = Coded::new().date(schema::Told::Ahead, Some(date(2031, 5, 9))).brief();
    assert!(!brief.dates[0].passed);
    let later = Days { from: date(2031, 6, 1), to: date(2031, 6, 1) };
    brief.absorb(Brief { period: Some(later), ..Brief::default() });
    assert!(brief.settle().dates[0].passed);
}

#[test]
fn two_sides_of_one_country_are_told_by_name() {
    let mut coded = Coded::new().event("PROTEST", 0, |_| ());
    coded.0.actors[0].country = Some("ECU".to_string());
    coded.0.actors[0].name = "miners".to_string();
    let item = &coded.brief().happened[0];
    assert_eq!((item.source[0].as_str(), item.target[0].as_str()), ("miners", "Ecuador"));
}

#[test]
fn what_people_do_is_not_told_of_their_country() {
    let source = |sector: &str| {
        let mut coded = Coded::new().event("PROTEST", 0, |e| e.target.clear());
        coded.0.actors[0].name = "those in the street".to_string();
        coded.0.actors[0].sectors = vec![sector.to_string()];
        coded.brief().happened[0].source[0].clone()
    };
    assert_eq!((source("CVL").as_str(), source("MIL").as_str()), ("those in the street", "Peru"));
}
