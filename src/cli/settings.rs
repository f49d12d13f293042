//! Which settings hold for which file: `--config`, `--no-config`, the nearest `asador.toml`.
use super::batch::Reading;
use super::gate::GateArguments;
use super::select::Selection;
use super::{Failure, walk};
use asador::config::{self, Config, Overridden, Settings};
use asador::gate::Gate;
use asador::input::{self, Story};
use asador::suppress::{self, Policy, Problem};
use asador::{Finding, Linter};
use jiff::{ZonedDateTime, civil::Date};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Where the settings come from, as arguments.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Source {
    /// The settings for all files, instead of the nearest asador.toml; its paths count from here.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Reads no asador.toml.
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

/// What the command line says that has precedence over every file.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The rules that run.
    pub selection: Selection,
    /// What passes.
    pub gate: GateArguments,
    /// Whether comments waive nothing.
    pub no_suppress: bool,
    /// Whether what is wrong with comments fails the run.
    pub strict: bool,
}

/// What holds for a file.
pub struct Setup {
    /// The rules.
    pub linter: Linter,
    /// What its reader is told.
    pub input: input::Options,
    /// What passes.
    pub gate: Gate,
    /// Whether comments waive findings.
    suppress: bool,
    /// Whether a comment without a reason waives nothing.
    require_reason: bool,
    /// Whether what is wrong with comments fails the run.
    pub strict: bool,
}

impl Setup {
    /// What is found in a story, and what is wrong with its comments.
    pub fn findings(&self, story: &Story) -> (Vec<Finding>, Vec<Problem>) {
        let mut findings = self.linter.check(&story.document);
        let rules = self.linter.rules();
        if !self.suppress || story.notes.is_empty() {
            return (findings, Vec::new());
        }
        let policy = Policy {
            require_reason: self.require_reason,
            today: *TODAY,
        };
        let problems = suppress::apply(story, &mut findings, rules, &policy);
        (findings, problems)
    }
}

/// The day of the run, where the clock of the computer stands.
static TODAY: LazyLock<Date> = LazyLock::new(|| ZonedDateTime::now().date());

/// All settings of a run, read when they are first asked for.
pub struct Setups {
    source: Source,
    flags: Flags,
    folders: Mutex<HashMap<PathBuf, Nearest>>,
    /// Where there is no file.
    plain: Mutex<Option<Arc<Setup>>>,
}

/// The settings file that is nearest to a folder, or why it cannot be used.
type Nearest = Result<Option<Arc<Loaded>>, Failure>;

/// A settings file that was read.
pub struct Loaded {
    /// As messages show it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What it says.
    pub config: Config,
    /// Where its paths count from.
    folder: PathBuf,
    /// What was made of it.
    setups: Mutex<HashMap<Overridden, Arc<Setup>>>,
}

impl Loaded {
    /// Reads a settings file whose paths count from a folder.
    ///
    /// # Errors
    /// When it cannot be read or understood.
    pub fn read(path: &Path, folder: PathBuf) -> Result<Self, Failure> {
        let name = shown(path);
        let text = fs::read_to_string(path).map_err(|error| {
            let why = match error.kind() {
                io::ErrorKind::InvalidData => "is not UTF-8; save it as such".to_owned(),
                _ => walk::reason(&error),
            };
            Failure(format!("{name}: {why}"))
        })?;
        let config = Config::parse(&text).map_err(|fault| Failure(format!("{name}:{fault}")))?;
        Ok(Loaded {
            name,
            text,
            config,
            folder,
            setups: Mutex::default(),
        })
    }

    /// A path as the patterns of the file see it; `None` for one that lies elsewhere.
    fn inside<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        path.strip_prefix(&self.folder).ok()
    }

    /// The overrides that hold for a path.
    pub fn overridden(&self, path: &Path) -> Overridden {
        let inside = self.inside(path).unwrap_or(Path::new(""));
        self.config.overridden(inside)
    }
}

