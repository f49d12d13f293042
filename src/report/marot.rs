//! The ten columns of MQM that Marot reads, Google’s viewer of evaluations: a line a finding.
use super::{Checked, Report};
use crate::finding::Finding;
use crate::rule::{Mqm, Severity};
use crate::text::Span;
use serde_json::json;
use std::fmt::Write as _;

/// Tab-separated columns. A sentence is a segment; one without findings has a line too, since the
/// scores are means over segments.
pub struct Marot;

/// The names of the columns. Marot passes a line over that holds the first two.
const HEADER: &str =
    "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity\tmetadata\n";

/// Bytes of a sentence on either side of a finding; nobody reads a longer segment.
const AROUND: usize = 2000;

impl Report for Marot {
    fn begin(&self, out: &mut String) {
        out.push_str(HEADER);
    }

    fn story(&self, story: &Checked, out: &mut String) {
        let doc = story.document;
        let name = match story.id {
            Some(id) => format!("{}#{id}", story.path),
            None => story.path.to_owned(),
        };
        let name = cell(&name);
        let spanish = story.spanish();
        let mut findings = story.open().peekable();
        let mut block = None;
        for (number, sentence) in doc.sentences.iter().enumerate() {
            let span = doc.span(sentence.tokens.start as usize..sentence.tokens.end as usize);
            let next = doc.sentences.get(number + 1);
            let end = next.map_or(u32::MAX, |s| doc.tokens[s.tokens.start as usize].span.start);
            let block_before = block.replace(sentence.block);
            let segment = Segment {
                name: &name,
                number: number + 1,
                source: spanish
                    .get(sentence.block as usize)
                    .copied()
                    .unwrap_or_default(),
                opens_paragraph: block_before != block,
            };
            if findings.peek().is_none_or(|f| f.span.start >= end) {
                let target = window(
                    &doc.plain,
                    span,
                    Span {
                        end: span.start,
                        ..span
                    },
                );
                let target = cell(&doc.plain[target]);
                segment.line(&target, "no-error", "no-error", json!({}), out);
            }
            while let Some(finding) = findings.next_if(|f| f.span.start < end) {
                segment.finding(&doc.plain, span, finding, out);
            }
        }
    }
}

/// A sentence with what all its lines share.
struct Segment<'a> {
    name: &'a str,
    number: usize,
    source: &'a str,
    opens_paragraph: bool,
}

impl Segment<'_> {
    fn finding(&self, plain: &str, sentence: Span, finding: &Finding, out: &mut String) {
        let within = |at: u32| at.clamp(sentence.start, sentence.end);
        let marked = Span {
            start: within(finding.span.start),
            end: within(finding.span.end),
        };
        let shown = window(plain, sentence, marked);
        let marked = marked.range();
        let target = format!(
            "{}<v>{}</v>{}",
            cell(&plain[shown.start..marked.start]),
            cell(&plain[marked.clone()]),
            cell(&plain[marked.end..shown.end]),
        );
        let metadata = json!({
            "note": finding.message,
            "marked_text": &plain[marked],
            "rule": finding.rule.id,
        });
        let severity = match finding.severity {
            Severity::Neutral => "Neutral",
            Severity::Minor => "Minor",
            Severity::Major => "Major",
            Severity::Critical => "Critical",
        };
        self.line(&target, category(finding.rule.mqm), severity, metadata, out);
    }

    fn line(
        &self,
        target: &str,
        category: &str,
        severity: &str,
        mut metadata: serde_json::Value,
        out: &mut String,
    ) {
        metadata["source_not_seen"] = self.source.is_empty().into();
        metadata["segment"] = json!({"starts_paragraph": self.opens_paragraph});
        let (name, number, source) = (self.name, self.number, cell(self.source));
        let _ = writeln!(
            out,
            "translation\t{name}\t{number}\t0\tasador\t{source}\t{target}\t{category}\t{severity}\t{metadata}"
        );
    }
}

/// What is shown of a sentence: all of it, unless it is far too long.
fn window(plain: &str, sentence: Span, marked: Span) -> std::ops::Range<usize> {
    let (sentence, marked) = (sentence.range(), marked.range());
    let mut start = marked.start.saturating_sub(AROUND).max(sentence.start);
    let mut end = (marked.end + AROUND).min(sentence.end);
    while !plain.is_char_boundary(start) {
        start += 1;
    }
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

/// A text without what Marot takes for the end of a column or a mark; it knows no quoting.
fn cell(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    line.replace("<v>", "‹v›").replace("</v>", "‹/v›")
}

/// The error type under the names that Marot’s weights know.
fn category(mqm: Mqm) -> &'static str {
    match mqm {
        Mqm::Mistranslation => "Accuracy/Mistranslation",
        Mqm::Untranslated => "Accuracy/Untranslated text",
        Mqm::DoNotTranslate => "Accuracy/Do not translate",
        Mqm::Addition => "Accuracy/Addition",
        Mqm::Omission => "Accuracy/Omission",
        Mqm::WrongTerm => "Terminology/Wrong term",
        Mqm::InconsistentTerm => "Terminology/Inconsistent",
        Mqm::Grammar => "Fluency/Grammar",
        Mqm::Punctuation => "Fluency/Punctuation",
        Mqm::Spelling => "Fluency/Spelling",
        Mqm::CharacterEncoding => "Fluency/Character encoding",
        Mqm::TextualConventions => "Fluency/Textual conventions",
        Mqm::Unidiomatic => "Style/Unnatural or awkward",
        Mqm::InconsistentStyle => "Style/Inconsistent",
        Mqm::NumberFormat => "Locale convention/Number format",
        Mqm::CurrencyFormat => "Locale convention/Currency format",
        Mqm::DateFormat => "Locale convention/Date format",
        Mqm::TimeFormat => "Locale convention/Time format",
        Mqm::LocalePunctuation => "Locale convention/Quotation marks",
        Mqm::LocaleName => "Locale convention/Name format",
        Mqm::Markup => "Design and markup/Markup",
        Mqm::Truncation => "Design and markup/Truncation",
        Mqm::Layout => "Design and markup/Layout",
    }
}
