//! The parts of a story: headline, paragraphs, captions, page furniture.
use super::span::Span;
use super::tokenizer::Shape;
use crate::words::{Class, Lookup, class};
use std::ops::Range;

/// What a block is to the reader of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title of the story, or a heading within it.
    Headline,
    /// Who wrote it, where and when: a line between headline and text.
    Byline,
    /// A paragraph of running text.
    Body,
    /// The line under a picture, or a credit.
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
    let kinds = kinds(text, &spans);
    kinds.into_iter().zip(spans).collect()
}

/// Every line of the text without the white space around it.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = 0;
    // 0xe2 is the first byte of U+2028 and U+2029, and of much else.
    let mut breaks = memchr::memchr3_iter(b'\n', b'\r', 0xe2, text.as_bytes());
    std::iter::from_fn(move || {
        if rest > text.len() {
            return None;
        }
        let end = breaks
            .find(|&at| {
                text.as_bytes()[at] != 0xe2 || text[at..].starts_with(['\u{2028}', '\u{2029}'])
            })
            .unwrap_or(text.len());
        let line = &text[rest..end];
        let start = rest + (line.len() - line.trim_start().len());
        let span = Span::new(start, start + line.trim().len());
        rest = end + text[end..].chars().next().map_or(1, char::len_utf8);
        Some(span)
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

/// Lines of more words than this are no headings within a story.
const LONGEST_HEADING: usize = 12;
/// Lines of more words than this are no datelines, bylines or paths through a site.
const LONGEST_BYLINE: usize = 10;

/// What ends in a full stop and is longer than this is no date, byline or heading; in bytes.
const LONGEST_OF_FEW_WORDS: usize = 150;

/// Guesses the kinds of plain-text blocks from their look and order.
pub(crate) fn kinds(text: &str, spans: &[Span]) -> Vec<BlockKind> {
    let mut lookup = Lookup::default();
    let (mut headline, mut body) = (false, false);
    let mut kinds = Vec::with_capacity(spans.len());
    for (i, span) in spans.iter().enumerate() {
        let line = &text[span.range()];
        if line.len() > LONGEST_OF_FEW_WORDS && line.ends_with('.') {
            let kind = match (is_item(line), is_caption(line)) {
                (true, _) => BlockKind::Item,
                (_, true) => BlockKind::Caption,
                _ => BlockKind::Body,
            };
            body |= kind == BlockKind::Body;
            kinds.push(kind);
            continue;
        }
        let words = line
            .split_ascii_whitespace()
            .take(LONGEST_HEADLINE + 1)
            .count();
        let kind = if is_item(line) {
            BlockKind::Item
        } else if !body && is_path(line, words) {
            BlockKind::Furniture
        } else if is_date(line, words, &mut lookup) {
            // The date of the story stands below its headline; above it stands the host’s.
            match i == 0 && spans.len() > 1 {
                true => BlockKind::Furniture,
                false => BlockKind::Byline,
            }
        } else if is_byline(line, words) {
            BlockKind::Byline
        } else if is_caption(line) {
            BlockKind::Caption
        } else if !headline
            && !body
            && spans.len() > 1
            && words <= LONGEST_HEADLINE
            && !line.ends_with(['.', ':'])
            && (words <= LONGEST_HEADING || !holds_stop(line))
        {
            headline = true;
            BlockKind::Headline
        } else if words <= LONGEST_HEADING && !is_closed(line) && !opens_small(line) {
            // A place or a name alone, below the headline.
            match headline && !body && words <= 2 {
                true => BlockKind::Byline,
                false => BlockKind::Headline,
            }
        } else {
            body = true;
            BlockKind::Body
        };
        kinds.push(kind);
    }
    // Headings stand alone; several short lines in a row are results, a table, a list.
    let mut start = 1;
    while start < kinds.len() {
        let run = kinds[start..]
            .iter()
            .take_while(|&&k| k == BlockKind::Headline)
            .count();
        if run >= 3 {
            kinds[start..start + run].fill(BlockKind::Item);
        }
        start += run + 1;
    }
    kinds
}

/// What a paragraph is by its look, where its file says no more than that it is one.
pub(crate) fn of_paragraph(text: &str) -> BlockKind {
    let words = text
        .split_ascii_whitespace()
        .take(LONGEST_BYLINE + 1)
        .count();
    if is_byline(text, words) {
        BlockKind::Byline
    } else if is_caption(text) {
        BlockKind::Caption
    } else {
        BlockKind::Body
    }
}

/// Whether the block ends as sentences and quotations do.
fn is_closed(block: &str) -> bool {
    block.ends_with(['.', '!', '?', '…', ':', '”', '"', '’', '»', ')'])
}

/// Whether a sentence ends inside the line.
fn holds_stop(line: &str) -> bool {
    line.match_indices(". ").any(|(at, stop)| {
        let before = line[..at].rsplit(' ').next().unwrap_or("");
        let after = line[at + stop.len()..].chars().next();
        before.len() > 3 && after.is_some_and(char::is_uppercase)
    })
}

fn opens_small(block: &str) -> bool {
    block.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase())
}

/// Whether the block opens with a bullet.
fn is_item(block: &str) -> bool {
    const BULLETS: [&str; 6] = ["• ", "* ", "· ", "- ", "– ", "— "];
    BULLETS.iter().any(|b| block.starts_with(b))
}

/// Whether the line is the way to a page, `Home » Sports » Football`.
pub(crate) fn is_path(line: &str, words: usize) -> bool {
    if words > LONGEST_BYLINE || line.ends_with(['.', '!', '?', '”']) {
        return false;
    }
    let arrows = line.matches(['»', '›', '>']).count();
    let mut steps = line
        .split(['»', '›', '>', '|'])
        .flat_map(|step| step.split(" / "))
        .flat_map(|step| step.split(" - "))
        .flat_map(|step| step.split(" – "));
    let is_home = |step: &str| {
        ["home", "inicio", "portada"]
            .iter()
            .any(|home| step.trim().eq_ignore_ascii_case(home))
    };
    arrows >= 2 || steps.clone().count() >= 2 && steps.any(is_home)
}

/// Whether the line is nothing but a date: a weekday or month with a figure, a time, a zone.
fn is_date(line: &str, words: usize, lookup: &mut Lookup) -> bool {
    let has_figure = || line.bytes().any(|b| b.is_ascii_digit());
    if words > LONGEST_BYLINE || line.ends_with(['!', '?', ':', '”', '"']) || !has_figure() {
        return false;
    }
    let mut is = |word: &str, classes: &[Class]| {
        let (id, _) = lookup.find(word, Span::new(0, word.len()), Shape::default());
        word.is_ascii() && classes.iter().any(|&c| id.is(c))
    };
    let (mut named, mut figures) = (false, false);
    for word in line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '/' | '(' | ')'))
    {
        let digits = word.starts_with(|c: char| c.is_ascii_digit());
        let name = is(
            word,
            &[
                class::WEEKDAYS,
                class::MONTHS,
                class::MONTH_ABBREVIATIONS,
                class::SPANISH_MONTHS,
                class::SPANISH_WEEKDAYS,
            ],
        );
        named |= name;
        figures |= digits;
        let filler = word.chars().all(|c| !c.is_alphanumeric())
            || matches!(
                word,
                "of" | "de"
                    | "at"
                    | "the"
                    | "am"
                    | "pm"
                    | "AM"
                    | "PM"
                    | "GMT"
                    | "ET"
                    | "EST"
                    | "EDT"
                    | "CET"
                    | "CEST"
                    | "UTC"
                    | "h"
                    | "hrs"
                    | "Updated"
                    | "Published"
                    | "Posted"
            );
        if !(digits || name || filler) {
            return false;
        }
    }
    named && figures
}

