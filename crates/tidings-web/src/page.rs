//! The files of the page: built from `web/`, kept in `page/`, inside the program.

use crate::server::Shared;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
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
    let page = File::new("text/html; charset=utf-8", PAGE);
    let view = get(move |headers: HeaderMap| {
        let answer = page.answer(&headers);
        async move { answer }
    });
    let views = VIEWS.iter().fold(Router::new(), |all, path| all.route(path, view.clone()));
    FILES.iter().fold(views, |page, &(name, kind, content)| {
        let file = File::new(kind, content);
        page.route(
            name,
            get(move |headers: HeaderMap| {
                let answer = file.answer(&headers);
                async move { answer }
            }),
        )
    })
}

/// A file as it is sent.
#[derive(Clone)]
struct File {
    kind: &'static str,
    plain: &'static [u8],
    /// The same in gzip, made once.
    packed: Bytes,
}

impl File {
    fn new(kind: &'static str, plain: &'static [u8]) -> File {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        // Writing to memory does not fail; were it to, the file would go as it is.
        let packed = packed.write_all(plain).and_then(|()| packed.finish()).unwrap_or_default();
        File { kind, plain, packed: packed.into() }
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let kind = (header::CONTENT_TYPE, self.kind);
        let vary = (header::VARY, "accept-encoding");
        let taken = headers.get(header::ACCEPT_ENCODING).and_then(|taken| taken.to_str().ok());
        let takes = taken.is_some_and(|taken| {
            taken.split(',').any(|one| one.trim().eq_ignore_ascii_case("gzip"))
        });
        if takes && !self.packed.is_empty() {
            let gzip = (header::CONTENT_ENCODING, "gzip");
            return ([kind, vary, gzip], self.packed.clone()).into_response();
        }
        ([kind, vary], self.plain).into_response()
    }
}
