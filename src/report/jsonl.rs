//! JSON Lines: the stories of the JSON report, one a line, as soon as each is done.
use super::{Checked, Report, json};

/// One story a line.
pub struct Jsonl;

impl Report for Jsonl {
    fn story(&self, story: &Checked, out: &mut String) {
        json::document(story, out);
        out.push('\n');
    }
}
