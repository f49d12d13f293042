//! The command-line program: arguments → run → exit code.
mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let exit = cli::run().unwrap_or_else(|failure| {
        cli::complain(&failure.0);
        cli::Exit::Trouble
    });
    ExitCode::from(exit as u8)
}
