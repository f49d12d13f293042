//! The rule `spanish-transliteration`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// The name is spelt as Spanish transliterates it.
pub static RULE: Rule = Rule {
    id: "spanish-transliteration",
    group: Group::Names,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Spelling,
    summary: "The name is spelt as Spanish transliterates it.",
    why: "Spanish writes Russian, Arabic or Persian names by its own sounds: *Tokáyev*, *Shoigú*, *Jamenei*. English papers write Tokayev, Shoigu, Khamenei; a system often converts half of the name.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/spanish-transliteration.toml"),
    check: lexicon::report,
};
