//! The rule `name-variant`: one name, two spellings in one story.
use crate::text::names::{folded, name_word_before};
use crate::text::tokenizer::normalise;
use crate::words::{self, class};
use crate::{Document, Group, Mqm, Rule, Severity, Shape, Sink, Status};
use std::collections::{BTreeMap, BTreeSet};

/// One name is spelt in two ways in one story.
pub static RULE: Rule = Rule {
    id: "name-variant",
    group: Group::Names,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::InconsistentTerm,
    summary: "One name is spelt in two ways in one story.",
    why: "A system translates sentence by sentence: it converts *Tokáyev* in one and copies it in the next, or drops the accent of *Sánchez* now and then. The reader may take them for two people. Choose one spelling.",
    flag: &[
        "Tokayev met Putin on Monday. Tokayev said that Russia is a partner. Putin thanked {Tokáyev=>Tokayev}.",
        "Pedro Sánchez spoke first. Sánchez was calm. Later {Sanchez=>Sánchez} left the room.",
        "Nikol Pashinyan arrived late. Pashinyan was tired. An aide said that Nikol {Pashinian=>Pashinyan} had been ill.",
        "Volodymyr Zelensky thanked the allies. Volodymyr {Zelenski=>Zelensky} also asked for more. Zelensky flew home.",
        "«Pashinyan arrived late, and Pashinyan was tired. The aides of {Pashinian=>Pashinyan} were ill.»",
    ],
    pass: &[
        "Joe Biden flew to Baden-Baden, and Biden spoke in Baden.",
        "Iran and Iraq signed; Iranian and Iraqi officials met.",
        "Ana Marín and Luis Martín are not related, said Marín; Martín agreed.",
        "Juan Fernández, the defendant, did not know Luis Fernandez, a witness. Fernández denied it.",
        "María García beat Maria Sharapova in straight sets.",
        "The Universidad de México is the oldest in Mexico.",
        "Carlos Romero and his son, Carlos Romero Jr., own the shop. The Romeros open at nine.",
        "TOKAYEV WINS. Tokayev thanked the voters.",
        "Igor Ivanov came with Anna Ivanova.",
        "Binyamin Netan\u{ad}yahu spoke. Netanyahu was calm.",
        "«Fernandes met Fernandez; Hernandes was ill.» Ana Pérez and Luis Peres left.",
        "Bilbao lost at home. Bilbaínos everywhere were sad.",
    ],
    lexicon: "",
    check,
};

/// More spellings under one key are no longer told apart.
const MOST_SPELLINGS: usize = 8;

/// Shorter words that differ by a letter are mostly two names.
const SHORTEST_NEAR: usize = 5;

/// Mentions whose neighbours are looked at; a story has fewer.
const MOST_PLACES: usize = 50;

fn check(doc: &Document, sink: &mut Sink) {
    if !sink.suspected(doc) {
        return;
    }
    for group in doc.names().groups() {
        let mut spellings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for word in group {
            let token = word.token as usize;
            spellings.entry(doc.base(token)).or_default().push(token);
        }
        let mut spellings: Vec<(&str, Vec<usize>)> = spellings.into_iter().collect();
        // The spelling that the story uses most is taken for the right one; then the first.
        spellings.sort_by_key(|(_, at)| (std::cmp::Reverse(at.len()), at[0]));
        spellings.truncate(MOST_SPELLINGS);
        for (i, (spelling, places)) in spellings.iter().enumerate() {
            let usual = spellings[..i]
                .iter()
                .find(|(usual, at)| same_name(doc, (usual, at), (spelling, places)));
            if let Some((usual, at)) = usual {
                report(doc, sink, (usual, at[0]), places);
            }
        }
    }
}

fn report(doc: &Document, sink: &mut Sink, (usual, first): (&str, usize), places: &[usize]) {
    for &at in places {
        let spelling = doc.base(at);
        sink.report(
            doc.base_span(at),
            format!("“{spelling}” is “{usual}” elsewhere in this story. Use one spelling."),
        )
        .suggest(usual)
        .relate(
            doc.base_span(first),
            format!("the usual spelling: “{usual}”"),
        );
    }
}

