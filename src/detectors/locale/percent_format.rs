//! The rule `percent-format`: a space before the percent sign.
use crate::style::Percent;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A space stands before the percent sign.
pub static RULE: Rule = Rule {
    id: "percent-format",
    group: Group::Locale,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::NumberFormat,
    summary: "A space stands before the percent sign.",
    why: "The Spanish academies ask for a space before the sign, *3 %*, and translation systems keep it. English papers close it up, or write percent.",
    flag: &[
        "Unemployment fell by {3 %=>3%} in May.",
        "The index lost {2.31 %=>2.31%}.",
        "Between {40 %=>40%} and 45% voted.",
    ],
    pass: &[
        "Unemployment fell by 3% in May.",
        "About 3 percent, or 3 per cent, stayed away.",
        "Use 100 %s to print a string.",
        "A % sign is not a word.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for numeral in &doc.numerals().all {
        let sign = numeral.token + 1;
        let Some(token) = doc.tokens.get(sign) else {
            return;
        };
        if token.kind != Kind::Symbol || !token.spaced() || doc.text(sign) != "%" {
            continue;
        }
        let glued = doc
            .tokens
            .get(sign + 1)
            .is_some_and(|t| t.kind == Kind::Word && !t.spaced());
        if !glued {
            let number = doc.text(numeral.token);
            let (better, message) = match sink.style().percent.unwrap_or(Percent::Sign) {
                Percent::Sign => (format!("{number}%"), "English closes up the percent sign"),
                Percent::Word => (format!("{number} percent"), "The house writes the word"),
                Percent::Words => (format!("{number} per cent"), "The house writes the words"),
            };
            sink.report(
                doc.span(numeral.token..sign + 1),
                format!("{message}: {better}."),
            )
            .mend(better);
        }
    }
}
