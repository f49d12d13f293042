//! The reader of Markdown: CommonMark with the tables, footnotes and struck text that most sites
//! know, behind front matter in YAML or TOML.
use super::flow::Flow;
use super::prose::{Prose, letters};
use super::{Malformed, Options, Story, escape, html};
use crate::text::{BlockKind, SourceMap};
use front_matter::Value;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::ops::Range;

mod front_matter;
mod scalar;
#[cfg(test)]
mod tests;

/// The story of a file.
pub(super) fn read(text: &str, options: &Options) -> Result<Vec<Story>, Malformed> {
    let (values, start) = front_matter::read(text, &options.front_matter)?;
    refuse_deep(text)?;
    let body = body(text, start);
    let shown = letters(body.text());
    let mut story = Prose::new();
    for value in values {
        // A summary that is the beginning of the story says nothing new.
        if value.kind != BlockKind::Body || !shown.contains(&letters(&value.text)) {
            write(text, &value, &mut story);
        }
    }
    story.append(body, &SourceMap::identity(), escape::PLAIN);
    Ok(vec![story.finish(None, None)])
}

/// Quotations and lists that lie in each other more deeply than this are refused.
const DEEPEST: usize = 200;

/// The parser looks at every open quotation and list for each line: depth must have a bound.
fn refuse_deep(text: &str) -> Result<(), Malformed> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (mut indent, mut marks) = (0, 0);
        let mut bytes = line.bytes().peekable();
        while let Some(byte) = bytes.next() {
            let spaced = bytes.peek().is_none_or(u8::is_ascii_whitespace);
            match byte {
                b' ' | b'\t' => indent += 1,
                b'0'..=b'9' => {}
                b'>' => marks += 1,
                b'-' | b'+' | b'*' | b'.' | b')' if spaced => marks += 1,
                _ => break,
            }
        }
        // A list within a list is indented by two columns and more.
        if marks > 0 && marks + indent / 2 > DEEPEST {
            let why = format!(
                "quotations and lists lie more than {DEEPEST} deep in each other; take them apart"
            );
            return Err(Malformed::new(at, why));
        }
        at += line.len();
    }
    Ok(())
}

/// Adds a value of the front matter.
fn write(text: &str, value: &Value, story: &mut Prose) {
    let plain = value.text.trim();
    let aligned = scalar::align(text, value.raw.clone(), plain, value.style);
    let (map, escapes) = match aligned {
        Some(map) => (map, value.style.escapes()),
        None => {
            let mut whole = SourceMap::identity();
            whole.unit(plain.len(), value.raw.clone());
            (whole, None)
        }
    };
    let mut inner = Prose::new();
    inner.write_with(escapes);
    inner.begin(value.kind);
    inner.verbatim(plain, 0);
    story.append(inner, &map, escape::PLAIN);
}

/// The text behind the front matter, which ends at `start`.
fn body(text: &str, start: usize) -> Prose {
    use pulldown_cmark::Options;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut body = Body::new(text);
    for (event, place) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        body.take(event, place.start + start..place.end + start);
    }
    body.flow.finish()
}

/// The text of a file, as it is read.
struct Body<'a> {
    text: &'a str,
    flow: Flow<'a>,
    /// The kind of a block in each open list, quotation, heading.
    kinds: Vec<BlockKind>,
    /// How many are open of what is not read: code blocks, struck text.
    silent: usize,
    /// How many images are open, one in the other, and what is said of them: it stands in the
    /// middle of a paragraph, but is not of it.
    images: usize,
    captions: Vec<Flow<'a>>,
    /// A block of HTML, without what stands before its lines in lists and quotations.
    html: String,
    html_map: SourceMap,
    /// Where the last text ended.
    end: usize,
}

impl<'a> Body<'a> {
    fn new(text: &'a str) -> Self {
        Body {
            text,
            flow: Flow::new(text, markdown()),
            kinds: Vec::new(),
            silent: 0,
            images: 0,
            captions: Vec::new(),
            html: String::new(),
            html_map: SourceMap::identity(),
            end: 0,
        }
    }

