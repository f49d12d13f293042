//! Acronyms that a text explains: `Eurasian Economic Union (EAEU)`.
use super::{Document, Kind, Shape};
use crate::words::class;
use std::collections::BTreeSet;
use std::ops::Range;

/// A name with its acronym in brackets behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The tokens of the name.
    pub name: Range<usize>,
    /// The token of the acronym.
    pub acronym: usize,
    /// Whether the bracket says more than the acronym: `(PNV, by its Spanish initials)`.
    pub glossed: bool,
}

/// Words that a name may have at most, small ones included.
const LONGEST_NAME: usize = 14;

/// All definitions of a document, in order.
pub fn definitions(doc: &Document) -> Vec<Definition> {
    let defined = |&at: &u32| {
        let acronym = at as usize;
        let open = acronym.checked_sub(1)?;
        (doc.tokens[open].kind == Kind::Open).then_some(())?;
        let name = name_before(doc, open)?;
        let after = doc.tokens.get(acronym + 1)?;
        Some(Definition {
            name,
            acronym,
            glossed: after.kind != Kind::Close,
        })
    };
    doc.caps().iter().filter_map(defined).collect()
}

/// The acronyms that a document explains.
pub fn defined(doc: &Document) -> BTreeSet<&str> {
    let acronyms = doc.definitions().iter();
    acronyms.map(|d| doc.base(d.acronym)).collect()
}

/// The run of capitalised words, small words between them, that ends before the token `end`.
fn name_before(doc: &Document, end: usize) -> Option<Range<usize>> {
    let block = &doc.blocks[doc.block_of(end)].tokens;
    let mut start = end;
    let mut at = end;
    while at > block.start as usize && end - at < LONGEST_NAME {
        at -= 1;
        let token = &doc.tokens[at];
        match token.kind {
            // A capital that the sentence or the calendar gives.
            Kind::Word if token.has(Shape::CAPITAL) && is_no_name(token) => break,
            Kind::Word if token.has(Shape::CAPITAL) => start = at,
            // The second part of `Co-operation`.
            Kind::Word if is_small(doc, at) || !token.spaced() => {}
            Kind::Quote | Kind::Hyphen => {}
            _ => break,
        }
    }
    // The article of a name is no part of it.
    while start < end && (doc.tokens[start].is(class::DETERMINERS) || is_small(doc, start)) {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// Whether the word is one that the initials of a name pass over.
fn is_small(doc: &Document, at: usize) -> bool {
    let token = &doc.tokens[at];
    !token.has(Shape::CAPITAL)
        && (token.is(class::PREPOSITIONS)
            || token.is(class::ARTICLES)
            || matches!(
                doc.text(at),
                "and" | "&" | "de" | "la" | "del" | "y" | "e" | "los" | "las" | "el" | "par"
            ))
}

/// Whether the letters of an acronym can be read off the name from left to right, beginning with
/// the initial of a word: `CSTO`, `Interpol`, `UNESCO`.
pub fn fits(doc: &Document, name: Range<usize>, acronym: &str) -> bool {
    let letters: Vec<char> = acronym.chars().flat_map(fold).collect();
    let words: Vec<usize> = name
        .clone()
        .filter(|&t| doc.tokens[t].kind == Kind::Word)
        .collect();
    // One word in the middle that happens to hold the letters is no name: Federation (FER).
    let starts = words
        .iter()
        .enumerate()
        .filter(|&(i, _)| i == 0 || i + 1 < words.len());
    starts.map(|(_, &t)| t).any(|first| {
        let text = doc.slice(doc.span(first..name.end));
        let mut rest = text.chars().flat_map(fold);
        rest.next() == letters.first().copied()
            && letters[1..].iter().all(|&l| rest.any(|c| c == l))
    })
}

/// Whether the capital of a word comes from the sentence or the calendar.
fn is_no_name(token: &super::Token) -> bool {
    [class::FUNCTION_WORDS, class::MONTHS, class::WEEKDAYS]
        .iter()
        .any(|&c| token.is(c))
}

/// Upper case without accents.
fn fold(c: char) -> impl Iterator<Item = char> {
    use unicode_normalization::UnicodeNormalization;
    std::iter::once(c)
        .nfd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_letters() {
        for (text, name, fit) in [
            (
                "He met the Collective Security Treaty Organization (CSTO) chief.",
                "Collective Security Treaty Organization",
                true,
            ),
            (
                "The Eurasian Economic Union (UEE) met.",
                "Eurasian Economic Union",
                false,
            ),
            (
                "In June the Organization for Security and Co-operation in Europe (OSCE) left.",
                "Organization for Security and Co-operation in Europe",
                true,
            ),
            (
                "She joined the Partido Socialista Obrero Español (PSOE) young.",
                "Partido Socialista Obrero Español",
                true,
            ),
        ] {
            let doc = Document::plain(text);
            let [d] = &definitions(&doc)[..] else {
                panic!("{text}")
            };
            assert_eq!(doc.slice(doc.span(d.name.clone())), name);
            assert_eq!(
                fits(&doc, d.name.clone(), doc.text(d.acronym)),
                fit,
                "{text}"
            );
        }
        assert!(definitions(&Document::plain("It rose (GDP) and fell.")).is_empty());
    }
}
