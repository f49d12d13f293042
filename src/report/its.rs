//! XLIFF 2.1 with ITS 2.0: the story as units, its findings as quality issues that stand off.
use super::{Checked, Report, json, wording, xml};
use crate::finding::Finding;
use crate::rule::{Mqm, Severity};
use crate::text::Span;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt::Write as _;

/// A file a story, a unit a block. What the Spanish is not known of has an empty source.
pub struct Its;

/// The quality model that the issues refer to.
const PROFILE: &str = "https://themqm.org";

impl Report for Its {
    fn begin(&self, out: &mut String) {
        out.push_str(xml::DECLARATION);
        out.push_str("<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\"");
        out.push_str(" xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\"");
        out.push_str(" version=\"2.1\" srcLang=\"es\" trgLang=\"en\"");
        let tool = format!(
            "localization-quality-issue|{}/{}",
            json::TOOL.name,
            json::TOOL.version
        );
        xml::attribute("its:annotatorsRef", &tool, out);
        out.push_str(">\n");
    }

    fn story(&self, story: &Checked, out: &mut String) {
        let doc = story.document;
        let anchor = story.anchor();
        out.push_str("  <file xml:space=\"preserve\"");
        xml::attribute("id", &format!("f{anchor}"), out);
        xml::attribute("original", &wording::name(story), out);
        out.push_str(">\n");
        let spanish = story.spanish();
        let mut findings = story.findings.iter().enumerate().peekable();
        for (number, block) in doc.blocks.iter().enumerate() {
            let next = doc.blocks.get(number + 1);
            let end = next.map_or(u32::MAX, |next| next.span.start);
            let issues: Vec<Issue> =
                std::iter::from_fn(|| findings.next_if(|(_, f)| f.span.start < end))
                    .map(|(at, finding)| Issue::new(&anchor, at, finding, block.span))
                    .collect();
            let _ = writeln!(out, "    <unit id=\"u{}\">", number + 1);
            issues.iter().for_each(|issue| issue.describe(out));
            out.push_str("      <segment>\n        <source>");
            content(spanish.get(number).unwrap_or(&""), out);
            out.push_str("</source>\n        <target>");
            target(&doc.plain, block.span, &issues, out);
            out.push_str("</target>\n      </segment>\n    </unit>\n");
        }
        out.push_str("  </file>\n");
    }

    fn end(&self, _: &super::Summary, out: &mut String) {
        out.push_str("</xliff>\n");
    }
}

/// A finding with its identifiers and its place in the unit.
struct Issue<'a> {
    finding: &'a Finding,
    /// Its own in the document.
    id: String,
    /// Its own in the unit.
    mark: String,
    span: Span,
}

impl<'a> Issue<'a> {
    fn new(anchor: &str, at: usize, finding: &'a Finding, block: Span) -> Self {
        let within = |at: u32| at.clamp(block.start, block.end);
        Issue {
            finding,
            id: format!("q{anchor}-{}", at + 1),
            mark: format!("m{}", at + 1),
            span: Span {
                start: within(finding.span.start),
                end: within(finding.span.end),
            },
        }
    }

    /// Appends what the issue is.
    fn describe(&self, out: &mut String) {
        let finding = self.finding;
        // MQM’s weights, from none to 100.
        let worst = Severity::Critical.weight();
        let severity = finding.severity.weight() * 100 / worst;
        out.push_str("      <its:locQualityIssues");
        xml::attribute("xml:id", &self.id, out);
        out.push_str(">\n        <its:locQualityIssue");
        xml::attribute("locQualityIssueType", kind(finding.rule.mqm), out);
        let comment = format!("{}: {}", finding.rule.id, wording::told(finding));
        xml::attribute("locQualityIssueComment", &comment, out);
        xml::attribute("locQualityIssueSeverity", &severity.to_string(), out);
        xml::attribute("locQualityIssueProfileRef", PROFILE, out);
        if finding.waiver.is_some() {
            xml::attribute("locQualityIssueEnabled", "no", out);
        }
        out.push_str("/>\n      </its:locQualityIssues>\n");
    }

