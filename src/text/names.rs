//! Words of names, filed by a key under which spellings of one name fall together.
use super::{Document, Kind, Shape, Token};
use crate::blob::hash;
pub use crate::fold::folded;
use crate::words::{WordId, class};
use std::collections::BTreeMap;
use std::ops::Range;

/// The capitalised words of a document by key, spelling and place.
pub struct Names {
    words: Vec<NameWord>,
}

/// A capitalised word. The fields are in the order in which words are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameWord {
    /// Spellings of one name share it.
    key: u64,
    /// Tells spellings apart.
    spelling: u32,
    /// The number of the token.
    pub token: u32,
}

/// Shorter words are not compared: too many short names differ by one letter.
const SHORTEST: usize = 4;

/// Tokens that a story has at most. In longer texts, archives in one file, names are compared
/// within stretches of this length.
const LONGEST_STORY: usize = 1 << 15;

impl Names {
    /// Files every capitalised word that can be part of a name.
    pub fn of(doc: &Document) -> Self {
        let mut words: Vec<NameWord> = Vec::new();
        for (n, stretch) in doc.tokens.chunks(LONGEST_STORY).enumerate() {
            let first = words.len();
            for (i, token) in stretch.iter().enumerate() {
                if is_name_word(token) {
                    let at = n * LONGEST_STORY + i;
                    let word = doc.base(at);
                    words.push(NameWord {
                        key: key(word),
                        spelling: hash(word.as_bytes()) as u32,
                        token: at as u32,
                    });
                }
            }
            words[first..].sort_unstable();
        }
        Names { words }
    }

    /// The words of each key that has more than one spelling, by spelling and place.
    pub fn groups(&self) -> impl Iterator<Item = &[NameWord]> {
        self.words
            .chunk_by(|a, b| a.key == b.key)
            .filter(|g| g[0].spelling != g[g.len() - 1].spelling)
    }
}

fn is_name_word(token: &Token) -> bool {
    token.kind == Kind::Word
        && token.has(Shape::CAPITAL)
        && !token.has(Shape::ALL_CAPS)
        && token.span.len() >= SHORTEST
        && !token.is(class::FUNCTION_WORDS)
}

/// Whether a capitalised word stands directly beside, as in a full name.
pub fn name_word_before(doc: &Document, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let (this, token) = (&doc.tokens[at], &doc.tokens[before]);
    let same_block = doc.block_of(before) == doc.block_of(at);
    (same_block
        && this.spaced()
        && token.kind == Kind::Word
        && token.has(Shape::CAPITAL)
        && !token.is(class::FUNCTION_WORDS))
    .then_some(before)
}

/// Most words of a phrase that is looked for again.
const LONGEST_PHRASE: usize = 8;

/// Where names stand again that were found in context, each with the place where it was found:
/// *the newspaper The Country*, and later *The Country* alone. A name counts if all its words but
/// the small ones have a capital, and if no capital beside it makes it part of a longer one.
pub fn repeats(doc: &Document, found: &[Range<usize>]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut phrases: BTreeMap<WordId, BTreeMap<&str, Range<usize>>> = BTreeMap::new();
    for place in found.iter().filter(|p| is_proper(doc, p)) {
        let text = doc.slice(doc.span(place.clone()));
        let alike = phrases.entry(doc.tokens[place.start].word).or_default();
        alike.entry(text).or_insert_with(|| place.clone());
    }
    let mut repeats = Vec::new();
    if phrases.is_empty() {
        return repeats;
    }
    let mut taken = found.iter().peekable();
    let mut at = 0;
    while at < doc.tokens.len() {
        while taken.next_if(|p| p.end <= at).is_some() {}
        let phrase = phrases.get(&doc.tokens[at].word).and_then(|alike| {
            let here = |p: &&Range<usize>| stands_at(doc, p, at);
            alike.values().filter(here).max_by_key(|p| p.len())
        });
        let end = at + phrase.map_or(1, Range::len);
        if let Some(phrase) = phrase
            && taken.peek().is_none_or(|p| p.start >= end)
        {
            repeats.push((at..end, phrase.clone()));
        }
        at = end;
    }
    repeats
}

