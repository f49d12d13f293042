//! A lexicon entry as its author writes it in TOML.
use serde::Deserialize;

/// One stanza of `corpora/lexicon/<rule>.toml`; `corpora/README.md` explains the keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Patterns, any of which matches.
    pub find: Vec<String>,
    /// Replacements for the reported words, best first.
    #[serde(rename = "use", default)]
    pub better: Vec<String>,
    /// What it means, where no replacement fits.
    pub sense: Option<String>,
    /// The Spanish behind it.
    pub spanish: String,
    /// Word lists whose words, seen in the sentence, make the phrase innocent.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Word lists of which the sentence must hold a word.
    #[serde(default)]
    pub when: Vec<String>,
    /// Word lists of which the document must hold two words.
    #[serde(default)]
    pub topic: Vec<String>,
    /// `preview`, `context`, or nothing.
    pub status: Option<Status>,
    /// Marked sentences with the defect.
    pub flag: Vec<String>,
    /// Look-alike sentences that are right.
    pub pass: Vec<String>,
}

/// Whether an entry counts by default.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Only with `--preview`.
    Preview,
    /// Only where other entries show that the document is translated, or with `--preview`.
    Context,
}

/// A lexicon file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Whether hits of this lexicon show that a document is translated.
    #[serde(default)]
    pub evidence: bool,
    /// Its entries.
    #[serde(default)]
    pub entry: Vec<Entry>,
}

/// Reads a lexicon file; an empty text has no entries.
///
/// # Errors
/// Passes on what the TOML parser says, with line and column.
pub fn parse(text: &str) -> Result<File, toml::de::Error> {
    toml::from_str(text)
}

/// Reads a table of words, `corpora/terms/spanish-words.tsv`, after its first line: the forms of a
/// word, a tab, the English. What is no drop-in (`to advocate`) becomes a sense.
pub fn table(text: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let (forms, english) = line.split_once('\t')?;
        let find: Vec<String> = forms.split(' ').map(str::to_owned).collect();
        let verb = english.strip_prefix("to ");
        let drop_in = verb.is_none().then(|| english.to_owned());
        Some(Entry {
            spanish: find.first()?.clone(),
            find,
            better: drop_in.into_iter().collect(),
            sense: verb.map(str::to_owned),
            ..Entry::default()
        })
    };
    text.lines().skip(1).filter_map(entry).collect()
}
