//! The rule `ordinal-mark`: `1º`, `nº 5`, the XIX century, the III Summit.
use crate::lexicon::Hit;
use crate::text::numbers::ordinal;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// An ordinal has the Spanish mark or is a Roman numeral.
pub static RULE: Rule = Rule {
    id: "ordinal-mark",
    group: Group::Locale,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::NumberFormat,
    summary: "An ordinal has the Spanish mark or is a Roman numeral.",
    why: "Spanish writes *1º*, *nº 5*, and Roman numerals for centuries, congresses and terms of parliament: *siglo XIX*, *la III Cumbre*, *la XV Legislatura*. English news writes 1st, No. 5, the 19th century, the third summit.",
    flag: &[
        "He finished {1º=>1st} in his group.",
        "The {5ª=>5th} edition opens in May.",
        "The flat is at {nº 5=>No. 5}, Bailén Street.",
        "Pit {n.º 12=>No. 12} was shut.",
        "The {XV=>15th} Legislature began with a row.",
        "He addressed the {V=>5th} State Citizen Assembly.",
    ],
    pass: &[
        "It was 20ºC, and 38º in the sun, with temperatures rising.",
        "The ship lay at 40º 25’ north.",
        "He turned the wheel by 45º to the left.",
        "World War II and Super Bowl LVIII were on television.",
        "Elizabeth II opened the meeting of the II Corps.",
        "Chapter IV Summit Road is closed.",
        "He plays in the Division II Championship.",
        "She wears Chanel Nº 5.",
        "Louis XIV Congress Hall stands empty.",
        "The V Festival and the X Prize were sponsored.",
        "The 19th century ended.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/ordinal-mark.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for &token in doc.non_ascii() {
        let token = token as usize;
        let text = doc.text(token);
        if let Some(figures) = text.strip_suffix(['º', 'ª']) {
            if figures.is_empty() || figures.eq_ignore_ascii_case("n") {
                number_sign(doc, token, figures, sink);
            } else if let Ok(number) = figures.parse::<u32>()
                && is_ordinal(doc, token)
            {
                let better = ordinal(number);
                sink.report(
                    doc.tokens[token].span,
                    format!("English marks an ordinal with letters: {better}."),
                )
                .mend(better);
            }
        }
    }
    for hit in sink.hits() {
        let (from, to) = (hit.from as usize, hit.to as usize);
        let (numeral, span, tail) = match hit.spanish() {
            // “XXI Century Fox”
            "siglo XIX"
                if doc.tokens[to - 1].has(Shape::CAPITAL)
                    && (from == 0 || !doc.tokens[from - 1].is(class::DETERMINERS)) =>
            {
                continue;
            }
            "siglo XIX" => (from, doc.span(from..from + 1), String::new()),
            "siglo XXI" if doc.tokens[from].has(Shape::CAPITAL) => continue,
            "siglo XXI" => (to - 1, doc.span(from..to), format!(" {}", doc.text(from))),
            _ => (from, hit.span(doc), String::new()),
        };
        if !is_numeral(doc, hit, numeral) {
            continue;
        }
        let Some(number) = roman(doc.text(numeral)) else {
            continue;
        };
        let better = format!("{}{tail}", ordinal(number));
        sink.report(
            span,
            format!("English counts centuries, meetings and terms in figures or words: {better}."),
        )
        .spanish(hit.spanish())
        .mend(better);
    }
}

/// `nº 5`, `n.º 5`
fn number_sign(doc: &Document, mark: usize, figures: &str, sink: &mut Sink) {
    let first = if !figures.is_empty() {
        mark
    } else if mark >= 2
        && doc.text(mark - 1) == "."
        && doc.text(mark - 2).eq_ignore_ascii_case("n")
        && !doc.tokens[mark].spaced()
    {
        mark - 2
    } else {
        return;
    };
    let number = mark + 1;
    if doc
        .tokens
        .get(number)
        .is_none_or(|t| t.kind != Kind::Number)
        || first > 0 && doc.text(first - 1).eq_ignore_ascii_case("chanel")
    {
        return;
    }
    let better = format!("No. {}", doc.text(number));
    sink.report(
        doc.span(first..number + 1),
        format!("“nº” is Spanish for number; write {better}."),
    )
    .mend(better);
}

/// Whether `5º` counts something and does not measure an angle, a place or the heat.
fn is_ordinal(doc: &Document, token: usize) -> bool {
    let measures = doc.tokens.get(token + 1).is_some_and(|t| {
        matches!(t.kind, Kind::Number | Kind::Quote)
            || matches!(
                doc.text(token + 1),
                "C" | "F"
                    | "N"
                    | "S"
                    | "E"
                    | "W"
                    | "angle"
                    | "angles"
                    | "turn"
                    | "Celsius"
                    | "centigrade"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
                    | "to"
            )
    });
    let address = token > 0
        && matches!(
            doc.text(token - 1),
            "Calle" | "Avenida" | "Carrera" | "Plaza" | "Autovía"
        );
    let name = doc
        .tokens
        .get(token + 1)
        .is_some_and(|t| t.kind == Kind::Word && doc.text(token + 1) == "de");
    let heat = doc.tokens_of(doc.sentence_of(token)).any(|t| {
        doc.tokens[t].is(class::WEATHER)
            || matches!(
                doc.text(t),
                "degrees"
                    | "temperature"
                    | "temperatures"
                    | "angle"
                    | "latitude"
                    | "longitude"
                    | "wheel"
                    | "rotation"
                    | "slope"
            )
    });
    !measures && !address && !name && !heat
}

/// Whether a letter of the pattern is a numeral here and not “I”, a grade or a brand.
fn is_numeral(doc: &Document, hit: &Hit, numeral: usize) -> bool {
    let single = doc.text(numeral).len() == 1;
    if hit.spanish() != "la III Cumbre" {
        return !single || matches!(doc.text(numeral), "V" | "X");
    }
    let head = hit.end as usize - 1;
    let capitals = (numeral + 1..head).all(|t| doc.tokens[t].has(Shape::CAPITAL));
    // The V Festival and the X Prize have their names from the letter.
    let sure = matches!(
        doc.text(head),
        "Summit"
            | "Congress"
            | "Legislature"
            | "Edition"
            | "Meeting"
            | "Conference"
            | "Assembly"
            | "summit"
            | "congress"
            | "legislature"
            | "edition"
            | "conference"
    );
    capitals && (!single || sure)
}

/// The value of a Roman numeral in capitals, well formed or not.
fn roman(text: &str) -> Option<u32> {
    let value = |c| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        })
    };
    let mut sum = 0;
    let mut largest = 0;
    for c in text.chars().rev() {
        let digit: u32 = value(c)?;
        if digit < largest {
            sum -= digit;
        } else {
            sum += digit;
            largest = digit;
        }
    }
    Some(sum)
}
