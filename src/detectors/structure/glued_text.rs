//! The rule `glued-text`: two words, two sentences or a word and a mark run into one.
use crate::text::quotations::Role;
use crate::text::{Shape, seams};
use crate::words::class;
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// Two pieces of text were joined without the space or the full stop between them.
pub static RULE: Rule = Rule {
    id: "glued-text",
    group: Group::Structure,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Markup,
    summary: "Two pieces of text were joined without the space or the full stop between them.",
    why: "Links, bold type and paragraphs are taken out of the Spanish page before it is translated, and what stood between two tags closes up: *leadershipthe*, *(DW)in*, *Organization For this reason*. A reader stumbles, and a search no longer finds the words.",
    flag: &[
        "The effectiveness of the Collective Security Treaty {Organization For=>Organization. For} this reason, he travelled to Moscow.",
        "It bears interest of 1% per {year Yesterday=>year. Yesterday} the shares closed at 1.85 euros.",
        "He mentions the sources of income of the big {clubs So=>clubs. So} much is this so, that two of them have left.",
        "According to sources in the {leadershipthe=>leadership the} calendar is closed.",
        "They stopped the {Driverswho=>Drivers who} had come from the coast.",
        "He {addedthat=>added that} nobody was hurt.",
        "The candidate is Pere {AragonesFor=>Aragones. For} the time being, he will stay.",
        "Nobody expected the vote {ofMadrid=>of Madrid} to count.",
        "The town rejects the mine: “Argentines need roads and {homes”emphasized=>homes” emphasized} the mayor.",
        "He said \"we need roads and {homes\"emphasized=>homes\" emphasized} the mayor in Lima.",
        "The broadcaster Deutsche Welle {(DW)in=>(DW) in} Berlin denied it.",
        "The budget of the US Congress is out. The White House and {Congresscompared=>Congress compared} notes.",
        "Bravo reaches the Madrid final\n\n{MADRIDMarcos=>MADRID Marcos} Bravo, a qualifier from Murcia, beat the top seed.",
        "The seven deputies have the key to the {majority.According=>majority. According} to the party, nothing is agreed.",
        "The riot in the {jailNew=>jail New} measures were announced. The director of the jail resigned, and New York sent help.",
    ],
    pass: &[
        "YouTube, LinkedIn and the iPhone made him rich. The McDonald family owns a DeLorean.",
        "He watched The Crown and read A Tale of Two Cities at The Hague. They left.",
        "The film The head of the family opens on Friday.",
        "The Show Must Go On as before, he said of the song.",
        "The overestimated and unprecedented costs outweighed it. Mohammed, a NATO-trained MP, and two CEOs agreed.",
        "LaLiga and LeBron James met in San José. MacArthur did not.",
        "The station is waterproof, and somewhere in it there are worthwhile lathes. It is thereof that he speaks.",
        "He met (or re-met) the (ex)minister, whose child(ren) and (s)he left.",
        "It costs 5”x7” and weighs little. The U.S. Army and J.K. Rowling agreed.",
        "See elpais.com or Amazon.com for more. Booking.com fell.",
        "“[W]e won,” he said. “[T]his is it.”",
        "He is 6'2\"tall, she said.",
        "The pavement (‘What about it?’) They are used to it.",
        "Praise God He is great.",
        "What to Watch For in the New Season: The Wire Is Back",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    if !sink.suspected(doc) {
        return;
    }
    openers(doc, sink);
    doubles(doc, sink);
    capitals(doc, sink);
    after_brackets(doc, sink);
    after_quotes(doc, sink);
    after_stops(doc, sink);
}

/// `Organization For this reason`: the full stop is lost.
fn openers(doc: &Document, sink: &mut Sink) {
    for &at in &doc.seams().openers {
        let at = at as usize;
        if kind_of(doc, at) == BlockKind::Headline {
            continue;
        }
        let (before, word) = (doc.text(at - 1), doc.text(at));
        sink.report(
            doc.span(at - 1..at + 1),
            format!("“{word}” opens a sentence, but none has ended before it. End the one before with a full stop."),
        )
        .suggest(format!("{before}. {word}"));
    }
}

/// `leadershipthe`, `Congresscompared`, `MADRIDMarcos`: two words in one.
fn doubles(doc: &Document, sink: &mut Sink) {
    let mut lookups = 0;
    for &at in &doc.seams().doubles {
        let at = at as usize;
        if !stands_alone(doc, at) {
            continue;
        }
        let word = doc.text(at);
        if let Some(cut) = seams::tail(word.as_bytes()) {
            report_split(doc, sink, at, cut, " ");
            continue;
        }
        if lookups == MOST_LOOKUPS {
            continue;
        }
        lookups += 1;
        if let Some(cut) = seams::shouted(word.as_bytes()) {
            let (front, rest) = word.split_at(cut);
            let small = format!("{}{}", &front[..1], front[1..].to_lowercase());
            let common = classes(rest) & class::FUNCTION_WORDS.bit() != 0;
            if common || apart(doc, &small) || apart(doc, rest) {
                report_split(doc, sink, at, cut, " ");
            }
        } else if word.is_ascii()
            && let Some(cut) = (4..word.len() - 4).find(|&cut| {
                let (front, rest) = word.split_at(cut);
                classes(rest) & class::PAST_VERBS.bit() != 0 && is_front(doc, front, rest)
            })
        {
            report_split(doc, sink, at, cut, " ");
        }
    }
}

/// Whether what stands before a verb is a word and no prefix: it stands elsewhere by itself, or it
/// is a name too long to be a prefix, as in *Oryctodromeusdescribed*.
fn is_front(doc: &Document, front: &str, verb: &str) -> bool {
    let name = front.starts_with(char::is_uppercase);
    let prefix = ["counter", "electro"]
        .iter()
        .any(|p| front.eq_ignore_ascii_case(p));
    !prefix
        && (name && front.len() >= 6 && verb.len() >= 8
            || (name || front.len() >= 6) && apart(doc, front))
}

/// Reports a word that is two.
fn report_split(doc: &Document, sink: &mut Sink, at: usize, cut: usize, space: &str) {
    let (front, rest) = doc.text(at).split_at(cut);
    sink.report(
        doc.tokens[at].span,
        format!("“{front}” and “{rest}” have run together, as happens where a link or bold type was taken out. Put a space between them."),
    )
    .suggest(format!("{front}{space}{rest}"));
}

/// In one document so many words are looked up in the rest of the text, no more: enough for a
/// story, and bounded in a text that is all capitals.
const MOST_LOOKUPS: usize = 16;

/// `AragonesFor`, `ofMadrid`, `jailNew`: a capital inside a word that is no name.
fn capitals(doc: &Document, sink: &mut Sink) {
    let mut lookups = 0;
    for &at in doc.inner_capitals() {
        let at = at as usize;
        let token = &doc.tokens[at];
        if token.has(Shape::DIGIT) || token.is(class::JOINED_NAMES) || !stands_alone(doc, at) {
            continue;
        }
        let word = doc.text(at);
        let Some(cut) = single_seam(word) else {
            continue;
        };
        let (front, rest) = word.split_at(cut);
        let (front_class, rest_class) = (classes(front), classes(rest));
        let next_is_small = doc.tokens.get(at + 1).is_some_and(|t| {
            t.kind == Kind::Comma || t.kind == Kind::Word && !t.has(Shape::CAPITAL)
        });
        let small_front = front.starts_with(char::is_lowercase);
        let opens = front.len() >= 3
            && rest.len() >= 3
            && next_is_small
            && rest_class & class::SENTENCE_OPENERS.bit() != 0;
        let closes = small_front && front_class & class::PREPOSITIONS.bit() != 0 && front != "in";
        if opens || closes {
            report_split(doc, sink, at, cut, if opens { ". " } else { " " });
        } else if small_front && front.len() >= 3 && rest.len() >= 3 && lookups < MOST_LOOKUPS {
            // Two words that the story also has apart.
            lookups += 1;
            if apart(doc, front) && apart(doc, rest) {
                report_split(doc, sink, at, cut, " ");
            }
        }
    }
}

/// Whether white space, or marks that end a phrase, stand on both sides of a word, and no code.
fn stands_alone(doc: &Document, at: usize) -> bool {
    use Kind::{Close, Colon, Comma, Quote, Semicolon, Stop, Symbol};
    let ends = [Comma, Stop, Semicolon, Colon, Close, Quote];
    let next = doc.tokens.get(at + 1);
    doc.tokens[at].spaced()
        && next.is_none_or(|t| t.kind != Symbol && (t.spaced() || ends.contains(&t.kind)))
        && (at == 0 || doc.tokens[at - 1].kind != Symbol)
}

/// Where the only capital after a lower-case letter stands, if lower-case letters follow it.
fn single_seam(word: &str) -> Option<usize> {
    let mut cut = None;
    let mut before = ' ';
    for (i, c) in word.char_indices() {
        if c.is_uppercase() && before.is_lowercase() && cut.replace(i).is_some() {
            return None;
        }
        before = c;
    }
    let cut = cut?;
    let rest = &word[cut..];
    let plain = |part: &str| part.chars().skip(1).all(char::is_lowercase);
    (rest.chars().count() >= 2 && plain(rest) && plain(&word[..cut])).then_some(cut)
}

fn classes(word: &str) -> u128 {
    let mut lookup = crate::words::Lookup::default();
    let shape = match word.is_ascii() {
        true => Shape::default(),
        false => Shape::NON_ASCII,
    };
    lookup
        .find(word, crate::Span::new(0, word.len()), shape)
        .0
        .classes()
}

/// Whether the text has this word, as it is written, by itself.
fn apart(doc: &Document, word: &str) -> bool {
    memchr::memmem::find_iter(doc.plain.as_bytes(), word).any(|at| {
        let before = doc.plain[..at].chars().next_back();
        let after = doc.plain[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// The word after `at`, if no space stands between.
fn attached_word(doc: &Document, at: usize) -> Option<&str> {
    let next = doc.tokens.get(at + 1)?;
    (next.kind == Kind::Word && !next.spaced()).then(|| doc.text(at + 1))
}

/// `(DW)in`: a word right after a bracket.
fn after_brackets(doc: &Document, sink: &mut Sink) {
    for &at in doc.of_kind(Kind::Close) {
        let at = at as usize;
        let Some(word) = attached_word(doc, at).filter(|w| w.chars().count() >= 2) else {
            continue;
        };
        // `(re)election`, `[t]he`, `f(x)y`: the bracket holds a part of a word, or follows one.
        let Some(open) = (at.saturating_sub(8)..at)
            .rev()
            .find(|&t| doc.tokens[t].kind == Kind::Open)
        else {
            continue;
        };
        let inner = &doc.tokens[open + 1..at];
        let is_part = match inner {
            [] => true,
            [one] => !one.has(Shape::ALL_CAPS) && (one.span.len() <= 5 || !one.has(Shape::CAPITAL)),
            _ => false,
        };
        if is_part || !doc.tokens[open].spaced() || doc.mark(at) != ')' {
            continue;
        }
        let bracket = doc.slice(doc.span(open..at + 1));
        sink.report(
            doc.span(open..at + 2),
            format!("The space between the bracket and “{word}” is lost. Put one in."),
        )
        .mend(format!("{bracket} {word}"));
    }
}

/// `homes”emphasized`: a quotation mark between two words without a space.
fn after_quotes(doc: &Document, sink: &mut Sink) {
    for mark in doc.quotations().marks() {
        if !mark.is_double() || mark.spaced != (false, false) || mark.token == 0 {
            continue;
        }
        let (at, last) = (mark.token as usize, mark.last_token());
        let before = &doc.tokens[at - 1];
        let Some(word) = attached_word(doc, last).filter(|w| w.chars().count() >= 3) else {
            continue;
        };
        let ends = match before.kind {
            Kind::Word => before.span.len() >= 3,
            Kind::Stop | Kind::Comma => true,
            _ => false,
        };
        if !ends {
            continue;
        }
        let (head, quote) = (doc.text(at - 1), doc.slice(mark.span));
        let (better, side) = match mark.role {
            Role::Open => (format!("{head} {quote}{word}"), "before"),
            _ => (format!("{head}{quote} {word}"), "after"),
        };
        sink.report(
            doc.span(at - 1..last + 2),
            format!("The space {side} the quotation mark is lost. Put one in."),
        )
        .mend(better);
    }
}

/// `majority.According`: the next sentence right after a full stop.
fn after_stops(doc: &Document, sink: &mut Sink) {
    for &at in doc.of_kind(Kind::Stop) {
        let at = at as usize;
        let Some(next) = doc.tokens.get(at + 1) else {
            continue;
        };
        if next.spaced()
            || next.kind != Kind::Word
            || !next.has(Shape::CAPITAL)
            || at == 0
            || doc.tokens[at].spaced()
            || doc.tokens[at].span.len() > 1
        {
            continue;
        }
        let before = &doc.tokens[at - 1];
        let word = doc.text(at + 1);
        let common = next.is(class::FUNCTION_WORDS);
        let ends = match before.kind {
            Kind::Word => {
                before.span.len() >= 3
                    && !before.is(class::ABBREVIATIONS)
                    && !before.has(Shape::INNER_CAPITAL)
                    && (common || !before.has(Shape::CAPITAL))
            }
            Kind::Number => common && before.span.len() >= 2,
            _ => false,
        };
        // What follows must read on as a sentence does, unlike `node.Value()` or `Booking.Com/`.
        let reads_on = doc
            .tokens
            .get(at + 2)
            .is_some_and(|t| t.spaced() && t.kind == Kind::Word || t.kind == Kind::Comma);
        if !ends || !reads_on || next.has(Shape::ALL_CAPS) || next.has(Shape::INNER_CAPITAL) {
            continue;
        }
        let head = doc.slice(doc.span(at - 1..at + 1));
        sink.report(
            doc.span(at - 1..at + 2),
            format!("The space before “{word}” is lost where two sentences meet. Put one in."),
        )
        .mend(format!("{head} {word}"));
    }
}

/// The kind of the block that holds a token.
fn kind_of(doc: &Document, at: usize) -> BlockKind {
    doc.blocks[doc.block_of(at)].kind
}
