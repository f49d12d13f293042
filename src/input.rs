//! From the bytes of a file to documents; one reader per format under `input/`.
//!
//! A reader gets decoded text and gives stories whose [`SourceMap`] leads back to that text; [`read`]
//! leads it on to the bytes. A reader collects its text in a [`prose::Prose`], is added with its own
//! file, and has a line in [`Format::NAMES`] and in [`read`].
use crate::text::{Document, Encoding, LineIndex, LineMarks, SourceMap, Span};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

mod docx;
pub mod encoding;
pub mod escape;
mod feed;
mod flow;
mod guess;
mod html;
pub mod json;
mod json_string;
mod markdown;
mod newsml;
mod nitf;
mod paragraphs;
mod po;
pub mod prose;
mod segment;
mod table;
#[cfg(test)]
mod testing;
mod text;
mod tmx;
mod xliff;
mod xml;

use escape::Escapes;

/// How a file is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A story as plain text.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A page or a fragment of HTML.
    Html,
    /// A story, or a list of stories, in JSON.
    Json,
    /// A story a line in JSON.
    Jsonl,
    /// XLIFF 1.2 or 2.
    Xliff,
    /// A translation memory.
    Tmx,
    /// A catalogue of gettext.
    Po,
    /// Pairs of segments, parted by tabs.
    Tsv,
    /// Pairs of segments, parted by commas.
    Csv,
    /// NITF.
    Nitf,
    /// NewsML-G2.
    Newsml,
    /// RSS or Atom.
    Feed,
    /// A Word document.
    Docx,
}

/// What readers can be told about files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the parts of a story lie in a record of JSON.
    pub fields: json::Fields,
    /// Keys of the front matter that are prose, besides `title`, `description` and the like.
    pub front_matter: Vec<String>,
}

impl Format {
    /// Every format with its name on the command line and the endings of its files. What ends in
    /// `.xml` is told by its content.
    pub const NAMES: &[(Format, &'static str, &'static [&'static str])] = &[
        (Format::Text, "text", &["txt"]),
        (Format::Markdown, "markdown", &["md", "markdown"]),
        (Format::Html, "html", &["html", "htm", "xhtml"]),
        (Format::Json, "json", &["json"]),
        (Format::Jsonl, "jsonl", &["jsonl", "ndjson"]),
        (Format::Xliff, "xliff", &["xlf", "xliff"]),
        (Format::Tmx, "tmx", &["tmx"]),
        (Format::Po, "po", &["po", "pot"]),
        (Format::Tsv, "tsv", &["tsv"]),
        (Format::Csv, "csv", &["csv"]),
        (Format::Nitf, "nitf", &["nitf"]),
        (Format::Newsml, "newsml", &[]),
        (Format::Feed, "feed", &["rss", "atom"]),
        (Format::Docx, "docx", &["docx"]),
    ];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        let named = Self::NAMES.iter().find(|(format, ..)| *format == self);
        named.map_or("", |(_, name, _)| name)
    }

    /// The format with this name.
    pub fn named(name: &str) -> Option<Format> {
        let named = Self::NAMES.iter().find(|(_, known, _)| *known == name);
        named.map(|&(format, ..)| format)
    }

    /// Whether a walk over a folder should read this file: its ending is that of a format.
    /// `story.es.txt` is the Spanish of a story beside it, not a story.
    pub fn is_readable(path: &Path) -> bool {
        Self::of(path).is_some() || ending(path).is_some_and(|e| e.eq_ignore_ascii_case("xml"))
    }

    /// The format that the ending of a file names.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = ending(path)?;
        let known = |endings: &[&str]| endings.iter().any(|e| e.eq_ignore_ascii_case(ending));
        Self::NAMES
            .iter()
            .find(|(_, _, endings)| known(endings))
            .map(|&(format, ..)| format)
    }

    /// The format of a file with this name and content: by its ending, else by its first bytes.
    pub fn guess(path: Option<&Path>, bytes: &[u8]) -> Format {
        path.and_then(Self::of)
            .unwrap_or_else(|| guess::by_content(bytes))
    }
}

/// The ending of a file that is not the Spanish of another.
fn ending(path: &Path) -> Option<&str> {
    if Path::new(path.file_stem()?).extension() == Some("es".as_ref()) {
        return None;
    }
    path.extension()?.to_str()
}

/// A file that was read: its stories, and its bytes where they differ from the text of the story.
pub struct Input {
    /// The stories in the file, in order.
    pub stories: Vec<Story>,
    encoding: Encoding,
    raw: Vec<u8>,
    /// Of a file with many stories the lines are counted once.
    marks: OnceLock<Arc<LineMarks>>,
}

