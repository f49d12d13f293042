//! The readers of JSON and JSON Lines: a story, several in one file, or a record a line.
use super::{Malformed, Options, Story};
use crate::text::SourceMap;
use record::Likeness;
use value::Value;

mod fields;
mod pointer;
mod record;
mod value;

pub use fields::{Fields, Part};
pub use pointer::Pointer;

/// The stories of a file: the records of an array, the one object, or those that it holds.
pub(super) fn read(text: &str, options: &Options) -> Result<Vec<Story>, Malformed> {
    let fields = &options.fields;
    let value = Value::of(text)?;
    if value.is_array() {
        let stories = list(&value, "", fields);
        return some(stories, || first_object(&value));
    }
    if !value.is_object() {
        return Err(Malformed::foreign(
            "the JSON is neither an object nor an array of objects, so that it holds no story",
        ));
    }
    let likeness = record::likeness(&value, fields);
    if likeness == Likeness::Story {
        return Ok(vec![record::story(&value, fields, None)]);
    }
    for pointer in fields.of(|f| &f.stories) {
        for found in value.find(pointer.steps()) {
            let stories = match found.value.is_array() {
                true => list(found.value, &found.pointer, fields),
                false => one(found.value, fields),
            };
            if !stories.is_empty() {
                return Ok(stories);
            }
        }
    }
    // A schema has a title and a description, and is no story.
    if likeness == Likeness::Some && value.get("$schema").is_none() {
        return Ok(vec![record::story(&value, fields, None)]);
    }
    some(Vec::new(), || Some(&value))
}

/// The stories of a stream in one piece, a record a line.
pub(super) fn read_lines(text: &str, options: &Options) -> Result<Vec<Story>, Malformed> {
    let mut stories = Vec::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if !line.trim().is_empty() {
            let story = read_record(line, number as u32 + 1, options);
            let mut story = story.map_err(|fault| Malformed {
                at: fault.at + start,
                foreign: fault.foreign && stories.is_empty(),
                ..fault
            })?;
            let mut map = SourceMap::identity();
            map.append(&story.document.map, start);
            story.document.map = map;
            for note in &mut story.notes {
                note.source.start += start as u32;
                note.source.end += start as u32;
            }
            stories.push(story);
        }
        start += line.len();
    }
    if stories.is_empty() {
        return Err(Malformed::foreign("there is no record in it"));
    }
    Ok(stories)
}

/// The story of one record of a stream, which stands on this line.
pub(super) fn read_record(text: &str, line: u32, options: &Options) -> Result<Story, Malformed> {
    let value = Value::of(text)?;
    if !value.is_object() {
        let why = "a record is an object, as in {\"id\": \"1\", \"text\": \"…\"}";
        return Err(Malformed::new(value.at(), why));
    }
    if record::likeness(&value, &options.fields) == Likeness::None {
        return Err(Malformed::foreign(no_field(Some(&value))));
    }
    Ok(record::story(&value, &options.fields, Some(line)))
}

/// The stories of an array. One without a name is called by its place.
fn list(array: &Value, pointer: &str, fields: &Fields) -> Vec<Story> {
    let numbered = array.values().enumerate();
    let stories = numbered.filter(|(_, value)| is_story(value, fields));
    stories
        .map(|(number, value)| {
            let mut story = record::story(value, fields, None);
            story
                .id
                .get_or_insert_with(|| format!("{pointer}/{number}"));
            story
        })
        .collect()
}

fn one(value: &Value, fields: &Fields) -> Vec<Story> {
    let story = is_story(value, fields).then(|| record::story(value, fields, None));
    story.into_iter().collect()
}

fn is_story(value: &Value, fields: &Fields) -> bool {
    value.is_object() && record::likeness(value, fields) != Likeness::None
}

/// The stories, or why there are none.
fn some<'v, 'a: 'v>(
    stories: Vec<Story>,
    looked_at: impl Fn() -> Option<&'v Value<'a>>,
) -> Result<Vec<Story>, Malformed> {
    match stories.is_empty() {
        true => Err(Malformed::foreign(no_field(looked_at()))),
        false => Ok(stories),
    }
}

fn first_object<'v, 'a>(array: &'v Value<'a>) -> Option<&'v Value<'a>> {
    array.values().find(|value| value.is_object())
}

/// Fields that are named in a message.
const NAMED: usize = 5;

/// Says that no field of a record is known, which it has, and what to do.
fn no_field(value: Option<&Value>) -> String {
    let keys: Vec<&str> = value.into_iter().flat_map(Value::keys).collect();
    let more = if keys.len() > NAMED { ", …" } else { "" };
    let has = match &keys[..keys.len().min(NAMED)] {
        [] => "no field at all".to_owned(),
        some => format!("only {}{more}", some.join(", ")),
    };
    format!(
        "no field with the text of a story (/headline, /title, /text, /body, /content and the like), {has}; name yours in asador.toml, under [json]: text = [\"/…\"]"
    )
}

#[cfg(test)]
mod tests;
