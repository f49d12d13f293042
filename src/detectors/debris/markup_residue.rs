//! The rule `markup-residue`: entities, tags, shortcodes and other markup among the words.
use crate::{Document, Edit, Fix, Group, Kind, Mqm, Rule, Safety, Severity, Sink, Span, Status};

/// Markup of the page stands among the words.
pub static RULE: Rule = Rule {
    id: "markup-residue",
    group: Group::Debris,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Markup,
    summary: "Markup of the page stands among the words.",
    why: "What a browser shows as a quotation mark or bold type is an entity or a tag in the source, *&quot;*, *<strong>*. A pipeline that forgets to decode it hands it to the translator as text, and the translator hands it on, sometimes broken: *& quot;*.",
    flag: &[
        "He called it {&quot;=>\"}historic.",
        "It costs €420,000{&nbsp;=>\u{a0}}for all.",
        "The bank of Mas{&#39;=>'}s party fell.",
        "He left that day{ & rdquor;=>”}, she said.",
        "The town of Espa{&ntilde;=>ñ}a won.",
        "He said it {<em>twice</em>=>twice}.",
        "He left.{<br/>=> }She stayed.",
        "{<p>}He left.</p> <p>She stayed.</p>",
        "The judge {[caption id=\"3\" align=\"left\"]=>} asked for more.",
        "She {**never**=>never} agreed to it.",
        "He works for {[El País](https://elpais.com/a)=>El País} in Madrid.",
        "The {[[Real Madrid|club]]=>club} denied it.",
        "The mayor of M{\\u00e1=>á}laga resigned.",
        "Next week {&amp;=>&} the week after.",
    ],
    pass: &[
        "AT&T and R&D; Q&A; B&B. He scored <3 goals and a < b > c.",
        "“[I]t was [sic] a long day,” he said [laughs]. The f**k he did, and s***.",
        "** Includes 162 passengers. 2 * 3 * 4 is 24, *not 25.",
        "The C:\\new folder is empty; the and/or rule stands.",
        "He paid £5 & left; she stayed & won.",
        "[Read: Why Tunisia suffers] and [video] are links.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let mut entities = Vec::new();
    let mut done = 0;
    for &at in doc.of_kind(Kind::Symbol) {
        let start = doc.tokens[at as usize].span.start as usize;
        if start < done {
            continue;
        }
        done = match doc.plain.as_bytes()[start] {
            b'&' => entity(doc, start, &mut entities),
            b'<' if !doc.holds_code() => tag(doc, at as usize, sink),
            b'*' => bold(doc, at as usize, sink),
            b'\\' => escape(doc, start, sink),
            _ => None,
        }
        .unwrap_or(done);
    }
    report_entities(sink, entities);
    for &at in doc.of_kind(Kind::Open) {
        let start = doc.tokens[at as usize].span.start as usize;
        if start >= done && doc.plain.as_bytes()[start] == b'[' {
            done = bracketed(doc, at as usize, sink).unwrap_or(done);
        }
    }
}

/// Reports the bytes from `start` to `end`, to be replaced; the end.
fn report(sink: &mut Sink, start: usize, end: usize, what: &str, text: String) -> Option<usize> {
    let advice = match text.trim() {
        "" => "Delete it.".to_owned(),
        _ => format!("Write “{text}”."),
    };
    sink.report(
        Span::new(start, end),
        format!("{what} stands in the text. {advice}"),
    )
    .mend(text);
    Some(end)
}

/// `&quot;`, `&#39;`, `& nbsp;`
fn entity(doc: &Document, start: usize, found: &mut Vec<Entity>) -> Option<usize> {
    let rest = &doc.plain[start + 1..];
    let broken = rest.starts_with(' ');
    let body = rest.trim_start_matches(' ');
    if rest.len() - body.len() > 1 {
        return None;
    }
    let len = body
        .bytes()
        .take(12)
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'#')
        .count();
    let name = &body[..len];
    let tail = &body[len..];
    let closed = match tail.strip_prefix(';') {
        Some(_) => 1,
        None if tail.starts_with(" ;") => 2,
        // Browsers read some without the semicolon, and so do writers of bad pages.
        None if matches!(
            name,
            "nbsp" | "quot" | "laquo" | "raquo" | "ldquo" | "rdquo"
        ) =>
        {
            0
        }
        None => return None,
    };
    let text = letters(name)?;
    if broken && name == "amp" && closed == 0 {
        return None;
    }
    let end = start + 1 + (rest.len() - body.len()) + len + closed;
    // `day & rdquor;`: the space before a broken mark that closes belongs to it.
    let closing = matches!(text.as_str(), "”" | "’" | "»");
    let from = match broken && closing && doc.plain[..start].ends_with(' ') {
        true => start - 1,
        false => start,
    };
    let span = Span::new(from, end);
    match found.iter_mut().take(MOST_KINDS).find(|e| e.text == text) {
        Some(entity) => entity.places.push(span),
        None => found.push(Entity {
            text,
            places: vec![span],
        }),
    }
    Some(end)
}

