//! A summary in Markdown, for a comment on a pull request.
use super::{Checked, Report, Summary, window, wording};
use crate::finding::Finding;
use crate::rule::Severity;
use crate::score::{Counts, Score};
use std::fmt::Write as _;

/// A table of counts, then a folded list for each story with findings, the worst first.
pub struct Markdown;

/// Findings of a story that are listed; the rest are counted.
const MOST: usize = 20;
/// Columns of a passage.
const PASSAGE: usize = 90;
/// Columns of a name.
const LONGEST_NAME: usize = 200;
/// GitHub takes comments of 65,536 characters; so much of them is for stories.
const ROOM: usize = 60_000;
/// Paths that could not be read; the rest are counted.
const MOST_ERRORS: usize = 10;

impl Report for Markdown {
    fn has_overview(&self) -> bool {
        true
    }

    fn overview(&self, summary: &Summary, _: &str, out: &mut String) {
        let verdict = wording::verdict(summary);
        let words = wording::counted(summary.words, "word", "words");
        let waived = wording::waived(summary.counts);
        let _ = writeln!(out, "### asador: {verdict}\n\n{words}{waived}\n");
        if summary.with_findings > 0 {
            let score = summary.score();
            out.push_str("| critical | major | minor | neutral | score |\n");
            out.push_str("| --: | --: | --: | --: | --: |\n|");
            for severity in Severity::ALL.into_iter().rev() {
                let _ = write!(out, " {} |", wording::grouped(summary.counts.get(severity)));
            }
            let _ = writeln!(out, " {} |\n", scored(&score));
        }
        for (path, why) in summary.errors.iter().take(MOST_ERRORS) {
            let _ = writeln!(out, "- **not checked** {}: {}", code(path), escaped(why));
        }
        if summary.errors.len() > MOST_ERRORS {
            let more = summary.errors.len() - MOST_ERRORS;
            let _ = writeln!(out, "- … and {more} more that could not be read");
        }
        if !summary.errors.is_empty() {
            out.push('\n');
        }
    }

    fn story(&self, story: &Checked, out: &mut String) {
        let mut open: Vec<&Finding> = story.open().collect();
        if open.is_empty() {
            return;
        }
        open.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let title = heading(story.counts, &story.score());
        // Here Markdown is not read, only HTML.
        let name = entities(&window::ends(&wording::name(story), LONGEST_NAME));
        let _ = write!(
            out,
            "<details><summary><code>{name}</code>: {title}</summary>\n\n"
        );
        for reason in story.reasons() {
            let _ = writeln!(out, "Fails: {} (`{}`)", reason.message, reason.gate);
        }
        if !story.reasons().is_empty() {
            out.push('\n');
        }
        for finding in open.iter().take(MOST) {
            item(story, finding, out);
        }
        if open.len() > MOST {
            let _ = writeln!(
                out,
                "- … and {} more",
                wording::grouped((open.len() - MOST) as u64)
            );
        }
        out.push_str("\n</details>\n\n");
    }

    fn room(&self) -> usize {
        ROOM
    }

    fn left_out(&self, stories: u64, out: &mut String) {
        let more = wording::counted(stories, "more story", "more stories");
        let _ = writeln!(out, "… and {more} with findings");
    }
}

/// `1 critical, 17 major; score 76.5`
fn heading(counts: Counts, score: &Score) -> String {
    let mut heading = wording::tally(counts) + &wording::waived(counts);
    if !score.insufficient_sample {
        let _ = write!(heading, "; score {}", scored(score));
    }
    heading
}

fn scored(score: &Score) -> String {
    match score.insufficient_sample {
        true => "–".to_owned(),
        false => format!("{:.1}", score.calibrated),
    }
}

/// A finding: what is wrong, what to do, and the passage.
fn item(story: &Checked, finding: &Finding, out: &mut String) {
    let line = story.place(finding.span).line;
    let (severity, rule) = (finding.severity.name(), finding.rule.id);
    let told = escaped(&wording::told(finding));
    let _ = writeln!(out, "- **{severity}** `{rule}` line {line}: {told}");
    let window = window::around(&story.document.plain, finding.span, PASSAGE);
    let before = escaped(&window.text[..window.at.start]);
    let marked = escaped(&window.text[window.at.clone()]);
    let after = escaped(&window.text[window.at.end..]);
    // The invisible character at its head keeps a passage from being a list or code.
    let _ = writeln!(out, "  > &#8288;{before}<b>{marked}</b>{after}");
}

/// A name that stays as it is.
fn code(text: &str) -> String {
    format!(
        "<code>{}</code>",
        escaped(&window::ends(text, LONGEST_NAME))
    )
}

/// Text in HTML.
fn entities(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

/// Text of others: no markup, no link, nobody is called and no issue is linked.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' | '#' => {
                out.push(c);
                // A comment parts the sign from the name or number that makes a link of it.
                out.push_str("<!-- -->");
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
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
    use super::escaped;
    use pulldown_cmark::{Event, Options, Parser};

    /// What a reader of Markdown makes of the text is the text.
    #[test]
    fn text_stays_text() {
        let hostile = "*a* _b_ `c` [d](e) <script> &amp; @user #1 | ~~f~~ \\ $x$ <!-- -->";
        let markdown = format!("- {}", escaped(hostile));
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        let mut text = String::new();
        for event in Parser::new_ext(&markdown, options) {
            match event {
                Event::Text(part) => text += &part,
                Event::InlineHtml(html) => assert_eq!(&*html, "<!-- -->"),
                Event::Start(tag) => assert!(
                    matches!(
                        tag,
                        pulldown_cmark::Tag::List(_) | pulldown_cmark::Tag::Item
                    ),
                    "{tag:?}"
                ),
                Event::End(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(text, hostile);
    }
}
