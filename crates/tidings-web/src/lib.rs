//! The page of Tidings and its JSON API, over one record.
//!
//! In goes the name of a record and where to listen; out comes a server: the page under `/`, the API under
//! `/api/v1` as `docs/openapi.json` describes it. It reads through connections that cannot write. What it
//! cannot do itself, to read and code reports, to watch dates and to read codes, it is handed as a [`Desk`]: this
//! crate knows neither the command line nor how anything is read or coded.
//!
//! ```no_run
//! # async fn serve(desk: std::sync::Arc<dyn tidings_web::Desk>) -> Result<(), tidings_web::Error> {
//! let settings = tidings_web::Settings::new("gulf.tidings");
//! let server = tidings_web::Server::bind(settings, desk).await?;
//! println!("{}", server.address());
//! server.run(std::future::pending()).await?;
//! # Ok(())
//! # }
//! ```

mod api;
mod cache;
mod guard;
mod happened;
mod page;
mod pool;
mod problem;
mod server;

pub use api::ROUTES;
pub use server::{Error, Server, Settings};

use tidings_record::Record;
use tidings_record::questions::{Act, Filter};

/// What the page needs and this crate does not know: to read and code reports, to watch dates, and what a code means.
pub trait Desk: Send + Sync {
    /// Reads, codes and keeps the reports of one file. `date` is that of reports that bear none; `progress` is
    /// told how many are done.
    ///
    /// # Errors
    /// In plain words, if the record could not be written.
    fn add(
        &self,
        name: &str,
        date: Option<jiff::civil::Date>,
        bytes: Vec<u8>,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Added, String>;

    /// The dates to watch that fit, as one looks at them on a day.
    ///
    /// # Errors
    /// If the record cannot be read.
    fn dates(
        &self,
        record: &Record,
        filter: &Filter,
        on: jiff::civil::Date,
    ) -> Result<Vec<DateAhead>, tidings_record::Error>;

    /// The act of a CAMEO code of two to four digits; none if there is no such code.
    fn act(&self, cameo: &str) -> Option<Act>;
}

/// A date that somebody set, and how it stands.
#[derive(Debug, Clone, serde::Serialize)]
#[allow(missing_docs)]
pub struct DateAhead {
    pub id: String,
    pub since: Option<String>,
    pub until: Option<String>,
    /// Below zero when it has passed.
    pub days_left: Option<i64>,
    /// `deadline`, `meeting`, `vote`, `hearing`, `expiry`, `plan` or `condition`.
    pub kind: String,
    /// `open`, `met`, `missed` or `unclear`.
    pub state: String,
    pub set_by: Vec<String>,
    pub parties: Vec<String>,
    /// What it is for, in the words of its earliest telling.
    pub what: String,
    pub condition: Option<String>,
    pub according_to: Vec<String>,
    /// Independent publishers.
    pub sources: usize,
    /// The sentences that tell of it.
    pub told: Vec<Sentence>,
    /// The sentences that say that it was met, and that it was missed.
    pub met_by: Vec<Sentence>,
    pub missed_by: Vec<Sentence>,
}

/// A sentence and where it stands.
#[derive(Debug, Clone, serde::Serialize)]
#[allow(missing_docs)]
pub struct Sentence {
    pub report: String,
    pub report_uid: String,
    pub published: Option<String>,
    pub publisher: Option<String>,
    pub sentence: i64,
    pub text: String,
}

/// What became of the reports of a file.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Added {
    /// New in the record, copies and versions among them.
    pub added: usize,
    /// Of these, copies of others.
    pub copies: usize,
    /// Of these, other versions of reports.
    pub versions: usize,
    /// In the record already.
    pub known: usize,
    /// Events of those that are new.
    pub events: usize,
    /// What could not be read, each with its reason and the remedy.
    pub failed: Vec<String>,
}
