//! The pattern notation of the lexicons: text in, a list of plain sequences of elements out.
//!
//! `corpora/README.md` is the reference. Alternatives of single words become one element;
//! alternatives of several words are multiplied out, so that the matcher only knows sequences.
use super::inflect;
use crate::tokenizer::{self, Kind, Shape};
use std::collections::BTreeSet;

/// What capitals a pattern asks for in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// Any.
    #[default]
    Any,
    /// The first letter is a capital.
    Capital,
    /// All letters are capitals.
    Caps,
}

/// One literal word of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Literal {
    /// In the form in which words are compared, without a final `'s`.
    pub word: String,
    /// The capitals that it asks for.
    pub case: Case,
    /// Written with `'s`.
    pub possessive: bool,
}

/// What one element of a pattern matches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// One of these words.
    Words {
        /// The words, each with what it asks for.
        words: Vec<Literal>,
        /// The verb whose forms they are.
        lemma: Option<String>,
    },
    /// A word of a list of `corpora/words`.
    Class {
        /// The name of the list.
        list: String,
        /// Whether the text must have it with a capital.
        capital: bool,
    },
    /// A number in figures or words.
    Number,
    /// A run of one to four capitalised words.
    Name,
    /// A word of a list, or any word with `'s`.
    Determiner {
        /// The name of the list.
        list: &'static str,
    },
    /// Words of any kind.
    Gap {
        /// How many at the least.
        min: u8,
        /// How many at the most.
        max: u8,
    },
    /// A mark, written in the text as here; `"` stands for any quotation mark.
    Mark(char),
    /// Takes no token, and matches where words do not stand.
    Not {
        /// The words.
        words: Vec<Literal>,
        /// Whether they must all stand, one after the other, to do harm.
        phrase: bool,
        /// Whether they are looked for to the left, not to the right.
        before: bool,
    },
    /// The start of a sentence, or of a paragraph.
    Start {
        /// Of a paragraph.
        paragraph: bool,
    },
    /// The end of a sentence, or of a paragraph.
    End {
        /// Of a paragraph.
        paragraph: bool,
    },
}

/// An element of a sequence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Element {
    /// What it matches.
    pub test: Test,
    /// Whether it may be missing.
    pub optional: bool,
}

/// A pattern with its alternatives multiplied out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sequence {
    /// What must follow what.
    pub elements: Vec<Element>,
    /// The elements that are reported, when only a part is.
    pub report: Option<(usize, usize)>,
}

/// Word forms that keep their `'s`: contractions, not possessives.
pub const CONTRACTIONS: &[&str] = &[
    "it's", "he's", "she's", "that's", "there's", "here's", "what's", "who's", "let's", "where's",
    "how's", "when's", "why's", "one's",
];

/// How many sequences one pattern may stand for.
const MOST_SEQUENCES: usize = 512;

/// How many brackets may be open at once.
const DEEPEST: usize = 16;

/// Reads a pattern. A slot that names one of `lists` is that word list, any other is a verb.
///
/// # Errors
/// Says in one sentence what is wrong with the pattern.
pub fn parse(pattern: &str, lists: &BTreeSet<String>) -> Result<Vec<Sequence>, String> {
    let mut parser = Parser {
        text: pattern,
        at: 0,
        depth: 0,
        lists,
    };
    let sequences = parser.sequence(None)?;
    let mut out = Vec::new();
    for sequence in sequences {
        out.push(finish(sequence)?);
    }
    out.dedup();
    Ok(out)
}

/// The pattern that matches a text as it is: nothing in it is notation.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '\'' | '-') {
            out.push('\\');
        }
        out.push(if c.is_whitespace() { ' ' } else { c });
    }
    out
}

/// An element, or a brace that marks what is reported.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Element(Element),
    OpenReport,
    CloseReport,
}

