//! Where reports go, and in which formats: `--format`, `--output`, `--color`, `--quiet`.
use super::whole::Whole;
use super::{Color, Failure, walk};
use anstream::{AutoStream, ColorChoice};
use asador::nearest::nearest;
use asador::report::{self, Checked, Report, Summary, Unread};
use clap::ValueEnum;
use std::fs;
use std::io::{self, BufWriter, Seek as _, Write};
use std::path::{Path, PathBuf};
use tempfile::SpooledTempFile;

/// The reports of a run, as arguments.
#[derive(clap::Args)]
pub struct Wished {
    /// How the findings are written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Writes the report into a file instead of the standard output; with a format before the name
    /// (`sarif:report.sarif`) writes one more report. Repeat for several. A file appears when the
    /// run is over, whole or not at all.
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
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Code Quality of GitLab.
    Gitlab,
    /// Tests as JUnit reports them, for any CI.
    Junit,
    /// Checkstyle 4.3, for Jenkins and others.
    Checkstyle,
    /// Diagnostics of reviewdog, with suggestions.
    Rdjsonl,
    /// Ten columns of MQM for Marot, the viewer of evaluations.
    Marot,
    /// XLIFF 2.1 with the findings as ITS 2.0 quality issues, for translation tools.
    Its,
    /// A summary for a comment on a pull request.
    Markdown,
    /// A page that shows the stories with their findings.
    Html,
}

impl Form {
    /// A report in this format.
    fn report(self, coloured: bool) -> Box<dyn Report> {
        match self {
            Form::Human => Box::new(report::human::Human::new(columns(), coloured)),
            Form::Json => Box::new(report::json::Json),
            Form::Jsonl => Box::new(report::jsonl::Jsonl),
            Form::Sarif => Box::new(report::sarif::Sarif),
            Form::Github => Box::new(report::github::Github),
            Form::Gitlab => Box::new(report::gitlab::Gitlab),
            Form::Junit => Box::new(report::junit::Junit),
            Form::Checkstyle => Box::new(report::checkstyle::Checkstyle),
            Form::Rdjsonl => Box::new(report::rdjsonl::Rdjsonl),
            Form::Marot => Box::new(report::marot::Marot),
            Form::Its => Box::new(report::its::Its),
            Form::Markdown => Box::new(report::markdown::Markdown),
            Form::Html => Box::new(report::html::Html),
        }
    }
}

/// The reports of a run; shared by the threads that check stories.
pub struct Reports(Vec<Box<dyn Report>>);

/// What a report says of a story.
pub struct Part {
    row: String,
    text: String,
}

/// Where the reports of a run go, in the same order.
pub struct Outputs(Vec<Output>);

struct Output {
    sink: Sink,
    /// Stories that wait for the overview before them.
    held: Option<SpooledTempFile>,
    /// Their lines in it.
    rows: String,
    /// Whether a story had something to say.
    begun: bool,
    /// Bytes of stories so far.
    used: usize,
    /// Stories for which there was no room.
    left_out: u64,
    /// Whoever reads the report has seen enough.
    closed: bool,
}

enum Sink {
    Standard(Box<dyn Write>),
    File(Box<BufWriter<Whole>>, PathBuf),
}

/// Held stories take so many bytes of memory before they go to the disk.
const HELD: usize = 16 << 20;

impl Wished {
    /// The formats and files of all `--output`; without a format that of `--format`.
    fn files(&self) -> Result<Vec<(Form, PathBuf)>, Failure> {
        let names = || {
            Form::value_variants()
                .iter()
                .filter_map(Form::to_possible_value)
        };
        let parse = |output: &String| {
            let Some((form, file)) = output.split_once(':') else {
                return Ok((self.format, PathBuf::from(output)));
            };
            if let Ok(form) = Form::from_str(form, false) {
                return match file {
                    "" => Err(Failure(format!(
                        "{output} names no file; write {output}FILE"
                    ))),
                    file => Ok((form, PathBuf::from(file))),
                };
            }
            match nearest(form, names().map(|name| name.get_name().to_owned())) {
                Some(meant) => Err(Failure(format!(
                    "no format is called “{form}”; did you mean “{meant}”? \
                     For a file of this name write ./{output}"
                ))),
                None => Ok((self.format, PathBuf::from(output))),
            }
        };
        self.output.iter().map(parse).collect()
    }

