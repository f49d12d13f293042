//! The rule `perfect-with-date`: “has announced this Monday”.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// The perfect stands with a day that is over.
pub static RULE: Rule = Rule {
    id: "perfect-with-date",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "The perfect stands with a day that is over.",
    why: "In Spain the news of the day is in the perfect: *ha anunciado este lunes*. English takes the simple past as soon as the day is named: “announced on Monday”.",
    flag: &[
        "The court {has rejected=>rejected} yesterday the appeal.",
        "The party {has also confirmed=>also confirmed} on Tuesday that it will vote against.",
        "Two people {have died=>died} last night in a fire.",
        "The police {have arrested=>arrested} two men this Friday.",
        "The prosecutor {has asked} the judge last week for a warrant.",
    ],
    pass: &[
        "The price has risen since last Monday.",
        "He must have died on Monday, the coroner said.",
        "They claim to have met last week.",
        "She has worked on Saturday nights for years.",
        "The shops have opened on Sunday mornings.",
        "He would have signed last year if asked.",
        "Sales have fallen from last year’s peak.",
        "He has until Monday to pay.",
        "The firm has warned that on Monday prices will rise.",
        "They have a game on Saturday.",
        "Had they voted yesterday, he would have won.",
        "The team has won twice this year, and last week it drew.",
        "Costs have doubled compared with last year.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/perfect-with-date.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (from, to) = (hit.from as usize, hit.to as usize);
        let named = doc.tokens[to - 1].is(class::WEEKDAYS);
        let date = if doc.text(to - 1) == "yesterday" {
            to - 1
        } else {
            to - 2
        };
        let Some(participle) =
            (from + 1..date.min(from + 3)).find(|&t| doc.is_participle(t) && doc.text(t) != "had")
        else {
            continue;
        };
        if is_real(doc, from)
            || date > participle + 3
            || !is_plain(doc, participle, date)
            || named && !ends_date(doc, to)
            || doc.tokens[to - 1].has(Shape::POSSESSIVE)
        {
            continue;
        }
        let verb = doc.text(participle);
        let adverb = if participle > from + 1 {
            format!("{} ", doc.text(from + 1))
        } else {
            String::new()
        };
        let finding = sink
            .report(
                doc.span(from..participle + 1),
                "The day is over, so English takes the simple past.",
            )
            .spanish(hit.spanish());
        // The past of regular verbs is the participle.
        if verb.ends_with("ed") && participle < date {
            finding.suggest(format!("{adverb}{verb}"));
        }
    }
}

/// Whether the perfect is one after a modal verb, an infinitive or a question.
fn is_real(doc: &Document, from: usize) -> bool {
    from > 0
        && matches!(
            doc.text(from - 1),
            "must"
                | "may"
                | "might"
                | "could"
                | "would"
                | "should"
                | "will"
                | "to"
                | "can’t"
                | "cannot"
                | "couldn’t"
                | "not"
                | "can't"
                | "couldn't"
        )
}

/// Whether only an object stands between the participle and the day: no preposition that makes
/// the day an end or a measure, no second clause.
fn is_plain(doc: &Document, participle: usize, date: usize) -> bool {
    (participle + 1..date).all(|t| {
        let token = &doc.tokens[t];
        token.kind == Kind::Word
            && !token.is(class::PREPOSITIONS)
            && !token.is(class::AUXILIARIES)
            && !matches!(
                doc.text(t),
                "that"
                    | "since"
                    | "and"
                    | "than"
                    | "but"
                    | "compared"
                    | "when"
                    | "which"
                    | "only"
                    | "twice"
            )
    })
}

/// Whether nothing hangs on the day: “on Saturday nights”.
fn ends_date(doc: &Document, to: usize) -> bool {
    doc.tokens.get(to).is_none_or(|t| {
        t.kind != Kind::Word
            || t.is(class::PREPOSITIONS)
            || t.is(class::DETERMINERS)
            || matches!(
                doc.text(to),
                "that" | "and" | "but" | "after" | "morning" | "evening" | "afternoon"
            )
    })
}
