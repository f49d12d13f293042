//! Words of names, filed by a key under which spellings of one name fall together.
use super::{Document, Kind, Shape, Token};
use crate::blob::hash;
pub use crate::fold::folded;
use crate::words::class;

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
