//! The files of the page: built from `web/`, kept in `page/`, inside the program.

use crate::server::Shared;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;

/// The page itself. It reads from the address which view is wanted.
const PAGE: &[u8] = include_bytes!("../page/index.html");

/// The addresses of its views.
const VIEWS: [&str; 11] = [
    "/",
    "/incidents",
    "/incidents/{id}",
    "/actors",
    "/actors/{name}",
    "/dyads",
    "/dyads/{dyad}",
    "/claims",
    "/reports/{id}",
    "/search",
    "/dates",
];

/// What it loads: name, type, content.
const FILES: [(&str, &str, &[u8]); 5] = [
    ("/page.js", "text/javascript; charset=utf-8", include_bytes!("../page/page.js")),
    ("/page.css", "text/css; charset=utf-8", include_bytes!("../page/page.css")),
    ("/icon.svg", "image/svg+xml", include_bytes!("../page/icon.svg")),
    ("/world-110m.json", "application/json", include_bytes!("../page/world-110m.json")),
    ("/world-50m.json", "application/json", include_bytes!("../page/world-50m.json")),
];

pub(crate) fn routes() -> Router<Arc<Shared>> {
    let page = get(|| async { file("text/html; charset=utf-8", PAGE) });
    let views = VIEWS.iter().fold(Router::new(), |all, view| all.route(view, page.clone()));
    FILES.iter().fold(views, |page, &(name, kind, content)| {
        page.route(name, get(move || async move { file(kind, content) }))
    })
}

fn file(kind: &'static str, content: &'static [u8]) -> Response {
    ([(header::CONTENT_TYPE, kind)], content).into_response()
}
