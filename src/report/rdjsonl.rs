//! Diagnostics of reviewdog, one a line, with what it can suggest in a review.
use super::{Checked, Region, Report, Unread, wording};
use crate::finding::{Finding, Fix};
use crate::rule::Severity;
use serde_json::{Value, json};

/// A diagnostic a line.
pub struct Rdjsonl;

impl Report for Rdjsonl {
    fn story(&self, story: &Checked, out: &mut String) {
        for finding in story.open() {
            out.push_str(&diagnostic(story, finding).to_string());
            out.push('\n');
        }
    }

    fn unread(&self, unread: &Unread, out: &mut String) {
        let diagnostic = json!({
            "message": format!("not checked: {}", unread.error),
            "location": {
                "path": unread.path,
                "range": {"start": {"line": unread.line.unwrap_or(1)}},
            },
            "severity": "ERROR",
            "source": {"name": "asador"},
        });
        out.push_str(&diagnostic.to_string());
        out.push('\n');
    }
}

fn diagnostic(story: &Checked, finding: &Finding) -> Value {
    let severity = match finding.severity {
        Severity::Neutral => "INFO",
        Severity::Minor => "WARNING",
        Severity::Major | Severity::Critical => "ERROR",
    };
    let range = match story.region(finding.span) {
        Some(region) => range(story, &region),
        None => json!({"start": {"line": story.place(finding.span).line}}),
    };
    let mut diagnostic = json!({
        "message": wording::told(finding),
        "location": {"path": story.path, "range": range},
        "severity": severity,
        "source": {"name": "asador"},
        "code": {"value": finding.rule.id},
    });
    let suggestions: Vec<Value> = finding
        .fixes
        .iter()
        .take(wording::MOST_FIXES)
        .filter_map(|fix| suggestion(story, fix))
        .collect();
    if !suggestions.is_empty() {
        diagnostic["suggestions"] = suggestions.into();
    }
    diagnostic
}

/// Lines and columns, these in bytes of UTF-8; where the file is in another encoding only lines.
fn range(story: &Checked, region: &Region) -> Value {
    let position = |line: u32, at: u32| match story.byte_column(at) {
        Some(column) => json!({"line": line, "column": column}),
        None => json!({"line": line}),
    };
    json!({
        "start": position(region.start.line, region.bytes.start),
        "end": position(region.end.line, region.bytes.end),
    })
}

/// A fix of one edit that can be written into the file; reviewdog knows no other.
fn suggestion(story: &Checked, fix: &Fix) -> Option<Value> {
    let [edit] = &fix.edits[..] else {
        return None;
    };
    let region = story.region(edit.span)?;
    story.byte_column(region.bytes.start)?;
    let escapes = story.story.escapes(edit.span)?;
    let text = escapes
        .holds(&edit.text)
        .then(|| escapes.escape(&edit.text))?;
    Some(json!({"range": range(story, &region), "text": text}))
}
