//! `asador check`: reads stories, reports what is wrong with them, sets the exit code.
use super::progress::Progress;
use super::walk::{self, Target};
use super::{Color, Exit, Failure, complain, select::Selection};
use anstream::{AutoStream, ColorChoice};
use asador::input::{self, Format, ReadError};
use asador::report::{Checked, Report, Summary, human::Human, json::Json, jsonl::Jsonl};
use asador::{Linter, Severity, score::Counts};
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::PathBuf;

/// Checks stories and reports the marks that the translation left.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// Files, folders, or `-` for the standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How the findings are written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    #[command(flatten)]
    selection: Selection,
    /// Fails the run (exit code 1) at findings of this severity or worse.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t)]
    fail_on: Gate,
    /// When to colour.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,
    /// Prints no report; the exit code tells.
    #[arg(long, short)]
    quiet: bool,
    /// Writes the report into a file.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The same story in Spanish; only with one story to check.
    #[arg(long, value_name = "FILE")]
    source: Option<PathBuf>,
}

/// The formats of reports.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Form {
    /// For people.
    #[default]
    Human,
    /// One object for the run.
    Json,
    /// One object a story, a line each.
    Jsonl,
}

/// The severities at which a run can fail.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Gate {
    /// At any finding, advice included.
    Neutral,
    /// At any defect.
    #[default]
    Minor,
    /// At what is hard to read or misleading.
    Major,
    /// At what is not fit to print.
    Critical,
    /// Not because of findings.
    Never,
}

impl Gate {
    fn severity(self) -> Option<Severity> {
        match self {
            Gate::Neutral => Some(Severity::Neutral),
            Gate::Minor => Some(Severity::Minor),
            Gate::Major => Some(Severity::Major),
            Gate::Critical => Some(Severity::Critical),
            Gate::Never => None,
        }
    }
}

/// What the help of this command ends with.
const AFTER_HELP: &str = "\
Examples:
  asador check story.txt                      a story
  asador check stories/ --format jsonl        every *.txt in a folder, for a program
  asador check - < story.txt                  the standard input
  asador check stories/ --fail-on major       let minor defects pass
  asador check story.txt --group names,terms  only some rules

Folders are walked without hidden files and those that .gitignore names.
Severities: neutral (advice), minor, major, critical (not fit to print).

Exit codes:
  0  nothing at or above the gate (--fail-on)
  1  the gate failed
  2  something could not be read or understood, or nothing was checked; the other files
     are still checked";

/// So many files are read, checked in parallel and reported together, or so many bytes: what a run
/// holds in memory does not grow with the number of files.
const MOST_FILES: usize = 256;
const MOST_BYTES: u64 = 64 << 20;

/// Checks what the arguments name.
///
/// # Errors
/// When the arguments make no sense, or the report cannot be written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let selection = &arguments.selection;
    let linter = Linter::new(selection.rules()?, selection.preview);
    let paths = walk::named(&arguments.paths).ok_or_else(|| {
        Failure("nothing to check; name a file or folder, or pipe a story in".to_owned())
    })?;
    let spanish = match (&arguments.source, &paths[..]) {
        (None, _) => None,
        (Some(path), [story]) if !story.is_dir() => Some(read_spanish(path)?),
        (Some(_), _) => {
            let why = "--source goes with one story; name one file to check";
            return Err(Failure(why.to_owned()));
        }
    };
    let (out, coloured) = arguments.open()?;
    let report: Box<dyn Report> = match arguments.format {
        Form::Human => Box::new(Human::new(columns(), coloured)),
        Form::Json => Box::new(Json),
        Form::Jsonl => Box::new(Jsonl),
    };
    let mut run = Run {
        linter,
        report,
        spanish,
        summary: Summary::new(arguments.fail_on.severity()),
        out,
    };
    let targets = walk::targets(paths, arguments.output.as_deref());
    match run.all(targets) {
        Ok(()) => Ok(run.exit()),
        // Whoever reads the report has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(run.exit()),
        Err(e) => Err(Failure(format!("the report cannot be written ({e})"))),
    }
}

