//! How a house writes: what fixes write, and what rules leave alone.
use crate::finding::Finding;
use crate::lexicon::inflect;
use crate::text::Document;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// The style of a house. What it does not settle, rules take from the story, or leave to the editor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Style {
    /// Whose English fixes write: its spelling, its dates and times of day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub english: Option<English>,
    /// The marks that fixes put around a quotation that is not inside another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<Quotes>,
    /// How fixes write percentages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// The order in which fixes write dates; else that of the English, else that of the story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
    /// Acronyms that every reader of the house knows: they need no explanation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub acronyms: Vec<String>,
    /// Words that the house writes in another way than fixes do, `Kyiv = "Kiev"`: its way is not
    /// reported, and fixes write it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub spellings: BTreeMap<String, String>,
}

impl Style {
    /// Adds what another style settles, which has precedence.
    pub fn add(&mut self, other: &Style) {
        self.english = other.english.or(self.english);
        self.quotes = other.quotes.or(self.quotes);
        self.percent = other.percent.or(self.percent);
        self.dates = other.dates.or(self.dates);
        self.acronyms.extend(other.acronyms.iter().cloned());
        let spellings = other.spellings.iter();
        self.spellings
            .extend(spellings.map(|(from, to)| (from.clone(), to.clone())));
    }

    /// The marks of a quotation, or of one inside another.
    pub fn marks(&self, inner: bool, straight: bool) -> (char, char) {
        let single = (self.quotes == Some(Quotes::Single)) != inner;
        match (single, straight) {
            (false, false) => ('“', '”'),
            (false, true) => ('"', '"'),
            (true, false) => ('‘', '’'),
            (true, true) => ('\'', '\''),
        }
    }

    /// Whether dates put the month first; `None` where the style leaves it open.
    pub fn month_first(&self) -> Option<bool> {
        let dates = self.dates.map(|dates| dates == Dates::MonthDay);
        dates.or(self.english.map(|english| english == English::Us))
    }
}

/// A kind of English.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum English {
    /// labor, organize; February 24, 2022; 8:30 p.m.
    Us,
    /// labour, organise; 24 February 2022; 8.30pm
    Uk,
}

/// Quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Quotes {
    /// “…”, and ‘…’ inside.
    Double,
    /// ‘…’, and “…” inside.
    Single,
}

/// Forms of percentages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Percent {
    /// 3%
    #[serde(rename = "%")]
    Sign,
    /// 3 percent
    #[serde(rename = "percent")]
    Word,
    /// 3 per cent
    #[serde(rename = "per cent")]
    Words,
}

/// Orders of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// February 24, 2022
    MonthDay,
    /// 24 February 2022
    DayMonth,
}

/// A style made ready: how words are respelt.
#[derive(Clone, Default)]
pub(crate) struct Speller {
    /// Words of the other English.
    words: HashMap<String, String>,
    /// What the house writes in another way, the longest first.
    house: Vec<(String, String)>,
}

impl Speller {
    /// A speller for a style.
    pub fn new(style: &Style) -> Self {
        let pairs = style.spellings.iter();
        let mut house: Vec<(String, String)> =
            pairs.map(|(from, to)| (from.clone(), to.clone())).collect();
        house.sort_by_key(|(from, _)| Reverse(from.len()));
        Speller {
            words: style.english.map(English::spellings).unwrap_or_default(),
            house,
        }
    }

    /// Has the fixes of a finding spell as the house does; false if the house writes just what was
    /// found, so that nothing is wrong.
    pub fn settle(&self, doc: &Document, finding: &mut Finding) -> bool {
        if self.words.is_empty() && self.house.is_empty() {
            return true;
        }
        let mut settled = true;
        for (number, fix) in finding.fixes.iter_mut().enumerate() {
            let one = fix.edits.len() == 1;
            for edit in &mut fix.edits {
                let found = doc.slice(edit.span);
                let spelt = self.spell(&edit.text, found);
                if number == 0 && one && edit.span == finding.span && spelt == found {
                    settled = edit.text == spelt;
                }
                edit.text = spelt;
            }
        }
        settled
    }

