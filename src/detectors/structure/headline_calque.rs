//! The rule `headline-calque`: headlines in the manner of the Spanish press.
use crate::words::class;
use crate::{
    Block, BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status, lexicon,
};

/// The headline follows a pattern of the Spanish press that English headlines do not have.
pub static RULE: Rule = Rule {
    id: "headline-calque",
    group: Group::Structure,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Unidiomatic,
    summary: "The headline follows a pattern of the Spanish press that English headlines do not have.",
    why: "Spanish headlines set the speaker before a comma and the listener or topic before a colon, *Feijóo, a Tamames: «…»*, and announce *las claves*, *así es* or *última hora*. Word for word they puzzle an English reader, who expects a verb: *Feijóo tells Tamames*.",
    flag: &[
        "{Sánchez, to Feijóo: “}Enough of insults”\n\nThe prime minister spoke on Monday in Congress.",
        "{Yolanda Díaz, about Sumar: \"}We are not a party\"\n\nThe minister spoke on Monday in Congress.",
        "{Montero, on the housing law: ‘}It is good’\n\nThe minister spoke on Monday in Congress.",
    ],
    pass: &[
        "Sánchez to Feijóo: “Enough of insults”\n\nThe prime minister spoke on Monday in Congress.",
        "Sánchez tells Feijóo: “Enough of insults”\n\nThe prime minister spoke on Monday in Congress.",
        "From Paris, on love: “It is good”\n\nThe poet spoke on Monday in Madrid.",
        "The vote is over, the count begins\n\nIt ended on Monday, to cheers: “Enough.”",
        "So is the party over?\n\nThe band left on Monday.",
        "Biden, on visit to Kyiv, says: “We stay”\n\nThe president spoke on Monday.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/headline-calque.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let block = &doc.blocks[doc.block_of(hit.from as usize)];
        // “So is the party over?” is a question.
        let asks = doc.mark(block.tokens.end as usize - 1) == '?';
        if block.kind == BlockKind::Headline && !asks {
            lexicon::report_hit(doc, hit, sink);
        }
    }
    for block in &doc.blocks {
        if block.kind == BlockKind::Headline {
            speaker(doc, block, sink);
        }
    }
}

/// Words of a speaker’s name, and of whom or what he speaks of, at most.
const LONGEST: usize = 6;

/// `Sánchez, to Feijóo: “Enough”`
fn speaker(doc: &Document, block: &Block, sink: &mut Sink) {
    let tokens = &doc.tokens[block.tokens.start as usize..block.tokens.end as usize];
    let is_name = |t: &crate::Token| t.kind == Kind::Word && t.has(Shape::CAPITAL);
    let comma = tokens.iter().take(LONGEST).position(|t| !is_name(t));
    let Some(comma) = comma.filter(|&c| c > 0 && tokens[c].kind == Kind::Comma) else {
        return;
    };
    let first = block.tokens.start as usize;
    let addresses = tokens.get(comma + 1).is_some_and(|t| {
        ["to", "about", "on"].contains(&doc.slice(t.span)) && t.kind == Kind::Word
    });
    let rest = &tokens[comma + 1..];
    let colon = rest
        .iter()
        .take(LONGEST + 2)
        .position(|t| t.kind == Kind::Colon);
    let plain = |colon: usize| {
        rest[..colon]
            .iter()
            .all(|t| t.kind == Kind::Word && !t.is(class::AUXILIARIES))
    };
    if tokens[0].is(class::FUNCTION_WORDS) || !addresses {
        return;
    }
    if let Some(colon) = colon.filter(|&c| c > 1 && plain(c))
        && rest.get(colon + 1).is_some_and(|t| t.kind == Kind::Quote)
    {
        let end = first + comma + 1 + colon + 2;
        sink.report(
            doc.span(first..end),
            "This is how Spanish headlines quote; English ones have a verb. Write that the speaker tells somebody, or says of something, what is quoted.",
        )
        .spanish("X, a Y: «…»");
    }
}
