//! What the readers of XML formats share: events with their places, entities, bounds.
//!
//! A document type declaration is passed over: entities that it declares are never expanded and
//! nothing is ever loaded. Names are local: prefixes of namespaces are left out.
use super::{Malformed, escape, prose::Prose};
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::Event as Raw;
use quick_xml::events::attributes::{AttrError, Attribute, Attributes};
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::ops::Range;

mod inner;
#[cfg(test)]
pub(super) mod tests;

pub(super) use inner::{Inner, line, plain};

/// So deep elements may lie in each other; stories need a tenth of it.
const DEEPEST: usize = 256;

/// A file in XML, read event by event. Reading on fails where the file is not well-formed, or nested
/// too deep.
pub(super) struct Xml<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Bytes before the first that the parser saw.
    lead: usize,
    open: Vec<Open<'t>>,
}

/// An element that has not ended.
struct Open<'t> {
    name: &'t str,
    lang: Option<&'t str>,
    preserve: bool,
}

/// What stands at a place of a file. Declarations and processing instructions are passed over.
#[derive(Clone)]
pub(super) enum Event<'t> {
    /// An element begins; one that is empty ends with the next event.
    Start(Tag<'t>),
    /// The element of this name ends.
    End(&'t str),
    /// Text, or a part of it.
    Text(Piece<'t>),
    /// A comment, without its marks.
    Comment(Piece<'t>),
}

/// The tag that begins an element.
#[derive(Clone, Copy)]
pub(super) struct Tag<'t> {
    /// Its local name.
    pub name: &'t str,
    /// Byte of the text where it stands.
    pub at: usize,
    /// What stands between `<` and `>`.
    inner: &'t str,
    /// Where the attributes begin there.
    attributes: usize,
}

/// A stretch of text that the file writes in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// What it says.
    pub text: Cow<'t, str>,
    /// The bytes of the file that say it.
    pub source: Range<usize>,
    /// In which way.
    pub written: Written,
}

/// How a file in XML writes a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As it is.
    Plainly,
    /// As a reference to a character or to an entity that everybody knows.
    ByReference,
    /// As a reference to an entity that is not known here; the text is the reference.
    Unknown,
    /// In a CDATA section.
    InCdata,
}

/// How white space is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// As it stands.
    Kept,
    /// Any stretch of it is one space.
    Folded,
}

