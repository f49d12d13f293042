//! The rule `agency-tag`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// An agency’s dateline or credit in the Spanish form is left in the text.
pub static RULE: Rule = Rule {
    id: "agency-tag",
    group: Group::Structure,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Markup,
    summary: "An agency’s dateline or credit in the Spanish form is left in the text.",
    why: "Spanish wires open with place, day, month and agency, *MADRID, 12 Ene. (EUROPA PRESS) -*, and close with credits. An English story has its own dateline, and credits stand under pictures.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/agency-tag.toml"),
    check: lexicon::report,
};
