//! What belongs to the page and not to the story, seen from the phrases that its lexicons found.
//!
//! A widget that is glued into a paragraph brings the headline, byline and teaser of another story
//! with it; a comment form is several blocks. Both are one thing to report and to take out.
use crate::finding::{Edit, Finding, Fix, Safety, Sink};
use crate::lexicon::Hit;
use crate::text::{BlockKind, Document, Kind, Shape, Span};
use crate::words::class;
use std::ops::Range;

/// The lexicons of page furniture.
const LEXICONS: [&str; 2] = ["cms-residue", "page-furniture"];
/// A teaser without a seam at its end is not followed further than so many words.
const LONGEST_TEASER: usize = 45;
/// Nor one that a seam ends.
const LONGEST_SWALLOWED: usize = 90;
/// Blocks of no more words, between two that are furniture, are furniture too: *Facebook*.
const SMALL_BLOCK: usize = 3;

/// A stretch of furniture.
#[derive(Clone, Debug)]
pub struct Strip<'a> {
    /// The bytes to report.
    pub span: Span,
    /// The first phrase that gave it away.
    pub hit: Hit<'a>,
    /// The blocks that are nothing else; empty if it stands in a paragraph of the story.
    pub blocks: Range<usize>,
    /// Whether it took in the text of another story.
    pub teaser: bool,
}

/// Joins the hits of a lexicon into strips, in order.
pub fn strips<'a>(doc: &Document, hits: &[Hit<'a>]) -> Vec<Strip<'a>> {
    let mut strips: Vec<Strip> = Vec::new();
    let mut rest = hits;
    while let Some(first) = rest.first() {
        let block = doc.block_of(first.from as usize);
        let tokens = doc.blocks[block].tokens.clone();
        let here = rest.iter().take_while(|h| h.from < tokens.end).count();
        let (hits, later) = rest.split_at(here);
        rest = later;
        let ends: Vec<(u32, bool)> = hits.iter().map(|h| end(doc, h, &tokens)).collect();
        let covered: usize = hits
            .iter()
            .zip(&ends)
            .map(|(hit, &(end, _))| words(doc, hit.from..end))
            .sum();
        if covered * 2 < words(doc, tokens.clone()) {
            for (hit, (end, teaser)) in hits.iter().zip(ends) {
                strips.push(Strip {
                    span: hit.span(doc).to(doc.tokens[end as usize - 1].span),
                    hit: *hit,
                    blocks: 0..0,
                    teaser,
                });
            }
            continue;
        }
        let of_block = doc.blocks[block].span;
        match strips.last_mut().filter(|s| joins(doc, &s.blocks, block)) {
            Some(last) => {
                last.span = last.span.to(of_block);
                last.blocks.end = block + 1;
            }
            None => {
                let (end, teaser) = ends[0];
                let span = hits[0].span(doc);
                let one = hits.len() == 1 && end == hits[0].to;
                strips.push(Strip {
                    span: match (one, hits.len()) {
                        (true, _) => span,
                        (false, 1) => span.to(doc.tokens[end as usize - 1].span),
                        _ => span.to(of_block),
                    },
                    hit: hits[0],
                    blocks: block..block + 1,
                    teaser,
                });
            }
        }
    }
    strips
}

/// Whether `block` goes on with the furniture of `blocks`.
fn joins(doc: &Document, blocks: &Range<usize>, block: usize) -> bool {
    !blocks.is_empty()
        && doc.blocks[blocks.end..block]
            .iter()
            .take(2 * LONGEST_TEASER)
            .all(|b| words(doc, b.tokens.clone()) <= SMALL_BLOCK)
}

/// How many words stand in a range of tokens.
fn words(doc: &Document, tokens: Range<u32>) -> usize {
    doc.tokens[tokens.start as usize..tokens.end as usize]
        .iter()
        .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
        .count()
}

/// One past the last token of what a hit brings with it, and whether that is another story.
fn end(doc: &Document, hit: &Hit, block: &Range<u32>) -> (u32, bool) {
    let own = (hit.to, false);
    let label = &doc.tokens[hit.from as usize..hit.to as usize];
    let announces = label.last().is_some_and(|t| t.kind == Kind::Colon)
        || label.iter().any(|t| t.is(class::TEASERS));
    let sentence = &doc.sentences[doc.sentence_of(hit.to as usize - 1)].tokens;
    let is_lead = |t: u32| {
        let token = &doc.tokens[t as usize];
        matches!(
            token.kind,
            Kind::Colon | Kind::Dash | Kind::Hyphen | Kind::Quote | Kind::Inverted
        ) || token.kind == Kind::Symbol
    };
    let mut first = hit.to;
    while first < sentence.end && is_lead(first) {
        first += 1;
    }
    let opens = |t: u32| {
        let token = &doc.tokens[t as usize];
        token.kind == Kind::Number || token.kind == Kind::Word && token.has(Shape::CAPITAL)
    };
    if !announces || first >= sentence.end || !opens(first) {
        return own;
    }
    let openers = &doc.seams().openers;
    let after = openers.partition_point(|&t| t < sentence.end);
    if let Some(&seam) = openers[..after].last().filter(|&&t| t > first)
        && words(doc, first..seam) <= LONGEST_SWALLOWED
    {
        return (seam, true);
    }
    debug_assert!(sentence.end <= block.end);
    match words(doc, first..sentence.end) <= LONGEST_TEASER {
        true => (sentence.end, true),
        false => own,
    }
}

/// Reports the strips of the lexicon of the rule at work.
pub fn report(doc: &Document, sink: &mut Sink) {
    for strip in strips(doc, sink.hits()) {
        let mut message = sink.rule().summary.to_owned();
        if strip.teaser {
            message.push_str(" The headline or teaser of another story follows it.");
        }
        message.push_str(" Delete it.");
        let finding = sink
            .report(strip.span, message)
            .spanish(strip.hit.spanish());
        remove(doc, finding, &strip.blocks);
    }
}

/// Adds the fix that takes the finding out: the whole `blocks`, or the reported words.
///
/// Only whole blocks are safe to take out unseen: in a paragraph, where the furniture ends is a
/// guess. Each block is an edit of its own, for what stands between them may be markup.
pub fn remove(doc: &Document, finding: &mut Finding, blocks: &Range<usize>) {
    let cut = |span: Span| Edit {
        span,
        text: String::new(),
    };
    let fix = if blocks.is_empty() {
        let mut span = finding.span;
        if doc.plain[..span.start as usize].ends_with(' ') {
            span.start -= 1;
        } else if doc.plain[span.end as usize..].starts_with(' ') {
            span.end += 1;
        }
        Fix {
            edits: vec![cut(span)],
            safety: Safety::Unsafe,
        }
    } else {
        Fix {
            edits: doc.blocks[blocks.clone()]
                .iter()
                .map(|b| cut(b.span))
                .collect(),
            safety: Safety::Safe,
        }
    };
    finding.fixes.push(fix);
}

/// Which blocks are furniture, by number, in order: those that the lexicons know, and those that
/// the reader of the file set apart.
pub fn blocks(doc: &Document, sink: &Sink) -> Vec<usize> {
    let mut blocks: Vec<usize> = LEXICONS
        .iter()
        .flat_map(|lexicon| strips(doc, sink.hits_of(lexicon)))
        .flat_map(|strip| strip.blocks)
        .collect();
    let set_apart = |b: &usize| doc.blocks[*b].kind == BlockKind::Furniture;
    blocks.extend((0..doc.blocks.len()).filter(set_apart));
    blocks.sort_unstable();
    blocks.dedup();
    blocks
}
