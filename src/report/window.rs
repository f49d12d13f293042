//! A stretch of a story made fit to be printed on one line of a terminal.
use crate::text::Span;
use std::ops::Range;
use unicode_width::UnicodeWidthChar as _;

/// What stands around a finding, cut to a number of columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The text, without anything that would break the line.
    pub text: String,
    /// The bytes of the finding in it.
    pub at: Range<usize>,
    /// Columns before the finding.
    pub before: usize,
    /// Columns of the finding, at least one.
    pub marked: usize,
}

/// What replaces text that is left out.
const ELLIPSIS: char = '…';
/// What stands for a line break.
const BREAK: char = '⏎';

/// A finding with as much of its paragraph around it as fits. A finding that does not fit is
/// shown by its beginning and its end.
pub fn around(plain: &str, span: Span, columns: usize) -> Window {
    let (before, after) = (&plain[..span.start as usize], &plain[span.end as usize..]);
    let marked = ends(&plain[span.range()], columns.saturating_sub(2).max(3));
    let width = columns_of(&marked).max(1);
    let room = columns.saturating_sub(width);
    // A little more after the finding than before it, unless one side needs less.
    let mut left = tail(before, (room * 2 / 5).max(1).min(room));
    let right = head(after, room - columns_of(&left).min(room));
    let spare = room.saturating_sub(columns_of(&left) + columns_of(&right));
    if spare > 0 {
        left = tail(before, columns_of(&left) + spare);
    }
    Window {
        at: left.len()..left.len() + marked.len(),
        before: columns_of(&left),
        marked: width,
        text: format!("{left}{marked}{right}"),
    }
}

/// The whole text on one line, or its beginning and its end if it takes more columns.
pub fn ends(text: &str, columns: usize) -> String {
    let mut whole = String::new();
    let mut line = Line::new(columns);
    if text.chars().all(|c| line.push(c, &mut whole)) {
        return whole;
    }
    let first = columns.saturating_sub(3) * 2 / 3;
    let last = columns.saturating_sub(3 + first);
    let mut start = String::new();
    let mut line = Line::new(first);
    text.chars()
        .take_while(|&c| line.push(c, &mut start))
        .count();
    let (mut end, _) = backwards(text, last);
    whole_words_before(&mut start);
    whole_words_after(&mut end);
    format!("{} {ELLIPSIS} {}", start.trim_end(), end.trim_start())
}

/// The start of the text up to a line break, cut at a word where it does not fit.
fn head(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let mut line = Line::new(columns);
    let mut chars = text.chars();
    loop {
        match chars.next() {
            None => return out,
            Some(c) if is_break(c) => return out,
            Some(c) if line.push(c, &mut out) => {}
            Some(_) => break,
        }
    }
    // Room for the ellipsis, then back to the end of a word if it is near.
    while columns_of(&out) + 1 > columns && out.pop().is_some() {}
    whole_words_before(&mut out);
    if columns > 0 {
        out.push(ELLIPSIS);
    }
    out
}

/// The end of the text from a line break on, cut at a word where it does not fit.
fn tail(text: &str, columns: usize) -> String {
    let (mut out, whole) = backwards(text, columns);
    if whole {
        return out;
    }
    while columns_of(&out) + 1 > columns && !out.is_empty() {
        out.remove(0);
    }
    whole_words_after(&mut out);
    if columns > 0 {
        out.insert(0, ELLIPSIS);
    }
    out
}

/// So many bytes of a cut word are dropped, so that the window begins and ends with whole words.
const NEAR: usize = 12;

/// Drops the beginning of a word that was cut at the end of a line, unless it is long.
fn whole_words_before(line: &mut String) {
    if let Some(space) = line.rfind(' ')
        && line.len() - space <= NEAR
    {
        line.truncate(space + 1);
    }
}

/// Drops the end of a word that was cut at the start of a line, unless it is long.
fn whole_words_after(line: &mut String) {
    if let Some(space) = line.find(' ')
        && space < NEAR
    {
        line.drain(..space);
    }
}

/// The end of the text, from the last line break on, in so many columns; whether that is all.
fn backwards(text: &str, columns: usize) -> (String, bool) {
    let mut line = Line::new(columns);
    let mut start = text.len();
    let mut whole = true;
    for (at, c) in text.char_indices().rev() {
        if is_break(c) {
            break;
        }
        if !line.takes(c) {
            whole = false;
            break;
        }
        start = at;
    }
    let mut out = String::with_capacity(text.len() - start);
    text[start..].chars().for_each(|c| show(c, &mut out));
    (out, whole)
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}')
}

