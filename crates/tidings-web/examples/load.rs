//! How long filtered incidents take when many ask at once, and never the same twice:
//! `cargo run --release -p tidings-web --example load -- large.tidings [CLIENTS [SECONDS]]`.
//!
//! `cargo bench -p tidings --bench record -- large.tidings` makes a record of 100,000 reports. Conditions are drawn from
//! the record itself, one to three of them and mostly some days; each client asks one question after the other over a
//! connection of its own, with no pause between them. Server and clients share the cores of this machine.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tidings_record::Record;
use tidings_record::questions::{Act, Filter, Slice, Subject, Value};
use tidings_web::{Added, DateAhead, Desk, Server, Settings};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Distinct questions at most; the run ends when they are used up.
const QUESTIONS: usize = 200_000;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, clients, seconds) = match arguments.as_slice() {
        [file] => (file, 50, 20),
        [file, clients] => (file, clients.parse()?, 20),
        [file, clients, seconds] => (file, clients.parse()?, seconds.parse()?),
        _ => return Err("call it with RECORD [CLIENTS [SECONDS]]".into()),
    };
    let questions = Questions::of(&Record::open_to_read(Path::new(file))?)?.take(QUESTIONS);
    println!("{} distinct questions", questions.len());
    let runtime = tokio::runtime::Runtime::new()?;
    let server = runtime.block_on(Server::bind(Settings::new(file), Arc::new(Idle)))?;
    let address = server.address();
    runtime.spawn(server.run(std::future::pending()));
    // Pages of the file and threads come up before the watch is started.
    ask_all(address, &questions[..questions.len() / 100], clients, Duration::from_secs(3))?;
    let fresh = &questions[questions.len() / 100..];
    let taken = ask_all(address, fresh, clients, Duration::from_secs(seconds))?;
    tell(&taken, seconds);
    runtime.shutdown_background();
    Ok(())
}

/// A question: what kind it is, and its address.
struct Question {
    kind: &'static str,
    path: String,
}

/// What conditions are drawn from.
struct Questions {
    countries: Vec<String>,
    names: Vec<String>,
    places: Vec<String>,
    types: Vec<String>,
    statuses: Vec<String>,
    publishers: Vec<String>,
    words: Vec<String>,
    first: jiff::civil::Date,
    days: usize,
    seed: u64,
}

impl Questions {
    fn of(record: &Record) -> Result<Questions, Failure> {
        let slice = Slice { limit: 3_000, ..Slice::default() };
        let column = |subject: Subject, name: &str| -> Result<Vec<String>, Failure> {
            let at = subject.columns().position(|column| column == name).unwrap_or_default();
            let rows = record.page(subject, &Filter::default(), &slice)?.rows;
            let mut found: Vec<String> = rows
                .into_iter()
                .flat_map(|mut row| match row.swap_remove(at) {
                    Value::Text(text) => vec![text],
                    Value::List(texts) => texts,
                    _ => Vec::new(),
                })
                .collect();
            found.sort();
            found.dedup();
            Ok(found)
        };
        let texts = column(Subject::Events, "text")?;
        let mut words: Vec<String> = texts
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
            .filter(|word| word.len() > 4)
            .map(str::to_lowercase)
            .collect();
        words.sort();
        words.dedup();
        let extent = record.extent()?;
        let day = |day: Option<String>| day.and_then(|day| day.parse().ok());
        let first: jiff::civil::Date = day(extent.first_report).ok_or("the record has no days")?;
        let last: jiff::civil::Date = day(extent.last_report).ok_or("the record has no days")?;
        Ok(Questions {
            countries: column(Subject::Incidents, "source_country")?,
            names: column(Subject::Incidents, "source")?,
            places: column(Subject::Incidents, "place")?,
            types: column(Subject::Incidents, "event")?,
            statuses: column(Subject::Incidents, "status")?,
            publishers: column(Subject::Events, "publisher")?,
            words,
            first,
            days: usize::try_from(first.until(last)?.get_days())?.max(1),
            seed: 1,
        })
    }

    fn take(mut self, most: usize) -> Vec<Question> {
        let mut known = HashSet::new();
        let mut found = Vec::new();
        for _ in 0..most * 2 {
            let question = self.next();
            if found.len() < most && known.insert(question.path.clone()) {
                found.push(question);
            }
        }
        found
    }

