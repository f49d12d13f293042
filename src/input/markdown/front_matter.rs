//! The front matter of a Markdown file: which of its values are prose, and where they are written.
use super::scalar::Style;
use crate::input::Malformed;
use crate::text::BlockKind;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Values within values are read to this depth.
const DEEPEST: usize = 64;

/// Front matter in TOML of more bytes is refused: the parser takes its time over keys within keys.
const LONGEST_TOML: usize = 64 * 1024;

/// A value that is prose.
#[derive(Debug)]
pub(super) struct Value {
    /// What it is to the reader.
    pub kind: BlockKind,
    /// Its text.
    pub text: String,
    /// Where it is written in the file, behind its opening quote; it may end before.
    pub raw: Range<usize>,
    /// How it is written.
    pub style: Style,
}

/// What the front matter says in prose, in order, and where the text begins.
pub(super) fn read(file: &str, keys: &[String]) -> Result<(Vec<Value>, usize), Malformed> {
    let Some((mark, block, end)) = find(file) else {
        return Ok((Vec::new(), 0));
    };
    let text = &file[block.clone()];
    let read = match mark {
        "---" => yaml(text, keys),
        _ => toml(text, keys),
    };
    let mut values = read.map_err(|(at, why)| {
        let why =
            format!("the front matter cannot be read ({why}); mend it, or put values in quotes");
        Malformed::new(block.start + at, why)
    })?;
    for value in &mut values {
        value.raw = value.raw.start + block.start..value.raw.end + block.start;
    }
    Ok((values, end))
}

/// The marks of the front matter, what is between them, and where the text begins.
fn find(file: &str) -> Option<(&'static str, Range<usize>, usize)> {
    let mark = ["---", "+++"].into_iter().find(|m| file.starts_with(m))?;
    let mut at = 0;
    for line in file.split_inclusive('\n') {
        let end = at + line.len();
        let line = line.trim_ascii_end();
        if at == 0 && line != mark {
            return None;
        }
        if at > 0 && (line == mark || mark == "---" && line == "...") {
            let start = file.find('\n')? + 1;
            return begins_with_key(&file[start..at]).then_some((mark, start..at, end));
        }
        at = end;
    }
    None
}

/// Whether a block begins with a key, as front matter does and a text between two rules does not.
fn begins_with_key(block: &str) -> bool {
    let mut lines = block.lines().map(str::trim);
    let first = lines.find(|line| !line.starts_with('#'));
    let key = first.and_then(|line| line.split([':', '=']).next().filter(|key| *key != line));
    let is_word = |key: &str| !key.is_empty() && !key.contains(char::is_whitespace);
    key.is_some_and(|key| is_word(key.trim_end()) || key.starts_with('['))
}

/// What the value of a key is to the reader, if it is prose.
fn kind_of(key: &str, keys: &[String]) -> Option<BlockKind> {
    match key {
        "title" | "headline" | "subtitle" => Some(BlockKind::Headline),
        "caption" => Some(BlockKind::Caption),
        "description" | "summary" | "excerpt" | "standfirst" => Some(BlockKind::Body),
        _ => keys.iter().any(|k| k == key).then_some(BlockKind::Body),
    }
}

type Fault = (usize, String);

/// The values of a block of YAML.
fn yaml(block: &str, keys: &[String]) -> Result<Vec<Value>, Fault> {
    // The parser counts characters.
    let bytes: Vec<usize> = block.char_indices().map(|(at, _)| at).collect();
    let byte = |index: usize| bytes.get(index).copied().unwrap_or(block.len());
    let fault = |e: ScanError| (byte(e.marker().index()), e.info().to_owned());
    let mut values = Vec::new();
    // For each open collection, whether it is a mapping, and the key whose value comes next.
    let mut open: Vec<(bool, Option<Option<BlockKind>>)> = Vec::new();
    for event in Parser::new_from_str(block) {
        let (event, span) = event.map_err(fault)?;
        if open.len() > DEEPEST {
            return Err((byte(span.start.index()), "nested too deeply".to_owned()));
        }
        let place = |span: Span| byte(span.start.index())..byte(span.end.index());
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let is_mapping = matches!(event, Event::MappingStart(..));
                open.push((is_mapping, None));
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                value_is_over(&mut open);
            }
            Event::Scalar(text, style, ..) => match open.last_mut() {
                None => return Err((place(span).start, "no keys and values".to_owned())),
                Some((true, key @ None)) => *key = Some(kind_of(&text, keys)),
                Some((true, key)) => {
                    if let Some(kind) = key.take().flatten() {
                        let (raw, style) = inside(place(span), style);
                        let text = text.into_owned();
                        values.push(Value {
                            kind,
                            text,
                            raw,
                            style,
                        });
                    }
                }
                Some(_) => {}
            },
            Event::Alias(_) => value_is_over(&mut open),
            _ => {}
        }
    }
    Ok(values)
}

/// Notes that the value of a key, or the key itself, was a collection and is over.
fn value_is_over(open: &mut [(bool, Option<Option<BlockKind>>)]) {
    if let Some((true, key)) = open.last_mut() {
        *key = match key {
            None => Some(None),
            Some(_) => None,
        };
    }
}

/// What stands behind the opening mark of a scalar of YAML. The parser counts what follows a quoted
/// one on its line as a part of it.
fn inside(span: Range<usize>, style: ScalarStyle) -> (Range<usize>, Style) {
    match style {
        ScalarStyle::SingleQuoted => (span.start + 1..span.end, Style::Single),
        ScalarStyle::DoubleQuoted => (span.start + 1..span.end, Style::Double),
        _ => (span, Style::Plain),
    }
}

/// The values of a block of TOML.
fn toml(block: &str, keys: &[String]) -> Result<Vec<Value>, Fault> {
    if block.len() > LONGEST_TOML {
        return Err((0, format!("it is longer than {LONGEST_TOML} bytes")));
    }
    let table = DeTable::parse(block).map_err(|e| {
        let at = e.span().map_or(0, |span| span.start);
        (at, e.message().lines().next().unwrap_or("").to_owned())
    })?;
    let mut values = Vec::new();
    let mut tables = vec![table.get_ref()];
    while let Some(table) = tables.pop() {
        for (key, value) in table {
            match value.get_ref() {
                DeValue::String(text) => {
                    if let Some(kind) = kind_of(key.get_ref(), keys) {
                        let (raw, style) = unquoted(block, value.span());
                        let text = text.clone().into_owned();
                        values.push(Value {
                            kind,
                            text,
                            raw,
                            style,
                        });
                    }
                }
                DeValue::Table(inner) => tables.push(inner),
                DeValue::Array(list) => {
                    let inner = list.iter().filter_map(|item| item.get_ref().as_table());
                    tables.extend(inner);
                }
                _ => {}
            }
        }
    }
    values.sort_by_key(|value| value.raw.start);
    Ok(values)
}

/// What stands behind the opening quotes of a string of TOML.
fn unquoted(block: &str, span: Range<usize>) -> (Range<usize>, Style) {
    let raw = &block[span.clone()];
    let style = match raw.starts_with('"') {
        true => Style::Double,
        false => Style::Literal,
    };
    let quotes = match raw.starts_with("\"\"\"") || raw.starts_with("'''") {
        true => 3,
        false => 1,
    };
    (span.start + quotes..span.end, style)
}
