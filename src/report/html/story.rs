//! A story on the page: its blocks, each with the notes of its findings beside it.
use super::super::{Checked, window, wording};
use super::{cards, escape, facts, marks};
use crate::finding::{Finding, WaivedBy};
use crate::text::{Block, BlockKind, Span};
use std::fmt::Write as _;

/// Columns of a headline in the index.
const LONGEST_HEADLINE: usize = 90;
/// Longer marks, in bytes, are marked lightly: whole paragraphs are hard to read on a colour.
const LONG: usize = 240;

/// The first headline of a story.
pub fn headline(story: &Checked) -> Option<String> {
    let doc = story.document;
    let block = doc.blocks.iter().find(|b| b.kind == BlockKind::Headline)?;
    Some(window::ends(doc.slice(block.span), LONGEST_HEADLINE))
}

/// Appends a story.
pub fn section(story: &Checked, out: &mut String) {
    let anchor = story.anchor();
    let name = escape::text(&wording::name(story));
    let _ = write!(
        out,
        "<section class=\"story\" id=\"s-{anchor}\" aria-labelledby=\"t-{anchor}\">\n\
         <header><h2 id=\"t-{anchor}\" tabindex=\"-1\">{name}</h2>\n"
    );
    facts(story.counts, story.words, &story.score(), out);
    for reason in story.reasons() {
        let (message, gate) = (escape::text(&reason.message), reason.gate);
        let _ = writeln!(
            out,
            "<p class=\"gate\">Fails: {message} <code>{gate}</code></p>"
        );
    }
    out.push_str("</header>\n");
    let open: Vec<&Finding> = story.open().collect();
    if open.is_empty() {
        out.push_str("<details class=\"clean\"><summary>Nothing found. Show the story</summary>\n");
    }
    out.push_str("<div class=\"text\">\n");
    text(story, &anchor, &open, out);
    out.push_str("</div>\n");
    if open.is_empty() {
        out.push_str("</details>\n");
    }
    waived(story, out);
    out.push_str("</section>\n");
}

/// Appends the blocks with their notes. A finding is noted beside the block that it begins in, and
/// marked in all blocks that it reaches into.
fn text(story: &Checked, anchor: &str, open: &[&Finding], out: &mut String) {
    let doc = story.document;
    // A text without a block, all of it white space, is still shown with its findings.
    let whole = [Block {
        kind: BlockKind::Body,
        span: Span::new(0, doc.plain.len()),
        tokens: 0..0,
        sentences: 0..0,
    }];
    let blocks = match doc.blocks.is_empty() {
        true => &whole[..],
        false => &doc.blocks[..],
    };
    let crowded = is_crowded(blocks, open);
    let mut findings = open.iter().copied().enumerate().peekable();
    let mut reaching: Vec<(usize, Span)> = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let next = blocks
            .get(number + 1)
            .map_or(u32::MAX, |next| next.span.start);
        let own: Vec<(usize, &Finding)> =
            std::iter::from_fn(|| findings.next_if(|(_, f)| f.span.start < next)).collect();
        let within = |span: Span| Span {
            start: span.start.clamp(block.span.start, block.span.end),
            end: span.end.clamp(block.span.start, block.span.end),
        };
        reaching.retain(|(_, span)| span.end > block.span.start);
        let mut marked: Vec<(usize, Span)> = reaching
            .iter()
            .map(|&(at, span)| (at, within(span)))
            .collect();
        marked.extend(own.iter().map(|&(at, finding)| (at, within(finding.span))));
        reaching.extend(own.iter().map(|&(at, finding)| (at, finding.span)));

        let (class, role) = match block.kind {
            BlockKind::Headline => ("headline", " role=\"heading\" aria-level=\"3\""),
            BlockKind::Byline => ("byline", ""),
            BlockKind::Body => ("body", ""),
            BlockKind::Caption => ("caption", ""),
            BlockKind::Item => ("item", ""),
            BlockKind::Furniture => ("furniture", ""),
        };
        let _ = write!(out, "<div class=\"row\">\n<p class=\"{class}\"{role}>");
        for piece in marks::cut(block.span, &marked) {
            self::piece(story, anchor, open, &piece, out);
        }
        out.push_str("</p>\n");
        if !own.is_empty() {
            let class = if crowded { " crowded" } else { "" };
            let _ = writeln!(
                out,
                "<div class=\"cards{class}\" role=\"group\" aria-label=\"Findings\">"
            );
            for (at, finding) in own {
                cards::card(story, anchor, at + 1, finding, !crowded, out);
            }
            out.push_str("</div>\n");
        }
        out.push_str("</div>\n");
    }
}