impl Setups {
    /// Settings from a source.
    pub fn new(source: Source, flags: Flags) -> Self {
        Setups {
            source,
            flags,
            folders: Mutex::default(),
            plain: Mutex::default(),
        }
    }

    /// What holds for a file.
    ///
    /// # Errors
    /// When its settings cannot be read or understood, or do not go with the command line.
    pub fn of(&self, path: &Path) -> Result<Arc<Setup>, Failure> {
        let path = absolute(path);
        let folder = path.parent().unwrap_or(&path);
        match self.nearest(folder)? {
            None => {
                let mut plain = locked(&self.plain);
                if plain.is_none() {
                    *plain = Some(Arc::new(self.setup(&Settings::default())?));
                }
                Ok(plain.clone().expect("it was made"))
            }
            Some(loaded) => {
                let overridden = loaded.overridden(&path);
                if let Some(setup) = locked(&loaded.setups).get(&overridden) {
                    return Ok(setup.clone());
                }
                let setup = self.setup(&loaded.config.settings(&overridden))?;
                let setup = Arc::new(setup);
                locked(&loaded.setups).insert(overridden, setup.clone());
                Ok(setup)
            }
        }
    }

    /// What holds for the first of the paths that are named.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn first(&self, path: &Path, reading: &Reading) -> Result<Arc<Setup>, Failure> {
        match (path.as_os_str() == "-", &reading.stdin_name) {
            (true, Some(name)) => self.of(name),
            _ => self.of(path),
        }
    }

    /// Whether the settings leave a file or folder out of a walk. Settings with a fault leave out
    /// nothing: it is reported with the first file.
    pub fn exclude(&self, path: &Path) -> bool {
        let path = absolute(path);
        let nearest = path
            .parent()
            .map_or(Ok(None), |folder| self.nearest(folder));
        match nearest {
            Ok(Some(loaded)) => loaded
                .inside(&path)
                .is_some_and(|path| loaded.config.excludes(path)),
            _ => false,
        }
    }

    /// The settings file for a folder.
    ///
    /// # Errors
    /// When it cannot be read or understood.
    pub fn nearest(&self, folder: &Path) -> Result<Option<Arc<Loaded>>, Failure> {
        if self.source.no_config {
            return Ok(None);
        }
        let mut folders = locked(&self.folders);
        if let Some(file) = &self.source.config {
            // The same for every folder.
            let here = || std::env::current_dir().unwrap_or_default();
            let read = || Loaded::read(file, here()).map(|loaded| Some(Arc::new(loaded)));
            return folders.entry(PathBuf::new()).or_insert_with(read).clone();
        }
        let mut passed = Vec::new();
        let mut nearest = Ok(None);
        for folder in folder.ancestors() {
            if let Some(known) = folders.get(folder) {
                nearest = known.clone();
                break;
            }
            passed.push(folder);
            let file = folder.join(config::NAME);
            if file.is_file() {
                nearest = Loaded::read(&file, folder.to_owned()).map(|l| Some(Arc::new(l)));
                break;
            }
        }
        for folder in passed {
            folders.insert(folder.to_owned(), nearest.clone());
        }
        nearest
    }

    /// What settings come to with the command line.
    fn setup(&self, settings: &Settings) -> Result<Setup, Failure> {
        let mut settings = settings.clone();
        settings.preview |= self.flags.selection.preview;
        let rules = self.flags.selection.rules(&settings)?;
        Ok(Setup {
            linter: settings.linter(rules),
            input: settings.input.clone(),
            gate: self.flags.gate.over(settings.gate.clone()),
            suppress: !self.flags.no_suppress,
            require_reason: settings.suppress.require_reason,
            strict: self.flags.strict || settings.suppress.strict,
        })
    }
}

/// What is behind a lock; that another thread has panicked does not matter.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A path from the root on, without `..`.
pub fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match absolute.components().any(|c| c == Component::ParentDir) {
        true => fs::canonicalize(&absolute).unwrap_or(absolute),
        false => absolute,
    }
}

/// A path as messages show it: from here on, if it lies here.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(here).unwrap_or(path);
    path.display().to_string()
}
