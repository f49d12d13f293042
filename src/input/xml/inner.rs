//! Texts in another format within a file in XML: the HTML of a feed, the plain text of a news item.
use super::{Event, Piece, Space, Written, plainly};
use crate::input::prose::Prose;
use crate::input::{Malformed, escape};
use crate::text::{BlockKind, SourceMap, Span, blocks};
use std::borrow::Cow;

/// A text within the file, as another reader is to see it: the HTML of a feed, say.
pub(in crate::input) struct Inner {
    /// The text.
    pub text: String,
    /// From there to the file.
    pub map: SourceMap,
    /// How the file writes it; `None` where it writes it in two ways.
    pub escapes: Option<escape::Escapes>,
}

impl Inner {
    /// The text that these events hold.
    pub fn of(events: &[Event]) -> Self {
        let (mut text, mut map) = (String::new(), SourceMap::identity());
        let (mut cdata, mut plain, mut unknown) = (false, false, false);
        for piece in events.iter().filter_map(Event::text) {
            let blank = piece.text.trim().is_empty();
            match piece.written {
                Written::Plainly | Written::InCdata => {
                    map.verbatim(piece.source.start, piece.text.len());
                }
                Written::ByReference => map.unit(piece.text.len(), piece.source.clone()),
                Written::Unknown => {
                    unknown = true;
                    map.verbatim(piece.source.start, piece.text.len());
                }
            }
            cdata |= piece.written == Written::InCdata;
            plain |= piece.written != Written::InCdata && !blank;
            text.push_str(&piece.text);
        }
        let escapes = match (cdata, plain) {
            _ if unknown => None,
            (true, true) => None,
            (true, false) => Some(escape::CDATA),
            (false, _) => Some(escape::XML),
        };
        Inner { text, map, escapes }
    }

    /// What another reader makes of it. It is not written back where the file writes it in two ways.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn read(&self, reader: fn(&str) -> Result<Prose, Malformed>) -> Result<Prose, Malformed> {
        let mut prose = reader(&self.text).map_err(|mut fault| {
            let at = Span::new(fault.at, fault.at);
            fault.at = self.map.source(at).start as usize;
            fault
        })?;
        if self.escapes.is_none() {
            prose.forbid_writing();
        }
        Ok(prose)
    }

    /// Adds what another reader made of it to a story.
    pub fn add(&self, prose: Prose, story: &mut Prose) {
        let outer = self.escapes.unwrap_or(escape::XML);
        story.append(prose, &self.map, outer);
        story.write_with(Some(escape::XML));
    }
}

/// The blocks of a plain text, as it lies in a field of another format.
///
/// # Errors
/// None.
pub(in crate::input) fn plain(text: &str) -> Result<Prose, Malformed> {
    Ok(Prose::of_text(text, blocks::of_plain_text(text)))
}

/// A text of one line, as it lies in a field of another format: a title.
///
/// # Errors
/// None.
pub(in crate::input) fn line(text: &str) -> Result<Prose, Malformed> {
    let mut prose = Prose::new();
    prose.write_with(Some(escape::PLAIN));
    prose.begin(BlockKind::Headline);
    let whole = Piece {
        text: Cow::Borrowed(text),
        source: 0..text.len(),
        written: Written::Plainly,
    };
    plainly(&mut prose, &whole, Space::Folded);
    Ok(prose)
}
