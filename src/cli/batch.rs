//! A run over many files: some at a time, in parallel, reported in order.
use super::outputs::{Outputs, Part, Reports};
use super::progress::Progress;
use super::settings::{Setup, Setups};
use super::stream::{self, Line};
use super::waivers::{Place, Waivers};
use super::walk::{self, Target};
use super::{Exit, Failure, complain};
use asador::input::{self, Format, Input, Options, ReadError, Story};
use asador::report::{Checked, Summary, Unread};
use asador::suppress::Problem;
use asador::{Finding, score::Counts};
use rayon::prelude::*;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

/// So many files are read, checked in parallel and reported together, or so many bytes: what a run
/// holds in memory does not grow with the number of files.
const MOST_FILES: usize = 256;
const MOST_BYTES: u64 = 64 << 20;

/// What is done with every file, in any thread.
pub struct Checker {
    /// What holds for each.
    pub setups: Arc<Setups>,
    /// How files are read.
    pub reading: Reading,
    /// The Spanish of the one story.
    pub spanish: Option<String>,
    /// The decisions that findings do not count.
    pub waivers: Waivers,
    /// What is written about every story.
    pub reports: Reports,
}

/// A run under way.
pub struct Run {
    /// What is done with every file.
    pub checker: Checker,
    /// Where the reports go.
    pub outputs: Outputs,
    /// The run in numbers.
    pub summary: Summary,
}

/// How files are read.
#[derive(Default)]
pub struct Reading {
    /// The format of all files, whatever their names say.
    pub format: Option<Format>,
    /// The name under which the standard input is known.
    pub stdin_name: Option<std::path::PathBuf>,
}

/// A file, or a part of a stream, that was checked: its stories and what could not be read, in order.
pub struct Done {
    pub name: String,
    pub parts: Vec<Result<Written, Fault>>,
}

/// Why a file or a record could not be read.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Line and column, from 1; `None` where the whole file is meant.
    pub place: Option<(u32, u32)>,
    /// What is wrong, and the remedy.
    pub why: String,
}

/// What the reports say of a story, one part an output.
pub struct Written {
    reports: Vec<Part>,
    counts: Counts,
    words: u64,
    found: bool,
    failed: bool,
    /// What is wrong with its comments, with the place.
    problems: Vec<String>,
}

impl Reading {
    /// Reads what a target holds; `None` where a walk found a file without a story.
    ///
    /// # Errors
    /// With the remedy.
    pub fn read(&self, target: &Target, options: &Options) -> Result<Option<Input>, Fault> {
        self.parse(target, read_bytes(target)?, options)
    }

