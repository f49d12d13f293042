//! `asador baseline`: accepts what is found today, so that the gate stops only what is new.
use super::batch::{Checker, Reading, batch};
use super::replace::write;
use super::settings::{Flags, Setups, Source};
use super::waivers::{self, Kept, nearest_baseline, open_baseline};
use super::walk::{self, Target};
use super::{
    Exit, Failure, complain,
    select::{self, Selection},
};
use asador::baseline::{Baseline, Entry, FILE};
use asador::input::Format;
use asador::{Finding, WaivedBy, fingerprint};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Accepts what is found today: writes it to asador-baseline.json, for `check --baseline`.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// Files and folders with stories; with --prune those of the baseline if none is named.
    #[arg(value_name = "PATH", required_unless_present = "prune")]
    paths: Vec<PathBuf>,
    /// The baseline [default: the nearest asador-baseline.json, else a new one here].
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Accepts nothing new; drops the entries that match nothing any more.
    #[arg(long)]
    prune: bool,
    /// The format of all files, whatever their names and contents say.
    #[arg(long, value_name = "FORMAT", value_parser = select::input_formats())]
    input_format: Option<String>,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    settings: Source,
}

/// What the help of this command ends with.
const AFTER_HELP: &str = "\
Examples:
  asador baseline stories/            accept what is found today
  asador check stories/ --baseline    fail at what is new
  asador baseline --prune             drop what was mended since

An entry names a passage by its rule and its words, so that it holds when the story changes
elsewhere, moves or is wrapped anew; a second copy of the passage is new. It holds in its own file;
if that is gone, the story was renamed, and it holds wherever the passage turns up. Only the
entries of files that are read are written anew.

Exit codes:
  0  the baseline is written
  2  something could not be read or understood; its entries are kept as they were";

/// What a file holds that is to be accepted.
struct Done {
    name: String,
    result: Result<(String, Vec<Entry>), String>,
}

/// Writes the baseline.
///
/// # Errors
/// When the arguments make no sense, or the baseline cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let file = arguments
        .output
        .clone()
        .or_else(nearest_baseline)
        .unwrap_or_else(|| PathBuf::from(FILE));
    let old = match file.exists() {
        true => open_baseline(&file)?,
        false if arguments.prune => {
            let why = "there is no baseline to prune; make one with: asador baseline PATH";
            return Err(Failure(format!("{}: {why}", file.display())));
        }
        false => Kept::new(&file, Baseline::default()),
    };
    let reading = Reading {
        format: arguments.input_format.as_deref().and_then(Format::named),
        ..Reading::default()
    };
    let flags = Flags {
        selection: arguments.selection.clone(),
        ..Flags::default()
    };
    let setups = Arc::new(Setups::new(arguments.settings.clone(), flags));
    let paths = match arguments.paths.is_empty() {
        false => arguments.paths.clone(),
        true => files_of(&old),
    };
    if paths.iter().any(|path| path.as_os_str() == "-") {
        let why = "a baseline is about files; name files or folders";
        return Err(Failure(why.to_owned()));
    }
    if let Some(first) = paths.first() {
        setups.of(first)?;
    }
    let checker = Checker::new(setups.clone(), reading);
    let mut targets = walk::targets(paths, std::slice::from_ref(&file), &setups);
    let (mut read, mut entries, mut trouble) = (BTreeSet::new(), Vec::new(), false);
    loop {
        let batch = batch(&mut targets);
        if batch.is_empty() {
            break;
        }
        let done: Vec<Option<Done>> = batch
            .into_par_iter()
            .map(|target| accepted(&checker, &old, arguments.prune, target))
            .collect();
        for Done { name, result } in done.into_iter().flatten() {
            match result {
                Ok((path, accepted)) => {
                    read.insert(path);
                    entries.extend(accepted);
                }
                Err(why) => {
                    complain(&format!("{name}: {why}"));
                    trouble = true;
                }
            }
        }
    }
    for (name, why) in checker.waivers.faults() {
        complain(&format!("{name}: {why}"));
        trouble = true;
    }
    // What was not looked at stays, unless its file is gone.
    let stays = |entry: &&Entry| {
        let unread = !read.contains(&entry.path) && old.file(&entry.path).exists();
        let ran = || waivers::ran(&setups, &old.file(&entry.path), &entry.rule);
        unread || read.contains(&entry.path) && !ran()
    };
    entries.extend(old.holds.entries().iter().filter(stays).cloned());
    let new = Baseline::new(entries);
    write(&file, new.text().as_bytes())
        .map_err(|why| Failure(format!("{}: {why}", file.display())))?;
    super::print(&summary(&file, &old.holds, &new))?;
    Ok(if trouble { Exit::Trouble } else { Exit::Fine })
}

