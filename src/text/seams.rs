//! Where pieces of text were joined badly or laid down twice: found in one walk over the tokens.
use super::{Document, Kind, Shape};
use crate::words::{Lookup, WordId, class};

/// The seams of a document, each kind in order.
#[derive(Debug, Default)]
pub struct Seams {
    /// Words that open a sentence in the middle of another: *Organization **For** this reason*.
    pub openers: Vec<u32>,
    /// Words outside the vocabulary that look like two: *leadershipthe*, *Congresscompared*,
    /// *MADRIDMarcos*.
    pub doubles: Vec<u32>,
    /// Articles right before a word that no noun phrase begins with: *a and*, *the of*.
    pub gaps: Vec<u32>,
    /// Words and passages that come twice.
    pub echoes: Vec<Echo>,
}

/// Words that come again, in the same order, within the same block and less than
/// [`REACH`] words later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Finds the seams of a document.
pub fn find(doc: &Document) -> Seams {
    let mut seams = Seams::default();
    let mut echo = Listener::default();
    let articles = ["the", "a", "an"].map(|w| find_word(w).0);
    for block in &doc.blocks {
        echo.rest(&mut seams.echoes);
        let mut article = false;
        for i in block.tokens.start..block.tokens.end {
            let token = &doc.tokens[i as usize];
            if !matches!(token.kind, Kind::Word | Kind::Number) {
                continue;
            }
            echo.hear(key(doc, i as usize), i, &mut seams.echoes);
            if token.kind != Kind::Word {
                continue;
            }
            if article && token.spaced() && lacks_noun(doc, i as usize) {
                seams.gaps.push(i - 1);
            }
            article = articles.contains(&token.word.0);
            if token.word.0 == 0 {
                let text = doc.text(i as usize);
                if tail(text).is_some() || is_long_past(text) || shouted(text).is_some() {
                    seams.doubles.push(i);
                }
            } else if token.has(Shape::CAPITAL)
                && token.is(class::SENTENCE_OPENERS)
                && i > block.tokens.start
                && opens(doc, i, block.tokens.clone())
            {
                seams.openers.push(i);
            }
        }
    }
    echo.rest(&mut seams.echoes);
    seams
}

fn find_word(word: &str) -> WordId {
    Lookup::default()
        .find(word, 0, word.len(), Shape::default())
        .0
}

/// Whether the article before `at` has lost its noun: the word at `at` stands between noun
/// phrases or after one. Letters of the alphabet are no articles: *a and b*, *Group A is*.
fn lacks_noun(doc: &Document, at: usize) -> bool {
    let (article, token) = (&doc.tokens[at - 1], &doc.tokens[at]);
    let between = matches!(
        doc.text(at),
        "of" | "and" | "or" | "is" | "was" | "are" | "were" | "has" | "had" | "which" | "because"
    );
    let next = doc.tokens.get(at + 1);
    between
        && article.kind == Kind::Word
        && article.spaced()
        && !(article.has(Shape::CAPITAL) && article.span.len() == 1)
        && token.word.0 != 0
        && next.is_some_and(|t| t.spaced() && t.span.len() > 1)
}

/// As many words at least have stood in the sentence before another may open inside it.
const FEWEST_BEFORE: u32 = 4;

