//! What a story may have and still be published: the gate, and why a story does not pass it.
//!
//! A gate judges each story by itself, for a story is what is published; a run fails when one of its
//! stories does. A severity has an allowance: what `max-…` says, else none at `fail-on` and above, and
//! any number below. So `fail-on = "minor"` with `max-minor = 5` lets five minor findings pass but
//! no major one. Findings that are waived are not counted.
use crate::rule::Severity;
use crate::score::{Counts, FEWEST_WORDS, Score, Scoring};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// The conditions under which a story passes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gate {
    /// No finding of this severity or worse passes, except as many as `max-…` allows.
    pub fail_on: FailOn,
    /// So many neutral findings pass.
    pub max_neutral: Option<u64>,
    /// So many minor findings pass.
    pub max_minor: Option<u64>,
    /// So many major findings pass.
    pub max_major: Option<u64>,
    /// So many critical findings pass; with `min-score` none does.
    pub max_critical: Option<u64>,
    /// The score that a story must have, from 0 to 100; one with a critical finding has not passed
    /// whatever its score.
    #[serde(deserialize_with = "score")]
    pub min_score: Option<f64>,
    /// Penalty points per 1,000 words at which a story has just the score `min-score`: calibrates
    /// the score. Without it the score is the raw one.
    #[serde(deserialize_with = "points")]
    pub tolerance: Option<f64>,
    /// Shorter stories are judged by severities alone, in words.
    pub fewest_words: u64,
}

/// From which severity on findings fail a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Any finding, advice included.
    Neutral,
    /// Any defect.
    #[default]
    Minor,
    /// What is hard to read or misleading.
    Major,
    /// What is not fit to print.
    Critical,
    /// None.
    Never,
}

/// Why a story does not pass.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The condition, by its name in the settings.
    pub gate: &'static str,
    /// How many findings there are, or the score.
    pub found: Number,
    /// How many may be there, or the score that is asked for.
    pub limit: Number,
    /// The same in words.
    pub message: String,
}

/// A number of findings or a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Number {
    /// Findings.
    Count(u64),
    /// From 0 to 100.
    Score(f64),
}

impl FailOn {
    /// The mildest severity that fails; `None` if none does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Neutral => Some(Severity::Neutral),
            FailOn::Minor => Some(Severity::Minor),
            FailOn::Major => Some(Severity::Major),
            FailOn::Critical => Some(Severity::Critical),
            FailOn::Never => None,
        }
    }

    /// The word for it in settings and reports.
    pub fn name(self) -> &'static str {
        self.severity().map_or("never", Severity::name)
    }
}

impl Default for Gate {
    fn default() -> Self {
        Gate::NEW
    }
}

impl Gate {
    /// The gate of a user who has said nothing: no defect passes.
    pub const NEW: Gate = Gate {
        fail_on: FailOn::Minor,
        max_neutral: None,
        max_minor: None,
        max_major: None,
        max_critical: None,
        min_score: None,
        tolerance: None,
        fewest_words: FEWEST_WORDS,
    };

    /// How stories are scored under this gate.
    pub fn scoring(&self) -> Scoring {
        Scoring {
            threshold: self.min_score,
            tolerance: self.tolerance,
            fewest_words: self.fewest_words,
        }
    }

    /// Why a story with these findings and this score does not pass; nothing if it does.
    pub fn judge(&self, counts: Counts, score: &Score) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.too_many(counts).collect();
        reasons.extend(self.too_severe(counts));
        reasons.extend(self.too_low(counts, score));
        reasons
    }

    /// What `max-…` says of a severity, with its name.
    fn maximum(&self, severity: Severity) -> (&'static str, Option<u64>) {
        match severity {
            Severity::Neutral => ("max-neutral", self.max_neutral),
            Severity::Minor => ("max-minor", self.max_minor),
            Severity::Major => ("max-major", self.max_major),
            Severity::Critical => ("max-critical", self.max_critical),
        }
    }

    fn too_many(&self, counts: Counts) -> impl Iterator<Item = Reason> {
        Severity::ALL.into_iter().rev().filter_map(move |severity| {
            let (gate, limit) = self.maximum(severity);
            let (found, limit) = (counts.get(severity), limit?);
            (found > limit).then(|| Reason {
                gate,
                found: Number::Count(found),
                limit: Number::Count(limit),
                message: format!(
                    "{found} {} {}, at most {limit} {} allowed",
                    severity.name(),
                    plural(found, "finding", "findings"),
                    plural(limit, "is", "are")
                ),
            })
        })
    }

    fn too_severe(&self, counts: Counts) -> Option<Reason> {
        let severity = self.fail_on.severity()?;
        let found: u64 = Severity::ALL
            .into_iter()
            .filter(|&s| s >= severity && self.maximum(s).1.is_none())
            .map(|s| counts.get(s))
            .sum();
        let worse = match severity {
            Severity::Critical => "critical",
            _ => &format!("{} or worse", severity.name()),
        };
        (found > 0).then(|| Reason {
            gate: "fail-on",
            found: Number::Count(found),
            limit: Number::Count(0),
            message: format!(
                "{found} {} {worse}",
                plural(found, "finding is", "findings are")
            ),
        })
    }

    /// A text that is too short for its score is judged by severities alone.
    fn too_low(&self, counts: Counts, score: &Score) -> Option<Reason> {
        let limit = self.min_score?;
        let message = match score.passed? {
            true => return None,
            false if counts.critical > 0 => "with a critical finding no score is enough".to_owned(),
            false => format!("the score {:.1} is below {limit}", score.calibrated),
        };
        Some(Reason {
            gate: "min-score",
            found: Number::Score(score.calibrated),
            limit: Number::Score(limit),
            message,
        })
    }
}

