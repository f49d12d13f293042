//! Turns entries and word lists into the blob that the matcher reads: those of the corpora in
//! `build.rs`, those of a user at run time, on top of the vocabulary of the corpora.
use super::entry::{Entry, File, Status};
use super::notation::{self, Case, Element, Literal, Sequence, Test};
use super::vocabulary::{Base, Vocabulary, bloom_bit};
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
    pub lexicons: Vec<(String, File)>,
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

/// Status of an entry in the blob: only with `--preview`.
pub const PREVIEW: u32 = 1;
/// Status of an entry in the blob: only where the document is translated.
pub const CONTEXT: u32 = 2;

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

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the entry.
    pub at: Place,
    /// One sentence.
    pub what: String,
}

/// A part of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// All of it.
    Entry,
    /// A pattern, by its number in `find`.
    Find(usize),
    /// The word lists of `unless`, `when` and `topic`, by their number, counted through.
    List(usize),
}

/// Compiles the corpora.
///
/// # Errors
/// One sentence for each list or entry that cannot be compiled.
pub fn compile(source: &Source) -> Result<Vec<u8>, Vec<String>> {
    // The first run only tells which words become anchors. In the second they get the lowest
    // numbers, so that the scan passes over all other words with one comparison.
    let first = run(source, Vocabulary::new(Base::NONE))?;
    let mut anchors = Vocabulary::new(Base::NONE);
    for anchor in &first.anchors {
        anchors.id(first.vocabulary.word(anchor.word));
    }
    Ok(run(source, anchors)?.finish())
}

fn run(source: &Source, vocabulary: Vocabulary) -> Result<Compiler<'_>, Vec<String>> {
    let frequency = |word: &str| source.frequency.get(word).copied().unwrap_or(0);
    let mut compiler = Compiler::new(vocabulary, Box::new(frequency));
    let mut errors = compiler.lists(&source.lists);
    for (number, (lexicon, file)) in source.lexicons.iter().enumerate() {
        let writer = &mut compiler.writer;
        writer.text(Section::Lexicons, lexicon);
        writer.u32(Section::Lexicons, u32::from(file.evidence));
        for entry in &file.entry {
            let complain = |fault: Fault| {
                let pattern = match fault.at {
                    Place::Find(at) => &entry.find[at],
                    Place::Entry | Place::List(_) => "",
                };
                let (spanish, what) = (&entry.spanish, fault.what);
                format!("lexicon/{lexicon}.toml, “{spanish}”: {what} {pattern}")
            };
            let faults = compiler.entry(number as u32, entry);
            errors.extend(faults.into_iter().map(complain));
        }
    }
    if errors.is_empty() {
        Ok(compiler)
    } else {
        Err(errors)
    }
}

/// The bit of the start or end of a sentence in such a set.
pub const BOUNDARY: u64 = 2;

/// Where a pattern is filed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Anchor {
    word: u32,
    /// Whether its entry waits for evidence, or for `--preview`.
    waits: bool,
    pattern: u32,
    element: u32,
    /// The words that may stand to its left and right; all, where the pattern leaves it open.
    left: u64,
    right: u64,
}

/// What may stand beside an anchor.
#[derive(Clone, Copy)]
struct Beside {
    /// The bits of the words.
    bits: u64,
    /// How many words.
    words: u64,
}

impl Beside {
    const ANY: Beside = Beside {
        bits: u64::MAX,
        words: u64::MAX,
    };

    fn add(&mut self, bit: u64) {
        self.bits |= bit;
        self.words += 1;
    }

    fn add_all(&mut self, words: &[u32]) {
        words.iter().for_each(|&word| self.add(bloom_bit(word)));
    }
}

/// A compilation under way.
pub struct Compiler<'a> {
    /// The word lists by name, in the order of their bits.
    lists: BTreeMap<String, (usize, Vec<u32>)>,
    /// The names of those that patterns may use as slots.
    slots: BTreeSet<String>,
    /// How often a word stands in English text, in some unit.
    frequency: Box<dyn Fn(&str) -> u32 + 'a>,
    vocabulary: Vocabulary,
    writer: Writer,
    anchors: Vec<Anchor>,
}

impl<'a> Compiler<'a> {
    /// A compilation without lists and entries.
    pub fn new(vocabulary: Vocabulary, frequency: Box<dyn Fn(&str) -> u32 + 'a>) -> Self {
        Compiler {
            lists: BTreeMap::new(),
            slots: BTreeSet::new(),
            frequency,
            vocabulary,
            writer: Writer::default(),
            anchors: Vec::new(),
        }
    }

    /// Adds a word list that the vocabulary knows by the numbers of its words.
    pub fn list(&mut self, name: &str, slot: bool, words: Vec<u32>) {
        let bit = self.lists.len();
        self.lists.insert(name.to_owned(), (bit, words));
        if slot {
            self.slots.insert(name.to_owned());
        }
    }

