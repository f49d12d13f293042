//! The vocabulary: every word that a list or a pattern of the corpora knows, with its classes.
use crate::blob::{self, Blob, Section, read_u64};
use crate::text::Span;
use crate::text::tokenizer::{Shape, normalise};

/// The compiled corpora.
pub static CORPORA: Blob<'static> =
    Blob::new(include_bytes!(concat!(env!("OUT_DIR"), "/corpora.bin")));

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
        // A word that only a user’s lexicon knows has a higher number and is in no list.
        let at = self.0 as usize * 16;
        let classes = CORPORA.section(Section::Classes).get(at..at + 16);
        let classes = classes.and_then(|bytes| bytes.try_into().ok());
        classes.map_or(0, u128::from_le_bytes)
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

/// Looks words up; holds the sections and the buffer for it.
pub struct Lookup<'a> {
    slots: &'a [u8],
    mask: usize,
    buffer: String,
}

impl Default for Lookup<'_> {
    fn default() -> Self {
        Lookup::of(CORPORA)
    }
}

impl<'a> Lookup<'a> {
    /// Looks words up in the vocabulary of a blob.
    pub fn of(blob: Blob<'a>) -> Self {
        let slots = blob.section(Section::Slots);
        Lookup {
            slots,
            mask: slots.len() / 8 - 1,
            buffer: String::new(),
        }
    }
}

/// Letters of ASCII words become lower case, their digits and marks stay.
const LOWER: u64 = 0x2020_2020_2020_2020;

impl Lookup<'_> {
    /// The number of a word of nothing but ASCII letters.
    #[inline(always)]
    pub fn find_plain(&self, text: &str, word: Span) -> WordId {
        if word.len() > LONGEST {
            return WordId(0);
        }
        self.find_ascii(text.as_bytes(), word.start as usize, word.end as usize)
    }

    /// The number of a word of at most eight lower-case ASCII letters, filled up with zeros.
    #[inline(always)]
    pub fn find_small(&self, len: usize, letters: u64) -> WordId {
        self.probe(blob::hash_step(blob::hash_start(len), letters))
    }

    /// The number of a word of the text, and whether it was found without a final `’s`.
    pub fn find(&mut self, text: &str, word: Span, shape: Shape) -> (WordId, bool) {
        let (start, end) = (word.start as usize, word.end as usize);
        if end - start > LONGEST {
            return (WordId(0), false);
        }
        if shape.has(Shape::NON_ASCII) || shape.has(Shape::CURLY) {
            return self.find_wide(&text[start..end], shape);
        }
        let word = &text.as_bytes()[start..end];
        let id = self.find_ascii(text.as_bytes(), start, end);
        match word {
            [.., b'\'', b's' | b'S'] if id.0 == 0 => {
                (self.find_ascii(text.as_bytes(), start, end - 2), true)
            }
            _ => (id, false),
        }
    }

    /// Looks up an ASCII word where it stands, eight bytes at a time.
    #[inline(always)]
    fn find_ascii(&self, text: &[u8], start: usize, end: usize) -> WordId {
        let mut state = blob::hash_start(end - start);
        let mut at = start;
        while at < end {
            state = blob::hash_step(state, lower_eight(text, at, end));
            at += 8;
        }
        self.probe(state)
    }

    /// Walks over the slots from where a hash belongs until it is found or a slot is empty.
    #[inline]
    fn probe(&self, hash: u64) -> WordId {
        let mut at = hash as usize & self.mask;
        loop {
            if let Some(id) = blob::slot_word(read_u64(self.slots, at * 2), hash) {
                return WordId(id);
            }
            at = (at + 1) & self.mask;
        }
    }

    fn find_wide(&mut self, token: &str, shape: Shape) -> (WordId, bool) {
        let mut buffer = std::mem::take(&mut self.buffer);
        normalise(token, shape.has(Shape::COMBINING), &mut buffer);
        let find = |word: &[u8]| self.probe(blob::hash(word));
        let id = find(buffer.as_bytes());
        let found = match buffer.strip_suffix("'s") {
            Some(base) if id.0 == 0 => (find(base.as_bytes()), true),
            _ => (id, false),
        };
        self.buffer = buffer;
        found
    }
}

/// Up to eight bytes as a number, filled up with zeros.
#[inline]
fn read_eight(chunk: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight[..chunk.len()].copy_from_slice(chunk);
    u64::from_le_bytes(eight)
}

/// The lower-case bytes of a word from `at` on, up to eight of them, filled up with zeros.
#[inline]
fn lower_eight(text: &[u8], at: usize, end: usize) -> u64 {
    let len = (end - at).min(8);
    let eight = match text[at..].first_chunk() {
        Some(&eight) => u64::from_le_bytes(eight),
        None => read_eight(&text[at..end]),
    };
    (eight | LOWER) & (u64::MAX >> (64 - len * 8))
}

/// The number of a word in the form in which words are compared.
pub fn find(word: &str) -> WordId {
    Lookup::default().probe(blob::hash(word.as_bytes()))
}
