//! The text under check and the facts about it, each computed once.
use crate::words::{Class, Lookup, WordId, class};
use std::ops::Range;
use std::sync::OnceLock;

pub mod acronyms;
pub mod blocks;
pub mod dates;
pub mod echoes;
pub mod foreign;
pub mod lines;
pub mod names;
pub mod numbers;
pub mod quotations;
pub mod seams;
pub mod sentences;
pub mod source_map;
pub mod span;
pub mod speech;
pub mod tokenizer;
pub mod verbs;

pub use blocks::{Block, BlockKind};
pub use lines::{Encoding, LineIndex, LineMarks, Position};
pub use quotations::Quotations;
pub use seams::Seams;
pub use sentences::Sentence;
pub use source_map::SourceMap;
pub use span::Span;
pub use tokenizer::{Kind, Shape};

/// A word, number or mark of the text, with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in [`Document::plain`].
    pub span: Span,
    /// Its number in the vocabulary; with [`Shape::POSSESSIVE`] that of the word before `’s`.
    pub word: WordId,
    /// What it looks like.
    pub shape: Shape,
    /// What it is.
    pub kind: Kind,
}

impl Token {
    /// Whether the word list holds this token’s word.
    #[inline]
    pub fn is(&self, class: Class) -> bool {
        self.word.is(class)
    }

    /// Whether all of `shape` is set.
    #[inline]
    pub fn has(&self, shape: Shape) -> bool {
        self.shape.has(shape)
    }

    /// Whether white space or the start of the text comes before.
    #[inline]
    pub fn spaced(&self) -> bool {
        self.has(Shape::SPACE_BEFORE)
    }
}

/// One story: its text, its parts, and what can be known about them without a rule.
pub struct Document {
    /// The text that detectors see, never normalised.
    pub plain: String,
    /// The way back into the file.
    pub map: SourceMap,
    /// Headline, paragraphs, captions, page furniture, in order; each has a token and a sentence.
    pub blocks: Vec<Block>,
    /// All tokens, in order; none crosses a block.
    pub tokens: Vec<Token>,
    /// All sentences, in order; none crosses a block.
    pub sentences: Vec<Sentence>,
    /// The same story in Spanish, when the input has it.
    pub spanish: Option<String>,
    index: Index,
    has_invisible: bool,
    class_counts: OnceLock<Box<[u32; 128]>>,
    seams: OnceLock<Seams>,
    code: OnceLock<bool>,
    definitions: OnceLock<Vec<acronyms::Definition>>,
    names: OnceLock<names::Names>,
    quotations: OnceLock<Quotations>,
    numerals: OnceLock<numbers::Numerals>,
}

/// Where tokens of certain kinds and shapes stand, so that rules need not walk over all tokens.
#[derive(Default)]
struct Index {
    kinds: [Vec<u32>; tokenizer::KINDS],
    caps: Vec<u32>,
    inner_capital: Vec<u32>,
    non_ascii: Vec<u32>,
    with_digits: Vec<u32>,
}

impl Document {
    /// A document of plain text, cut into blocks as a reader of text files does.
    pub fn plain(text: &str) -> Self {
        let blocks = blocks::of_plain_text(text);
        Self::new(text.to_owned(), SourceMap::identity(), blocks)
    }

    /// A document of blocks that a reader found: their kinds and places in `plain`, in order.
    pub fn new(plain: String, map: SourceMap, blocks: Vec<(BlockKind, Span)>) -> Self {
        let mut doc = Document {
            tokens: Vec::with_capacity(plain.len() / 5),
            plain,
            map,
            blocks: Vec::with_capacity(blocks.len()),
            sentences: Vec::new(),
            spanish: None,
            index: Index::default(),
            has_invisible: false,
            class_counts: OnceLock::new(),
            seams: OnceLock::new(),
            code: OnceLock::new(),
            definitions: OnceLock::new(),
            names: OnceLock::new(),
            quotations: OnceLock::new(),
            numerals: OnceLock::new(),
        };
        let mut lookup = Lookup::default();
        let mut stops = Vec::new();
        for (kind, span) in blocks {
            let first_token = doc.tokens.len();
            let first_sentence = doc.sentences.len();
            stops.clear();
            doc.has_invisible |= tokenizer::feed(
                &doc.plain[span.range()],
                Intake {
                    text: &doc.plain,
                    offset: span.start as usize,
                    lookup: &mut lookup,
                    tokens: &mut doc.tokens,
                    index: &mut doc.index,
                    stops: &mut stops,
                },
            );
            // Characters that cannot be seen are no block: every block has a token.
            if doc.tokens.len() == first_token {
                continue;
            }
            sentences::split(
                &doc.plain,
                &doc.tokens,
                (first_token, &stops),
                doc.blocks.len(),
                &mut doc.sentences,
            );
            doc.blocks.push(Block {
                kind,
                span,
                tokens: first_token as u32..doc.tokens.len() as u32,
                sentences: first_sentence as u32..doc.sentences.len() as u32,
            });
        }
        doc
    }

