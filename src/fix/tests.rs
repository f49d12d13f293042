use super::*;
use crate::input::{self, Format, Options};
use crate::{Linter, Severity, detectors};
use proptest::prelude::*;

/// A finding for every place of a word, with one fix.
fn finding(rule: &str, span: Span, text: &str, safety: Safety) -> Finding {
    Finding {
        rule: detectors::by_id(rule).expect("the rule exists"),
        severity: Severity::Minor,
        span,
        message: String::new(),
        spanish: String::new(),
        fixes: vec![Fix {
            edits: vec![Edit {
                span,
                text: text.to_owned(),
            }],
            safety,
        }],
        related: Vec::new(),
        waiver: None,
    }
}

/// A check that wants words replaced: the rule, the word, the replacement.
type Wish = (&'static str, &'static str, &'static str);

fn wishes(story: &Story, wishes: &[Wish], safety: Safety) -> Vec<Finding> {
    let plain = &story.document.plain;
    let all = wishes.iter().flat_map(|&(rule, word, text)| {
        plain
            .match_indices(word)
            .map(move |(at, _)| finding(rule, Span::new(at, at + word.len()), text, safety))
    });
    all.collect()
}

fn mended_as(format: Format, bytes: &[u8], all: &[Wish], safety: Safety) -> Mended {
    let read = |bytes| input::read(bytes, format, &Options::default());
    let mender = Mender {
        read: &read,
        check: &|_, story| wishes(story, all, safety),
        with_unsafe: false,
    };
    mender.mend(read(bytes.to_vec()).expect("a story"))
}

fn mended(text: &str, all: &[Wish]) -> String {
    let mended = mended_as(Format::Text, text.as_bytes(), all, Safety::Safe);
    String::from_utf8(mended.bytes).expect("UTF-8")
}

const ONE: &str = "calque";
const TWO: &str = "false-friend";

#[test]
fn of_fixes_that_overlap_the_earliest_and_longest_is_first() {
    let all = &[(ONE, "b c", "x"), (TWO, "a b c", "y")];
    assert_eq!(mended("a b c d", all), "y d");
    let all = &[(ONE, "b c d", "x"), (TWO, "a b", "y")];
    assert_eq!(mended("a b c d", all), "y c d");
    // The other has its turn when the first is done.
    let all = &[(ONE, "b c", "x"), (TWO, "a b", "a b,")];
    assert_eq!(mended("a b c", all[..1].as_ref()), "a x");
    let all = &[(ONE, "b, c", "x"), (TWO, "a b ", "a b, ")];
    assert_eq!(mended("a b c", all), "a x");
    // Side by side is not overlapping.
    let all = &[(ONE, "ab", "x"), (TWO, "cd", "y")];
    assert_eq!(mended("abcd", all), "xy");
}

#[test]
fn a_fix_that_never_rests_is_stopped_and_named() {
    for all in [
        &[(ONE, "a", "aa"), (TWO, "day", "night")][..],
        &[(ONE, "a", "e"), (ONE, "e", "a"), (TWO, "day", "night")],
    ] {
        let mended = mended_as(Format::Text, b"a day", all, Safety::Safe);
        assert_eq!(String::from_utf8_lossy(&mended.bytes), "a night");
        assert_eq!(mended.restless, [ONE]);
        assert_eq!((mended.fixed, mended.left.findings > 0), (1, true));
    }
}

#[test]
fn unsafe_fixes_are_counted() {
    let all = &[(ONE, "a", "e")];
    let mended = mended_as(Format::Text, b"a day", all, Safety::Unsafe);
    assert_eq!(mended.bytes, b"a day");
    assert_eq!((mended.left.findings, mended.left.with_unsafe), (2, 2));
}

#[test]
fn a_waived_finding_stays() {
    let read = |bytes| input::read(bytes, Format::Text, &Options::default());
    let check = |_: &Input, story: &Story| {
        let mut all = wishes(story, &[(ONE, "a", "e")], Safety::Safe);
        all[0].waiver = Some(crate::Waiver {
            by: crate::WaivedBy::Comment,
            reason: String::new(),
        });
        all
    };
    let mender = Mender {
        read: &read,
        check: &check,
        with_unsafe: false,
    };
    let mended = mender.mend(read(b"a day".to_vec()).expect("a story"));
    assert_eq!(mended.bytes, b"a dey");
    assert_eq!(mended.left, Left::default());
}

#[test]
fn a_deleted_line_leaves_no_hole() {
    let all = &[(ONE, "Share this", "")];
    for (text, expected) in [
        ("Share this\n\nOne.\n", "One.\n"),
        ("One.\n\nShare this\n\nTwo.\n", "One.\n\nTwo.\n"),
        (
            "One.\r\n\r\nShare this\r\n\r\nTwo.\r\n",
            "One.\r\n\r\nTwo.\r\n",
        ),
        ("One.\nShare this\n\nTwo.", "One.\n\nTwo."),
        ("One.\r\nShare this\r\nTwo.", "One.\r\nTwo."),
        ("One.\n\nShare this\n", "One.\n"),
        ("One.\n\nShare this", "One."),
        ("One. Share this\n\nTwo.", "One. \n\nTwo."),
        ("Share this", ""),
    ] {
        assert_eq!(mended(text, all), expected, "{text:?}");
    }
}

#[test]
fn neighbouring_deletions_of_one_fix_are_one() {
    let read = |bytes| input::read(bytes, Format::Text, &Options::default());
    let check = |_: &Input, story: &Story| {
        let mut all = wishes(
            story,
            &[(ONE, "Share", ""), (ONE, "Print", "")],
            Safety::Safe,
        );
        if let Some(second) = all.pop() {
            all[0].fixes[0].edits.extend(second.fixes[0].edits.clone());
        }
        all
    };
    let mender = Mender {
        read: &read,
        check: &check,
        with_unsafe: false,
    };
    for (text, expected) in [
        ("One.\n\nShare\n\nPrint\n", "One.\n"),
        ("One.\n\nShare\nPrint\n\nTwo.", "One.\n\nTwo."),
        ("Share, then Print", ", then "),
    ] {
        let mended = mender.mend(read(text.into()).expect("a story"));
        assert_eq!(String::from_utf8_lossy(&mended.bytes), expected);
        assert_eq!(mended.fixed, 1);
    }
}

/// A file that would not read back is not written; the fix that is to blame is found.
#[test]
fn a_fix_that_cannot_be_read_back_is_left_out() {
    let read = |bytes: Vec<u8>| match bytes.windows(3).any(|w| w == b"BAD") {
        true => Err(ReadError::Binary("spoilt")),
        false => input::read(bytes, Format::Text, &Options::default()),
    };
    let words = "one two three four five six";
    let all: Vec<Wish> = words
        .split(' ')
        .map(|w| (ONE, w, if w == "four" { "BAD" } else { "x" }))
        .collect();
    let mender = Mender {
        read: &read,
        check: &|_, story| wishes(story, &all, Safety::Safe),
        with_unsafe: false,
    };
    let mended = mender.mend(read(words.into()).expect("a story"));
    assert_eq!(String::from_utf8_lossy(&mended.bytes), "x x x four x x");
    assert_eq!((mended.fixed, mended.left.unwritable), (5, 1));
}

#[test]
fn line_endings_are_those_of_the_file() {
    let all = &[(ONE, "; ", ".\n")];
    assert_eq!(mended("a\r\nb; c", all), "a\r\nb.\r\nc");
    assert_eq!(mended("a\nb; c", all), "a\nb.\nc");
    assert_eq!(mended("b; c", all), "b.\nc");
    // A rule that copies a line break of the text means that one.
    let all = &[(ONE, "b\r\nc", "b\r\nd")];
    assert_eq!(mended("a\r\nb\r\nc", all), "a\r\nb\r\nd");
}

#[test]
fn what_the_encoding_lacks_is_left_out() {
    let bytes = b"caf\xe9, day";
    let all = &[(ONE, "café", "cafő"), (TWO, "day", "“day…”")];
    let mended = mended_as(Format::Text, bytes, &all[..1], Safety::Safe);
    assert_eq!(mended.bytes, bytes);
    assert_eq!((mended.fixed, mended.left.unencodable), (0, 1));
    // The rule writes what it finds again, without end.
    let mended = mended_as(Format::Text, bytes, &all[1..], Safety::Safe);
    assert_eq!(mended.restless, [TWO]);
    let all = &[(TWO, "day", "“night…”")];
    let mended = mended_as(Format::Text, bytes, all, Safety::Safe);
    assert_eq!(mended.bytes, b"caf\xe9, \x93night\x85\x94");
}

#[test]
fn only_the_letters_that_differ_are_touched() {
    let narrow = |plain: &str, text: &str| {
        let edit = narrowed(
            plain,
            &Edit {
                span: Span::new(0, plain.len()),
                text: text.to_owned(),
            },
        );
        (edit.span.range(), edit.text)
    };
    assert_eq!(narrow("Tokáyev", "Tokayev"), (3..5, "a".to_owned()));
    assert_eq!(narrow("aa", "aaa"), (2..2, "a".to_owned()));
    assert_eq!(narrow("aaa", "aa"), (2..3, String::new()));
    assert_eq!(narrow("same", "same"), (4..4, String::new()));
    // “á” and “à” share their first byte.
    assert_eq!(narrow("á", "à"), (0..2, "à".to_owned()));
}

#[test]
fn bytes_that_are_broken_stay_as_they_are() {
    let bytes = "The caf\u{e9} – “day”".as_bytes();
    let broken = [bytes, b" \xff day"].concat();
    let mended = mended_as(
        Format::Text,
        &broken,
        &[(ONE, "day", "night")],
        Safety::Safe,
    );
    let expected = ["The caf\u{e9} – “night”".as_bytes(), b" \xff night"].concat();
    assert_eq!(mended.bytes, expected);
}

const SEED: &str = include_str!("../../corpora/articles/seed.txt");

fn linted(bytes: &[u8], with_unsafe: bool) -> Mended {
    let linter = Linter::new(detectors::ALL.iter().copied(), true);
    let read = |bytes| input::read(bytes, Format::Text, &Options::default());
    let mender = Mender {
        read: &read,
        check: &|_, story| linter.check(&story.document),
        with_unsafe,
    };
    mender.mend(read(bytes.to_vec()).expect("a story"))
}

/// The encoding of the file makes no difference to what is mended.
#[test]
fn the_seed_story_in_every_encoding() {
    let expected = linted(SEED.as_bytes(), false);
    let text = String::from_utf8(expected.bytes).expect("UTF-8");
    assert!(expected.fixed > 0 && text != SEED);
    for (encoding, mark) in [
        (Encoding::Utf8, true),
        (Encoding::Utf16Le, true),
        (Encoding::Utf16Be, true),
        (Encoding::Utf16Le, false),
        (Encoding::Windows1252, false),
    ] {
        for newline in ["\n", "\r\n"] {
            let encode = |text: &str| {
                let mark = if mark {
                    encoding.byte_order_mark()
                } else {
                    b""
                };
                let text = text.replace('\n', newline);
                [mark, &encoding::encode(&text, encoding).expect("it fits")].concat()
            };
            let found = linted(&encode(SEED), false);
            assert!(found.bytes == encode(&text), "{encoding:?} {newline:?}");
            let again = linted(&found.bytes, false);
            assert!(again.bytes == found.bytes, "{encoding:?} {newline:?}");
            assert_eq!((again.fixed, found.left), (0, again.left));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the damage, a second run changes nothing, and nothing panics.
    #[test]
    fn mending_is_idempotent(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("«We must not»".to_owned()),
                Just("the president Sánchez , said".to_owned()),
                Just("5 %".to_owned()),
                Just("10 ,5%".to_owned()),
                Just("monday".to_owned()),
                Just("“charter “,”".to_owned()),
                Just("the the".to_owned()),
                Just("Share this\n\n".to_owned()),
                Just("¿Why?".to_owned()),
                Just("Madrid ,".to_owned()),
                Just("\r\n".to_owned()),
                Just("\u{200b}".to_owned()),
                Just("Ã©".to_owned()),
                Just("&amp; ".to_owned()),
                "[a-zA-Z,.“”»« ]{0,12}",
            ],
            0..40,
        ),
        with_unsafe: bool,
    ) {
        let text = parts.join(" ");
        let first = linted(text.as_bytes(), with_unsafe);
        let second = linted(&first.bytes, with_unsafe);
        prop_assert_eq!(&second.bytes, &first.bytes);
        prop_assert_eq!(second.fixed, 0);
    }
}

/// A toy of markup, to see how fixes go through tags and entities: `<…>` is nothing, `<p>` begins a
/// block, `&…;` is a unit.
fn toy(bytes: Vec<u8>) -> Result<Input, ReadError> {
    use crate::input::{escape, prose::Prose};
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut prose = Prose::new();
    prose.write_with(Some(escape::HTML));
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = match rest.chars().next() {
            Some('<') => {
                let length = rest.find('>').expect("a whole tag") + 1;
                if rest.starts_with("<p>") {
                    prose.begin(crate::BlockKind::Body);
                }
                length
            }
            Some('&') => {
                let length = rest.find(';').expect("a whole entity") + 1;
                let meant = match &rest[..length] {
                    "&amp;" => "&",
                    "&lt;" => "<",
                    "&gt;" => ">",
                    "&fjlig;" => "fj",
                    other => panic!("{other}"),
                };
                prose.unit(meant, at..at + length);
                length
            }
            _ => {
                let length = rest.find(['<', '&']).unwrap_or(rest.len());
                prose.verbatim(&rest[..length], at);
                length
            }
        };
        at += length;
    }
    Ok(input::toy(prose.finish(None, None), text))
}

