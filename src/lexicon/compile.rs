//! Turns entries and word lists into the blob that the matcher reads: those of the corpora in
//! `build.rs`, those of a user at run time, on top of the vocabulary of the corpora.
use super::entry::{Entry, File, Status};
use super::filing::Anchor;
use super::notation::{self, Case, Literal, Sequence, Test};
use super::vocabulary::{Base, Vocabulary, halved};
use crate::blob::{self, Numbered, Section, Writer};
use crate::fold;
use crate::tokenizer;
use std::cmp::Reverse;
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
    /// The rows of the table of acronyms.
    pub terms: Vec<String>,
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
    /// The kind alone.
    pub const KIND: u32 = 0x1f;
    /// Set on top of the kind when the element may be missing.
    pub const OPTIONAL: u32 = 0x20;
    /// Set when a class asks for a capital, and when words are a phrase.
    pub const STRICT: u32 = 0x40;
    /// Above these bits stands how many words a set has, or a gap at the most.
    pub const COUNT_BITS: u32 = 8;
    /// The most words that a set can have.
    pub const MOST: u32 = (1 << (32 - COUNT_BITS)) - 1;
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

/// How many elements a pattern can have.
pub const MOST_ELEMENTS: usize = 100;

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
    // numbers, so that the scan passes over all other words with one comparison, and the common
    // ones the lowest of all, so that what most texts ask for lies together.
    let first = run(source, Vocabulary::new(Base::NONE))?;
    let anchors: BTreeSet<u32> = first.anchors.iter().map(|anchor| anchor.word).collect();
    let mut words: Vec<u32> = anchors.into_iter().collect();
    words.sort_by_key(|&id| Reverse((first.frequency)(first.vocabulary.word(id))));
    let mut numbered = Vocabulary::new(Base::NONE);
    for id in words {
        numbered.id(first.vocabulary.word(id));
    }
    Ok(run(source, numbered)?.finish())
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
    errors.extend(compiler.terms(&source.terms));
    if errors.is_empty() {
        Ok(compiler)
    } else {
        Err(errors)
    }
}

/// A compilation under way.
pub struct Compiler<'a> {
    /// The word lists by name, in the order of their bits.
    lists: BTreeMap<String, (usize, Vec<u32>)>,
    /// The names of those that patterns may use as slots.
    slots: BTreeSet<String>,
    /// How often a word stands in English text, in some unit.
    pub(super) frequency: Box<dyn Fn(&str) -> u32 + 'a>,
    pub(super) vocabulary: Vocabulary,
    writer: Writer,
    /// Each with its entry and extent, and its elements.
    patterns: Vec<Vec<[u32; 2]>>,
    anchors: Vec<Anchor>,
    /// Where the sets that have been written lie.
    sets: BTreeMap<Vec<u32>, u32>,
    /// The sets of word lists that guard entries.
    masks: Numbered,
}

