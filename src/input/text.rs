//! The reader of plain text: the file is the story.
use super::{Story, encoding::Decoded};
use crate::text::{Document, blocks};

/// The story, and the bytes of the file where they are not those of the text.
pub(super) fn read(decoded: Decoded) -> (Vec<Story>, Vec<u8>) {
    let blocks = blocks::of_plain_text(&decoded.text);
    let document = Document::new(decoded.text, decoded.map, blocks);
    (vec![Story::whole(document)], decoded.raw)
}
