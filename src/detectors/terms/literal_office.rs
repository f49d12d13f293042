//! The rule `literal-office`: its lexicon, and later mentions as in `literal-organization`.
use crate::{Group, Mqm, Rule, Severity, Status};

/// The office is translated word for word; English has another title for it.
pub static RULE: Rule = Rule {
    id: "literal-office",
    group: Group::Terms,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::WrongTerm,
    summary: "The office is translated word for word; English has another title for it.",
    why: "Spain’s *presidente del Gobierno* is its prime minister; a *consejero* of a region is a regional minister. The literal title tells the reader of another office.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/literal-office.toml"),
    check: super::literal_organization::check,
};
