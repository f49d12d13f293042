//! The reader of NITF, the format of news agencies for a single story.
use super::paragraphs::Paragraphs;
use super::xml::{self, Xml};
use super::{Malformed, Story};

/// The story of a file.
pub(super) fn read(text: &str) -> Result<Vec<Story>, Malformed> {
    let (mut xml, _) = Xml::rooted(text, &["nitf"], "NITF")?;
    let mut told = Paragraphs::new();
    if xml::is_english(xml.lang()) {
        told.read(&mut xml)?;
    }
    let prose = told.finish();
    if prose.is_empty() {
        return Err(Malformed::foreign("no English text in it"));
    }
    Ok(vec![prose.finish(None, None)])
}
