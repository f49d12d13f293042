//! The rule `stray-stop`: They are in power. freedom.
use crate::words::class;
use crate::{BlockKind, Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A full stop stands inside a sentence.
pub static RULE: Rule = Rule {
    id: "stray-stop",
    group: Group::Typography,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Punctuation,
    summary: "A full stop stands inside a sentence.",
    why: "A translation engine cuts the text at links, bold names and abbreviations (*EE. UU.*, *art. 5*), translates each piece as a sentence of its own and gives it a full stop. The seam shows as a stop before a lower-case word, as two marks with a space between, or as a paragraph that begins with a comma.",
    flag: &[
        "They are in {power. freedom=>power freedom} is what they promised.",
        "The police of {Segovia. announced=>Segovia announced} the arrest.",
        "The sanctions of the {US. sank=>US sank} the oil company.",
        "It ended on 30 {September. also=>September also} the date of the vote.",
        "Most of the murders have to do with drug {dealing. dealing=>dealing}.",
        "He agreed with {Vox. ,=>Vox,} as the party announced.",
        "They bought the {Panamera. .=>Panamera.} The car is red.",
        "He asked for “{calm”. then=>calm” then} he left.",
        "The party lost the vote on Monday.\n\n{, as=>as} the launch of the campaign showed in all the cities of the country.",
    ],
    pass: &[
        "It opens at 9 a.m. on Monday, e.g. in Soria, i.e. at noon.",
        "Acme Corp. bid on more contracts; Acme Inc. of Utah did not.",
        "They stock cables, plugs, etc. and sell them at approx. cost.",
        "Smith et al. found 3 in. of snow, 5 ft. deep, 2 lbs. in weight.",
        "The band will.i.am and the poet e.e. cummings.",
        "Mr. de Blasio and St. van der Berg; J. von Trapp.",
        "He left. iPhone sales rose. eBay fell. adidas said no.",
        "See the picture. pic.twitter.com/RBBPdyU",
        "1. the first; 2. the second; a. the third",
        "He left ... and she stayed . . . for years.",
        "The U.S. economy and Ph.D. students",
        "“Why?” he asked. “Why not?” she said.",
        "He has a Ph.D. in law. \n\nand more",
        "the years B.C. are counted backwards",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for &stop in doc.of_kind(Kind::Stop) {
        let stop = stop as usize;
        let Some(next) = doc.tokens.get(stop + 1) else {
            continue;
        };
        let small = match next.kind {
            Kind::Word => !next.has(Shape::CAPITAL),
            Kind::Comma | Kind::Stop => true,
            _ => false,
        };
        if small && next.spaced() && !next.has(Shape::LINE_BEFORE) && doc.text(stop) == "." {
            seam(doc, stop, sink);
        }
    }
    for block in &doc.blocks {
        let first = block.tokens.start as usize;
        if block.kind == BlockKind::Body && block.tokens.len() > 1 {
            first_mark(doc, first, sink);
        }
    }
}

fn seam(doc: &Document, stop: usize, sink: &mut Sink) {
    let Some(before) = word_before(doc, stop) else {
        return;
    };
    let after = stop + 1;
    let next = &doc.tokens[after];
    if next.kind == Kind::Word {
        if ends_shortened(doc, stop) || is_lower_case_name(doc, after) || doc.is_foreign(stop) {
            return;
        }
        let words = doc.slice(doc.span(before..stop));
        let (span, next) = (doc.span(before..after + 1), doc.slice(next.span));
        let message =
            "A full stop stands before a lower-case word. Drop the stop, or begin a sentence.";
        let joined = if words == next {
            words.to_owned()
        } else {
            format!("{words} {next}")
        };
        let mut letters = next.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let capital: String = first.chain(letters).collect();
        sink.report(span, message)
            .suggest(joined)
            .suggest(format!("{words}. {capital}"));
        return;
    }
    // An ellipsis is more than two: `. . .`
    let more = doc
        .tokens
        .get(after + 1)
        .is_some_and(|t| matches!(t.kind, Kind::Stop));
    if next.span.len() == 1 && !more && matches!(doc.text(after), "." | ",") {
        let span = doc.span(before..after + 1);
        let words = doc.slice(doc.span(before..stop));
        sink.report(
            span,
            "Two marks meet where two pieces of text were joined. One is enough.",
        )
        .mend(format!("{words}{}", doc.text(after)));
    }
}

/// The word that ends right before the stop, a closing mark between them allowed.
fn word_before(doc: &Document, stop: usize) -> Option<usize> {
    let mut at = stop;
    loop {
        if doc.tokens[at].spaced() {
            return None;
        }
        at = at.checked_sub(1)?;
        match doc.tokens[at].kind {
            Kind::Word | Kind::Number => return Some(at),
            Kind::Quote | Kind::Close if stop - at <= 2 => {}
            _ => return None,
        }
    }
}

/// Whether the stop belongs to what stands before it: an abbreviation, an initial, the number of
/// an item, a file.
fn ends_shortened(doc: &Document, stop: usize) -> bool {
    let word = &doc.tokens[stop - 1];
    let text = doc.slice(word.span);
    match word.kind {
        Kind::Word => {
            word.is(class::ABBREVIATIONS)
                || word.is(class::SHORT_FORMS)
                || word.has(Shape::DOTTED)
                || text.chars().count() == 1
                || !text.contains(['a', 'e', 'i', 'o', 'u', 'y', 'A', 'E', 'I', 'O', 'U', 'Y'])
        }
        Kind::Number => word.span.len() < 3 || !word.has(Shape::SPACE_BEFORE),
        _ => false,
    }
}

/// Whether the word may open a sentence in lower case: `eBay`, `de`, `will.i.am`, `i`, `br />`.
fn is_lower_case_name(doc: &Document, word: usize) -> bool {
    let token = &doc.tokens[word];
    let tied = doc.tokens.get(word + 1).is_some_and(|t| match t.kind {
        Kind::Stop => doc.tokens.get(word + 2).is_some_and(|t| !t.spaced()),
        Kind::Symbol => !t.spaced() || doc.mark(word + 1) == '/',
        Kind::Open => !t.spaced(),
        _ => false,
    });
    token.is(class::LOWER_CASE_NAMES)
        || token.has(Shape::INNER_CAPITAL)
        || token.has(Shape::DIGIT)
        || token.span.len() < 2
        || tied
}

/// `, as the launch showed`: a paragraph that begins with a mark.
fn first_mark(doc: &Document, first: usize, sink: &mut Sink) {
    let (mark, next) = (&doc.tokens[first], &doc.tokens[first + 1]);
    let stray = matches!(mark.kind, Kind::Comma | Kind::Semicolon)
        || mark.kind == Kind::Stop && doc.text(first) == ".";
    if stray && next.kind == Kind::Word && next.spaced() {
        sink.report(
            mark.span.to(next.span),
            "The paragraph begins with a mark that belongs to the one before. Delete it, or join the two.",
        )
        .suggest(doc.slice(next.span));
    }
}