    fn take(&mut self, event: Event, place: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(&tag),
            Event::End(tag) => self.close(tag),
            Event::Html(_) => {
                self.html_map.verbatim(place.start, place.len());
                self.html.push_str(&self.text[place]);
            }
            Event::InlineHtml(tag) => self.inline_html(&tag, place),
            Event::Rule => self.end_block(),
            _ if self.silent > 0 => {}
            Event::Text(text) => self.write(&text, place),
            Event::Code(_) => {
                let kind = self.kind();
                self.sink().object(kind, place);
            }
            Event::SoftBreak => self.sink().space(place),
            Event::HardBreak => self.sink().line_break(place),
            _ => {}
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag {
            Tag::Heading { .. } => self.begin(BlockKind::Headline),
            Tag::Item | Tag::TableCell => self.begin(BlockKind::Item),
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.begin(BlockKind::Body),
            Tag::CodeBlock(_) => {
                self.end_block();
                self.silent += 1;
            }
            Tag::Strikethrough => self.silent += 1,
            Tag::Image { .. } => {
                if self.images == 0 {
                    self.captions.push(Flow::new(self.text, markdown()));
                }
                self.images += 1;
            }
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } => {}
            _ => self.end_block(),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition => {
                self.end_block();
                self.kinds.pop();
            }
            TagEnd::CodeBlock | TagEnd::Strikethrough => self.silent -= 1,
            TagEnd::Image => self.images -= 1,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {}
            TagEnd::HtmlBlock => self.html_block(),
            _ => self.end_block(),
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.end_block();
        self.kinds.push(kind);
    }

    /// Ends the open block; the captions of its images follow it.
    fn end_block(&mut self) {
        self.flow.end();
        for caption in self.captions.drain(..) {
            let prose = self.flow.prose();
            prose.append(caption.finish(), &SourceMap::identity(), escape::PLAIN);
        }
    }

    fn kind(&self) -> BlockKind {
        match self.images {
            0 => self.kinds.last().copied().unwrap_or(BlockKind::Body),
            _ => BlockKind::Caption,
        }
    }

    fn sink(&mut self) -> &mut Flow<'a> {
        match self.captions.last_mut().filter(|_| self.images > 0) {
            Some(caption) => caption,
            None => &mut self.flow,
        }
    }

    fn write(&mut self, text: &str, mut place: Range<usize>) {
        let kind = self.kind();
        if self.text.get(place.clone()) == Some(text) {
            let bytes = self.text.as_bytes();
            // A backslash belongs to the mark behind it, unless it is itself such a mark.
            if place.start > self.end.max(1) && bytes[place.start - 1] == b'\\' {
                let escaped = text.chars().next().map_or(0, char::len_utf8);
                let unit = place.start - 1..place.start + escaped;
                place.start += escaped;
                self.sink().unit(kind, &text[..escaped], unit);
            }
            self.sink().verbatim(kind, place.clone());
        } else {
            self.sink().unit(kind, text, place.clone());
        }
        self.end = place.end;
    }

    fn inline_html(&mut self, tag: &str, place: Range<usize>) {
        if let Some(comment) = tag.strip_prefix("<!--") {
            let comment = comment.strip_suffix("-->").unwrap_or(comment);
            if comment.contains("asador-") {
                self.flow.prose().note(comment, place);
            }
        } else if tag
            .get(..3)
            .is_some_and(|name| name.eq_ignore_ascii_case("<br"))
        {
            self.sink().line_break(place);
        }
    }

    fn html_block(&mut self) {
        self.end_block();
        let html = std::mem::take(&mut self.html);
        let map = std::mem::take(&mut self.html_map);
        let prose = self.flow.prose();
        prose.append(html::fragment(&html), &map, escape::PLAIN);
        prose.write_with(Some(escape::MARKDOWN));
    }
}

/// Prose that is written as Markdown.
fn markdown() -> Prose {
    let mut prose = Prose::new();
    prose.write_with(Some(escape::MARKDOWN));
    prose
}
