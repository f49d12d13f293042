//! The rule `day-calque`: “this Monday” for a day that is past.
use crate::lexicon::Hit;
use crate::text::numbers::ordinal;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// The day is named the Spanish way.
pub static RULE: Rule = Rule {
    id: "day-calque",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Unidiomatic,
    summary: "The day is named the Spanish way.",
    why: "*Este lunes* in a Spanish report is the Monday of the news, usually past; English “this Monday” is the one to come. *El pasado miércoles* is last Wednesday, *ayer martes* yesterday or Tuesday, *el pasado día 12* the 12th.",
    flag: &[
        "As soon as they met {this Monday=>on Monday} in the Kremlin, he spoke of gas.",
        "{This Thursday=>On Thursday} the court rejected the appeal.",
        "Congress has approved {this Tuesday=>on Tuesday} a new law.",
        "The meeting of {the past Friday=>last Friday} ended without a deal.",
        "She resigned {the past day 3=>on the 3rd}, sources said.",
        "The hearing is set for {the next day 16=>the 16th}, the judge said.",
    ],
    pass: &[
        "This Monday marks ten years since the attack.",
        "He said this Sunday’s game would be his last.",
        "The strike is due to start this Friday.",
        "The company said it will announce its results this Thursday.",
        "The last Monday of May was a holiday.",
        "He hoped to be fit for this Saturday, the club said.",
        "They voted by Tuesday and counted until Wednesday.",
        "The next day 16 people were arrested.",
        "Over the past Tuesdays the market was full.",
        "The band plays this Friday at the Apollo.",
        "He said this Sunday would be his last match.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/day-calque.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        if doc.tokens[hit.to as usize - 1].has(Shape::POSSESSIVE) {
            continue;
        }
        let Some(better) = better(doc, hit) else {
            continue;
        };
        let first = doc.tokens[hit.from as usize].has(Shape::CAPITAL);
        let better = if first {
            format!("{}{}", better[..1].to_uppercase(), &better[1..])
        } else {
            better
        };
        sink.report(
            hit.span(doc),
            format!("English news says “{better}” for a day that is named like this in Spanish."),
        )
        .spanish(hit.spanish())
        .suggest(better);
    }
}

/// What English says instead; `None` when the phrase is right where it stands.
fn better(doc: &Document, hit: &Hit) -> Option<String> {
    let (from, last) = (hit.from as usize, hit.to as usize - 1);
    match hit.spanish() {
        "este lunes" => is_past_day(doc, hit).then(|| format!("on {}", doc.text(last))),
        "el pasado miércoles" => Some(format!("last {}", doc.text(last))),
        "el pasado día 12" => {
            let day: u8 = doc
                .text(last)
                .parse()
                .ok()
                .filter(|d| (1..=31).contains(d))?;
            // “On the last day 12 people were hurt.”
            let ends = doc
                .tokens
                .get(last + 1)
                .is_none_or(|t| matches!(t.kind, Kind::Comma | Kind::Stop | Kind::Close));
            let on = if from > 0 && doc.tokens[from - 1].is(class::PREPOSITIONS) {
                ""
            } else {
                "on "
            };
            ends.then(|| format!("{on}the {}", ordinal(day.into())))
        }
        "ayer martes" => Some(match doc.text(from) {
            "tomorrow" | "Tomorrow" => format!("tomorrow, {}", doc.text(last)),
            _ => format!("on {}", doc.text(last)),
        }),
        _ => Some(doc.text(last).to_lowercase()),
    }
}

/// Whether the verbs of the sentence put “this Monday” into the past.
fn is_past_day(doc: &Document, hit: &Hit) -> bool {
    let from = hit.from as usize;
    let sentence = doc.tokens_of(doc.sentence_of(from));
    if from > sentence.start
        && matches!(
            doc.text(from - 1),
            "for"
                | "until"
                | "till"
                | "by"
                | "from"
                | "before"
                | "starting"
                | "beginning"
                | "through"
        )
    {
        return false;
    }
    // “He said this Sunday would be his last match.”
    if doc
        .tokens
        .get(hit.to as usize)
        .is_some_and(|t| t.is(class::AUXILIARIES))
    {
        return false;
    }
    // “the ombudsman reported this Saturday”, whatever else the sentence says
    if from >= sentence.start + 2
        && doc.is_past(from - 1)
        && !doc.tokens[from - 2].is(class::AUXILIARIES)
        && !matches!(doc.text(from - 1), "expected" | "scheduled" | "planned")
    {
        return true;
    }
    let mut past = false;
    for t in sentence {
        match doc.text(t) {
            "will" | "would" | "due" | "expected" | "scheduled" | "shall" | "may" | "might"
            | "could" | "must" | "can" | "hopes" | "hoped" | "plans" | "planned" | "going"
            | "we’ll" | "we'll" | "I’ll" | "I'll" | "he’ll" | "she’ll" | "they’ll" | "it’ll"
            | "won’t" | "won't" | "next" | "upcoming" => return false,
            _ => past |= doc.is_past(t) || doc.text(t) == "has" || doc.text(t) == "have",
        }
    }
    past
}
