//! The readers of JSON and JSON Lines.
use super::{Malformed, Options, Story};

/// Where the parts of a story lie in a record, as JSON Pointers.
#[derive(Clone, Debug, Default)]
pub struct Fields {}

/// The stories of a file.
pub(super) fn read(_text: &str, _options: &Options) -> Result<Vec<Story>, Malformed> {
    Err(Malformed::foreign("JSON is not read yet"))
}

/// The stories of a file, one a line.
pub(super) fn read_lines(_text: &str, _options: &Options) -> Result<Vec<Story>, Malformed> {
    Err(Malformed::foreign("JSON Lines are not read yet"))
}
