//! The rule `spanish-exonym`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// The place has its Spanish name; English has another.
pub static RULE: Rule = Rule {
    id: "spanish-exonym",
    group: Group::Names,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Untranslated,
    summary: "The place has its Spanish name; English has another.",
    why: "*Londres*, *Pekín*, *Moscú* are the Spanish names of places that English readers know as London, Beijing, Moscow.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/spanish-exonym.toml"),
    check: lexicon::report,
};
