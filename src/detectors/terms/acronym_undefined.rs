//! The rule `acronym-undefined`: an acronym that the story never explains.
use crate::words::class;
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};
use std::collections::BTreeSet;

/// An acronym that few readers know is never explained.
pub static RULE: Rule = Rule {
    id: "acronym-undefined",
    group: Group::Terms,
    severity: Severity::Neutral,
    status: Status::Stable,
    mqm: Mqm::TextualConventions,
    summary: "An acronym that few readers know is never explained.",
    why: "The Spanish reader knows the acronyms of Spanish life, and a translation cut from its context loses the place where one was explained. Give the name at the first mention.",
    flag: &[
        "Kazakhstan belongs to the {CSTO} and is a neighbour of Russia.",
        "The minister met the {CGTP} on Monday to talk about wages.",
        "A report of the {INAI} says so. The INAI is independent.",
    ],
    pass: &[
        "The Collective Security Treaty Organization (CSTO) met. The CSTO has six members.",
        "The CSTO (Collective Security Treaty Organization) met.",
        "NATO and the EU agreed with the US, the BBC said.",
        "Charles III met Pope John XXIII’s biographer.",
        "THE GOVERNMENT FALLS. It was late.",
        "The Collective Security Treaty Organization, or CSTO, met.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let defined: BTreeSet<&str> = doc
        .definitions()
        .iter()
        .map(|d| doc.base(d.acronym))
        .collect();
    for &at in doc.caps() {
        let at = at as usize;
        let token = &doc.tokens[at];
        let text = doc.base(at);
        let known = token.is(class::COMMON_ACRONYMS);
        if !(3..=6).contains(&text.len())
            || known
            || !text.is_ascii()
            || token.has(Shape::DIGIT)
            || is_roman(text)
        {
            continue;
        }
        if !seen.insert(text) || defined.contains(text) {
            continue;
        }
        let block = &doc.blocks[doc.block_of(at)];
        if block.kind == BlockKind::Body && !shouted(doc, at) && !explained_beside(doc, at) {
            sink.report(
                doc.base_span(at),
                format!("“{text}” is not explained in this story. Give the name at the first mention, or leave the acronym out."),
            );
        }
    }
}

fn is_roman(text: &str) -> bool {
    text.bytes()
        .all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
}

/// Whether a word in capitals stands beside: a heading, a name in capitals.
fn shouted(doc: &Document, at: usize) -> bool {
    [at.wrapping_sub(1), at + 1]
        .iter()
        .any(|&t| doc.tokens.get(t).is_some_and(|t| t.has(Shape::ALL_CAPS)))
}

/// Whether brackets, “or” or a comma beside it hold the name.
fn explained_beside(doc: &Document, at: usize) -> bool {
    let kind = |t: usize| doc.tokens.get(t).map(|t| t.kind);
    // `CSTO (Collective …)`, `(NYSE: AAPL)`, an acronym that ends a bracket.
    let bracket = [at.wrapping_sub(1), at + 1].into_iter().any(|t| {
        matches!(
            kind(t),
            Some(Kind::Open | Kind::Close | Kind::Dash | Kind::Colon)
        )
    });
    let or = at
        .checked_sub(1)
        .is_some_and(|t| matches!(doc.text(t), "or" | "as" | "initials" | "acronym"));
    bracket || or
}
