//! The phrases of all lexicons, found in one walk over the words of a document.
//!
//! The notation is read by `notation`, compiled by `compile` (in `build.rs`), matched by `matcher`.
use crate::blob::{ENTRY_WORDS, LEXICON_WORDS, Section, read_u32, read_u128};
use crate::finding::Sink;
use crate::text::{Document, Span};
use crate::words::CORPORA;

pub mod compile;
pub mod entry;
mod fix;
pub mod inflect;
mod matcher;
pub mod notation;

pub use entry::Entry;
pub use matcher::{Part, matches};

/// A phrase of a lexicon, found in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The number of the entry, over all lexicons.
    pub entry: u32,
    /// The number of the pattern.
    pattern: u32,
    /// First token of the whole match.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// First token of what is reported.
    pub from: u32,
    /// One past the last token of what is reported.
    pub to: u32,
}

impl Hit {
    /// The bytes to report; a final `’s` is left out.
    pub fn span(&self, doc: &Document) -> Span {
        let first = doc.tokens[self.from as usize].span;
        first.to(doc.base_span(self.to as usize - 1))
    }

    /// The Spanish behind the phrase.
    pub fn spanish(&self) -> &'static str {
        self.string(2)
    }

    /// What the phrase means, where the lexicon has no replacement; else empty.
    pub fn sense(&self) -> &'static str {
        self.string(4)
    }

    /// A number of the entry.
    fn number(&self, index: usize) -> u32 {
        let entries = CORPORA.section(Section::Entries);
        read_u32(entries, self.entry as usize * ENTRY_WORDS + index)
    }

    /// A string of the entry.
    fn string(&self, index: usize) -> &'static str {
        let entries = CORPORA.section(Section::Entries);
        CORPORA.text(entries, self.entry as usize * ENTRY_WORDS + index)
    }

    /// The replacements, with the verb in the form that the text has.
    pub fn replacements(&self, doc: &Document) -> Vec<String> {
        fix::replacements(doc, self)
    }
}

/// What was found in a document, by lexicon and place.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The lexicons that found something, with what they found.
    found: Vec<(&'static str, Vec<Hit>)>,
    /// Whether phrases enough show that the text is translated; so is every text with `preview`.
    pub translated: bool,
    /// How many phrases show it; with `preview` one at the least.
    pub evidence: u32,
    /// How many elements were compared: the work done, for the test that it is linear.
    pub steps: u64,
}

impl Hits {
    /// The hits of one lexicon, in order, none overlapping another.
    pub fn of(&self, rule: &str) -> &[Hit] {
        // A story has hits of few lexicons.
        let found = self.found.iter().find(|(lexicon, _)| *lexicon == rule);
        found.map_or(&[], |(_, hits)| hits)
    }
}

/// Finds the phrases of all lexicons. `preview` includes the entries that are not yet trusted.
pub fn scan(doc: &Document, preview: bool) -> Hits {
    let mut steps = 0;
    let mut hits: Vec<(u32, Hit)> = Vec::new();
    let mut add = |part| {
        let mut evidence = 0;
        steps += matches(doc, part, |sentence, hit| {
            let (lexicon, status) = (hit.number(0), hit.number(1));
            if (preview || status != compile::PREVIEW) && !guarded(doc, &hit, sentence) {
                evidence += read_u32(lexicons(), lexicon as usize * LEXICON_WORDS + 2);
                hits.push((lexicon, hit));
            }
        });
        evidence
    };
    let evidence = add(Part::Trusted);
    // Phrases that prove nothing by themselves count where others show that the text is translated.
    let enough = LEAST_EVIDENCE.max(doc.tokens.len() as u32 / WORDS_PER_EVIDENCE);
    let translated = preview || evidence >= enough;
    if translated {
        add(Part::Waiting);
    }
    hits.sort_by_key(|(lexicon, _)| *lexicon);
    let of_one = |group: &[(u32, Hit)]| {
        let name = CORPORA.text(lexicons(), group[0].0 as usize * LEXICON_WORDS);
        let mut hits: Vec<Hit> = group.iter().map(|(_, hit)| *hit).collect();
        keep_longest(&mut hits);
        (name, hits)
    };
    Hits {
        found: hits.chunk_by(|a, b| a.0 == b.0).map(of_one).collect(),
        translated,
        evidence: evidence + u32::from(preview),
        steps,
    }
}

/// Hits that it takes to believe that a text is translated: so many at the least, and one for so
/// many tokens.
const LEAST_EVIDENCE: u32 = 3;
const WORDS_PER_EVIDENCE: u32 = 300;

fn lexicons() -> &'static [u8] {
    CORPORA.section(Section::Lexicons)
}

/// Whether the words around a hit acquit it. Sentences are of bounded length.
fn guarded(doc: &Document, hit: &Hit, sentence: usize) -> bool {
    let mask = |i: usize| {
        let entries = CORPORA.section(Section::Entries);
        read_u128(entries, hit.entry as usize * (ENTRY_WORDS / 4) + 2 + i)
    };
    let (unless, when, topic) = (mask(0), mask(1), mask(2));
    if unless | when != 0 {
        // The words of the phrase itself neither acquit nor convict it.
        let phrase = hit.start as usize..hit.end as usize;
        let around = doc
            .tokens_of(sentence)
            .filter(|t| !phrase.contains(t))
            .fold(0, |all, t| all | doc.tokens[t].word.classes());
        if unless & around != 0 || when != 0 && when & around == 0 {
            return true;
        }
    }
    topic != 0
        && !(0..128u8)
            .filter(|bit| topic & 1 << bit != 0)
            .any(|bit| doc.count(crate::words::Class(bit)) >= 2)
}

/// Of hits that report the same words, keeps the one that reports most, then the one that saw
/// most context; sorts by place.
fn keep_longest(hits: &mut Vec<Hit>) {
    if hits.len() < 2 {
        return;
    }
    let weight = |h: &Hit| (h.to - h.from, h.end - h.start);
    hits.sort_by_key(|h| (h.from, std::cmp::Reverse(weight(h)), h.entry, h.pattern));
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for &hit in hits.iter() {
        match kept.last_mut() {
            Some(last) if hit.from < last.to => {
                if weight(&hit) > weight(last) {
                    *last = hit;
                }
            }
            _ => kept.push(hit),
        }
    }
    *hits = kept;
}

/// The entries of a rule as their authors wrote them, for `explain` and the tests.
///
/// # Panics
/// Never on a released lexicon: `build.rs` has read the same text.
pub fn entries(toml: &str) -> Vec<Entry> {
    entry::parse(toml)
        .map(|file| file.entry)
        .unwrap_or_default()
}

/// The check of a rule that is nothing but its lexicon.
pub fn report(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        report_hit(doc, hit, sink);
    }
}

/// Reports a hit with the summary of the rule, the Spanish, the sense and the replacements.
pub fn report_hit(doc: &Document, hit: &Hit, sink: &mut Sink) {
    let fixes = hit.replacements(doc);
    let message = match (hit.sense(), &fixes[..]) {
        ("", _) => sink.rule().summary.to_owned(),
        (sense, _) => format!("{} Meant is: {sense}.", sink.rule().summary),
    };
    let finding = sink.report(hit.span(doc), message).spanish(hit.spanish());
    for better in fixes {
        finding.suggest(better);
    }
}
