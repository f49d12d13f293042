//! What the readers of XML formats share: events with their places, entities, bounds.
//!
//! A document type declaration is passed over: entities that it declares are never expanded and
//! nothing is ever loaded. Names are local: prefixes of namespaces are left out.
use super::{Malformed, escape, prose::Prose};
use crate::text::{SourceMap, Span};
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::Event as Raw;
use quick_xml::events::attributes::{AttrError, Attribute, Attributes};
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::ops::Range;

/// So deep elements may lie in each other; stories need a tenth of it.
const DEEPEST: usize = 256;

/// A file in XML, read event by event.
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
    ///
    /// # Errors
    /// When the file is not well-formed, or nested too deep.
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
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub fn skip(&mut self) -> Result<(), Malformed> {
        let depth = self.open.len();
        while self.open.len() >= depth && self.next()?.is_some() {}
        Ok(())
    }

    /// What is left of the element that began last, its end not counted.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
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
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub fn value(&mut self) -> Result<String, Malformed> {
        Ok(said(&self.rest()?).trim().to_owned())
    }

    /// A note of the file that may be meant for asador: the element that began with this tag, last.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
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

impl<'t> Tag<'t> {
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
    let mut text = String::new();
    for event in events {
        if let Event::Text(piece) = event {
            text.push_str(&piece.text);
        }
    }
    text
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

/// A text within the file, as another reader is to see it: the HTML of a feed, say.
pub(super) struct Inner {
    /// The text.
    pub text: String,
    /// From there to the file.
    pub map: SourceMap,
    /// How the file writes it; `None` where it writes it in two ways.
    pub escapes: Option<escape::Escapes>,
}

impl Inner {
    /// The text that these events hold.
    pub fn of(events: &[Event]) -> Self {
        let (mut text, mut map) = (String::new(), SourceMap::identity());
        let (mut cdata, mut plain, mut unknown) = (false, false, false);
        for event in events {
            let Event::Text(piece) = event else { continue };
            let blank = piece.text.trim().is_empty();
            match piece.written {
                Written::Plainly | Written::InCdata => {
                    map.verbatim(piece.source.start, piece.text.len());
                }
                Written::ByReference => map.unit(piece.text.len(), piece.source.clone()),
                Written::Unknown => {
                    unknown = true;
                    map.verbatim(piece.source.start, piece.text.len());
                }
            }
            cdata |= piece.written == Written::InCdata;
            plain |= piece.written != Written::InCdata && !blank;
            text.push_str(&piece.text);
        }
        let escapes = match (cdata, plain) {
            _ if unknown => None,
            (true, true) => None,
            (true, false) => Some(escape::CDATA),
            (false, _) => Some(escape::XML),
        };
        Inner { text, map, escapes }
    }

    /// What another reader makes of it. It is not written back where the file writes it in two ways.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn read(&self, reader: fn(&str) -> Result<Prose, Malformed>) -> Result<Prose, Malformed> {
        let mut prose = reader(&self.text).map_err(|mut fault| {
            let at = Span::new(fault.at, fault.at);
            fault.at = self.map.source(at).start as usize;
            fault
        })?;
        if self.escapes.is_none() {
            prose.forbid_writing();
        }
        Ok(prose)
    }

    /// Adds what another reader made of it to a story.
    pub fn add(&self, prose: Prose, story: &mut Prose) {
        let outer = self.escapes.unwrap_or(escape::XML);
        story.append(prose, &self.map, outer);
        story.write_with(Some(escape::XML));
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::text::BlockKind;
    use proptest::prelude::*;

    /// What a stretch of a file says; the inside of a CDATA section is what it says.
    pub fn decoded(written: &str) -> String {
        let mut xml = Xml::new(written);
        let mut said = String::new();
        loop {
            match xml.next() {
                Ok(Some(Event::Text(piece))) => said.push_str(&piece.text),
                Ok(Some(_)) => {}
                Ok(None) => return said,
                Err(_) => return written.to_owned(),
            }
        }
    }

    /// Every text of a file with its bytes.
    fn pieces(text: &str) -> Vec<(String, &str, Written)> {
        let mut xml = Xml::new(text);
        let mut pieces = Vec::new();
        while let Some(event) = xml.next().expect("sound") {
            if let Event::Text(piece) = event {
                let written = &text[piece.source];
                pieces.push((piece.text.into_owned(), written, piece.written));
            }
        }
        pieces
    }

    fn fault(text: &str) -> (usize, String) {
        let mut xml = Xml::new(text);
        loop {
            match xml.next() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("it is sound: {text}"),
                Err(fault) => return (fault.at, fault.why),
            }
        }
    }

