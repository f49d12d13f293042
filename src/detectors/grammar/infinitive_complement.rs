//! The rule `infinitive-complement`: “proposed to his guest to create”.
use crate::lexicon::Hit;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// The verb does not take this complement in English.
pub static RULE: Rule = Rule {
    id: "infinitive-complement",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "The verb does not take this complement in English.",
    why: "*Propuso a su invitado crear*, *permite reducir*, *evitar que suba*, *quiere que ayude*: Spanish gives these verbs a person with *a* and an infinitive, an infinitive alone, or a clause with *que*. In English one proposes that somebody do something, tells somebody to do it, allows somebody to, and prevents somebody from doing it.",
    flag: &[
        "The minister {suggested to them to leave=>suggested that they leave} at once.",
        "He {recommended to the club to sell=>recommended that the club sell} the striker.",
        "The new law, which {allows to dismiss=>makes it possible to dismiss} staff at will, passed.",
        "The judge {requested to the police to open=>told the police to open} a file.",
    ],
    pass: &[
        "The children were allowed to leave.",
        "According to his proposal to create a union, gas would flow.",
        "The reforms proposed to the board to cut costs were rejected.",
        "She proposed to Parliament that it close.",
        "He proposed to a friend of hers.",
        "The prisoners whom the regime allows to leave go by night.",
        "He knelt and proposed to his girlfriend to end the suspense before the wedding.",
        "The plan suggested to ministers to reduce waste never came.",
        "The permit enables him to work.",
        "He proposed to Elena to mark her birthday.",
        "He allowed, to general surprise, a vote.",
        "They want that more than anything.",
        "To avoid that it would take a miracle.",
        "He demanded to know why and to see the judge.",
        "The minister explained to reporters how to apply.",
        "He had to explain to Mr Mas his conditions to support the budget.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/infinitive-complement.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let verb = doc.text(hit.from as usize);
        let second = doc.text(hit.from as usize + 1);
        if hit.spanish() == "le sugirió marcharse" {
            suggestion(doc, hit, sink);
            continue;
        }
        match second {
            "to" if hit.to == hit.from + 2 => bare_infinitive(doc, hit, sink),
            "to" => person_and_infinitive(doc, hit, sink),
            "that" => clause(doc, hit, sink),
            _ => {
                sink.report(
                    doc.span(hit.from as usize..hit.from as usize + 2),
                    format!("One explains something to somebody: “{verb} to {second}”."),
                )
                .spanish(hit.spanish())
                .mend(format!("{verb} to {second}"));
            }
        }
    }
}

/// “suggested him to leave”
fn suggestion(doc: &Document, hit: &Hit, sink: &mut Sink) {
    let (from, to) = (hit.from as usize, hit.to as usize);
    if !doc.is_infinitive(to - 1) {
        return;
    }
    let better = format!(
        "{} that {} {}",
        doc.text(from),
        nominative(doc.text(from + 1)),
        doc.text(to - 1)
    );
    sink.report(
        hit.span(doc),
        format!("One suggests that somebody do something: “{better}”."),
    )
    .spanish(hit.spanish())
    .suggest(better);
}

/// The subject form of an object pronoun.
fn nominative(pronoun: &str) -> &str {
    match pronoun {
        "him" => "he",
        "her" => "she",
        "them" => "they",
        "us" => "we",
        "me" => "I",
        other => other,
    }
}

/// “proposed to his guest to create”, “explained to his men to wait”
fn person_and_infinitive(doc: &Document, hit: &Hit, sink: &mut Sink) {
    let (from, to) = (hit.from as usize, hit.to as usize);
    if !doc.is_infinitive(to) || !is_active(doc, from) || is_marriage(doc, from) {
        return;
    }
    let person = from + 2..to - 1;
    let opens = &doc.tokens[person.start];
    // A second noun phrase, and the infinitive is its own: “explain to him his reasons to leave”.
    let second = person
        .clone()
        .skip(1)
        .any(|t| doc.tokens[t].is(class::DETERMINERS) && doc.text(t - 1) != "of");
    let pronoun = person.len() == 1 && opens.is(class::OBJECT_PRONOUNS);
    if !(opens.is(class::DETERMINERS) || pronoun || opens.has(Shape::CAPITAL))
        || second
        || is_first_name(doc, from, &person)
        || person.clone().any(|t| {
            matches!(
                doc.text(t),
                "how" | "what" | "when" | "where" | "whether" | "which" | "who" | "that" | "and"
            )
        })
    {
        return;
    }
    let verb = doc.text(from);
    let name = doc.slice(doc.span(person.clone()));
    let infinitive = doc.text(to);
    let better = match verb {
        _ if verb.starts_with("propos")
            || verb.starts_with("suggest")
            || verb.starts_with("recommend") =>
        {
            let subject = nominative(name);
            format!("{verb} that {subject} {infinitive}")
        }
        _ if verb.starts_with("ask") => format!("{verb} {name} to {infinitive}"),
        _ => {
            let told = if verb.ends_with("ed") {
                "told"
            } else if verb.ends_with("ing") {
                "telling"
            } else if verb.ends_with('s') {
                "tells"
            } else {
                "tell"
            };
            format!("{told} {name} to {infinitive}")
        }
    };
    sink.report(
        doc.span(from..to + 1),
        format!("“{verb} to somebody to do something” is Spanish syntax; write “{better}”."),
    )
    .spanish(hit.spanish())
    .suggest(better);
}

