//! What the program promises to those who call it: output, errors, exit codes.
mod common;

use assert_cmd::Command;
use common::{code, err, folder, out};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use tempfile::TempDir;

/// A story with one finding of severity major under [`RULES`], one with a neutral one, one without.
const MAJOR: &str = "The summit of the OTSC in Yerevan ended without a statement.\n";
const NEUTRAL: &str = "Moscow annexed Lugansk, the minister said.\n";
const CLEAN: &str = "The mayor opened the new library on Monday.\n";
const RULES: [&str; 2] = ["--rule", "spanish-acronym,outdated-exonym"];

fn asador(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_asador"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.args(args).env("COLUMNS", "100");
    command
}

/// Runs `asador check` in a folder, with the rules that the stories above are made for.
fn check(folder: &Path, args: &[&str]) -> Output {
    asador(&["check"])
        .args(RULES)
        .args(args)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn stories() -> TempDir {
    folder(&[
        ("major.txt", MAJOR.as_bytes()),
        ("neutral.txt", NEUTRAL.as_bytes()),
        ("clean.txt", CLEAN.as_bytes()),
    ])
}

/// The paths of a JSON report, in order.
fn paths(report: &Value) -> Vec<&str> {
    let documents = report["documents"].as_array().expect("documents");
    documents
        .iter()
        .map(|d| d["path"].as_str().expect("a path"))
        .collect()
}

#[test]
fn exit_codes_follow_the_gate() {
    let dir = stories();
    fs::write(dir.path().join("again.txt"), MAJOR).expect("a file");
    for (args, expected) in [
        (&["clean.txt"][..], 0),
        (&["neutral.txt"], 0),
        (&["neutral.txt", "--fail-on", "neutral"], 1),
        (&["major.txt"], 1),
        (&["major.txt", "--fail-on", "major"], 1),
        (&["major.txt", "--fail-on", "critical"], 0),
        (&["major.txt", "--fail-on", "never"], 0),
        (&["major.txt", "--max-major", "1"], 0),
        (&["major.txt", "--max-major", "0", "--fail-on", "never"], 1),
        (&["neutral.txt", "--max-neutral", "0"], 1),
        // Each story is judged by itself.
        (&["major.txt", "again.txt", "--max-major", "1"], 0),
        // Eleven words are no sample, so that the score decides nothing.
        (&["major.txt", "--fail-on", "never", "--min-score", "99"], 0),
        (&["major.txt", "--min-score", "101"], 2),
        (&["clean.txt", "major.txt"], 1),
        (&["clean.txt", "gone.txt"], 2),
        (&["major.txt", "gone.txt", "--fail-on", "never"], 2),
    ] {
        let output = check(dir.path(), args);
        assert_eq!(code(&output), expected, "{args:?}: {}", err(&output));
    }
}

#[test]
fn the_reports_say_why_the_gate_failed() {
    let dir = stories();
    let filler = CLEAN.repeat(60);
    fs::write(dir.path().join("long.txt"), format!("{MAJOR}\n{filler}")).expect("a file");
    let args = ["--fail-on", "never", "--min-score", "99.5", "long.txt"];
    let output = check(dir.path(), &args);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output)
            .contains("; score 99.0\ngate failed: the score 99.0 is below 99.5 (min-score)\n"),
        "{}",
        out(&output)
    );
    let report = json(&check(dir.path(), &[".", "--format", "json"]));
    let gate = |at: usize| report["documents"][at]["gate"].to_string();
    assert_eq!(gate(0), r#"{"failed":false,"reasons":[]}"#);
    assert_eq!(
        gate(1),
        r#"{"failed":true,"reasons":[{"found":1,"gate":"fail-on","limit":0,"message":"1 finding is minor or worse"}]}"#
    );
    assert_eq!(report["summary"]["documents_failed"], 2);
    let output = check(dir.path(), &["."]);
    assert!(out(&output).contains("\ngate failed: 2 stories\n"));
}

