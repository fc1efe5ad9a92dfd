//! The JSON API: `/api/v1`, described in `docs/openapi.json`.

mod add;
mod correct;
mod lists;
mod question;
pub(crate) mod stream;
mod tension;
mod wholes;

use crate::problem::Problem;
use crate::server::Shared;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;
use std::sync::Arc;
use tidings_record::Record;

/// Every method and path of the API, as the description names them.
pub const ROUTES: [(&str, &str); 21] = [
    ("get", "/api/v1/record"),
    ("get", "/api/v1/overview"),
    ("get", "/api/v1/incidents"),
    ("get", "/api/v1/incidents/{id}"),
    ("get", "/api/v1/events"),
    ("get", "/api/v1/claims"),
    ("get", "/api/v1/actors"),
    ("get", "/api/v1/actors/{name}"),
    ("get", "/api/v1/dyads"),
    ("get", "/api/v1/dyads/{dyad}"),
    ("get", "/api/v1/tension"),
    ("get", "/api/v1/tension/incidents"),
    ("get", "/api/v1/words"),
    ("get", "/api/v1/dates"),
    ("get", "/api/v1/reports/{id}"),
    ("get", "/api/v1/search"),
    ("get", "/api/v1/stream"),
    ("get", "/api/v1/openapi.json"),
    ("get", "/api/v1/corrections"),
    ("post", "/api/v1/corrections"),
    ("post", "/api/v1/reports"),
];

/// The largest file that may be dropped on the page, and the largest of any other request.
const LARGEST_FILE: usize = 64 << 20;
const LARGEST: usize = 64 << 10;

const DESCRIPTION: &str = include_str!("../../../../docs/openapi.json");

pub(crate) fn routes() -> Router<Arc<Shared>> {
    let v1 = Router::new()
        .route("/record", get(wholes::record))
        .route("/overview", get(wholes::overview))
        .route("/incidents", get(lists::incidents))
        .route("/incidents/{id}", get(wholes::incident))
        .route("/events", get(lists::events))
        .route("/claims", get(lists::claims))
        .route("/actors", get(lists::actors))
        .route("/actors/{name}", get(wholes::actor))
        .route("/dyads", get(wholes::dyads))
        .route("/dyads/{dyad}", get(wholes::dyad))
        .route("/tension", get(tension::series))
        .route("/tension/incidents", get(tension::behind))
        .route("/words", get(tension::words))
        .route("/dates", get(wholes::dates))
        .route("/reports/{id}", get(wholes::report))
        .route("/search", get(wholes::search))
        .route("/stream", get(stream::open))
        .route("/corrections", get(correct::list).post(correct::correct))
        .route("/openapi.json", get(description))
        .layer(DefaultBodyLimit::max(LARGEST))
        .route("/reports", post(add::add).layer(DefaultBodyLimit::max(LARGEST_FILE)))
        .method_not_allowed_fallback(not_so);
    Router::new().nest("/api/v1", v1)
}

async fn description() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION).into_response()
}

pub(crate) async fn nowhere(uri: Uri) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("there is nothing at {}", uri.path()))
}

async fn not_so() -> Problem {
    let detail = "this address takes another method; see /api/v1/openapi.json";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
}

/// What most requests are: a question to the record, whose answer holds until the record changes.
async fn answer<T: Serialize + Send + 'static>(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    question: impl FnOnce(&Record) -> Result<T, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let address = address(&uri);
    let (state, known) = shared.cache.look(&address);
    if let Some(known) = known {
        return Ok(json(known));
    }
    let found = shared.pool.ask(move |record| written(&question(record)?)).await?;
    shared.cache.keep(state, address, found.clone());
    Ok(json(found))
}

/// The answer to a request that was made before, as long as the record is as it was.
fn known(shared: &Shared, uri: &Uri) -> Option<Response> {
    shared.cache.look(&address(uri)).1.map(json)
}

fn address(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(String::new, ToString::to_string)
}

fn written(answer: &impl Serialize) -> Result<Bytes, Problem> {
    let written = serde_json::to_vec(answer);
    written.map(Bytes::from).map_err(|error| Problem::broken(&error.to_string()))
}

fn json(body: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
