//! How the formats write text that means something else to them, for fixes that go into the file.

/// A way to write plain text into a file: the escapes of the format at that place, the innermost
/// first (an HTML fragment in a JSON string is escaped as HTML, then as JSON).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escapes {
    inner: Escape,
    outer: Escape,
}

/// What one format does to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escape {
    /// Nothing.
    Plain,
    /// `&`, `<`, `>` as entities: the text of elements in HTML and XML.
    Markup,
    /// The same and both straight quotes: attributes.
    Attribute,
    /// Backslashes as in a JSON string.
    Json,
    /// Backslashes as in a string of a PO file.
    Po,
    /// Straight double quotes doubled: a quoted cell of CSV or TSV.
    Cell,
    /// Backslashes before the marks of Markdown.
    Markdown,
    /// Straight single quotes doubled: a single-quoted string of YAML.
    Single,
}

const fn one(inner: Escape) -> Escapes {
    Escapes {
        inner,
        outer: Escape::Plain,
    }
}

/// The file is the text.
pub const PLAIN: Escapes = one(Escape::Plain);
/// The text of an element of HTML.
pub const HTML: Escapes = one(Escape::Markup);
/// The text of an element of XML.
pub const XML: Escapes = one(Escape::Markup);
/// The value of an attribute.
pub const ATTRIBUTE: Escapes = one(Escape::Attribute);
/// A string of JSON.
pub const JSON: Escapes = one(Escape::Json);
/// A string of a PO file.
pub const PO: Escapes = one(Escape::Po);
/// A quoted cell of CSV or TSV.
pub const CELL: Escapes = one(Escape::Cell);
/// A single-quoted string of YAML; a double-quoted one is written as in JSON.
pub const YAML_SINGLE: Escapes = one(Escape::Single);
/// Running text of Markdown.
pub const MARKDOWN: Escapes = one(Escape::Markdown);

impl Escapes {
    /// The way to write this text inside a text that is itself written in another way.
    pub fn within(self, outer: Escapes) -> Escapes {
        debug_assert!(
            self.outer == Escape::Plain || outer.inner == Escape::Plain,
            "texts lie in texts to the depth of two"
        );
        match (self.inner, outer.inner) {
            (Escape::Plain, _) => outer,
            (_, Escape::Plain) => self,
            (inner, outer) => Escapes { inner, outer },
        }
    }

    /// The text as the file writes it.
    pub fn escape(self, text: &str) -> String {
        self.outer.apply(&self.inner.apply(text))
    }
}

impl Escape {
    fn apply(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match (self, c) {
                (Escape::Markup | Escape::Attribute, '&') => out.push_str("&amp;"),
                (Escape::Markup | Escape::Attribute, '<') => out.push_str("&lt;"),
                (Escape::Markup | Escape::Attribute, '>') => out.push_str("&gt;"),
                (Escape::Attribute, '"') => out.push_str("&quot;"),
                (Escape::Attribute, '\'') => out.push_str("&#39;"),
                (Escape::Json | Escape::Po, '"' | '\\') => {
                    out.push('\\');
                    out.push(c);
                }
                (Escape::Json | Escape::Po, '\n') => out.push_str("\\n"),
                (Escape::Json | Escape::Po, '\r') => out.push_str("\\r"),
                (Escape::Json | Escape::Po, '\t') => out.push_str("\\t"),
                (Escape::Json, c) if u32::from(c) < 0x20 => {
                    out.push_str(&format!("\\u{:04x}", u32::from(c)));
                }
                (Escape::Single, '\'') => out.push_str("''"),
                (Escape::Cell, '"') => out.push_str("\"\""),
                (Escape::Markdown, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '#') => {
                    out.push('\\');
                    out.push(c);
                }
                (_, c) => out.push(c),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_keeps_its_own_marks() {
        let text = "“R&D” <b> \"x\" \\ a*b\n";
        assert_eq!(PLAIN.escape(text), text);
        assert_eq!(HTML.escape(text), "“R&amp;D” &lt;b&gt; \"x\" \\ a*b\n");
        assert_eq!(ATTRIBUTE.escape("'\""), "&#39;&quot;");
        assert_eq!(JSON.escape(text), "“R&D” <b> \\\"x\\\" \\\\ a*b\\n");
        assert_eq!(JSON.escape("\u{1}"), "\\u0001");
        assert_eq!(CELL.escape("a \"b\""), "a \"\"b\"\"");
        assert_eq!(YAML_SINGLE.escape("it's"), "it''s");
        assert_eq!(MARKDOWN.escape("a*b"), "a\\*b");
        assert_eq!(HTML.within(JSON).escape("<\""), "&lt;\\\"");
        assert_eq!(PLAIN.within(JSON), JSON);
        assert_eq!(HTML.within(JSON).within(PLAIN), HTML.within(JSON));
    }
}
