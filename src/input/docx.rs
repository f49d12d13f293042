//! The reader of Word documents.
use super::{Input, ReadError};

/// The story of a document.
pub(super) fn read(_bytes: &[u8]) -> Result<Input, ReadError> {
    Err(ReadError::NoStory(
        "Word documents are not read yet".to_owned(),
    ))
}
