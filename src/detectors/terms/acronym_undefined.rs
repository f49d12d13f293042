//! The rule `acronym-undefined`: an acronym that the story never explains.
use crate::text::acronyms::defined;
use crate::words::class;
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};
use std::collections::BTreeMap;

/// An acronym that few readers know is never explained.
pub static RULE: Rule = Rule {
    id: "acronym-undefined",
    group: Group::Terms,
    severity: Severity::Neutral,
    status: Status::Preview,
    mqm: Mqm::TextualConventions,
    summary: "An acronym that few readers know is never explained.",
    why: "The Spanish reader knows the acronyms of Spanish life, and a translation cut from its context loses the place where one was explained. Give the name at the first mention.",
    flag: &[
        "Kazakhstan belongs to the {CSTO} and is a neighbour of Russia. The CSTO has six members.",
        "The minister met the {CGTP} on Monday to talk about wages. The CGTP called a strike.",
        "A report of the {IPCE} says so. The IPCE restored the altar.",
    ],
    pass: &[
        "The Collective Security Treaty Organization (CSTO) met. The CSTO has six members.",
        "The CSTO (Collective Security Treaty Organization) met. The CSTO has six members.",
        "NATO and the EU agreed with the US, the BBC said. NATO will grow, the BBC said.",
        "Charles III met Pope John XXIII’s biographer. Charles III was pleased.",
        "THE GOVERNMENT FALLS. THE KING WAITS. THE END.",
        "The Collective Security Treaty Organization, or CSTO, met. The CSTO has six members.",
        "A reader of this story will not miss the name of the IPCE.",
        "The PSOE and the PRI voted; the PSOE won, and the PRI lost.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let defined = defined(doc);
    let mut mentions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in doc.caps() {
        let at = at as usize;
        let text = doc.base(at);
        if (3..=6).contains(&text.len())
            && text.is_ascii()
            && ![class::COMMON_ACRONYMS, class::KEPT_ACRONYMS]
                .iter()
                .any(|&c| doc.tokens[at].is(c))
            && !is_roman(text)
            && !sink.style().acronyms.iter().any(|known| known == text)
        {
            mentions.entry(text).or_default().push(at);
        }
    }
    for (text, places) in mentions {
        // One mention in passing does not call for a name.
        if places.len() < 2 || defined.contains(text) || doc.tokens[places[0]].has(Shape::DIGIT) {
            continue;
        }
        let explained = |&at: &usize| {
            shouted(doc, at)
                || explained_beside(doc, at)
                || doc.blocks[doc.block_of(at)].kind != BlockKind::Body
        };
        if !places.iter().any(explained) {
            sink.report(
                doc.base_span(places[0]),
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