    /// Appends the name of a tag that opens the marked text, and its attributes.
    fn open(&self, tag: &str, out: &mut String) {
        let _ = write!(out, "<{tag} id=\"{}\" type=\"its:generic\"", self.mark);
        xml::attribute("its:locQualityIssuesRef", &format!("#its={}", self.id), out);
    }
}

/// Appends a block with its issues marked. Marks that cross are written as starts and ends.
fn target(plain: &str, block: Span, issues: &[Issue], out: &mut String) {
    // Of two that begin together the longer one is outside.
    let mut order: Vec<&Issue> = issues.iter().collect();
    order.sort_by_key(|issue| (issue.span.start, Reverse(issue.span.end)));
    let mut at = block.start;
    let mut text = |to: u32, out: &mut String| {
        content(&plain[at as usize..to as usize], out);
        at = to;
    };
    let mut nested: Vec<&Issue> = Vec::new();
    let mut crossing: BinaryHeap<Reverse<(u32, &str)>> = BinaryHeap::new();
    for issue in order.into_iter().map(Some).chain([None]) {
        let upto = issue.map_or(u32::MAX, |issue| issue.span.start);
        // What ends before the next begins; an empty mark ends where it begins.
        loop {
            let inner = nested.last().map_or(u32::MAX, |open| open.span.end);
            let other = crossing.peek().map_or(u32::MAX, |Reverse((end, _))| *end);
            let end = inner.min(other);
            if end > upto || end == u32::MAX {
                break;
            }
            text(end, out);
            if inner == end {
                nested.pop();
                out.push_str("</mrk>");
            } else if let Some(Reverse((_, mark))) = crossing.pop() {
                let _ = write!(out, "<em startRef=\"{mark}\"/>");
            }
        }
        let Some(issue) = issue else {
            break;
        };
        text(issue.span.start, out);
        if nested
            .last()
            .is_none_or(|outer| issue.span.end <= outer.span.end)
        {
            issue.open("mrk", out);
            out.push('>');
            nested.push(issue);
        } else {
            issue.open("sm", out);
            out.push_str("/>");
            crossing.push(Reverse((issue.span.end, &issue.mark)));
        }
    }
    text(block.end, out);
}

/// Appends text; characters that XML cannot write have an element of XLIFF.
fn content(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(|c| !xml::is_writable(c)) {
        xml::text(&rest[..at], out);
        let c = rest[at..].chars().next().map_or(0, u32::from);
        let _ = write!(out, "<cp hex=\"{c:04X}\"/>");
        let end = rest[at..].chars().next().map_or(0, char::len_utf8);
        rest = &rest[at + end..];
    }
    xml::text(rest, out);
}

/// The type of ITS 2.0 that comes nearest.
fn kind(mqm: Mqm) -> &'static str {
    match mqm {
        Mqm::Mistranslation | Mqm::DoNotTranslate => "mistranslation",
        Mqm::Untranslated => "untranslated",
        Mqm::Addition => "addition",
        Mqm::Omission | Mqm::Truncation => "omission",
        Mqm::WrongTerm => "terminology",
        Mqm::InconsistentTerm => "inconsistency",
        Mqm::Grammar => "grammar",
        Mqm::Punctuation => "typographical",
        Mqm::Spelling => "misspelling",
        Mqm::CharacterEncoding => "characters",
        Mqm::TextualConventions | Mqm::Unidiomatic | Mqm::InconsistentStyle => "style",
        Mqm::NumberFormat
        | Mqm::CurrencyFormat
        | Mqm::DateFormat
        | Mqm::TimeFormat
        | Mqm::LocalePunctuation
        | Mqm::LocaleName => "locale-violation",
        Mqm::Markup => "markup",
        Mqm::Layout => "formatting",
    }
}
