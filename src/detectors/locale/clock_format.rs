//! The rule `clock-format`: “at 20.30 h”, “at 22.30 hours”.
use crate::style::English;
use crate::text::numbers::Form;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A time of day is written the Spanish way.
pub static RULE: Rule = Rule {
    id: "clock-format",
    group: Group::Locale,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::TimeFormat,
    summary: "A time of day is written the Spanish way.",
    why: "Spanish counts to 24 and adds *h* or *horas*: *a las 20.30 h*. English papers write 8:30 p.m. or 8.30pm; “hours” after a time of day belongs to armies and police logs.",
    flag: &[
        "The game starts at {20.30 h=>8:30 p.m.} in Lugo.",
        "The mass will be held on Monday at {11:00 hours=>11 a.m.} in Lugo.",
        "The session went on to {22.30 hours=>10:30 p.m.} in the end.",
        "Doors open at {19:00h=>7 p.m.} and close at 10 p.m.",
        "The power failed at {20.12 local time=>8:12 p.m. local time}.",
        "The mass will be held at {11:00 hours=>11 a.m}.",
        "It opens from {9.00 hrs=>9 a.m.} on Sundays.",
        "He went out at 9pm and was back at {23:15 hours=>11:15pm}.",
    ],
    pass: &[
        "The attack began at 0600 hours.",
        "The film lasts 2.30 hours.",
        "They worked for 11.50 hours a week.",
        "The match starts at 20:30 local time.",
        "He ran 10.30 miles in 1.05 hours.",
        "It happened at 8.12pm local time.",
        "The flight of 14.20 hours was the longest.",
        "Bus 20.30 h was late.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let mut style = None;
    let glued = doc.with_digits().iter().copied();
    for token in doc.of_kind(Kind::Number).iter().copied().chain(glued) {
        let token = token as usize;
        let Some((hour, minute, end, tail)) = time(doc, token) else {
            continue;
        };
        let style = *style.get_or_insert_with(|| match sink.style().english {
            Some(English::Us) => Clock::American,
            Some(English::Uk) => Clock::British,
            None if closed_up(doc) => Clock::ClosedUp,
            None => Clock::American,
        });
        let mut better = write(hour, minute, style) + tail;
        // The point of “p.m.” also ends the sentence.
        if better.ends_with('.') && doc.tokens.get(end).is_some_and(|_| doc.text(end) == ".") {
            better.pop();
        }
        sink.report(
            doc.span(token..end),
            "English news counts hours to twelve, with a.m. or p.m., and writes no “hours” after them.",
        )
        .mend(better);
    }
}

/// A time of day in the Spanish form: hour, minute, one past its last token, what stays of it.
fn time(doc: &Document, token: usize) -> Option<(u32, u32, usize, &'static str)> {
    let text = doc.text(token);
    let figures = text
        .strip_suffix("hs")
        .or(text.strip_suffix('h'))
        .unwrap_or(text);
    let (hour, minute) = figures.split_once([':', '.'])?;
    if minute.len() != 2
        || hour.len() > 2
        || !matches!(Form::of(figures), Form::Clock | Form::Point)
    {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    if hour > 24 || minute > 59 || token == 0 {
        return None;
    }
    let preposition = matches!(
        doc.text(token - 1),
        "at" | "At"
            | "from"
            | "From"
            | "until"
            | "till"
            | "since"
            | "before"
            | "after"
            | "to"
            | "between"
            | "Between"
            | "by"
            | "By"
    );
    // “from 10.00 to 12.00 hours” is left alone where it may last so long.
    let lasts = doc.tokens[token - 1].is(class::PREPOSITIONS)
        && doc.tokens_of(doc.sentence_of(token)).any(|t| {
            matches!(
                doc.text(t),
                "lasted" | "lasts" | "took" | "duration" | "average"
            )
        });
    if !preposition || lasts {
        return None;
    }
    if figures.len() < text.len() {
        return Some((hour, minute, token + 1, ""));
    }
    let next = doc.tokens.get(token + 1)?;
    let word = doc.text(token + 1);
    if next.kind == Kind::Word && matches!(word, "h" | "hs" | "hrs" | "hours" | "hour" | "horas") {
        let measured = doc
            .tokens
            .get(token + 2)
            .is_some_and(|_| matches!(doc.text(token + 2), "a" | "per" | "of"));
        return (!measured).then_some((hour, minute, token + 2, ""));
    }
    let local = word == "local"
        && doc.tokens.get(token + 2).is_some()
        && doc.text(token + 2) == "time"
        && figures.contains('.')
        && hour > 12;
    local.then_some((hour, minute, token + 3, " local time"))
}

/// Ways to write a time of day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// `8:30 p.m.`
    American,
    /// `8:30pm`
    ClosedUp,
    /// `8.30pm`
    British,
}

/// `8:30 p.m.`, `8.30pm`, `noon`
fn write(hour: u32, minute: u32, clock: Clock) -> String {
    let half = match (hour % 24 < 12, clock) {
        (true, Clock::American) => " a.m.",
        (true, _) => "am",
        (false, Clock::American) => " p.m.",
        (false, _) => "pm",
    };
    let mark = if clock == Clock::British { '.' } else { ':' };
    let twelve = match hour % 12 {
        0 => 12,
        h => h,
    };
    match (hour, minute) {
        (12, 0) => "noon".to_owned(),
        (0 | 24, 0) => "midnight".to_owned(),
        (_, 0) => format!("{twelve}{half}"),
        _ => format!("{twelve}{mark}{minute:02}{half}"),
    }
}

/// Whether the story writes “9pm” rather than “9 p.m.”
fn closed_up(doc: &Document) -> bool {
    doc.with_digits().iter().any(|&t| {
        let text = doc.text(t as usize);
        text.strip_suffix("pm")
            .or(text.strip_suffix("am"))
            .is_some_and(|n| {
                n.bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'))
            })
    })
}
