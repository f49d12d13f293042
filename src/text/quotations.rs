//! The quotation marks of a text: which open, which close, which pair, which only look so.
use super::span::Span;
use super::{Document, Kind};
use surroundings::Lean;

mod reader;
mod surroundings;

/// All quotation marks of a document, apostrophes outside words and primes included.
#[derive(Clone, Debug, Default)]
pub struct Quotations {
    marks: Vec<Mark>,
    pairs: Vec<Pair>,
    straight: bool,
}

/// A quotation mark: one token, or two of the same character closed up (`''`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes.
    pub span: Span,
    /// The number of its (first) token.
    pub token: u32,
    /// Whether it is two tokens.
    twice: bool,
    /// Its shape.
    pub style: Style,
    /// The way its shape looks.
    pub facing: Facing,
    /// What it does here.
    pub role: Role,
    /// The number of the mark that it pairs with.
    pub partner: Option<u32>,
    /// An opening mark without partner because the next paragraph opens the quotation again, as
    /// English does with quotations of several paragraphs.
    pub continued: bool,
    /// White space stands before, after.
    pub spaced: (bool, bool),
    /// What its neighbours make of it.
    lean: Lean,
}

/// What a quotation mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Begins a quotation.
    Open,
    /// Ends a quotation.
    Close,
    /// Stands for letters left out, or for possession.
    Apostrophe,
    /// Feet, inches, minutes, seconds.
    Prime,
    /// Nothing that could be told.
    Unknown,
}

/// The shapes of quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// “ ” ‟, or two single ones closed up.
    Double,
    /// ‘ ’ ‛ ´
    Single,
    /// " or ''
    StraightDouble,
    /// '
    StraightSingle,
    /// « »
    Guillemet,
    /// ‹ ›
    SingleGuillemet,
    /// „
    LowNine,
    /// ‚
    SingleLowNine,
    /// ` or ``
    Backtick,
    /// ′ ″
    Prime,
}

/// The way the shape of a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facing {
    /// An opening shape: “ ‘ « ‹ „
    Opening,
    /// A closing shape: ” ’ » ›
    Closing,
    /// Straight.
    Neither,
}

/// An opening and its closing mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The number of the opening mark.
    pub open: u32,
    /// The number of the closing mark.
    pub close: u32,
    /// In how many other quotations it stands.
    pub level: u32,
}

/// Tokens between a mark and its word, at most.
const WORD_AWAY: usize = 4;

impl Mark {
    /// Whether it was to pair and does not.
    pub fn unpaired(&self) -> bool {
        matches!(self.role, Role::Open | Role::Close) && self.partner.is_none() && !self.continued
    }

    /// Whether its shape says the reverse of what it does.
    pub fn misdirected(&self) -> bool {
        match self.role {
            Role::Open => self.facing == Facing::Closing,
            Role::Close => self.facing == Facing::Opening,
            _ => false,
        }
    }

    /// Whether it stands as an opening mark does: after a space and closed up with a word.
    pub fn stands_open(&self) -> bool {
        self.lean == Lean::Opening && !self.spaced.1
    }

    /// Whether it stands as a closing mark does: before a space or a stop, and not between spaces.
    pub fn stands_closed(&self) -> bool {
        self.lean == Lean::Closing
    }

    /// The number of its last token.
    pub fn last_token(&self) -> usize {
        self.token as usize + usize::from(self.twice)
    }

    /// Whether it is « » ‹ or ›.
    pub fn is_guillemet(&self) -> bool {
        matches!(self.style, Style::Guillemet | Style::SingleGuillemet)
    }

    /// Whether it counts as a double mark, which no apostrophe is taken for.
    pub fn is_double(&self) -> bool {
        match self.style {
            Style::Double | Style::StraightDouble | Style::Guillemet | Style::LowNine => true,
            Style::Backtick => self.twice,
            _ => false,
        }
    }
}

impl Quotations {
    /// Reads the marks of a document.
    pub(super) fn of(doc: &Document) -> Self {
        reader::Reader::new(doc, marks(doc)).read().0
    }

    /// All marks, in order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The mark with this number.
    pub fn mark(&self, number: u32) -> &Mark {
        &self.marks[number as usize]
    }

    /// The mark that begins with this token.
    pub fn at(&self, token: usize) -> Option<&Mark> {
        let number = self
            .marks
            .binary_search_by_key(&(token as u32), |m| m.token)
            .ok()?;
        Some(&self.marks[number])
    }

    /// All quotations in the order of their opening marks. Two of them lie one in the other or
    /// apart.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// A quotation with its marks.
    pub fn span(&self, pair: &Pair) -> Span {
        self.mark(pair.open).span.to(self.mark(pair.close).span)
    }

    /// What stands between the marks of a quotation.
    pub fn inner(&self, pair: &Pair) -> Span {
        Span {
            start: self.mark(pair.open).span.end,
            end: self.mark(pair.close).span.start,
        }
    }

