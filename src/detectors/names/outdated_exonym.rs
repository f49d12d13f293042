//! The rule `outdated-exonym`: its lexicon, but for words that are quoted as words.
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status, lexicon};

/// English style has moved on to another spelling of this place.
pub static RULE: Rule = Rule {
    id: "outdated-exonym",
    group: Group::Names,
    severity: Severity::Neutral,
    status: Status::Stable,
    mqm: Mqm::Spelling,
    summary: "English style has moved on to another spelling of this place.",
    why: "Most English newsrooms now take Ukrainian places from Ukrainian (Kyiv, Luhansk, Zaporizhzhia). Spanish papers, and systems trained on older texts, keep the Russian forms. House styles differ: advice only.",
    flag: &[],
    pass: &["One reader complained that ‘Kiev’ had been good enough for 40 years."],
    lexicon: include_str!("../../../corpora/lexicon/outdated-exonym.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let is_quote = |t: usize| doc.tokens.get(t).is_some_and(|t| t.kind == Kind::Quote);
    for hit in sink.hits() {
        // A complaint that ‘Kiev’ had been good enough is about the word.
        let quoted = is_quote((hit.from as usize).wrapping_sub(1)) && is_quote(hit.to as usize);
        if !quoted {
            lexicon::report_hit(doc, hit, sink);
        }
    }
}
