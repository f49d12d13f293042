//! The rule `interview-marker`: the marks of question and answer, translated.
use crate::{
    Document, Edit, Finding, Fix, Group, Kind, Mqm, Rule, Safety, Severity, Shape, Sink, Span,
    Status,
};

/// Questions and answers of an interview are marked in the Spanish manner.
pub static RULE: Rule = Rule {
    id: "interview-marker",
    group: Group::Structure,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::TextualConventions,
    summary: "Questions and answers of an interview are marked in the Spanish manner.",
    why: "Spanish interviews mark the speakers with *Pregunta.* and *Respuesta.*, or *P.* and *R.*. Translated word for word they read *Ask.* and *Answer.*, which look like orders. English news writes Q: and A:, or sets the questions in bold.",
    flag: &[
        "The minister received us on Monday.\n\n{Ask.} Do they want it?\n\nAnswer. We want it now.",
        "The minister received us on Monday.\n\n{P.} Will you stand again?\n\nR. It is too early to say.",
        "{Question.-} Why did you leave?\n\nAnswer.- I was tired.\n\nQuestion.- Of what?\n\nAnswer.- Of it all.",
        "{Ask:} Do they want it?\n\nReply: We want it now.",
    ],
    pass: &[
        "Q: Why did you leave?\n\nA: I was tired.\n\nQ: Of what?",
        "Q. Why did you leave?\n\nA. I was tired.",
        "P. Diddy arrived first.\n\nR. Kelly did not.",
        "Ask. That is what the leaflet says.\n\nThe minister did not ask.",
        "Question: why did he leave?\n\nAnswer: he was tired.",
        "R. Smith, Republican of Ohio, spoke.\n\nR. Jones did not.",
        "P. J. Harvey sang.\n\nR. E. M. played after her in the rain.",
    ],
    lexicon: "",
    check,
};

/// Whether a marker asks or answers, and whether only a translation has it.
#[derive(Clone, Copy)]
struct Marker {
    span: Span,
    asks: bool,
    foreign: bool,
}

fn check(doc: &Document, sink: &mut Sink) {
    let markers: Vec<Marker> = doc.blocks.iter().filter_map(|b| marker(doc, b)).collect();
    let alternate = markers.windows(2).any(|p| p[0].asks && !p[1].asks);
    let foreign = markers.iter().any(|m| m.foreign);
    if !alternate || !foreign {
        return;
    }
    let Some((first, others)) = markers.split_first() else {
        return;
    };
    let finding = sink.report(
        first.span,
        format!(
            "“{}” marks a question or an answer in the Spanish manner. Write Q: and A:.",
            doc.slice(first.span)
        ),
    );
    finding.spanish("Pregunta. Respuesta.");
    for other in others {
        finding.relate(other.span, "marked in the same way");
    }
    mend(finding, &markers);
}

/// Adds the fix for all markers of the story.
fn mend(finding: &mut Finding, markers: &[Marker]) {
    finding.fixes.push(Fix {
        edits: markers
            .iter()
            .map(|m| Edit {
                span: m.span,
                text: if m.asks { "Q:" } else { "A:" }.to_owned(),
            })
            .collect(),
        safety: Safety::Safe,
    });
}

/// The marker that a block begins with.
fn marker(doc: &Document, block: &crate::Block) -> Option<Marker> {
    let first = block.tokens.start as usize;
    let tokens = &doc.tokens[first..block.tokens.end as usize];
    let word = tokens.first().filter(|t| t.kind == Kind::Word)?;
    if word.span.len() > 8 || !word.has(Shape::CAPITAL) || tokens.len() < 4 {
        return None;
    }
    let (asks, foreign) = match doc.slice(word.span) {
        "Ask" | "ASK" => (true, true),
        "P" => (true, true),
        "Question" | "QUESTION" | "Q" => (true, false),
        "R" => (false, true),
        "Answer" | "ANSWER" | "Reply" | "Response" | "A" => (false, false),
        _ => return None,
    };
    let mark = tokens.get(1).filter(|t| !t.spaced())?;
    let colon = mark.kind == Kind::Colon;
    let point = mark.kind == Kind::Stop && mark.span.len() == 1;
    if !(colon || point) {
        return None;
    }
    let dash = tokens
        .get(2)
        .is_some_and(|t| !t.spaced() && matches!(t.kind, Kind::Hyphen | Kind::Dash));
    let last = if dash { 2 } else { 1 };
    let next = tokens.get(last + 1)?;
    // “P. J. Harvey”, “R. Kelly arrived”: initials; a question ends in its mark.
    let initial =
        next.span.len() == 1 && tokens.get(last + 2).is_some_and(|t| t.kind == Kind::Stop);
    let letter = word.span.len() == 1;
    let question = doc.slice(block.span).contains('?');
    if initial || letter && asks && !question || !(next.spaced() || dash) {
        return None;
    }
    Some(Marker {
        span: doc.span(first..first + last + 1),
        asks,
        foreign: foreign || point && dash,
    })
}
