//! The settings of a user: what `asador.toml` says, and what it means for a path.
use crate::gate::Gate;
use crate::input;
use crate::lexicon::Entry;
use crate::lexicon::own::{Own, Phrase as Compiled};
use crate::rule::{Rule, Severity, Status};
use crate::style::Style;
use crate::{Linter, detectors, example};
use file::{File, GateTable, Level, Levels, Lexicon, Phrase, Suppress};
use paths::Paths;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;

mod fault;
pub mod file;
mod paths;

pub use fault::Fault;

/// A settings file that shows every key, with what it is for.
pub const EXAMPLE: &str = include_str!("config/example.toml");

/// The name of the file.
pub const NAME: &str = "asador.toml";

/// A settings file that was read and found sound.
#[derive(Clone, Debug)]
pub struct Config {
    file: File,
    exclude: Paths,
    /// Of each override.
    paths: Vec<Paths>,
}

/// What holds for a path.
#[derive(Clone)]
pub struct Settings {
    /// Whether rules and lexicon entries run that are not yet trusted.
    pub preview: bool,
    /// How the house writes.
    pub style: Style,
    /// Names and terms that are right.
    pub accept: Vec<String>,
    /// What passes.
    pub gate: Gate,
    /// How comments waive findings.
    pub suppress: Suppress,
    /// How files are read.
    pub input: input::Options,
    /// Of each rule, in the order of [`detectors::ALL`].
    rulings: Vec<Ruling>,
    /// Entries of the user, each with its rule.
    entries: Vec<(String, Entry)>,
}

/// What becomes of a rule.
#[derive(Clone, Copy)]
struct Ruling {
    /// Whether it runs; `None` if its status decides.
    runs: Option<bool>,
    severity: Severity,
}

/// Which overrides of a file hold for a path, in their order.
pub type Overridden = Vec<bool>;

impl Config {
    /// Reads a settings file.
    ///
    /// # Errors
    /// When it is no TOML, has an unknown key, value or name, or an entry, term or pattern of paths
    /// that cannot be understood.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let file: File = toml::from_str(text).map_err(|error| Fault::of(text, &error))?;
        let paths = |patterns: &[Spanned<String>]| {
            Paths::new(patterns).map_err(|(at, why)| Fault::new(text, at, why))
        };
        let config = Config {
            exclude: paths(&file.exclude)?,
            paths: file
                .r#override
                .iter()
                .map(|o| paths(&o.paths))
                .collect::<Result<_, _>>()?,
            file,
        };
        match config.misunderstood() {
            Some((at, why)) => Err(Fault::new(text, at, why)),
            None => Ok(config),
        }
    }

    /// What the file says.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Whether a walk leaves out a path, which is given from the folder of the file on.
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude.hold(path)
    }

    /// The overrides that hold for a path, which is given from the folder of the file on.
    pub fn overridden(&self, path: &Path) -> Overridden {
        self.paths.iter().map(|paths| paths.hold(path)).collect()
    }

    /// What holds where these overrides do.
    pub fn settings(&self, overridden: &Overridden) -> Settings {
        let file = &self.file;
        let mut settings = Settings {
            suppress: file.suppress,
            entries: self
                .entries()
                .map(|(rule, p)| (rule.to_owned(), p.into()))
                .collect(),
            ..Settings::default()
        };
        settings.input.front_matter = file.markdown.front_matter.clone();
        settings.input.fields = file.json.clone();
        settings.add(
            file.preview,
            &file.accept,
            &file.rules,
            &file.style,
            &file.gate,
        );
        let overrides = file.r#override.iter().zip(overridden);
        for (o, _) in overrides.filter(|(_, holds)| **holds) {
            settings.add(o.preview, &o.accept, &o.rules, &o.style, &o.gate);
        }
        settings
    }

    /// The entries of all lexicons, each with its rule.
    fn entries(&self) -> impl Iterator<Item = (&str, &Phrase)> {
        let lexicons = self.file.lexicon.iter();
        lexicons.flat_map(|(name, phrases)| phrases.iter().map(|p| (name.as_str(), p.get_ref())))
    }

    /// The first entry or term that cannot be understood.
    fn misunderstood(&self) -> Option<(Range<usize>, String)> {
        let mut phrases = self.file.lexicon.values().flatten();
        if let Some(empty) = phrases.find(|p| p.get_ref().find.is_empty()) {
            return Some((
                empty.span(),
                "the entry finds nothing; give it a pattern".to_owned(),
            ));
        }
        let overrides = self.file.r#override.iter().flat_map(|o| &o.accept);
        let terms: Vec<&Spanned<String>> = self.file.accept.iter().chain(overrides).collect();
        let entries: Vec<(&str, &Phrase, Entry)> = self
            .entries()
            .map(|(rule, p)| (rule, p, p.into()))
            .collect();
        let compiled = entries
            .iter()
            .map(|(rule, _, entry)| Compiled::Entry(rule, entry));
        let accepted = terms.iter().map(|term| Compiled::Accepted(term.get_ref()));
        let all: Vec<Compiled> = compiled.chain(accepted).collect();
        let (number, fault) = Own::compile(&all).err()?.into_iter().next()?;
        let at = match entries.get(number) {
            Some((_, phrase, _)) => phrase.place(fault.at),
            None => terms[number - entries.len()].span(),
        };
        Some((at, fault.what))
    }

    /// Tries the examples of the user’s entries, each entry with all others of its rule; what does
    /// not hold, with its place in the text of the file.
    pub fn examine(&self, text: &str) -> Vec<Fault> {
        let settings = self.settings(&vec![false; self.paths.len()]);
        let mut faults = Vec::new();
        for (name, phrases) in &self.file.lexicon {
            let rule = detectors::by_id(name.as_str()).map(|rule| (rule, rule.severity));
            let alone = settings.linter(rule);
            let mut hold = |example: &Spanned<String>, result: Result<(), String>| {
                if let Err(why) = result {
                    faults.push(Fault::new(text, example.span(), why));
                }
            };
            for phrase in phrases.iter().map(Spanned::get_ref) {
                for source in &phrase.flag {
                    hold(source, example::try_flagged(&alone, source.get_ref()));
                }
                for source in &phrase.pass {
                    hold(source, example::try_passed(&alone, source.get_ref()));
                }
            }
        }
        faults
    }

    /// How many examples there are to try.
    pub fn examples(&self) -> usize {
        let phrases = self.entries().map(|(_, phrase)| phrase);
        phrases.map(|p| p.flag.len() + p.pass.len()).sum()
    }

    /// What holds where these overrides do, as a settings file of its own.
    pub fn shown(&self, overridden: &Overridden) -> String {
        let mut file = self.settings(overridden).file();
        file.exclude = self.file.exclude.clone();
        toml(&file)
    }
}

