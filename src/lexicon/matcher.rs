//! The matcher: what stands to the right and left of an anchor, against the elements of a pattern.
//!
//! Each pattern is filed under one of its words. A word of the text that has patterns filed under
//! it is an anchor: the elements to its right and left are verified from there. Patterns and gaps
//! are short, so an anchor costs a bounded number of steps.
use super::compile::element as el;
use super::{Book, Hit};
use crate::blob::{Section, extent_parts, place_parts, read_many, read_u32};
use crate::text::{Document, Kind, Shape, Token};
use crate::words::{Class, WordId, class};
use std::ops::Range;

/// The numbers that describe a pattern in the blob.
#[derive(Clone, Copy)]
pub(super) struct Pattern {
    pub first: u32,
    pub count: u32,
    pub from: u32,
    pub to: u32,
    /// Its place among the patterns of its entry.
    pub order: u32,
}

impl Pattern {
    /// The entry of the pattern that lies at this place, and the pattern.
    pub fn of(book: Book, number: u32) -> (u32, Self) {
        let patterns = book.blob.section(Section::Patterns);
        let [entry, extent] = read_many(patterns, number as usize * 2);
        let [count, from, to, order] = extent_parts(extent);
        let pattern = Pattern {
            first: number + 1,
            count,
            from,
            to,
            order,
        };
        (entry, pattern)
    }
}

/// An element of a pattern.
#[derive(Clone, Copy)]
struct Element {
    /// One of [`el`].
    kind: u32,
    /// Its word, set, list or mark; of a gap, the fewest words.
    a: u32,
    /// How many words a set has; of a gap, the most words.
    count: u32,
    /// Whether it may be missing.
    optional: bool,
    /// See [`el::STRICT`].
    strict: bool,
}

pub(super) struct Scan<'d, 'b> {
    doc: &'d Document,
    book: Book<'b>,
    /// The tokens of the document with the words as the book numbers them.
    pub tokens: &'d [Token],
    sets: &'d [u8],
    elements: &'d [u8],
    pub steps: u64,
    /// The reported part of the match under construction.
    pub from: u32,
    pub to: u32,
}

/// Marks that may stand between two words of a phrase: a hyphen, quotation marks.
fn transparent(kind: Kind) -> bool {
    matches!(kind, Kind::Quote | Kind::Hyphen)
}

/// More marks in a row than this are not skipped.
const MOST_SKIPPED: u32 = 2;