/// An entity and where it stands.
struct Entity {
    text: String,
    places: Vec<Span>,
}

/// So many kinds of entities are told apart; no story has more.
const MOST_KINDS: usize = 64;
/// Of an entity so many places are shown one by one.
const MOST_SHOWN: usize = 8;

/// Reports entities; where a pipeline has not decoded one, it has not decoded dozens, and the last
/// one shown stands for the rest.
fn report_entities(sink: &mut Sink, entities: Vec<Entity>) {
    for Entity { text, places } in entities {
        let advice = match text.trim() {
            "" => "Delete it.".to_owned(),
            _ => format!("Write “{text}”."),
        };
        let shown = places.len().min(MOST_SHOWN);
        for (i, &place) in places[..shown].iter().enumerate() {
            let rest = match i + 1 == shown {
                true => &places[shown..],
                false => &[],
            };
            let more = match rest.len() {
                0 => String::new(),
                n => format!(" So do {n} more of the kind."),
            };
            let finding = sink.report(
                place,
                format!("An HTML entity stands in the text. {advice}{more}"),
            );
            let edits = std::iter::once(&place)
                .chain(rest)
                .map(|&span| Edit {
                    span,
                    text: text.clone(),
                })
                .collect();
            finding.fixes.push(Fix {
                edits,
                safety: Safety::Safe,
            });
        }
    }
}

/// What an entity stands for.
fn letters(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Windows’ marks, which browsers read too.
        let c = match code {
            0x91 => '‘',
            0x92 => '’',
            0x93 => '“',
            0x94 => '”',
            0x96 => '–',
            0x97 => '—',
            0..=31 => return (code == 9 || code == 10 || code == 13).then(|| " ".into()),
            _ => char::from_u32(code)?,
        };
        return Some(c.into());
    }
    const NAMES: [(&str, &str); 58] = [
        ("quot", "\""),
        ("amp", "&"),
        ("apos", "'"),
        ("lt", "<"),
        ("gt", ">"),
        ("nbsp", "\u{a0}"),
        ("laquo", "«"),
        ("raquo", "»"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("rdquor", "”"),
        ("ldquor", "„"),
        ("lsquo", "‘"),
        ("rsquo", "’"),
        ("sbquo", "‚"),
        ("bdquo", "„"),
        ("hellip", "…"),
        ("mdash", "—"),
        ("ndash", "–"),
        ("shy", ""),
        ("zwnj", ""),
        ("zwj", ""),
        ("ensp", " "),
        ("emsp", " "),
        ("thinsp", "\u{2009}"),
        ("bull", "•"),
        ("middot", "·"),
        ("euro", "€"),
        ("pound", "£"),
        ("cent", "¢"),
        ("yen", "¥"),
        ("copy", "©"),
        ("reg", "®"),
        ("trade", "™"),
        ("deg", "°"),
        ("ordm", "º"),
        ("ordf", "ª"),
        ("iquest", "¿"),
        ("iexcl", "¡"),
        ("aacute", "á"),
        ("eacute", "é"),
        ("iacute", "í"),
        ("oacute", "ó"),
        ("uacute", "ú"),
        ("Aacute", "Á"),
        ("Eacute", "É"),
        ("Iacute", "Í"),
        ("Oacute", "Ó"),
        ("Uacute", "Ú"),
        ("ntilde", "ñ"),
        ("Ntilde", "Ñ"),
        ("uuml", "ü"),
        ("Uuml", "Ü"),
        ("ccedil", "ç"),
        ("agrave", "à"),
        ("egrave", "è"),
        ("ograve", "ò"),
        ("times", "×"),
    ];
    NAMES
        .iter()
        .find(|(n, _)| *n == name)
        .or_else(|| {
            NAMES[..31]
                .iter()
                .find(|(n, _)| n.eq_ignore_ascii_case(name))
        })
        .map(|&(_, text)| text.to_owned())
}

