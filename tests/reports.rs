//! The reports on the seed article, as snapshots: read them before you accept them.
use assert_cmd::Command;

/// What `asador check` prints on the seed article.
fn report(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_asador"))
        .args(["check", "corpora/articles/seed.txt"])
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
    hold("seed.human", &report(&[]));
}

/// The JSON report, spread over lines; the version of the program is left out.
#[test]
fn seed_for_programs() {
    let mut json: serde_json::Value =
        serde_json::from_str(&report(&["--format", "json"])).expect("JSON");
    json["tool"]["version"] = "[version]".into();
    hold(
        "seed.json",
        &serde_json::to_string_pretty(&json).expect("JSON"),
    );
}