    #[test]
    fn every_text_knows_its_bytes() {
        use Written::*;
        let text = "\u{feff}<?xml version='1.0'?><a b='>'>R&amp;D<![CDATA[ <&> ]]>&#x2019;&eacute;&own;</a>";
        let expected = [
            ("R", "R", Plainly),
            ("&", "&amp;", ByReference),
            ("D", "D", Plainly),
            (" <&> ", " <&> ", InCdata),
            ("’", "&#x2019;", ByReference),
            ("é", "&eacute;", ByReference),
            ("&own;", "&own;", Unknown),
        ];
        let expected = expected.map(|(said, written, how)| (said.to_owned(), written, how));
        assert_eq!(pieces(text), expected);
    }

    #[test]
    fn declared_entities_are_never_expanded() {
        let laughs = "<!DOCTYPE a [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;&lol;'>\
            <!ENTITY file SYSTEM 'file:///etc/passwd'>]><a>&lol2;&file;</a>";
        let said: Vec<String> = pieces(laughs).into_iter().map(|(said, ..)| said).collect();
        assert_eq!(said, ["&lol2;", "&file;"]);
        for name in [
            "notion",
            "semicolonx",
            "apo",
            "CounterClockwiseContourIntegralX",
        ] {
            assert_eq!(entity(&format!("&{name};")), None, "{name}");
        }
    }

    #[test]
    fn faults_have_a_place_and_a_remedy() {
        let cases = [
            ("<a><b></a>", 6, "</a> where </b> should be; mend the tags"),
            ("<a></a></b>", 7, "</b> ends nothing; mend the tags"),
            ("<a>Jones & Co</a>", 9, LONE_AMPERSAND),
            ("<a>A & B; x</a>", 5, LONE_AMPERSAND),
            (
                "<a>&#xd800;</a>",
                3,
                "&#xd800;: there is no such character; write it as it is",
            ),
            (
                "<a>text",
                7,
                "the file ends inside <a>; is it cut off? get it again",
            ),
            (
                "<a><!-- x</a>",
                3,
                "comment not closed: `-->` not found before end of input; is the file cut off? get it again",
            ),
            (
                "<a b=c></a>",
                0,
                "an attribute of <a> is not written as name=\"value\", or comes twice; mend it",
            ),
        ];
        for (text, at, why) in cases {
            assert_eq!(fault(text), (at, why.to_owned()), "{text}");
        }
        let deep = "<a>".repeat(100_000);
        let (at, why) = fault(&deep);
        assert_eq!(at, DEEPEST * 3);
        assert!(why.starts_with("elements lie more than 256 deep"), "{why}");
    }

    #[test]
    fn white_space_is_folded_where_it_means_nothing() {
        let mut xml =
            Xml::new("<p>The  king\n<b> of</b> Spain&#32;<![CDATA[ said\t]]>\u{a0}no </p>");
        let mut prose = prose();
        prose.begin(BlockKind::Body);
        while let Some(event) = xml.next().expect("sound") {
            if let Event::Text(piece) = event {
                say(&mut prose, &piece, Space::Folded);
            }
        }
        let plain = prose.finish(None, None).document.plain;
        assert_eq!(plain, "The king of Spain said \u{a0}no \n\n");
    }

    #[test]
    fn language_and_space_are_inherited() {
        let mut xml =
            Xml::new("<a xml:lang='es' xml:space='preserve'><b/><c xml:lang='en-GB'/></a>");
        let mut langs = Vec::new();
        while let Some(event) = xml.next().expect("sound") {
            if let Event::Start(tag) = event {
                langs.push((tag.name, xml.lang(), xml.space()));
            }
        }
        assert_eq!(
            langs,
            [
                ("a", Some("es"), Space::Kept),
                ("b", Some("es"), Space::Kept),
                ("c", Some("en-GB"), Space::Kept),
            ]
        );
        assert!(is_tongue("es_AR", "es") && !is_tongue("est", "es"));
        assert!(is_english(None) && is_english(Some("EN-us")) && !is_english(Some("es")));
    }

    proptest! {
        /// Whatever stands in a file, events come in order and lie in it.
        #[test]
        fn any_text(text in r"(<|>|/|&|;|#|!|\[|\]|-|\?|'|=|CDATA|<!\[CDATA\[|\]\]>|<a>|</a>|<!--|-->|amp|x|é| |\u{feff}){0,40}") {
            let mut xml = Xml::new(&text);
            let mut at = 0;
            loop {
                match xml.next() {
                    Ok(Some(Event::Text(piece) | Event::Comment(piece))) => {
                        prop_assert!(piece.source.start >= at);
                        at = piece.source.end;
                        prop_assert!(text.get(piece.source).is_some());
                    }
                    Ok(Some(Event::Start(_) | Event::End(_))) => {}
                    Ok(None) => break,
                    Err(fault) => {
                        prop_assert!(fault.at <= text.len());
                        break;
                    }
                }
            }
        }
    }
}
