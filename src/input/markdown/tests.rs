//! Files of Markdown, what is read of them, and that every word leads back.
use crate::input::{self, Format, Options, ReadError, Story, escape, testing};
use crate::text::Span;
use proptest::prelude::*;

fn story_with(text: &str, keys: &[&str]) -> Story {
    let options = Options {
        front_matter: keys.iter().map(|&key| key.to_owned()).collect(),
        ..Options::default()
    };
    let read = input::read(text.as_bytes().to_vec(), Format::Markdown, &options);
    let mut stories = read.unwrap_or_else(|e| panic!("{text}: {e}")).stories;
    stories.pop().expect("a story")
}

/// The blocks of a file, each with the first letter of its kind.
fn blocks_with(text: &str, keys: &[&str]) -> String {
    testing::lettered(&story_with(text, keys))
}

fn blocks(text: &str) -> String {
    blocks_with(text, &[])
}

/// Where the file writes a part of the text, and how it can be written there.
fn source<'a>(file: &'a str, part: &str) -> (&'a str, Option<escape::Escapes>) {
    let story = story_with(file, &[]);
    let at = story.document.plain.find(part).expect("the part");
    let span = Span::new(at, at + part.len());
    (
        &file[story.document.map.source(span).range()],
        story.escapes(span),
    )
}

