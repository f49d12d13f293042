//! Replacements of a lexicon entry, fitted to the text: verb form, repeated slots, first capital.
use super::Hit;
use super::compile::element as el;
use super::inflect::{self, Form};
use super::matcher::{Pattern, Scan};
use crate::blob::{ENTRY_WORDS, Section, read_many, read_u32};
use crate::text::{Document, Shape};

/// The replacements of a hit, best first.
pub fn replacements(doc: &Document, hit: &Hit) -> Vec<String> {
    let blob = hit.book.blob;
    let entries = blob.section(Section::Entries);
    let uses = blob.section(Section::Uses);
    let at = hit.entry as usize * ENTRY_WORDS;
    let (first, count) = (read_u32(entries, at + 6), read_u32(entries, at + 7));
    (first..first + count)
        .map(|i| fit(doc, hit, blob.text(uses, i as usize * 2)))
        .collect()
}

/// Fills the slots of one replacement and copies the case of the first letter.
fn fit(doc: &Document, hit: &Hit, template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((slot, after)) = after.split_once('>') else {
            break;
        };
        out.push_str(&fill(doc, hit, slot));
        rest = after;
    }
    out.push_str(rest);
    let out = out
        .split(' ')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let first = &doc.tokens[hit.from as usize];
    let capital = first.has(Shape::CAPITAL) && !out.starts_with(char::is_uppercase);
    // A capital that the sentence gives is copied; one that the phrase has of its own is not.
    let sentence = doc.sentence_of(hit.from as usize);
    let opens = doc.tokens_of(sentence).find(|&t| {
        matches!(
            doc.tokens[t].kind,
            crate::text::Kind::Word | crate::text::Kind::Number
        )
    }) == Some(hit.from as usize);
    if capital && opens {
        let mut letters = out.chars();
        letters
            .next()
            .map_or(out.clone(), |c| c.to_uppercase().chain(letters).collect())
    } else {
        out
    }
}

/// What a slot of a replacement stands for.
fn fill(doc: &Document, hit: &Hit, slot: &str) -> String {
    let slot = slot.trim_end_matches('?');
    if slot == "det"
        || slot == "poss"
        || slot == "num"
        || slot == "name"
        || slot.starts_with('n') && slot.contains('-')
    {
        return slot_text(doc, hit, slot);
    }
    let verb = inflect::verb(slot);
    match verb_form(doc, hit) {
        Some((Form::Past, plural)) if slot == "be" => {
            if plural { "were" } else { "was" }.to_owned()
        }
        Some((Form::Base, _)) if slot == "be" => "be".to_owned(),
        Some((form, _)) => verb.form(form).to_owned(),
        None => verb.base,
    }
}

/// The tokens that each element of the pattern took, for the elements that can be repeated.
fn taken(doc: &Document, hit: &Hit) -> Vec<(u32, u32, u32)> {
    let (_, pattern) = Pattern::of(hit.book, hit.pattern);
    let Pattern { first, count, .. } = pattern;
    let mut scan = Scan::new(doc, hit.book);
    let sentence = hit.start..hit.end;
    let mut out = Vec::new();
    let mut at = hit.start;
    for e in 0..count {
        // Each element is taken as the only reported one; where it ends, the next begins.
        let one = Pattern {
            from: e,
            to: e + 1,
            ..pattern
        };
        (scan.from, scan.to) = (u32::MAX, u32::MAX);
        if scan.right(&sentence, &one, e, at) != Some(hit.end) {
            break;
        }
        let (from, to) = (scan.from, scan.to);
        if from < to && to != u32::MAX {
            out.push((first + e, from, to));
            at = to;
        }
    }
    out
}

fn slot_text(doc: &Document, hit: &Hit, slot: &str) -> String {
    let elements = hit.book.blob.section(Section::Patterns);
    let kind = match slot {
        "det" | "poss" => el::DETERMINER,
        "num" => el::NUMBER,
        "name" => el::NAME,
        _ => el::GAP,
    };
    taken(doc, hit)
        .into_iter()
        .find(|&(element, ..)| read_u32(elements, element as usize * 2) & el::KIND == kind)
        .map_or(String::new(), |(_, from, to)| {
            doc.slice(doc.span(from as usize..to as usize)).to_owned()
        })
}

/// The form of the first inflected verb of the match, and whether it is plural (`were`).
fn verb_form(doc: &Document, hit: &Hit) -> Option<(Form, bool)> {
    let elements = hit.book.blob.section(Section::Patterns);
    let (lemma, token) = taken(doc, hit).into_iter().find_map(|(element, from, _)| {
        let [what, set] = read_many(elements, element as usize * 2);
        let sets = hit.book.blob.section(Section::Sets);
        let is_set = what & el::KIND == el::SET;
        let lemma = if is_set {
            read_u32(sets, set as usize - 1)
        } else {
            0
        };
        (lemma != 0).then_some((hit.book.word(lemma), from))
    })?;
    let word = doc.text(token as usize).to_lowercase();
    let readings = inflect::verb(lemma).readings(&word);
    let form = match readings[..] {
        [one] => one,
        _ => choose(doc, token as usize, &readings)?,
    };
    Some((form, matches!(word.as_str(), "were" | "are")))
}

/// Which of several readings fits the word before: *has put*, *to put*, *he put*.
fn choose(doc: &Document, token: usize, readings: &[Form]) -> Option<Form> {
    let sentence = doc.tokens_of(doc.sentence_of(token));
    let before = (sentence.start..token)
        .rev()
        .take(3)
        .map(|t| doc.text(t).to_lowercase())
        .find(|w| {
            !matches!(
                w.as_str(),
                "not" | "never" | "also" | "always" | "already" | "finally" | "just" | "even"
            )
        });
    let want = match before.as_deref() {
        Some(
            "have" | "has" | "had" | "having" | "been" | "be" | "being" | "is" | "are" | "was"
            | "were" | "get" | "got",
        ) => Form::Participle,
        Some(
            "to" | "will" | "would" | "can" | "could" | "may" | "might" | "must" | "shall"
            | "should" | "do" | "does" | "did" | "don't" | "don’t" | "didn't" | "didn’t" | "let"
            | "i" | "you" | "we" | "they",
        ) => Form::Base,
        _ => Form::Past,
    };
    readings
        .contains(&want)
        .then_some(want)
        .or(readings.first().copied())
}
