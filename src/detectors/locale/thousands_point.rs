//! The rule `thousands-point`: points between thousands.
use crate::text::numbers::{Form, Numeral, Scale, is_money_sign, percent_after, swap_separators};
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A point stands between thousands.
pub static RULE: Rule = Rule {
    id: "thousands-point",
    group: Group::Locale,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::NumberFormat,
    summary: "A point stands between thousands.",
    why: "Spain and most of South America group thousands with points: *12.450 espectadores*. In English 12.450 is a little more than twelve; the reader is out by a factor of a thousand.",
    flag: &[
        "The debt exceeds {23.500.000=>23,500,000} euros.",
        "Attendance: {12.450=>12,450} spectators.",
        "Production rose to {901.000=>901,000} barrels a day.",
        "At least {1.200=>1,200} displaced by fighting.",
        "The pass lies at an altitude of {3.677=>3,677} metres.",
        "The Ibex lost the {8.500=>8,500} points at the close.",
        "Country risk climbed to {1.512=>1,512} basis points.",
        "The blue dollar sold for {1.245=>1,245} pesos.",
        "He sold more than {150.000=>150,000} copies of it.",
        "The council spent €{12.500=>12,500} on the fair.",
    ],
    pass: &[
        "The euro traded at 1.085 dollars against 1.077 the day before.",
        "Diesel cost 1.359 euros a litre.",
        "The jobless total had reached 5.037 million in January.",
        "A gallon of regular was $2.554 on average.",
        "The agency will get $1.194 billion.",
        "She won the all-around with 15.233 points on the beam.",
        "He batted .300 and posted a 1.250 OPS.",
        "Version 2.500 of the program is out.",
        "He ran it in 10.302 seconds.",
        "Standard gauge is 1.435 metres.",
        "The circuit is 5.891 km long.",
        "The server at 192.168.100.200 was down.",
        "The treaty was signed on 12.03.2020 in Rome.",
        "Call 902.100.200 for tickets.",
        "Mars is 1.524 times as far from the Sun.",
        "Article 1.234 of the code says so.",
        "The tax number is 123.456.789-00.",
        "The yield on the bond was 4.125 percent.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let numerals = doc.numerals();
    for &Numeral { token, form } in &numerals.all {
        let certain = match form {
            Form::Points => is_quantity(doc, token),
            Form::PointThree => is_thousands(doc, token, numerals.spanish),
            _ => continue,
        };
        if certain {
            let better = swap_separators(doc.text(token));
            let message = format!("In English this point is a decimal point; write {better}.");
            sink.report(doc.tokens[token].span, message).mend(better);
        }
    }
}

/// Whether `1.200.000` is a quantity and not an address, a phone or a tax number.
fn is_quantity(doc: &Document, token: usize) -> bool {
    let text = doc.text(token);
    let next = doc.tokens.get(token + 1);
    if next.is_some_and(|n| n.kind == Kind::Hyphen && !n.spaced()) {
        return false;
    }
    let machine = text.split('.').count() == 4
        && text
            .split('.')
            .all(|g| g.parse::<u16>().is_ok_and(|n| n < 256));
    let labelled = words_before(doc, token, 3).any(|word| {
        [
            "phone",
            "telephone",
            "tel",
            "call",
            "fax",
            "whatsapp",
            "id",
            "dni",
            "rut",
            "nif",
            "cpf",
            "number",
            "no",
            "identity",
        ]
        .iter()
        .any(|label| word.eq_ignore_ascii_case(label))
    });
    !machine && !labelled
}

/// Whether the company of `1.200` says that its point groups thousands.
fn is_thousands(doc: &Document, token: usize, spanish: bool) -> bool {
    let text = doc.text(token);
    // Whole hundreds or tens of thousands: nobody writes idle zeros after a decimal point.
    let round = text.ends_with("00") || text.ends_with('0') && text.len() > 5;
    let Some(next) = doc.tokens.get(token + 1) else {
        return false;
    };
    if Scale::of(doc, token + 1).is_some() || percent_after(doc, token).is_some() {
        return false;
    }
    if token > 0 && is_money_sign(doc, token - 1) {
        let rate =
            rate_follows(doc, token + 1) || next.kind == Kind::Word && next.is(class::ARTICLES);
        return !rate && (spanish || round);
    }
    if next.kind == Kind::Symbol && matches!(doc.mark(token + 1), '€' | '$' | '£') {
        return spanish || round;
    }
    if next.kind != Kind::Word || next.has(Shape::CAPITAL) {
        return false;
    }
    // “12.450 registered voters”
    let counted = (token + 1..=token + 3)
        .take_while(|&t| {
            doc.tokens
                .get(t)
                .is_some_and(|n| n.kind == Kind::Word && !n.is(class::FUNCTION_WORDS))
        })
        .any(|t| doc.tokens[t].is(class::COUNTED));
    if counted {
        return true;
    }
    let word = doc.text(token + 1);
    if next.is(class::CURRENCIES) {
        let small = matches!(
            word,
            "peso"
                | "pesos"
                | "yen"
                | "guaraníes"
                | "guaranis"
                | "colones"
                | "bolivars"
                | "pesetas"
        );
        return small
            || round
            || text.len() > 5 && !is_rate(doc, token)
            || spanish && !is_rate(doc, token);
    }
    match word {
        "m" | "metres" | "meters" | "feet" => round || spanish || is_height(doc, token),
        "points" | "integers" => {
            (round && text.len() < 6 && is_index(doc, token) || spanish)
                && !rate_follows(doc, token + 2)
        }
        "years" | "days" | "hours" | "hectares" | "tons" | "tonnes" | "kilos" | "kilometres"
        | "kilometers" | "litres" | "liters" | "miles" | "megawatts" | "grams" | "square"
        | "barrels" => round || spanish,
        "million" | "percent" | "times" | "seconds" | "inches" | "a" | "per" | "to" | "in"
        | "at" | "on" | "for" | "and" | "or" | "of" => false,
        _ => {
            (round && (text.ends_with("000") || is_approximate(doc, token)) || spanish)
                && !next.is(class::FUNCTION_WORDS)
                && !next.is(class::UNITS)
                && (word.ends_with('s') || word.ends_with("ed"))
        }
    }
}

/// “at least 1.200”, “more than 1.200”
fn is_approximate(doc: &Document, token: usize) -> bool {
    words_before(doc, token, 1).any(|word| {
        matches!(
            word,
            "least" | "than" | "over" | "about" | "around" | "some" | "nearly" | "almost" | "to"
        )
    })
}

/// Whether the sentence speaks of a rate of exchange or a price by the litre.
fn is_rate(doc: &Document, token: usize) -> bool {
    doc.tokens_of(doc.sentence_of(token)).any(|t| {
        doc.tokens[t].kind == Kind::Word
            && matches!(
                doc.text(t),
                "litre"
                    | "litres"
                    | "liter"
                    | "liters"
                    | "gallon"
                    | "exchange"
                    | "traded"
                    | "trading"
                    | "trades"
                    | "against"
                    | "per"
                    | "diesel"
                    | "petrol"
                    | "gasoline"
                    | "kilowatt"
                    | "kWh"
                    | "hour"
            )
    }) || rate_follows(doc, token + 2)
}

/// “a litre”, “per share”
fn rate_follows(doc: &Document, token: usize) -> bool {
    doc.tokens
        .get(token)
        .is_some_and(|t| t.kind == Kind::Word && matches!(doc.text(token), "a" | "per" | "an"))
}

fn is_height(doc: &Document, token: usize) -> bool {
    words_before(doc, token, 5).any(|word| {
        matches!(
            word,
            "altitude" | "height" | "above" | "depth" | "summit" | "peak" | "elevation" | "rises"
        )
    })
}

/// Whether the sentence speaks of a share index: notes in sport have three decimals too.
fn is_index(doc: &Document, token: usize) -> bool {
    doc.tokens_of(doc.sentence_of(token)).any(|t| {
        doc.tokens[t].kind == Kind::Word
            && matches!(
                doc.text(t),
                "Ibex"
                    | "IBEX"
                    | "Merval"
                    | "Bovespa"
                    | "Nasdaq"
                    | "Dow"
                    | "IPC"
                    | "index"
                    | "stock"
                    | "shares"
                    | "bourse"
                    | "Bolsa"
                    | "selective"
                    | "integers"
                    | "market"
                    | "markets"
            )
    })
}

/// Up to `count` words before a token, the nearest first; marks end them.
fn words_before(doc: &Document, token: usize, count: usize) -> impl Iterator<Item = &str> {
    (token.saturating_sub(count)..token)
        .rev()
        .take_while(|&t| doc.tokens[t].kind == Kind::Word)
        .map(|t| doc.text(t))
}
