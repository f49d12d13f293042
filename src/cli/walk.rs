//! Which files a run reads: files as named, folders walked, the standard input.
use super::settings::Setups;
use super::waivers::is_kept;
use asador::input::Format;
use asador::nearest::nearest;
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The standard input.
    Stdin,
    /// A file that the user named.
    File(PathBuf),
    /// A file that was found in a folder.
    Walked(PathBuf),
}

impl Target {
    /// How reports call it.
    pub fn name(&self) -> String {
        match self {
            Target::Stdin => "-".to_owned(),
            Target::File(path) | Target::Walked(path) => shown(path),
        }
    }
}

/// Why a path gives nothing to read: the path as shown, what is wrong and the remedy.
pub type Miss = (String, String);

/// A path as reports show it.
fn shown(path: &Path) -> String {
    let inner = path.strip_prefix(".").unwrap_or(path);
    let path = if inner.as_os_str().is_empty() {
        path
    } else {
        inner
    };
    path.display().to_string()
}

/// What is named on the command line, or the standard input if nothing is named and it is not a
/// terminal; `None` if it is one.
pub fn named(paths: &[PathBuf]) -> Option<Vec<PathBuf>> {
    if !paths.is_empty() {
        return Some(paths.to_vec());
    }
    (!io::stdin().is_terminal()).then(|| vec![PathBuf::from("-")])
}

/// The files of the named paths: paths in the order given, the files of a folder by name. Folders
/// are read as the walk goes, so that an archive of any size costs no memory.
pub fn targets(
    paths: Vec<PathBuf>,
    leave_out: &[PathBuf],
    setups: &Arc<Setups>,
) -> impl Iterator<Item = Result<Target, Miss>> {
    // A file that is named and also lies in a named folder is checked once, where it is named.
    let named: HashSet<PathBuf> = paths
        .iter()
        .chain(leave_out)
        .map(|path| plain(path))
        .collect();
    let mut seen = HashSet::new();
    let setups = setups.clone();
    paths
        .into_iter()
        .filter(move |path| seen.insert(plain(path)))
        .flat_map(
            move |path| -> Box<dyn Iterator<Item = Result<Target, Miss>>> {
                if path.as_os_str() == "-" {
                    return Box::new(std::iter::once(Ok(Target::Stdin)));
                }
                match fs::metadata(&path) {
                    Ok(metadata) if metadata.is_dir() => {
                        Box::new(folder(&path, named.clone(), setups.clone()))
                    }
                    Ok(_) => Box::new(std::iter::once(Ok(Target::File(path)))),
                    Err(error) => {
                        let why = if error.kind() == io::ErrorKind::NotFound {
                            missing(&path)
                        } else {
                            reason(&error)
                        };
                        Box::new(std::iter::once(Err((shown(&path), why))))
                    }
                }
            },
        )
}

/// A path without the parts that mean nothing.
pub fn plain(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| !matches!(part, std::path::Component::CurDir))
        .collect()
}

/// The files of a folder that asador can read, without hidden and ignored ones and those that the
/// settings exclude.
fn folder(
    root: &Path,
    named: HashSet<PathBuf>,
    setups: Arc<Setups>,
) -> impl Iterator<Item = Result<Target, Miss>> + use<> {
    let mut walk = WalkBuilder::new(root);
    walk.require_git(false)
        .sort_by_file_name(OsStr::cmp)
        .filter_entry(move |entry| {
            let path = entry.path();
            let left_out = || {
                named.contains(&plain(path)) || is_kept(entry.file_name()) || setups.exclude(path)
            };
            entry.depth() == 0 || !left_out()
        });
    let root = shown(root);
    let mut empty = true;
    let mut walk = walk.build();
    std::iter::from_fn(move || {
        for entry in walk.by_ref() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|t| !t.is_dir()) => {
                    if Format::is_readable(entry.path()) {
                        empty = false;
                        return Some(Ok(Target::Walked(entry.into_path())));
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    empty = false;
                    return Some(Err(walk_error(&root, &error)));
                }
            }
        }
        if std::mem::take(&mut empty) {
            let why = format!(
                "holds no story (a file *.{} that is neither hidden nor ignored nor excluded); name a file to read it whatever its ending",
                endings().join(", *.")
            );
            return Some(Err((root.clone(), why)));
        }
        None
    })
}

/// The endings of files that a walk reads.
fn endings() -> Vec<&'static str> {
    let known = Format::NAMES.iter().flat_map(|(.., endings)| *endings);
    known.chain(&["xml"]).copied().collect()
}

fn walk_error(root: &str, error: &ignore::Error) -> Miss {
    if let ignore::Error::WithPath { path, err } = error
        && let Some(error) = err.io_error()
    {
        return (shown(path), reason(error));
    }
    (root.to_owned(), error.to_string())
}

/// What to say about a path that does not exist.
fn missing(path: &Path) -> String {
    let none = "no such file or folder";
    let folder = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return none.to_owned(),
    };
    let Ok(entries) = fs::read_dir(folder) else {
        return format!("{none}; the folder {} does not exist either", shown(folder));
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    match nearest(&name, names) {
        Some(near) => {
            let near = path.with_file_name(near);
            format!("{none}; did you mean {}?", near.display())
        }
        None => format!("{none}; check the spelling"),
    }
}

/// An error of the system in plain words, with a remedy.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "may not be read; check its permissions".to_owned(),
        io::ErrorKind::NotFound => "is gone; was it moved while asador ran?".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder; name it on its own".to_owned(),
        _ => format!("cannot be read ({error}); check the disk or the path"),
    }
}