impl<'a> Compiler<'a> {
    /// A compilation without lists and entries.
    pub fn new(vocabulary: Vocabulary, frequency: Box<dyn Fn(&str) -> u32 + 'a>) -> Self {
        let mut writer = Writer::default();
        let masks = Numbered::new(Section::Masks, &mut writer);
        Compiler {
            lists: BTreeMap::new(),
            slots: BTreeSet::new(),
            frequency,
            vocabulary,
            writer,
            patterns: Vec::new(),
            anchors: Vec::new(),
            masks,
            sets: BTreeMap::new(),
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
            let number = self.masks.number(mask, writer);
            writer.u32(Section::Entries, number);
        }
        let mut seen = BTreeSet::new();
        let first = self.patterns.len();
        for (at, pattern) in entry.find.iter().enumerate() {
            let written = notation::parse(pattern, &self.slots).and_then(|sequences| {
                sequences
                    .iter()
                    .filter(|s| seen.insert(format!("{s:?}")))
                    .try_for_each(|s| {
                        let order = self.patterns.len() - first;
                        self.pattern(number, order, entry.status.is_some(), s)
                    })
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
    pub(super) fn words_of(&self, list: &str) -> &[u32] {
        self.lists.get(list).map_or(&[], |(_, words)| words)
    }

    fn pattern(
        &mut self,
        entry: u32,
        order: usize,
        waits: bool,
        sequence: &Sequence,
    ) -> Result<(), String> {
        let len = sequence.elements.len();
        if len > MOST_ELEMENTS {
            return Err(format!("a pattern has at most {MOST_ELEMENTS} parts"));
        }
        let (start, end) = sequence.report.unwrap_or((0, len));
        let mut written = vec![[entry, blob::extent(len, start, end, order)]];
        let mut words = Vec::new();
        for e in &sequence.elements {
            let (element, anchors) = self.element(&e.test, e.optional)?;
            written.push(element);
            words.push(anchors);
        }
        // A pattern is filed where it makes least work: under a rare word, or under one whose
        // neighbours are known, since a look beside it saves the rest.
        let around = |i: usize| {
            let way = |i: usize| {
                (
                    &sequence.elements[i].test,
                    sequence.elements[i].optional,
                    &words[i][..],
                )
            };
            let before: Vec<_> = (0..i).rev().map(way).collect();
            let after: Vec<_> = (i + 1..len).map(way).collect();
            self.around(&before, &after)
        };
        let (element, around) = (0..len)
            .filter(|&i| !sequence.elements[i].optional && !words[i].is_empty())
            .map(|i| (i, around(i)))
            .min_by_key(|(i, around)| self.cost(&words[*i]) * around.work())
            .ok_or("a pattern needs at least one word that is always there")?;
        let (pattern, element_number) = (self.patterns.len() as u32, element as u32);
        self.anchors
            .extend(words[element].iter().map(|&word| Anchor {
                word,
                waits,
                pattern,
                element: element_number,
                left: around.left.bits,
                right: around.right.bits,
                far: halved(around.far.bits),
                far_right: around.far_right,
            }));
        self.patterns.push(written);
        Ok(())
    }

    /// The two numbers of an element, and the words by which its pattern could be filed.
    fn element(&mut self, test: &Test, optional: bool) -> Result<([u32; 2], Vec<u32>), String> {
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
                        (element::SET, self.set(lemma, &ids), ids.len() as u32, 0)
                    }
                }
            }
            Test::Class { list, capital } => {
                let bit = self.bit(list)?;
                anchor = self.words_of(list).to_vec();
                (element::CLASS, bit as u32, 0, u32::from(*capital))
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
                (
                    kind,
                    self.set(0, &ids),
                    ids.len() as u32,
                    u32::from(*phrase),
                )
            }
            Test::Start { paragraph } => (element::START, u32::from(*paragraph), 0, 0),
            Test::End { paragraph } => (element::END, u32::from(*paragraph), 0, 0),
        };
        let optional = if optional { element::OPTIONAL } else { 0 };
        let strict = if c == 1 { element::STRICT } else { 0 };
        if b > element::MOST {
            return Err(format!(
                "at most {} words stand in one place",
                element::MOST
            ));
        }
        let what = kind | optional | strict | b << element::COUNT_BITS;
        Ok(([what, a], anchor))
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

    /// The place of a set of words, written once; the lemma of a verb stands before its forms.
    fn set(&mut self, lemma: u32, ids: &[u32]) -> u32 {
        let set: Vec<u32> = std::iter::once(lemma).chain(ids.iter().copied()).collect();
        if let Some(&at) = self.sets.get(&set) {
            return at;
        }
        for &number in &set {
            self.writer.u32(Section::Sets, number);
        }
        let at = self.writer.len(Section::Sets) - ids.len() as u32;
        self.sets.insert(set, at);
        at
    }

    /// Writes the table of acronyms, and the English names of those that a text should replace;
    /// complains of rows that lack a cell.
    fn terms(&mut self, rows: &[String]) -> Vec<String> {
        const CELLS: usize = blob::TERM_WORDS / 2;
        let (mut rows, short): (Vec<Vec<&str>>, Vec<_>) = rows
            .iter()
            .map(|row| row.split('\t').collect())
            .partition(|cells: &Vec<_>| cells.len() >= CELLS);
        rows.sort_by_key(|cells| cells[0]);
        let mut names = Vec::new();
        for (number, cells) in (0..).zip(&rows) {
            for cell in &cells[..CELLS] {
                self.writer.text(Section::Terms, cell);
            }
            let [_, _, english, name, action, ..] = cells[..] else {
                continue;
            };
            if action == "replace" && !english.is_empty() {
                names.push((fold::folded(name), number));
            }
        }
        names.sort_unstable();
        for (name, number) in names {
            self.writer.text(Section::TermNames, &name);
            self.writer.u32(Section::TermNames, number);
        }
        let complain = |cells: &Vec<&str>| {
            format!(
                "terms/acronyms.tsv: “{}” has fewer than {CELLS} cells",
                cells[0]
            )
        };
        short.iter().map(complain).collect()
    }

    /// Writes the vocabulary and the anchors.
    pub fn finish(mut self) -> Vec<u8> {
        self.vocabulary.write(&mut self.writer);
        self.anchors.sort_unstable();
        // Word 0 always has its two numbers, though never a pattern.
        let most = self.anchors.last().map_or(1, |a| a.word + 1);
        let mut start = 0;
        for place in (0..=most).flat_map(|word| [(word, false), (word, true)]) {
            let before = |a: &&Anchor| (a.word, a.waits) < place;
            start += self.anchors[start..].iter().take_while(before).count();
            self.writer.u32(Section::AnchorStarts, start as u32);
        }
        // The patterns of a word are read together, so they lie together.
        let mut places = vec![None; self.patterns.len()];
        for anchor in self.anchors {
            let pattern = anchor.pattern as usize;
            let place = *places[pattern].get_or_insert_with(|| {
                let place = self.writer.len(Section::Patterns) / 2;
                for number in self.patterns[pattern].iter().flatten() {
                    self.writer.u32(Section::Patterns, *number);
                }
                place
            });
            self.writer.u64(Section::Beside, anchor.left);
            self.writer.u64(Section::Beside, anchor.right);
            self.writer.u32(Section::Anchors, anchor.far);
            let place = blob::place(place, anchor.element, anchor.far_right);
            self.writer.u32(Section::Anchors, place);
        }
        // One more after the last, so that every word has a first place to look at.
        self.writer.u64(Section::Beside, 0);
        self.writer.u64(Section::Beside, 0);
        self.writer.finish()
    }
}

fn tokens_of(word: &str) -> usize {
    let mut count = 0;
    tokenizer::tokenize(word, |_| count += 1);
    count
}