impl<'t> Xml<'t> {
    /// A file, or a part of one.
    pub fn new(text: &'t str) -> Self {
        // The parser would pass over a byte order mark and not count it.
        let seen = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(seen);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            text,
            reader,
            lead: text.len() - seen.len(),
            open: Vec::new(),
        }
    }

    /// A file whose root is one of these elements, and the tag of its root.
    ///
    /// # Errors
    /// When the root is another: the file is of another kind than `what`.
    pub fn rooted(text: &'t str, roots: &[&str], what: &str) -> Result<(Self, Tag<'t>), Malformed> {
        let mut xml = Xml::new(text);
        while let Some(event) = xml.next()? {
            if let Event::Start(tag) = event {
                if roots.contains(&tag.name) {
                    return Ok((xml, tag));
                }
                let name = short(tag.name);
                return Err(Malformed::foreign(format!(
                    "no {what}: the root element is <{name}>; name its format with --input-format"
                )));
            }
        }
        Err(Malformed::foreign(format!(
            "no {what}: there is no element in it"
        )))
    }

    /// The next event; `None` at the end of the file.
    pub fn next(&mut self) -> Result<Option<Event<'t>>, Malformed> {
        loop {
            let start = self.place();
            let raw = self.reader.read_event().map_err(|e| self.fault(&e))?;
            let source = start..self.place();
            let text = &self.text[source.clone()];
            let event = match raw {
                Raw::Start(tag) => {
                    let name = tag.name().as_ref().len();
                    Event::Start(self.start(source.start, text, name)?)
                }
                Raw::End(_) => {
                    let ended = self.open.pop();
                    Event::End(ended.map_or("", |element| element.name))
                }
                Raw::Text(_) => Event::Text(Piece {
                    text: Cow::Borrowed(text),
                    source,
                    written: Written::Plainly,
                }),
                Raw::CData(_) => {
                    let (before, after) = ("<![CDATA[".len(), "]]>".len());
                    Event::Text(Piece {
                        text: Cow::Borrowed(&text[before..text.len() - after]),
                        source: source.start + before..source.end - after,
                        written: Written::InCdata,
                    })
                }
                Raw::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref();
                    let character = character.map_err(|_| {
                        let why = "there is no such character; write it as it is";
                        Malformed::new(source.start, format!("{}: {why}", short(text)))
                    })?;
                    Event::Text(referred(text, source, character)?)
                }
                Raw::Comment(_) => Event::Comment(Piece {
                    text: Cow::Borrowed(&text["<!--".len()..text.len() - "-->".len()]),
                    source,
                    written: Written::Plainly,
                }),
                Raw::Eof => return self.end().map(|()| None),
                Raw::Empty(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => continue,
            };
            return Ok(Some(event));
        }
    }

    fn start(&mut self, at: usize, text: &'t str, name: usize) -> Result<Tag<'t>, Malformed> {
        if self.open.len() == DEEPEST {
            let why = format!("elements lie more than {DEEPEST} deep in each other; no story does");
            return Err(Malformed::new(at, why));
        }
        let inner = text.strip_prefix('<').unwrap_or(text);
        let inner = inner.strip_suffix('>').unwrap_or(inner);
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let tag = Tag {
            name: local(&inner[..name]),
            at,
            inner,
            attributes: name,
        };
        let outer = self.open.last();
        let mut element = Open {
            name: tag.name,
            lang: outer.and_then(|o| o.lang),
            preserve: outer.is_some_and(|o| o.preserve),
        };
        for attribute in tag.attributes() {
            match attribute {
                Ok(("lang", value)) => element.lang = Some(value),
                Ok(("space", value)) => element.preserve = value == "preserve",
                Ok(_) => {}
                Err(_) => {
                    let name = short(tag.name);
                    let why = "is not written as name=\"value\", or comes twice; mend it";
                    let why = format!("an attribute of <{name}> {why}");
                    return Err(Malformed::new(at, why));
                }
            }
        }
        self.open.push(element);
        Ok(tag)
    }

    /// Passes over what is left of the element that began last.
    pub fn skip(&mut self) -> Result<(), Malformed> {
        let depth = self.open.len();
        while self.open.len() >= depth && self.next()?.is_some() {}
        Ok(())
    }

    /// What is left of the element that began last, its end not counted.
    pub fn rest(&mut self) -> Result<Vec<Event<'t>>, Malformed> {
        let depth = self.open.len();
        let mut events = Vec::new();
        while let Some(event) = self.next()? {
            if self.open.len() < depth {
                break;
            }
            events.push(event);
        }
        Ok(events)
    }

    /// The text of the element that began last, white space around it left out.
    pub fn value(&mut self) -> Result<String, Malformed> {
        Ok(said(&self.rest()?).trim().to_owned())
    }

    /// A note of the file that may be meant for asador: the element that began with this tag, last.
    pub fn note(&mut self, tag: &Tag) -> Result<Option<Piece<'t>>, Malformed> {
        let text = self.value()?;
        Ok(text.contains("asador-").then(|| Piece {
            text: Cow::Owned(text),
            source: tag.at..self.place(),
            written: Written::Plainly,
        }))
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The name of the element in which the last one began or ended.
    pub fn parent(&self) -> &'t str {
        let above = self.open.len().checked_sub(2);
        above.map_or("", |above| self.open[above].name)
    }

    /// The language of what stands here, as `xml:lang` says.
    pub fn lang(&self) -> Option<&'t str> {
        self.open.last().and_then(|element| element.lang)
    }

    /// How white space is to be read here, as `xml:space` says.
    pub fn space(&self) -> Space {
        match self.open.last() {
            Some(element) if element.preserve => Space::Kept,
            _ => Space::Folded,
        }
    }

    fn place(&self) -> usize {
        self.lead + self.reader.buffer_position() as usize
    }

    fn end(&self) -> Result<(), Malformed> {
        let Some(element) = self.open.last() else {
            return Ok(());
        };
        let name = short(element.name);
        Err(Malformed::new(
            self.text.len(),
            format!("the file ends inside <{name}>; is it cut off? get it again"),
        ))
    }

    fn fault(&self, error: &Error) -> Malformed {
        let at = self.lead + self.reader.error_position() as usize;
        let why = match error {
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => format!(
                "</{}> where </{}> should be; mend the tags",
                short(found),
                short(expected)
            ),
            Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                format!("</{}> ends nothing; mend the tags", short(found))
            }
            Error::IllFormed(IllFormedError::UnclosedReference) => LONE_AMPERSAND.to_owned(),
            Error::Syntax(error) => format!("{error}; is the file cut off? get it again"),
            error => format!("{error}; mend the XML"),
        };
        Malformed::new(at.min(self.text.len()), why)
    }
}

const LONE_AMPERSAND: &str = "an & that begins no entity; write it as &amp;";

impl<'t> Event<'t> {
    /// The text that it is, if it is text.
    pub fn text(&self) -> Option<&Piece<'t>> {
        match self {
            Event::Text(piece) => Some(piece),
            _ => None,
        }
    }
}

impl<'t> Tag<'t> {
    /// The prefix that names the namespace of the element.
    pub fn prefix(&self) -> &'t str {
        let name = &self.inner[..self.attributes];
        name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// The local names and the values of its attributes, as they are written.
    fn attributes(&self) -> impl Iterator<Item = Result<(&'t str, &'t str), AttrError>> {
        Attributes::new(self.inner, self.attributes).map(|attribute| {
            let Attribute { key, value } = attribute?;
            let value = match value {
                Cow::Borrowed(value) => value,
                Cow::Owned(_) => "",
            };
            Ok((local(key.0), value))
        })
    }

