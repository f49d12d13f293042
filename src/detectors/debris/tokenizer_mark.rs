//! The rule `tokenizer-mark`: marks that a translation engine puts between the pieces of words.
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Span, Status};

/// A mark of the translation engine’s tokenizer is left in the text.
pub static RULE: Rule = Rule {
    id: "tokenizer-mark",
    group: Group::Debris,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::TextualConventions,
    summary: "A mark of the translation engine’s tokenizer is left in the text.",
    why: "An engine cuts the text into pieces, marks where a hyphen or a word was cut, *@-@*, *▁*, *##ing*, and joins them again after the translation. Where that last step fails, its marks are printed.",
    flag: &[
        "The match ended {2 @-@ 1=>2-1} after extra time.",
        "A {flat @-@ bottomed=>flat-bottomed} boat sank.",
        "They bought {3 @,@ 500=>3,500} tons.",
        "{▁The=>The} minister resigned.",
        "He was {walk ##ing=>walking} home.",
        "The {Gov@@ ernment=>Government} fell.",
        "The name {<unk>} is not known.",
        "It ended there. {</s>=>}",
        "The {president 's=>president's} car was late.",
        "It was the {president ' s=>president's} car.",
        "They {do n't=>don't} know.",
        "He said {-LRB-=>(} in Madrid that he would go.",
    ],
    pass: &[
        "Write to ana@abc.es, @usuario or #tag; the 2-1 win was C#’s.",
        "In ’s-Hertogenbosch the mayor has been re-elected.",
        "The boys' house and the '80s; rock ’n’ roll isn't dead.",
        "He got an A, an F and a 3 @ $5 deal. ## 5 ##",
        "## A heading\n\nThe <3 was for her; a < b and b > c.",
        "He called it ‘s’ and ‘t’, the letters. It's 's' as in Spain.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/tokenizer-mark.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for &at in doc.of_kind(Kind::Symbol) {
        symbol(doc, at as usize, sink);
    }
    for &at in doc.of_kind(Kind::Quote) {
        apostrophe(doc, at as usize, sink);
    }
    for &at in doc.caps() {
        bracket(doc, at as usize, sink);
    }
    for hit in sink.hits() {
        join(doc, hit.start as usize..hit.end as usize, "", sink);
    }
}

/// The text of a token; empty beyond the last.
fn text(doc: &Document, token: usize) -> &str {
    match token < doc.tokens.len() {
        true => doc.text(token),
        false => "",
    }
}

/// Whether a token is there and follows the one before without a space.
fn attached(doc: &Document, token: usize) -> bool {
    doc.tokens.get(token).is_some_and(|t| !t.spaced())
}

fn is_word(doc: &Document, token: usize) -> bool {
    doc.tokens
        .get(token)
        .is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Number))
}

/// Reports tokens whose first and last word belong together, with `between` in place of the rest.
fn join(doc: &Document, tokens: std::ops::Range<usize>, between: &str, sink: &mut Sink) {
    let (first, last) = (doc.text(tokens.start), doc.text(tokens.end - 1));
    let joined = format!("{first}{between}{}", last.trim_start_matches('#'));
    sink.report(
        doc.span(tokens),
        format!("The translation engine cut “{joined}” into pieces and left its mark. Join them."),
    )
    .mend(joined);
}

/// `@-@`, `@@`, `##`, `▁`, `<unk>`
fn symbol(doc: &Document, at: usize, sink: &mut Sink) {
    match doc.mark(at) {
        '@' if text(doc, at + 2) == "@" && attached(doc, at + 1) && attached(doc, at + 2) => {
            let mark = text(doc, at + 1);
            let cut = matches!(mark, "-" | "," | "." | "/" | ":" | "–");
            if cut && at > 0 && is_word(doc, at - 1) && is_word(doc, at + 3) {
                join(doc, at - 1..at + 4, mark, sink);
            }
        }
        '@' if text(doc, at + 1) == "@" && attached(doc, at + 1) && attached(doc, at) => {
            let next = doc.tokens.get(at + 2).is_some_and(|t| t.spaced());
            if next && at > 0 && is_word(doc, at - 1) && is_word(doc, at + 2) {
                join(doc, at - 1..at + 3, "", sink);
            }
        }
        '#' if text(doc, at + 1).starts_with('#') && attached(doc, at + 1) => {
            let piece = &text(doc, at + 1)[1..];
            let small = piece.starts_with(|c: char| c.is_ascii_lowercase());
            if small && doc.tokens[at].spaced() && at > 0 && is_word(doc, at - 1) {
                join(doc, at - 1..at + 2, "", sink);
            }
        }
        '▁' | '￭' if is_word(doc, at + 1) && attached(doc, at + 1) => {
            let word = text(doc, at + 1);
            let space = match attached(doc, at) {
                true => " ",
                false => "",
            };
            sink.report(
                doc.span(at..at + 2),
                format!(
                    "“{}” is a mark of the translation engine. Delete it.",
                    doc.mark(at)
                ),
            )
            .mend(format!("{space}{word}"));
        }
        '▁' | '￭' | '￨' | '⁇' => {
            sink.report(
                doc.tokens[at].span,
                "This is a mark of the translation engine: see whether a word is missing.",
            );
        }
        '<' => special(doc, at, sink),
        _ => {}
    }
}

/// `<unk>`, `</s>`: the engine’s names for what is no word.
fn special(doc: &Document, at: usize, sink: &mut Sink) {
    let start = doc.tokens[at].span.start as usize;
    let rest = &doc.plain[start..];
    let Some(name) = [
        "<unk>", "<UNK>", "</s>", "<s>", "<pad>", "<mask>", "<bos>", "<eos>",
    ]
    .iter()
    .find(|name| rest.starts_with(**name)) else {
        return;
    };
    let finding = sink.report(
        Span::new(start, start + name.len()),
        format!("“{name}” is a mark of the translation engine. Where it stands for a word, take the word from the Spanish."),
    );
    if !name.eq_ignore_ascii_case("<unk>") && *name != "<mask>" {
        finding.mend("");
    }
}

/// `president 's`, `president ' s`
fn apostrophe(doc: &Document, at: usize, sink: &mut Sink) {
    // Most marks are told from this by their neighbours.
    let letter = doc.tokens.get(at + 1).is_some_and(|t| t.span.len() == 1);
    if !letter || at == 0 || !doc.tokens[at].spaced() {
        return;
    }
    let mark = doc.text(at);
    if !matches!(mark, "'" | "’") {
        return;
    }
    let before = &doc.tokens[at - 1];
    let ends = matches!(text(doc, at + 1), "s" | "S")
        && doc.tokens.get(at + 2).is_none_or(|t| {
            t.spaced() && t.kind == Kind::Word || matches!(t.kind, Kind::Stop | Kind::Comma)
        });
    if ends && before.kind == Kind::Word && !before.has(Shape::POSSESSIVE) {
        join(doc, at - 1..at + 2, mark, sink);
    }
}

/// `-LRB-`: a bracket as tree banks write it.
fn bracket(doc: &Document, at: usize, sink: &mut Sink) {
    let real = match doc.text(at) {
        "LRB" | "LSB" => "(",
        "RRB" | "RSB" => ")",
        _ => return,
    };
    if at > 0 && text(doc, at - 1) == "-" && text(doc, at + 1) == "-" && attached(doc, at + 1) {
        sink.report(
            doc.span(at - 1..at + 2),
            format!("This is how the translation engine writes a bracket. Write “{real}”."),
        )
        .mend(real);
    }
}
