//! What was found, for people and for programs; one file per format under `report/`.
use crate::finding::Finding;
use crate::fingerprint::Fnv;
use crate::gate::{Gate, Reason};
use crate::input::{Field, Input, Story};
use crate::score::{Counts, Score};
use crate::text::{Document, Encoding, LineIndex, Position, Span};
use std::cell::OnceCell;

pub mod checkstyle;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod human;
pub mod its;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod marot;
pub mod rdjsonl;
pub mod sarif;
mod window;
mod wording;
mod xml;

/// A format of reports. Stories come one by one, so that a run of any length needs no more memory
/// than its longest story; a format that is one whole has its begin and end.
pub trait Report: Sync {
    /// Appends what stands before the first story.
    fn begin(&self, _out: &mut String) {}

    /// Appends one story.
    fn story(&self, story: &Checked, out: &mut String);

    /// Appends what stands between two stories that both have something to say in this format.
    fn between(&self, _out: &mut String) {}

    /// Appends what is said of a file or a record that could not be read.
    fn unread(&self, _unread: &Unread, _out: &mut String) {}

    /// Appends what stands after the last story.
    fn end(&self, _summary: &Summary, _out: &mut String) {}

    /// Whether the report opens with an [overview](Report::overview), for which its stories are held
    /// back until the run is over.
    fn has_overview(&self) -> bool {
        false
    }

    /// Appends the line of a story in the overview.
    fn row(&self, _story: &Checked, _out: &mut String) {}

    /// Appends what stands before the first story and needs the whole run: `rows` are the lines of
    /// all stories.
    fn overview(&self, _summary: &Summary, _rows: &str, _out: &mut String) {}

    /// How many bytes of stories the report may hold, where its reader takes no more. A story that
    /// does not fit is left out.
    fn room(&self) -> usize {
        usize::MAX
    }

    /// Appends what stands for so many stories that were left out.
    fn left_out(&self, _stories: u64, _out: &mut String) {}
}

/// A story with what was found in it.
pub struct Checked<'a> {
    /// The file, as the user named it; `-` for the standard input.
    pub path: &'a str,
    /// The name of the story inside the file.
    pub id: Option<&'a str>,
    /// Its text.
    pub document: &'a Document,
    /// What was found, in order.
    pub findings: &'a [Finding],
    /// The same, counted.
    pub counts: Counts,
    /// How many words it has.
    pub words: u64,
    /// The story as it was read.
    pub story: &'a Story,
    /// The gate that it is judged by.
    pub gate: &'a Gate,
    input: &'a Input,
    lines: OnceCell<LineIndex<'a>>,
    fields: OnceCell<Vec<LineIndex<'a>>>,
}

/// A stretch of text with its places in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Place<'a> {
    /// First byte in the file as it lies on disk; in a record, in the decoded text of its field.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line of its first character, from 1; in a stream, that of the record.
    pub line: u32,
    /// Column of its first character, in characters, from 1.
    pub column: u32,
    /// What stands there.
    pub text: &'a str,
    /// The field of the record in which the other numbers count; `None` where they count in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'a str>,
}

/// A stretch of a file as editors and code hosts show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where its first character stands.
    pub start: Position,
    /// Where the character after its last one stands.
    pub end: Position,
    /// Its bytes in the file as it lies on disk.
    pub bytes: Span,
}

impl<'a> Checked<'a> {
    /// Puts a story of an input and its findings together.
    pub fn new(path: &'a str, input: &'a Input, story: &'a Story, findings: &'a [Finding]) -> Self {
        Checked {
            path,
            id: story.id.as_deref(),
            document: &story.document,
            findings,
            counts: Counts::of(findings),
            words: story.document.word_count() as u64,
            story,
            gate: &Gate::NEW,
            input,
            lines: OnceCell::new(),
            fields: OnceCell::new(),
        }
    }

    /// Judges it by this gate.
    pub fn under(self, gate: &'a Gate) -> Self {
        Checked { gate, ..self }
    }

    /// Its score.
    pub fn score(&self) -> Score {
        Score::new(self.counts, self.words, &self.gate.scoring())
    }

    /// Why it does not pass the gate; nothing if it does.
    pub fn reasons(&self) -> Vec<Reason> {
        self.gate.judge(self.counts, &self.score())
    }

