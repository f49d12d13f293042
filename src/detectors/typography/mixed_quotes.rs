//! The rule `mixed-quotes`: ‘so’, "so" and “so” in one story.
use crate::text::quotations::{Mark, Pair, Quotations, Style};
use crate::{BlockKind, Document, Group, Mqm, Rule, Severity, Sink, Status};

/// The story quotes in several styles.
pub static RULE: Rule = Rule {
    id: "mixed-quotes",
    group: Group::Typography,
    severity: Severity::Neutral,
    status: Status::Stable,
    mqm: Mqm::InconsistentStyle,
    summary: "The story quotes in several styles.",
    why: "The Spanish press has three levels, «…», “…” and ‘…’, and headlines in '…'. Each is converted, or not, by another step of the pipeline, so that one story comes out with curly, straight and single marks and guillemets side by side. An English paper has one style, and another for quotations inside quotations.",
    flag: &[
        "“We had been waiting eight {years,\"=>years,”} said Carmen.",
        "“We won,” he said. The ‘popular’ party was silent, and so was the {\"yes}\" camp.",
        "The “no” camp, the ‘yes’ camp and the {«maybe}» camp met.",
        "“We do not trust certain {\"friends\"=>‘friends’} in the West,” he said.",
        "\"We had been waiting eight {years,”=>years,\"} said Carmen.",
    ],
    pass: &[
        "“We won,” he said. The ‘popular’ party was silent.",
        "‘He told me “no” twice,’ she said.",
        "\"He told me 'no' twice,\" she said.",
        "\"He told me ‘no’ twice,\" she said.",
        "Minister ‘furious’ over leak\n\n“I am furious,” he said.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let quotations = doc.quotations();
    let mut seen: Vec<(Style, &Mark)> = Vec::new();
    let mut around: Vec<&Pair> = Vec::new();
    for pair in quotations.pairs() {
        let (open, close) = (quotations.mark(pair.open), quotations.mark(pair.close));
        around.truncate(pair.level as usize);
        if mismatched(open, close) {
            let message = "The quotation opens in one style and closes in another.";
            sink.report(quotations.with_word(doc, close), message)
                .mend(quotations.rewritten(doc, close));
        } else if let Some(outer) = around.last() {
            if curly_and_straight(quotations.mark(outer.open).style, open.style) {
                report_inner(doc, quotations, pair, sink);
            }
        } else if !seen.iter().any(|&(style, _)| style == open.style)
            && doc.blocks[doc.block_of(open.token as usize)].kind == BlockKind::Body
        {
            seen.push((open.style, open));
        }
        around.push(pair);
    }
    let [others @ .., (_, last)] = &seen[..] else {
        return;
    };
    if others.len() + 1 >= STYLES {
        report_styles(doc, quotations, others, last, sink);
    }
}

/// “certain "friends" in the West”
fn report_inner(doc: &Document, quotations: &Quotations, pair: &Pair, sink: &mut Sink) {
    let single = match quotations.mark(pair.open).style {
        Style::StraightDouble => ('‘', '’'),
        Style::Double => ('\'', '\''),
        _ => return,
    };
    let message =
        "A quotation inside a quotation has double marks of another style. It takes single ones.";
    let inner = doc.slice(quotations.inner(pair));
    sink.report(quotations.span(pair), message)
        .mend(format!("{}{inner}{}", single.0, single.1));
}

/// Styles of one story that are too many.
const STYLES: usize = 3;

/// Whether one mark is curly and the other straight. Other misfits have their own rules.
fn mismatched(open: &Mark, close: &Mark) -> bool {
    curly_and_straight(open.style, close.style) && !open.misdirected() && !close.misdirected()
}

fn curly_and_straight(a: Style, b: Style) -> bool {
    matches!(
        (a.min(b), a.max(b)),
        (Style::Double, Style::StraightDouble) | (Style::Single, Style::StraightSingle)
    )
}

fn report_styles(
    doc: &Document,
    quotations: &Quotations,
    others: &[(Style, &Mark)],
    last: &Mark,
    sink: &mut Sink,
) {
    let of = |mark: &Mark| {
        let close = mark.partner.map_or(mark, |p| quotations.mark(p));
        (doc.slice(mark.span), doc.slice(close.span))
    };
    let styles: Vec<String> = others
        .iter()
        .map(|&(_, m)| m)
        .chain([last])
        .map(|m| format!("{}…{}", of(m).0, of(m).1))
        .collect();
    let message = format!(
        "The story quotes in {} styles: {}. Choose one.",
        styles.len(),
        styles.join(" ")
    );
    let finding = sink.report(quotations.with_word(doc, last), message);
    for (_, mark) in others {
        finding.relate(mark.span, "another style");
    }
}
