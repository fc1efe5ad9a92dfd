//! Where a crisis is going: forecasts, and how often they are wrong.
//!
//! In go events as plain tables, our own or those of other projects; out come forecasts with their
//! own record. The crate knows nothing of reports, of the store or of display.
//!
//! [`links`] foretells the likeliest (actor, event, actor) of the next day; [`counts`] how likely it is that
//! something of a kind happens between two parties within some days. [`dates`] tells what is to happen by when.

pub mod alerts;
pub mod counts;
pub mod dates;
mod fading;
pub mod links;
