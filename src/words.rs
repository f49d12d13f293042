//! The vocabulary: every word that a list or a pattern of the corpora knows, with its classes.
use crate::blob::{self, Blob, Section, read_u32, read_u128};
use crate::text::tokenizer::{Shape, normalise};

/// The compiled corpora.
pub static CORPORA: Blob = Blob::new(include_bytes!(concat!(env!("OUT_DIR"), "/corpora.bin")));

/// A word list of `corpora/words`, as a bit of [`WordId::classes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(pub u8);

impl Class {
    /// The class as a set of one.
    pub const fn bit(self) -> u128 {
        1 << self.0
    }
}

/// The word lists by name.
pub mod class {
    use super::Class;
    include!(concat!(env!("OUT_DIR"), "/classes.rs"));
}

/// The number of a word in the vocabulary; 0 is every word outside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// The lists that hold the word, one bit each.
    #[inline]
    pub fn classes(self) -> u128 {
        if self.0 == 0 {
            return 0;
        }
        read_u128(CORPORA.section(Section::Classes), self.0 as usize)
    }

    /// Whether the list holds the word.
    #[inline]
    pub fn is(self, class: Class) -> bool {
        self.classes() & class.bit() != 0
    }

    /// The word in the form in which words are compared; empty outside the vocabulary.
    pub fn text(self) -> &'static str {
        CORPORA.text(CORPORA.section(Section::Words), self.0 as usize * 2)
    }
}

/// Longer words are in no list; they are not normalised either, so that a token of ten megabytes
/// of combining marks costs nothing.
const LONGEST: usize = 64;

/// Looks words up; holds the buffers for it.
#[derive(Default)]
pub struct Lookup {
    word: String,
}

impl Lookup {
    /// The number of a token’s word, and whether it was found without its final `’s`.
    #[inline]
    pub fn find(&mut self, token: &str, shape: Shape) -> (WordId, bool) {
        if token.len() > LONGEST {
            return (WordId(0), false);
        }
        let bytes = token.as_bytes();
        let possessive = match bytes {
            [.., b'\'', b's' | b'S'] => Some(2),
            [.., 0xe2, 0x80, 0x99, b's' | b'S'] => Some(4),
            _ => None,
        };
        if !token.is_ascii() {
            return self.find_wide(token, shape, possessive);
        }
        let mut buffer = [0u8; LONGEST];
        for (out, b) in buffer.iter_mut().zip(bytes) {
            *out = b.to_ascii_lowercase();
        }
        let id = find(&buffer[..bytes.len()]);
        match possessive {
            Some(tail) if id.0 == 0 => (find(&buffer[..bytes.len() - tail]), true),
            _ => (id, false),
        }
    }

    #[cold]
    fn find_wide(
        &mut self,
        token: &str,
        shape: Shape,
        possessive: Option<usize>,
    ) -> (WordId, bool) {
        normalise(token, shape.has(Shape::COMBINING), &mut self.word);
        let id = find(self.word.as_bytes());
        match possessive {
            Some(_) if id.0 == 0 => (find(&self.word.as_bytes()[..self.word.len() - 2]), true),
            _ => (id, false),
        }
    }
}

/// The number of a word in the form in which words are compared.
#[inline]
pub fn find(word: &[u8]) -> WordId {
    let slots = CORPORA.section(Section::Slots);
    let mask = slots.len() / 8 - 1;
    let hash = blob::hash(word);
    let tag = (hash >> 32) as u32;
    let mut at = hash as usize & mask;
    loop {
        let id = read_u32(slots, at * 2 + 1);
        if id == 0 {
            return WordId(0);
        }
        if read_u32(slots, at * 2) == tag && WordId(id).text().as_bytes() == word {
            return WordId(id);
        }
        at = (at + 1) & mask;
    }
}
