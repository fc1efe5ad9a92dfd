//! The program as its users meet it: through the binary, one module per topic.

mod annotate;
mod brief;
mod code;
mod exit_codes;
mod hostile;
mod readers;
mod readme;
mod run;
mod schema;