    /// Opens all reports; `inputs` are the paths to be checked.
    ///
    /// # Errors
    /// When a format is unknown, a file cannot be made, or something stands there that is not to be
    /// written over.
    pub fn open(&self, inputs: &[PathBuf]) -> Result<(Reports, Outputs), Failure> {
        let files = self.files()?;
        for (at, (_, path)) in files.iter().enumerate() {
            let shown = path.display();
            if files[..at].iter().any(|(_, other)| same(path, other)) {
                let why = "two reports would go there; give each its own file";
                return Err(Failure(format!("{shown}: {why}")));
            }
            if inputs.iter().any(|input| same(path, input)) {
                let why = "this is to be checked; write the report elsewhere";
                return Err(Failure(format!("{shown}: {why}")));
            }
        }
        let (mut reports, mut outputs) = (Reports(Vec::new()), Outputs(Vec::new()));
        let mut add = |report: Box<dyn Report>, sink| {
            outputs.0.push(Output::new(sink, report.has_overview()));
            reports.0.push(report);
        };
        let moved = |(output, (_, file)): (&String, &(Form, PathBuf))| file == Path::new(output);
        if !self.quiet && !self.output.iter().zip(&files).any(moved) {
            let (out, coloured) = self.standard();
            add(self.format.report(coloured), Sink::Standard(out));
        }
        let coloured = self.choice(ColorChoice::Never) != ColorChoice::Never;
        for (form, path) in files {
            let file = Whole::create(&path).map_err(|e| {
                let shown = path.display();
                Failure(format!("{shown}: the report cannot be written there ({e})"))
            })?;
            let sink = Sink::File(Box::new(BufWriter::new(file)), path);
            add(form.report(coloured), sink);
        }
        Ok((reports, outputs))
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

/// Whether two paths lead to the same file, one that can be written over.
fn same(one: &Path, other: &Path) -> bool {
    if fs::metadata(one).is_ok_and(|known| !known.is_file()) {
        return false;
    }
    let real = |path| fs::canonicalize(path).unwrap_or_else(|_| walk::plain(path));
    real(one) == real(other)
}

impl Reports {
    /// No reports.
    pub fn none() -> Self {
        Reports(Vec::new())
    }

    /// What each report says of a story.
    pub fn written(&self, story: &Checked) -> Vec<Part> {
        let written = |report: &dyn Report| {
            let (mut row, mut text) = (String::new(), String::new());
            report.row(story, &mut row);
            report.story(story, &mut text);
            Part { row, text }
        };
        self.0.iter().map(|report| written(&**report)).collect()
    }
}

impl Output {
    fn new(sink: Sink, has_overview: bool) -> Self {
        Output {
            sink,
            held: has_overview.then(|| tempfile::spooled_tempfile(HELD)),
            rows: String::new(),
            begun: false,
            used: 0,
            left_out: 0,
            closed: false,
        }
    }

    /// Does something to the output, unless its reader has left; that this one does is no fault.
    fn try_to(&mut self, act: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        match (act(self), &self.sink) {
            (Err(e), Sink::Standard(_)) if e.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            (Err(e), Sink::File(_, path)) => {
                Err(io::Error::new(e.kind(), format!("{}: {e}", path.display())))
            }
            (result, _) => result,
        }
    }

    /// Writes a part of the report.
    fn write(&mut self, part: impl FnOnce(&mut String)) -> io::Result<()> {
        let mut text = String::new();
        part(&mut text);
        self.sink.writer().write_all(text.as_bytes())
    }

    /// Writes what the report says of the next story.
    fn story(&mut self, report: &dyn Report, part: &Part) -> io::Result<()> {
        self.rows.push_str(&part.row);
        if part.text.is_empty() {
            return Ok(());
        }
        if self.used + part.text.len() > report.room() {
            self.left_out += 1;
            return Ok(());
        }
        self.used += part.text.len();
        let mut between = String::new();
        if std::mem::replace(&mut self.begun, true) {
            report.between(&mut between);
        }
        let out: &mut dyn Write = match &mut self.held {
            Some(held) => held,
            None => self.sink.writer(),
        };
        out.write_all(between.as_bytes())?;
        out.write_all(part.text.as_bytes())
    }

    /// Writes the rest of the report and puts it in its place.
    fn end(&mut self, report: &dyn Report, summary: &Summary) -> io::Result<()> {
        if let Some(mut held) = self.held.take() {
            let rows = std::mem::take(&mut self.rows);
            self.write(|out| report.overview(summary, &rows, out))?;
            held.rewind()?;
            io::copy(&mut held, self.sink.writer())?;
        }
        if self.left_out > 0 {
            let left_out = self.left_out;
            self.write(|out| report.left_out(left_out, out))?;
        }
        self.write(|out| report.end(summary, out))?;
        self.sink.writer().flush()
    }
}

impl Sink {
    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Sink::Standard(out) => out,
            Sink::File(out, _) => out,
        }
    }

