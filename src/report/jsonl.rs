//! JSON Lines: the stories of the JSON report, one a line, as soon as each is done. What cannot be
//! read has a line too, so that a stream gives back as many lines as it has records.
use super::{Checked, Report, Unread, json};

/// One story a line.
pub struct Jsonl;

impl Report for Jsonl {
    fn story(&self, story: &Checked, out: &mut String) {
        json::document(story, out);
        out.push('\n');
    }

    fn unread(&self, unread: &Unread, out: &mut String) {
        json::append(unread, out);
        out.push('\n');
    }
}
