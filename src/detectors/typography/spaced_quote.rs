//! The rule `spaced-quote`: “ so ” and “so”and.
use crate::text::quotations::{Facing, Mark, Quotations, Role};
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status, Token};

/// The space beside a quotation mark is on its wrong side.
pub static RULE: Rule = Rule {
    id: "spaced-quote",
    group: Group::Typography,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "The space beside a quotation mark is on its wrong side.",
    why: "Translation engines cut marks off from words and put them back by guess; tags around a quotation leave their spaces inside it. English sets “so”: spaces outside, none inside.",
    flag: &[
        "The coach said: {“ We=>“We} will win” and left.",
        "“We give everything on the {pitch ”=>pitch”}, said the coach.",
        "\"We give everything on the {pitch \"=>pitch\"}, said the coach.",
        "Police broke up the {\" commando=>\"commando} of thieves\" on Monday.",
        "“That is {over. ”=>over.”} Then he left.",
        "“Argentines need {roads”emphasized=>roads” emphasized} the governor.",
        "He called it \"{historic \"and=>historic\" and} left.",
        "The coach {said“We=>said “We} will win” and left.",
    ],
    pass: &[
        "The coach said: “We will win” and left.",
        "“ ‘No,’ he said,” she recalled.",
        "Two “no”s and three \"yes\"es were counted.",
        "The board is 5\" wide and 6\" high.",
        "He said “no”—twice—and left.",
        "He is a “has-been”/“never-was”.",
        "the (“best”) paper, the “best”-selling one",
        "“We won,” he said. “We lost,” she said.",
        "He spoke of the “I Have a Dream” speech.",
        "\"Do you?\" \"I do.\"",
        "“It is complicated,” he said. “ … Really … ”",
        "A spokesman said:\"The club will act.\"",
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
        // Guillemets and misdirected marks are other rules’; so are single marks, which are
        // too often something else.
        if mark.is_guillemet() || !mark.is_double() || mark.misdirected() || mark.partner.is_none()
        {
            continue;
        }
        match mark.role {
            // `said," For`: as likely the end of a quotation whose beginning is lost.
            Role::Open if !mark.stands_closed() => opening(doc, mark, sink),
            // “historic ”and looks misdirected; a straight mark cannot.
            Role::Close if !mark.stands_open() || mark.facing == Facing::Neither => {
                closing(doc, quotations, mark, sink);
            }
            _ => {}
        }
    }
}

fn opening(doc: &Document, mark: &Mark, sink: &mut Sink) {
    let Some(next) = doc.tokens.get(mark.last_token() + 1) else {
        return;
    };
    let space_inside = mark.spaced.1 && keeps_close(next) && !next.has(Shape::LINE_BEFORE);
    let before = (mark.token as usize).checked_sub(1);
    let glued = !mark.spaced.0 && before.is_some_and(|t| doc.tokens[t].kind == Kind::Word);
    if !space_inside && !glued {
        return;
    }
    let (mut span, mut better) = (mark.span.to(next.span), String::new());
    if glued {
        let before = doc.tokens[mark.token as usize - 1].span;
        span = before.to(span);
        better = format!("{} ", doc.slice(before));
    }
    better += doc.slice(mark.span);
    better += doc.slice(next.span);
    sink.report(span, message(space_inside, "before"))
        .mend(better);
}

fn closing(doc: &Document, quotations: &Quotations, mark: &Mark, sink: &mut Sink) {
    let (Some(before), Some(next)) = (
        (mark.token as usize).checked_sub(1).map(|t| &doc.tokens[t]),
        doc.tokens.get(mark.last_token() + 1),
    ) else {
        return;
    };
    let line_before = doc.tokens[mark.token as usize].has(Shape::LINE_BEFORE);
    let space_inside = mark.spaced.0 && keeps_close(before) && !line_before;
    // “no”s and “yes”es are plurals.
    let glued = !mark.spaced.1 && next.kind == Kind::Word && next.span.len() > 2;
    if !space_inside && !glued {
        return;
    }
    let mut span = quotations.with_word(doc, mark);
    if span == mark.span {
        return;
    }
    let words = &doc.plain[span.start as usize..mark.span.start as usize];
    let mut better = format!("{}{}", words.trim_end(), doc.slice(mark.span));
    if glued {
        span = span.to(next.span);
        better = format!("{better} {}", doc.slice(next.span));
    }
    sink.report(span, message(space_inside, "after"))
        .mend(better);
}

/// Whether what stands inside a quotation stands close to its marks; inner marks and ellipses may
/// keep a distance.
fn keeps_close(token: &Token) -> bool {
    let ellipsis = token.kind == Kind::Stop && token.span.len() > 1;
    token.kind != Kind::Quote && !ellipsis
}

fn message(space_inside: bool, side: &str) -> String {
    if space_inside {
        "A space stands inside the quotation. Close up the mark with the word.".to_owned()
    } else {
        format!("There is no space {side} the quotation. Set one.")
    }
}
