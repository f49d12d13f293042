//! The walk over the words of a document: which patterns are filed under each, and which of them
//! its neighbours rule out.
use super::matcher::Scan;
use super::vocabulary::{BOUNDARY, NUMBER, POSSESSIVE, bloom_bit, halved};
use super::{Book, Hit};
use crate::blob::{Section, read_many, read_u64};
use crate::text::{Document, Kind, Shape, Token};

/// Which patterns are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those of entries that count by themselves.
    Trusted,
    /// Those of entries that wait for evidence or for `--preview`.
    Waiting,
}

/// Hands every match of every built-in pattern to `emit`, guarded or not, with the number of its
/// sentence; returns how many elements were compared.
pub fn matches(doc: &Document, part: Part, emit: impl FnMut(usize, Hit<'static>)) -> u64 {
    matches_of(Book::BUILT_IN, doc, part, emit)
}

/// The same for the patterns of a book.
pub(super) fn matches_of<'b>(
    book: Book<'b>,
    doc: &Document,
    part: Part,
    mut emit: impl FnMut(usize, Hit<'b>),
) -> u64 {
    let starts = book.blob.section(Section::AnchorStarts);
    let beside = book.blob.section(Section::Beside);
    // Only the words with the lowest numbers are anchors.
    let most = starts.len() / 8 - 1;
    let part = usize::from(part == Part::Waiting);
    let mut scan = Scan::new(doc, book);
    let mut around = Around::default();
    let mut places: Vec<Place> = Vec::new();
    for (number, sentence) in doc.sentences.iter().enumerate() {
        let tokens = &scan.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        around.of(tokens);
        // First, where the patterns of each word lie, and whether the first of them passes: the
        // tables are large, and looks that do not wait for one another cost less.
        places.resize(places.len().max(tokens.len()), Place::default());
        let mut count = 0;
        for (i, (token, bits)) in tokens.iter().zip(around.0.windows(5)).enumerate() {
            let &[_, left, _, right, _] = bits else {
                continue;
            };
            let word = token.word.0 as usize;
            let word = if word < most { word } else { 0 };
            let [start, end] = read_many(starts, word * 2 + part);
            places[count] = Place {
                token: i as u32,
                start,
                end,
                first: passes(beside, start, left, right),
            };
            count += usize::from(start < end);
        }
        for place in &places[..count] {
            let token = place.token as usize;
            let (left, right) = (around.0[token + 1], around.0[token + 3]);
            for anchor in place.start..place.end {
                let first = anchor == place.start;
                let passes = if first {
                    place.first
                } else {
                    passes(beside, anchor, left, right)
                };
                if !passes {
                    continue;
                }
                let at = sentence.tokens.start + place.token;
                let far = |right| around.far(token, right);
                if let Some(hit) = scan.verify(&sentence.tokens, at, anchor, far) {
                    emit(number, hit);
                }
            }
        }
    }
    scan.steps
}

/// A word of a sentence that has patterns.
#[derive(Clone, Copy, Default)]
struct Place {
    token: u32,
    /// Its anchors.
    start: u32,
    end: u32,
    /// Whether the first of them may match.
    first: bool,
}

/// Whether an anchor may match between tokens with these bits.
#[inline(always)]
fn passes(beside: &[u8], anchor: u32, left: u64, right: u64) -> bool {
    let at = anchor as usize * 4;
    (read_u64(beside, at) & left != 0) & (read_u64(beside, at + 2) & right != 0)
}

/// The bits of the tokens of a sentence; before and behind them, twice what stands beyond its ends.
#[derive(Default)]
struct Around(Vec<u64>);

impl Around {
    /// Takes the bits of these tokens.
    fn of(&mut self, tokens: &[Token]) {
        self.0.clear();
        self.0.extend([BOUNDARY; 2]);
        self.0.extend(tokens.iter().map(bits_of));
        self.0.extend([BOUNDARY; 2]);
    }

    /// What stands next but one, on the right or on the left. A mark that is passed over may be
    /// what stands between.
    fn far(&self, token: usize, right: bool) -> u32 {
        let (near, far) = match right {
            true => (self.0[token + 3], self.0[token + 4]),
            false => (self.0[token + 1], self.0[token]),
        };
        halved(if near == u64::MAX { near } else { far })
    }
}

/// The bits of a token: those of its word, or all where only a closer look tells.
#[inline(always)]
fn bits_of(token: &Token) -> u64 {
    if token.kind == Kind::Word {
        let possessive = u64::from(token.has(Shape::POSSESSIVE)) * POSSESSIVE;
        return bloom_bit(token.word.0) | possessive;
    }
    match token.kind {
        Kind::Number => bloom_bit(token.word.0) | NUMBER,
        Kind::Comma | Kind::Semicolon => bloom_bit(0),
        // The final marks of a sentence do not count for its end.
        Kind::Stop | Kind::Close | Kind::Colon => bloom_bit(0) | BOUNDARY,
        _ => u64::MAX,
    }
}
