//! The table of acronyms: which Spanish one is which English one, and which English keeps.
use crate::text::names::folded;
use std::sync::LazyLock;

/// A body or thing with its names and acronyms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// `OTSC`
    pub spanish: &'static str,
    /// `Organización del Tratado de Seguridad Colectiva`
    pub spanish_name: &'static str,
    /// `CSTO`; empty if English has none.
    pub english: &'static str,
    /// `Collective Security Treaty Organization`
    pub english_name: &'static str,
    /// What a text should do with the Spanish acronym.
    pub action: &'static str,
    /// Whether the letters mean something else in English.
    pub collision: bool,
}

/// The rows of `corpora/terms/acronyms.tsv`, sorted by the Spanish acronym.
pub static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    let mut terms: Vec<Term> = include_str!("../corpora/terms/acronyms.tsv")
        .lines()
        .skip(1)
        .filter_map(row)
        .collect();
    terms.sort_by_key(|t| t.spanish);
    terms
});

fn row(line: &'static str) -> Option<Term> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Term {
        spanish: next()?,
        spanish_name: next()?,
        english: next()?,
        english_name: next()?,
        action: next()?,
        collision: next()? == "yes",
    })
}

/// The terms of a Spanish acronym.
pub fn of_spanish(acronym: &str) -> &'static [Term] {
    let start = TERMS.partition_point(|t| t.spanish < acronym);
    let end = TERMS.partition_point(|t| t.spanish <= acronym);
    &TERMS[start..end]
}

/// English acronyms by the folded English name, sorted.
static BY_ENGLISH_NAME: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let known = TERMS
        .iter()
        .filter(|t| t.action == "replace" && !t.english.is_empty());
    let mut names: Vec<_> = known.map(|t| (folded(t.english_name), t.english)).collect();
    names.sort_unstable();
    names
});

/// The English acronym of a body, by its English name without accents, case and spaces.
pub fn english_acronym(name: &str) -> Option<&'static str> {
    let at = BY_ENGLISH_NAME
        .binary_search_by(|(known, _)| known.as_str().cmp(name))
        .ok()?;
    Some(BY_ENGLISH_NAME[at].1)
}
