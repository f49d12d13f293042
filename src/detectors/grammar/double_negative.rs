//! The rule `double-negative`: “did not say nothing”.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// Two negatives stand for one.
pub static RULE: Rule = Rule {
    id: "double-negative",
    group: Group::Grammar,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "Two negatives stand for one.",
    why: "*No dijo nada* has two negatives and one denial. In standard English two negatives deny each other: “did not say nothing” says that something was said.",
    flag: &[
        "The police have not found {nobody=>anybody} in the house.",
        "She didn’t accept {never=>ever} the verdict.",
        "The party did not vote {neither=>either}, its leader said.",
        "He has not told {no one=>anyone} where he was.",
    ],
    pass: &[
        "It was not for nothing that he came.",
        "“I ain’t seen nothing, I don’t know nobody,” he said.",
        "The law is not about nothing.",
        "He did not say never, only not yet.",
        "You should not do nothing.",
        "They did not know that nobody was there.",
        "It did not matter: nothing changed.",
        "They are killing us, so I don't think nobody should go.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/double-negative.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (start, from) = (hit.start as usize, hit.from as usize);
        let verb = start + 1;
        let helped = doc.text(start).contains('t') && doc.text(start) != "not"
            || start > 0
                && matches!(
                    doc.text(start - 1),
                    "did" | "does" | "do" | "has" | "have" | "had"
                );
        let is_verb = (doc.is_infinitive(verb) || doc.is_participle(verb))
            && !matches!(
                doc.text(verb),
                "do" | "done" | "be" | "mean" | "say" | "said" | "think" | "know" | "believe"
            )
            || doc.text(verb) == "say" && doc.text(from) != "never";
        // People speak like this.
        let spoken = doc
            .tokens_of(doc.sentence_of(start))
            .any(|t| doc.tokens[t].kind == Kind::Quote);
        if from != verb + 1
            || !helped
            || !is_verb
            || spoken
            || doc.tokens[verb].is(class::PREPOSITIONS)
        {
            continue;
        }
        let better = match doc.text(from) {
            "nothing" => "anything",
            "nobody" => "anybody",
            "no" => "anyone",
            "never" => "ever",
            "neither" => "either",
            _ => "any",
        };
        sink.report(
            hit.span(doc),
            format!("One negative is enough in English: “{better}”."),
        )
        .spanish(hit.spanish())
        .suggest(better);
    }
}
