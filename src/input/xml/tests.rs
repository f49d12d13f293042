//! What the reader of XML makes of good and bad files.
use super::*;
use crate::text::BlockKind;
use proptest::prelude::*;

/// What a stretch of a file says; the inside of a CDATA section is what it says.
pub fn decoded(written: &str) -> String {
    let mut xml = Xml::new(written);
    let mut said = String::new();
    loop {
        match xml.next() {
            Ok(Some(Event::Text(piece))) => said.push_str(&piece.text),
            Ok(Some(_)) => {}
            Ok(None) => return said,
            Err(_) => return written.to_owned(),
        }
    }
}

/// Every text of a file with its bytes.
fn pieces(text: &str) -> Vec<(String, &str, Written)> {
    let mut xml = Xml::new(text);
    let mut pieces = Vec::new();
    while let Some(event) = xml.next().expect("sound") {
        if let Event::Text(piece) = event {
            let written = &text[piece.source];
            pieces.push((piece.text.into_owned(), written, piece.written));
        }
    }
    pieces
}

fn fault(text: &str) -> (usize, String) {
    let mut xml = Xml::new(text);
    loop {
        match xml.next() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("it is sound: {text}"),
            Err(fault) => return (fault.at, fault.why),
        }
    }
}

#[test]
fn every_text_knows_its_bytes() {
    use Written::*;
    let text =
        "\u{feff}<?xml version='1.0'?><a b='>'>R&amp;D<![CDATA[ <&> ]]>&#x2019;&eacute;&own;</a>";
    let expected = [
        ("R", "R", Plainly),
        ("&", "&amp;", ByReference),
        ("D", "D", Plainly),
        (" <&> ", " <&> ", InCdata),
        ("’", "&#x2019;", ByReference),
        ("é", "&eacute;", ByReference),
        ("&own;", "&own;", Unknown),
    ];
    let expected = expected.map(|(said, written, how)| (said.to_owned(), written, how));
    assert_eq!(pieces(text), expected);
}

#[test]
fn declared_entities_are_never_expanded() {
    let laughs = "<!DOCTYPE a [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;&lol;'>\
        <!ENTITY file SYSTEM 'file:///etc/passwd'>]><a>&lol2;&file;</a>";
    let said: Vec<String> = pieces(laughs).into_iter().map(|(said, ..)| said).collect();
    assert_eq!(said, ["&lol2;", "&file;"]);
    for name in [
        "notion",
        "semicolonx",
        "apo",
        "CounterClockwiseContourIntegralX",
    ] {
        assert_eq!(entity(&format!("&{name};")), None, "{name}");
    }
}

#[test]
fn faults_have_a_place_and_a_remedy() {
    let cases = [
        ("<a><b></a>", 6, "</a> where </b> should be; mend the tags"),
        ("<a></a></b>", 7, "</b> ends nothing; mend the tags"),
        ("<a>Jones & Co</a>", 9, LONE_AMPERSAND),
        ("<a>A & B; x</a>", 5, LONE_AMPERSAND),
        (
            "<a>&#xd800;</a>",
            3,
            "&#xd800;: there is no such character; write it as it is",
        ),
        (
            "<a>text",
            7,
            "the file ends inside <a>; is it cut off? get it again",
        ),
        (
            "<a><!-- x</a>",
            3,
            "comment not closed: `-->` not found before end of input; is the file cut off? get it again",
        ),
        (
            "<a b=c></a>",
            0,
            "an attribute of <a> is not written as name=\"value\", or comes twice; mend it",
        ),
    ];
    for (text, at, why) in cases {
        assert_eq!(fault(text), (at, why.to_owned()), "{text}");
    }
    let deep = "<a>".repeat(100_000);
    let (at, why) = fault(&deep);
    assert_eq!(at, DEEPEST * 3);
    assert!(why.starts_with("elements lie more than 256 deep"), "{why}");
}

#[test]
fn white_space_is_folded_where_it_means_nothing() {
    let mut xml = Xml::new("<p>The  king\n<b> of</b> Spain&#32;<![CDATA[ said\t]]>\u{a0}no </p>");
    let mut prose = prose();
    prose.begin(BlockKind::Body);
    while let Some(event) = xml.next().expect("sound") {
        if let Event::Text(piece) = event {
            say(&mut prose, &piece, Space::Folded);
        }
    }
    let plain = prose.finish(None, None).document.plain;
    assert_eq!(plain, "The king of Spain said \u{a0}no \n\n");
}

#[test]
fn language_and_space_are_inherited() {
    let mut xml = Xml::new("<a xml:lang='es' xml:space='preserve'><b/><c xml:lang='en-GB'/></a>");
    let mut langs = Vec::new();
    while let Some(event) = xml.next().expect("sound") {
        if let Event::Start(tag) = event {
            langs.push((tag.name, xml.lang(), xml.space()));
        }
    }
    assert_eq!(
        langs,
        [
            ("a", Some("es"), Space::Kept),
            ("b", Some("es"), Space::Kept),
            ("c", Some("en-GB"), Space::Kept),
        ]
    );
    assert!(is_tongue("es_AR", "es") && !is_tongue("est", "es"));
    assert!(is_english(None) && is_english(Some("EN-us")) && !is_english(Some("es")));
}

proptest! {
    /// Whatever stands in a file, events come in order and lie in it.
    #[test]
    fn any_text(text in r"(<|>|/|&|;|#|!|\[|\]|-|\?|'|=|CDATA|<!\[CDATA\[|\]\]>|<a>|</a>|<!--|-->|amp|x|é| |\u{feff}){0,40}") {
        let mut xml = Xml::new(&text);
        let mut at = 0;
        loop {
            match xml.next() {
                Ok(Some(Event::Text(piece) | Event::Comment(piece))) => {
                    prop_assert!(piece.source.start >= at);
                    at = piece.source.end;
                    prop_assert!(text.get(piece.source).is_some());
                }
                Ok(Some(Event::Start(_) | Event::End(_))) => {}
                Ok(None) => break,
                Err(fault) => {
                    prop_assert!(fault.at <= text.len());
                    break;
                }
            }
        }
    }
}
