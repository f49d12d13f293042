//! The rule `inverted-mark`: ¿so?
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};
use std::ops::Range;

/// A Spanish inverted mark opens an English question or exclamation.
pub static RULE: Rule = Rule {
    id: "inverted-mark",
    group: Group::Typography,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "A Spanish inverted mark opens an English question or exclamation.",
    why: "Spanish opens questions and exclamations with ¿ and ¡. A translation engine that takes the mark for a part of the first word, most of all in headlines and after a quotation mark, copies it. English has no such marks; they are right only in a Spanish title or quotation.",
    flag: &[
        "{¿Will=>Will} there be impeachment?",
        "“{¿Do=>Do} you fear the vacancy?” he was asked.",
        "“{¡I’m=>I’m} not going to run!”, he exclaimed.",
        "He asked, {¿why=>why} me?",
        "{¡What=>What} a goal by the captain!",
        "{¿ Who=>Who} will pay for it?",
    ],
    pass: &[
        "The film “¡Átame!” opened in 1989.",
        "The magazine ¡Hola! published the pictures.",
        "The podcast ¿Qué? is the most heard.",
        "They sang “¡No pasarán!” in the square.",
        "The comedy ¡Three Amigos! is on tonight.",
        "The sign ¿ opens a question in Spanish.",
        "“¿Por qué no te callas?” the king said to him.",
        "Will there be impeachment?",
        "The crowd shouted “¡A por ellos, a por ellos!” all night.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for &mark in doc.of_kind(Kind::Inverted) {
        let mark = mark as usize;
        let Some(words) = sentence_after(doc, mark) else {
            continue;
        };
        if is_english(doc, words.clone()) {
            let first = doc.tokens[words.start].span;
            sink.report(
                doc.tokens[mark].span.to(first),
                "English has no inverted mark. Delete it.",
            )
            .mend(doc.slice(first));
        }
    }
}

/// Tokens of the question that are looked at.
const LOOKED_AT: usize = 30;

/// The tokens from the word after the mark to the end of the question.
fn sentence_after(doc: &Document, mark: usize) -> Option<Range<usize>> {
    let block = &doc.blocks[doc.block_of(mark)].tokens;
    let to = (block.end as usize).min(mark + LOOKED_AT);
    let first = mark + 1;
    let word = doc.tokens[first..to].first()?;
    // `¿ opens a question` speaks of the mark.
    if word.kind != Kind::Word || word.spaced() && !word.has(Shape::CAPITAL) {
        return None;
    }
    let end = (first..to).find(|&t| matches!(doc.tokens[t].kind, Kind::Stop | Kind::Inverted));
    Some(first..end.unwrap_or(to))
}

/// Whether the words are English: they hold a common word of English, and are no title.
fn is_english(doc: &Document, words: Range<usize>) -> bool {
    let lower = doc.tokens[words.clone()]
        .iter()
        .filter(|t| t.kind == Kind::Word && !t.has(Shape::CAPITAL))
        .count();
    let title = words.len() > 1 && lower == 0;
    doc.common_words_in(words) > 0 && !title
}
