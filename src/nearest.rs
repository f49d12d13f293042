//! “Did you mean …?”

/// Less alike than this is no help.
const ALIKE: f64 = 0.6;

/// The candidate that looks most like a mistyped word.
pub fn nearest<S: AsRef<str>>(word: &str, candidates: impl IntoIterator<Item = S>) -> Option<S> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let lower = candidate.as_ref().to_lowercase();
            (
                strsim::normalized_damerau_levenshtein(&word, &lower),
                candidate,
            )
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn typing_slips() {
        let rules = ["calque", "false-friend", "name-variant"];
        assert_eq!(nearest("cualque", rules), Some("calque"));
        assert_eq!(nearest("false_freind", rules), Some("false-friend"));
        assert_eq!(nearest("Name-Variants", rules), Some("name-variant"));
        assert_eq!(nearest("zebra", rules), None);
    }
}
