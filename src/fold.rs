//! Words as they are compared where accents and case do not count.

/// A word without accents and case.
pub fn folded(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if word.is_ascii() {
        let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|b| b.to_ascii_lowercase() as char).collect();
    }
    word.nfd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
