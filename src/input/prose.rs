//! Collects the text of a story as a reader comes upon it: blocks, the way back into the file, and
//! how the file writes what stands there.
use super::escape::{self, Escapes};
use super::{Note, Record, Story, Writing};
use crate::text::{BlockKind, Document, SourceMap, Span};
use std::ops::Range;

/// A story under construction. All sources are places in the decoded text of the file.
///
/// Blocks are parted by a blank line that the file need not have. White space at the ends of a block
/// is left out.
#[derive(Default)]
pub struct Prose {
    plain: String,
    map: SourceMap,
    blocks: Vec<(BlockKind, Span)>,
    open: Option<(BlockKind, usize)>,
    writing: Vec<Writing>,
    notes: Vec<Note>,
}

/// Stands for what is in a sentence but no prose: code, a word in another language. A mark that no
/// rule takes for anything, so that the words around it are not neighbours.
pub(super) const OBJECT: &str = "\u{25a1}";

/// What parts two blocks in the plain text.
const BETWEEN: &str = "\n\n";

impl Prose {
    /// A story without text.
    pub fn new() -> Self {
        Self::default()
    }

    /// A text that needs no markup: its blocks, and between them what stands there.
    pub fn of_text(text: &str, blocks: Vec<(BlockKind, Span)>) -> Self {
        let mut prose = Self::new();
        prose.write_with(Some(escape::PLAIN));
        prose.plain.push_str(text);
        prose.map.verbatim(0, text.len());
        prose.blocks = blocks;
        prose.part(text.len());
        prose
    }

    /// Begins a block; one that is open ends.
    pub fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.open = Some((kind, self.plain.len()));
    }

    /// Gives the open block another kind.
    pub fn recast(&mut self, kind: BlockKind) {
        if let Some((open, _)) = &mut self.open {
            *open = kind;
        }
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether nothing but white space was read since the block began, or no block is open.
    pub fn is_blank(&self) -> bool {
        self.open
            .is_none_or(|(_, start)| self.plain[start..].trim().is_empty())
    }

    /// Whether the text so far ends in white space, or the block has none yet.
    pub fn ends_spaced(&self) -> bool {
        let start = self.open.map_or(self.plain.len(), |(_, start)| start);
        self.plain[start..]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace)
    }

    /// Adds text that stands in the file as it is. Without an open block it is not kept.
    pub fn verbatim(&mut self, text: &str, source: usize) {
        if self.open.is_some() {
            self.plain.push_str(text);
            self.map.verbatim(source, text.len());
        }
    }

    /// Adds text that the file writes in another way, as one unit: an entity, an escape, a line
    /// break that is a space. Without an open block it is not kept.
    pub fn unit(&mut self, text: &str, source: Range<usize>) {
        if self.open.is_some() {
            self.plain.push_str(text);
            self.map.unit(text.len(), source);
        }
    }

    /// Adds a mark for something that stands in the sentence, but is no prose.
    pub fn object(&mut self, source: Range<usize>) {
        self.unit(OBJECT, source);
    }

    /// Ends the open block; one without text leaves no trace but its notes.
    pub fn end(&mut self) {
        let Some((kind, start)) = self.open.take() else {
            return;
        };
        let text = &self.plain[start..];
        let lead = text.len() - text.trim_start().len();
        let length = text.trim().len();
        let is_nothing = |c: char| c.is_whitespace() || OBJECT.contains(c);
        if !text.chars().all(is_nothing) {
            let span = Span::new(start + lead, start + lead + length);
            self.blocks.push((kind, span));
        }
        self.part(self.map.source_end());
    }

    /// Parts what follows from what was read, where the file need not have anything between.
    fn part(&mut self, source: usize) {
        self.plain.push_str(BETWEEN);
        self.map.unit(BETWEEN.len(), source..source);
    }

    /// Says how the file writes the text from here on; `None` where nothing can be written back.
    pub fn write_with(&mut self, escapes: Option<Escapes>) {
        let from = self.plain.len() as u32;
        self.writing.push(Writing { from, escapes });
    }

    /// Makes all text so far such that nothing can be written back.
    pub fn forbid_writing(&mut self) {
        self.writing = vec![Writing {
            from: 0,
            escapes: None,
        }];
    }

    /// Adds a comment or note of the file that may be meant for asador, at this place of the text.
    pub fn note(&mut self, text: &str, source: Range<usize>) {
        self.notes.push(Note {
            at: self.plain.len() as u32,
            source: Span::new(source.start, source.end),
            text: text.to_owned(),
            whole: false,
        });
    }

    /// Adds a note that is about the whole story.
    pub fn note_on_all(&mut self, text: &str, source: Range<usize>) {
        self.note(text, source);
        if let Some(note) = self.notes.last_mut() {
            note.whole = true;
        }
    }

    /// Adds a whole text that another reader made of a part of this file: blocks, notes and all.
    /// `through` leads from the text which that reader saw to the decoded text of this file, and
    /// `outer` is how this file writes that text. Returns what it became here, and the way from
    /// there, counted from its start, to the text which that reader saw.
    pub fn append(
        &mut self,
        inner: Prose,
        through: &SourceMap,
        outer: Escapes,
    ) -> (Span, SourceMap) {
        self.end();
        let by = self.plain.len();
        let inner = inner.closed();
        let moved = |span: Span| Span::new(span.start as usize + by, span.end as usize + by);
        // A map without runs says that both texts are the same, not that both are empty.
        if !inner.plain.is_empty() {
            self.map.append(&inner.map.then(through), 0);
        }
        self.plain.push_str(&inner.plain);
        self.blocks
            .extend(inner.blocks.iter().map(|&(kind, span)| (kind, moved(span))));
        self.writing.extend(inner.writing.iter().map(|w| Writing {
            from: w.from + by as u32,
            escapes: w.escapes.map(|escapes| escapes.within(outer)),
        }));
        self.notes.extend(inner.notes.into_iter().map(|note| Note {
            at: note.at + by as u32,
            source: through.source(note.source),
            ..note
        }));
        (Span::new(by, self.plain.len()), inner.map)
    }

    /// The same text, all its blocks of one kind.
    pub fn of_kind(self, kind: BlockKind) -> Self {
        let mut prose = self.closed();
        for (known, _) in &mut prose.blocks {
            *known = kind;
        }
        prose
    }

    fn closed(mut self) -> Self {
        self.end();
        self
    }

    /// The plain text so far.
    pub fn text(&self) -> &str {
        &self.plain
    }

    /// Bytes of plain text so far: where the next text will stand.
    pub fn len(&self) -> usize {
        self.plain.len()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.is_blank()
    }

    /// The plain text without blocks, for the Spanish beside a story.
    pub fn into_plain(self) -> String {
        let mut plain = self.closed().plain;
        plain.truncate(plain.trim_end().len());
        plain
    }

    /// The story.
    pub fn finish(self, id: Option<String>, spanish: Option<String>) -> Story {
        let closed = self.closed();
        let mut document = Document::new(closed.plain, closed.map, closed.blocks);
        document.spanish = spanish.filter(|text| !text.trim().is_empty());
        Story {
            id,
            document,
            notes: closed.notes,
            writing: closed.writing,
            record: None::<Record>,
        }
    }
}

