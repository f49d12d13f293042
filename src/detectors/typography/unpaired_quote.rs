//! The rule `unpaired-quote`: “a quotation that never ends.
use crate::text::quotations::{Mark, Quotations, Role, Style};
use crate::words::class;
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Span, Status};

/// A quotation mark has no partner.
pub static RULE: Rule = Rule {
    id: "unpaired-quote",
    group: Group::Typography,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "A quotation mark has no partner.",
    why: "Marks are lost where a link or a bold name ends inside a quotation, where a text is cut, and where «…» is turned into “…” one mark at a time. The reader can then no longer tell what was said from what is told. English news closes every quotation; only one that runs on in the next paragraph stays open, and that paragraph begins with a mark again.",
    flag: &[
        "The adviser left the room at noon. {“We will go,=>“We will go,”} he said, and took the train.",
        "{“Without investment that is impossible,=>“Without investment that is impossible,”} ironized the economist Rafael Quintero.",
        "For those affected it is a relief, said Carmen on leaving. It was {time”}.",
        "The ministry said that {“the} law is void and cannot be applied.\n\nThe court did not comment on it.",
        "He spoke of the process and said that {\"is} going at the fastest speed.",
        "They met at the foot of the ‘{Pilar”=>Pilar’} and left.",
        "{“I never liked it,=>“I never liked it,”} said the mayor. “It isn’t even a good street.”",
        "“We won,” he said. {“So} the case is closed.\n\nThe party met on Monday and agreed.",
    ],
    pass: &[
        "“We will go.\n\n“And we will stay,” he said.",
        "The board said: “We regret it. “It will not happen again,” it added.",
        "“The club acted.\n\nThe players did not,” he said and left the room.",
        "He is 6'2\" tall and has a 27\" screen.",
        "It was rock ’n’ roll in the ’90s, the boys’ favourite.",
        "the so-called ‘Russian NATO’ and “inaction”",
        "\"Do you?\" \"I do,\" she said.",
        "Minister calls the plan ‘absurd",
        "“‘No,’ he said, and ‘never again’,” she recalled.",
        "The programme “Tomorrow & rdquor; is on.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    if !sink.suspected(doc) {
        return;
    }
    let quotations = doc.quotations();
    for pair in quotations.pairs() {
        let (open, close) = (quotations.mark(pair.open), quotations.mark(pair.close));
        if is_crossed(open, close) {
            let message = "The quotation opens with one mark and closes with another.";
            sink.report(quotations.with_word(doc, close), message)
                .suggest(quotations.rewritten(doc, close));
        }
    }
    for mark in quotations.marks() {
        // Single marks are too often apostrophes; misdirected ones and guillemets have their rules.
        let ours = mark.is_double() && !mark.misdirected() && !mark.is_guillemet();
        if ours && (mark.unpaired() || mark.continued) && in_story(doc, mark) {
            report(doc, quotations, mark, sink);
        }
    }
}

/// ‘Pilar”; but ‘He said ‘no’’ is closed by two marks.
fn is_crossed(open: &Mark, close: &Mark) -> bool {
    matches!(open.style, Style::Single | Style::StraightSingle)
        && matches!(close.style, Style::Double | Style::StraightDouble)
        && close.last_token() == close.token as usize
        && !close.misdirected()
}

fn in_story(doc: &Document, mark: &Mark) -> bool {
    doc.blocks[doc.block_of(mark.token as usize)].kind != BlockKind::Furniture
}

fn report(doc: &Document, quotations: &Quotations, mark: &Mark, sink: &mut Sink) {
    if mark.role == Role::Close {
        let message =
            "This mark closes a quotation that nothing opens. Find where the quotation begins.";
        sink.report(quotations.with_word(doc, mark), message);
        return;
    }
    match ending(doc, mark) {
        Ending::Attribution(comma) => {
            let span = mark.span.to(comma);
            let message = "The quotation is not closed before the words that tell who spoke.";
            let (_, close) = quotations.house_marks();
            sink.report(span, message)
                .suggest(format!("{}{close}", doc.slice(span)));
        }
        // The quotation goes on in the next paragraph.
        Ending::Unknown if mark.continued => {}
        Ending::Debris => {}
        Ending::Unknown => {
            let message = "The quotation that begins here is never closed. Find where it ends.";
            sink.report(quotations.with_word(doc, mark), message);
        }
    }
}

/// Where a quotation without closing mark may end.
enum Ending {
    /// At the comma before `he said` or `said the minister`.
    Attribution(Span),
    /// At a closing mark that came as `& rdquo;`.
    Debris,
    Unknown,
}

/// Tokens of the quotation that are looked at.
const LOOKED_AT: usize = 80;

fn ending(doc: &Document, mark: &Mark) -> Ending {
    let block = &doc.blocks[doc.block_of(mark.token as usize)].tokens;
    let first = mark.last_token() + 1;
    let speaks = |t: usize| t < block.end as usize && doc.tokens[t].is(class::SPEECH_VERBS);
    for at in first..(block.end as usize).min(first + LOOKED_AT) {
        let token = &doc.tokens[at];
        match token.kind {
            Kind::Quote => break,
            Kind::Word if matches!(doc.text(at), "quot" | "rdquo" | "rdquor" | "raquo") => {
                return Ending::Debris;
            }
            Kind::Comma if at > first => {
                let pronoun =
                    |t: usize| t < block.end as usize && matches!(doc.text(t), "he" | "she");
                let name = |t: usize| {
                    doc.tokens
                        .get(t)
                        .is_some_and(|t| t.has(Shape::CAPITAL) || t.is(class::ARTICLES))
                };
                if pronoun(at + 1) && speaks(at + 2) || speaks(at + 1) && name(at + 2) {
                    return Ending::Attribution(token.span);
                }
            }
            _ => {}
        }
    }
    Ending::Unknown
}
