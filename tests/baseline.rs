//! What `asador baseline` promises: what was accepted does not count, what is new does.
mod common;

use common::{Ran, folder, read, run};
use std::fs;
use std::path::Path;

const STORY: &str = "The leaders who met at the summit of the OTSC in Yerevan went home without a word. \
    Growth fell to 5 %, the minister said.\n";
const OTHER: &str = "The OTAN summit in Madrid went on.\n";
const FILE: &str = "asador-baseline.json";

fn stories() -> tempfile::TempDir {
    folder(&[
        ("stories/a.txt", STORY.as_bytes()),
        ("stories/b.txt", OTHER.as_bytes()),
    ])
}

fn check(dir: &Path) -> Ran {
    run(dir, &["check", "stories", "--baseline", "--quiet"])
}

#[test]
fn what_is_accepted_does_not_count() {
    let dir = stories();
    assert_eq!(run(dir.path(), &["check", "stories", "--quiet"]).code, 1);
    let ran = run(dir.path(), &["baseline", "stories"]);
    assert_eq!(
        (ran.code, &ran.out[..], &ran.err[..]),
        (
            0,
            "asador-baseline.json: 3 findings accepted in 2 files (3 added, 0 dropped)\n",
            ""
        )
    );
    let ran = check(dir.path());
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    // Only on request.
    assert_eq!(run(dir.path(), &["check", "stories", "--quiet"]).code, 1);
    // It does not matter how the story is named, nor whence.
    let below = dir.path().join("stories");
    assert_eq!(
        run(&below, &["check", "../stories/./a.txt", "--baseline"]).code,
        0
    );
    let named = format!("--baseline={}", dir.path().join(FILE).display());
    assert_eq!(run(&below, &["check", "a.txt", &named]).code, 0);
    let args = ["check", "stories", "--baseline", "--format", "json"];
    let report: serde_json::Value =
        serde_json::from_str(&run(dir.path(), &args).out).expect("JSON");
    let first = &report["documents"][0]["findings"][0];
    assert_eq!(first["suppressed"].to_string(), r#"{"by":"baseline"}"#);
    assert_eq!(report["summary"]["counts"]["major"], 0);
}

#[test]
fn what_is_new_counts() {
    let dir = stories();
    run(dir.path(), &["baseline", "stories"]);
    let write = |text: &str| fs::write(dir.path().join("stories/a.txt"), text).expect("a file");
    // Moved and wrapped anew it is the same.
    let moved = STORY
        .replace("Yerevan went", "Yerevan\nwent")
        .replace("word. ", "word.\n\n");
    write(&format!("A new headline\n\n{moved}"));
    assert_eq!(check(dir.path()).code, 0);
    // A second copy is new.
    write(&format!("{STORY}\n{STORY}"));
    assert_eq!(check(dir.path()).code, 1);
    write(&format!("{STORY}\nThe ONU said no.\n"));
    assert_eq!(check(dir.path()).code, 1);
}

#[test]
fn a_renamed_story_keeps_what_was_accepted() {
    let dir = stories();
    run(dir.path(), &["baseline", "stories"]);
    fs::rename(
        dir.path().join("stories/a.txt"),
        dir.path().join("stories/z.txt"),
    )
    .expect("moved");
    let ran = check(dir.path());
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    // Pruning writes the new name down.
    let ran = run(dir.path(), &["baseline", "--prune", "stories"]);
    assert_eq!(
        ran.out,
        "asador-baseline.json: 3 findings accepted in 2 files (2 added, 2 dropped)\n"
    );
    assert!(read(dir.path(), FILE).contains("\"path\":\"stories/z.txt\""));
    // A copy beside the story is new.
    fs::copy(
        dir.path().join("stories/z.txt"),
        dir.path().join("stories/y.txt"),
    )
    .expect("a copy");
    assert_eq!(check(dir.path()).code, 1);
}

#[test]
fn stale_entries_are_told_and_pruned() {
    let dir = stories();
    run(dir.path(), &["baseline", "stories"]);
    assert_eq!(run(dir.path(), &["fix", "stories"]).code, 0);
    let told = "asador: asador-baseline.json: 1 entry matches nothing any more; \
        drop with: asador baseline --prune\n";
    let ran = check(dir.path());
    assert_eq!((ran.code, &ran.err[..]), (0, told));
    // Who looks at one story, or with one rule, cannot know about the others.
    let ran = run(
        dir.path(),
        &["check", "stories/b.txt", "--baseline", "--quiet"],
    );
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    let args = [
        "check",
        "stories",
        "--baseline",
        "--quiet",
        "--rule",
        "spanish-acronym",
    ];
    let ran = run(dir.path(), &args);
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    let ran = run(dir.path(), &["baseline", "--prune"]);
    assert_eq!(
        (ran.code, &ran.out[..]),
        (
            0,
            "asador-baseline.json: 2 findings accepted in 2 files (0 added, 1 dropped)\n"
        )
    );
    assert_eq!(check(dir.path()).err, "");
    // Pruning accepts nothing.
    fs::write(dir.path().join("stories/c.txt"), "The ONU said no.\n").expect("a file");
    run(dir.path(), &["baseline", "--prune", "stories"]);
    assert_eq!(check(dir.path()).code, 1);
}

#[test]
fn it_is_sorted_stable_and_its_other_entries_stay() {
    let dir = stories();
    run(dir.path(), &["baseline", "stories"]);
    let all = read(dir.path(), FILE);
    let paths: Vec<&str> = all.lines().filter(|l| l.contains("\"path\"")).collect();
    assert_eq!(paths.len(), 3, "{all}");
    assert!(paths.is_sorted(), "{all}");
    assert!(
        paths[0].starts_with("{\"path\":\"stories/a.txt\",\"rule\":\""),
        "{all}"
    );
    assert!(paths[0].contains("\"excerpt\":\""), "{all}");
    for paths in [
        &["stories"][..],
        &["stories/b.txt"],
        &["stories/b.txt", "stories/a.txt"],
    ] {
        let ran = run(dir.path(), &[&["baseline"], paths].concat());
        assert!(ran.out.ends_with("(0 added, 0 dropped)\n"), "{}", ran.out);
        assert_eq!(read(dir.path(), FILE), all);
    }
    let ran = run(
        dir.path(),
        &["baseline", "stories", "--rule", "spanish-acronym"],
    );
    assert!(ran.out.ends_with("(0 added, 0 dropped)\n"), "{}", ran.out);
    // What cannot be read keeps its entries.
    fs::write(dir.path().join("stories/a.txt"), b"%PDF-1.7").expect("a file");
    let ran = run(dir.path(), &["baseline", "stories"]);
    assert_eq!(ran.code, 2);
    assert_eq!(read(dir.path(), FILE), all);
    // What is gone has none.
    fs::remove_file(dir.path().join("stories/a.txt")).expect("it goes");
    run(dir.path(), &["baseline", "stories"]);
    assert_eq!(read(dir.path(), FILE).lines().count(), 3);
}

#[test]
fn it_is_no_story() {
    let dir = stories();
    run(
        dir.path(),
        &["baseline", ".", "--output", "stories/accepted.json"],
    );
    run(dir.path(), &["baseline", "."]);
    let ran = run(
        dir.path(),
        &["check", ".", "--format", "jsonl", "--baseline"],
    );
    assert!(!ran.out.contains("asador-baseline"), "{}", ran.out);
    assert!(!ran.err.contains("json:"), "{}", ran.err);
    let ran = run(
        dir.path(),
        &[
            "check",
            ".",
            "--format",
            "jsonl",
            "--baseline=stories/accepted.json",
        ],
    );
    assert_eq!((ran.code, &ran.err[..]), (0, ""));
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
}

#[test]
fn accepted_findings_are_not_mended() {
    let dir = stories();
    run(dir.path(), &["baseline", "stories"]);
    let ran = run(dir.path(), &["fix", "stories", "--baseline"]);
    assert_eq!(
        (ran.code, &ran.out[..]),
        (0, "nothing to fix; 0 findings left\n")
    );
    assert_eq!(read(dir.path(), "stories/a.txt"), STORY);
}

#[test]
fn faults_are_lines_with_a_remedy() {
    let dir = stories();
    for (text, args, why) in [
        (
            "",
            &["check", "stories", "--baseline"][..],
            "no asador-baseline.json here or in a folder above; make one with: asador baseline PATH",
        ),
        (
            "",
            &["check", "stories", "--baseline=gone.json"],
            "gone.json: is gone",
        ),
        (
            "",
            &["baseline", "--prune"],
            "asador-baseline.json: there is no baseline to prune",
        ),
        ("", &["baseline", "-"], "a baseline is about files"),
        (
            "{",
            &["check", "stories", "--baseline"],
            "asador-baseline.json: is no baseline: EOF while parsing",
        ),
        (
            "{",
            &["baseline", "stories"],
            "asador-baseline.json: is no baseline",
        ),
    ] {
        if !text.is_empty() {
            fs::write(dir.path().join(FILE), text).expect("a file");
        }
        let ran = run(dir.path(), args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(
            ran.err.starts_with(&format!("asador: {why}")),
            "{args:?}: {}",
            ran.err
        );
        assert_eq!(ran.err.lines().count(), 1, "{args:?}: {}", ran.err);
    }
    assert_eq!(run(dir.path(), &["baseline"]).code, 2);
}
