//! The rule `spanish-date`: a date with a Spanish month.
use crate::text::dates::{self, capitalised};
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A date has a Spanish month.
pub static RULE: Rule = Rule {
    id: "spanish-date",
    group: Group::Locale,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::DateFormat,
    summary: "A date has a Spanish month.",
    why: "Short months of datelines, *12 Ene.*, and dates in captions or tables pass through translation untouched: the system takes *Ene* for a name. The reader is left with a month that English does not have.",
    flag: &[
        "MADRID, {12 Ene=>12 Jan}. (EUROPA PRESS) - The minister resigned.",
        "It was signed on {5 de agosto de 2019=>5 August 2019}.",
        "The match is on {30 abril=>30 April} (20:00).",
        "LIMA, {3 Dic=>3 Dec}. (Andina) - Prices rose.",
        "Published {14 septiembre 2021=>14 September 2021} by the office.",
    ],
    pass: &[
        "The obelisk stands in Avenida 9 de Julio.",
        "They met in Plaza 25 de Mayo at noon.",
        "He put 2 mayo jars on the table.",
        "He left 5 years ago.",
        "The 9 de Octubre stadium was full.",
        "MADRID, 12 January (EUROPA PRESS) - The minister resigned.",
        "The Dos de Mayo uprising is on show.",
        "On 12 Abril drive there was a fire.",
    ],
    lexicon: "",
    check,
};

/// English months by the first three letters of the Spanish ones.
const MONTHS: [(&str, &str); 13] = [
    ("ene", "January"),
    ("feb", "February"),
    ("mar", "March"),
    ("abr", "April"),
    ("may", "May"),
    ("jun", "June"),
    ("jul", "July"),
    ("ago", "August"),
    ("sep", "September"),
    ("set", "September"),
    ("oct", "October"),
    ("nov", "November"),
    ("dic", "December"),
];

fn check(doc: &Document, sink: &mut Sink) {
    let mut month_first = None;
    for &number in doc.of_kind(Kind::Number) {
        let number = number as usize;
        let Some(day) = dates::day(doc, number) else {
            continue;
        };
        let of = doc.tokens.get(number + 1).is_some() && doc.text(number + 1) == "de";
        let month = number + 1 + usize::from(of);
        let Some(named) = doc.tokens.get(month) else {
            return;
        };
        if !named.is(class::SPANISH_MONTHS) {
            continue;
        }
        let next = doc.tokens.get(month + 1);
        let of_year = next.is_some() && matches!(doc.text(month + 1), "de" | "del" | "of" | ",");
        let year = dates::year(doc, month + 1 + usize::from(of_year));
        let short = doc.text(month).len() == 3;
        let certain = if of {
            // Streets and squares are named after days: “9 de Julio”.
            year.is_some() || !named.has(Shape::CAPITAL)
        } else {
            year.is_some()
                || next.is_none_or(|t| matches!(t.kind, Kind::Open | Kind::Colon | Kind::Dash))
                || short && named.has(Shape::CAPITAL) && next.is_some_and(|t| t.kind == Kind::Stop)
        };
        if !certain {
            continue;
        }
        let start = doc
            .text(month)
            .chars()
            .take(3)
            .collect::<String>()
            .to_lowercase();
        let Some((_, english)) = MONTHS.iter().find(|(spanish, _)| *spanish == start) else {
            continue;
        };
        let english = if short { &english[..3] } else { english };
        let end = match year {
            Some(_) => month + 2 + usize::from(of_year),
            None => month + 1,
        };
        let order = || {
            sink.style()
                .month_first()
                .unwrap_or_else(|| dates::month_first(doc))
        };
        let month_first = *month_first.get_or_insert_with(order);
        let better = dates::write(day, &capitalised(english), year, month_first);
        sink.report(
            doc.span(number..end),
            format!("“{}” is a Spanish month; write {better}.", doc.text(month)),
        )
        .mend(better);
    }
}
