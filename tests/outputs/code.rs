//! What code hosts read: SARIF, GitHub, GitLab, reviewdog.
use super::{case, cases, follows, whole};
use asador::report::{github::Github, gitlab::Gitlab, rdjsonl::Rdjsonl, sarif::Sarif};
use asador::{Severity, WaivedBy, Waiver, detectors};
use serde_json::Value;
use std::collections::HashSet;

fn list<'a>(value: &'a Value, what: &str) -> &'a Vec<Value> {
    value[what]
        .as_array()
        .unwrap_or_else(|| panic!("{what} in {value}"))
}

fn number(value: &Value) -> usize {
    value.as_u64().expect("a number") as usize
}

#[test]
fn sarif() {
    let cases = cases();
    let log: Value = serde_json::from_str(&whole(&Sarif, &cases)).expect("JSON");
    follows("sarif-2.1.0.json", &log);
    let run = &log["runs"][0];
    let rules = list(&run["tool"]["driver"], "rules");
    assert_eq!(rules.len(), detectors::ALL.len());
    let findings: Vec<_> = cases
        .iter()
        .flat_map(|case| case.findings.iter().map(move |finding| (case, finding)))
        .collect();
    let results = list(run, "results");
    assert_eq!(results.len(), findings.len());
    let mut prints = HashSet::new();
    for (result, (case, finding)) in results.iter().zip(findings) {
        assert_eq!(result["ruleId"], finding.rule.id);
        assert_eq!(rules[number(&result["ruleIndex"])]["id"], finding.rule.id);
        let level = match finding.severity {
            Severity::Neutral => "note",
            Severity::Minor => "warning",
            Severity::Major | Severity::Critical => "error",
        };
        assert_eq!(result["level"], level);
        let place = &result["locations"][0]["physicalLocation"];
        let bytes = case.input.bytes();
        assert_eq!(text_of(bytes, &place["region"]), case.text(finding));
        let print = result["partialFingerprints"]["asador/v1"].to_string();
        assert!(prints.insert((&case.path, print)), "two alike");
        for fix in result["fixes"].as_array().into_iter().flatten() {
            for replacement in list(&fix["artifactChanges"][0], "replacements") {
                text_of(bytes, &replacement["deletedRegion"]);
            }
        }
        let suppressions = list(result, "suppressions");
        match &finding.waiver {
            None => assert!(suppressions.is_empty()),
            Some(waiver) => {
                let inside = waiver.by == WaivedBy::Comment;
                let kind = if inside { "inSource" } else { "external" };
                assert_eq!(suppressions[0]["kind"], kind);
                let justification = suppressions[0]["justification"].as_str();
                assert_eq!(justification.unwrap_or_default(), waiver.reason);
            }
        }
    }
    let uri =
        |at: usize| &results[at]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri(0), "corpora/articles/seed.txt");
    let odd = "odd/%5D%5D%3E%250A%3A%2C%7C%0A%3Cb%3E%22%26%27%1B%5B31m%20%24x.txt";
    assert_eq!(uri(cases[0].findings.len()), odd);
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(list(invocation, "toolExecutionNotifications").len(), 1);
}

/// Everything in the repository that has findings, with its odd fixes.
#[test]
fn sarif_of_the_corpora_follows_the_schema() {
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_asador"))
        .args([
            "check",
            "--preview",
            "--format",
            "sarif",
            "corpora/articles",
            "corpora/gold",
        ])
        .current_dir(super::root())
        .output()
        .expect("it runs");
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    follows("sarif-2.1.0.json", &log);
    for key in ["fixes", "relatedLocations"] {
        let results = list(&log["runs"][0], "results");
        assert!(results.iter().any(|r| r.get(key).is_some()), "no {key}");
    }
}

