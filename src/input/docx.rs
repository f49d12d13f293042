//! The reader of Word documents: the text of the body, a paragraph a line, only to be read.
use super::xml::{self, Event, Space, Tag, Xml};
use super::{Input, LONGEST, Malformed, ReadError, Story, Writing, encoding};
use crate::text::{BlockKind, Document, Encoding, SourceMap, Span, blocks};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// More a part of a document may not unpack to, in bytes.
const MOST_BYTES: u64 = 64 << 20;
/// More parts a document may not have.
const MOST_PARTS: usize = 10_000;

/// What old and locked documents begin with.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// The story of a document. Its places are those of its text: the line is the number of the
/// paragraph.
pub(super) fn read(bytes: &[u8]) -> Result<Input, ReadError> {
    if bytes.starts_with(COMPOUND_FILE) {
        let why = "an old Word document, or one with a password; save it as .docx without one";
        return Err(ReadError::Broken(why.to_owned()));
    }
    let mut package = Package::open(bytes)?;
    let main = package.main()?;
    let Some(body) = package.part(&main)? else {
        let why = format!("no Word document: there is no {main} in it");
        return Err(ReadError::Broken(why));
    };
    let styles = match package.part(&beside(&main, "styles.xml"))? {
        Some(part) => styles(&part).map_err(|fault| broken("its styles", &fault))?,
        None => HashMap::new(),
    };
    let mut paragraphs = Paragraphs::new(styles);
    paragraphs
        .read(&body)
        .map_err(|fault| broken(&main, &fault))?;
    if paragraphs.text.len() as u64 >= LONGEST {
        return Err(ReadError::TooLarge);
    }
    let blocks = paragraphs.blocks();
    let mut story = Story::whole(Document::new(
        paragraphs.text,
        SourceMap::identity(),
        blocks,
    ));
    story.writing.push(Writing {
        from: 0,
        escapes: None,
    });
    Ok(Input {
        stories: vec![story],
        encoding: Encoding::Utf8,
        raw: Vec::new(),
    })
}

fn broken(part: &str, fault: &Malformed) -> ReadError {
    ReadError::Broken(format!("a broken Word document: in {part}, {}", fault.why))
}

/// The ZIP file that a document is.
struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            let why = format!("a broken Word document ({error}); get it again");
            ReadError::Broken(why)
        })?;
        if archive.len() > MOST_PARTS {
            let why = format!("no Word document: more than {MOST_PARTS} parts");
            return Err(ReadError::Broken(why));
        }
        Ok(Package { archive })
    }

    /// The text of a part, if there is one of this name.
    fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        if self.archive.index_for_name(name).is_none() {
            return Ok(None);
        }
        let broken = |error: &dyn std::fmt::Display| {
            let why = format!("a broken or locked Word document: {name} cannot be read ({error})");
            ReadError::Broken(format!("{why}; save it again without a password"))
        };
        let part = self.archive.by_name(name).map_err(|e| broken(&e))?;
        let mut bytes = Vec::new();
        let read = part.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|e| broken(&e))?;
        if bytes.len() as u64 > MOST_BYTES {
            let why = format!("{name} unpacks to more than {} MiB", MOST_BYTES >> 20);
            return Err(ReadError::Broken(format!("{why}; no story does")));
        }
        Ok(Some(encoding::decode(bytes)?.text))
    }

    /// The name of the part that holds the body.
    fn main(&mut self) -> Result<String, ReadError> {
        let named = match self.part("_rels/.rels")? {
            Some(relations) => main(&relations).map_err(|f| broken("its relationships", &f))?,
            None => None,
        };
        Ok(named.unwrap_or_else(|| "word/document.xml".to_owned()))
    }
}

fn main(relations: &str) -> Result<Option<String>, Malformed> {
    let mut xml = Xml::new(relations);
    while let Some(event) = xml.next()? {
        if let Event::Start(tag) = event
            && let Some(kind) = tag.attribute("Type")
            && kind.ends_with("/officeDocument")
        {
            let target = tag.label("Target");
            return Ok(target.map(|name| name.trim_start_matches('/').to_owned()));
        }
    }
    Ok(None)
}

/// The name of a part in the folder of another.
fn beside(part: &str, name: &str) -> String {
    let folder = part.rfind('/').map_or(0, |at| at + 1);
    format!("{}{name}", &part[..folder])
}