    /// The text of a fix in the spelling of the house. Words that stand in the story already are
    /// left as they are: they are not what the fix is about.
    fn spell(&self, text: &str, found: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let opens = !out.ends_with(char::is_alphanumeric);
            let phrase = self.house.iter().filter(|_| opens).find(|(from, _)| {
                let after = rest.strip_prefix(&**from);
                after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
            });
            let length = match rest.find(|c: char| !c.is_alphanumeric()) {
                Some(0) => c.len_utf8(),
                Some(end) => end,
                None => rest.len(),
            };
            let (from, to) = match phrase {
                Some((from, to)) => (&rest[..from.len()], Some(to)),
                None => (&rest[..length], self.words.get(&rest[..length])),
            };
            out.push_str(to.filter(|_| !found.contains(from)).map_or(from, |to| to));
            rest = &rest[from.len()..];
        }
        out
    }
}

impl English {
    /// Words as the other English writes them, each with the spelling of this one.
    fn spellings(self) -> HashMap<String, String> {
        let mut out = HashMap::new();
        for row in include_str!("../corpora/terms/spellings.tsv")
            .lines()
            .skip(1)
        {
            let mut cells = row.split('\t');
            let (Some(us), Some(uk), Some(only)) = (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let (from, to) = match self {
                English::Us => (uk, us),
                English::Uk if only.is_empty() => (us, uk),
                English::Uk => continue,
            };
            out.extend(forms(from).into_iter().zip(forms(to)));
        }
        out
    }
}

/// The word, or all forms of a verb in angle brackets, in the same order for every verb.
fn forms(cell: &str) -> Vec<String> {
    match cell.strip_prefix('<').and_then(|c| c.strip_suffix('>')) {
        Some(lemma) => {
            let verb = inflect::verb(lemma);
            let past = verb.past.into_iter().take(1);
            let rest = [verb.base, verb.third, verb.gerund];
            past.chain(rest).collect()
        }
        None => vec![cell.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(style: Style, text: &str, found: &str) -> String {
        Speller::new(&style).spell(text, found)
    }

    fn of(english: English) -> Style {
        Style {
            english: Some(english),
            ..Style::default()
        }
    }

    #[test]
    fn two_englishes() {
        for (uk, us) in [
            ("in favour of a programme", "in favor of a program"),
            ("organised, travelling", "organized, traveling"),
            ("the defence’s centre", "the defense’s center"),
            ("the Labour Party", "the Labour Party"),
        ] {
            assert_eq!(spelt(of(English::Us), uk, ""), us);
            assert_eq!(spelt(of(English::Uk), us, ""), uk);
        }
        assert_eq!(spelt(of(English::Us), "blank cheque", ""), "blank check");
        assert_eq!(spelt(of(English::Uk), "check", ""), "check");
        // The word is the story’s own.
        let found = spelt(of(English::Us), "“labour”", "“labour “");
        assert_eq!(found, "“labour”");
    }

    #[test]
    fn each_word_has_one_spelling() {
        for english in [English::Us, English::Uk] {
            let map = english.spellings();
            for (from, to) in &map {
                assert_ne!(from, to);
                assert!(!map.contains_key(to), "{from} → {to}");
            }
        }
    }

    #[test]
    fn the_house_has_the_last_word() {
        let spellings = [
            ("Kyiv", "Kiev"),
            ("East Timor", "Timor-Leste"),
            ("Timor", "T"),
        ];
        let own = |(from, to): (&str, &str)| (from.to_owned(), to.to_owned());
        let style = Style {
            spellings: spellings.map(own).into(),
            ..Style::default()
        };
        let spell = |text| spelt(style.clone(), text, "");
        assert_eq!(
            spell("Kyiv’s mayor in East Timor"),
            "Kiev’s mayor in Timor-Leste"
        );
        assert_eq!(spell("Kyivan Rus, Kyiv"), "Kyivan Rus, Kiev");
    }
}
