//! Roles and pairs over the habits of newspapers, and the invariants over any text.
use super::reader::Reader;
use super::*;
use proptest::prelude::*;

/// One sign a mark: `(` `)` paired, `[` `]` unpaired, `<` continued, `'` apostrophe, `"` prime, `?`.
fn roles(text: &str) -> String {
    let doc = Document::plain(text);
    doc.quotations()
        .marks()
        .iter()
        .map(|m| match m.role {
            Role::Open if m.continued => '<',
            Role::Open if m.unpaired() => '[',
            Role::Open => '(',
            Role::Close if m.unpaired() => ']',
            Role::Close => ')',
            Role::Apostrophe => '\'',
            Role::Prime => '"',
            Role::Unknown => '?',
        })
        .collect()
}

/// What stands in quotations, each with its level.
fn quoted(text: &str) -> Vec<(String, u32)> {
    let doc = Document::plain(text);
    let quotations = doc.quotations();
    quotations
        .pairs()
        .iter()
        .map(|p| (doc.slice(quotations.span(p)).to_owned(), p.level))
        .collect()
}

#[test]
fn quotations_of_every_style() {
    for text in [
        "“We won,” he said.",
        "He said “no”; she said nothing.",
        "\"We won,\" he said.",
        "the ‘popular’ party",
        "the 'popular' party",
        "the «investiture» vote",
        "he said: « we are ready »",
        "the ‹small› ones",
        "„Wir“ it said",
        "„Wir” it said",
        "the ``new'' deal",
        "the `new` deal",
        "the `new' deal",
        "the ''new'' deal",
        "the ‘‘new’’ deal",
        "\"\"We won\"\" it said",
        "that »we must not«.",
        "it says ”we must“.",
        "he called it “historic “ and left",
        "he called it \"historic \" and left",
        "he called it \"historic \"and left",
        "a “structural adjustment. ”Its president",
        "said:\"On Thursday\" he",
        "they said,\" to keep\" on",
        "the so-called ‘Pilar” statue",
        "(“We won”)",
        "—“We won”—",
        "“…and then he left”",
        "“.com bubble”",
        "the \"$5 million\" deal",
    ] {
        assert_eq!(roles(text), "()", "{text}");
    }
}

#[test]
fn quotations_in_quotations() {
    assert_eq!(roles("“He told me ‘go’ and I went,” she said."), "(())");
    assert_eq!(roles("‘He told me “go” and I went,’ she said."), "(())");
    assert_eq!(roles("“‘No,’ he said, ‘never’.”"), "(()())");
    assert_eq!(roles("“I said ‘no.’”"), "(())");
    assert_eq!(roles("‘He said ‘no’’"), "?()");
    assert_eq!(roles("\"He told me 'go',\" she said."), "(())");
    assert_eq!(roles("«He said “no” and left»"), "(())");
    assert_eq!(
        quoted("“He told me ‘go’,” she said, “and ‘I went’.”"),
        [
            ("“He told me ‘go’,”".to_owned(), 0),
            ("‘go’".to_owned(), 1),
            ("“and ‘I went’.”".to_owned(), 0),
            ("‘I went’".to_owned(), 1),
        ]
    );
}

#[test]
fn apostrophes_and_primes() {
    for text in [
        "the boys’ room",
        "the boys' room",
        "James’ car",
        "back in the ’90s",
        "back in the '90s",
        "back in the ‘90s",
        "the class of ’98",
        "’Tis the season",
        "they were runnin’ away",
        "Radio 4's programme",
        "Spain ’s economy",
        "I don´t know",
    ] {
        assert_eq!(roles(text), "'", "{text}");
    }
    for text in [
        "rock ’n’ roll",
        "rock 'n' roll",
        "rock ‘n’ roll",
        "the boys’ and girls’ teams",
    ] {
        assert_eq!(roles(text), "''", "{text}");
    }
    assert_eq!(roles("‘I love rock ’n’ roll’"), "('')");
    assert_eq!(roles("‘the boys’ room is here’ he said"), "(')");
    assert_eq!(roles("‘the boys’ said “the girls’ room”"), "()(')");
    assert_eq!(roles("“the ‘boys’ room” and the girls’ room"), "(())'");
    assert_eq!(roles("He is 6'2\" tall"), "\"\"");
    assert_eq!(roles("\"He is 6'2\" tall,\" she said"), "(\"\")");
    assert_eq!(roles("a 5\" pipe, a 27” screen"), "\"\"");
    assert_eq!(roles("He scored (12’) and (45')"), "\"\"");
    assert_eq!(roles("6′2″"), "\"\"");
    assert_eq!(roles("the \"Apollo 11\" crew"), "()");
}

