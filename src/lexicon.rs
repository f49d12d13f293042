//! The phrases of all lexicons, found in one walk over the words of a document.
//!
//! The notation is read by `notation`, compiled by `compile` (in `build.rs`, and for the phrases of a
//! user in `own`), looked for by `walk`, matched by `matcher`.
use crate::blob::{Blob, ENTRY_UNLESS, ENTRY_WORDS, LEXICON_WORDS, Section, read_u32, read_u128};
use crate::finding::Sink;
use crate::text::names::repeats;
use crate::text::{Document, Span, Token};
use crate::words::{CORPORA, Class, WordId};
use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;

pub mod compile;
pub mod entry;
mod filing;
mod fix;
pub mod inflect;
mod matcher;
pub mod notation;
pub mod own;
pub mod vocabulary;
mod walk;

pub use entry::{Entry, table};
pub use own::Own;
pub use walk::{Part, matches};

/// Compiled phrases: the built-in ones, or those of a user.
#[derive(Clone, Copy)]
struct Book<'a> {
    blob: Blob<'a>,
    /// The tokens of the document with the numbers that the words have here; `None` where they are
    /// those that the document gives them.
    tokens: Option<&'a [Token]>,
    /// How many words of each list the document has; `None` where the document counts them itself.
    counts: Option<&'a [u32; 128]>,
    /// The number of the first word that the blob spells.
    first: u32,
}

impl Book<'static> {
    const BUILT_IN: Self = Book {
        blob: CORPORA,
        tokens: None,
        counts: None,
        first: 0,
    };
}

impl<'a> Book<'a> {
    /// The word with this number.
    fn word(self, number: u32) -> &'a str {
        match number.checked_sub(self.first) {
            Some(number) => self
                .blob
                .text(self.blob.section(Section::Words), number as usize * 2),
            None => WordId(number).text(),
        }
    }
}

/// A phrase of a lexicon, found in the text.
#[derive(Clone, Copy)]
pub struct Hit<'a> {
    book: Book<'a>,
    /// The number of the entry, over all lexicons.
    pub entry: u32,
    /// Where the pattern lies.
    pattern: u32,
    /// Its place among the patterns of its entry.
    order: u32,
    /// First token of the whole match.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    /// First token of what is reported.
    pub from: u32,
    /// One past the last token of what is reported.
    pub to: u32,
}

impl fmt::Debug for Hit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tokens, spanish) = (self.start..self.end, self.spanish());
        write!(f, "“{spanish}”, tokens {tokens:?}")
    }
}

impl<'a> Hit<'a> {
    /// The bytes to report; a final `’s` is left out.
    pub fn span(&self, doc: &Document) -> Span {
        let first = doc.tokens[self.from as usize].span;
        first.to(doc.base_span(self.to as usize - 1))
    }

    /// The Spanish behind the phrase.
    pub fn spanish(&self) -> &'a str {
        self.string(2)
    }

    /// What the phrase means, where the lexicon has no replacement; else empty.
    pub fn sense(&self) -> &'a str {
        self.string(4)
    }

    /// A number of the entry.
    fn number(&self, index: usize) -> u32 {
        let entries = self.book.blob.section(Section::Entries);
        read_u32(entries, self.entry as usize * ENTRY_WORDS + index)
    }

    /// A string of the entry.
    fn string(&self, index: usize) -> &'a str {
        let entries = self.book.blob.section(Section::Entries);
        let at = self.entry as usize * ENTRY_WORDS + index;
        self.book.blob.text(entries, at)
    }

    /// Whether it is a phrase of the user.
    fn is_own(&self) -> bool {
        self.book.first > 0
    }

    /// The replacements, with the verb in the form that the text has.
    pub fn replacements(&self, doc: &Document) -> Vec<String> {
        fix::replacements(doc, self)
    }
}

/// What was found in a document, by lexicon and place.
#[derive(Clone, Debug, Default)]
pub struct Hits<'a> {
    /// The lexicons that found something.
    found: Vec<Found<'a>>,
    /// Where terms stand that the user accepts, by their starts. Each ends where it or one before
    /// it ends, whichever is later, so that one look tells whether a place lies in one.
    accepted: Vec<Span>,
    /// Whether phrases enough show that the text is translated, or the Spanish stands beside it; with
    /// `preview` every text counts as translated.
    pub translated: bool,
    /// How many phrases show it; one at the least where it is known, and with `preview`.
    pub evidence: u32,
    /// How many elements were compared: the work done, for the test that it is linear.
    pub steps: u64,
}

/// What a lexicon found.
#[derive(Clone, Debug)]
struct Found<'a> {
    /// The rule that it belongs to.
    rule: &'static str,
    built_in: Vec<Hit<'a>>,
    /// What the user’s entries found.
    own: Vec<Hit<'a>>,
}

impl<'a> Hits<'a> {
    /// Whether a place is a term that the user accepts, or lies within one.
    pub fn accepts(&self, place: Span) -> bool {
        let after = self.accepted.partition_point(|a| a.start <= place.start);
        after > 0 && self.accepted[after - 1].end >= place.end
    }

    /// The hits of one lexicon, in order, none overlapping another.
    pub fn of(&self, rule: &str) -> &[Hit<'a>] {
        self.found_by(rule).map_or(&[], |found| &found.built_in)
    }

