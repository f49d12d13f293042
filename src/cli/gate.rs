//! What passes, as arguments: `--fail-on`, `--max-…`, `--min-score`.
use asador::gate::{FailOn, Gate};
use clap::ValueEnum;

/// The gate, as far as the command line sets it.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "Gate")]
pub struct GateArguments {
    /// Fails a story (exit code 1) at findings of this severity or worse [default: minor].
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Threshold>,
    /// Lets so many neutral findings of a story pass.
    #[arg(long, value_name = "COUNT", hide_short_help = true)]
    max_neutral: Option<u64>,
    /// Lets so many minor findings of a story pass.
    #[arg(long, value_name = "COUNT")]
    max_minor: Option<u64>,
    /// Lets so many major findings of a story pass.
    #[arg(long, value_name = "COUNT")]
    max_major: Option<u64>,
    /// Lets so many critical findings of a story pass.
    #[arg(long, value_name = "COUNT", hide_short_help = true)]
    max_critical: Option<u64>,
    /// Fails a story whose score is lower; stories under 250 words are judged by severities alone.
    #[arg(long, value_name = "SCORE", value_parser = score)]
    min_score: Option<f64>,
}

/// The severities at which a story can fail.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Threshold {
    /// At any finding, advice included.
    Neutral,
    /// At any defect.
    Minor,
    /// At what is hard to read or misleading.
    Major,
    /// At what is not fit to print.
    Critical,
    /// Not because of a severity.
    Never,
}

impl From<Threshold> for FailOn {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Neutral => FailOn::Neutral,
            Threshold::Minor => FailOn::Minor,
            Threshold::Major => FailOn::Major,
            Threshold::Critical => FailOn::Critical,
            Threshold::Never => FailOn::Never,
        }
    }
}

/// A score from 0 to 100.
fn score(text: &str) -> Result<f64, String> {
    let score = text.parse().ok();
    score
        .filter(|score| (0.0..=100.0).contains(score))
        .ok_or_else(|| "a score is a number from 0 to 100".to_owned())
}

impl GateArguments {
    /// The gate of the settings with what the arguments say instead.
    pub fn over(&self, gate: Gate) -> Gate {
        Gate {
            fail_on: self.fail_on.map_or(gate.fail_on, FailOn::from),
            max_neutral: self.max_neutral.or(gate.max_neutral),
            max_minor: self.max_minor.or(gate.max_minor),
            max_major: self.max_major.or(gate.max_major),
            max_critical: self.max_critical.or(gate.max_critical),
            min_score: self.min_score.or(gate.min_score),
            ..gate
        }
    }
}
