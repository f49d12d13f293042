//! What `asador review` promises: decisions are recorded for good, and hold while the text does.
mod common;

use common::{folder, read, run};
use serde_json::Value;
use std::fs;
use std::path::Path;

const STORY: &str = "The summit of the OTSC in Yerevan ended. Growth fell to 5 %, he said.\n";
const LEDGER: &str = "asador-review.jsonl";

fn stories() -> tempfile::TempDir {
    folder(&[("stories/a.txt", STORY.as_bytes())])
}

/// The fingerprints of the story, by rule.
fn print_of(dir: &Path, rule: &str) -> String {
    let ran = run(dir, &["review", "stories/a.txt"]);
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    let line = ran.out.lines().find(|l| l.contains(&format!("[{rule}]")));
    let line = line.unwrap_or_else(|| panic!("{rule}: {}", ran.out));
    line.split_whitespace()
        .next()
        .expect("a fingerprint")
        .to_owned()
}

fn review(dir: &Path, args: &[&str]) -> common::Ran {
    run(
        dir,
        &[&["review", "stories/a.txt", "--by", "Ana Ruiz"], args].concat(),
    )
}

fn waive(dir: &Path) {
    let print = print_of(dir, "spanish-acronym");
    let ran = review(
        dir,
        &["--waive", &print, "--reason", "as the minister wrote it"],
    );
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    assert_eq!(
        ran.out,
        format!("1 finding waived by Ana Ruiz, entered into stories/{LEDGER}\n")
    );
}

fn check(dir: &Path) -> i32 {
    run(dir, &["check", "stories", "--quiet", "--fail-on", "major"]).code
}

#[test]
fn a_waived_finding_does_not_count() {
    let dir = stories();
    assert_eq!(check(dir.path()), 1);
    waive(dir.path());
    assert_eq!(check(dir.path()), 0);
    let args = ["check", "stories", "--format", "json", "--fail-on", "never"];
    let report: Value = serde_json::from_str(&run(dir.path(), &args).out).expect("JSON");
    assert_eq!(report["documents"].as_array().map(Vec::len), Some(1));
    let findings = report["documents"][0]["findings"]
        .as_array()
        .expect("findings");
    let waived = findings.iter().find(|f| f["rule"] == "spanish-acronym");
    assert_eq!(
        waived.expect("it is still told")["suppressed"].to_string(),
        r#"{"by":"review","reason":"as the minister wrote it"}"#
    );
    // Neither does fix touch it, nor has the baseline need of it.
    run(dir.path(), &["fix", "stories", "--unsafe"]);
    assert_eq!(read(dir.path(), "stories/a.txt"), STORY.replace(" %", "%"));
    assert!(
        run(dir.path(), &["baseline", "stories"])
            .out
            .contains(": 0 findings")
    );
}

#[test]
fn a_changed_sentence_opens_it_again() {
    let dir = stories();
    waive(dir.path());
    let write = |text: &str| fs::write(dir.path().join("stories/a.txt"), text).expect("a file");
    write(&format!("A new headline\n\n{}", STORY.replace("5 %", "6%")));
    assert_eq!(check(dir.path()), 0);
    write(&STORY.replace("Yerevan ended", "Yerevan, ended"));
    assert_eq!(check(dir.path()), 1);
    let ran = run(dir.path(), &["review", "stories/a.txt"]);
    assert!(
        ran.out
            .contains("OTSC  (open again, waived before it changed)"),
        "{}",
        ran.out
    );
}

#[test]
fn decisions_are_only_added() {
    let dir = stories();
    waive(dir.path());
    let first = read(dir.path(), &format!("stories/{LEDGER}"));
    let entry: Value = serde_json::from_str(&first).expect("one line");
    for (member, value) in [
        ("who", "Ana Ruiz"),
        ("decision", "waive"),
        ("reason", "as the minister wrote it"),
        ("path", "a.txt"),
        ("rule", "spanish-acronym"),
        ("excerpt", "OTSC"),
    ] {
        assert_eq!(entry[member], value);
    }
    let when = entry["when"].as_str().expect("a time");
    assert!(
        when.ends_with('Z') && when.parse::<jiff::Timestamp>().is_ok(),
        "{when}"
    );
    assert_eq!(entry["story_sha256"].as_str().map(str::len), Some(64));
    let print = print_of(dir.path(), "spanish-acronym");
    let ran = review(dir.path(), &["--revoke", &print, "--reason", "he did not"]);
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    assert_eq!(check(dir.path()), 1);
    // What is accepted counts, too.
    let ran = review(
        dir.path(),
        &["--accept", "--rule", "spanish-acronym,percent-format"],
    );
    assert!(
        ran.out.starts_with("2 findings accepted by Ana Ruiz"),
        "{}{}",
        ran.out,
        ran.err
    );
    assert_eq!(check(dir.path()), 1);
    let all = read(dir.path(), &format!("stories/{LEDGER}"));
    assert!(all.starts_with(&first));
    assert_eq!(all.lines().count(), 4);
    // An editor that drops the last line break does no harm.
    fs::write(dir.path().join(format!("stories/{LEDGER}")), all.trim_end()).expect("a file");
    waive(dir.path());
    assert_eq!(check(dir.path()), 0);
}