/// Tags that pages of news are made of.
const TAGS: [&str; 52] = [
    "a",
    "article",
    "aside",
    "b",
    "blockquote",
    "br",
    "button",
    "center",
    "cite",
    "div",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "label",
    "li",
    "link",
    "meta",
    "nav",
    "noscript",
    "ol",
    "p",
    "picture",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];
/// Longer tags are taken for something else.
const LONGEST_TAG: usize = 400;
/// `<em>twice</em>`, `<br/>`: a pair around a few words or a tag alone; all tags of a block are
/// one finding if there are more.
fn tag(doc: &Document, at: usize, sink: &mut Sink) -> Option<usize> {
    let start = doc.tokens[at].span.start as usize;
    let block = doc.blocks[doc.block_of(at)].span;
    let text = &doc.plain[..block.end as usize];
    let (first, name) = tag_at(text, start)?;
    let mut tags = vec![(first.clone(), name)];
    let mut next = first.end;
    while let Some(found) = text[next..].find('<') {
        match tag_at(text, next + found) {
            Some((range, name)) => {
                next = range.end;
                tags.push((range, name));
            }
            None => next += found + 1,
        }
    }
    let pair = match &tags[..] {
        [(open, one), (close, two)] if one == two && text[close.clone()].starts_with("</") => {
            (!text[open.clone()].starts_with("</")).then_some(open.end..close.start)
        }
        _ => None,
    };
    if let Some(inner) = pair {
        let end = tags[1].0.end;
        let words = text[inner].to_owned();
        return report(sink, start, end, "HTML", words);
    }
    if tags.len() == 1 {
        let glued = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let space = glued(text[..start].chars().next_back())
            && glued(text[first.end..].chars().next())
            && matches!(name, "br" | "p" | "div" | "li" | "hr");
        let text = if space { " " } else { "" };
        return report(sink, start, first.end, "An HTML tag", text.to_owned());
    }
    let finding = sink.report(
        Span::new(start, first.end),
        format!(
            "{} HTML tags stand in this paragraph. Delete them.",
            tags.len()
        ),
    );
    finding.fixes.push(Fix {
        edits: tags
            .into_iter()
            .map(|(range, _)| Edit {
                span: Span::new(range.start, range.end),
                text: String::new(),
            })
            .collect(),
        safety: Safety::Unsafe,
    });
    Some(block.end as usize)
}

/// The tag that begins at `start`, if one does, and its name.
fn tag_at(text: &str, start: usize) -> Option<(std::ops::Range<usize>, &'static str)> {
    let rest = &text[start + 1..];
    let body = rest.strip_prefix('/').unwrap_or(rest);
    let len = body
        .bytes()
        .take_while(u8::is_ascii_alphanumeric)
        .take(12)
        .count();
    let name = TAGS.iter().find(|t| t.eq_ignore_ascii_case(&body[..len]))?;
    let after = body.as_bytes().get(len)?;
    if !matches!(after, b'>' | b'/' | b' ' | b'\n') {
        return None;
    }
    let close = body.bytes().take(LONGEST_TAG).position(|b| b == b'>')?;
    let inner = &body[len..close];
    // “a < b > c” has no attribute.
    let attributes = inner.trim().trim_end_matches('/');
    if !attributes.is_empty() && !attributes.contains('=') || inner.contains('<') {
        return None;
    }
    let end = start + 1 + (rest.len() - body.len()) + close + 1;
    Some((start..end, name))
}

