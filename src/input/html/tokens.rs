//! The tokens of HTML, each stretch of text with its exact place: html5gum decodes, this module
//! keeps book of where each decoded piece was written.
use crate::text::SourceMap;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// What a pass over a page does with its tokens. All ranges are bytes of the page.
pub(super) trait Handler {
    /// Text that stands in the page as it is.
    fn verbatim(&mut self, source: Range<usize>);
    /// Text that the page writes in another way: an entity.
    fn unit(&mut self, text: &str, source: Range<usize>);
    /// A start tag.
    fn open(&mut self, tag: &Tag, source: Range<usize>);
    /// An end tag.
    fn close(&mut self, name: &[u8], source: Range<usize>);
    /// A comment, without its marks.
    fn comment(&mut self, text: &str, source: Range<usize>);
}

/// Attributes that tell something about the text; all others are dropped.
const KEPT: [&str; 13] = [
    "aria-hidden",
    "class",
    "content",
    "hidden",
    "itemprop",
    "lang",
    "name",
    "property",
    "rel",
    "role",
    "style",
    "type",
    "xml:lang",
];

/// A start tag.
#[derive(Default)]
pub(super) struct Tag {
    /// The name, in lower case.
    pub name: Vec<u8>,
    /// Whether it stands for the whole element. HTML itself does not heed the slash; XHTML does.
    pub closed: bool,
    attributes: Vec<(&'static str, String)>,
    content: SourceMap,
}

impl Tag {
    /// The value of an attribute; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or("")
    }

    /// Whether the attribute is there, be it without a value.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The value of `content` with the way back into the page.
    pub fn content(&self) -> Option<(String, SourceMap)> {
        let value = self.find("content").filter(|value| !value.is_empty())?;
        Some((value.to_owned(), self.content.clone()))
    }

    fn find(&self, name: &str) -> Option<&str> {
        let kept = self.attributes.iter().find(|(kept, _)| *kept == name);
        kept.map(|(_, value)| value.as_str())
    }
}

/// Hands the tokens of a page to `handler`, in order.
pub(super) fn read(text: &str, handler: &mut impl Handler) {
    let mut inner = CallbackEmitter::new(Events {
        text,
        handler,
        xml: text.starts_with("<?xml"),
        tag: Tag::default(),
        attribute: None,
        start: 0,
        cursor: 0,
        value_cursor: 0,
        pending: 0..0,
    });
    inner.naively_switch_states(true);
    let traced = Traced { inner, position: 0 };
    let Ok(()) = Tokenizer::new_with_emitter(text, traced).finish();
}

/// Counts the bytes that html5gum has read, and tells the events of each piece of text before it is
/// joined with others.
struct Traced<'a, H: Handler> {
    inner: CallbackEmitter<Events<'a, H>, Infallible, usize>,
    position: usize,
}

impl<H: Handler> ForwardingEmitter for Traced<'_, H> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.inner
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
        self.inner.move_position(offset);
    }

    fn init_string(&mut self) {
        // What is no tag after all, such as `</>`, is passed over without an event.
        let events = self.inner.callback_mut();
        events.cursor = events.cursor.max(self.position);
        self.inner.init_string();
    }

    fn emit_string(&mut self, piece: &[u8]) {
        self.inner.callback_mut().text(piece, self.position);
        self.inner.emit_string(piece);
    }

    fn init_attribute_value(&mut self) {
        self.inner.callback_mut().value_cursor = self.position;
        self.inner.init_attribute_value();
    }

    fn push_attribute_value(&mut self, piece: &[u8]) {
        // Before the first piece of a value the emitter tells the name.
        self.inner.push_attribute_value(piece);
        self.inner.callback_mut().value(piece, self.position);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let next = self.inner.emit_current_tag();
        next.filter(|_| !self.inner.callback_mut().tag.closed)
    }

    fn emit_eof(&mut self) {
        self.inner.emit_eof();
        self.inner.callback_mut().flush();
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

struct Events<'a, H> {
    text: &'a str,
    handler: &'a mut H,
    xml: bool,
    tag: Tag,
    /// The attribute whose value comes next.
    attribute: Option<&'static str>,
    /// Where the tag began.
    start: usize,
    /// Where the next piece of text begins.
    cursor: usize,
    /// Where the next piece of the value of an attribute begins.
    value_cursor: usize,
    /// Verbatim text that was not yet handed over: pieces may end within a character.
    pending: Range<usize>,
}

