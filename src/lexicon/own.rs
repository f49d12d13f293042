//! The phrases of a user: entries of lexicons and accepted terms, compiled at run time.
//!
//! They get a blob like that of the corpora, in which the words of the corpora keep their numbers and
//! the words that only the user has get higher ones. A document is read once more for those: each of
//! its tokens that the corpora do not know is looked up among them.
use super::compile::{Compiler, Fault, Place};
use super::entry::Entry;
use super::vocabulary::{Base, Vocabulary};
use super::{Book, notation};
use crate::blob::{
    Blob, ENTRY_TOPIC, ENTRY_WORDS, LEXICON_WORDS, LIST_WORDS, Section, read_u32, read_u128,
};
use crate::text::{self, Document, Kind, Token};
use crate::words::{self, CORPORA, Lookup, WordId, class};

/// The lexicon of the terms that a user accepts.
pub(super) const ACCEPTED: u32 = u32::MAX;

/// The words of the corpora.
const CORPORA_WORDS: Base = Base {
    words: 0,
    number: |word| words::find(word).0,
    spelling: |id| WordId(id).text(),
};

/// How much rarer a word is than a function word, in the eyes of the compiler: a pattern is filed
/// under a rare word.
const FUNCTION_WORD: u32 = 1000;
const KNOWN_WORD: u32 = 10;

/// Compiled phrases of a user.
#[derive(Clone)]
pub struct Own {
    bytes: Vec<u8>,
    /// How many words the corpora have.
    first: u32,
    /// The word lists that are the topic of an entry.
    topics: u128,
}

/// A phrase of a user.
#[derive(Clone, Copy)]
pub enum Phrase<'a> {
    /// An entry of the lexicon of a rule.
    Entry(&'a str, &'a Entry),
    /// A term that is accepted wherever it stands.
    Accepted(&'a str),
}

/// What is wrong with a phrase: its number, and the fault.
pub type Wrong = (usize, Fault);

impl Own {
    /// Compiles phrases.
    ///
    /// # Errors
    /// Everything that cannot be understood.
    pub fn compile(phrases: &[Phrase]) -> Result<Self, Vec<Wrong>> {
        let first = CORPORA.section(Section::Words).len() as u32 / 8;
        let base = Base {
            words: first,
            ..CORPORA_WORDS
        };
        let mut compiler = Compiler::new(Vocabulary::new(base), Box::new(frequency));
        for (name, slot, words) in lists() {
            compiler.list(name, slot, words);
        }
        let mut wrong = Vec::new();
        for (number, phrase) in phrases.iter().enumerate() {
            let faults = match *phrase {
                Phrase::Accepted(term) => accept(term, &mut compiler),
                Phrase::Entry(rule, entry) => match lexicon(rule) {
                    Some(lexicon) => compiler.entry(lexicon, entry),
                    None => vec![Fault {
                        at: Place::Entry,
                        what: format!("the rule {rule} has no lexicon"),
                    }],
                },
            };
            wrong.extend(faults.into_iter().map(|fault| (number, fault)));
        }
        match wrong.is_empty() {
            true => Ok(Own::of(compiler.finish(), first)),
            false => Err(wrong),
        }
    }

    fn of(bytes: Vec<u8>, first: u32) -> Self {
        let blob = Blob::new(&bytes);
        let (entries, masks) = (blob.section(Section::Entries), blob.section(Section::Masks));
        let topic = |entry| {
            let mask = read_u32(entries, entry * ENTRY_WORDS + ENTRY_TOPIC);
            read_u128(masks, mask as usize)
        };
        let topics = (0..entries.len() / (4 * ENTRY_WORDS)).fold(0, |all, e| all | topic(e));
        Own {
            bytes,
            first,
            topics,
        }
    }

    /// Reads a document.
    pub fn read<'a>(&'a self, doc: &Document) -> Reading<'a> {
        let blob = Blob::new(&self.bytes);
        let spells = !blob.section(Section::Words).is_empty();
        let tokens = spells.then(|| {
            let mut lookup = Lookup::of(blob);
            let read = |token: &Token| match token.kind {
                Kind::Word | Kind::Number if token.word.0 == 0 => {
                    let (word, _) = lookup.find(&doc.plain, token.span, token.shape);
                    Token { word, ..*token }
                }
                _ => *token,
            };
            doc.tokens.iter().map(read).collect()
        });
        let counts = (self.topics != 0).then(|| text::counts(&doc.tokens, self.topics));
        Reading {
            own: self,
            tokens,
            counts,
        }
    }
}

/// A document as a user’s phrases see it.
pub struct Reading<'a> {
    own: &'a Own,
    /// Its tokens with the user’s words; `None` if the user has no words but those of the corpora.
    tokens: Option<Vec<Token>>,
    /// How many of them are in each list that is a topic.
    counts: Option<Box<[u32; 128]>>,
}

