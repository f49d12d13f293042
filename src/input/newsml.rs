//! The reader of NewsML-G2.
use super::{Malformed, Story};

/// The stories of a file.
pub(super) fn read(_text: &str) -> Result<Vec<Story>, Malformed> {
    Err(Malformed::foreign("NewsML-G2 is not read yet"))
}
