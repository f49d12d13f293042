//! What is wrong in a settings file, and where.
use crate::nearest::nearest;
use crate::text::{Encoding, LineIndex};
use std::fmt;
use std::ops::Range;

/// A fault in a settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its line, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
    /// What is wrong and what to do, without a full stop.
    pub why: String,
}

impl Fault {
    /// A fault at these bytes of the file.
    pub fn new(text: &str, at: Range<usize>, why: impl Into<String>) -> Self {
        // A fault behind the last byte is one at the end.
        let at = at.start.min(text.len()) as u32;
        let position = LineIndex::new(text.as_bytes(), Encoding::Utf8).position(at);
        Fault {
            line: position.line,
            column: position.column,
            why: why.into(),
        }
    }

    /// What the parser of TOML found.
    pub(super) fn of(text: &str, error: &toml::de::Error) -> Self {
        Self::new(
            text,
            error.span().unwrap_or(0..0),
            reworded(error.message()),
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.why)
    }
}

/// Kinds of words that serde does not know, as it names them and as we do.
const UNKNOWN: [(&str, &str); 2] = [("unknown field `", "key"), ("unknown variant `", "value")];

/// The message of the parser in one line, with “did you mean” where a name is unknown: serde then
/// lists the names that it knows, each in backticks.
fn reworded(message: &str) -> String {
    for (opening, kind) in UNKNOWN {
        if let Some((name, rest)) = message
            .strip_prefix(opening)
            .and_then(|m| m.split_once('`'))
        {
            let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
            return match nearest(name, known.iter().copied()) {
                Some(near) => format!("unknown {kind} “{name}”; did you mean “{near}”?"),
                None => format!("unknown {kind} “{name}”; known here: {}", known.join(", ")),
            };
        }
    }
    if let Some(key) = message.strip_prefix("missing field `") {
        return format!("the key “{}” is missing", key.trim_end_matches('`'));
    }
    let lines: Vec<&str> = message.lines().map(str::trim).collect();
    lines.join("; ")
}
