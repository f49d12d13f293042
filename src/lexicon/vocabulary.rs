//! The words that a blob spells, and the table in which a text’s words are looked up.
use crate::blob::{self, Numbered, Section, Writer};
use std::collections::BTreeMap;

/// The bit of the start or end of a sentence in a set of words that may err by taking a word for
/// one of its own.
pub const BOUNDARY: u64 = 1 << 1;
/// The bit of figures in such a set.
pub const NUMBER: u64 = 1 << 2;
/// The bit of words that end in `’s`.
pub const POSSESSIVE: u64 = 1 << 3;

/// The bit of a word. A word outside the vocabulary has the lowest one, which no other has.
#[inline]
pub fn bloom_bit(word: u32) -> u64 {
    if word == 0 { 1 } else { 1 << (4 + word % 60) }
}

/// Such a set in half the room; it errs more often.
#[inline]
pub fn halved(bits: u64) -> u32 {
    (bits | bits >> 32) as u32
}

/// The vocabulary that another one is built on.
#[derive(Clone, Copy)]
pub struct Base {
    /// How many words it has, word 0 counted.
    pub words: u32,
    /// The number of a word; 0 if it is not there.
    pub number: fn(&str) -> u32,
    /// The word with a number.
    pub spelling: fn(u32) -> &'static str,
}

impl Base {
    /// No vocabulary at all.
    pub const NONE: Base = Base {
        words: 0,
        number: |_| 0,
        spelling: |_| "",
    };
}

/// Every word that a list or a pattern knows, with its number. Number 0 is every other word.
pub struct Vocabulary {
    base: Base,
    ids: BTreeMap<String, u32>,
    words: Vec<String>,
    classes: Vec<u128>,
}

impl Vocabulary {
    /// A vocabulary that has the words of `base` and gives the numbers behind them to others.
    pub fn new(base: Base) -> Self {
        let (words, classes) = match base.words {
            0 => (vec![String::new()], vec![0]),
            _ => (Vec::new(), Vec::new()),
        };
        Vocabulary {
            base,
            ids: BTreeMap::new(),
            words,
            classes,
        }
    }

    /// The number of a word, which is added if it is new.
    pub fn id(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let known = (self.base.number)(word);
        if known > 0 {
            return known;
        }
        let id = self.base.words + self.words.len() as u32;
        self.ids.insert(word.to_owned(), id);
        self.words.push(word.to_owned());
        self.classes.push(0);
        id
    }

    /// Puts a word into the list with this bit.
    pub fn classify(&mut self, id: u32, bit: usize) {
        if let Some(own) = id.checked_sub(self.base.words) {
            self.classes[own as usize] |= 1 << bit;
        }
    }

    /// All words that are spelt here, in the order of their numbers.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The word with this number.
    pub fn word(&self, id: u32) -> &str {
        match id.checked_sub(self.base.words) {
            Some(own) => &self.words[own as usize],
            None => (self.base.spelling)(id),
        }
    }

    /// Writes the words and the table.
    pub fn write(&self, writer: &mut Writer) {
        let size = (self.words.len() * 3 / 2).next_power_of_two().max(16);
        let mut slots = vec![0u64; size];
        // Few words are in a list, and those of a list are mostly in the same ones.
        let mut sets = Numbered::new(Section::ClassSets, writer);
        for (id, (word, classes)) in (self.base.words..).zip(self.words.iter().zip(&self.classes)) {
            writer.text(Section::Words, word);
            let set = sets.number(*classes, writer);
            writer.u32(Section::Classes, set);
            if id == 0 {
                continue;
            }
            let hash = blob::hash(word.as_bytes());
            let mut at = hash as usize & (size - 1);
            while slots[at] != 0 {
                assert!(
                    blob::slot_word(slots[at], hash).is_none() || self.base.words > 0,
                    "two words of the corpora have one hash: change the constants of the hash"
                );
                at = (at + 1) & (size - 1);
            }
            slots[at] = blob::slot(hash, id);
        }
        for slot in slots {
            writer.u64(Section::Slots, slot);
        }
    }
}
