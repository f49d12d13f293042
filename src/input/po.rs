//! The reader of catalogues of gettext (PO): every translated message is a paragraph.
//!
//! The crates for PO say on which line a message stands, not at which byte each of its strings;
//! so the lines are read here.
use super::segment::{self, Pairs};
use super::{Malformed, Story, escape};
use std::ops::Range;

/// The story of a catalogue: all its messages, in order.
pub(super) fn read(text: &str) -> Result<Vec<Story>, Malformed> {
    let mut catalogue = Catalogue {
        text,
        pairs: Pairs::new(escape::PO),
        message: Message::default(),
        field: Field::None,
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        catalogue.line(line, at)?;
        at += line.len();
    }
    catalogue.end()?;
    if catalogue.pairs.is_empty() {
        return Err(Malformed::foreign(
            "no message in it is translated; msgid is the Spanish, msgstr the English",
        ));
    }
    Ok(vec![catalogue.pairs.finish(None)])
}

/// A catalogue as it is read.
struct Catalogue<'t> {
    text: &'t str,
    pairs: Pairs,
    message: Message,
    /// To which field the next string belongs.
    field: Field,
}

/// A message: where its strings stand, without their quotation marks.
#[derive(Default)]
struct Message {
    context: bool,
    original: Vec<Range<usize>>,
    plural: Vec<Range<usize>>,
    translations: Vec<Vec<Range<usize>>>,
}

/// What a string is to its message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Context,
    Original,
    Plural,
    Translation,
}

impl Catalogue<'_> {
    fn line(&mut self, line: &str, start: usize) -> Result<(), Malformed> {
        let said = line.trim();
        let at = start + line.len() - line.trim_start().len();
        if said.is_empty() {
            return self.end();
        }
        if let Some(comment) = said.strip_prefix('#') {
            self.end()?;
            // References, flags, earlier originals and obsolete messages are for tools.
            if !comment.starts_with([':', ',', '|', '~']) {
                let comment = comment.strip_prefix('.').unwrap_or(comment);
                if comment.contains("asador-") {
                    let source = at..at + said.len();
                    self.pairs.english.note(comment.trim(), source);
                }
            }
            return Ok(());
        }
        let word = said.find(|c: char| c == '"' || c.is_whitespace());
        let (word, string) = said.split_at(word.unwrap_or(said.len()));
        self.field(word, at)?;
        let string_at = at + said.len() - string.trim_start().len();
        let string = self.string(string.trim_start(), string_at)?;
        let message = &mut self.message;
        match self.field {
            Field::Original => message.original.push(string),
            Field::Plural => message.plural.push(string),
            Field::Translation => {
                if let Some(last) = message.translations.last_mut() {
                    last.push(string);
                }
            }
            Field::Context | Field::None => {}
        }
        Ok(())
    }

    /// Begins the field with this keyword; no keyword goes on with the last one.
    fn field(&mut self, keyword: &str, at: usize) -> Result<(), Malformed> {
        let starts = matches!(keyword, "msgctxt" | "msgid") && self.field != Field::Context;
        if starts {
            self.end()?;
        }
        self.field = match keyword {
            "" if self.field != Field::None => self.field,
            "msgctxt" => {
                self.message.context = true;
                Field::Context
            }
            "msgid" => Field::Original,
            "msgid_plural" => Field::Plural,
            _ if keyword == "msgstr" || keyword.starts_with("msgstr[") => {
                self.message.translations.push(Vec::new());
                Field::Translation
            }
            _ => {
                let why = "no comment and no string of a message; quote it or begin it with #";
                return Err(Malformed::new(at, why));
            }
        };
        Ok(())
    }

    /// Where a string stands that takes up the rest of a line.
    fn string(&self, string: &str, at: usize) -> Result<Range<usize>, Malformed> {
        let inner = string.strip_prefix('"').and_then(|s| s.strip_suffix('"'));
        let Some(inner) = inner else {
            let why = "a string that does not begin and end with \" on its line; quote it";
            return Err(Malformed::new(at, why));
        };
        let source = at + 1..at + 1 + inner.len();
        for part in parts(inner) {
            if let Part::Wrong(within) = part {
                let why = "a lone \" or \\ in a string; write \\\" or \\\\";
                return Err(Malformed::new(source.start + within, why));
            }
        }
        Ok(source)
    }

    /// Ends a message.
    fn end(&mut self) -> Result<(), Malformed> {
        let message = std::mem::take(&mut self.message);
        self.field = Field::None;
        let original = self.decoded(&message.original);
        if original.is_empty() && !message.context {
            return match message.translations.first() {
                Some(header) => check(&self.decoded(header)),
                None => Ok(()),
            };
        }
        let plural = self.decoded(&message.plural);
        for (form, strings) in message.translations.iter().enumerate() {
            if self.decoded(strings).trim().is_empty() {
                continue;
            }
            self.pairs.begin(match form {
                0 => &original,
                _ => &plural,
            });
            for string in strings {
                for part in parts(&self.text[string.clone()]) {
                    let english = &mut self.pairs.english;
                    match part {
                        Part::Verbatim(text, at) => english.verbatim(text, string.start + at),
                        Part::Unit(text, within) => {
                            let source = string.start + within.start..string.start + within.end;
                            english.unit(&text, source);
                        }
                        Part::Wrong(_) => {}
                    }
                }
            }
            self.pairs.english.end();
        }
        Ok(())
    }

    fn decoded(&self, strings: &[Range<usize>]) -> String {
        let mut decoded = String::new();
        for part in strings.iter().flat_map(|s| parts(&self.text[s.clone()])) {
            match part {
                Part::Verbatim(text, _) => decoded.push_str(text),
                Part::Unit(text, _) => decoded.push_str(&text),
                Part::Wrong(_) => {}
            }
        }
        decoded
    }
}