impl Default for Settings {
    fn default() -> Self {
        let ruling = |rule: &&Rule| Ruling {
            runs: None,
            severity: rule.severity,
        };
        Settings {
            preview: false,
            style: Style::default(),
            accept: Vec::new(),
            gate: Gate::default(),
            suppress: Suppress::default(),
            input: input::Options::default(),
            rulings: detectors::ALL.iter().map(ruling).collect(),
            entries: Vec::new(),
        }
    }
}

impl Settings {
    /// Adds what has precedence over what was said so far.
    fn add(
        &mut self,
        preview: Option<bool>,
        accept: &[Spanned<String>],
        levels: &Levels,
        style: &Style,
        gate: &GateTable,
    ) {
        self.preview = preview.unwrap_or(self.preview);
        self.accept.extend(file::plain(accept));
        self.style.add(style);
        self.gate = gate.over(self.gate.clone());
        for (rule, ruling) in detectors::ALL.iter().zip(&mut self.rulings) {
            let group = levels.iter().find(|(name, _)| name.is_group(rule));
            let id = levels.iter().find(|(name, _)| name.is_rule(rule));
            for (name, &level) in group.into_iter().chain(id) {
                // A group turns its rules off and on, but does not make them trusted.
                ruling.runs = match level {
                    Level::Off => Some(false),
                    _ if name.is_rule(rule) => Some(true),
                    _ => None,
                };
                ruling.severity = level.severity().unwrap_or(rule.severity);
            }
        }
    }

    /// All rules: whether each runs, `None` if its status decides, and its severity.
    pub fn rules(&self) -> impl Iterator<Item = (&'static Rule, Option<bool>, Severity)> {
        let rules = detectors::ALL.iter().zip(&self.rulings);
        rules.map(|(&rule, ruling)| (rule, ruling.runs, ruling.severity))
    }

    /// A linter of these rules with these severities, in the style and with the words of the user.
    pub fn linter(&self, rules: impl IntoIterator<Item = (&'static Rule, Severity)>) -> Linter {
        let linter = Linter::with_severities(rules, self.preview).style(self.style.clone());
        let entries = self
            .entries
            .iter()
            .map(|(rule, e)| Compiled::Entry(rule, e));
        let accepted = self.accept.iter().map(|term| Compiled::Accepted(term));
        let phrases: Vec<Compiled> = entries.chain(accepted).collect();
        if phrases.is_empty() {
            return linter;
        }
        match Own::compile(&phrases) {
            Ok(own) => linter.own(own),
            // `Config::parse` has compiled the same phrases.
            Err(_) => linter,
        }
    }

    /// The settings as a file.
    fn file(&self) -> File {
        let level = |(rule, runs, severity): (&'static Rule, Option<bool>, Severity)| {
            let on = runs.unwrap_or(self.preview || rule.status == Status::Stable);
            let level = if on { severity.into() } else { Level::Off };
            (rule.into(), level)
        };
        let mut file = File {
            preview: Some(self.preview),
            accept: file::spanned(&self.accept),
            rules: self.rules().map(level).collect(),
            style: self.style.clone(),
            gate: (&self.gate).into(),
            suppress: self.suppress,
            ..File::default()
        };
        file.markdown.front_matter = self.input.front_matter.clone();
        file.json = self.input.fields.clone();
        for (rule, entry) in &self.entries {
            let phrases = file.lexicon.entry(Lexicon::of(rule)).or_default();
            phrases.push(Spanned::new(0..0, entry.into()));
        }
        file
    }

    /// The settings as a file of their own.
    pub fn shown(&self) -> String {
        toml(&self.file())
    }
}

/// A file as TOML.
fn toml(file: &File) -> String {
    // It fails only for maps with other keys than strings; there are none.
    toml::to_string_pretty(file).unwrap_or_default()
}

/// The JSON schema of the file, for editors.
pub fn schema() -> String {
    let schema = schemars::schema_for!(File);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests;