/// A story with the name it has inside its file.
pub struct Story {
    /// What the file calls it; `None` if the file is the story.
    pub id: Option<String>,
    /// Its text.
    pub document: Document,
    /// Comments and notes of the file that may be meant for asador, in order.
    pub notes: Vec<Note>,
    /// How the file writes its text, from each place on; nothing where the file is the text.
    pub writing: Vec<Writing>,
    /// Where it stands among records; `None` where places are those of the file.
    pub record: Option<Record>,
}

/// A comment or note of a file, as its reader found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Byte of the plain text before which it stands.
    pub at: u32,
    /// Where it lies in the decoded text of the file.
    pub source: Span,
    /// What it says, without the marks of a comment.
    pub text: String,
    /// Whether it stands for the whole story, as the field of a record does, and not at a place.
    pub whole: bool,
}

/// How the file writes the text from a place on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writing {
    /// First byte of the plain text.
    pub from: u32,
    /// How plain text is to be written there; `None` where nothing can be written back.
    pub escapes: Option<Escapes>,
}

/// A story that is a record of a stream: places are given in its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The line of the record in the stream, from 1.
    pub line: u32,
    /// The fields that its text was read from, in the order of the text.
    pub fields: Vec<Field>,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its JSON Pointer.
    pub pointer: String,
    /// What was read from it in the text of the story.
    pub plain: Span,
    /// From the text of the story, counted from `plain.start`, to the decoded text of the field.
    pub map: SourceMap,
    /// The decoded text of the field.
    pub text: String,
}

impl Record {
    /// The number of the field in which a span of the story begins.
    pub fn field(&self, span: Span) -> Option<usize> {
        let after = self.fields.partition_point(|f| f.plain.start <= span.start);
        after.checked_sub(1)
    }
}

impl Field {
    /// The lines of the decoded text.
    pub fn lines(&self) -> LineIndex<'_> {
        LineIndex::new(self.text.as_bytes(), Encoding::Utf8)
    }

    /// Where a span of the story lies in the decoded text of the field, in bytes.
    pub fn source(&self, span: Span) -> Span {
        let within = |at: u32| at.clamp(self.plain.start, self.plain.end) - self.plain.start;
        self.map.source(Span {
            start: within(span.start),
            end: within(span.end),
        })
    }
}

impl Story {
    /// A story that is the whole of a plain file.
    pub fn whole(document: Document) -> Self {
        Story {
            id: None,
            document,
            notes: Vec::new(),
            writing: Vec::new(),
            record: None,
        }
    }

    /// How the file writes the text of a span; `None` where it cannot be written back: the text
    /// comes from several places, stands for something else, or the file is only read.
    pub fn escapes(&self, span: Span) -> Option<Escapes> {
        let text = self.document.plain.get(span.range())?;
        let object = text.contains(prose::OBJECT) && !self.writing.is_empty();
        if object || !self.document.map.contiguous(span) {
            return None;
        }
        let after = self.writing.partition_point(|w| w.from <= span.start);
        let upto = self.writing.partition_point(|w| w.from < span.end);
        let escapes = match after.checked_sub(1) {
            None => Some(escape::PLAIN),
            Some(at) => self.writing[at].escapes,
        };
        // Text that is written in two ways cannot be replaced in one.
        let same = |w: &Writing| w.escapes == escapes;
        self.writing[after..upto.max(after)]
            .iter()
            .all(same)
            .then_some(escapes)?
    }
}

impl Input {
    fn new(stories: Vec<Story>, encoding: Encoding, raw: Vec<u8>) -> Self {
        Input {
            stories,
            encoding,
            raw,
            marks: OnceLock::new(),
        }
    }

    /// The bytes of the file, as they lie on disk.
    pub fn bytes(&self) -> &[u8] {
        match &self.stories[..] {
            [story, ..] if self.raw.is_empty() => story.document.plain.as_bytes(),
            _ => &self.raw,
        }
    }

    /// What the bytes are in.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The lines of the file.
    pub fn lines(&self) -> LineIndex<'_> {
        let (bytes, encoding) = (self.bytes(), self.encoding);
        let marks = || Arc::new(LineMarks::of(bytes, encoding));
        LineIndex::again(bytes, encoding, self.marks.get_or_init(marks).clone())
    }
}

/// Why a file cannot be read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// 4 GiB or more: places are 32-bit numbers.
    TooLarge,
    /// Not text, but this.
    Binary(&'static str),
    /// Text in an encoding that is not read.
    Encoding(&'static str),
    /// Sound, but without a story; why, and what to do.
    NoStory(String),
    /// A container that cannot be opened; why, and what to do.
    Broken(String),
    /// Not what its format asks for.
    Malformed {
        /// The line of the fault in the file, from 1.
        line: u32,
        /// Its column in characters, from 1.
        column: u32,
        /// What is wrong and what to do, without a full stop.
        why: String,
    },
}

/// A fault in the form of a file, as its reader reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Byte of the decoded text where the fault is.
    pub at: usize,
    /// What is wrong and what to do, without a full stop.
    pub why: String,
    /// The file is sound, but of another kind: there is no story in it.
    pub foreign: bool,
}