/// Whether the line names an author.
fn is_byline(line: &str, words: usize) -> bool {
    let name = ["By ", "BY ", "Por ", "By: "]
        .iter()
        .find_map(|by| line.strip_prefix(by));
    words <= LONGEST_BYLINE
        && !line.ends_with(['.', '!', '?', ':'])
        && name.is_some_and(|n| n.starts_with(char::is_uppercase))
}

/// Whether the block is about a picture, or gives credit.
fn is_caption(block: &str) -> bool {
    const OPENINGS: [&str; 16] = [
        "photo:",
        "photo by",
        "photos:",
        "photo/",
        "photograph:",
        "picture:",
        "image:",
        "images:",
        "video:",
        "credit:",
        "file photo",
        "foto:",
        "illustration:",
        "(reporting by",
        "(editing by",
        "(photo",
    ];
    const ENDINGS: [&str; 10] = [
        "/ efe",
        "/efe",
        "/ reuters",
        "/reuters",
        "/ afp",
        "/afp",
        "getty images",
        "efe/archive",
        "/ ap",
        "(ap photo)",
    ];
    // Most blocks are told by their last character.
    let ends = !block.ends_with(['.', ',', '!', '?', '”', '"'])
        && ENDINGS.iter().any(|e| {
            let from = block.len().checked_sub(e.len());
            from.and_then(|from| block.get(from..))
                .is_some_and(|end| end.eq_ignore_ascii_case(e))
        });
    let opens = || {
        block.starts_with(['p', 'P', 'i', 'I', 'v', 'V', 'c', 'C', 'f', 'F', '('])
            && OPENINGS.iter().any(|o| opens_with(block, o))
    };
    block.len() <= 400 && (ends || opens())
}

/// Whether the block opens with these words in any case.
fn opens_with(block: &str, opening: &str) -> bool {
    block
        .get(..opening.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(opening))
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
    fn lines_around_the_story() {
        let text = "Saturday, January 28\n\nHome » Sports\n\nPutin tries to rebuild the relationship with Kazakhstan to prevent the collapse of alliances\n\nYerevan\n\nMonday, March 5, 2007\n\nBy Rafael M. Mañueco\n\nPhoto: the summit. EFE\n\nThe war has endangered cohesion.\n\nBetis 2-1 Elche\nCádiz 0-0 Getafe\nLugo 1-1 Ceuta";
        use BlockKind::*;
        let kinds: Vec<BlockKind> = cut(text).into_iter().map(|(k, _)| k).collect();
        assert_eq!(
            kinds,
            [
                Furniture, Furniture, Headline, Byline, Byline, Byline, Caption, Body, Item, Item,
                Item
            ]
        );
    }

    #[test]
    fn wrapped_lines_are_one_block() {
        let text = "The president of the regional council said on Monday that\nthe new budget would be passed before the end of the year,\nalthough two parties are against it.\n\nNext.";
        assert_eq!(cut(text).len(), 2);
    }
}
