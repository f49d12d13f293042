//! Code Quality of GitLab: one array, an object a finding.
use super::{Checked, Report, wording};
use crate::fingerprint::{self, Fnv};
use crate::rule::Severity;
use serde_json::json;

/// An array, with a finding a line.
pub struct Gitlab;

impl Report for Gitlab {
    fn begin(&self, out: &mut String) {
        out.push_str("[\n");
    }

    fn story(&self, story: &Checked, out: &mut String) {
        let prints = fingerprint::of(story.document, story.findings);
        let open = story.findings.iter().zip(&prints);
        let before = out.len();
        for (finding, print) in open.filter(|(f, _)| f.waiver.is_none()) {
            if out.len() > before {
                self.between(out);
            }
            let severity = match finding.severity {
                Severity::Neutral => "info",
                severity => severity.name(),
            };
            let issue = json!({
                "description": wording::told(finding),
                "check_name": finding.rule.id,
                "fingerprint": unique(story, print),
                "severity": severity,
                "location": {
                    "path": story.path,
                    "lines": {"begin": story.place(finding.span).line},
                },
            });
            out.push_str(&issue.to_string());
        }
    }

    fn between(&self, out: &mut String) {
        out.push_str(",\n");
    }

    fn end(&self, _: &super::Summary, out: &mut String) {
        out.push_str("\n]\n");
    }
}

/// A fingerprint that is the finding’s own in the whole report, not only in its story.
fn unique(story: &Checked, print: &str) -> String {
    let mut state = Fnv::new();
    state.add(story.path.as_bytes());
    match (story.id, &story.story.record) {
        (Some(id), _) => state.add(id.as_bytes()),
        (None, Some(record)) => state.add(&record.line.to_le_bytes()),
        (None, None) => {}
    }
    state.add(print.as_bytes());
    format!("{:016x}", state.value())
}
