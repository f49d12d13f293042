//! Tells the format of a file by its content.
use super::Format;

/// So much of a file is looked at, in bytes.
const HEAD: usize = 4096;

/// The format of a file without a telling name. What is nothing else is plain text.
pub(super) fn by_content(bytes: &[u8]) -> Format {
    if bytes.starts_with(b"PK\x03\x04") {
        return Format::Docx;
    }
    // A byte order mark and the zero bytes of UTF-16 hide no ASCII.
    let head: Vec<u8> = bytes[..bytes.len().min(HEAD)]
        .iter()
        .copied()
        .filter(u8::is_ascii)
        .filter(|&b| b != 0)
        .collect();
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start();
    match head.chars().next() {
        Some('<') => markup(head),
        Some('{') => records(bytes),
        Some('[') if head[1..].trim_start().starts_with(['{', ']']) => Format::Json,
        _ if head.starts_with("---\n") || head.starts_with("+++\n") => Format::Markdown,
        _ if head.contains("msgid \"") && head.contains("msgstr \"") => Format::Po,
        _ => Format::Text,
    }
}

/// One object is JSON, one a line JSON Lines. The first may be longer than the head.
fn records(bytes: &[u8]) -> Format {
    let lines = bytes.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    match first.ends_with(b"}") && second.starts_with(b"{") {
        true => Format::Jsonl,
        false => Format::Json,
    }
}

/// XML is told by the name of its root, all else is HTML.
fn markup(head: &str) -> Format {
    const ROOTS: &[(&str, Format)] = &[
        ("xliff", Format::Xliff),
        ("tmx", Format::Tmx),
        ("nitf", Format::Nitf),
        ("newsItem", Format::Newsml),
        ("newsMessage", Format::Newsml),
        ("packageItem", Format::Newsml),
        ("rss", Format::Feed),
        ("feed", Format::Feed),
        ("rdf:RDF", Format::Feed),
    ];
    let tags = head.match_indices('<').map(|(at, _)| &head[at + 1..]);
    let mut roots = tags.filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()));
    let root = roots.next().unwrap_or("");
    let end = root.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let name = &root[..end.unwrap_or(root.len())];
    let known = ROOTS.iter().find(|(root, _)| *root == name);
    known.map_or(Format::Html, |&(_, format)| format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_may_be_long() {
        let record = format!("{{\"text\": \"{}\"}}\n", "word ".repeat(HEAD));
        assert_eq!(by_content(record.as_bytes()), Format::Json);
        assert_eq!(by_content(record.repeat(2).as_bytes()), Format::Jsonl);
    }

    #[test]
    fn every_format_has_its_look() {
        let cases: &[(&str, Format)] = &[
            ("", Format::Text),
            ("MADRID – The president [sic] spoke.", Format::Text),
            ("{\"text\": \"x\"}\n", Format::Json),
            ("{\"text\": \"x\"}\n{\"text\": \"y\"}\n", Format::Jsonl),
            ("{\"text\": \"x\"}\r\n\r\n{\"text\": \"y\"}", Format::Jsonl),
            ("[{\"text\": \"x\"}]", Format::Json),
            ("[Photo] The president", Format::Text),
            (
                "\u{feff}<?xml version=\"1.0\"?>\n<!-- a -->\n<xliff version=\"2.0\">",
                Format::Xliff,
            ),
            ("<!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf>", Format::Nitf),
            ("<newsItem xmlns=\"x\">", Format::Newsml),
            ("<rss version=\"2.0\">", Format::Feed),
            ("<feed xmlns=\"x\">", Format::Feed),
            ("<!doctype html><html>", Format::Html),
            ("<p>The president</p>", Format::Html),
            ("---\ntitle: x\n---\n", Format::Markdown),
            ("msgid \"\"\nmsgstr \"\"\n", Format::Po),
        ];
        for (text, format) in cases {
            assert_eq!(by_content(text.as_bytes()), *format, "{text}");
        }
    }
}
