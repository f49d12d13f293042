//! JUnit: a suite a story, a test a finding; a clean story is one test that passes.
use super::{Checked, Report, Summary, Unread, wording, xml};
use crate::finding::WaivedBy;
use crate::rule::Severity;

/// The XML that runners of tests write. Advice passes, what is waived is skipped.
pub struct Junit;

impl Report for Junit {
    fn begin(&self, out: &mut String) {
        out.push_str(xml::DECLARATION);
        out.push_str("<testsuites name=\"asador\">\n");
    }

    fn story(&self, story: &Checked, out: &mut String) {
        let name = wording::name(story);
        let failures = story
            .open()
            .filter(|f| f.severity > Severity::Neutral)
            .count();
        let waived = story.findings.len() - story.open().count();
        suite(
            &name,
            story.findings.len().max(1),
            (failures, 0, waived),
            out,
        );
        if story.findings.is_empty() {
            case(&name, "nothing found", out);
            out.push_str("/>\n");
        }
        for finding in story.findings {
            let place = story.place(finding.span);
            let at = format!("{}:{}", place.line, place.column);
            case(&name, &format!("{} at {at}", finding.rule.id), out);
            out.push_str(">\n");
            let severity = finding.severity.name();
            let text = format!(
                "{name}:{at}: {severity}: {}\n\n{}",
                wording::told(finding),
                wording::passage(story, finding)
            );
            match &finding.waiver {
                Some(waiver) => {
                    let by = match waiver.by {
                        WaivedBy::Comment => "waived in a comment",
                        WaivedBy::Baseline => "in the baseline",
                        WaivedBy::Review => "waived in a review",
                    };
                    out.push_str("      <skipped");
                    let why = match waiver.reason.as_str() {
                        "" => by.to_owned(),
                        reason => format!("{by}: {reason}"),
                    };
                    xml::attribute("message", &why, out);
                    out.push_str("/>\n");
                }
                None if finding.severity == Severity::Neutral => {
                    out.push_str("      <system-out>");
                    xml::text(&text, out);
                    out.push_str("</system-out>\n");
                }
                None => {
                    out.push_str("      <failure");
                    xml::attribute("type", severity, out);
                    xml::attribute("message", finding.rule.summary, out);
                    out.push('>');
                    xml::text(&text, out);
                    out.push_str("</failure>\n");
                }
            }
            out.push_str("    </testcase>\n");
        }
        out.push_str("  </testsuite>\n");
    }

    fn unread(&self, unread: &Unread, out: &mut String) {
        suite(unread.path, 1, (0, 1, 0), out);
        let name = match unread.line {
            Some(line) => format!("reading line {line}"),
            None => "reading".to_owned(),
        };
        case(unread.path, &name, out);
        out.push_str(">\n      <error");
        xml::attribute("message", unread.error, out);
        out.push_str("/>\n    </testcase>\n  </testsuite>\n");
    }

    fn end(&self, _: &Summary, out: &mut String) {
        out.push_str("</testsuites>\n");
    }
}

/// Opens a suite of so many tests: failures, errors, skipped.
fn suite(name: &str, tests: usize, counts: (usize, usize, usize), out: &mut String) {
    out.push_str("  <testsuite");
    xml::attribute("name", name, out);
    let counts = [
        ("tests", tests),
        ("failures", counts.0),
        ("errors", counts.1),
        ("skipped", counts.2),
    ];
    for (name, count) in counts {
        xml::attribute(name, &count.to_string(), out);
    }
    out.push_str(">\n");
}

/// Begins a test, without the end of its tag.
fn case(class: &str, name: &str, out: &mut String) {
    out.push_str("    <testcase");
    xml::attribute("classname", class, out);
    xml::attribute("name", name, out);
}
