//! The review ledger: who decided what about which finding, when and why; lines are only ever added.
//!
//! A decision is about a finding in the sentence where it stands. When that sentence changes, if
//! only by a comma, the finding is open again. A later entry about the same finding takes the place
//! of an earlier one, which stays in the ledger. Where a file is gone its decisions hold wherever
//! the same sentence turns up, for the story was renamed or moved.
use crate::baseline::excerpt;
use crate::finding::{Finding, WaivedBy, Waiver};
use crate::fingerprint;
use crate::input::Story;
use crate::rule::Rule;
use crate::text::Document;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeSet, HashMap};

pub mod evidence;

/// The name that a ledger has unless the user gives it another.
pub const FILE: &str = "asador-review.jsonl";

/// What somebody decided about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// The finding is right: the text must be mended. It counts until it is.
    Accept,
    /// The text may stand: the finding does not count.
    Waive,
    /// What was decided before no longer holds.
    Revoke,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was entered: RFC 3339, in UTC.
    pub when: String,
    /// Who decided, as the person at the keyboard gave the name.
    pub who: String,
    /// What was decided.
    pub decision: Decision,
    /// Why; empty where no reason was given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The file, from the folder of the ledger, parted by `/`.
    pub path: String,
    /// The name of the story in the file; `None` if the file is the story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// The rule that found it.
    pub rule: String,
    /// The fingerprint of the finding.
    pub fingerprint: String,
    /// What was found, or its beginning: for those who read the ledger.
    pub excerpt: String,
    /// SHA-256 of the sentence with the finding, white space taken as single spaces.
    pub passage_sha256: String,
    /// SHA-256 of the text of the story: for a plain file in UTF-8 that of the file.
    pub story_sha256: String,
    /// The version of asador.
    pub tool: String,
    /// The state of the rule: the beginning of the SHA-256 of its texts and phrases.
    pub rule_version: String,
}

/// What is new about a decision; the rest of an entry comes from the finding.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// When.
    pub when: Timestamp,
    /// Who.
    pub who: &'a str,
    /// What.
    pub decision: Decision,
    /// Why.
    pub reason: &'a str,
}

/// How it stands with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status<'a> {
    /// Nobody has decided.
    Open,
    /// Somebody has, and the sentence is as it was.
    Decided(&'a Entry),
    /// Somebody has, but the sentence is another now.
    Changed(&'a Entry),
    /// The last decision was taken back.
    Revoked(&'a Entry),
}

/// A finding as an entry names it: file, story, fingerprint.
type Key = (String, Option<String>, String);

/// The entries of a ledger, in order.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<Entry>,
    last: HashMap<Key, usize>,
    /// The last entries of files that are gone, by fingerprint and sentence.
    adrift: HashMap<(String, String), usize>,
}

impl Ledger {
    /// Reads the text of a ledger.
    ///
    /// # Errors
    /// With the line of the fault, from 1, and the fault without a full stop.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut ledger = Ledger::default();
        for (at, line) in text.lines().enumerate() {
            let entry = Entry::parse(line).map_err(|why| (at + 1, why))?;
            ledger.last.insert(entry.key(), ledger.entries.len());
            ledger.entries.push(entry);
        }
        Ok(ledger)
    }

    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries about a story, in order.
    pub fn about(&self, path: &str, story: &Story) -> impl Iterator<Item = &Entry> {
        let about = move |e: &&Entry| e.path == path && e.story == story.id;
        self.entries.iter().filter(about)
    }

    /// The files that it names.
    pub fn paths(&self) -> BTreeSet<&str> {
        self.entries.iter().map(|e| &*e.path).collect()
    }

    /// Learns which of its files are gone.
    pub fn lose(&mut self, gone: &BTreeSet<String>) {
        let entries = self.entries.iter().enumerate();
        // Of several about the same sentence the last one stays.
        self.adrift = entries
            .filter(|(_, entry)| gone.contains(&entry.path))
            .map(|(at, e)| ((e.fingerprint.clone(), e.passage_sha256.clone()), at))
            .collect();
    }

    /// How it stands with a finding that has this fingerprint.
    pub fn status(&self, path: &str, story: &Story, finding: &Finding, print: &str) -> Status<'_> {
        if self.entries.is_empty() {
            return Status::Open;
        }
        let key = (path.to_owned(), story.id.clone(), print.to_owned());
        let own = self.last.get(&key);
        if own.is_none() && self.adrift.is_empty() {
            return Status::Open;
        }
        let hash = passage_sha256(&story.document, finding);
        let at = own.or_else(|| self.adrift.get(&(print.to_owned(), hash.clone())));
        let Some(entry) = at.map(|&at| &self.entries[at]) else {
            return Status::Open;
        };
        match entry.decision {
            Decision::Revoke => Status::Revoked(entry),
            _ if entry.passage_sha256 != hash => Status::Changed(entry),
            _ => Status::Decided(entry),
        }
    }

    /// Waives the findings of a story that somebody has waived.
    pub fn waive(&self, path: &str, story: &Story, findings: &mut [Finding]) {
        let prints = fingerprint::of(&story.document, findings);
        for (finding, print) in findings.iter_mut().zip(prints) {
            if let Status::Decided(entry) = self.status(path, story, finding, &print)
                && entry.decision == Decision::Waive
            {
                finding.waiver.get_or_insert_with(|| Waiver {
                    by: WaivedBy::Review,
                    reason: entry.reason.clone(),
                });
            }
        }
    }
}

