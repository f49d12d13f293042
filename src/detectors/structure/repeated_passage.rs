//! The rule `repeated-passage`: a sentence or a longer phrase stands in the story twice.
use crate::text::echoes;
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Sink, Span, Status, furniture};
use std::ops::Range;

/// A sentence, or the better part of one, stands in the story twice.
pub static RULE: Rule = Rule {
    id: "repeated-passage",
    group: Group::Structure,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Addition,
    summary: "A sentence, or the better part of one, stands in the story twice.",
    why: "A standfirst, a pull quote or a caption that repeats a sentence of the story is scraped as text, and pieces that overlap are translated twice. The reader thinks that the story starts again.",
    flag: &[
        "The company exports 200,000 barrels a day to refineries in the Gulf of Mexico. Prices rose. {The company exports 200,000 barrels a day to refineries in the Gulf.} The bolivar remains stable.",
        "The authorities gave priority to hospitals and water pumping. Schools remained closed.\n\n{The authorities gave priority to hospitals and water pumping.}\n\nPower returned at night.",
        "The leader of the list is Manchester United {The leader of the list is Manchester United}, with 30 million.",
        "Two of the dead were members of a brigade whose truck overturned on a road. They fought for ten hours. The fire is out.\n\n{Two of the dead were members of a brigade whose truck overturned on a road. They fought for ten hours.} The wind has dropped.",
        "New {riot leaves eleven prisoners dead in Portoviejo jailNew riot leaves eleven prisoners dead in Portoviejo} jail",
    ],
    pass: &[
        "He did not reply to a request. She did not reply to a request for comment. He did not reply to a request.",
        "The minister denies the charges. The court sat. The minister denies the charges.",
        "We shall fight on the beaches, we shall fight on the landing grounds, we shall fight in the fields.",
        "Remember what the purpose of the dossier was. The purpose of the dossier was to persuade.",
        "Bank opens its first branch in the city\n\nBank opens its first branch in the city on Monday, it said.",
        "It hit a record of 1.2 million in 2020 and a record of 1.3 million in 2021.",
    ],
    lexicon: "",
    check,
};

/// A sentence has as many words at least; shorter ones come again in any story.
const SHORTEST: usize = 8;
/// A first look is taken at so many words.
const FIRST_WORDS: usize = 3;
/// A phrase that follows itself at once has as many words at least.
const SHORTEST_PHRASE: u32 = 5;

fn check(doc: &Document, sink: &mut Sink) {
    sentences(doc, sink);
    phrases(doc, sink);
}

/// Sentences that come again, perhaps without their end.
fn sentences(doc: &Document, sink: &mut Sink) {
    let mut openings = openings(doc, FIRST_WORDS);
    // In most stories no two sentences begin alike.
    if openings.windows(2).all(|pair| pair[0].0 != pair[1].0) {
        return;
    }
    openings = self::openings(doc, SHORTEST);
    let mut twice: Vec<(usize, usize)> = openings
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .map(|pair| (pair[1].1 as usize, pair[0].1 as usize))
        .filter(|&(again, first)| same(doc, again, first))
        .collect();
    twice.sort_unstable();
    let mut done = 0;
    for (again, first) in twice {
        if again < done {
            continue;
        }
        let block = doc.sentences[again].block as usize;
        let end = doc.blocks[block].sentences.end as usize;
        // Sentences that come again one after another are one passage.
        let count = (1..end - again)
            .take_while(|&i| first + i < again && equal(doc, again + i, first + i))
            .count()
            + 1;
        done = again + count;
        let alone = stands_alone(doc, again, count) || stands_alone(doc, first, count);
        if alone && !sink.translated() || !alone && is_quoted(doc, again) {
            continue;
        }
        let span = of(doc, again..again + count);
        let whole = match doc.blocks[block].span == span {
            true => block..block + 1,
            false => 0..0,
        };
        let what = match count {
            1 => "This sentence stands",
            _ => "These sentences stand",
        };
        let finding = sink.report(
            span,
            format!("{what} in the story before. Delete the second copy."),
        );
        finding.relate(of(doc, first..first + count), "the first copy");
        furniture::remove(doc, finding, &whole);
    }
}

