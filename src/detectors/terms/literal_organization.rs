//! The rule `literal-organization`: its lexicon, and the later mentions of a body that it found.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status, lexicon};
use std::collections::BTreeMap;

/// The name of the body is translated word for word; it has an English name.
pub static RULE: Rule = Rule {
    id: "literal-organization",
    group: Group::Terms,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::WrongTerm,
    summary: "The name of the body is translated word for word; it has an English name.",
    why: "International and state bodies have official or customary English names. *Organización del Tratado de Seguridad Colectiva* is the Collective Security Treaty Organization, whatever the order of the Spanish words.",
    flag: &[],
    pass: &["The Audience Award went to him, and the Board of the Federal Reserve met."],
    lexicon: include_str!("../../../corpora/lexicon/literal-organization.toml"),
    check,
};

/// Words that a story goes on with for the whole name, if the translation of the name was wrong.
const HEADS: [&str; 30] = [
    "Advocacy",
    "Audience",
    "Auditory",
    "Bag",
    "Board",
    "Chapter",
    "Commissary",
    "Comptrollership",
    "Consistory",
    "Controllership",
    "Counseling",
    "Counselling",
    "Courts",
    "Defensory",
    "Delegation",
    "Deputation",
    "Diputation",
    "Direction",
    "Fiscality",
    "Generality",
    "Governation",
    "Hearing",
    "Intendancy",
    "Lawyership",
    "Mayorship",
    "Meeting",
    "Prosecution",
    "Room",
    "Subdelegation",
    "Table",
];

/// Reports the hits, the same names elsewhere, and *the Audience* after *Provincial Audience*.
pub(crate) fn check(doc: &Document, sink: &mut Sink) {
    lexicon::report(doc, sink);
    lexicon::report_repeats(doc, sink);
    let hits = sink.hits();
    let mut heads = BTreeMap::new();
    for hit in hits {
        for t in hit.from as usize..hit.to as usize {
            let head = doc.base(t);
            let stays = || hit.replacements(doc).iter().any(|f| f.contains(head));
            if HEADS.contains(&head) && !stays() {
                heads.entry(head).or_insert(hit);
            }
        }
    }
    if heads.is_empty() {
        return;
    }
    for at in 1..doc.tokens.len() {
        let Some(first) = heads.get(doc.base(at)) else {
            continue;
        };
        let new = lexicon::touching(hits, &(at..at + 1)).is_none();
        if new && stands_for_a_body(doc, at) {
            let message = format!("“{}” stands for the body named before.", doc.base(at));
            sink.report(doc.base_span(at), message)
                .spanish(first.spanish())
                .relate(first.span(doc), "named here");
        }
    }
}

/// Whether a word follows *the* and no further name follows it.
fn stands_for_a_body(doc: &Document, at: usize) -> bool {
    let next = doc.tokens.get(at + 1);
    let goes_on = next.is_some_and(|t| {
        t.kind == Kind::Hyphen
            || t.kind == Kind::Word && t.has(Shape::CAPITAL) && !t.is(class::FUNCTION_WORDS)
            || matches!(doc.text(at + 1), "of" | "for" | "on")
    });
    doc.text(at - 1) == "the" && !doc.tokens[at].has(Shape::ALL_CAPS) && !goes_on
}

#[cfg(test)]
mod tests {
    use crate::{Document, Linter};

    #[test]
    fn later_mentions_of_a_body() {
        let text = "The Provincial Audience of Lugo acquitted him. Outside the Audience he smiled. The audience clapped. The Audience of Lugo closed; the Audience Award went to him.";
        let found = Linter::new([&super::RULE], false).check(&Document::plain(text));
        let words: Vec<_> = found
            .iter()
            .map(|f| &text[f.span.start as usize..f.span.end as usize])
            .collect();
        assert_eq!(words[..2], ["Provincial Audience", "Audience"]);
        assert!(!text[found[1].span.start as usize..].contains("Outside"));
        assert!(
            found
                .iter()
                .all(|f| !text[f.span.start as usize..].starts_with("Audience Award"))
        );
    }
}
