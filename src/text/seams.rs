//! Where pieces of text were joined badly or laid down twice: found in one walk over the tokens.
use super::echoes::{Echo, Listener, key};
use super::{Document, Kind, Shape, Span};
use crate::words::{Lookup, class};
use std::sync::LazyLock;

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

/// Finds the seams of a document.
pub fn find(doc: &Document) -> Seams {
    let mut seams = Seams::default();
    let mut echo = Listener::default();
    let articles = *ARTICLES;
    for block in &doc.blocks {
        echo.rest(&mut seams.echoes);
        let mut article = false;
        let range = block.tokens.start as usize..block.tokens.end as usize;
        for (i, token) in (block.tokens.start..).zip(&doc.tokens[range]) {
            if token.kind > Kind::Number {
                continue;
            }
            echo.hear(key(doc, token), i, &mut seams.echoes);
            if token.kind != Kind::Word {
                continue;
            }
            let word = token.word.0;
            if word == 0 {
                article = false;
                if is_double(&doc.plain.as_bytes()[token.span.range()]) {
                    seams.doubles.push(i);
                }
                continue;
            }
            if article && lacks_noun(doc, i as usize) {
                seams.gaps.push(i - 1);
            }
            article = word == articles[0] || word == articles[1] || word == articles[2];
            if token.has(Shape::CAPITAL)
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

/// The numbers of the articles.
static ARTICLES: LazyLock<[u32; 3]> = LazyLock::new(|| ["the", "a", "an"].map(number));

/// The numbers of words that stand between noun phrases or after one.
static BETWEEN: LazyLock<[u32; 11]> = LazyLock::new(|| {
    [
        "of", "and", "or", "is", "was", "are", "were", "has", "had", "which", "because",
    ]
    .map(number)
});

fn number(word: &str) -> u32 {
    let (id, _) = Lookup::default().find(word, Span::new(0, word.len()), Shape::default());
    id.0
}

/// Whether the article before `at` has lost its noun: no noun phrase begins with the word at
/// `at`. Letters of the alphabet are no articles: *a and b*, *Group A is*.
fn lacks_noun(doc: &Document, at: usize) -> bool {
    let (article, token) = (&doc.tokens[at - 1], &doc.tokens[at]);
    let next = doc.tokens.get(at + 1);
    BETWEEN.contains(&token.word.0)
        && token.word.0 != 0
        && token.spaced()
        && !token.has(Shape::CAPITAL)
        && article.kind == Kind::Word
        && article.spaced()
        && !(article.has(Shape::CAPITAL) && article.span.len() == 1)
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
    let figure = |i: usize| next(i).is_some_and(|t| t.kind == Kind::Number);
    small(at + 1) && (small(at + 2) || comma(at + 2) || figure(at + 2)) && !title && !heading
}

/// Whether a word outside the vocabulary may be two.
#[inline]
fn is_double(word: &[u8]) -> bool {
    let &[first, second, .., a, b] = word else {
        return false;
    };
    let letter = |b: u8| usize::from(b.wrapping_sub(b'a')).min(26);
    ENDINGS[letter(b)] & 1 << letter(a) != 0 && (tail(word).is_some() || is_long_past(word))
        || first.is_ascii_uppercase() && second.is_ascii_uppercase() && shouted(word).is_some()
}

/// For each last letter the letters before it with which a tail ends, a bit each: most words are
/// told from two by these.
const ENDINGS: [u32; 27] = {
    let pairs = b"heatseeyirchhoomenrethorofghngceldanstsoined";
    let mut table = [0; 27];
    let mut i = 0;
    while i + 1 < pairs.len() {
        table[(pairs[i + 1] - b'a') as usize] |= 1 << (pairs[i] - b'a');
        i += 2;
    }
    table
};

/// Where the function word begins that the end of another word has swallowed, if any:
/// 10 for *leadershipthe*.
///
/// Only function words that end no English word, or few: the few are in
/// `corpora/words/whole-words.txt` and so in the vocabulary.
pub fn tail(word: &[u8]) -> Option<usize> {
    let &[.., a, b] = word else { return None };
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
    let small = word[0].is_ascii_lowercase();
    let found = any
        .iter()
        .chain(in_small.iter().filter(|_| small))
        .find(|tail| word.ends_with(tail.as_bytes()))?;
    if !word.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let at = word.len() - found.len();
    let front = &word[..at];
    let whole = match front.len() {
        0 | 1 => false,
        2 => matches!(
            front,
            b"of" | b"in" | b"to" | b"on" | b"at" | b"by" | b"is" | b"as" | b"if" | b"so"
        ),
        _ => front
            .iter()
            .any(|&b| matches!(b | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')),
    };
    // `roof`, `waterproof`
    (whole && !word.ends_with(b"oof")).then_some(at)
}

/// Whether a word may be a name and a verb: long, and regular past at its end.
fn is_long_past(word: &[u8]) -> bool {
    word.len() >= 10 && word.ends_with(b"ed")
}

/// Where the second word begins in *MADRIDMarcos*: three capitals or more, then a capitalised word
/// of three letters or more.
pub fn shouted(bytes: &[u8]) -> Option<usize> {
    if bytes.len() < 6
        || !bytes[1].is_ascii_uppercase()
        || !bytes[bytes.len() - 1].is_ascii_lowercase()
    {
        return None;
    }
    let cut = bytes.iter().rposition(u8::is_ascii_uppercase)?;
    let plain = bytes[..cut].iter().all(u8::is_ascii_uppercase)
        && bytes[cut + 1..].iter().all(u8::is_ascii_lowercase);
    (plain && cut >= 3 && bytes.len() - cut >= 3).then_some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(tail(word.as_bytes()), Some(at), "{word}");
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
            assert_eq!(tail(word.as_bytes()), None, "{word}");
        }
    }
}