#[test]
fn text_is_read_as_a_page_shows_it() {
    let cases = [
        ("# One\n\nTwo\nthree\n\nFour", "H:One|B:Two three|B:Four"),
        ("One\n===\ntwo  \nthree\\\nfour", "H:One|B:two\nthree\nfour"),
        (
            "One **Toka**yev, *two* ~~x~~ three",
            "B:One Tokayev, two three",
        ),
        (
            "- One\n- Two\n\n  Three\n  - Four\n1. Five",
            "I:One|I:Two|I:Three|I:Four|I:Five",
        ),
        ("> One\n> two\n>\n> - Three", "B:One two|I:Three"),
        ("| A | B |\n|---|---|\n| 1 | *2* |", "I:A|I:B|I:1|I:2"),
        (
            "Rose\\* 3 \\# &amp; caf&eacute; \\\\*x*",
            "B:Rose* 3 # & café \\x",
        ),
        (
            "See [the *report*](http://x.es \"t\") and [this][r].\n\n[r]: http://y.es 'no'",
            "B:See the report and this.",
        ),
        (
            "One ![a *big* cat](x.jpg \"t\") two\n\n![Alone](y.jpg)",
            "B:One two|C:a big cat|C:Alone",
        ),
        (
            "Run `x y`, the ``z``.\n\n```\ncode\n```\n\n    more code\n",
            "B:Run □, the □.",
        ),
        ("One[^1] two.\n\n[^1]: Three.", "B:One two.|B:Three."),
        (
            "One<br>two <!-- x -->three <span class=\"x\">four</span>",
            "B:One\ntwo three four",
        ),
        (
            "<div>\n<p>One &amp; <b>two</b></p><script>x</script>\n</div>\n\nThree",
            "B:One & two|B:Three",
        ),
        ("- <p>One\n  two</p>\n\n- three", "B:One two|I:three"),
        ("## One {#id .x}\n\n---\n\n- [x] Two", "H:One|I:Two"),
        ("One\r\ntwo\r\n\r\nThree", "B:One two|B:Three"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(blocks(text), expected, "{text}");
    }
}

#[test]
fn front_matter_is_prose_where_it_is_prose() {
    let cases = [
        (
            "---\ntitle: One\nslug: x\ntags: [a, b]\n---\nTwo",
            "H:One|B:Two",
        ),
        (
            "---\n# c\nsummary: \"The \\\"sum\\\" \\u00e9\"\ntitle: 'It''s one'\n---\n",
            "B:The \"sum\" é|H:It's one",
        ),
        (
            "---\ndescription: >\n  One\n  two\n\n  three\ncaption: |\n  Four\n  five\n---\nSix",
            "B:One two\nthree|C:Four\nfive|B:Six",
        ),
        (
            "---\nimage:\n  - title: One\n    caption: {caption: Two}\n? [a]\n: title\nx: &a title\ny: *a\nheadline: Three\n---\n",
            "H:One|C:Two|H:Three",
        ),
        ("---\ntitle: One\n...\nTwo", "H:One|B:Two"),
        (
            "+++\ntitle = \"One \\\"two\\\"\"\ndate = 2024-01-01\n[params]\nsubtitle = 'Three'\nsummary = \"\"\"\nFour \\\n  five\nsix\"\"\"\n[[x]]\ncaption = '''Seven'''\n+++\nEight",
            "H:One \"two\"|H:Three|B:Four five\nsix|C:Seven|B:Eight",
        ),
        ("---\r\ntitle: One\r\n---\r\nTwo", "H:One|B:Two"),
        (
            "---\ndescription: One two.\n---\nOne *two*. Three.",
            "B:One two. Three.",
        ),
        (
            "---\n\nNews: the king spoke\n\n---\n\nTwo",
            "B:News: the king spoke|B:Two",
        ),
        ("---\nOne two\n---\nThree", "H:One two|B:Three"),
        ("---\ntitle: One", "B:title: One"),
        ("----\ntitle: One\n---\n", "H:title: One"),
    ];
    for (text, expected) in cases {
        assert_eq!(blocks(text), expected, "{text}");
    }
    let text = "---\nteaser: One\nkicker: Two\n---\nThree";
    assert_eq!(blocks_with(text, &["teaser"]), "B:One|B:Three");
}

#[test]
fn broken_front_matter_is_an_error_with_its_place() {
    for (text, place) in [
        ("---\ntitle: \"One\nx: y\n---\nTwo", "2:"),
        ("---\ntitle: Madrid: the budget\n---\nTwo", "2:"),
        ("+++\ntitle = One\n+++\nTwo", "2:9:"),
    ] {
        let read = input::read(text.into(), Format::Markdown, &Options::default());
        let Err(fault @ ReadError::Malformed { .. }) = read.map(|_| ()) else {
            panic!("{text}: no fault");
        };
        assert!(fault.to_string().starts_with(place), "{fault}");
    }
}

#[test]
fn fixes_can_be_written_where_the_text_is_in_one_piece() {
    let file = "---\ntitle: One two\nsubtitle: 'It''s three'\nheadline: \"Four \\\"five\\\"\" # x\nsummary: >\n  Six\n  seven\n---\n\n# R\\&D for\n\n**Toka**yev &amp; co\n\n<p>Eight &lt; nine</p>\n\n> a\n> b c";
    let cases = [
        ("One two", "One two", None),
        ("It's", "It''s", Some(escape::YAML_SINGLE)),
        ("Four \"five\"", "Four \\\"five\\\"", Some(escape::JSON)),
        ("Six seven", "Six\n  seven", None),
        ("R&D", "R\\&D", Some(escape::MARKDOWN)),
        ("Tokayev", "Toka**yev", None),
        ("Toka", "Toka", Some(escape::MARKDOWN)),
        ("& co", "&amp; co", Some(escape::MARKDOWN)),
        ("Eight <", "Eight &lt;", Some(escape::HTML)),
        ("a b", "a\n> b", None),
        ("b c", "b c", Some(escape::MARKDOWN)),
    ];
    for (part, there, escapes) in cases {
        assert_eq!(source(file, part), (there, escapes), "{part}");
    }
}

#[test]
fn comments_for_asador_are_noted() {
    let file = "<!-- asador-ignore-file x -->\n\nOne <!-- asador-y --> two\n\n- a\n\n  <!--\n  asador-z\n  -->\n";
    let story = story_with(file, &[]);
    let notes: Vec<&str> = story
        .notes
        .iter()
        .map(|n| &file[n.source.range()])
        .collect();
    let expected = [
        "<!-- asador-ignore-file x -->",
        "<!-- asador-y -->",
        "<!--\n  asador-z\n  -->",
    ];
    assert_eq!(notes, expected);
    assert_eq!(story.notes[1].text.trim(), "asador-y");
}

#[test]
fn depth_has_a_bound() {
    let deep = |mark: &str| mark.repeat(300) + " One";
    for text in [
        deep("> "),
        deep(">"),
        deep("- "),
        deep("1. "),
        deep("  ") + "\n" + &deep("  ").replace("One", "- a"),
    ] {
        let read = input::read(text.into_bytes(), Format::Markdown, &Options::default());
        assert!(matches!(read, Err(ReadError::Malformed { .. })));
    }
    for text in ["-".repeat(300), "*".repeat(300), deep("  "), deep("| a ")] {
        let read = input::read(text.into_bytes(), Format::Markdown, &Options::default());
        assert!(read.is_ok());
    }
}

/// What a token is in the file, without what Markdown adds to it.
fn decoded(there: &str) -> String {
    let mut text = String::new();
    for token in html5gum::Tokenizer::new(there) {
        if let Ok(html5gum::Token::String(string)) = token {
            text.push_str(&String::from_utf8_lossy(&string.value));
        }
    }
    bare(&text)
}

/// The same for a token: the marks may be text as well.
fn bare(text: &str) -> String {
    let text = text.replace("\\u00e9", "é").replace("''", "'");
    text.trim_end().replace(['\\', '*', '_', '~'], "")
}

fn holds_places(file: &str) -> Result<(), TestCaseError> {
    let read = input::read(file.into(), Format::Markdown, &Options::default());
    let Ok(read) = read else {
        return Ok(());
    };
    let document = &read.stories[0].document;
    for token in &document.tokens {
        let text = document.slice(token.span);
        let source = document.map.source(token.span);
        let there = file.get(source.range());
        prop_assert!(there.is_some(), "{:?}: {:?} at {:?}", file, text, source);
        let there = there.unwrap_or("");
        // A value that is written in a way which cannot be followed is one unit, and read-only.
        let whole = read.stories[0].escapes(token.span).is_none()
            && (there.contains(text) || decoded(there).contains(&bare(text)));
        if !text.contains('□') && !whole {
            prop_assert_eq!(decoded(there), bare(text), "{:?}: {:?}", file, there);
        }
    }
    Ok(())
}

const PIECES: &[&str] = &[
    "Toka",
    "yev",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "é",
    "’",
    ".",
    ",",
    "&amp;",
    "&eacute;",
    "&nbsp;",
    "&x;",
    "&",
    "*",
    "**",
    "_",
    " ~~",
    "~~ ",
    "\\",
    "\\*",
    "\\\\",
    "`",
    "``",
    "> ",
    "- ",
    "1. ",
    "# ",
    "    ",
    " [",
    "](x) ",
    " ![",
    "]",
    "<b>",
    "</b>",
    "<p>",
    "\n<div>\n",
    "</div>\n\n",
    "<br>",
    " <!-- x --> ",
    "|",
    "\n|---|---|\n",
    "[^1] ",
    "\n[^1]: ",
    "---\n",
    "title: ",
    "summary: ",
    ">\n  ",
    "'",
    "''",
    "\"",
    "\\\"",
    "\\u00e9",
    "+++\n",
    "title = ",
    "```\n",
];

proptest! {
    /// Every token is in the file what it is in the text.
    #[test]
    fn every_token_leads_back(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        holds_places(&pieces.concat())?;
    }

    /// The same where the file begins with front matter.
    #[test]
    fn every_value_leads_back(
        marks in proptest::sample::select(&["---\ntitle: ", "---\ntitle: \"", "---\ntitle: '", "---\nsummary: >\n  ", "+++\ntitle = \"", "+++\ntitle = \"\"\"", "+++\ntitle = '"][..]),
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..8),
    ) {
        let close = match marks.bytes().last() {
            Some(b'"') if marks.ends_with("\"\"\"") => "\"\"\"",
            Some(b'"') => "\"",
            Some(b'\'') => "'",
            _ => "",
        };
        let file = format!("{marks}{}{close}\n{}\nText", pieces.concat(), &marks[..3]);
        holds_places(&file)?;
    }

    #[test]
    fn nothing_panics(text in "(---\n|\\+\\+\\+\n|)([<>&;\\\\\"'*_`#|:=~!\\[\\]() a-c\n\r\t{}-]|\\PC){0,60}(---|)") {
        let _ = input::read(text.into_bytes(), Format::Markdown, &Options::default());
    }
}
