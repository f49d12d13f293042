//! The rule `page-furniture`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// Furniture of the host page is taken for the story’s text.
pub static RULE: Rule = Rule {
    id: "page-furniture",
    group: Group::Structure,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Addition,
    summary: "Furniture of the host page is taken for the story’s text.",
    why: "Comment forms, share bars, cookie notes, the date line of the host page: what stands around a story is scraped with it. The reader of the translation should not see it.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/page-furniture.toml"),
    check: lexicon::report,
};