    /// Enters the words of all lists with their classes; complains of what is not one word.
    fn lists(&mut self, lists: &[List]) -> Vec<String> {
        let mut errors = Vec::new();
        if lists.len() > MOST_LISTS {
            errors.push(format!(
                "more than {MOST_LISTS} word lists in corpora/words"
            ));
        }
        for (i, list) in lists.iter().enumerate().take(MOST_LISTS) {
            let mut ids = Vec::with_capacity(list.words.len());
            for word in &list.words {
                if tokens_of(word) != 1 {
                    errors.push(format!("words/{}.txt: “{word}” is not one word", list.name));
                }
                let id = self.vocabulary.id(word);
                self.vocabulary.classify(id, i);
                ids.push(id);
            }
            self.list(&list.name, list.slot, ids);
            self.writer.text(Section::Lists, &list.name);
            self.writer.u32(Section::Lists, u32::from(list.slot));
        }
        errors
    }

    /// Writes an entry of the lexicon with this number, and its patterns; complains of what cannot
    /// be understood.
    pub fn entry(&mut self, lexicon: u32, entry: &Entry) -> Vec<Fault> {
        let mut faults = Vec::new();
        let number = self.writer.len(Section::Entries) / blob::ENTRY_WORDS as u32;
        let mut named = 0;
        let masks = [&entry.unless, &entry.when, &entry.topic].map(|names| {
            names.iter().fold(0u128, |mask, name| {
                let at = Place::List(named);
                named += 1;
                match self.bit(name) {
                    Ok(bit) => mask | 1 << bit,
                    Err(what) => {
                        faults.push(Fault { at, what });
                        mask
                    }
                }
            })
        });
        let writer = &mut self.writer;
        writer.u32(Section::Entries, lexicon);
        let status = match entry.status {
            None => 0,
            Some(Status::Preview) => PREVIEW,
            Some(Status::Context) => CONTEXT,
        };
        writer.u32(Section::Entries, status);
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
        let mut seen = BTreeSet::new();
        for (at, pattern) in entry.find.iter().enumerate() {
            let written = notation::parse(pattern, &self.slots).and_then(|sequences| {
                sequences
                    .iter()
                    .filter(|s| seen.insert(format!("{s:?}")))
                    .try_for_each(|s| self.pattern(number, entry.status.is_some(), s))
            });
            if let Err(what) = written {
                let at = Place::Find(at);
                faults.push(Fault { at, what });
            }
        }
        faults
    }

    fn bit(&self, list: &str) -> Result<usize, String> {
        let known = self.lists.get(list);
        known
            .map(|&(bit, _)| bit)
            .ok_or_else(|| format!("there is no word list “{list}”"))
    }

    /// The words of a list; none of one that is not there.
    fn words_of(&self, list: &str) -> &[u32] {
        self.lists.get(list).map_or(&[], |(_, words)| words)
    }

    fn pattern(&mut self, entry: u32, waits: bool, sequence: &Sequence) -> Result<(), String> {
        let pattern = self.writer.len(Section::Patterns) / 5;
        let first = self.writer.len(Section::Elements) / 4;
        let mut words = Vec::new();
        for e in &sequence.elements {
            words.push(self.element(&e.test, e.optional)?);
        }
        // A pattern is filed where fewest texts will come to look: under a rare word, or under one
        // whose neighbours are known, since a look beside it saves the rest of the work.
        let beside = |way: &mut dyn Iterator<Item = usize>| {
            self.beside(way.map(|i| (&sequence.elements[i], &words[i][..])))
        };
        let around = |i: usize| (beside(&mut (0..i).rev()), beside(&mut (i + 1..words.len())));
        // Counted in words, not in bits, so that both runs choose alike.
        let visits = |i: usize| {
            let (left, right) = around(i);
            self.cost(&words[i]) * left.words.min(64) * right.words.min(64)
        };
        let element = (0..words.len())
            .filter(|&i| !sequence.elements[i].optional && !words[i].is_empty())
            .min_by_key(|&i| visits(i))
            .ok_or("a pattern needs at least one word that is always there")?;
        let (left, right) = around(element);
        let (left, right) = (left.bits, right.bits);
        let element_number = element as u32;
        self.anchors
            .extend(words[element].iter().map(|&word| Anchor {
                word,
                waits,
                pattern,
                element: element_number,
                left,
                right,
            }));
        let len = sequence.elements.len();
        let (start, end) = sequence.report.unwrap_or((0, len));
        for number in [entry, first, len as u32, start as u32, end as u32] {
            self.writer.u32(Section::Patterns, number);
        }
        Ok(())
    }

