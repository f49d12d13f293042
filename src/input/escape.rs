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
    /// Nothing: an unquoted cell, where this byte would end it.
    BareCell(u8),
    /// Sections that are ended and begun again around `]]>`.
    Cdata,
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
/// A CDATA section of XML.
pub const CDATA: Escapes = one(Escape::Cdata);
/// Running text of Markdown.
pub const MARKDOWN: Escapes = one(Escape::Markdown);

/// An unquoted cell of a table whose cells end with this byte.
pub const fn bare_cell(delimiter: u8) -> Escapes {
    one(Escape::BareCell(delimiter))
}

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

    /// Whether the file can hold this text there: an unquoted cell cannot hold what ends a cell, nor
    /// what would make it a quoted one.
    pub fn holds(self, text: &str) -> bool {
        let ends = |escape: Escape, b: u8| match escape {
            Escape::BareCell(delimiter) => b == delimiter || matches!(b, b'"' | b'\n' | b'\r'),
            _ => false,
        };
        !text
            .bytes()
            .any(|b| ends(self.inner, b) || ends(self.outer, b))
    }

    /// The text as the file writes it, if it [holds](Escapes::holds) it.
    pub fn escape(self, text: &str) -> String {
        self.outer.apply(&self.inner.apply(text))
    }
}

impl Escape {
    fn apply(self, text: &str) -> String {
        if self == Escape::Cdata {
            return cdata(text);
        }
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

/// Text in a CDATA section, which no `]]>` may end, nor one that the text around it completes.
fn cdata(text: &str) -> String {
    const ANEW: &str = "]]><![CDATA[";
    let mut out = text.replace("]]>", &format!("]]{ANEW}>"));
    if out.starts_with('>') || out.starts_with("]>") {
        out.insert_str(usize::from(out.starts_with(']')), ANEW);
    }
    if out.ends_with(']') {
        out.push_str(ANEW);
    }
    out
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

    #[test]
    fn a_section_is_not_ended_by_its_text() {
        let section = |text: &str| format!("<![CDATA[]]{}]>]]>", CDATA.escape(text));
        for text in ["a]]>b", ">", "]>", "]", "]]", "a > b", "R&D", "]]>]]>"] {
            let file = section(text);
            let mut sections = file.split("<![CDATA[");
            assert_eq!(sections.next(), Some(""));
            let read: Option<String> = sections.map(|s| s.strip_suffix("]]>")).collect();
            assert_eq!(read, Some(format!("]]{text}]>")), "{file}");
        }
        assert_eq!(HTML.within(CDATA).escape("R&D ]]>"), "R&amp;D ]]&gt;");
    }

    #[test]
    fn an_unquoted_cell_holds_no_more_than_a_cell() {
        assert!(bare_cell(b',').holds("two goals”"));
        for text in ["two, three", "a \"b\"", "a\nb"] {
            assert!(!bare_cell(b',').holds(text) && CELL.holds(text), "{text}");
        }
        assert!(bare_cell(b'\t').holds("two, three"));
    }
}
