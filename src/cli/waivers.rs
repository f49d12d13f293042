//! Where decisions of the user lie that findings do not count: the baseline, the review ledgers.
use super::settings::{Setup, Setups};
use super::{Failure, walk};
use asador::baseline::{self, Baseline};
use asador::input::Story;
use asador::review::{self, Ledger};
use asador::{Finding, detectors};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Which baseline and ledger hold, as arguments.
#[derive(clap::Args, Debug, Default)]
#[command(next_help_heading = "Waivers")]
pub struct WaiverArguments {
    /// Does not count the findings that the baseline accepts: the nearest asador-baseline.json,
    /// here or in a folder above, or this one.
    #[arg(long, value_name = "FILE", require_equals = true)]
    pub baseline: Option<Option<PathBuf>>,
    /// The review ledger [default: the nearest asador-review.jsonl, in the folder of the story or
    /// above].
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
}

/// The decisions that hold in a run; shared by its threads.
#[derive(Default)]
pub struct Waivers {
    baseline: Option<Kept<Baseline>>,
    /// The files of the baseline that were read.
    read: Mutex<BTreeSet<String>>,
    ledgers: Ledgers,
}

/// A file of decisions with the folder that its paths begin at.
pub struct Kept<T> {
    /// The file, as the user knows it.
    pub name: String,
    folder: PathBuf,
    /// What it says.
    pub holds: T,
}

/// The ledgers of a run: one for all stories, or the nearest to each.
#[derive(Default)]
struct Ledgers {
    named: Option<Arc<Kept<Ledger>>>,
    near: Mutex<HashMap<PathBuf, Near>>,
    faults: Mutex<BTreeMap<String, String>>,
}

/// The ledger that is nearest to a folder, if there is one, or the name of one that cannot be read.
type Near = Result<Option<Arc<Kept<Ledger>>>, String>;

/// How baseline and ledger name a file.
#[derive(Clone, Default)]
pub struct Place {
    baseline: Option<String>,
    ledger: Option<(Arc<Kept<Ledger>>, String)>,
    /// The ledger that cannot be read: nobody knows what it waives.
    pub unread: Option<String>,
}

impl WaiverArguments {
    /// Reads what the arguments name.
    ///
    /// # Errors
    /// When a file that is named, or the baseline, is missing or corrupt.
    pub fn open(&self) -> Result<Waivers, Failure> {
        let baseline = match &self.baseline {
            None => None,
            Some(None) => Some(nearest_baseline().ok_or_else(|| {
                let file = baseline::FILE;
                Failure(format!(
                    "no {file} here or in a folder above; make one with: asador baseline PATH"
                ))
            })?),
            Some(Some(path)) => Some(path.clone()),
        };
        let baseline = baseline.map(|path| open_baseline(&path)).transpose()?;
        let named = self.ledger.as_ref().map(|path| open_ledger(path));
        let named = named
            .transpose()
            .map_err(|(name, why)| Failure(format!("{name}: {why}")))?;
        Ok(Waivers {
            baseline,
            ledgers: Ledgers {
                named: named.map(Arc::new),
                ..Ledgers::default()
            },
            ..Waivers::default()
        })
    }

    /// The files that the arguments name; they are no stories.
    pub fn files(&self) -> Vec<PathBuf> {
        let baseline = self.baseline.clone().flatten();
        baseline.into_iter().chain(self.ledger.clone()).collect()
    }
}

/// Whether a file holds decisions by its name, so that a walk passes it by.
pub fn is_kept(name: &OsStr) -> bool {
    name == baseline::FILE || name == review::FILE
}

/// The nearest baseline, here or in a folder above.
pub fn nearest_baseline() -> Option<PathBuf> {
    nearest(&std::env::current_dir().ok()?, baseline::FILE)
}

/// The ledger for a story: the nearest, in its folder or above.
pub fn nearest_ledger(story: &Path) -> Option<PathBuf> {
    nearest(&folder_of(story), review::FILE)
}

/// The nearest file of a name, in a folder or above; named from here where it lies below.
fn nearest(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut files = folder.ancestors().map(|folder| folder.join(name));
    let found = files.find(|file| file.is_file())?;
    let here = std::env::current_dir().unwrap_or_default();
    let from_here = found.strip_prefix(here).map(Path::to_owned);
    Some(from_here.unwrap_or(found))
}

/// Reads a baseline.
///
/// # Errors
/// When it is missing or corrupt.
pub fn open_baseline(path: &Path) -> Result<Kept<Baseline>, Failure> {
    let name = path.display().to_string();
    let fail = |why: String| Failure(format!("{name}: {why}"));
    let text = fs::read_to_string(path).map_err(|e| fail(walk::reason(&e)))?;
    let mut holds = Baseline::parse(&text).map_err(|why| {
        fail(format!(
            "is no baseline: {why}; restore it, or delete it and run asador baseline"
        ))
    })?;
    let folder = folder_of(path);
    holds.lose(|path| !folder.join(path).exists());
    Ok(Kept {
        name: name.clone(),
        folder,
        holds,
    })
}

