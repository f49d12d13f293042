//! The rule `unpaired-bracket`: (so and so).
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A bracket has no partner.
pub static RULE: Rule = Rule {
    id: "unpaired-bracket",
    group: Group::Typography,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "A bracket has no partner.",
    why: "Acronyms and places stand in brackets in Spanish news far more often than in English. Where a link or a segment ends inside them, one of the two marks is lost, and the reader cannot tell where the aside ends.",
    flag: &[
        "The guerrilla {(ELN}, who control the road, denied it.",
        "He won the match {(he} hit 44 winners, a tournament record, and left.",
        "The guerrilla {(ELN}, who control the road, denied it.\n\nIt said so on Monday.\n\nThe army (EN) said nothing.",
        "The rider from {Ibagué)} won the stage.",
        "The vote (of the PP) was lost by the {party)} on Monday.",
    ],
    pass: &[
        "The guerrilla (ELN) denied it.",
        "a) the first, b) the second, 1) the third and iv) the fourth",
        "She smiled :) and he wept ;-) at the end.",
        "The club (founded in 1902 (or 1903)) won.",
        "(The first paragraph of it.\n\nThe second paragraph of it.)",
        "He is sad :( today.",
    ],
    lexicon: "",
    check,
};

/// Brackets in brackets; more are not kept.
const DEEPEST: usize = 8;
/// Blocks after which a bracket is not looked for any more.
const LONGEST_CARRY: usize = 1;

fn check(doc: &Document, sink: &mut Sink) {
    let mut open: Vec<usize> = Vec::new();
    let mut block = 0;
    for bracket in brackets(doc) {
        let here = doc.block_of(bracket);
        if here != block {
            // An aside of two paragraphs keeps its first bracket open.
            let carried = open.pop_if(|o| here - doc.block_of(*o) <= LONGEST_CARRY);
            give_up(doc, &mut open, sink);
            open.extend(carried);
            block = here;
        }
        if doc.mark(bracket) == '(' {
            if open.len() == DEEPEST {
                open.remove(0);
            }
            open.push(bracket);
        } else if open.pop().is_none() && !ends_item(doc, bracket) {
            report(doc, bracket, sink);
        }
    }
    give_up(doc, &mut open, sink);
}

/// All round brackets in order, smiles left out.
fn brackets(doc: &Document) -> impl Iterator<Item = usize> {
    let (mut opening, mut closing) = (
        doc.of_kind(Kind::Open).iter().peekable(),
        doc.of_kind(Kind::Close).iter().peekable(),
    );
    std::iter::from_fn(move || match (opening.peek(), closing.peek()) {
        (Some(o), Some(c)) if o < c => opening.next(),
        (Some(_), None) => opening.next(),
        _ => closing.next(),
    })
    .map(|&t| t as usize)
    .filter(|&t| matches!(doc.mark(t), '(' | ')') && !smiles(doc, t))
}

/// `:)` `;-)`
fn smiles(doc: &Document, bracket: usize) -> bool {
    let eyes = |t: usize| matches!(doc.tokens[t].kind, Kind::Colon | Kind::Semicolon);
    let before = |t: usize| {
        (!doc.tokens[t].spaced())
            .then(|| t.checked_sub(1))
            .flatten()
    };
    let Some(one) = before(bracket) else {
        return false;
    };
    let nose = doc.tokens[one].kind == Kind::Hyphen;
    eyes(one) || nose && before(one).is_some_and(eyes)
}

/// `a)` `iv)` `12)`
fn ends_item(doc: &Document, bracket: usize) -> bool {
    let Some(before) = bracket.checked_sub(1).map(|t| &doc.tokens[t]) else {
        return false;
    };
    before.spaced()
        && before.span.len() <= 4
        && match before.kind {
            Kind::Number => true,
            Kind::Word => {
                before.span.len() == 1
                    || doc
                        .slice(before.span)
                        .bytes()
                        .all(|b| matches!(b, b'i' | b'v' | b'x'))
            }
            _ => false,
        }
}

fn give_up(doc: &Document, open: &mut Vec<usize>, sink: &mut Sink) {
    for bracket in open.drain(..) {
        report(doc, bracket, sink);
    }
}

/// Reports a bracket that stands as brackets do in a text, not in a formula or program.
fn report(doc: &Document, bracket: usize, sink: &mut Sink) {
    let opens = doc.mark(bracket) == '(';
    let token = &doc.tokens[bracket];
    let (inner, outer_space) = if opens {
        (bracket + 1, token.spaced())
    } else {
        (bracket.saturating_sub(1), true)
    };
    let Some(word) = doc.tokens.get(inner) else {
        return;
    };
    let closed_up = if opens {
        !word.spaced()
    } else {
        !token.spaced()
    };
    let worded = matches!(word.kind, Kind::Word | Kind::Number);
    let furniture = doc.blocks[doc.block_of(bracket)].kind == BlockKind::Furniture;
    if !(closed_up && outer_space && worded) || furniture || doc.is_foreign(bracket) {
        return;
    }
    if opens {
        let message = "The bracket that opens here is never closed. Close it, or drop it.";
        sink.report(token.span.to(word.span), message);
    } else {
        let message = "This bracket closes what nothing opens. Open it, or drop it.";
        sink.report(word.span.to(token.span), message);
    }
}