/// Columns that a printable text takes.
pub fn columns_of(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Takes characters until a line is full.
struct Line {
    columns: usize,
    /// Characters without a width in a row: a text may hold megabytes of them.
    marks: usize,
    broken: bool,
}

/// No letter of any language carries more marks.
const MOST_MARKS: usize = 4;

impl Line {
    fn new(columns: usize) -> Self {
        Line {
            columns,
            marks: 0,
            broken: false,
        }
    }

    /// Whether the character, as it is shown, fits.
    fn takes(&mut self, c: char) -> bool {
        let width = match c {
            ' '..='~' => 1,
            c if is_break(c) || c == '\t' => 1,
            c if is_invisible(c) => "<U+>".len() + hexadecimal(c).len(),
            c => c.width().unwrap_or(0),
        };
        self.marks = if width == 0 { self.marks + 1 } else { 0 };
        if width > self.columns || self.marks > MOST_MARKS {
            return false;
        }
        self.columns -= width;
        true
    }

    /// Appends a character as it is shown, of line breaks in a row only the first; false if the
    /// line is full.
    fn push(&mut self, c: char, out: &mut String) -> bool {
        let again = std::mem::replace(&mut self.broken, is_break(c)) && is_break(c);
        if again {
            return true;
        }
        let taken = self.takes(c);
        if taken {
            show(c, out);
        }
        taken
    }
}

/// Appends a character so that it neither breaks the line nor hides.
fn show(c: char, out: &mut String) {
    match c {
        ' '..='~' => out.push(c),
        c if is_break(c) => out.push(BREAK),
        '\t' => out.push(' '),
        c if is_invisible(c) => {
            out.push_str("<U+");
            out.push_str(&hexadecimal(c));
            out.push('>');
        }
        c => out.push(c),
    }
}

fn hexadecimal(c: char) -> String {
    format!("{:04X}", u32::from(c))
}

/// Controls, and formatting characters that show nothing or turn the line around.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, needle: &str, columns: usize) -> (String, String) {
        let start = text.find(needle).expect("the needle");
        let window = around(text, Span::new(start, start + needle.len()), columns);
        let marks = " ".repeat(window.before) + &"^".repeat(window.marked);
        (window.text, marks)
    }

    #[test]
    fn a_window_holds_whole_words() {
        let text = "Before it all.\nThe war in Ukraine and the unrest of Armenia over the inaction of Moscow have endangered cohesion.\nAfter.";
        assert_eq!(
            cut(text, "unrest", 40),
            (
                "… and the unrest of Armenia over the …".into(),
                "          ^^^^^^".into()
            )
        );
        assert_eq!(cut(text, "The war", 24).0, "The war in Ukraine and …",);
        assert_eq!(cut(text, "cohesion.", 24).0, "… endangered cohesion.");
        assert_eq!(cut(text, "After", 80).0, "After.");
    }

    #[test]
    fn a_long_finding_is_shown_by_its_ends() {
        let text = format!("So {} it ends.", "very long ".repeat(200).trim_end());
        let (shown, marks) = cut(
            &text,
            text.trim_start_matches("So ").trim_end_matches(" it ends."),
            40,
        );
        assert_eq!(shown, "So very long very long … very long it …");
        assert_eq!(marks, "   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^");
    }

    #[test]
    fn nothing_breaks_the_line() {
        let text = "one\r\n\r\ntwo\tthree\u{200b}four\u{202e}";
        assert_eq!(ends(text, 80), "one⏎two three<U+200B>four<U+202E>");
        let marks = format!("e{}", "\u{301}".repeat(1_000_000));
        assert!(ends(&marks, 80).len() < 100);
        assert!(around(&marks, Span::new(0, 1), 80).text.len() < 100);
    }

    #[test]
    fn an_empty_finding_has_a_mark() {
        let window = around("The end", Span::new(7, 7), 40);
        assert_eq!((window.before, window.marked), (7, 1));
    }

    proptest! {
        #[test]
        fn a_window_fits(
            text in "([a-z é漢“\u{301}\n\u{200b}]{0,12} ?){0,30}",
            at in any::<prop::sample::Index>(),
            len in any::<prop::sample::Index>(),
            columns in 8usize..100,
        ) {
            let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let first = at.index(bounds.len());
            let last = first + len.index(bounds.len() - first);
            let window = around(&text, Span::new(bounds[first], bounds[last]), columns);
            prop_assert!(columns_of(&window.text) <= columns, "{window:?}");
            prop_assert!(window.before + window.marked <= columns + 1);
            prop_assert!(!window.text.contains('\n'));
        }
    }
}