/// The letters and figures of a text, to tell whether another says the same.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `<p>The caf&eacute;  is open</p>` with the entity and the double space as units.
    fn fragment() -> Prose {
        let mut prose = Prose::new();
        prose.write_with(Some(escape::HTML));
        prose.begin(BlockKind::Body);
        prose.verbatim("The caf", 3);
        prose.unit("é", 10..18);
        prose.unit(" ", 18..20);
        prose.verbatim("is open", 20);
        prose.end();
        prose
    }

    #[test]
    fn blocks_keep_the_way_back() {
        let story = fragment().finish(None, None);
        let plain = &story.document.plain;
        let at = plain.find("café is").expect("the words");
        let span = Span::new(at, at + "café is".len());
        assert_eq!(story.document.map.source(span), Span::new(7, 22));
        assert_eq!(story.document.blocks.len(), 1);
        assert_eq!(story.escapes(span), Some(escape::HTML));
    }

    #[test]
    fn a_text_within_a_text_leads_through_both() {
        // The fragment lies in a JSON string that begins at byte 9; nothing in it is escaped.
        let mut through = SourceMap::identity();
        through.verbatim(9, 31);
        let mut prose = Prose::new();
        prose.begin(BlockKind::Headline);
        prose.verbatim("Open", 2);
        prose.append(fragment(), &through, escape::JSON);
        let story = prose.finish(None, None);
        let at = story.document.plain.find("é").expect("the letter");
        let span = Span::new(at, at + 2);
        assert_eq!(story.document.map.source(span), Span::new(19, 27));
        let escapes = story.escapes(span).expect("it can be written");
        assert_eq!(escapes.escape("R&D “x”\n"), "R&amp;D “x”\\n");
        let headline = Span::new(0, 4);
        assert_eq!(story.document.map.source(headline), Span::new(2, 6));
    }

    #[test]
    fn a_block_of_white_space_is_none() {
        let mut prose = Prose::new();
        prose.begin(BlockKind::Body);
        prose.verbatim(" \n ", 0);
        assert!(prose.is_blank() && prose.is_empty());
        assert!(prose.finish(None, None).document.blocks.is_empty());
    }
}
