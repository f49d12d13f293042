//! The rule `possessive-number`: “their” for what belongs to one person.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};
use std::collections::BTreeSet;

/// “Their” seems to stand for one named person.
pub static RULE: Rule = Rule {
    id: "possessive-number",
    group: Group::Grammar,
    severity: Severity::Neutral,
    status: Status::Preview,
    mqm: Mqm::Grammar,
    summary: "“Their” seems to stand for one named person.",
    why: "Spanish *su* is his, her, its, their and your; a system has to guess. “Putin tries to prevent the collapse of their alliances” makes the reader look for somebody else. English also has a “their” for one person whose sex is not told, so this is a hint and no more.",
    flag: &[
        "Putin tries to prevent the collapse of {their=>his} alliances\n\nThe Russian president, Vladimir Putin, travelled to Yerevan. He came alone.",
        "Montero defends {their=>her} management\n\nThe minister, Irene Montero, spoke to the press. She was calm.",
        "Messi renews {their=>his} contract\n\nLionel Messi will stay in Miami until 2028, he said on Monday.",
    ],
    pass: &[
        "Spain loses their last game\n\nThe captain, Álvaro Morata, said he was sorry.",
        "Sánchez and Díaz present their plan\n\nPedro Sánchez said he was sure. Yolanda Díaz was too.",
        "Putin meets allies to discuss their future\n\nVladimir Putin said he was glad.",
        "Putin visits his troops\n\nVladimir Putin said he was glad.",
        "Everyone brings their own lunch.",
        "Student papers can change their look\n\nThe editor, Anna Student, said she was glad.",
        "Lyon wins their first title\n\nThe city of Lyon was awake all night.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    // One walk over the story, if it comes to that.
    let mut people: Option<(BTreeSet<&str>, &str)> = None;
    for sentence in &doc.sentences {
        let tokens = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let Some((name, verb)) = one_subject(doc, tokens.start, tokens.end) else {
            continue;
        };
        let Some(their) = their(doc, verb + 1, tokens.end) else {
            continue;
        };
        let (people, better) =
            people.get_or_insert_with(|| (people_of(doc), likelier_possessive(doc)));
        if !people.contains(doc.base(name)) {
            continue;
        }
        let person = doc.base(name);
        sink.report(
            doc.tokens[their].span,
            format!("If this belongs to {person}, write “{better}”: Spanish “su” is both."),
        )
        .spanish("su")
        .suggest(*better)
        .relate(doc.tokens[name].span, "the subject of the sentence");
    }
}

/// The surname and the verb of a sentence that opens with one name and a verb in the singular.
fn one_subject(doc: &Document, start: usize, end: usize) -> Option<(usize, usize)> {
    let is_name = |t: usize| {
        doc.tokens[t].kind == Kind::Word
            && doc.tokens[t].has(Shape::CAPITAL)
            && !doc.tokens[t].has(Shape::POSSESSIVE)
            && !doc.tokens[t].is(class::FUNCTION_WORDS)
            && !doc.tokens[t].is(class::DEMONYMS)
    };
    let names = (start..end.min(start + 3))
        .take_while(|&t| is_name(t))
        .count();
    let verb = start + names;
    if !(1..=2).contains(&names) || verb >= end || doc.tokens[verb].kind != Kind::Word {
        return None;
    }
    let text = doc.text(verb);
    let singular = text.ends_with('s') && !text.ends_with("ss") && text.len() > 2;
    // “Student newsrooms can change their website.”
    let noun = verb + 1 < end && doc.tokens[verb + 1].is(class::AUXILIARIES);
    (singular && !noun && !doc.tokens[verb].has(Shape::CAPITAL)).then_some((verb - 1, verb))
}

/// The first “their” from a token on, if nothing plural comes before it.
fn their(doc: &Document, from: usize, end: usize) -> Option<usize> {
    for t in from..end {
        if doc.tokens[t].kind != Kind::Word {
            return None;
        }
        match doc.text(t) {
            "their" => return Some(t),
            "and" | "or" | "they" | "them" | "each" | "people" | "men" | "women" | "children"
            | "police" | "party" | "team" | "company" | "family" | "couple" | "everyone"
            | "anyone" | "someone" | "two" | "three" | "both" | "all" => return None,
            text if text.ends_with('s') && !doc.tokens[t].is(class::FUNCTION_WORDS) => return None,
            _ => {}
        }
    }
    None
}

/// The surnames of the document: capitalised words after another that is no common word, or
/// after an office.
fn people_of(doc: &Document) -> BTreeSet<&str> {
    let mut people = BTreeSet::new();
    for t in 1..doc.tokens.len() {
        let (before, here) = (&doc.tokens[t - 1], &doc.tokens[t]);
        if here.kind == Kind::Word
            && here.has(Shape::CAPITAL)
            && before.kind == Kind::Word
            && (before.is(class::OFFICES)
                || before.has(Shape::CAPITAL)
                    && !before.is(class::FUNCTION_WORDS)
                    && !before.is(class::DEMONYMS))
        {
            people.insert(doc.base(t));
        }
    }
    people
}

/// “his” or “her”, whichever pronouns the story has more of.
pub(super) fn likelier_possessive(doc: &Document) -> &'static str {
    let balance: i32 = (0..doc.tokens.len())
        .filter(|&t| doc.tokens[t].is(class::FUNCTION_WORDS))
        .map(|t| match doc.text(t) {
            "he" | "He" | "his" | "His" => 1,
            "she" | "She" | "her" | "Her" => -1,
            _ => 0,
        })
        .sum();
    if balance < 0 { "her" } else { "his" }
}
