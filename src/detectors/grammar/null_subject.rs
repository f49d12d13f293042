//! The rule `null-subject`: “Is expected that”, “announced that will present”.
use crate::lexicon::Hit;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A verb has no subject.
pub static RULE: Rule = Rule {
    id: "null-subject",
    group: Group::Grammar,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "A verb has no subject.",
    why: "Spanish verbs carry their subject in their ending: *se espera que*, *anunció que presentará*, *«…», subrayó*. English needs it, he, she or they; a weak system leaves the place empty.",
    flag: &[
        "{Was necessary=>It was necessary} to close the road.",
        "The councillor explained {that will rise} the rates next year.",
        "{Will be necessary=>It will be necessary} to wait, he said.",
        "“We were robbed,” {explained}.",
        "They announced {that will appeal=>that they will appeal} the fine.",
        "The judges denounced {that are=>that they are} under pressure.",
    ],
    pass: &[
        "Was it necessary to close the road?",
        "He promised that would change.",
        "The minister announced that will and testament were found.",
        "Things he explained that were unclear remain so.",
        "The spokesman said that was untrue.",
        "Is possible Rome visit a sign?",
        "“The law is clear,” the minister stressed.",
        "He called it “clear,” and stressed the cost.",
        "Was expected to win, lost 3-0: that was his week?",
        "He said what he “added”.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/null-subject.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        match hit.spanish() {
            "se espera que" => opening(doc, hit, sink),
            "«…», subrayó" => {
                // “He said what he ‘added’.”
                let verb = hit.from as usize;
                let opens = verb == hit.start as usize + 1 && !doc.tokens[verb].spaced();
                if opens && doc.tokens[verb - 1].spaced() {
                    continue;
                }
                sink.report(hit.span(doc), "The verb has no subject; say who said it.")
                    .spanish(hit.spanish());
            }
            "según anunció" => according(doc, hit, sink),
            _ => clause(doc, hit, sink),
        }
    }
}

/// “Is expected that”
fn opening(doc: &Document, hit: &Hit, sink: &mut Sink) {
    let (from, to) = (hit.from as usize, hit.to as usize - 1);
    let sentence = doc.tokens_of(doc.sentence_of(from));
    let question = doc.text(sentence.end - 1).starts_with('?')
        || sentence.end >= 2 && doc.text(sentence.end - 2) == "?";
    let lower = (from + 1..to).all(|t| !doc.tokens[t].has(Shape::CAPITAL));
    // “Was expected to win” may stand in telegram style.
    let personal = doc.text(to) == "to"
        && matches!(
            doc.text(to - 1),
            "expected"
                | "believed"
                | "estimated"
                | "supposed"
                | "known"
                | "hoped"
                | "feared"
                | "planned"
        );
    if question || !lower || personal {
        return;
    }
    let phrase = doc.slice(doc.span(from..to));
    let better = format!("It {}{}", phrase[..1].to_lowercase(), &phrase[1..]);
    sink.report(
        doc.span(from..to),
        format!("The verb has no subject: “{better}”."),
    )
    .spanish(hit.spanish())
    .mend(better);
}

/// “according to announced the ministry”
fn according(doc: &Document, hit: &Hit, sink: &mut Sink) {
    let to = hit.to as usize;
    let verb = doc.text(to - 1);
    let next = doc.text(to);
    let by = matches!(next, "the" | "a" | "this")
        || doc.tokens[to].has(Shape::CAPITAL) && !doc.tokens[to].is(class::WEEKDAYS);
    // “according to reported the Times”: nobody; “according to stated in the law”: as stated
    let better = format!("as {verb}{}", if by { " by" } else { "" });
    let better = if doc.tokens[hit.from as usize].has(Shape::CAPITAL) {
        format!("A{}", &better[1..])
    } else {
        better
    };
    sink.report(
        hit.span(doc),
        format!("“According to” needs a noun; write “{better}”."),
    )
    .spanish(hit.spanish())
    .mend(better);
}

