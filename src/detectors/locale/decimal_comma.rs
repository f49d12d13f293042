//! The rule `decimal-comma`: a comma before decimals.
use crate::text::numbers::{Form, Numeral, has_unit, is_money_sign, swap_separators};
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A comma stands before decimals.
pub static RULE: Rule = Rule {
    id: "decimal-comma",
    group: Group::Locale,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::NumberFormat,
    summary: "A comma stands before decimals.",
    why: "Spain and most of South America write *61,4 millones* and *8.467,30 puntos*; English has the point before decimals and the comma between thousands. A reader may take 5,125 % for five thousand.",
    flag: &[
        "The accounts rose to {61,4=>61.4} million euros.",
        "Inflation reached {4,9=>4.9}% in May.",
        "The Ibex closed at {8.467,30=>8,467.30} points.",
        "The euro traded at {1,2945=>1.2945} dollars.",
        "The pound fell to ${1,8923=>1.8923}.",
        "The deficit fell by {0,8=>0.8}.",
        "The gap grew to {3,5=>3.5} per cent.",
        "It rained {96,4=>96.4} millimetres in 24 hours.",
        "The budget is {1.200.000,50=>1,200,000.50} euros.",
    ],
    pass: &[
        "The village has 1,200 people and 3,500 sheep.",
        "Read pages 1,2 and 3 of the report.",
        "On days 3,4 and 5 the shops stay shut.",
        "It cost £4,250 and weighed 61.4 kilos.",
        "The sum was Rs 1,00,000 in cash.",
        "The point (3,4) lies on the line.",
        "Turnover was 1,234,567 euros.",
        "The lottery numbers were 4,8,15,16,23 and 42.",
        "Seats in rows 10,11 and 12 were 5,000 dollars.",
        "It was 12,500 miles away.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let numerals = doc.numerals();
    for &Numeral { token, form } in &numerals.all {
        let certain = match form {
            Form::PointsComma => true,
            Form::Comma => is_decimal(doc, token, numerals.spanish),
            _ => continue,
        };
        if certain && !is_listed(doc, token) {
            let text = doc.text(token);
            let better = swap_separators(text);
            sink.report(
                doc.tokens[token].span,
                "The comma before decimals is Spanish; English writes a point, and commas between thousands.",
            )
            .mend(better);
        }
    }
}

/// Whether the company of the number says that its comma is one of decimals.
fn is_decimal(doc: &Document, token: usize, spanish: bool) -> bool {
    let text = doc.text(token);
    let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
    let money = token > 0 && !doc.tokens[token].spaced() && is_money_sign(doc, token - 1);
    // “$100,00” may as well have lost a digit.
    if money && (whole.len() > 2 && decimals.chars().all(|d| d == '0')) {
        return spanish;
    }
    whole == "0" || money || has_unit(doc, token) || spanish
}

/// Whether the number is one of several written without a space between: “pages 1,2 and 3”.
fn is_listed(doc: &Document, token: usize) -> bool {
    let next = doc.tokens.get(token + 1);
    let joined = next.is_some_and(|n| {
        n.kind == Kind::Comma
            || matches!(doc.mark(token + 1), '&' | '/')
            || matches!(doc.text(token + 1), "and" | "or")
    });
    let bracketed = token > 0
        && doc.tokens[token - 1].kind == Kind::Open
        && next.is_some_and(|n| n.kind == Kind::Close);
    let number_follows = doc
        .tokens
        .get(token + 2)
        .is_some_and(|n| matches!(n.kind, Kind::Number) || n.is(class::NUMBERS));
    bracketed || joined && number_follows && Form::of(doc.text(token + 2)) == Form::Plain
}
