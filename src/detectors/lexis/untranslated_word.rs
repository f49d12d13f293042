//! The rule `untranslated-word`: a Spanish word in an English sentence.
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status, lexicon};

/// A Spanish word is left in the English.
pub static RULE: Rule = Rule {
    id: "untranslated-word",
    group: Group::Lexis,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Untranslated,
    summary: "A Spanish word is left in the English.",
    why: "A word that a system does not know, or takes for a name, is copied: *el edil*, *robacoches*, a word in bold. English papers keep a few Spanish words (guerrilla, junta, siesta), in quotation marks or explained where the reader may not know them; the rest is translated.",
    flag: &[
        "The minister spoke of a {regularización} of the debt.",
        "They want the {liberación} of the prisoners.",
        "The mayor promised a {cúpula} above the market.",
        "The party waited for the {decisión} of the court.",
    ],
    pass: &[
        "The café’s façade, a cliché, is near the Plaza de la Constitución.",
        "The “indignados” camped in the square, and the guerrillas laid down their arms after the siesta.",
        "He played for Deportivo de La Coruña and lives in A Coruña.",
        "The señor of the house ate a jalapeño and watched the piñata.",
        "Supporters of the movimiento (movement) voted, and the ayuntamiento (town hall) was closed.",
        "The Partido Popular and the Gobierno Vasco agreed.",
        "The company, Empresa Nacional de Celulosas, said so.",
        "The Portuguese word saudade and the French déjà vu have no translation.",
        "The piñatas and the quinceañera dress came from a shop that sells jalapeños and açaí.",
        "The tánaiste thanked the gardaí, and the Icelandic króna fell.",
        "A malecón lined with taquerías sells jamón, chicharrón and tequila añejo.",
        "The compañeros of the páramo danced to reggaetón and paid in colón notes and bolívares.",
        "The club Árbol and the bodega Viña Ardanza are old.",
        "Her dish, “ñoquis del 29”, is from Buenos Aires, and she sang “mañana”.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/untranslated-word.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        if (hit.from..hit.to).all(|t| is_stray(doc, t as usize)) {
            lexicon::report_hit(doc, hit, sink);
        }
    }
    for &at in doc.non_ascii() {
        let at = at as usize;
        let token = &doc.tokens[at];
        // Words that a list or pattern knows are judged there.
        if token.word.0 == 0 && is_spanish_spelling(doc.text(at)) && is_stray(doc, at) {
            sink.report(token.span, "This looks like a Spanish word left in the English. Translate it, or put it in quotation marks and explain it.");
        }
    }
}

/// Whether a word stands in the running English text: in lower case, not quoted, not explained,
/// not part of a name, and not in a passage that is Spanish as a whole.
fn is_stray(doc: &Document, at: usize) -> bool {
    let token = &doc.tokens[at];
    let beside = |t: Option<usize>| t.and_then(|t| doc.tokens.get(t));
    let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
    let quoted = before.is_some_and(|t| t.kind == Kind::Quote)
        || after.is_some_and(|t| t.kind == Kind::Quote);
    let explained = [before, after]
        .into_iter()
        .flatten()
        .any(|t| matches!(t.kind, Kind::Open | Kind::Close | Kind::Hyphen | Kind::Link));
    // `Villa la cumbre`, `la ley de`: Spanish around it is a name or a passage.
    let foreign = [before, after].into_iter().flatten().any(|t| {
        t.kind == Kind::Word
            && (t.is(class::SPANISH_FUNCTION_WORDS)
                || t.has(Shape::NON_ASCII) && !t.has(Shape::CURLY))
    });
    let attached = after.is_some_and(|t| !t.spaced() && t.kind == Kind::Word);
    !token.has(Shape::CAPITAL)
        && !quoted
        && !explained
        && !foreign
        && !attached
        && !doc.is_foreign(at)
}

/// Whether a lower-case word is spelt as only Spanish is: with `á`, `í`, `ó`, `ú` or `ñ`. What
/// English has borrowed from French has `é`, and is left alone; what it has borrowed from Spanish is
/// in `corpora/words/borrowed-words.txt`.
fn is_spanish_spelling(word: &str) -> bool {
    word.chars().count() >= 4
        && word.chars().all(char::is_alphabetic)
        && word.contains(['á', 'í', 'ó', 'ú', 'ñ'])
        && word.chars().all(|c| c.is_ascii() || "áéíóúüñ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Linter;

    /// Every form of the table is reported in running text, with the English for it, and left alone
    /// where it is quoted.
    #[test]
    fn the_table_is_known() {
        let table = include_str!("../../../corpora/terms/spanish-words.tsv");
        let linter = Linter::new([&RULE], false);
        for line in table.lines().skip(1) {
            let (forms, english) = line.split_once('\t').expect("two cells");
            for form in forms.split(' ') {
                let text = format!("The report on {form} was published.");
                let findings = linter.check(&Document::plain(&text));
                assert_eq!(findings.len(), 1, "{text}");
                let fix = findings[0].fixes.first().map(|fix| &*fix.edits[0].text);
                let expected = (!english.starts_with("to ")).then_some(english);
                assert_eq!(fix, expected, "{text}");
                let quoted = format!("The report on “{form}” was published.");
                assert!(
                    linter.check(&Document::plain(&quoted)).is_empty(),
                    "{quoted}"
                );
            }
        }
    }
}
