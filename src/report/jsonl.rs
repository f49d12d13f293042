//! JSON Lines: the stories of the JSON report, one a line, as soon as each is done.
use super::{Checked, Report, json};
use std::io::{self, Write};

/// One story a line.
pub struct Jsonl;

impl Report for Jsonl {
    fn story(&self, story: &Checked, out: &mut dyn Write) -> io::Result<()> {
        json::document(story, out)?;
        writeln!(out)
    }
}
