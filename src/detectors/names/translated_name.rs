//! The rule `translated-name`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// A name is translated as if it were a common word.
pub static RULE: Rule = Rule {
    id: "translated-name",
    group: Group::Names,
    severity: Severity::Critical,
    status: Status::Stable,
    mqm: Mqm::DoNotTranslate,
    summary: "A name is translated as if it were a common word.",
    why: "Surnames, parties, papers and clubs that are also words get translated: *Pablo Iglesias* becomes Pablo Churches, *El País* the newspaper The Country. Names stay.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/translated-name.toml"),
    check: lexicon::report,
};
