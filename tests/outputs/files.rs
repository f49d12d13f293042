//! Where reports go: `--output`, several in one run, whole or not at all.
use super::root;
use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Output, Stdio};
use tempfile::TempDir;

fn asador(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_asador"))
        .arg("check")
        .args(args)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("a.txt"), "The OTSC met in Yerevan.\n").expect("a file");
    fs::write(
        folder.path().join("b.txt"),
        "The mayor opened the library.\n",
    )
    .expect("a file");
    folder
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<String> = entries
        .map(|e| name(e).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

const FORMATS: [&str; 13] = [
    "human",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjsonl",
    "marot",
    "its",
    "markdown",
    "html",
];

#[test]
fn all_formats_in_one_run_are_those_of_single_runs() {
    let args = ["corpora/articles", "corpora/clean/own-01.txt"];
    let folder = TempDir::new().expect("a folder");
    let file = |format: &str| folder.path().join(format);
    let outputs = FORMATS.map(|format| format!("{format}:{}", file(format).display()));
    let mut all: Vec<&str> = args.to_vec();
    outputs
        .iter()
        .for_each(|output| all.extend(["--output", output]));
    let output = asador(root(), &all);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert_eq!(
        names(folder.path()).len(),
        FORMATS.len(),
        "nothing else is left"
    );
    for format in FORMATS {
        let single = asador(root(), &[&args[..], &["--format", format]].concat());
        let written = fs::read(file(format)).expect("a report");
        assert!(!written.is_empty() && written == single.stdout, "{format}");
    }
}

#[test]
fn a_report_beside_the_one_on_the_standard_output() {
    let dir = folder();
    let output = asador(
        dir.path(),
        &["a.txt", "-o", "sarif:a.sarif", "-o", "json:a.json"],
    );
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("[spanish-acronym]"), "{shown}");
    for file in ["a.sarif", "a.json"] {
        let text = fs::read_to_string(dir.path().join(file)).expect("a report");
        serde_json::from_str::<Value>(&text).expect("JSON");
    }
    let quiet = asador(dir.path(), &["a.txt", "-q", "-o", "github:a.github"]);
    assert!(quiet.stdout.is_empty());
    assert!(dir.path().join("a.github").exists());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let dir = folder();
    let refused = |args: &[&str], message: &str| {
        let output = asador(dir.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(err(&output), format!("asador: {message}\n"));
    };
    refused(
        &["a.txt", "-o", "saarif:x"],
        "no format is called “saarif”; did you mean “sarif”? For a file of this name write ./saarif:x",
    );
    refused(
        &["a.txt", "-o", "sarif:"],
        "sarif: names no file; write sarif:FILE",
    );
    refused(
        &["a.txt", "-o", "json:x", "-o", "sarif:./x"],
        "./x: two reports would go there; give each its own file",
    );
    refused(
        &["b.txt", "a.txt", "-o", "./a.txt"],
        "./a.txt: this is to be checked; write the report elsewhere",
    );
    assert_eq!(names(dir.path()), ["a.txt", "b.txt"], "nothing was written");
    let kept = fs::read_to_string(dir.path().join("a.txt")).expect("the story");
    assert_eq!(kept, "The OTSC met in Yerevan.\n");
    let colon = asador(dir.path(), &["a.txt", "-o", "C:x"]);
    assert_eq!(colon.status.code(), Some(1), "{}", err(&colon));
    assert!(dir.path().join("C:x").exists());
}

/// A run that fails in the middle leaves the report of the last one, and nothing else.
#[cfg(unix)]
#[test]
fn a_report_appears_whole_or_not_at_all() {
    let dir = folder();
    fs::write(dir.path().join("r.json"), "the last one").expect("a file");
    let full = Path::new("/dev/full");
    if full.exists() {
        let output = asador(
            dir.path(),
            &["a.txt", "-o", "json:r.json", "-o", "sarif:/dev/full"],
        );
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("/dev/full: "), "{}", err(&output));
        let kept = fs::read_to_string(dir.path().join("r.json")).expect("a report");
        assert_eq!(kept, "the last one");
        assert_eq!(names(dir.path()), ["a.txt", "b.txt", "r.json"]);
    }
    let output = asador(dir.path(), &["a.txt", "-o", "json:no/such/r.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).starts_with("asador: no/such/r.json: the report cannot be written there"));
}

#[cfg(unix)]
#[test]
fn permissions_links_and_devices() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = folder();
    let path = |name: &str| dir.path().join(name);
    fs::write(path("old.json"), "").expect("a file");
    fs::set_permissions(path("old.json"), fs::Permissions::from_mode(0o640)).expect("permissions");
    std::os::unix::fs::symlink("old.json", path("link.json")).expect("a link");
    fs::write(path("plain"), "").expect("a file");
    let args = [
        "a.txt",
        "-o",
        "json:link.json",
        "-o",
        "json:new.json",
        "-o",
        "json:/dev/null",
    ];
    assert_eq!(asador(dir.path(), &args).status.code(), Some(1));
    let mode = |name: &str| {
        fs::metadata(path(name))
            .expect("a file")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(mode("old.json"), 0o640, "permissions stay");
    assert_eq!(
        mode("new.json"),
        mode("plain"),
        "a new file is as others are"
    );
    assert!(
        fs::symlink_metadata(path("link.json"))
            .expect("a link")
            .is_symlink()
    );
    assert!(!fs::read(path("old.json")).expect("a report").is_empty());
}

/// Whoever reads the standard output may leave; the files are still written.
#[cfg(unix)]
#[test]
fn a_closed_pipe_does_not_spoil_the_files() {
    let dir = folder();
    for i in 0..400 {
        fs::copy(
            dir.path().join("a.txt"),
            dir.path().join(format!("c{i:03}.txt")),
        )
        .expect("a copy");
    }
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_asador"))
        .args(["check", ".", "--format", "json", "-o", "gitlab:all.gitlab"])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut pipe = child.stdout.take().expect("a pipe");
    pipe.read_exact(&mut [0; 10]).expect("a start");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), err(&output)), (Some(1), ""));
    let text = fs::read_to_string(dir.path().join("all.gitlab")).expect("a report");
    let issues: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(issues.as_array().map(Vec::len), Some(401));
}

/// A comment on GitHub takes so much and no more; what is left out is counted.
#[test]
fn markdown_fits_into_a_comment() {
    let dir = folder();
    for i in 0..400 {
        fs::copy(
            dir.path().join("a.txt"),
            dir.path().join(format!("c{i:03}.txt")),
        )
        .expect("a copy");
    }
    let output = asador(dir.path(), &[".", "--format", "markdown"]);
    let report = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(report.len() < 65_536, "{} bytes", report.len());
    let shown = report.matches("<details>").count();
    let left_out = 401 - shown;
    assert!(shown > 50 && left_out > 0);
    assert!(report.ends_with(&format!("… and {left_out} more stories with findings\n")));
}