impl Entry {
    /// The entry for a decision about a finding.
    pub fn new(
        verdict: &Verdict,
        path: &str,
        story: &Story,
        finding: &Finding,
        fingerprint: &str,
    ) -> Self {
        Entry {
            when: verdict.when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            who: verdict.who.to_owned(),
            decision: verdict.decision,
            reason: verdict.reason.to_owned(),
            path: path.to_owned(),
            story: story.id.clone(),
            rule: finding.rule.id.to_owned(),
            fingerprint: fingerprint.to_owned(),
            excerpt: excerpt(story.document.slice(finding.span)),
            passage_sha256: passage_sha256(&story.document, finding),
            story_sha256: story_sha256(&story.document),
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            rule_version: rule_version(finding.rule),
        }
    }

    fn parse(line: &str) -> Result<Self, String> {
        let fault = |e: serde_json::Error| {
            // A ledger line is one line: only the column says something.
            let why = e.to_string();
            let why = why.split(" at line ").next().unwrap_or_default().to_owned();
            format!("no entry of a ledger ({why}, column {})", e.column())
        };
        let entry: Entry = serde_json::from_str(line).map_err(fault)?;
        match entry.when.parse::<Timestamp>() {
            Ok(_) => Ok(entry),
            Err(_) => Err(format!("“{}” is no time in RFC 3339", entry.when)),
        }
    }

    /// The line of the ledger, with its end.
    pub fn line(&self) -> String {
        // It fails only for maps with other keys than strings; there are none.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    fn key(&self) -> Key {
        (
            self.path.clone(),
            self.story.clone(),
            self.fingerprint.clone(),
        )
    }
}

impl Decision {
    /// What was done, for sentences.
    pub fn done(self) -> &'static str {
        match self {
            Decision::Accept => "accepted",
            Decision::Waive => "waived",
            Decision::Revoke => "revoked",
        }
    }
}

/// The hash of the sentences in which a finding stands.
fn passage_sha256(doc: &Document, finding: &Finding) -> String {
    let (span, tokens) = (finding.span, &doc.tokens);
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    let mut range = span.range();
    if first < end {
        let start = doc.tokens_of(doc.sentence_of(first)).start;
        let last = doc.tokens_of(doc.sentence_of(end - 1)).end.max(start + 1) - 1;
        range.start = range.start.min(tokens[start].span.start as usize);
        range.end = range.end.max(tokens[last].span.end as usize);
    }
    let mut hash = Sha256::new();
    for (at, word) in doc.plain[range].split_whitespace().enumerate() {
        hash.update(if at > 0 { " " } else { "" });
        hash.update(word);
    }
    hex(hash)
}

/// The hash of a story.
pub fn story_sha256(doc: &Document) -> String {
    let mut hash = Sha256::new();
    hash.update(&doc.plain);
    hex(hash)
}

/// So much of the hash of a rule is given, in characters.
const RULE_VERSION: usize = 12;

/// A name for the state of a rule: it changes with its texts, examples and phrases.
fn rule_version(rule: &Rule) -> String {
    let mut hash = Sha256::new();
    let texts = [rule.id, rule.severity.name(), rule.summary, rule.why];
    let examples = rule.flag.iter().chain(rule.pass).copied();
    for part in texts.into_iter().chain(examples).chain([rule.lexicon]) {
        hash.update(part);
        hash.update([0xff]);
    }
    let mut version = hex(hash);
    version.truncate(RULE_VERSION);
    version
}

