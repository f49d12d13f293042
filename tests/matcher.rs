//! The lexicon matcher against a naive one that tries every pattern at every word.
use asador::lexicon::notation::{self, Case, Element, Literal, Sequence, Test};
use asador::lexicon::{self, Entry, Part, compile};
use asador::text::tokenizer::normalise;
use asador::{Document, Kind, Shape, example};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// All entries in the order in which they are compiled, with their patterns read anew.
struct Corpora {
    lists: BTreeMap<String, BTreeSet<String>>,
    entries: Vec<(Entry, Vec<Sequence>)>,
}

fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut out: Vec<(String, String)> = fs::read_dir(root)
        .into_iter()
        .flatten()
        .flatten()
        .map(|f| f.path())
        .filter(|p| p.extension().is_some_and(|e| e == ending))
        .map(|p| {
            let name = p
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(p).expect("a text"))
        })
        .collect();
    out.sort();
    out
}

static CORPORA: LazyLock<Corpora> = LazyLock::new(|| {
    let lists: BTreeMap<String, BTreeSet<String>> = files("corpora/words", "txt")
        .into_iter()
        .map(|(name, text)| (name, compile::read_list(&text).into_iter().collect()))
        .collect();
    let names: BTreeSet<String> = lists.keys().cloned().collect();
    let entries = files("corpora/lexicon", "toml")
        .into_iter()
        .flat_map(|(name, text)| {
            let mut entries = lexicon::entries(&text);
            if name == "untranslated-word" {
                let table = fs::read_to_string("corpora/terms/spanish-words.tsv");
                entries.extend(lexicon::table(&table.expect("the table")));
            }
            entries
        })
        .map(|e| {
            let read = |p: &String| notation::parse(p, &names).expect("it was compiled");
            let sequences = e.find.iter().flat_map(read).collect();
            (e, sequences)
        })
        .collect();
    Corpora { lists, entries }
});

/// A token as the naive matcher sees it.
struct Word {
    text: String,
    raw: String,
    kind: Kind,
    shape: Shape,
}

fn words(doc: &Document) -> Vec<Word> {
    let word = |i: usize| {
        let token = doc.tokens[i];
        let mut text = String::new();
        normalise(doc.base(i), true, &mut text);
        Word {
            text,
            raw: doc.text(i).to_owned(),
            kind: token.kind,
            shape: token.shape,
        }
    };
    (0..doc.tokens.len()).map(word).collect()
}

/// Matches one sequence from one place on, trying everything.
struct Naive<'a> {
    words: &'a [Word],
    /// The sentence, and the paragraph around it.
    sentence: (usize, usize),
    block: (usize, usize),
}

