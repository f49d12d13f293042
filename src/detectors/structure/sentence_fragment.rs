//! The rule `sentence-fragment`: a sentence torn in two, or robbed of a word.
use crate::words::{WordId, class};
use crate::{
    BlockKind, Document, Edit, Fix, Group, Kind, Mqm, Rule, Safety, Severity, Shape, Sink, Status,
    Token, lexicon,
};
use std::ops::Range;

/// A sentence was torn in two or has lost a part of itself.
pub static RULE: Rule = Rule {
    id: "sentence-fragment",
    group: Group::Structure,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Omission,
    summary: "A sentence was torn in two or has lost a part of itself.",
    why: "The translator cuts the Spanish at a hyphen, a link or bold type and translates the pieces alone: *foro ruso-kazajo de Oremburgo y la celebración* becomes *Russian Orenburg Forum. Kazakh and the celebration*. What stood at the seam is lost, and no reader can tell what was meant.",
    flag: &[
        "He held a telematic connection with the {Russian Orenburg Forum. Kazakh and the celebration=>Russian-Kazakh Orenburg Forum and the celebration} of the 30th anniversary of relations.",
        "She opened the {Spanish Rabat Summit. Moroccan on=>Spanish-Moroccan Rabat Summit on} energy and fishing.",
        "The next match is on Friday against {the Norwegian. Casper Lund=>the Norwegian Casper Lund} and on the center court.",
        "He called for {release of the.} The minister refused to answer.",
        "The north face is the one from which {a and} again the best climbers fall.",
        "The visitors scored in {the of} the second half.",
        "The song was heard everywhere. The critics said at the time that the singer was {like an\n\nagent} provocateur of the left.",
        "The group seeks 29.9% of the capital of Sos. {A percentage that} does not oblige it to bid for all of it.",
        "She was named director of internal audit. {A decision that} makes her the first woman in the post.",
        "The party will meet on Friday.\n\n{, as} the launch of the campaign nears.",
    ],
    pass: &[
        "He won the Spanish Open. Norwegian and Swedish players came second and third.",
        "He taught at the French Institute. German and the Slavic languages were his hobby, and he spoke both.",
        "The Russian president left. Kazakh leaders stayed.",
        "She beat the Norwegian. Casper Lund and Ana Ruiz play next.",
        "What was it the result of? He did not know what it was made of.",
        "This is the same. It is his, not theirs.",
        "Take a and b, or the is-ought problem, or The Of Mice and Men play. Vitamin A and zinc help.",
        "The choices are:\n\nto resign,\n\nto stay.",
        "The maker of the phone fell in early trading on the stock exchange\n\niPhone sales fell too.",
        "The court sat on Monday. A decision that could affect thousands is expected in May.",
        "It was a long day. A measure that was passed in 1990 bans it.",
        "Not this time. Never again. Cheap and cheerful.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/sentence-fragment.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    lexicon::report(doc, sink);
    compounds(doc, sink);
    appositions(doc, sink);
    last_words(doc, sink);
    gaps(doc, sink);
    paragraphs(doc, sink);
}

/// Whether a sentence has no finite verb that closed lists and endings know, before its first
/// comma or relative clause.
fn is_verbless(doc: &Document, sentence: Range<usize>) -> bool {
    sentence
        .into_iter()
        .take_while(|&t| {
            doc.tokens[t].kind != Kind::Comma && !matches!(doc.text(t), "which" | "who" | "that")
        })
        .all(|t| !doc.tokens[t].is(class::AUXILIARIES) && !doc.is_past(t))
}

/// *Russian Orenburg Forum. Kazakh and the celebration*, *the Norwegian. Casper Lund and on*.
fn compounds(doc: &Document, sink: &mut Sink) {
    for (number, pair) in doc.sentences.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        if before.block != after.block {
            continue;
        }
        let tokens = &doc.tokens[after.tokens.start as usize..after.tokens.end as usize];
        if !tokens[0].has(Shape::CAPITAL) || tokens.len() < 4 {
            continue;
        }
        let sentence = doc.tokens_of(number + 1);
        let Some(names) = closing_names(doc, doc.tokens_of(number)) else {
            continue;
        };
        let first = sentence.start;
        let nation = names
            .clone()
            .take(names.len() - 1)
            .find(|&t| doc.tokens[t].is(class::DEMONYMS));
        if let Some(nation) = nation
            && tokens[0].is(class::DEMONYMS)
        {
            let joins = is(doc, first + 1, "and");
            let end = match joins && tokens[2].is(class::DETERMINERS) {
                true => first + 4,
                false => first + 2,
            };
            let goes_on =
                joins && tokens[2].is(class::DETERMINERS) || tokens[1].is(class::PREPOSITIONS);
            if goes_on && is_verbless(doc, sentence) {
                let rest = doc.slice(doc.span(nation + 1..names.end));
                let (one, two) = (doc.text(nation), doc.text(first));
                let tail = doc.slice(doc.span(first + 1..end));
                sink.report(
                    doc.span(nation..end),
                    format!("“{one}” and “{two}” were one word joined by a hyphen, and the sentence goes on after it. Join them again."),
                )
                .suggest(format!("{one}-{two} {rest} {tail}"));
            }
        } else if names.len() == 1
            && doc.tokens[names.start].is(class::DEMONYMS)
            && names.start > 0
            && doc.tokens[names.start - 1].is(class::DETERMINERS)
            && let Some(name) = opening_name(doc, sentence.clone())
            && is(doc, name.end, "and")
            && doc
                .tokens
                .get(name.end + 1)
                .is_some_and(|t| t.is(class::PREPOSITIONS))
            && is_verbless(doc, sentence)
        {
            let head = doc.slice(doc.span(names.start - 1..names.end));
            let name = doc.span(name);
            sink.report(
                doc.span(names.start - 1..names.start).to(name),
                "A full stop has torn a name from the words that introduce it. Take it out.",
            )
            .suggest(format!("{head} {}", doc.slice(name)));
        }
    }
}

