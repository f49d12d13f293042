//! What the program promises about settings and about comments that waive findings.
mod common;

use assert_cmd::Command;
use common::{code, err, out, output_of, texts};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The findings of a run over some paths, as `path rule severity`.
fn found(folder: &Path, args: &[&str]) -> Vec<String> {
    let args = [&["check", "--format", "json"], args].concat();
    let output = output_of(folder, &args);
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("no report of {args:?}: {}", err(&output)));
    let documents = report["documents"].as_array().expect("documents");
    let of = |document: &Value| -> Vec<String> {
        let path = document["path"].as_str().expect("a path");
        let findings = document["findings"].as_array().expect("findings");
        let open = findings.iter().filter(|f| f["suppressed"].is_null());
        let word = |f: &Value, key: &str| f[key].as_str().expect("a word").to_owned();
        open.map(|f| format!("{path} {} {}", word(f, "rule"), word(f, "severity")))
            .collect()
    };
    documents.iter().flat_map(of).collect()
}

/// A story with two findings.
const STORY: &str = "The summit of the OTSC in Lugansk ended without a statement.\n";

#[test]
fn the_nearest_settings_count() {
    let dir = texts(&[
        ("asador.toml", "rules.terms = \"off\"\n"),
        ("a.txt", STORY),
        ("desk/b.txt", STORY),
        ("wire/asador.toml", "rules.names = \"off\"\n"),
        ("wire/deep/c.txt", STORY),
        (
            "other.toml",
            "rules = { names = \"critical\", terms = \"off\" }\n",
        ),
    ]);
    for (args, expected) in [
        (
            &["."][..],
            &[
                "a.txt outdated-exonym neutral",
                "desk/b.txt outdated-exonym neutral",
                "wire/deep/c.txt spanish-acronym major",
            ][..],
        ),
        (
            &["desk/../wire/deep/c.txt"],
            &["desk/../wire/deep/c.txt spanish-acronym major"],
        ),
        (
            &["--config", "other.toml", "wire"],
            &["wire/deep/c.txt outdated-exonym critical"],
        ),
        (
            &["--no-config", "a.txt"],
            &[
                "a.txt spanish-acronym major",
                "a.txt outdated-exonym neutral",
            ],
        ),
        // The command line has precedence.
        (
            &["--rule", "spanish-acronym", "a.txt"],
            &["a.txt spanish-acronym major"],
        ),
    ] {
        assert_eq!(found(dir.path(), args), expected, "{args:?}");
    }
    // The standard input has the settings of its name.
    for (name, expected) in [
        ("wire/x.txt", "spanish-acronym"),
        ("x.txt", "outdated-exonym"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_asador"))
            .args(["check", "--format", "jsonl", "--stdin-filepath", name, "-"])
            .current_dir(dir.path())
            .write_stdin(STORY)
            .output()
            .expect("it runs");
        assert!(out(&output).contains(expected), "{name}: {}", out(&output));
    }
}

#[test]
fn a_fault_is_one_line_with_its_place() {
    let dir = texts(&[
        (
            "asador.toml",
            "preview = true\n[rules]\n  calqe = \"off\"\n",
        ),
        ("a.txt", STORY),
        ("sound/asador.toml", ""),
        ("sound/b.txt", STORY),
    ]);
    let why =
        "asador: asador.toml:3:3: no rule or group is called “calqe”; did you mean “calque”?\n";
    for args in [
        &["check", "a.txt"][..],
        &["fix", "a.txt"],
        &["baseline", "a.txt"],
        &["review", "a.txt"],
        &["config"],
        &["config", "--check", "asador.toml"],
    ] {
        let output = output_of(dir.path(), args);
        assert_eq!(
            (code(&output), err(&output), out(&output)),
            (2, why, ""),
            "{args:?}"
        );
    }
    // Other files are still checked.
    let output = output_of(
        dir.path(),
        &["check", "sound/b.txt", "a.txt", "--format", "json"],
    );
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("a.txt: asador.toml:3:3: no rule"),
        "{}",
        err(&output)
    );
    assert!(out(&output).contains("sound/b.txt"), "{}", out(&output));
    let output = output_of(dir.path(), &["check", "--config", "none.toml", "sound"]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).starts_with("asador: none.toml: "),
        "{}",
        err(&output)
    );
}

