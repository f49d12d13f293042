//! Turns entries and word lists into the blob that the matcher reads.
use super::entry::{Entry, Status};
use super::notation::{self, Case, Literal, Sequence, Test};
use crate::blob::{self, Section, Writer};
use crate::tokenizer;
use std::collections::{BTreeMap, BTreeSet};

/// A word list of `corpora/words`.
pub struct List {
    /// The file name without its ending.
    pub name: String,
    /// Its words, in the form in which words are compared.
    pub words: Vec<String>,
    /// Whether patterns may use it as a slot; topic lists are for guards only.
    pub slot: bool,
}

/// All that goes into a blob.
#[derive(Default)]
pub struct Source {
    /// Lexicons by rule id, sorted.
    pub lexicons: Vec<(String, Vec<Entry>)>,
    /// Word lists, sorted by name.
    pub lists: Vec<List>,
    /// How often a word stands in English text, in some unit; words not named are rare.
    pub frequency: BTreeMap<String, u32>,
}

/// Kinds of elements in the blob.
pub mod element {
    #![allow(missing_docs)]
    pub const WORD: u32 = 0;
    pub const SET: u32 = 1;
    pub const CLASS: u32 = 2;
    pub const NUMBER: u32 = 3;
    pub const NAME: u32 = 4;
    pub const DETERMINER: u32 = 5;
    pub const GAP: u32 = 6;
    pub const MARK: u32 = 7;
    pub const NOT: u32 = 8;
    pub const START: u32 = 9;
    pub const END: u32 = 10;
    pub const NOT_BEFORE: u32 = 11;
    /// Set on top of the kind when the element may be missing.
    pub const OPTIONAL: u32 = 0x100;
    /// A word of a set that asks for a capital, for all capitals, for `'s`.
    pub const CAPITAL: u32 = 1 << 29;
    pub const CAPS: u32 = 1 << 30;
    pub const POSSESSIVE: u32 = 1 << 31;
    /// The word itself.
    pub const WORD_MASK: u32 = CAPITAL - 1;
}

/// How many word lists fit into the 128 bits of a word.
pub const MOST_LISTS: usize = 128;

