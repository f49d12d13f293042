//! Annotations of GitHub Actions: workflow commands, a line a finding.
use super::{Checked, Report, Unread, wording};
use crate::rule::Severity;
use std::fmt::Write as _;

/// A command a line. GitHub shows no more than ten errors, ten warnings and ten notices a step.
pub struct Github;

impl Report for Github {
    fn story(&self, story: &Checked, out: &mut String) {
        for finding in story.open() {
            let level = match finding.severity {
                Severity::Neutral => "notice",
                Severity::Minor => "warning",
                Severity::Major | Severity::Critical => "error",
            };
            let file = property(story.path);
            let line = story.place(finding.span).line;
            let _ = write!(out, "::{level} file={file},line={line}");
            // GitHub takes columns only where there is one line.
            match story.region(finding.span).map(|r| (r.start, r.end)) {
                Some((start, end)) if start.line == end.line => {
                    let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
                }
                Some((_, end)) => {
                    let _ = write!(out, ",endLine={}", end.line);
                }
                None => {}
            }
            let title = format!("{} ({})", finding.rule.id, finding.severity.name());
            let message = match story.id {
                Some(id) => format!("{id}: {}", wording::told(finding)),
                None => wording::told(finding),
            };
            let _ = writeln!(out, ",title={}::{}", property(&title), data(&message));
        }
    }

    fn unread(&self, unread: &Unread, out: &mut String) {
        let _ = write!(out, "::error file={}", property(unread.path));
        if let Some(line) = unread.line {
            let _ = write!(out, ",line={line}");
        }
        let _ = writeln!(out, ",title=not checked::{}", data(unread.error));
    }
}

/// The message of a command.
fn data(text: &str) -> String {
    escaped(text, &['%', '\r', '\n'])
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    escaped(text, &['%', '\r', '\n', ':', ','])
}

fn escaped(text: &str, special: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(&c) {
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else if c.is_control() {
            // A log is shown in terminals too.
            out.push(char::REPLACEMENT_CHARACTER);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_do_not_end_a_command() {
        assert_eq!(data("50%: a,\r\nb\u{1b}"), "50%25: a,%0D%0Ab\u{fffd}");
        assert_eq!(property("a:b,%0A\n"), "a%3Ab%2C%250A%0A");
    }
}
