//! `tidings serve`: the page and its API over HTTP, and who is turned away.

use crate::run::{Folder, TALKS, examples, root, tidings};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A server that runs until it is dropped.
struct Served {
    child: Child,
    host: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    headers: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

impl Served {
    fn with(record: &str, options: &[&str]) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tidings"))
            .args(["serve", "--record", record, "--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_string();
        Served { child, host }
    }

    fn examples(folder: &Folder) -> Served {
        let record = folder.name("examples.tidings");
        tidings(["add", &examples(), "--record", &record]).exits(0);
        Served::with(&record, &[])
    }

    /// One request; headers that are given stand in for those of a plain client.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let mut request = format!("{method} {path} HTTP/1.1\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request += &format!("Host: {}\r\n", self.host);
        }
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        // Whoever is refused early may not be listened to until the end.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8(answer).unwrap();
        let (headers, body) = answer.split_once("\r\n\r\n").expect("no answer");
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, headers: headers.to_lowercase(), body: body.to_string() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    #[track_caller]
    fn found(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }
}

#[test]
fn the_answers_are_those_of_the_command_line() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let record = folder.name("examples.tidings");
    for (path, args) in [
        ("incidents?dyad=PER:ECU&order=oldest", ["incidents", "--dyad", "PER:ECU"]),
        ("incidents?event=ASSAULT&order=oldest&limit=200", ["incidents", "--event", "ASSAULT"]),
        ("incidents?actor=PER&order=oldest&limit=200", ["incidents", "--actor", "PER"]),
        ("incidents?place=PER&order=oldest&limit=200", ["incidents", "--place", "PER"]),
        (
            "incidents?until=2031-05-18&order=oldest&limit=200",
            ["incidents", "--until", "2031-05-18"],
        ),
        ("claims?status=denied&order=oldest", ["claims", "--status", "denied"]),
    ] {
        let asked = args.iter().copied().chain(["--record", &record, "--format", "jsonl"]);
        let mut told = tidings(asked).exits(0).json();
        let mut answered =
            served.found(&format!("/api/v1/{path}"))["rows"].as_array().unwrap().clone();
        // The order within one day is another: by entry into the record.
        for rows in [&mut told, &mut answered] {
            rows.sort_by_key(|row| row["id"].to_string());
        }
        assert_eq!(answered, told, "{path}");
    }
}

#[test]
fn pages_of_a_list_make_up_the_whole() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    for list in ["incidents", "events", "claims", "actors"] {
        for order in ["newest", "oldest"] {
            let whole = served.found(&format!("/api/v1/{list}?limit=200&order={order}"));
            let (mut rows, mut next) = (Vec::new(), String::new());
            loop {
                let page = served.found(&format!("/api/v1/{list}?limit=7&order={order}{next}"));
                rows.extend(page["rows"].as_array().unwrap().clone());
                match page["next"].as_str() {
                    Some(cursor) if rows.len() < 200 => {
                        next = format!(
                            "&after={}",
                            cursor
                                .replace('%', "%25")
                                .replace(' ', "%20")
                                .replace('&', "%26")
                                .replace('+', "%2B")
                        );
                    }
                    _ => break,
                }
            }
            rows.truncate(whole["rows"].as_array().unwrap().len());
            assert_eq!(Value::Array(rows), whole["rows"], "{list} {order}");
        }
    }
}

#[test]
fn every_mark_leads_to_its_sentence() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let overview = served.found("/api/v1/overview?since=2031-03-01&until=2031-04-30");
    let marks = overview["timeline"].as_array().unwrap();
    assert!(!marks.is_empty());
    for mark in marks {
        let whole = served.found(&format!("/api/v1/incidents/{}", mark["id"].as_str().unwrap()));
        for event in whole["events"].as_array().unwrap() {
            let id = event["report_uid"].as_str().unwrap();
            let report = served.found(&format!("/api/v1/reports/{id}"));
            let own = report["events"].as_array().unwrap().iter().find(|e| e["id"] == event["id"]);
            let at = |name: &str| usize::try_from(own.unwrap()[name].as_u64().unwrap()).unwrap();
            let text: Vec<char> = report["text"].as_str().unwrap().chars().collect();
            let words: String = text[at("start")..at("stop")].iter().collect();
            assert!(event["text"].as_str().unwrap().contains(&words), "{words}");
            assert_eq!(own.unwrap()["incident"], mark["id"]);
        }
    }
}