impl Reading<'_> {
    pub(super) fn book(&self) -> Book<'_> {
        Book {
            blob: Blob::new(&self.own.bytes),
            tokens: self.tokens.as_deref(),
            counts: self.counts.as_deref(),
            first: self.own.first,
        }
    }
}

/// Adds a term as a pattern in which nothing is notation.
fn accept(term: &str, compiler: &mut Compiler) -> Vec<Fault> {
    let entry = Entry {
        find: vec![notation::escaped(term)],
        ..Entry::default()
    };
    compiler.entry(ACCEPTED, &entry)
}

/// The number of a rule’s lexicon.
fn lexicon(rule: &str) -> Option<u32> {
    let lexicons = CORPORA.section(Section::Lexicons);
    let count = lexicons.len() / (4 * LEXICON_WORDS);
    (0..count)
        .find(|number| CORPORA.text(lexicons, number * LEXICON_WORDS) == rule)
        .map(|number| number as u32)
}

/// The word lists of the corpora, in the order of their bits: name, whether it is a slot, words.
fn lists() -> Vec<(&'static str, bool, Vec<u32>)> {
    let named = CORPORA.section(Section::Lists);
    let mut lists: Vec<_> = (0..named.len() / (4 * LIST_WORDS))
        .map(|bit| {
            let at = bit * LIST_WORDS;
            let slot = read_u32(named, at + 2) == 1;
            (CORPORA.text(named, at), slot, Vec::new())
        })
        .collect();
    let classes = CORPORA.section(Section::Classes);
    for id in 1..classes.len() / 16 {
        let mut of = read_u128(classes, id);
        while of != 0 {
            lists[of.trailing_zeros() as usize].2.push(id as u32);
            of &= of - 1;
        }
    }
    lists
}