impl Naive<'_> {
    /// Whether the elements match from `at` on; `at` is a place between tokens.
    fn matches(&self, elements: &[Element], at: usize) -> bool {
        let Some((e, rest)) = elements.split_first() else {
            return true;
        };
        if e.optional && self.matches(rest, at) {
            return true;
        }
        let fits = |i: usize, last: bool| i < self.sentence.1 && self.fits(&e.test, i, last);
        match &e.test {
            Test::Gap { min, max } => {
                let mut at = at;
                for used in 0..=*max {
                    if used >= *min && self.matches(rest, at) {
                        return true;
                    }
                    let here = self.skip(at, None);
                    if here >= self.sentence.1
                        || !matches!(self.words[here].kind, Kind::Word | Kind::Number)
                    {
                        return false;
                    }
                    at = here + 1;
                }
                false
            }
            Test::Name => {
                let mut at = self.skip(at, None);
                for _ in 0..4 {
                    let capital = at < self.sentence.1
                        && self.words[at].kind == Kind::Word
                        && self.words[at].shape.has(Shape::CAPITAL);
                    if !capital {
                        return false;
                    }
                    if self.matches(rest, at + 1) {
                        return true;
                    }
                    at = self.skip(at + 1, None);
                }
                false
            }
            Test::Not {
                words,
                phrase: false,
                before,
            } => {
                let here = if *before {
                    self.skip_back(at)
                } else {
                    Some(self.skip(at, None))
                };
                let bad = here.is_some_and(|i| {
                    i < self.sentence.1 && words.iter().any(|w| self.is(w, i, true))
                });
                !bad && self.matches(rest, at)
            }
            Test::Not { words, before, .. } => {
                let mut here = Some(at);
                let bad = if *before {
                    words.iter().rev().all(|w| {
                        here = here.and_then(|i| self.skip_back(i));
                        here.is_some_and(|i| self.is(w, i, true))
                    })
                } else {
                    words.iter().all(|w| {
                        let i = self.skip(here.unwrap_or(usize::MAX), None);
                        here = Some(i + 1);
                        i < self.sentence.1 && self.is(w, i, true)
                    })
                };
                !bad && self.matches(rest, at)
            }
            Test::Start { paragraph } => {
                let first = if *paragraph {
                    self.block.0
                } else {
                    self.sentence.0
                };
                let opening = |w: &Word| {
                    matches!(
                        w.kind,
                        Kind::Quote | Kind::Inverted | Kind::Dash | Kind::Hyphen | Kind::Open
                    )
                };
                // The first word may stand behind marks that open the sentence.
                let next = self.skip(at, None);
                (first..=next.min(self.sentence.1)).any(|i| {
                    i >= at && self.words[first..i].iter().all(opening) && self.matches(rest, i)
                })
            }
            Test::End { paragraph } => {
                let last = if *paragraph {
                    self.block.1
                } else {
                    self.sentence.1
                };
                let closing = |w: &Word| {
                    matches!(w.kind, Kind::Stop | Kind::Quote | Kind::Close | Kind::Colon)
                };
                self.words[at..last].iter().all(closing) && self.matches(rest, at)
            }
            Test::Mark(c) => {
                let here = self.skip(at, Some(*c));
                here < self.sentence.1 && self.is_mark(*c, here) && self.matches(rest, here + 1)
            }
            _ => {
                let here = self.skip(at, None);
                fits(here, rest.is_empty()) && self.matches(rest, here + 1)
            }
        }
    }

    fn fits(&self, test: &Test, at: usize, last: bool) -> bool {
        let word = &self.words[at];
        let possessive = word.shape.has(Shape::POSSESSIVE);
        let listed = |list: &str| CORPORA.lists[list].contains(&word.text);
        match test {
            Test::Words { words, .. } => words.iter().any(|w| self.is(w, at, last)),
            Test::Class { list, capital } => {
                listed(list)
                    && (!capital || word.shape.has(Shape::CAPITAL))
                    && (last || !possessive)
            }
            Test::Number => word.kind == Kind::Number || listed("numbers"),
            Test::Determiner { list } => possessive || listed(list),
            _ => false,
        }
    }

    fn is(&self, want: &Literal, at: usize, last: bool) -> bool {
        let word = &self.words[at];
        let possessive = word.shape.has(Shape::POSSESSIVE);
        want.word == word.text
            && (if want.possessive {
                possessive
            } else {
                last || !possessive
            })
            && match want.case {
                Case::Any => true,
                Case::Capital => word.shape.has(Shape::CAPITAL),
                Case::Caps => word.shape.has(Shape::ALL_CAPS),
            }
    }

    fn is_mark(&self, c: char, at: usize) -> bool {
        let word = &self.words[at];
        if c == '"' {
            word.kind == Kind::Quote
        } else {
            word.raw.starts_with(c)
        }
    }

    fn skip(&self, at: usize, mark: Option<char>) -> usize {
        let mut next = at;
        while next < self.sentence.1
            && next - at < 2
            && matches!(self.words[next].kind, Kind::Quote | Kind::Hyphen)
            && !mark.is_some_and(|c| self.is_mark(c, next))
        {
            next += 1;
        }
        next
    }

    fn skip_back(&self, at: usize) -> Option<usize> {
        let mut next = at.checked_sub(1)?;
        let mut skipped = 0;
        while next >= self.sentence.0
            && skipped < 2
            && matches!(self.words[next].kind, Kind::Quote | Kind::Hyphen)
        {
            next = next.checked_sub(1)?;
            skipped += 1;
        }
        (next >= self.sentence.0).then_some(next)
    }
}

