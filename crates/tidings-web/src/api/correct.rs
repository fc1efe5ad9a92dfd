//! What people set right from the page: the changes of `tidings correct`, signed.

use super::answer;
use super::lists::List;
use super::question::Parameters;
use super::{json, written};
use crate::problem::Problem;
use crate::server::Shared;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use std::sync::Arc;
use tidings_record::corrections::{Author, Change, Refused, Role};
use tidings_record::questions::{Filter, Subject};
use tidings_record::{Actor, Record};

/// The longest name or note.
const LONGEST: usize = 300;
/// The most incidents or events of one correction.
const MOST: usize = 200;

/// A correction as the page sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    by: String,
    #[serde(default)]
    note: Option<String>,
    change: Told,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum Told {
    Merge { incidents: Vec<String> },
    Split { incident: String, events: Vec<String> },
    Actor { event: String, role: Side, who: Option<Named> },
    Code { event: String, cameo: String },
    NotAnEvent { event: String },
    Right { event: String },
    Undo { correction: String },
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Side {
    Source,
    Target,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    sectors: Vec<String>,
}

pub(super) async fn correct(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    asked: Result<Json<Asked>, JsonRejection>,
) -> Result<Response, Problem> {
    Parameters::of(&uri)?.end()?;
    let Json(asked) = asked.map_err(|e| Problem::new(e.status(), e.body_text()))?;
    if shared.read_only {
        return Err(Problem::new(StatusCode::FORBIDDEN, "this page is served to be read only"));
    }
    asked.check()?;
    let made = tokio::task::spawn_blocking(move || asked.make(&shared)).await;
    let id = made.map_err(|broken| Problem::broken(&broken.to_string()))??;
    Ok(json(written(&serde_json::json!({ "id": id }))?))
}

pub(super) async fn list(shared: State<Arc<Shared>>, uri: Uri) -> Result<Response, Problem> {
    let mut asked = Parameters::of(&uri)?;
    let slice = asked.slice()?;
    asked.end()?;
    let subject = Subject::Corrections;
    answer(shared, uri, move |record| {
        Ok(List::new(subject, record.page(subject, &Filter::default(), &slice)?))
    })
    .await
}

impl Asked {
    fn check(&self) -> Result<(), Problem> {
        let words = |name: &str, text: &str, least: usize| {
            let long = text.trim().chars().count();
            if (least..=LONGEST).contains(&long) && !text.chars().any(char::is_control) {
                return Ok(());
            }
            Err(Problem::wrong(format!("{name}: must have {least} to {LONGEST} characters")))
        };
        words("by", &self.by, 1)?;
        words("note", self.note.as_deref().unwrap_or_default(), 0)?;
        let many = match &self.change {
            Told::Merge { incidents } => incidents.len(),
            Told::Split { events, .. } => events.len(),
            Told::Actor { who: Some(Named { name, country, sectors }), .. } => {
                words("name", name, 1)?;
                let code =
                    |code: &String| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
                if !country.iter().chain(sectors).all(code) {
                    let detail =
                        "who: write a country as SRB and sectors as GOV, three letters each";
                    return Err(Problem::wrong(detail));
                }
                sectors.len()
            }
            Told::Code { cameo, .. } => {
                let digits = cameo.bytes().all(|b| b.is_ascii_digit());
                if !digits || !(2..=4).contains(&cameo.len()) {
                    return Err(Problem::wrong("cameo: write a CAMEO code of two to four digits"));
                }
                0
            }
            _ => 0,
        };
        if many > MOST {
            return Err(Problem::wrong(format!("names more than {MOST}")));
        }
        Ok(())
    }

    /// Writes it; another writer is waited for.
    fn make(self, shared: &Shared) -> Result<String, Problem> {
        let record = Record::open(&shared.record)?;
        let by = self.by.trim();
        let note = self.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
        let author = Author { by, at: Timestamp::now(), note };
        let change = match self.change {
            Told::Undo { correction } => {
                record.undo(&correction, author, || ())?;
                return Ok(correction);
            }
            Told::Merge { incidents } => Change::Merge(incidents),
            Told::Split { incident, events } => Change::Split { incident, events },
            Told::Actor { event, role, who } => Change::Actor {
                event,
                role: match role {
                    Side::Source => Role::Source,
                    Side::Target => Role::Target,
                },
                who: who.map(|Named { name, country, sectors }| Actor {
                    name: name.trim().to_string(),
                    country,
                    sectors,
                    office: None,
                }),
            },
            Told::Code { event, cameo } => {
                let unknown = || {
                    let detail =
                        format!("cameo: there is no code {cameo}; take one of the CAMEO codebook");
                    Problem::new(StatusCode::NOT_FOUND, detail)
                };
                Change::Code { event, action: shared.desk.act(&cameo).ok_or_else(unknown)? }
            }
            Told::NotAnEvent { event } => Change::NotAnEvent(event),
            Told::Right { event } => Change::Right(event),
        };
        Ok(record.correct(&change, author, || ())?)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        let status = match &refused {
            Refused::NoIncident(_) | Refused::NoEvent(_) | Refused::NoCorrection(_) => {
                StatusCode::NOT_FOUND
            }
            Refused::Nameless => StatusCode::BAD_REQUEST,
            _ => StatusCode::CONFLICT,
        };
        match refused {
            Refused::Record(error) => error.into(),
            other => Problem::new(status, other.to_string()),
        }
    }
}
