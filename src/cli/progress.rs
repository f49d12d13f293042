//! The line that shows how far a long run is.
use asador::report::Summary;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

/// A shorter run shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on the standard error, if that is a terminal and the run is long.
pub struct Progress {
    start: Instant,
    wanted: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// For a run that begins now.
    pub fn new() -> Self {
        Progress {
            start: Instant::now(),
            wanted: io::stderr().is_terminal(),
            bar: None,
        }
    }

    /// Shows how far the run is.
    pub fn show(&mut self, summary: &Summary) {
        if !self.wanted || self.start.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
            ProgressBar::new_spinner().with_style(style)
        });
        let found = summary.with_findings;
        bar.set_message(format!(
            "{} stories, {found} with findings",
            summary.documents
        ));
        bar.tick();
    }

    /// Takes the line away while something else is written to the terminal.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
