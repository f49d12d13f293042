//! Checkstyle 4.3: an element a file, with its findings in it.
use super::{Checked, Report, Summary, Unread, wording, xml};
use crate::rule::Severity;

/// The XML that Checkstyle writes.
pub struct Checkstyle;

impl Report for Checkstyle {
    fn begin(&self, out: &mut String) {
        out.push_str(xml::DECLARATION);
        out.push_str("<checkstyle version=\"4.3\">\n");
    }

    fn story(&self, story: &Checked, out: &mut String) {
        if story.open().next().is_none() {
            return;
        }
        file(story.path, out);
        for finding in story.open() {
            let place = story.place(finding.span);
            let severity = match finding.severity {
                Severity::Neutral => "info",
                Severity::Minor => "warning",
                Severity::Major | Severity::Critical => "error",
            };
            let message = match story.id {
                Some(id) => format!("{id}: {}", wording::told(finding)),
                None => wording::told(finding),
            };
            out.push_str("    <error");
            xml::attribute("line", &place.line.to_string(), out);
            xml::attribute("column", &place.column.to_string(), out);
            xml::attribute("severity", severity, out);
            xml::attribute("message", &message, out);
            xml::attribute("source", &format!("asador.{}", finding.rule.id), out);
            out.push_str("/>\n");
        }
        out.push_str("  </file>\n");
    }

    fn unread(&self, unread: &Unread, out: &mut String) {
        file(unread.path, out);
        out.push_str("    <error");
        xml::attribute("line", &unread.line.unwrap_or(1).to_string(), out);
        out.push_str(" severity=\"error\"");
        xml::attribute("message", &format!("not checked: {}", unread.error), out);
        out.push_str(" source=\"asador\"/>\n  </file>\n");
    }

    fn end(&self, _: &Summary, out: &mut String) {
        out.push_str("</checkstyle>\n");
    }
}

fn file(path: &str, out: &mut String) {
    out.push_str("  <file");
    xml::attribute("name", path, out);
    out.push_str(">\n");
}
