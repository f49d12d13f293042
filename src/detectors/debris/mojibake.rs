//! The rule `mojibake`: letters that were read in the wrong encoding, or from the wrong alphabet.
use crate::{
    Document, Edit, Fix, Group, Kind, Mqm, Rule, Safety, Severity, Shape, Sink, Span, Status,
};

/// Letters were read in the wrong encoding.
pub static RULE: Rule = Rule {
    id: "mojibake",
    group: Group::Debris,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::CharacterEncoding,
    summary: "Letters were read in the wrong encoding.",
    why: "Spanish is full of ñ, accents and guillemets, each two bytes in UTF-8. A program that takes the bytes for letters of Windows or Latin-1 makes *EspaÃ±a* of *España* and *â€œ* of an opening quotation mark; one that cannot read them writes *Espa?a* or *Espa�a*. The translator keeps what it does not know.",
    flag: &[
        "The minister of {PetrÃ³leo=>Petróleo} welcomed the data.",
        "{EspaÃ±a=>España} won the final.",
        "{Venezuelaâ€™s=>Venezuela’s} production rose.",
        "He called it {â€œhistoricâ€=>“historic”} and left.",
        "The {Â«investitureÂ»=>«investiture»} was on Monday.",
        "It was {Ã“scar=>Óscar} who scored.",
        "The price is {â‚¬20=>€20} a month.",
        "He wrote {Ð¿Ñ€Ð¸Ð²ÐµÑ‚=>привет} on the wall.",
        "The word {EspaÃƒÂ±a=>España} was garbled twice.",
        "“{I\u{92}m=>I’m} not going,” she said.",
        "The team of {Espa\u{fffd}a} lost.",
        "The team of {Espa?a} lost.",
        "The striker {Mart\u{bc1}nez} scored twice.",
        "The {d\u{435}puty=>deputy} resigned.",
    ],
    pass: &[
        "São Paulo, Ângela and Ãngelo; “CAFÉ” is spelled with É”.",
        "The NaÏve café in Ålborg served crème brûlée at 5 €.",
        "He wrote “AMANHÔ, then left.",
        "IL-1β and NF-κB are proteins; β-carotene and Ωmega are not, nor is 5µm.",
        "The Russian word привет and the Greek word γειά mean hello.",
        "Really?! Is it? He asked. Who?he wrote.",
        "See page?id=3 or ask.",
        "The Åland islands — “Å” in Swedish — are Finnish.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let mut windows: Vec<Edit> = Vec::new();
    let mut done = 0;
    let mut words = doc.non_ascii().iter().peekable();
    let mut marks = doc.of_kind(Kind::Symbol).iter().peekable();
    // Words and marks in the order of the text, so that one garbled word is one finding.
    loop {
        let token = match (words.peek(), marks.peek()) {
            (Some(&&w), Some(&&m)) if w < m => words.next(),
            (_, Some(_)) => marks.next(),
            (Some(_), None) => words.next(),
            (None, None) => break,
        };
        let Some(&token) = token else { break };
        let span = doc.tokens[token as usize].span;
        if (span.start as usize) < done {
            continue;
        }
        if let Some(end) = garbled(doc, span, sink, &mut windows) {
            done = end;
        } else if doc.tokens[token as usize].kind == Kind::Word {
            other_script(doc, span, sink);
        }
    }
    report_windows(sink, windows);
    question_marks(doc, sink);
}

/// Marks of Windows that were read as control characters: one finding, for where there is one all
/// quotation marks and dashes of the story are such.
fn report_windows(sink: &mut Sink, edits: Vec<Edit>) {
    let Some(first) = edits.first() else { return };
    let places = match edits.len() {
        1 => String::new(),
        n => format!(" The same happened in {} more places.", n - 1),
    };
    let finding = sink.report(
        first.span,
        format!(
            "A quotation mark or dash was read in the wrong encoding: write “{}”.{places}",
            first.text
        ),
    );
    finding.fixes.push(Fix {
        edits,
        safety: Safety::Safe,
    });
}

/// Reports the word around a token if it is garbled; its end.
fn garbled(doc: &Document, token: Span, sink: &mut Sink, windows: &mut Vec<Edit>) -> Option<usize> {
    let text = &doc.plain;
    let at = text[token.range()]
        .char_indices()
        .map(|(i, _)| token.start as usize + i)
        .find(|&at| decode(text, at).is_some())?;
    let start = text[..at]
        .char_indices()
        .rev()
        .take_while(|&(i, c)| at - i < MOST && is_inside(c))
        .last()
        .map_or(at, |(i, _)| i);
    let mut clean = text[start..at].to_owned();
    let mut end = at;
    let (mut lost, mut letters_too) = (false, false);
    while end - at < MOST {
        if let Some((len, letters)) = decode(text, end) {
            letters_too |= !('\u{80}'..='\u{9f}').contains(&char_at(text, end));
            lost |= letters.contains('\u{fffd}');
            clean.push_str(&letters);
            end += len;
        } else if let Some(c) = text[end..].chars().next().filter(|&c| is_inside(c)) {
            clean.push(c);
            end += c.len_utf8();
        } else {
            break;
        }
    }
    let span = Span::new(start, end);
    if !letters_too {
        windows.push(Edit { span, text: clean });
        return Some(end);
    }
    if lost {
        sink.report(
            span,
            "A letter was lost when the text was read in the wrong encoding. Take the word from the Spanish.",
        );
    } else {
        for _ in 0..2 {
            clean = again(&clean);
        }
        sink.report(
            span,
            format!("These letters were read in the wrong encoding: write “{clean}”."),
        )
        .mend(clean);
    }
    Some(end)
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or(' ')
}

/// Words are not followed further on either side.
const MOST: usize = 64;

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '’' | '\'')
}

