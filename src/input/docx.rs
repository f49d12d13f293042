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
    Ok(Input::new(vec![story], Encoding::Utf8, Vec::new()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::testing;
    use proptest::prelude::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    /// A document of these parts.
    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            let options = SimpleFileOptions::default();
            zip.start_file(*name, options).expect("it begins");
            zip.write_all(text.as_bytes()).expect("it is written");
        }
        zip.finish().expect("it ends").into_inner()
    }

    /// The body of a document.
    fn body(paragraphs: &str) -> String {
        format!("<w:document xmlns:w='x'><w:body>{paragraphs}<w:sectPr/></w:body></w:document>")
    }

    fn story(paragraphs: &str) -> Story {
        let bytes = package(&[("word/document.xml", &body(paragraphs))]);
        let mut input = read(&bytes).unwrap_or_else(|error| panic!("{error}"));
        input.stories.remove(0)
    }

    fn refusal(bytes: &[u8]) -> String {
        match read(bytes) {
            Ok(_) => panic!("it is read"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_paragraph_is_a_line() {
        let story = story(
            "<w:p><w:r><w:t xml:space='preserve'>The </w:t></w:r><w:r><w:t>ju</w:t></w:r><w:r><w:t>dge</w:t>\
             <w:br/><w:t>spoke&amp;left.</w:t></w:r></w:p><w:p/>\
             <w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>\
             <w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
             <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:tab/><w:t>shown</w:t></w:r>\
             <w:r><w:instrText>PAGE</w:instrText></w:r>\
             <w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell\none</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        assert_eq!(
            story.document.plain,
            "The judge spoke&left.\n\nnew shown\ncell one\n"
        );
        let span = Span::new(4, 9);
        assert_eq!(story.document.map.source(span), span);
        assert_eq!(story.escapes(span), None);
    }

    #[test]
    fn styles_tell_what_a_paragraph_is() {
        let styles = "<w:styles xmlns:w='x'>\
            <w:style w:styleId='Ttulo1'><w:name w:val='heading 1'/></w:style>\
            <w:style w:styleId='Descripcin'><w:name w:val='caption'/></w:style></w:styles>";
        let paragraph = |properties: &str, text: &str| {
            format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
        };
        let paragraphs = [
            paragraph(
                "<w:pStyle w:val='Ttulo1'/>",
                "A long headline, with a stop at its end.",
            ),
            paragraph("", "The judge spoke on Monday."),
            paragraph("<w:pStyle w:val='Descripcin'/>", "The court."),
            paragraph("<w:numPr><w:numId w:val='1'/></w:numPr>", "One."),
            paragraph(
                "<w:pPrChange><w:pPr><w:pStyle w:val='Ttulo1'/></w:pPr></w:pPrChange>",
                "Two goals came late.",
            ),
        ];
        let relations = "<Relationships><Relationship Type='http://x/officeDocument' Target='/doc/main.xml'/></Relationships>";
        let bytes = package(&[
            ("_rels/.rels", relations),
            ("doc/main.xml", &body(&paragraphs.concat())),
            ("doc/styles.xml", styles),
        ]);
        let input = read(&bytes).unwrap_or_else(|error| panic!("{error}"));
        let blocks = testing::blocks(&input.stories[0]);
        let kinds: Vec<BlockKind> = blocks.iter().map(|(kind, _)| *kind).collect();
        use BlockKind::{Body, Caption, Headline, Item};
        assert_eq!(kinds, [Headline, Body, Caption, Item, Body]);
    }

    #[test]
    fn what_cannot_be_opened_is_said_in_a_line() {
        assert_eq!(
            refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            "an old Word document, or one with a password; save it as .docx without one"
        );
        assert!(refusal(b"PK\x03\x04 and no more").starts_with("a broken Word document ("));
        assert_eq!(
            refusal(&package(&[("a.txt", "x")])),
            "no Word document: there is no word/document.xml in it"
        );
        assert_eq!(
            refusal(&package(&[("word/document.xml", "<w:p><w:r></w:p>")])),
            "a broken Word document: in word/document.xml, </w:p> where </w:r> should be; mend the tags"
        );
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        zip.start_file("word/document.xml", options)
            .expect("it begins");
        let block = vec![b' '; 1 << 20];
        for _ in 0..=MOST_BYTES >> 20 {
            zip.write_all(&block).expect("it is written");
        }
        let bytes = zip.finish().expect("it ends").into_inner();
        assert!(bytes.len() < 1 << 20);
        assert_eq!(
            refusal(&bytes),
            "word/document.xml unpacks to more than 64 MiB; no story does"
        );
    }

    proptest! {
        #[test]
        fn any_body(text in r"(<w:p>|</w:p>|<w:p/>|<w:r>|</w:r>|<w:t>|</w:t>|<w:pStyle w:val='a'/>|<w:vanish/>|&#10;|é| |\n){0,40}") {
            let _ = read(&package(&[("word/document.xml", &body(&text))]));
        }

        #[test]
        fn any_bytes(mut bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..400) {
            let sound = package(&[("word/document.xml", &body("<w:p><w:r><w:t>The judge</w:t></w:r></w:p>"))]);
            let _ = read(&sound[..cut.min(sound.len())]);
            for (at, byte) in bytes.iter().enumerate().take(8) {
                let mut damaged = sound.clone();
                let place = (usize::from(*byte) * 7 + at) % damaged.len();
                damaged[place] ^= byte | 1;
                let _ = read(&damaged);
            }
            bytes.splice(0..0, *b"PK\x03\x04");
            let _ = read(&bytes);
        }
    }
}
