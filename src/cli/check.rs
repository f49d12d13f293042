//! `asador check`: reads stories, reports what is wrong with them, sets the exit code.
use super::batch::{Checker, Reading, Run};
use super::changed::Changed;
use super::gate::GateArguments;
use super::outputs::Wished;
use super::settings::{Flags, Setups, Source};
use super::waivers::WaiverArguments;
use super::walk::{self, Target};
use super::{
    Exit, Failure, complain,
    select::{self, Selection},
};
use asador::input::{Format, Options};
use asador::report::Summary;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Checks stories and reports the marks that the translation left.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// Files, folders, or `-` for the standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format of all files, whatever their names and contents say.
    #[arg(long, value_name = "FORMAT", value_parser = select::input_formats())]
    input_format: Option<String>,
    /// The name of the story on the standard input: for reports, and for its format.
    #[arg(long, value_name = "PATH")]
    stdin_filepath: Option<PathBuf>,
    /// Checks only the files that differ from this revision in git, and new ones; without a PATH
    /// those of the folder.
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    #[command(flatten)]
    outputs: Wished,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    settings: Source,
    /// The same story in Spanish; only with one story to check.
    #[arg(long, value_name = "FILE")]
    source: Option<PathBuf>,
    // What has a heading of its own stands last.
    #[command(flatten)]
    gate: GateArguments,
    #[command(flatten)]
    waivers: WaiverArguments,
    /// Counts also what comments in the stories waive.
    #[arg(long, help_heading = "Waivers")]
    no_suppress: bool,
    /// Fails the run (exit code 1) at comments that are faulty, have ended or waive nothing.
    #[arg(long, help_heading = "Waivers", conflicts_with = "no_suppress")]
    strict_suppressions: bool,
}

/// What the help of this command ends with.
const AFTER_HELP: &str = "\
Examples:
  asador check story.txt                      a story
  asador check stories/ --format jsonl        every story in a folder, for a program
  asador check - < story.txt                  the standard input
  asador check --input-format jsonl --format jsonl - < records.jsonl
                                              a filter: a record in, a line out, at once
  asador check stories/ --fail-on major       let minor defects pass
  asador check --changed-since main           what differs from main in git, and new files
  asador check stories/ --max-minor 5         let five minor defects of a story pass
  asador check stories/ --baseline            leave out what the baseline accepts
  asador check story.txt --group names,terms  only some rules

Folders are walked without hidden files and those that .gitignore names.
Severities: neutral (advice), minor, major, critical (not fit to print).

The gate judges each story by itself. --max-SEVERITY lets so many findings of a severity pass
that --fail-on would stop. Scores follow MQM’s linear model (100 − 100 · penalty points / words)
over what the rules found; they are no evaluation by people.

Exit codes:
  0  every story passes the gate
  1  the gate failed: a story does not pass
  2  something could not be read or understood, or nothing was checked; the other files
     are still checked";

/// Checks what the arguments name.
///
/// # Errors
/// When the arguments make no sense, or the report cannot be written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let paths = match arguments.changed_since {
        Some(_) if arguments.paths.is_empty() => Some(vec![PathBuf::from(".")]),
        _ => walk::named(&arguments.paths),
    };
    let paths = paths.ok_or_else(|| {
        Failure("nothing to check; name a file or folder, or pipe a story in".to_owned())
    })?;
    let changed = arguments.changed_since.as_ref();
    let changed = changed.map(|rev| Changed::since(rev, &paths)).transpose()?;
    let spanish = match (&arguments.source, &paths[..]) {
        (None, _) => None,
        (Some(path), [story]) if !story.is_dir() => Some(read_spanish(path)?),
        (Some(_), _) => {
            let why = "--source goes with one story; name one file to check";
            return Err(Failure(why.to_owned()));
        }
    };
    let reading = Reading {
        format: arguments.input_format.as_deref().and_then(Format::named),
        stdin_name: arguments.stdin_filepath.clone(),
    };
    let flags = Flags {
        selection: arguments.selection.clone(),
        gate: arguments.gate.clone(),
        no_suppress: arguments.no_suppress,
        strict: arguments.strict_suppressions,
    };
    let setups = Arc::new(Setups::new(arguments.settings.clone(), flags));
    // What is wrong with the settings of the first path is said before anything is done.
    let gate = setups.first(&paths[0], &reading)?.gate.clone();
    let waivers = arguments.waivers.open()?;
    let (reports, outputs) = arguments.outputs.open(&paths)?;
    let mut files = outputs.files();
    files.extend(arguments.waivers.files());
    let mut run = Run {
        checker: Checker {
            setups: setups.clone(),
            reading,
            spanish,
            waivers,
            reports,
        },
        outputs,
        summary: Summary::new(gate),
    };
    let targets = walk::targets(paths, &files, &setups);
    let targets = targets.filter(|target| changed.as_ref().is_none_or(|c| c.holds(target)));
    match run.all(targets) {
        Ok(()) if changed.is_some() && run.is_idle() => {
            complain("no story has changed");
            Ok(Exit::Fine)
        }
        Ok(()) => Ok(run.exit()),
        // Whoever reads the report has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(run.exit()),
        Err(e) => Err(Failure(format!("the report cannot be written ({e})"))),
    }
}

/// The text of the Spanish story in a file of any format.
fn read_spanish(path: &Path) -> Result<String, Failure> {
    let target = Target::File(path.to_owned());
    let input = Reading::default()
        .read(&target, &Options::default())
        .map_err(|fault| Failure(fault.of(&target.name())))?;
    let stories = input.map_or(Vec::new(), |input| input.stories);
    let texts: Vec<String> = stories.into_iter().map(|s| s.document.plain).collect();
    Ok(texts.join("\n\n"))
}
