//! The JSON report, version 1: one object; `schema/report.schema.json` describes it.
use super::{Checked, Place, Report, Summary};
use crate::finding::{Fix, Safety, Waiver};
use crate::fingerprint;
use crate::gate::Reason;
use crate::rule::{Group, Mqm, Severity};
use crate::score::{Counts, Score};
use serde::Serialize;

/// The version of the format; it grows when a consumer would break.
const VERSION: u32 = 1;

/// One object for the run, with a story a line.
pub struct Json;

impl Report for Json {
    fn begin(&self, out: &mut String) {
        out.push_str("{\"version\":");
        append(&VERSION, out);
        out.push_str(",\"tool\":");
        append(&TOOL, out);
        out.push_str(",\"documents\":[\n");
    }

    fn story(&self, story: &Checked, out: &mut String) {
        document(story, out);
    }

    fn between(&self, out: &mut String) {
        out.push_str(",\n");
    }

    fn end(&self, summary: &Summary, out: &mut String) {
        out.push_str("\n],\"summary\":");
        append(&Total::from(summary), out);
        out.push_str("}\n");
    }
}

/// Appends a value as JSON.
pub(super) fn append<T: Serialize>(value: &T, out: &mut String) {
    // It fails only for maps with other keys than strings; there are none.
    let json = serde_json::to_string(value).unwrap_or_default();
    if out.is_empty() {
        // The report of a long story is not copied.
        *out = json;
    } else {
        out.push_str(&json);
    }
}

/// Appends one story as an object on one line, without a line break.
pub(super) fn document(story: &Checked, out: &mut String) {
    let prints = fingerprint::of(story.document, story.findings);
    let findings = story.findings.iter().zip(&prints);
    let document = Document {
        path: story.path,
        id: story.id,
        line: story.story.record.as_ref().map(|record| record.line),
        words: story.words,
        score: story.score(),
        counts: story.counts,
        gate: Gate::from(story.reasons()),
        findings: findings
            .map(|(finding, fingerprint)| Finding {
                rule: finding.rule.id,
                group: finding.rule.group,
                severity: finding.severity,
                mqm: finding.rule.mqm,
                message: &finding.message,
                place: story.place(finding.span),
                spanish: Some(&*finding.spanish).filter(|s| !s.is_empty()),
                fixes: finding.fixes.iter().map(|fix| mend(story, fix)).collect(),
                related: finding
                    .related
                    .iter()
                    .map(|(span, message)| Related {
                        message,
                        place: story.place(*span),
                    })
                    .collect(),
                fingerprint,
                suppressed: finding.waiver.as_ref(),
            })
            .collect(),
    };
    append(&document, out);
}

fn mend<'a>(story: &Checked, fix: &'a Fix) -> Mend<'a> {
    let mut edits: Vec<Edit> = fix
        .edits
        .iter()
        .map(|edit| {
            let source = story.source(edit.span);
            Edit {
                replacement: &edit.text,
                start: source.start,
                end: source.end,
            }
        })
        .collect();
    let rest = edits.split_off(1.min(edits.len()));
    Mend {
        safety: match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        },
        edit: edits.pop(),
        and: rest,
    }
}

#[derive(Serialize)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

pub(super) const TOOL: Tool = Tool {
    name: env!("CARGO_PKG_NAME"),
    version: env!("CARGO_PKG_VERSION"),
};

#[derive(Serialize)]
struct Document<'a> {
    path: &'a str,
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    words: u64,
    score: Score,
    counts: Counts,
    gate: Gate,
    findings: Vec<Finding<'a>>,
}

/// Whether the story fails the gate, and why.
#[derive(Serialize)]
struct Gate {
    failed: bool,
    reasons: Vec<Reason>,
}

impl From<Vec<Reason>> for Gate {
    fn from(reasons: Vec<Reason>) -> Self {
        Gate {
            failed: !reasons.is_empty(),
            reasons,
        }
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    group: Group,
    severity: Severity,
    mqm: Mqm,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spanish: Option<&'a str>,
    fixes: Vec<Mend<'a>>,
    related: Vec<Related<'a>>,
    fingerprint: &'a str,
    suppressed: Option<&'a Waiver>,
}

#[derive(Serialize)]
struct Mend<'a> {
    safety: &'static str,
    #[serde(flatten)]
    edit: Option<Edit<'a>>,
    /// Edits elsewhere that belong to the same fix.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    and: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    replacement: &'a str,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Total<'a> {
    documents: u64,
    documents_with_findings: u64,
    documents_failed: u64,
    words: u64,
    score: Score,
    counts: Counts,
    fail_on: &'static str,
    failed: bool,
    errors: Vec<Error<'a>>,
}

#[derive(Serialize)]
struct Error<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a> From<&'a Summary> for Total<'a> {
    fn from(summary: &'a Summary) -> Self {
        Total {
            documents: summary.documents,
            documents_with_findings: summary.with_findings,
            documents_failed: summary.failed,
            words: summary.words,
            score: summary.score(),
            counts: summary.counts,
            fail_on: summary.gate.fail_on.name(),
            failed: summary.failed(),
            errors: summary
                .errors
                .iter()
                .map(|(path, message)| Error { path, message })
                .collect(),
        }
    }
}
