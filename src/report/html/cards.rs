//! The notes beside the text: one for each finding.
use super::super::{Checked, window, wording};
use super::escape;
use crate::finding::{Finding, Fix};
use std::fmt::Write as _;

/// Columns of a replacement, and of what it replaces.
const LONGEST_CHANGE: usize = 60;
/// Other places of a finding that are listed; the rest are counted.
const MOST_RELATED: usize = 3;

/// Appends the note of a finding; `number` is its own in the story.
pub fn card(
    story: &Checked,
    anchor: &str,
    number: usize,
    finding: &Finding,
    open: bool,
    out: &mut String,
) {
    let (severity, rule) = (finding.severity.name(), finding.rule.id);
    let open = if open { " open" } else { "" };
    let _ = write!(
        out,
        "<details class=\"card {severity}\" id=\"c-{anchor}-{number}\" data-number=\"{number}\" \
         data-severity=\"{severity}\" data-rule=\"{rule}\"{open}>\
         <summary><span class=\"rule\">{rule}</span> <span class=\"severity\">{severity}</span> "
    );
    change(story, finding, out);
    out.push_str("</summary>\n");
    let what = window::ends(&finding.message, wording::LONGEST_MESSAGE);
    let _ = writeln!(out, "<p class=\"what\">{}</p>", escape::text(&what));
    if !finding.spanish.is_empty() {
        let spanish = escape::text(&finding.spanish);
        let _ = writeln!(
            out,
            "<p class=\"spanish\">Spanish: <i lang=\"es\">{spanish}</i></p>"
        );
    }
    alternatives(&finding.fixes, out);
    related(story, finding, out);
    let why = escape::emphasised(finding.rule.why);
    let _ = writeln!(
        out,
        "<details class=\"why\"><summary>Why</summary><p>{why}</p></details>\n</details>"
    );
}

/// What to write instead of what; without a fix what is marked.
fn change(story: &Checked, finding: &Finding, out: &mut String) {
    let short = |text: &str| escape::text(&window::ends(text, LONGEST_CHANGE));
    out.push_str("<span class=\"change\">");
    let edit = finding.fixes.first().and_then(|fix| fix.edits.first());
    let _ = match edit {
        None => write!(out, "<q>{}</q>", short(story.document.slice(finding.span))),
        Some(edit) => {
            let (old, new) = (short(story.document.slice(edit.span)), short(&edit.text));
            let old = if old.is_empty() {
                old
            } else {
                format!("<del>{old}</del>")
            };
            let new = if new.is_empty() {
                new
            } else {
                format!("<ins>{new}</ins>")
            };
            write!(out, "{old} {new}")
        }
    };
    out.push_str("</span>");
}

/// The other ways to mend it, and what else belongs to the first.
fn alternatives(fixes: &[Fix], out: &mut String) {
    let mut texts: Vec<&str> = Vec::new();
    for edit in fixes.iter().filter_map(|fix| fix.edits.first()) {
        if !texts.contains(&edit.text.as_str()) && texts.len() < wording::MOST_FIXES {
            texts.push(&edit.text);
        }
    }
    let others: Vec<String> = texts
        .into_iter()
        .skip(1)
        .map(|text| escape::text(&window::ends(text, LONGEST_CHANGE)))
        .map(|text| format!("<ins>{text}</ins>"))
        .collect();
    if !others.is_empty() {
        let _ = writeln!(out, "<p class=\"or\">or {}</p>", others.join(" or "));
    }
    match fixes.first().map_or(1, |fix| fix.edits.len()) {
        0 | 1 => {}
        2 => out.push_str("<p class=\"or\">One more place is to be mended with it.</p>\n"),
        more => {
            let more = more - 1;
            let _ = writeln!(
                out,
                "<p class=\"or\">{more} more places are to be mended with it.</p>"
            );
        }
    }
}

fn related(story: &Checked, finding: &Finding, out: &mut String) {
    for (span, what) in finding.related.iter().take(MOST_RELATED) {
        let place = story.place(*span);
        let text = escape::text(&window::ends(place.text, LONGEST_CHANGE));
        let (what, line, column) = (escape::text(what), place.line, place.column);
        let _ = writeln!(
            out,
            "<p class=\"related\">{what}: <q>{text}</q> at {line}:{column}</p>"
        );
    }
    if finding.related.len() > MOST_RELATED {
        let more = finding.related.len() - MOST_RELATED;
        let _ = writeln!(out, "<p class=\"related\">… and {more} more places</p>");
    }
}
