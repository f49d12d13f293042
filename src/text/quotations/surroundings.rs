//! What the neighbours of a quotation mark make of it: a word after and a space before open.
use crate::text::{Document, Kind};

/// What the neighbours of a mark make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    /// As an opening mark stands: `said “no`.
    Opening,
    /// As a closing mark stands: `no”, he`; also `no ”, he`.
    Closing,
    /// Between spaces: `no ” he`.
    Apart,
    /// Between letters or figures: `don’t`, `homes”emphasized`.
    Inside,
    /// Between a final mark and a word: `agreement. ”Its` closed up.
    Seam,
}

/// A mark’s lean and its spaces.
pub(super) struct Surroundings {
    pub lean: Lean,
    pub spaced: (bool, bool),
}

/// What stands beside a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// White space, or the edge of a block.
    Gap,
    /// A word, a figure, or what stands for one.
    Word,
    /// A bracket that opens.
    Opener,
    /// A stop, comma, colon, or bracket that closes.
    Closer,
    /// A dash, hyphen or sign, which stands on both sides of quotations.
    Either,
}

/// Longer runs of quotation marks are not looked through.
const LONGEST_RUN: usize = 3;

/// Looks at the neighbours of the mark of the tokens `first` to `last`.
pub(super) fn of(doc: &Document, first: usize, last: usize) -> Surroundings {
    let (left, right) = (left(doc, first), right(doc, last));
    let lean = match (left, right) {
        (Side::Gap, Side::Gap) => Lean::Apart,
        (Side::Gap | Side::Opener | Side::Either, Side::Word | Side::Opener) => Lean::Opening,
        (Side::Gap | Side::Opener, Side::Either) | (Side::Opener, Side::Gap) => Lean::Opening,
        (Side::Word, Side::Word | Side::Opener) => Lean::Inside,
        (Side::Closer, Side::Word | Side::Opener) => Lean::Seam,
        (Side::Either, Side::Either) => Lean::Apart,
        _ => Lean::Closing,
    };
    let next = doc.tokens.get(last + 1);
    Surroundings {
        lean,
        spaced: (doc.tokens[first].spaced(), next.is_none_or(|t| t.spaced())),
    }
}

fn left(doc: &Document, token: usize) -> Side {
    let mut at = token;
    for _ in 0..=LONGEST_RUN {
        if doc.tokens[at].spaced() {
            return Side::Gap;
        }
        let Some(before) = at.checked_sub(1) else {
            return Side::Gap;
        };
        at = before;
        match doc.tokens[at].kind {
            Kind::Quote => {}
            Kind::Word | Kind::Number | Kind::Link => return Side::Word,
            Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Close => {
                return Side::Closer;
            }
            Kind::Open | Kind::Inverted => return Side::Opener,
            Kind::Hyphen | Kind::Dash => return Side::Either,
            Kind::Symbol => {
                let ends = matches!(doc.mark(at), '%' | '€' | '°' | '™' | '®' | '²');
                return if ends { Side::Word } else { Side::Either };
            }
        }
    }
    Side::Either
}

fn right(doc: &Document, token: usize) -> Side {
    let mut at = token + 1;
    for _ in 0..=LONGEST_RUN {
        let Some(next) = doc.tokens.get(at) else {
            return Side::Gap;
        };
        if next.spaced() {
            return Side::Gap;
        }
        match next.kind {
            Kind::Quote => at += 1,
            Kind::Word | Kind::Number | Kind::Link => return Side::Word,
            Kind::Open | Kind::Inverted => return Side::Opener,
            Kind::Stop if starts_a_word(doc, token, at) => return Side::Word,
            Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Close => {
                return Side::Closer;
            }
            Kind::Hyphen | Kind::Dash => return Side::Either,
            Kind::Symbol => {
                let starts = matches!(doc.mark(at), '$' | '£' | '€' | '#' | '@' | '+' | '<' | '&');
                return if starts { Side::Word } else { Side::Either };
            }
        }
    }
    Side::Either
}

/// Whether the stop at `at`, seen from a mark with a space before it, begins what is quoted:
/// `“...and then`, `“.com`.
fn starts_a_word(doc: &Document, mark: usize, at: usize) -> bool {
    let closed_up = doc
        .tokens
        .get(at + 1)
        .is_some_and(|t| !t.spaced() && matches!(t.kind, Kind::Word | Kind::Number));
    doc.tokens[mark].spaced() && (closed_up || doc.text(at).len() > 1)
}
