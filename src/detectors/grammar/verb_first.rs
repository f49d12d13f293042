//! The rule `verb-first`: “Yesterday arrived the minister”.
use crate::lexicon::Hit;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Span, Status};

/// A verb stands before its subject.
pub static RULE: Rule = Rule {
    id: "verb-first",
    group: Group::Grammar,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "A verb stands before its subject.",
    why: "Spanish puts what is new at the end: *Ayer llegó el ministro*, *Junto al cuerpo se encontró un mensaje*, *Muere Ana Lucía*. English sentences, headlines too, begin with the subject; only “came”, “stood”, “said” and their like may precede it.",
    flag: &[
        "{Arrived the} summer, the reservoirs are at half of their capacity.",
        "{Survive him} seven children and two dogs.",
        "Along with the victims {were also discovered} two notes.",
        "{Today began} the trial of the former mayor.",
        "“A light has gone out,” {wrote on their social networks} the Minister of Culture.",
    ],
    pass: &[
        "Died: Ana Lucia Reyes, singer.",
        "Arrived Friday, left Sunday.",
        "The trio were arrested two weeks later.",
        "The law was published the day after.",
        "He was reported the worse for drink.",
        "The agreement was signed a year ago and the road was approved the same day.",
        "There was once the hope of peace.",
        "There are left the ruins of a church.",
        "“No,” said in a low voice the man who had come.",
        "Yesterday saw the start of the trial, and today presented the same picture.",
        "The boy was found the next morning.",
        "“I agree,” he said in the car with the minister.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/verb-first.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (from, to) = (hit.from as usize, hit.to as usize);
        let span = match hit.spanish() {
            "muere Ana Lucía" => opening(doc, from),
            "ayer llegó el ministro" => Some(doc.span(from..from + 2)),
            "abrió el marcador Gonzalo" => {
                let dated = doc.tokens[to].is(class::WEEKDAYS) || doc.tokens[to].is(class::MONTHS);
                (!dated).then(|| hit.span(doc))
            }
            "murieron dos personas" => after_place(doc, from).then(|| hit.span(doc)),
            "se encontró un mensaje" => passive(doc, from, to),
            "se congelará el sueldo" => doc
                .is_participle(to - 2)
                .then(|| doc.span(from..to - 1))
                .filter(|_| doc.text(to - 2) != "left"),
            _ => attribution(doc, hit),
        };
        if let Some(span) = span {
            sink.report(
                span,
                "Spanish puts the verb before its subject here; in English the subject comes first.",
            )
            .spanish(hit.spanish());
        }
    }
}

/// “Died Ana Lucia Reyes”, “Survive him seven children”
fn opening(doc: &Document, verb: usize) -> Option<Span> {
    let next = doc.tokens.get(verb + 1).filter(|t| t.kind == Kind::Word)?;
    let name = next.has(Shape::CAPITAL)
        && ![
            class::WEEKDAYS,
            class::MONTHS,
            class::MONTH_ABBREVIATIONS,
            class::FUNCTION_WORDS,
            class::PREPOSITIONS,
        ]
        .iter()
        .any(|&list| next.is(list));
    let person = matches!(doc.text(verb + 1), "the" | "him" | "her" | "them");
    let survived = doc.text(verb).starts_with("Survive");
    // “Survive the night” is advice, “Died the way he lived” a sigh.
    let right = if survived {
        person && doc.text(verb + 1) != "the"
    } else {
        name && doc.text(verb) != "Arrived"
            || doc.text(verb) == "Arrived" && (name || doc.text(verb + 1) == "the")
    };
    right.then(|| doc.span(verb..verb + 2))
}

/// “Next to the body was found a message”
fn passive(doc: &Document, from: usize, to: usize) -> Option<Span> {
    // A time or a distance may follow: “was arrested three months later”.
    let measured = (to - 1..to + 4)
        .take_while(|&t| {
            doc.tokens
                .get(t)
                .is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Number))
        })
        .any(|t| {
            doc.tokens[t].is(class::UNITS)
                || doc.tokens[t].is(class::WEEKDAYS)
                || matches!(
                    doc.text(t),
                    "year"
                        | "years"
                        | "month"
                        | "months"
                        | "week"
                        | "weeks"
                        | "day"
                        | "days"
                        | "morning"
                        | "evening"
                        | "afternoon"
                        | "night"
                        | "time"
                        | "times"
                        | "century"
                        | "decade"
                        | "decades"
                        | "later"
                        | "earlier"
                        | "ago"
                        | "after"
                        | "before"
                        | "worse"
                        | "winner"
                        | "same"
                        | "following"
                        | "next"
                        | "moment"
                        | "way"
                        | "short"
                        | "few"
                        | "fraction"
                        | "summer"
                        | "winter"
                        | "spring"
                        | "autumn"
                        | "weekend"
                        | "block"
                        | "blocks"
                        | "yards"
                        | "distance"
                        | "previous"
                        | "first"
                        | "second"
                        | "last"
                        | "minute"
                        | "instant"
                )
        });
    (!measured && after_place(doc, from)).then(|| doc.span(from..to - 1))
}

/// Whether a place or a companion opens the clause of a verb, and no subject stands before it.
fn after_place(doc: &Document, verb: usize) -> bool {
    let sentence = doc.tokens_of(doc.sentence_of(verb));
    let start = (sentence.start..verb)
        .rev()
        .find(|&t| !matches!(doc.tokens[t].kind, Kind::Word | Kind::Number | Kind::Hyphen))
        .map_or(sentence.start, |t| t + 1);
    let place = matches!(
        doc.text(start),
        "Next"
            | "next"
            | "In"
            | "in"
            | "On"
            | "on"
            | "At"
            | "at"
            | "Under"
            | "under"
            | "Along"
            | "along"
            | "Together"
            | "together"
            | "Inside"
            | "inside"
            | "With"
            | "with"
            | "Near"
            | "near"
            | "Beside"
            | "beside"
            | "From"
            | "from"
            | "Also"
            | "also"
            | "There"
            | "there"
            | "By"
            | "by"
            | "During"
            | "during"
            | "Yesterday"
            | "yesterday"
    );
    // “In the end the man was found a job”: another noun phrase stands before the verb.
    let count = |class| (start..verb).filter(|&t| doc.tokens[t].is(class)).count();
    let prepositions = count(class::PREPOSITIONS).max(1);
    place
        && count(class::SUBJECT_PRONOUNS) == 0
        && count(class::DETERMINERS) <= prepositions
        && verb - start <= 8
}

/// “…”, said on his arrival the minister
fn attribution(doc: &Document, hit: &Hit) -> Option<Span> {
    let to = hit.to as usize;
    let verb = (hit.from as usize..to).find(|&t| doc.tokens[t].kind == Kind::Word)?;
    // The last “the” opens the subject.
    let the = (verb..to).rev().find(|&t| doc.text(t) == "the")?;
    let follows = doc.tokens.get(to);
    // “said in a letter the minister sent”
    let relative = follows.is_some_and(|t| {
        t.kind == Kind::Word
            && (doc.is_past(to)
                || t.is(class::AUXILIARIES)
                || matches!(doc.text(to), "who" | "that"))
    });
    let inner = (verb + 2..the).any(|t| {
        doc.tokens[t].is(class::SUBJECT_PRONOUNS)
            || doc.tokens[t].is(class::AUXILIARIES)
            || doc.tokens[t].is(class::PREPOSITIONS)
    }) || doc.tokens[the - 1].is(class::PREPOSITIONS);
    (!relative && !inner).then(|| doc.span(verb..the))
}
