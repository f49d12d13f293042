//! The rule `false-friend`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// This English word is used in the sense of its Spanish look-alike.
pub static RULE: Rule = Rule {
    id: "false-friend",
    group: Group::Lexis,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Mistranslation,
    summary: "This English word is used in the sense of its Spanish look-alike.",
    why: "*Actual*, *celebrar*, *asistir*, *telemático* have English look-alikes, or first meanings in the dictionary, that mean something else. The rule knows them by the company they keep, never by the bare word.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/false-friend.toml"),
    check: lexicon::report,
};