#[test]
fn a_report_for_people() {
    let dir = stories();
    let output = check(dir.path(), &["."]);
    let report = out(&output);
    assert!(report.contains("major[spanish-acronym]: "), "{report}");
    assert!(report.contains("--> major.txt:1:19\n"), "{report}");
    assert!(
        report.contains("major.txt: 1 major in 11 words\n"),
        "{report}"
    );
    assert!(
        report.contains("3 stories, 25 words, 2 with findings: 1 major, 1 neutral\n"),
        "{report}"
    );
    assert_eq!(err(&output), "");
}

#[test]
fn a_clean_run_says_so() {
    let dir = stories();
    let output = check(dir.path(), &["clean.txt"]);
    assert_eq!(out(&output), "1 story, 8 words: nothing found\n");
}

#[test]
fn one_bad_file_does_not_spoil_the_others() {
    let dir = stories();
    fs::write(dir.path().join("scan.txt"), b"%PDF-1.7\n").expect("a file");
    let output = check(
        dir.path(),
        &["major.txt", "scan.txt", "clean.txt", "--format", "json"],
    );
    assert_eq!(code(&output), 2);
    assert_eq!(
        err(&output),
        "asador: scan.txt: a PDF, not text; extract its text first\n"
    );
    let report = json(&output);
    assert_eq!(paths(&report), ["major.txt", "clean.txt"]);
    assert_eq!(report["summary"]["errors"][0]["path"], "scan.txt");
    assert_eq!(report["summary"]["failed"], true);
}

#[test]
fn a_mistyped_path_gets_the_nearest_name() {
    let dir = stories();
    let output = check(dir.path(), &["majr.txt"]);
    assert_eq!(code(&output), 2);
    assert_eq!(
        err(&output),
        "asador: majr.txt: no such file or folder; did you mean major.txt?\n"
    );
    let output = check(dir.path(), &["nowhere/story.txt"]);
    assert!(err(&output).contains("the folder nowhere does not exist either"));
}

#[test]
fn errors_are_lines_of_their_own() {
    let dir = folder(&[
        ("binary.txt", b"\x00\x01\x02\x00\x00\xff\xfe"),
        ("word.txt", b"PK\x03\x04rest"),
    ]);
    let output = check(dir.path(), &["binary.txt", "word.txt", "gone.txt"]);
    let lines: Vec<&str> = err(&output).lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(
        lines
            .iter()
            .all(|l| l.starts_with("asador: ") && l.contains("; ")),
        "{lines:?}"
    );
    assert_eq!(out(&output), "");
}

/// A story and a file name may hold anything; a report stays a report.
#[cfg(unix)]
#[test]
fn names_and_stories_cannot_write_to_the_terminal() {
    let story = MAJOR.replace("OTSC", "\u{1b}[31m OTSC \u{1b}]0;x\u{7}");
    let dir = folder(&[
        ("a\u{1b}[2J\n.txt", story.as_bytes()),
        ("b\n.txt", b"%PDF-"),
    ]);
    let output = check(dir.path(), &["."]);
    assert!(
        out(&output).contains("<U+001B>[31m OTSC"),
        "{}",
        out(&output)
    );
    assert!(!out(&output).contains(['\u{1b}', '\u{7}']));
    assert_eq!(err(&output).lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = stories();
    let path = dir.path().join("major.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read(&path).is_ok() {
        return; // The superuser reads everything.
    }
    let output = check(dir.path(), &["major.txt", "clean.txt"]);
    assert_eq!(code(&output), 2);
    assert_eq!(
        err(&output),
        "asador: major.txt: may not be read; check its permissions\n"
    );
}

#[test]
fn nothing_checked_is_no_success() {
    let dir = folder(&[("notes.odt", b"x"), (".hidden.txt", CLEAN.as_bytes())]);
    let output = check(dir.path(), &["."]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).starts_with("asador: .: holds no story"),
        "{}",
        err(&output)
    );
    let empty = folder(&[("empty.txt", b"\n \n")]);
    let output = check(empty.path(), &["empty.txt"]);
    assert_eq!(code(&output), 2);
    assert_eq!(
        err(&output),
        "asador: nothing was checked: there is no word to read\n"
    );
}

