//! Where sentences end: full stops, and the abbreviations, initials and figures that only look so.
use super::{Kind, Shape, Token};
use crate::words::class;
use std::ops::Range;

/// A sentence with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The numbers of its tokens.
    pub tokens: Range<u32>,
    /// The number of its block.
    pub block: u32,
}

/// Longer stretches without a full stop are cut, so that work per sentence stays bounded.
pub const LONGEST: usize = 1000;

/// Splits the tokens from `first` on, which are one block, and appends its sentences. `stops` are
/// the tokens where a sentence may end: final marks, and words with final points.
pub fn split(
    plain: &str,
    tokens: &[Token],
    (first, stops): (usize, &[u32]),
    block: usize,
    out: &mut Vec<Sentence>,
) {
    let mut start = first;
    let mut cut = |start: &mut usize, end: usize| {
        out.push(Sentence {
            tokens: *start as u32..end as u32,
            block: block as u32,
        });
        *start = end;
    };
    for &stop in stops {
        let at = stop as usize;
        if at < start {
            continue;
        }
        while at - start >= LONGEST {
            let end = start + LONGEST;
            cut(&mut start, end);
        }
        let end = match tokens[at].kind {
            Kind::Stop => end_after_stop(plain, tokens, at),
            _ => end_after_dotted(tokens, at),
        };
        if let Some(end) = end {
            cut(&mut start, end);
        }
    }
    while start < tokens.len() {
        let end = tokens.len().min(start + LONGEST);
        cut(&mut start, end);
    }
}

/// One past the sentence’s last token if the stop at `at` ends it; closing marks belong to it.
fn end_after_stop(plain: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let mut end = at + 1;
    while let Some(t) = tokens.get(end)
        && !t.spaced()
        && matches!(t.kind, Kind::Quote | Kind::Close | Kind::Stop)
    {
        end += 1;
    }
    let next = tokens.get(end)?;
    if !next.spaced() {
        return None;
    }
    // A quotation mark or bracket opens the next sentence if a capital or figure follows it.
    let mut head = end;
    while tokens.get(head).is_some_and(|t| {
        matches!(
            t.kind,
            Kind::Quote | Kind::Open | Kind::Inverted | Kind::Dash
        )
    }) {
        head += 1;
    }
    let head = tokens.get(head)?;
    let opens = match head.kind {
        Kind::Word => head.has(Shape::CAPITAL) || head.has(Shape::DIGIT),
        Kind::Number | Kind::Link => true,
        Kind::Symbol => plain[head.span.range()].starts_with(['$', '£', '€', '@', '#']),
        _ => false,
    };
    if !opens || is_point(plain, tokens, at) && abbreviates(plain, tokens, at, head) {
        return None;
    }
    Some(end)
}

fn is_point(plain: &str, tokens: &[Token], at: usize) -> bool {
    &plain[tokens[at].span.range()] == "."
}

/// Whether the point at `at` belongs to an abbreviation or initial that `next` continues.
fn abbreviates(plain: &str, tokens: &[Token], at: usize, next: &Token) -> bool {
    let Some(word) = at.checked_sub(1).map(|i| &tokens[i]) else {
        return false;
    };
    if word.kind != Kind::Word || tokens[at].spaced() {
        return false;
    }
    let text = &plain[word.span.range()];
    let is_number = next.kind == Kind::Number || next.has(Shape::DIGIT);
    // An initial: “Rafael M. Mañueco”, “J. Smith”; a sentence may end in one letter too, but
    // then a common word follows: “from A to B. The”.
    if text.chars().count() == 1 && word.has(Shape::CAPITAL) {
        return !next.is(class::FUNCTION_WORDS) && !is_number;
    }
    if !word.is(class::ABBREVIATIONS) {
        return false;
    }
    let lower = text.to_lowercase();
    let expects_number = matches!(
        lower.as_str(),
        "no" | "nos"
            | "p"
            | "pp"
            | "vol"
            | "fig"
            | "art"
            | "arts"
            | "sec"
            | "approx"
            | "est"
            | "ed"
            | "cf"
            | "al"
    ) || word.is(class::MONTH_ABBREVIATIONS)
        || word.is(class::SPANISH_MONTHS);
    if expects_number {
        return is_number
            || next.kind == Kind::Word
                && word.is(class::SPANISH_MONTHS)
                && !next.is(class::FUNCTION_WORDS);
    }
    // Words that are abbreviations only with a capital: “St. Petersburg”, “Gen. Franco”, not “st.”
    // Firms and states also end sentences: “Apple Inc. The”.
    word.has(Shape::CAPITAL) && !next.is(class::FUNCTION_WORDS)
        || matches!(lower.as_str(), "vs" | "v" | "e.g" | "i.e" | "viz")
}

/// The same for `U.S.` and `p.m.`, whose last point is part of the word.
fn end_after_dotted(tokens: &[Token], at: usize) -> Option<usize> {
    let mut end = at + 1;
    while let Some(t) = tokens.get(end)
        && !t.spaced()
        && matches!(t.kind, Kind::Quote | Kind::Close)
    {
        end += 1;
    }
    let closed = end > at + 1;
    let next = tokens.get(end)?;
    let head = if next.kind == Kind::Quote {
        tokens.get(end + 1)?
    } else {
        next
    };
    let opens = head.kind == Kind::Word
        && head.has(Shape::CAPITAL)
        && !head.has(Shape::ALL_CAPS)
        && (head.is(class::FUNCTION_WORDS) || closed);
    (next.spaced() && opens).then_some(end)
}

#[cfg(test)]
mod tests {
    use crate::Document;

    fn cut(text: &str) -> Vec<String> {
        let doc = Document::plain(text);
        (0..doc.sentences.len())
            .map(|s| doc.slice(doc.span(doc.tokens_of(s))).to_owned())
            .collect()
    }

    #[test]
    fn sentences_of_news() {
        for (text, count) in [
            ("He left. She stayed.", 2),
            ("“We won.” The coach smiled.", 2),
            ("“Why?” he asked. Nobody knew.", 2),
            ("Mr. Smith met Dr. Jones in St. Petersburg. Both spoke.", 2),
            ("Rafael M. Mañueco wrote it. He left.", 2),
            ("The U.S. Supreme Court ruled. It was late.", 2),
            ("He moved to the U.S. The move was hard.", 2),
            ("It began at 9 a.m. Monday and ended at noon.", 1),
            ("MADRID, 12 Ene. (EUROPA PRESS) - The minister spoke.", 1),
            ("No. 10 said no. The rest agreed.", 2),
            ("It cost 3.5 million. Prices rose.", 2),
            ("On Jan. 5 he left. Nothing changed.", 2),
            ("They are in power. freedom is near.", 1),
            ("Apple Inc. shares fell. The Nasdaq rose.", 2),
            ("He was born in 1980. 20 years later he left.", 2),
            ("Wait… Then he left.", 2),
            (
                "J. K. Rowling and J.R.R. Tolkien sold well. Others did not.",
                2,
            ),
        ] {
            assert_eq!(cut(text).len(), count, "{:?}", cut(text));
        }
    }

    #[test]
    fn a_text_without_stops_is_cut() {
        assert_eq!(cut(&"word ".repeat(2500)).len(), 3);
    }
}
