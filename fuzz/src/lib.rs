//! What every fuzz target does: read the bytes, check what was read, and ask for every place.
use asador::input::{self, Format, Options};
use asador::report::{Checked, Report, json::Json};
use asador::{Linter, detectors};
use std::sync::LazyLock;

static LINTER: LazyLock<Linter> =
    LazyLock::new(|| Linter::new(detectors::ALL.iter().copied(), true));

/// Reads bytes in a format. Nothing may panic, every token must lie in the file where its reader
/// says, and every finding must have its place and its report.
pub fn read(bytes: &[u8], format: Format) {
    let Ok(input) = input::read(bytes.to_vec(), format, &Options::default()) else {
        return;
    };
    let length = input.bytes().len() as u32;
    for story in &input.stories {
        let document = &story.document;
        for token in &document.tokens {
            let source = document.map.source(token.span);
            assert!(source.start <= source.end && source.end <= length);
            assert!(!document.slice(token.span).is_empty());
        }
        let findings = LINTER.check(document);
        let checked = Checked::new("story", &input, story, &findings);
        let mut report = String::new();
        Json.story(&checked, &mut report);
        for finding in &findings {
            story.escapes(finding.span);
        }
    }
}