impl Arguments {
    /// Where the report goes, and whether it is coloured.
    fn open(&self) -> Result<(Box<dyn Write>, bool), Failure> {
        let choice = |auto| match self.color {
            Color::Auto => auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        if self.quiet {
            return Ok((Box::new(io::sink()), false));
        }
        let Some(path) = &self.output else {
            let stdout = io::stdout();
            let choice = choice(AutoStream::choice(&stdout));
            let coloured = choice != ColorChoice::Never;
            // Colours need a stream that knows the terminal; the rest goes out as it is.
            let out: Box<dyn Write> = match self.format {
                Form::Human if coloured => Box::new(AutoStream::new(stdout.lock(), choice)),
                _ => Box::new(stdout.lock()),
            };
            return Ok((Box::new(BufWriter::new(out)), coloured));
        };
        let file = File::create(path).map_err(|e| {
            Failure(format!(
                "{}: the report cannot be written there ({e})",
                path.display()
            ))
        })?;
        let coloured = choice(ColorChoice::Never) != ColorChoice::Never;
        Ok((Box::new(BufWriter::new(file)), coloured))
    }
}

/// Columns of a report that goes into a file or a pipe.
const COLUMNS: usize = 100;

/// The width of the terminal; the variable `COLUMNS` overrules it.
fn columns() -> usize {
    let wished = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    wished.or_else(measured).unwrap_or(COLUMNS)
}

fn read_spanish(path: &std::path::Path) -> Result<String, Failure> {
    let fail = |why: String| Failure(format!("{}: {why}", path.display()));
    let bytes = read_bytes(&Target::File(path.to_owned())).map_err(fail)?;
    let mut input = input::read(bytes, Format::Text).map_err(|e| fail(e.to_string()))?;
    Ok(input.stories.remove(0).document.plain)
}

fn read_bytes(target: &Target) -> Result<Vec<u8>, String> {
    let reason = |e: io::Error| walk::reason(&e);
    let mut bytes = Vec::new();
    match target {
        Target::Stdin => {
            let stdin = io::stdin().lock();
            stdin
                .take(input::LONGEST)
                .read_to_end(&mut bytes)
                .map_err(reason)?;
        }
        Target::File(path) => {
            let file = File::open(path).map_err(reason)?;
            let size = file.metadata().map_or(0, |m| m.len());
            if size >= input::LONGEST {
                return Err(ReadError::TooLarge.to_string());
            }
            bytes.reserve_exact(size as usize + 1);
            file.take(input::LONGEST)
                .read_to_end(&mut bytes)
                .map_err(reason)?;
        }
    }
    Ok(bytes)
}

/// A run under way.
struct Run {
    linter: Linter,
    report: Box<dyn Report>,
    spanish: Option<String>,
    summary: Summary,
    out: Box<dyn Write>,
}

/// A file that was checked, its part of the report written.
struct Done {
    name: String,
    stories: Vec<Written>,
    error: Option<String>,
}

struct Written {
    report: String,
    counts: Counts,
    words: u64,
    found: bool,
}

impl Run {
    /// Checks all targets and writes the whole report.
    fn all(
        &mut self,
        mut targets: impl Iterator<Item = Result<Target, walk::Miss>>,
    ) -> io::Result<()> {
        let mut progress = Progress::new();
        let begin = written(|out| self.report.begin(out));
        self.out.write_all(begin.as_bytes())?;
        loop {
            let batch = batch(&mut targets);
            let (linter, report, spanish) = (&self.linter, &*self.report, self.spanish.as_deref());
            let work = |target| check(linter, report, spanish, target);
            let done: Vec<Done> = match batch.len() {
                0 => break,
                // One file needs no threads.
                1 => batch.into_iter().map(work).collect(),
                _ => batch.into_par_iter().map(work).collect(),
            };
            progress.aside(|| {
                done.into_iter().try_for_each(|file| self.add(file))?;
                self.out.flush()
            })?;
            progress.show(&self.summary);
        }
        drop(progress);
        let end = written(|out| self.report.end(&self.summary, out));
        self.out.write_all(end.as_bytes())?;
        self.out.flush()
    }

    fn add(&mut self, file: Done) -> io::Result<()> {
        if let Some(error) = file.error {
            complain(&format!("{}: {error}", file.name));
            self.summary.errors.push((file.name, error));
        }
        for story in file.stories {
            if self.summary.documents > 0 {
                let between = written(|out| self.report.between(out));
                self.out.write_all(between.as_bytes())?;
            }
            self.summary.documents += 1;
            self.summary.words += story.words;
            self.summary.counts.add(story.counts);
            self.summary.with_findings += u64::from(story.found);
            self.out.write_all(story.report.as_bytes())?;
        }
        Ok(())
    }

    /// How the run ends, after all was said.
    fn exit(&self) -> Exit {
        if !self.summary.errors.is_empty() {
            Exit::Trouble
        } else if self.summary.words == 0 {
            complain("nothing was checked: there is no word to read");
            Exit::Trouble
        } else if self.summary.failed() {
            Exit::Failed
        } else {
            Exit::Fine
        }
    }
}

/// A part of a report.
fn written(write: impl FnOnce(&mut String)) -> String {
    let mut out = String::new();
    write(&mut out);
    out
}

/// The next targets to be checked together.
fn batch(
    targets: &mut impl Iterator<Item = Result<Target, walk::Miss>>,
) -> Vec<Result<Target, walk::Miss>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < MOST_FILES
        && bytes < MOST_BYTES
        && let Some(target) = targets.next()
    {
        if let Ok(Target::File(path)) = &target {
            bytes += fs::metadata(path).map_or(0, |m| m.len());
        }
        batch.push(target);
    }
    batch
}

/// Reads and checks one target and writes its part of the report.
fn check(
    linter: &Linter,
    report: &dyn Report,
    spanish: Option<&str>,
    target: Result<Target, walk::Miss>,
) -> Done {
    let (name, result) = match target {
        Err((name, why)) => (name, Err(why)),
        Ok(target) => (target.name(), read_bytes(&target)),
    };
    let input =
        result.and_then(|bytes| input::read(bytes, Format::Text).map_err(|e| e.to_string()));
    let mut input = match input {
        Ok(input) => input,
        Err(error) => {
            return Done {
                name,
                stories: Vec::new(),
                error: Some(error),
            };
        }
    };
    if let Some(spanish) = spanish {
        for story in &mut input.stories {
            story.document.spanish = Some(spanish.to_owned());
        }
    }
    let write = |story: &input::Story| {
        let findings = linter.check(&story.document);
        let checked = Checked::new(&name, &input, story, &findings);
        Written {
            report: written(|out| report.story(&checked, out)),
            counts: checked.counts,
            words: checked.words,
            found: !findings.is_empty(),
        }
    };
    let stories = input.stories.iter().map(write).collect();
    Done {
        name,
        stories,
        error: None,
    }
}
