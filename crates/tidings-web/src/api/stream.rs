//! Server-sent events: new incidents as they enter the record, and how far a dropped file is.

use crate::problem::Problem;
use crate::server::Shared;
use axum::extract::State;
use axum::http::Uri;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// How often the record is looked at for what other processes add.
const EVERY: Duration = Duration::from_secs(1);
/// The most new incidents told of at once.
const AT_ONCE: usize = 50;

/// What happened, for whoever listens.
#[derive(Debug, Clone)]
pub(crate) struct News {
    event: &'static str,
    data: String,
}

impl News {
    pub fn new(event: &'static str, data: &impl Serialize) -> News {
        News { event, data: serde_json::to_string(data).unwrap_or_default() }
    }
}

pub(super) async fn open(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    super::question::Parameters::of(&uri)?.end()?;
    let news = stream::unfold(shared.news.subscribe(), |mut news| async move {
        loop {
            match news.recv().await {
                Ok(News { event, data }) => {
                    return Some((Ok(Event::default().event(event).data(data)), news));
                }
                // Whoever listens too slowly misses some; the page asks anew after each.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Ok(Sse::new(news).keep_alive(KeepAlive::default()))
}

/// Tells of new incidents as long as the server runs.
pub(crate) async fn watch(shared: Arc<Shared>) {
    let (mut last, mut state) = (None, None);
    let mut clock = tokio::time::interval(EVERY);
    loop {
        clock.tick().await;
        if shared.news.receiver_count() == 0 {
            // Nobody listens: what comes in now is on the page when it is opened.
            (last, state) = (None, None);
            continue;
        }
        let now = shared.cache.state();
        if state == Some(now) {
            continue;
        }
        let after = last.unwrap_or(i64::MAX);
        let entered =
            shared.pool.ask(move |record| Ok(record.entered_after(after, AT_ONCE)?)).await;
        let Ok((newest, marks)) = entered else { continue };
        if state.is_some() {
            let _ = shared.news.send(News::new("changed", &serde_json::json!({})));
        }
        for mark in marks.iter().rev() {
            let _ = shared.news.send(News::new("incident", mark));
        }
        (last, state) = (Some(newest), Some(now));
    }
}