#[test]
fn the_nearest_ledger_is_taken() {
    let dir = folder(&[
        ("stories/a.txt", STORY.as_bytes()),
        ("stories/old/b.txt", STORY.as_bytes()),
        (LEDGER, b""),
    ]);
    let print = print_of(dir.path(), "spanish-acronym");
    let ran = review(dir.path(), &["--waive", &print, "--reason", "so he wrote"]);
    assert!(
        ran.out.ends_with(&format!("entered into {LEDGER}\n")),
        "{}",
        ran.out
    );
    assert!(read(dir.path(), LEDGER).contains("\"path\":\"stories/a.txt\""));
    let fail = ["--quiet", "--fail-on", "major"];
    let code =
        |folder: &Path, path: &str| run(folder, &[&["check", path], &fail[..]].concat()).code;
    assert_eq!(code(dir.path(), "stories/a.txt"), 0);
    assert_eq!(code(&dir.path().join("stories/old"), "../a.txt"), 0);
    assert_eq!(code(dir.path(), "stories/old/b.txt"), 1);
    // A ledger of its own stands before the one above, and --ledger before both.
    fs::write(dir.path().join("stories").join(LEDGER), "").expect("a file");
    assert_eq!(code(dir.path(), "stories/a.txt"), 1);
    let args = [
        "check",
        "stories/a.txt",
        "--ledger",
        LEDGER,
        "--quiet",
        "--fail-on",
        "major",
    ];
    assert_eq!(run(dir.path(), &args).code, 0);
    // A story that moves takes its decisions along.
    fs::remove_file(dir.path().join("stories").join(LEDGER)).expect("it goes");
    fs::rename(dir.path().join("stories/a.txt"), dir.path().join("c.txt")).expect("it moves");
    assert_eq!(code(dir.path(), "c.txt"), 0);
}

#[test]
fn a_corrupt_ledger_is_told_once_and_nothing_is_mended() {
    let dir = stories();
    waive(dir.path());
    fs::write(dir.path().join("stories/b.txt"), STORY).expect("a file");
    let ledger = dir.path().join("stories").join(LEDGER);
    let all = fs::read_to_string(&ledger).expect("the ledger");
    fs::write(&ledger, format!("{all}{}", &all[..50])).expect("a file");
    let ran = run(dir.path(), &["check", "stories", "--format", "json"]);
    assert_eq!(ran.code, 2);
    let told = format!("asador: stories/{LEDGER}: line 2: no entry of a ledger (EOF while parsing");
    assert!(ran.err.starts_with(&told), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(
        report["summary"]["errors"][0]["path"],
        format!("stories/{LEDGER}")
    );
    let ran = run(dir.path(), &["fix", "stories"]);
    assert_eq!(ran.code, 2);
    assert_eq!(read(dir.path(), "stories/a.txt"), STORY);
    for args in [
        &["review", "stories/a.txt"][..],
        &["check", "stories", "--ledger", "gone.jsonl"],
    ] {
        assert_eq!(run(dir.path(), args).code, 2);
    }
}

#[test]
fn the_evidence_says_what_is_open_and_who_decided() {
    let dir = stories();
    waive(dir.path());
    let ran = run(dir.path(), &["review", "stories/a.txt", "--report"]);
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    for part in [
        "# Review of stories/a.txt\n",
        "2 findings, of which 1 are decided, 1 are open",
        "## Open\n",
        "| `percent-format` |",
        "may stand: waived by Ana Ruiz, 20",
        ": as the minister wrote it | `",
        "only a program has looked",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
}

#[test]
fn what_makes_no_sense_is_not_entered() {
    let dir = stories();
    let print = print_of(dir.path(), "spanish-acronym");
    let because = ["--reason", "so"];
    let by = ["--by", "Ana"];
    for (args, why) in [
        (
            ["--waive", &print, "--by", "", "--reason", "so"].to_vec(),
            "who decides? add --by NAME",
        ),
        (
            [&["--waive", &print][..], &because].concat(),
            "who decides? add --by NAME",
        ),
        (
            [&["--waive", &print][..], &by, &["--reason", " "]].concat(),
            "why? add --reason TEXT",
        ),
        (
            [&["--waive"][..], &by, &because].concat(),
            "about which findings?",
        ),
        (
            [&["--waive", "0123"][..], &by, &because].concat(),
            "stories/a.txt: no finding has the fingerprint “0123”",
        ),
        (
            [&["--accept", "--rule", "literal-idiom"][..], &by].concat(),
            "stories/a.txt: literal-idiom finds nothing",
        ),
        (
            [&["--accept", "--rule", "literal-idio"][..], &by].concat(),
            "no rule is called “literal-idio”",
        ),
        (
            [&["--revoke", &print][..], &by, &because].concat(),
            &format!("{print}: there is no decision"),
        ),
    ] {
        let ran = run(
            dir.path(),
            &[&["review", "stories/a.txt"], &args[..]].concat(),
        );
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(
            ran.err.starts_with(&format!("asador: {why}")),
            "{args:?}: {}",
            ran.err
        );
    }
    let ran = run(dir.path(), &["review", "stories"]);
    assert_eq!(
        ran.err,
        "asador: stories: a review is about one file; name it\n"
    );
    assert!(!dir.path().join("stories").join(LEDGER).exists());
}
