//! The rule `thousand-million`: large numbers scaled or put together the Spanish way.
use crate::text::numbers::{Decimal, Form, Numeral, Scale, is_money_sign};
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Span, Status};

/// A large number is scaled or put together the Spanish way.
pub static RULE: Rule = Rule {
    id: "thousand-million",
    group: Group::Locale,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::NumberFormat,
    summary: "A large number is scaled or put together the Spanish way.",
    why: "Spanish has no word for a thousand million in daily use and writes *4.488 millones*; English says billion. Mexican and Central American papers write *48 mil 500 pesos* and *1 millón 200 mil*. Systems copy the order; the reader has to do the sum.",
    flag: &[
        "The deficit reached {4,488 million=>4.488 billion} euros in March.",
        "It won a contract of €{94,300 million=>94.3 billion}.",
        "Turnover was {2.180 million=>2.18 billion} euros.",
        "The cup has paid out {5.362,5 million=>5.3625 billion} euros.",
        "Police took {48 thousand 500=>48,500} pesos from him.",
        "The loan programme is worth {1 thousand 500 million=>1.5 billion} pesos.",
        "The invoice is for {1 million 200 thousand=>1.2 million} pesos.",
        "A cheque of {200 thousand 144.56=>200,144.56} pesos was issued.",
        "There are more than {3 thousand=>3,000} missing people.",
        "The plan will cost {3 millions of=>3 million} euros.",
        "The bonus came to {476,4 millions=>476.4 million} in all.",
        "The pool cost {2.3 million of=>2.3 million} euros.",
        "An investment of {3,000 million=>3 billion} is planned.",
    ],
    pass: &[
        "The rock is 4,540 million years old.",
        "China burns 3,200 million tonnes of coal.",
        "The jobless total had reached 5.037 million in January.",
        "Revenue was £1.250 billion.",
        "Prices ran from 1,000 to 2 million pesos.",
        "In 2010 million-dollar homes were rare.",
        "In 2004 millions of people fled.",
        "Some two thousand people came.",
        "The 1.5 million people of the city voted.",
        "It was worth $300 thousand in the trade’s own figures.",
        "A 24 thousand-seat stadium is planned.",
        "The light comes from 150 million kilometres away.",
        "Tens of millions of euros were lost.",
        "A thousand and one nights.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/thousand-million.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let numerals = doc.numerals();
    // Tokens before this one belong to a quantity that is dealt with.
    let mut done = 0;
    for &numeral in &numerals.all {
        if numeral.token < done || Scale::of(doc, numeral.token + 1).is_none() {
            continue;
        }
        if let Some((end, better)) = quantity(doc, numeral, numerals.spanish) {
            done = end;
            report(sink, doc.span(numeral.token..end), better, "");
        }
    }
    for hit in sink.hits() {
        let (from, to) = (hit.from as usize, hit.to as usize);
        let span = hit.span(doc);
        match hit.spanish() {
            "mil 200" => {
                let rest = Decimal::read(doc.text(to - 1), false);
                let whole = (doc.tokens[to - 1].kind == Kind::Number
                    && Form::of(doc.text(to - 1)) == Form::Plain
                    && doc.text(to - 1).len() == 3)
                    .then_some(rest)
                    .flatten();
                let thousand = Decimal::read("1000", false);
                if let Some(sum) = whole.and_then(|w| thousand.and_then(|t| t.plus(w))) {
                    report(sink, span, sum.to_string(), hit.spanish());
                }
            }
            "mil millones" => {
                if !is_compound(doc, to) && !is_science(doc, to) {
                    let better = format!("{} billion", doc.text(from));
                    report(sink, span, better, hit.spanish());
                }
            }
            _ => {
                for better in hit.replacements(doc) {
                    report(sink, span, better, hit.spanish());
                }
            }
        }
    }
}

fn report(sink: &mut Sink, span: Span, better: String, spanish: &str) {
    sink.report(
        span,
        format!("English news writes this quantity as {better}."),
    )
    .spanish(spanish)
    .mend(better);
}

/// The end of the quantity that starts with a number and a word of scale, and how English writes
/// it; `None` if it is English already.
fn quantity(doc: &Document, numeral: Numeral, spanish: bool) -> Option<(usize, String)> {
    let Numeral { token, form } = numeral;
    let scale = Scale::of(doc, token + 1)?;
    let text = doc.text(token);
    let plural = doc.text(token + 1).ends_with(['s', 'S']);
    if doc.tokens[token + 1].has(Shape::CAPITAL)
        || matches!(form, Form::Clock | Form::Other)
        || is_compound(doc, token + 2)
    {
        return None;
    }
    // “1 thousand 500 million”, “48 thousand 500”, “1 million 200 thousand”
    if let Some(found) = composed(doc, token, scale) {
        return Some(found);
    }
    let year = form == Form::Plain && text.len() == 4 && matches!(&text[..2], "19" | "20");
    if plural {
        // “In 2004 millions of people”
        let singular = doc.text(token + 1).trim_end_matches('s');
        let of = doc.tokens.get(token + 2).is_some() && doc.text(token + 2) == "of";
        let value = Decimal::read(text, spanish)?;
        // Speakers of English do say “22 billions worth of savings”.
        let right = scale != Scale::Million && !of;
        return (!year && !right && scale != Scale::Thousand).then(|| {
            let better = if value.at_least_ten_to(3) {
                value.times_ten_to(scale.power()).scaled()
            } else {
                format!("{value} {singular}")
            };
            (token + 2 + usize::from(of), better)
        });
    }
    match scale {
        Scale::Thousand => {
            let free = matches!(form, Form::Plain | Form::Commas)
                && text.len() <= 3
                && !money_before(doc, token)
                && !text.starts_with('0');
            let value = Decimal::read(text, false)?.times_ten_to(3);
            free.then(|| (token + 2, value.to_string()))
        }
        // “2.3 million of euros”
        Scale::Million if is_of_money(doc, token + 2) => {
            let value = Decimal::read(text, spanish)?;
            let better = if value.at_least_ten_to(3) {
                value.times_ten_to(6).scaled()
            } else {
                format!("{value} {}", doc.text(token + 1))
            };
            Some((token + 3, better))
        }
        Scale::Million => {
            let large = match form {
                Form::Commas | Form::CommasPoint | Form::Points | Form::PointsComma => true,
                Form::Plain => text.len() > 3 && (!year || has_money(doc, token)),
                // “5.037 million” is English; nobody writes an idle zero, though.
                Form::PointThree => spanish || text.ends_with('0') && has_money(doc, token),
                _ => false,
            };
            if !large || is_science(doc, token + 2) {
                return None;
            }
            let value = Decimal::read(text, true)?.times_ten_to(6);
            Some((token + 2, value.scaled()))
        }
        _ => None,
    }
}

/// A number whose parts stand one after the other, each with its scale.
fn composed(doc: &Document, token: usize, scale: Scale) -> Option<(usize, String)> {
    let rest = doc.tokens.get(token + 2)?;
    let first = Decimal::read(doc.text(token), false)?;
    if scale == Scale::Thousand && Scale::of(doc, token + 2) == Some(Scale::Million) {
        let end = token + 3;
        return (!is_compound(doc, end) && !is_science(doc, end))
            .then(|| (end, first.times_ten_to(9).scaled()));
    }
    if rest.kind != Kind::Number || !matches!(scale, Scale::Thousand | Scale::Million) {
        return None;
    }
    let small = Form::of(doc.text(token + 2));
    let second = Decimal::read(doc.text(token + 2), false)?;
    if !matches!(small, Form::Plain | Form::Point) || second.at_least_ten_to(3) {
        return None;
    }
    let sum = match (scale, Scale::of(doc, token + 3)) {
        (Scale::Thousand, Some(Scale::Million)) => {
            let value = first.times_ten_to(9).plus(second.times_ten_to(6))?;
            return Some((token + 4, value.scaled()));
        }
        (Scale::Million, Some(Scale::Thousand)) => {
            let value = first.times_ten_to(6).plus(second.times_ten_to(3))?;
            return Some((token + 4, value.scaled()));
        }
        (Scale::Thousand, None) => first.times_ten_to(3).plus(second)?,
        _ => return None,
    };
    Some((token + 3, sum.to_string()))
}

/// Whether a hyphen ties the word of scale to the next: “million-dollar homes”.
fn is_compound(doc: &Document, token: usize) -> bool {
    doc.tokens
        .get(token)
        .is_some_and(|t| t.kind == Kind::Hyphen && !t.spaced())
}

/// Whether years, tonnes or distances are counted: science keeps its millions.
fn is_science(doc: &Document, token: usize) -> bool {
    doc.tokens.get(token).is_some_and(|t| {
        t.kind == Kind::Word
            && (t.is(class::UNITS) || matches!(doc.text(token), "years" | "year" | "light"))
            && !matches!(doc.text(token), "barrels" | "points")
    })
}

/// Whether “of” and a unit of money follow.
fn is_of_money(doc: &Document, token: usize) -> bool {
    doc.tokens
        .get(token + 1)
        .is_some_and(|t| t.is(class::CURRENCIES) && doc.text(token) == "of")
}

fn money_before(doc: &Document, token: usize) -> bool {
    token > 0 && is_money_sign(doc, token - 1)
}

/// Whether a sign or word of money goes with “N million”.
fn has_money(doc: &Document, token: usize) -> bool {
    money_before(doc, token)
        || (token + 2..token + 4).any(|t| {
            doc.tokens.get(t).is_some_and(|n| n.is(class::CURRENCIES)) || {
                doc.tokens.get(t).is_some() && is_money_sign(doc, t)
            }
        })
}
