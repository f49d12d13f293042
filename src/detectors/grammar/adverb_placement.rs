//! The rule `adverb-placement`: “signed yesterday a protocol”.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// An adverb stands between a verb and its object.
pub static RULE: Rule = Rule {
    id: "adverb-placement",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "An adverb stands between a verb and its object.",
    why: "*Firmó ayer un acuerdo* is good Spanish; English keeps verb and object together: “signed an agreement yesterday”. Where the object is long, “yesterday signed” will do.",
    flag: &[
        "The commission {authorized yesterday=>yesterday authorized} the bid for the firm.",
        "HP {opened yesterday=>yesterday opened} in Barcelona its first shop.",
        "The party {rejected again=>again rejected} the budget.",
    ],
    pass: &[
        "The law they passed yesterday the court had seen.",
        "When it opened yesterday the queue was long.",
        "He made again the same promise that he broke.",
        "The contract signed yesterday, the first of its kind, is for a year.",
        "The museum opened yesterday, a month late.",
        "What he received yesterday the others get today.",
        "The paper published today a year ago is rare.",
        "They won again the following year.",
        "The group presented yesterday the details of an offer with which it hopes to win.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/adverb-placement.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let verb = hit.from as usize;
        let adverb = hit.to as usize - 1;
        if verb == 0 || !has_object(doc, verb, adverb) {
            continue;
        }
        let better = format!("{} {}", doc.text(adverb), doc.text(verb));
        sink.report(
            hit.span(doc),
            format!("English puts nothing between a verb and its object; write “{better}”, or move “{}” to the end.", doc.text(adverb)),
        )
        .spanish(hit.spanish())
        .suggest(better);
    }
}

/// Whether the noun phrase after the adverb is the verb’s object: somebody named or a body is the
/// subject, no relative or time clause has begun, and the phrase measures no time.
fn has_object(doc: &Document, verb: usize, adverb: usize) -> bool {
    let before = &doc.tokens[verb - 1];
    let subject = before.kind == Kind::Close
        || before.kind == Kind::Word
            && !before.is(class::SUBJECT_PRONOUNS)
            && !before.is(class::DETERMINERS)
            && !matches!(
                doc.text(verb - 1),
                "was" | "were" | "been" | "be" | "is" | "are" | "it"
            )
        || matches!(doc.text(verb - 1), "he" | "she" | "who");
    // A long object may come last in English too.
    let sentence = doc.tokens_of(doc.sentence_of(verb));
    let heavy = (adverb..sentence.end).any(|t| {
        matches!(
            doc.text(t),
            "which" | "that" | "who" | "whose" | "whom" | "where"
        )
    });
    let clause = (sentence.start..verb).any(|t| {
        matches!(
            doc.text(t),
            "that"
                | "which"
                | "when"
                | "When"
                | "what"
                | "What"
                | "as"
                | "As"
                | "whom"
                | "after"
                | "After"
                | "once"
                | "Once"
                | "where"
                | "while"
                | "While"
                | "before"
                | "Before"
        )
    });
    let end = doc.tokens.len().min(adverb + 5);
    let time = (adverb + 1..end)
        .take_while(|&t| doc.tokens[t].kind == Kind::Word)
        .any(|t| {
            matches!(
                doc.text(t),
                "year"
                    | "years"
                    | "month"
                    | "week"
                    | "day"
                    | "morning"
                    | "same"
                    | "following"
                    | "next"
                    | "time"
                    | "night"
                    | "season"
                    | "way"
            )
        });
    subject && !clause && !heavy && !time
}