fn finish(items: Vec<Item>) -> Result<Sequence, String> {
    let mut sequence = Sequence::default();
    let (mut open, mut close) = (None, None);
    for item in items {
        match item {
            Item::Element(element) => sequence.elements.push(element),
            Item::OpenReport => open = Some(sequence.elements.len()),
            Item::CloseReport => close = Some(sequence.elements.len()),
        }
    }
    sequence.report = match (open, close) {
        (None, None) => None,
        (Some(a), Some(b)) if a < b => Some((a, b)),
        _ => return Err("braces that mark the reported part do not pair".into()),
    };
    let solid = sequence
        .elements
        .iter()
        .any(|e| !e.optional && matches!(e.test, Test::Words { .. } | Test::Class { .. }));
    if !solid {
        return Err("a pattern needs at least one word that is always there".into());
    }
    Ok(sequence)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// How many brackets are open.
    depth: usize,
    lists: &'a BTreeSet<String>,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    /// Reads up to `until` (not consumed) or an alternative bar, and multiplies out.
    fn sequence(&mut self, until: Option<char>) -> Result<Vec<Vec<Item>>, String> {
        let mut out: Vec<Vec<Item>> = vec![Vec::new()];
        while let Some(c) = self.peek() {
            if Some(c) == until || (until.is_some() && c == '|') {
                return Ok(out);
            }
            let choices: Vec<Vec<Item>> = match c {
                ' ' => {
                    self.bump(c);
                    continue;
                }
                '<' => vec![vec![Item::Element(self.slot()?)]],
                '(' => self.group(')')?,
                '[' => {
                    let mut group = self.group(']')?;
                    // One optional element where the group is one, else a choice with nothing.
                    match &mut group[..] {
                        [one] if one.len() == 1 && matches!(one[0], Item::Element(_)) => {
                            if let Item::Element(e) = &mut one[0] {
                                e.optional = true;
                                if let Test::Gap { min, .. } = &mut e.test {
                                    *min = 0;
                                }
                            }
                        }
                        _ => group.push(Vec::new()),
                    }
                    group
                }
                '!' if self.rest().starts_with("!(") => {
                    self.bump(c);
                    let before = out.iter().all(|items| {
                        items.iter().all(|i| {
                            matches!(
                                i,
                                Item::Element(Element {
                                    test: Test::Not { .. },
                                    ..
                                })
                            )
                        })
                    });
                    vec![self.not(before)?]
                }
                '^' | '$' => {
                    self.bump(c);
                    let paragraph = self.peek() == Some(c);
                    if paragraph {
                        self.bump(c);
                    }
                    let test = if c == '^' {
                        Test::Start { paragraph }
                    } else {
                        Test::End { paragraph }
                    };
                    vec![vec![Item::Element(Element {
                        test,
                        optional: false,
                    })]]
                }
                '{' => {
                    self.bump(c);
                    vec![vec![Item::OpenReport]]
                }
                '}' => {
                    self.bump(c);
                    vec![vec![Item::CloseReport]]
                }
                ')' | ']' | '>' | '|' => return Err(format!("stray {c} at byte {}", self.at)),
                _ => vec![self.literal()?],
            };
            if out.len() * choices.len() > MOST_SEQUENCES {
                return Err(format!(
                    "more than {MOST_SEQUENCES} variants; split the pattern"
                ));
            }
            out = out
                .iter()
                .flat_map(|left| {
                    choices
                        .iter()
                        .map(move |right| left.iter().chain(right).cloned().collect())
                })
                .collect();
        }
        match until {
            Some(c) => Err(format!("{c} is missing")),
            None => Ok(out),
        }
    }

    /// Reads `(a|b c)` or `[a|b]`: the choices, single words merged into one element.
    fn group(&mut self, close: char) -> Result<Vec<Vec<Item>>, String> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("more than {DEEPEST} brackets are open"));
        }
        let mut choices: Vec<Vec<Item>> = Vec::new();
        loop {
            choices.extend(self.sequence(Some(close))?);
            match self.peek() {
                Some('|') => self.at += 1,
                Some(_) => {
                    self.at += 1;
                    break;
                }
                None => return Err(format!("{close} is missing")),
            }
        }
        self.depth -= 1;
        let mut merged: Vec<Literal> = Vec::new();
        let mut others: Vec<Vec<Item>> = Vec::new();
        for choice in choices {
            match &choice[..] {
                [
                    Item::Element(Element {
                        test: Test::Words { words, lemma: None },
                        optional: false,
                    }),
                ] => {
                    merged.extend(words.iter().cloned());
                }
                _ => others.push(choice),
            }
        }
        if !merged.is_empty() {
            merged.sort();
            merged.dedup();
            others.push(vec![Item::Element(Element {
                test: Test::Words {
                    words: merged,
                    lemma: None,
                },
                optional: false,
            })]);
        }
        Ok(others)
    }

    /// Reads `!(ago|of the year)`: single words together, each phrase for itself.
    fn not(&mut self, before: bool) -> Result<Vec<Item>, String> {
        let not = |words: Vec<Literal>, phrase: bool| {
            Item::Element(Element {
                test: Test::Not {
                    words,
                    phrase,
                    before,
                },
                optional: false,
            })
        };
        let mut single = Vec::new();
        let mut out = Vec::new();
        for choice in self.group(')')? {
            let mut lists = Vec::new();
            for item in choice {
                match item {
                    Item::Element(Element {
                        test: Test::Words { words, .. },
                        optional: false,
                    }) => lists.push(words),
                    _ => return Err("!(…) holds words only".into()),
                }
            }
            match &mut lists[..] {
                [words] => single.append(words),
                _ => {
                    let phrase: Vec<Literal> =
                        lists.iter().filter_map(|l| l.first().cloned()).collect();
                    if lists.iter().any(|l| l.len() != 1) {
                        return Err("a phrase in !(…) holds plain words only".into());
                    }
                    out.push(not(phrase, true));
                }
            }
        }
        if !single.is_empty() {
            out.push(not(single, false));
        }
        Ok(out)
    }

    /// Reads `<put>`, `<det?>`, `<n1-3>`, `<Months>`.
    fn slot(&mut self) -> Result<Element, String> {
        let end = self.rest().find('>').ok_or("> is missing")?;
        let name = self.rest()[1..end].to_owned();
        self.at += end + 1;
        let (name, optional) = match name.strip_suffix('?') {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        };
        if let Some((min, max)) = name.strip_prefix('n').and_then(|n| n.split_once('-'))
            && let (Ok(min), Ok(max)) = (min.parse::<u8>(), max.parse::<u8>())
        {
            if min > max || max > 6 {
                return Err(format!(
                    "a gap goes from few to at most 6 words, not <{name}>"
                ));
            }
            return Ok(Element {
                test: Test::Gap { min, max },
                optional: false,
            });
        }
        let test = match name {
            "det" => Test::Determiner {
                list: "determiners",
            },
            "poss" => Test::Determiner {
                list: "possessives",
            },
            "pro" => Test::Class {
                list: "object-pronouns".into(),
                capital: false,
            },
            "num" => Test::Number,
            "name" => Test::Name,
            "" => return Err("<> is empty".into()),
            _ if self.lists.contains(&name.to_lowercase()) => Test::Class {
                list: name.to_lowercase(),
                capital: name.starts_with(char::is_uppercase),
            },
            _ => {
                let mut words: Vec<Literal> = inflect::verb(name)
                    .forms()
                    .into_iter()
                    .map(|word| Literal {
                        word,
                        case: Case::Any,
                        possessive: false,
                    })
                    .collect();
                words.sort();
                Test::Words {
                    words,
                    lemma: Some(name.to_owned()),
                }
            }
        };
        Ok(Element { test, optional })
    }

    /// Reads a literal up to the next space or sign of the notation.
    fn literal(&mut self) -> Result<Vec<Item>, String> {
        let mut raw = String::new();
        while let Some(c) = self.peek() {
            match c {
                '\\' => {
                    self.bump(c);
                    let escaped = self.peek().ok_or("a backslash ends the pattern")?;
                    self.bump(escaped);
                    raw.push(escaped);
                }
                ' ' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '$' => break,
                _ => {
                    self.bump(c);
                    raw.push(c);
                }
            }
        }
        if raw.is_empty() {
            return Err(format!("cannot read the pattern at byte {}", self.at));
        }
        let mut items = Vec::new();
        let mut count = 0;
        tokenizer::tokenize(&raw, |token| {
            count += 1;
            let text = &raw[token.start..token.end];
            let test = match token.kind {
                Kind::Word | Kind::Number | Kind::Link => Test::Words {
                    words: vec![word(text)],
                    lemma: None,
                },
                Kind::Hyphen if raw.len() > text.len() => return,
                Kind::Quote => Test::Mark('"'),
                _ => Test::Mark(text.chars().next().unwrap_or(' ')),
            };
            items.push(Item::Element(Element {
                test,
                optional: false,
            }));
        });
        match count {
            0 => Err(format!("“{raw}” is no word and no mark")),
            _ => Ok(items),
        }
    }
}

/// A literal word with what its capitals and its `'s` ask for.
fn word(text: &str) -> Literal {
    let mut word = String::new();
    tokenizer::normalise(text, true, &mut word);
    let possessive = word.ends_with("'s") && !CONTRACTIONS.contains(&word.as_str());
    if possessive {
        word.truncate(word.len() - 2);
    }
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let case = match letters.first() {
        Some(first) if first.is_uppercase() => {
            let caps = letters.len() > 1 && letters.iter().all(|c| c.is_uppercase());
            if caps { Case::Caps } else { Case::Capital }
        }
        _ => Case::Any,
    };
    Literal {
        word,
        case,
        possessive,
    }
}

/// Whether the shape of a token has the capitals that a pattern asks for.
pub fn case_fits(case: Case, shape: Shape) -> bool {
    match case {
        Case::Any => true,
        Case::Capital => shape.has(Shape::CAPITAL),
        Case::Caps => shape.has(Shape::ALL_CAPS),
    }
}
