//! A run over many files: some at a time, in parallel, reported in order.
use super::outputs::{Outputs, Part, Reports};
use super::progress::Progress;
use super::walk::{self, Target};
use super::{Exit, complain};
use asador::input::{self, Format, Input, Options, ReadError};
use asador::report::{Checked, Summary};
use asador::{Linter, score::Counts};
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::{self, Read as _};

/// So many files are read, checked in parallel and reported together, or so many bytes: what a run
/// holds in memory does not grow with the number of files.
const MOST_FILES: usize = 256;
const MOST_BYTES: u64 = 64 << 20;

/// What is done with every file, in any thread.
pub struct Checker {
    /// The rules.
    pub linter: Linter,
    /// How files are read.
    pub reading: Reading,
    /// The Spanish of the one story.
    pub spanish: Option<String>,
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
    /// What readers are told.
    pub options: Options,
}

/// A file that was checked, its parts of the reports written.
struct Done {
    name: String,
    stories: Vec<Written>,
    error: Option<String>,
}

/// What the reports say of a story, one part an output.
struct Written {
    reports: Vec<Part>,
    counts: Counts,
    words: u64,
    found: bool,
}

impl Reading {
    /// Reads what a target holds; `None` where a walk found a file without a story.
    ///
    /// # Errors
    /// In words, with the remedy.
    pub fn read(&self, target: &Target) -> Result<Option<Input>, String> {
        let bytes = read_bytes(target)?;
        let path = match target {
            Target::Stdin => self.stdin_name.as_deref(),
            Target::File(path) | Target::Walked(path) => Some(path.as_path()),
        };
        let format = self.format.unwrap_or_else(|| Format::guess(path, &bytes));
        match input::read(bytes, format, &self.options) {
            Ok(input) => Ok(Some(input)),
            Err(ReadError::NoStory(_)) if matches!(target, Target::Walked(_)) => Ok(None),
            Err(error) => Err(error.to_string()),
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
        mut targets: impl Iterator<Item = Result<Target, walk::Miss>>,
    ) -> io::Result<()> {
        let mut progress = Progress::new();
        self.outputs.begin(&self.checker.reports)?;
        loop {
            let batch = batch(&mut targets);
            let checker = &self.checker;
            let done: Vec<Done> = match batch.len() {
                0 => break,
                // One file needs no threads.
                1 => batch.into_iter().map(|t| checker.check(t)).collect(),
                _ => batch.into_par_iter().map(|t| checker.check(t)).collect(),
            };
            progress.aside(|| {
                done.into_iter().try_for_each(|file| self.add(file))?;
                self.outputs.flush()
            })?;
            progress.show(&self.summary);
        }
        drop(progress);
        self.outputs.end(&self.checker.reports, &self.summary)
    }

    fn add(&mut self, file: Done) -> io::Result<()> {
        if let Some(error) = file.error {
            complain(&format!("{}: {error}", file.name));
            self.summary.errors.push((file.name, error));
        }
        for story in file.stories {
            self.summary.documents += 1;
            self.summary.words += story.words;
            self.summary.counts.add(story.counts);
            self.summary.with_findings += u64::from(story.found);
            self.outputs.story(&self.checker.reports, &story.reports)?;
        }
        Ok(())
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
        if let Ok(Target::File(path) | Target::Walked(path)) = &target {
            bytes += fs::metadata(path).map_or(0, |m| m.len());
        }
        batch.push(target);
    }
    batch
}

impl Checker {
    /// Reads and checks one target and writes its parts of the reports.
    fn check(&self, target: Result<Target, walk::Miss>) -> Done {
        let (name, input) = match target {
            Err((name, why)) => (name, Err(why)),
            Ok(target) => (self.reading.name(&target), self.reading.read(&target)),
        };
        let mut done = Done {
            name,
            stories: Vec::new(),
            error: None,
        };
        match input {
            Ok(Some(mut input)) => {
                if let Some(spanish) = &self.spanish {
                    for story in &mut input.stories {
                        story.document.spanish = Some(spanish.clone());
                    }
                }
                let written = |story| self.written(&done.name, &input, story);
                done.stories = input.stories.iter().map(written).collect();
            }
            Ok(None) => {}
            Err(error) => done.error = Some(error),
        }
        done
    }

    /// Checks one story and writes its parts of the reports.
    fn written(&self, name: &str, input: &Input, story: &input::Story) -> Written {
        let findings = self.linter.check(&story.document);
        let checked = Checked::new(name, input, story, &findings);
        Written {
            reports: self.reports.written(&checked),
            counts: checked.counts,
            words: checked.words,
            found: findings.iter().any(|f| f.waiver.is_none()),
        }
    }
}