/// “announced that will present”, “explained that have signed”
fn clause(doc: &Document, hit: &Hit, sink: &mut Sink) {
    let (from, to) = (hit.from as usize, hit.to as usize);
    let Some(subject) = from.checked_sub(1) else {
        return;
    };
    let Some(that) = (from + 1..to).find(|&t| doc.text(t) == "that") else {
        return;
    };
    let who = Who::of(doc, subject);
    let Some(who) = who else {
        return;
    };
    let auxiliary = doc.text(that + 1);
    // “have-a-go heroes”
    if doc
        .tokens
        .get(that + 2)
        .is_none_or(|t| t.kind == Kind::Hyphen)
    {
        return;
    }
    if matches!(auxiliary, "will" | "would") {
        // “He warned that would be a mistake”: “that” may be the subject.
        let verb = that + 2;
        let personal = doc.is_infinitive(verb)
            && !matches!(
                doc.text(verb),
                "be" | "have"
                    | "take"
                    | "make"
                    | "mean"
                    | "help"
                    | "change"
                    | "happen"
                    | "cause"
                    | "require"
                    | "depend"
                    | "cost"
                    | "come"
                    | "end"
                    | "do"
                    | "go"
                    | "lead"
                    | "give"
                    | "allow"
                    | "affect"
                    | "hurt"
                    | "never"
                    | "not"
                    | "also"
                    | "only"
                    | "probably"
                    | "likely"
                    | "still"
                    | "and"
                    | "put"
                    | "undermine"
                    | "create"
                    | "bring"
                    | "add"
                    | "need"
                    | "become"
                    | "stop"
                    | "prevent"
                    | "encourage"
                    | "damage"
                    | "set"
                    | "send"
                    | "violate"
                    | "result"
                    | "amount"
                    | "represent"
                    | "increase"
            );
        if !personal {
            return;
        }
        // “the measures they announced that will strengthen”
        let start = doc.tokens_of(doc.sentence_of(from)).start;
        if doc.tokens[subject].is(class::SUBJECT_PRONOUNS) && subject > start {
            return;
        }
    } else if doc.tokens[subject].is(class::SUBJECT_PRONOUNS) {
        return;
    }
    let span = doc.span(that..to.max(that + 2));
    let verb = doc.slice(doc.span(that + 1..to.max(that + 2)));
    let finding = sink
        .report(
            span,
            "The verb after “that” has no subject; Spanish verbs carry theirs in the ending.",
        )
        .spanish(hit.spanish());
    match who {
        Who::Body => {
            finding.suggest(format!("that it {verb}"));
        }
        Who::Several => {
            finding.suggest(format!("that they {verb}"));
        }
        Who::Person => {}
    }
}

/// Who says it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// One person: he or she.
    Person,
    /// A party, a ministry.
    Body,
    /// Unions, sources.
    Several,
}

impl Who {
    /// The kind of subject that stands right before a verb of saying; `None` for what is said
    /// (“the measures announced that are in force”) and for pronouns.
    fn of(doc: &Document, token: usize) -> Option<Who> {
        let word = &doc.tokens[token];
        if word.kind == Kind::Comma {
            // “The councillor, Julián Pérez, explained that will rise”
            let name = token >= 1 && doc.tokens[token - 1].has(Shape::CAPITAL);
            return name.then_some(Who::Person);
        }
        if word.kind != Kind::Word {
            return None;
        }
        match doc.text(token) {
            "He" | "She" => Some(Who::Person),
            "They" => Some(Who::Several),
            "It" => Some(Who::Body),
            "party" | "ministry" | "government" | "union" | "company" | "firm" | "club"
            | "council" | "association" | "federation" | "bank" | "court" | "agency"
            | "committee" | "commission" | "organization" | "organisation" | "institute"
            | "group" => Some(Who::Body),
            "unions" | "sources" | "authorities" | "police" | "parties" | "companies"
            | "workers" | "residents" | "neighbours" | "neighbors" | "farmers" | "students"
            | "doctors" | "organizers" | "organisers" | "organizations" => Some(Who::Several),
            text if word.is(class::OFFICES) => Some(if text.ends_with('s') && text != "boss" {
                Who::Several
            } else {
                Who::Person
            }),
            _ if word.is(class::SUBJECT_PRONOUNS) => None,
            _ if word.has(Shape::ALL_CAPS) => Some(Who::Body),
            _ if word.has(Shape::CAPITAL) && !word.is(class::FUNCTION_WORDS) => Some(Who::Person),
            _ => None,
        }
    }
}
