//! The rule `currency-format`: signs of money in the Spanish place, or twice.
use crate::text::numbers::{Form, Scale, is_money_sign, swap_separators};
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A sign of money stands behind the amount, apart from it, or beside the word for it.
pub static RULE: Rule = Rule {
    id: "currency-format",
    group: Group::Locale,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::CurrencyFormat,
    summary: "A sign of money stands behind the amount, apart from it, or beside the word for it.",
    why: "Spanish writes *100 €* and, on the River Plate, *U$S 300*; Latin American papers write *$200 pesos*. English puts the sign first and close, €100, US$300, and never both the sign and the word.",
    flag: &[
        "The fine is {100 €=>€100} a day.",
        "Tickets cost {5,000$=>$5,000}.",
        "The menu is {12,50 €=>€12.50} a head.",
        "The club paid {3 million €=>€3 million} for him.",
        "The bill came to {$5 dollars=>$5}.",
        "He earned {€20 million euros=>€20 million}.",
        "The meal cost {$200 pesos=>200 pesos}.",
        "The flat was sold for {U$S 300=>US$300} a metre.",
        "A ticket costs {€ 25=>€25}.",
    ],
    pass: &[
        "The fine is €100 a day.",
        "He owes C$5, A$6 and US$7m.",
        "They sold 100 €5 tickets.",
        "Type $1 to see the first word.",
        "It cost 5 dollars, or £4.",
        "The rate rose from 20 to 25 euros.",
        "The $5 dollar-shop coupon was valid.",
        "A loan of US$ 20 was granted.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for &symbol in doc.of_kind(Kind::Symbol) {
        let sign = symbol as usize;
        if !is_money_sign(doc, sign) {
            continue;
        }
        river_plate(doc, sign, sink);
        behind(doc, sign, sink);
        before(doc, sign, sink);
    }
}

/// `U$S 300`
fn river_plate(doc: &Document, sign: usize, sink: &mut Sink) {
    let dollar = sign > 0
        && doc.text(sign) == "$"
        && doc.text(sign - 1).eq_ignore_ascii_case("u")
        && doc
            .tokens
            .get(sign + 1)
            .is_some_and(|t| !t.spaced() && doc.text(sign + 1).eq_ignore_ascii_case("s"));
    let number = sign + 2;
    if dollar
        && doc
            .tokens
            .get(number)
            .is_some_and(|t| t.kind == Kind::Number)
    {
        let better = format!("US${}", doc.text(number));
        sink.report(
            doc.span(sign - 1..number + 1),
            format!("“U$S” is the dollar sign of the River Plate; write {better}."),
        )
        .mend(better);
    }
}

/// `100 €`, `3 million €`
fn behind(doc: &Document, sign: usize, sink: &mut Sink) {
    let amount = |t: usize| doc.tokens[t].kind == Kind::Number;
    let first = match sign {
        0 => return,
        _ if amount(sign - 1) => sign - 1,
        1 => return,
        _ if Scale::of(doc, sign - 1).is_some() && amount(sign - 2) => sign - 2,
        _ => return,
    };
    // “100 €5 tickets”, “$5 $6”, “from 2020 $1”
    let opens_next = doc
        .tokens
        .get(sign + 1)
        .is_some_and(|t| matches!(t.kind, Kind::Number | Kind::Word) && !t.spaced());
    let has_sign = first > 0 && is_money_sign(doc, first - 1);
    if opens_next || has_sign || doc.block_of(first) != doc.block_of(sign) {
        return;
    }
    let mark = doc.text(sign);
    let number = doc.text(first);
    let rest = &doc.slice(doc.span(first..sign))[number.len()..];
    let better = if Form::of(number).is_spanish() {
        format!("{mark}{}{rest}", swap_separators(number))
    } else {
        format!("{mark}{number}{rest}")
    };
    sink.report(
        doc.span(first..sign + 1),
        format!("English puts the sign before the amount: {better}."),
    )
    .mend(better);
}

/// `€ 25`, `$5 dollars`, `$200 pesos`
fn before(doc: &Document, sign: usize, sink: &mut Sink) {
    let number = sign + 1;
    let Some(token) = doc.tokens.get(number).filter(|t| t.kind == Kind::Number) else {
        return;
    };
    let mark = doc.text(sign);
    let word = number + 1 + usize::from(Scale::of(doc, number + 1).is_some());
    let amount = doc.slice(doc.span(number..word));
    let named = doc
        .tokens
        .get(word)
        .is_some_and(|t| t.kind == Kind::Word && t.is(class::CURRENCIES))
        && !doc
            .tokens
            .get(word + 1)
            .is_some_and(|t| t.kind == Kind::Hyphen && !t.spaced());
    if named {
        let same = match mark {
            "$" => "dollar",
            "€" => "euro",
            "£" => "pound",
            _ => "yen",
        };
        let name = doc.text(word);
        let better = if name.starts_with(same) {
            format!("{mark}{amount}")
        } else {
            format!("{amount} {name}")
        };
        sink.report(
            doc.span(sign..word + 1),
            format!("The sign and the word say the same twice; write {better}."),
        )
        .mend(better);
    } else if mark == "€" && token.spaced() && (sign == 0 || doc.tokens[sign].spaced()) {
        let behind = sign > 0 && doc.tokens[sign - 1].kind == Kind::Number;
        if !behind {
            let better = format!("{mark}{}", doc.text(number));
            sink.report(
                doc.span(sign..number + 1),
                format!("English closes up the sign: {better}."),
            )
            .mend(better);
        }
    }
}