impl Malformed {
    /// A fault at a byte of the decoded text.
    pub fn new(at: usize, why: impl Into<String>) -> Self {
        Malformed {
            at,
            why: why.into(),
            foreign: false,
        }
    }

    /// The file is sound, but no story: a walk over a folder passes it by.
    pub fn foreign(why: impl Into<String>) -> Self {
        Malformed {
            foreign: true,
            ..Self::new(0, why)
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::TooLarge => write!(f, "4 GiB or more; split it"),
            ReadError::Binary(what) => write!(f, "{what}, not text; extract its text first"),
            ReadError::Encoding(name) => write!(
                f,
                "the text is written in {name}; convert it: iconv -f {name} -t UTF-8"
            ),
            ReadError::NoStory(why) | ReadError::Broken(why) => write!(f, "{why}"),
            ReadError::Malformed { line, column, why } => write!(f, "{line}:{column}: {why}"),
        }
    }
}

impl std::error::Error for ReadError {}

/// Longer inputs are refused, in bytes.
pub const LONGEST: u64 = u32::MAX as u64;

/// Reads a file.
///
/// # Errors
/// When the bytes are not text, too many, or not what the format asks for.
pub fn read(bytes: Vec<u8>, format: Format, options: &Options) -> Result<Input, ReadError> {
    if bytes.len() as u64 >= LONGEST {
        return Err(ReadError::TooLarge);
    }
    if format == Format::Docx {
        return docx::read(&bytes);
    }
    let decoded = encoding::decode(bytes)?;
    if decoded.text.len() as u64 >= LONGEST {
        return Err(ReadError::TooLarge);
    }
    let text = &decoded.text;
    let read = match format {
        Format::Text | Format::Docx => {
            let encoding = decoded.encoding;
            let (stories, raw) = text::read(decoded);
            return Ok(Input::new(stories, encoding, raw));
        }
        Format::Markdown => markdown::read(text, options),
        Format::Html => html::read(text),
        Format::Json => json::read(text, options),
        Format::Jsonl => json::read_lines(text, options),
        Format::Xliff => xliff::read(text),
        Format::Tmx => tmx::read(text),
        Format::Po => po::read(text),
        Format::Tsv => table::read(text, b'\t'),
        Format::Csv => table::read(text, b','),
        Format::Nitf => nitf::read(text),
        Format::Newsml => newsml::read(text),
        Format::Feed => feed::read(text),
    };
    traced(decoded, read)
}

/// Reads one record of a stream of JSON Lines, which stands on this line.
///
/// # Errors
/// When the bytes are no record in UTF-8, or hold no story.
pub fn read_record(bytes: Vec<u8>, line: u32, options: &Options) -> Result<Input, ReadError> {
    let decoded = encoding::decode(bytes)?;
    if !matches!(decoded.encoding, Encoding::Utf8 | Encoding::Windows1252) {
        return Err(ReadError::Encoding("UTF-16"));
    }
    let read = json::read_record(&decoded.text, line, options);
    traced(decoded, read.map(|story| vec![story])).map_err(|error| match error {
        ReadError::Malformed { column, why, .. } => ReadError::Malformed { line, column, why },
        other => other,
    })
}

/// Leads the stories of a reader on from the decoded text to the bytes.
fn traced(
    decoded: encoding::Decoded,
    read: Result<Vec<Story>, Malformed>,
) -> Result<Input, ReadError> {
    let encoding = decoded.encoding;
    let map = decoded.map;
    let raw = match decoded.raw.is_empty() {
        true => decoded.text.into_bytes(),
        false => decoded.raw,
    };
    let mut stories = read.map_err(|fault| {
        if fault.foreign {
            return ReadError::NoStory(fault.why);
        }
        let span = Span::new(fault.at, fault.at);
        let position = LineIndex::new(&raw, encoding).position(map.source(span).start);
        ReadError::Malformed {
            line: position.line,
            column: position.column,
            why: fault.why,
        }
    })?;
    for story in &mut stories {
        let traced = story.document.map.then(&map);
        story.document.map = traced;
        for note in &mut story.notes {
            note.source = map.source(note.source);
        }
    }
    Ok(Input::new(stories, encoding, raw))
}

/// A file with one story whose sources are places in its bytes, for tests of what lies beyond readers.
#[cfg(test)]
pub(crate) fn toy(story: Story, text: String) -> Input {
    Input::new(vec![story], Encoding::Utf8, text.into_bytes())
}