#[test]
fn every_address_of_the_description_is_there_and_no_other() {
    let described: Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("docs/openapi.json")).unwrap())
            .unwrap();
    let mut routes: Vec<(String, String)> = Vec::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            routes.push((method.clone(), path.clone()));
        }
    }
    let mut own: Vec<(String, String)> = tidings_web::ROUTES
        .iter()
        .map(|(method, path)| (method.to_string(), path.to_string()))
        .collect();
    routes.sort();
    own.sort();
    assert_eq!(routes, own);

    let folder = Folder::new();
    let served = Served::examples(&folder);
    assert!(served.found("/api/v1/openapi.json") == described, "another description is served");
    for (method, path) in own {
        let wrong = if method == "get" { "DELETE" } else { "PUT" };
        let path = path.replace("{name}", "Peru").replace("{dyad}", "PER:ECU");
        let answer = served.ask(wrong, &path, &[], "");
        assert_eq!(answer.status, 405, "{path}: {}", answer.body);
    }
    let nowhere = served.get("/api/v1/nothing");
    assert_eq!((nowhere.status, nowhere.json()["status"].as_u64()), (404, Some(404)));
    assert!(nowhere.headers.contains("application/problem+json"), "{}", nowhere.headers);
}

#[test]
fn other_sites_are_turned_away() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let list = "/api/v1/incidents?limit=1";
    let own = format!("http://{}", served.host);
    for (method, path, headers, status) in [
        ("GET", "/", vec![("Host", "rebound.example")], 403),
        ("GET", list, vec![("Host", "rebound.example:8017")], 403),
        ("GET", list, vec![("Host", "localhost")], 200),
        ("GET", list, vec![("Origin", "https://other.example")], 403),
        ("GET", list, vec![("Origin", "null")], 403),
        ("GET", list, vec![("Origin", own.as_str()), ("Sec-Fetch-Site", "same-origin")], 200),
        ("GET", list, vec![("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")], 403),
        ("GET", list, vec![("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")], 403),
        ("GET", "/", vec![("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")], 200),
        ("POST", "/api/v1/reports?name=a.txt", vec![("Origin", "https://other.example")], 403),
        ("POST", "/api/v1/reports?name=a.txt", vec![("Sec-Fetch-Site", "same-site")], 403),
    ] {
        let answer = served.ask(method, path, &headers, "x");
        assert_eq!(answer.status, status, "{method} {path} {headers:?}: {}", answer.body);
        for header in ["content-security-policy: default-src 'none'; script-src 'self'", "nosniff"]
        {
            assert!(answer.headers.contains(header), "{}", answer.headers);
        }
    }
}

#[test]
fn a_token_opens_to_those_who_show_it() {
    let folder = Folder::new();
    let record = folder.name("a.tidings");
    tidings(["add", &folder.with("a.txt", TALKS), "--record", &record]).exits(0);
    let token = "a-secret-of-24-characters";
    let served = Served::with(&record, &["--token", token]);
    let path = "/api/v1/overview";
    assert_eq!(served.get(path).status, 401);
    let bearer = |shown: &str| {
        let shown = format!("Bearer {shown}");
        served.ask("GET", path, &[("Authorization", &shown), ("Host", "desk.example")], "").status
    };
    assert_eq!((bearer(token), bearer("a-secret-of-24-characterx"), bearer("")), (200, 401, 401));
    let opened = served.get(&format!("/?token={token}"));
    assert_eq!(opened.status, 303);
    assert!(opened.headers.contains("httponly; samesite=strict"), "{}", opened.headers);
    let cookie = format!("other=1; tidings-token={token}");
    assert_eq!(served.ask("GET", path, &[("Cookie", &cookie)], "").status, 200);
}

