//! The rule `calque`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// The phrase is put together the Spanish way.
pub static RULE: Rule = Rule {
    id: "calque",
    group: Group::Lexis,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Unidiomatic,
    summary: "The phrase is put together the Spanish way.",
    why: "The words are English, the pattern is not: *una pieza clave en todo este entramado*, *ante Putin*, *en su entorno*. English news has another phrase, or none, for it.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/calque.toml"),
    check: lexicon::report,
};
