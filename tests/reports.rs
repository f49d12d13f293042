//! The reports on sample stories, as snapshots: read them before you accept them.
use assert_cmd::Command;

/// What `asador check` prints on a sample story.
fn report(story: &str, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_asador"))
        .args(["check", &format!("corpora/articles/{story}")])
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", "80")
        .output()
        .expect("it runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Holds a report to `snapshots/NAME.snap`.
fn hold(name: &str, report: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, report);
    });
}

#[test]
fn seed_for_people() {
    hold("seed.human", &report("seed.txt", &[]));
}

/// The JSON report, spread over lines; the version of the program is left out.
#[test]
fn seed_for_programs() {
    let mut json: serde_json::Value =
        serde_json::from_str(&report("seed.txt", &["--format", "json"])).expect("JSON");
    json["tool"]["version"] = "[version]".into();
    hold(
        "seed.json",
        &serde_json::to_string_pretty(&json).expect("JSON"),
    );
}

/// A story in the form of an agency, and a few records: the findings stand in their fields.
#[test]
fn stories_in_json() {
    hold("lima-court.json", &report("lima-court.json", &[]));
    hold("wire.jsonl", &report("wire.jsonl", &[]));
}

/// A line a finding: where it stands in the file, its rule, and what the file has there.
fn places(story: &str) -> String {
    let report = report(story, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let mut lines = Vec::new();
    for document in report["documents"].as_array().expect("documents") {
        lines.extend(document["id"].as_str().map(|id| format!("{id}:")));
        for finding in document["findings"].as_array().expect("findings") {
            let (line, column) = (&finding["line"], &finding["column"]);
            let (rule, text) = (finding["rule"].as_str(), &finding["text"]);
            lines.push(format!("{line}:{column} {} {text}", rule.expect("a rule")));
        }
    }
    lines.join("\n")
}

/// Stories as translators, agencies and newsrooms send them.
#[test]
fn stories_in_other_forms() {
    for story in [
        "catalogue.po",
        "copa-final.docx",
        "copa-final.xlf",
        "feed.rss",
        "lima-court.nitf.xml",
        "madrid-budget.newsml.xml",
        "memory.tmx",
        "pairs.tsv",
    ] {
        hold(story, &places(story));
    }
}

/// The story of `madrid-budget.txt` as a post with front matter and as a page.
#[test]
fn stories_in_markup() {
    for story in ["madrid-budget.md", "madrid-budget.html"] {
        hold(&format!("{story}.human"), &report(story, &[]));
    }
}

/// What is found in a story is found in each of its forms.
#[test]
fn the_form_of_a_story_hides_nothing() {
    let findings = |story: &str| -> Vec<(String, String)> {
        let report = report(story, &["--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
        let findings = report["documents"][0]["findings"].as_array();
        let findings = findings.expect("findings").iter();
        // A no-break space may stand for a space.
        let text = |f: &serde_json::Value| f["text"].to_string().replace('\u{a0}', " ");
        findings.map(|f| (f["rule"].to_string(), text(f))).collect()
    };
    let forms = [
        ("copa-final.txt", &["copa-final.docx"][..]),
        ("lima-court.txt", &["lima-court.json"]),
        (
            "madrid-budget.txt",
            &["madrid-budget.md", "madrid-budget.html"],
        ),
    ];
    for (plain, forms) in forms {
        let expected = findings(plain);
        assert!(expected.len() > 20);
        for form in forms {
            let found = findings(form);
            for finding in &expected {
                assert!(found.contains(finding), "{form}: {finding:?}");
            }
        }
    }
}