/// The files of a baseline that are still there, named from here.
fn files_of(baseline: &Kept<Baseline>) -> Vec<PathBuf> {
    let here = std::env::current_dir().unwrap_or_default();
    let paths = baseline.holds.paths().into_iter();
    let files = paths.map(|path| baseline.file(path));
    files
        .filter(|file| file.exists())
        .map(|file| file.strip_prefix(&here).map(Path::to_owned).unwrap_or(file))
        .collect()
}

/// The entries for the findings of a target; `None` where a walk found a file without a story.
fn accepted(
    checker: &Checker,
    old: &Kept<Baseline>,
    prune: bool,
    target: Result<Target, walk::Miss>,
) -> Option<Done> {
    let target = match target {
        Ok(target) => target,
        Err((name, why)) => {
            return Some(Done {
                name,
                result: Err(why),
            });
        }
    };
    let name = target.name();
    let setup = checker.setup(&target).map_err(|failure| failure.0);
    let read = setup.and_then(|setup| {
        let input = checker.reading.read(&target, &setup.input);
        Ok((input.map_err(|fault| fault.to_string())?, setup))
    });
    let (input, setup) = match read {
        Ok((input, setup)) => (input?, setup),
        Err(why) => {
            return Some(Done {
                name,
                result: Err(why),
            });
        }
    };
    let path = old.path(Path::new(&name));
    let place = checker.waivers.place(&name);
    let mut entries = Vec::new();
    for story in &input.stories {
        let (mut findings, _) = checker.findings(&setup, &place, story);
        let prints = fingerprint::of(&story.document, &findings);
        let waived: Vec<bool> = findings.iter().map(|f| f.waiver.is_some()).collect();
        if prune {
            old.holds.waive(&path, story, &mut findings);
        }
        // What a comment or the ledger waives needs no baseline.
        let accept = |finding: &Finding, waived: bool| {
            let known = finding.waiver.as_ref();
            !waived && (!prune || known.is_some_and(|w| w.by == WaivedBy::Baseline))
        };
        let found = findings.iter().zip(waived).zip(&prints);
        let found = found.filter(|((finding, waived), _)| accept(finding, *waived));
        entries.extend(found.map(|((f, _), print)| Entry::new(&path, story, f, print)));
    }
    Some(Done {
        name,
        result: Ok((path, entries)),
    })
}

/// `asador-baseline.json: 85 findings accepted in 4 files (3 more, 2 fewer than before)`
fn summary(file: &Path, old: &Baseline, new: &Baseline) -> String {
    let set =
        |baseline: &Baseline| -> BTreeSet<Entry> { baseline.entries().iter().cloned().collect() };
    let (before, after) = (set(old), set(new));
    let (more, fewer) = (
        after.difference(&before).count(),
        before.difference(&after).count(),
    );
    let count = new.entries().len();
    let files = new.paths().len();
    format!(
        "{}: {count} {} accepted in {files} {} ({more} added, {fewer} dropped)\n",
        file.display(),
        if count == 1 { "finding" } else { "findings" },
        if files == 1 { "file" } else { "files" },
    )
}