/// Whether all words of a phrase but the small ones have a capital, and two words at least.
fn is_proper(doc: &Document, place: &Range<usize>) -> bool {
    let mut words = 0;
    let proper = doc.tokens[place.clone()].iter().all(|t| {
        words += usize::from(t.has(Shape::CAPITAL));
        t.kind == Kind::Word
            && !t.has(Shape::ALL_CAPS)
            && (t.has(Shape::CAPITAL) || t.is(class::FUNCTION_WORDS))
    });
    proper && words >= 2 && place.len() <= LONGEST_PHRASE
}

/// Whether the words of a phrase stand at another place, and alone.
fn stands_at(doc: &Document, phrase: &Range<usize>, at: usize) -> bool {
    let end = at + phrase.len();
    if end > doc.tokens.len() || doc.block_of(at) != doc.block_of(end - 1) {
        return false;
    }
    // The capital of *The Country* may come from the sentence.
    let opens = doc.tokens[at].is(class::DETERMINERS)
        && doc.tokens_of(doc.sentence_of(at)).start == at
        && phrase.len() < 3;
    let beside = |t: usize| {
        let token = doc.tokens.get(t)?;
        (token.kind == Kind::Word
            && token.has(Shape::CAPITAL)
            && !token.is(class::FUNCTION_WORDS)
            && doc.tokens[t.max(at)].spaced())
        .then_some(())
    };
    let before = at.checked_sub(1).and_then(beside);
    !opens
        && phrase
            .clone()
            .zip(at..end)
            .all(|(a, b)| doc.base(a) == doc.base(b))
        && before.is_none()
        && beside(end).is_none()
}

/// A number that is the same for spellings of one name in several languages: the first letter
/// and the consonants after it, without accents, doubles and silent letters, alike sounds as one.
pub fn key(word: &str) -> u64 {
    let mut key = 0u64;
    let mut last = 0u8;
    for c in word.chars() {
        let c = sound(c);
        let vowel = matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'h' | 0);
        if key == 0 && c != 0 || !vowel && c != last {
            key = key << 5 | u64::from(c & 31);
        }
        last = c;
    }
    key
}

/// The letter that stands for a sound in a key; 0 is silent.
fn sound(c: char) -> u8 {
    let c = unaccented(c).to_ascii_lowercase();
    match c {
        'y' | 'j' => b'i',
        'c' | 'q' => b'k',
        'z' => b's',
        'v' | 'w' => b'b',
        'a'..='z' => c as u8,
        _ => 0,
    }
}

/// The letter without its accent, for the letters that European names have.
pub fn unaccented(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    use unicode_normalization::UnicodeNormalization;
    std::iter::once(c).nfd().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_again() {
        let text = "He reads the newspaper The Country. In The Country he wrote so. The Country told us. The World Health Organization and Blue World met.";
        let doc = Document::plain(text);
        let places = |phrase: &str| -> Vec<Range<usize>> {
            let spans = text.match_indices(phrase).map(|(i, _)| i as u32);
            let start = |i| doc.tokens.iter().position(|t| t.span.start == i).unwrap();
            spans.map(start).map(|t| t..t + 2).collect()
        };
        let [first, second, _] = &places("The Country")[..] else {
            panic!()
        };
        assert_eq!(
            repeats(&doc, std::slice::from_ref(first)),
            [(second.clone(), first.clone())]
        );
        assert_eq!(repeats(&doc, &places("The World")), []);
        assert_eq!(repeats(&doc, &places("newspaper The")), []);
    }

    #[test]
    fn spellings_share_a_key() {
        for (a, b) in [
            ("Tokayev", "Tokáyev"),
            ("Zelensky", "Zelenski"),
            ("Pashinyan", "Pashinian"),
            ("Kuznetsov", "Kusnetsov"),
            ("Aragonès", "Aragonés"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        for (a, b) in [
            ("Marín", "Martín"),
            ("Iran", "Iraq"),
            ("Fernandes", "Hernandez"),
        ] {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
        assert_eq!(key("Biden"), key("Baden"), "so a key alone is no evidence");
    }
}