/// *… of the capital. A percentage that does not oblige it to bid.*: a noun and its relative clause.
fn appositions(doc: &Document, sink: &mut Sink) {
    for pair in doc.sentences.windows(2) {
        let [before, after] = pair else { continue };
        let first = after.tokens.start as usize;
        if before.block != after.block || after.tokens.len() < 6 {
            continue;
        }
        let tokens = &doc.tokens[first..after.tokens.end as usize];
        let (article, noun, relative) = (&tokens[0], &tokens[1], first + 2);
        let opens = article.has(Shape::CAPITAL)
            && article.span.len() <= 2
            && article.is(class::ARTICLES)
            && noun.is(class::APPOSITIONS)
            && (is(doc, relative, "that") || is(doc, relative, "which"));
        let stop = first - 1;
        if !opens
            || doc.text(stop) != "."
            || has_main_verb(doc, relative + 1..after.tokens.end as usize)
        {
            continue;
        }
        let small = doc.text(first).to_lowercase();
        let finding = sink.report(
            doc.span(first..relative + 1),
            "Spanish lets a noun with its relative clause stand as a sentence. In English it hangs on the sentence before: put a comma or a dash between them.",
        );
        finding.fixes.push(Fix {
            edits: vec![Edit {
                span: doc.span(stop..first + 1),
                text: format!(", {small}"),
            }],
            safety: Safety::Unsafe,
        });
    }
}

/// Whether another verb follows the one of a relative clause: its words are from its first on.
fn has_main_verb(doc: &Document, clause: Range<usize>) -> bool {
    let verb = |t: usize| doc.tokens[t].is(class::AUXILIARIES) || doc.is_past(t);
    // The verb of the clause is one group: “has not been followed”.
    let group = clause
        .clone()
        .take_while(|&t| verb(t) || matches!(doc.text(t), "not" | "also" | "never" | "been"))
        .count();
    clause.skip(group.max(1)).any(|t| {
        let before = doc.text(t - 1);
        let present = doc.text(t).ends_with('s')
            && !doc.tokens[t].has(Shape::CAPITAL)
            && matches!(doc.tokens[t - 1].kind, Kind::Number | Kind::Comma);
        present
            || verb(t)
                && !matches!(
                    before,
                    "that" | "which" | "who" | "and" | "it" | "he" | "she" | "they"
                )
    })
}

fn is(doc: &Document, token: usize, word: &str) -> bool {
    token < doc.tokens.len() && doc.text(token) == word
}

/// The capitalised words right before the full stop of a sentence, at most six.
fn closing_names(doc: &Document, sentence: Range<usize>) -> Option<Range<usize>> {
    let end = sentence.end - 1;
    if doc.tokens[end].kind != Kind::Stop || doc.mark(end) != '.' {
        return None;
    }
    let count = (sentence.start..end)
        .rev()
        .take(6)
        .take_while(|&t| {
            let hyphen = doc.tokens[t].kind == Kind::Hyphen && !doc.tokens[t].spaced();
            is_capitalised(&doc.tokens[t]) || hyphen
        })
        .count();
    (count > 0).then_some(end - count..end)
}

/// The capitalised words that a sentence opens with.
fn opening_name(doc: &Document, sentence: Range<usize>) -> Option<Range<usize>> {
    let count = doc.tokens[sentence.clone()]
        .iter()
        .take_while(|t| is_capitalised(t) && !t.is(class::FUNCTION_WORDS))
        .count();
    (count > 0).then_some(sentence.start..sentence.start + count)
}