/// The kinds of blocks that styles make, by their ids. The ids are in the language of Word, the
/// names of its own styles always in English.
fn styles(text: &str) -> Result<HashMap<String, BlockKind>, Malformed> {
    let mut xml = Xml::new(text);
    let mut styles = HashMap::new();
    let mut id = None;
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = event else { continue };
        match tag.name {
            "style" => id = tag.label("styleId"),
            "name" if xml.parent() == "style" => {
                let kind = tag.label("val").and_then(|name| kind(&name));
                if let (Some(id), Some(kind)) = (id.take(), kind) {
                    styles.insert(id, kind);
                }
            }
            _ => {}
        }
    }
    Ok(styles)
}

/// The kind of block that a style of this name makes.
fn kind(name: &str) -> Option<BlockKind> {
    let name = name.to_ascii_lowercase();
    match &*name {
        "title" => Some(BlockKind::Headline),
        "caption" => Some(BlockKind::Caption),
        _ if name.starts_with("heading") => Some(BlockKind::Headline),
        _ if name.starts_with("list") => Some(BlockKind::Item),
        _ => None,
    }
}

/// The paragraphs of a body as they are read.
struct Paragraphs {
    styles: HashMap<String, BlockKind>,
    text: String,
    /// The paragraphs with text, and the kinds that their styles say.
    found: Vec<(Option<BlockKind>, Span)>,
    /// Where the open paragraph begins, and its kind.
    start: usize,
    kind: Option<BlockKind>,
    /// Whether the text of the run at hand is hidden.
    hidden: bool,
}

impl Paragraphs {
    fn new(styles: HashMap<String, BlockKind>) -> Self {
        Paragraphs {
            styles,
            text: String::new(),
            found: Vec::new(),
            start: 0,
            kind: None,
            hidden: false,
        }
    }

    fn read(&mut self, body: &str) -> Result<(), Malformed> {
        let mut xml = Xml::new(body);
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => self.start(&tag, &mut xml)?,
                Event::End("p") => self.end(),
                Event::End(_) | Event::Text(_) | Event::Comment(_) => {}
            }
        }
        Ok(())
    }

    fn start<'t>(&mut self, tag: &Tag<'t>, xml: &mut Xml<'t>) -> Result<(), Malformed> {
        let off = || matches!(tag.attribute("val"), Some("0" | "false" | "off"));
        match (tag.name, xml.parent()) {
            // What was deleted, moved away, drawn, or is there twice for older programs.
            ("del" | "moveFrom" | "drawing" | "pict" | "object" | "Fallback", _)
            | ("pPrChange" | "rPrChange" | "sdtPr" | "oMath" | "rt", _) => return xml.skip(),
            ("pStyle", "pPr") => {
                let style = tag.label("val");
                let kind = style.and_then(|id| self.styles.get(&id).copied());
                self.kind = kind.or(self.kind);
            }
            ("numPr", "pPr") => self.kind = self.kind.or(Some(BlockKind::Item)),
            ("r", _) => self.hidden = false,
            ("vanish", "rPr") => self.hidden = !off(),
            ("tab" | "br" | "cr", "r") => self.say(" "),
            ("noBreakHyphen", "r") => self.say("-"),
            ("t", "r") => {
                let kept = xml.space() == Space::Kept;
                let said = xml::said(&xml.rest()?);
                self.say(if kept { &said } else { said.trim() });
            }
            _ => {}
        }
        Ok(())
    }

    /// Adds text. A paragraph stays a line, whatever is in it.
    fn say(&mut self, text: &str) {
        if !self.hidden {
            let lines = text.chars().map(|c| match c {
                '\n' | '\r' => ' ',
                c => c,
            });
            self.text.extend(lines);
        }
    }

    /// Ends a paragraph.
    fn end(&mut self) {
        let text = &self.text[self.start..];
        let start = self.start + text.len() - text.trim_start().len();
        let span = Span::new(start, start + text.trim().len());
        let kind = self.kind.take();
        if !span.is_empty() {
            self.found.push((kind, span));
        }
        self.text.push('\n');
        self.start = self.text.len();
    }

    /// The blocks: what no style tells is guessed as in plain text.
    fn blocks(&self) -> Vec<(BlockKind, Span)> {
        let spans: Vec<Span> = self.found.iter().map(|&(_, span)| span).collect();
        let guessed = blocks::kinds(&self.text, &spans);
        let told = self.found.iter().zip(guessed);
        told.map(|(&(kind, span), guess)| (kind.unwrap_or(guess), span))
            .collect()
    }
}
