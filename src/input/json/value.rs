//! A value of JSON with its place, opened only where a pointer leads into it.
use super::super::Malformed;
use super::super::json_string;
use super::pointer::Step;
use crate::text::SourceMap;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::cell::OnceCell;
use std::fmt;

/// A value that is known to be sound.
pub struct Value<'a> {
    raw: &'a str,
    at: usize,
    members: OnceCell<Vec<Member<'a>>>,
}

/// A member of an object or array.
struct Member<'a> {
    /// Its key; in an array its number.
    key: String,
    value: Value<'a>,
}

/// A value that a pointer leads to.
#[derive(Clone)]
pub struct Found<'v, 'a> {
    /// The pointer to it, without wildcards.
    pub pointer: String,
    /// The object or array that it is in.
    pub parent: &'v Value<'a>,
    /// The value itself.
    pub value: &'v Value<'a>,
}

impl<'a> Value<'a> {
    /// The one value of a text. It is read through once, and nothing is kept of it.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn of(text: &'a str) -> Result<Self, Malformed> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|e| fault(text, &e))?;
        Ok(Self::part(raw, text, 0))
    }

    /// A value that lies in `text`, which begins at `at`.
    fn part(raw: &'a RawValue, text: &str, at: usize) -> Self {
        let raw = raw.get();
        Value {
            raw,
            at: at + (raw.as_ptr() as usize - text.as_ptr() as usize),
            members: OnceCell::new(),
        }
    }

    /// Its first byte in the text.
    pub fn at(&self) -> usize {
        self.at
    }

    /// One past its last byte.
    pub fn end(&self) -> usize {
        self.at + self.raw.len()
    }

    pub fn is_object(&self) -> bool {
        self.raw.starts_with('{')
    }

    pub fn is_array(&self) -> bool {
        self.raw.starts_with('[')
    }

    pub fn is_string(&self) -> bool {
        self.raw.starts_with('"')
    }

    /// The text of a string, and the way from it to the text of the file.
    pub fn text(&self) -> Option<(String, SourceMap)> {
        let (text, inner) = json_string::decode(self.raw)?;
        let mut map = SourceMap::identity();
        map.append(&inner, self.at);
        Some((text, map))
    }

    /// A string, or a number as it is written.
    pub fn name(&self) -> Option<String> {
        if self
            .raw
            .starts_with(|c: char| c == '-' || c.is_ascii_digit())
        {
            return Some(self.raw.to_owned());
        }
        json_string::decode(self.raw).map(|(text, _)| text)
    }

    /// The keys of an object, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.members().iter().map(|m| m.key.as_str())
    }

    /// The values of an object or array, in order.
    pub fn values(&self) -> impl Iterator<Item = &Value<'a>> {
        self.members().iter().map(|m| &m.value)
    }

    /// The value of a key; of the last, if an object has it several times.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        let member = self.members().iter().rfind(|m| m.key == key);
        member.map(|m| &m.value)
    }

    /// The values that the steps of a pointer lead to, in order.
    pub fn find<'v>(&'v self, steps: &[Step]) -> Vec<Found<'v, 'a>> {
        let start = Found {
            pointer: String::new(),
            parent: self,
            value: self,
        };
        let mut found = vec![start];
        for step in steps {
            found = found.iter().flat_map(|f| f.step(step)).collect();
        }
        found
    }

    fn members(&self) -> &[Member<'a>] {
        self.members.get_or_init(|| {
            // The whole text was read before, so that nothing fails here.
            if self.is_object() {
                let members: Members = serde_json::from_str(self.raw).unwrap_or_default();
                let members = members.0.into_iter();
                members.map(|(key, raw)| self.member(key, raw)).collect()
            } else if self.is_array() {
                let items: Vec<&RawValue> = serde_json::from_str(self.raw).unwrap_or_default();
                let items = items.into_iter().enumerate();
                let member = |(i, raw): (usize, _)| self.member(i.to_string(), raw);
                items.map(member).collect()
            } else {
                Vec::new()
            }
        })
    }

    fn member(&self, key: String, raw: &'a RawValue) -> Member<'a> {
        let value = Self::part(raw, self.raw, self.at);
        Member { key, value }
    }
}

impl<'v, 'a> Found<'v, 'a> {
    /// Where a step leads from here.
    fn step(&self, step: &Step) -> Vec<Self> {
        let at = |key: &str, value: &'v Value<'a>| Found {
            pointer: format!("{}/{}", self.pointer, Step::escaped(key)),
            parent: self.value,
            value,
        };
        match step {
            Step::Any => {
                let members = self.value.members().iter();
                members.map(|m| at(&m.key, &m.value)).collect()
            }
            Step::Key(key) => {
                let found = self.value.get(key);
                found.map(|value| at(key, value)).into_iter().collect()
            }
        }
    }
}

