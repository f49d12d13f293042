//! The rule `placeholder`: names of what a program should have put there.
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Span, Status, lexicon};

/// A placeholder was never filled in.
pub static RULE: Rule = Rule {
    id: "placeholder",
    group: Group::Debris,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Markup,
    summary: "A placeholder was never filled in.",
    why: "To keep names, numbers and links from the translator, a pipeline puts marks in their place, *XX1XX*, *{0}*, *[[LINK]]*, and puts them back afterwards; templates do the same. Where a mark stays, the name or number is missing.",
    flag: &[
        "The law got {{{0}}} votes in the chamber.",
        "The law got {%s} votes in the chamber.",
        "There are no reeds now. {%1$s} The birds have left.",
        "The queues are long. {[[img:2]]} Inflation stands at 7%.",
        "He works for {[[LINK]]} in Madrid.",
        "He works for {[LINK]} in Madrid.",
        "The number of {XX1XX} fell.",
        "The number of {__2__} fell.",
        "The mayor of {${{city}}} resigned.",
        "See {{{{{image_2}}}}} for the map.",
        "The queues are long. {%%AD_SLOT_2%%} Inflation stands at 7%.",
        "He met {PERSON_2} in Lima.",
        "The firm sold {⟦3⟧} ships.",
        "Dear {{{first_name}}}, the paper is late.",
    ],
    pass: &[
        "He was 100% sure, and 20%s of it {sic} was XX chromosomes, or Super Bowl XX.",
        "The f(x) of [sic] snake_case and {inaudible} is 5 %d.",
        "The Boeing 737-800, the A320 and the F-16; COVID-19 and B2B.",
        "[VIDEO] He said [MUSIC] and [EFE] and [AP].",
        "She scored 2 % more; the {1, 2} set and a __ line.",
        "See [[the minutes]] of the year MMXX1.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/placeholder.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    lexicon::report(doc, sink);
    marks(doc, sink);
    for &at in doc.caps() {
        if let Some(span) = capitals(doc, at as usize) {
            report(doc, span, sink);
        }
    }
}

/// Placeholders between marks.
fn marks(doc: &Document, sink: &mut Sink) {
    let mut done = 0;
    let mut symbols = doc.of_kind(Kind::Symbol).iter().peekable();
    let mut opens = doc.of_kind(Kind::Open).iter().peekable();
    loop {
        let token = match (symbols.peek(), opens.peek()) {
            (Some(&&s), Some(&&o)) if s < o => symbols.next(),
            (_, Some(_)) => opens.next(),
            (Some(_), None) => symbols.next(),
            (None, None) => break,
        };
        let Some(&token) = token else { break };
        let start = doc.tokens[token as usize].span.start as usize;
        if start < done {
            continue;
        }
        let end = match doc.mark(token as usize) {
            '{' | '$' => braces(doc, start),
            '[' => brackets(doc, start),
            '%' => percent(doc, token as usize, start),
            '_' => underscores(doc, start),
            '⟦' => numbered(doc, start),
            _ => None,
        };
        if let Some(end) = end.filter(|_| !doc.holds_code()) {
            report(doc, Span::new(start, end), sink);
            done = end;
        }
    }
}

fn report(doc: &Document, span: Span, sink: &mut Sink) {
    sink.report(
        span,
        format!(
            "“{}” is a placeholder that was never filled in. Take what belongs here from the Spanish, or delete it.",
            doc.slice(span)
        ),
    );
}

/// Longer names are no placeholders.
const LONGEST: usize = 40;

/// Names of what a form asks for.
const FIELDS: [&str; 16] = [
    "author", "caption", "city", "count", "date", "headline", "image", "link", "name", "number",
    "section", "text", "title", "url", "user", "username",
];

/// `{0}`, `{name}`, `{{image_2}}`, `${city}`: the end.
fn braces(doc: &Document, start: usize) -> Option<usize> {
    let rest = &doc.plain[start..];
    let (dollar, body) = match rest.strip_prefix('$') {
        Some(body) => (true, body),
        None => (false, rest),
    };
    let (double, close) = match (body.starts_with("{{"), body.starts_with('{')) {
        (true, _) => (true, "}}"),
        (false, true) => (false, "}"),
        _ => return None,
    };
    let inner = &body[close.len()..];
    let len = inner.bytes().take(LONGEST).position(|b| b == b'}')?;
    let name = inner[..len].trim();
    let plain = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'|' | b' '));
    let number = name.bytes().all(|b| b.is_ascii_digit());
    let field = FIELDS.contains(&name) || name.contains('_') || number && name.len() <= 2;
    let known = double || dollar || field;
    let end = start + usize::from(dollar) + close.len() + len + close.len();
    let closed = inner[len..].starts_with(close);
    // Where it does not close, its end may lie inside a character.
    let code = || doc.plain[end..].starts_with(['"', '\'', '/', '<', ';']);
    (plain && known && closed && !code()).then_some(end)
}

