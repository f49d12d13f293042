//! How bad a story is, in the manner of MQM’s linear scoring model.
//!
//! Each finding costs the penalty points of its severity: 0, 1, 5 or 25. The points are set against
//! the number of words: `100 − 100 · points / words`, not below 0. A minor defect in every hundred
//! words gives 99. Under [`FEWEST_WORDS`] words the number says little, and the score says so.
use crate::finding::Finding;
use crate::rule::Severity;
use serde::Serialize;

/// A shorter text is not enough of a sample to be scored, in words.
pub const FEWEST_WORDS: u64 = 250;

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Advice.
    pub neutral: u64,
    /// Noticed.
    pub minor: u64,
    /// Hard to read, or in part misleading.
    pub major: u64,
    /// Not fit to print.
    pub critical: u64,
    /// Of any severity, but waived: they count for nothing.
    pub waived: u64,
}

impl Counts {
    /// Counts the findings of a story.
    pub fn of(findings: &[Finding]) -> Self {
        let mut counts = Counts::default();
        for finding in findings {
            match finding.waiver {
                None => *counts.slot(finding.severity) += 1,
                Some(_) => counts.waived += 1,
            }
        }
        counts
    }

    /// How many there are of one severity.
    pub fn get(mut self, severity: Severity) -> u64 {
        *self.slot(severity)
    }

    /// How many there are of this severity or worse.
    pub fn at_least(self, severity: Severity) -> u64 {
        Severity::ALL
            .into_iter()
            .filter(|&s| s >= severity)
            .map(|s| self.get(s))
            .sum()
    }

    /// Adds those of another story.
    pub fn add(&mut self, other: Counts) {
        for severity in Severity::ALL {
            *self.slot(severity) += other.get(severity);
        }
        self.waived += other.waived;
    }

    fn slot(&mut self, severity: Severity) -> &mut u64 {
        match severity {
            Severity::Neutral => &mut self.neutral,
            Severity::Minor => &mut self.minor,
            Severity::Major => &mut self.major,
            Severity::Critical => &mut self.critical,
        }
    }
}

/// The score of a text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// 100 for a text without defects, 0 at worst, to one decimal.
    pub value: f64,
    /// Penalty points of all findings.
    pub penalty: u64,
    /// Penalty points per 1,000 words, to one decimal.
    pub penalty_per_1000_words: f64,
    /// The text is too short for the numbers to mean much.
    pub insufficient_sample: bool,
}

impl Score {
    /// The score of a text with this many words.
    pub fn new(counts: Counts, words: u64) -> Self {
        let penalty = Severity::ALL
            .into_iter()
            .map(|s| counts.get(s) * u64::from(s.weight()))
            .sum();
        // A text without words has the penalty of one word: nothing is divided by zero.
        let per_word = penalty as f64 / words.max(1) as f64;
        let rounded = |x: f64| (x * 10.0).round() / 10.0;
        Score {
            value: rounded((100.0 - 100.0 * per_word).max(0.0)),
            penalty,
            penalty_per_1000_words: rounded(1000.0 * per_word),
            insufficient_sample: words < FEWEST_WORDS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_per_word() {
        let counts = Counts {
            neutral: 7,
            minor: 3,
            major: 2,
            critical: 1,
            waived: 9,
        };
        let score = Score::new(counts, 500);
        assert_eq!(score.penalty, 38);
        assert_eq!(score.penalty_per_1000_words, 76.0);
        assert_eq!(score.value, 92.4);
        assert!(!score.insufficient_sample);
        assert_eq!(counts.at_least(Severity::Minor), 6);
        assert_eq!(counts.at_least(Severity::Neutral), 13);
    }

    #[test]
    fn the_ends_of_the_scale() {
        assert_eq!(Score::new(Counts::default(), 300).value, 100.0);
        let bad = Counts {
            critical: 9,
            ..Counts::default()
        };
        assert_eq!(Score::new(bad, 20).value, 0.0);
        assert!(Score::new(bad, 0).insufficient_sample);
    }
}