/// A longer key is passed over, in bytes: pointers repeat keys, and no field is called like that.
const LONGEST_KEY: usize = 128;

/// The members of an object as they stand in the file.
#[derive(Default)]
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                // A key may hold half of a surrogate pair, which serde_json takes for no text.
                while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                    if key.get().len() <= LONGEST_KEY {
                        let (key, _) = json_string::decode(key.get()).unwrap_or_default();
                        members.push((key, value));
                    }
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// What the parser says about a text, and where.
fn fault(text: &str, error: &serde_json::Error) -> Malformed {
    let before = error.line().saturating_sub(1);
    let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
    let start = match before {
        0 => 0,
        n => breaks.take(n).last().map_or(0, |at| at + 1),
    };
    // The parser counts bytes, mostly with the faulty one.
    let mut at = (start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    if said == "trailing characters" {
        let why = "a second value begins here; one record a line is read with --input-format jsonl";
        return Malformed::new(at, why);
    }
    if error.is_eof() {
        let why = format!("the JSON ends too soon ({said}); is the file whole?");
        return Malformed::new(text.len(), why);
    }
    Malformed::new(at, format!("the JSON is broken: {said}; mend it there"))
}

#[cfg(test)]
mod tests {
    use super::super::pointer::Pointer;
    use super::*;
    use crate::text::Span;

    fn find<'v>(value: &'v Value, pointer: &str) -> Vec<(String, &'v str)> {
        let pointer = Pointer::new(pointer).expect("a pointer");
        let found = value.find(pointer.steps());
        found
            .into_iter()
            .map(|f| (f.pointer, f.value.raw))
            .collect()
    }

    #[test]
    fn pointers_lead_to_values() {
        let text = r#" {"a": {"b/c": [1, "x", {"d": null}]}, "é\u0041": true, "a~": 2} "#;
        let value = Value::of(text).expect("JSON");
        let one = |pointer: &str, raw| {
            assert_eq!(find(&value, pointer), [(pointer.to_owned(), raw)]);
        };
        one("/a/b~1c/0", "1");
        one("/a/b~1c/2/d", "null");
        one("/éA", "true");
        one("/a~0", "2");
        assert!(find(&value, "/a/x").is_empty());
        assert!(find(&value, "/a/b~1c/7").is_empty());
        assert!(find(&value, "/éA/x").is_empty());
        let all = find(&value, "/a/*/*");
        let pointers: Vec<&str> = all.iter().map(|(p, _)| p.as_str()).collect();
        assert_eq!(pointers, ["/a/b~1c/0", "/a/b~1c/1", "/a/b~1c/2"]);
    }

    #[test]
    fn a_text_knows_its_place() {
        let text = "\u{20}{\"t\": [\"caf\\u00e9 is\"]}";
        let value = Value::of(text).expect("JSON");
        let found = value.find(Pointer::new("/t/0").expect("a pointer").steps());
        let (decoded, map) = found[0].value.text().expect("a string");
        assert_eq!(decoded, "café is");
        let source = map.source(Span::new(3, 8));
        assert_eq!(&text[source.range()], "\\u00e9 is");
    }

    #[test]
    fn the_last_of_a_key_counts() {
        let value = Value::of(r#"{"t": 1, "t": 2}"#).expect("JSON");
        assert_eq!(find(&value, "/t"), [("/t".to_owned(), "2")]);
    }

    #[test]
    fn faults_have_places() {
        for (text, at, why) in [
            ("[\"x\",]", 5, "the JSON is broken: expected value"),
            ("{\n\"é\": tru}\n", 11, "the JSON is broken: expected ident"),
            ("{\"t\": \"x\"", 9, "the JSON ends too soon"),
            ("", 0, "the JSON ends too soon"),
            ("{} {}", 3, "a second value begins here"),
            (
                "{\"t\": \"a\nb\"}",
                7,
                "the JSON is broken: control character",
            ),
        ] {
            let Err(fault) = Value::of(text) else {
                panic!("{text} is broken");
            };
            assert!(fault.why.starts_with(why), "{text}: {}", fault.why);
            assert_eq!(fault.at, at, "{text}: {}", fault.why);
        }
    }

    /// Neither the parser nor the walk goes down a stack.
    #[test]
    fn depth_is_no_trouble() {
        let deep = "[".repeat(200_000);
        assert!(Value::of(&deep).is_err());
        let closed = deep.clone() + &"]".repeat(200_000);
        let value = Value::of(&closed).expect("JSON");
        assert_eq!(find(&value, "/0/0/0").len(), 1);
        let objects = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
        let value = Value::of(&objects).expect("JSON");
        assert_eq!(find(&value, "/*/*").len(), 1);
    }
}