/// The entries that match anywhere, by trying each pattern at each place of each sentence.
fn naive(doc: &Document) -> BTreeSet<usize> {
    let words = words(doc);
    let mut out = BTreeSet::new();
    for sentence in &doc.sentences {
        let block = &doc.blocks[sentence.block as usize].tokens;
        let naive = Naive {
            words: &words,
            sentence: (sentence.tokens.start as usize, sentence.tokens.end as usize),
            block: (block.start as usize, block.end as usize),
        };
        for (number, (_, sequences)) in CORPORA.entries.iter().enumerate() {
            let places = naive.sentence.0..naive.sentence.1;
            if !out.contains(&number)
                && sequences
                    .iter()
                    .any(|s| places.clone().any(|at| naive.matches(&s.elements, at)))
            {
                out.insert(number);
            }
        }
    }
    out
}

fn fast(doc: &Document) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for part in [Part::Trusted, Part::Waiting] {
        lexicon::matches(doc, part, |_, hit| {
            out.insert(hit.entry as usize);
        });
    }
    out
}

/// Sentences made of pieces of the lexicons’ own examples, so that patterns match, nearly match
/// and overlap; with words, marks and breaks strewn in.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(
        (
            any::<prop::sample::Index>(),
            0usize..8,
            1usize..14,
            0usize..12,
        ),
        1..5,
    );
    pieces.prop_map(|pieces| {
        let mut out = String::new();
        for (entry, skip, take, joint) in pieces {
            let (entry, _) = &CORPORA.entries[entry.index(CORPORA.entries.len())];
            // Words of a table have no sentence.
            let flag = entry.flag.first().unwrap_or(&entry.find[0]);
            let flag = example::parse(flag).map_or(String::new(), |e| e.text);
            for word in flag.split(' ').skip(skip).take(take) {
                out.push_str(word);
                out.push(' ');
            }
            out.push_str(
                [
                    "",
                    "",
                    "",
                    "the ",
                    "“",
                    "- ",
                    ", ",
                    ". The ",
                    "\n\n",
                    "Spain’s ",
                    "not ",
                    "3,000 ",
                ][joint],
            );
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_finds_what_a_naive_one_finds(text in text()) {
        let doc = Document::plain(&text);
        let (fast, naive) = (fast(&doc), naive(&doc));
        let name = |n: &usize| format!("{:?}", CORPORA.entries[*n].0.find);
        let missed: Vec<String> = naive.difference(&fast).map(name).collect();
        let invented: Vec<String> = fast.difference(&naive).map(name).collect();
        prop_assert!(missed.is_empty() && invented.is_empty(), "missed {missed:#?}, invented {invented:#?}");
    }
}

/// Work grows with the text, not faster, whatever the text.
#[test]
fn work_is_linear() {
    for piece in [
        "put all the meat on the grill ",
        "the of the in the ",
        "a’s “ - “ - ",
        "word",
        "e\u{301}\u{301}",
        "of the government of the ",
        "“",
    ] {
        let steps = |n: usize| {
            let doc = Document::plain(&piece.repeat(n));
            let all =
                [Part::Trusted, Part::Waiting].map(|part| lexicon::matches(&doc, part, |_, _| {}));
            all.iter().sum::<u64>() + doc.tokens.len() as u64
        };
        let (small, large) = (steps(2_000), steps(20_000));
        assert!(
            large <= small * 11,
            "{piece}: {small} steps, ten times the text takes {large}"
        );
    }
}
