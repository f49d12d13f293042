//! The rule `repeated-word`: a word or a short phrase stands there twice.
use crate::text::echoes::Echo;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A word or a short phrase stands there twice.
pub static RULE: Rule = Rule {
    id: "repeated-word",
    group: Group::Structure,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Addition,
    summary: "A word or a short phrase stands there twice.",
    why: "At the seam of two segments the translation gives the same word to both, and a Spanish term with its gloss in brackets comes out as the same words twice: *OPA (takeover bid)* becomes *takeover bid (takeover bid)*. English prints it once.",
    flag: &[
        "A corner sent {the the=>the} ball into the net.",
        "He said the most important thing {is is=>is} the institution.",
        "The goalkeeper sent the {ball ball=>ball} over the bar.",
        "The shelters are open and the {Government government=>Government} will hand out mats.",
        "It lies at the bottom of {what appears what appears=>what appears} to be a tunnel.",
        "It is one of the longest ports in the {world. world=>world}. Rain forced 14 cyclists to stop.",
        "The judge protected {the rest. the rest=>the rest}. Nobody else spoke.",
        "They need not launch a {takeover bid (takeover bid)=>takeover bid} for all the shares.",
    ],
    pass: &[
        "He had had enough, and he said that that was that.",
        "It was a very, very long day, and no, no one slept.",
        "They played “Spend Spend Spend” and Duran Duran in Walla Walla.",
        "What it is is a scandal. What he is is a liar.",
        "We must understand it. It is not just a question of money.",
        "We win. Win again and you are champions.",
        "He gave her her coat. The bling-bling and the B&B were gone.",
        "It got redder and redder and redder, day after day after day.",
        "They sang it over and over and over. I think I think too much, she said.",
        "He came in in May, and the fight went on on Sunday.",
        "The best of the best came from town to town to sell.",
        "Mark marked him. Will will be there. The wine cost 10 10-cent coins.",
        "It has to get done get done early, she says of the list.",
        "The FIRST Global contest was the first FIRST contest.",
        "He paid (he says) in cash, and ten (10) men saw it.",
        "“Knock knock.” “Who is there?” Bye bye, the singer said.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/repeated-word.toml"),
    check,
};

/// Longer echoes are repeated passages.
const LONGEST: u32 = 4;

fn check(doc: &Document, sink: &mut Sink) {
    if !sink.suspected(doc) {
        return;
    }
    both_genders(doc, sink);
    for echo in &doc.seams().echoes {
        // Three copies and more are a loop, or a chant.
        if echo.period > LONGEST || echo.words < echo.period || echo.copies() > 2 {
            continue;
        }
        let period = echo.period as usize;
        let first = words(doc, echo.start as usize, period);
        let second = words(doc, echo.again as usize, period);
        let (start, end) = (first[0], second[period - 1] + 1);
        let Some(gap) = gap(doc, first[period - 1], second[0], end) else {
            continue;
        };
        let inner = |w: &[usize]| w.windows(2).all(|p| p[0] + 1 == p[1]);
        let same = first
            .iter()
            .zip(&second)
            .all(|(&a, &b)| doc.text(a).to_lowercase() == doc.text(b).to_lowercase());
        if !inner(&first) || !inner(&second) || !same {
            continue;
        }
        let wrong = match gap {
            Gap::Bracket => doc
                .text(second[0])
                .chars()
                .next()
                .is_some_and(char::is_lowercase),
            Gap::Stop => after_stop(doc, second[0]),
            Gap::None if period == 1 => one(doc, echo),
            Gap::None => phrase(doc, &first),
        };
        if !wrong {
            continue;
        }
        let end = end + usize::from(gap == Gap::Bracket);
        let once = doc.slice(doc.span(start..first[period - 1] + 1));
        let finding = sink.report(
            doc.span(start..end),
            format!("“{once}” stands here twice. Delete one."),
        );
        let function = period == 1 && doc.tokens[start].is(class::FUNCTION_WORDS);
        match function && gap == Gap::None {
            true => finding.mend(once),
            false => finding.suggest(once),
        };
    }
}

/// *workers and workers*, for *trabajadores y trabajadoras*.
fn both_genders(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (first, last) = (
            doc.tokens[hit.from as usize],
            doc.tokens[hit.to as usize - 1],
        );
        if first.word == last.word {
            let once = doc.slice(first.span);
            sink.report(
                hit.span(doc),
                format!("Spanish names both genders here; English has one word for them. Write “{once}” once."),
            )
            .spanish(hit.spanish())
            .suggest(once);
        }
    }
}

