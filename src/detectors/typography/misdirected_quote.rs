//! The rule `misdirected-quote`: “so“ and ”so”, and the charter “,.
use crate::text::quotations::{Facing, Mark, Quotations, Role, Style};
use crate::{Document, Group, Mqm, Rule, Severity, Sink, Status};

/// A curly quotation mark points the wrong way.
pub static RULE: Rule = Rule {
    id: "misdirected-quote",
    group: Group::Typography,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "A quotation mark points the wrong way.",
    why: "Between «…» and “…” lies a step that guesses the direction of each mark from the spaces beside it, after the translation has moved those spaces: a closing guillemet with a space before it comes out as “. Read aloud, the quotation then begins where it should end.",
    flag: &[
        "He will abide by the United Nations {charter “=>charter”}, a comment that was not liked.",
        "“The market expects a {rise “=>rise”}, explained the economist.",
        "He called it “{historic “=>historic”} and left.",
        "She asked {”Will=>“Will} they come?” and left.",
        "They called for “a structural {adjustment. ”Its=>adjustment.” Its} president agreed.",
        "It was “a misguided {decision.“=>decision.”} However, the crew will train.",
        "A word about “{peace“=>peace”} and one about “war”.",
    ],
    pass: &[
        "He called it “historic”, and left.",
        "“We won,” he said. “We lost,” she said.",
        "The Germans write „so“, the Swedes write it in another way.",
        "“‘No,’ he said,” she recalled.",
        "The paper – “the best in town” – is closed.",
        "He said—“no”—and left (“never”).",
        "“…and then he left,” she said.",
        "The “.com” bubble burst.",
        "He sang rock ‘n’ roll in the ‘90s.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    if !sink.suspected(doc) {
        return;
    }
    let quotations = doc.quotations();
    for mark in quotations.marks() {
        if mark.is_guillemet() || !mark.is_double() {
            continue;
        }
        if mark.misdirected() && !answers_low_nine(quotations, mark) {
            report(doc, quotations, mark, sink);
        } else if mark.role == Role::Close && mark.facing == Facing::Closing && mark.stands_open() {
            report_seam(doc, quotations, mark, sink);
        }
    }
}

/// Whether the mark closes „so“.
fn answers_low_nine(quotations: &Quotations, mark: &Mark) -> bool {
    let partner = mark.partner.map(|p| quotations.mark(p));
    partner.is_some_and(|p| p.style == Style::LowNine)
}

fn report(doc: &Document, quotations: &Quotations, mark: &Mark, sink: &mut Sink) {
    let span = quotations.with_word(doc, mark);
    let better = quotations.rewritten(doc, mark);
    let closes = mark.role == Role::Close;
    let (does, shape) = if closes {
        ("closes", "opening")
    } else {
        ("opens", "closing")
    };
    if mark.partner.is_some() {
        let message = format!("This mark {does} a quotation but has the {shape} shape.");
        sink.report(span, message).mend(better);
        return;
    }
    let message = format!(
        "This mark stands where one {does} a quotation but has the {shape} shape, and the quotation has no other mark. Find where it begins and ends, or drop the mark."
    );
    let word = better.trim_matches(['“', '”', '"']).to_owned();
    sink.report(span, message).suggest(better).suggest(word);
}

/// `adjustment. ”Its`: the space went to the wrong side, and made an opening mark of it.
fn report_seam(doc: &Document, quotations: &Quotations, mark: &Mark, sink: &mut Sink) {
    let before = quotations.with_word(doc, mark);
    let after = doc.tokens[mark.token as usize + 1].span;
    let message = "This mark closes the quotation but stands like one that opens. The space belongs after it.";
    let better = format!("{} {}", quotations.rewritten(doc, mark), doc.slice(after));
    sink.report(before.to(after), message).mend(better);
}