    /// Reads the bytes of a target; `None` where a walk found a file without a story.
    fn parse(
        &self,
        target: &Target,
        bytes: Vec<u8>,
        options: &Options,
    ) -> Result<Option<Input>, Fault> {
        let format = self.format(target, &bytes);
        match input::read(bytes, format, options) {
            Ok(input) => Ok(Some(input)),
            Err(ReadError::NoStory(_)) if matches!(target, Target::Walked(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The format in which the bytes of a target are read.
    pub fn format(&self, target: &Target, bytes: &[u8]) -> Format {
        self.format
            .unwrap_or_else(|| Format::guess(self.path(target), bytes))
    }

    /// Whether a target is read record by record.
    pub fn is_stream(&self, target: &Target) -> bool {
        let format = self.format.or_else(|| Format::of(self.path(target)?));
        format == Some(Format::Jsonl)
    }

    /// The path of a target; `None` for the standard input without a name.
    pub fn path<'a>(&'a self, target: &'a Target) -> Option<&'a Path> {
        match target {
            Target::Stdin => self.stdin_name.as_deref(),
            Target::File(path) | Target::Walked(path) => Some(path.as_path()),
        }
    }

    /// How reports call a target.
    pub fn name(&self, target: &Target) -> String {
        match (target, &self.stdin_name) {
            (Target::Stdin, Some(path)) => path.display().to_string(),
            _ => target.name(),
        }
    }
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Malformed { line, column, why } => Fault {
                place: Some((line, column)),
                why,
            },
            error => error.to_string().into(),
        }
    }
}

impl From<String> for Fault {
    fn from(why: String) -> Self {
        Fault { place: None, why }
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        failure.0.into()
    }
}

impl Fault {
    /// The fault with the name of its file, as editors and terminals link it: `a.json:3:14: why`.
    pub fn of(&self, name: &str) -> String {
        match self.place {
            Some(_) => format!("{name}:{self}"),
            None => format!("{name}: {self}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(f, "{line}:{column}: ")?;
        }
        f.write_str(&self.why)
    }
}

/// The bytes of a target.
///
/// # Errors
/// In words, with the remedy.
pub fn read_bytes(target: &Target) -> Result<Vec<u8>, String> {
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
        Target::File(path) | Target::Walked(path) => {
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

impl Run {
    /// Checks all targets and writes the whole report.
    ///
    /// # Errors
    /// When a report cannot be written.
    pub fn all(
        &mut self,
        targets: impl Iterator<Item = Result<Target, walk::Miss>>,
    ) -> io::Result<()> {
        let mut progress = Progress::new();
        let mut targets = targets.peekable();
        self.outputs.begin(&self.checker.reports)?;
        loop {
            let reading = &self.checker.reading;
            let is_stream = |target: &_| matches!(target, Ok(t) if reading.is_stream(t));
            let mut files = std::iter::from_fn(|| targets.next_if(|t| !is_stream(t)));
            let batch = batch(&mut files);
            if batch.is_empty() {
                match targets.next() {
                    Some(Ok(target)) => self.stream(&target, &mut progress)?,
                    _ => break,
                }
                continue;
            }
            let checker = &self.checker;
            let done: Vec<Done> = match batch.len() {
                // One file needs no threads.
                1 => batch.into_iter().map(|t| checker.check(t)).collect(),
                _ => batch.into_par_iter().map(|t| checker.check(t)).collect(),
            };
            self.tell(done, &mut progress)?;
        }
        drop(progress);
        for (name, error) in self.checker.waivers.faults() {
            complain(&format!("{name}: {error}"));
            self.summary.errors.push((name, error));
        }
        if let Some(stale) = self.checker.waivers.stale(&self.checker.setups) {
            complain(&stale);
        }
        self.outputs.end(&self.checker.reports, &self.summary)
    }

    /// Writes what was found, and hands it on.
    pub fn tell(&mut self, done: Vec<Done>, progress: &mut Progress) -> io::Result<()> {
        progress.aside(|| {
            for Done { name, parts } in done {
                for part in parts {
                    self.add(&name, part)?;
                }
            }
            self.outputs.flush()
        })?;
        progress.show(&self.summary);
        Ok(())
    }

    fn add(&mut self, name: &str, part: Result<Written, Fault>) -> io::Result<()> {
        match part {
            Err(fault) => {
                complain(&fault.of(name));
                let errors = &mut self.summary.errors;
                if errors.len() < Summary::MOST_ERRORS {
                    errors.push((name.to_owned(), fault.to_string()));
                }
                let unread = Unread {
                    path: name,
                    line: fault.place.map(|(line, _)| line),
                    column: fault.place.map(|(_, column)| column),
                    error: &fault.why,
                };
                self.outputs.unread(&self.checker.reports, &unread)
            }
            Ok(story) => {
                self.summary.documents += 1;
                self.summary.words += story.words;
                self.summary.counts.add(story.counts);
                self.summary.with_findings += u64::from(story.found);
                self.summary.failed += u64::from(story.failed);
                story.problems.iter().for_each(|problem| complain(problem));
                self.outputs.story(&self.checker.reports, &story.reports)
            }
        }
    }

    /// Whether there was nothing to do.
    pub fn is_idle(&self) -> bool {
        self.summary.documents == 0 && self.summary.errors.is_empty()
    }

    /// How the run ends, after all was said.
    pub fn exit(&self) -> Exit {
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

/// The next targets to be dealt with together.
pub fn batch(
    targets: &mut impl Iterator<Item = Result<Target, walk::Miss>>,
) -> Vec<Result<Target, walk::Miss>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < MOST_FILES
        && bytes < MOST_BYTES
        && let Some(target) = targets.next()
    {
        if let Ok(Target::File(path) | Target::Walked(path)) = &target {
            bytes += fs::metadata(path).map_or(0, |m| m.len());
        }
        batch.push(target);
    }
    batch
}

impl Checker {
    /// Checks stories for a command that writes no reports.
    pub fn new(setups: Arc<Setups>, reading: Reading) -> Self {
        Checker {
            setups,
            reading,
            spanish: None,
            waivers: Waivers::default(),
            reports: Reports::none(),
        }
    }

    /// Reads and checks one target and writes its parts of the reports.
    fn check(&self, target: Result<Target, walk::Miss>) -> Done {
        let (name, parts) = match target {
            Err((name, why)) => (name, Err(why.into())),
            Ok(target) => {
                let name = self.reading.name(&target);
                let parts = self.parts(&name, &target);
                (name, parts)
            }
        };
        let parts = parts.unwrap_or_else(|fault| vec![Err(fault)]);
        Done { name, parts }
    }

    fn parts(&self, name: &str, target: &Target) -> Result<Vec<Result<Written, Fault>>, Fault> {
        let setup = self.setup(target)?;
        let bytes = read_bytes(target)?;
        if self.reading.format(target, &bytes) == Format::Jsonl {
            // Records that no name announced.
            let lines = stream::lines(1, &bytes);
            return Ok(lines.map(|line| self.record(name, &setup, line)).collect());
        }
        let written = match self.reading.parse(target, bytes, &setup.input)? {
            Some(mut input) => self.all_written(name, &setup, &mut input),
            None => Vec::new(),
        };
        Ok(written.into_iter().map(Ok).collect())
    }

    /// What holds for a target.
    ///
    /// # Errors
    /// When its settings cannot be read or understood.
    pub fn setup(&self, target: &Target) -> Result<Arc<Setup>, Failure> {
        let path = self.reading.path(target);
        self.setups.of(path.unwrap_or(Path::new("-")))
    }

    /// Checks one record of a stream.
    pub fn record(&self, name: &str, setup: &Setup, line: Line) -> Result<Written, Fault> {
        let mut input = line.read(&setup.input)?;
        let written = self.all_written(name, setup, &mut input).pop();
        written.ok_or_else(|| "there is no record".to_owned().into())
    }

    /// Checks the stories of an input and writes their parts of the reports.
    fn all_written(&self, name: &str, setup: &Setup, input: &mut Input) -> Vec<Written> {
        if let Some(spanish) = &self.spanish {
            for story in &mut input.stories {
                story.document.spanish = Some(spanish.clone());
            }
        }
        let place = self.waivers.place(name);
        let written = |story| self.written(name, setup, &place, input, story);
        match input.stories.len() {
            1 => input.stories.iter().map(written).collect(),
            _ => input.stories.par_iter().map(written).collect(),
        }
    }

    /// What is found in a story, where what the user has waived says so, and what is wrong with the
    /// comments that waive.
    pub fn findings(
        &self,
        setup: &Setup,
        place: &Place,
        story: &Story,
    ) -> (Vec<Finding>, Vec<Problem>) {
        let (mut findings, problems) = setup.findings(story);
        self.waivers.apply(place, story, &mut findings);
        (findings, problems)
    }

    /// Checks one story and writes its parts of the reports.
    fn written(
        &self,
        name: &str,
        setup: &Setup,
        place: &Place,
        input: &Input,
        story: &Story,
    ) -> Written {
        let (findings, problems) = self.findings(setup, place, story);
        let checked = Checked::new(name, input, story, &findings).under(&setup.gate);
        Written {
            reports: self.reports.written(&checked),
            counts: checked.counts,
            words: checked.words,
            found: findings.iter().any(|f| f.waiver.is_none()),
            failed: !checked.reasons().is_empty() || setup.strict && !problems.is_empty(),
            problems: placed(name, setup, input, story, &problems),
        }
    }
}

/// What is wrong with the comments of a story, in words and with the place.
fn placed(
    name: &str,
    setup: &Setup,
    input: &Input,
    story: &Story,
    problems: &[Problem],
) -> Vec<String> {
    if problems.is_empty() {
        return Vec::new();
    }
    let lines = input.lines();
    let kind = if setup.strict { "" } else { "warning: " };
    let placed = |problem: &Problem| {
        let position = lines.position(problem.place.start);
        // A record is read by itself; its place is that in the stream.
        let record = story.record.as_ref();
        let (line, column) = (record.map_or(position.line, |r| r.line), position.column);
        format!("{name}:{line}:{column}: {kind}{}", problem.message)
    };
    problems.iter().map(placed).collect()
}
