//! Which files differ from a revision of git: `--changed-since`.
use super::Failure;
use super::walk::{self, Miss, Target};
use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::Command;

/// The files that differ from a revision, those that git does not know yet included.
pub struct Changed(HashSet<PathBuf>);

impl Changed {
    /// Asks git about the files at these paths.
    ///
    /// # Errors
    /// When there is no git, no repository or no such revision; with the remedy.
    pub fn since(revision: &str, paths: &[PathBuf]) -> Result<Self, Failure> {
        let root = git(&["rev-parse", "--show-toplevel"], &[])?;
        let root = names(&root, b'\n').next().unwrap_or_default();
        let commit = format!("{revision}^{{commit}}");
        let known = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        if git(&[&known[..], &[&commit]].concat(), &[]).is_err() {
            return Err(Failure(format!(
                "git knows no revision “{revision}”; name a branch, tag or commit, and fetch it first if the clone is shallow"
            )));
        }
        let differ = [
            "diff",
            "--no-relative",
            "--name-only",
            "--diff-filter=d",
            "-z",
            revision,
        ];
        let new = [
            "ls-files",
            "--others",
            "--exclude-standard",
            "--full-name",
            "-z",
        ];
        let mut files = HashSet::new();
        for list in [&differ[..], &new] {
            let list = git(list, paths)?;
            let paths = names(&list, 0).map(|name| root.join(name));
            files.extend(paths.filter_map(|path| fs::canonicalize(path).ok()));
        }
        Ok(Changed(files))
    }

    /// Whether a target is to be checked; what is not there is told as always.
    pub fn holds(&self, target: &Result<Target, Miss>) -> bool {
        match target {
            Ok(Target::File(path) | Target::Walked(path)) => {
                fs::canonicalize(path).is_ok_and(|path| self.0.contains(&path))
            }
            Ok(Target::Stdin) | Err(_) => true,
        }
    }
}

/// What git prints; all paths are taken as they are written.
fn git(arguments: &[&str], paths: &[PathBuf]) -> Result<Vec<u8>, Failure> {
    let mut command = Command::new("git");
    command.arg("--literal-pathspecs").args(arguments);
    if !paths.is_empty() {
        command.arg("--").args(paths);
    }
    let output = command.output().map_err(|e| {
        Failure(match e.kind() {
            io::ErrorKind::NotFound => {
                "git is not on the path; --changed-since asks it which files differ".to_owned()
            }
            _ => format!("git cannot be run: {}", walk::reason(&e)),
        })
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it failed");
    let said = said.strip_prefix("fatal: ").unwrap_or(said);
    Err(Failure(format!(
        "git: {said}; --changed-since goes with files in a repository"
    )))
}

/// The paths in a list of git’s.
fn names(list: &[u8], end: u8) -> impl Iterator<Item = PathBuf> {
    let names = list
        .split(move |&b| b == end)
        .filter(|name| !name.is_empty());
    names.map(|name| PathBuf::from(os(name)))
}

#[cfg(unix)]
fn os(name: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt as _;
    std::ffi::OsStr::from_bytes(name).to_owned()
}

#[cfg(not(unix))]
fn os(name: &[u8]) -> OsString {
    String::from_utf8_lossy(name).into_owned().into()
}