#[test]
fn what_is_excluded_and_overridden() {
    let dir = texts(&[
        (
            "asador.toml",
            "exclude = [\"drafts/\", \"*.old.txt\"]\nrules.names = \"off\"\n\
             [[override]]\npaths = [\"wire/\"]\naccept = [\"OTSC\"]\ngate.fail-on = \"never\"\n",
        ),
        ("a.txt", STORY),
        ("a.old.txt", STORY),
        ("desk/drafts/b.txt", STORY),
        ("wire/c.txt", STORY),
        ("wire/d.txt", "The stock market fell by 3 % in May.\n"),
    ]);
    let all = [
        "a.txt spanish-acronym major",
        "wire/d.txt percent-format minor",
    ];
    assert_eq!(found(dir.path(), &["."]), all);
    let named = ["desk/drafts/b.txt spanish-acronym major"];
    assert_eq!(found(dir.path(), &["desk/drafts/b.txt"]), named);
    for (path, expected) in [("wire", 0), ("a.txt", 1), (".", 1)] {
        assert_eq!(
            code(&output_of(dir.path(), &["check", path])),
            expected,
            "{path}"
        );
    }
    let strict = ["check", "wire", "--fail-on", "minor"];
    assert_eq!(code(&output_of(dir.path(), &strict)), 1);
    // From within a folder as well.
    let inside = found(&dir.path().join("wire"), &["."]);
    assert_eq!(inside, ["d.txt percent-format minor"]);
}

#[test]
fn settings_are_shown_checked_and_begun() {
    let dir = texts(&[("a.txt", STORY)]);
    let run = |args: &[&str]| output_of(dir.path(), &[&["config"], args].concat());
    let output = run(&["--check"]);
    let why = "asador: no asador.toml lies above .; begin one with: asador config --init\n";
    assert_eq!((code(&output), err(&output)), (2, why));
    assert!(out(&run(&[])).starts_with("# What holds for .: the defaults, for no asador.toml"));
    assert_eq!(out(&run(&["--init"])), "asador.toml: written\n");
    let output = run(&["--init"]);
    let why = "asador: asador.toml is there already; show what it says with: asador config\n";
    assert_eq!((code(&output), err(&output)), (2, why));
    assert_eq!(out(&run(&["--check"])), "asador.toml: sound\n");
    // With its comments taken off it is the example of the README.
    let written = fs::read_to_string(dir.path().join("asador.toml")).expect("it is there");
    let bare = |line: &str| match line.strip_prefix('#') {
        Some(setting) if !setting.starts_with(' ') => setting.to_owned(),
        _ => line.to_owned(),
    };
    let lines: Vec<String> = written.lines().map(bare).collect();
    assert_eq!(lines.join("\n") + "\n", asador::config::EXAMPLE);
    fs::write(dir.path().join("asador.toml"), asador::config::EXAMPLE).expect("a file");
    assert_eq!(
        out(&run(&["--check"])),
        "asador.toml: sound, all 2 examples hold\n"
    );
    let shown = out(&run(&["--show", "wire/a.txt"])).to_owned();
    assert!(shown.starts_with("# What holds for wire/a.txt, from asador.toml.\n"));
    assert!(shown.contains("\nquotes = \"single\"\n"), "{shown}");
    assert!(out(&run(&["a.txt"])).contains("\nquotes = \"double\"\n"));
    let schema: Value = serde_json::from_slice(&run(&["--schema"]).stdout).expect("JSON");
    assert_eq!(schema["title"], "asador.toml");
    // An example that does not hold.
    let broken = asador::config::EXAMPLE.replace("=>spared", "=>spares");
    fs::write(dir.path().join("asador.toml"), broken).expect("a file");
    let output = run(&["--check"]);
    assert_eq!((code(&output), out(&output)), (1, ""));
    assert!(
        err(&output).contains("the fix is “spared no expense” in: They {threw"),
        "{}",
        err(&output)
    );
}

#[test]
fn fixes_write_as_the_house_does() {
    let dir = texts(&[
        (
            "asador.toml",
            "style = { percent = \"per cent\", dates = \"month-day\" }\naccept = [\"OTSC\"]\n",
        ),
        (
            "a.txt",
            "The OTSC said on 3 of May of 2021 that prices rose by 4 %.\n",
        ),
    ]);
    assert_eq!(code(&output_of(dir.path(), &["fix", "a.txt"])), 0);
    let mended = fs::read_to_string(dir.path().join("a.txt")).expect("it is there");
    assert_eq!(
        mended,
        "The OTSC said on May 3, 2021 that prices rose by 4 per cent.\n"
    );
}

