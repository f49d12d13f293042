//! The rule `page-furniture`: comment forms, share bars, paths and dates of the host page.
use crate::text::{Kind, Shape, blocks};
use crate::words::class;
use crate::{BlockKind, Document, Group, Mqm, Rule, Severity, Sink, Span, Status, furniture};
use std::ops::Range;

/// Furniture of the host page is taken for the story’s text.
pub static RULE: Rule = Rule {
    id: "page-furniture",
    group: Group::Structure,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Addition,
    summary: "Furniture of the host page is taken for the story’s text.",
    why: "Comment forms, share bars, cookie notes, the path to the page and the date line above it: what stands around a story is scraped with it. The date is that of the page, not of the story, and the reader of the translation should see none of it.",
    flag: &[
        "{Saturday, January 28}\n\nPutin tries to rebuild the relationship\n\nThe war in Ukraine has endangered cohesion.",
        "{Home » Sports » Football}\n\nPuerto Real wins the final\n\nThe final was over in four minutes.",
        "Putin called for peace.\n\n{Leave a Reply\n\nYour email address will not be published. Required fields are marked *}",
        "Putin called for peace.\n\n{Leave a Reply Your email address will not be published. Required fields are marked *}",
        "The unions cannot stand any more rises.\n\n{ShareTweetWhatsappPrint}",
        "The unions cannot stand any more rises.\n\n{Share on FacebookShare on TwitterShare on WhatsAppComments 214}",
    ],
    pass: &[
        "Lantern Festival lights up the night\n\nMonday, March 5, 2007\n\nThe festival began on Saturday.",
        "On Saturday, January 28, the president left.\n\nHe came back on Monday.",
        "He shared it on Facebook, YouTube and WhatsApp, and the comments were kind.",
        "Leave a reply on his desk, the minister was told.",
        "Home win for Betis\n\nThe home side won 2-1.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/page-furniture.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    above_the_story(doc, sink);
    furniture::report(doc, sink);
    share_bars(doc, sink);
}

/// The date line of the host and the path to the page, before the headline.
fn above_the_story(doc: &Document, sink: &mut Sink) {
    for (b, block) in doc.blocks.iter().enumerate().take(3) {
        if block.kind != BlockKind::Furniture {
            return;
        }
        let tokens = &doc.tokens[block.tokens.start as usize..block.tokens.end as usize];
        let path = blocks::is_path(doc.slice(block.span), tokens.len());
        let dated = tokens
            .iter()
            .any(|t| t.is(class::WEEKDAYS) || t.is(class::SPANISH_WEEKDAYS));
        if !(path || dated) || is_known(sink, &block.tokens) {
            continue;
        }
        let message = match path {
            true => "This is the path to the page, not a part of the story. Delete it.",
            false => {
                "This is the date of the page that the story was taken from, not of the story. Delete it."
            }
        };
        let finding = sink.report(block.span, message);
        furniture::remove(doc, finding, &(b..b + 1));
    }
}

/// Whether the lexicon found something among these tokens.
fn is_known(sink: &Sink, tokens: &Range<u32>) -> bool {
    let hits = sink.hits();
    let next = hits.partition_point(|h| h.to <= tokens.start);
    hits.get(next).is_some_and(|h| h.from < tokens.end)
}

/// The labels of share bars; the capitals of *WhatsApp* and *LinkedIn* make two of each.
const LABELS: [&str; 26] = [
    "app",
    "comment",
    "comments",
    "copy",
    "email",
    "facebook",
    "in",
    "instagram",
    "link",
    "linked",
    "linkedin",
    "mail",
    "messenger",
    "pinterest",
    "print",
    "reddit",
    "save",
    "send",
    "share",
    "telegram",
    "tumblr",
    "tweet",
    "twitter",
    "whats",
    "whatsapp",
    "youtube",
];

/// `ShareFacebookTwitterWhatsapp`: the buttons of a share bar, run together.
fn share_bars(doc: &Document, sink: &mut Sink) {
    let mut done = 0;
    for &at in doc.inner_capitals() {
        let at = at as usize;
        let word = doc.text(at);
        if at < done
            || doc.tokens[at].has(Shape::NON_ASCII)
            || doc.tokens[at].is(class::JOINED_NAMES)
            || !is_bar(word)
        {
            continue;
        }
        let b = doc.block_of(at);
        let block = &doc.blocks[b];
        if is_known(sink, &(at as u32..at as u32 + 1)) {
            continue;
        }
        // A short line with such a word is nothing but the bar.
        let words = block.tokens.len();
        let (span, whole): (Span, _) = match words <= 12 && !ends(doc, b) {
            true => (block.span, b..b + 1),
            false => (doc.tokens[at].span, 0..0),
        };
        done = match whole.is_empty() {
            true => at + 1,
            false => block.tokens.end as usize,
        };
        let finding = sink.report(
            span,
            "These are the buttons of a share bar, not a part of the story. Delete them.",
        );
        furniture::remove(doc, finding, &whole);
    }
}

/// Whether a block ends as a sentence does.
fn ends(doc: &Document, block: usize) -> bool {
    let last = doc.blocks[block].tokens.end as usize - 1;
    doc.tokens[last].kind == Kind::Stop
}

/// Whether a word consists of two labels or more.
fn is_bar(word: &str) -> bool {
    let mut parts = 0;
    let mut start = 0;
    for end in 1..=word.len() {
        if end < word.len() && !word.as_bytes()[end].is_ascii_uppercase() {
            continue;
        }
        let label = &word[start..end];
        if !LABELS.iter().any(|l| l.eq_ignore_ascii_case(label)) {
            return false;
        }
        let second = ["app", "in"].iter().any(|l| l.eq_ignore_ascii_case(label));
        parts += usize::from(!second);
        start = end;
    }
    parts >= 2
}