/// Whether sentences are a block by themselves: a pull quote, a caption, a standfirst. On a native
/// page that is design.
fn stands_alone(doc: &Document, sentence: usize, count: usize) -> bool {
    let block = &doc.blocks[doc.sentences[sentence].block as usize].sentences;
    block.len() <= count + 1
}

/// Whether somebody’s words are quoted; they may be quoted again.
fn is_quoted(doc: &Document, sentence: usize) -> bool {
    doc.tokens[doc.tokens_of(sentence)]
        .iter()
        .any(|t| t.kind == Kind::Quote)
}

/// The bytes of sentences.
fn of(doc: &Document, sentences: Range<usize>) -> Span {
    let first = doc.tokens_of(sentences.start).start;
    doc.span(first..doc.tokens_of(sentences.end - 1).end)
}

/// The words of a sentence.
fn words(doc: &Document, sentence: usize) -> impl Iterator<Item = usize> {
    doc.tokens_of(sentence)
        .filter(|&t| matches!(doc.tokens[t].kind, Kind::Word | Kind::Number))
}

/// The numbers of the sentences of the text by their first words, those that begin alike together.
fn openings(doc: &Document, count: usize) -> Vec<(u64, u32)> {
    let mut openings: Vec<(u64, u32)> = (0..)
        .zip(&doc.sentences)
        .filter(|(_, sentence)| {
            sentence.tokens.len() >= SHORTEST
                && doc.blocks[sentence.block as usize].kind == BlockKind::Body
        })
        .filter_map(|(number, _)| Some((opening(doc, number as usize, count)?, number)))
        .collect();
    openings.sort_unstable();
    openings
}

/// A number for the first words of a sentence, if there are so many.
fn opening(doc: &Document, sentence: usize, most: usize) -> Option<u64> {
    let mut hash = 0u64;
    let mut count = 0;
    for token in words(doc, sentence).take(most) {
        hash = (hash ^ u64::from(echoes::key(doc, &doc.tokens[token])))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 31;
        count += 1;
    }
    (count == most).then_some(hash)
}

/// Whether the shorter sentence is the longer one without its end, or with another.
fn same(doc: &Document, one: usize, other: usize) -> bool {
    let common = words(doc, one)
        .zip(words(doc, other))
        .take_while(|&(a, b)| doc.text(a).eq_ignore_ascii_case(doc.text(b)))
        .count();
    let shorter = words(doc, one).count().min(words(doc, other).count());
    // More marks than words are code.
    let prose = doc.sentences[one].tokens.len() < 2 * words(doc, one).count();
    prose && common >= SHORTEST && (common == shorter || common >= 12 && common * 5 >= shorter * 3)
}

/// Whether two sentences have the same words.
fn equal(doc: &Document, one: usize, other: usize) -> bool {
    words(doc, one).count() == words(doc, other).count()
        && words(doc, one)
            .zip(words(doc, other))
            .all(|(a, b)| doc.text(a).eq_ignore_ascii_case(doc.text(b)))
}

/// Phrases that follow themselves without a mark between.
fn phrases(doc: &Document, sink: &mut Sink) {
    for echo in &doc.seams().echoes {
        if echo.period < SHORTEST_PHRASE || echo.words + 1 < echo.period || echo.copies() > 2 {
            continue;
        }
        let (start, again, end) = (echo.start as usize, echo.again as usize, echo.end as usize);
        let words = |range: Range<usize>| {
            doc.tokens[range]
                .iter()
                .filter(|t| t.kind == Kind::Word)
                .count()
        };
        let seam = doc.tokens[again - 1].kind;
        let glued = echo.words < echo.period;
        if !matches!(seam, Kind::Word | Kind::Number)
            || words(again..end) + 1 < echo.period as usize
        {
            continue;
        }
        let (from, to) = match glued {
            // The word between the copies is two words run together.
            true => (start, end),
            false => (again, end),
        };
        let finding = sink.report(
            doc.span(from..to),
            "These words come twice in a row. Delete the second copy.",
        );
        finding.relate(doc.span(start..again), "the first copy");
        if !glued {
            furniture::remove(doc, finding, &(0..0));
        }
    }
}
