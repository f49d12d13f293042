//! The rule `dialogue-dash`: —So? —he asked. The aside -like this- and the dateline San José.-
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};
use std::ops::Range;

/// A dash stands as the Spanish raya does.
pub static RULE: Rule = Rule {
    id: "dialogue-dash",
    group: Group::Typography,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "A dash stands as the Spanish raya does.",
    why: "Spanish opens each turn of a dialogue with a raya, sets —he says— between two that cling to the words inside, and puts .- after datelines and speakers. Engines keep the spacing and often the hyphen that was typed for it. English quotes speech with “…”, and sets an aside between commas, brackets, or dashes that look the same on both sides.",
    flag: &[
        "They asked her again.\n\n{—Will} she go, now that the vote is lost?",
        "He stopped at the door.\n\n{-Are} you going to send missiles?",
        "He stopped at the door.\n\n{- What} happened? - Nothing.",
        "“What were they doing?” {-he} asked.",
        "The party {-led by Junqueras-=>— led by Junqueras —} abstained.",
        "The system {-baptized as Stop-,=>(baptized as Stop),} saves fuel.",
        "He sold the hotel {-which=>— which} is in Soria.",
        "It promised a tough {opposition -,=>opposition,} he said.",
        "San {José.-=>José —} The minister arrived on Monday.",
        "{Answer.-=>Answer:} Because nobody asked.",
        "The plan {–pending since May–=>— pending since May —} was dropped.",
    ],
    pass: &[
        "The plan – pending since May – was dropped.",
        "The plan—pending since May—was dropped.",
        "The plan -- pending since May -- was dropped.",
        "The pre- and post-war years; a two- or three-point lead; one-, two- and three-year terms.",
        "—Warmly, Michael",
        "– Additional reporting by Tom Brown.",
        "He left at noon.\n\n—Associated Press",
        "He left at noon.\n\n—The Associated Press contributed to this report.",
        "It was -5 in Soria and -12C in Ávila.",
        "- What was agreed on Monday",
        "“Never again.” —Tony Fernandes",
        "Names in -ov and the suffix -ing are common.",
        "MADRID (AP) — The minister spoke.",
        "the U.S.-led force, the St.-Germain church, a so-called re-election",
        "“I was going to—” he began.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for kind in [Kind::Hyphen, Kind::Dash] {
        let (mut done, mut talk) = (0, None);
        for &dash in doc.of_kind(kind) {
            let dash = dash as usize;
            if dash < done {
                continue;
            }
            let found = match (before(doc, dash), after(doc, dash)) {
                (Side::Edge, Side::Word) => turn(doc, dash, &mut talk, sink),
                (Side::Edge, Side::Space) => spaced_turn(doc, dash, &mut talk, sink),
                (Side::Space, Side::Word) => aside(doc, dash, sink),
                (Side::Space, Side::Mark) => lone_end(doc, dash, sink),
                (Side::Space, Side::Edge) => final_dash(doc, dash, sink),
                (Side::Mark, Side::Space | Side::Edge) => point_and_dash(doc, dash, sink),
                _ => continue,
            };
            done = found.map_or(0, |last| last + 1);
        }
    }
}

/// What stands beside a dash.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The edge of the block.
    Edge,
    Space,
    /// A word, or a mark that opens, closed up.
    Word,
    /// Before: a stop, closed up. After: a stop or comma, even after a space.
    Mark,
    Other,
}

fn before(doc: &Document, dash: usize) -> Side {
    if doc.tokens[dash].has(Shape::LINE_BEFORE) {
        return Side::Edge;
    }
    if doc.tokens[dash].spaced() {
        return Side::Space;
    }
    match doc.tokens[dash - 1].kind {
        Kind::Stop if doc.text(dash - 1) == "." => Side::Mark,
        Kind::Word => Side::Word,
        _ => Side::Other,
    }
}

