//! The rule `since-duration`: “since five months”.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// “Since” stands before a length of time.
pub static RULE: Rule = Rule {
    id: "since-duration",
    group: Group::Grammar,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "“Since” stands before a length of time.",
    why: "*Desde hace cinco meses* is “for five months”: English “since” wants a moment, “for” a length of time.",
    flag: &[
        "He has lived in Lima {since more than 20 years=>for more than 20 years}.",
        "{Since two weeks=>For two weeks}, the lift has been out of order.",
        "The plant is shut {since a month=>for a month}, the firm said.",
    ],
    pass: &[
        "It is five months since the vote.",
        "Since 20 years is a long time, he kept notes.",
        "Since two weeks before the vote, polls are banned.",
        "Since 12 months of data are needed, the study goes on.",
        "He has been away since a month earlier.",
        "Since many days passed without news, they gave up.",
        "She has played since 1999.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/since-duration.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (from, to) = (hit.from as usize, hit.to as usize);
        // “since 20 years is a long time”, “since many days passed”: a clause of its own
        let clause = doc.tokens.get(to).is_some_and(|t| {
            t.is(class::AUXILIARIES)
                || doc.is_past(to)
                || t.kind == Kind::Hyphen
                || t.kind == Kind::Quote
                || matches!(doc.text(to), "pass" | "go" | "may")
        });
        if clause {
            continue;
        }
        let word = if doc.text(from) == "Since" {
            "For"
        } else {
            "for"
        };
        let rest = doc.slice(doc.span(from + 1..to));
        sink.report(
            hit.span(doc),
            "“Since” needs a moment; for a length of time English has “for”.",
        )
        .spanish(hit.spanish())
        .mend(format!("{word} {rest}"));
    }
}
