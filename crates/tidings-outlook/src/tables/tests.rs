use super::*;
use crate::events::date_of;
use std::io::Write;

fn read_text(text: &str) -> Result<Table, String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    read(file.path(), Trust::Trusted).map_err(|error| error.to_string())
}

/// Each event as words: day, countries, code or type, quad class, Goldstein value, id.
#[track_caller]
fn told(text: &str) -> Vec<String> {
    let table = read_text(text).unwrap();
    let events = &table.events;
    let side = |side: &[crate::events::Party]| {
        let countries = tidings_world::Countries::embedded();
        let code = |p: &crate::events::Party| p.country.map_or("?", |c| countries.code(c));
        side.iter()
            .map(|p| format!("{} {}", events.name(p.name), code(p)))
            .collect::<Vec<_>>()
            .join("+")
    };
    events
        .rows()
        .iter()
        .map(|event| {
            let act = event.act;
            let code = act.entry().map(|entry| entry.cameo).or(act.event()).unwrap();
            format!(
                "{} {} > {} {code} {} {} {}",
                date_of(event.day),
                side(events.sources(event)),
                side(events.targets(event)),
                act.quad,
                act.goldstein,
                events.id(event)
            )
        })
        .collect()
}

#[test]
fn columns_of_icews() {
    let text = "Event ID\tEvent Date\tSource Name\tSource Country\tCAMEO Code\tIntensity\tTarget Name\tTarget Country\tCountry\n\
        7\t2031-03-01\tArmy (Fiji)\tFiji\t190\t-9\tCitizen (Tonga)\tTonga\tFiji\n\
        8\t2031-03-02\tFiji\tFiji\t040\t1\tNA\tNA\tNA\n";
    assert_eq!(
        told(text),
        [
            "2031-03-01 Army (Fiji) FJI > Citizen (Tonga) TON 190 4 -9 7",
            "2031-03-02 Fiji FJI >  040 1 1 8"
        ]
    );
}

#[test]
fn columns_of_polecat() {
    let text = "Event ID\tEvent Date\tEvent Type\tIntensity\tQuad Code\tActor Name\tActor Country\tRecipient Name\tRecipient Country\n\
        a1\t2031-03-01\tTHREATEN\t-4.4\tVERBAL CONFLICT\tFiji\tFJI\tTonga\tTON\n\
        a2\t2031-03-01\tREQUEST\tNA\t\tFiji\tFJI\tTonga\tTON\n";
    assert_eq!(
        told(text),
        [
            "2031-03-01 Fiji FJI > Tonga TON THREATEN 3 -4.4 a1",
            "2031-03-01 Fiji FJI > Tonga TON REQUEST 3 3 a2"
        ]
    );
}

#[test]
fn gdelt_is_known_by_its_width() {
    for (width, place) in [(61, 53), (58, 51)] {
        let mut cells = vec![""; width];
        for (at, cell) in [
            (0, "900"),
            (1, "20310301"),
            (6, "FIJI"),
            (7, "FJI"),
            (16, "KOSOVO"),
            (17, "KSV"),
            (26, "0841"),
            (29, "2"),
            (30, "7.0"),
            (place, "TN"),
        ] {
            cells[at] = cell;
        }
        let text = cells.join("\t") + "\n";
        assert_eq!(told(&text), ["2031-03-01 FIJI FJI > KOSOVO XKX 0841 2 7 900"]);
        let event = read_text(&text).unwrap().events.rows[0];
        let place = tidings_world::Countries::embedded().code(event.place.unwrap());
        assert_eq!(place, "TON");
    }
}

