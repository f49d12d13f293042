//! The rule `assistant-wrapper`: what a language model says around the translation.
use crate::lexicon::Hit;
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Sink, Status, furniture};

/// A language model’s words to its user stand in the story.
pub static RULE: Rule = Rule {
    id: "assistant-wrapper",
    group: Group::Debris,
    severity: Severity::Critical,
    status: Status::Stable,
    mqm: Mqm::Addition,
    summary: "A language model’s words to its user stand in the story.",
    why: "A model that is asked for a translation introduces it, *Here is the translation:*, comments on it and offers more. A pipeline that prints the answer as it comes prints that too, and tells every reader that nobody has read the text.",
    flag: &[
        "{Certainly! Here is the translation of the news:}\n\nThe council met on Monday.",
        "{Here is the translation:} The council met on Monday, and the mayor spoke.",
        "The council met on Monday.\n\n{Note: I have kept the names in Spanish. Let me know if you would like me to change that.}",
    ],
    pass: &[
        "The chatbot’s answer began: “Sure! Here is the translation of the text.”",
        "The council met on Monday.\n\nHere is the translation of the oath, sworn by the mayor. It is long.\n\nI swear.\n\nThe council left.\n\nIt rained.\n\nNobody minded.",
        "He said: let me know if you need me. She did not.\n\nThe council left.\n\nIt rained.\n\nNobody minded.\n\nNobody came.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/assistant-wrapper.toml"),
    check,
};

/// Blocks at the foot of a story in which a model takes its leave.
const FOOT: usize = 3;
/// A block of more words is not all the model’s.
const LONGEST: usize = 90;

fn check(doc: &Document, sink: &mut Sink) {
    let mut done = 0;
    let head = doc
        .blocks
        .iter()
        .position(|b| b.kind != BlockKind::Furniture)
        .unwrap_or(0);
    for hit in sink.hits() {
        let b = doc.block_of(hit.from as usize);
        let block = &doc.blocks[b];
        let place = match speech(hit) {
            Speech::Opening => b == head,
            Speech::Closing => b > head && b + FOOT >= doc.blocks.len(),
            Speech::Any => true,
        };
        if hit.from < done || !place || is_quoted(doc, block.tokens.start, hit) {
            continue;
        }
        done = block.tokens.end;
        let first = doc.sentence_of(hit.from as usize);
        let sentence = doc.tokens_of(first);
        // `Here is the translation: The council …`
        let colon = sentence
            .clone()
            .find(|&t| t >= hit.to as usize && doc.tokens[t].kind == Kind::Colon)
            .filter(|&t| t + 1 < block.tokens.end as usize);
        let opens = first as u32 <= block.sentences.start + 1;
        let introduces = b == head && colon.is_some();
        let whole = opens && !introduces && block.tokens.len() <= LONGEST;
        let (span, blocks) = match (whole, colon.filter(|_| introduces)) {
            (true, _) => (block.span, b..b + 1),
            (false, Some(colon)) => (doc.span(block.tokens.start as usize..colon + 1), 0..0),
            (false, None) => (doc.span(sentence), 0..0),
        };
        let finding = sink.report(
            span,
            "These are the words of the language model that made the translation. Delete them.",
        );
        furniture::remove(doc, finding, &blocks);
    }
}

/// Where in an answer a phrase stands.
enum Speech {
    Opening,
    Closing,
    Any,
}

/// Tells the phrases apart by the entry that found them.
fn speech(hit: &Hit) -> Speech {
    match hit.spanish() {
        "aquí tienes la traducción" | "traducción" => Speech::Opening,
        "avísame si quieres" => Speech::Closing,
        _ => Speech::Any,
    }
}

/// Whether a quotation mark stands before the phrase in its block: somebody is quoted.
fn is_quoted(doc: &Document, block: u32, hit: &Hit) -> bool {
    doc.tokens[block as usize..hit.from as usize]
        .iter()
        .any(|t| t.kind == Kind::Quote)
}