/// `[[LINK]]`, `[[img:2]]`, `[LINK]`: the end.
fn brackets(doc: &Document, start: usize) -> Option<usize> {
    const NAMES: [&str; 9] = [
        "LINK",
        "URL",
        "IMG",
        "IMAGE",
        "IMAGEN",
        "EMBED",
        "PLACEHOLDER",
        "TWEET",
        "ENLACE",
    ];
    let rest = &doc.plain[start..];
    let len = rest.bytes().take(LONGEST).position(|b| b == b']')?;
    if let Some(name) = rest[..len].strip_prefix("[[") {
        let capitals = name.bytes().all(|b| !b.is_ascii_lowercase()) && !name.is_empty();
        let numbered = name.bytes().any(|b| b.is_ascii_digit()) && !name.contains(' ');
        let ascii = name.is_ascii() && !name.contains(['|', '[']);
        return (ascii && (capitals || numbered) && rest[len..].starts_with("]]"))
            .then_some(start + len + 2);
    }
    let name = rest[1..len].trim_end_matches(|c: char| c.is_ascii_digit() || c == '_' || c == ' ');
    NAMES.contains(&name).then_some(start + len + 1)
}

/// `%s`, `%1$s`, `%(name)s`, `%%AD_SLOT_2%%`: the end.
fn percent(doc: &Document, token: usize, start: usize) -> Option<usize> {
    let rest = &doc.plain[start + 1..];
    if let Some(name) = rest.strip_prefix('%') {
        let len = name
            .bytes()
            .take(LONGEST)
            .take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
            .count();
        return (len > 1 && name[len..].starts_with("%%")).then_some(start + 2 + len + 2);
    }
    // “100%s” is a slip of the hand, “5 %d” is not ours either.
    let after_number = token > 0 && doc.tokens[token - 1].kind == Kind::Number;
    if after_number {
        return None;
    }
    let name = rest.strip_prefix('(').and_then(|r| r.split_once(')'));
    let (skipped, tail) = match name {
        Some((name, tail)) if name.len() < LONGEST && !name.contains(' ') => (name.len() + 2, tail),
        _ => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            match digits > 0 && digits < 3 && rest[digits..].starts_with('$') {
                true => (digits + 1, &rest[digits + 1..]),
                false => (0, rest),
            }
        }
    };
    let kind = tail.starts_with(['s', 'd', 'i', '@']);
    let ends = !tail.chars().nth(1).is_some_and(char::is_alphanumeric);
    (kind && ends).then_some(start + 1 + skipped + 1)
}

/// `⟦3⟧`: the end.
fn numbered(doc: &Document, start: usize) -> Option<usize> {
    let name = doc.plain[start..].strip_prefix('⟦')?;
    let len = name
        .bytes()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    name[len..].starts_with('⟧').then_some(start + len + 6)
}

/// `__2__`: the end.
fn underscores(doc: &Document, start: usize) -> Option<usize> {
    let name = doc.plain[start..].strip_prefix("__")?;
    let len = name
        .bytes()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        .count();
    (len > 0 && name[len..].starts_with("__")).then_some(start + 2 + len + 2)
}

/// `XX1XX`, `PERSON_2`, `TERM3`
fn capitals(doc: &Document, at: usize) -> Option<Span> {
    const NAMES: [&str; 10] = [
        "PERSON",
        "ENTITY",
        "TERM",
        "NAME",
        "PLACEHOLDER",
        "NUM",
        "TAG",
        "URL",
        "DATE",
        "LOC",
    ];
    let (token, word) = (doc.tokens[at], doc.text(at));
    if token.has(Shape::DIGIT) {
        let letters = word.trim_matches('X');
        let marked = word.len() - letters.len() >= 4
            && word.starts_with("XX")
            && word.ends_with("XX")
            && letters.bytes().all(|b| b.is_ascii_digit());
        let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbered = matches!(name, "PLACEHOLDER" | "TERM" | "ENTITY") && name.len() < word.len();
        return (marked || numbered).then_some(token.span);
    }
    let underscore = doc.tokens.get(at + 1).filter(|t| !t.spaced())?;
    let number = doc
        .tokens
        .get(at + 2)
        .filter(|t| !t.spaced() && t.kind == Kind::Number)?;
    (NAMES.contains(&word) && doc.slice(underscore.span) == "_").then(|| token.span.to(number.span))
}
