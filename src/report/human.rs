//! The report for people: each finding with the passage it stands in, in the manner of a compiler.
use super::window::{self, columns_of};
use super::wording::{LONGEST_MESSAGE, LONGEST_NAME, counted, grouped, help, name, waived};
use super::{Checked, Report, Summary};
use crate::finding::Finding;
use crate::rule::Severity;
use crate::score::Counts;
use crate::text::Span;
use anstyle::{AnsiColor, Style};
use std::fmt::{self, Write as _};

/// The report for people.
pub struct Human {
    columns: usize,
    colours: Colours,
}

/// Narrower terminals get lines that wrap; wider ones are hard to read across.
const COLUMNS: std::ops::RangeInclusive<usize> = 30..=120;

/// Other places of a finding that are shown; the rest are counted.
const MOST_RELATED: usize = 3;

impl Human {
    /// A report for a terminal of so many columns.
    pub fn new(columns: usize, coloured: bool) -> Self {
        Human {
            columns: columns.clamp(*COLUMNS.start(), *COLUMNS.end()),
            colours: if coloured {
                Colours::on()
            } else {
                Colours::default()
            },
        }
    }
}

// A string takes whatever is written, so that there is no failure to pass on.
impl Report for Human {
    fn story(&self, story: &Checked, out: &mut String) {
        if story.open().next().is_some() {
            let _ = self.findings(story, out);
        }
    }

    fn end(&self, summary: &Summary, out: &mut String) {
        if summary.documents > 0 {
            let _ = self.total(summary, out);
        }
    }
}

impl Human {
    /// The findings of a story and its summary.
    fn findings(&self, story: &Checked, out: &mut String) -> fmt::Result {
        for finding in story.open() {
            self.finding(story, finding, out)?;
            writeln!(out)?;
        }
        let strong = self.colours.strong;
        write!(out, "{strong}{}{strong:#}: ", name(story))?;
        self.counts(story.counts, out)?;
        write!(out, " in {}", counted(story.words, "word", "words"))?;
        write!(out, "{}", waived(story.counts))?;
        let score = story.score();
        if !score.insufficient_sample {
            write!(out, "; score {:.1}", score.calibrated)?;
        }
        writeln!(out)?;
        for reason in story.reasons() {
            let line = format!("gate failed: {} ({})", reason.message, reason.gate);
            for line in wrap(&line, self.columns, 0, 0) {
                writeln!(out, "{line}")?;
            }
        }
        writeln!(out)
    }