/// Whether the notes, all open, would be much higher than the text beside them: a guess, in pixels of
/// a common screen.
fn is_crowded(blocks: &[Block], findings: &[&Finding]) -> bool {
    let beside: usize = blocks.iter().map(|b| 45 + b.span.len() / 68 * 30).sum();
    let note = |finding: &&Finding| {
        let spanish = usize::from(!finding.spanish.is_empty());
        100 + (finding.message.len() / 44 + spanish) * 20
    };
    findings.iter().map(note).sum::<usize>() > beside * 5 / 4
}

/// Appends a stretch of text, marked if it has findings.
fn piece(story: &Checked, anchor: &str, open: &[&Finding], piece: &marks::Piece, out: &mut String) {
    let text = story.document.slice(piece.span);
    let Some(&first) = piece.findings.first() else {
        return escape::push(text, out);
    };
    let worst = piece.findings.iter().map(|&at| open[at].severity).max();
    let severity = worst.unwrap_or(open[first].severity).name();
    let long = piece.findings.iter().all(|&at| open[at].span.len() > LONG);
    let long = if long { " long" } else { "" };
    let _ = write!(out, "<mark class=\"{severity}{long}\" data-of=\"");
    for (i, at) in piece.findings.iter().enumerate() {
        let space = if i > 0 { " " } else { "" };
        let _ = write!(out, "{space}{}", at + 1);
    }
    out.push_str("\">");
    if piece.first {
        let finding = open[first];
        let (rule, severity) = (finding.rule.id, finding.severity.name());
        let number = first + 1;
        let _ = write!(
            out,
            "<a href=\"#c-{anchor}-{number}\" title=\"{rule} ({severity})\">"
        );
    }
    match text.chars().next() {
        None => out.push_str("<span class=\"code\">‸</span>"),
        Some(c) if escape::is_invisible(text) => {
            let _ = write!(out, "<span class=\"code\">U+{:04X}</span>", u32::from(c));
        }
        Some(_) => escape::push(text, out),
    }
    out.push_str(if piece.first {
        "</a></mark>"
    } else {
        "</mark>"
    });
}

/// Appends the findings that do not count.
fn waived(story: &Checked, out: &mut String) {
    if story.counts.waived == 0 {
        return;
    }
    let count = wording::grouped(story.counts.waived);
    let _ = writeln!(
        out,
        "<details class=\"waived\"><summary>{count} waived</summary>\n<ul>"
    );
    for finding in story.findings {
        let Some(waiver) = &finding.waiver else {
            continue;
        };
        let text = escape::text(&window::ends(story.document.slice(finding.span), 60));
        let by = match waiver.by {
            WaivedBy::Comment => "in a comment",
            WaivedBy::Baseline => "in the baseline",
            WaivedBy::Review => "in a review",
        };
        let reason = match waiver.reason.as_str() {
            "" => String::new(),
            reason => format!(": {}", escape::text(reason)),
        };
        let rule = finding.rule.id;
        let _ = writeln!(out, "<li><b>{rule}</b> <q>{text}</q> {by}{reason}</li>");
    }
    out.push_str("</ul></details>\n");
}
