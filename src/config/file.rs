//! What may stand in `asador.toml`, table by table.
use crate::gate::{self, FailOn, Gate};
use crate::input::json::Fields;
use crate::lexicon::{Entry, compile::Place};
use crate::rule::Severity;
use crate::selector::Selector;
use crate::style::Style;
use crate::{Rule, detectors, nearest::nearest};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// The settings of asador.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "asador.toml")]
pub struct File {
    /// Also runs rules and lexicon entries that are not yet trusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preview: Option<bool>,
    /// Names and terms that are right here: nothing is reported that is one of them or lies within
    /// one. A capital asks for a capital in the text, a small letter matches both.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub accept: Vec<Spanned<String>>,
    /// Files and folders that a walk over a folder leaves out, from the folder of this file on. A
    /// pattern without a slash in it is looked for in every folder.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,
    /// What a rule, or each rule of a group, counts as. A rule by name has precedence over its group.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(schema_with = "levels")]
    pub rules: Levels,
    /// How the house writes: what fixes write, and what rules leave alone.
    pub style: Style,
    /// What passes.
    pub gate: GateTable,
    /// Comments that waive findings.
    pub suppress: Suppress,
    /// How Markdown is read.
    pub markdown: Markdown,
    /// Where the parts of a story lie in a record of JSON.
    pub json: Fields,
    /// More entries of the lexicon of a rule, in the notation of the built-in ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(schema_with = "lexicons")]
    pub lexicon: BTreeMap<Lexicon, Vec<Spanned<Phrase>>>,
    /// Other settings for some paths; of two that name a path, the later one has precedence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub r#override: Vec<Override>,
}

/// Other settings for some paths.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The files and folders, from the folder of this file on. A pattern without a slash in it is
    /// looked for in every folder.
    #[schemars(with = "Vec<String>")]
    pub paths: Vec<Spanned<String>>,
    /// As above.
    pub preview: Option<bool>,
    /// More names and terms that are right.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub accept: Vec<Spanned<String>>,
    /// As above.
    #[serde(default)]
    #[schemars(schema_with = "levels")]
    pub rules: Levels,
    /// As above; lists and tables are added to those above.
    #[serde(default)]
    pub style: Style,
    /// As above, key by key.
    #[serde(default)]
    pub gate: GateTable,
}

/// What rules and groups count as.
pub type Levels = BTreeMap<Name, Level>;

/// The name of a rule or group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Name(String);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Selector::named(&name).map(|_| Name(name))
    }
}

impl From<&Rule> for Name {
    fn from(rule: &Rule) -> Self {
        Name(rule.id.to_owned())
    }
}

impl Name {
    /// Whether it is the name of this rule.
    pub fn is_rule(&self, rule: &Rule) -> bool {
        self.0 == rule.id
    }

    /// Whether it is the name of this rule’s group.
    pub fn is_group(&self, rule: &Rule) -> bool {
        self.0 == rule.group.name()
    }
}

/// What a rule counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It does not run.
    Off,
    /// It runs with its own severity; named by its id, also where it is not yet trusted.
    On,
    /// It runs, as advice.
    Neutral,
    /// It runs, as a minor defect.
    Minor,
    /// It runs, as a major defect.
    Major,
    /// It runs, as a critical defect.
    Critical,
}

impl Level {
    /// The severity that it gives; `None` leaves the rule its own.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off | Level::On => None,
            Level::Neutral => Some(Severity::Neutral),
            Level::Minor => Some(Severity::Minor),
            Level::Major => Some(Severity::Major),
            Level::Critical => Some(Severity::Critical),
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Neutral => Level::Neutral,
            Severity::Minor => Level::Minor,
            Severity::Major => Level::Major,
            Severity::Critical => Level::Critical,
        }
    }
}

/// What passes, as far as it is said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct GateTable {
    /// No finding of this severity or worse passes, except as many as `max-…` allows.
    pub fail_on: Option<FailOn>,
    /// So many neutral findings pass.
    pub max_neutral: Option<u64>,
    /// So many minor findings pass.
    pub max_minor: Option<u64>,
    /// So many major findings pass.
    pub max_major: Option<u64>,
    /// So many critical findings pass; with `min-score` none does.
    pub max_critical: Option<u64>,
    /// The score that a story must have, from 0 to 100.
    #[serde(deserialize_with = "gate::score")]
    #[schemars(range(min = 0, max = 100))]
    pub min_score: Option<f64>,
    /// Penalty points per 1,000 words at which a story has just the score `min-score`.
    #[serde(deserialize_with = "gate::points")]
    pub tolerance: Option<f64>,
    /// Shorter stories are judged by severities alone, in words.
    pub fewest_words: Option<u64>,
}

impl GateTable {
    /// A gate with what is said here instead.
    pub fn over(&self, gate: Gate) -> Gate {
        Gate {
            fail_on: self.fail_on.unwrap_or(gate.fail_on),
            max_neutral: self.max_neutral.or(gate.max_neutral),
            max_minor: self.max_minor.or(gate.max_minor),
            max_major: self.max_major.or(gate.max_major),
            max_critical: self.max_critical.or(gate.max_critical),
            min_score: self.min_score.or(gate.min_score),
            tolerance: self.tolerance.or(gate.tolerance),
            fewest_words: self.fewest_words.unwrap_or(gate.fewest_words),
        }
    }
}