fn hex(hash: Sha256) -> String {
    let digits = hash.finalize();
    digits.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Linter, detectors};

    const STORY: &str = "The summit of the OTSC in Yerevan ended. Moscow annexed Lugansk.";

    fn story(text: &str) -> Story {
        Story::whole(Document::plain(text))
    }

    fn found(story: &Story) -> Vec<Finding> {
        let rules = ["spanish-acronym", "outdated-exonym"];
        let rules = rules.map(|id| detectors::by_id(id).expect("the rule exists"));
        Linter::new(rules, false).check(&story.document)
    }

    /// The line of a decision about the first finding of a text.
    fn line(decision: Decision, path: &str, text: &str) -> String {
        let story = story(text);
        let findings = found(&story);
        let prints = fingerprint::of(&story.document, &findings);
        let verdict = Verdict {
            when: "2026-10-02T12:30:00Z".parse().expect("a time"),
            who: "Ana",
            decision,
            reason: "as the minister wrote it",
        };
        Entry::new(&verdict, path, &story, &findings[0], &prints[0]).line()
    }

    /// How it stands with the first finding of a text, in a word, and how many findings count.
    fn stands(ledger: &Ledger, path: &str, text: &str) -> (&'static str, usize) {
        let story = story(text);
        let mut findings = found(&story);
        let prints = fingerprint::of(&story.document, &findings);
        let status = match ledger.status(path, &story, &findings[0], &prints[0]) {
            Status::Open => "open",
            Status::Decided(entry) => entry.decision.done(),
            Status::Changed(_) => "changed",
            Status::Revoked(_) => "revoked",
        };
        ledger.waive(path, &story, &mut findings);
        let left = findings.iter().filter(|f| f.waiver.is_none()).count();
        (status, left)
    }

    #[test]
    fn a_waived_finding_does_not_count_until_its_sentence_changes() {
        let ledger = Ledger::parse(&line(Decision::Waive, "a.txt", STORY)).expect("a ledger");
        assert_eq!(stands(&ledger, "a.txt", STORY), ("waived", 1));
        assert_eq!(stands(&ledger, "b.txt", STORY), ("open", 2));
        let elsewhere = format!("A new lead.\n\n{STORY} And a new end.");
        assert_eq!(stands(&ledger, "a.txt", &elsewhere), ("waived", 1));
        // A comma changes the sentence, though not the fingerprint.
        let changed = STORY.replace("Yerevan ended", "Yerevan, ended");
        assert_eq!(stands(&ledger, "a.txt", &changed), ("changed", 2));
    }

    #[test]
    fn an_accepted_finding_counts() {
        let ledger = Ledger::parse(&line(Decision::Accept, "a.txt", STORY)).expect("a ledger");
        assert_eq!(stands(&ledger, "a.txt", STORY), ("accepted", 2));
    }

    #[test]
    fn the_last_decision_holds() {
        let waive = line(Decision::Waive, "a.txt", STORY);
        let revoke = line(Decision::Revoke, "a.txt", STORY);
        let both = Ledger::parse(&format!("{waive}{revoke}")).expect("a ledger");
        assert_eq!(stands(&both, "a.txt", STORY), ("revoked", 2));
        let again = Ledger::parse(&format!("{waive}{revoke}{waive}")).expect("a ledger");
        assert_eq!(stands(&again, "a.txt", STORY), ("waived", 1));
        assert_eq!(again.entries().len(), 3);
    }

    #[test]
    fn a_story_that_was_renamed_keeps_its_decisions() {
        let mut ledger = Ledger::parse(&line(Decision::Waive, "a.txt", STORY)).expect("a ledger");
        ledger.lose(&BTreeSet::from(["a.txt".to_owned()]));
        assert_eq!(stands(&ledger, "b.txt", STORY), ("waived", 1));
        let changed = STORY.replace("Yerevan ended", "Yerevan, ended");
        assert_eq!(stands(&ledger, "b.txt", &changed), ("open", 2));
    }

    #[test]
    fn a_line_says_all() {
        let line = line(Decision::Waive, "a.txt", STORY);
        let entry: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(entry["when"], "2026-10-02T12:30:00Z");
        assert_eq!(entry["decision"], "waive");
        assert_eq!(entry["excerpt"], "OTSC");
        // As `printf 'The summit …' | sha256sum` has it.
        let passage = "d911c7b2c57e26d68b496aa2d10c6a99722de154e71f809a01c4e891615ce989";
        assert_eq!(entry["passage_sha256"], passage);
        let story = "4632871003144fda53606170833a2d45659202613daf651e5a1cf6c07140d7f3";
        assert_eq!(entry["story_sha256"], story);
        assert_eq!(entry["tool"], env!("CARGO_PKG_VERSION"));
        let version = entry["rule_version"].as_str().expect("a string");
        assert_eq!(version.len(), RULE_VERSION);
        let rules = detectors::ALL.iter().map(|r| rule_version(r));
        assert_eq!(rules.collect::<BTreeSet<_>>().len(), detectors::ALL.len());
    }

    #[test]
    fn a_corrupt_line_is_named() {
        let good = line(Decision::Waive, "a.txt", STORY);
        let fault = |text: &str| Ledger::parse(text).expect_err("a fault");
        let (at, why) = fault(&format!("{good}{}", &good[..40]));
        assert_eq!(at, 2);
        assert!(why.starts_with("no entry of a ledger (EOF"), "{why}");
        let (at, why) = fault(&format!("{good}\n{good}"));
        assert_eq!((at, why.contains("column 0")), (2, true), "{why}");
        let (_, why) = fault(&good.replace("\"who\"", "\"by\""));
        assert!(why.contains("missing field `who`"), "{why}");
        let (_, why) = fault(&good.replace("2026-10-02T12:30:00Z", "yesterday"));
        assert_eq!(why, "“yesterday” is no time in RFC 3339");
        assert!(Ledger::parse("").expect("a ledger").entries().is_empty());
    }
}