fn toy_mended(text: &str, all: &[Wish]) -> (String, Left) {
    let mender = Mender {
        read: &toy,
        check: &|_, story| wishes(story, all, Safety::Safe),
        with_unsafe: false,
    };
    let mended = mender.mend(toy(text.into()).expect("a story"));
    let text = String::from_utf8(mended.bytes).expect("UTF-8");
    (text, mended.left)
}

#[test]
fn fixes_go_round_markup() {
    let mend = |text: &str, wish: Wish| toy_mended(text, &[wish]).0;
    // The tag lies within the finding, but not within what differs.
    assert_eq!(
        mend(
            "<p>the <b>OTSC</b> said</p>",
            (ONE, "OTSC said", "CSTO said")
        ),
        "<p>the <b>CSTO</b> said</p>"
    );
    assert_eq!(
        mend("<p>a <i>b</i> c</p>", (ONE, "a b c", "a x c")),
        "<p>a <i>x</i> c</p>"
    );
    // What the format would take for its own is escaped.
    assert_eq!(
        mend("<p>R and D</p>", (ONE, "R and D", "R&D <x>")),
        "<p>R&amp;D &lt;x&gt;</p>"
    );
    // An entity is one unit, and goes or stays as a whole.
    assert_eq!(
        mend("<p>a &amp; b</p>", (ONE, "a & b", "a and b")),
        "<p>a and b</p>"
    );
    assert_eq!(
        mend("<p>&fjlig;ord</p>", (ONE, "fjord", "fiord")),
        "<p>fiord</p>"
    );
    assert_eq!(
        mend("<p>&fjlig;ord</p>", (ONE, "fjord", "fjard")),
        "<p>&fjlig;ard</p>"
    );
}

#[test]
fn what_lies_in_several_places_is_not_written() {
    for (text, wish) in [
        ("<p>a<b>b</b></p>", (ONE, "ab", "xy")),
        ("<p>a</p><p>b</p>", (ONE, "a\n\nb", "a b")),
        ("<p>a</p><p>b</p>", (ONE, "a\n\nb", "ab")),
    ] {
        let (mended, left) = toy_mended(text, &[wish]);
        assert_eq!(mended, text);
        assert_eq!((left.findings, left.unwritable), (1, 1), "{text}");
    }
}