#[test]
fn what_would_lie_open_is_refused() {
    let folder = Folder::new();
    let record = folder.name("a.tidings");
    tidings(["add", &folder.with("a.txt", TALKS), "--record", &record]).exits(0);
    tidings(["serve", "--record", &record, "--bind", "0.0.0.0", "--port", "0"])
        .exits(1)
        .complains_of(&["--token"]);
    tidings(["serve", "--record", &record, "--token", "short"])
        .exits(1)
        .complains_of(&["16 letters"]);
    tidings(["serve", "--record", &folder.name("none.tidings")])
        .exits(1)
        .complains_of(&["no such record", "tidings add"]);
}

#[test]
fn a_dropped_file_enters_the_record_once() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let drop = |name: &str, text: &str| {
        served.ask("POST", &format!("/api/v1/reports?name={name}"), &[], text)
    };
    let added = drop("talks.txt", TALKS).json();
    assert_eq!((&added["added"], &added["known"]), (&json!(1), &json!(0)), "{added}");
    assert!(added["events"].as_u64().unwrap() >= 1);
    let again = drop("talks.txt", TALKS).json();
    assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(1)));
    // What was answered before the change is asked anew.
    let found = served.found("/api/v1/incidents?source=Wire");
    assert!(!found["rows"].as_array().unwrap().is_empty());

    let lines =
        "{\"id\":\"x\",\"date\":\"2031-04-03\",\"text\":\"Peru praised Ecuador.\"}\nnot json\n";
    let mixed = drop("two.jsonl", lines).json();
    assert_eq!(mixed["added"], json!(1));
    let failed = mixed["failed"][0].as_str().unwrap();
    assert!(failed.starts_with("two.jsonl, line 2"), "{failed}");

    let nothing = drop("x.txt", "\u{0}\u{1}\u{2}").json();
    assert_eq!((&nothing["added"], &nothing["known"]), (&json!(0), &json!(0)));
    assert!(nothing["failed"][0].as_str().unwrap().contains("binary"), "{nothing}");
    let long = format!("{}.txt", "%F0%9F%97%9E".repeat(190));
    assert_eq!(drop(&long, TALKS).json()["known"], json!(1));
    assert_eq!(drop("..%2Fx.txt", TALKS).status, 400);
    assert_eq!(drop("x.txt", "").status, 400);
    assert_eq!(drop("..", TALKS).status, 400);
}

#[test]
fn a_page_to_be_read_only_takes_nothing() {
    let folder = Folder::new();
    let record = folder.name("a.tidings");
    tidings(["add", &folder.with("a.txt", TALKS), "--record", &record]).exits(0);
    let served = Served::with(&record, &["--read-only"]);
    assert_eq!(served.found("/api/v1/record")["read_only"], json!(true));
    assert_eq!(served.ask("POST", "/api/v1/reports?name=a.txt", &[], TALKS).status, 403);
}

#[test]
fn new_incidents_are_told_of_as_they_enter() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let mut stream = TcpStream::connect(&served.host).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
    write!(stream, "GET /api/v1/stream HTTP/1.1\r\nHost: {}\r\n\r\n", served.host).unwrap();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("text/event-stream")));
    // Another process adds, once the stream has been looked at for the first time.
    std::thread::sleep(std::time::Duration::from_millis(2500));
    let record = folder.name("examples.tidings");
    tidings(["add", &folder.with("a.txt", TALKS), "--record", &record]).exits(0);
    assert!(lines.any(|line| line == "event: incident"));
    let mark: Value =
        serde_json::from_str(lines.next().unwrap().trim_start_matches("data: ")).unwrap();
    let id = mark["id"].as_str().unwrap();
    assert_eq!(served.found(&format!("/api/v1/incidents/{id}"))["incident"]["id"], mark["id"]);
}

