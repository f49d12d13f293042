//! The rule `unit-format`: m2, km2, CV.
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A unit of measure has its Spanish short form.
pub static RULE: Rule = Rule {
    id: "unit-format",
    group: Group::Locale,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::NumberFormat,
    summary: "A unit of measure has its Spanish short form.",
    why: "Spanish papers print *250 m2* and *150 CV*. English papers write square metres, or sq m, and horsepower; “CV” is a résumé.",
    flag: &[
        "The space has {250 m2=>250 square metres} in 12 rooms.",
        "The park covers {3,000 km²=>3,000 square kilometres} of land.",
        "The new engine delivers {150 CV=>150 hp} and uses less.",
        "The center has {40 m2=>40 square meters} for visitors.",
        "They pumped {500 m3=>500 cubic metres} of water out.",
    ],
    pass: &[
        "The space has 250 square metres.",
        "He sent 150 CVs and got no answer.",
        "Messier 32, or M32, and the M2 motorway.",
        "The firm got 20 CV submissions a day.",
        "A G7 summit and an m2 chip.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let mut american = None;
    for &token in doc.with_digits() {
        let unit = token as usize;
        let (shape, measure) = match doc.text(unit) {
            "m2" | "m²" => ("square", "met"),
            "km2" | "km²" | "Km2" | "Km²" => ("square", "kilomet"),
            "m3" | "m³" => ("cubic", "met"),
            _ => continue,
        };
        if !follows_number(doc, unit) {
            continue;
        }
        let ending = if *american.get_or_insert_with(|| is_american(doc)) {
            "ers"
        } else {
            "res"
        };
        report(doc, unit, &format!("{shape} {measure}{ending}"), sink);
    }
    for &token in doc.caps() {
        let unit = token as usize;
        let noun = doc
            .tokens
            .get(unit + 1)
            .is_some_and(|t| t.kind == Kind::Word && doc.text(unit + 1).ends_with('s'));
        if doc.text(unit) == "CV" && follows_number(doc, unit) && !noun {
            report(doc, unit, "hp", sink);
        }
    }
}

fn follows_number(doc: &Document, unit: usize) -> bool {
    unit > 0 && doc.tokens[unit - 1].kind == Kind::Number
}

fn report(doc: &Document, unit: usize, better: &str, sink: &mut Sink) {
    let better = format!("{} {better}", doc.text(unit - 1));
    sink.report(
        doc.span(unit - 1..unit + 1),
        format!("English papers write this unit as {better}."),
    )
    .mend(better);
}

/// Whether the story spells as Americans do.
fn is_american(doc: &Document) -> bool {
    (0..doc.tokens.len()).any(|t| {
        matches!(
            doc.text(t),
            "center"
                | "meters"
                | "meter"
                | "kilometers"
                | "color"
                | "neighborhood"
                | "labor"
                | "neighbors"
                | "defense"
                | "liters"
                | "favor"
                | "theater"
        )
    })
}
