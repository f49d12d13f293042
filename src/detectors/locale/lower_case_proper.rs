//! The rule `lower-case-proper`: monday, january, russian.
use crate::text::dates::capitalised;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A day, month, nationality or place lacks its capital.
pub static RULE: Rule = Rule {
    id: "lower-case-proper",
    group: Group::Locale,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Spelling,
    summary: "A day, month, nationality or place lacks its capital.",
    why: "Spanish writes *lunes*, *enero*, *ruso*, *católico* small. English gives days, months, nationalities, languages and faiths a capital; systems forget it now and then, most often in *kyiv* and after a hyphen.",
    flag: &[
        "MADRID, 9 {may=>May} (EFE).- The Spanish stock market rose.",
        "The skull will be on show from {may=>May} in Teruel.",
        "The Spanish-{moroccan=>Moroccan} border was shut.",
        "The bishop spoke to the {spaniards=>Spaniards} abroad.",
        "The {catholic=>Catholic} church in the square burned.",
        "The law comes into force on 1 {august=>August}.",
    ],
    pass: &[
        "He may leave in march step with the others.",
        "An august body met in the hall.",
        "The state they are in may surprise you.",
        "He had a German shepherd and a dutch oven.",
        "Polish the silver, and do not welsh on a bet.",
        "Her tastes are catholic.",
        "i love american food and spanish wine",
        "Follow @madrid on monday.com for more.",
        "Where he comes from may matter.",
        "The brand calls itself “french” in small letters: french toast.",
        "Protesters march on Monday.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/lower-case-proper.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let token = hit.from as usize;
        if doc.tokens[token].has(Shape::CAPITAL) || doc.tokens[token].has(Shape::DIGIT) {
            continue;
        }
        let word = doc.base(token);
        let common = match hit.spanish() {
            "enero" => !is_month(doc, token, word),
            "ruso" => is_common(doc, token, word),
            "kyiv" => is_glued(doc, token),
            _ => false,
        };
        if common || is_mentioned(doc, token) || !has_capitals(doc, token) {
            continue;
        }
        let better = capitalised(word);
        sink.report(
            doc.base_span(token),
            format!("English writes {better} with a capital."),
        )
        .spanish(hit.spanish())
        .mend(better);
    }
}

/// Whether the sentence uses capitals at all.
fn has_capitals(doc: &Document, token: usize) -> bool {
    doc.tokens_of(doc.sentence_of(token))
        .any(|t| doc.tokens[t].has(Shape::CAPITAL))
}

/// Whether the word stands alone between quotation marks.
fn is_mentioned(doc: &Document, token: usize) -> bool {
    let quote = |t: Option<usize>| {
        t.and_then(|t| doc.tokens.get(t))
            .is_some_and(|t| t.kind == Kind::Quote)
    };
    quote(token.checked_sub(1)) && quote(Some(token + 1))
}

/// Whether “may”, “march” or “august” is the month here.
fn is_month(doc: &Document, token: usize, word: &str) -> bool {
    if !matches!(word, "may" | "march" | "august") {
        return true;
    }
    let number = |t: Option<usize>| {
        t.and_then(|t| doc.tokens.get(t))
            .is_some_and(|t| t.kind == Kind::Number)
    };
    let before = token.checked_sub(1);
    if number(before) || number(Some(token + 1)) {
        // “the top 10 may leave”, “March 9 may be late”
        let verb = word != "august"
            && doc.tokens.get(token + 1).is_some_and(|t| {
                t.kind == Kind::Word && !t.is(class::PREPOSITIONS) && !t.is(class::CONJUNCTIONS)
            });
        return !verb;
    }
    let dated = before.is_some_and(|t| {
        matches!(
            doc.text(t),
            "in" | "since" | "until" | "from" | "during" | "last" | "next"
        )
    });
    // A verb would be followed by its object or by another verb.
    let ends = doc.tokens.get(token + 1).is_none_or(|t| {
        matches!(t.kind, Kind::Stop | Kind::Comma | Kind::Close)
            || matches!(doc.text(token + 1), "in" | "of" | "to" | "and")
    });
    dated
        && ends
        && !(token + 2 < doc.tokens.len() && matches!(doc.text(token + 2), "fact" | "turn"))
}

/// Whether a name of a people is a common word here: *polish*, *catholic tastes*, *french fries*.
fn is_common(doc: &Document, token: usize, word: &str) -> bool {
    let next = doc
        .tokens
        .get(token + 1)
        .map_or("", |_| doc.text(token + 1));
    match word {
        "polish" | "welsh" | "puerto" => true,
        "catholic" => !matches!(
            next,
            "church"
                | "priest"
                | "priests"
                | "faith"
                | "school"
                | "schools"
                | "university"
                | "bishop"
                | "bishops"
                | "hierarchy"
        ),
        _ => {
            matches!(
                next,
                "fries"
                    | "fry"
                    | "toast"
                    | "bread"
                    | "press"
                    | "kiss"
                    | "window"
                    | "windows"
                    | "door"
                    | "doors"
                    | "horn"
                    | "bulldog"
                    | "dressing"
                    | "roulette"
                    | "doll"
                    | "dolls"
                    | "shepherd"
                    | "shepherds"
                    | "oven"
                    | "ovens"
                    | "courage"
                    | "pastry"
                    | "pastries"
                    | "delight"
                    | "bath"
                    | "towel"
                    | "towels"
                    | "cheese"
                    | "chard"
                    | "muffin"
                    | "muffins"
                    | "omelette"
                    | "omelet"
                    | "wax"
                    | "ink"
                    | "summer"
                    | "rug"
                    | "rugs"
                    | "cat"
                    | "cats"
                    | "hound"
                    | "whispers"
                    | "checkers"
                    | "coffee"
                    | "cabbage"
                    | "heel"
                    | "heels"
                    | "setter"
                    | "wolfhound"
                    | "maple"
                    | "knotweed"
                    | "steel"
                    | "measles"
                    | "elm"
                    | "lop"
                    | "blue"
                    | "seasoning"
                    | "vanilla"
            ) || matches!(word, "danish" | "afghan")
                || word == "swiss" && next == "army"
        }
    }
}

/// Whether the word is part of a handle or an address: `madrid_news`, `real-madrid.html`.
fn is_glued(doc: &Document, token: usize) -> bool {
    let at = doc.tokens[token].span;
    let bytes = doc.plain.as_bytes();
    let mark = |b: Option<&u8>| b.is_some_and(|b| matches!(b, b'_' | b'-' | b'/' | b'@' | b'.'));
    at.start > 0 && mark(bytes.get(at.start as usize - 1))
        || bytes
            .get(at.end as usize)
            .is_some_and(|b| matches!(b, b'_' | b'/' | b'@'))
}
