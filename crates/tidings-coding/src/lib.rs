//! Who did or said what to whom, when, where, on whose word, and whether it happened.
//!
//! In go a [`Report`](tidings_report::Report), its analysed [`Document`](tidings_language::Document)
//! and the [`World`](tidings_world::World); out comes a [`CodedReport`], plain data in the form of
//! `docs/schema.md`. Inside, every step works in tokens and bytes of the analysed text; offsets
//! become characters of the report's text once, at the end, in `assemble`.

pub mod actors;
mod assemble;
pub mod claims;
pub mod dates;
pub mod events;
pub mod foremost;
mod loose;
pub mod petrarch;
pub mod places;
pub mod quantities;
pub mod schema;
pub mod status;
#[cfg(test)]
mod test_trees;
pub mod times;
mod word_file;

pub use assemble::{code, code_with_predicates, explain};
pub use schema::CodedReport;
