//! From the bytes of a file to documents; one reader per format under `input/`.
//!
//! A reader gets decoded text and gives documents whose [`crate::SourceMap`] leads back to the bytes. It is
//! added with its own file, a [`Format`] and a line in [`read`].
use crate::text::{Document, Encoding, LineIndex};
use std::fmt;
use std::path::Path;

pub mod encoding;
mod text;

/// How a file is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A story as plain text.
    Text,
}

impl Format {
    /// Every format with the endings of its files.
    const ENDINGS: &[(&'static str, Format)] = &[("txt", Format::Text)];

    /// The format that the ending of a file names, if a walk over a folder should read it.
    /// `story.es.txt` is the Spanish of a story beside it, not a story.
    pub fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?;
        if Path::new(path.file_stem()?).extension() == Some("es".as_ref()) {
            return None;
        }
        Self::ENDINGS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(ending))
            .map(|&(_, format)| format)
    }
}

/// A file that was read: its stories, and its bytes where they differ from the text of the story.
pub struct Input {
    /// The stories in the file, in order; never none.
    pub stories: Vec<Story>,
    encoding: Encoding,
    raw: Vec<u8>,
}

/// A story with the name it has inside its file.
pub struct Story {
    /// What the file calls it; `None` if the file is the story.
    pub id: Option<String>,
    /// Its text.
    pub document: Document,
}

impl Input {
    /// The bytes of the file, as they lie on disk.
    pub fn bytes(&self) -> &[u8] {
        if self.raw.is_empty() {
            self.stories[0].document.plain.as_bytes()
        } else {
            &self.raw
        }
    }

    /// The lines of the file.
    pub fn lines(&self) -> LineIndex<'_> {
        LineIndex::new(self.bytes(), self.encoding)
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
        }
    }
}

impl std::error::Error for ReadError {}

/// Longer inputs are refused, in bytes.
pub const LONGEST: u64 = u32::MAX as u64;

/// Reads a file.
///
/// # Errors
/// When the bytes are not text, or too many.
pub fn read(bytes: Vec<u8>, format: Format) -> Result<Input, ReadError> {
    if bytes.len() as u64 >= LONGEST {
        return Err(ReadError::TooLarge);
    }
    let decoded = encoding::decode(bytes)?;
    if decoded.text.len() as u64 >= LONGEST {
        return Err(ReadError::TooLarge);
    }
    let encoding = decoded.encoding;
    let (stories, raw) = match format {
        Format::Text => text::read(decoded),
    };
    Ok(Input {
        stories,
        encoding,
        raw,
    })
}
