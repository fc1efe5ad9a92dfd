//! What went wrong with a request, as RFC 9457 tells it: `application/problem+json`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A request that has no answer.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    /// What is wrong and what to do about it.
    detail: String,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem { status, detail: detail.into() }
    }

    pub fn wrong(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, detail)
    }

    pub fn absent(what: &str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, format!("the record holds no {what}"))
    }

    pub fn busy() -> Problem {
        let detail = "too many questions at once; ask again in a moment";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    pub fn broken(reason: &str) -> Problem {
        let detail =
            format!("the answer broke ({reason}); the fault is in tidings, please report it");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }
}

impl From<tidings_record::Error> for Problem {
    fn from(error: tidings_record::Error) -> Problem {
        // The name of the file is nothing to whoever asks over the network.
        let detail = error.problem.to_string();
        let status = match error.problem {
            tidings_record::Problem::Interrupted => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Problem::new(status, format!("the record: {detail}"))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Problem"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        let problem = HeaderValue::from_static("application/problem+json");
        (self.status, [(header::CONTENT_TYPE, problem)], body.to_string()).into_response()
    }
}
