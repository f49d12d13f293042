//! The rule `reversed-guillemet`: »so« and ›so‹.
use crate::text::quotations::{Mark, Pair, Quotations, Style};
use crate::{BlockKind, Document, Group, Mqm, Rule, Severity, Sink, Status};

/// A quotation stands in reversed guillemets, or opens with one and is never closed.
pub static RULE: Rule = Rule {
    id: "reversed-guillemet",
    group: Group::Typography,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::LocalePunctuation,
    summary: "The quotation stands in guillemets that point the wrong way.",
    why: "Spanish quotes with «…». A pipeline that turns straight or lost marks back into typographic ones guesses their direction from the spaces around and may write »…«, which is neither Spanish nor English. English news quotes with “…”.",
    flag: &[
        "He told Putin that {»we must not allow it«=>“we must not allow it”}.",
        "The {»historic«=>“historic”} vote was close, and the “no” camp lost.",
        "The minister called it {›a small step‹=>‘a small step’}.",
        "\"No,\" she said. The party spoke of {»a fraud«=>\"a fraud\"}.",
        "Later in the evening Tokayev called for the {»joint} collective search for a formula of peace",
        "He said {»The=>“The} market expects a rise”, and left.",
        "The words {»peace«=>“peace”} and “war” were heard.",
    ],
    pass: &[
        "Home » Sport » Football",
        "Read more »",
        "»Read more",
        "The prompt was >> and he typed a name.",
        "He said “we must not allow it”.",
        "Next » Previous «",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let quotations = doc.quotations();
    for pair in quotations.pairs() {
        let (open, close) = (quotations.mark(pair.open), quotations.mark(pair.close));
        if open.is_guillemet() && close.is_guillemet() {
            if open.misdirected() || close.misdirected() {
                report_pair(doc, quotations, pair, sink);
            }
        } else if reversed(open) {
            report_mark(doc, quotations, open, sink);
        } else if reversed(close) {
            report_mark(doc, quotations, close, sink);
        }
    }
    for mark in quotations.marks() {
        let in_text = || doc.blocks[doc.block_of(mark.token as usize)].kind == BlockKind::Body;
        if mark.unpaired() && reversed(mark) && in_text() {
            let span = quotations.with_word(doc, mark);
            let message = "This guillemet points the wrong way, and the quotation is never closed. Write “ and find where the quotation ends.";
            sink.report(span, message);
        }
    }
}

fn reversed(mark: &Mark) -> bool {
    mark.is_guillemet() && mark.misdirected()
}

/// Both marks: the whole quotation is one finding.
fn report_pair(doc: &Document, quotations: &Quotations, pair: &Pair, sink: &mut Sink) {
    let span = quotations.span(pair);
    let single = quotations.mark(pair.open).style == Style::SingleGuillemet;
    let (open, close) = sink.style().marks(single, quotations.are_straight());
    let text = doc.slice(quotations.inner(pair)).trim();
    sink.report(
        span,
        format!("These guillemets point the wrong way. English quotes with {open}…{close}."),
    )
    .mend(format!("{open}{text}{close}"));
}

/// One mark, whose partner is no guillemet.
fn report_mark(doc: &Document, quotations: &Quotations, mark: &Mark, sink: &mut Sink) {
    let span = quotations.with_word(doc, mark);
    sink.report(
        span,
        "This guillemet points the wrong way, and its partner is of another style. English quotes with “…”.",
    )
    .mend(quotations.rewritten(doc, mark));
}