/// Whether a catalogue with this header is English from Spanish, as far as it says.
fn check(header: &str) -> Result<(), Malformed> {
    let named = |name: &str| {
        let mut lines = header.lines();
        let value = lines.find_map(|line| line.strip_prefix(name))?.trim();
        (!value.is_empty()).then_some(value)
    };
    segment::check_languages(named("X-Source-Language:"), named("Language:"))
}

/// A part of a string, with its place in it.
enum Part<'t> {
    Verbatim(&'t str, usize),
    Unit(String, Range<usize>),
    Wrong(usize),
}

/// The parts of a string between its quotation marks.
fn parts(string: &str) -> impl Iterator<Item = Part<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = &string[start..];
        let plain = rest.find(['\\', '"']).unwrap_or(rest.len());
        if plain > 0 {
            at += plain;
            return Some(Part::Verbatim(&rest[..plain], start));
        }
        let (said, length) = escaped(rest)?;
        at += length;
        Some(match said {
            Some(said) => Part::Unit(said, start..at),
            None => Part::Wrong(start),
        })
    })
}

/// What the escape at the start of a text says, and how long it is; `None` at the end.
fn escaped(text: &str) -> Option<(Option<String>, usize)> {
    let first = text.chars().next()?;
    let said = match text.as_bytes().get(1) {
        Some(_) if first != '\\' => None,
        Some(b'n') => Some('\n'),
        Some(b't') => Some('\t'),
        Some(b'r') => Some('\r'),
        Some(b'a') => Some('\u{7}'),
        Some(b'b') => Some('\u{8}'),
        Some(b'v') => Some('\u{b}'),
        Some(b'f') => Some('\u{c}'),
        Some(&mark @ (b'"' | b'\\')) => Some(char::from(mark)),
        Some(b'0'..=b'7' | b'x') => return Some(numbered(text)),
        _ => None,
    };
    match said {
        Some(said) => Some((Some(said.to_string()), 2)),
        None => Some((None, first.len_utf8())),
    }
}

/// What escapes with numbers say: the bytes of one character in UTF-8.
fn numbered(text: &str) -> (Option<String>, usize) {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some((byte, long)) = byte(&text[length..]) {
        bytes.push(byte);
        let whole = std::str::from_utf8(&bytes);
        let broken = whole.is_err_and(|error| error.error_len().is_some());
        if broken && bytes.len() > 1 {
            // What came before is broken; this byte may begin the next character.
            bytes.pop();
            break;
        }
        length += long;
        if broken || whole.is_ok() {
            break;
        }
    }
    match bytes.is_empty() {
        true => (None, 1),
        false => (Some(String::from_utf8_lossy(&bytes).into_owned()), length),
    }
}

