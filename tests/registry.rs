//! The list of rules is the directory of rules, and every rule is complete.
use asador::{Group, Rule, detectors, explain, lexicon};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The rules that the files under `folder` should hold, as `group/id`, sorted.
fn files(folder: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for group in std::fs::read_dir(folder)
        .expect("the folder of rules")
        .flatten()
    {
        for file in std::fs::read_dir(group.path())
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = file
                .path()
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .replace('_', "-");
            out.push(format!("{}/{name}", group.file_name().to_string_lossy()));
        }
    }
    out.sort();
    out
}

/// What is wrong between files and list, a line each.
fn compare(files: &[String], list: &[String]) -> Vec<String> {
    let (on_disk, listed): (BTreeSet<_>, BTreeSet<_>) =
        (files.iter().collect(), list.iter().collect());
    let orphans = on_disk
        .difference(&listed)
        .map(|f| format!("{f} has a file but is not in ALL, or in another group"));
    let ghosts = listed
        .difference(&on_disk)
        .map(|f| format!("{f} is in ALL but has no such file"));
    let mut out: Vec<String> = orphans.chain(ghosts).collect();
    if !list.is_sorted() {
        out.push("ALL is not sorted by group and id".into());
    }
    if listed.len() != list.len() {
        out.push("ALL names a rule twice".into());
    }
    out
}

fn listed() -> Vec<String> {
    detectors::ALL
        .iter()
        .map(|r| format!("{}/{}", r.group.name(), r.id))
        .collect()
}

#[test]
fn files_and_list_are_the_same() {
    let wrong = compare(&files(&root().join("src/detectors")), &listed());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The test above can fail: an orphan file, a missing file, a wrong folder, a wrong order.
#[test]
fn a_wrong_registry_is_noticed() {
    let right: Vec<String> = ["lexis/calque", "terms/spanish-acronym"]
        .map(String::from)
        .into();
    assert!(compare(&right, &right).is_empty());
    let orphan = [&right[..], &["lexis/orphan".to_owned()]].concat();
    assert_eq!(compare(&orphan, &right).len(), 1);
    assert_eq!(
        compare(&right, &orphan).len(),
        2,
        "a ghost, and out of order"
    );
    let moved = ["names/calque", "terms/spanish-acronym"].map(String::from);
    assert_eq!(compare(&moved, &right).len(), 2);
    let swapped: Vec<String> = right.iter().rev().cloned().collect();
    assert_eq!(
        compare(&right, &swapped),
        ["ALL is not sorted by group and id"]
    );
}

#[test]
fn every_lexicon_belongs_to_a_rule() {
    for file in std::fs::read_dir(root().join("corpora/lexicon"))
        .expect("lexicons")
        .flatten()
    {
        let path = file.path();
        let id = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let rule = detectors::by_id(&id)
            .unwrap_or_else(|| panic!("{} belongs to no rule", path.display()));
        let text = std::fs::read_to_string(&path).expect("a lexicon");
        assert_eq!(rule.lexicon, text, "the rule {id} includes its lexicon");
    }
}

#[test]
fn every_rule_is_complete() {
    let mut wrong = Vec::new();
    let mut texts = BTreeSet::new();
    for &rule in detectors::ALL {
        let mut ask = |right: bool, what: &str| {
            if !right {
                wrong.push(format!("{}: {what}", rule.id));
            }
        };
        ask(
            rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
            "the id is not kebab-case",
        );
        ask(rule.summary.ends_with('.'), "the summary is not a sentence");
        ask(
            rule.why.len() > 80 && rule.why.ends_with('.'),
            "the reason is not a paragraph",
        );
        ask(
            texts.insert(rule.summary) && texts.insert(rule.why),
            "its texts are those of another rule",
        );
        ask(
            explain::flagged(rule).len() >= 3,
            "fewer than 3 flagged examples",
        );
        ask(
            explain::passed(rule).len() >= 3,
            "fewer than 3 examples left alone",
        );
        let entries = lexicon::entries(rule.lexicon);
        for entry in &entries {
            ask(
                !entry.flag.is_empty() && !entry.pass.is_empty(),
                &format!("“{}” lacks a flagged or a silent example", entry.spanish),
            );
            ask(
                !entry.find.is_empty(),
                &format!("“{}” finds nothing", entry.spanish),
            );
        }
        let keys: Vec<String> = entries.iter().map(|e| sort_key(&e.spanish)).collect();
        if let Some(pair) = keys.windows(2).find(|p| p[0] > p[1]) {
            ask(
                false,
                &format!(
                    "its lexicon is not sorted by the Spanish: “{}” stands before “{}”",
                    pair[0], pair[1]
                ),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lower case, without accents and marks.
fn sort_key(spanish: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    spanish
        .to_lowercase()
        .nfd()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect()
}

#[test]
fn groups_are_named_once() {
    let names: BTreeSet<_> = Group::ALL.iter().map(|g| g.name()).collect();
    assert_eq!(names.len(), Group::ALL.len());
    fn shared<T: Send + Sync>() {}
    shared::<&Rule>();
    shared::<asador::Linter>();
}
