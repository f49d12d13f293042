//! The command line: its arguments here, one file per command under `cli/`.
use clap::{Parser, Subcommand, ValueEnum};
use std::io::Write as _;

mod check;
mod nearest;
mod select;
mod walk;

/// How a run ends; the numbers are a promise to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above the gate.
    Fine = 0,
    /// The gate failed.
    Failed = 1,
    /// Something could not be read or understood, or nothing was checked.
    Trouble = 2,
}

/// Why a command could not do its work: what, and the remedy, in one line.
#[derive(Debug)]
pub struct Failure(pub String);

/// Finds the marks that machine translation from Spanish leaves in English news.
#[derive(Parser)]
#[command(version, subcommand_required = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Also into files and pipes.
    Always,
    /// Not at all.
    Never,
}

/// Does what the arguments say.
///
/// # Errors
/// When a command could not do its work.
pub fn run() -> Result<Exit, Failure> {
    match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
    }
}

/// Writes a line to the standard error; that it may be closed is no trouble.
pub fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "asador: {message}");
}
