//! Lines and columns of a file, found again from places in bytes.
use std::sync::Arc;

/// How the characters of a file are written in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// One to four bytes; what nearly every file is.
    Utf8,
    /// Units of two bytes, the low one first.
    Utf16Le,
    /// Units of two bytes, the high one first.
    Utf16Be,
    /// One byte each, as old editorial systems write.
    Windows1252,
}

impl Encoding {
    /// The mark that may stand at the start of a file in this encoding.
    pub fn byte_order_mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xef\xbb\xbf",
            Encoding::Utf16Le => b"\xff\xfe",
            Encoding::Utf16Be => b"\xfe\xff",
            Encoding::Windows1252 => b"",
        }
    }

    /// How many characters begin in these bytes.
    fn count(self, bytes: &[u8]) -> u32 {
        let count = match self {
            Encoding::Utf8 => bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count(),
            Encoding::Windows1252 => bytes.len(),
            // A low surrogate ends a character that began before it.
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let high = usize::from(self == Encoding::Utf16Le);
                bytes
                    .chunks_exact(2)
                    .filter(|unit| unit[high] & 0xfc != 0xdc)
                    .count()
            }
        };
        count as u32
    }

    /// Calls `found` with the place after every line break: `\n`, `\r\n` or `\r`.
    fn breaks(self, bytes: &[u8], mut found: impl FnMut(usize)) {
        match self {
            Encoding::Utf8 | Encoding::Windows1252 => {
                for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
                    if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                        found(at + 1);
                    }
                }
            }
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let unit = |pair: &[u8]| match self {
                    Encoding::Utf16Le => u16::from_le_bytes([pair[0], pair[1]]),
                    _ => u16::from_be_bytes([pair[0], pair[1]]),
                };
                let mut units = bytes.chunks_exact(2).map(unit).enumerate().peekable();
                while let Some((at, this)) = units.next() {
                    let next = units.peek().map(|&(_, next)| next);
                    if this == 0x0a || this == 0x0d && next != Some(0x0a) {
                        found((at + 1) * 2);
                    }
                }
            }
        }
    }
}

/// A place as editors show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// In characters, from 1; a byte order mark is none.
    pub column: u32,
}

/// One checkpoint every so many bytes, so that no column is counted further than that.
const STEP: usize = 1024;

/// Where the lines of a file begin, and how many characters lie before every kilobyte of it.
///
/// A question costs two searches and at most two kilobytes of counting, also in a single line of
/// fifty megabytes.
pub struct LineIndex<'a> {
    bytes: &'a [u8],
    encoding: Encoding,
    marks: Arc<LineMarks>,
}

/// What a line index knows of a file: where its lines begin, how many characters lie before every
/// kilobyte.
pub struct LineMarks {
    starts: Vec<u32>,
    checkpoints: Vec<u32>,
}

impl LineMarks {
    /// Reads through the bytes of a file once.
    pub fn of(bytes: &[u8], encoding: Encoding) -> Self {
        let mark = encoding.byte_order_mark();
        let first = if bytes.starts_with(mark) {
            mark.len() as u32
        } else {
            0
        };
        let mut starts = vec![first];
        encoding.breaks(bytes, |at| starts.push(at as u32));
        let mut total = 0;
        let checkpoints = bytes
            .chunks(STEP)
            .map(|chunk| {
                let before = total;
                total += encoding.count(chunk);
                before
            })
            .collect();
        LineMarks {
            starts,
            checkpoints,
        }
    }
}

impl<'a> LineIndex<'a> {
    /// Reads through the bytes of a file once.
    pub fn new(bytes: &'a [u8], encoding: Encoding) -> Self {
        Self::again(bytes, encoding, Arc::new(LineMarks::of(bytes, encoding)))
    }

    /// The index of a file that was read through before.
    pub fn again(bytes: &'a [u8], encoding: Encoding, marks: Arc<LineMarks>) -> Self {
        LineIndex {
            bytes,
            encoding,
            marks,
        }
    }

