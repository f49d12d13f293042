//! The rule `split-number`: a number torn apart at its separator.
use crate::text::numbers::{Form, Scale, percent_after};
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A space has come between a number and its decimals.
pub static RULE: Rule = Rule {
    id: "split-number",
    group: Group::Locale,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::NumberFormat,
    summary: "A space has come between a number and its decimals.",
    why: "A system that takes the point or comma of a Spanish number for the end of a sentence or clause puts a space beside it: *59,2%* becomes “59. 2%”, *10,5%* “10 ,5%”. The reader sees two numbers.",
    flag: &[
        "Annual inflation was {59. 2=>59.2}%, the lowest since 2012.",
        "The deficit is equivalent to {1. 02=>1.02}% of GDP.",
        "Sales grew by {10 ,5=>10.5}% in a year.",
        "It closed at {8 .467=>8,467} points.",
        "The loan is for {2. 5=>2.5} million euros.",
    ],
    pass: &[
        "It has been so since 2012. 20% of the staff left.",
        "He finished in 59. Twenty rivals were slower.",
        "On May 12, 450 people marched.",
        "He lives at number 7. 4% of the houses are empty.",
        "They won 3, 4 and 5 times.",
        "Scores of 6, 5% and 4%.",
        "See page 10. 5 of the 7 maps are missing.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for numeral in &doc.numerals().all {
        let second = numeral.token;
        if numeral.form != Form::Plain || second < 2 {
            continue;
        }
        let (first, mark) = (second - 2, second - 1);
        if doc.tokens[first].kind != Kind::Number
            || !matches!(doc.text(mark), "." | ",")
            || Form::of(doc.text(first)) != Form::Plain
            || doc.block_of(first) != doc.block_of(second)
        {
            continue;
        }
        let (head, tail) = (doc.text(first), doc.text(second));
        let torn_before = doc.tokens[mark].spaced() && !doc.tokens[second].spaced();
        let torn_after = !doc.tokens[mark].spaced()
            && doc.tokens[second].spaced()
            && doc.text(mark) == "."
            && head.len() <= 3
            && tail.len() <= 2
            && is_decimal(doc, first, second);
        if torn_before || torn_after {
            let separator = if tail.len() == 3 { "," } else { "." };
            sink.report(
                doc.span(first..second + 1),
                "A space has torn this number apart at its separator.",
            )
            .mend(format!("{head}{separator}{tail}"));
        }
    }
}

/// Whether the second half is followed by a percent sign or a scale of money, and the first is no
/// number of its own: “He lives at number 7. 4% of the houses are empty.”
fn is_decimal(doc: &Document, first: usize, second: usize) -> bool {
    let scaled = Scale::of(doc, second + 1).is_some()
        && doc
            .tokens
            .get(second + 2)
            .is_some_and(|t| t.is(class::CURRENCIES));
    let own = first > 0
        && (doc.tokens[first - 1].is(class::MONTHS)
            || [
                "number", "no", "page", "aged", "article", "at", "chapter", "group", "under", "of",
            ]
            .iter()
            .any(|w| doc.text(first - 1).eq_ignore_ascii_case(w) && doc.text(first - 1) != "at"));
    let starts = first == doc.blocks[doc.block_of(first)].tokens.start as usize;
    (scaled || percent_after(doc, second).is_some()) && !own && !starts
}
