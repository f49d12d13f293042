//! The rule `double-comparative`: “more easier”.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A comparative is compared again.
pub static RULE: Rule = Rule {
    id: "double-comparative",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "A comparative is compared again.",
    why: "Spanish compares with *más*: *más fácil*. A system that writes the English comparative and keeps the *más* gives “more easier”.",
    flag: &[
        "The exam was {more harder=>harder} than last year’s.",
        "Prices became {more cheaper=>cheaper}, the ministry said.",
        "He is the {most youngest=>youngest} mayor of all.",
    ],
    pass: &[
        "More younger voters than ever turned out.",
        "The city needs more smaller schools.",
        "There is more lower-cost housing.",
        "They want more better-paid jobs.",
        "Most oldest children inherit.",
        "It is easier to use and harder to break.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/double-comparative.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (from, to) = (hit.from as usize, hit.to as usize);
        let Some(before) = from.checked_sub(1) else {
            continue;
        };
        let next = doc.tokens.get(to);
        let superlative = doc.text(from) == "most";
        let compared = if superlative {
            matches!(doc.text(before), "the" | "its" | "his" | "their" | "our")
                && next.is_none_or(|t| t.kind != Kind::Hyphen)
        } else {
            // Not “there are more older people”: no noun follows, and the verb is a copula.
            let copula = matches!(
                doc.text(before),
                "is" | "are"
                    | "was"
                    | "were"
                    | "be"
                    | "been"
                    | "being"
                    | "becomes"
                    | "became"
                    | "become"
                    | "gets"
                    | "got"
                    | "get"
                    | "feels"
                    | "felt"
                    | "seems"
                    | "seemed"
                    | "much"
                    | "even"
                    | "far"
            );
            copula
                && next.is_none_or(|t| match t.kind {
                    Kind::Stop | Kind::Comma => true,
                    Kind::Word => {
                        doc.text(to) == "than" || t.is(class::PREPOSITIONS) || doc.text(to) == "and"
                    }
                    _ => false,
                })
        };
        if compared {
            let better = doc.text(to - 1);
            sink.report(
                hit.span(doc),
                format!("“{better}” is compared already; drop “{}”.", doc.text(from)),
            )
            .spanish(hit.spanish())
            .mend(better);
        }
    }
}