fn is_capitalised(token: &Token) -> bool {
    token.kind == Kind::Word && token.has(Shape::CAPITAL) && !token.has(Shape::POSSESSIVE)
}

/// *release of the. The minister*: a full stop after a word that ends no sentence.
fn last_words(doc: &Document, sink: &mut Sink) {
    for &at in doc.of_kind(Kind::Stop) {
        let at = at as usize;
        if at < 2 || doc.tokens[at].span.len() != 1 || doc.tokens[at].spaced() {
            continue;
        }
        let word = &doc.tokens[at - 1];
        let cut = word.kind == Kind::Word
            && word.spaced()
            && !word.has(Shape::CAPITAL)
            && matches!(
                doc.text(at - 1),
                "the"
                    | "an"
                    | "its"
                    | "their"
                    | "our"
                    | "my"
                    | "your"
                    | "every"
                    | "and"
                    | "or"
                    | "nor"
                    | "whose"
            );
        if !cut {
            continue;
        }
        let next = doc.tokens.get(at + 1);
        let opens =
            next.is_none_or(|t| t.spaced() && (t.kind == Kind::Word && t.has(Shape::CAPITAL)));
        let block = &doc.blocks[doc.block_of(at)];
        let last = block.tokens.end as usize == at + 1;
        if !(opens || last) || block.tokens.start as usize + 2 > at {
            continue;
        }
        let from = at.saturating_sub(3).max(block.tokens.start as usize);
        sink.report(
            doc.span(from..at + 1),
            format!(
                "The sentence ends in “{}”: the words after it are lost. Take them from the Spanish.",
                doc.text(at - 1)
            ),
        );
    }
}

/// *a and again*, *the of the*: an article without its noun.
fn gaps(doc: &Document, sink: &mut Sink) {
    for &at in &doc.seams().gaps {
        let at = at as usize;
        let article = doc.text(at);
        let word = doc.text(at + 1);
        sink.report(
            doc.span(at..at + 2),
            format!(
                "Between “{article}” and “{word}” a word is missing. Take it from the Spanish."
            ),
        );
    }
}

/// More torn paragraphs than this mean that the lines of the text are broken otherwise.
const MOST_TORN: usize = 3;

/// A paragraph that goes on in the next one, or that begins with a comma.
fn paragraphs(doc: &Document, sink: &mut Sink) {
    let mut torn = Vec::new();
    for b in 1..doc.blocks.len() {
        let (before, block) = (&doc.blocks[b - 1], &doc.blocks[b]);
        let first = block.tokens.start as usize;
        let tokens = &doc.tokens[first..block.tokens.end as usize];
        if block.kind != BlockKind::Body || before.kind != BlockKind::Body {
            continue;
        }
        if matches!(tokens[0].kind, Kind::Comma | Kind::Semicolon)
            && tokens.len() >= 4
            && tokens[1].kind == Kind::Word
        {
            sink.report(
                doc.span(first..first + 2),
                "A paragraph cannot begin with this mark: its first words are lost, or it belongs to the paragraph before.",
            );
            continue;
        }
        let end = &doc.tokens[before.tokens.end as usize - 1];
        let long = before.tokens.len() >= 8 || tokens.len() >= 8;
        if end.kind == Kind::Word && opens_small(&tokens[0]) && long {
            torn.push(b);
        }
    }
    if torn.len() > MOST_TORN {
        return;
    }
    for b in torn {
        let small = |b: usize| {
            doc.blocks.get(b).is_some_and(|n| {
                n.kind == BlockKind::Body && opens_small(&doc.tokens[n.tokens.start as usize])
            })
        };
        // A list of lower-case lines.
        if small(b + 1) || small(b - 1) {
            continue;
        }
        let (end, first) = (
            doc.blocks[b - 1].tokens.end as usize,
            doc.blocks[b].tokens.start as usize,
        );
        let from = end
            .saturating_sub(2)
            .max(doc.blocks[b - 1].tokens.start as usize);
        sink.report(
            doc.span(from..first + 1),
            "A paragraph break tears this sentence in two. Join the paragraphs, and see whether a word is missing.",
        );
    }
}

/// Whether the word goes on with a sentence: in lower case, and not a name that is always so.
fn opens_small(token: &Token) -> bool {
    token.kind == Kind::Word
        && token.shape.0 & (Shape::CAPITAL.0 | Shape::INNER_CAPITAL.0 | Shape::DIGIT.0) == 0
        && (token.word == WordId(0) || !token.is(class::LOWER_CASE_NAMES))
}
