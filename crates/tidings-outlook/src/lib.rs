//! Where a crisis is going: tension, breaks, words against acts, forecasts, and how often they are wrong.
//!
//! In go incidents of a record or tables of events, our own or those of other projects
//! ([`events`], [`tables`]); out come measures over time ([`tension`], [`words`]) and forecasts with their own
//! record ([`forecast`]). The crate knows nothing of how reports are coded, nor of display.
//!
//! ```no_run
//! use tidings_outlook::{events::Scope, tables, tension};
//! use tidings_record::Trust;
//! let events = tables::read("icews.tsv".as_ref(), Trust::Trusted)?.events;
//! let (scope, by) = (Scope::actor("Ukraine"), tension::Step::Month);
//! let asked = tension::Question { scope, by, since: None, until: None, ids: false };
//! let points = tension::series(&events, &asked).points;
//! # Ok::<(), tables::TableError>(())
//! ```
//!
//! [`links`] foretells the likeliest (actor, event, actor) of the next day; [`counts`] how likely it is that
//! something of a kind happens between two parties within some days. [`dates`] tells what is to happen by when.

pub mod alerts;
pub mod counts;
pub mod dates;
pub mod events;
mod fading;
pub mod forecast;
pub mod links;
pub mod tables;
pub mod tension;
pub mod words;
