//! The page of Tidings and its JSON API, over one record.
//!
//! In goes the name of a record and where to listen; out comes a server: the page under `/`, the API under
//! `/api/v1` as `docs/openapi.json` describes it. It reads through connections that cannot write. What it
//! cannot do itself, to read and code a report that is dropped on the page, it is handed as an [`Adder`]: this
//! crate knows neither the command line nor how anything is read or coded.
//!
//! ```no_run
//! # async fn serve() -> Result<(), tidings_web::Error> {
//! let settings = tidings_web::Settings::new("gulf.tidings");
//! let server = tidings_web::Server::bind(settings, None).await?;
//! println!("{}", server.address());
//! server.run(std::future::pending()).await?;
//! # Ok(())
//! # }
//! ```

mod api;
mod cache;
mod guard;
mod page;
mod pool;
mod problem;
mod server;

pub use api::ROUTES;
pub use server::{Error, Server, Settings};

/// Adds what is dropped on the page to the record.
pub trait Adder: Send + Sync {
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
