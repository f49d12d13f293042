//! The compiled corpora: one block of bytes with numbered sections, read in place.
//!
//! `build.rs` writes it with [`Writer`], the program reads it with [`Blob`]; nothing is parsed or
//! copied at start-up. All numbers are little-endian and unaligned.

use std::collections::BTreeMap;

/// What each section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// All strings, run together; others point here with offset and length.
    Strings,
    /// Per word of the vocabulary: offset, length.
    Words,
    /// Per word: the number of the set of lists that hold it.
    Classes,
    /// Those sets, 128 bits each; the first is empty.
    ClassSets,
    /// Open hash table over the words: the high bits of the hash and the word; see [`slot`].
    Slots,
    /// Per word that is an anchor: where its patterns start, and where those that wait for evidence
    /// do; one more of both at the end.
    AnchorStarts,
    /// Per anchor: the words that may stand to its left and to its right, 64 bits each.
    Beside,
    /// Per anchor: the words that may stand next but one on one side, 32 bits, and its [`place`].
    Anchors,
    /// Per pattern, those of a word together: entry and [`extent`]; then, per element, kind, flags
    /// and count, and an argument.
    Patterns,
    /// Words of elements that accept several, with what they ask for; before them the lemma of a
    /// verb, or 0.
    Sets,
    /// Lexicon, status, strings, guards; see [`ENTRY_WORDS`].
    Entries,
    /// Sets of word lists, 128 bits each, that guard entries; the first is empty.
    Masks,
    /// Replacements: offset, length.
    Uses,
    /// Word lists: name (2), whether patterns may use them as slots; see [`LIST_WORDS`].
    Lists,
    /// Names of the lexicons, and whether their hits show that a text is translated; see
    /// [`LEXICON_WORDS`].
    Lexicons,
    /// Acronyms, sorted by the Spanish one: Spanish, its name, English, its name, what
    /// to do, whether the letters mean something else (2 each).
    Terms,
    /// English names of terms without case and accents, sorted: name (2), row of the term.
    TermNames,
}

/// How many sections there are.
pub const SECTIONS: usize = Section::TermNames as usize + 1;
/// Numbers of an entry: lexicon, status, spanish (2), sense (2), uses (2); its sets of lists for
/// unless, when, topic.
pub const ENTRY_WORDS: usize = 11;
/// Where the first of the three sets of an entry stands, and the last.
pub const ENTRY_UNLESS: usize = 8;
/// See [`ENTRY_UNLESS`].
pub const ENTRY_TOPIC: usize = 10;

/// Numbers of a word list: name (2), slot.
pub const LIST_WORDS: usize = 3;
/// Numbers of a lexicon: name (2), evidence.
pub const LEXICON_WORDS: usize = 3;

/// How many elements a pattern has, the first that is reported, one past the last, and its place
/// among the patterns of its entry (255 from there on), in one number.
pub fn extent(count: usize, from: usize, to: usize, order: usize) -> u32 {
    (count | from << 8 | to << 16 | order.min(0xff) << 24) as u32
}

/// The numbers of an extent.
#[inline]
pub fn extent_parts(extent: u32) -> [u32; 4] {
    extent.to_le_bytes().map(u32::from)
}

/// Where the pattern of an anchor lies, the number of its element, and whether the word next but
/// one stands on the right, in one number.
pub fn place(pattern: u32, element: u32, far_right: bool) -> u32 {
    pattern << 8 | element << 1 | u32::from(far_right)
}

/// The parts of a place.
#[inline]
pub fn place_parts(place: u32) -> (u32, u32, bool) {
    (place >> 8, place >> 1 & 0x7f, place & 1 == 1)
}

/// Numbers of a term: six strings.
pub const TERM_WORDS: usize = 12;

/// The compiled corpora, or the compiled lexicons of a user, to read from.
#[derive(Clone, Copy)]
pub struct Blob<'a> {
    bytes: &'a [u8],
}

impl<'a> Blob<'a> {
    /// Wraps the bytes that a [`Writer`] made.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Blob { bytes }
    }

    /// The bytes of a section.
    #[inline]
    pub fn section(self, section: Section) -> &'a [u8] {
        let at = |i: usize| read_u32(self.bytes, i) as usize;
        &self.bytes[at(section as usize)..at(section as usize + 1)]
    }

    /// The string that a section points at with two numbers from `index` on.
    pub fn text(self, section: &[u8], index: usize) -> &'a str {
        let start = read_u32(section, index) as usize;
        let len = read_u32(section, index + 1) as usize;
        let strings = self.section(Section::Strings);
        std::str::from_utf8(&strings[start..start + len]).unwrap_or("")
    }
}

/// The `index`th 32-bit number of a section.
#[inline]
pub fn read_u32(section: &[u8], index: usize) -> u32 {
    u32::from_le_bytes(read(section, index * 4))
}

