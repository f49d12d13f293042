//! The rule `cms-residue`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// A widget of the newsroom’s system is left in the text, translated.
pub static RULE: Rule = Rule {
    id: "cms-residue",
    group: Group::Structure,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Markup,
    summary: "A widget of the newsroom’s system is left in the text, translated.",
    why: "Spanish sites build pages from macros and widgets: related stories, premium notes, *Noticia Relacionada estandar No*. A scraper takes their text for the story’s, and the translation glues them into a sentence.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/cms-residue.toml"),
    check: lexicon::report,
};
