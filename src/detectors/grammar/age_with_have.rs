//! The rule `age-with-have`: “who has 38 years”.
use crate::lexicon::Hit;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// An age is had, not reached.
pub static RULE: Rule = Rule {
    id: "age-with-have",
    group: Group::Grammar,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "An age is had, not reached.",
    why: "In Spanish one *has* years: *tiene 38 años*, *un hombre de 67 años*, *con 38 años*. In English one is 38, a man is aged 67, and something happens at 38. “He has 38 years” is a prison term.",
    flag: &[
        "The dead are a man {of 67 years=>aged 67} and his wife.",
        "The actor {has 45 years=>is 45} and lives in Madrid.",
        "She {had 16 years=>was 16}, the police said.",
        "A boy {of 12 years of age=>aged 12} was hurt.",
        "{With 20 years=>At 20}, she left for Paris.",
    ],
    pass: &[
        "He has 45 years and two months to serve.",
        "The contract has 12 years to run.",
        "A man of 50 years’ experience was hired.",
        "He could face a sentence of 85 years if convicted.",
        "With 25 years, the longest ban ever, he must retire.",
        "It is 25 years since the start of 12 years of bombings.",
        "She has 20 years of service.",
        "Friends, including his wife of 56 years, were there.",
        "The bridge, of 30 years, needs paint.",
        "He has five years, at most, to live.",
        "A man of 30 years in the trade knows that.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/age-with-have.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (from, to) = (hit.from as usize, hit.to as usize);
        let aged = doc.text(to - 1) == "age";
        if !aged && !ends_phrase(doc, to) || is_term(doc, from) {
            continue;
        }
        let age = doc.text(from + 1);
        let better = match doc.text(from) {
            "of" => of(doc, from, to, age),
            "with" | "With" => with(doc, hit, age),
            verb => is_old(doc, from, age).then(|| {
                let be = match verb {
                    "has" => "is",
                    "had" => "was",
                    "have" => "are",
                    _ => "being",
                };
                format!("{be} {age}")
            }),
        };
        if let Some(better) = better {
            sink.report(
                doc.span(from..to),
                format!("Spanish has years, English is of an age: write “{better}”."),
            )
            .spanish(hit.spanish())
            .suggest(better);
        }
    }
}

/// Whether the sentence speaks of a term: “He had 20 years, the longest sentence of all.”
fn is_term(doc: &Document, from: usize) -> bool {
    doc.tokens_of(doc.sentence_of(from)).any(|t| {
        matches!(
            doc.text(t),
            "sentence"
                | "prison"
                | "jail"
                | "serve"
                | "contract"
                | "term"
                | "ban"
                | "live"
                | "experience"
                | "mandate"
                | "service"
        )
    })
}

/// Whether nothing follows that would make the years a term or a service.
fn ends_phrase(doc: &Document, to: usize) -> bool {
    let number_near = (to + 1..to + 3).any(|t| {
        doc.tokens
            .get(t)
            .is_some_and(|t| t.kind == Kind::Number || t.is(class::NUMBERS))
    });
    doc.tokens.get(to).is_none_or(|next| match next.kind {
        Kind::Stop | Kind::Comma | Kind::Close | Kind::Semicolon => true,
        Kind::Word => {
            matches!(
                doc.text(to),
                "and" | "but" | "who" | "was" | "were" | "is" | "died"
            ) && !number_near
        }
        _ => false,
    })
}

/// Whether somebody is the subject of “has”, and old enough for it to be no span of time.
fn is_old(doc: &Document, from: usize, age: &str) -> bool {
    let grown = match age.parse::<u32>() {
        Ok(n) => (12..=110).contains(&n),
        Err(_) => doc.text(from + 1).ends_with("ty") || doc.text(from + 1).ends_with("teen"),
    };
    let Some(subject) = from.checked_sub(1).map(|t| &doc.tokens[t]) else {
        return false;
    };
    let somebody = subject.is(class::OFFICES)
        || matches!(
            doc.text(from - 1),
            "who" | "he" | "she" | "He" | "She" | "already"
        )
        || subject.has(Shape::CAPITAL)
            && subject.kind == Kind::Word
            && !subject.is(class::COUNTRIES)
            && !subject.is(class::FUNCTION_WORDS)
            && from >= 2
            && doc.tokens[from - 2].has(Shape::CAPITAL);
    grown && somebody
}

/// “a man of 67 years”, “Andrés Moral, of 45 years,”
fn of(doc: &Document, from: usize, to: usize, age: &str) -> Option<String> {
    let before = from.checked_sub(1)?;
    age.parse::<u32>().ok().filter(|n| *n <= 110)?;
    let person = matches!(
        doc.text(before),
        "man"
            | "son"
            | "daughter"
            | "grandson"
            | "granddaughter"
            | "nephew"
            | "niece"
            | "woman"
            | "boy"
            | "girl"
            | "youth"
            | "youngster"
            | "minor"
            | "gentleman"
            | "lady"
            | "baby"
            | "child"
            | "motorcyclist"
            | "cyclist"
            | "driver"
            | "victim"
            | "neighbour"
            | "neighbor"
            | "citizen"
            | "male"
            | "female"
            | "person"
    );
    if person {
        return Some(format!("aged {age}"));
    }
    let name = doc.tokens[before].kind == Kind::Comma
        && before >= 2
        && (before - 2..before)
            .all(|t| doc.tokens[t].kind == Kind::Word && doc.tokens[t].has(Shape::CAPITAL))
        && doc.tokens.get(to).is_some_and(|t| t.kind == Kind::Comma);
    name.then(|| age.to_owned())
}

/// “With 38 years, he”
fn with(doc: &Document, hit: &Hit, age: &str) -> Option<String> {
    let (from, to) = (hit.from as usize, hit.to as usize);
    let starts = doc.tokens_of(doc.sentence_of(from)).start == from;
    let pronoun = doc.tokens.get(to + 1).is_some() && matches!(doc.text(to + 1), "he" | "she");
    (starts && pronoun && doc.tokens[to].kind == Kind::Comma).then(|| format!("At {age}"))
}
