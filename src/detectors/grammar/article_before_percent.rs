//! The rule `article-before-percent`: “the 60% of the cuts”, “a 4%”.
use crate::text::numbers::percent_after;
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A percentage has an article.
pub static RULE: Rule = Rule {
    id: "article-before-percent",
    group: Group::Grammar,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::Grammar,
    summary: "A percentage has an article.",
    why: "Spanish percentages take an article: *el 60 % de los recortes*, *subió un 4 %*. English has none, “60% of the cuts”, “rose by 4%”, unless the percentage is singled out: “the 10% who earn least”, “a 4% rise”.",
    flag: &[
        "In his opinion, {the 60% of=>60% of} the cuts falls on the poor.",
        "{The 80 percent of=>80 percent of} young people live with their parents.",
        "The stock market closed with a fall of {the 2.31%=>2.31%}, dragged down by the banks.",
        "The charge will rise {a 4%=>4%} and the salaries will be frozen.",
        "It is {a 7.3%=>7.3%} less than last year.",
        "The biggest faller was the bank, {a 5.12%=>5.12%}.",
        "{A 30%=>30%} of the population is poor.",
        "{The 80% of=>80% of} voters reject it.",
        "Sales grew {an 8 per cent=>8 per cent} in May.",
    ],
    pass: &[
        "The 10% of households that earn the least have been shielded.",
        "It was far short of the 2.3% in the government’s budget.",
        "The 12% of residents who have children voted for it.",
        "She expects a 0.5% rise and a 5%, 10% or 15% cut.",
        "He has a 99.8% rating and a 50 per cent chance.",
        "It uses a 40% more efficient engine.",
        "They kept the 15% of the vote won in 2019.",
        "Growth was below the 3.1% of last year.",
        "The 2% of GDP target was missed.",
        "The rise was less than the 30% rise in 2012.",
        "He bought a 5% or 6% stake.",
        "The 40% of seats held by women was a record.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for numeral in &doc.numerals().all {
        let Some(article) = numeral.token.checked_sub(1) else {
            continue;
        };
        if !doc.tokens[article].is(class::ARTICLES) {
            continue;
        }
        let Some(percent) = percent_after(doc, numeral.token) else {
            continue;
        };
        let definite = doc.text(article).eq_ignore_ascii_case("the");
        let end = if !definite {
            is_bare_rise(doc, percent).then_some(percent + 1)
        } else if is_share(doc, percent + 1) {
            Some(percent + 2)
        } else {
            is_change(doc, article, percent).then_some(percent + 1)
        };
        if let Some(end) = end {
            let better = doc.slice(doc.span(numeral.token..end));
            sink.report(
                doc.span(article..end),
                format!("A percentage has no article in English: “{better}”."),
            )
            .mend(better);
        }
    }
}

/// Whether “of” and a noun phrase follow that nothing narrows down: no relative clause, no
/// participle, no year.
fn is_share(doc: &Document, of: usize) -> bool {
    if doc.tokens.get(of).is_none() || doc.text(of) != "of" {
        return false;
    }
    let end = doc.tokens_of(doc.sentence_of(of)).end;
    let mut words = 0;
    for t in of + 1..end.min(of + 13) {
        let token = &doc.tokens[t];
        match token.kind {
            Kind::Word => {}
            Kind::Hyphen | Kind::Quote => continue,
            Kind::Number => return words > 2,
            _ => break,
        }
        words += 1;
        let narrowed = matches!(
            doc.text(t),
            "that"
                | "who"
                | "which"
                | "whose"
                | "whom"
                | "where"
                | "when"
                | "last"
                | "year"
                | "target"
                | "goal"
                | "threshold"
                | "limit"
                | "mark"
                | "figure"
                | "level"
                | "benchmark"
                | "pledge"
                | "rule"
                | "ceiling"
                | "requirement"
                | "commitment"
        ) || token.is(class::SUBJECT_PRONOUNS) && !is_object(doc, t)
            || token.is(class::MONTHS)
            || doc.is_participle(t) && !token.is(class::AUXILIARIES);
        if narrowed {
            return false;
        }
        // The verb of the sentence ends the noun phrase.
        if token.is(class::AUXILIARIES) {
            break;
        }
    }
    words > 0
}

/// Whether “it” or “you” ends its clause.
fn is_object(doc: &Document, token: usize) -> bool {
    doc.tokens
        .get(token + 1)
        .is_none_or(|t| t.kind != Kind::Word || t.is(class::PREPOSITIONS))
}

/// “a fall of the 2.31%”, at the end of its phrase
fn is_change(doc: &Document, article: usize, percent: usize) -> bool {
    let change = article >= 2
        && doc.text(article - 1) == "of"
        && matches!(
            doc.text(article - 2),
            "fall"
                | "rise"
                | "increase"
                | "drop"
                | "growth"
                | "decline"
                | "decrease"
                | "loss"
                | "gain"
                | "reduction"
                | "advance"
                | "descent"
        );
    change
        && doc
            .tokens
            .get(percent + 1)
            .is_none_or(|t| t.kind != Kind::Word || t.is(class::PREPOSITIONS))
}

/// Whether no noun follows “a 4%”: it ends the phrase, or is compared.
fn is_bare_rise(doc: &Document, percent: usize) -> bool {
    let Some(next) = doc.tokens.get(percent + 1) else {
        return true;
    };
    let follows =
        |t: usize, words: &[&str]| doc.tokens.get(t).is_some() && words.contains(&doc.text(t));
    // “a 5%, 10% or 15% cut”, “a 4% and a 5% rise”
    let another = (percent + 2..percent + 4)
        .any(|t| doc.tokens.get(t).is_some_and(|t| t.kind == Kind::Number));
    match next.kind {
        Kind::Stop | Kind::Close | Kind::Semicolon => true,
        Kind::Comma => !another,
        Kind::Word if next.has(Shape::CAPITAL) => false,
        Kind::Word => match doc.text(percent + 1) {
            "less" | "more" | "fewer" | "higher" | "lower" => {
                follows(percent + 2, &["than"])
                    || doc
                        .tokens
                        .get(percent + 2)
                        .is_none_or(|t| matches!(t.kind, Kind::Stop | Kind::Comma))
            }
            "of" => doc
                .tokens
                .get(percent + 2)
                .is_some_and(|t| t.is(class::DETERMINERS)),
            "than" | "compared" => true,
            "and" => !another,
            "in" => doc
                .tokens
                .get(percent + 2)
                .is_some_and(|t| t.kind == Kind::Word && !follows(percent + 2, &["the"])),
            _ => false,
        },
        _ => false,
    }
}
