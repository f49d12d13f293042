//! The rule `acronym-mismatch`: the letters in brackets are not those of the English name.
use crate::terms;
use crate::text::acronyms::{Definition, fits};
use crate::text::names::folded;
use crate::words::class;
use crate::{Document, Group, Mqm, Rule, Severity, Sink, Status, lexicon};

/// The acronym in brackets does not fit the English name before it.
pub static RULE: Rule = Rule {
    id: "acronym-mismatch",
    group: Group::Terms,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::WrongTerm,
    summary: "The acronym in brackets does not fit the English name before it.",
    why: "Spanish puts the noun first, *Unión Económica Euroasiática (UEE)*; a system translates and reorders the name and leaves the letters as they were: Eurasian Economic Union (UEE). Give the English acronym, say whose initials they are, or leave them out.",
    flag: &[
        "It belongs to the European Central Bank ({BCEU=>ECB}), which met in Riga.",
        "The World Trade Organization ({WOT=>WTO}) called for talks.",
        "The International Atomic Energy Agency ({EAIA=>IAEA}) sent inspectors.",
        "He appealed to the High Court of Justice of Extremadura ({TSJEX}).",
    ],
    pass: &[
        "The Collective Security Treaty Organization (CSTO) met in Yerevan.",
        "The Spanish Socialist Workers’ Party (PSOE) lost two seats.",
        "The Kurdistan Workers’ Party (PKK) denied it.",
        "The Basque Nationalist Party, known by its Spanish initials (PNV), abstained.",
        "The World Trade Organization (OMC, by its French initials) called for talks.",
        "He joined Médecins Sans Frontières (MSF) in Chad.",
        "The Organization for Security and Co-operation in Europe (OSCE) sent observers.",
        "Alternative for Germany (AfD) came second, and Russia’s Federal Security Service (FSB) watched.",
        "The Supreme Electoral Tribunal (TSE) counted the votes.",
    ],
    lexicon: "",
    check,
};

/// Shorter acronyms fit too many names by chance.
const SHORTEST: usize = 3;

fn check(doc: &Document, sink: &mut Sink) {
    for definition in doc.definitions() {
        let token = &doc.tokens[definition.acronym];
        let acronym = doc.base(definition.acronym);
        if definition.glossed
            || acronym.len() < SHORTEST
            || token.is(class::COMMON_ACRONYMS)
            || explained(doc, definition.name.start)
        {
            continue;
        }
        // The rule spanish-acronym knows this one and says more.
        if sink
            .hits_of("spanish-acronym")
            .iter()
            .any(|h| h.from as usize == definition.acronym)
        {
            continue;
        }
        if sink.translated() && is_left_over(doc, sink, definition) {
            sink.report(
                doc.base_span(definition.acronym),
                format!("“{acronym}” does not fit the English name. Leave it out, or say whose initials they are."),
            );
            continue;
        }
        if token.is(class::KEPT_ACRONYMS) {
            continue;
        }
        // Bodies of other countries rightly keep initials that do not fit their English names; only
        // a name whose English acronym is known convicts.
        let name = doc.slice(doc.span(definition.name.clone()));
        let Some(english) = terms::english_acronym(&folded(name)) else {
            continue;
        };
        if english != acronym {
            sink.report(
                doc.base_span(definition.acronym),
                format!("The acronym of the {name} is “{english}”; “{acronym}” does not fit its English name."),
            )
            .suggest(english);
        }
    }
}

/// Whether the letters do not fit the English name and nothing else speaks for them: the acronym is
/// one of the table that no reader of English knows, or the name is translated word for word.
/// In a text that is known to be translated, a *Security and Civilian Protection Ministry (SSPC)*
/// puzzles the reader.
fn is_left_over(doc: &Document, sink: &Sink, definition: &Definition) -> bool {
    let name = &definition.name;
    let acronym = doc.base(definition.acronym);
    let literal = |rule| lexicon::touching(sink.hits_of(rule), name).is_some();
    let unknown = || {
        let mut terms = terms::of_spanish(acronym).peekable();
        !doc.tokens[definition.acronym].is(class::KEPT_ACRONYMS)
            && terms.peek().is_some()
            && terms.all(|t| t.action == "gloss")
    };
    !fits(doc, name.clone(), acronym)
        && (unknown() || literal("literal-organization") || literal("literal-office"))
}

/// Whether the sentence says that the initials are foreign.
fn explained(doc: &Document, at: usize) -> bool {
    doc.tokens_of(doc.sentence_of(at))
        .any(|t| matches!(doc.text(t), "initials" | "acronym" | "abbreviation"))
}
