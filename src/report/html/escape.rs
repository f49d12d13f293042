//! Text as HTML writes it.
use unicode_width::UnicodeWidthChar as _;

/// The text of an element, or an attribute in double quotation marks.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    push(text, &mut out);
    out
}

/// Appends the text of an element.
pub fn push(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\r' => out.push('\n'),
            // HTML has no way to write these.
            c if c.is_control() || is_noncharacter(c) => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
}

/// Text in which stars and backticks stand for emphasis and code, as in the reasons of rules.
pub fn emphasised(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`']) {
        let (sign, tag) = match rest[at..].starts_with('*') {
            true => ('*', "i"),
            false => ('`', "code"),
        };
        let Some(len) = rest[at + 1..].find(sign) else {
            break;
        };
        push(&rest[..at], &mut out);
        out.push_str(&format!("<{tag}>"));
        push(&rest[at + 1..at + 1 + len], &mut out);
        out.push_str(&format!("</{tag}>"));
        rest = &rest[at + len + 2..];
    }
    push(rest, &mut out);
    out
}

fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c), 0xfdd0..=0xfdef) || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether nothing of the text can be seen, not even a space.
pub fn is_invisible(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_control() && !c.is_whitespace() && c.width().unwrap_or(0) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_backticks() {
        assert_eq!(
            emphasised("Spanish *a<b* gives `x*y`, 5 * 3."),
            "Spanish <i>a&lt;b</i> gives <code>x*y</code>, 5 * 3."
        );
        assert_eq!(emphasised("``*"), "<code></code>*");
    }

    #[test]
    fn what_cannot_be_written_is_replaced() {
        assert_eq!(
            text("a\u{0}\u{85}\u{fdd0}\u{1fffe}\r"),
            "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\n"
        );
        assert!(is_invisible("\u{200b}\u{feff}"));
        assert!(!is_invisible(" ") && !is_invisible("a\u{200b}"));
    }
}
