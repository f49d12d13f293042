//! The rule `outdated-exonym`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// English style has moved on to another spelling of this place.
pub static RULE: Rule = Rule {
    id: "outdated-exonym",
    group: Group::Names,
    severity: Severity::Neutral,
    status: Status::Stable,
    mqm: Mqm::Spelling,
    summary: "English style has moved on to another spelling of this place.",
    why: "Most English newsrooms now take Ukrainian places from Ukrainian (Kyiv, Luhansk, Zaporizhzhia). Spanish papers, and systems trained on older texts, keep the Russian forms. House styles differ: advice only.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/outdated-exonym.toml"),
    check: lexicon::report,
};
