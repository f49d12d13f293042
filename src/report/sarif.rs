//! SARIF 2.1.0, the format of code scanning: one run with all rules and a result a line.
use super::{Checked, Region, Report, Summary, json, wording};
use crate::finding::{Finding, Fix, WaivedBy};
use crate::fingerprint;
use crate::rule::{Rule, Severity, Status};
use crate::text::Span;
use crate::{detectors, explain};
use serde_json::{Value, json};

/// One run. Severities become levels: advice is a note, minor a warning, the rest an error.
pub struct Sarif;

/// The schema that this module is written to.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Other places of a finding that are listed.
const MOST_RELATED: usize = 10;

impl Report for Sarif {
    fn begin(&self, out: &mut String) {
        let rules: Vec<Value> = detectors::ALL.iter().map(|rule| descriptor(rule)).collect();
        let tool = json!({"driver": {
            "name": json::TOOL.name,
            "semanticVersion": json::TOOL.version,
            "shortDescription": {"text": env!("CARGO_PKG_DESCRIPTION")},
            "rules": rules,
        }});
        out.push_str("{\"$schema\":\"");
        out.push_str(SCHEMA);
        out.push_str("\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":");
        out.push_str(&tool.to_string());
        out.push_str(",\"columnKind\":\"unicodeCodePoints\"");
        out.push_str(",\"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"],\"results\":[\n");
    }

    fn story(&self, story: &Checked, out: &mut String) {
        let prints = fingerprint::of(story.document, story.findings);
        for (at, (finding, print)) in story.findings.iter().zip(&prints).enumerate() {
            if at > 0 {
                self.between(out);
            }
            out.push_str(&result(story, finding, print).to_string());
        }
    }

    fn between(&self, out: &mut String) {
        out.push_str(",\n");
    }

    fn end(&self, summary: &Summary, out: &mut String) {
        let notifications: Vec<Value> = summary
            .errors
            .iter()
            .map(|(path, why)| {
                json!({
                    "level": "error",
                    "message": {"text": format!("{path}: {why}")},
                    "locations": [{"physicalLocation": {"artifactLocation": artifact(path)}}],
                })
            })
            .collect();
        let invocation = json!({
            "executionSuccessful": notifications.is_empty(),
            "toolExecutionNotifications": notifications,
        });
        out.push_str("\n],\"invocations\":[");
        out.push_str(&invocation.to_string());
        out.push_str("]}]}\n");
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Neutral => "note",
        Severity::Minor => "warning",
        Severity::Major | Severity::Critical => "error",
    }
}

/// What the rule says of itself.
fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": format!("{} {}", rule.summary, rule.why), "markdown": explain::page(rule)},
        "defaultConfiguration": {
            "enabled": rule.status == Status::Stable,
            "level": level(rule.severity),
        },
        "properties": {
            "group": rule.group.name(),
            "mqm": rule.mqm.name(),
            "severity": rule.severity.name(),
            "tags": [rule.group.name(), rule.mqm.name()],
        },
    })
}

fn result(story: &Checked, finding: &Finding, print: &str) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .take(MOST_RELATED)
        .map(|(span, what)| {
            let mut place = location(story, *span);
            place["message"] = json!({"text": message(what)});
            place
        })
        .collect();
    let mut fixes: Vec<Value> = Vec::new();
    for fix in finding.fixes.iter().filter_map(|f| fix(story, f)) {
        // SARIF wants no two alike.
        if !fixes.contains(&fix) {
            fixes.push(fix);
        }
    }
    let mut properties = json!({
        "severity": finding.severity.name(),
        "mqm": finding.rule.mqm.name(),
    });
    if !finding.spanish.is_empty() {
        properties["spanish"] = finding.spanish.as_str().into();
    }
    let mut result = json!({
        "ruleId": finding.rule.id,
        "level": level(finding.severity),
        "message": {"text": message(&wording::told(finding))},
        "locations": [location(story, finding.span)],
        "partialFingerprints": {"asador/v1": print},
        "suppressions": finding.waiver.iter().map(suppression).collect::<Vec<_>>(),
        "properties": properties,
    });
    if let Some(index) = detectors::ALL.iter().position(|r| r.id == finding.rule.id) {
        result["ruleIndex"] = index.into();
    }
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if !fixes.is_empty() {
        result["fixes"] = fixes.into();
    }
    result
}

/// A message in which nothing is a link: words of a story stand in it.
fn message(text: &str) -> String {
    text.replace("](", "\\](")
}

fn suppression(waiver: &crate::Waiver) -> Value {
    let kind = match waiver.by {
        WaivedBy::Comment => "inSource",
        WaivedBy::Baseline | WaivedBy::Review => "external",
    };
    match waiver.reason.as_str() {
        "" => json!({"kind": kind}),
        reason => json!({"kind": kind, "justification": reason}),
    }
}

/// Where a span lies: in a file, and in a story or field of it that has a name.
fn location(story: &Checked, span: Span) -> Value {
    let place = story.place(span);
    let region = match story.region(span) {
        Some(region) => self::region(&region),
        None => json!({"startLine": place.line}),
    };
    let mut location = json!({"physicalLocation": {
        "artifactLocation": artifact(story.path),
        "region": region,
    }});
    let name = format!(
        "{}{}",
        story.id.unwrap_or_default(),
        place.field.unwrap_or_default()
    );
    if !name.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": name}]);
    }
    location
}

fn region(region: &Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
        "byteOffset": region.bytes.start,
        "byteLength": region.bytes.len(),
    })
}

/// A fix, as the file writes it; `None` if it cannot be written back.
fn fix(story: &Checked, fix: &Fix) -> Option<Value> {
    let replacement = |edit: &crate::Edit| {
        let escapes = story.story.escapes(edit.span)?;
        let text = escapes
            .holds(&edit.text)
            .then(|| escapes.escape(&edit.text))?;
        let mut replacement = json!({"deletedRegion": region(&story.region(edit.span)?)});
        if !text.is_empty() {
            replacement["insertedContent"] = json!({"text": text});
        }
        Some(replacement)
    };
    let replacements: Option<Vec<Value>> = fix.edits.iter().map(replacement).collect();
    let help = wording::help(std::slice::from_ref(fix))?;
    Some(json!({
        "description": {"text": help},
        "artifactChanges": [{
            "artifactLocation": artifact(story.path),
            "replacements": replacements?,
        }],
    }))
}

fn artifact(path: &str) -> Value {
    json!({"uri": uri(path)})
}

/// A path as a URI: relative to the folder of the run, unless it begins at the root.
fn uri(path: &str) -> String {
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            b'\\' if cfg!(windows) => out.push('/'),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("stories/año 1.txt"), "stories/a%C3%B1o%201.txt");
        assert_eq!(uri("a:b%2F?#.txt"), "a%3Ab%252F%3F%23.txt");
        assert_eq!(uri("/tmp/a.txt"), "file:///tmp/a.txt");
    }
}
