//! The reader of RSS and Atom.
use super::{Malformed, Story};

/// The stories of a file.
pub(super) fn read(_text: &str) -> Result<Vec<Story>, Malformed> {
    Err(Malformed::foreign("RSS and Atom is not read yet"))
}
