//! The evidence for a story, in Markdown: what was found, who decided what and when, what is open.
use super::{Decision, Entry, Ledger, Status, story_sha256};
use crate::baseline::excerpt;
use crate::finding::{Finding, WaivedBy};
use crate::fingerprint;
use crate::report::Checked;
use std::fmt::{self, Write as _};

/// What the evidence ends with: what it is not.
const DISCLAIMER: &str = "\
A decision is about the sentence that it names, and was entered under a name that asador does not \
verify. Nothing here says that anybody has read the rest of the story: where no decision is listed, \
only a program has looked, and what its rules do not know it has not seen.";

/// The evidence for a story. Findings are those of a run without the ledger; `path` is how the
/// ledger names the story’s file.
pub fn page(story: &Checked, path: &str, ledger: &Ledger, ledger_name: &str) -> String {
    let mut out = String::new();
    // A string takes whatever is written, so that there is no failure to pass on.
    let _ = write(story, path, ledger, ledger_name, &mut out);
    out
}

/// A finding with how it stands.
struct Case<'a> {
    finding: &'a Finding,
    print: String,
    status: Status<'a>,
}

fn write(
    story: &Checked,
    path: &str,
    ledger: &Ledger,
    ledger_name: &str,
    out: &mut String,
) -> fmt::Result {
    let prints = fingerprint::of(story.document, story.findings);
    let cases = story
        .findings
        .iter()
        .zip(prints)
        .map(|(finding, print)| Case {
            finding,
            status: ledger.status(path, story.story, finding, &print),
            print,
        });
    let (waived, cases): (Vec<Case>, Vec<Case>) = cases.partition(|c| c.finding.waiver.is_some());
    let (decided, open): (Vec<Case>, Vec<Case>) = cases
        .into_iter()
        .partition(|c| matches!(c.status, Status::Decided(_)));
    let entries: Vec<&Entry> = ledger.about(path, story.story).collect();

    match story.id {
        Some(id) => writeln!(out, "# Review of {} ({})\n", cell(story.path), cell(id))?,
        None => writeln!(out, "# Review of {}\n", cell(story.path))?,
    }
    let hash = story_sha256(story.document);
    writeln!(out, "- Story: {} words, SHA-256 `{hash}`", story.words)?;
    writeln!(
        out,
        "- Found by asador {}: {} findings, of which {} are decided, {} are open and {} are waived elsewhere",
        env!("CARGO_PKG_VERSION"),
        story.findings.len(),
        decided.len(),
        open.len(),
        waived.len()
    )?;
    writeln!(
        out,
        "- Ledger: `{ledger_name}`, {} entries about this story\n",
        entries.len()
    )?;

    section(
        "Open",
        "Found by the program; nobody has decided, or no longer.",
        &open,
        out,
        |case| match case.status {
            Status::Changed(entry) => {
                format!("open again: the sentence has changed since {}", by(entry))
            }
            Status::Revoked(entry) => format!("open again: {}", by(entry)),
            _ => "open".to_owned(),
        },
        story,
    )?;
    section(
        "Decided",
        "In sentences that are as they were.",
        &decided,
        out,
        |case| {
            let Status::Decided(entry) = case.status else {
                return String::new();
            };
            match (entry.decision, &entry.reason[..]) {
                (Decision::Accept, "") => format!("to be mended: {}", by(entry)),
                (Decision::Accept, why) => format!("to be mended: {}: {}", by(entry), cell(why)),
                (_, why) => format!("may stand: {}: {}", by(entry), cell(why)),
            }
        },
        story,
    )?;
    section(
        "Waived elsewhere",
        "By a comment in the file, or by the baseline.",
        &waived,
        out,
        |case| {
            let waiver = case.finding.waiver.as_ref();
            waiver.map_or(String::new(), |waiver| {
                match (waiver.by, &waiver.reason[..]) {
                    (WaivedBy::Baseline, _) => "in the baseline".to_owned(),
                    (_, "") => "in the file".to_owned(),
                    (_, why) => format!("in the file: {}", cell(why)),
                }
            })
        },
        story,
    )?;

    if !entries.is_empty() {
        writeln!(
            out,
            "## Ledger\n\nEvery entry about this story, in order.\n"
        )?;
        writeln!(
            out,
            "| when (UTC) | who | decision | rule | passage | reason | story then | asador, rule |"
        )?;
        writeln!(out, "|---|---|---|---|---|---|---|---|")?;
        for entry in entries {
            let same = if entry.story_sha256 == hash {
                "as now"
            } else {
                "another text"
            };
            writeln!(
                out,
                "| {} | {} | {} | `{}` | {} | {} | {same} | {}, `{}` |",
                cell(&entry.when),
                cell(&entry.who),
                entry.decision.done(),
                cell(&entry.rule),
                cell(&entry.excerpt),
                cell(&entry.reason),
                cell(&entry.tool),
                cell(&entry.rule_version)
            )?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{DISCLAIMER}")
}

/// A table of findings under a heading; nothing if there are none.
fn section(
    title: &str,
    what: &str,
    cases: &[Case],
    out: &mut String,
    state: impl Fn(&Case) -> String,
    story: &Checked,
) -> fmt::Result {
    if cases.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {title}\n\n{what}\n")?;
    writeln!(
        out,
        "| place | severity | rule | passage | state | fingerprint |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    for case in cases {
        let finding = case.finding;
        let place = story.place(finding.span);
        writeln!(
            out,
            "| {}:{} | {} | `{}` | {} | {} | `{}` |",
            place.line,
            place.column,
            finding.severity.name(),
            finding.rule.id,
            cell(&excerpt(place.text)),
            state(case),
            case.print
        )?;
    }
    writeln!(out)
}

/// `waived by Ana, 2026-10-02T12:30:00Z`
fn by(entry: &Entry) -> String {
    format!(
        "{} by {}, {}",
        entry.decision.done(),
        cell(&entry.who),
        cell(&entry.when)
    )
}

/// A text as a cell of a table: on one line, its marks without meaning.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{self, Format, Options};
    use crate::review::Verdict;
    use crate::{Linter, detectors};

    #[test]
    fn a_page_says_who_decided_what() {
        let text = "The summit of the OTSC in Yerevan ended. Moscow annexed Lugansk.\n";
        let linter = Linter::new(detectors::ALL.iter().copied(), false);
        let input = input::read(text.into(), Format::Text, &Options::default()).expect("a story");
        let story = &input.stories[0];
        let findings = linter.check(&story.document);
        let prints = fingerprint::of(&story.document, &findings);
        let verdict = Verdict {
            when: "2026-10-02T12:30:00Z".parse().expect("a time"),
            who: "Ana | <b>",
            decision: Decision::Waive,
            reason: "as the minister wrote it",
        };
        let line = Entry::new(&verdict, "a.txt", story, &findings[0], &prints[0]).line();
        let ledger = Ledger::parse(&line).expect("a ledger");
        let checked = Checked::new("a.txt", &input, story, &findings);
        let page = page(&checked, "a.txt", &ledger, "asador-review.jsonl");
        let expected = [
            "2 findings, of which 1 are decided, 1 are open and 0 are waived elsewhere",
            "| 1:57 | neutral | `outdated-exonym` | Lugansk | open | `",
            "| 1:19 | major | `spanish-acronym` | OTSC | may stand: waived by Ana \\| \\<b\\>, 2026-10-02T12:30:00Z: as the minister wrote it | `",
            "| 2026-10-02T12:30:00Z | Ana \\| \\<b\\> | waived | `spanish-acronym` | OTSC | as the minister wrote it | as now | ",
            DISCLAIMER,
        ];
        for part in expected {
            assert!(page.contains(part), "{part}\n\n{page}");
        }
        // Without an entry nobody is said to have done anything.
        let page = super::page(&checked, "a.txt", &Ledger::default(), "asador-review.jsonl");
        assert!(!page.contains(" by Ana") && !page.contains("## Decided"));
        assert!(page.contains("0 are decided, 2 are open"));
    }
}
