//! No text makes a rule stumble: any sequence of words, marks and breaks is checked, and every finding
//! lies between characters.
use asador::{Document, Linter, detectors};
use proptest::prelude::*;
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> =
    LazyLock::new(|| Linter::new(detectors::ALL.iter().copied(), true));

const PIECES: &[&str] = &[
    "the", "The", "Madrid", "OTAN", "(OTAN)", "of", "a", "said", "10", "1.234,5", "%", "$", "€",
    "”", "“", "«", "»", "‘", "’s", "'", "\"", "—", "-", ",", ".", ";", ":", "...", "¿", "¡", "(",
    ")", "[", "]", "{", "}", "<b>", "&eacute;", "#", "@", "_", "__2__", "%s", "\u{200b}", "\u{ad}",
    "\u{301}", "é", "ñ", "Ã©", "▁", "\u{1}", "\n", "\n\n", "º", "24th", "h", "million", "is",
    "Monday", "=>", "|", "/", "🔥", "ÿ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_text_is_checked(
        pieces in prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..40),
    ) {
        let mut text = String::new();
        for (piece, spaced) in pieces {
            text.push_str(piece);
            if spaced {
                text.push(' ');
            }
        }
        let doc = Document::plain(&text);
        for finding in LINTER.check(&doc) {
            let range = finding.span.range();
            prop_assert!(text.get(range.clone()).is_some(), "{}: {range:?} in {text:?}", finding.rule.id);
        }
    }
}