    /// The summary of a run.
    fn total(&self, summary: &Summary, out: &mut String) -> fmt::Result {
        let stories = counted(summary.documents, "story", "stories");
        let words = counted(summary.words, "word", "words");
        let found = grouped(summary.with_findings);
        match (summary.documents, summary.with_findings) {
            (_, 0) => {
                let waived = waived(summary.counts);
                return writeln!(out, "{stories}, {words}: nothing found{waived}");
            }
            // One story with findings has its line already.
            (1, _) => {}
            _ => {
                write!(out, "{stories}, {words}, {found} with findings: ")?;
                self.counts(summary.counts, out)?;
                writeln!(out, "{}", waived(summary.counts))?;
                if summary.failed() {
                    let failed = counted(summary.failed, "story", "stories");
                    writeln!(out, "gate failed: {failed}")?;
                }
            }
        }
        let hint = "Why a rule objects, and what it leaves alone: asador explain RULE";
        for line in wrap(hint, self.columns, 0, 0) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    fn finding(&self, story: &Checked, finding: &Finding, out: &mut String) -> fmt::Result {
        let Colours { gutter, strong, .. } = self.colours;
        let severity = finding.severity;
        let colour = self.colours.of(severity);
        let title = format!("{}[{}]: ", severity.name(), finding.rule.id);
        let message = window::ends(&finding.message, LONGEST_MESSAGE);
        let mut lines = wrap(&message, self.columns, columns_of(&title), 4).into_iter();
        let first = lines.next().unwrap_or_default();
        let title = title.trim_end_matches(": ");
        writeln!(out, "{colour}{title}{colour:#}{strong}: {first}{strong:#}")?;
        for line in lines {
            writeln!(out, "    {strong}{line}{strong:#}")?;
        }

        let place = story.place(finding.span);
        let related: Vec<_> = finding.related.iter().take(MOST_RELATED).collect();
        let margin = related
            .iter()
            .map(|(span, _)| story.place(*span).line)
            .chain([place.line])
            .max()
            .map_or(1, |line| line.to_string().len());
        let pad = " ".repeat(margin);
        self.passage(story, finding.span, ("-->", '^', colour), margin, "", out)?;
        for (span, what) in related {
            self.passage(story, *span, (":::", '-', gutter), margin, what, out)?;
        }
        if finding.related.len() > MOST_RELATED {
            let more = finding.related.len() - MOST_RELATED;
            writeln!(
                out,
                "{pad} {gutter}:::{gutter:#} and {}",
                counted(more as u64, "more place", "more places")
            )?;
        }
        if !finding.spanish.is_empty() {
            self.note(
                &pad,
                "Spanish",
                self.colours.strong,
                &format!("“{}”", finding.spanish),
                out,
            )?;
        }
        if let Some(help) = help(&finding.fixes) {
            self.note(&pad, "help", self.colours.help, &help, out)?;
        }
        Ok(())
    }

    /// A passage with its place above and marks below.
    fn passage(
        &self,
        story: &Checked,
        span: Span,
        (arrow, mark, colour): (&str, char, Style),
        margin: usize,
        label: &str,
        out: &mut String,
    ) -> fmt::Result {
        let gutter = self.colours.gutter;
        let place = story.place(span);
        let pad = " ".repeat(margin);
        let width = self.columns.saturating_sub(margin + 3);
        let window = window::around(&story.document.plain, span, width);
        let short = |name| window::ends(name, LONGEST_NAME);
        let (path, line, column) = (short(story.path), place.line, place.column);
        // Terminals and editors link what stands before the first space.
        write!(out, "{pad}{gutter}{arrow}{gutter:#} {path}:{line}:{column}")?;
        if let Some(field) = place.field {
            write!(out, " in {}", short(field))?;
        }
        if let Some(id) = story.id {
            write!(out, " ({})", short(id))?;
        }
        writeln!(out)?;
        writeln!(out, "{pad} {gutter}|{gutter:#}")?;
        writeln!(
            out,
            "{gutter}{:>margin$} |{gutter:#} {}",
            place.line, window.text
        )?;
        let before = " ".repeat(window.before);
        let marks = mark.to_string().repeat(window.marked);
        write!(out, "{pad} {gutter}|{gutter:#} {before}{colour}{marks}")?;
        if label.is_empty() {
            return writeln!(out, "{colour:#}");
        }
        if window.before + window.marked + 1 + columns_of(label) <= width {
            return writeln!(out, " {label}{colour:#}");
        }
        writeln!(out, "{colour:#}")?;
        for line in wrap(label, width, 0, 0) {
            writeln!(out, "{pad} {gutter}|{gutter:#} {colour}{line}{colour:#}")?;
        }
        Ok(())
    }

    /// A line below the passage: `= help: …`
    fn note(
        &self,
        pad: &str,
        title: &str,
        colour: Style,
        text: &str,
        out: &mut String,
    ) -> fmt::Result {
        let gutter = self.colours.gutter;
        let indent = pad.len() + 3 + title.len() + 2;
        let lines = wrap(text, self.columns, indent, indent);
        for (i, line) in lines.iter().enumerate() {
            if i == 0 {
                write!(out, "{pad} {gutter}={gutter:#} {colour}{title}{colour:#}: ")?;
            } else {
                write!(out, "{:indent$}", "")?;
            }
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// `2 critical, 11 major`
    fn counts(&self, counts: Counts, out: &mut String) -> fmt::Result {
        let mut comma = "";
        for severity in Severity::ALL.into_iter().rev() {
            let count = counts.get(severity);
            if count > 0 {
                let (colour, name) = (self.colours.of(severity), severity.name());
                write!(out, "{comma}{colour}{} {name}{colour:#}", grouped(count))?;
                comma = ", ";
            }
        }
        Ok(())
    }
}

/// Breaks a text at spaces into lines of at most `columns`; `first` and `rest` columns are taken
/// on the first and on later lines.
fn wrap(text: &str, columns: usize, first: usize, rest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = columns.saturating_sub(first);
    for word in text.split(' ') {
        let width = columns_of(word);
        let line = lines.last_mut().expect("there is a line");
        if line.is_empty() {
            line.push_str(word);
        } else if width < room {
            line.push(' ');
            line.push_str(word);
            room -= 1;
        } else {
            lines.push(word.to_owned());
            room = columns.saturating_sub(rest);
        }
        room = room.saturating_sub(width);
    }
    lines
}

/// The colours of a report; all plain by default.
#[derive(Clone, Copy, Default)]
struct Colours {
    critical: Style,
    major: Style,
    minor: Style,
    neutral: Style,
    gutter: Style,
    help: Style,
    strong: Style,
}

impl Colours {
    fn on() -> Self {
        let bold = |colour: AnsiColor| colour.on_default().bold();
        Colours {
            critical: bold(AnsiColor::BrightRed),
            major: bold(AnsiColor::Yellow),
            minor: bold(AnsiColor::Magenta),
            neutral: bold(AnsiColor::Green),
            gutter: bold(AnsiColor::BrightBlue),
            help: bold(AnsiColor::BrightCyan),
            strong: Style::new().bold(),
        }
    }

    fn of(self, severity: Severity) -> Style {
        match severity {
            Severity::Critical => self.critical,
            Severity::Major => self.major,
            Severity::Minor => self.minor,
            Severity::Neutral => self.neutral,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_at_spaces() {
        assert_eq!(
            wrap("one two three four", 10, 4, 0),
            ["one", "two three", "four"]
        );
        assert_eq!(wrap("unbreakable", 4, 0, 0), ["unbreakable"]);
        assert_eq!(wrap("", 4, 0, 0), [""]);
    }
}
