//! The rule `acronym-conflict`: one body under two acronyms, or one acronym for two names.
use crate::terms;
use crate::text::acronyms::fits;
use crate::text::names::folded;
use crate::words::class;
use crate::{Document, Group, Mqm, Rule, Severity, Sink, Status};
use std::collections::{BTreeMap, BTreeSet};

/// One body has two acronyms, or one acronym two names.
pub static RULE: Rule = Rule {
    id: "acronym-conflict",
    group: Group::Terms,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::InconsistentTerm,
    summary: "One body has two acronyms in this story, or one acronym two names.",
    why: "A system knows *OTSC* in one sentence and leaves it in the next, so that the reader meets the OTSC and the CSTO and takes them for two bodies. Use the English acronym throughout, and give the name once.",
    flag: &[
        "The alliance (OTSC) met in Yerevan. Kazakhstan belongs to the {CSTO}, too.",
        "The CSTO met in Yerevan. Kazakhstan will leave the {OTSC=>CSTO} in ten years.",
        "The Regional Energy Board (REB) met. Later the Regional Electricity Bureau ({REB}) denied it.",
        "The Andean Mining Council (AMC) met on Monday. On Friday the Andean Mining Council ({CMA}) met again.",
    ],
    pass: &[
        "The CPI rose in May. The ICC opened an inquiry.",
        "Andre Agassi (US) beat David Nalbandian (Argentina); Serena Williams (US) won.",
        "Apple Inc (NASDAQ: AAPL) fell and Google Inc (NASDAQ: GOOG) rose.",
        "The European Central Bank (ECB) raised rates; the ECB also bought bonds.",
        "The World Bank (WB) and the World Health Organization (WHO) agreed.",
        "The Central Bank of Norway (CBN) and the Central Bank of Norway’s board met.",
        "The US consumer price index (CPI) rose, and the CPI excludes rents.",
        "The Basque Nationalist Party (PNV) and the Socialists (PSOE) agreed; the PNV abstained.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    two_acronyms_of_the_table(doc, sink);
    two_names_or_two_acronyms(doc, sink);
}

/// A Spanish acronym and the English one of the same body.
fn two_acronyms_of_the_table(doc: &Document, sink: &mut Sink) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for &at in doc.caps() {
        if doc.tokens[at as usize].is(class::ACRONYMS) {
            first.entry(doc.base(at as usize)).or_insert(at as usize);
        }
    }
    let mut reported = BTreeSet::new();
    for (&acronym, &at) in &first {
        for term in terms::of_spanish(acronym) {
            // Letters that English readers know for something else are no evidence. And where they
            // know the English acronym, the Spanish one alone is to be mended.
            let known = |t: usize| {
                doc.tokens[t].is(class::COMMON_ACRONYMS) || doc.tokens[t].is(class::KEPT_ACRONYMS)
            };
            if known(at)
                || term.action != "replace"
                || term.english.is_empty()
                || term.english == acronym
            {
                continue;
            }
            let Some(&english) = first.get(term.english) else {
                continue;
            };
            if known(english) || explained(doc, at) || !reported.insert(term.english) {
                continue;
            }
            // Report where the reader meets the second one.
            let (later, earlier) = (at.max(english), at.min(english));
            let finding = sink.report(
                doc.base_span(later),
                format!(
                    "“{acronym}” and “{}” are the same body, {}. Use “{}” throughout.",
                    term.english, term.english_name, term.english
                ),
            );
            finding.relate(doc.base_span(earlier), "the other acronym");
            if later == at {
                finding.suggest(term.english);
            }
        }
    }
}

/// The same letters explained with two names, or the same name with two sets of letters.
fn two_names_or_two_acronyms(doc: &Document, sink: &mut Sink) {
    let mut by_acronym: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    let mut by_name: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for definition in doc.definitions() {
        let at = definition.acronym;
        let acronym = doc.base(at);
        let words = content_words(doc, definition.name.clone());
        let fits = |acronym: &str| fits(doc, definition.name.clone(), acronym);
        let same_letters = by_name
            .get(&words)
            .is_some_and(|&(other, _)| sorted(other) == sorted(acronym));
        // `Andre Agassi (US)` and `Apple Inc (NYSE)` are no definitions.
        if words.split(' ').count() < 2 || !fits(acronym) && !same_letters {
            continue;
        }
        match by_name.get(&words) {
            Some(&(other, first)) if other != acronym => {
                sink.report(
                    doc.base_span(at),
                    format!("“{acronym}” and “{other}” stand for the same name. Use one acronym."),
                )
                .relate(doc.base_span(first), "the other acronym");
                continue;
            }
            Some(_) => {}
            None => {
                by_name.insert(words.clone(), (acronym, at));
            }
        }
        match by_acronym.get(acronym) {
            Some((other, first)) if disagree(other, &words) => {
                sink.report(
                    doc.base_span(at),
                    format!("“{acronym}” stands for another name before. Give one body one name."),
                )
                .relate(doc.base_span(*first), "explained with another name");
            }
            Some(_) => {}
            None => {
                by_acronym.insert(acronym, (words, at));
            }
        }
    }
}

/// The letters of an acronym in alphabetical order.
fn sorted(acronym: &str) -> Vec<char> {
    let mut letters: Vec<char> = acronym.chars().collect();
    letters.sort_unstable();
    letters
}

/// The words of a name without the small ones, in alphabetical order: *Central Bank European* and
/// *European Central Bank* are one name.
fn content_words(doc: &Document, name: std::ops::Range<usize>) -> String {
    let mut words: Vec<String> = name
        .filter(|&t| {
            doc.tokens[t].kind == crate::Kind::Word && !doc.tokens[t].is(class::FUNCTION_WORDS)
        })
        .map(|t| folded(doc.base(t)))
        .collect();
    words.sort_unstable();
    words.join(" ")
}

/// Two names disagree unless one is part of the other.
fn disagree(a: &str, b: &str) -> bool {
    let (a, b): (BTreeSet<&str>, BTreeSet<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    !a.is_subset(&b) && !b.is_subset(&a)
}

/// Whether the sentence says that the acronym is foreign.
fn explained(doc: &Document, at: usize) -> bool {
    doc.tokens_of(doc.sentence_of(at)).any(|t| {
        matches!(doc.text(t), "initials" | "abbreviation" | "known")
            || doc.text(t) == "acronym" && doc.text(t.saturating_sub(1)) != "its"
    })
}
