//! The rule `pronoun-conflict`: “he” in a story that names only women, or the reverse.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};
use std::collections::BTreeMap;

/// The pronoun does not fit the only people in the story.
pub static RULE: Rule = Rule {
    id: "pronoun-conflict",
    group: Group::Grammar,
    severity: Severity::Critical,
    status: Status::Preview,
    mqm: Mqm::Mistranslation,
    summary: "The pronoun does not fit the only people in the story.",
    why: "Spanish leaves subjects out, and *su* is his, her and its. A system that translates sentence by sentence guesses, and its guess is usually he: a woman minister is “she” in one sentence and “he” in the next. The rule speaks only where every person whose first name tells the sex is of the other one.",
    flag: &[
        "Amparo Delgado, actress, died last night. Born in 1932, {he=>she} was sixteen when she first went on stage.",
        "The minister, Irene Montero, left early. “I am tired,” {he=>she} said.",
        "José Luis Pérez, mayor of the city, thanked {her=>his} voters.",
    ],
    pass: &[
        "Amparo Delgado met José Pérez. He was late.",
        "Irene Montero spoke of her brother. He is ill.",
        "The minister, Irene Montero, quoted the judge: “He is wrong.”",
        "The judge spoke to Irene Montero. She said he was right.",
        "Irene Montero called the suspect. He ran.",
        "Santa Teresa is a town. He lives there.",
    ],
    lexicon: "",
    check,
};

/// How far back a pronoun looks for the person that it stands for, in tokens.
const WINDOW: usize = 70;

