//! What was found, for people and for programs; one file per format under `report/`.
use crate::finding::Finding;
use crate::gate::{Gate, Reason};
use crate::input::{Field, Input, Story};
use crate::score::{Counts, Score};
use crate::text::{Document, LineIndex, Span};
use std::cell::OnceCell;

pub mod human;
pub mod json;
pub mod jsonl;
mod window;

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
        let lines = self.lines.get_or_init(|| self.input.lines());
        let position = lines.position(source.start);
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
