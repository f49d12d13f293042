//! The rule `preposition-calque`: “depends of”, “arrived to Madrid”, “married with a lawyer”.
use crate::lexicon::Hit;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// The preposition is the Spanish one.
pub static RULE: Rule = Rule {
    id: "preposition-calque",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "The preposition is the Spanish one.",
    why: "*Depender de*, *llegar a*, *casado con*, *responsable de*: each language has its own prepositions after verbs and adjectives, and weak systems translate them one by one.",
    flag: &[
        "The train {arrived to=>arrived at} the station an hour late.",
        "The minister {arrived to=>arrived in} the capital on Monday.",
        "Much will {depend of=>depend on} the weather.",
    ],
    pass: &[
        "Troops arrived to Spain’s surprise.",
        "She arrived to find the door open.",
        "It is a friend on which it depends, of course.",
        "Married with a son and a dog, he lives in Lugo.",
        "Help arrived to many villages’ relief.",
        "They entered in the first room on the left.",
        "Those responsible of late have gone.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/preposition-calque.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let fixes = if hit.spanish() == "llegar a" {
            match arrival(doc, hit) {
                Some(better) => vec![better],
                None => continue,
            }
        } else {
            hit.replacements(doc)
        };
        // “married with a son and a dog”
        let child = hit.spanish() == "casado con"
            && matches!(
                doc.text(hit.end as usize - 1),
                "son" | "daughter" | "sons" | "boy" | "girl"
            );
        if child {
            continue;
        }
        let phrase = doc.slice(hit.span(doc));
        let better = fixes.first().map_or("", |b| b);
        let finding = sink
            .report(
                hit.span(doc),
                format!("“{phrase}” has the Spanish preposition; write “{better}”."),
            )
            .spanish(hit.spanish());
        for better in fixes {
            finding.mend(better);
        }
    }
}

/// One arrives in a city and at a station; `None` for “arrived to Spain’s surprise”.
fn arrival(doc: &Document, hit: &Hit) -> Option<String> {
    let (first, last) = (hit.to as usize, hit.end as usize - 1);
    let place = &doc.tokens[last];
    let quoted = doc
        .tokens
        .get(last + 1)
        .is_some_and(|t| t.kind == Kind::Quote && !t.spaced());
    if place.has(Shape::POSSESSIVE) || quoted || doc.tokens[first].is(class::WEEKDAYS) {
        return None;
    }
    let wide = place.has(Shape::CAPITAL)
        || matches!(
            doc.text(last),
            "city" | "country" | "capital" | "village" | "town" | "region" | "area" | "province"
        );
    let verb = doc.text(hit.from as usize);
    Some(format!("{verb} {}", if wide { "in" } else { "at" }))
}