/// Text that was garbled twice is decoded twice.
fn again(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (len, letters) = decode(text, at).unwrap_or((c.len_utf8(), c.into()));
        out.push_str(&letters);
        at += len;
    }
    out
}

/// The letters that the characters at `at` were before they were garbled, and the bytes that they
/// take now.
fn decode(text: &str, at: usize) -> Option<(usize, String)> {
    let rest = &text[at..];
    let mut chars = rest.chars();
    let first = chars.next().filter(|c| !c.is_ascii())?;
    match first {
        '\u{fffd}' => return Some((3, first.into())),
        // A mark of Windows by itself.
        '\u{80}'..='\u{9f}' => {
            let byte = first as u32 as usize - 0x80;
            return Some((2, WINDOWS[byte].into()));
        }
        _ => {}
    }
    let lead = byte_of(first)?;
    let len = match lead {
        0xc2..=0xc5 | 0xd0 | 0xd1 => 2,
        0xe2 | 0xef => 3,
        0xf0 => 4,
        _ => return None,
    };
    let mut bytes = vec![lead];
    let mut taken = first.len_utf8();
    for c in chars.by_ref().take(len - 1) {
        match byte_of(c).filter(|b| (0x80..0xc0).contains(b)) {
            Some(b) => bytes.push(b),
            None => break,
        }
        taken += c.len_utf8();
    }
    // The last byte of a closing quotation mark has no letter and is often lost.
    if bytes == [0xe2, 0x80] {
        return Some((taken, '”'.into()));
    }
    let decoded = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let plausible = match decoded {
        '\u{a0}'..='\u{17f}' => is_pair(text, at, taken),
        '\u{410}'..='\u{44f}' | '\u{451}' => {
            byte_of(rest[taken..].chars().next().unwrap_or(' ')).is_some_and(|b| b >= 0x80)
                || text[..at]
                    .chars()
                    .next_back()
                    .is_some_and(|c| byte_of(c).is_some_and(|b| b >= 0x80))
        }
        '\u{2010}'..='\u{203a}'
        | '\u{20ac}'
        | '\u{2122}'
        | '\u{fb01}'
        | '\u{fb02}'
        | '\u{feff}' => true,
        c => c >= '\u{1f300}',
    };
    let letters = if decoded == '\u{feff}' {
        String::new()
    } else {
        decoded.into()
    };
    plausible.then_some((taken, letters))
}

