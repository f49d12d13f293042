//! The rule `spanish-acronym`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// The acronym is the Spanish one; English has its own.
pub static RULE: Rule = Rule {
    id: "spanish-acronym",
    group: Group::Terms,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::WrongTerm,
    summary: "The acronym is the Spanish one; English has its own.",
    why: "Bodies that have a name in each language have an acronym in each: OTAN is NATO, OTSC is CSTO. Systems translate the name and leave the acronym.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/spanish-acronym.toml"),
    check: lexicon::report,
};
