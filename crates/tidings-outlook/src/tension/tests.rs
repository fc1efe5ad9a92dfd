use super::*;
use crate::events::{Act, Party, day_of};
use proptest::prelude::*;
use tidings_world::Countries;
use tidings_world::events::codebook;

/// Happenings of Fiji against Tonga: day, CAMEO code; each day has ten reports.
pub(crate) fn events(acts: &[(&str, &str)]) -> Events {
    let mut events = Events::default();
    let country = |code: &str| Countries::embedded().named(code);
    for (at, (date, cameo)) in acts.iter().enumerate() {
        let row = codebook().iter().position(|entry| entry.cameo == *cameo).unwrap();
        let act = Act::of_code(row).unwrap();
        let side = |name: &str, code: &str, events: &mut Events| {
            [Party { name: events.names.number(name), country: country(code) }]
        };
        let fiji = side("Navy of Fiji", "FJI", &mut events);
        let tonga = side("Tonga", "TON", &mut events);
        let day = day_of(date.parse().unwrap());
        events.push(day, act, None, [&fiji, &tonga], &format!("i{at}"));
        events.volume.insert(day, 10);
    }
    events.sort();
    events
}

fn asked(scope: Scope, by: Step) -> Question {
    Question { scope, by, since: None, until: None, ids: true }
}

#[test]
fn each_point_tells_what_happened_in_it() {
    let events = events(&[
        ("2031-03-03", "190"),
        ("2031-03-04", "130"),
        ("2031-03-04", "100"),
        ("2031-03-18", "040"),
        ("2031-03-19", "112"),
    ]);
    let series = series(&events, &asked(Scope::dyad("FJI:TON").unwrap(), Step::Week));
    assert_eq!((series.incidents, series.points.len()), (5, 3));
    let [first, second, third] = &series.points[..] else { panic!("{series:?}") };
    assert_eq!(first.until.to_string(), "2031-03-09");
    assert_eq!((first.incidents, first.volume), (3, 20));
    assert_eq!((first.material_conflict.incidents, first.verbal_conflict.incidents), (1, 2));
    assert_eq!((first.demands.incidents, first.threats.incidents), (1, 1));
    assert_eq!(first.ids.as_deref().unwrap()[0], "i0");
    assert_eq!(first.goldstein_sum, -10.0 - 4.4 - 5.0);
    assert!((first.goldstein_mean.unwrap() - first.goldstein_sum / 3.0).abs() < 1e-4);
    assert_eq!((second.incidents, second.volume, second.goldstein_mean), (0, 0, None));
    assert_eq!((third.accusations.incidents, third.verbal_cooperation.incidents), (1, 1));
    assert!(first.tension.mean > second.tension.mean);
    assert!(second.tension.high - second.tension.low > 0.0);
}

#[test]
fn scopes_take_what_is_theirs() {
    let events = events(&[("2031-03-03", "190"), ("2031-03-04", "040")]);
    let count = |scope: Scope| series(&events, &asked(scope, Step::Day)).incidents;
    assert_eq!(count(Scope::All), 2);
    assert_eq!(count(Scope::dyad("FJI:TON").unwrap()), 2);
    assert_eq!(count(Scope::dyad("FJI:").unwrap()), 2);
    assert_eq!(count(Scope::dyad("TON:FJI").unwrap()), 0);
    let Scope::Dyad { source, target, .. } = Scope::dyad("TON:FJI").unwrap() else { panic!() };
    assert_eq!(count(Scope::Dyad { source, target, mutual: true }), 2);
    assert_eq!(count(Scope::actor("tonga")), 2);
    assert_eq!(count(Scope::actor("navy fiji")), 2);
    assert_eq!(count(Scope::actor("army")), 0);
    // Without a place, only what lies between parties of one country happens in it.
    assert_eq!(count(Scope::within("TON").unwrap()), 0);
    for wrong in ["FJI", ":", "FJI:QQQ", "FJI:TON:TON"] {
        assert!(Scope::dyad(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_point_opens_to_its_incidents() {
    let events = events(&[("2031-03-03", "040"), ("2031-03-04", "190"), ("2031-03-09", "190")]);
    let day = |date: &str| date.parse().unwrap();
    let found = incidents(&events, &Scope::All, day("2031-03-03"), day("2031-03-08"));
    let ids: Vec<&str> = found.iter().map(|event| events.id(event)).collect();
    assert_eq!(ids, ["i1", "i0"]);
}

#[test]
fn nothing_reported_gives_no_points() {
    assert_eq!(series(&Events::default(), &asked(Scope::All, Step::Day)).points, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Counts add up, whatever the step.
    #[test]
    fn no_incident_is_counted_twice_or_lost(days in prop::collection::vec(0..400_i32, 1..60)) {
        let acts: Vec<(String, &str)> =
            days.iter().map(|day| (date_of(22_000 + day).to_string(), "190")).collect();
        let acts: Vec<(&str, &str)> = acts.iter().map(|(day, code)| (day.as_str(), *code)).collect();
        let events = events(&acts);
        for by in [Step::Day, Step::Week, Step::Month] {
            let series = series(&events, &asked(Scope::All, by));
            prop_assert_eq!(series.incidents as usize, days.len());
            for point in &series.points {
                prop_assert!(point.hostile.low <= point.hostile.high);
                prop_assert!(point.tension.low <= point.tension.high);
            }
        }
    }
}