    /// The hits of the user’s entries of one lexicon. They are no concern of the rule, which may look
    /// closer at the phrases that it knows: each is reported as it is.
    pub(crate) fn own(&self, rule: &str) -> &[Hit<'a>] {
        self.found_by(rule).map_or(&[], |found| &found.own)
    }

    fn found_by(&self, rule: &str) -> Option<&Found<'a>> {
        // A story has hits of few lexicons.
        self.found.iter().find(|found| found.rule == rule)
    }
}

/// Finds the phrases of all lexicons. `preview` includes the entries that are not yet trusted.
pub fn scan(doc: &Document, preview: bool) -> Hits<'static> {
    scan_with(doc, preview, None)
}

/// The same with the phrases of a user, who has read the document.
pub fn scan_with<'a>(doc: &Document, preview: bool, own: Option<&'a own::Reading<'_>>) -> Hits<'a> {
    let mut steps = 0;
    let mut accepted = Vec::new();
    let mut hits: Vec<(u32, Hit)> = Vec::new();
    let mut add = |part| {
        let mut evidence = 0;
        for book in [Some(Book::BUILT_IN), own.map(|own| own.book())] {
            let Some(book) = book else { continue };
            steps += walk::matches_of(book, doc, part, |sentence, hit: Hit<'a>| {
                let (lexicon, status) = (hit.number(0), hit.number(1));
                if lexicon == own::ACCEPTED {
                    accepted.push(doc.span(hit.from as usize..hit.to as usize));
                } else if (preview || status != compile::PREVIEW) && !guarded(doc, &hit, sentence) {
                    evidence += read_u32(lexicons(), lexicon as usize * LEXICON_WORDS + 2);
                    hits.push((lexicon, hit));
                }
            });
        }
        evidence
    };
    let evidence = add(Part::Trusted);
    // Phrases that prove nothing by themselves count where others show that the text is translated.
    let enough = LEAST_EVIDENCE.max(doc.tokens.len() as u32 / WORDS_PER_EVIDENCE);
    // A story with the Spanish beside it is a translation.
    let known = preview || doc.spanish.is_some();
    let translated = known || evidence >= enough;
    if translated {
        add(Part::Waiting);
    }
    hits.sort_by_key(|(lexicon, _)| *lexicon);
    let of_one = |group: &[(u32, Hit<'a>)]| {
        let mut hits: Vec<Hit> = group.iter().map(|(_, hit)| *hit).collect();
        keep_longest(&mut hits);
        let (own, built_in) = hits.into_iter().partition(Hit::is_own);
        Found {
            rule: CORPORA.text(lexicons(), group[0].0 as usize * LEXICON_WORDS),
            built_in,
            own,
        }
    };
    Hits {
        found: hits.chunk_by(|a, b| a.0 == b.0).map(of_one).collect(),
        accepted: reaching(accepted),
        translated,
        evidence: evidence + u32::from(known),
        steps,
    }
}

/// Sorts places by their starts and lets each reach as far as those before it.
fn reaching(mut places: Vec<Span>) -> Vec<Span> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut end = 0;
    for place in &mut places {
        end = end.max(place.end);
        place.end = end;
    }
    places
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
    let masks = hit.book.blob.section(Section::Masks);
    let mask = |i: usize| match hit.number(ENTRY_UNLESS + i) {
        0 => 0,
        number => read_u128(masks, number as usize),
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
    let count = |bit: u8| match hit.book.counts {
        Some(counts) => counts[usize::from(bit)],
        None => doc.count(Class(bit)),
    };
    let mut topics = (0..128u8).filter(|bit| topic & 1 << bit != 0);
    topic != 0 && !topics.any(|bit| count(bit) >= 2)
}

/// Of hits that report the same words, keeps the one that reports most, then the one that saw
/// most context; sorts by place.
fn keep_longest(hits: &mut Vec<Hit>) {
    if hits.len() < 2 {
        return;
    }
    let weight = |h: &Hit| (h.to - h.from, h.end - h.start);
    // Of two that are alike, the user’s own counts.
    hits.sort_by_key(|h| (h.from, Reverse((weight(h), h.is_own())), h.entry, h.order));
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

/// The hit, if there is one, that reports some of these tokens; of hits that are in order, none
/// overlapping another.
pub fn touching<'h, 'a>(hits: &'h [Hit<'a>], tokens: &Range<usize>) -> Option<&'h Hit<'a>> {
    let first = hits.partition_point(|h| h.to as usize <= tokens.start);
    hits.get(first).filter(|h| (h.from as usize) < tokens.end)
}

/// Reports the places where a name stands again without the words that gave it away.
pub fn report_repeats(doc: &Document, sink: &mut Sink) {
    let hits = sink.hits();
    let found: Vec<_> = hits
        .iter()
        .map(|h| h.from as usize..h.to as usize)
        .collect();
    for (again, first) in repeats(doc, &found) {
        let name = doc.slice(doc.span(first.clone()));
        let message = format!("“{name}” is translated as before.");
        let fixes = touching(hits, &first).map_or(Vec::new(), |hit| hit.replacements(doc));
        let span = doc.tokens[again.start].span;
        let finding = sink
            .report(span.to(doc.base_span(again.end - 1)), message)
            .relate(doc.span(first), "found here");
        for fix in fixes {
            finding.suggest(fix);
        }
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