    /// The words that may stand next to an anchor, going outward over the elements beside it; all,
    /// where a pattern leaves it open.
    fn beside<'e>(&self, elements: impl Iterator<Item = (&'e Element, &'e [u32])>) -> Beside {
        let mut beside = Beside { bits: 0, words: 0 };
        for (e, words) in elements {
            match &e.test {
                Test::Not { .. } => continue,
                Test::Words { .. } | Test::Class { .. } => beside.add_all(words),
                Test::Determiner { list } => beside.add_all(self.words_of(list)),
                Test::Number => beside.add_all(self.words_of("numbers")),
                Test::Start { .. } | Test::End { .. } => beside.add(BOUNDARY),
                Test::Name | Test::Gap { .. } | Test::Mark(_) => return Beside::ANY,
            }
            if !e.optional {
                return beside;
            }
        }
        Beside::ANY
    }

    /// How often one of these words stands in English text.
    fn cost(&self, words: &[u32]) -> u64 {
        let words = words.iter().map(|&id| self.vocabulary.word(id));
        words
            .map(|word| u64::from((self.frequency)(word)) + 1)
            .sum()
    }

    /// Writes an element; returns the words by which its pattern could be filed.
    fn element(&mut self, test: &Test, optional: bool) -> Result<Vec<u32>, String> {
        let mut anchor = Vec::new();
        let (kind, a, b, c) = match test {
            Test::Words { words, lemma } => {
                let mut ids = self.literals(words);
                ids.sort_unstable_by_key(|id| (id & element::WORD_MASK, *id));
                anchor = ids.iter().map(|id| id & element::WORD_MASK).collect();
                anchor.dedup();
                match (&ids[..], lemma) {
                    ([one], None) => (element::WORD, *one, 0, 0),
                    _ => {
                        let lemma = lemma.as_deref().map_or(0, |l| self.vocabulary.id(l));
                        (element::SET, self.set(&ids), ids.len() as u32, lemma)
                    }
                }
            }
            Test::Class { list, capital } => {
                let bit = self.bit(list)?;
                anchor = self.words_of(list).to_vec();
                (element::CLASS, bit as u32, u32::from(*capital), 0)
            }
            Test::Number => (element::NUMBER, self.bit("numbers")? as u32, 0, 0),
            Test::Name => (element::NAME, 0, 0, 0),
            Test::Determiner { list } => (element::DETERMINER, self.bit(list)? as u32, 0, 0),
            Test::Gap { min, max } => (element::GAP, u32::from(*min), u32::from(*max), 0),
            Test::Mark(c) => (element::MARK, *c as u32, 0, 0),
            Test::Not {
                words,
                phrase,
                before,
            } => {
                let mut ids = self.literals(words);
                if !phrase {
                    ids.sort_unstable_by_key(|id| (id & element::WORD_MASK, *id));
                }
                let kind = if *before {
                    element::NOT_BEFORE
                } else {
                    element::NOT
                };
                (kind, self.set(&ids), ids.len() as u32, u32::from(*phrase))
            }
            Test::Start { paragraph } => (element::START, u32::from(*paragraph), 0, 0),
            Test::End { paragraph } => (element::END, u32::from(*paragraph), 0, 0),
        };
        let optional = if optional { element::OPTIONAL } else { 0 };
        for number in [kind | optional, a, b, c] {
            self.writer.u32(Section::Elements, number);
        }
        Ok(anchor)
    }

    /// The numbers of literal words, with what they ask for.
    fn literals(&mut self, words: &[Literal]) -> Vec<u32> {
        let flags = |w: &Literal| {
            let case = match w.case {
                Case::Any => 0,
                Case::Capital => element::CAPITAL,
                Case::Caps => element::CAPS,
            };
            case | if w.possessive { element::POSSESSIVE } else { 0 }
        };
        words
            .iter()
            .map(|w| self.vocabulary.id(&w.word) | flags(w))
            .collect()
    }

    /// Writes a set and returns its place.
    fn set(&mut self, ids: &[u32]) -> u32 {
        let at = self.writer.len(Section::Sets);
        ids.iter()
            .for_each(|&id| self.writer.u32(Section::Sets, id));
        at
    }

    /// Writes the vocabulary and the anchors.
    pub fn finish(mut self) -> Vec<u8> {
        self.vocabulary.write(&mut self.writer);
        self.anchors.sort_unstable();
        let most = self.anchors.last().map_or(0, |a| a.word + 1);
        let mut start = 0;
        for place in (0..=most).flat_map(|word| [(word, false), (word, true)]) {
            let before = |a: &&Anchor| (a.word, a.waits) < place;
            start += self.anchors[start..].iter().take_while(before).count();
            self.writer.u32(Section::AnchorStarts, start as u32);
        }
        for anchor in self.anchors {
            self.writer.u64(Section::Beside, anchor.left);
            self.writer.u64(Section::Beside, anchor.right);
            self.writer.u32(Section::Anchors, anchor.pattern);
            self.writer.u32(Section::Anchors, anchor.element);
        }
        self.writer.finish()
    }
}

fn tokens_of(word: &str) -> usize {
    let mut count = 0;
    tokenizer::tokenize(word, |_| count += 1);
    count
}
