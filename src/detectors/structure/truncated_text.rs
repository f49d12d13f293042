//! The rule `truncated-text`: a paragraph, or the story, stops in the middle of a sentence.
use crate::words::class;
use crate::{
    Block, BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Span, Status, Token,
    furniture,
};

/// The text stops in the middle of a sentence.
pub static RULE: Rule = Rule {
    id: "truncated-text",
    group: Group::Structure,
    severity: Severity::Critical,
    status: Status::Stable,
    mqm: Mqm::Truncation,
    summary: "The text stops in the middle of a sentence.",
    why: "Paywalls, feeds and translation services cut a text at a number of characters, and the rest never arrives. What is left looks complete at a glance; the last sentence shows that it is not.",
    flag: &[
        "Putin tries to rebuild the relationship\n\nThe war has endangered cohesion. He travelled to Moscow. Tokayev called for the »joint search for {a peace formula}\n\nLeave a Reply",
        "The court reminded the State of its duties. The Commission condemned the events and reminded the State of {its obligation to}",
        "The coca crops have grown by half in a year. According to the United Nations they now {cover about 43}",
        "The trial will go on in March, said the judge. The manager, whom the bank has {also sued the}\n\nHe denies the charges.",
        "The market fell again on Monday. It was the third day of losses, and analysts expected that it would … {Read more}",
        "The ruling is a landmark. The company must publish the figures that were required by the federal court {for […]}",
        "The minister will appear before the Senate. He will explain why the {dam, the turbines,}\n\nShare this:",
    ],
    pass: &[
        "He paused for a long while. “You think it’s gone, and then …”",
        "He paused for a long while. She looked up. He had nothing to add to that.",
        "Wigan beat Rovers\n\nThe better side lost. It was hard to explain.\n\nBarnsley 0-0 Lincoln\n\nCharlton 3-2 Exeter",
        "The singer died at home. She was 84.\n\nCarmen de la Vega, born 3 March 1941, died 22 January 2026",
        "The peso fell again. It was the third day of losses.\n\nAdditional reporting by Ana Pérez in Lima and Juan Soto in Quito",
        "The play runs for two hours. It is a gamble, and it pays off.\n\nUntil 22 March. Box office: 0114 249 6000",
        "The camera weighs 6,200 pounds. It was driven up the road, and the driver was nervous.\n\nFollow the author on Twitter @someone",
        "The tide has turned, he wrote in a poem.\n\nThe tide goes out, the tide comes in,\nThe boats lie on the sand;\nAnd them that had the luck to win\nWas never in the band.",
        "What to look for\n\nThe festival opens on Friday. There are 40 films.\n\nWhere to log in",
        "The play runs for two hours. It pays off.\n\nAt the Crucible, Sheffield, until 22 March. Tickets from £15 at the box office on 0114 249 6000",
        "The law bans three things. The list is short.\n\n1. To fish with nets in the harbour, and\n\n2. To fish at night.\n\nIt is old.",
        "The president has three options:\n\n• resign, or\n\n• call an election.",
        "A headline about a vote that nobody expected to be so close",
        "The review was kind. “It is a fine film,” it said. [Ana Pérez]",
    ],
    lexicon: "",
    check,
};

/// A paragraph has as many tokens at least.
const SHORTEST: usize = 8;
/// With as many it is no line of service or credits.
const LONG: usize = 40;

fn check(doc: &Document, sink: &mut Sink) {
    let furniture = furniture::blocks(doc, sink);
    let text: Vec<usize> = (0..doc.blocks.len())
        .filter(|&b| {
            doc.blocks[b].kind == BlockKind::Body
                && doc.blocks[b].tokens.len() >= SHORTEST
                && furniture.binary_search(&b).is_err()
        })
        .collect();
    let closed = |b: usize| {
        let last = doc.blocks[b].tokens.end as usize - 1;
        let kind = doc.tokens[last].kind;
        matches!(kind, Kind::Stop | Kind::Quote | Kind::Close | Kind::Colon)
    };
    let Some((&last, others)) = text.split_last() else {
        return;
    };
    // A story whose paragraphs end in a full stop ends in one itself.
    let ended = others.iter().filter(|&&b| closed(b)).count();
    let orderly = ended >= 3 && ended * 5 >= others.len() * 4;
    for &b in &text {
        let block = &doc.blocks[b];
        let cut = if b == last && (ends_inside(doc, block, true) || breaks_off(doc, block, orderly))
            || b != last && ends_inside(doc, block, false) && !goes_on(doc, b + 1)
        {
            Some(tail(doc, block, 3))
        } else {
            excerpt(doc, block, b == last)
        };
        if let Some(span) = cut {
            sink.report(
                span,
                "The text breaks off here in the middle of a sentence. Take the rest from the Spanish, or cut back to the last full sentence.",
            );
        }
    }
}

/// The last `count` words of a block.
fn tail(doc: &Document, block: &Block, count: usize) -> Span {
    let end = block.tokens.end as usize;
    let sentence = doc.tokens_of(block.sentences.end as usize - 1);
    let words = sentence
        .clone()
        .rev()
        .filter(|&t| matches!(doc.tokens[t].kind, Kind::Word | Kind::Number));
    let first = words.take(count).last().unwrap_or(sentence.start);
    doc.span(first..end)
}

