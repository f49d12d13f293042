//! The parts of a story: headline, paragraphs, captions, page furniture.
use super::span::Span;
use std::ops::Range;

/// What a block is to the reader of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title of the story, or a heading within it.
    Headline,
    /// A paragraph of running text.
    Body,
    /// The line under a picture, or its credit.
    Caption,
    /// An item of a list.
    Item,
    /// What belongs to the page, not to the story.
    Furniture,
}

/// A block with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the plain text, without the white space around.
    pub span: Span,
    /// The numbers of its tokens.
    pub tokens: Range<u32>,
    /// The numbers of its sentences.
    pub sentences: Range<u32>,
}

/// Words that a headline has at most.
const LONGEST_HEADLINE: usize = 30;

/// Cuts plain text into blocks: at blank lines, and at single line breaks unless they only wrap
/// the lines of a paragraph.
pub fn of_plain_text(text: &str) -> Vec<(BlockKind, Span)> {
    let mut spans = Vec::new();
    let mut chunk: Vec<Span> = Vec::new();
    for line in lines(text) {
        if line.is_empty() {
            flush(text, &mut chunk, &mut spans);
        } else {
            chunk.push(line);
        }
    }
    flush(text, &mut chunk, &mut spans);
    let many = spans.len() > 1;
    spans
        .into_iter()
        .enumerate()
        .map(|(i, span)| (kind(&text[span.range()], i == 0 && many), span))
        .collect()
}

/// Every line of the text without the white space around it.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}'])
        .map(move |line| {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            let end = start + line.trim().len();
            Span::new(start.min(at), end.min(at).max(start.min(at)))
        })
}

/// Ends a chunk of lines without a blank one between: one block if wrapped, else one a line.
fn flush(text: &str, chunk: &mut Vec<Span>, spans: &mut Vec<Span>) {
    if wrapped(text, chunk) {
        spans.push(chunk[0].to(chunk[chunk.len() - 1]));
    } else {
        spans.extend(chunk.iter());
    }
    chunk.clear();
}

/// Whether the line breaks of a chunk only keep lines short: all lines but the last are of about
/// the same length, and most do not end as a sentence does.
fn wrapped(text: &str, lines: &[Span]) -> bool {
    let [first @ .., _last] = lines else {
        return false;
    };
    if first.is_empty() {
        return false;
    }
    let longest = lines.iter().map(|l| l.len()).max().unwrap_or(0);
    let even = first
        .iter()
        .all(|l| l.len() >= 40 && l.len() * 10 >= longest * 6);
    let broken = first
        .iter()
        .filter(|l| !text[l.range()].ends_with(['.', '!', '?', ':', '”', '"', '»']))
        .count();
    longest <= 120 && even && broken * 2 > first.len()
}

/// Guesses the kind of a plain-text block from its look.
fn kind(text: &str, first: bool) -> BlockKind {
    let words = text
        .split_ascii_whitespace()
        .take(LONGEST_HEADLINE + 1)
        .count();
    let ends = text.ends_with(['.', '!', '?', '…', ':', '”', '"', '’', '»', ')']);
    const BULLETS: [&str; 6] = ["• ", "* ", "· ", "- ", "– ", "— "];
    if BULLETS.iter().any(|b| text.starts_with(b)) {
        BlockKind::Item
    } else if first && words <= LONGEST_HEADLINE && !text.ends_with(['.', ':']) {
        BlockKind::Headline
    } else if words <= 12
        && !ends
        && text.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
    {
        // A short line without a final mark: a cross-heading, a credit, a byline.
        BlockKind::Headline
    } else {
        BlockKind::Body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(BlockKind, &str)> {
        of_plain_text(text)
            .into_iter()
            .map(|(k, s)| (k, &text[s.range()]))
            .collect()
    }

    #[test]
    fn blank_lines_and_lines() {
        assert_eq!(
            cut("Title of it\r\n\r\nFirst paragraph.\nSecond one.\n\n\n  Third.  "),
            [
                (BlockKind::Headline, "Title of it"),
                (BlockKind::Body, "First paragraph."),
                (BlockKind::Body, "Second one."),
                (BlockKind::Body, "Third."),
            ]
        );
        assert!(cut("\n \n").is_empty());
    }

    #[test]
    fn wrapped_lines_are_one_block() {
        let text = "The president of the regional council said on Monday that\nthe new budget would be passed before the end of the year,\nalthough two parties are against it.\n\nNext.";
        assert_eq!(cut(text).len(), 2);
    }
}
