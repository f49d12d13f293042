//! asador among other tools: git, editors, shells, pre-commit, GitHub Actions.
mod common;

use asador::input::Format;
use common::{asador, code, err, out, output_of as run};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const STORY: &str = "The summit of the OTSC in Yerevan ended without a statement.\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Runs git without the settings of whoever runs the tests.
fn git(folder: &Path, args: &[&str]) {
    let output = std::process::Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{args:?}: {}", err(&output));
}

/// A repository whose stories are all committed.
fn repository() -> TempDir {
    let dir = TempDir::new().expect("a folder");
    for name in [
        "same.txt",
        "news/edited.txt",
        "news/staged.txt",
        "news/gone.txt",
        "año nuevo.txt",
    ] {
        write(dir.path(), name, STORY);
    }
    write(dir.path(), ".gitignore", "drafts/\n");
    git(dir.path(), &["init", "--quiet", "--initial-branch", "main"]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "--quiet", "-m", "x"]);
    dir
}

/// The paths that a check with these arguments reports on.
fn checked(folder: &Path, args: &[&str]) -> Vec<String> {
    let args = [
        &["check", "--format", "json", "--rule", "spanish-acronym"],
        args,
    ]
    .concat();
    let output = run(folder, &args);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let documents = report["documents"].as_array().expect("documents");
    let path = |d: &Value| d["path"].as_str().expect("a path").to_owned();
    documents.iter().map(path).collect()
}

#[test]
fn only_what_differs_from_a_revision() {
    let dir = repository();
    let since = ["--changed-since", "main"];
    let output = run(dir.path(), &["check", "--changed-since", "main"]);
    assert_eq!(
        (code(&output), err(&output)),
        (0, "asador: no story has changed\n")
    );

    write(dir.path(), "news/edited.txt", &STORY.repeat(2));
    write(dir.path(), "news/staged.txt", &STORY.repeat(2));
    git(dir.path(), &["add", "news/staged.txt"]);
    write(dir.path(), "news/new.txt", STORY);
    write(dir.path(), "año nuevo.txt", &STORY.repeat(2));
    write(dir.path(), "drafts/ignored.txt", STORY);
    write(dir.path(), "code.rs", STORY);
    fs::remove_file(dir.path().join("news/gone.txt")).expect("it was there");
    let all = [
        "año nuevo.txt",
        "news/edited.txt",
        "news/new.txt",
        "news/staged.txt",
    ];
    assert_eq!(checked(dir.path(), &since), all);
    let some = [&since[..], &["same.txt", "news"]].concat();
    assert_eq!(checked(dir.path(), &some), &all[1..]);
    // From within a folder, also for what lies beside it.
    let news = dir.path().join("news");
    let beside = [&since[..], &[".", "../año nuevo.txt"]].concat();
    assert_eq!(
        checked(&news, &beside),
        ["edited.txt", "new.txt", "staged.txt", "../año nuevo.txt"]
    );
    // What was committed since counts as well.
    git(dir.path(), &["tag", "before"]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "--quiet", "-m", "y"]);
    assert_eq!(checked(dir.path(), &["--changed-since", "before"]), all);
    let output = run(dir.path(), &["check", "--changed-since", "HEAD"]);
    assert_eq!(code(&output), 0);
}

#[test]
fn what_git_cannot_tell() {
    let dir = repository();
    for revision in ["gone", "--all", "main..gone"] {
        let since = format!("--changed-since={revision}");
        let output = run(dir.path(), &["check", &since]);
        assert_eq!(code(&output), 2);
        assert!(
            err(&output).starts_with(&format!("asador: git knows no revision “{revision}”; ")),
            "{}",
            err(&output)
        );
    }
    let bare = TempDir::new().expect("a folder");
    let output = asador(bare.path(), &["check", "--changed-since", "main"])
        .env("GIT_CEILING_DIRECTORIES", bare.path())
        .output()
        .expect("it runs");
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).starts_with("asador: git: not a git repository"),
        "{}",
        err(&output)
    );
    let output = asador(dir.path(), &["check", "--changed-since", "main"])
        .env("PATH", bare.path())
        .output()
        .expect("it runs");
    assert_eq!(
        err(&output),
        "asador: git is not on the path; --changed-since asks it which files differ\n"
    );
}

/// An editor pipes a story in and says what it is called.
#[test]
fn the_name_of_the_standard_input() {
    let dir = TempDir::new().expect("a folder");
    let check = |name: &str, story: &str| {
        asador(
            dir.path(),
            &["check", "--format", "json", "--stdin-filepath", name, "-"],
        )
        .write_stdin(story)
        .output()
        .expect("it runs")
    };
    let output = check("news/story.txt", STORY);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["documents"][0]["path"], "news/story.txt");
    // The name tells the format.
    let records = format!("{{\"text\": \"{}\"}}\n", STORY.trim()).repeat(2);
    let output = check("news/wire.jsonl", &records);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["documents"][1]["line"], 2);
    let output = check("story.json", "{");
    assert!(
        err(&output).starts_with("asador: story.json:1:2: the JSON ends too soon"),
        "{}",
        err(&output)
    );
}

#[test]
fn every_shell_has_its_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(root(), &["completions", shell]);
        assert_eq!(code(&output), 0, "{shell}");
        for word in ["check", "--changed-since", "--fail-on"] {
            let word = if shell == "fish" {
                word.trim_start_matches("--")
            } else {
                word
            };
            assert!(out(&output).contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(code(&run(root(), &["completions", "cobol"])), 2);
}

#[test]
fn every_command_has_its_page() {
    let dir = TempDir::new().expect("a folder");
    let output = run(dir.path(), &["man"]);
    assert!(out(&output).contains(".TH asador 1"), "{}", out(&output));
    let output = run(dir.path(), &["man", "share/man1"]);
    assert_eq!((code(&output), out(&output), err(&output)), (0, "", ""));
    let page = fs::read_to_string(dir.path().join("share/man1/asador-check.1"));
    let page = page.expect("a page");
    for promise in ["\\-\\-changed\\-since", "Exit codes", "Examples"] {
        assert!(page.contains(promise), "{promise}");
    }
    write(dir.path(), "file", "x");
    let output = run(dir.path(), &["man", "file"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).starts_with("asador: file: the pages cannot be written there"));
}

/// pre-commit is told of every ending that is read, but for that of JSON.
#[test]
fn the_hook_knows_every_ending() {
    let manifest = fs::read_to_string(root().join(".pre-commit-hooks.yaml")).expect("the manifest");
    let (_, endings) = manifest.split_once("\\.(").expect("the pattern");
    let (endings, _) = endings.split_once(")$").expect("the pattern");
    let hooked: BTreeSet<&str> = endings.split('|').collect();
    let read = Format::NAMES.iter().flat_map(|(.., endings)| *endings);
    let read: BTreeSet<&str> = read.copied().filter(|&e| e != "json").collect();
    assert_eq!(hooked, read);
    for entry in manifest
        .lines()
        .filter_map(|l| l.trim().strip_prefix("entry: asador "))
    {
        assert_eq!(code(&run(root(), &[entry, "--help"])), 0, "{entry}");
    }
}
