//! The rule `spaced-punctuation`: so , so ? and so( so).
use crate::text::quotations::Role;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Span, Status};

/// A space stands before a punctuation mark, or after a bracket in place of before it.
pub static RULE: Rule = Rule {
    id: "spaced-punctuation",
    group: Group::Typography,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "A space stands on the wrong side of a punctuation mark.",
    why: "Translation engines cut marks off from words before they translate and put them back afterwards; around tags, names and numbers the step back fails. Neither Spanish nor English sets a space before a comma, stop or colon, or inside brackets.",
    flag: &[
        "We suffered like {crazy ,=>crazy,} but we won.",
        "The minister left the {room .=>room.} Nobody followed.",
        "Who will pay for {it ?=>it?} he asked.",
        "He won the {race ;=>race;} she lost it.",
        "They said “no way{” ,=>”,} and left.",
        "He gave three {reasons :=>reasons:} money, time and love.",
        "Deportivo beat {Lucense( 3=>Lucense (3}-0) on Sunday.",
        "The {party ,led=>party, led} by Junqueras, abstained.",
        "He won {( 3=>(3}-1) on Sunday.",
        "The mayor {resigned( and=>resigned (and} left) on Monday.",
    ],
    pass: &[
        "He left ... and she stayed . . . for years.",
        "The .22 rifle, the .com bubble and the :comma.",
        "They drew 1 : 1 and the odds were 16 : 9.",
        "She smiled :) and he wept :( again ;)",
        "if (a != b) { c ? d : e }",
        "Qualcomm (NASDAQ: QCOM ) and Facebook ( FB ) rose.",
        "preg_replace( array(1) )",
        "It appeared in print on , on Page A22.",
        "We won, he said; she lost: it was over.",
        "Le ministre a dit : « Non ! » et les troupes sont parties dans la nuit.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    if !sink.suspected(doc) {
        return;
    }
    for kind in [Kind::Comma, Kind::Stop, Kind::Semicolon, Kind::Colon] {
        for &mark in doc.of_kind(kind) {
            let mark = mark as usize;
            if doc.tokens[mark].spaced() && is_loose(doc, mark) {
                report(doc, mark, sink);
            }
        }
    }
    for &bracket in doc.of_kind(Kind::Open) {
        let bracket = bracket as usize;
        if doc.mark(bracket) == '(' && doc.tokens.get(bracket + 1).is_some_and(|t| t.spaced()) {
            opening_bracket(doc, bracket, sink);
        }
    }
}

/// Whether a mark after a space ends what stands before it, in English text.
fn is_loose(doc: &Document, mark: usize) -> bool {
    let token = &doc.tokens[mark];
    if mark == 0 || token.has(Shape::LINE_BEFORE) || token.span.len() > 1 {
        return false;
    }
    let before = &doc.tokens[mark - 1];
    let figure = before.kind == Kind::Number;
    let ends = match before.kind {
        Kind::Word => ends_clause(doc, mark - 1),
        Kind::Number => true,
        Kind::Quote => closes_quotation(doc, mark - 1),
        _ => false,
    };
    // `.22`, `:)`, `!=`, `. . .`, `1 : 1`
    let free = doc.tokens.get(mark + 1).is_none_or(|next| {
        next.spaced() && next.kind != Kind::Stop && !(figure && next.kind == Kind::Number)
            || next.kind == Kind::Quote
            || word_after_comma(doc, mark).is_some()
    });
    ends && free && !doc.is_foreign(mark)
}

/// Whether a clause can end with the word: after `to` or `the` a word is lost, and `index.php` and
/// `a ? b : c` are code.
fn ends_clause(doc: &Document, word: usize) -> bool {
    let token = &doc.tokens[word];
    let lost = [class::PREPOSITIONS, class::ARTICLES, class::POSSESSIVES]
        .iter()
        .any(|&c| token.is(c));
    let code = token.span.len() == 1
        || !token.spaced() && word > 0 && doc.tokens[word - 1].kind == Kind::Stop;
    !lost && !code
}

fn closes_quotation(doc: &Document, token: usize) -> bool {
    let mark = doc.quotations().at(token);
    mark.is_some_and(|m| m.role == Role::Close && m.is_double())
}

/// The word that a comma clings to in place of the one before: `the party ,led by`.
fn word_after_comma(doc: &Document, mark: usize) -> Option<Span> {
    let (comma, next) = (&doc.tokens[mark], doc.tokens.get(mark + 1)?);
    let clings = comma.kind == Kind::Comma && next.kind == Kind::Word && !next.spaced();
    clings.then_some(next.span)
}

fn report(doc: &Document, mark: usize, sink: &mut Sink) {
    let before = doc.tokens[mark - 1].span;
    let mut span = before.to(doc.tokens[mark].span);
    let mut better = format!("{}{}", doc.slice(before), doc.text(mark));
    if let Some(word) = word_after_comma(doc, mark) {
        span = span.to(word);
        better = format!("{better} {}", doc.slice(word));
    }
    sink.report(span, "A space stands before this mark. Close it up.")
        .mend(better);
}

/// Tokens between the brackets of an aside, at most.
const LONGEST_ASIDE: usize = 12;

/// `Lucense( 3-0)`, `won ( 3-0)`; but `replace( array(` is code, and `( so )` a style.
fn opening_bracket(doc: &Document, bracket: usize, sink: &mut Sink) {
    let (token, next) = (&doc.tokens[bracket], &doc.tokens[bracket + 1]);
    let Some(before) = bracket.checked_sub(1).map(|t| &doc.tokens[t]) else {
        return;
    };
    let worded = matches!(next.kind, Kind::Word | Kind::Number) && !next.has(Shape::LINE_BEFORE);
    let one_sided = || {
        let mut inside = doc.tokens[bracket + 1..].iter().take(LONGEST_ASIDE);
        let end = inside.find(|t| matches!(t.kind, Kind::Open | Kind::Close));
        end.is_some_and(|t| t.kind == Kind::Close && !t.spaced())
    };
    if !worded || before.kind != Kind::Word || !one_sided() {
        return;
    }
    let mut span = token.span.to(next.span);
    let mut better = format!("({}", doc.slice(next.span));
    if !token.spaced() {
        span = before.span.to(span);
        better = format!("{} {better}", doc.slice(before.span));
    }
    sink.report(
        span,
        "The space stands inside the bracket. It belongs outside.",
    )
    .mend(better);
}
