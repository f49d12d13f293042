//! Runs the program in a folder made for a test.
#![allow(dead_code)] // Each test program takes what it needs.
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A folder with these files.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

/// The same, of texts.
pub fn texts(files: &[(&str, &str)]) -> TempDir {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
    folder(&files)
}

/// How a run ended.
pub fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

/// What a run said.
pub fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

/// What a run complained about.
pub fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

/// What came of a run.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

fn ran(output: &Output) -> Ran {
    Ran {
        code: code(output),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The program, to be run in a folder.
pub fn asador(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_asador"));
    command.args(args).current_dir(folder).env("COLUMNS", "100");
    command
}

/// Runs the program in a folder, for those who look at its bytes.
pub fn output_of(folder: &Path, args: &[&str]) -> Output {
    asador(folder, args).output().expect("it runs")
}

/// Runs the program in a folder.
pub fn run(folder: &Path, args: &[&str]) -> Ran {
    ran(&output_of(folder, args))
}

/// Runs it with something on the standard input.
pub fn pipe(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut command = asador(folder, args);
    ran(&command.write_stdin(input).output().expect("it runs"))
}

/// A file of the folder.
pub fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a file in UTF-8")
}
