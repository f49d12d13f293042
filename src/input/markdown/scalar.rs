//! A value of front matter: its text, and the way from each character back to how it is written.
use crate::input::escape::{self, Escapes};
use crate::text::SourceMap;
use std::ops::Range;

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is, without quotes: `title: The king`, or a block behind `>` or `|`.
    Plain,
    /// In single quotes with nothing that is escaped: TOML.
    Literal,
    /// In single quotes, each of its own doubled: YAML.
    Single,
    /// In double quotes with backslashes.
    Double,
}

impl Style {
    /// How text is to be written there. What may not hold every text is not written to.
    pub fn escapes(self) -> Option<Escapes> {
        match self {
            Style::Plain | Style::Literal => None,
            Style::Single => Some(escape::YAML_SINGLE),
            Style::Double => Some(escape::JSON),
        }
    }
}

/// The way from `value`, the text of a value without white space around it, to `file[raw]`, what is
/// written behind its opening mark. `None` where the two do not go together.
pub(super) fn align(file: &str, raw: Range<usize>, value: &str, style: Style) -> Option<SourceMap> {
    let mut map = SourceMap::identity();
    let mut at = raw.start + spaces(file.get(raw.clone())?);
    let mut value = value;
    while let Some(c) = value.chars().next() {
        let rest = &file[at..raw.end];
        let (plain, source) = match rest.as_bytes() {
            [] => return None,
            [b'\\', b'\n' | b'\r', ..] if style == Style::Double => {
                // A line that goes on: nothing is written for its end.
                at += 1 + spaces(&rest[1..]);
                continue;
            }
            [b'\\', ..] if style == Style::Double => match escape(rest)? {
                (written, length) if written == c => (c.len_utf8(), length),
                _ => return None,
            },
            [b'\'', b'\'', ..] if style == Style::Single && c == '\'' => (1, 2),
            [b' ' | b'\t' | b'\n' | b'\r', ..] => {
                let there = spaces(rest);
                match rest[..there].contains('\n') {
                    // The ends of lines are folded into spaces, or stand after others.
                    true => (spaces(value), there),
                    false if value.starts_with(&rest[..there]) => (there, there),
                    false => return None,
                }
            }
            _ if rest.starts_with(c) => {
                map.verbatim(at, c.len_utf8());
                at += c.len_utf8();
                value = &value[c.len_utf8()..];
                continue;
            }
            _ => return None,
        };
        map.unit(plain, at..(at + source).min(raw.end));
        at += source;
        value = &value[plain..];
        if at > raw.end || !file.is_char_boundary(at) {
            return None;
        }
    }
    let close = file[at..raw.end].trim_ascii_start();
    let closed = match style {
        Style::Plain => true,
        Style::Literal | Style::Single => close.starts_with('\''),
        Style::Double => close.starts_with(['"', '\\']),
    };
    closed.then_some(map)
}

/// The character that an escape of YAML or TOML writes, and the bytes that it takes.
fn escape(at: &str) -> Option<(char, usize)> {
    let hexadecimal = |digits: usize| {
        let digits = at.get(2..2 + digits)?;
        let c = u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)?;
        Some((c, 2 + digits.len()))
    };
    let c = match at.as_bytes().get(1).copied()? {
        b'x' => return hexadecimal(2),
        b'u' => return hexadecimal(4),
        b'U' => return hexadecimal(8),
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b'e' => '\u{1b}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' | b'\t' => '\t',
        b'v' => '\u{b}',
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        same @ (b'"' | b'\\' | b'/' | b' ') => char::from(same),
        _ => return None,
    };
    Some((c, 2))
}

/// The bytes of white space at the start.
fn spaces(text: &str) -> usize {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    text.len() - text.trim_start_matches(is_space).len()
}
