//! The rule `cms-residue`: widgets of the newsroom’s system, with the teasers they bring along.
use crate::text::Shape;
use crate::words::class;
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Sink, Span, Status, furniture};

/// A widget of the newsroom’s system is left in the text, translated.
pub static RULE: Rule = Rule {
    id: "cms-residue",
    group: Group::Structure,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Markup,
    summary: "A widget of the newsroom’s system is left in the text, translated.",
    why: "Spanish sites build pages from macros and widgets: related stories, premium notes, *Noticia Relacionada estandar No*. A scraper takes their text for the story’s, and the translation glues them into a sentence, often with the headline, author and teaser of another story.",
    flag: &[
        "They want to keep the alliances. {Standard Related News No Tensions in the bloc: the Armenian leader refuses to sign Rafael M. Mañueco Nikol Pashinyan questioned the treaty of the Collective Security Treaty Organization} For this reason, Putin invited him to Moscow.",
        "“When it is time,” he said. {RELATED NEWS The opposition asks for the appearance of the Minister of Health} According to sources in the party, the date is fixed.",
        "The rate rises to 5%. {RELATED NEWS The bank lowers its forecast.} The markets fell.",
        "The rain has stopped in the whole of the region.\n\n{It may interest you: How much is the blue dollar today}",
        "The rain has stopped in the whole of the region.\n\n{READ ALSO | Who is who in the new Cabinet}\n\nIt will return on Friday.",
        "The rain has stopped.\n\n{Related news:\n\nRead also:\n\nKeep reading:}\n\nIt will return on Friday.",
        "{MARTA L. PAREJA Cuenca Tuesday, 9 April 2019, 20:14} The court of Cuenca sentenced the manager to six years.",
        "The court sentenced the manager.\n\n{The former manager, on the first day of the trial. / J. G.}\n\nHe will appeal.",
        "{Nuria Escorihuela, with the skull in the laboratory. / UNIZAR} The skull appeared in 2019.",
        "The queues stretch for two kilometres. {Photo: APG Agency A woman waits her turn at a filling station.} Inflation stands at 7%.",
        "The market fell.\n\nThe peso followed it down.\n\n{FACUNDO}",
        "The market fell.\n\nThe peso followed it down.\n\n{*brc}",
    ],
    pass: &[
        "On Tuesday, 9 April 2019, at 20:14 the court of Cuenca sentenced the manager to six years.",
        "“Roses are red. / Violets are blue,” he read out to the court.",
        "Portrait of Dennis Hopper in Taos, donated by the foundation. Image: Andy Warhol.",
        "It may interest you to learn that the house is for sale. The owner wants a million.",
        "Standard news related to the budget takes up half of the bulletin.",
        "Keep reading to your children, the teacher tells parents. They like it.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/cms-residue.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    furniture::report(doc, sink);
    stamps(doc, sink);
    credits(doc, sink);
    captions(doc, sink);
    initials(doc, sink);
}

/// Tokens at the head of a block within which a stamp must end.
const LONGEST_STAMP: usize = 20;

/// `MARTA PAREJA Cuenca Tuesday, 9 April 2019, 20:14 The court`: author, date and hour of the page,
/// run into the first sentence.
fn stamps(doc: &Document, sink: &mut Sink) {
    for block in doc.blocks.iter().filter(|b| b.kind == BlockKind::Body) {
        let first = block.tokens.start as usize;
        let tokens = &doc.tokens[first..block.tokens.end as usize];
        let head = &tokens[..tokens.len().min(LONGEST_STAMP)];
        let Some(clock) = head
            .iter()
            .position(|t| t.kind == Kind::Number && doc.slice(t.span).contains(':'))
        else {
            continue;
        };
        let stamp = &head[..clock];
        let dated = stamp.iter().any(|t| t.is(class::MONTHS))
            && stamp
                .iter()
                .any(|t| t.kind == Kind::Number && t.span.len() == 4);
        let plain = stamp.iter().all(|t| match t.kind {
            Kind::Word => t.has(Shape::CAPITAL) || t.is(class::PREPOSITIONS),
            kind => kind != Kind::Quote,
        });
        let next = tokens.get(clock + 1);
        let runs_on = next.is_some_and(|t| t.kind == Kind::Word && t.has(Shape::CAPITAL))
            && tokens.len() > clock + 8;
        if dated && plain && runs_on {
            let span = doc.span(first..first + clock + 1);
            take_out(
                doc,
                sink,
                span,
                "Author, date and hour of the page have run into the story.",
            );
        }
    }
}

/// `The manager, at the trial. / J. G.`: a caption with its credit in the Spanish manner.
fn credits(doc: &Document, sink: &mut Sink) {
    for &at in doc.of_kind(Kind::Symbol) {
        let at = at as usize;
        if doc.mark(at) != '/' || !doc.tokens[at].spaced() || at == 0 {
            continue;
        }
        let block = &doc.blocks[doc.block_of(at)];
        let first = block.tokens.start as usize;
        let tokens = &doc.tokens[..block.tokens.end as usize];
        let one_sentence = doc.sentence_of(at - 1) == block.sentences.start as usize;
        if at == first || tokens[at - 1].kind != Kind::Stop || !one_sentence {
            continue;
        }
        let is_name = |t: usize| {
            let initial = tokens.get(t + 1).is_some_and(|t| t.kind == Kind::Stop);
            tokens[t].kind == Kind::Word
                && (tokens[t].has(Shape::ALL_CAPS) || tokens[t].span.len() == 1 && initial)
        };
        let mut end = at + 1;
        while end < tokens.len() && (is_name(end) || end > at + 1 && tokens[end].kind == Kind::Stop)
        {
            end += 1;
        }
        // `/ Juan Pérez` closes the block.
        let closing =
            tokens.len() - at <= 5 && tokens[at + 1..].iter().all(|t| t.has(Shape::CAPITAL));
        if closing {
            end = tokens.len();
        }
        if end > at + 1 {
            take_out(
                doc,
                sink,
                doc.span(first..end),
                "A caption and its credit stand in the story.",
            );
        }
    }
}

/// `… for two kilometres. Photo: APG A woman waits. Inflation …`: a caption inside a paragraph.
fn captions(doc: &Document, sink: &mut Sink) {
    for &at in doc.of_kind(Kind::Colon) {
        let Some(label) = (at as usize).checked_sub(1) else {
            continue;
        };
        let is_label = ["Photo", "Image", "Picture", "Photograph", "Foto", "Imagen"]
            .contains(&doc.text(label));
        if !is_label {
            continue;
        }
        let number = doc.sentence_of(label);
        let sentence = doc.tokens_of(number);
        let sentences = &doc.blocks[doc.block_of(label)].sentences;
        let inside = sentences.start < number as u32 && number as u32 + 1 < sentences.end;
        if inside && sentence.start == label {
            take_out(
                doc,
                sink,
                doc.span(sentence),
                "A caption stands in the middle of a paragraph.",
            );
        }
    }
}

/// `*brc`, `FACUNDO`: who typed the story, alone in the last block. Only in a translation: other
/// stories end in such a line on purpose.
fn initials(doc: &Document, sink: &mut Sink) {
    let Some(block) = doc.blocks.last().filter(|b| b.tokens.len() <= 2) else {
        return;
    };
    let tokens = &doc.tokens[block.tokens.start as usize..block.tokens.end as usize];
    let (name, star) = match tokens {
        [name] => (name, false),
        [mark, name] => (name, doc.slice(mark.span) == "*"),
        _ => return,
    };
    let text = doc.slice(name.span);
    let letters = name.kind == Kind::Word && text.bytes().all(|b| b.is_ascii_alphabetic());
    let shape = name.has(Shape::ALL_CAPS) || star || tokens.len() == 1 && text.len() <= 4;
    let ends = ["END", "ENDS", "MORE"].contains(&text);
    let alone = tokens.len() == 1 || star;
    if letters && shape && alone && !ends && doc.blocks.len() > 2 && sink.translated() {
        let span = block.span;
        take_out(
            doc,
            sink,
            span,
            "The initials of whoever typed the story stand under it.",
        );
    }
}

/// Reports a span that fills its block or not, with the fix that deletes it.
fn take_out(doc: &Document, sink: &mut Sink, span: Span, what: &str) {
    let block = doc.blocks.partition_point(|b| b.span.end <= span.start);
    let whole = match doc.blocks[block].span == span {
        true => block..block + 1,
        false => 0..0,
    };
    let finding = sink.report(span, format!("{what} Delete it."));
    furniture::remove(doc, finding, &whole);
}
