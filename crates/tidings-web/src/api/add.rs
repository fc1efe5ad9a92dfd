//! A file dropped on the page.

use super::question::Parameters;
use super::stream::News;
use super::{json, written};
use crate::problem::Problem;
use crate::server::Shared;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often it is told how many reports are done.
const EVERY: Duration = Duration::from_millis(200);

/// The longest name of a file.
const LONGEST: usize = 200;

pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let mut asked = Parameters::of(&uri)?;
    let (name, date) = (asked.one("name")?, asked.day("date")?);
    asked.end()?;
    let name = name.ok_or_else(|| Problem::wrong("name: say what the file is called"))?;
    if name.contains(['/', '\\']) || name.starts_with('.') || name.chars().count() > LONGEST {
        let detail =
            "name: the name of the file without that of its folder, of at most 200 characters";
        return Err(Problem::wrong(detail));
    }
    let body = body.map_err(|error| Problem::new(error.status(), error.body_text()))?;
    if body.is_empty() {
        return Err(Problem::wrong("the file is empty"));
    }
    if shared.read_only {
        return Err(Problem::new(StatusCode::FORBIDDEN, "this page is served to be read only"));
    }
    let desk = Arc::clone(&shared.desk);
    // One after the other: each works on all cores by itself.
    let _turn = shared.adding.lock().await;
    let news = shared.news.clone();
    let added = tokio::task::spawn_blocking(move || {
        let mut told = Instant::now();
        desk.add(&name, date, body.into(), &mut |done| {
            if told.elapsed() >= EVERY {
                told = Instant::now();
                let _ = news.send(News::new("progress", &json!({ "name": name, "done": done })));
            }
        })
    });
    let added = added.await.map_err(|broken| Problem::broken(&broken.to_string()))?;
    let added =
        added.map_err(|problem| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, problem))?;
    Ok(json(written(&added)?))
}
