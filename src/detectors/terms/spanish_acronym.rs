//! The rule `spanish-acronym`: its lexicon, and in translations the acronyms of the table that
//! nobody explains.
use crate::text::acronyms::defined;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status, lexicon, terms};
use std::collections::BTreeSet;

/// The acronym is the Spanish one; English has its own.
pub static RULE: Rule = Rule {
    id: "spanish-acronym",
    group: Group::Terms,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::WrongTerm,
    summary: "The acronym is the Spanish one; English has its own.",
    why: "Bodies that have a name in each language have an acronym in each: OTAN is NATO, OTSC is CSTO. Systems translate the name and leave the acronym, and nobody tells the English reader what it stands for.",
    flag: &["The {CNMC} sent no one; the CNMC was busy."],
    pass: &["The weather agency AEMET sent no one, and the markets regulator (CNMV) was busy."],
    lexicon: include_str!("../../../corpora/lexicon/spanish-acronym.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    lexicon::report(doc, sink);
    if sink.translated() {
        report_lone(doc, sink);
    }
}

/// Reports the first mention of an acronym that no reader of English knows, if the story never says
/// what it stands for. In a text that is not known to be translated, the writer chose it.
fn report_lone(doc: &Document, sink: &mut Sink) {
    let explained = defined(doc);
    let mut seen = BTreeSet::new();
    let hits = sink.hits();
    for &at in doc.caps() {
        let at = at as usize;
        let (token, acronym) = (&doc.tokens[at], doc.base(at));
        let first = seen.insert(acronym);
        if !first
            || !token.is(class::ACRONYMS)
            || lexicon::touching(hits, &(at..at + 1)).is_some()
            || token.is(class::COMMON_ACRONYMS)
            || acronym.len() < 3
            || explained.contains(acronym)
            || in_company(doc, at)
        {
            continue;
        }
        // Letters that stand for two things are left to the lexicon, which looks at the words beside.
        let mut terms = terms::of_spanish(acronym);
        if let (Some(term), None) = (terms.next(), terms.next())
            && term.action == "gloss"
            && !term.collision
        {
            let message = format!(
                "“{acronym}” is not explained in this story. It stands for “{}”: {}.",
                term.spanish_name, term.english_name
            );
            sink.report(doc.base_span(at), message)
                .spanish(term.spanish_name);
        }
    }
}

/// Whether the words beside an acronym explain it or make it part of a name: *the weather agency
/// AEMET*, *(CNMV)*, *la OTAN*, capitals throughout.
fn in_company(doc: &Document, at: usize) -> bool {
    let block = &doc.blocks[doc.block_of(at)].tokens;
    let inside = |t: usize| (block.start as usize..block.end as usize).contains(&t);
    let before = at.checked_sub(1).filter(|&t| inside(t));
    let after = Some(at + 1).filter(|&t| inside(t));
    let beside = |t: usize| {
        matches!(
            doc.tokens[t].kind,
            Kind::Open | Kind::Close | Kind::Hyphen | Kind::Dash | Kind::Colon
        ) || doc.tokens[t].has(Shape::ALL_CAPS) && doc.text(t).len() > 1
    };
    // “The prison service, SNAI, said”.
    let named = before.is_some_and(|t| {
        let token = &doc.tokens[t];
        doc.text(t) == ","
            || token.kind == Kind::Word && !token.is(class::FUNCTION_WORDS)
            || token.is(class::SPANISH_FUNCTION_WORDS) && !token.is(class::PREPOSITIONS)
    });
    let glossed = after.is_some_and(|t| {
        doc.text(t) == ","
            && doc
                .tokens
                .get(t + 1)
                .is_some_and(|next| next.is(class::ARTICLES) || next.has(Shape::CAPITAL))
    });
    named || glossed || before.is_some_and(beside) || after.is_some_and(beside)
}
