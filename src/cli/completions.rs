//! `asador completions`: what a shell needs to complete the command line.
use super::{Exit, Failure, print};
use clap_complete::Shell;

/// Prints a script that completes the command line in a shell.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

const AFTER_HELP: &str = "\
Examples:
  asador completions bash > ~/.local/share/bash-completion/completions/asador
  asador completions fish > ~/.config/fish/completions/asador.fish
  asador completions zsh > ~/.zfunc/_asador      a folder of $fpath";

/// Prints the script.
///
/// # Errors
/// When it cannot be printed.
pub fn run(arguments: &Arguments, mut command: clap::Command) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "asador", &mut script);
    print(&String::from_utf8_lossy(&script))
}