    /// [`Self::with_word`] with the mark turned into the one that answers its partner, the space
    /// on its inner side gone.
    pub fn rewritten(&self, doc: &Document, mark: &Mark) -> String {
        let span = self.with_word(doc, mark);
        let partner = mark.partner.map(|p| self.mark(p));
        let (open, close) = match partner.map(|p| p.style) {
            Some(Style::Double | Style::LowNine) => ('“', '”'),
            Some(Style::StraightDouble) => ('"', '"'),
            Some(Style::Single | Style::SingleGuillemet) => ('‘', '’'),
            Some(Style::StraightSingle) => ('\'', '\''),
            _ => self.house_marks(),
        };
        if mark.role == Role::Close {
            let word = &doc.plain[span.start as usize..mark.span.start as usize];
            format!("{}{close}", word.trim_end())
        } else {
            let word = &doc.plain[mark.span.end as usize..span.end as usize];
            format!("{open}{}", word.trim_start())
        }
    }

    /// Whether the document itself writes straight marks.
    pub fn are_straight(&self) -> bool {
        self.straight
    }

    /// The double marks that the document itself uses: “ and ”, or straight ones.
    pub fn house_marks(&self) -> (char, char) {
        if self.straight {
            ('"', '"')
        } else {
            ('“', '”')
        }
    }

    /// A mark with the word that it opens before or closes after, and the marks and space between
    /// them: what a reader sees as one.
    pub fn with_word(&self, doc: &Document, mark: &Mark) -> Span {
        let first = mark.token as usize;
        let block = &doc.blocks[doc.block_of(first)].tokens;
        let is_word = |t: &usize| matches!(doc.tokens[*t].kind, Kind::Word | Kind::Number);
        let word = if mark.role == Role::Close {
            (block.start as usize..first)
                .rev()
                .take(WORD_AWAY)
                .find(is_word)
        } else {
            (first + 1..block.end as usize)
                .take(WORD_AWAY)
                .find(is_word)
        };
        match word.map(|t| doc.tokens[t].span) {
            Some(word) if word.start < mark.span.start => word.to(mark.span),
            Some(word) => mark.span.to(word),
            None => mark.span,
        }
    }

    /// The outermost quotation around a byte of the text.
    pub fn around(&self, byte: u32) -> Option<&Pair> {
        let after = self
            .pairs
            .partition_point(|p| self.mark(p.open).span.start <= byte);
        // At most `DEEPEST` pairs stand between a pair and the one around it that is outermost.
        let outer = self.pairs[..after].iter().rev().find(|p| p.level == 0)?;
        self.span(outer)
            .range()
            .contains(&(byte as usize))
            .then_some(outer)
    }
}

/// Every quotation mark with its shape and what its neighbours make of it; no role yet.
fn marks(doc: &Document) -> Vec<Mark> {
    let quotes = doc.of_kind(Kind::Quote);
    let mut out: Vec<Mark> = Vec::with_capacity(quotes.len());
    let mut at = 0;
    while at < quotes.len() {
        let token = quotes[at] as usize;
        let c = doc.mark(token);
        let mut last = token;
        if quotes.get(at + 1) == Some(&(token as u32 + 1))
            && !doc.tokens[token + 1].spaced()
            && doc.mark(token + 1) == c
        {
            last += 1;
        }
        at += 1 + last - token;
        let (style, facing) = shape(c, last > token);
        let around = surroundings::of(doc, token, last);
        out.push(Mark {
            span: doc.tokens[token].span.to(doc.tokens[last].span),
            token: token as u32,
            twice: last > token,
            style,
            facing,
            role: Role::Unknown,
            partner: None,
            continued: false,
            spaced: around.spaced,
            lean: around.lean,
        });
    }
    out
}

fn shape(c: char, twice: bool) -> (Style, Facing) {
    use Facing::{Closing, Neither, Opening};
    match c {
        '“' | '‟' => (Style::Double, Opening),
        '”' => (Style::Double, Closing),
        '‘' | '‛' if twice => (Style::Double, Opening),
        '‘' | '‛' => (Style::Single, Opening),
        '’' | '´' if twice => (Style::Double, Closing),
        '’' | '´' => (Style::Single, Closing),
        '\'' if twice => (Style::StraightDouble, Neither),
        '\'' => (Style::StraightSingle, Neither),
        '«' => (Style::Guillemet, Opening),
        '»' => (Style::Guillemet, Closing),
        '‹' => (Style::SingleGuillemet, Opening),
        '›' => (Style::SingleGuillemet, Closing),
        '„' => (Style::LowNine, Opening),
        '‚' if twice => (Style::LowNine, Opening),
        '‚' => (Style::SingleLowNine, Opening),
        '`' => (Style::Backtick, Neither),
        '′' | '″' => (Style::Prime, Neither),
        _ => (Style::StraightDouble, Neither),
    }
}

#[cfg(test)]
mod tests;