    /// The names that stand before their acronym in brackets.
    pub fn definitions(&self) -> &[acronyms::Definition] {
        self.definitions.get_or_init(|| acronyms::definitions(self))
    }

    /// The words of names by key.
    pub fn names(&self) -> &names::Names {
        self.names.get_or_init(|| names::Names::of(self))
    }

    /// Whether the text has guillemets, inverted marks, or numbers in the Spanish form.
    pub fn has_spanish_marks(&self) -> bool {
        let guillemet = |&t: &u32| matches!(self.mark(t as usize), '«' | '»');
        !self.of_kind(Kind::Inverted).is_empty()
            || self.of_kind(Kind::Quote).iter().any(guillemet)
            || self.numerals().spanish
    }

    /// Whether there may be characters that cannot be seen: control and format characters.
    pub fn may_have_invisible(&self) -> bool {
        self.has_invisible
    }

    /// The bytes of a span as they stand in the text.
    pub fn slice(&self, span: Span) -> &str {
        &self.plain[span.range()]
    }

    /// The text of the token with this number.
    pub fn text(&self, token: usize) -> &str {
        self.slice(self.tokens[token].span)
    }

    /// The text of a token without its final `’s`.
    pub fn base(&self, token: usize) -> &str {
        self.slice(self.base_span(token))
    }

    /// The span of a token without its final `’s`.
    pub fn base_span(&self, token: usize) -> Span {
        let mut span = self.tokens[token].span;
        if self.tokens[token].has(Shape::POSSESSIVE)
            && let Some(apostrophe) = self.slice(span).rfind(tokenizer::is_apostrophe)
        {
            span.end = span.start + apostrophe as u32;
        }
        span
    }

    /// The span from one token to another, both included.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.tokens[tokens.start]
            .span
            .to(self.tokens[tokens.end - 1].span)
    }

    /// The first character of a token: its only one, for a mark.
    pub fn mark(&self, token: usize) -> char {
        match self.plain.as_bytes()[self.tokens[token].span.start as usize] {
            ascii @ 0..128 => ascii as char,
            _ => self.text(token).chars().next().unwrap_or('\0'),
        }
    }

    /// The numbers of all tokens of a kind other than [`Kind::Word`], in order.
    pub fn of_kind(&self, kind: Kind) -> &[u32] {
        debug_assert!(kind != Kind::Word, "words are not indexed by kind");
        &self.index.kinds[kind as usize]
    }

    /// The numbers of all words of two or more letters in capitals.
    pub fn caps(&self) -> &[u32] {
        &self.index.caps
    }

    /// The numbers of all words with a capital after a lower-case letter.
    pub fn inner_capitals(&self) -> &[u32] {
        &self.index.inner_capital
    }

    /// The numbers of all words with a character beyond ASCII (curly apostrophes included).
    pub fn non_ascii(&self) -> &[u32] {
        &self.index.non_ascii
    }

    /// The numbers of all words that hold a digit: `24th`, `20.30h`, `1990s`.
    pub fn with_digits(&self) -> &[u32] {
        &self.index.with_digits
    }

    /// All quotation marks and quotations.
    pub fn quotations(&self) -> &Quotations {
        self.quotations.get_or_init(|| Quotations::of(self))
    }

    /// The block that holds a token.
    pub fn block_of(&self, token: usize) -> usize {
        self.blocks
            .partition_point(|b| b.tokens.end as usize <= token)
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|s| s.tokens.end as usize <= token)
    }

    /// The numbers of a sentence’s tokens.
    pub fn tokens_of(&self, sentence: usize) -> Range<usize> {
        let tokens = &self.sentences[sentence].tokens;
        tokens.start as usize..tokens.end as usize
    }

    /// Where pieces of text were joined badly or laid down twice.
    pub fn seams(&self) -> &Seams {
        self.seams.get_or_init(|| seams::find(self))
    }

    /// Whether the text holds lines of a program: a story about programming prints tags and
    /// placeholders on purpose.
    pub fn holds_code(&self) -> bool {
        *self.code.get_or_init(|| {
            let signs = ["();", "') {", "=> ", "$this", "</html>"];
            signs.iter().any(|sign| self.plain.contains(sign))
        })
    }

    /// How many words (and numbers) the document has.
    pub fn word_count(&self) -> usize {
        self.tokens
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .count()
    }

    /// All numbers in figures, with the way each is written.
    pub fn numerals(&self) -> &numbers::Numerals {
        self.numerals.get_or_init(|| numbers::Numerals::of(self))
    }

    /// How many tokens of the document are in a word list that is the topic of some entry.
    pub fn count(&self, class: Class) -> u32 {
        let counts = || counts(&self.tokens, class::TOPICS);
        self.class_counts.get_or_init(counts)[class.0 as usize]
    }
}