/// Reads the text of a word list.
pub fn read_list(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or("").trim();
        if let Some(lemma) = line.strip_prefix('<').and_then(|l| l.strip_suffix('>')) {
            words.extend(super::inflect::verb(lemma).forms());
        } else if !line.is_empty() {
            let mut word = String::new();
            tokenizer::normalise(line, true, &mut word);
            words.push(word);
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// Compiles everything.
///
/// # Errors
/// One sentence for each entry that cannot be compiled, with its lexicon and Spanish.
pub fn compile(source: &Source) -> Result<Vec<u8>, Vec<String>> {
    let mut errors = Vec::new();
    let mut writer = Writer::default();
    let slots: BTreeSet<String> = source
        .lists
        .iter()
        .filter(|l| l.slot)
        .map(|l| l.name.clone())
        .collect();
    let numbers: BTreeMap<&str, usize> = source
        .lists
        .iter()
        .enumerate()
        .map(|(i, l)| (l.name.as_str(), i))
        .collect();
    if source.lists.len() > MOST_LISTS {
        errors.push(format!("more than {MOST_LISTS} word lists"));
    }

    // Word 0 is every word that no list and no pattern knows.
    let mut vocabulary = Vocabulary::default();
    vocabulary.id("");
    for (i, list) in source.lists.iter().enumerate() {
        for word in &list.words {
            if tokens_of(word) != 1 {
                continue; // TEMPORARY
            }
            let id = vocabulary.id(word);
            vocabulary.classes[id as usize] |= 1 << i;
        }
        writer.text(Section::Lists, &list.name);
    }

    let mut anchors: Vec<(u32, u32, u32)> = Vec::new();
    for (number, (lexicon, entries)) in source.lexicons.iter().enumerate() {
        writer.text(Section::Lexicons, lexicon);
        for entry in entries {
            let mut fail = |what: String| {
                errors.push(format!(
                    "lexicon/{lexicon}.toml, “{}”: {what}",
                    entry.spanish
                ))
            };
            let entry_id = writer.len(Section::Entries) / blob::ENTRY_WORDS as u32;
            write_entry(&mut writer, number as u32, entry, &numbers, &mut fail);
            let mut seen = BTreeSet::new();
            for pattern in &entry.find {
                match notation::parse(pattern, &slots) {
                    Err(what) => fail(format!("{what}, in the pattern {pattern}")),
                    Ok(sequences) => {
                        for sequence in sequences {
                            if seen.insert(format!("{sequence:?}")) {
                                let pattern = write_pattern(
                                    &mut writer,
                                    entry_id,
                                    &sequence,
                                    &mut vocabulary,
                                    &numbers,
                                    source,
                                    &mut anchors,
                                );
                                if let Err(what) = pattern {
                                    fail(what);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }

    vocabulary.write(&mut writer);
    anchors.sort_unstable();
    let mut next = 0;
    for word in 0..=vocabulary.words.len() as u32 {
        while anchors.get(next).is_some_and(|a| a.0 < word) {
            next += 1;
        }
        writer.u32(Section::AnchorStarts, next as u32);
    }
    for (_, pattern, element) in anchors {
        writer.u32(Section::Anchors, pattern);
        writer.u32(Section::Anchors, element);
    }
    Ok(writer.finish())
}

fn tokens_of(word: &str) -> usize {
    let mut count = 0;
    tokenizer::tokenize(word, |_| count += 1);
    count
}

/// Every word that a list or a pattern knows, with its number.
#[derive(Default)]
struct Vocabulary {
    ids: BTreeMap<String, u32>,
    words: Vec<String>,
    classes: Vec<u128>,
}

impl Vocabulary {
    fn id(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.words.len() as u32;
        self.ids.insert(word.to_owned(), id);
        self.words.push(word.to_owned());
        self.classes.push(0);
        id
    }

    fn write(&self, writer: &mut Writer) {
        let size = (self.words.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![(0u32, 0u32); size];
        for (id, word) in self.words.iter().enumerate() {
            writer.text(Section::Words, word);
            writer.u128(Section::Classes, self.classes[id]);
            if id == 0 {
                continue;
            }
            let hash = blob::hash(word.as_bytes());
            let mut at = hash as usize & (size - 1);
            while slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = ((hash >> 32) as u32, id as u32);
        }
        for (tag, id) in slots {
            writer.u32(Section::Slots, tag);
            writer.u32(Section::Slots, id);
        }
    }
}

fn write_entry(
    writer: &mut Writer,
    lexicon: u32,
    entry: &Entry,
    lists: &BTreeMap<&str, usize>,
    fail: &mut impl FnMut(String),
) {
    let mut mask = |names: &[String]| -> u128 {
        names
            .iter()
            .fold(0, |mask, name| match lists.get(name.as_str()) {
                Some(bit) => mask | 1 << bit,
                None => {
                    fail(format!("there is no word list “{name}” in corpora/words"));
                    mask
                }
            })
    };
    let masks = [mask(&entry.unless), mask(&entry.when), mask(&entry.topic)];
    writer.u32(Section::Entries, lexicon);
    writer.u32(
        Section::Entries,
        u32::from(entry.status == Some(Status::Preview)),
    );
    writer.text(Section::Entries, &entry.spanish);
    writer.text(Section::Entries, entry.sense.as_deref().unwrap_or(""));
    let first = writer.len(Section::Uses) / 2;
    writer.u32(Section::Entries, first);
    writer.u32(Section::Entries, entry.better.len() as u32);
    for better in &entry.better {
        writer.text(Section::Uses, better);
    }
    for mask in masks {
        writer.u128(Section::Entries, mask);
    }
}

#[allow(clippy::too_many_arguments)]
fn write_pattern(
    writer: &mut Writer,
    entry: u32,
    sequence: &Sequence,
    vocabulary: &mut Vocabulary,
    lists: &BTreeMap<&str, usize>,
    source: &Source,
    anchors: &mut Vec<(u32, u32, u32)>,
) -> Result<(), String> {
    let pattern = writer.len(Section::Patterns) / 5;
    let first = writer.len(Section::Elements) / 4;
    let class = |name: &str| {
        lists
            .get(name)
            .copied()
            .ok_or(format!("there is no word list “{name}”"))
    };
    let mut cheapest: Option<(u64, usize, Vec<u32>)> = None;
    for (i, e) in sequence.elements.iter().enumerate() {
        let set = |writer: &mut Writer,
                   vocabulary: &mut Vocabulary,
                   words: &[Literal],
                   in_order: bool| {
            let mut ids: Vec<u32> = words
                .iter()
                .map(|w| {
                    let case = match w.case {
                        Case::Any => 0,
                        Case::Capital => element::CAPITAL,
                        Case::Caps => element::CAPS,
                    };
                    let possessive = if w.possessive { element::POSSESSIVE } else { 0 };
                    vocabulary.id(&w.word) | case | possessive
                })
                .collect();
            if !in_order {
                ids.sort_unstable_by_key(|id| (id & element::WORD_MASK, *id));
            }
            let at = writer.len(Section::Sets);
            ids.iter().for_each(|&id| writer.u32(Section::Sets, id));
            (at, ids)
        };
        let mut anchor = Vec::new();
        let (kind, a, b, c) = match &e.test {
            Test::Words { words, lemma } => {
                let (at, ids) = set(writer, vocabulary, words, false);
                anchor = ids.iter().map(|id| id & element::WORD_MASK).collect();
                anchor.dedup();
                match ids[..] {
                    [one] if lemma.is_none() => (element::WORD, one, 0, 0),
                    _ => {
                        let lemma = lemma.as_deref().map_or(0, |l| vocabulary.id(l));
                        (element::SET, at, ids.len() as u32, lemma)
                    }
                }
            }
            Test::Class { list, capital } => {
                let class = class(list)?;
                anchor = source.lists[class]
                    .words
                    .iter()
                    .map(|w| vocabulary.id(w))
                    .collect();
                (element::CLASS, class as u32, u32::from(*capital), 0)
            }
            Test::Number => (element::NUMBER, class("numbers")? as u32, 0, 0),
            Test::Name => (element::NAME, 0, 0, 0),
            Test::Determiner { list } => (element::DETERMINER, class(list)? as u32, 0, 0),
            Test::Gap { min, max } => (element::GAP, u32::from(*min), u32::from(*max), 0),
            Test::Mark(c) => (element::MARK, *c as u32, 0, 0),
            Test::Not {
                words,
                phrase,
                before,
            } => {
                let (at, ids) = set(writer, vocabulary, words, *phrase);
                let kind = if *before {
                    element::NOT_BEFORE
                } else {
                    element::NOT
                };
                (kind, at, ids.len() as u32, u32::from(*phrase))
            }
            Test::Start { paragraph } => (element::START, u32::from(*paragraph), 0, 0),
            Test::End { paragraph } => (element::END, u32::from(*paragraph), 0, 0),
        };
        let optional = if e.optional { element::OPTIONAL } else { 0 };
        for number in [kind | optional, a, b, c] {
            writer.u32(Section::Elements, number);
        }
        if !e.optional && !anchor.is_empty() {
            let cost: u64 = anchor
                .iter()
                .map(|&id| {
                    u64::from(
                        source
                            .frequency
                            .get(&vocabulary.words[id as usize])
                            .copied()
                            .unwrap_or(0),
                    ) + 1
                })
                .sum();
            if cheapest.as_ref().is_none_or(|(least, ..)| cost < *least) {
                cheapest = Some((cost, i, anchor));
            }
        }
    }
    let Some((_, at, words)) = cheapest else {
        return Err("a pattern needs at least one word that is always there".into());
    };
    anchors.extend(words.into_iter().map(|word| (word, pattern, at as u32)));
    let (start, end) = sequence.report.unwrap_or((0, sequence.elements.len()));
    for number in [
        entry,
        first,
        sequence.elements.len() as u32,
        start as u32,
        end as u32,
    ] {
        writer.u32(Section::Patterns, number);
    }
    Ok(())
}
