//! A string of JSON: its text, and the way from each character back to the literal.
use crate::text::SourceMap;

/// The text of a string literal, quotes included, and a map from it to the bytes of the literal.
/// An escape is one unit, and so is a pair of them that writes one character; half a pair reads as
/// U+FFFD. `None` where `raw` is no string.
pub(super) fn decode(raw: &str) -> Option<(String, SourceMap)> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(inner.len());
    let mut map = SourceMap::identity();
    let mut at = 0;
    while let Some(before) = memchr::memchr2(b'\\', b'"', &inner.as_bytes()[at..]) {
        copy(&inner[at..at + before], at, &mut text, &mut map);
        at += before;
        let (c, length) = escape(&inner[at..])?;
        text.push(c);
        map.unit(c.len_utf8(), at + 1..at + 1 + length);
        at += length;
    }
    copy(&inner[at..], at, &mut text, &mut map);
    Some((text, map))
}

/// Takes over what stands in the literal as it is; `at` counts from behind the opening quote.
fn copy(verbatim: &str, at: usize, text: &mut String, map: &mut SourceMap) {
    text.push_str(verbatim);
    map.verbatim(at + 1, verbatim.len());
}

/// The character that an escape writes, and the bytes that it takes.
fn escape(at: &str) -> Option<(char, usize)> {
    let c = match at.strip_prefix('\\')?.bytes().next()? {
        c @ (b'"' | b'\\' | b'/') => char::from(c),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(at),
        _ => return None,
    };
    Some((c, 2))
}

/// The character of `\uXXXX`, or of two of them.
fn unicode(at: &str) -> Option<(char, usize)> {
    let first = unit(at)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((c, 6));
    }
    let second = at.get(6..).and_then(unit);
    let pair = [first, second.unwrap_or(0)];
    match char::decode_utf16(pair).next() {
        Some(Ok(c)) => Some((c, 12)),
        _ => Some((char::REPLACEMENT_CHARACTER, 6)),
    }
}

/// The number of `\uXXXX`.
fn unit(at: &str) -> Option<u16> {
    let digits = at.strip_prefix("\\u")?.get(..4)?;
    let hexadecimal = digits.bytes().all(|b| b.is_ascii_hexdigit());
    hexadecimal.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    /// The bytes of the literal for the first occurrence of `part` in its text.
    fn source<'a>(raw: &'a str, part: &str) -> &'a str {
        let (text, map) = decode(raw).expect("a string");
        let at = text.find(part).expect("the part");
        &raw[map.source(Span::new(at, at + part.len())).range()]
    }

    #[test]
    fn an_escape_is_one_unit() {
        let raw = r#""the king\u2019s \"actual\" cos\u0074s \ud83d\ude00""#;
        assert_eq!(source(raw, "’s"), "\\u2019s");
        assert_eq!(source(raw, "\"actual"), "\\\"actual");
        assert_eq!(source(raw, "costs"), "cos\\u0074s");
        assert_eq!(source(raw, "😀"), "\\ud83d\\ude00");
        assert_eq!(source(raw, "the king"), "the king");
    }

    #[test]
    fn half_a_pair_is_a_replacement() {
        for raw in [
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ud83d\n""#,
            r#""\ude00\ud83d""#,
        ] {
            let (text, _) = decode(raw).expect("a string");
            assert!(text.starts_with('\u{fffd}'), "{raw}");
        }
        assert_eq!(source(r#""\ud83dé""#, "é"), "é");
    }

    #[test]
    fn what_is_no_string_is_refused() {
        for raw in [
            "",
            "\"",
            "12",
            "\"a",
            "a\"",
            r#""\""#,
            r#""\u12""#,
            r#""\u+123""#,
            r#""\x""#,
            r#""a"b""#,
            r#""\u12é4""#,
        ] {
            assert_eq!(decode(raw), None, "{raw}");
        }
        assert_eq!(decode("\"\"").expect("a string").0, "");
    }

    proptest! {
        /// Text and map agree with what serde_json reads and writes.
        #[test]
        fn every_character_leads_back(text in "(\\PC|[\"\\\\\n\t\u{1}\u{8}é😀]){0,40}") {
            let raw = serde_json::to_string(&text).expect("a string");
            let (decoded, map) = decode(&raw).expect("a string");
            prop_assert_eq!(&decoded, &text);
            for (at, c) in decoded.char_indices() {
                let there = map.source(Span::new(at, at + c.len_utf8()));
                let literal = format!("\"{}\"", &raw[there.range()]);
                let read: String = serde_json::from_str(&literal).expect("a string");
                prop_assert_eq!(read, c.to_string());
            }
        }

        #[test]
        fn nothing_panics(raw in "\"(\\\\u?|[0-9a-fd]{1,4}|é|\"){0,12}\"?") {
            if let Ok(text) = serde_json::from_str::<String>(&raw) {
                prop_assert_eq!(decode(&raw).map(|d| d.0), Some(text));
            }
        }
    }
}