/// `**never**`: bold type of Markdown, as language models write it.
fn bold(doc: &Document, at: usize, sink: &mut Sink) -> Option<usize> {
    const LONGEST: usize = 40;
    let tokens = &doc.tokens;
    let star = |t: usize| t < tokens.len() && doc.text(t) == "*";
    let end = doc.blocks[doc.block_of(at)].tokens.end as usize;
    let opens = star(at + 1)
        && !tokens[at + 1].spaced()
        && (tokens[at].spaced() || at > 0 && tokens[at - 1].kind == Kind::Quote)
        && tokens
            .get(at + 2)
            .is_some_and(|t| !t.spaced() && t.kind == Kind::Word);
    if !opens {
        return None;
    }
    let close = (at + 3..end.min(at + LONGEST))
        .find(|&t| star(t) && star(t + 1) && !tokens[t].spaced() && !tokens[t + 1].spaced())?;
    let words = doc.slice(doc.span(at + 2..close)).to_owned();
    let (from, to) = (tokens[at].span.start, tokens[close + 1].span.end);
    report(sink, from as usize, to as usize, "Markdown", words)
}

/// `\u00e1`: a letter as programs write it.
fn escape(doc: &Document, start: usize, sink: &mut Sink) -> Option<usize> {
    let digits = doc.plain.get(start + 2..start + 6)?;
    if !doc.plain[start + 1..].starts_with('u') || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    report(sink, start, start + 6, "An escape sequence", c.into())
}

/// Shortcodes that have no attribute and are no words of an editor in brackets.
const SHORTCODES: [&str; 8] = [
    "caption",
    "embed",
    "gallery",
    "playlist",
    "vc_row",
    "vc_column",
    "vc_column_text",
    "et_pb_row",
];

/// `[caption id="3"]`, `[words](address)`, `[[page|words]]`
fn bracketed(doc: &Document, at: usize, sink: &mut Sink) -> Option<usize> {
    const LONGEST: usize = 300;
    let start = doc.tokens[at].span.start as usize;
    let rest = &doc.plain[start + 1..];
    if let Some(wiki) = rest.strip_prefix('[') {
        let close = wiki.bytes().take(LONGEST).position(|b| b == b']')?;
        let (page, words) = wiki[..close].split_once('|')?;
        let plain = wiki[close..].starts_with("]]") && !page.contains(['\n', '[']);
        let words = words.rsplit('|').next().unwrap_or(words).to_owned();
        return plain
            .then(|| report(sink, start, start + 4 + close, "A wiki link", words))
            .flatten();
    }
    let close = rest.bytes().take(LONGEST).position(|b| b == b']')?;
    let (inner, after) = (&rest[..close], &rest[close + 1..]);
    if let Some(address) = after.strip_prefix('(')
        && (address.starts_with("http") || address.starts_with('/') || address.starts_with("www."))
        && let Some(len) = address.bytes().take(LONGEST).position(|b| b == b')')
    {
        let end = start + close + 2 + len + 2;
        return report(sink, start, end, "A Markdown link", inner.to_owned());
    }
    let name = inner.trim_start_matches('/');
    let name = name.split([' ', '=']).next().unwrap_or(name);
    let attributes = inner.contains("=\"") || inner.contains("='") || inner.contains("=&quot;");
    let shortcode = SHORTCODES.contains(&name)
        || (attributes || inner.starts_with('/'))
            && !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'-');
    shortcode
        .then(|| report(sink, start, start + close + 2, "A shortcode", String::new()))
        .flatten()
}
