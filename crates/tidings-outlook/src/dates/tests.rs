use super::*;
use jiff::civil::date;

fn names(sides: &str) -> Vec<String> {
    sides.split_whitespace().map(str::to_string).collect()
}

fn telling(kind: Kind, day: Date, published: Date, thing: &str, setters: &str) -> Telling {
    Telling {
        kind,
        days: Some((day, day)),
        published: Some(published),
        thing: thing.to_string(),
        event: None,
        cameo: None,
        setters: names(setters),
        parties: Vec::new(),
        names: names(setters),
        words: Words::of("withdraw patrol boats, hold talks"),
    }
}

const JUNE_3: Date = date(2031, 6, 3);
const MAY_20: Date = date(2031, 5, 20);
const MAY_22: Date = date(2031, 5, 22);
const JUNE_4: Date = date(2031, 6, 4);

fn withdrawal() -> SetDate {
    let told = Telling {
        event: Some("RETREAT".to_string()),
        parties: names("ECU"),
        ..telling(Kind::Deadline, JUNE_3, MAY_20, "withdraw", "PER")
    };
    merge(&[told]).remove(0)
}

fn deed(actors: &str, day: Date, done: bool) -> Deed {
    Deed {
        done,
        days: Some((day, day)),
        published: Some(day.tomorrow().unwrap()),
        actors: names(actors),
        others: Vec::new(),
        names: Vec::new(),
        words: Words::of("patrol boats were withdrawn, talks called off"),
        act: Act::Event("RETREAT".to_string(), "087".to_string()),
    }
}

#[test]
fn one_date_is_told_by_many() {
    let vote = |published, setters| telling(Kind::Vote, JUNE_3, published, "election", setters);
    let told = [vote(MAY_20, "PER"), vote(MAY_22, ""), vote(MAY_22, "ECU")];
    let dates = merge(&told);
    assert_eq!(dates.len(), 2, "{dates:?}");
    assert_eq!(dates[0].tellings, [0, 1]);
    assert_eq!(dates[0].told, Some((MAY_20, MAY_22)));
}

#[test]
fn other_days_and_other_things_are_other_dates() {
    let told = [
        telling(Kind::Plan, JUNE_3, MAY_20, "withdraw", "PER"),
        telling(Kind::Plan, JUNE_4, MAY_20, "withdraw", "PER"),
        telling(Kind::Plan, JUNE_3, MAY_20, "visit", "PER"),
    ];
    assert_eq!(merge(&told).len(), 3);
    // Two deadlines of one setter for one day are one, in whatever words.
    let told = [
        telling(Kind::Deadline, JUNE_3, MAY_20, "withdraw", "PER"),
        telling(Kind::Deadline, JUNE_3, MAY_22, "deadline", "PER"),
    ];
    assert_eq!(merge(&told).len(), 1);
}

#[test]
fn a_deadline_is_met_by_whom_it_was_set_for() {
    let date = withdrawal();
    let state = |deeds: &[Deed], on| judge(&date, on, deeds).state;
    assert_eq!(state(&[], MAY_22), State::Open);
    assert_eq!(state(&[], JUNE_4), State::Unclear);
    assert_eq!(state(&[deed("ECU", MAY_22, true)], JUNE_4), State::Met);
    assert_eq!(state(&[deed("ECU", MAY_22, false)], JUNE_4), State::Missed);
    assert_eq!(state(&[deed("PER", MAY_22, true)], JUNE_4), State::Unclear);
    assert_eq!(state(&[deed("ECU", date_after(), true)], date_after()), State::Unclear);
    let both = [deed("ECU", MAY_22, true), deed("ECU", MAY_22, false)];
    assert_eq!(judge(&date, JUNE_4, &both), Verdict { state: State::Unclear, grounds: vec![0, 1] });
    // What is not yet told does not count.
    assert_eq!(state(&[deed("ECU", MAY_22, true)], MAY_22), State::Open);
}

fn date_after() -> Date {
    date(2031, 6, 20)
}

#[test]
fn what_is_called_off_before_its_day_is_missed() {
    let talks =
        Telling { parties: names("ECU"), ..telling(Kind::Meeting, JUNE_3, MAY_20, "talk", "PER") };
    let date = merge(&[talks]).remove(0);
    let outcome = |done, day| Deed {
        act: Act::Outcome(Kind::Meeting, "talk".to_string()),
        ..deed("PER", day, done)
    };
    assert_eq!(judge(&date, JUNE_3, &[outcome(false, MAY_22)]).state, State::Missed);
    assert_eq!(judge(&date, JUNE_4, &[outcome(true, JUNE_3)]).state, State::Met);
    // Talks held before are other talks.
    assert_eq!(judge(&date, JUNE_3, &[outcome(true, MAY_22)]).state, State::Open);
}

#[test]
fn a_condition_is_met_only_by_the_very_act() {
    let threat = Telling {
        days: None,
        event: Some("RETREAT".to_string()),
        cameo: Some("087".to_string()),
        parties: names("ECU"),
        ..telling(Kind::Condition, JUNE_3, MAY_20, "withdraw", "PER")
    };
    let date = merge(&[threat]).remove(0);
    let state = |deed: Deed| judge(&date, JUNE_4, &[deed]).state;
    let on = |others: &str, code: &str| Deed {
        others: names(others),
        act: Act::Event("RETREAT".to_string(), code.to_string()),
        ..deed("PER", MAY_22, true)
    };
    assert_eq!(state(on("ECU", "087")), State::Met);
    assert_eq!(state(on("ECU", "0871")), State::Open);
    assert_eq!(state(on("COL", "087")), State::Open);
    assert_eq!(state(Deed { actors: names("ECU"), ..on("ECU", "087") }), State::Open);
    assert_eq!(state(Deed { done: false, ..on("ECU", "087") }), State::Open);
}

#[test]
fn days_are_counted_to_what_is_due() {
    let week = Some((date(2031, 6, 2), date(2031, 6, 8)));
    assert_eq!(days_left(Kind::Deadline, week, date(2031, 6, 1)), Some(7));
    assert_eq!(days_left(Kind::Meeting, week, date(2031, 6, 1)), Some(1));
    assert_eq!(days_left(Kind::Meeting, week, date(2031, 6, 4)), Some(0));
    assert_eq!(days_left(Kind::Meeting, week, date(2031, 6, 10)), Some(-2));
    assert_eq!(days_left(Kind::Condition, None, date(2031, 6, 10)), None);
}
