//! A page for editors: the stories as they read, findings marked in them and explained beside them.
use super::{Checked, Report, Summary, wording};
use crate::rule::Severity;
use crate::score::{Counts, Score};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

mod cards;
mod escape;
mod marks;
mod story;

/// One file that needs no other: nothing is loaded, and only its own script may run.
pub struct Html;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// Paths that could not be read; the rest are counted.
const MOST_ERRORS: usize = 100;

impl Report for Html {
    fn begin(&self, out: &mut String) {
        let (style, script) = (digest(STYLE), digest(SCRIPT));
        let _ = write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; \
             form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"asador {version}\">\n\
             <title>asador report</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#stories\">Skip to the stories</a>\n",
            version = env!("CARGO_PKG_VERSION"),
        );
    }

    fn has_overview(&self) -> bool {
        true
    }

    fn row(&self, story: &Checked, out: &mut String) {
        let name = escape::text(&wording::name(story));
        let _ = write!(
            out,
            "<tr><th scope=\"row\"><a href=\"#s-{}\">{name}</a>",
            story.anchor()
        );
        if let Some(headline) = story::headline(story) {
            let _ = write!(out, "<small>{}</small>", escape::text(&headline));
        }
        out.push_str("</th>");
        let score = story.score();
        match score.insufficient_sample {
            true => out.push_str("<td data-value=\"101\">–</td>"),
            false => {
                let _ = write!(
                    out,
                    "<td data-value=\"{0:.1}\">{0:.1}</td>",
                    score.calibrated
                );
            }
        }
        for severity in Severity::ALL.into_iter().rev() {
            cell(story.counts.get(severity), severity.name(), out);
        }
        cell(story.words, "words", out);
        out.push_str("</tr>\n");
    }

    fn overview(&self, summary: &Summary, rows: &str, out: &mut String) {
        out.push_str("<header class=\"page\">\n<h1>asador</h1>\n");
        // One story speaks for itself.
        if summary.documents != 1 {
            let _ = writeln!(
                out,
                "<p class=\"verdict\">{}</p>",
                wording::verdict(summary)
            );
        }
        if summary.documents > 1 {
            let score = summary.score();
            facts(summary.counts, summary.words, &score, out);
        }
        errors(summary, out);
        out.push_str("</header>\n");
        if summary.documents > 1 {
            out.push_str(
                "<nav class=\"index\" aria-label=\"Stories\">\n<table>\n<thead><tr>\
                 <th scope=\"col\">Story</th><th scope=\"col\">Score</th>\
                 <th scope=\"col\">Critical</th><th scope=\"col\">Major</th>\
                 <th scope=\"col\">Minor</th><th scope=\"col\">Neutral</th>\
                 <th scope=\"col\">Words</th></tr></thead>\n<tbody>\n",
            );
            out.push_str(rows);
            out.push_str("</tbody>\n</table>\n</nav>\n");
        }
        filters(summary, out);
        out.push_str("<main id=\"stories\">\n");
    }

    fn story(&self, story: &Checked, out: &mut String) {
        story::section(story, out);
    }

    fn end(&self, _: &Summary, out: &mut String) {
        let _ = write!(
            out,
            "</main>\n<footer>\n<p class=\"keys\" hidden><kbd>j</kbd> <kbd>k</kbd> next and previous \
             finding · <kbd>n</kbd> <kbd>p</kbd> next and previous story · <kbd>Enter</kbd> opens \
             and closes a note</p>\n<p>asador {version} found these marks by rules, without the \
             Spanish source unless it was given; a story without findings was not read by a person. \
             More on a rule: <code>asador explain RULE</code></p>\n</footer>\n\
             <script>{SCRIPT}</script>\n</body>\n</html>\n",
            version = env!("CARGO_PKG_VERSION"),
        );
    }
}

fn cell(count: u64, kind: &str, out: &mut String) {
    let zero = if count == 0 { " zero" } else { "" };
    let shown = wording::grouped(count);
    let _ = write!(
        out,
        "<td class=\"{kind}{zero}\" data-value=\"{count}\">{shown}</td>"
    );
}

/// The score, the counts and the words in one line.
fn facts(counts: Counts, words: u64, score: &Score, out: &mut String) {
    out.push_str("<p class=\"facts\">");
    if score.insufficient_sample {
        out.push_str("<span class=\"score few\">too short for a score</span>");
    } else {
        let _ = write!(
            out,
            "<span class=\"score\">score <b>{:.1}</b></span>",
            score.calibrated
        );
    }
    for severity in Severity::ALL.into_iter().rev() {
        let count = counts.get(severity);
        if count > 0 {
            let (name, count) = (severity.name(), wording::grouped(count));
            let _ = write!(
                out,
                " <span class=\"count {name}\"><b>{count}</b> {name}</span>"
            );
        }
    }
    if counts.waived > 0 {
        let waived = wording::grouped(counts.waived);
        let _ = write!(out, " <span class=\"count\"><b>{waived}</b> waived</span>");
    }
    let words = wording::counted(words, "word", "words");
    let _ = writeln!(out, " <span class=\"words\">{words}</span></p>");
}

/// What could not be read.
fn errors(summary: &Summary, out: &mut String) {
    if summary.errors.is_empty() {
        return;
    }
    out.push_str("<div class=\"errors\"><h2>Not checked</h2>\n<ul>\n");
    for (path, why) in summary.errors.iter().take(MOST_ERRORS) {
        let (path, why) = (escape::text(path), escape::text(why));
        let _ = writeln!(out, "<li><b>{path}</b> {why}</li>");
    }
    if summary.errors.len() > MOST_ERRORS {
        let _ = writeln!(
            out,
            "<li>… and {} more</li>",
            summary.errors.len() - MOST_ERRORS
        );
    }
    out.push_str("</ul></div>\n");
}

/// The choice of severities and rules; the script shows it and fills in the rules.
fn filters(summary: &Summary, out: &mut String) {
    if summary.with_findings == 0 {
        return;
    }
    out.push_str("<form class=\"filters\" aria-label=\"What to show\" hidden>\n<fieldset class=\"severities\"><legend>Severity</legend>");
    for severity in Severity::ALL.into_iter().rev() {
        if summary.counts.get(severity) > 0 {
            let name = severity.name();
            let _ = write!(
                out,
                "<label class=\"{name}\"><input type=\"checkbox\" name=\"severity\" \
                 value=\"{name}\" checked> {name}</label>"
            );
        }
    }
    out.push_str(
        "</fieldset>\n<details class=\"rules\"><summary>Rules</summary>\
         <fieldset><legend>Rules</legend></fieldset></details>\n</form>\n",
    );
}

/// The hash by which a content security policy knows a text: SHA-256 in Base64.
fn digest(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in Sha256::digest(text.as_bytes()).chunks(3) {
        let byte = |at: usize| chunk.get(at).copied().map_or(0, u32::from);
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            match at <= chunk.len() {
                true => out.push(char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize])),
                false => out.push('='),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digest that the policy’s specification gives for `alert('Hello, world.');`.
    #[test]
    fn the_digest_is_what_browsers_expect() {
        assert_eq!(
            digest("alert('Hello, world.');"),
            "qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }

    #[test]
    fn style_and_script_end_where_they_should() {
        for text in [STYLE, SCRIPT] {
            let lower = text.to_lowercase();
            assert!(!lower.contains("</") && !lower.contains("<!--"));
        }
    }
}
