//! From a record of JSON to a story: which values are prose, of which kind, and in which order.
use super::super::prose::Prose;
use super::super::{Field, Record, Story, escape, html};
use super::fields::Fields;
use super::pointer::Pointer;
use super::value::{Found, Value};
use crate::text::{BlockKind, SourceMap, blocks};
use std::collections::HashSet;

/// A string of a record, decoded.
struct Text {
    pointer: String,
    decoded: String,
    /// From the decoded text to the text of the file.
    through: SourceMap,
    media: Option<Media>,
    html: bool,
}

/// What a record says that a string of it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Media {
    Html,
    Plain,
    Other,
}

/// A field that was read as a part of a story.
struct Read {
    text: Text,
    prose: Prose,
}

/// Whether a value is a story, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// No field of it is known.
    None,
    /// It has a title or a caption.
    Some,
    /// It has the text of a story.
    Story,
}

/// How much like a story a value is.
pub fn likeness(value: &Value, fields: &Fields) -> Likeness {
    let has = |pointer: &Pointer| !value.find(pointer.steps()).is_empty();
    let holds = |pointer: &Pointer| value.find(pointer.steps()).iter().any(is_prose);
    if fields.body().any(|(pointer, _)| holds(pointer)) {
        return Likeness::Story;
    }
    let parts = [
        fields.of(|f| &f.headline),
        fields.of(|f| &f.standfirst),
        fields.of(|f| &f.caption),
    ];
    let any = parts.iter().any(|part| part.iter().any(holds));
    match any || fields.body().any(|(pointer, _)| has(pointer)) {
        true => Likeness::Some,
        false => Likeness::None,
    }
}

/// Whether a value is a string or an array of strings.
fn is_prose(found: &Found) -> bool {
    let mut strings = strings(found).peekable();
    strings.peek().is_some()
}

/// The strings that a pointer leads to: one, or those of an array.
fn strings<'v, 'a>(found: &'v Found<'v, 'a>) -> impl Iterator<Item = (String, &'v Value<'a>)> {
    let one = (found.pointer.clone(), found.value);
    let many = found.value.is_array().then(|| found.value.values());
    let many = many.into_iter().flatten().enumerate();
    let many = many.map(|(i, value)| (format!("{}/{i}", found.pointer), value));
    std::iter::once(one)
        .chain(many)
        .filter(|(_, v)| v.is_string())
}

/// The story of a record; `line` is its place in a stream.
pub fn story(value: &Value, fields: &Fields, line: Option<u32>) -> Story {
    let mut prose = Prose::new();
    for found in follow(value, fields.of(|f| &f.ignore)) {
        for (_, note) in strings(&found) {
            if let Some((text, _)) = note.text() {
                prose.note_on_all(&text, note.at()..note.end());
            }
        }
    }
    let parts = parts(value, fields);
    let mut read = Vec::with_capacity(parts.len());
    for Read { text, prose: inner } in parts {
        let (plain, map) = prose.append(inner, &text.through, escape::JSON);
        read.push(Field {
            pointer: text.pointer,
            plain,
            map,
            text: text.decoded,
        });
    }
    let mut story = prose.finish(id(value, fields), spanish(value, fields));
    story.record = line.map(|line| Record { line, fields: read });
    story
}

/// What a record calls itself.
pub fn id(value: &Value, fields: &Fields) -> Option<String> {
    let found = fields
        .of(|f| &f.id)
        .iter()
        .flat_map(|p| value.find(p.steps()));
    let mut names = found.filter_map(|f| f.value.name());
    names.find(|name| !name.trim().is_empty())
}

/// The Spanish beside a story.
fn spanish(value: &Value, fields: &Fields) -> Option<String> {
    for pointer in fields.of(|f| &f.spanish) {
        for found in value.find(pointer.steps()) {
            let read = match found.value.is_object() {
                true => parts(found.value, fields),
                false => read(texts(&found, pointer, None), None),
            };
            let mut prose = Prose::new();
            for part in read {
                prose.append(part.prose, &part.text.through, escape::JSON);
            }
            let plain = prose.into_plain();
            if !plain.is_empty() {
                return Some(plain);
            }
        }
    }
    None
}

/// The parts of a story in the order of the page. What stands in the text too is left out: the
/// title at its top, an excerpt, a caption.
fn parts(value: &Value, fields: &Fields) -> Vec<Read> {
    let first = |pointers: &[Pointer]| {
        let mut texts = pointers.iter().map(|p| all_texts(value, p));
        texts.find(|texts| !texts.is_empty()).unwrap_or_default()
    };
    let body = read(body(value, fields), None);
    let headline = read(first(fields.of(|f| &f.headline)), Some(BlockKind::Headline));
    let standfirst = read(first(fields.of(|f| &f.standfirst)), None);
    let byline = read(first(fields.of(|f| &f.byline)), Some(BlockKind::Byline));
    let captions = fields.of(|f| &f.caption).iter();
    let captions = captions.flat_map(|p| all_texts(value, p)).collect();
    let captions = read(captions, Some(BlockKind::Caption));

    if headline.is_empty() && standfirst.is_empty() && captions.is_empty() {
        return byline.into_iter().chain(body).collect();
    }
    let mut told = String::new();
    for part in &body {
        letters(part.prose.text(), &mut told);
    }
    let mut seen = HashSet::new();
    let mut searches = 0;
    let mut new = |mut parts: Vec<Read>, opens: bool| {
        parts.retain(|part| {
            let mut own = String::new();
            letters(part.prose.text(), &mut own);
            searches += usize::from(!opens);
            let known = match opens {
                _ if own.len() < TELLING => false,
                true => told.starts_with(&own),
                false => searches <= SEARCHES && told.contains(&own),
            };
            !known && seen.insert(own)
        });
        parts
    };
    let mut all = new(headline, true);
    all.extend(new(standfirst, false));
    all.extend(byline);
    let captions = new(captions, false);
    all.extend(body);
    all.extend(captions);
    all
}

