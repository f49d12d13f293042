//! The rule `untranslated-passage`: sentences, or long parts of one, that are still in Spanish.
use crate::text::sentences::LONGEST;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};
use std::ops::Range;
use whatlang::{Detector, Lang};

/// A passage is still in Spanish.
pub static RULE: Rule = Rule {
    id: "untranslated-passage",
    group: Group::Lexis,
    severity: Severity::Critical,
    status: Status::Stable,
    mqm: Mqm::Untranslated,
    summary: "This passage is still in Spanish.",
    why: "A system skips a paragraph when it takes its language for English, when a tag breaks the request, or when the input is too long. The reader of the translation cannot read it: translate it, or cut it.",
    flag: &[
        "The strike goes on.\n\n{Los trabajadores de la planta han decidido mantener la huelga hasta que se firme el convenio. El comité se reunirá de nuevo el lunes.}\n\nThe company has not replied.",
        "According to the union, {los representantes de la empresa no han querido sentarse a negociar con los trabajadores desde el lunes}, and the strike goes on.",
    ],
    pass: &[
        "The Instituto Nacional de Estadística y Geografía published the figures, and the Universidad de la República agreed.",
        "He sang “Como la cigarra” and “Gracias a la vida”, two songs that the crowd knew by heart.",
        "The film, “Todo sobre mi madre” (All About My Mother), won an Oscar.",
        "“¡El pueblo unido jamás será vencido!” they shouted: the people united will never be defeated.",
        "The slogan was “ni una menos”, not one woman less.",
        "Per se, it was a de facto ban, en route to a vote.",
        "La vie en rose est une chanson de l’artiste, et le public de la salle la connaît bien.",
        "O presidente da república disse que não vai para a reunião com os governadores dos estados.",
        "El president de la Generalitat va dir que els pressupostos no s’aprovaran fins que el Parlament els voti.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/untranslated-passage.toml"),
    check,
};

/// Fewer words are a name, a title or a slogan.
const SHORTEST: usize = 6;
/// From so many words on a guess of the language by its letters can be trusted.
const LONG_ENOUGH_TO_GUESS: usize = 9;

fn check(doc: &Document, sink: &mut Sink) {
    let mut passages: Vec<Range<usize>> = Vec::new();
    let mut last_sentence = usize::MAX;
    for hit in sink.hits() {
        let sentence = doc.sentence_of(hit.start as usize);
        if sentence == last_sentence {
            continue;
        }
        last_sentence = sentence;
        for run in spanish_runs(doc, doc.tokens_of(sentence)) {
            match passages.last_mut() {
                Some(last) if follows(doc, last, &run) => last.end = run.end,
                _ => passages.push(run),
            }
        }
    }
    for passage in passages {
        sink.report(doc.span(passage), sink.rule().summary);
    }
}

/// Whether a run continues the passage before it: nothing but marks stands between.
fn follows(doc: &Document, last: &Range<usize>, next: &Range<usize>) -> bool {
    next.start - last.end <= 4
        && doc.tokens[last.end..next.start]
            .iter()
            .all(|t| t.kind != Kind::Word)
}

/// The parts of a sentence that are in Spanish: stretches without an English function word that
/// hold several Spanish ones and are mostly in lower case.
fn spanish_runs(doc: &Document, sentence: Range<usize>) -> Vec<Range<usize>> {
    debug_assert!(sentence.len() <= LONGEST);
    let mut runs = Vec::new();
    let mut start = sentence.start;
    for at in sentence.start..=sentence.end {
        let ends = at == sentence.end || is_english(doc, at);
        if ends {
            if let Some(run) = trim(doc, start..at)
                && is_spanish(doc, run.clone())
            {
                runs.push(run);
            }
            start = at + 1;
        }
    }
    runs
}

fn is_english(doc: &Document, at: usize) -> bool {
    let token = &doc.tokens[at];
    let shared = matches!(
        doc.text(at),
        "a" | "no" | "me" | "he" | "has" | "A" | "No" | "Me" | "He" | "Has" | "once" | "Once"
    );
    token.kind == Kind::Word
        && !shared
        && !token.is(class::SPANISH_FUNCTION_WORDS)
        && (token.is(class::FUNCTION_WORDS) || token.is(class::DETERMINERS))
}

/// The Spanish of a stretch: from its first Spanish function word on, and not beyond a comma after
/// the last one; a sentence that has no English at all is taken whole.
fn trim(doc: &Document, run: Range<usize>) -> Option<Range<usize>> {
    let word = |t: &usize| matches!(doc.tokens[*t].kind, Kind::Word | Kind::Number);
    let spanish = |t: &usize| doc.tokens[*t].is(class::SPANISH_FUNCTION_WORDS);
    let sentence = doc.tokens_of(doc.sentence_of(run.start.min(doc.tokens.len() - 1)));
    if run == sentence {
        let first = run.clone().find(word)?;
        let last = run
            .rev()
            .find(|t| word(t) || doc.tokens[*t].kind == Kind::Stop)?;
        return Some(first..last + 1);
    }
    let first = run.clone().find(spanish)?;
    let last = run.clone().rev().find(spanish)?;
    let comma = (last..run.end).find(|&t| {
        matches!(
            doc.tokens[t].kind,
            Kind::Comma | Kind::Semicolon | Kind::Open | Kind::Dash
        )
    });
    let end = (last..comma.unwrap_or(run.end)).rev().find(word)?;
    Some(first..end + 1)
}

fn is_spanish(doc: &Document, run: Range<usize>) -> bool {
    let words: Vec<usize> = run
        .clone()
        .filter(|&t| doc.tokens[t].kind == Kind::Word)
        .collect();
    if words.len() < SHORTEST {
        return false;
    }
    let lower = words
        .iter()
        .filter(|&&t| !doc.tokens[t].has(Shape::CAPITAL))
        .count();
    let function = words
        .iter()
        .filter(|&&t| {
            doc.tokens[t].is(class::SPANISH_FUNCTION_WORDS) && !doc.tokens[t].has(Shape::CAPITAL)
        })
        .count();
    let quoted =
        doc.tokens[run.start..run.end].len() < 2 * LONG_ENOUGH_TO_GUESS && in_quotation(doc, &run);
    // In a name or a title the words between the small ones have capitals.
    let names = lower.saturating_sub(function) < words.len() - lower;
    if function < 2 || names || function * 5 < words.len() || quoted {
        return false;
    }
    let text = doc.slice(doc.span(run));
    words.len() < LONG_ENOUGH_TO_GUESS || guess(text) == Some(Lang::Spa)
}

/// The likeliest of the languages that stand beside Spanish in the news.
fn guess(text: &str) -> Option<Lang> {
    let allowed = vec![
        Lang::Spa,
        Lang::Eng,
        Lang::Cat,
        Lang::Por,
        Lang::Fra,
        Lang::Ita,
    ];
    Detector::with_allowlist(allowed).detect_lang(text)
}

/// Whether quotation marks stand around the run: a title, a slogan, a quoted cry.
fn in_quotation(doc: &Document, run: &Range<usize>) -> bool {
    let quote = |t: Option<usize>| {
        t.is_some_and(|t| {
            matches!(
                doc.tokens.get(t).map(|t| t.kind),
                Some(Kind::Quote | Kind::Inverted)
            )
        })
    };
    quote(run.start.checked_sub(1)) && (run.end..run.end + 2).any(|t| quote(Some(t)))
}
