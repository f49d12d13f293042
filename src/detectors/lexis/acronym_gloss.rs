//! The rule `acronym-gloss`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// The gloss of an acronym is translated from the Spanish formula.
pub static RULE: Rule = Rule {
    id: "acronym-gloss",
    group: Group::Lexis,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Unidiomatic,
    summary: "The gloss of an acronym is translated from the Spanish formula.",
    why: "Spanish explains foreign initials with *por sus siglas en inglés*; English gives the name and the acronym, and no formula: the World Health Organization (WHO). Where the initials are foreign to the reader: “known by its Russian initials, ODKB”.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/acronym-gloss.toml"),
    check: lexicon::report,
};
