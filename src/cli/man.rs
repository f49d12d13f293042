//! `asador man`: the manual pages.
use super::{Exit, Failure, print};
use std::fs;
use std::path::PathBuf;

/// Prints the manual page, or writes the pages of all commands into a folder.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// The folder; it is made if it is not there.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  asador man | man -l -                       read it
  asador man ~/.local/share/man/man1          install the pages of all commands";

/// Prints or writes the pages.
///
/// # Errors
/// When they cannot be written.
pub fn run(arguments: &Arguments, command: clap::Command) -> Result<Exit, Failure> {
    let Some(folder) = &arguments.folder else {
        let mut page = Vec::new();
        let made = clap_mangen::Man::new(command).render(&mut page);
        made.map_err(|e| Failure(format!("the page cannot be made ({e})")))?;
        return print(&String::from_utf8_lossy(&page));
    };
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .map_err(|e| {
            let folder = folder.display();
            Failure(format!("{folder}: the pages cannot be written there ({e})"))
        })?;
    Ok(Exit::Fine)
}