#[test]
fn tension_is_that_of_the_command_line_and_opens_what_is_behind_it() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let record = folder.name("examples.tidings");
    let asked = ["--record", &record, "--dyad", "PER:ECU", "--mutual", "--by", "month"];
    let told = tidings(["tension", "--format", "json"].into_iter().chain(asked)).exits(0).json();
    let series = served.found("/api/v1/tension?dyad=PER:ECU&mutual=true&by=month");
    assert_eq!(series["points"], told[0]["points"]);
    for point in series["points"].as_array().unwrap() {
        let day = |name: &str| point[name].as_str().unwrap();
        let behind = served.found(&format!(
            "/api/v1/tension/incidents?dyad=PER:ECU&mutual=true&since={}&until={}",
            day("since"),
            day("until")
        ));
        assert_eq!(behind["incidents"], point["incidents"]);
        assert_eq!(behind["rows"].as_array().unwrap().len(), point["incidents"]);
    }
    let actor = served.found("/api/v1/tension?actor=PER&since=2031-03-01&until=2031-03-31");
    assert_eq!((&actor["by"], &actor["scope"]), (&json!("day"), &json!("PER")));
    let words = served.found("/api/v1/words?dyad=BLR:LVA&mutual=true&within=20");
    assert_eq!(words["within"], json!(20));
    assert!(!words["accounts"].as_array().unwrap().is_empty());
    for (wrong, status) in [
        ("tension?by=year", 400),
        ("tension?dyad=PER:ECU&actor=PER", 409),
        ("tension?dyad=ZZZ:ECU", 404),
        ("words?within=0", 400),
        ("words?within=400", 400),
        ("tension/incidents?limit=0", 400),
    ] {
        assert_eq!(served.get(&format!("/api/v1/{wrong}")).status, status, "{wrong}");
    }
    // What is added meanwhile is in the next answer.
    let before = series["incidents"].as_u64().unwrap();
    let text = "Date: 2031-04-04\nTitle: T\nSource: Wire\n\nPeru condemned Ecuador on Friday.\n";
    assert_eq!(served.ask("POST", "/api/v1/reports?name=a.txt", &[], text).status, 200);
    let series = served.found("/api/v1/tension?dyad=PER:ECU&mutual=true&by=month");
    assert_eq!(series["incidents"].as_u64().unwrap(), before + 1);
}

#[test]
fn dates_come_in_pages_too() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let whole = served.found("/api/v1/dates?on=2031-04-03");
    assert_eq!(whole["next"], Value::Null);
    let (mut found, mut after) = (Vec::new(), String::new());
    while found.len() < 100 {
        let page = served.found(&format!("/api/v1/dates?on=2031-04-03&limit=1{after}"));
        found.extend(page["dates"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert!(found.len() > 2);
    assert_eq!(Value::Array(found), whole["dates"]);
}

#[test]
fn what_is_too_large_is_refused() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let json = [("Content-Type", "application/json")];
    let long = json!({"by": "a".repeat(70_000), "change": {}}).to_string();
    let answer = served.ask("POST", "/api/v1/corrections", &json, &long);
    assert_eq!(answer.status, 413, "{}", answer.body);
    assert!(answer.headers.contains("application/problem+json"), "{}", answer.headers);
    for rows in ["incidents?limit=201", "dyads?limit=201", "dates?limit=201", "search?words="] {
        assert_eq!(served.get(&format!("/api/v1/{rows}")).status, 400, "{rows}");
    }
}

#[test]
fn claims_come_with_the_words_that_deny_them() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let claims = served.found("/api/v1/claims?status=denied");
    let grounds = claims["grounds"].as_array().unwrap();
    for claim in claims["rows"].as_array().unwrap() {
        let own: Vec<&Value> =
            grounds.iter().filter(|ground| ground["claim"] == claim["id"]).collect();
        assert!(own.iter().any(|ground| ground["kind"] == "denied"), "{claim}");
        let report =
            served.found(&format!("/api/v1/reports/{}", claim["report_uid"].as_str().unwrap()));
        for ground in own {
            assert!(report["text"].as_str().unwrap().contains(ground["words"].as_str().unwrap()));
        }
    }
}

