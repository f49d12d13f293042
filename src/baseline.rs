//! The baseline: findings that were there when a desk began to use the gate, and that do not count.
//!
//! An entry names a passage, not a place: the file, the story in it, the rule and the fingerprint of
//! the finding, which outlives moves, new line breaks and edits elsewhere. A second copy of the
//! passage has another fingerprint, and so it counts. An entry holds in its own file only, except
//! where that file is gone: then the story was renamed or moved, and the entry holds wherever the
//! passage turns up.
use crate::finding::{Finding, WaivedBy, Waiver};
use crate::fingerprint;
use crate::input::Story;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

/// The name that a baseline has unless the user gives it another.
pub const FILE: &str = "asador-baseline.json";

/// The version of the format.
const VERSION: u32 = 1;

/// So much of a passage is quoted, in characters.
const LONGEST_EXCERPT: usize = 80;

/// An accepted finding. Entries are in the order of their members.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file, from the folder of the baseline, parted by `/`.
    pub path: String,
    /// The name of the story in the file; `None` if the file is the story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// The rule that found it.
    pub rule: String,
    /// The fingerprint of the finding.
    pub fingerprint: String,
    /// The passage, or its beginning: for those who read the baseline.
    pub excerpt: String,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: u32,
    accepted: Vec<Entry>,
}

/// Accepted findings, and which of them were found again. It may be shared between threads.
#[derive(Debug, Default)]
pub struct Baseline {
    entries: Vec<Entry>,
    found: Vec<AtomicBool>,
    /// Entries of files that are gone, by rule and fingerprint.
    adrift: HashMap<(String, String), usize>,
    gone: BTreeSet<String>,
}

impl Baseline {
    /// A baseline of these entries, in any order; copies are dropped.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        entries.dedup_by(|a, b| a.key() == b.key());
        Baseline {
            found: entries.iter().map(|_| AtomicBool::new(false)).collect(),
            entries,
            ..Baseline::default()
        }
    }

    /// Reads the text of a baseline.
    ///
    /// # Errors
    /// With the place and the fault, without a full stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        let form: Form = serde_json::from_str(text).map_err(|e| e.to_string())?;
        if form.version != VERSION {
            return Err(format!(
                "it has version {}, and this asador reads version {VERSION}",
                form.version
            ));
        }
        Ok(Baseline::new(form.accepted))
    }

    /// The text of the baseline: sorted, one entry a line, so that a change is a line of a diff.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self
            .entries
            .iter()
            // It fails only for maps with other keys than strings; there are none.
            .map(|entry| serde_json::to_string(entry).unwrap_or_default())
            .collect();
        let (open, close) = if lines.is_empty() {
            ("", "")
        } else {
            ("\n", "\n")
        };
        format!(
            "{{\"version\":{VERSION},\"accepted\":[{open}{}{close}]}}\n",
            lines.join(",\n")
        )
    }

    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The files that it names, in order.
    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.entries.iter().map(|e| &*e.path).collect();
        paths.dedup();
        paths
    }

    /// Learns which of its files are gone.
    pub fn lose(&mut self, gone: impl Fn(&str) -> bool) {
        self.gone = self
            .paths()
            .into_iter()
            .filter(|p| gone(p))
            .map(str::to_owned)
            .collect();
        let entries = self.entries.iter().enumerate();
        self.adrift = entries
            .filter(|(_, entry)| self.gone.contains(&entry.path))
            .map(|(at, entry)| ((entry.rule.clone(), entry.fingerprint.clone()), at))
            .collect();
    }

    /// Waives the findings of a story that are accepted.
    pub fn waive(&self, path: &str, story: &Story, findings: &mut [Finding]) {
        let prints = fingerprint::of(&story.document, findings);
        for (finding, print) in findings.iter_mut().zip(prints) {
            let Some(at) = self.position(path, story.id.as_deref(), finding.rule.id, &print) else {
                continue;
            };
            self.found[at].store(true, Ordering::Relaxed);
            finding.waiver.get_or_insert_with(|| Waiver {
                by: WaivedBy::Baseline,
                reason: String::new(),
            });
        }
    }

    fn position(&self, path: &str, story: Option<&str>, rule: &str, print: &str) -> Option<usize> {
        let key = (path, story, rule, print);
        let own = self.entries.binary_search_by(|entry| entry.key().cmp(&key));
        own.ok().or_else(|| {
            let adrift = self.adrift.get(&(rule.to_owned(), print.to_owned()));
            adrift.copied()
        })
    }

    /// The entries that no finding met, of files that were read or are gone, and of the rules that
    /// ran or are no more.
    pub fn stale(&self, read: &BTreeSet<String>, ran: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
        let entries = self.entries.iter().zip(&self.found);
        entries
            .filter(|(entry, found)| {
                let seen = read.contains(&entry.path) || self.gone.contains(&entry.path);
                seen && ran(entry) && !found.load(Ordering::Relaxed)
            })
            .map(|(entry, _)| entry)
            .collect()
    }
}