fn after(doc: &Document, dash: usize) -> Side {
    let Some(next) = doc.tokens.get(dash + 1) else {
        return Side::Edge;
    };
    let closed_up = |t: usize| doc.tokens.get(t).is_some_and(|t| !t.spaced());
    match next.kind {
        _ if next.has(Shape::LINE_BEFORE) => Side::Edge,
        Kind::Comma | Kind::Semicolon => Side::Mark,
        Kind::Stop if doc.text(dash + 1) == "." && !closed_up(dash + 2) => Side::Mark,
        _ if next.spaced() => Side::Space,
        Kind::Word | Kind::Quote | Kind::Inverted => Side::Word,
        _ => Side::Other,
    }
}

/// A turn of a dialogue: the paragraph opens with a dash that clings to a word, and has the marks
/// of talk, or stands right after such a paragraph. This and its like below give the last token
/// that is done with, when they report.
fn turn(doc: &Document, dash: usize, talk: &mut Option<usize>, sink: &mut Sink) -> Option<usize> {
    let block = doc.block_of(dash);
    let tokens = &doc.blocks[block].tokens;
    let goes_on = talk.is_some_and(|b| b + 1 == block) && speaks(doc, dash + 1);
    if !goes_on && !talks(doc, dash..tokens.end as usize) {
        return None;
    }
    *talk = Some(block);
    let span = doc.tokens[dash].span.to(doc.tokens[word(doc, dash)].span);
    sink.report(span, SPEECH);
    Some(dash)
}

/// The same with a space after the dash: no item of a list, as another such dash comes after a
/// question or before `he said`.
fn spaced_turn(
    doc: &Document,
    dash: usize,
    talk: &mut Option<usize>,
    sink: &mut Sink,
) -> Option<usize> {
    let block = doc.block_of(dash);
    let to = (doc.blocks[block].tokens.end as usize).min(dash + LOOKED_AT);
    let answers = (dash + 1..to).any(|t| {
        let next = |n: usize| doc.tokens.get(t + n);
        let apart = doc.text(t) == doc.text(dash)
            && doc.tokens[t].spaced()
            && next(1).is_some_and(|t| t.spaced());
        apart
            && (doc.text(t - 1) == "?"
                || next(1).is_some_and(|t| t.is(class::SUBJECT_PRONOUNS))
                    && next(2).is_some_and(|t| t.is(class::SPEECH_VERBS)))
    });
    if !answers {
        return None;
    }
    *talk = Some(block);
    let span = doc.tokens[dash].span.to(doc.tokens[word(doc, dash)].span);
    sink.report(span, SPEECH);
    Some(dash)
}

const SPEECH: &str = "A dash opens this speech as in Spanish. English sets speech between “…”.";

/// Tokens of a paragraph in which a sign of talk is looked for.
const LOOKED_AT: usize = 100;

/// Whether the paragraph after the dash is talk and not the name of who signs: it begins with a
/// Spanish mark, asks, or has another dash that clings to what follows.
fn talks(doc: &Document, tokens: Range<usize>) -> bool {
    let dash = tokens.start;
    let quoted = matches!(doc.tokens[dash + 1].kind, Kind::Inverted | Kind::Quote);
    let to = tokens.end.min(dash + LOOKED_AT);
    quoted
        || (dash + 1..to).any(|t| match doc.tokens[t].kind {
            Kind::Stop => doc.text(t) == "?",
            Kind::Hyphen | Kind::Dash => {
                before(doc, t) == Side::Space && after(doc, t) == Side::Word
            }
            _ => false,
        })
}

/// Whether what begins here is speech or a clause rather than a name.
fn speaks(doc: &Document, token: usize) -> bool {
    let first = &doc.tokens[token];
    matches!(first.kind, Kind::Inverted | Kind::Quote) || first.is(class::FUNCTION_WORDS)
}

/// The first word after the dash, marks that open passed over.
fn word(doc: &Document, dash: usize) -> usize {
    let is_word = |&t: &usize| doc.tokens.get(t).is_some_and(|t| t.kind == Kind::Word);
    (dash + 1..dash + 4).find(is_word).unwrap_or(dash + 1)
}

