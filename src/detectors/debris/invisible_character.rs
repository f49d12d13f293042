//! The rule `invisible-character`: what no reader sees and every search stumbles over.
use crate::{Document, Edit, Fix, Group, Mqm, Rule, Safety, Severity, Sink, Span, Status};

/// A character that cannot be seen stands in the text.
pub static RULE: Rule = Rule {
    id: "invisible-character",
    group: Group::Debris,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::CharacterEncoding,
    summary: "A character that cannot be seen stands in the text.",
    why: "Content systems break long words with soft hyphens and zero-width spaces, files that are put together keep their byte-order marks, and editors leave control characters. None of them can be seen, but a search for the word fails, and some programs print a box or a hyphen.",
    flag: &[
        "The plan to {dis\u{ad}mantle=>dismantle} the plant was dropped.",
        "The {da\u{200b}te=>date} has not been set.",
        "López {Obre\u{200b}gón=>Obregón} won in 1920.",
        "The talks ended. {\u{feff}They=>They} will go on.",
        "It was a{\u{200e}=>} long day.",
        "The mayor{\u{7}=>} resigned.",
        "He {said\u{2060}=>said} so.",
    ],
    pass: &[
        "The family 👨\u{200d}👩\u{200d}👧 waved the 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} flag ❤\u{fe0f}.",
        "It costs 5\u{a0}km, or 3\u{202f}miles; thin\u{2009}spaces are fine.",
        "The Persian word می\u{200c}خواهم means “I want”.",
        "In Hebrew it is \u{200f}שלום\u{200f}, he said.",
        "A line\tof a table\r\nand another.",
        "The naïve café owner said “no”—twice.",
    ],
    lexicon: "",
    check,
};

/// Places beyond these are mended, but not listed.
const MOST_RELATED: usize = 10;

/// One finding for each such character of the story: where there is one there are dozens.
fn check(doc: &Document, sink: &mut Sink) {
    if !doc.may_have_invisible() {
        return;
    }
    let mut found: Vec<(char, Vec<Edit>)> = Vec::new();
    let mut done = 0;
    each(&doc.plain, |at| {
        if at < done || is_wanted(&doc.plain, at) {
            return;
        }
        let span = word_around(&doc.plain, at);
        done = span.end as usize;
        let text = doc
            .slice(span)
            .char_indices()
            .filter(|&(i, c)| !is_suspect(c) || is_wanted(&doc.plain, span.start as usize + i))
            .map(|(_, c)| c)
            .collect();
        let bad = char_at(&doc.plain, at);
        let edit = Edit { span, text };
        match found.iter_mut().find(|(c, _)| *c == bad) {
            Some((_, edits)) => edits.push(edit),
            None => found.push((bad, vec![edit])),
        }
    });
    for (bad, edits) in found {
        let places = match edits.len() {
            1 => String::new(),
            n => format!(", and in {} more places", n - 1),
        };
        let message = format!(
            "An invisible character stands here{places}: {} (U+{:04X}). Delete it.",
            name(bad),
            bad as u32
        );
        let finding = sink.report(edits[0].span, message);
        for edit in edits.iter().skip(1).take(MOST_RELATED) {
            finding.relate(edit.span, "here too");
        }
        // A control character may stand for a letter that was lost.
        let safety = match bad.is_control() {
            true => Safety::Unsafe,
            false => Safety::Safe,
        };
        finding.fixes.push(Fix { edits, safety });
    }
}

/// Calls `found` with the place of every character that may be unwanted. Sixty-four bytes are
/// looked at together, so that ordinary text costs next to nothing.
fn each(text: &str, mut found: impl FnMut(usize)) {
    const STEP: usize = 64;
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let end = (start + STEP).min(bytes.len());
        let from =
            |skip: usize| &bytes[(start + skip).min(bytes.len())..(end + skip).min(bytes.len())];
        let (first, second, third) = (from(0), from(1), from(2));
        let one = first.iter().fold(false, |any, &b| any | is_control(b));
        let two = first
            .iter()
            .zip(second)
            .fold(false, |any, (&a, &b)| any | (a == 0xc2) & (b == 0xad));
        let three = first
            .iter()
            .zip(second)
            .zip(third)
            .fold(false, |any, ((&a, &b), &c)| {
                let e280 = (b == 0x80) & ((c & 0xf8 == 0x88) | (c & 0xf8 == 0xa8));
                any | (a == 0xe2) & (e280 | (b == 0x81)) | (a == 0xef) & ((b == 0xbb) | (b == 0xbf))
            });
        let any = one | two | three;
        if any {
            for at in start..end {
                if text.is_char_boundary(at) && is_suspect(char_at(text, at)) {
                    found(at);
                }
            }
        }
        start = end;
    }
}

