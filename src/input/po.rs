//! The reader of catalogues of gettext (PO): every translated message is a paragraph.
//!
//! The crates for PO say on which line a message stands, not at which byte each of its strings;
//! so the lines are read here.
use super::prose::Prose;
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
    /// Its strings are formats of a program, with directives such as `%s`.
    formats: bool,
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
            if !self.message.translations.is_empty() {
                self.end()?;
            }
            if let Some(flags) = comment.strip_prefix(',') {
                let mut flags = flags.split(',').map(str::trim);
                self.message.formats =
                    flags.any(|f| f.ends_with("-format") && !f.starts_with("no-"));
            }
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
        if starts && !self.message.original.is_empty() {
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
            // What is written into a format would have to obey the program that reads it.
            let escapes = Some(escape::PO).filter(|_| !message.formats);
            self.pairs.english.write_with(escapes);
            for string in strings {
                self.say(string, message.formats);
            }
            self.pairs.english.end();
        }
        Ok(())
    }

    /// Adds a string to the open block.
    fn say(&mut self, string: &Range<usize>, format: bool) {
        let english = &mut self.pairs.english;
        for part in parts(&self.text[string.clone()]) {
            match part {
                Part::Verbatim(text, at) if format => formatted(english, text, string.start + at),
                Part::Verbatim(text, at) => english.verbatim(text, string.start + at),
                Part::Unit(text, within) => {
                    english.unit(
                        &text,
                        string.start + within.start..string.start + within.end,
                    );
                }
                Part::Wrong(_) => {}
            }
        }
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

/// Adds text in which directives stand for what a program puts there.
fn formatted(english: &mut Prose, text: &str, at: usize) {
    let (mut said, mut from) = (0, 0);
    while let Some(next) = text[from..].find(['%', '{']) {
        let start = from + next;
        let Some(long) = directive(&text[start..]) else {
            from = start + 1;
            continue;
        };
        english.verbatim(&text[said..start], at + said);
        let source = at + start..at + start + long;
        match &text[start..start + long] {
            "%%" => english.unit("%", source),
            _ => english.object(source),
        }
        (said, from) = (start + long, start + long);
    }
    english.verbatim(&text[said..], at + said);
}

/// How long the directive is that a text begins with: `%s`, `%1$d`, `%(name)s`, `{name}`.
fn directive(text: &str) -> Option<usize> {
    let within = |text: &str, close: char| {
        let mut ends = text[1..].char_indices();
        let end = ends.find(|(_, c)| c.is_whitespace() || "(){}".contains(*c));
        end.and_then(|(at, c)| (c == close).then_some(at + 2))
    };
    let Some(rest) = text.strip_prefix('%') else {
        return within(text, '}');
    };
    let name = match rest.chars().next()? {
        '%' => return Some(2),
        '{' => return Some(1 + within(rest, '}')?),
        '(' => within(rest, ')')?,
        _ => 0,
    };
    let rest = &rest[name..];
    let flags = rest.find(|c: char| !c.is_ascii_digit() && !"$#+-.'*".contains(c))?;
    let kind = rest[flags..].trim_start_matches(['l', 'h', 'z']);
    let named = kind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '@');
    named.then(|| text.len() - kind.len() + 1)
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
    fn a_directive_is_no_text() {
        let directives = [
            "%s", "%1$s", "%(name)s", "%-5.2lf", "%%", "%{x}", "{0}", "{a.b}", "%@",
        ];
        for text in directives {
            assert_eq!(directive(&format!("{text} x")), Some(text.len()), "{text}");
        }
        for text in ["% of", "%", "{a b}", "{", "%(a", "%.", "{{x}}"] {
            assert_eq!(directive(text), None, "{text}");
        }
        let message =
            "#, fuzzy, python-format\nmsgid \"a\"\nmsgstr \"At %(n)s, 3%% of {x} or 5%\"\n";
        let story = testing::story(message, Format::Po);
        assert_eq!(story.document.plain.trim_end(), "At □, 3% of □ or 5%");
        assert_eq!(story.escapes(story.document.tokens[0].span), None);
        let story = testing::story(&message.replace("python", "no-c"), Format::Po);
        assert_eq!(
            story.document.plain.trim_end(),
            "At %(n)s, 3%% of {x} or 5%"
        );
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
