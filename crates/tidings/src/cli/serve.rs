//! `tidings serve`: the page of a record, and its JSON API.

use super::output::{Output, Problem};
use clap::Args;
use jiff::civil::Date;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use tidings::Desk;
use tidings::adding::{self, Count, Notice};
use tidings::deadlines::{self, Deadline};
use tidings::record::questions::deadlines::{Party, Stands};
use tidings::record::questions::{Act, Filter};
use tidings::record::{Error, Record};
use tidings::report::{Options, read};
use tidings_web::{Added, DateAhead, Sentence, Server, Settings};

pub(super) const HELP: &str = "\
Examples:
  tidings serve --record kosovo.tidings
  TIDINGS_TOKEN=$(openssl rand -hex 24) tidings serve --record kosovo.tidings --bind 0.0.0.0

The page needs no network. It listens on 127.0.0.1 only; other addresses need a token, which every
caller must show: open http://ADDRESS/?token=TOKEN once. Ctrl-C ends it.";

/// What is served and where.
#[derive(Debug, Args)]
pub(super) struct Page {
    /// The record that `tidings add` made
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Port to listen on; 0 for any that is free
    #[arg(long, default_value_t = 8017)]
    port: u16,
    /// Address to listen on; others than loopback need a token
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Secret that every caller must show; better given as TIDINGS_TOKEN, which no list of processes shows
    #[arg(long)]
    token: Option<String>,
    /// Let nothing be added or corrected from the page
    #[arg(long)]
    read_only: bool,
}

pub(super) fn run(page: Page) -> Result<ExitCode, Problem> {
    let token = page.token.or_else(|| std::env::var("TIDINGS_TOKEN").ok());
    let mut settings = Settings::new(&page.record);
    settings.address = SocketAddr::new(page.bind, page.port);
    settings.token = token.filter(|token| !token.is_empty());
    settings.read_only = page.read_only;
    let desk = Arc::new(Behind { record: page.record, desk: OnceLock::new() });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| tidings_web::Error::Listen(settings.address, error))?;
    runtime.block_on(async {
        let server = Server::bind(settings, desk).await?;
        let mut out = Output::stdout();
        // Whoever started it may have gone away; the page is there all the same.
        let _ = out.write(format!("http://{}/\n", server.address()).as_bytes());
        server.run(stopped()).await
    })?;
    // What is still being added is in the record up to its last whole batch.
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
}

/// Done when the user, or whoever runs the program, wants it to end.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut end) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = end.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// What the page needs of the rest of the program.
struct Behind {
    record: PathBuf,
    /// The models, opened with the first file.
    desk: OnceLock<Desk>,
}

impl tidings_web::Desk for Behind {
    fn add(
        &self,
        name: &str,
        date: Option<Date>,
        bytes: Vec<u8>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Added, String> {
        // A file, for its name tells in what form the reports are.
        let unkept = |error: std::io::Error| format!("the file cannot be kept aside ({error})");
        let folder = tempfile::tempdir().map_err(unkept)?;
        // Systems count bytes; the end of a name says more than its beginning.
        let end = name.char_indices().map(|(at, _)| at).find(|at| name.len() - at <= 200);
        let file = folder.path().join(name.get(end.unwrap_or(0)..).unwrap_or(name));
        std::fs::write(&file, bytes).map_err(unkept)?;
        let desk = self.desk.get_or_init(Desk::open);
        let options = Options { date, ..Options::default() };
        let (mut failed, mut done) = (Vec::new(), 0);
        let count = adding::add(read([&file], options), (desk, None), &self.record, |told| {
            match told {
                Notice::Done => {
                    done += 1;
                    progress(done);
                }
                Notice::Failed(failure) => {
                    // The folder aside is nothing to the user.
                    let aside = format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR);
                    failed.push(failure.to_string().replace(&aside, ""));
                }
                Notice::Waiting | Notice::Kept(_) => {}
            }
        });
        let Count { added, copies, versions, events, known, .. } =
            count.map_err(|error| error.problem.to_string())?;
        Ok(Added { added, copies, versions, known, events, failed })
    }

    fn dates(&self, record: &Record, filter: &Filter, on: Date) -> Result<Vec<DateAhead>, Error> {
        let question = deadlines::Question { filter: filter.clone(), on };
        Ok(deadlines::of(record, &question)?.iter().map(ahead).collect())
    }

    fn act(&self, cameo: &str) -> Option<Act> {
        super::correct::action(cameo)
    }
}

fn ahead(date: &Deadline) -> DateAhead {
    let names = |of: &[Party]| of.iter().map(|party| party.name.clone()).collect();
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let sentence = |stands: &Stands| Sentence {
        report: stands.report.clone(),
        report_uid: stands.report_uid.clone(),
        published: day(stands.published),
        publisher: stands.publisher.clone(),
        sentence: stands.sentence,
        text: stands.text.clone(),
    };
    let grounds = |met: bool| {
        let of = date.grounds.iter().filter(|ground| ground.met == met);
        of.map(|ground| sentence(&ground.stands)).collect()
    };
    DateAhead {
        id: date.id.clone(),
        since: day(date.since),
        until: day(date.until),
        days_left: date.days_left,
        kind: date.kind.name().to_string(),
        state: date.state.name().to_string(),
        set_by: names(&date.set_by),
        parties: names(&date.parties),
        what: date.what.clone(),
        condition: date.condition.clone(),
        according_to: names(&date.according_to),
        sources: date.sources,
        told: date.told.iter().map(sentence).collect(),
        met_by: grounds(true),
        missed_by: grounds(false),
    }
}
