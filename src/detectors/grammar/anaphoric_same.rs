//! The rule `anaphoric-same`: “the scope of the same”.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// “The same” stands for a pronoun.
pub static RULE: Rule = Rule {
    id: "anaphoric-same",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Unidiomatic,
    summary: "“The same” stands for a pronoun.",
    why: "Spanish officialese refers back with *el mismo*: *la ley y el alcance de la misma*. English says it, its or them; “the same” means no other.",
    flag: &[
        "The deputies received the report and a copy {of the same=>of it}, but did not read it.",
        "He is the owner of the flat and the tenant {of the same=>of it}.",
        "He read the law and the articles included {in the same=>in it}.",
    ],
    pass: &[
        "The next day brought a bit of the same.",
        "He was accused of theft and she was guilty of the same.",
        "We expect a lot of the same, he said.",
        "It was a repeat of the same.",
        "Coffee and tea are two versions of the same.",
        "All cats are one and the same.",
        "They were two of the same.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/anaphoric-same.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let from = hit.from as usize;
        let preposition = doc.text(from);
        let Some(head) = from
            .checked_sub(1)
            .filter(|&t| doc.tokens[t].kind == Kind::Word)
        else {
            continue;
        };
        let part = if preposition == "of" {
            // “the scope of the same”, not “more of the same”
            let noun = head > 0
                && (doc.tokens[head - 1].is(class::DETERMINERS)
                    || head > 1 && doc.tokens[head - 2].is(class::DETERMINERS));
            let amount = matches!(
                doc.text(head),
                "more"
                    | "lot"
                    | "lots"
                    | "bit"
                    | "repeat"
                    | "version"
                    | "versions"
                    | "case"
                    | "dose"
                    | "helping"
                    | "diet"
                    | "variation"
                    | "variations"
                    | "kind"
                    | "deal"
                    | "same"
                    | "much"
                    | "guilty"
                    | "capable"
                    | "rest"
                    | "all"
                    | "two"
                    | "years"
                    | "weeks"
                    | "months"
                    | "days"
                    | "season"
                    | "decade"
                    | "plenty"
                    | "serving"
            );
            noun && !amount
                && !doc.is_participle(head)
                && !doc.tokens[head].is(class::FUNCTION_WORDS)
        } else {
            doc.is_participle(head) && !doc.tokens[head].is(class::AUXILIARIES)
        };
        if part {
            let better = format!("{preposition} it");
            sink.report(
                hit.span(doc),
                "English refers back with it, its or them, not with “the same”.",
            )
            .spanish(hit.spanish())
            .suggest(better);
        }
    }
}
