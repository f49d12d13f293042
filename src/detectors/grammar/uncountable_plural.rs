//! The rule `uncountable-plural`: informations, advices, an information.
use crate::{Document, Group, Mqm, Rule, Severity, Shape, Sink, Status, lexicon};

/// The noun has no plural in English, nor “a” before it.
pub static RULE: Rule = Rule {
    id: "uncountable-plural",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "The noun has no plural in English, nor “a” before it.",
    why: "*Informaciones*, *consejos*, *muebles*, *ayudas* are plurals; information, advice, furniture and aid are not counted in English. Write the singular, or pieces of it.",
    flag: &[],
    pass: &[
        "The institute researches the causes of it.",
        "As the game progresses, the light fades.",
        "This evidences a change of mind.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/uncountable-plural.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        // The disease is no plural of aid.
        if !doc.tokens[hit.from as usize].has(Shape::ALL_CAPS) {
            lexicon::report_hit(doc, hit, sink);
        }
    }
}