impl From<&Gate> for GateTable {
    fn from(gate: &Gate) -> Self {
        GateTable {
            fail_on: Some(gate.fail_on),
            max_neutral: gate.max_neutral,
            max_minor: gate.max_minor,
            max_major: gate.max_major,
            max_critical: gate.max_critical,
            min_score: gate.min_score,
            tolerance: gate.tolerance,
            fewest_words: Some(gate.fewest_words),
        }
    }
}

/// Comments that waive findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Suppress {
    /// A comment without a reason waives nothing.
    pub require_reason: bool,
    /// A comment that is faulty, has ended or waives nothing fails the run.
    pub strict: bool,
}

/// How Markdown is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Markdown {
    /// Keys of the front matter that are prose, besides `title`, `description` and the like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub front_matter: Vec<String>,
}

/// The id of a rule that has a lexicon.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Lexicon(String);

impl Lexicon {
    /// The lexicon of a rule that has one.
    pub fn of(rule: &str) -> Self {
        Lexicon(rule.to_owned())
    }

    /// The id of the rule.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The rules that have one.
    fn rules() -> impl Iterator<Item = &'static Rule> {
        let rules = detectors::ALL.iter().copied();
        rules.filter(|rule| !rule.lexicon.is_empty())
    }
}

impl TryFrom<String> for Lexicon {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        match Self::rules().any(|rule| rule.id == name) {
            true => Ok(Lexicon(name)),
            false => {
                let near = nearest(&name, Self::rules().map(|rule| rule.id));
                let kind = "rule with a lexicon";
                Err(crate::selector::unknown(kind, &name, near))
            }
        }
    }
}

/// An entry of a lexicon. It counts at once, without `status`; only `find` must be there.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Patterns, any of which matches.
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub find: Vec<Spanned<String>>,
    /// Replacements for the reported words, best first.
    #[serde(rename = "use", default, skip_serializing_if = "Vec::is_empty")]
    pub better: Vec<String>,
    /// What it means, where no replacement fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sense: Option<String>,
    /// The Spanish behind it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub spanish: String,
    /// Word lists whose words, seen in the sentence, make the phrase innocent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub unless: Vec<Spanned<String>>,
    /// Word lists of which the sentence must hold a word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub when: Vec<Spanned<String>>,
    /// Word lists of which the story must hold two words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub topic: Vec<Spanned<String>>,
    /// Sentences with the defect, marked `{so}` or `{so=>this}`; `asador config --check` tries them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub flag: Vec<Spanned<String>>,
    /// Sentences that are right; `asador config --check` tries them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub pass: Vec<Spanned<String>>,
}

impl Phrase {
    /// Where a part of it stands in the file.
    pub fn place(&self, part: Place) -> Range<usize> {
        let of = |list: &Vec<Spanned<String>>, number: usize| list.get(number).map(Spanned::span);
        let place = match part {
            Place::Entry => of(&self.find, 0),
            Place::Find(number) => of(&self.find, number),
            Place::List(number) => {
                let mut lists = self.unless.iter().chain(&self.when).chain(&self.topic);
                lists.nth(number).map(Spanned::span)
            }
        };
        place.unwrap_or(0..0)
    }
}

impl From<&Entry> for Phrase {
    fn from(entry: &Entry) -> Self {
        Phrase {
            find: spanned(&entry.find),
            better: entry.better.clone(),
            sense: entry.sense.clone(),
            spanish: entry.spanish.clone(),
            unless: spanned(&entry.unless),
            when: spanned(&entry.when),
            topic: spanned(&entry.topic),
            flag: spanned(&entry.flag),
            pass: spanned(&entry.pass),
        }
    }
}

impl From<&Phrase> for Entry {
    fn from(phrase: &Phrase) -> Self {
        Entry {
            find: plain(&phrase.find),
            better: phrase.better.clone(),
            sense: phrase.sense.clone(),
            spanish: phrase.spanish.clone(),
            unless: plain(&phrase.unless),
            when: plain(&phrase.when),
            topic: plain(&phrase.topic),
            status: None,
            flag: plain(&phrase.flag),
            pass: plain(&phrase.pass),
        }
    }
}

/// Strings without their places.
pub fn plain(list: &[Spanned<String>]) -> Vec<String> {
    list.iter().map(|s| s.get_ref().clone()).collect()
}

/// Strings that stand in no file.
pub fn spanned(list: &[String]) -> Vec<Spanned<String>> {
    let strings = list.iter().cloned();
    strings.map(|s| Spanned::new(0..0, s)).collect()
}

/// The schema of a table with the names of rules and groups for keys.
fn levels(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<Level>();
    table(Selector::all().map(|known| {
        let mut schema = level.clone();
        if let Selector::Rule(rule) = known {
            schema.insert("description".into(), rule.summary.into());
        }
        (known.name(), schema)
    }))
}

/// The schema of a table with the ids of rules for keys that have a lexicon.
fn lexicons(generator: &mut SchemaGenerator) -> Schema {
    let phrases = generator.subschema_for::<Vec<Phrase>>();
    table(Lexicon::rules().map(|rule| (rule.id, phrases.clone())))
}

/// The schema of a table that has no other keys.
fn table(keys: impl Iterator<Item = (&'static str, Schema)>) -> Schema {
    let keys = keys.map(|(key, schema)| (key.to_owned(), schema.to_value()));
    let properties: serde_json::Map<String, serde_json::Value> = keys.collect();
    json_schema!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}
