//! The rule `literal-idiom`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// A Spanish idiom is translated word for word.
pub static RULE: Rule = Rule {
    id: "literal-idiom",
    group: Group::Lexis,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Mistranslation,
    summary: "A Spanish idiom is translated word for word.",
    why: "Fixed expressions mean something else than their words: *poner toda la carne en el asador* is to go all out, and nothing is grilled. A system that has not seen the idiom often enough renders the words. Say what is meant, or use the English idiom.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/literal-idiom.toml"),
    check: lexicon::report,
};