    fn next(&mut self) -> Question {
        let c = [(); 2].map(|()| self.any(|all| &all.countries));
        let (kind, mut conditions) = match self.below(12) {
            0 | 1 => ("dyad", format!("dyad={}:{}", c[0], c[1])),
            2 => ("one side", format!("dyad={}:", c[0])),
            3 | 4 => ("country", format!("actor={}", c[0])),
            5 => ("name", format!("actor={}", self.any(|all| &all.names))),
            6 => ("country of the place", format!("place={}", c[0])),
            7 => ("place", format!("place={}", self.any(|all| &all.places))),
            8 => ("publisher", format!("source={}", self.any(|all| &all.publishers))),
            9 => ("words", format!("words={}", self.any(|all| &all.words))),
            _ => ("days", String::new()),
        };
        if self.below(2) == 0 {
            conditions += &format!("&event={}", self.any(|all| &all.types));
        }
        if self.below(4) == 0 {
            conditions += &format!("&status={}", self.any(|all| &all.statuses));
        }
        if kind != "publisher" && self.below(10) == 0 {
            conditions += &format!("&source={}", self.any(|all| &all.publishers));
        }
        if kind == "days" || self.below(4) > 0 {
            let begin = self.below(self.days);
            let end = begin + self.below(90);
            let day = |after: usize| {
                self.first.saturating_add(jiff::Span::new().days(after.min(7_000) as i64))
            };
            conditions += &format!("&since={}&until={}", day(begin), day(end));
        }
        let path = format!("/api/v1/incidents?{}", encoded(conditions.trim_start_matches('&')));
        Question { kind, path }
    }

    fn any(&mut self, of: impl Fn(&Questions) -> &Vec<String>) -> String {
        let at = self.below(of(self).len());
        of(self).get(at).cloned().unwrap_or_default()
    }

    /// SplitMix64.
    fn below(&mut self, end: usize) -> usize {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}

fn encoded(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~=&:".contains(&byte);
    text.bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

type Taken<'q> = Vec<(&'q Question, Duration)>;

/// Each client asks a share of the questions, until they or the time are over.
fn ask_all(
    address: SocketAddr,
    questions: &[Question],
    clients: usize,
    time: Duration,
) -> Result<Taken<'_>, Failure> {
    let end = Instant::now() + time;
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..clients)
            .map(|client| {
                let own = questions.iter().skip(client).step_by(clients.max(1));
                scope.spawn(move || ask(address, own, end))
            })
            .collect();
        let mut all = Vec::new();
        for client in asking {
            all.extend(client.join().map_err(|_| "a client broke off")??);
        }
        Ok(all)
    })
}

fn ask<'q>(
    address: SocketAddr,
    questions: impl Iterator<Item = &'q Question>,
    end: Instant,
) -> Result<Taken<'q>, Failure> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let mut taken = Vec::new();
    let (mut line, mut body) = (String::new(), Vec::new());
    for question in questions.take_while(|_| Instant::now() < end) {
        let begun = Instant::now();
        let request = format!("GET {} HTTP/1.1\r\nHost: {address}\r\n\r\n", question.path);
        stream.write_all(request.as_bytes())?;
        let mut length = 0;
        loop {
            line.clear();
            answers.read_line(&mut line)?;
            if line.starts_with("HTTP/") && !line.contains(" 200 ") {
                return Err(format!("{}: {line}", question.path).into());
            }
            if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = told.trim().parse()?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        body.resize(length, 0);
        answers.read_exact(&mut body)?;
        taken.push((question, begun.elapsed()));
    }
    Ok(taken)
}

fn tell(taken: &Taken, seconds: u64) {
    let mut kinds: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for (question, time) in taken {
        kinds.entry(question.kind).or_default().push(*time);
        kinds.entry("all").or_default().push(*time);
    }
    println!("{} answers, {} a second", taken.len(), taken.len() as u64 / seconds.max(1));
    let mut slowest: Vec<_> = taken.iter().collect();
    slowest.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    for (question, time) in slowest.into_iter().take(5) {
        println!("{:.0} ms: {}", time.as_secs_f64() * 1000.0, question.path);
    }
    for (kind, mut times) in kinds {
        times.sort_unstable();
        let at = |share: usize| {
            let time = times.get((times.len() - 1) * share / 100);
            time.map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        let (p50, p90, p99, most) = (at(50), at(90), at(99), at(100));
        println!("{kind:21} p50 {p50:6.1}  p90 {p90:6.1}  p99 {p99:6.1}  longest {most:6.1} ms");
    }
}

/// Nothing is added or corrected here.
struct Idle;

impl Desk for Idle {
    fn add(
        &self,
        _: &str,
        _: Option<jiff::civil::Date>,
        _: Vec<u8>,
        _: &mut dyn FnMut(usize),
    ) -> Result<Added, String> {
        Err("nothing is added here".to_string())
    }

    fn dates(
        &self,
        _: &Record,
        _: &Filter,
        _: jiff::civil::Date,
    ) -> Result<Vec<DateAhead>, tidings_record::Error> {
        Ok(Vec::new())
    }

    fn act(&self, _: &str) -> Option<Act> {
        None
    }
}
