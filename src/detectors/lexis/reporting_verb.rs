//! The rule `reporting-verb`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// Spanish varies its verbs of saying; English news says “said”.
pub static RULE: Rule = Rule {
    id: "reporting-verb",
    group: Group::Lexis,
    severity: Severity::Neutral,
    status: Status::Stable,
    mqm: Mqm::Unidiomatic,
    summary: "Spanish varies its verbs of saying; English news says “said”.",
    why: "*Aseguró*, *apostilló*, *zanjó*, *recriminó*: Spanish style avoids repeating *dijo*. Rendered one by one they claim more than was said (to *assure* or *sentence*), or are no English verbs of saying at all.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/reporting-verb.toml"),
    check: lexicon::report,
};