/// A dash with a space before and none after: an aside that another one may close.
fn aside(doc: &Document, dash: usize, sink: &mut Sink) -> Option<usize> {
    if let Some(end) = closing(doc, dash) {
        report_aside(doc, dash..end, sink);
        return Some(end);
    }
    let first = word(doc, dash);
    let after_stop = doc.tokens[dash - 1].kind == Kind::Stop;
    let clause = speaks(doc, dash + 1)
        && doc.tokens[dash + 1].kind != Kind::Quote
        && doc.tokens[first].span.len() > 1
        && (after_stop || !doc.tokens[first].has(Shape::CAPITAL));
    if !clause {
        return None;
    }
    let span = doc.tokens[dash].span.to(doc.tokens[first].span);
    let message = "This dash clings to the word as a Spanish raya does. English sets speech between “…”, and an aside between commas or dashes with spaces on both sides.";
    let finding = sink.report(span, message);
    if !after_stop && doc.tokens[dash - 1].kind == Kind::Word {
        finding.suggest(format!("— {}", doc.slice(doc.span(dash + 1..first + 1))));
    }
    Some(dash)
}

/// Tokens of an aside, at most.
const LONGEST_ASIDE: usize = 40;

/// The dash that closes the aside: it clings to the word before, and a space or mark follows.
fn closing(doc: &Document, dash: usize) -> Option<usize> {
    let end = doc.tokens_of(doc.sentence_of(dash)).end;
    let same = |t: usize| doc.text(t) == doc.text(dash);
    let next = (dash + 2..end.min(dash + LONGEST_ASIDE)).find(|&t| {
        let ends = matches!(after(doc, t), Side::Space | Side::Mark | Side::Edge);
        same(t) && (doc.tokens[t].spaced() || ends)
    })?;
    (!doc.tokens[next].spaced()).then_some(next)
}

fn report_aside(doc: &Document, aside: Range<usize>, sink: &mut Sink) {
    let inner = doc.slice(doc.span(aside.start + 1..aside.end));
    let mut span = doc.tokens[aside.start].span.to(doc.tokens[aside.end].span);
    let mut better = format!("— {inner} —");
    if after(doc, aside.end) == Side::Mark {
        let mark = doc.tokens[aside.end + 1].span;
        span = span.to(mark);
        better = format!("({inner}){}", doc.slice(mark));
    }
    let message = "The dashes of this aside cling to its words as in Spanish. English sets it between commas, brackets, or dashes with spaces on both sides.";
    sink.report(span, message).mend(better);
}

/// `opposition -, he said`: the end of an aside before a mark.
fn lone_end(doc: &Document, dash: usize, sink: &mut Sink) -> Option<usize> {
    let word = doc.tokens[dash - 1];
    if !matches!(
        word.kind,
        Kind::Word | Kind::Number | Kind::Close | Kind::Quote
    ) {
        return None;
    }
    let mark = doc.tokens[dash + 1].span;
    let better = format!("{}{}", doc.slice(word.span), doc.slice(mark));
    let message =
        "The dash that ends an aside stands before another mark, as in Spanish. English drops it.";
    sink.report(word.span.to(mark), message).suggest(better);
    Some(dash)
}

/// `for five days. -` at the end of a paragraph.
fn final_dash(doc: &Document, dash: usize, sink: &mut Sink) -> Option<usize> {
    if doc.text(dash - 1) != "." || doc.tokens[dash - 1].spaced() {
        return None;
    }
    let span = doc.tokens[dash - 1].span.to(doc.tokens[dash].span);
    sink.report(
        span,
        "A dash is left over after the last sentence. Delete it.",
    )
    .mend(".");
    Some(dash)
}

/// `San José.- The minister`, `Answer.- Because`.
fn point_and_dash(doc: &Document, dash: usize, sink: &mut Sink) -> Option<usize> {
    let word = dash.checked_sub(2)?;
    if !matches!(doc.tokens[word].kind, Kind::Word | Kind::Number) || doc.tokens[dash - 1].spaced()
    {
        return None;
    }
    let text = doc.text(word);
    let speaker = ["Ask", "Question", "Answer", "Reply", "Response", "Q", "A"].contains(&text);
    let better = format!("{text}{}", if speaker { ":" } else { " —" });
    let message = "Spanish ends a dateline or the name of a speaker with a point and a dash. English sets a dash after the one and a colon after the other.";
    sink.report(doc.tokens[word].span.to(doc.tokens[dash].span), message)
        .mend(better);
    Some(dash)
}
