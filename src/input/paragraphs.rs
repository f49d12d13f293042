//! Running text as NITF and XHTML mark it up: which elements are blocks, and of which kind.
use super::Malformed;
use super::prose::Prose;
use super::xml::{self, Event, Piece, Space, Tag, Xml};
use crate::text::BlockKind;

/// A story that elements of NITF or XHTML tell.
pub(super) struct Paragraphs<'t> {
    /// What was told so far.
    pub prose: Prose,
    /// The kinds of the blocks that are open in each other.
    blocks: Vec<BlockKind>,
    headline: String,
    /// The dateline, until the paragraph comes that it begins.
    dateline: Vec<Event<'t>>,
}

/// What an element does to running text.
enum Layout {
    /// It is a part of the text.
    Inline,
    /// It is a line break.
    Break,
    /// It begins and ends a block, of its own kind or of that around it.
    Block(Option<BlockKind>),
    /// It is the headline, which a file may have in two places.
    Headline,
    /// It is the dateline, which papers print at the head of the first paragraph.
    Dateline,
    /// It is a note to editors.
    Note,
    /// It is no text of the story.
    Skipped,
}

/// What the elements of NITF 3 and of XHTML are.
fn layout(name: &str) -> Layout {
    match name {
        "br" => Layout::Break,
        "hl1" | "h1" => Layout::Headline,
        "dateline" => Layout::Dateline,
        "note" => Layout::Note,
        "hl2" | "h2" | "h3" | "h4" | "h5" | "h6" => Layout::Block(Some(BlockKind::Headline)),
        "byline" | "distributor" | "tagline" => Layout::Block(Some(BlockKind::Byline)),
        "li" | "dt" | "dd" => Layout::Block(Some(BlockKind::Item)),
        "media-caption" | "media-producer" | "figcaption" | "credit" => {
            Layout::Block(Some(BlockKind::Caption))
        }
        "p" | "div" | "block" | "bq" | "blockquote" | "article" | "main" | "section" | "header"
        | "ul" | "ol" | "dl" | "figure" | "media" | "fn" | "pre" | "hr" | "abstract"
        | "hedline" | "html" | "nitf" | "body" | "body.head" | "body.content" | "body.end" => {
            Layout::Block(None)
        }
        "head" | "table" | "nitf-table" | "custom-table" | "script" | "style" | "nav" | "aside"
        | "footer" | "form" | "button" | "iframe" | "svg" | "rights" | "series"
        | "bibliography" | "media-metadata" | "media-object" | "media-reference" => Layout::Skipped,
        _ => Layout::Inline,
    }
}

impl<'t> Paragraphs<'t> {
    /// A story without text.
    pub fn new() -> Self {
        Paragraphs {
            prose: xml::prose(),
            blocks: Vec::new(),
            headline: String::new(),
            dateline: Vec::new(),
        }
    }

    /// Reads what is left of the element that began last.
    pub fn read(&mut self, xml: &mut Xml<'t>) -> Result<(), Malformed> {
        let depth = xml.depth();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => self.start(&tag, xml)?,
                Event::End(_) if xml.depth() < depth => break,
                Event::End(name) => {
                    if let Layout::Block(_) = layout(name) {
                        self.prose.end();
                        self.blocks.pop();
                    }
                }
                Event::Text(piece) => self.say(&piece, xml.space()),
                Event::Comment(comment) => xml::remark(&mut self.prose, &comment),
            }
        }
        self.prose.end();
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'t>, xml: &mut Xml<'t>) -> Result<(), Malformed> {
        let layout = layout(tag.name);
        match layout {
            Layout::Inline => return Ok(()),
            Layout::Break => {
                self.gap(tag.at);
                return Ok(());
            }
            _ => {}
        }
        self.prose.end();
        if !xml::is_english(tag.attribute("lang")) {
            return xml.skip();
        }
        match layout {
            Layout::Block(kind) => {
                if tag.name == "abstract" {
                    self.end_dateline();
                }
                let outer = self.blocks.last().copied().unwrap_or(BlockKind::Body);
                self.blocks.push(kind.unwrap_or(outer));
            }
            Layout::Headline => self.headline(&xml.rest()?),
            Layout::Dateline => self.dateline = xml.rest()?,
            Layout::Note => {
                if let Some(note) = xml.note(tag)? {
                    xml::remark(&mut self.prose, &note);
                }
            }
            _ => xml.skip()?,
        }
        Ok(())
    }

    /// Adds the headline, unless the story has it already.
    pub fn headline(&mut self, events: &[Event<'t>]) {
        let said = xml::said(events);
        let said: Vec<&str> = said.split_whitespace().collect();
        let said = said.join(" ");
        if said.is_empty() || said == self.headline {
            return;
        }
        self.headline = said;
        self.block(BlockKind::Headline, events);
    }

    /// Keeps the dateline for the paragraph that it begins.
    pub fn dateline(&mut self, events: Vec<Event<'t>>) {
        self.dateline = events;
    }

    /// Adds a block of this text.
    pub fn block(&mut self, kind: BlockKind, events: &[Event<'t>]) {
        self.prose.begin(kind);
        self.tell(events);
        self.prose.end();
    }

    fn tell(&mut self, events: &[Event<'t>]) {
        for event in events {
            match event {
                Event::Text(piece) => xml::say(&mut self.prose, piece, Space::Folded),
                Event::Comment(comment) => xml::remark(&mut self.prose, comment),
                Event::Start(tag) if matches!(tag.name, "br" | "location" | "story.date") => {
                    self.gap(tag.at);
                }
                Event::Start(_) | Event::End(_) => {}
            }
        }
    }

    fn say(&mut self, piece: &Piece, space: Space) {
        if !self.prose.is_open() {
            if piece.text.trim().is_empty() {
                return;
            }
            let kind = self.blocks.last().copied().unwrap_or(BlockKind::Body);
            if kind == BlockKind::Body && !self.dateline.is_empty() {
                self.dated();
            } else {
                self.end_dateline();
                self.prose.begin(kind);
            }
        }
        xml::say(&mut self.prose, piece, space);
    }

    /// Begins a paragraph with the dateline, and the dash that follows it in print.
    fn dated(&mut self) {
        self.prose.begin(BlockKind::Body);
        let dateline = std::mem::take(&mut self.dateline);
        self.tell(&dateline);
        let said = xml::said(&dateline);
        let dashed = said.trim_end().ends_with(['-', '–', '—', ':']);
        if let Some(last) = dateline.iter().rev().find_map(Event::text)
            && !said.trim().is_empty()
        {
            self.gap(last.source.end);
            if !dashed {
                self.prose.unit("– ", last.source.end..last.source.end);
            }
        }
    }

    /// Makes a block of a dateline that begins no paragraph.
    fn end_dateline(&mut self) {
        let dateline = std::mem::take(&mut self.dateline);
        if !dateline.is_empty() {
            self.block(BlockKind::Byline, &dateline);
        }
    }

    /// Parts words by a space that the file does not have.
    fn gap(&mut self, at: usize) {
        if !self.prose.ends_spaced() {
            self.prose.unit(" ", at..at);
        }
    }

    /// The story.
    pub fn finish(mut self) -> Prose {
        self.end_dateline();
        self.prose
    }
}