fn check(doc: &Document, sink: &mut Sink) {
    let people = People::of(doc);
    if people.surnames.is_empty() {
        return;
    }
    for t in 0..doc.tokens.len() {
        if !doc.tokens[t].is(class::SUBJECT_PRONOUNS) && !doc.tokens[t].is(class::POSSESSIVES) {
            continue;
        }
        let Some((sex, better)) = sex_of(doc.text(t)) else {
            continue;
        };
        if people.first[sex as usize] < t {
            continue;
        }
        if doc.is_spoken(t) {
            continue;
        }
        let Some(person) = people.before(doc, t, sex) else {
            continue;
        };
        let name = doc.text(person);
        sink.report(
            doc.tokens[t].span,
            format!(
                "The only person this can stand for, {name}, is a {}.",
                if sex == Sex::Man { "woman" } else { "man" }
            ),
        )
        .suggest(better)
        .relate(doc.tokens[person].span, "the person named last");
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sex {
    Woman,
    Man,
}

/// The sex that a pronoun tells, and the pronoun of the other.
fn sex_of(pronoun: &str) -> Option<(Sex, &'static str)> {
    Some(match pronoun {
        "he" => (Sex::Man, "she"),
        "He" => (Sex::Man, "She"),
        "his" => (Sex::Man, "her"),
        "His" => (Sex::Man, "Her"),
        "she" => (Sex::Woman, "he"),
        "She" => (Sex::Woman, "He"),
        "her" => (Sex::Woman, "his"),
        "Her" => (Sex::Woman, "His"),
        _ => return None,
    })
}

/// The people of a document whose first names tell their sex, by surname.
struct People<'a> {
    surnames: BTreeMap<&'a str, Sex>,
    /// Where a woman, a man is first named or mentioned.
    first: [usize; 2],
}

impl<'a> People<'a> {
    fn of(doc: &'a Document) -> Self {
        let mut surnames = BTreeMap::new();
        let mut first = [usize::MAX; 2];
        for t in 0..doc.tokens.len() {
            if doc.tokens[t].kind != Kind::Word {
                continue;
            }
            let named = full_name(doc, t);
            if let Some(sex) = named {
                surnames.entry(doc.base(t + 1)).or_insert(sex);
            }
            if let Some(sex) = named.or(title(doc.text(t))) {
                let place = &mut first[sex as usize];
                *place = t.min(*place);
            }
        }
        People { surnames, first }
    }

    /// The person named last before a pronoun, if the sex is not the pronoun’s and the words
    /// around name nobody else who could be meant.
    fn before(&self, doc: &Document, pronoun: usize, sex: Sex) -> Option<usize> {
        let sentence = doc.sentence_of(pronoun);
        let start = doc.tokens_of(sentence.saturating_sub(2)).start;
        let mut person = None;
        let mut offices = Vec::new();
        for t in (start.max(pronoun.saturating_sub(WINDOW))..pronoun).rev() {
            let token = &doc.tokens[t];
            if token.kind != Kind::Word || doc.is_spoken(t) {
                continue;
            }
            if person.is_some() {
                // Before the name only those count who are called by what they do.
                if token.is(class::OFFICES) && !token.has(Shape::CAPITAL) {
                    offices.push(t);
                }
            } else if let Some(known) = self.surnames.get(doc.base(t)) {
                // “Ms Montero’s brother”; “Esther Rantzen said he was lovely”
                let other = *known == sex
                    || token.has(Shape::POSSESSIVE)
                    || doc.is_past(t + 1) && pronoun == t + 2;
                if other {
                    return None;
                }
                person = Some(t);
            } else if token.has(Shape::CAPITAL) {
                if !is_no_person(doc, t) {
                    return None;
                }
            } else if token.is(class::OFFICES) {
                offices.push(t);
            } else if is_somebody(doc.text(t)) {
                return None;
            }
        }
        let person = person?;
        offices
            .iter()
            .all(|&office| is_apposed(doc, office, person))
            .then_some(person)
    }
}

/// Whether an office is that of a person: “the minister of Culture, Irene Montero”, “Irene
/// Montero, the minister”.
fn is_apposed(doc: &Document, office: usize, person: usize) -> bool {
    if office > person {
        return office - person <= 5 && doc.tokens[person + 1].kind == Kind::Comma;
    }
    person - office <= 12
        && (office + 1..person).all(|t| {
            doc.tokens[t].kind == Kind::Comma
                || doc.tokens[t].has(Shape::CAPITAL)
                || matches!(doc.text(t), "of" | "the" | "for" | "and")
        })
}

/// Whether a word with a capital is a place, a day, a body, or only opens a sentence.
fn is_no_person(doc: &Document, token: usize) -> bool {
    let word = &doc.tokens[token];
    let listed = [
        class::FUNCTION_WORDS,
        class::COUNTRIES,
        class::DEMONYMS,
        class::WEEKDAYS,
        class::MONTHS,
        class::OFFICES,
    ];
    let opens = doc.tokens_of(doc.sentence_of(token)).start == token
        && doc
            .tokens
            .get(token + 1)
            .is_some_and(|t| t.is(class::PREPOSITIONS));
    listed.iter().any(|&list| word.is(list))
        || word.has(Shape::ALL_CAPS)
        || full_name(doc, token).is_some()
        || opens
}

/// The sex that a first name before a surname tells.
fn full_name(doc: &Document, first: usize) -> Option<Sex> {
    let token = &doc.tokens[first];
    let surname = doc.tokens.get(first + 1)?;
    let name = token.kind == Kind::Word
        && surname.kind == Kind::Word
        && token.has(Shape::CAPITAL)
        && surname.has(Shape::CAPITAL)
        && !surname.is(class::FUNCTION_WORDS)
        && !surname.is(class::WOMEN_NAMES)
        && !surname.is(class::MEN_NAMES);
    if !name {
        return None;
    }
    if token.is(class::WOMEN_NAMES) {
        Some(Sex::Woman)
    } else if token.is(class::MEN_NAMES) {
        Some(Sex::Man)
    } else {
        None
    }
}

/// The sex that a title or a noun tells.
fn title(word: &str) -> Option<Sex> {
    match word {
        "Mr" | "Sir" | "man" | "men" | "boy" | "boys" | "father" | "son" | "sons" | "brother"
        | "husband" | "king" | "King" | "Pope" | "pope" | "bishop" | "priest" | "prince"
        | "Prince" | "uncle" | "grandfather" | "spokesman" | "chairman" | "businessman"
        | "boyfriend" | "actor" => Some(Sex::Man),
        "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" | "woman" | "women" | "girl" | "girls"
        | "mother" | "daughter" | "daughters" | "sister" | "wife" | "queen" | "Queen"
        | "princess" | "aunt" | "grandmother" | "spokeswoman" | "chairwoman" | "businesswoman"
        | "girlfriend" | "actress" | "widow" | "nun" => Some(Sex::Woman),
        _ => None,
    }
}

/// Whether the word names somebody whom a pronoun can stand for.
fn is_somebody(word: &str) -> bool {
    matches!(
        word,
        "mother"
            | "sister"
            | "daughter"
            | "wife"
            | "widow"
            | "girlfriend"
            | "aunt"
            | "father"
            | "brother"
            | "son"
            | "husband"
            | "boyfriend"
            | "uncle"
            | "friend"
            | "partner"
            | "colleague"
            | "dog"
            | "horse"
            | "bull"
            | "team"
            | "victim"
            | "child"
            | "baby"
            | "infant"
            | "patient"
            | "student"
            | "farmer"
            | "neighbour"
            | "neighbor"
            | "client"
            | "someone"
            | "somebody"
            | "anyone"
            | "everyone"
            | "nobody"
            | "one"
            | "who"
            | "person"
            | "employee"
            | "worker"
            | "employer"
            | "rival"
            | "opponent"
            | "predecessor"
            | "successor"
            | "companion"
            | "passenger"
            | "owner"
            | "founder"
            | "author"
    )
}