/// A story with comments: one waives, one has ended, one is needless, one is no good.
const COMMENTED: &str = "<article>
<!-- asador-ignore terms, outdated-exonym: so called in the treaty, until 2999-12-31 -->
<p>The summit of the OTSC in Lugansk ended without a statement.</p>
<!-- asador-ignore spanish-acronym: a slip, until 2001-01-31 -->
<p>The OTSC met again.</p>
<!-- asador-ignore percent-format: so printed -->
<p>Prices rose by 3%.</p>
<p>All is well.</p><!-- asador-ignore -->
</article>
";

/// What `check` says of it on the standard error.
const PROBLEMS: [&str; 3] = [
    "a.html:4:1: the waiver ended on 2001-01-31; mend the passage, or set a new day",
    "a.html:6:1: nothing is found here that “percent-format” would waive; delete it from the comment",
    "a.html:8:20: the comment names no rule and waives nothing; write: asador-ignore RULE: reason",
];

#[test]
fn comments_waive() {
    let dir = texts(&[("a.html", COMMENTED)]);
    let rules = "spanish-acronym,outdated-exonym,percent-format";
    let run = |args: &[&str]| {
        output_of(
            dir.path(),
            &[&["check", "--rule", rules, "a.html"], args].concat(),
        )
    };
    let output = run(&["--format", "json"]);
    let warnings = PROBLEMS.map(|p| format!("asador: {}\n", p.replacen(": ", ": warning: ", 1)));
    assert_eq!(err(&output), warnings.concat());
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = report["documents"][0]["findings"]
        .as_array()
        .expect("findings");
    let waived: Vec<&Value> = findings.iter().map(|f| &f["suppressed"]).collect();
    let waiver = serde_json::json!({"by": "comment", "reason": "so called in the treaty"});
    assert_eq!(waived, [&waiver, &waiver, &Value::Null]);
    assert_eq!(report["summary"]["counts"]["major"], 1);
    for (args, expected) in [
        (&["--fail-on", "never"][..], 0),
        (&["--fail-on", "never", "--strict-suppressions"], 1),
        (&["--strict-suppressions", "--no-suppress"], 2),
    ] {
        assert_eq!(code(&run(args)), expected, "{args:?}");
    }
    let strict = run(&["-q", "--strict-suppressions"]);
    assert_eq!(
        err(&strict),
        PROBLEMS.map(|p| format!("asador: {p}\n")).concat()
    );
    let output = run(&["--no-suppress", "--format", "json"]);
    assert_eq!(err(&output), "");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["summary"]["counts"]["waived"], 0);
}

#[test]
fn settings_can_be_strict_with_comments() {
    let dir = texts(&[
        (
            "asador.toml",
            "suppress = { require-reason = true, strict = true }\n",
        ),
        (
            "a.md",
            "<!-- asador-ignore spanish-acronym -->\n\nThe OTSC met.\n",
        ),
        (
            "b.md",
            "<!-- asador-ignore spanish-acronym: quoted -->\n\nThe OTSC met.\n",
        ),
    ]);
    let output = output_of(dir.path(), &["check", "a.md", "-q", "--fail-on", "never"]);
    let why = "asador: a.md:1:1: the comment gives no reason and waives nothing; write: asador-ignore RULE: reason\n";
    assert_eq!((code(&output), err(&output)), (1, why));
    assert_eq!(code(&output_of(dir.path(), &["check", "b.md", "-q"])), 0);
    // What is waived is not mended either.
    let fixed = output_of(dir.path(), &["fix", "--unsafe", "--diff", "b.md"]);
    assert_eq!(out(&fixed), "");
    let fixed = output_of(dir.path(), &["fix", "--unsafe", "--diff", "a.md"]);
    assert!(out(&fixed).contains("+The CSTO met."), "{}", out(&fixed));
}

#[test]
fn records_have_their_settings_and_notes() {
    let dir = texts(&[
        ("asador.toml", "json.text = [\"/x/story\"]\n"),
        (
            "a.jsonl",
            "{\"x\": {\"story\": \"The OTSC met.\"}}\n\n{\"x\": {\"story\": \"The OTSC met.\"}, \"asador\": \"asador-ignore-file terms: so\"}\n{\"x\": {\"story\": \"All is well.\"}, \"asador\": \"asador-ignore-file terms: so\"}\n",
        ),
    ]);
    assert_eq!(
        found(dir.path(), &["a.jsonl"]),
        ["a.jsonl spanish-acronym major"]
    );
    let output = output_of(dir.path(), &["check", "a.jsonl", "-q"]);
    let start = "asador: a.jsonl:4:";
    assert!(err(&output).starts_with(start), "{}", err(&output));
    assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
}