    /// The value of an attribute, by its local name, as it is written: a code or a keyword.
    pub fn attribute(&self, name: &str) -> Option<&'t str> {
        let mut attributes = self.attributes().flatten();
        attributes
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The value of an attribute, by its local name, as it reads: a name or a link.
    pub fn label(&self, name: &str) -> Option<String> {
        let value = self.attribute(name)?;
        let read = quick_xml::escape::unescape(value);
        Some(read.unwrap_or(Cow::Borrowed(value)).into_owned())
    }

    /// Whether an attribute has this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.attribute(name) == Some(value)
    }
}

/// The name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// As much of a name as a message has room for.
fn short(name: &str) -> &str {
    let end = name.char_indices().nth(32).map_or(name.len(), |(at, _)| at);
    &name[..end]
}

/// What a reference says. An entity is known if XML or HTML names it; what a file declares itself
/// is not looked at.
fn referred(
    text: &str,
    source: Range<usize>,
    character: Option<char>,
) -> Result<Piece<'_>, Malformed> {
    let name = &text[1..text.len() - 1];
    let named = |c: char| c.is_alphanumeric() || matches!(c, '#' | '.' | '-' | '_' | ':');
    if name.is_empty() || !name.chars().all(named) {
        return Err(Malformed::new(source.start, LONE_AMPERSAND));
    }
    let said = match character {
        Some(c) => Some(c.to_string()),
        None => entity(text),
    };
    Ok(match said {
        Some(said) => Piece {
            text: Cow::Owned(said),
            source,
            written: Written::ByReference,
        },
        None => Piece {
            text: Cow::Borrowed(text),
            source,
            written: Written::Unknown,
        },
    })
}

/// What an entity of HTML stands for; those of XML are among them, except one.
fn entity(reference: &str) -> Option<String> {
    /// The longest name in HTML has 31 letters.
    const LONGEST: usize = 33;
    if reference == "&apos;" {
        return Some("'".to_owned());
    }
    if reference.len() > LONGEST {
        return None;
    }
    let mut tokens = html5gum::Tokenizer::new(reference).flatten();
    let Some(html5gum::Token::String(said)) = tokens.next() else {
        return None;
    };
    let said = String::from_utf8(said.value.to_vec()).ok()?;
    // HTML reads the start of an unknown name as a known one: `&notion;` as `¬ion;`.
    (!said.ends_with(';')).then_some(said)
}

/// All text in a list of events.
pub(super) fn said(events: &[Event]) -> String {
    let pieces = events.iter().filter_map(Event::text);
    pieces.map(|piece| &*piece.text).collect()
}

/// A story that a file in XML tells.
pub(super) fn prose() -> Prose {
    let mut prose = Prose::new();
    prose.write_with(Some(escape::XML));
    prose
}

/// White space as XML has it: a no-break space is a character like others.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Adds a stretch of text to a story.
pub(super) fn say(prose: &mut Prose, piece: &Piece, space: Space) {
    match piece.written {
        Written::Plainly => plainly(prose, piece, space),
        Written::ByReference => prose.unit(&piece.text, piece.source.clone()),
        Written::Unknown => {
            prose.write_with(None);
            prose.verbatim(&piece.text, piece.source.start);
            prose.write_with(Some(escape::XML));
        }
        Written::InCdata => {
            prose.write_with(Some(escape::CDATA));
            plainly(prose, piece, space);
            prose.write_with(Some(escape::XML));
        }
    }
}

fn plainly(prose: &mut Prose, piece: &Piece, space: Space) {
    let (mut rest, mut at) = (&*piece.text, piece.source.start);
    while space == Space::Folded && !rest.is_empty() {
        let word = rest.find(is_space).unwrap_or(rest.len());
        prose.verbatim(&rest[..word], at);
        let (gap, after) = (&rest[word..], rest[word..].trim_start_matches(is_space));
        let source = at + word..at + rest.len() - after.len();
        match &gap[..gap.len() - after.len()] {
            "" => {}
            _ if prose.ends_spaced() => {}
            " " => prose.verbatim(" ", source.start),
            _ => prose.unit(" ", source.clone()),
        }
        (rest, at) = (after, source.end);
    }
    prose.verbatim(rest, at);
}

/// Keeps a comment that may be meant for asador.
pub(super) fn remark(prose: &mut Prose, comment: &Piece) {
    if comment.text.contains("asador-") {
        prose.note(&comment.text, comment.source.clone());
    }
}

/// Whether a language is English; what has no language is taken for it.
pub(super) fn is_english(lang: Option<&str>) -> bool {
    lang.is_none_or(|lang| lang.trim().is_empty() || is_tongue(lang, "en"))
}

/// Whether a language tag such as `es-AR` names this language.
pub(super) fn is_tongue(lang: &str, tongue: &str) -> bool {
    let lang = lang.trim();
    let primary = lang.split(['-', '_']).next().unwrap_or(lang);
    primary.eq_ignore_ascii_case(tongue)
}
