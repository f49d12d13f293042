//! Running text of markup: white space collapses to one space, and blocks begin with their text.
use super::prose::Prose;
use crate::text::{BlockKind, blocks};
use std::ops::Range;

/// Before a name that makes a byline stands no more than *Published by*, in bytes.
const LONGEST_BY: usize = 16;

/// Writes the text of a file into [`Prose`].
pub(super) struct Flow<'a> {
    text: &'a str,
    prose: Prose,
    gap: Option<Gap>,
    /// Where the open block begins in the prose, and what it is.
    began: usize,
    kind: BlockKind,
    /// The kind of the next block, whatever its element says.
    next: Option<BlockKind>,
}

/// White space and line breaks since the last text.
struct Gap {
    source: Range<usize>,
    lines: usize,
}

impl<'a> Flow<'a> {
    /// Writes what `text` holds.
    pub fn new(text: &'a str, prose: Prose) -> Self {
        Flow {
            text,
            prose,
            gap: None,
            began: 0,
            kind: BlockKind::Body,
            next: None,
        }
    }

    /// Adds text that stands in the file as it is; a block of `kind` begins if none is open.
    pub fn verbatim(&mut self, kind: BlockKind, source: Range<usize>) {
        let bytes = &self.text.as_bytes()[..source.end];
        let mut at = source.start;
        while at < bytes.len() {
            let start = at;
            if is_space(bytes[at]) {
                at = end_of(bytes, at, is_space);
                self.space(start..at);
                continue;
            }
            // As long as words are parted by single spaces, the file has what is wanted.
            loop {
                at = end_of(bytes, at, |b| !is_space(b));
                match bytes[at..] {
                    [b' ', next, ..] if !is_space(next) => at += 1,
                    _ => break,
                }
            }
            self.fill(kind);
            self.prose.verbatim(&self.text[start..at], start);
        }
    }

    /// Adds text that the file writes in another way.
    pub fn unit(&mut self, kind: BlockKind, text: &str, source: Range<usize>) {
        match text.bytes().all(is_space) {
            true => self.space(source),
            false => {
                self.fill(kind);
                self.prose.unit(text, source);
            }
        }
    }

    /// Adds what stands in a sentence, but is no prose.
    pub fn object(&mut self, kind: BlockKind, source: Range<usize>) {
        self.fill(kind);
        self.prose.object(source);
    }

    /// Adds white space.
    pub fn space(&mut self, source: Range<usize>) {
        match &mut self.gap {
            Some(gap) if gap.source.end == source.start => gap.source.end = source.end,
            Some(_) => {}
            gap @ None => *gap = Some(Gap { source, lines: 0 }),
        }
    }

    /// Breaks the line. Two breaks on end part two blocks.
    pub fn line_break(&mut self, source: Range<usize>) {
        self.space(source);
        if let Some(gap) = &mut self.gap {
            gap.lines += 1;
        }
    }

    /// Ends the open block. A paragraph that looks like a byline or a caption is one.
    pub fn end(&mut self) {
        if self.prose.is_open() && self.kind == BlockKind::Body {
            let kind = blocks::of_paragraph(&self.prose.text()[self.began..]);
            self.prose.recast(kind);
        }
        self.prose.end();
        self.gap = None;
        self.next = None;
    }

    /// Says that the name of an author follows: the block is a byline if little stands before it.
    pub fn byline(&mut self) {
        if !self.prose.is_open() {
            self.next = Some(BlockKind::Byline);
        } else if self.prose.len() - self.began <= LONGEST_BY {
            self.kind = BlockKind::Byline;
            self.prose.recast(self.kind);
        }
    }

    /// The prose, between blocks.
    pub fn prose(&mut self) -> &mut Prose {
        &mut self.prose
    }

    /// The prose, for good.
    pub fn finish(mut self) -> Prose {
        self.end();
        self.prose
    }

    /// Makes ready for text: a block is open, and white space before the text is written.
    fn fill(&mut self, kind: BlockKind) {
        let gap = self.gap.take();
        if gap.as_ref().is_some_and(|gap| gap.lines > 1) {
            self.end();
        }
        if !self.prose.is_open() {
            self.kind = self.next.take().unwrap_or(kind);
            self.prose.begin(self.kind);
            self.began = self.prose.len();
            return;
        }
        let Some(gap) = gap.filter(|_| !self.prose.ends_spaced()) else {
            return;
        };
        match (gap.lines, &self.text[gap.source.clone()]) {
            (0, " ") => self.prose.verbatim(" ", gap.source.start),
            (0, _) => self.prose.unit(" ", gap.source),
            _ => self.prose.unit("\n", gap.source),
        }
    }
}

/// What collapses; no-break spaces do not.
fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

fn end_of(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let length = bytes[from..].iter().position(|&b| !belongs(b));
    length.map_or(bytes.len(), |length| from + length)
}
