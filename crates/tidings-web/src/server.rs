//! Listening, and what all requests share.

use crate::cache::Cache;
use crate::guard::Guard;
use crate::happened::Happened;
use crate::pool::Pool;
use crate::{Desk, api, guard, page};
use axum::Router;
use axum::middleware;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::broadcast;

/// What is served, where, and to whom.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The record, made by `tidings add`.
    pub record: PathBuf,
    /// Where to listen; loopback unless a token is set.
    pub address: SocketAddr,
    /// What every caller must show.
    pub token: Option<String>,
    /// Whether nothing may be changed from the page.
    pub read_only: bool,
    /// How long a question to the record may take.
    pub patience: Duration,
}

impl Settings {
    /// The record on a free port of the loopback address.
    pub fn new(record: impl Into<PathBuf>) -> Settings {
        Settings {
            record: record.into(),
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            token: None,
            read_only: false,
            patience: Duration::from_secs(10),
        }
    }
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The record cannot be used.
    #[error(transparent)]
    Record(#[from] tidings_record::Error),
    /// Nobody can listen there.
    #[error("{0}: cannot listen there ({1}); name another address or --port")]
    Listen(SocketAddr, std::io::Error),
    /// Whoever can reach the address could read the record.
    #[error(
        "{0} can be reached from other machines; give --token, a secret that every caller must show, or listen on 127.0.0.1"
    )]
    Open(SocketAddr),
    /// The token is too easily guessed.
    #[error(
        "the token is too weak; take at least 16 letters, digits, - and _, of which nobody can guess any"
    )]
    Token,
}

/// What all requests share.
pub(crate) struct Shared {
    pub pool: Pool,
    pub cache: Cache,
    pub happened: Happened,
    pub desk: Arc<dyn Desk>,
    /// Where what is corrected is written.
    pub record: PathBuf,
    pub read_only: bool,
    /// News to whoever listens: `event: data` of server-sent events.
    pub news: broadcast::Sender<api::stream::News>,
    /// One report is added at a time.
    pub adding: tokio::sync::Mutex<()>,
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    router: Router,
    shared: Arc<Shared>,
    address: SocketAddr,
}

impl Server {
    /// Opens the record and listens.
    ///
    /// # Errors
    /// If the record cannot be used, or nobody can listen at the address.
    pub async fn bind(settings: Settings, desk: Arc<dyn Desk>) -> Result<Server, Error> {
        let Settings { record, address, token, read_only, patience } = settings;
        if token.is_none() && !address.ip().is_loopback() {
            return Err(Error::Open(address));
        }
        // Characters that a cookie and an address can hold as they are.
        let fit = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if token.as_ref().is_some_and(|token| token.len() < 16 || !token.chars().all(fit)) {
            return Err(Error::Token);
        }
        let pool = Pool::open(&record, patience)?;
        let cache = Cache::open(&record)?;
        let listener =
            TcpListener::bind(address).await.map_err(|error| Error::Listen(address, error))?;
        let address = listener.local_addr().map_err(|error| Error::Listen(address, error))?;
        let (news, _) = broadcast::channel(64);
        let shared = Arc::new(Shared {
            pool,
            cache,
            happened: Happened::new(record.clone()),
            desk,
            record,
            read_only,
            news,
            adding: tokio::sync::Mutex::new(()),
        });
        let guard = Arc::new(Guard::new(token));
        let router = api::routes()
            .merge(page::routes())
            .fallback(api::nowhere)
            .layer(middleware::from_fn_with_state(guard, guard::check))
            .with_state(Arc::clone(&shared));
        Ok(Server { listener, router, shared, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done.
    ///
    /// # Errors
    /// If the address can be listened at no longer.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), Error> {
        let Server { listener, router, shared, address } = self;
        let watching = tokio::spawn(api::stream::watch(shared));
        // Streams never end by themselves: when told to stop, leave at once.
        let served = tokio::select! {
            served = axum::serve(listener, router) => served,
            () = stop => Ok(()),
        };
        watching.abort();
        served.map_err(|error| Error::Listen(address, error))
    }
}