fn plural(count: u64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// A score from 0 to 100.
pub(crate) fn score<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let value = f64::deserialize(deserializer)?;
    match (0.0..=100.0).contains(&value) {
        true => Ok(Some(value)),
        false => Err(D::Error::custom("min-score must be a number from 0 to 100")),
    }
}

/// Penalty points, more than none.
pub(crate) fn points<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let value = f64::deserialize(deserializer)?;
    match value.is_finite() && value > 0.0 {
        true => Ok(Some(value)),
        false => Err(D::Error::custom("tolerance must be greater than 0")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(neutral: u64, minor: u64, major: u64, critical: u64) -> Counts {
        Counts {
            neutral,
            minor,
            major,
            critical,
            waived: 0,
        }
    }

    /// What a gate says of a story of 1,000 words.
    fn judged(gate: &str, counts: Counts) -> Vec<String> {
        judged_of(gate, counts, 1000)
    }

    fn judged_of(gate: &str, counts: Counts, words: u64) -> Vec<String> {
        let gate: Gate = toml::from_str(gate).expect("a gate");
        let score = Score::new(counts, words, &gate.scoring());
        let reasons = gate.judge(counts, &score);
        reasons.into_iter().map(|r| r.message).collect()
    }

    #[test]
    fn advice_passes_and_a_defect_does_not() {
        assert!(judged("", counts(9, 0, 0, 0)).is_empty());
        assert_eq!(
            judged("", counts(9, 1, 0, 0)),
            ["1 finding is minor or worse"]
        );
        assert_eq!(
            judged("fail-on = 'major'", counts(0, 9, 1, 2)),
            ["3 findings are major or worse"]
        );
        assert_eq!(
            judged("fail-on = 'critical'", counts(0, 9, 9, 2)),
            ["2 findings are critical"]
        );
        assert!(judged("fail-on = 'never'", counts(9, 9, 9, 9)).is_empty());
    }

    #[test]
    fn an_allowance_stands_before_fail_on() {
        let gate = "max-minor = 5\nmax-neutral = 1";
        assert!(judged(gate, counts(1, 5, 0, 0)).is_empty());
        assert_eq!(
            judged(gate, counts(2, 6, 1, 0)),
            [
                "6 minor findings, at most 5 are allowed",
                "2 neutral findings, at most 1 is allowed",
                "1 finding is minor or worse",
            ]
        );
    }

    #[test]
    fn a_score_is_asked_for() {
        let gate = "fail-on = 'never'\nmin-score = 99";
        assert!(judged(gate, counts(0, 10, 0, 0)).is_empty());
        assert_eq!(
            judged(gate, counts(0, 11, 0, 0)),
            ["the score 98.9 is below 99"]
        );
        assert_eq!(
            judged("fail-on = 'never'\nmin-score = 10", counts(0, 0, 0, 1)),
            ["with a critical finding no score is enough"]
        );
        // In 100 words a score proves nothing.
        assert!(judged_of(gate, counts(0, 11, 0, 0), 100).is_empty());
        let short = format!("{gate}\nfewest-words = 100");
        assert_eq!(judged_of(&short, counts(0, 11, 0, 0), 100).len(), 1);
    }

    #[test]
    fn a_calibrated_score_meets_its_threshold() {
        let gate = "fail-on = 'never'\nmin-score = 90\ntolerance = 8";
        assert!(judged(gate, counts(0, 8, 0, 0)).is_empty());
        assert_eq!(
            judged(gate, counts(0, 9, 0, 0)),
            ["the score 88.8 is below 90"]
        );
    }

    #[test]
    fn settings_are_held_to_their_form() {
        for (text, why) in [
            ("max-minors = 1", "unknown field `max-minors`"),
            ("fail-on = 'bad'", "unknown variant `bad`"),
            ("min-score = 101", "from 0 to 100"),
            ("min-score = nan", "from 0 to 100"),
            ("tolerance = 0", "greater than 0"),
            ("max-major = -1", "invalid value"),
        ] {
            let error = toml::from_str::<Gate>(text).expect_err(text);
            assert!(error.to_string().contains(why), "{text}: {error}");
        }
        let text = toml::to_string(&Gate::default()).expect("it is written");
        assert_eq!(toml::from_str::<Gate>(&text).ok(), Some(Gate::default()));
    }
}
