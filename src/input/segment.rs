//! What the readers of translations share: segments with inline codes, and pairs that make a story.
use super::escape::Escapes;
use super::prose::{OBJECT, Prose};
use super::xml::{self, Event, Piece, Space, Tag, Written, Xml};
use super::{Malformed, Story};
use crate::text::BlockKind;
use std::borrow::Cow;

/// A story whose segments were translated one by one: the English in blocks, the Spanish beside.
pub(super) struct Pairs {
    /// The English.
    pub english: Prose,
    spanish: String,
    count: usize,
}

impl Pairs {
    /// A story without text, in a file that writes it so.
    pub fn new(escapes: Escapes) -> Self {
        let mut english = Prose::new();
        english.write_with(Some(escapes));
        Pairs {
            english,
            spanish: String::new(),
            count: 0,
        }
    }

    /// Begins a block of English for this Spanish.
    pub fn begin(&mut self, spanish: &str) {
        let spanish = spanish.trim();
        if !spanish.is_empty() && !self.spanish.is_empty() {
            self.spanish.push_str("\n\n");
        }
        self.spanish.push_str(spanish);
        self.english.begin(BlockKind::Body);
        self.count += 1;
    }

    /// Adds what a unit of a file in XML holds, unless there is no English in it.
    pub fn add(&mut self, unit: Unit) {
        for note in &unit.notes {
            xml::remark(&mut self.english, note);
        }
        if xml::said(&unit.english).trim().is_empty() {
            return;
        }
        self.begin(&unit.spanish);
        for event in &unit.english {
            match event {
                Event::Text(piece) => xml::say(&mut self.english, piece, Space::Kept),
                Event::Comment(comment) => xml::remark(&mut self.english, comment),
                Event::Start(_) | Event::End(_) => {}
            }
        }
        self.english.end();
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The story.
    pub fn finish(self, id: Option<String>) -> Story {
        self.english.finish(id, Some(self.spanish))
    }
}

/// A paragraph of a file in XML, of one segment or several.
#[derive(Default)]
pub(super) struct Unit<'t> {
    english: Vec<Event<'t>>,
    spanish: String,
    /// The last character of the English.
    last: Option<char>,
    /// What stands beside it for the translator, or for asador.
    pub notes: Vec<Piece<'t>>,
}

impl<'t> Unit<'t> {
    /// Adds a segment; one that would be glued to the last is parted from it.
    pub fn segment(&mut self, english: Vec<Event<'t>>, spanish: &str) {
        if let Some(first) = english.iter().find_map(Event::text)
            && parted(self.last, first)
        {
            self.english.push(unwritten(" ", first.source.start));
        }
        let texts = english.iter().rev().filter_map(Event::text);
        let last = texts
            .flat_map(|piece| piece.text.chars().next_back())
            .next();
        self.last = last.or(self.last);
        self.english.extend(english);
        let spaced = self.spanish.is_empty() || self.spanish.ends_with(char::is_whitespace);
        if !spaced && !spanish.starts_with(char::is_whitespace) {
            self.spanish.push(' ');
        }
        self.spanish.push_str(spanish);
    }
}

/// What an inline code does to the text around it.
enum Code {
    /// It wraps text that counts.
    Around,
    /// It begins or ends something, and holds only what the original had there.
    Edge,
    /// It stands for something between words.
    Between,
}

/// The inline codes of XLIFF 1.2, XLIFF 2 and TMX.
fn code(name: &str) -> Code {
    match name {
        "g" | "mrk" | "pc" | "hi" => Code::Around,
        "bpt" | "ept" | "bx" | "ex" | "sc" | "ec" | "sm" | "em" => Code::Edge,
        _ => Code::Between,
    }
}

/// Reads what is left of a segment: its text and comments, without the codes. Where one of them
/// stood between words there is a space, where it was like a word a mark.
pub(super) fn read<'t>(xml: &mut Xml<'t>) -> Result<Vec<Event<'t>>, Malformed> {
    let depth = xml.depth();
    let mut events = Vec::new();
    let mut last = None;
    // Where something stood between words since then, and whether it was a line break.
    let mut gap = None;
    while let Some(event) = xml.next()? {
        match event {
            Event::End(_) if xml.depth() < depth => break,
            Event::End(_) => {}
            Event::Start(tag) => match code(tag.name) {
                Code::Around => {}
                Code::Edge => xml.skip()?,
                Code::Between => {
                    let broke = gap.is_some_and(|(_, broke)| broke);
                    gap = Some((tag.at, breaks(&tag, &xml.value()?) || broke));
                }
            },
            Event::Text(piece) => {
                events.extend(gap.take().and_then(|gap| between(last, gap, &piece)));
                last = piece.text.chars().next_back().or(last);
                events.push(Event::Text(piece));
            }
            Event::Comment(_) => events.push(event),
        }
    }
    Ok(events)
}

/// Whether an inline code that held this is a line break.
fn breaks(tag: &Tag, held: &str) -> bool {
    let says = tag.attribute("ctype").or(tag.attribute("subType"));
    let held = held.to_ascii_lowercase();
    says.is_some_and(|says| says == "lb" || says.ends_with(":lb")) || held.contains("<br")
}

/// What stands for an inline code between a text that ended in `last` and the next.
fn between<'t>(last: Option<char>, (at, broke): (usize, bool), next: &Piece) -> Option<Event<'t>> {
    let spaced = |c: char| c.is_whitespace();
    match (last.is_some_and(spaced), next.text.starts_with(spaced)) {
        (true, true) if !broke => Some(unwritten(OBJECT, at)),
        (false, false) if broke || parted(last, next) => Some(unwritten(" ", at)),
        _ => None,
    }
}

/// A text that the file does not have.
fn unwritten<'t>(text: &'static str, at: usize) -> Event<'t> {
    Event::Text(Piece {
        text: Cow::Borrowed(text),
        source: at..at,
        written: Written::ByReference,
    })
}

/// Whether a text would be glued to one that ends in this character.
fn parted(last: Option<char>, next: &Piece) -> bool {
    const OPENING: &str = "([{“‘«¿¡\"'-–—/";
    const CLOSING: &str = ")]}”’»?!.,;:…%\"'-–—/";
    let before = |c: char| !c.is_whitespace() && !OPENING.contains(c);
    let after = |c: char| !c.is_whitespace() && !CLOSING.contains(c);
    last.is_some_and(before) && next.text.starts_with(after)
}

/// Whether a translation between these languages is checked, as far as a file names them.
///
/// # Errors
/// When it is another: the file is foreign.
pub(super) fn check_languages(from: Option<&str>, into: Option<&str>) -> Result<(), Malformed> {
    let wrong = match (from, into) {
        (Some(from), _) if !xml::is_tongue(from, "es") => format!("from “{from}”"),
        (_, Some(into)) if !xml::is_english(Some(into)) => format!("into “{into}”"),
        _ => return Ok(()),
    };
    Err(Malformed::foreign(format!(
        "translated {wrong}; only English from Spanish (“es”) is checked"
    )))
}