impl<'d, 'b: 'd> Scan<'d, 'b> {
    /// A matcher of a book over a document.
    pub fn new(doc: &'d Document, book: Book<'b>) -> Self {
        Scan {
            doc,
            book,
            tokens: book.tokens.unwrap_or(&doc.tokens),
            sets: book.blob.section(Section::Sets),
            elements: book.blob.section(Section::Patterns),
            steps: 0,
            from: 0,
            to: 0,
        }
    }

    /// The match of the pattern of an anchor at the token `at`, if there is one.
    pub fn verify(
        &mut self,
        sentence: &Range<u32>,
        at: u32,
        anchor: u32,
        far: impl FnOnce(bool) -> u32,
    ) -> Option<Hit<'b>> {
        let anchors = self.book.blob.section(Section::Anchors);
        let [may_be_far, place] = read_many(anchors, anchor as usize * 2);
        let (number, anchor, far_right) = place_parts(place);
        if may_be_far & far(far_right) == 0 {
            return None;
        }
        let (entry, pattern) = Pattern::of(self.book, number);
        if !self.accepts(pattern.first + anchor, at, anchor + 1 == pattern.count) {
            return None;
        }
        (self.from, self.to) = (u32::MAX, u32::MAX);
        self.note(&pattern, anchor, at, at + 1);
        let end = self.right(sentence, &pattern, anchor + 1, at + 1)?;
        let start = self.left(sentence, &pattern, anchor, at)?;
        let from = if pattern.from == 0 { start } else { self.from };
        let to = if pattern.to == pattern.count {
            end
        } else {
            self.to
        };
        (from < to && to != u32::MAX).then_some(Hit {
            book: self.book,
            entry,
            pattern: number,
            order: pattern.order,
            start,
            end,
            from,
            to,
        })
    }

    /// Matches the elements from `e` on with the tokens from `at` on; the place after the last.
    pub fn right(
        &mut self,
        sentence: &Range<u32>,
        pattern: &Pattern,
        e: u32,
        at: u32,
    ) -> Option<u32> {
        if e == pattern.count {
            return Some(at);
        }
        let Element {
            kind,
            a,
            count,
            optional,
            strict,
        } = self.element(pattern.first + e);
        let here = self.skip_right(sentence, at, kind, a);
        match kind {
            el::GAP => {
                // The shortest gap that lets the rest match.
                let mut next = at;
                for used in 0..=count {
                    if used >= a {
                        let first = self.skip_right(sentence, at, kind, a);
                        if let Some(end) = self.right(sentence, pattern, e + 1, next) {
                            self.note(pattern, e, if used == 0 { next } else { first }, next);
                            return Some(end);
                        }
                    }
                    let word = self.skip_right(sentence, next, kind, a);
                    if word >= sentence.end || !self.is_word(word) {
                        return None;
                    }
                    next = word + 1;
                }
                None
            }
            el::NAME => {
                let mut end = here;
                let mut ends = Vec::with_capacity(4);
                while ends.len() < 4 && end < sentence.end && self.is_capitalised(end) {
                    ends.push(end + 1);
                    end = self.skip_right(sentence, end + 1, kind, a);
                }
                for &end in ends.iter().rev() {
                    if let Some(last) = self.right(sentence, pattern, e + 1, end) {
                        self.note(pattern, e, here, end);
                        return Some(last);
                    }
                }
                if optional {
                    self.right_without(sentence, pattern, e, at)
                } else {
                    None
                }
            }
            el::NOT => {
                if self.follows(sentence, at, a, count, strict) {
                    None
                } else {
                    self.right_without(sentence, pattern, e, at)
                }
            }
            el::END => {
                if self.at_end(sentence, at, a == 1) {
                    self.right_without(sentence, pattern, e, at)
                } else {
                    None
                }
            }
            // Seen from the left only: where the match is known already.
            el::NOT_BEFORE => self.right_without(sentence, pattern, e, at),
            el::START => (at == sentence.start)
                .then(|| self.right_without(sentence, pattern, e, at))
                .flatten(),
            _ => {
                if here < sentence.end
                    && self.accepts(pattern.first + e, here, e + 1 == pattern.count)
                    && let Some(end) = self.right(sentence, pattern, e + 1, here + 1)
                {
                    self.note(pattern, e, here, here + 1);
                    return Some(end);
                }
                if optional {
                    self.right_without(sentence, pattern, e, at)
                } else {
                    None
                }
            }
        }
    }

    /// Goes on to the right after an element that took no token.
    fn right_without(
        &mut self,
        sentence: &Range<u32>,
        pattern: &Pattern,
        e: u32,
        at: u32,
    ) -> Option<u32> {
        let end = self.right(sentence, pattern, e + 1, at)?;
        if e == pattern.from {
            // The report begins with the next token that was taken.
            self.from = self.skip_right(sentence, at, el::WORD, 0);
        }
        if e + 1 == pattern.to {
            self.to = at;
        }
        Some(end)
    }

    /// Matches the elements before `e` with the tokens before `at`; the place of the first.
    fn left(&mut self, sentence: &Range<u32>, pattern: &Pattern, e: u32, at: u32) -> Option<u32> {
        if e == 0 {
            return Some(at);
        }
        let e = e - 1;
        let Element {
            kind,
            a,
            count,
            optional,
            strict,
        } = self.element(pattern.first + e);
        let here = self.skip_left(sentence, at, kind, a);
        match kind {
            el::GAP => {
                let mut next = at;
                for used in 0..=count {
                    if used >= a
                        && let Some(start) = self.left(sentence, pattern, e, next)
                    {
                        self.note(pattern, e, next, at);
                        return Some(start);
                    }
                    let word = self.skip_left(sentence, next, kind, a)?;
                    if !self.is_word(word) {
                        return None;
                    }
                    next = word;
                }
                None
            }
            el::NAME => {
                let mut starts = Vec::with_capacity(4);
                let mut word = here;
                while starts.len() < 4
                    && let Some(w) = word
                    && self.is_capitalised(w)
                {
                    starts.push(w);
                    word = self.skip_left(sentence, w, kind, a);
                }
                for &start in starts.iter().rev() {
                    if let Some(first) = self.left(sentence, pattern, e, start) {
                        self.note(pattern, e, start, here.map_or(at, |h| h + 1));
                        return Some(first);
                    }
                }
                if optional {
                    self.left_without(sentence, pattern, e, at)
                } else {
                    None
                }
            }
            el::NOT => {
                if self.follows(sentence, at, a, count, strict) {
                    None
                } else {
                    self.left_without(sentence, pattern, e, at)
                }
            }
            el::NOT_BEFORE => {
                if self.precedes(sentence, at, a, count, strict) {
                    None
                } else {
                    self.left_without(sentence, pattern, e, at)
                }
            }
            el::START => {
                if self.at_start(sentence, at, a == 1) {
                    self.left_without(sentence, pattern, e, at)
                } else {
                    None
                }
            }
            el::END => None,
            _ => {
                if let Some(word) = here
                    && self.accepts(pattern.first + e, word, false)
                    && let Some(start) = self.left(sentence, pattern, e, word)
                {
                    self.note(pattern, e, word, word + 1);
                    return Some(start);
                }
                if optional {
                    self.left_without(sentence, pattern, e, at)
                } else {
                    None
                }
            }
        }
    }

    /// Goes on to the left before an element that took no token.
    fn left_without(
        &mut self,
        sentence: &Range<u32>,
        pattern: &Pattern,
        e: u32,
        at: u32,
    ) -> Option<u32> {
        let start = self.left(sentence, pattern, e, at)?;
        if e == pattern.from {
            self.from = at;
        }
        if e + 1 == pattern.to {
            self.to = at;
        }
        Some(start)
    }

    /// Notes the tokens that an element took, if the reported part begins or ends with it.
    #[inline]
    fn note(&mut self, pattern: &Pattern, e: u32, from: u32, to: u32) {
        if e == pattern.from {
            self.from = from;
        }
        if e + 1 == pattern.to {
            self.to = to;
        }
    }

    fn element(&mut self, number: u32) -> Element {
        self.steps += 1;
        let [what, a] = read_many(self.elements, number as usize * 2);
        Element {
            kind: what & el::KIND,
            a,
            count: what >> el::COUNT_BITS,
            optional: what & el::OPTIONAL != 0,
            strict: what & el::STRICT != 0,
        }
    }

    /// Whether the token is what an element of one token asks for.
    #[inline]
    fn accepts(&mut self, element: u32, at: u32, last: bool) -> bool {
        let Element {
            kind,
            a,
            count,
            strict,
            ..
        } = self.element(element);
        let token = &self.tokens[at as usize];
        match kind {
            el::WORD => word_fits(a, token.word, token.shape, last),
            el::SET => self.in_set(a, count, at, last),
            el::CLASS => {
                token.is(Class(a as u8))
                    && (!strict || token.has(Shape::CAPITAL))
                    && (last || !token.has(Shape::POSSESSIVE))
            }
            el::NUMBER => token.kind == Kind::Number || token.is(class::NUMBERS),
            el::DETERMINER => token.has(Shape::POSSESSIVE) || token.is(Class(a as u8)),
            el::MARK => {
                if a == '"' as u32 {
                    token.kind == Kind::Quote
                } else {
                    self.doc.mark(at as usize) as u32 == a
                }
            }
            _ => false,
        }
    }

    fn in_set(&self, at: u32, len: u32, token: u32, last: bool) -> bool {
        let token = &self.tokens[token as usize];
        let wanted = token.word.0;
        if wanted == 0 {
            return false;
        }
        let word = |i: u32| read_u32(self.sets, (at + i) as usize);
        let (mut low, mut high) = (0, len);
        while low < high {
            let middle = (low + high) / 2;
            if word(middle) & el::WORD_MASK < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..len)
            .map(word)
            .take_while(|w| w & el::WORD_MASK == wanted)
            .any(|w| word_fits(w, token.word, token.shape, last))
    }

    /// Whether one of the words of a set (all of them in order, for a phrase) comes next.
    fn follows(&self, sentence: &Range<u32>, at: u32, set: u32, len: u32, phrase: bool) -> bool {
        if !phrase {
            let next = self.skip_right(sentence, at, el::WORD, 0);
            return next < sentence.end && self.in_set(set, len, next, true);
        }
        let mut next = at;
        (set..set + len).all(|word| {
            let here = self.skip_right(sentence, next, el::WORD, 0);
            next = here + 1;
            here < sentence.end && self.in_set(word, 1, here, true)
        })
    }

    /// Whether one of the words of a set (all of them in order, for a phrase) comes before.
    fn precedes(&self, sentence: &Range<u32>, at: u32, set: u32, len: u32, phrase: bool) -> bool {
        if !phrase {
            return self
                .skip_left(sentence, at, el::WORD, 0)
                .is_some_and(|w| self.in_set(set, len, w, true));
        }
        let mut next = Some(at);
        (set..set + len).rev().all(|word| {
            next = next.and_then(|at| self.skip_left(sentence, at, el::WORD, 0));
            next.is_some_and(|w| self.in_set(word, 1, w, true))
        })
    }

    fn is_word(&self, at: u32) -> bool {
        matches!(self.tokens[at as usize].kind, Kind::Word | Kind::Number)
    }

    fn is_capitalised(&self, at: u32) -> bool {
        let token = &self.tokens[at as usize];
        token.kind == Kind::Word && token.has(Shape::CAPITAL)
    }

    /// The next token that an element of this kind may look at.
    fn skip_right(&self, sentence: &Range<u32>, at: u32, kind: u32, mark: u32) -> u32 {
        let mut next = at;
        while next < sentence.end
            && next - at < MOST_SKIPPED
            && transparent(self.tokens[next as usize].kind)
            && !(kind == el::MARK && self.wants(mark, next))
        {
            next += 1;
        }
        next
    }

    fn skip_left(&self, sentence: &Range<u32>, at: u32, kind: u32, mark: u32) -> Option<u32> {
        let mut next = at.checked_sub(1)?;
        let mut skipped = 0;
        while next >= sentence.start
            && skipped < MOST_SKIPPED
            && transparent(self.tokens[next as usize].kind)
            && !(kind == el::MARK && self.wants(mark, next))
        {
            next = next.checked_sub(1)?;
            skipped += 1;
        }
        (next >= sentence.start).then_some(next)
    }

    fn wants(&self, mark: u32, at: u32) -> bool {
        let token = &self.tokens[at as usize];
        if mark == '"' as u32 {
            token.kind == Kind::Quote
        } else {
            self.doc.mark(at as usize) as u32 == mark
        }
    }

    fn at_start(&self, sentence: &Range<u32>, at: u32, paragraph: bool) -> bool {
        let mut first = sentence.start;
        if paragraph {
            let block = self.doc.block_of(at as usize);
            first = self.doc.blocks[block].tokens.start;
        }
        (first..at).all(|t| {
            matches!(
                self.tokens[t as usize].kind,
                Kind::Quote | Kind::Inverted | Kind::Dash | Kind::Hyphen | Kind::Open
            )
        })
    }

    fn at_end(&self, sentence: &Range<u32>, at: u32, paragraph: bool) -> bool {
        let mut last = sentence.end;
        if paragraph {
            let block = self.doc.block_of(sentence.start as usize);
            last = self.doc.blocks[block].tokens.end;
        }
        (at..last).all(|t| {
            matches!(
                self.tokens[t as usize].kind,
                Kind::Stop | Kind::Quote | Kind::Close | Kind::Colon
            )
        })
    }
}

/// Whether a token with this word and shape is the word of a pattern.
#[inline]
fn word_fits(wanted: u32, word: WordId, shape: Shape, last: bool) -> bool {
    if wanted & el::WORD_MASK != word.0 {
        return false;
    }
    let possessive = shape.has(Shape::POSSESSIVE);
    if wanted & el::POSSESSIVE != 0 {
        if !possessive {
            return false;
        }
    } else if possessive && !last {
        return false;
    }
    (wanted & el::CAPITAL == 0 || shape.has(Shape::CAPITAL))
        && (wanted & el::CAPS == 0 || shape.has(Shape::ALL_CAPS))
}
