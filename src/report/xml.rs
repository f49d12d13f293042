//! Text as XML 1.0 writes it.

/// The first line of a document.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Appends the text of an element.
pub fn text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\t' | '\n' => out.push(c),
            c => push(c, out),
        }
    }
}

/// Appends an attribute with a space before it.
pub fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    value.chars().for_each(|c| push(c, out));
    out.push('"');
}

/// Whether XML 1.0 has a way to write this character.
pub fn is_writable(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends a character; white space by its number, so that nobody makes a space of it.
fn push(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\t' => out.push_str("&#9;"),
        '\n' => out.push_str("&#10;"),
        '\r' => out.push_str("&#13;"),
        c if is_writable(c) => out.push(c),
        _ => out.push(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quick_xml::events::Event;

    /// What a parser reads of the text as an attribute and as the text of an element.
    fn read(value: &str) -> (String, String) {
        let mut xml = String::from("<a");
        attribute("b", value, &mut xml);
        xml.push('>');
        text(value, &mut xml);
        xml.push_str("</a>");
        let mut reader = quick_xml::Reader::from_str(&xml);
        let (mut attribute, mut text) = (String::new(), String::new());
        loop {
            match reader.read_event().expect("it is well formed") {
                Event::Start(start) => {
                    let first = start.attributes().next().expect("an attribute");
                    let first = first.expect("it is well formed");
                    let value = first.value.into_owned();
                    attribute = unescaped(&value);
                }
                Event::Text(part) => text += &part,
                Event::GeneralRef(name) => {
                    text += &unescaped(&format!("&{};", &*name));
                }
                Event::Eof => return (attribute, text),
                _ => {}
            }
        }
    }

    fn unescaped(text: &str) -> String {
        quick_xml::escape::unescape(text)
            .expect("it is well formed")
            .into_owned()
    }

    #[test]
    fn what_xml_cannot_write_is_replaced() {
        let hostile = "]]> & <b a=\"1\"> 'x' \u{0}\u{1b}\u{ffff}\r\n\t";
        let fit = "]]> & <b a=\"1\"> 'x' \u{fffd}\u{fffd}\u{fffd}\r\n\t";
        assert_eq!(read(hostile), (fit.to_owned(), fit.to_owned()));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(value in any::<String>()) {
            let fit: String = value
                .chars()
                .map(|c| if is_writable(c) { c } else { '\u{fffd}' })
                .collect();
            prop_assert_eq!(read(&value), (fit.clone(), fit));
        }
    }
}
