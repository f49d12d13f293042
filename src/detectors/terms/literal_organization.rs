//! The rule `literal-organization`: its lexicon is all there is to it.
use crate::{Group, Mqm, Rule, Severity, Status, lexicon};

/// The name of the body is translated word for word; it has an English name.
pub static RULE: Rule = Rule {
    id: "literal-organization",
    group: Group::Terms,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::WrongTerm,
    summary: "The name of the body is translated word for word; it has an English name.",
    why: "International and state bodies have official or customary English names. *Organización del Tratado de Seguridad Colectiva* is the Collective Security Treaty Organization, whatever the order of the Spanish words.",
    flag: &[],
    pass: &[],
    lexicon: include_str!("../../../corpora/lexicon/literal-organization.toml"),
    check: lexicon::report,
};
