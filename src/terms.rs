//! The table of acronyms: which Spanish one is which English one, and which English keeps.
use crate::blob::{Section, TERM_WORDS, read_u32};
use crate::words::CORPORA;
use std::cmp::Ordering;

/// A body or thing with its names and acronyms: a row of `corpora/terms/acronyms.tsv`.
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

impl Term {
    /// The term in this row of the table.
    fn at(row: usize) -> Self {
        let cell = |i: usize| CORPORA.text(terms(), row * TERM_WORDS + i * 2);
        Term {
            spanish: cell(0),
            spanish_name: cell(1),
            english: cell(2),
            english_name: cell(3),
            action: cell(4),
            collision: cell(5) == "yes",
        }
    }
}

fn terms() -> &'static [u8] {
    CORPORA.section(Section::Terms)
}

/// The first of `rows` that does not come before what is looked for.
fn first(rows: usize, compare: impl Fn(usize) -> Ordering) -> usize {
    let (mut low, mut high) = (0, rows);
    while low < high {
        let middle = (low + high) / 2;
        match compare(middle) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal | Ordering::Greater => high = middle,
        }
    }
    low
}

/// The terms of a Spanish acronym.
pub fn of_spanish(acronym: &str) -> impl Iterator<Item = Term> {
    let rows = terms().len() / 4 / TERM_WORDS;
    let spanish = |row: usize| CORPORA.text(terms(), row * TERM_WORDS);
    let start = first(rows, |row| spanish(row).cmp(acronym));
    (start..rows)
        .map(Term::at)
        .take_while(move |term| term.spanish == acronym)
}

/// The English acronym of a body, by its English name without accents, case and spaces.
pub fn english_acronym(name: &str) -> Option<&'static str> {
    let names = CORPORA.section(Section::TermNames);
    let rows = names.len() / 12;
    let known = |row: usize| CORPORA.text(names, row * 3);
    let at = first(rows, |row| known(row).cmp(name));
    (at < rows && known(at) == name).then(|| Term::at(read_u32(names, at * 3 + 2) as usize).english)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::names::folded;

    #[test]
    fn every_row_is_found_by_its_acronym_and_by_its_name() {
        let rows = include_str!("../corpora/terms/acronyms.tsv")
            .lines()
            .skip(1);
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            let found = |t: Term| {
                [
                    t.spanish,
                    t.spanish_name,
                    t.english,
                    t.english_name,
                    t.action,
                ]
            };
            assert!(
                of_spanish(cells[0]).any(|t| found(t) == cells[..5]),
                "{row}"
            );
            if cells[4] == "replace" && !cells[2].is_empty() {
                assert!(english_acronym(&folded(cells[3])).is_some(), "{row}");
            }
        }
        assert_eq!(of_spanish("XQZ").count(), 0);
        assert_eq!(english_acronym("zzz"), None);
    }
}
