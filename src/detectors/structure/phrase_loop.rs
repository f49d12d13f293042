//! The rule `phrase-loop`: the same words over and over, as a translation model stutters.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// The same words follow one another three times or more.
pub static RULE: Rule = Rule {
    id: "phrase-loop",
    group: Group::Structure,
    severity: Severity::Critical,
    status: Status::Stable,
    mqm: Mqm::Addition,
    summary: "The same words follow one another three times or more.",
    why: "A translation model that loses the thread repeats what it wrote last until it is stopped: *the best of the best of the best*. Whatever the Spanish said after that point is missing.",
    flag: &[
        "{The number of the number of the number of the=>The number of the} birds fell last year.",
        "He was {the best of the best of the best of the best of the=>the best of the} team, the coach said.",
        "The mayor spoke {of the city of the city of the city=>of the city} and then he left.",
        "They went to {the the the the the=>the} station.",
        "{He said that he, he said that he, he said that he, he said that he, he said that he, he said that he=>He said that he} would go.",
    ],
    pass: &[
        "“Four more years! Four more years! Four more years!” the crowd chanted.",
        "It was a very, very, very long day. Ha ha ha ha ha, he went.",
        "Location, location, location: it is all about location.",
        "They sang na na na na na na and blah blah blah blah.",
        "They are the best of the best, sir, the recruit said.",
        "Take me off, take me off, take me off, take me off, she sings.",
        "He won 6-4 6-4 6-4 6-4 and 1 1 1 1 0.",
        "It got on and on and on and on and on.",
    ],
    lexicon: "",
    check,
};

/// Copies that no chant has.
const MANY: u32 = 6;

fn check(doc: &Document, sink: &mut Sink) {
    for echo in &doc.seams().echoes {
        let copies = echo.copies();
        if copies < 3 {
            continue;
        }
        let (start, end) = (echo.start as usize, echo.end as usize);
        let tokens = &doc.tokens[start..end];
        let quoted = tokens.iter().any(|t| t.kind == Kind::Quote);
        let marked = tokens
            .iter()
            .any(|t| !matches!(t.kind, Kind::Word | Kind::Number));
        let period = echo.period as usize;
        let copy: Vec<_> = tokens
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .take(period)
            .collect();
        let words = copy.iter().all(|t| t.kind == Kind::Word);
        let names = copy.iter().all(|t| t.has(Shape::CAPITAL));
        let doubled = copy.iter().all(|t| t.is(class::DOUBLED));
        // “on and on and on”: a word and what joins it to itself.
        let idiom = period == 2
            && copy
                .iter()
                .any(|t| t.is(class::CONJUNCTIONS) || t.is(class::PREPOSITIONS))
            && copies < MANY;
        let enough = match period {
            1 => copies >= 4 && tokens.iter().all(|t| t.is(class::FUNCTION_WORDS)),
            _ => (echo.words + echo.period) >= 8 || copies >= MANY,
        };
        if !words || names || doubled || idiom || !enough || quoted || marked && copies < MANY {
            continue;
        }
        // One copy, and the words that begin the next and lead on.
        let keep = period + (echo.words % echo.period) as usize;
        let last = (start..end)
            .filter(|&t| doc.tokens[t].kind == Kind::Word)
            .nth(keep - 1)
            .unwrap_or(end - 1);
        let phrase = doc.slice(doc.span(start..start + period.min(end - start)));
        let once = doc.slice(doc.span(start..last + 1));
        sink.report(
            doc.span(start..end),
            format!("“{phrase}” comes {copies} times in a row: the translation got stuck. Translate the sentence anew from the Spanish."),
        )
        .suggest(once);
    }
}