/// Whether the capitalised word `at` begins a sentence although none has ended before it: a noun
/// or a name stands right before it, and lower-case words follow, so that it opens no title.
fn opens(doc: &Document, at: u32, block: std::ops::Range<u32>) -> bool {
    let sentence = &doc.sentences[doc.sentence_of(at as usize)].tokens;
    if at < sentence.start + FEWEST_BEFORE {
        return false;
    }
    let tokens = &doc.tokens[..block.end as usize];
    let at = at as usize;
    let (before, word) = (&tokens[at - 1], &tokens[at]);
    let noun = match before.kind {
        Kind::Word => {
            before.span.len() > 1
                && !before.has(Shape::POSSESSIVE)
                && !before.has(Shape::DOTTED)
                && !before.is(class::FUNCTION_WORDS)
                && !before.is(class::PREPOSITIONS)
                && !before.is(class::AUXILIARIES)
                && !before.is(class::WORKS)
        }
        Kind::Number | Kind::Close => true,
        _ => false,
    };
    if !noun || !word.spaced() || word.has(Shape::ALL_CAPS) || word.has(Shape::POSSESSIVE) {
        return false;
    }
    let next = |i: usize| {
        tokens
            .get(i)
            .filter(|t| t.spaced() || t.kind == Kind::Comma)
    };
    let small = |i: usize| next(i).is_some_and(|t| t.kind == Kind::Word && !t.has(Shape::CAPITAL));
    let comma = |i: usize| next(i).is_some_and(|t| t.kind == Kind::Comma);
    // “The Show Must Go On as”: after a name, a preposition may end a title.
    let title = before.has(Shape::CAPITAL)
        && word.is(class::PREPOSITIONS)
        && !next(at + 1).is_some_and(|t| t.is(class::DETERMINERS));
    // A heading in capitals that has run into its text is design more often than damage.
    let heading = doc.tokens[sentence.start as usize..at]
        .iter()
        .filter(|t| t.kind == Kind::Word)
        .all(|t| t.has(Shape::CAPITAL) || t.is(class::FUNCTION_WORDS));
    small(at + 1) && (small(at + 2) || comma(at + 2)) && !title && !heading
}

/// Hears words that it has heard shortly before.
struct Listener {
    /// The last words and their tokens, by the number of the word.
    keys: [u32; REACH as usize],
    tokens: [u32; REACH as usize],
    /// Where a word was heard last, by its key.
    last: [u32; 512],
    /// The number of the next word, and that of the first word of the block.
    next: u32,
    first: u32,
    run: Option<Echo>,
}