#[test]
fn our_own_exports() {
    let csv = "id,since,until,event,cameo,goldstein,quad,source,source_country,target,target_country,status,first_report\r\n\
        i1,2031-03-01,2031-03-02,ASSAULT,190,-10,4,\"Navy; \"\"Blue\"\" Guard\",FJI; FJI,Tonga,TON,reported,2031-03-03\r\n\
        i2,,,ACCUSE,112,-2,3,Fiji,FJI,,,claimed,2031-03-03\r\n\
        i3,2031-03-01,2031-12-01,ASSAULT,190,-10,4,Fiji,FJI,Tonga,TON,reported,2031-03-03\r\n\
        i4,2031-03-01,2031-03-01,ASSAULT,190,-10,4,Fiji,FJI,Tonga,TON,planned,2031-03-03\r\n";
    let expected = [
        "2031-03-01 Navy FJI+\"Blue\" Guard FJI > Tonga TON 190 4 -10 i1",
        "2031-03-03 Fiji FJI >  112 3 -2 i2",
    ];
    assert_eq!(told(csv), expected);
    assert_eq!(read_text(csv).unwrap().events.undated, 1);
    let jsonl = r#"{"id":"i1","since":"2031-03-01","until":"2031-03-02","event":"ASSAULT","cameo":"190","goldstein":-10,"quad":4,"source":["Navy","\"Blue\" Guard"],"source_country":["FJI","FJI"],"target":["Tonga"],"target_country":["TON"],"status":"reported","first_report":"2031-03-03"}
{"id":"i2","since":null,"until":null,"event":"ACCUSE","cameo":"112","goldstein":-2,"quad":3,"source":["Fiji"],"source_country":["FJI"],"target":[],"target_country":[],"status":"claimed","first_report":"2031-03-03"}
"#;
    assert_eq!(told(jsonl), expected);
}

#[test]
fn what_is_wrong_is_named_and_the_rest_stands() {
    let head = "date,source_country,target_country,cameo,goldstein\n";
    let good = "2031-03-02,FJI,TON,190,-10\n";
    for (row, lost, words) in [
        ("2031-03-02,FJI,TON,190\n", true, "has 4 columns where the table has 5"),
        ("2031-02-30,FJI,TON,190,-10\n", true, "\"2031-02-30\" is no day"),
        ("soon,FJI,TON,190,-10\n", true, "\"soon\" is no day"),
        ("2031-03-02,FJI,TON,999,-10\n", true, "\"999\" is no CAMEO code"),
        ("2031-03-02,FJI,TON,190,-99\n", false, "\"-99\" is no Goldstein value"),
        ("2031-03-02,QQQ,TON,190,-10\n", false, "\"QQQ\" is no country; the event is kept"),
        ("2031-03-01,FJI,TON,190,-10\n", false, "2031-03-01 comes after 2031-03-02"),
    ] {
        let table = read_text(&format!("{head}{good}{row}{good}")).unwrap();
        let [fault] = &table.faults[..] else { panic!("{row}: {:?}", table.faults) };
        assert!(fault.line == 3 && fault.lost() == lost, "{row}: {fault:?}");
        assert!(fault.problem.contains(words), "{row}: {fault:?}");
        assert_eq!(table.events.rows.len(), if lost { 2 } else { 3 }, "{row}");
        assert_eq!(table.rows, 3);
        assert!(table.events.rows.is_sorted_by_key(|event| event.day));
    }
}

#[test]
fn what_is_no_table_of_events_says_what_it_lacks() {
    for (text, words) in [
        ("", "holds no rows"),
        ("date,source_country,target_country,cameo\n", "holds no rows"),
        ("name,source_country,target_country,cameo\nx\n", "no column tells the day"),
        ("date,source_country,target_country\nx\n", "no column tells what was done"),
        ("date,cameo,target_country\nx\n", "no column tells who acted"),
    ] {
        let error = read_text(text).unwrap_err();
        assert!(error.contains(words), "{text}: {error}");
    }
}

#[test]
fn a_code_that_lost_its_zero_is_found() {
    let text = "date,source_country,target_country,cameo\n2031-03-02,FJI,TON,40\n";
    assert_eq!(told(text), ["2031-03-02  FJI >  TON 040 1 1 line 2"]);
}

#[test]
fn any_bytes_are_read_to_their_end() {
    let head = b"date,source_country,target_country,cameo\n";
    for bytes in
        [&b"\xff\xfe\x00,\"\n\n\"\"\",,\n\"2031"[..], b"\"", b"\n\n\r\n,", b",,,\"\"\"\"\n"]
    {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&[head, bytes].concat()).unwrap();
        if let Ok(table) = read(file.path(), Trust::Trusted) {
            assert_eq!(table.events.rows.len(), 0);
        }
    }
}
