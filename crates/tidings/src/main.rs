//! The Tidings command line: see `tidings --help`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
