//! The command line: its arguments here, one file per command under `cli/`.
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use std::io::Write as _;

mod baseline;
mod batch;
mod changed;
mod check;
mod completions;
mod config;
mod explain;
mod fix;
mod gate;
mod man;
mod outputs;
mod progress;
mod replace;
mod review;
mod rules;
mod select;
mod settings;
mod stream;
mod waivers;
mod walk;
mod whole;

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
#[derive(Clone, Debug)]
pub struct Failure(pub String);

/// Finds the marks that machine translation from Spanish leaves in English news.
#[derive(Parser)]
#[command(
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = AFTER_HELP
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What the help ends with.
const AFTER_HELP: &str = "\
Examples:
  asador check story.txt              check a story
  asador check stories/               check every story in a folder
  asador fix story.txt                mend what is safe to mend
  asador baseline stories/            accept what is found today
  asador explain literal-idiom        what a rule looks for, and why

Exit codes:
  0  every story passes the gate (--fail-on, minor by default)
  1  the gate failed: something was found
  2  something could not be read or understood, or nothing was checked";

#[derive(Subcommand)]
enum Command {
    Baseline(baseline::Arguments),
    Check(Box<check::Arguments>),
    Config(config::Arguments),
    Explain(explain::Arguments),
    Fix(fix::Arguments),
    Review(review::Arguments),
    Rules(rules::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
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
        Command::Baseline(arguments) => baseline::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Config(arguments) => config::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Fix(arguments) => fix::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Arguments::command()),
        Command::Man(arguments) => man::run(&arguments, Arguments::command()),
    }
}

/// Prints what a command has to say; a reader that has seen enough is no trouble.
fn print(text: &str) -> Result<Exit, Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure(format!("the output cannot be written ({e})")))
        }
        _ => Ok(Exit::Fine),
    }
}

/// Writes a line to the standard error; that it may be closed is no trouble.
pub fn complain(message: &str) {
    // The name of a file may hold anything, but the line stays one line.
    let line = message.replace(char::is_control, "\u{fffd}");
    let _ = writeln!(std::io::stderr(), "asador: {line}");
}