    /// The line and column of the character that begins at this byte.
    pub fn position(&self, at: u32) -> Position {
        let line = self.line(at);
        let start = self.start_of_line(at);
        Position {
            line: line as u32,
            column: self.characters(at) - self.characters(start) + 1,
        }
    }

    /// The number of the line that this byte stands in, from 1.
    fn line(&self, at: u32) -> usize {
        let starts = &self.marks.starts;
        starts.partition_point(|&start| start <= at).max(1)
    }

    /// The first byte of the line that this byte stands in; a byte order mark is before the first.
    pub fn start_of_line(&self, at: u32) -> u32 {
        self.marks.starts[self.line(at) - 1].min(at)
    }

    /// How many characters begin before this byte.
    pub fn characters(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.bytes.len());
        let chunk = at / STEP;
        let Some(&before) = self.marks.checkpoints.get(chunk) else {
            // The very end of a file that fills its last chunk.
            let last = self.marks.checkpoints.len().saturating_sub(1);
            let counted = self.encoding.count(&self.bytes[last * STEP..at]);
            return self
                .marks
                .checkpoints
                .last()
                .map_or(0, |before| before + counted);
        };
        before + self.encoding.count(&self.bytes[chunk * STEP..at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(bytes: &[u8], encoding: Encoding, offset: u32) -> (u32, u32) {
        let position = LineIndex::new(bytes, encoding).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_are_characters() {
        let text = "año\nIn “Kiev”\r\nend";
        let of = |needle: &str| {
            let offset = text.find(needle).expect("the needle") as u32;
            at(text.as_bytes(), Encoding::Utf8, offset)
        };
        assert_eq!(of("año"), (1, 1));
        assert_eq!(of("o\n"), (1, 3));
        assert_eq!(of("Kiev"), (2, 5));
        assert_eq!(of("\r"), (2, 10));
        assert_eq!(of("end"), (3, 1));
        assert_eq!(
            at(text.as_bytes(), Encoding::Utf8, text.len() as u32),
            (3, 4)
        );
    }

    #[test]
    fn a_lone_carriage_return_breaks_a_line() {
        assert_eq!(at(b"a\rb\r\nc", Encoding::Utf8, 2), (2, 1));
        assert_eq!(at(b"a\rb\r\nc", Encoding::Utf8, 5), (3, 1));
        assert_eq!(at(b"", Encoding::Utf8, 0), (1, 1));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        assert_eq!(at(b"\xef\xbb\xbfabc", Encoding::Utf8, 3), (1, 1));
        assert_eq!(at(b"\xef\xbb\xbfa\nb", Encoding::Utf8, 5), (2, 1));
        assert_eq!(at(b"\xff\xfea\0\n\0b\0", Encoding::Utf16Le, 6), (2, 1));
        assert_eq!(at(b"\xff\xfea\0b\0", Encoding::Utf16Le, 4), (1, 2));
    }

    #[test]
    fn a_surrogate_pair_is_one_column() {
        let bytes: Vec<u8> = "x🔥y\nz"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(at(&bytes, Encoding::Utf16Be, 6), (1, 3));
        assert_eq!(at(&bytes, Encoding::Utf16Be, 10), (2, 1));
    }

    /// The columns of one long line, against plain counting.
    #[test]
    fn long_lines_have_checkpoints() {
        let text = "señal ".repeat(1000);
        let index = LineIndex::new(text.as_bytes(), Encoding::Utf8);
        assert_eq!(index.marks.checkpoints.len(), text.len().div_ceil(STEP));
        for (column, (offset, _)) in text.char_indices().enumerate() {
            let position = index.position(offset as u32);
            assert_eq!((position.line, position.column), (1, column as u32 + 1));
        }
        let whole = "x".repeat(STEP);
        let index = LineIndex::new(whole.as_bytes(), Encoding::Utf8);
        assert_eq!(index.position(STEP as u32).column, STEP as u32 + 1);
    }
}
