//! Days, months and years in a story, and the order in which it writes them.
use super::numbers::{Form, Numeral};
use super::{Document, Kind};
use crate::words::class;

/// The day of the month that a token is, in figures: `24`, `24th`.
pub fn day(doc: &Document, token: usize) -> Option<u32> {
    let text = doc.text(token);
    let figures = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &text[figures.len()..];
    (matches!(ending, "" | "st" | "nd" | "rd" | "th") && figures.len() <= 2)
        .then(|| figures.parse().ok())
        .flatten()
        .filter(|d| (1..=31).contains(d))
}

/// The year that a token is: four figures from 1000 to 2099.
pub fn year(doc: &Document, token: usize) -> Option<&str> {
    let text = doc.tokens.get(token).map(|_| doc.text(token))?;
    (text.len() == 4
        && text.bytes().all(|b| b.is_ascii_digit())
        && matches!(text.as_bytes()[0], b'1' | b'2'))
    .then_some(text)
    .filter(|y| *y < "2100")
}

/// Whether the story writes the month before the day more often than behind it.
pub fn month_first(doc: &Document) -> bool {
    let mut balance = 0i32;
    for &Numeral { token, form } in &doc.numerals().all {
        if form != Form::Plain || doc.text(token).len() > 2 {
            continue;
        }
        let is_month = |t: Option<usize>| {
            t.and_then(|t| doc.tokens.get(t)).is_some_and(|t| {
                t.kind == Kind::Word && (t.is(class::MONTHS) || t.is(class::MONTH_ABBREVIATIONS))
            })
        };
        balance += i32::from(is_month(token.checked_sub(1)));
        balance -= i32::from(is_month(Some(token + 1)));
    }
    balance > 0
}

/// A date in the order of the story; the year may be missing.
pub fn write(day: u32, month: &str, year: Option<&str>, month_first: bool) -> String {
    let date = if month_first {
        format!("{month} {day}")
    } else {
        format!("{day} {month}")
    };
    match year {
        Some(year) if month_first => format!("{date}, {year}"),
        Some(year) => format!("{date} {year}"),
        None => date,
    }
}

/// A word with its first letter in upper case.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|c| c.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