/// Of a record in a stream only the line is known to who reads files.
#[test]
fn records_have_a_line() {
    let report = |format: &str| {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_asador"))
            .args(["check", "--format", format, "corpora/articles/wire.jsonl"])
            .current_dir(super::root())
            .output()
            .expect("it runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let log: Value = serde_json::from_str(&report("sarif")).expect("JSON");
    follows("sarif-2.1.0.json", &log);
    let results = list(&log["runs"][0], "results");
    assert!(!results.is_empty());
    for result in results {
        let location = &result["locations"][0];
        let region = location["physicalLocation"]["region"]
            .as_object()
            .expect("a region");
        assert_eq!(region.keys().collect::<Vec<_>>(), ["startLine"]);
        assert_eq!(result.get("fixes"), None);
        let name = location["logicalLocations"][0]["fullyQualifiedName"].as_str();
        assert!(
            name.is_some_and(|name| name.contains('/')),
            "no field in {name:?}"
        );
    }
    for line in report("github").lines() {
        let command = Command::parse(line);
        assert!(!command.get("line").is_empty() && command.get("col").is_empty());
    }
    for line in report("rdjsonl").lines() {
        let diagnostic: Value = serde_json::from_str(line).expect("JSON");
        follows("rdjsonl.json", &diagnostic);
        assert_eq!(diagnostic.get("suggestions"), None);
    }
    let page = report("html");
    let sections: HashSet<&str> = page
        .split("<section class=\"story\" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert_eq!(sections.len(), page.matches("<section").count());
}

/// What a region of SARIF names by its lines and columns, which are also its bytes.
fn text_of<'a>(bytes: &'a [u8], region: &Value) -> &'a str {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let at = |line: &str, column: &str| {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        let start = starts[number(&region[line]) - 1];
        let before = text[start..]
            .char_indices()
            .nth(number(&region[column]) - 1);
        before.map_or(text.len(), |(at, _)| start + at)
    };
    let (start, end) = (at("startLine", "startColumn"), at("endLine", "endColumn"));
    assert_eq!(number(&region["byteOffset"]), start);
    assert_eq!(number(&region["byteLength"]), end - start);
    &text[start..end]
}

/// The severity of a finding may not be that of its rule.
#[test]
fn settings_change_severities() {
    let mut changed = case("a.txt", "The OTSC met in Yerevan.\n");
    changed.findings[0].severity = Severity::Neutral;
    let cases = [changed];
    assert!(whole(&Github, &cases).starts_with("::notice "));
    assert!(whole(&Gitlab, &cases).contains("\"severity\":\"info\""));
    assert!(whole(&Sarif, &cases).contains("\"level\":\"note\",\"locations\""));
    assert!(whole(&Rdjsonl, &cases).contains("\"severity\":\"INFO\""));
}

/// A workflow command, read as GitHub’s runner documents it.
struct Command {
    name: String,
    properties: Vec<(String, String)>,
    message: String,
}

impl Command {
    fn parse(line: &str) -> Command {
        let (head, message) = line
            .strip_prefix("::")
            .and_then(|rest| rest.split_once("::"))
            .unwrap_or_else(|| panic!("no command: {line}"));
        let (name, properties) = head.split_once(' ').expect("properties");
        let unescape = |text: &str, codes: &[(&str, &str)]| {
            let mut text = text.to_owned();
            for (code, character) in codes {
                text = text.replace(code, character);
            }
            text.replace("%25", "%")
        };
        let data = [("%0D", "\r"), ("%0A", "\n")];
        let property = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")];
        Command {
            name: name.to_owned(),
            properties: properties
                .split(',')
                .map(|pair| pair.split_once('=').expect("a value"))
                .map(|(key, value)| (key.to_owned(), unescape(value, &property)))
                .collect(),
            message: unescape(message, &data),
        }
    }

    fn get(&self, key: &str) -> &str {
        let found = self.properties.iter().find(|(known, _)| known == key);
        found.map_or("", |(_, value)| value)
    }
}

#[test]
fn github() {
    let cases = cases();
    let report = whole(&Github, &cases);
    let commands: Vec<Command> = report.lines().map(Command::parse).collect();
    let open: Vec<_> = cases
        .iter()
        .flat_map(|case| case.open().into_iter().map(move |f| (case, f)))
        .collect();
    assert_eq!(commands.len(), open.len() + 1);
    for (command, (case, finding)) in commands.iter().zip(open) {
        // Only what a terminal would obey is not as it was.
        assert_eq!(command.get("file"), case.path.replace('\u{1b}', "\u{fffd}"));
        let title = format!("{} ({})", finding.rule.id, finding.severity.name());
        assert_eq!(command.get("title"), title);
        assert!(!command.message.is_empty() && !command.message.contains('\u{1b}'));
        let name = match finding.severity {
            Severity::Neutral => "notice",
            Severity::Minor => "warning",
            Severity::Major | Severity::Critical => "error",
        };
        assert_eq!(command.name, name);
        let place = case.checked().place(finding.span);
        assert_eq!(command.get("line"), place.line.to_string());
        // GitHub drops columns where there are several lines.
        assert!(command.get("endLine").is_empty() || command.get("col").is_empty());
    }
    let last = commands.last().expect("a command");
    assert_eq!(last.get("file"), "gone, & [lost].txt");
    let column = |text: &str| {
        Command::parse(
            whole(&Github, &[case("a.txt", text)])
                .lines()
                .next()
                .expect("one"),
        )
    };
    let command = column("“Año”: the OTSC met.\n");
    assert_eq!((command.get("col"), command.get("endColumn")), ("12", "16"));
}