/// The 64-bit set that begins at the `index`th number of a section.
#[inline]
pub fn read_u64(section: &[u8], index: usize) -> u64 {
    u64::from_le_bytes(read(section, index * 4))
}

/// The `index`th 128-bit set of a section.
#[inline]
pub fn read_u128(section: &[u8], index: usize) -> u128 {
    u128::from_le_bytes(read(section, index * 16))
}

/// `N` numbers that follow each other, checked against the end of the section once.
#[inline]
pub fn read_many<const N: usize>(section: &[u8], index: usize) -> [u32; N] {
    let bytes = &section[index * 4..(index + N) * 4];
    std::array::from_fn(|i| u32::from_le_bytes(read(bytes, i * 4)))
}

/// `N` bytes in one load.
#[inline]
fn read<const N: usize>(section: &[u8], at: usize) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.copy_from_slice(&section[at..at + N]);
    bytes
}

/// Hash of a word in the form in which words are compared.
#[inline]
pub fn hash(word: &[u8]) -> u64 {
    word.chunks(8).fold(hash_start(word.len()), |state, chunk| {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        hash_step(state, u64::from_le_bytes(eight))
    })
}

/// The state from which the hash of a word of `len` bytes starts.
#[inline]
pub fn hash_start(len: usize) -> u64 {
    len as u64 ^ 0x9e37_79b9_7f4a_7c15
}

/// Takes the next eight bytes of a word into its hash; the last ones are filled up with zeros.
#[inline]
pub fn hash_step(state: u64, eight: u64) -> u64 {
    let product = u128::from(state ^ eight) * 0xa076_1d64_78bd_642f_u128;
    (product as u64) ^ ((product >> 64) as u64)
}

/// Bits of a slot that hold the number of the word; there are fewer words than that.
const ID_BITS: u32 = 24;

/// A slot of the table of words: the number of the word below, the high bits of its hash above.
/// Where a slot lies says something about the low bits, so that a word outside the vocabulary is
/// taken for one of its words less than once in 10¹⁴ times. Two words of one slot do not compile.
#[inline]
pub fn slot(hash: u64, id: u32) -> u64 {
    (hash >> ID_BITS << ID_BITS) | u64::from(id)
}

/// The number of the word in a slot if it has this hash, or 0 if the slot is empty.
#[inline]
pub fn slot_word(slot: u64, hash: u64) -> Option<u32> {
    let fits = (slot ^ hash) >> ID_BITS == 0;
    (fits || slot == 0).then_some((slot & ((1 << ID_BITS) - 1)) as u32)
}

/// Collects sections and puts them together.
#[derive(Default)]
pub struct Writer {
    sections: [Vec<u8>; SECTIONS],
}

impl Writer {
    /// Appends a number.
    pub fn u32(&mut self, section: Section, value: u32) {
        self.sections[section as usize].extend(value.to_le_bytes());
    }

    /// Appends a small set.
    pub fn u64(&mut self, section: Section, value: u64) {
        self.sections[section as usize].extend(value.to_le_bytes());
    }

    /// Appends a set.
    pub fn u128(&mut self, section: Section, value: u128) {
        self.sections[section as usize].extend(value.to_le_bytes());
    }

    /// Appends offset and length of a string, and the string itself to the strings.
    pub fn text(&mut self, section: Section, value: &str) {
        let start = self.sections[Section::Strings as usize].len() as u32;
        self.sections[Section::Strings as usize].extend(value.as_bytes());
        self.u32(section, start);
        self.u32(section, value.len() as u32);
    }

    /// How many 32-bit numbers a section holds so far.
    pub fn len(&self, section: Section) -> u32 {
        (self.sections[section as usize].len() / 4) as u32
    }

    /// The blob: a table of section ends, then the sections.
    pub fn finish(self) -> Vec<u8> {
        let mut at = ((SECTIONS + 1) * 4) as u32;
        let mut out = Vec::new();
        out.extend(at.to_le_bytes());
        for section in &self.sections {
            at += section.len() as u32;
            out.extend(at.to_le_bytes());
        }
        out.extend(self.sections.into_iter().flatten());
        out
    }
}

/// Sets of word lists that a section holds once each, by number; the first is empty.
pub struct Numbered {
    section: Section,
    numbers: BTreeMap<u128, u32>,
}

impl Numbered {
    /// Begins the section.
    pub fn new(section: Section, writer: &mut Writer) -> Self {
        writer.u128(section, 0);
        Numbered {
            section,
            numbers: BTreeMap::from([(0, 0)]),
        }
    }

    /// The number of a set, which is written if it is new.
    pub fn number(&mut self, set: u128, writer: &mut Writer) -> u32 {
        let next = self.numbers.len() as u32;
        let number = *self.numbers.entry(set).or_insert(next);
        if number == next {
            writer.u128(self.section, set);
        }
        number
    }
}