/// How often a word stands in English text, as far as the lists tell.
fn frequency(word: &str) -> u32 {
    match words::find(word) {
        WordId(0) => 0,
        known if known.is(class::FUNCTION_WORDS) => FUNCTION_WORD,
        _ => KNOWN_WORD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Linter, detectors, example, explain, lexicon};
    use std::collections::BTreeSet;

    /// An entry with these patterns and replacements.
    fn entry(find: &[&str], better: &[&str]) -> Entry {
        let own = |list: &[&str]| list.iter().map(|&s| s.to_owned()).collect();
        Entry {
            find: own(find),
            better: own(better),
            ..Entry::default()
        }
    }

    fn compiled(phrases: &[Phrase]) -> Own {
        match Own::compile(phrases) {
            Ok(own) => own,
            Err(wrong) => panic!("{wrong:?}"),
        }
    }

    /// What a linter of all rules with these phrases reports of a rule: words and first fix.
    fn found(phrases: &[Phrase], rule: &str, text: &str) -> Vec<(String, String)> {
        let linter = Linter::new(detectors::by_id(rule), false).own(compiled(phrases));
        let findings = linter.check(&Document::plain(text));
        let fix = |f: &crate::Finding| {
            f.fixes
                .first()
                .map_or(String::new(), |x| x.edits[0].text.clone())
        };
        findings
            .iter()
            .map(|f| (text[f.span.range()].to_owned(), fix(f)))
            .collect()
    }

    #[test]
    fn words_that_the_corpora_do_not_know() {
        let entry = entry(
            &["<zarzalear> <det> (chiringuito|Zórtico’s plan) <n0-1> of <name>"],
            &["<scupper> <det> plan"],
        );
        for (text, words, fix) in [
            (
                "He zarzaleared the chiringuito of Lugo Nueva.",
                "zarzaleared the chiringuito of Lugo Nueva",
                "scuppered the plan",
            ),
            (
                "They are Zarzalearing a CHIRINGUITO full of Lugo.",
                "Zarzalearing a CHIRINGUITO full of Lugo",
                "scuppering a plan",
            ),
            (
                "She zarzalears our Zo\u{301}rtico's plan of Lugo.",
                "zarzalears our Zo\u{301}rtico's plan of Lugo",
                "scuppers our plan",
            ),
        ] {
            let expected = vec![(words.to_owned(), fix.to_owned())];
            assert_eq!(
                found(&[Phrase::Entry("calque", &entry)], "calque", text),
                expected
            );
        }
        for text in [
            "He zarzaleared the chiringuito, of Lugo.",
            "He zarzaleared the zórtico plan of Lugo.",
        ] {
            assert_eq!(
                found(&[Phrase::Entry("calque", &entry)], "calque", text),
                []
            );
        }
    }

    #[test]
    fn accepted_terms() {
        let text = "He met Kasim-Zhomart Tokáyev. Tokayev agreed, Tokayev said. Actual OTSC members and actual peace.";
        let accepted = |terms: &[&str]| {
            let phrases: Vec<Phrase> = terms.iter().map(|t| Phrase::Accepted(t)).collect();
            let linter = Linter::new(detectors::ALL.iter().copied(), true).own(compiled(&phrases));
            let findings = linter.check(&Document::plain(text));
            findings
                .iter()
                .map(|f| text[f.span.range()].to_owned())
                .collect::<BTreeSet<_>>()
        };
        let all = accepted(&[]);
        for term in ["Kasim-Zhomart", "Tokáyev", "OTSC"] {
            assert!(all.contains(term), "{term}: {all:?}");
            assert!(!accepted(&[term]).contains(term), "{term}");
        }
        // Within a longer term, and only with its capitals.
        assert!(!accepted(&["Kasim-Zhomart Tokáyev"]).contains("Tokáyev"));
        assert_eq!(accepted(&["otsc members"]), accepted(&["OTSC"]));
        assert_eq!(
            accepted(&["Tokáyev", "OTSC Members"]),
            accepted(&["Tokáyev"])
        );
    }

    #[test]
    fn guards_of_any_list() {
        for list in ["food", "months"] {
            let topic = Entry {
                topic: vec![list.to_owned()],
                ..entry(&["ledger"], &[])
            };
            let phrases = [Phrase::Entry("calque", &topic)];
            let about = "The ledger of May.\n\nThe recipe for an oven, in June.";
            assert_eq!(found(&phrases, "calque", about).len(), 1, "{list}");
            assert_eq!(found(&phrases, "calque", "The ledger.").len(), 0, "{list}");
        }
    }

    #[test]
    fn the_users_phrase_counts_where_a_built_in_one_says_the_same() {
        let entry = entry(
            &["<put> all the meat on the grill"],
            &["<throw> everything at it"],
        );
        let text = "Putin put all the meat on the grill to convince him.";
        let built_in = found(&[], "literal-idiom", text);
        let own = found(
            &[Phrase::Entry("literal-idiom", &entry)],
            "literal-idiom",
            text,
        );
        assert_eq!(built_in[0].0, own[0].0);
        assert_eq!(own.len(), 1);
        assert_eq!(own[0].1, "threw everything at it");
    }

    #[test]
    fn what_cannot_be_understood() {
        let deep = "(a ".repeat(100_000);
        assert!(Own::compile(&[Phrase::Entry("calque", &entry(&[&deep], &[]))]).is_err());
        let unclosed = entry(&["put", "the (grill"], &[]);
        let unlisted = Entry {
            when: vec!["food".into(), "foot".into()],
            ..entry(&["grill"], &[])
        };
        let phrases = [
            Phrase::Entry("calque", &unclosed),
            Phrase::Entry("calque", &unlisted),
            Phrase::Entry("mojibake", &unclosed),
            Phrase::Accepted("—"),
        ];
        let wrong = Own::compile(&phrases).map(|_| ()).unwrap_err();
        let places: Vec<(usize, Place)> = wrong.iter().map(|(n, fault)| (*n, fault.at)).collect();
        assert_eq!(
            places,
            [
                (0, Place::Find(1)),
                (1, Place::List(1)),
                (2, Place::Entry),
                (3, Place::Find(0))
            ]
        );
    }

    /// All built-in lexicons, compiled as a user’s, find in their own examples what they find.
    #[test]
    fn it_reads_as_the_corpora_are_read() {
        let mut entries = Vec::new();
        for rule in detectors::ALL {
            let all = lexicon::entries(rule.lexicon);
            entries.extend(all.into_iter().map(|entry| (rule.id, entry)));
        }
        let table = lexicon::table(include_str!("../../corpora/terms/spanish-words.tsv"));
        entries.extend(table.into_iter().map(|entry| ("untranslated-word", entry)));
        let phrases: Vec<Phrase> = entries.iter().map(|(id, e)| Phrase::Entry(id, e)).collect();
        let own = compiled(&phrases);
        let mut texts = Vec::new();
        for rule in detectors::ALL {
            let flagged = explain::flagged(rule).into_iter();
            texts.extend(
                flagged
                    .filter_map(|e| example::parse(&e))
                    .map(|e| e.text)
                    .step_by(7),
            );
        }
        let doc = Document::plain(&texts.join("\n\n"));
        let built_in = lexicon::scan(&doc, true);
        let reading = own.read(&doc);
        let both = lexicon::scan_with(&doc, true, Some(&reading));
        assert!(!built_in.found.is_empty());
        for found in &built_in.found {
            let of = |hits: &[lexicon::Hit]| -> Vec<_> {
                let fixes =
                    |h: &lexicon::Hit| (h.span(&doc), h.spanish().to_owned(), h.replacements(&doc));
                hits.iter().map(fixes).collect()
            };
            let (own, built_in) = (of(both.own(found.rule)), of(&found.built_in));
            let unlike = own.iter().zip(&built_in).find(|(a, b)| a != b);
            assert_eq!(unlike, None, "{}", found.rule);
            assert_eq!(own.len(), built_in.len(), "{}", found.rule);
            assert!(both.of(found.rule).is_empty());
        }
    }
}