/// How many of the tokens are in each of these word lists.
pub(crate) fn counts(tokens: &[Token], lists: u128) -> Box<[u32; 128]> {
    let mut counts = Box::new([0; 128]);
    for token in tokens {
        let mut classes = token.word.classes() & lists;
        while classes != 0 {
            counts[classes.trailing_zeros() as usize] += 1;
            classes &= classes - 1;
        }
    }
    counts
}

/// Takes in the tokens of a block.
struct Intake<'a> {
    text: &'a str,
    /// Where the block begins.
    offset: usize,
    lookup: &'a mut Lookup<'static>,
    tokens: &'a mut Vec<Token>,
    index: &'a mut Index,
    /// Where a sentence may end.
    stops: &'a mut Vec<u32>,
}

impl tokenizer::Take for Intake<'_> {
    #[inline(always)]
    fn plain(&mut self, start: usize, end: usize, shape: Shape, small: Option<u64>) {
        let span = Span::new(start + self.offset, end + self.offset);
        let word = match small {
            Some(letters) => self.lookup.find_small(end - start, letters),
            None => self.lookup.find_plain(self.text, span),
        };
        self.tokens.push(Token {
            span,
            word,
            shape,
            kind: Kind::Word,
        });
    }

    fn token(&mut self, raw: tokenizer::Raw) {
        let number = self.tokens.len() as u32;
        let span = Span::new(raw.start + self.offset, raw.end + self.offset);
        let (mut word, mut shape) = (WordId::default(), raw.shape);
        match raw.kind {
            Kind::Word => {
                let possessive;
                (word, possessive) = self.lookup.find(self.text, span, shape);
                if possessive {
                    shape.add(Shape::POSSESSIVE);
                }
                self.index.word(number, shape);
                if shape.has(Shape::DOTTED) {
                    self.stops.push(number);
                }
            }
            kind => {
                if kind == Kind::Number {
                    (word, _) = self.lookup.find(self.text, span, shape);
                } else if kind == Kind::Stop {
                    self.stops.push(number);
                }
                self.index.kinds[kind as usize].push(number);
            }
        }
        self.tokens.push(Token {
            span,
            word,
            shape,
            kind: raw.kind,
        });
    }
}

impl Index {
    /// Notes a word by what it looks like.
    fn word(&mut self, number: u32, shape: Shape) {
        let note = |sign, place: &mut Vec<u32>| {
            if shape.has(sign) {
                place.push(number);
            }
        };
        note(Shape::ALL_CAPS, &mut self.caps);
        note(Shape::INNER_CAPITAL, &mut self.inner_capital);
        note(Shape::NON_ASCII, &mut self.non_ascii);
        note(Shape::DIGIT, &mut self.with_digits);
    }
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn a_block_without_a_token_is_none() {
        let doc = Document::plain("One.\n\n\u{200b}\u{1}\n\nTwo.");
        assert_eq!(doc.blocks.len(), 2);
    }

    #[test]
    fn a_name_ends_before_its_apostrophe_whatever_its_shape() {
        for apostrophe in ["'", "’", "\u{2bc}"] {
            let doc = Document::plain(&format!("Tokáyé{apostrophe}s aide"));
            assert_eq!(doc.base(0), "Tokáyé", "{apostrophe}");
        }
    }
}
