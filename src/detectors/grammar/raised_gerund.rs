//! The rule `raised-gerund`: “seem having advised”.
use crate::lexicon::Hit;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// “Seem” is followed by an -ing form.
pub static RULE: Rule = Rule {
    id: "raised-gerund",
    group: Group::Grammar,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "“Seem” is followed by an -ing form.",
    why: "*Parecen haber aconsejado* is “seem to have advised”. A system that has learnt that Spanish infinitives are often English -ing forms writes “seem having advised”, which no English writer does.",
    flag: &[
        "Both clubs {appear having reached=>appear to have reached} an agreement.",
        "The storm {seems having been=>seems to have been} weaker there.",
        "The two sides {seem having already agreed=>seem to have already agreed} on a date.",
    ],
    pass: &[
        "It seems having a dog lowers the blood pressure.",
        "It would seem being elected was the easy part.",
        "They seem, having lost twice, to have given up.",
        "The suspect appeared being led away in handcuffs.",
        "To many it seems having been a minister helps.",
        "The team that seems having fun wins.",
        "The calls seem to have advised the Kremlin to intervene.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/raised-gerund.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (from, gerund) = (hit.from as usize, hit.to as usize - 1);
        let end = doc.tokens_of(doc.sentence_of(from)).end;
        // “already”, “probably” may stand before the participle.
        let Some(participle) = (gerund + 1..end.min(gerund + 3)).find(|&t| doc.is_participle(t))
        else {
            continue;
        };
        let between = &doc.plain
            [doc.tokens[gerund].span.end as usize..doc.tokens[participle].span.end as usize];
        if between.contains([',', ';', ':']) || !has_subject(doc, hit) {
            continue;
        }
        let verb = doc.text(from);
        let not = if gerund > from + 1 { " not" } else { "" };
        let to = if doc.text(gerund) == "being" {
            "be"
        } else {
            "have"
        };
        sink.report(
            doc.span(from..participle + 1),
            format!("“{verb}” is followed by “to”, not by an -ing form."),
        )
        .spanish(hit.spanish())
        .mend(format!("{verb}{not} to {to}{between}"));
    }
}

/// Whether a noun comes before the verb: after “it”, the -ing form may be a subject of its own
/// (“it seems having a dog helps”).
fn has_subject(doc: &Document, hit: &Hit) -> bool {
    let start = doc.tokens_of(doc.sentence_of(hit.start as usize)).start;
    let mut nouns = 0;
    for t in (start..hit.from as usize)
        .rev()
        .take(4)
        .take_while(|&t| doc.tokens[t].kind == Kind::Word)
    {
        if doc.text(t).eq_ignore_ascii_case("it") {
            return false;
        }
        nouns += usize::from(!doc.tokens[t].is(class::FUNCTION_WORDS));
    }
    nouns > 0
}