#[test]
fn folders_are_walked_in_order_without_ignored_files() {
    let dir = folder(&[
        ("b.txt", CLEAN.as_bytes()),
        ("a/2.txt", CLEAN.as_bytes()),
        ("a/10.TXT", CLEAN.as_bytes()),
        ("drafts/x.txt", CLEAN.as_bytes()),
        ("a/skip.txt", CLEAN.as_bytes()),
        ("a/story.es.txt", b"El alcalde."),
        (".cache/y.txt", CLEAN.as_bytes()),
        ("readme.rst", b"# x"),
        (".gitignore", b"drafts/\nskip.txt\n"),
    ]);
    let output = check(dir.path(), &[".", "--format", "json"]);
    assert_eq!(paths(&json(&output)), ["a/10.TXT", "a/2.txt", "b.txt"]);
    // What is named is read, whatever .gitignore says, and read once.
    let args = ["drafts/x.txt", "./b.txt", ".", "b.txt", "--format", "json"];
    let output = check(dir.path(), &args);
    assert_eq!(
        paths(&json(&output)),
        ["drafts/x.txt", "b.txt", "a/10.TXT", "a/2.txt"]
    );
}

#[test]
fn many_files_keep_their_order() {
    let names: Vec<String> = (0..600).map(|i| format!("{i:03}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|n| (n.as_str(), MAJOR.as_bytes()))
        .collect();
    let dir = folder(&files);
    let output = check(dir.path(), &[".", "--format", "jsonl"]);
    let found: Vec<String> = out(&output)
        .lines()
        .map(|l| {
            serde_json::from_str::<Value>(l).expect("JSON")["path"]
                .as_str()
                .expect("a path")
                .to_owned()
        })
        .collect();
    assert_eq!(found, names);
    let again = check(dir.path(), &[".", "--format", "jsonl"]);
    assert_eq!(output.stdout, again.stdout);
}

#[test]
fn the_standard_input() {
    let dir = stories();
    for args in [&["-"][..], &[]] {
        let output = asador(&["check", "--format", "json"])
            .args(RULES)
            .args(args)
            .current_dir(dir.path())
            .write_stdin(MAJOR)
            .output()
            .expect("it runs");
        assert_eq!(code(&output), 1);
        assert_eq!(paths(&json(&output)), ["-"]);
    }
}

#[test]
fn a_closed_pipe_is_silent() {
    let story = MAJOR.repeat(20_000);
    let dir = folder(&[("long.txt", story.as_bytes())]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_asador"))
        .args(["check", "--rule", "spanish-acronym", "long.txt"])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 1);
    assert_eq!(err(&output), "");
}

#[test]
fn colours_only_where_they_are_wanted() {
    let dir = stories();
    let coloured = |output: &Output| out(output).contains('\u{1b}');
    assert!(!coloured(&check(dir.path(), &["major.txt"])));
    assert!(coloured(&check(
        dir.path(),
        &["major.txt", "--color", "always"]
    )));
    assert!(!coloured(&check(
        dir.path(),
        &["major.txt", "--color", "never"]
    )));
    let with = |name: &str| {
        asador(&["check", "major.txt"])
            .args(RULES)
            .current_dir(dir.path())
            .env(name, "1")
            .output()
            .expect("it runs")
    };
    assert!(coloured(&with("CLICOLOR_FORCE")));
    assert!(!coloured(&with("NO_COLOR")));
}

#[test]
fn rules_are_selected_by_name() {
    let dir = stories();
    let run = |args: &[&str]| {
        asador(&[
            "check",
            "--format",
            "json",
            "major.txt",
            "neutral.txt",
            "--fail-on",
            "never",
        ])
        .args(args)
        .current_dir(dir.path())
        .output()
        .expect("it runs")
    };
    let rules = |args: &[&str]| -> Vec<String> {
        let report = json(&run(args));
        let documents = report["documents"].as_array().expect("documents").clone();
        let findings = documents
            .iter()
            .flat_map(|d| d["findings"].as_array().expect("findings"));
        findings
            .map(|f| f["rule"].as_str().expect("a rule").to_owned())
            .collect()
    };
    assert_eq!(rules(&["--rule", "spanish-acronym"]), ["spanish-acronym"]);
    assert_eq!(rules(&["--rule", "outdated-exonym"]), ["outdated-exonym"]);
    let both = ["spanish-acronym", "outdated-exonym"];
    assert_eq!(rules(&["--rule", "spanish-acronym,outdated-exonym"]), both);
    assert_eq!(
        rules(&["--rule", "outdated-exonym", "--rule", "spanish-acronym"]),
        both
    );
    assert_eq!(rules(&["--group", "names"]), ["outdated-exonym"]);
    assert_eq!(
        rules(&["--group", "names", "--rule", "spanish-acronym"]),
        both
    );

    for (args, message) in [
        (
            ["--rule", "spanish-acronim"],
            "no rule is called “spanish-acronim”; did you mean “spanish-acronym”?",
        ),
        (
            ["--rule", "zzz"],
            "no rule is called “zzz”; list them with: asador rules",
        ),
        (
            ["--group", "name"],
            "no group is called “name”; did you mean “names”?",
        ),
    ] {
        let output = run(&args);
        assert_eq!(code(&output), 2);
        assert_eq!(err(&output), format!("asador: {message}\n"));
        assert_eq!(out(&output), "");
    }
}

#[test]
fn quiet_tells_by_the_exit_code_alone() {
    let dir = stories();
    let output = check(dir.path(), &["major.txt", "--quiet"]);
    assert_eq!((code(&output), out(&output), err(&output)), (1, "", ""));
}

#[test]
fn a_report_in_a_file() {
    let dir = stories();
    let output = check(dir.path(), &[".", "--output", "report.txt"]);
    assert_eq!((code(&output), out(&output)), (1, ""));
    let report = fs::read_to_string(dir.path().join("report.txt")).expect("a report");
    assert!(report.contains("spanish-acronym"));
    // The next run does not check the report of this one.
    check(dir.path(), &[".", "--output", "report.txt"]);
    let again = fs::read_to_string(dir.path().join("report.txt")).expect("a report");
    assert_eq!(report, again);
    let output = check(dir.path(), &[".", "--output", "no/such/folder.txt"]);
    assert_eq!(code(&output), 2);
}

#[test]
fn the_spanish_beside_one_story() {
    let dir = stories();
    fs::write(dir.path().join("major.es.txt"), "La cumbre de la OTSC.\n").expect("a file");
    let output = check(dir.path(), &["major.txt", "--source", "major.es.txt"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let output = check(dir.path(), &["major.txt", "--source", "gone.txt"]);
    assert_eq!(code(&output), 2);
    let output = check(
        dir.path(),
        &["major.txt", "clean.txt", "--source", "major.es.txt"],
    );
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("--source goes with one story"),
        "{}",
        err(&output)
    );
}

#[test]
fn places_lead_into_the_file_in_every_encoding() {
    let text = "“Año nuevo”, said the mayor.\r\n\r\nThe “summit” of the OTSC ended.\r\n";
    let (western, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let dir = folder(&[
        ("utf8.txt", text.as_bytes()),
        ("bom.txt", &[b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("utf16.txt", &[b"\xff\xfe", &wide[..]].concat()),
        ("western.txt", &western),
    ]);
    let output = check(dir.path(), &[".", "--format", "json"]);
    let report = json(&output);
    assert_eq!(paths(&report).len(), 4);
    for document in report["documents"].as_array().expect("documents") {
        let path = document["path"].as_str().expect("a path");
        let finding = &document["findings"][0];
        assert_eq!(
            (&finding["line"], &finding["column"]),
            (&3.into(), &21.into()),
            "{path}"
        );
        assert_eq!(finding["text"], "OTSC");
        let bytes = fs::read(dir.path().join(path)).expect("the file");
        let at = |key: &str| finding[key].as_u64().expect("a place") as usize;
        let slice = &bytes[at("start")..at("end")];
        let expected: &[u8] = if path == "utf16.txt" {
            b"O\0T\0S\0C\0"
        } else {
            b"OTSC"
        };
        assert_eq!(slice, expected, "{path}");
    }
}

#[test]
fn a_page_of_a_rule() {
    let output = asador(&["explain", "spanish-acronym"])
        .output()
        .expect("it runs");
    assert_eq!(code(&output), 0);
    assert!(out(&output).starts_with("# spanish-acronym\n"));
    let output = asador(&["explain", "spanish-acronyms"])
        .output()
        .expect("it runs");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("did you mean “spanish-acronym”?"));
}

#[test]
fn the_list_of_rules() {
    let output = asador(&["rules"]).output().expect("it runs");
    assert!(out(&output).contains("  spanish-acronym"));
    let output = asador(&["rules", "--format", "json"])
        .output()
        .expect("it runs");
    let list = json(&output);
    assert_eq!(
        list.as_array().map(Vec::len),
        Some(asador::detectors::ALL.len())
    );
    assert_eq!(list[0]["id"], asador::detectors::ALL[0].id);
}

/// A story in one line of three kilobytes is never printed whole, nor is a finding of that size.
#[test]
fn a_long_line_is_cut_to_the_terminal() {
    let dir = folder(&[(
        "long.txt",
        format!("{} {MAJOR}", CLEAN.trim().repeat(300)).as_bytes(),
    )]);
    for columns in [50, 80, 120] {
        let output = asador(&["check", "long.txt"])
            .args(RULES)
            .env("COLUMNS", columns.to_string())
            .current_dir(dir.path())
            .output()
            .expect("it runs");
        let longest = out(&output).lines().map(|l| l.chars().count()).max();
        assert!(
            longest <= Some(columns),
            "{longest:?} columns of {columns}:\n{}",
            out(&output)
        );
        assert!(out(&output).contains("OTSC"));
    }
}

#[test]
fn the_help_teaches() {
    let output = asador(&["check", "--help"]).output().expect("it runs");
    for promise in ["Exit codes:", "Examples:", "--fail-on", ".gitignore"] {
        assert!(out(&output).contains(promise), "{promise}");
    }
    assert_eq!(code(&asador(&["--version"]).output().expect("it runs")), 0);
    assert_eq!(code(&asador(&["chek"]).output().expect("it runs")), 2);
}

/// The report of the schema, on everything in the repository that has findings.
#[test]
fn json_reports_follow_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = fs::read_to_string(root.join("schema/report.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let args = [
        "check",
        "--preview",
        "--format",
        "json",
        "corpora/articles",
        "corpora/gold",
        "gone",
    ];
    let output = asador(&args).current_dir(root).output().expect("it runs");
    let report = json(&output);
    let wrong: Vec<String> = validator
        .iter_errors(&report)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for key in ["fixes", "related", "spanish"] {
        let has = |f: &&Value| {
            f.get(key)
                .is_some_and(|v| v.as_array().is_none_or(|a| !a.is_empty()))
        };
        let documents = report["documents"].as_array().expect("documents");
        let mut findings = documents
            .iter()
            .flat_map(|d| d["findings"].as_array().expect("findings"));
        assert!(
            findings.any(|f| has(&f)),
            "no finding with {key} was validated"
        );
    }
    let broken = serde_json::json!({"version": 1});
    assert!(!validator.is_valid(&broken));
}
