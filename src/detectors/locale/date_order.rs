//! The rule `date-order`: “24 of February of 2022”.
use crate::text::dates::{self, capitalised};
use crate::words::class;
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Shape, Sink, Status};

/// A date is put together with “of” after the Spanish.
pub static RULE: Rule = Rule {
    id: "date-order",
    group: Group::Locale,
    severity: Severity::Minor,
    status: Status::Stable,
    mqm: Mqm::DateFormat,
    summary: "A date is put together with “of” after the Spanish.",
    why: "*El 24 de febrero de 2022* is February 24, 2022 in American papers and 24 February 2022 in British ones. “The 24th of February” is said, not printed; “24 of February” and “of 2022” after a day are neither.",
    flag: &[
        "It began on {24 of February of 2022=>24 February 2022} at dawn.",
        "He was born on {the 5 of May=>5 May} in Lima.",
        "The poll of {February 24 of 2022=>February 24, 2022} was void.",
        "It was signed on {the 9th of July of 1816=>9 July 1816}.",
        "It opens on {day 14 of june=>14 June}, said the mayor.",
        "On March 3, 2021, and again on {4 of April of 2022=>April 4, 2022}, he paid.",
        "The ruling of {7 November of 2023=>7 November 2023} stands.",
    ],
    pass: &[
        "The war began on the 24th of February.",
        "Fidel Castro led the 26 of July Movement.",
        "The 25 of April Bridge is in Lisbon.",
        "It was in June of 2006.",
        "I was sent there on March 1st of 2004.",
        "Only 3 of May’s ministers stayed.",
        "He is on the top 10 of May, says the magazine.",
        "In 2010, 12 of March Madness’s favourites lost.",
        "The 4th of July of that year was hot.",
        "Some 20 of August’s 31 days were dry.",
        "On 24 February 2022 and on February 24, 2022.",
    ],
    lexicon: "",
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    let mut month_first = None;
    for &token in doc.of_kind(Kind::Number) {
        let token = token as usize;
        let Some((span, day, month, year)) = dated(doc, token) else {
            continue;
        };
        let order = || {
            sink.style()
                .month_first()
                .unwrap_or_else(|| dates::month_first(doc))
        };
        let month_first = *month_first.get_or_insert_with(order);
        let better = dates::write(day, &capitalised(doc.text(month)), year, month_first);
        sink.report(
            doc.span(span),
            format!("English prints this date as {better}."),
        )
        .mend(better);
    }
}

type Dated<'a> = (std::ops::Range<usize>, u32, usize, Option<&'a str>);

/// The date that starts with the day or ends with the year `token`, if it is put together the
/// Spanish way: its tokens, day, month and year.
fn dated(doc: &Document, token: usize) -> Option<Dated<'_>> {
    if let Some(day) = dates::day(doc, token) {
        return day_of_month(doc, token, day);
    }
    let year = dates::year(doc, token)?;
    let word = |back: usize| token.checked_sub(back).map(|t| doc.text(t));
    let is_month = |back: usize| {
        token
            .checked_sub(back)
            .is_some_and(|t| doc.tokens[t].is(class::MONTHS) && doc.tokens[t].has(Shape::CAPITAL))
    };
    if !matches!(word(1), Some("of" | "de")) || token < 3 {
        return None;
    }
    // “February 24 of 2022”; Americans do say “March 1st of 2004”
    if is_month(3)
        && doc.tokens[token - 2].kind == Kind::Number
        && let Some(day) = dates::day(doc, token - 2)
    {
        return Some((token - 3..token + 1, day, token - 3, Some(year)));
    }
    if !is_month(2) {
        return None;
    }
    // “9th of July of 1816”; “9 of July of 1816” is found by its day
    if word(3) == Some("of") && token >= 4 {
        let day =
            dates::day(doc, token - 4).filter(|_| doc.tokens[token - 4].kind == Kind::Word)?;
        return Some((
            with_article(doc, token - 4)..token + 1,
            day,
            token - 2,
            Some(year),
        ));
    }
    // “7 November of 2023”
    let day = dates::day(doc, token - 3)?;
    Some((
        with_article(doc, token - 3)..token + 1,
        day,
        token - 2,
        Some(year),
    ))
}

/// “24 of February”, “24 of February of 2022”
fn day_of_month(doc: &Document, token: usize, day: u32) -> Option<Dated<'_>> {
    let month = token + 2;
    let named = doc.tokens.get(month)?;
    if doc.text(token + 1) != "of" || !named.is(class::MONTHS) || named.has(Shape::POSSESSIVE) {
        return None;
    }
    // “March” and “May” are also names, and the words before may count: “the top 10 of May”.
    let counted = token > 0
        && (matches!(
            doc.text(token - 1),
            "top"
                | "Top"
                | "only"
                | "Only"
                | "number"
                | "No"
                | "page"
                | "chapter"
                | "best"
                | "some"
                | "Some"
                | "all"
                | "of"
                | "first"
                | "last"
                | "than"
                | "least"
        ) || doc.tokens[token - 1].kind == Kind::Symbol);
    if counted {
        return None;
    }
    let next = doc.tokens.get(month + 1);
    let year = matches!(next.map(|_| doc.text(month + 1)), Some("of" | "de"))
        .then(|| dates::year(doc, month + 2))
        .flatten();
    // “the 26 of July Movement”
    let name = next.is_some_and(|t| {
        t.kind == Kind::Word && t.has(Shape::CAPITAL) && !t.is(class::FUNCTION_WORDS)
    });
    let verb =
        !named.has(Shape::CAPITAL) && matches!(doc.text(month), "may" | "march") && year.is_none();
    if name || verb {
        return None;
    }
    let (end, year) = match (year, dates::year(doc, month + 1)) {
        (Some(year), _) => (month + 3, Some(year)),
        (None, Some(year)) => (month + 2, Some(year)),
        (None, None) => (month + 1, None),
    };
    Some((with_article(doc, token)..end, day, month, year))
}

/// Takes in “the”, “day” and “the day” before a date.
fn with_article(doc: &Document, first: usize) -> usize {
    let is = |t: Option<usize>, word: &str| t.is_some_and(|t| doc.text(t) == word);
    let mut start = first;
    for word in ["day", "the"] {
        if is(start.checked_sub(1), word) {
            start -= 1;
        }
    }
    start
}
