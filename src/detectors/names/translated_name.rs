//! The rule `translated-name`: its lexicon, and the later mentions of a name that it found.
use crate::words::{WordId, class};
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status, lexicon};
use std::collections::BTreeMap;

/// A name is translated as if it were a common word.
pub static RULE: Rule = Rule {
    id: "translated-name",
    group: Group::Names,
    severity: Severity::Critical,
    status: Status::Stable,
    mqm: Mqm::DoNotTranslate,
    summary: "A name is translated as if it were a common word.",
    why: "Surnames, parties, papers and clubs that are also words get translated: *Pablo Iglesias* becomes Pablo Churches, *El País* the newspaper The Country. Names stay.",
    flag: &["The neighbours told {THE PROVINCE} that the water is brown."],
    pass: &[
        "The neighbours were sent to read THE sign. They told the province.",
        "Nicolás Paz scored late, and the Peace Corps thanked him. Peace came.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/translated-name.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    // The surnames found, each with its first fix: a story goes on with the surname alone.
    let mut surnames: BTreeMap<WordId, (u32, String)> = BTreeMap::new();
    for hit in sink.hits() {
        lexicon::report_hit(doc, hit, sink);
        let word = doc.tokens[hit.from as usize].word;
        if hit.to == hit.from + 1
            && word.0 != 0
            && let Some(fix) = hit.replacements(doc).into_iter().next()
        {
            surnames.entry(word).or_insert((hit.from, fix));
        }
    }
    lexicon::report_repeats(doc, sink);
    if sink.translated() {
        report_papers(doc, sink);
    }
    if surnames.is_empty() {
        return;
    }
    for at in 1..doc.tokens.len() {
        let Some((first, name)) = surnames.get(&doc.tokens[at].word) else {
            continue;
        };
        if at > *first as usize && is_bare_surname(doc, at) {
            let message = format!(
                "“{}” is the surname “{name}”, translated as before.",
                doc.base(at)
            );
            sink.report(doc.base_span(at), message)
                .suggest(name.clone())
                .relate(doc.base_span(*first as usize), "with the first name");
        }
    }
}

/// Most words in the name of a newspaper after *the*.
const LONGEST_PAPER: usize = 4;

/// Reports *he told THE COUNTRY*: Spanish papers print their own names in capitals.
fn report_papers(doc: &Document, sink: &mut Sink) {
    let known = sink.hits();
    for &at in doc.caps() {
        let at = at as usize;
        if doc.text(at) != "THE" || at == 0 {
            continue;
        }
        let sentence = doc.tokens_of(doc.sentence_of(at));
        let capital = |&t: &usize| doc.tokens[t].has(Shape::ALL_CAPS) && doc.tokens[t].spaced();
        let words = (at + 1..sentence.end).take_while(capital).count();
        let told = sentence.contains(&(at - 1))
            && matches!(doc.text(at - 1), "told" | "to" | "with" | "by");
        let new = lexicon::touching(known, &(at..at + words + 1)).is_none();
        if told && new && (1..=LONGEST_PAPER).contains(&words) {
            let message = "A Spanish paper that prints its name in capitals, translated. Papers keep their names.";
            sink.report(doc.span(at..at + 1).to(doc.base_span(at + words)), message);
        }
    }
}

/// Whether a word stands as a surname stands alone: with a capital that the sentence does not
/// give, or before a verb, and with no other capitalised word beside it.
fn is_bare_surname(doc: &Document, at: usize) -> bool {
    let token = &doc.tokens[at];
    let beside = |t: &crate::Token| {
        t.kind == Kind::Word && t.has(Shape::CAPITAL) && !t.is(class::FUNCTION_WORDS)
    };
    let (before, after) = (&doc.tokens[at - 1], doc.tokens.get(at + 1));
    let sentence = doc.tokens_of(doc.sentence_of(at));
    let opens = sentence.start == at;
    let verb = after.is_some_and(|t| {
        t.is(class::AUXILIARIES) || t.is(class::SPEECH_VERBS) || t.is(class::PAST_VERBS)
    });
    // “the Peace Corps”, “Ana Peace”, “Peace Corps”, “Peace came”: no surname alone.
    let part_of_name = before.is(class::DETERMINERS)
        || beside(before) && token.spaced() && !opens
        || after.is_some_and(beside);
    let capital = token.has(Shape::CAPITAL) && !token.has(Shape::ALL_CAPS);
    capital && !part_of_name && (!opens || verb)
}

#[cfg(test)]
mod tests {
    use crate::{Document, Linter};

    #[test]
    fn later_mentions_are_found_and_other_uses_are_not() {
        let text = "Nicolás Peace scored. In the end, Peace rose highest. Peace said so. The Peace Corps left in peace.";
        let found = Linter::new([&super::RULE], false).check(&Document::plain(text));
        let places: Vec<usize> = found.iter().map(|f| f.span.start as usize).collect();
        let want: Vec<usize> = text
            .match_indices("Peace")
            .map(|(at, _)| at)
            .take(3)
            .collect();
        assert_eq!(places, want);
    }
}
