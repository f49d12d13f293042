//! The rule `stray-guillemet`: «so» in English.
use crate::text::quotations::{Mark, Pair, Quotations, Style};
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A Spanish guillemet stands in English text.
pub static RULE: Rule = Rule {
    id: "stray-guillemet",
    group: Group::Typography,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::LocalePunctuation,
    summary: "A Spanish guillemet stands in English text.",
    why: "The Spanish press quotes with «…». A translation engine that meets a tag or a space inside the pair keeps one of the marks or both. English news quotes with “…”, or with ‘…’ inside another quotation.",
    flag: &[
        "The {«investiture»=>“investiture”} vote is on Tuesday.",
        "He said: {« we are ready »=>“we are ready”} and left.",
        "\"No,\" she said. The deputy spoke of a {«fraud»=>\"fraud\"}.",
        "“He called it {«a fraud»=>‘a fraud’} twice,” she said.",
        "He asked for “fewer words and more {Patriot »=>Patriot”}.",
        "{«I=>“I} will not resign”, she said.",
        "The minister announced {«a} new era for the country and its neighbours.",
    ],
    pass: &[
        "Home » Sport » Football » Results",
        "The paper’s headline was « Ça suffit », in letters of six inches.",
        "« Previous page",
        "Next »",
        "std::cout << x >> y",
        "El ministro aseguró que las tropas «retomarán el control» a las ocho de la mañana.",
        "He said “we must not allow it”.",
        "The album Ô is out on Friday.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let quotations = doc.quotations();
    for pair in quotations.pairs() {
        let (open, close) = (quotations.mark(pair.open), quotations.mark(pair.close));
        if open.is_guillemet() && close.is_guillemet() {
            if !(open.misdirected() || close.misdirected() || is_foreign(doc, open, close)) {
                report_pair(doc, quotations, pair, sink);
            }
            continue;
        }
        for mark in [open, close] {
            if mark.is_guillemet() && !mark.misdirected() {
                let message = "A Spanish guillemet stands in English text, and its partner is of another style. English quotes with “…”.";
                sink.report(quotations.with_word(doc, mark), message)
                    .mend(quotations.rewritten(doc, mark));
            }
        }
    }
    for mark in quotations.marks() {
        let in_text = || doc.blocks[doc.block_of(mark.token as usize)].kind == BlockKind::Body;
        if mark.is_guillemet() && mark.unpaired() && !mark.misdirected() && in_text() {
            let message = "A Spanish guillemet stands in English text without its partner. Write “…” and find where the quotation begins and ends.";
            sink.report(quotations.with_word(doc, mark), message);
        }
    }
}

fn report_pair(doc: &Document, quotations: &Quotations, pair: &Pair, sink: &mut Sink) {
    let single = quotations.mark(pair.open).style == Style::SingleGuillemet;
    let inner = single || pair.level % 2 == 1;
    let (open, close) = sink.style().marks(inner, quotations.are_straight());
    let text = doc.slice(quotations.inner(pair)).trim();
    let message =
        format!("The quotation stands in Spanish guillemets. English quotes with {open}…{close}.");
    sink.report(quotations.span(pair), message)
        .mend(format!("{open}{text}{close}"));
}

/// Tokens of a quotation that are looked at to tell its language.
const LOOKED_AT: usize = 40;

/// Whether the text around is no English, or the pair stands as the French set it, with spaces
/// inside, around words that are no English: a title, a headline.
fn is_foreign(doc: &Document, open: &Mark, close: &Mark) -> bool {
    let first = open.token as usize + 1;
    let inside = first..(close.token as usize).min(first + LOOKED_AT);
    let accents = || {
        let mut words = doc.tokens[inside.clone()].iter();
        words.any(|t| t.kind == Kind::Word && t.has(Shape::NON_ASCII))
    };
    let french = open.spaced.1 && close.spaced.0 && accents();
    french && doc.common_words_in(inside.clone()) == 0 || doc.is_foreign(open.token as usize)
}