    /// Where a span of its text lies in the file.
    pub fn place(&self, span: Span) -> Place<'a> {
        let text = self.document.slice(span);
        let source = self.source(span);
        if let Some(record) = &self.story.record
            && let Some(at) = record.field(span)
        {
            let fields = || record.fields.iter().map(Field::lines).collect();
            let lines = &self.fields.get_or_init(fields)[at];
            return Place {
                start: source.start,
                end: source.end,
                line: record.line,
                column: lines.characters(source.start) + 1,
                text,
                field: Some(&record.fields[at].pointer),
            };
        }
        let position = self.lines().position(source.start);
        Place {
            start: source.start,
            end: source.end,
            line: position.line,
            column: position.column,
            text,
            field: None,
        }
    }

    /// The bytes that a span of its text was read from: of the file, or of the decoded field of the
    /// record in which it begins.
    pub fn source(&self, span: Span) -> Span {
        let record = self.story.record.as_ref();
        let field = record.and_then(|record| Some(&record.fields[record.field(span)?]));
        match field {
            Some(field) => field.source(span),
            None => self.document.map.source(span),
        }
    }

    /// The stretch of the file that a span of its text was read from; `None` for a record, of which
    /// only the line is known.
    pub fn region(&self, span: Span) -> Option<Region> {
        if self.story.record.is_some() {
            return None;
        }
        let bytes = self.document.map.source(span);
        Some(Region {
            start: self.lines().position(bytes.start),
            end: self.lines().position(bytes.end),
            bytes,
        })
    }

    /// The column of a byte of the file in bytes, from 1; `None` unless the file is UTF-8.
    pub fn byte_column(&self, at: u32) -> Option<u32> {
        (self.input.encoding() == Encoding::Utf8).then(|| at - self.lines().start_of_line(at) + 1)
    }

    /// The findings that count.
    pub fn open(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.findings.iter().filter(|f| f.waiver.is_none())
    }

    /// The Spanish of every block, where the two have as many paragraphs; else nothing.
    pub fn spanish(&self) -> Vec<&'a str> {
        let spanish = self.document.spanish.as_deref().unwrap_or_default();
        let paragraphs: Vec<&str> = spanish
            .split("\n\n")
            .flat_map(|part| part.split("\r\n\r\n"))
            .map(str::trim)
            .filter(|paragraph| !paragraph.is_empty())
            .collect();
        match paragraphs.len() == self.document.blocks.len() {
            true => paragraphs,
            false => Vec::new(),
        }
    }

    /// A name for the story that no other story of the run has, for links and identifiers: from its
    /// path, its name and its place in the file.
    pub fn anchor(&self) -> String {
        let place = self.story.record.as_ref().map_or_else(
            || u64::from(self.document.map.source(Span::default()).start),
            |record| u64::from(record.line),
        );
        let mut state = Fnv::new();
        state.add(self.path.as_bytes());
        state.add(self.id.unwrap_or_default().as_bytes());
        state.add(&place.to_le_bytes());
        format!("{:016x}", state.value())
    }

    fn lines(&self) -> &LineIndex<'a> {
        self.lines.get_or_init(|| self.input.lines())
    }
}

/// A file, or a record of a stream, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Unread<'a> {
    /// The file, as the user named it.
    pub path: &'a str,
    /// Where the fault is: its line, from 1; `None` where the whole file is meant.
    pub line: Option<u32>,
    /// Its column in characters, from 1.
    pub column: Option<u32>,
    /// What is wrong, and the remedy.
    pub error: &'a str,
}

/// A whole run in numbers.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Stories checked.
    pub documents: u64,
    /// Words in them.
    pub words: u64,
    /// Findings in them.
    pub counts: Counts,
    /// Stories with at least one finding.
    pub with_findings: u64,
    /// Stories that do not pass their gate.
    pub failed: u64,
    /// The gate of stories for which no other is set.
    pub gate: Gate,
    /// What could not be read: path and reason; not more than [`Summary::MOST_ERRORS`].
    pub errors: Vec<(String, String)>,
}

impl Summary {
    /// A stream may be broken in every line; so many errors are kept.
    pub const MOST_ERRORS: usize = 1000;

    /// A run that has not begun.
    pub fn new(gate: Gate) -> Self {
        Summary {
            documents: 0,
            words: 0,
            counts: Counts::default(),
            with_findings: 0,
            failed: 0,
            gate,
            errors: Vec::new(),
        }
    }

    /// The score of all stories taken together.
    pub fn score(&self) -> Score {
        Score::new(self.counts, self.words, &self.gate.scoring())
    }

    /// Whether the gate failed: a story did not pass.
    pub fn failed(&self) -> bool {
        self.failed > 0
    }
}