impl Entry {
    /// The entry for a finding with its fingerprint.
    pub fn new(path: &str, story: &Story, finding: &Finding, fingerprint: &str) -> Self {
        Entry {
            path: path.to_owned(),
            story: story.id.clone(),
            rule: finding.rule.id.to_owned(),
            fingerprint: fingerprint.to_owned(),
            excerpt: excerpt(story.document.slice(finding.span)),
        }
    }

    fn key(&self) -> (&str, Option<&str>, &str, &str) {
        (
            &self.path,
            self.story.as_deref(),
            &self.rule,
            &self.fingerprint,
        )
    }
}

/// The beginning of a passage, on one line.
pub fn excerpt(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if let Some((end, _)) = out.char_indices().nth(LONGEST_EXCERPT) {
            out.truncate(end);
            out.push('…');
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Linter, detectors};

    const STORY: &str = "The leaders who met at the summit of the OTSC in Yerevan went home \
        without a word. Moscow annexed Lugansk, and Armenia asked its allies what that was worth.";

    fn story(text: &str) -> Story {
        Story::whole(Document::plain(text))
    }

    fn found(story: &Story) -> Vec<Finding> {
        let rules = ["spanish-acronym", "outdated-exonym"];
        let rules = rules.map(|id| detectors::by_id(id).expect("the rule exists"));
        Linter::new(rules, false).check(&story.document)
    }

    /// A baseline of what is found in a text.
    fn accepted(path: &str, text: &str) -> Baseline {
        let story = story(text);
        let findings = found(&story);
        let prints = fingerprint::of(&story.document, &findings);
        let entries = findings.iter().zip(&prints);
        Baseline::new(
            entries
                .map(|(f, p)| Entry::new(path, &story, f, p))
                .collect(),
        )
    }

    /// How many findings of a text still count.
    fn left(baseline: &Baseline, path: &str, text: &str) -> usize {
        let story = story(text);
        let mut findings = found(&story);
        baseline.waive(path, &story, &mut findings);
        findings.iter().filter(|f| f.waiver.is_none()).count()
    }

    #[test]
    fn a_passage_is_known_wherever_it_stands_in_its_file() {
        let baseline = accepted("a.txt", STORY);
        assert_eq!(baseline.entries().len(), 2);
        assert_eq!(left(&baseline, "a.txt", STORY), 0);
        let wrapped = STORY
            .replace("OTSC in", "OTSC\nin")
            .replace("annexed ", "annexed\n");
        let moved = format!("A new lead.\n\n{wrapped}");
        assert_eq!(left(&baseline, "a.txt", &moved), 0);
        // A second copy is new, and so is another file with the same words.
        assert_eq!(left(&baseline, "a.txt", &format!("{STORY}\n\n{STORY}")), 2);
        assert_eq!(left(&baseline, "b.txt", STORY), 2);
    }

    #[test]
    fn a_file_that_was_renamed_keeps_its_entries() {
        let mut baseline = accepted("a.txt", STORY);
        baseline.lose(|path| path == "a.txt");
        assert_eq!(left(&baseline, "b.txt", STORY), 0);
        assert!(baseline.stale(&BTreeSet::new(), |_| true).is_empty());
    }

    #[test]
    fn what_is_mended_is_stale() {
        let baseline = accepted("a.txt", STORY);
        let read = BTreeSet::from(["a.txt".to_owned()]);
        let mended = STORY.replace("OTSC", "CSTO");
        assert_eq!(left(&baseline, "a.txt", &mended), 0);
        let stale = |ran: fn(&Entry) -> bool| {
            let stale = baseline.stale(&read, ran);
            stale.iter().map(|e| e.excerpt.clone()).collect::<Vec<_>>()
        };
        assert_eq!(stale(|_| true), ["OTSC"]);
        assert!(stale(|entry| entry.rule == "outdated-exonym").is_empty());
        assert!(baseline.stale(&BTreeSet::new(), |_| true).is_empty());
    }

    #[test]
    fn it_is_read_as_it_is_written() {
        let baseline = accepted("a.txt", STORY);
        let text = baseline.text();
        assert_eq!(text.lines().count(), 4, "{text}");
        let again = Baseline::parse(&text).expect("a baseline");
        assert_eq!(again.entries(), baseline.entries());
        assert_eq!(again.text(), text);
        let none = Baseline::new(Vec::new()).text();
        assert_eq!(none, "{\"version\":1,\"accepted\":[]}\n");
        assert!(
            Baseline::parse(&none)
                .expect("a baseline")
                .entries()
                .is_empty()
        );
    }

    #[test]
    fn faults_are_named() {
        let fault = |text: &str| Baseline::parse(text).expect_err("a fault");
        assert!(fault("{\"version\":1,").contains("line 1 column 13"));
        assert!(fault("{\"version\":2,\"accepted\":[]}").contains("version 2"));
        assert!(fault("{\"version\":1,\"accepted\":[{}]}").contains("missing field `path`"));
        assert!(fault("{\"version\":1,\"accepted\":[],\"x\":1}").contains("unknown field `x`"));
    }

    #[test]
    fn an_excerpt_is_short_and_on_one_line() {
        assert_eq!(excerpt("a \n\n b"), "a b");
        let long = excerpt(&"é".repeat(200));
        assert_eq!(long.chars().count(), LONGEST_EXCERPT + 1);
    }
}
