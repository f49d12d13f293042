//! Under which of its words a pattern is filed: where fewest texts come to look, by what may stand
//! beside it.
use super::compile::Compiler;
use super::notation::Test;
use super::vocabulary::{BOUNDARY, NUMBER, POSSESSIVE, bloom_bit};

/// Where a pattern is filed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Anchor {
    pub word: u32,
    /// Whether its entry waits for evidence, or for `--preview`.
    pub waits: bool,
    pub pattern: u32,
    pub element: u32,
    /// The words that may stand to its left and right; all, where the pattern leaves it open.
    pub left: u64,
    pub right: u64,
    /// The words that may stand next but one, on the side where fewer may.
    pub far: u32,
    pub far_right: bool,
}

/// What may stand at a place beside an anchor.
#[derive(Clone, Copy, Default)]
pub(super) struct Beside {
    /// The bits of the words.
    pub bits: u64,
    /// How many of [`ALL_WORDS`] these are in English text.
    share: u64,
}

/// The words of English text, in the unit in which word frequencies are counted.
const ALL_WORDS: u64 = 1 << 20;

impl Beside {
    const ANY: Beside = Beside {
        bits: u64::MAX,
        share: ALL_WORDS,
    };

    fn add(&mut self, other: Beside) {
        self.bits |= other.bits;
        self.share = ALL_WORDS.min(self.share + other.share);
    }

    /// The same with what has this bit; about one in 32 tokens.
    fn with(self, bit: u64) -> Beside {
        Beside {
            bits: self.bits | bit,
            share: ALL_WORDS.min(self.share + ALL_WORDS / 32),
        }
    }

    /// Of 64 places, how many pass: one at the least, since 64 bits cannot tell all words.
    fn passes(self) -> u64 {
        (self.share * 64 / ALL_WORDS).max(1)
    }
}

/// What may stand around an anchor.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub left: Beside,
    pub right: Beside,
    /// Next but one, on the side where fewer words may stand there.
    pub far: Beside,
    pub far_right: bool,
}

impl Around {
    /// The work that an anchor with these neighbours makes, in some unit.
    pub fn work(self) -> u64 {
        // What it costs to verify a pattern where a look beside its anchor costs 1.
        const VERIFY: u64 = 16;
        let verified = self.left.passes() * self.right.passes() * self.far.passes();
        64 * 64 * 64 / VERIFY + verified
    }
}

/// An element beside an anchor: what it asks for, whether it may be missing, its words.
pub(super) type Step<'e> = (&'e Test, bool, &'e [u32]);

impl Compiler<'_> {
    /// What may stand around an anchor, by the elements before it (going left) and after it.
    pub(super) fn around(&self, before: &[Step], after: &[Step]) -> Around {
        let [left, far_left] = self.beside(before);
        let [right, far] = self.beside(after);
        let far_right = far.share <= far_left.share;
        let far = if far_right { far } else { far_left };
        Around {
            left,
            right,
            far,
            far_right,
        }
    }

    /// The words that may stand next to an anchor and next but one, going outward over the
    /// elements on one side.
    fn beside(&self, way: &[Step]) -> [Beside; 2] {
        let mut far = Beside::default();
        let near = self.next(way, |here, rest| {
            far.add(if here.bits == u64::MAX || here.bits == BOUNDARY {
                Beside::ANY
            } else {
                self.next(rest, |_, _| {})
            });
        });
        // Where the pattern may have ended, everything may follow.
        [
            near,
            if near.bits == u64::MAX {
                Beside::ANY
            } else {
                far
            },
        ]
    }

    /// The words that may stand next; all, where a pattern leaves it open. Each element that may
    /// stand there is handed on with those behind it.
    fn next(&self, way: &[Step], mut each: impl FnMut(Beside, &[Step])) -> Beside {
        let mut near = Beside::default();
        for (i, (test, optional, words)) in way.iter().enumerate() {
            let words = match test {
                Test::Not { .. } => continue,
                Test::Words { .. } | Test::Class { .. } => self.all_of(words),
                Test::Determiner { list } => self.all_of(self.words_of(list)).with(POSSESSIVE),
                Test::Number => self.all_of(self.words_of("numbers")).with(NUMBER),
                Test::Start { .. } | Test::End { .. } => Beside::default().with(BOUNDARY),
                // Marks have the bit of words outside the vocabulary.
                Test::Mark(_) => Beside::default().with(bloom_bit(0)),
                Test::Name | Test::Gap { .. } => Beside::ANY,
            };
            each(words, &way[i + 1..]);
            near.add(words);
            if !optional {
                return near;
            }
        }
        Beside::ANY
    }

    fn all_of(&self, words: &[u32]) -> Beside {
        Beside {
            bits: words.iter().fold(0, |bits, &word| bits | bloom_bit(word)),
            share: self.cost(words),
        }
    }

    /// How often one of these words stands in English text.
    pub(super) fn cost(&self, words: &[u32]) -> u64 {
        let words = words.iter().map(|&id| self.vocabulary.word(id));
        words
            .map(|word| u64::from((self.frequency)(word)) + 1)
            .sum()
    }
}
