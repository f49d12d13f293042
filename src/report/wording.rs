//! Pieces of prose that several reports share.
use super::{Checked, Summary, window};
use crate::finding::{Finding, Fix, Safety};
use crate::rule::Severity;
use crate::score::Counts;

/// Columns of a message before it is shortened: some messages quote the story.
pub const LONGEST_MESSAGE: usize = 600;
/// Columns of a name before it is shortened.
pub const LONGEST_NAME: usize = 1000;
/// Columns of a replacement before it is shortened.
pub const LONGEST_FIX: usize = 160;
/// Replacements that are shown.
pub const MOST_FIXES: usize = 3;

/// The path of a story, with its name in the file if it has one; both may hold anything.
pub fn name(story: &Checked) -> String {
    let path = window::ends(story.path, LONGEST_NAME);
    match story.id {
        Some(id) => format!("{path} ({})", window::ends(id, LONGEST_NAME)),
        None => path,
    }
}

/// What is wrong and what to do, for a reader who sees nothing else.
pub fn told(finding: &Finding) -> String {
    let mut told = window::ends(&finding.message, LONGEST_MESSAGE);
    if !finding.spanish.is_empty() {
        told += &format!(" Spanish: “{}”.", finding.spanish);
    }
    if let Some(help) = help(&finding.fixes) {
        told += &format!(" Help: {help}.");
    }
    told
}

/// Columns of a passage.
const PASSAGE: usize = 100;

/// The passage that a finding stands in, on one line, with a line of marks below it.
pub fn passage(story: &Checked, finding: &Finding) -> String {
    let window = window::around(&story.document.plain, finding.span, PASSAGE);
    let before = " ".repeat(window.before);
    format!("{}\n{before}{}", window.text, "^".repeat(window.marked))
}

/// What to do, in words.
pub fn help(fixes: &[Fix]) -> Option<String> {
    let shown: Vec<String> = fixes
        .iter()
        .filter_map(|fix| fix.edits.first())
        .take(MOST_FIXES)
        .map(|edit| quoted(&edit.text))
        .collect();
    let (last, first) = shown.split_last()?;
    let mut help = match first {
        _ if fixes[0].edits[0].text.is_empty() => "delete it".to_owned(),
        [] => format!("write {last}"),
        _ => format!("write {} or {last}", first.join(", ")),
    };
    match fixes[0].edits.len() {
        1 => {}
        2 => help += ", and mend one more place with it",
        n => help += &format!(", and mend {} more places with it", n - 1),
    }
    if fixes[0].safety == Safety::Safe {
        help += " (safe fix)";
    }
    Some(help)
}

/// A replacement in quotation marks, or in backticks if it holds some of its own.
fn quoted(text: &str) -> String {
    let shown = window::ends(text, LONGEST_FIX);
    if shown.contains(['“', '”', '"', '«', '»', '„', '‘', '\'', '’']) {
        format!("`{shown}`")
    } else {
        format!("“{shown}”")
    }
}

/// The outcome of a run in one line.
pub fn verdict(summary: &Summary) -> String {
    let stories = counted(summary.documents, "story", "stories");
    let (found, failed) = (grouped(summary.with_findings), grouped(summary.failed));
    match summary {
        Summary { documents: 0, .. } => "nothing was checked".to_owned(),
        Summary {
            with_findings: 0, ..
        } => format!("nothing found in {stories}"),
        Summary { failed: 0, .. } => format!("{found} of {stories} with findings, none fails"),
        _ => format!(
            "{failed} of {stories} {}",
            if summary.failed == 1 { "fails" } else { "fail" }
        ),
    }
}

/// `; 3 waived`, or nothing.
pub fn waived(counts: Counts) -> String {
    match counts.waived {
        0 => String::new(),
        waived => format!("; {} waived", grouped(waived)),
    }
}

/// `2 critical, 11 major`, the worst first.
pub fn tally(counts: Counts) -> String {
    let counted = Severity::ALL.into_iter().rev().filter_map(|severity| {
        let count = counts.get(severity);
        (count > 0).then(|| format!("{} {}", grouped(count), severity.name()))
    });
    counted.collect::<Vec<_>>().join(", ")
}

/// A number with its noun.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Edit;
    use crate::text::Span;

    #[test]
    fn help_reads_well() {
        let fix = |text: &str, safety| Fix {
            edits: vec![Edit {
                span: Span::new(0, 1),
                text: text.to_owned(),
            }],
            safety,
        };
        let say = |fixes: &[Fix]| help(fixes).unwrap_or_default();
        assert_eq!(say(&[]), "");
        assert_eq!(say(&[fix("now", Safety::Unsafe)]), "write “now”");
        assert_eq!(say(&[fix("”,", Safety::Safe)]), "write `”,` (safe fix)");
        assert_eq!(say(&[fix("", Safety::Safe)]), "delete it (safe fix)");
        let many = ["a", "b", "c", "d"].map(|t| fix(t, Safety::Unsafe));
        assert_eq!(say(&many), "write “a”, “b” or “c”");
    }

    #[test]
    fn verdicts_are_sentences() {
        let mut summary = Summary::new(crate::gate::Gate::default());
        assert_eq!(verdict(&summary), "nothing was checked");
        summary.documents = 1;
        assert_eq!(verdict(&summary), "nothing found in 1 story");
        (summary.documents, summary.with_findings) = (1200, 3);
        assert_eq!(
            verdict(&summary),
            "3 of 1,200 stories with findings, none fails"
        );
        summary.failed = 1;
        assert_eq!(verdict(&summary), "1 of 1,200 stories fails");
        summary.failed = 2;
        assert_eq!(verdict(&summary), "2 of 1,200 stories fail");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [0, 999, 1000, 1234567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
