//! The rule `missing-paragraphs`: a whole story in one block.
use crate::{
    Block, BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Span, Status, Token,
    furniture,
};

/// Four paragraphs for the examples, which have to be long.
macro_rules! budget {
    () => {
        "The plan set aside 12 billion euros for housing and was to be put to the vote before Easter. Two of the three parties that back the government asked for more time. The third said that it had not been told. The minister spoke for an hour and took four questions, none of which were about the cost."
    };
}
macro_rules! reaction {
    () => {
        "Bond yields rose a little in the afternoon, and the stock exchange closed where it had opened. Analysts said that investors had expected the delay. Some had bet on it. A broker in Bilbao called the day the dullest of his career and went home early. The central bank declined to comment on the budget or on the weather."
    };
}
macro_rules! opposition {
    () => {
        "The opposition called for an early election, as it has done each week since the autumn. Its leader told a rally in Murcia that the country could not wait. Some 300 people had come, fewer than in March, and most of them left before the end. It had begun to rain. The party said that 2,000 had been there."
    };
}
macro_rules! outlook {
    () => {
        "A new date has not been set. Officials expect the talks to last into the summer, when the chamber is closed and most deputies are at the beach. If no agreement is reached by then, last year’s figures stay in force. That has happened twice before. Nobody starved, a veteran of both rounds recalled."
    };
}

/// The story stands in one block, without paragraphs.
pub static RULE: Rule = Rule {
    id: "missing-paragraphs",
    group: Group::Structure,
    severity: Severity::Neutral,
    status: Status::Stable,
    mqm: Mqm::Layout,
    summary: "The story stands in one block, without paragraphs.",
    why: "The tags of paragraphs are lost when the text is taken from the Spanish page, and the story comes out as one block of hundreds of words. English news breaks every two to four sentences.",
    flag: &[
        concat!(
            "Valdés shelves the budget\n\n{The plan was} due on Monday. ",
            budget!(),
            " ",
            reaction!(),
            " ",
            opposition!(),
            " ",
            outlook!()
        ),
        concat!(
            "MADRID (AP) — {Few were surprised}. ",
            opposition!(),
            " ",
            budget!(),
            " ",
            outlook!(),
            " ",
            reaction!()
        ),
        concat!(
            "{Nobody was surprised}. ",
            budget!(),
            " ",
            opposition!(),
            " ",
            reaction!(),
            " ",
            outlook!(),
            "\n\nRead also: Who is who in the cabinet"
        ),
    ],
    pass: &[
        concat!("Valdés shelves the budget\n\n", budget!()),
        concat!(
            budget!(),
            "\n\n",
            reaction!(),
            "\n\n",
            opposition!(),
            "\n\n",
            outlook!()
        ),
        concat!(
            budget!(),
            " ",
            opposition!(),
            " ",
            outlook!(),
            "\n\n",
            reaction!(),
            "\n\nThe talks go on, and no one expects them to end before the heat does, or so the ministry’s spokesman told a reporter who had asked about something else."
        ),
    ],
    lexicon: "",
    check,
};

/// A block of so many words and sentences is a story by itself.
const STORY: (usize, usize) = (220, 8);
/// A block of so many is too long whatever stands beside it.
const MONSTER: (usize, usize) = (400, 12);
/// Blocks of fewer words are no second paragraph.
const LINE: usize = 25;

fn check(doc: &Document, sink: &mut Sink) {
    let furniture = furniture::blocks(doc, sink);
    let mut text = 0;
    let mut longest: Option<(usize, &Block)> = None;
    for (b, block) in doc.blocks.iter().enumerate() {
        // Most blocks are short: their words need no counting.
        if block.kind != BlockKind::Body || block.tokens.len() < LINE {
            continue;
        }
        if furniture.binary_search(&b).is_err() {
            text += 1;
            let length = block.tokens.len();
            if longest.is_none_or(|(most, _)| length > most) {
                longest = Some((length, block));
            }
        }
    }
    let Some((_, block)) = longest else { return };
    let words = doc.tokens[block.tokens.start as usize..block.tokens.end as usize]
        .iter()
        .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
        .count();
    let is = |(least_words, least_sentences)| {
        words >= least_words && block.sentences.len() >= least_sentences
    };
    if text == 1 && is(STORY) || is(MONSTER) {
        sink.report(
            first_words(doc, block),
            format!("{words} words follow without a paragraph. Break the text where the topic changes, every two to four sentences."),
        );
    }
}

/// The first three words of a block; the place and agency before a dash are not counted.
fn first_words(doc: &Document, block: &Block) -> Span {
    let start = block.tokens.start as usize;
    let head = start..block.tokens.end.min(block.tokens.start + 14) as usize;
    let dash = head
        .clone()
        .find(|&t| matches!(doc.tokens[t].kind, Kind::Dash | Kind::Hyphen))
        .filter(|&dash| {
            let place = &doc.tokens[start..dash];
            let small = |t: &Token| t.kind == Kind::Word && !t.has(Shape::CAPITAL);
            doc.tokens[dash].spaced() && !place.iter().any(small)
        });
    let first = dash.map_or(start, |dash| dash + 1);
    let words: Vec<usize> = (first..block.tokens.end as usize)
        .filter(|&t| doc.tokens[t].kind == Kind::Word)
        .take(3)
        .collect();
    match words[..] {
        [one, .., last] => doc.span(one..last + 1),
        _ => doc.span(start..start + 1),
    }
}
