//! What a rule is: one value that holds its name, its reason, its examples and its check.
use crate::finding::Sink;
use crate::text::Document;
use serde::Serialize;

/// A rule. It lives in one file, `src/detectors/<group>/<id>.rs`, and is listed in `detectors::ALL`.
pub struct Rule {
    /// Kebab-case, names the defect; also the file name. Stable once released.
    pub id: &'static str,
    /// What kind of defect it is; also the folder.
    pub group: Group,
    /// How much harm the defect does.
    pub severity: Severity,
    /// Whether it is on by default: only with a measured precision of 0.95 or more.
    pub status: Status,
    /// Error type of the MQM core typology (MQM Council, 2024).
    pub mqm: Mqm,
    /// One sentence: the line of a report and of the table of rules.
    pub summary: &'static str,
    /// What the Spanish or the pipeline does, and what English news needs.
    pub why: &'static str,
    /// Sentences with the defect: `"The {actual=>current} president resigned."`
    pub flag: &'static [&'static str],
    /// Sentences that look alike and are right.
    pub pass: &'static [&'static str],
    /// The text of `corpora/lexicon/<id>.toml`, or "" when the rule is all code.
    pub lexicon: &'static str,
    /// Looks at a document and reports. It cannot fail.
    pub check: fn(&Document, &mut Sink),
}

/// The kinds of defects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Quotation marks and other marks.
    Typography,
    /// Numbers, dates, money and capitals in the Spanish manner.
    Locale,
    /// Text cut, glued, repeated, or mixed with the page around it.
    Structure,
    /// Marks of machines: markup, encodings, placeholders.
    Debris,
    /// Words and phrases taken over from Spanish.
    Lexis,
    /// Names of bodies and offices, and their acronyms.
    Terms,
    /// Names of people and places.
    Names,
    /// Spanish syntax.
    Grammar,
    /// What differs from the Spanish beside it.
    Fidelity,
}

impl Group {
    /// Every group, in the order of reports.
    pub const ALL: [Group; 9] = [
        Group::Typography,
        Group::Locale,
        Group::Structure,
        Group::Debris,
        Group::Lexis,
        Group::Terms,
        Group::Names,
        Group::Grammar,
        Group::Fidelity,
    ];

    /// The word for it in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Group::Typography => "typography",
            Group::Locale => "locale",
            Group::Structure => "structure",
            Group::Debris => "debris",
            Group::Lexis => "lexis",
            Group::Terms => "terms",
            Group::Names => "names",
            Group::Grammar => "grammar",
            Group::Fidelity => "fidelity",
        }
    }
}

/// MQM’s severity levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Advice; never fails a run.
    Neutral,
    /// Noticed, but neither misleading nor hard to read.
    Minor,
    /// Hard to read, or in part misleading.
    Major,
    /// Not fit to print.
    Critical,
}

impl Severity {
    /// Every level, the mildest first.
    pub const ALL: [Severity; 4] = [
        Severity::Neutral,
        Severity::Minor,
        Severity::Major,
        Severity::Critical,
    ];

    /// The word for it in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Neutral => "neutral",
            Severity::Minor => "minor",
            Severity::Major => "major",
            Severity::Critical => "critical",
        }
    }

    /// MQM’s penalty points.
    pub fn weight(self) -> u32 {
        match self {
            Severity::Neutral => 0,
            Severity::Minor => 1,
            Severity::Major => 5,
            Severity::Critical => 25,
        }
    }
}

/// Whether a rule is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// On by default.
    Stable,
    /// Only with `--preview`.
    Preview,
}

/// Error types of the MQM core typology that the rules use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Mqm {
    Mistranslation,
    Untranslated,
    DoNotTranslate,
    Addition,
    Omission,
    WrongTerm,
    InconsistentTerm,
    Grammar,
    Punctuation,
    Spelling,
    CharacterEncoding,
    TextualConventions,
    Unidiomatic,
    InconsistentStyle,
    NumberFormat,
    CurrencyFormat,
    DateFormat,
    TimeFormat,
    LocalePunctuation,
    LocaleName,
    Markup,
    Truncation,
    Layout,
}

impl Mqm {
    /// Dimension and error type, as in the MQM core typology.
    pub fn name(self) -> &'static str {
        match self {
            Mqm::Mistranslation => "accuracy/mistranslation",
            Mqm::Untranslated => "accuracy/untranslated",
            Mqm::DoNotTranslate => "accuracy/do-not-translate",
            Mqm::Addition => "accuracy/addition",
            Mqm::Omission => "accuracy/omission",
            Mqm::WrongTerm => "terminology/wrong-term",
            Mqm::InconsistentTerm => "terminology/inconsistent-use-of-terminology",
            Mqm::Grammar => "linguistic-conventions/grammar",
            Mqm::Punctuation => "linguistic-conventions/punctuation",
            Mqm::Spelling => "linguistic-conventions/spelling",
            Mqm::CharacterEncoding => "linguistic-conventions/character-encoding",
            Mqm::TextualConventions => "linguistic-conventions/textual-conventions",
            Mqm::Unidiomatic => "style/unidiomatic-style",
            Mqm::InconsistentStyle => "style/inconsistent-style",
            Mqm::NumberFormat => "locale-conventions/number-format",
            Mqm::CurrencyFormat => "locale-conventions/currency-format",
            Mqm::DateFormat => "locale-conventions/date-format",
            Mqm::TimeFormat => "locale-conventions/time-format",
            Mqm::LocalePunctuation => "locale-conventions/quote-mark-type",
            Mqm::LocaleName => "locale-conventions/name-format",
            Mqm::Markup => "design-and-markup/markup",
            Mqm::Truncation => "design-and-markup/truncation",
            Mqm::Layout => "design-and-markup/layout",
        }
    }
}

impl Serialize for Mqm {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