fn is_control(b: u8) -> bool {
    (b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r') & (b != 0x0c) | (b == 0x7f)
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

/// Whether a character cannot be seen and is no space.
fn is_suspect(c: char) -> bool {
    match c {
        '\0'..='\x1f' | '\x7f' => is_control(c as u8),
        '\u{ad}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' => true,
        _ => false,
    }
}

/// Whether the character has its use where it stands: a joiner in an emoji or in a script that
/// needs it, a direction mark beside Hebrew or Arabic, the byte-order mark of the file.
fn is_wanted(text: &str, at: usize) -> bool {
    let c = char_at(text, at);
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
    let right_to_left = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    // Beyond Latin, Greek and Cyrillic; emoji.
    let joins = |c: char| c > '\u{58f}' && !('\u{1e00}'..='\u{218f}').contains(&c);
    match c {
        '\u{200c}' | '\u{200d}' => joins(before) || joins(after),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            right_to_left(before) || right_to_left(after)
        }
        '\u{feff}' => at == 0,
        _ => false,
    }
}

/// The word that holds the character, at most so many bytes on each side; the character itself
/// if no letter touches it from the right and it does not end a word.
fn word_around(text: &str, at: usize) -> Span {
    const MOST: usize = 64;
    let inside =
        |c: char| c.is_alphanumeric() || is_suspect(c) || matches!(c, '\u{300}'..='\u{36f}');
    let end = text[at..]
        .char_indices()
        .take_while(|&(i, c)| i < MOST && inside(c))
        .last()
        .map_or(at, |(i, c)| at + i + c.len_utf8());
    let start = text[..at]
        .char_indices()
        .rev()
        .take_while(|&(i, c)| at - i < MOST && inside(c))
        .last()
        .map_or(at, |(i, _)| i);
    let len = char_at(text, at).len_utf8();
    let visible = |part: &str| part.chars().any(|c| !is_suspect(c));
    let joined = visible(&text[start..at]) && visible(&text[at + len..end]);
    let alone = matches!(
        char_at(text, at),
        '\u{200e}' | '\u{200f}' | '\0'..='\x1f' | '\x7f'
    );
    match joined || !alone {
        true => Span::new(start, end),
        false => Span::new(at, at + len),
    }
}

fn name(c: char) -> &'static str {
    match c {
        '\u{ad}' => "a soft hyphen",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' | '\u{200d}' => "a joiner",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte-order mark",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a direction mark"
        }
        '\u{fffc}' => "the place of an object",
        c if c.is_control() => "a control character",
        _ => "a format character",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokenizer tells most texts from those that are worth a look.
    #[test]
    fn no_suspect_is_passed_by() {
        for c in ('\0'..='\u{ffff}').filter(|&c| is_suspect(c)) {
            for (before, after) in [
                ("ab", "cd"),
                ("ab ", " cd"),
                ("12", "34"),
                ("a@b", "c.es"),
                ("#a", "b"),
            ] {
                let doc = Document::plain(&format!("The {before}{c}{after} end."));
                assert!(
                    doc.may_have_invisible(),
                    "U+{:04X} in {before}…{after}",
                    c as u32
                );
            }
        }
    }

    #[test]
    fn every_suspect_is_found() {
        for c in ('\0'..='\u{ffff}').filter(|&c| is_suspect(c)) {
            for lead in [0, 1, 62, 63, 64, 65, 127] {
                let text = format!("{}{c}{}", "x".repeat(lead), "y".repeat(70));
                let mut found = Vec::new();
                each(&text, |at| found.push(at));
                assert_eq!(found, [lead], "U+{:04X} after {lead}", c as u32);
            }
        }
    }
}
