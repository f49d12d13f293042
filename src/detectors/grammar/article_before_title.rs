//! The rule `article-before-title`: “the president Sánchez”.
use crate::text::dates::capitalised;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// An article stands before a title and a name.
pub static RULE: Rule = Rule {
    id: "article-before-title",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "An article stands before a title and a name.",
    why: "*El presidente Sánchez*, *la jueza Núñez*: Spanish titles keep their article before a name. English writes President Sánchez, Judge Núñez, or sets the name off with commas.",
    flag: &[
        "{The king=>King} Felipe opened the session.",
        "At noon {the king=>King} Felipe VI spoke.",
        "A penalty was not awarded by {the judge=>Judge} Piero Maldonado.",
        "It was {the prime minister=>Prime Minister} Pedro Sánchez who called.",
        "The lawsuit names {the general=>General} Luis Ortega and his aide.",
    ],
    pass: &[
        "He is the president America deserves.",
        "The president, Pedro Sánchez, called.",
        "The president Tuesday signed the bill.",
        "It is the king Spain lost in 1931.",
        "President Sánchez met the minister.",
        "The actor Brad Pitt was there.",
        "The general Election Commission rules apply.",
        "The judge Monday set bail.",
        "The captain England needed was hurt.",
        "The mayor Londoners love has gone.",
        "The president Putin once trusted is gone.",
        "The deputy Labour leader spoke.",
        "The prince Harry wrote about is his brother.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/article-before-title.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (from, to) = (hit.from as usize, hit.to as usize);
        // “the prime minister” has two words
        let name = from + 2 + usize::from(!doc.tokens[from + 2].has(Shape::CAPITAL));
        let lower = (from + 1..name).all(|t| !doc.tokens[t].has(Shape::CAPITAL));
        let hyphen = doc.plain[hit.span(doc).range()].contains('-');
        if !lower || hyphen || name >= to || !is_person(doc, name, to) {
            continue;
        }
        let title: Vec<String> = (from + 1..name).map(|t| capitalised(doc.text(t))).collect();
        let better = title.join(" ");
        sink.report(
            doc.span(from..name),
            format!(
                "A title before a name has no article: {better} {}.",
                doc.text(name)
            ),
        )
        .spanish(hit.spanish())
        .suggest(better);
    }
}

/// Whether the capitalised words from `name` on name the holder of the title and do not begin a
/// clause (“the president America deserves”), a date or another title.
fn is_person(doc: &Document, name: usize, to: usize) -> bool {
    let first = &doc.tokens[name];
    let other = [
        class::COUNTRIES,
        class::DEMONYMS,
        class::WEEKDAYS,
        class::MONTHS,
        class::FUNCTION_WORDS,
    ];
    if other.iter().any(|&list| first.is(list))
        || first.has(Shape::ALL_CAPS)
        || doc.tokens[to - 1].has(Shape::POSSESSIVE)
    {
        return false;
    }
    if to - name > 1 {
        return !(name + 1..to).any(|t| {
            doc.tokens[t].has(Shape::ALL_CAPS)
                && !doc.text(t).bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
                || doc.tokens[t].is(class::OFFICES)
        }) && !is_body(doc, to - 1);
    }
    // One name: another clause may begin with it. Only a mark, a preposition or a verb of saying
    // makes sure that it does not.
    doc.tokens.get(to).is_none_or(|next| match next.kind {
        Kind::Word => {
            next.is(class::PREPOSITIONS) && doc.text(to) != "about"
                || matches!(
                    doc.text(to),
                    "said"
                        | "says"
                        | "met"
                        | "opened"
                        | "announced"
                        | "and"
                        | "told"
                        | "arrived"
                        | "signed"
                        | "received"
                        | "visited"
                        | "spoke"
                        | "gave"
                        | "has"
                        | "will"
                        | "is"
                        | "was"
                        | "called"
                        | "denied"
                        | "asked"
                        | "assured"
                        | "explained"
                )
        }
        _ => true,
    })
}

/// “the general Election Commission rules”
fn is_body(doc: &Document, last: usize) -> bool {
    matches!(
        doc.text(last),
        "Commission"
            | "Committee"
            | "Council"
            | "Court"
            | "Assembly"
            | "Party"
            | "Union"
            | "Office"
            | "House"
            | "Hospital"
            | "Secretary"
            | "Club"
            | "League"
            | "Cup"
            | "Act"
    )
}
