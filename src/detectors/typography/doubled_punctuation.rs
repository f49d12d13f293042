//! The rule `doubled-punctuation`: so,, so.. and so;.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// Two marks stand where one is due.
pub static RULE: Rule = Rule {
    id: "doubled-punctuation",
    group: Group::Typography,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "Two marks stand where one is due.",
    why: "A text that is translated in segments gets the final mark of the segment and that of the translation; a phrase that is cut out leaves the commas from both its sides. One mark is right.",
    flag: &[
        "It took too {long..=>long.} Nobody complained.",
        "The captain, {Barrios,,=>Barrios,} left the field.",
        "They kept it to {themselves;.=>themselves.} Nobody asked.",
        "The vote was {lost,.=>lost.} The party left.",
        "He asked {why?.=>why?} Nobody knew.",
        "The plan has three {parts:,=>parts:} money, time and luck.",
    ],
    pass: &[
        "Acme Inc., based in Fort Pierce, Fla., sold it at 4 a.m., he said.",
        "Wait... what? He left.... She stayed.",
        "What?! No!! Really??",
        "He works at Yahoo!, the portal.",
        "“Do you?”, he asked.",
        "the St. Ives Co.; the Smith Bros.: a history",
        "See figs. 3, 4, etc., and the rest.",
        "a[1,,2] and x..y",
        "the internet caf&#233;, the &quot;, and more",
        "He said (“no”.). Then he left.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    if !sink.suspected(doc) {
        return;
    }
    for kind in [Kind::Stop, Kind::Comma, Kind::Semicolon, Kind::Colon] {
        for &second in doc.of_kind(kind) {
            let second = second as usize;
            if !doc.tokens[second].spaced() && second >= 2 && is_doubled(doc, second) {
                report(doc, second, sink);
            }
        }
    }
}

/// Whether the mark and the one before it are one too many, after a word that is no abbreviation
/// and before a space.
fn is_doubled(doc: &Document, second: usize) -> bool {
    let (first, word) = (second - 1, &doc.tokens[second - 2]);
    let ends = doc
        .tokens
        .get(second + 1)
        .is_none_or(|t| t.spaced() || matches!(t.kind, Kind::Quote | Kind::Close));
    let after_word = matches!(
        word.kind,
        Kind::Word | Kind::Number | Kind::Quote | Kind::Close
    ) && !doc.tokens[first].spaced();
    let pair = matches!(
        (doc.text(first), doc.text(second)),
        ("." | "," | ";" | ":" | "?" | "!", ".")
            | ("," | ";" | ":", ",")
            | ("," | ";", ";")
            | ("," | ";", ":")
    );
    pair && ends && after_word && !keeps_first(doc, second) && !doc.is_foreign(second)
}

/// Whether the first mark belongs to the word: `Yahoo!.`, `Inc.;`, `&quot;.`
fn keeps_first(doc: &Document, second: usize) -> bool {
    let word = &doc.tokens[second - 2];
    let first = doc.text(second - 1);
    let entity = second >= 3 && matches!(doc.text(second - 3), "&" | "#");
    first == "!" && word.has(Shape::CAPITAL)
        || first == "." && word.is(class::ABBREVIATIONS) && doc.text(second) != "."
        || first == ";" && entity
}

fn report(doc: &Document, second: usize, sink: &mut Sink) {
    let word = doc.tokens[second - 2].span;
    let marks = (doc.text(second - 1), doc.text(second));
    let kept = match marks {
        ("?" | "!" | ":", _) => marks.0,
        _ => marks.1,
    };
    let span = word.to(doc.tokens[second].span);
    sink.report(span, "Two marks stand where one is due.")
        .mend(format!("{}{kept}", doc.slice(word)));
}