/// What stands between the copies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Stop,
    Bracket,
}

/// The tokens of `count` words from `start` on.
fn words(doc: &Document, start: usize, count: usize) -> Vec<usize> {
    (start..doc.tokens.len())
        .filter(|&t| matches!(doc.tokens[t].kind, Kind::Word | Kind::Number))
        .take(count)
        .collect()
}

/// What stands between the last word of the first copy and the first of the second.
fn gap(doc: &Document, last: usize, next: usize, end: usize) -> Option<Gap> {
    let between = &doc.tokens[last + 1..next];
    match between {
        [] => doc.tokens[next].spaced().then_some(Gap::None),
        [one] if one.kind == Kind::Stop && one.span.len() == 1 && doc.mark(last + 1) == '.' => {
            (!one.spaced() && doc.tokens[next].spaced()).then_some(Gap::Stop)
        }
        [one] if one.kind == Kind::Open => {
            let closed = doc.tokens.get(end).is_some_and(|t| t.kind == Kind::Close);
            closed.then_some(Gap::Bracket)
        }
        _ => None,
    }
}

/// *world. world*: the second copy does not open a sentence.
fn after_stop(doc: &Document, second: usize) -> bool {
    let token = &doc.tokens[second];
    token.kind == Kind::Word
        && !token.has(Shape::CAPITAL)
        && !token.is(class::LOWER_CASE_NAMES)
        && !token.is(class::ABBREVIATIONS)
}

/// A single word twice, unless English does so on purpose.
fn one(doc: &Document, echo: &Echo) -> bool {
    let (first, second) = (echo.start as usize, echo.again as usize);
    let (a, b) = (&doc.tokens[first], &doc.tokens[second]);
    let letters = a.kind == Kind::Word && a.span.len() > 1 && a.span.len() == b.span.len();
    // Names are doubled, *Duran Duran*, and are verbs, *Mark marked*.
    let capital = match (a.has(Shape::CAPITAL), b.has(Shape::CAPITAL)) {
        (false, false) => true,
        (true, false) => {
            !a.is(class::AUXILIARIES) && (a.is(class::FUNCTION_WORDS) || a.span.len() > 4)
        }
        _ => false,
    };
    let joined = |t: usize| {
        doc.tokens.get(t).is_some_and(|t| {
            !t.spaced() && matches!(t.kind, Kind::Hyphen | Kind::Symbol | Kind::Quote)
        })
    };
    // “What it is is a scandal”: the first ends a clause.
    let clause = a.is(class::AUXILIARIES) && first > 0 && {
        let before = &doc.tokens[first - 1];
        before.is(class::SUBJECT_PRONOUNS)
            || !before.is(class::FUNCTION_WORDS) && after_what(doc, first)
    };
    letters
        && capital
        && !a.is(class::DOUBLED)
        && !a.has(Shape::POSSESSIVE)
        && !joined(second + 1)
        && !(first > 0 && joined(first - 1) || joined(first))
        && !clause
}

/// Whether the sentence of a token asks or names something with `what`, `who`, `where` before it.
fn after_what(doc: &Document, token: usize) -> bool {
    let sentence = doc.tokens_of(doc.sentence_of(token));
    (sentence.start.max(token.saturating_sub(8))..token).any(|t| {
        ["what", "who", "where", "how", "all"]
            .iter()
            .any(|w| doc.text(t).eq_ignore_ascii_case(w))
    })
}

/// A phrase twice: it holds a function word, and is no pattern like *day after day after day*.
fn phrase(doc: &Document, words: &[usize]) -> bool {
    let tokens = words.iter().map(|&t| &doc.tokens[t]);
    let names = tokens
        .clone()
        .all(|t| t.has(Shape::CAPITAL) || t.kind != Kind::Word);
    let function = tokens
        .clone()
        .filter(|t| t.is(class::FUNCTION_WORDS))
        .count();
    let joins = tokens
        .clone()
        .filter(|t| t.is(class::CONJUNCTIONS) || t.is(class::PREPOSITIONS))
        .count();
    // “day after day after day”, “over and over and over”.
    let linked = tokens.clone().any(|t| t.is(class::CONJUNCTIONS));
    let pattern = words.len() == 2 && (linked || joins == 1 && function == 1);
    let doubled = tokens.clone().all(|t| t.is(class::DOUBLED));
    // “I think I think too much”: speech.
    let spoken = doc.tokens[words[0]].is(class::SUBJECT_PRONOUNS);
    function > 0 && !names && !pattern && !doubled && !spoken
}