/// Whether two spellings are those of one name, by their letters and by the names beside them.
fn same_name(doc: &Document, usual: (&str, &[usize]), other: (&str, &[usize])) -> bool {
    let (a, b) = (folded(usual.0), folded(other.0));
    let near = a == b
        || a.chars().count().min(b.chars().count()) >= SHORTEST_NEAR
            && !is_inflected(&a, &b)
            && strsim::jaro_winkler(&a, &b) >= 0.9;
    if !near
        || a == b && normalised(usual.0) == normalised(other.0)
        || words::find(&a).is(class::UNACCENTED_PLACES)
    {
        return false;
    }
    let first_names = [usual.1, other.1].map(|places| neighbours(doc, places, Side::Before));
    let last_names = [usual.1, other.1].map(|places| neighbours(doc, places, Side::After));
    if a == b {
        // Only the accents differ: one name, unless other names stand beside each.
        return compatible(&first_names) && compatible(&last_names);
    }
    // Other letters differ: one name if the same first name stands before both, or if no other
    // name stands beside either and the two are romanisations of one.
    !first_names[0].is_disjoint(&first_names[1])
        || romanised(&a) == romanised(&b)
            && compatible(&first_names)
            && compatible(&last_names)
            && [usual.1, other.1].iter().all(|p| !is_common(doc, p[0]))
}

/// Whether a word is one that languages share or spell alike: *Argentina*, *Maria*.
fn is_common(doc: &Document, at: usize) -> bool {
    let token = &doc.tokens[at];
    [
        class::DEMONYMS,
        class::COUNTRIES,
        class::SPANISH_FIRST_NAMES,
        class::MEN_NAMES,
        class::WOMEN_NAMES,
    ]
    .iter()
    .any(|&list| token.is(list))
}

/// A folded name with the letters that languages choose differently when they write Russian,
/// Arabic or Hebrew: *Zelenski*, *Zelensky* and *Zelenskiy* are one.
fn romanised(folded: &str) -> String {
    let mut out = folded
        .replace("kh", "j")
        .replace("sh", "s")
        .replace("zh", "j")
        .replace("ch", "s")
        .replace("iy", "i")
        .replace("yi", "i")
        .replace(['y', 'j'], "i")
        .replace('w', "v");
    while let Some(short) = out.strip_suffix("ii") {
        out = format!("{short}i");
    }
    out
}

/// The word as words are compared: without case and soft hyphens, accents composed.
fn normalised(word: &str) -> String {
    let mut out = String::new();
    normalise(word, true, &mut out);
    out
}

/// Two sets of neighbours contradict each other if neither is empty and they share nothing.
fn compatible(sets: &[BTreeSet<String>; 2]) -> bool {
    sets[0].is_empty() || sets[1].is_empty() || !sets[0].is_disjoint(&sets[1])
}

/// A plural, or the feminine of a Slavic surname.
fn is_inflected(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    matches!(long.strip_prefix(short), Some("s" | "es" | "a"))
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// The name words that stand directly beside a name, without accents.
fn neighbours(doc: &Document, places: &[usize], side: Side) -> BTreeSet<String> {
    places
        .iter()
        .take(MOST_PLACES)
        .filter_map(|&at| match side {
            Side::Before => name_word_before(doc, at),
            Side::After => (at + 1 < doc.tokens.len() && !doc.tokens[at].has(Shape::POSSESSIVE))
                .then(|| name_word_before(doc, at + 1).map(|_| at + 1))
                .flatten()
                .filter(|&next| {
                    doc.tokens[next].has(Shape::CAPITAL)
                        && !doc.tokens[next].is(class::FUNCTION_WORDS)
                }),
        })
        .map(|t| folded(doc.base(t)))
        .filter(|n| {
            !matches!(
                n.as_str(),
                "president"
                    | "minister"
                    | "mr"
                    | "mrs"
                    | "ms"
                    | "dr"
                    | "sir"
                    | "king"
                    | "queen"
                    | "senator"
                    | "judge"
                    | "general"
            )
        })
        .collect()
}
