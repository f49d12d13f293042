//! The rule `possessive-person`: “your wife” in a story that speaks to nobody.
use super::possessive_number::likelier_possessive;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// “Your” stands for his, her or their.
pub static RULE: Rule = Rule {
    id: "possessive-person",
    group: Group::Grammar,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Mistranslation,
    summary: "“Your” stands for his, her or their.",
    why: "Spanish *su* is his, her, its, their, and, to a person addressed with *usted*, your. In a report nobody is addressed; a system that sees one sentence at a time writes “an account in the name of your wife”.",
    flag: &[
        "The singer passed away on Sunday in {your=>his} house of San Basilio.",
        "She resigned on Monday. The minister said goodbye to {your=>her} colleagues. She was calm.",
        "The mayor presented the budget. {Your=>His} proposal was rejected.",
    ],
    pass: &[
        "“Tell your wife,” he said.",
        "You should ask your lawyer, the union said.",
        "Ask your friends, he wrote.",
        "We asked what your company had paid.",
        "The question is whether your country can do more, he said, and you know it.",
        "The firm found that a shop offered a better deal than your team.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/possessive-person.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    if sink.hits().is_empty() || addresses(doc) {
        return;
    }
    let better = likelier_possessive(doc);
    for hit in sink.hits() {
        let your = hit.from as usize;
        if doc.is_spoken(your) || !is_report(doc, your) {
            continue;
        }
        let better = if doc.text(your) == "Your" {
            crate::text::dates::capitalised(better)
        } else {
            better.to_owned()
        };
        sink.report(
            doc.tokens[your].span,
            "The story addresses nobody: this “your” is Spanish “su”, here his, her, its or their.",
        )
        .spanish(hit.spanish())
        .suggest(better);
    }
}

/// Whether the paper speaks to its readers, or of itself, outside quotations.
fn addresses(doc: &Document) -> bool {
    (0..doc.tokens.len()).any(|t| {
        doc.tokens[t].kind == Kind::Word
            && matches!(
                doc.text(t),
                "you"
                    | "You"
                    | "yours"
                    | "yourself"
                    | "you’re"
                    | "you're"
                    | "You’re"
                    | "You're"
                    | "you’ll"
                    | "you'll"
                    | "we"
                    | "We"
                    | "our"
                    | "Our"
                    | "us"
                    | "I"
                    | "my"
                    | "My"
            )
            && !doc.is_spoken(t)
    })
}

/// Whether the sentence tells what happened to a person: it has a past, a subject, and gives no
/// advice.
fn is_report(doc: &Document, your: usize) -> bool {
    let sentence = doc.tokens_of(doc.sentence_of(your));
    let mut past = false;
    for t in sentence.clone() {
        match doc.text(t) {
            "could" | "can" | "may" | "should" | "must" | "if" | "If" | "than" | "when"
            | "When" | "will" => return false,
            _ => past |= doc.is_past(t),
        }
    }
    // “Ask your friends, he wrote.”
    let orders = your == sentence.start + 1;
    past && !orders
}
