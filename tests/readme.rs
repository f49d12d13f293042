//! The generated parts of the README and the reference of the rules are what the rules say.
//!
//! `UPDATE=1 cargo test --test readme` writes them.
use asador::{Group, Status, detectors, explain};
use assert_cmd::Command;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Asks that a file is as it should be, or makes it so.
fn hold(name: &str, expected: &str) {
    let path = file(name);
    let found = fs::read_to_string(&path).unwrap_or_default();
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).expect("the file is written");
        return;
    }
    panic!("{name} is not what the rules say; run: UPDATE=1 cargo test --test readme");
}

/// The text with another part between two markers.
fn replaced(text: &str, marker: &str, part: &str) -> String {
    let (open, close) = (
        format!("<!-- {marker} -->\n"),
        format!("<!-- /{marker} -->"),
    );
    let (before, rest) = text.split_once(&open).expect("the opening marker");
    let (_, after) = rest.split_once(&close).expect("the closing marker");
    format!("{before}{open}\n{part}\n{close}{after}")
}

#[test]
fn the_readme() {
    let readme = fs::read_to_string(file("README.md")).expect("the README");
    let readme = replaced(&readme, "screen", &screen());
    let readme = replaced(&readme, "rules", &table());
    let example = asador::config::EXAMPLE.trim_end();
    let readme = replaced(&readme, "settings", &format!("```toml\n{example}\n```\n"));
    hold("README.md", &readme);
}

/// The schema of the settings is a file too, for editors that load it by its address.
#[test]
fn the_schema_of_the_settings() {
    hold("schema/config.schema.json", &asador::config::schema());
}

#[test]
fn the_reference() {
    let mut reference = String::from("<!-- Made by: UPDATE=1 cargo test --test readme -->\n");
    for rule in detectors::ALL {
        reference.push('\n');
        reference.push_str(&explain::page(rule));
    }
    hold("snapshots/rules.md", &reference);
}

/// A table of the rules for each group.
fn table() -> String {
    let mut out = String::new();
    for group in Group::ALL {
        let rules: Vec<_> = detectors::ALL.iter().filter(|r| r.group == group).collect();
        if rules.is_empty() {
            continue;
        }
        let space = if out.is_empty() { "" } else { "\n" };
        let _ = write!(
            out,
            "{space}| {} | severity | |\n|---|---|---|\n",
            group.name()
        );
        for rule in rules {
            let preview = match rule.status {
                Status::Stable => "",
                Status::Preview => ", preview",
            };
            let (id, severity) = (rule.id, rule.severity.name());
            // A rule may name the bar, which would end the cell.
            let summary = rule.summary.replace('|', "\\|");
            let _ = writeln!(out, "| `{id}` | {severity}{preview} | {summary} |");
        }
    }
    out
}

/// How many findings of the report are shown.
const FINDINGS: usize = 5;

/// The gravest findings of a real report, each of another rule, and its last lines.
fn screen() -> String {
    let command = ["check", "corpora/articles/seed.txt"];
    let output = Command::new(env!("CARGO_BIN_EXE_asador"))
        .args(command)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", "90")
        .output()
        .expect("it runs");
    let report = String::from_utf8(output.stdout).expect("UTF-8");
    let parts: Vec<&str> = report.trim_end().split("\n\n").collect();
    let (findings, summary) = parts.split_at(parts.len() - 2);
    let mut shown: Vec<&str> = Vec::new();
    for severity in ["critical", "major", "minor", "neutral"] {
        for finding in findings {
            let title = finding.split(": ").next().unwrap_or_default();
            let new = !shown.iter().any(|other| other.starts_with(title));
            if new && title.starts_with(severity) && shown.len() < FINDINGS {
                shown.push(finding);
            }
        }
    }
    let rest = findings.len() - shown.len();
    // In the order of the report, so that they can be found in it.
    shown.sort_by_key(|part| findings.iter().position(|finding| finding == part));
    let shown = shown.join("\n\n");
    let rest = match rest {
        0 => String::new(),
        more => format!("[… {more} more …]\n\n"),
    };
    format!(
        "```console\n$ asador {}\n{shown}\n\n{rest}{}\n```\n",
        command.join(" "),
        summary.join("\n\n"),
    )
}
