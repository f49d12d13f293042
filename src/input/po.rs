//! The reader of PO.
use super::{Malformed, Story};

/// The stories of a file.
pub(super) fn read(_text: &str) -> Result<Vec<Story>, Malformed> {
    Err(Malformed::foreign("PO is not read yet"))
}