#[test]
fn gitlab() {
    let mut cases = cases();
    // The same story under another name has other fingerprints.
    cases.push(case("copy.txt", super::HOSTILE));
    let report: Value = serde_json::from_str(&whole(&Gitlab, &cases)).expect("JSON");
    follows("gitlab-codequality.json", &report);
    let issues = report.as_array().expect("issues");
    assert_eq!(
        issues.len(),
        cases.iter().map(|c| c.open().len()).sum::<usize>()
    );
    let prints: HashSet<&str> = issues
        .iter()
        .filter_map(|i| i["fingerprint"].as_str())
        .collect();
    assert_eq!(prints.len(), issues.len());
    let paths: HashSet<&str> = issues
        .iter()
        .filter_map(|i| i["location"]["path"].as_str())
        .collect();
    assert!(paths.contains(cases[2].path.as_str()));
    let nothing: Value = serde_json::from_str(&whole(&Gitlab, &[])).expect("JSON");
    assert_eq!(nothing, serde_json::json!([]));
}

#[test]
fn rdjsonl() {
    let cases = cases();
    let report = whole(&Rdjsonl, &cases);
    let open: Vec<_> = cases
        .iter()
        .flat_map(|case| case.open().into_iter().map(move |f| (case, f)))
        .collect();
    assert_eq!(report.lines().count(), open.len() + 1);
    let mut suggestions = 0;
    for (line, (case, finding)) in report.lines().zip(open) {
        let diagnostic: Value = serde_json::from_str(line).expect("JSON");
        follows("rdjsonl.json", &diagnostic);
        let bytes = case.input.bytes();
        // Columns are bytes of UTF-8, and the end is exclusive.
        let at = |position: &Value| {
            let line = number(&position["line"]);
            let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            let start = match line {
                1 => 0,
                line => breaks
                    .map(|(at, _)| at + 1)
                    .nth(line - 2)
                    .expect("the line"),
            };
            start + number(&position["column"]) - 1
        };
        let slice = |range: &Value| &bytes[at(&range["start"])..at(&range["end"])];
        assert_eq!(
            slice(&diagnostic["location"]["range"]),
            case.text(finding).as_bytes()
        );
        for suggestion in diagnostic["suggestions"].as_array().into_iter().flatten() {
            suggestions += 1;
            let old = slice(&suggestion["range"]);
            let fits = |edit: &asador::Edit| {
                case.input.stories[0].document.slice(edit.span).as_bytes() == old
                    && suggestion["text"] == edit.text.as_str()
            };
            assert!(finding.fixes.iter().any(|fix| fits(&fix.edits[0])));
        }
    }
    assert!(suggestions > 10);
}

/// In other encodings bytes of UTF-8 say nothing; lines do.
#[test]
fn rdjsonl_in_utf_16_has_lines_only() {
    let wide = "A line.\n\n“Año”: the OTSC met.\n";
    let bytes: Vec<u8> = [0xfffe_u16.to_be()]
        .into_iter()
        .chain(wide.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let options = asador::input::Options::default();
    let input = asador::input::read(bytes, asador::input::Format::Text, &options).expect("a story");
    let linter = asador::Linter::new(detectors::by_id("spanish-acronym"), false);
    let findings = linter.check(&input.stories[0].document);
    let path = "wide.txt".to_owned();
    let case = super::Case {
        path,
        input,
        findings,
    };
    let report = whole(&Rdjsonl, &[case]);
    let (diagnostic, unread) = report.split_once('\n').expect("two lines");
    follows("rdjsonl.json", &serde_json::from_str(unread).expect("JSON"));
    let diagnostic: Value = serde_json::from_str(diagnostic).expect("JSON");
    follows("rdjsonl.json", &diagnostic);
    let range = serde_json::json!({"start": {"line": 3}, "end": {"line": 3}});
    assert_eq!(diagnostic["location"]["range"], range);
    assert_eq!(diagnostic.get("suggestions"), None);
}

/// A waiver of the review ledger is one from outside too.
#[test]
fn sarif_knows_reviews() {
    let mut case = case("a.txt", "The OTSC met in Yerevan.\n");
    let reason = "the desk wants it".to_owned();
    case.findings[0].waiver = Some(Waiver {
        by: WaivedBy::Review,
        reason,
    });
    let log: Value = serde_json::from_str(&whole(&Sarif, &[case])).expect("JSON");
    let suppression = &log["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(suppression["kind"], "external");
    assert_eq!(suppression["justification"], "the desk wants it");
}