#[test]
fn marks_without_partner() {
    assert_eq!(roles("“We will go, he said, and left."), "[");
    assert_eq!(roles("He left. It was time”."), "]");
    assert_eq!(roles("the United Nations charter “, a comment"), "]");
    assert_eq!(roles("for the »joint search for peace"), "[");
    assert_eq!(roles("said that \"the law is void."), "[");
    assert_eq!(roles("said ‘popular are in favour."), "[");
    // A straight single mark may be anything.
    assert_eq!(roles("said 'popular are in favour."), "?");
    assert_eq!(roles("Home » Sport » Football"), "??");
    assert_eq!(roles("Read more »"), "?");
}

#[test]
fn quotations_over_paragraphs() {
    assert_eq!(roles("“We won.\n\n“We lost,” he said."), "<()");
    assert_eq!(roles("\"We won.\n\n\"We lost,\" he said."), "<()");
    assert_eq!(roles("He said: “We won. “We lost,” he said."), "<()");
    assert_eq!(
        roles("“We won.\n\nWe lost,” he said and left the house."),
        "()"
    );
    assert_eq!(
        roles("“We won.\n\nHe left the house.\n\n“We lost,” he said."),
        "<()"
    );
    assert_eq!(
        roles("He said “we won and left.\n\nThen “we lost” it was."),
        "[()"
    );
}

#[test]
fn the_quotation_around_a_place() {
    let text = "a “b ‘c’ d” e “f”";
    let doc = Document::plain(text);
    let around = |what: &str| {
        let byte = text.find(what).expect("it is there") as u32;
        let quotations = doc.quotations();
        let pair = quotations.around(byte)?;
        Some(doc.slice(quotations.span(pair)))
    };
    assert_eq!(around("a"), None);
    assert_eq!(around("c"), Some("“b ‘c’ d”"));
    assert_eq!(around("d"), Some("“b ‘c’ d”"));
    assert_eq!(around("e"), None);
    assert_eq!(around("f"), Some("“f”"));
}

#[test]
fn open_quotations_cost_a_bounded_number_of_steps() {
    for unit in [
        "“a ",
        "\" a ",
        "‘s’ ",
        "« ",
        "»a ",
        "\"a.\n\n",
        "“‘«\"a”’»\" ",
    ] {
        let count = 20_000;
        let doc = Document::plain(&unit.repeat(count));
        let marks = marks(&doc);
        let (number, (_, steps)) = (marks.len(), Reader::new(&doc, marks).read());
        assert!(steps <= number * 40, "{unit:?}: {steps} for {number} marks");
    }
}

proptest! {
    #[test]
    fn marks_have_one_role_and_pairs_nest(text in "([a-zA-Z0-9]{1,3}|[“”‘’\"'«»‹›„‚`´′]|[ .,:()\n-]){0,80}") {
        let doc = Document::plain(&text);
        let quotations = doc.quotations();
        for (number, mark) in quotations.marks().iter().enumerate() {
            prop_assert!(doc.plain.get(mark.span.range()).is_some());
            if let Some(partner) = mark.partner {
                prop_assert_eq!(quotations.mark(partner).partner, Some(number as u32));
                prop_assert!(matches!(mark.role, Role::Open | Role::Close));
            }
        }
        let pairs = quotations.pairs();
        for (number, pair) in pairs.iter().enumerate() {
            prop_assert!(pair.open < pair.close);
            prop_assert_eq!(quotations.mark(pair.open).role, Role::Open);
            prop_assert_eq!(quotations.mark(pair.close).role, Role::Close);
            prop_assert_eq!(quotations.mark(pair.open).partner, Some(pair.close));
            let around: Vec<_> = pairs[..number].iter().filter(|p| p.close > pair.open).collect();
            prop_assert_eq!(around.len(), pair.level as usize);
            prop_assert!(around.iter().all(|p| p.close > pair.close));
        }
        let paired = quotations.marks().iter().filter(|m| m.partner.is_some()).count();
        prop_assert_eq!(paired, pairs.len() * 2);
    }
}