/// Whether two characters stand for one letter, and are not a capital before a closing mark: the
/// letter of “CAFÉ” and its quotation mark would make one.
fn is_pair(text: &str, at: usize, len: usize) -> bool {
    let second = text[at..at + len].chars().nth(1).unwrap_or(' ');
    let marks = ['‘', '’', '“', '”', '–', '—', '…', '»', '›'];
    let after = text[at + len..].chars().next().unwrap_or(' ');
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let lead = text[at..].chars().next().unwrap_or(' ');
    !marks.contains(&second)
        || lead == 'Â'
        || before.is_lowercase()
        || after.is_alphabetic() && !before.is_alphabetic()
}

/// The byte that a character has in Windows-1252.
fn byte_of(c: char) -> Option<u8> {
    match c as u32 {
        n @ 0x80..=0xff => Some(n as u8),
        _ => {
            let place = WINDOWS.iter().position(|&w| w == c)?;
            Some(0x80 + place as u8)
        }
    }
}

/// The characters 0x80 to 0x9f of Windows-1252; five are not used.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// `Martுnez`: a letter of another alphabet in a Latin word.
fn other_script(doc: &Document, span: Span, sink: &mut Sink) {
    let word = doc.slice(span);
    let latin = word.bytes().any(|b| b.is_ascii_alphabetic());
    let foreign = |c: char| matches!(c, '\u{400}'..='\u{109f}' | '\u{1780}'..='\u{17ff}');
    if !latin || word.len() > 2 * MOST || !word.chars().any(foreign) {
        return;
    }
    let clean: Option<String> = word
        .chars()
        .map(|c| if foreign(c) { look_alike(c) } else { Some(c) })
        .collect();
    let finding = sink.report(
        span,
        "A letter of another alphabet stands in this word. Type the Latin letter.",
    );
    if let Some(clean) = clean {
        finding.mend(clean);
    }
}

/// The Latin letter that looks like a Cyrillic one.
fn look_alike(c: char) -> Option<char> {
    const PAIRS: [(char, char); 26] = [
        ('а', 'a'),
        ('е', 'e'),
        ('о', 'o'),
        ('р', 'p'),
        ('с', 'c'),
        ('х', 'x'),
        ('у', 'y'),
        ('і', 'i'),
        ('ј', 'j'),
        ('ѕ', 's'),
        ('А', 'A'),
        ('В', 'B'),
        ('Е', 'E'),
        ('К', 'K'),
        ('М', 'M'),
        ('Н', 'H'),
        ('О', 'O'),
        ('Р', 'P'),
        ('С', 'C'),
        ('Т', 'T'),
        ('Х', 'X'),
        ('У', 'Y'),
        ('І', 'I'),
        ('Ј', 'J'),
        ('Ѕ', 'S'),
        ('ԁ', 'd'),
    ];
    PAIRS
        .iter()
        .find(|&&(cyrillic, _)| cyrillic == c)
        .map(|&(_, latin)| latin)
}

/// `Espa?a`: a question mark inside a word that no list knows.
fn question_marks(doc: &Document, sink: &mut Sink) {
    for &at in doc.of_kind(Kind::Stop) {
        let at = at as usize;
        if doc.mark(at) != '?' || at == 0 {
            continue;
        }
        let (before, next) = (&doc.tokens[at - 1], doc.tokens.get(at + 1));
        let Some(after) = next.filter(|t| !t.spaced() && t.kind == Kind::Word) else {
            continue;
        };
        let small = !after.has(Shape::CAPITAL) && !after.has(Shape::DIGIT);
        let parts = before.kind == Kind::Word && before.word.0 == 0 && before.span.len() >= 3;
        let part = after.word.0 == 0 || after.span.len() == 1;
        let closed = doc
            .tokens
            .get(at + 2)
            .is_none_or(|t| t.spaced() || matches!(t.kind, Kind::Stop | Kind::Comma | Kind::Quote));
        if small && parts && part && closed && !doc.tokens[at].spaced() && before.spaced() {
            sink.report(
                doc.span(at - 1..at + 2),
                "The question mark stands for a letter that was lost in the wrong encoding. Take the word from the Spanish.",
            );
        }
    }
}
