//! `asador config`: what the settings are, whether they are sound, what they may be.
use super::settings::{Flags, Loaded, Setups, Source, absolute};
use super::{Exit, Failure, complain, print};
use asador::config::{self, Settings};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Shows, checks or begins the settings.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(flatten)]
    action: Action,
    /// The file or folder that the settings are for, or a settings file [default: this folder].
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    #[command(flatten)]
    source: Source,
}

/// What is done; the settings are shown unless something else is asked for.
#[derive(clap::Args)]
#[group(multiple = false)]
struct Action {
    /// Prints what holds for the path, defaults and overrides included, as a settings file.
    #[arg(long)]
    show: bool,
    /// Reads the settings and tries the examples of their lexicon entries.
    #[arg(long)]
    check: bool,
    /// Prints a JSON schema of the settings, for editors.
    #[arg(long)]
    schema: bool,
    /// Writes an asador.toml with every key, each commented out, into this folder.
    #[arg(long)]
    init: bool,
}

/// What the help of this command ends with.
const AFTER_HELP: &str = "\
Examples:
  asador config                      the settings that hold here
  asador config --show wire/a.txt    those that hold for a story
  asador config --check              whether asador.toml is sound
  asador config --schema             for an editor that knows JSON schemas";

/// Does what the arguments say.
///
/// # Errors
/// When the settings cannot be read or understood, or a file cannot be written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let action = &arguments.action;
    if action.schema {
        return print(&config::schema());
    }
    if action.init {
        return init(Path::new(config::NAME));
    }
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let loaded = loaded(path, &arguments.source)?;
    match (action.check, loaded) {
        (false, loaded) => print(&shown(path, loaded.as_deref())),
        (true, Some(loaded)) => check(&loaded),
        (true, None) => Err(Failure(format!(
            "no {} lies above {}; begin one with: asador config --init",
            config::NAME,
            path.display()
        ))),
    }
}

/// The settings file that holds for a path, or that is the path.
fn loaded(path: &Path, source: &Source) -> Result<Option<Arc<Loaded>>, Failure> {
    let path = absolute(path);
    let folder = match path.is_dir() {
        true => &path,
        false => path.parent().unwrap_or(&path),
    };
    if path.extension().is_some_and(|e| e == "toml") {
        return Loaded::read(&path, folder.to_owned()).map(|loaded| Some(Arc::new(loaded)));
    }
    Setups::new(source.clone(), Flags::default()).nearest(folder)
}

/// The settings that hold for a path.
fn shown(path: &Path, loaded: Option<&Loaded>) -> String {
    let place = path.display();
    match loaded {
        Some(loaded) => {
            let overridden = loaded.overridden(&absolute(path));
            let shown = loaded.config.shown(&overridden);
            format!("# What holds for {place}, from {}.\n{shown}", loaded.name)
        }
        None => {
            let shown = Settings::default().shown();
            format!(
                "# What holds for {place}: the defaults, for no {} lies above it.\n{shown}",
                config::NAME
            )
        }
    }
}

/// Says whether the examples of a sound settings file hold.
fn check(loaded: &Loaded) -> Result<Exit, Failure> {
    let faults = loaded.config.examine(&loaded.text);
    for fault in &faults {
        complain(&format!("{}:{fault}", loaded.name));
    }
    let examples = loaded.config.examples();
    match (faults.len(), examples) {
        (0, 0) => print(&format!("{}: sound\n", loaded.name)),
        (0, 1) => print(&format!("{}: sound, its example holds\n", loaded.name)),
        (0, _) => print(&format!(
            "{}: sound, all {examples} examples hold\n",
            loaded.name
        )),
        _ => Ok(Exit::Failed),
    }
}

/// Writes the example with every setting commented out; a file that is there is left alone.
fn init(path: &Path) -> Result<Exit, Failure> {
    let text: String = config::EXAMPLE
        .lines()
        .map(|line| match line.is_empty() || line.starts_with('#') {
            true => format!("{line}\n"),
            false => format!("#{line}\n"),
        })
        .collect();
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => print(&format!("{}: written\n", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(Failure(format!(
            "{} is there already; show what it says with: asador config",
            path.display()
        ))),
        Err(error) => Err(Failure(format!(
            "{}: cannot be written ({error})",
            path.display()
        ))),
    }
}