/// Whether a block goes on with the sentence before it: in lower case, or as an item of a list.
fn goes_on(doc: &Document, block: usize) -> bool {
    doc.blocks.get(block).is_some_and(|block| {
        let first = &doc.tokens[block.tokens.start as usize];
        let small = first.kind == Kind::Word && !first.has(Shape::CAPITAL);
        small || block.kind == BlockKind::Item || matches!(first.kind, Kind::Number | Kind::Open)
    })
}

/// Whether the block ends in a word that ends no sentence: an article, a conjunction, `of`. At
/// the end of the story a preposition or auxiliary will do; before it, `all that they used to`
/// may be a line of a list.
fn ends_inside(doc: &Document, block: &Block, last: bool) -> bool {
    let at = block.tokens.end as usize - 1;
    let (token, word) = (&doc.tokens[at], doc.text(at));
    let never = token.is(class::ARTICLES)
        || token.is(class::CONJUNCTIONS) && word != "though"
        || matches!(
            word,
            "of" | "from" | "into" | "between" | "its" | "their" | "our" | "my"
        );
    let hardly = block.sentences.len() > 1
        && (token.is(class::PREPOSITIONS) || token.is(class::AUXILIARIES) || word == "not")
        && !matches!(word, "since" | "before" | "near" | "within" | "without");
    token.kind == Kind::Word && !token.has(Shape::CAPITAL) && (never || last && hardly)
}

/// `[…]`, `… Read more`: the mark of an excerpt at the end of a block.
fn excerpt(doc: &Document, block: &Block, last: bool) -> Option<Span> {
    let tokens = &doc.tokens[..block.tokens.end as usize];
    let first = block.tokens.start as usize;
    let end = tokens.len();
    let text = |t: usize| doc.text(t);
    let dots = |t: usize| t >= first && matches!(text(t), "…" | "...");
    if end < first + 4 {
        return None;
    }
    if last && text(end - 1) == "]" && dots(end - 2) && text(end - 3) == "[" {
        return Some(doc.span(end - 4..end));
    }
    let more = |t: usize| text(t).eq_ignore_ascii_case("more");
    let read = |t: usize| {
        ["read", "see", "know"]
            .iter()
            .any(|w| text(t).eq_ignore_ascii_case(w))
    };
    let reading = |t: usize| text(t).eq_ignore_ascii_case("reading");
    let label = more(end - 1) && read(end - 2) || reading(end - 1);
    (label && dots(end - 3)).then(|| doc.span(end - 2..end))
}

/// Whether the last sentence of the story has no end: it has a verb, but no final mark. A single
/// sentence shows it only in an `orderly` story; it might be a caption or a credit.
fn breaks_off(doc: &Document, block: &Block, orderly: bool) -> bool {
    let last = &doc.tokens[block.tokens.end as usize - 1];
    let open = matches!(last.kind, Kind::Word | Kind::Number | Kind::Comma);
    // `doi:10.1016/j.ydbio.2014` closes a reference.
    if !open || last.kind == Kind::Word && last.has(Shape::DIGIT) {
        return false;
    }
    let sentence = doc.tokens_of(block.sentences.end as usize - 1);
    let tokens = &doc.tokens[sentence.clone()];
    let prose = tokens
        .iter()
        .filter(|t| t.is(class::FUNCTION_WORDS))
        .count();
    let verb = sentence
        .clone()
        .any(|t| doc.tokens[t].is(class::AUXILIARIES) || t > sentence.start && doc.is_past(t));
    // Addresses, bars and bullets make a line of the page; a name after a dash signs the text.
    let line = sentence.clone().any(|t| {
        doc.tokens[t].kind == Kind::Link || matches!(doc.mark(t), '|' | '•' | '@' | '©' | '·')
    });
    let signed = tokens
        .iter()
        .rposition(|t| matches!(t.kind, Kind::Dash | Kind::Hyphen))
        .is_some_and(|dash| {
            let mut after = tokens[dash + 1..].iter().filter(|t| t.kind == Kind::Word);
            let double = dash > 0 && tokens[dash - 1].kind == Kind::Hyphen;
            (tokens[dash].spaced() || double) && after.all(|t| t.has(Shape::CAPITAL))
        });
    let sentences = block.sentences.len();
    let small = |t: &&Token| t.kind == Kind::Word && !t.has(Shape::CAPITAL);
    let running = match (sentences, orderly) {
        (1, false) => false,
        (1, true) => verb && prose >= 4 && tokens.len() >= 5,
        (_, false) => verb && prose >= 2 && tokens.len() >= 5,
        // After full sentences in an orderly story a verb is not needed, unless the line is
        // short: “Until 22 March. Tickets from £15 at the door”.
        (_, true) => {
            let long = block.tokens.len() >= LONG;
            let words = tokens.iter().filter(small).count() >= 2;
            long && (words || tokens.len() == 1 && tokens[0].is(class::SENTENCE_OPENERS))
                || verb && prose >= 2 && tokens.len() >= 5
        }
    };
    running && !line && !signed
}
