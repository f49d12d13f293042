//! Words and passages that come twice: heard while the words of a document pass by once.
use super::{Document, Token};

/// Words that come again, in the same order, within the same block and less than
/// [`REACH`] words later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Echo {
    /// First token of the first copy.
    pub start: u32,
    /// First token of the second.
    pub again: u32,
    /// One past the last token that repeats an earlier one.
    pub end: u32,
    /// Words from a copy to the next.
    pub period: u32,
    /// Words that repeat earlier ones.
    pub words: u32,
}

impl Echo {
    /// How often the passage stands there; 1 if the second copy does not follow at once.
    pub fn copies(&self) -> u32 {
        self.words / self.period + 1
    }
}

/// How many words after the first copy a second one is looked for.
pub const REACH: u32 = 64;
/// As many words in a row that come again within [`REACH`] are noted even if others stand between.
const LONG: u32 = 7;

/// Places for pairs of words; a power of two.
const PAIRS: usize = 512;

/// Hears words that it has heard shortly before.
///
/// Single words come again all the time, pairs of words seldom: so an echo is noticed at its
/// second word, and ordinary text costs a look into a table.
pub(super) struct Listener {
    /// The last words and their tokens, by the number of the word.
    keys: [u32; REACH as usize],
    tokens: [u32; REACH as usize],
    /// Where two words were heard last one after the other, by a number for the two.
    last: [u32; PAIRS],
    /// The number of the next word, and that of the first word of the block.
    next: u32,
    first: u32,
    /// What repeats now; nothing if it has no words.
    run: Echo,
}

impl Default for Listener {
    fn default() -> Self {
        Listener {
            keys: [0; REACH as usize],
            tokens: [0; REACH as usize],
            last: [0; PAIRS],
            // So that no word seems to have been heard at 0.
            next: REACH,
            first: REACH,
            run: Echo::default(),
        }
    }
}

impl Listener {
    #[inline]
    fn key(&self, word: u32) -> u32 {
        self.keys[(word % REACH) as usize]
    }

    #[inline]
    fn token(&self, word: u32) -> u32 {
        self.tokens[(word % REACH) as usize]
    }

    /// Takes in the next word.
    #[inline]
    pub(super) fn hear(&mut self, key: u32, token: u32, echoes: &mut Vec<Echo>) {
        let word = self.next;
        self.next += 1;
        let before = self.key(word - 1);
        let pair = before.wrapping_mul(0x9e37_79b9).rotate_left(15) ^ key;
        let slot = &mut self.last[(pair ^ pair >> 16) as usize % PAIRS];
        let earlier = std::mem::replace(slot, word);
        let at = (word % REACH) as usize;
        (self.keys[at], self.tokens[at]) = (key, token);
        if self.run.words > 0 {
            if self.key(word - self.run.period) == key {
                self.run.words += 1;
                self.run.end = token + 1;
                return;
            }
            self.stop(echoes);
        }
        if before == key && word > self.first {
            self.run = self.begin(word, word, 1);
        } else if earlier > self.first
            && word - earlier < REACH
            && self.key(earlier) == key
            && self.key(earlier - 1) == before
        {
            self.run = self.begin(word - 1, word, word - earlier);
        }
    }

    /// The echo that is noticed with the words `from` to `word`; words before them may belong to
    /// it: each was heard nearer since.
    #[cold]
    fn begin(&self, from: u32, word: u32, period: u32) -> Echo {
        let mut from = from;
        while from - period > self.first
            && word - (from - 1 - period) < REACH
            && self.key(from - 1) == self.key(from - 1 - period)
        {
            from -= 1;
        }
        Echo {
            start: self.token(from - period),
            again: self.token(from),
            end: self.token(word) + 1,
            period,
            words: word - from + 1,
        }
    }

    /// Ends what repeats now, and notes it if it is long enough.
    pub(super) fn stop(&mut self, echoes: &mut Vec<Echo>) {
        let run = std::mem::take(&mut self.run);
        if run.words > 0 && (run.words >= run.period || run.words >= LONG) {
            echoes.push(run);
        }
    }

    /// Ends the block.
    pub(super) fn rest(&mut self, echoes: &mut Vec<Echo>) {
        self.stop(echoes);
        self.first = self.next;
    }
}

/// A number for the word of a token, the same for the same word; case does not count. Words
/// outside the vocabulary of the same length that begin and end alike have the same number.
#[inline]
pub fn key(doc: &Document, token: &Token) -> u32 {
    match token.word.0 {
        0 => ends(&doc.plain.as_bytes()[token.span.range()]) | 1 << 31,
        known => known,
    }
}

/// A number for the first and last four bytes of a word and its length.
#[inline]
fn ends(word: &[u8]) -> u32 {
    let four = |at: &[u8]| u32::from_le_bytes([at[0], at[1], at[2], at[3]]) | 0x2020_2020;
    let (first, last) = match word {
        [] => (0, 0),
        [_, _, _, _, ..] => (four(word), four(&word[word.len() - 4..])),
        short => {
            let all = short
                .iter()
                .fold(0, |all, &b| all << 8 | u32::from(b | 0x20));
            (all, 0)
        }
    };
    let mixed = first
        .wrapping_mul(0x9e37_79b9)
        .wrapping_add(last.rotate_left(13).wrapping_mul(0x85eb_ca6b))
        ^ word.len() as u32;
    mixed ^ mixed >> 15
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Vec<(String, u32, u32)> {
        let doc = Document::plain(text);
        doc.seams()
            .echoes
            .iter()
            .map(|e| {
                let span = doc.span(e.start as usize..e.end as usize);
                (doc.slice(span).to_owned(), e.period, e.words)
            })
            .collect()
    }

    #[test]
    fn echoes() {
        for (text, want) in [
            ("He saw the the dog.", "the the"),
            (
                "It is what appears what appears to be a bone.",
                "what appears what appears",
            ),
            ("The rest. the rest.", "The rest. the rest"),
            (
                "The leader of the list is the Manchester United The leader of the list is the Manchester United",
                "The leader of the list is the Manchester United The leader of the list is the Manchester United",
            ),
        ] {
            let found = heard(text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].0, want);
        }
        assert!(heard("The man and the dog saw the man and a cat.").is_empty());
        assert!(heard("The end\n\nend of it.").is_empty());
        let loops = heard("It was the goal of the goal of the goal of the goal of the year.");
        assert_eq!(loops[0].2 / loops[0].1 + 1, 4);
    }

    #[test]
    fn an_echo_of_a_long_loop_is_one() {
        assert_eq!(heard(&"one two three ".repeat(10_000)).len(), 1);
    }
}
