//! How bad a story is: MQM’s linear scoring model, applied to what the rules found.
//!
//! MQM 2.0 (Lommel et al., *The Multi-Range Theory of Translation Quality Measurement*, 2024;
//! <https://themqm.org>) names these quantities; here they are:
//!
//! | in MQM | is | here |
//! |---|---|---|
//! | absolute penalty total | the sum of 0, 1, 5 or 25 points a finding | [`Score::penalty`] |
//! | per-word penalty total | points / words | |
//! | overall normed penalty total | points / words · 1,000, the reference word count | [`Score::penalty_per_1000_words`] |
//! | raw quality score | 100 · (1 − points / words) | [`Score::value`] |
//! | calibrated quality score | the line through 100 without points and the threshold at the points that are tolerated | [`Score::calibrated`] |
//!
//! Scores end at 0. All error types weigh the same. A text with a critical finding does not pass,
//! whatever its score; a text of few words is no sample, so that its score decides nothing.
//!
//! The formula is MQM’s; the evaluation is not. MQM has trained people mark errors against a
//! specification; here a program counts what its rules know. A high score says that little was
//! found, not that a translation is good.
use crate::finding::Finding;
use crate::rule::Severity;
use serde::Serialize;

/// A shorter text is not enough of a sample to be scored, in words, unless the user says otherwise.
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

/// How texts are scored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scoring {
    /// The score with which a text passes; `None` where none is asked for.
    pub threshold: Option<f64>,
    /// Penalty points per 1,000 words at which the calibrated score meets the threshold; without
    /// them it is the raw score.
    pub tolerance: Option<f64>,
    /// A shorter text is not enough of a sample, in words.
    pub fewest_words: u64,
}

impl Default for Scoring {
    fn default() -> Self {
        Scoring {
            threshold: None,
            tolerance: None,
            fewest_words: FEWEST_WORDS,
        }
    }
}

/// The score of a text; numbers are to one decimal, and those numbers decide.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The raw quality score: 100 for a text without defects, 0 at worst.
    pub value: f64,
    /// The calibrated quality score: the same without a calibration.
    pub calibrated: f64,
    /// The score with which the text would pass.
    pub threshold: Option<f64>,
    /// Whether it passes; `None` where no score is asked for or the text is too short.
    pub passed: Option<bool>,
    /// Penalty points of all findings.
    pub penalty: u64,
    /// Penalty points per 1,000 words.
    pub penalty_per_1000_words: f64,
    /// The text is too short for the numbers to mean much.
    pub insufficient_sample: bool,
}

/// The best score.
const BEST: f64 = 100.0;
/// The reference word count.
const REFERENCE: f64 = 1000.0;

impl Score {
    /// The score of a text with this many words.
    pub fn new(counts: Counts, words: u64, scoring: &Scoring) -> Self {
        let penalty = Severity::ALL
            .into_iter()
            .map(|s| counts.get(s) * u64::from(s.weight()))
            .sum();
        // A text without words has the penalty of one word: nothing is divided by zero.
        let per_word = penalty as f64 / words.max(1) as f64;
        let normed = REFERENCE * per_word;
        let rounded = |x: f64| (x * 10.0).round() / 10.0;
        // Points that each word of the reference may have for the score to fall by one.
        let scale = match (scoring.threshold, scoring.tolerance) {
            (Some(threshold), Some(tolerance)) if threshold < BEST => {
                (BEST - threshold) / tolerance
            }
            _ => BEST / REFERENCE,
        };
        let calibrated = rounded((BEST - normed * scale).max(0.0));
        let insufficient_sample = words < scoring.fewest_words;
        Score {
            value: rounded((BEST - BEST * per_word).max(0.0)),
            calibrated,
            threshold: scoring.threshold,
            passed: scoring
                .threshold
                .filter(|_| !insufficient_sample)
                .map(|threshold| calibrated >= threshold && counts.critical == 0),
            penalty,
            penalty_per_1000_words: rounded(normed),
            insufficient_sample,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(minor: u64, major: u64, critical: u64) -> Counts {
        Counts {
            neutral: 7,
            minor,
            major,
            critical,
            waived: 0,
        }
    }

    #[test]
    fn points_per_word() {
        let counts = counts(3, 2, 1);
        let score = Score::new(counts, 500, &Scoring::default());
        assert_eq!(score.penalty, 38);
        assert_eq!(score.penalty_per_1000_words, 76.0);
        assert_eq!((score.value, score.calibrated), (92.4, 92.4));
        assert_eq!((score.threshold, score.passed), (None, None));
        assert!(!score.insufficient_sample);
        assert_eq!(counts.at_least(Severity::Minor), 6);
        assert_eq!(counts.at_least(Severity::Neutral), 13);
    }

    #[test]
    fn the_ends_of_the_scale() {
        let plain = Scoring::default();
        assert_eq!(Score::new(counts(0, 0, 0), 300, &plain).value, 100.0);
        let bad = counts(0, 0, 9);
        assert_eq!(Score::new(bad, 20, &plain).value, 0.0);
        assert_eq!(Score::new(bad, 20, &plain).calibrated, 0.0);
        assert!(Score::new(bad, 0, &plain).insufficient_sample);
    }

    /// A desk that tolerates ten points in a thousand words and calls that 95.
    const STRICT: Scoring = Scoring {
        threshold: Some(95.0),
        tolerance: Some(10.0),
        fewest_words: 250,
    };

    #[test]
    fn the_tolerated_points_give_the_threshold() {
        let score = |minor, words| Score::new(counts(minor, 0, 0), words, &STRICT);
        assert_eq!(score(0, 2000).calibrated, 100.0);
        assert_eq!(score(20, 2000).calibrated, 95.0);
        assert_eq!(score(20, 2000).value, 99.0);
        assert_eq!(score(20, 2000).passed, Some(true));
        assert_eq!(score(21, 2000).calibrated, 94.8);
        assert_eq!(score(21, 2000).passed, Some(false));
    }

    #[test]
    fn a_critical_finding_and_a_short_text_are_beyond_scores() {
        let one = counts(0, 0, 1);
        let score = Score::new(one, 100_000, &STRICT);
        assert_eq!((score.calibrated, score.passed), (99.9, Some(false)));
        assert_eq!(Score::new(one, 249, &STRICT).passed, None);
        // A threshold of 100 leaves no room to calibrate in.
        let perfect = Scoring {
            threshold: Some(100.0),
            ..STRICT
        };
        let score = Score::new(counts(1, 0, 0), 1000, &perfect);
        assert_eq!((score.calibrated, score.passed), (99.9, Some(false)));
    }
}