/// Whether the verb before which `from` stands has somebody as its subject: in “the reforms
/// proposed to the board to cut costs” it is a participle, and right.
fn is_active(doc: &Document, from: usize) -> bool {
    if !doc.text(from).ends_with("ed") {
        return !doc.text(from).ends_with("ing");
    }
    let Some(before) = from.checked_sub(1).map(|t| &doc.tokens[t]) else {
        return false;
    };
    let text = doc.text(from - 1);
    let adverb = text.ends_with("ly")
        || matches!(
            text,
            "also"
                | "then"
                | "even"
                | "later"
                | "yesterday"
                | "today"
                | "never"
                | "already"
                | "again"
        );
    if adverb {
        return from >= 2
            && !matches!(
                doc.text(from - 2),
                "was" | "were" | "been" | "is" | "are" | "be" | "being"
            );
    }
    before.is(class::SUBJECT_PRONOUNS)
        || before.is(class::OFFICES) && !text.ends_with('s')
        || before.has(Shape::CAPITAL) && before.kind == Kind::Word
        || matches!(text, "has" | "have" | "had" | "having")
}

/// “He proposed to Kate to mark her birthday.”
fn is_first_name(doc: &Document, verb: usize, person: &std::ops::Range<usize>) -> bool {
    let first = &doc.tokens[person.start];
    person.len() == 1
        && doc.text(verb).starts_with("propos")
        && (first.is(class::WOMEN_NAMES) || first.is(class::MEN_NAMES))
}

fn is_marriage(doc: &Document, from: usize) -> bool {
    doc.tokens_of(doc.sentence_of(from)).any(|t| {
        matches!(
            doc.text(t),
            "girlfriend"
                | "boyfriend"
                | "fiancée"
                | "marry"
                | "married"
                | "wedding"
                | "marriage"
                | "engagement"
                | "ring"
        )
    })
}

/// “allows to reduce”
fn bare_infinitive(doc: &Document, hit: &Hit, sink: &mut Sink) {
    let (from, to) = (hit.from as usize, hit.to as usize);
    if !doc.is_infinitive(to) || from == 0 {
        return;
    }
    let verb = doc.text(from);
    // In “the people the law allows to vote” the person stands before the verb.
    let before = doc.text(from - 1);
    // “It will allow to know”
    let clause = |t: usize| {
        matches!(
            doc.text(t),
            "which" | "that" | "This" | "this" | "It" | "it" | "also"
        )
    };
    let modal = from >= 2
        && matches!(before, "will" | "would" | "can" | "could" | "to")
        && clause(from - 2)
        && doc.text(from - 2) != "it";
    let free = modal
        || verb.ends_with("ing") && !doc.tokens[from - 1].is(class::AUXILIARIES)
        || matches!(before, "which" | "that" | "This" | "this" | "It" | "also");
    if !free {
        return;
    }
    let make = if verb.ends_with("ing") {
        "making"
    } else if verb.ends_with('s') {
        "makes"
    } else {
        "make"
    };
    sink.report(
        doc.span(from..to + 1),
        format!("“{verb}” needs somebody who is allowed: “{verb} them to …”, or “{make} it possible to …”."),
    )
    .spanish(hit.spanish())
    .suggest(format!("{make} it possible to {}", doc.text(to)));
}

/// “avoid that”, “prevent that”, “want that” with a clause
fn clause(doc: &Document, hit: &Hit, sink: &mut Sink) {
    let (from, to) = (hit.from as usize, hit.to as usize);
    let verb = doc.text(from);
    // The clause has a subject and a verb: two words at least before the next mark.
    let long = (to..to + 2).all(|t| {
        doc.tokens
            .get(t)
            .is_some_and(|t| t.kind == Kind::Word || t.kind == Kind::Number)
    });
    let next = doc.text(to - 1);
    let modal = matches!(
        doc.text(to.min(doc.tokens.len() - 1)),
        "would"
            | "will"
            | "must"
            | "is"
            | "was"
            | "takes"
            | "took"
            | "had"
            | "needs"
            | "most"
            | "more"
    );
    if !long || modal && matches!(next, "it" | "the" | "he" | "she" | "they" | "we") {
        return;
    }
    let span = doc.span(from..from + 2);
    let finding = if hit.sense().is_empty() {
        sink.report(
            span,
            format!("“{verb} that” is Spanish; English wants somebody to do something."),
        )
    } else {
        sink.report(
            span,
            format!(
                "“{verb} that” is no English construction; write {}.",
                hit.sense()
            ),
        )
    };
    finding.spanish(hit.spanish());
    if hit.sense().is_empty() {
        finding.suggest(verb.to_owned());
    }
}
