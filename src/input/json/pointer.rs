//! JSON Pointers, with `*` for every member of an array or object.
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Where a value lies in a record: a JSON Pointer (RFC 6901), `/body/0/text`. A step `*` leads to
/// every member of an array or object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    written: String,
    steps: Vec<Step>,
}

/// A step of a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// To every member.
    Any,
    /// To the member with this key or number.
    Key(String),
}

impl JsonSchema for Pointer {
    fn schema_name() -> Cow<'static, str> {
        "Pointer".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^/" })
    }
}

/// More steps than any record has; each may cost a walk through the record.
const LONGEST: usize = 16;

impl Pointer {
    /// A pointer from its notation.
    ///
    /// # Errors
    /// When it does not begin with a slash, or has too many steps; in words, with the remedy.
    pub fn new(written: &str) -> Result<Self, String> {
        let Some(steps) = written.strip_prefix('/') else {
            return Err(format!(
                "“{written}” is no JSON Pointer; it begins with a slash: “/{written}”"
            ));
        };
        let steps: Vec<Step> = steps.split('/').map(Step::new).collect();
        if steps.len() > LONGEST {
            return Err(format!(
                "“{written}” has {} steps; {LONGEST} are followed",
                steps.len()
            ));
        }
        Ok(Pointer {
            written: written.to_owned(),
            steps,
        })
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The last key of the pointer that is a word.
    pub(super) fn last_key(&self) -> &str {
        let keys = self.steps.iter().rev().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Any => None,
        });
        keys.take(1).next().unwrap_or_default()
    }
}

impl Step {
    fn new(written: &str) -> Self {
        match written {
            "*" => Step::Any,
            key => Step::Key(key.replace("~1", "/").replace("~0", "~")),
        }
    }

    /// A key as a pointer writes it.
    pub(super) fn escaped(key: &str) -> String {
        key.replace('~', "~0").replace('/', "~1")
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl<'de> Deserialize<'de> for Pointer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        Pointer::new(&written).map_err(D::Error::custom)
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps() {
        let pointer = Pointer::new("/a~1b/*/~01/0").expect("a pointer");
        let key = |key: &str| Step::Key(key.to_owned());
        assert_eq!(
            pointer.steps(),
            [key("a/b"), Step::Any, key("~1"), key("0")]
        );
        assert_eq!(Step::escaped("~1/"), "~01~1");
        assert_eq!(pointer.to_string(), "/a~1b/*/~01/0");
    }

    #[test]
    fn what_is_no_pointer_is_refused() {
        let why = Pointer::new("headline").expect_err("no slash");
        assert_eq!(
            why,
            "“headline” is no JSON Pointer; it begins with a slash: “/headline”"
        );
        assert!(Pointer::new(&"/a".repeat(17)).is_err());
        assert!(Pointer::new("").is_err());
    }
}
