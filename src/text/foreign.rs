//! Whether some words are English at all, told from the small words that every English sentence has.
use super::{Document, Kind};
use crate::words::class;
use std::ops::Range;

/// Tokens on each side of a place that are looked at.
const AROUND: usize = 24;
/// Fewer words tell nothing.
const FEWEST: usize = 8;

impl Document {
    /// Whether the words around a token are of another language: in its block, within a bounded
    /// distance, fewer than one in ten is a common word of English.
    pub fn is_foreign(&self, token: usize) -> bool {
        let block = &self.blocks[self.block_of(token)].tokens;
        let from = token.saturating_sub(AROUND).max(block.start as usize);
        let to = (token + AROUND).min(block.end as usize);
        let words = self.words_in(from..to);
        words >= FEWEST && self.common_words_in(from..to) * 10 < words
    }

    /// How many tokens of the range are words.
    fn words_in(&self, tokens: Range<usize>) -> usize {
        let words = self.tokens[tokens].iter();
        words.filter(|t| t.kind == Kind::Word).count()
    }

    /// How many tokens of the range are common words of English that are not Spanish words too.
    pub fn common_words_in(&self, tokens: Range<usize>) -> usize {
        let common = self.tokens[tokens]
            .iter()
            .filter(|t| t.is(class::FUNCTION_WORDS))
            .filter(|t| {
                !matches!(
                    t.word.text(),
                    "a" | "no" | "me" | "he" | "has" | "once" | "i" | "it's"
                )
            });
        common.count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, foreign) in [
            (
                "The troops will take back control of the territory within hours.",
                false,
            ),
            ("EU vote “fraud” stuns Madrid", false),
            (
                "El ministro aseguró que las tropas retomarán el control a las ocho.",
                true,
            ),
            (
                "Le ministre a dit que les troupes reprendront le contrôle.",
                true,
            ),
        ] {
            assert_eq!(Document::plain(text).is_foreign(3), foreign, "{text}");
        }
    }
}