    /// Puts a file in its place.
    fn finish(self) -> io::Result<()> {
        match self {
            Sink::Standard(_) => Ok(()),
            Sink::File(out, path) => (*out)
                .into_inner()
                .map_err(io::IntoInnerError::into_error)
                .and_then(Whole::finish)
                .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display()))),
        }
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

    /// The files that reports go into.
    pub fn files(&self) -> Vec<PathBuf> {
        let file = |output: &Output| match &output.sink {
            Sink::Standard(_) => None,
            Sink::File(_, path) => Some(path.clone()),
        };
        self.0.iter().filter_map(file).collect()
    }

    /// Writes what stands before the first story.
    pub fn begin(&mut self, reports: &Reports) -> io::Result<()> {
        for (output, report) in self.with(reports) {
            output.try_to(|output| output.write(|out| report.begin(out)))?;
        }
        Ok(())
    }

    /// Writes what each report says of what could not be read.
    pub fn unread(&mut self, reports: &Reports, unread: &Unread) -> io::Result<()> {
        for (output, report) in self.with(reports) {
            output.try_to(|output| output.write(|out| report.unread(unread, out)))?;
        }
        self.unless_closed()
    }

    /// Writes what each report says of the next story.
    pub fn story(&mut self, reports: &Reports, parts: &[Part]) -> io::Result<()> {
        for ((output, report), part) in self.with(reports).zip(parts) {
            output.try_to(|output| output.story(report, part))?;
        }
        self.unless_closed()
    }

    /// Hands on what was written so far.
    pub fn flush(&mut self) -> io::Result<()> {
        for output in &mut self.0 {
            output.try_to(|output| output.sink.writer().flush())?;
        }
        self.unless_closed()
    }

    /// Writes what stands after the last story and puts all files in their places.
    pub fn end(&mut self, reports: &Reports, summary: &Summary) -> io::Result<()> {
        for (output, report) in self.with(reports) {
            output.try_to(|output| output.end(report, summary))?;
        }
        let outputs = std::mem::take(&mut self.0);
        outputs
            .into_iter()
            .try_for_each(|output| output.sink.finish())
    }

    /// Fails when nobody reads any report.
    fn unless_closed(&self) -> io::Result<()> {
        match !self.0.is_empty() && self.0.iter().all(|output| output.closed) {
            true => Err(io::ErrorKind::BrokenPipe.into()),
            false => Ok(()),
        }
    }
}
