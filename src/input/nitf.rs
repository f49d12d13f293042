//! The reader of NITF.
use super::{Malformed, Story};

/// The stories of a file.
pub(super) fn read(_text: &str) -> Result<Vec<Story>, Malformed> {
    Err(Malformed::foreign("NITF is not read yet"))
}