/// Reads a ledger.
///
/// # Errors
/// With its name, when it is missing or corrupt.
pub fn open_ledger(path: &Path) -> Result<Kept<Ledger>, (String, String)> {
    let name = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => return Err((name, walk::reason(&e))),
    };
    let mut holds = match Ledger::parse(&text) {
        Ok(ledger) => ledger,
        Err((line, why)) => {
            let why = format!("line {line}: {why}; restore the ledger, lines are only ever added");
            return Err((name, why));
        }
    };
    let folder = folder_of(path);
    let paths = holds.paths().into_iter();
    let gone = paths.filter(|path| !folder.join(path).exists());
    let gone = gone.map(str::to_owned).collect();
    holds.lose(&gone);
    Ok(Kept {
        name,
        folder,
        holds,
    })
}

/// The folder of a file, without links and dots.
fn folder_of(file: &Path) -> PathBuf {
    let parent = file.parent().filter(|p| !p.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    fs::canonicalize(parent)
        .or_else(|_| std::path::absolute(parent))
        .unwrap_or_else(|_| parent.to_owned())
}

/// A file as a folder knows it, parted by `/`.
pub fn within(folder: &Path, file: &Path) -> String {
    let parent = folder_of(file);
    let name = file.file_name().unwrap_or_default();
    let mut from = folder.components().peekable();
    let mut to = parent.components().peekable();
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| OsStr::new(".."));
    let down = to.map(Component::as_os_str);
    let parts: Vec<_> = up
        .chain(down)
        .chain([name])
        .map(OsStr::to_string_lossy)
        .collect();
    parts.join("/")
}

impl<T> Kept<T> {
    /// What a file that is new says, with the folder that its paths begin at.
    pub fn new(path: &Path, holds: T) -> Self {
        Kept {
            name: path.display().to_string(),
            folder: folder_of(path),
            holds,
        }
    }

    /// How it names a file.
    pub fn path(&self, file: &Path) -> String {
        within(&self.folder, file)
    }

    /// The file that it names so.
    pub fn file(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}

/// What a lock guards; a thread that panicked under it has left it whole.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Waivers {
    /// How baseline and ledger name a file that is read under this name; `-` has no place.
    pub fn place(&self, name: &str) -> Place {
        if name == "-" {
            return Place::default();
        }
        let path = Path::new(name);
        let baseline = self.baseline.as_ref().map(|kept| kept.path(path));
        let (ledger, unread) = match self.ledgers.of(path) {
            Ok(ledger) => (ledger, None),
            Err(name) => (None, Some(name)),
        };
        Place {
            baseline,
            ledger: ledger.map(|kept| (kept.clone(), kept.path(path))),
            unread,
        }
    }

    /// Marks the findings of a story that do not count.
    pub fn apply(&self, place: &Place, story: &Story, findings: &mut [Finding]) {
        if let (Some(kept), Some(path)) = (&self.baseline, &place.baseline) {
            locked(&self.read).insert(path.clone());
            kept.holds.waive(path, story, findings);
        }
        if let Some((kept, path)) = &place.ledger {
            kept.holds.waive(path, story, findings);
        }
    }

    /// What could not be read: files and reasons, in order.
    pub fn faults(&self) -> Vec<(String, String)> {
        let faults = std::mem::take(&mut *locked(&self.ledgers.faults));
        faults.into_iter().collect()
    }

    /// What to say about entries of the baseline that match nothing any more.
    pub fn stale(&self, setups: &Setups) -> Option<String> {
        let kept = self.baseline.as_ref()?;
        let stale = kept.holds.stale(&locked(&self.read), |entry| {
            ran(setups, &kept.file(&entry.path), &entry.rule)
        });
        let noun = if stale.len() == 1 {
            "entry matches"
        } else {
            "entries match"
        };
        (!stale.is_empty()).then(|| {
            format!(
                "{}: {} {noun} nothing any more; drop with: asador baseline --prune",
                kept.name,
                stale.len()
            )
        })
    }
}

/// Whether a rule ran on a file, or is no more.
pub fn ran(setups: &Setups, file: &Path, rule: &str) -> bool {
    let on = |setup: Arc<Setup>| setup.linter.rules().iter().any(|r| r.id == rule);
    detectors::by_id(rule).is_none() || setups.of(file).is_ok_and(on)
}

impl Ledgers {
    /// The ledger for a story.
    ///
    /// # Errors
    /// With the name of the one that cannot be read.
    fn of(&self, story: &Path) -> Near {
        if let Some(named) = &self.named {
            return Ok(Some(named.clone()));
        }
        let parent = story.parent().unwrap_or(Path::new("")).to_owned();
        let mut known = locked(&self.near);
        if let Some(near) = known.get(&parent) {
            return near.clone();
        }
        let near = nearest_ledger(story).map(|path| {
            // Folders that share a ledger share it in memory, too.
            let name = path.display().to_string();
            let mut open = known.values().filter_map(|near| match near {
                Ok(Some(kept)) if kept.name == name => Some(Ok(kept.clone())),
                Err(fault) if *fault == name => Some(Err(name.clone())),
                _ => None,
            });
            open.next().unwrap_or_else(|| {
                open_ledger(&path).map(Arc::new).map_err(|(name, why)| {
                    locked(&self.faults).insert(name.clone(), why);
                    name
                })
            })
        });
        let near = near.transpose();
        known.insert(parent, near.clone());
        near
    }
}