/// How a piece was written that begins at `at`, where `position` bytes have been read.
enum Written {
    Verbatim(Range<usize>),
    Otherwise(Range<usize>),
}

fn written(raw: &[u8], piece: &[u8], at: usize, position: usize) -> Written {
    // What decodes to `&` is written with a `&` as well, but in more bytes.
    let same = raw[at.min(raw.len())..].starts_with(piece);
    if same && (piece != b"&" || position == at + 1) {
        return Written::Verbatim(at..at + piece.len());
    }
    // A carriage return is read as a line feed; the line feed behind it is not read at all.
    let pair = raw[at.min(raw.len())..].starts_with(b"\r\n") && piece == b"\n";
    let end = if pair { at + 2 } else { position };
    Written::Otherwise(at..end.clamp(at, raw.len()))
}

impl<H: Handler> Events<'_, H> {
    fn text(&mut self, piece: &[u8], position: usize) {
        if piece.is_empty() {
            return;
        }
        match written(self.text.as_bytes(), piece, self.cursor, position) {
            Written::Verbatim(source) => {
                self.cursor = source.end;
                if self.pending.end != source.start {
                    self.flush();
                    self.pending.start = source.start;
                }
                self.pending.end = source.end;
            }
            Written::Otherwise(source) => {
                self.flush();
                self.cursor = source.end;
                let text = String::from_utf8_lossy(piece);
                self.handler.unit(&text, source);
            }
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.handler.verbatim(self.pending.clone());
        }
        self.pending = 0..0;
    }

    fn value(&mut self, piece: &[u8], position: usize) {
        if self.attribute != Some("content") || piece.is_empty() {
            return;
        }
        let at = self.value_cursor;
        match written(self.text.as_bytes(), piece, at, position) {
            Written::Verbatim(source) => {
                self.value_cursor = source.end;
                self.tag.content.verbatim(source.start, source.len());
            }
            Written::Otherwise(source) => {
                self.value_cursor = source.end;
                self.tag.content.unit(piece.len(), source);
            }
        }
    }
}

impl<H: Handler> Callback<Infallible, usize> for Events<'_, H> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag {
                    name: name.to_owned(),
                    ..Tag::default()
                };
                self.start = span.start;
            }
            CallbackEvent::AttributeName { name } => {
                let kept = KEPT.into_iter().find(|kept| kept.as_bytes() == name);
                // Of two attributes with one name, the first counts.
                self.attribute = kept.filter(|kept| !self.tag.has(kept));
                self.tag
                    .attributes
                    .extend(self.attribute.map(|name| (name, String::new())));
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(name) = self.attribute.take()
                    && let Some(last) = self.tag.attributes.last_mut().filter(|a| a.0 == name)
                {
                    last.1 = String::from_utf8_lossy(value).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                self.flush();
                self.tag.closed = self_closing && self.xml;
                self.cursor = span.end;
                self.handler.open(&self.tag, self.start..span.end);
            }
            CallbackEvent::EndTag { name } => {
                self.flush();
                self.tag.closed = false;
                self.cursor = span.end;
                self.handler.close(name, span.start..span.end);
            }
            CallbackEvent::Comment { value } => {
                self.flush();
                self.cursor = span.end;
                let text = String::from_utf8_lossy(value);
                self.handler.comment(&text, span.start..span.end);
            }
            CallbackEvent::Doctype { .. } => {
                self.flush();
                self.cursor = span.end;
            }
            CallbackEvent::String { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}