/// The byte that an escape with a number says, and how long it is.
fn byte(text: &str) -> Option<(u8, usize)> {
    let digits = text.strip_prefix('\\')?;
    let (digits, base, most) = match digits.strip_prefix('x') {
        Some(digits) => (digits, 16, 2),
        None => (digits, 8, 3),
    };
    let long = digits.bytes().take(most);
    let long = long.take_while(|b| char::from(*b).is_digit(base)).count();
    let value = u32::from_str_radix(&digits[..long], base).ok()?;
    let marks = text.len() - digits.len();
    Some((u8::try_from(value).ok()?, marks + long))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Format, testing};
    use proptest::prelude::*;

    const HEADER: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: en_GB\\n\"\n";

    fn unescaped(string: &str) -> String {
        let said = |part| match part {
            Part::Verbatim(text, _) => text.to_owned(),
            Part::Unit(text, _) => text,
            Part::Wrong(_) => panic!("{string}"),
        };
        parts(string).map(said).collect()
    }

    #[test]
    fn translated_messages_are_paragraphs() {
        let file = [
            HEADER,
            "\n# a remark\n#: a.c:1\n#, fuzzy\n#| msgid \"x\"\nmsgctxt \"menu\"\nmsgid \"El \"\n\"juez\"\n",
            "msgstr \"\"\n\"The \"\n\"judge\\n\"\n",
            "\nmsgid \"%d gol\"\nmsgid_plural \"%d goles\"\nmsgstr[0] \"%d goal\"\nmsgstr[1] \"%d goals\"\n",
            "\nmsgid \"Nada\"\nmsgstr \"\"\n\n#~ msgid \"Viejo\"\n#~ msgstr \"Old\"\n",
            "msgid \"Dijo \\\"no\\\"\"\r\nmsgstr \"He said \\\"no\\\" in C\\303\\241diz\\x21\"\r\n",
        ]
        .concat();
        let document = testing::story(&file, Format::Po).document;
        assert_eq!(
            document.plain.trim_end(),
            "The judge\n\n\n%d goal\n\n%d goals\n\nHe said \"no\" in Cádiz!"
        );
        let spanish = "El juez\n\n%d gol\n\n%d goles\n\nDijo \"no\"";
        assert_eq!(document.spanish.as_deref(), Some(spanish));
        assert_eq!(document.blocks.len(), 4);
        assert!(testing::holds(&file, Format::Po, unescaped) > 8);
        testing::rewrites(&file, Format::Po, "a \"b\" \\ c\td");
    }

    #[test]
    fn a_comment_may_be_meant_for_asador() {
        let file = [
            HEADER,
            "\n#. asador-disable calque\nmsgid \"a\"\nmsgstr \"b\"\n",
        ]
        .concat();
        let story = testing::story(&file, Format::Po);
        let [note] = &story.notes[..] else {
            panic!("one note");
        };
        assert_eq!((note.at, &*note.text), (0, "asador-disable calque"));
        assert_eq!(&file[note.source.range()], "#. asador-disable calque");
    }

    #[test]
    fn faults_have_a_place_and_a_remedy() {
        let refusal = |file: &str| testing::refusal(file, Format::Po);
        let quote = "a string that does not begin and end with \" on its line; quote it";
        assert_eq!(refusal("msgid \"a\"\nmsgstr b"), format!("2:8: {quote}"));
        assert_eq!(refusal("msgid \"a"), format!("1:7: {quote}"));
        let lone = "a lone \" or \\ in a string; write \\\" or \\\\";
        assert_eq!(refusal("msgid \"a\"b\""), format!("1:9: {lone}"));
        assert_eq!(refusal("msgid \"\\q\""), format!("1:8: {lone}"));
        assert_eq!(
            refusal("msgid \"a\"\n  The judge"),
            "2:3: no comment and no string of a message; quote it or begin it with #"
        );
        assert_eq!(
            refusal(&HEADER.replace("en_GB", "es")),
            "translated into “es”; only English from Spanish (“es”) is checked"
        );
        assert_eq!(
            refusal(HEADER),
            "no message in it is translated; msgid is the Spanish, msgstr the English"
        );
    }

    proptest! {
        #[test]
        fn every_word_lies_where_its_bytes_are(
            strings in prop::collection::vec(r#"([a-z é“]{1,4}|\\n|\\"|\\\\|\\303\\251|\\x41|\\377){0,8}"#, 1..6),
        ) {
            let quoted: String = strings.iter().map(|s| format!("\"{s}\"\n")).collect();
            let file = format!("{HEADER}\nmsgid \"s\"\nmsgstr \" z \"\n{quoted}");
            prop_assert!(testing::holds(&file, Format::Po, unescaped) > 0);
            testing::rewrites(&file, Format::Po, "a\n\"b\"");
        }

        #[test]
        fn any_file(text in r#"(msgid|msgstr|msgctxt|msgid_plural|msgstr\[1\]|"|\\|x|0|é| |#|~|\n){0,40}"#) {
            let _ = testing::input(&text, Format::Po);
        }
    }
}
