//! Where reports go, and in which formats: `--format`, `--output`, `--color`, `--quiet`.
use super::{Color, Failure};
use anstream::{AutoStream, ColorChoice};
use asador::report::{Checked, Report, Summary, Unread, human::Human, json::Json, jsonl::Jsonl};
use clap::ValueEnum;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The reports of a run, as arguments.
#[derive(clap::Args)]
pub struct Wished {
    /// How the findings are written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Writes the report into a file instead of the standard output; with a format before the name
    /// (`sarif:report.sarif`) writes one more report. Repeat for several.
    #[arg(long, short, value_name = "[FORMAT:]FILE")]
    output: Vec<String>,
    /// When to colour.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,
    /// Prints no report; the exit code tells.
    #[arg(long, short)]
    quiet: bool,
}

/// The formats of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people.
    #[default]
    Human,
    /// One object for the run.
    Json,
    /// One object a story, a line each.
    Jsonl,
}

impl Form {
    /// A report in this format.
    fn report(self, coloured: bool) -> Box<dyn Report> {
        match self {
            Form::Human => Box::new(Human::new(columns(), coloured)),
            Form::Json => Box::new(Json),
            Form::Jsonl => Box::new(Jsonl),
        }
    }
}

/// The reports of a run; shared by the threads that check stories.
pub struct Reports(Vec<Box<dyn Report>>);

/// Where the reports of a run go, in the same order.
pub struct Outputs(Vec<Output>);

struct Output {
    out: Box<dyn Write>,
    /// Whether a story had something to say.
    begun: bool,
}

impl Wished {
    /// The format and the file of an `--output`; without a format that of `--format`.
    fn parse(&self, output: &str) -> (Form, PathBuf) {
        let named = output
            .split_once(':')
            .and_then(|(form, file)| Some((Form::from_str(form, false).ok()?, file)));
        match named {
            Some((form, file)) => (form, PathBuf::from(file)),
            None => (self.format, PathBuf::from(output)),
        }
    }

    /// The files that reports go into.
    pub fn files(&self) -> Vec<PathBuf> {
        self.output.iter().map(|o| self.parse(o).1).collect()
    }

    /// Opens all reports.
    ///
    /// # Errors
    /// When a file cannot be made.
    pub fn open(&self) -> Result<(Reports, Outputs), Failure> {
        let (mut reports, mut outputs) = (Vec::new(), Vec::new());
        let moved = self.output.iter().any(|o| {
            let (form, file) = self.parse(o);
            form == self.format && file == Path::new(o)
        });
        if !self.quiet && !moved {
            let (out, coloured) = self.standard();
            reports.push(self.format.report(coloured));
            outputs.push(Output { out, begun: false });
        }
        for output in &self.output {
            let (form, path) = self.parse(output);
            let file = File::create(&path).map_err(|e| {
                Failure(format!(
                    "{}: the report cannot be written there ({e})",
                    path.display()
                ))
            })?;
            let coloured = self.choice(ColorChoice::Never) != ColorChoice::Never;
            let out = Box::new(BufWriter::new(file));
            reports.push(form.report(coloured));
            outputs.push(Output { out, begun: false });
        }
        Ok((Reports(reports), Outputs(outputs)))
    }

    fn choice(&self, auto: ColorChoice) -> ColorChoice {
        match self.color {
            Color::Auto => auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }

    /// The standard output, and whether what goes there is coloured.
    fn standard(&self) -> (Box<dyn Write>, bool) {
        let stdout = io::stdout();
        let choice = self.choice(AutoStream::choice(&stdout));
        let coloured = choice != ColorChoice::Never;
        // Colours need a stream that knows the terminal; the rest goes out as it is.
        let out: Box<dyn Write> = match self.format {
            Form::Human if coloured => Box::new(AutoStream::new(stdout.lock(), choice)),
            _ => Box::new(stdout.lock()),
        };
        (Box::new(BufWriter::new(out)), coloured)
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

impl Reports {
    /// No reports.
    pub fn none() -> Self {
        Reports(Vec::new())
    }

    /// What each report says of a story.
    pub fn written(&self, story: &Checked) -> Vec<String> {
        let written = |report: &dyn Report| {
            let mut out = String::new();
            report.story(story, &mut out);
            out
        };
        self.0.iter().map(|report| written(&**report)).collect()
    }
}

impl Output {
    /// Writes a part of a report.
    fn write(&mut self, part: impl FnOnce(&mut String)) -> io::Result<()> {
        let mut text = String::new();
        part(&mut text);
        self.out.write_all(text.as_bytes())
    }
}

impl Outputs {
    /// Every report with the place it goes to.
    fn with<'a>(
        &'a mut self,
        reports: &'a Reports,
    ) -> impl Iterator<Item = (&'a mut Output, &'a dyn Report)> {
        let reports = reports.0.iter().map(|report| &**report);
        self.0.iter_mut().zip(reports)
    }

    /// Writes what stands before the first story.
    pub fn begin(&mut self, reports: &Reports) -> io::Result<()> {
        self.with(reports)
            .try_for_each(|(output, report)| output.write(|out| report.begin(out)))
    }

    /// Writes what each report says of the next story.
    pub fn story(&mut self, reports: &Reports, parts: &[String]) -> io::Result<()> {
        for ((output, report), part) in self.with(reports).zip(parts) {
            if part.is_empty() {
                continue;
            }
            if std::mem::replace(&mut output.begun, true) {
                output.write(|out| report.between(out))?;
            }
            output.out.write_all(part.as_bytes())?;
        }
        Ok(())
    }

    /// Writes what each report says of what could not be read.
    pub fn unread(&mut self, reports: &Reports, unread: &Unread) -> io::Result<()> {
        self.with(reports)
            .try_for_each(|(output, report)| output.write(|out| report.unread(unread, out)))
    }

    /// Hands on what was written so far.
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.iter_mut().try_for_each(|o| o.out.flush())
    }

    /// Writes what stands after the last story.
    pub fn end(&mut self, reports: &Reports, summary: &Summary) -> io::Result<()> {
        self.with(reports)
            .try_for_each(|(output, report)| output.write(|out| report.end(summary, out)))?;
        self.flush()
    }
}
