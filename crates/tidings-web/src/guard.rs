//! Who may ask, and what the browser may do with the answer.
//!
//! The page holds the words of strangers and listens on the user's own machine. Against a website that reaches
//! for it from the same browser: the `Host` must be a name of this machine (DNS rebinding), the `Origin` and
//! `Sec-Fetch-Site` must be its own (cross-site requests). Against the words themselves: a content security
//! policy that lets nothing run or load but the files of the page. On other addresses, a token.

use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// Nothing inline, nothing from elsewhere, no frame around it, no string made into markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// The cookie that holds the token, so that the browser shows it with every request of the page.
const COOKIE: &str = "tidings-token";

/// Decides who may ask.
pub(crate) struct Guard {
    token: Option<String>,
}

impl Guard {
    pub fn new(token: Option<String>) -> Guard {
        Guard { token }
    }

    /// The answer to a request that may not pass.
    fn refusal(&self, request: &Request) -> Option<Response> {
        let headers = request.headers();
        let host = text(headers, header::HOST)
            .or_else(|| request.uri().authority().map(|authority| authority.as_str()))
            .unwrap_or_default();
        // With a token the name does not matter: a site that rebinds its own name has no token.
        if self.token.is_none() && !is_own(host) {
            return Some(refused(
                "this page answers only to localhost and the address of this machine",
            ));
        }
        let same = |origin: &str| {
            origin.split_once("://").is_some_and(|(_, named)| named.eq_ignore_ascii_case(host))
        };
        if text(headers, header::ORIGIN).is_some_and(|origin| !same(origin)) {
            return Some(refused("the request comes from another site"));
        }
        let site = text(headers, HeaderName::from_static("sec-fetch-site")).unwrap_or("none");
        let mode = text(headers, HeaderName::from_static("sec-fetch-mode")).unwrap_or_default();
        // A link from elsewhere may open the page; nothing else from elsewhere is answered.
        let opens_page = mode == "navigate"
            && request.method() == Method::GET
            && !request.uri().path().starts_with("/api/");
        if !matches!(site, "none" | "same-origin") && !opens_page {
            return Some(refused("the request comes from another site"));
        }
        let Some(token) = &self.token else { return None };
        if shown(headers).iter().any(|shown| equal(shown, token)) {
            return None;
        }
        if let Some(given) = in_address(request.uri())
            && equal(&given, token)
        {
            // From the address, which stays in histories, into a cookie that no script can read.
            let cookie =
                format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000");
            let to = [(header::LOCATION, "/".to_string()), (header::SET_COOKIE, cookie)];
            return Some((StatusCode::SEE_OTHER, to).into_response());
        }
        let detail = "show the token: as Authorization: Bearer TOKEN, or open /?token=TOKEN once";
        let asked = [(header::WWW_AUTHENTICATE, "Bearer")];
        Some((asked, Problem::new(StatusCode::UNAUTHORIZED, detail)).into_response())
    }
}

/// Lets through what may pass, and gives every answer the headers that guard it.
pub(crate) async fn check(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let mut answer = match guard.refusal(&request) {
        None => next.run(request).await,
        Some(refused) => refused,
    };
    for (name, value) in HEADERS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    answer
}

fn refused(detail: &str) -> Response {
    Problem::new(StatusCode::FORBIDDEN, detail).into_response()
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

/// Whether a `Host` names this machine by loopback: no such name can be rebound.
fn is_own(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// The tokens that a request shows in its headers.
fn shown(headers: &HeaderMap) -> Vec<&str> {
    let bearer = text(headers, header::AUTHORIZATION)
        .and_then(|shown| shown.strip_prefix("Bearer "))
        .map(str::trim);
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|c| c.to_str().ok());
    let cookies = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().strip_prefix(COOKIE)?.strip_prefix('='));
    bearer.into_iter().chain(cookies).collect()
}

fn in_address(uri: &Uri) -> Option<String> {
    if uri.path() != "/" {
        return None;
    }
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token=")).map(str::to_string)
}

/// Compares all of it, so that the time taken tells nothing of where they differ.
fn equal(shown: &str, token: &str) -> bool {
    let (shown, token) = (shown.as_bytes(), token.as_bytes());
    let differ = shown.iter().zip(token).fold(0, |all, (a, b)| all | (a ^ b));
    shown.len() == token.len() && std::hint::black_box(differ) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        for own in ["localhost", "LOCALHOST:80", "127.0.0.1:8017", "127.3.2.1", "[::1]:8017"] {
            assert!(is_own(own), "{own}");
        }
        for other in [
            "",
            "evil.example",
            "localhost.evil.example:8017",
            "127.0.0.1.evil.example",
            "10.0.0.3",
            "[2001:db8::1]:80",
            "0.0.0.0",
            "?",
        ] {
            assert!(!is_own(other), "{other}");
        }
    }

    #[test]
    fn tokens_must_be_the_same_throughout() {
        assert!(equal("sixteen-letters!", "sixteen-letters!"));
        for other in ["", "sixteen-letters", "sixteen-letters!!", "sixteen-letters?"] {
            assert!(!equal(other, "sixteen-letters!"), "{other}");
        }
    }
}