impl Default for Listener {
    fn default() -> Self {
        Listener {
            keys: [0; REACH as usize],
            tokens: [0; REACH as usize],
            last: [0; 512],
            // So that no word seems to have been heard at 0.
            next: REACH,
            first: REACH,
            run: None,
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
    fn hear(&mut self, key: u32, token: u32, echoes: &mut Vec<Echo>) {
        let word = self.next;
        self.next += 1;
        if let Some(run) = &mut self.run {
            if self.keys[((word - run.period) % REACH) as usize] == key {
                run.words += 1;
                run.end = token + 1;
            } else {
                self.stop(echoes);
            }
        }
        let slot = &mut self.last[key as usize % 512];
        let earlier = std::mem::replace(slot, word);
        self.keys[(word % REACH) as usize] = key;
        self.tokens[(word % REACH) as usize] = token;
        if self.run.is_none()
            && earlier >= self.first
            && word - earlier < REACH
            && self.key(earlier) == key
        {
            self.run = Some(self.begin(word, word - earlier));
        }
    }

    /// The echo that is noticed at `word`; words before it may belong to it already.
    fn begin(&self, word: u32, period: u32) -> Echo {
        let mut from = word;
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

    /// Ends the echo under way.
    fn stop(&mut self, echoes: &mut Vec<Echo>) {
        if let Some(run) = self.run.take()
            && (run.words >= run.period || run.words >= LONG)
        {
            echoes.push(run);
        }
    }

    /// Ends the block.
    fn rest(&mut self, echoes: &mut Vec<Echo>) {
        self.stop(echoes);
        self.first = self.next;
    }
}

/// A number for the word of a token, the same for the same word; case does not count.
#[inline]
pub fn key(doc: &Document, token: usize) -> u32 {
    match doc.tokens[token].word.0 {
        0 => hash(doc.text(token).as_bytes()),
        known => known,
    }
}

/// A number for a word outside the vocabulary.
fn hash(word: &[u8]) -> u32 {
    let mut state = word.len() as u64;
    for chunk in word[..word.len().min(64)].chunks(8) {
        let mut eight = [0x20; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        let eight = u64::from_le_bytes(eight) | 0x2020_2020_2020_2020;
        state = (state ^ eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state ^= state >> 29;
    }
    (state >> 32) as u32 | 1 << 31
}

/// Where the function word begins that the end of another word has swallowed, if any:
/// 10 for *leadershipthe*.
///
/// Only function words that end no English word, or few: the few are in
/// `corpora/words/whole-words.txt` and so in the vocabulary.
pub fn tail(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let &[.., a, b] = bytes else { return None };
    // Names end in all sorts of letters: with a capital, only what no name ends in.
    let (any, in_small): (&[&str], &[&str]) = match &[a, b] {
        b"he" => (&[], &["the"]),
        b"at" => (&["that"], &["what"]),
        b"se" => (&["because", "whose"], &["these", "those"]),
        b"ey" => (&["they"], &[]),
        b"ir" => (&["their"], &[]),
        b"ch" => (&["which"], &[]),
        b"ho" => (&["who"], &[]),
        b"om" => (&[], &["from", "whom"]),
        b"en" => (&["between"], &["when"]),
        b"re" => (&["before", "where"], &["were", "there"]),
        b"th" => (&[], &["with"]),
        b"or" => (&[], &["for"]),
        b"of" => (&[], &["of"]),
        b"gh" => (&["although"], &[]),
        b"ng" => (&["during"], &[]),
        b"ce" => (&[], &["since"]),
        b"ld" => (&["would", "could", "should"], &[]),
        b"an" => (&[], &["than"]),
        b"st" => (&["against"], &[]),
        b"so" => (&[], &["also"]),
        b"in" => (&[], &["again"]),
        _ => return None,
    };
    if !bytes.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let small = bytes[0].is_ascii_lowercase();
    let found = any
        .iter()
        .chain(in_small.iter().filter(|_| small))
        .find(|tail| word.ends_with(**tail))?;
    let at = word.len() - found.len();
    let front = &word[..at];
    let whole = match front.len() {
        0 | 1 => false,
        2 => matches!(
            front,
            "of" | "in" | "to" | "on" | "at" | "by" | "is" | "as" | "if" | "so"
        ),
        _ => front
            .bytes()
            .any(|b| matches!(b | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')),
    };
    // `roof`, `waterproof`
    (whole && !word.ends_with("oof")).then_some(at)
}

/// Whether a word may be a name and a verb: long, and regular past at its end.
fn is_long_past(word: &str) -> bool {
    word.len() >= 10 && word.ends_with("ed")
}

/// Where the second word begins in *MADRIDMarcos*: three capitals or more, then a capitalised word
/// of three letters or more.
pub fn shouted(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    if bytes.len() < 6
        || !bytes[1].is_ascii_uppercase()
        || !bytes[bytes.len() - 1].is_ascii_lowercase()
    {
        return None;
    }
    let cut = bytes.iter().rposition(u8::is_ascii_uppercase)?;
    let plain = bytes[..cut].iter().all(u8::is_ascii_uppercase)
        && bytes[cut + 1..].iter().all(u8::is_ascii_lowercase);
    (plain && cut >= 3 && word.len() - cut >= 3).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Vec<(String, u32, u32)> {
        let doc = Document::plain(text);
        find(&doc)
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

    #[test]
    fn openers() {
        let opened = |text: &str| {
            let doc = Document::plain(text);
            let seams = find(&doc);
            seams
                .openers
                .iter()
                .map(|&i| doc.text(i as usize).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            opened(
                "It spoke of the Collective Security Treaty Organization For this reason, he left. It grew 1% per year Yesterday the shares fell."
            ),
            ["For", "Yesterday"]
        );
        for fine in [
            "He read it in The New York Times. The paper was old.",
            "They saw the film It happened one night.",
            "He said “no” In the end he left.",
            "A Night At The Opera opened on Friday in London.",
        ] {
            assert!(opened(fine).is_empty(), "{fine}");
        }
    }

    #[test]
    fn tails() {
        for (word, at) in [
            ("leadershipthe", 10),
            ("Driverswho", 7),
            ("nowwhen", 3),
            ("ofthe", 2),
            ("hourbefore", 4),
        ] {
            assert_eq!(tail(word), Some(at), "{word}");
        }
        for word in [
            "waterproof",
            "Goethe",
            "Beckwith",
            "Afor",
            "the",
            "there",
            "Kathe",
        ] {
            assert_eq!(tail(word), None, "{word}");
        }
    }
}