#[test]
fn a_code_is_set_by_hand_and_signed() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let events = served.found("/api/v1/events?dyad=PER:ECU&event=ASSAULT&limit=1");
    let event = events["rows"][0]["id"].as_str().unwrap();
    let correct = |cameo: &str| {
        let change = json!({"kind": "code", "event": event, "cameo": cameo});
        let body = json!({"by": "Ana", "note": "a warning", "change": change}).to_string();
        served.ask("POST", "/api/v1/corrections", &[("Content-Type", "application/json")], &body)
    };
    assert_eq!((correct("9").status, correct("1x").status, correct("999").status), (400, 400, 404));
    assert_eq!(correct("138").status, 200);
    let now = served.found("/api/v1/events?dyad=PER:ECU&event=138");
    assert!(now["rows"].as_array().unwrap().iter().any(|row| row["id"] == event));
    let made = served.found("/api/v1/corrections");
    assert_eq!(
        (&made["rows"][0]["kind"], &made["rows"][0]["by"], &made["rows"][0]["value"]),
        (&json!("code"), &json!("Ana"), &json!("THREATEN 138"))
    );
}

#[test]
fn every_condition_finds_the_incidents_that_fit_it() {
    let folder = Folder::new();
    let served = Served::examples(&folder);
    let all = served.found("/api/v1/incidents?limit=200");
    let all = all["rows"].as_array().unwrap();
    let holds = |row: &Value, name: &str, wanted: &str| match &row[name] {
        Value::Array(all) => all.iter().any(|one| one == wanted),
        one => one == wanted,
    };
    let since =
        |row: &Value| row["since"].as_str().or(row["first_report"].as_str()).map(str::to_string);
    let until =
        |row: &Value| row["until"].as_str().or(row["last_report"].as_str()).map(str::to_string);
    type Fits<'f> = Box<dyn Fn(&Value) -> bool + 'f>;
    let conditions: [(&str, Fits); 7] = [
        ("event=ASSAULT", Box::new(|row| holds(row, "event", "ASSAULT"))),
        ("event=19", Box::new(|row| row["cameo"].as_str().unwrap().starts_with("19"))),
        ("status=reported", Box::new(|row| holds(row, "status", "reported"))),
        ("place=tumbes", Box::new(|row| holds(row, "place", "Tumbes"))),
        ("place=PER", Box::new(|row| holds(row, "place_country", "PER"))),
        ("since=2031-05-20", Box::new(|row| until(row).unwrap().as_str() >= "2031-05-20")),
        ("until=2031-08-01", Box::new(|row| since(row).unwrap().as_str() <= "2031-08-01")),
    ];
    let ids = |rows: &[Value]| {
        let mut ids: Vec<String> = rows.iter().map(|row| row["id"].to_string()).collect();
        ids.sort();
        ids
    };
    for (one, fits) in &conditions {
        for (other, fits_too) in &conditions {
            if one.split('=').next() == other.split('=').next() && one != other {
                continue;
            }
            let query = if one == other { (*one).to_string() } else { format!("{one}&{other}") };
            for order in ["newest", "oldest"] {
                let found =
                    served.found(&format!("/api/v1/incidents?{query}&order={order}&limit=200"));
                let wanted: Vec<Value> =
                    all.iter().filter(|row| fits(row) && fits_too(row)).cloned().collect();
                assert_eq!(ids(found["rows"].as_array().unwrap()), ids(&wanted), "{query}");
            }
        }
    }
    // What is told of events is found by any of them, together with what is told of the incident.
    for (query, least) in [
        ("dyad=PER:&event=ASSAULT", 1),
        ("dyad=:ECU&since=2031-03-01", 1),
        ("actor=Quispe&place=PER", 0),
        ("words=boat&dyad=PER:ECU", 1),
        ("words=boat&event=ASSAULT&since=2031-03-01&until=2031-03-31", 1),
        ("source=andean press service&actor=PER", 1),
    ] {
        let found = served.found(&format!("/api/v1/incidents?{}", query.replace(' ', "%20")));
        assert!(found["rows"].as_array().unwrap().len() >= least, "{query}: {found}");
    }
}