/// Fewer letters may stand in a text by chance.
const TELLING: usize = 16;
/// So many parts are looked for in the text, each at the cost of reading it.
const SEARCHES: usize = 64;

/// Appends the letters and figures of a text in lower case: two texts that differ only in markup,
/// white space and punctuation have the same.
fn letters(text: &str, out: &mut String) {
    out.extend(
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase),
    );
}

/// The text of a story. Of several renditions that are marked as such one is read, HTML first.
fn body(value: &Value, fields: &Fields) -> Vec<Text> {
    for (pointer, html) in fields.body() {
        let mut texts = all_texts(value, pointer);
        if texts.iter().any(|t| t.media.is_some()) {
            let first = |media| texts.iter().position(|t| t.media == Some(media));
            let best = first(Media::Html).or_else(|| first(Media::Plain));
            texts = best.map(|at| texts.swap_remove(at)).into_iter().collect();
        }
        for text in &mut texts {
            text.html |= html && text.media.is_none();
        }
        if !texts.is_empty() {
            return texts;
        }
    }
    Vec::new()
}

fn follow<'v, 'a>(
    value: &'v Value<'a>,
    pointers: &[Pointer],
) -> impl Iterator<Item = Found<'v, 'a>> {
    pointers.iter().flat_map(|p| value.find(p.steps()))
}

/// All strings with text in them that a pointer leads to.
fn all_texts(value: &Value, pointer: &Pointer) -> Vec<Text> {
    let found = value.find(pointer.steps());
    // The strings of one object ask it once.
    let mut asked: Option<(&Value, Option<Media>)> = None;
    let mut all = Vec::new();
    for found in &found {
        let media = match asked {
            Some((parent, media)) if std::ptr::eq(parent, found.parent) => media,
            _ => media(found.parent),
        };
        asked = Some((found.parent, media));
        all.extend(texts(found, pointer, media));
    }
    all
}

fn texts(found: &Found, pointer: &Pointer, media: Option<Media>) -> Vec<Text> {
    let html_by_name = is_html_name(pointer.last_key());
    strings(found)
        .filter_map(|(pointer, value)| {
            let (decoded, through) = value.text()?;
            let html = match media {
                Some(media) => media == Media::Html,
                None => html_by_name || holds_blocks(&decoded),
            };
            (!decoded.trim().is_empty()).then_some(Text {
                pointer,
                decoded,
                through,
                media,
                html,
            })
        })
        .collect()
}

/// What an object says about the value in it.
fn media(parent: &Value) -> Option<Media> {
    if !parent.is_object() {
        return None;
    }
    let key = parent.keys().find(|key| {
        ["contenttype", "content_type", "mimetype"]
            .iter()
            .any(|known| key.eq_ignore_ascii_case(known))
    })?;
    let media = parent.get(key)?.name()?;
    let media = media.split(';').next().unwrap_or_default().trim();
    Some(match media.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Media::Html,
        "text/plain" => Media::Plain,
        _ if media.contains('/') => Media::Other,
        // The type of a post, not of a text.
        _ => return None,
    })
}

/// Whether a key says that its value is HTML.
fn is_html_name(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.contains("html") || matches!(key.as_str(), "rendered" | "processed")
}

/// Tags that part paragraphs.
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "figure",
    "table",
    "section",
    "article",
    "html",
    "body",
];

/// Whether a text is HTML by its look: it opens with a block, or its paragraphs are parted by tags
/// and by nothing else. A lone tag in plain text is a defect, which a rule reports.
fn holds_blocks(text: &str) -> bool {
    let tag = |at: usize| {
        let name = &text[at + 1..];
        let name = name.strip_prefix('/').unwrap_or(name);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric());
        let name = &name[..end.unwrap_or(name.len())];
        BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block))
    };
    let start = text.len() - text.trim_start().len();
    if text[start..].starts_with("<!--") || text[start..].starts_with('<') && tag(start) {
        return true;
    }
    let tags = memchr::memchr_iter(b'<', text.as_bytes()).filter(|&at| tag(at));
    tags.take(2).count() == 2 && !text.contains("\n\n")
}

/// Cuts every text into blocks, of one kind if it is given.
fn read(texts: Vec<Text>, kind: Option<BlockKind>) -> Vec<Read> {
    let read = |text: Text| {
        let html = text.html.then(|| html::prose(&text.decoded).ok()).flatten();
        let plain = || Prose::of_text(&text.decoded, blocks::of_plain_text(&text.decoded));
        let prose = html.unwrap_or_else(plain);
        let prose = match kind {
            Some(kind) => prose.of_kind(kind),
            None => prose,
        };
        Read { text, prose }
    };
    texts.into_iter().map(read).collect()
}
