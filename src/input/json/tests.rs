//! What the readers of JSON make of the records that newsrooms have.
use super::*;
use crate::input;
use crate::input::{Input, read as read_file, testing::blocks};
use crate::text::{BlockKind, Span};
use proptest::prelude::*;

fn options(toml: &str) -> Options {
    Options {
        fields: toml::from_str(toml).expect("settings"),
        ..Options::default()
    }
}

fn stories(text: &str) -> Vec<Story> {
    read(text, &Options::default()).unwrap_or_else(|fault| panic!("{}: {text}", fault.why))
}

fn story(text: &str) -> Story {
    let mut stories = stories(text);
    assert_eq!(stories.len(), 1, "{text}");
    stories.remove(0)
}

const HEADLINE: &str = "Court halts the reform";
const LEAD: &str = "The ruling leaves the ministry without a plan.";
const BODY: &str = "A court in Lima stopped the reform on Monday.";
const CAPTION: &str = "The court in Lima, seen on Monday.";

#[test]
fn the_records_of_agencies_and_content_systems() {
    use BlockKind::{Body, Byline, Caption, Headline};
    let all = [
        (Headline, HEADLINE),
        (Body, LEAD),
        (Body, BODY),
        (Caption, CAPTION),
    ];
    let three = &all[..3];
    let two = [(Headline, HEADLINE), (Body, BODY)];
    let signed = [(Headline, HEADLINE), (Byline, "Ana Pérez"), (Body, BODY)];
    for (name, record, expected) in [
        (
            "ninjs 1",
            format!(
                r#"{{"uri": "a", "headline": "{HEADLINE}", "description_text": "{LEAD}",
                "body_text": "{BODY}", "associations": {{"photo": {{"headline": "x",
                "description_text": "{CAPTION}"}}}}}}"#
            ),
            &all[..],
        ),
        (
            "ninjs 2",
            format!(
                r#"{{"uri": "a", "by": "Ana Pérez", "headlines": [{{"role": "main", "value":
                "{HEADLINE}"}}], "bodies": [{{"contenttype": "application/xml", "value": "<X/>"}},
                {{"contenttype": "text/plain", "value": "{BODY}"}}, {{"role": "other",
                "contenttype": "text/plain", "value": "x"}}]}}"#
            ),
            &signed,
        ),
        (
            "ninjs 3",
            format!(
                r#"{{"uri": "a", "headlines": [{{"contentType": "text/plain", "value":
                "{HEADLINE}"}}, {{"value": "{HEADLINE}!"}}], "descriptions": [{{"value": "{LEAD}"}}],
                "bodies": [{{"contentType": "text/plain", "value": "{BODY}"}}], "associations":
                [{{"name": "a", "descriptions": [{{"value": "{CAPTION}"}}]}}]}}"#
            ),
            &all,
        ),
        (
            "schema.org",
            format!(
                r#"{{"@type": "NewsArticle", "@id": "a", "headline": "{HEADLINE}",
                "description": "{LEAD}", "articleBody": "{BODY}", "image": {{"caption":
                "{CAPTION}"}}}}"#
            ),
            &all,
        ),
        (
            "Arc XP",
            format!(
                r#"{{"_id": "a", "headlines": {{"basic": "{HEADLINE}"}}, "subheadlines":
                {{"basic": "{LEAD}"}}, "content_elements": [{{"type": "text", "content": "{BODY}"}},
                {{"type": "image", "caption": "{CAPTION}"}}]}}"#
            ),
            &all,
        ),
        (
            "the Guardian",
            format!(
                r#"{{"id": "a", "fields": {{"headline": "{HEADLINE}", "standfirst": "{LEAD}",
                "body": "{BODY}"}}}}"#
            ),
            three,
        ),
        (
            "JSON Feed",
            format!(r#"{{"id": "a", "title": "{HEADLINE}", "content_text": "{BODY}"}}"#),
            &two,
        ),
        (
            "names that explain themselves",
            format!(
                r#"{{"id": "a", "title": "{HEADLINE}", "summary": "{LEAD}", "content": "{BODY}",
                "caption": "{CAPTION}", "date": "2026-01-31"}}"#
            ),
            &all,
        ),
        (
            "paragraphs in an array",
            format!(r#"{{"id": "a", "headline": "{HEADLINE}", "text": ["{BODY}", "{LEAD}"]}}"#),
            &[(Headline, HEADLINE), (Body, BODY), (Body, LEAD)],
        ),
        (
            "title and text alone",
            format!(r#"{{"id": "a", "title": "{HEADLINE}", "text": "{BODY}"}}"#),
            &two,
        ),
    ] {
        let story = story(&record);
        assert_eq!(blocks(&story), expected, "{name}");
        assert_eq!(story.id.as_deref(), Some("a"), "{name}");
    }
}

/// Entities and tags inside a string: each leads back through HTML and JSON.
#[test]
fn html_in_a_string() {
    use BlockKind::{Body, Headline};
    let text = r#"{"id": 9, "title": {"rendered": "The king&#8217;s \u201cno\u201d"},
        "content": {"rendered": "<p>R&amp;D <em>costs</em> the \"OTSC\" much.<\/p>\n<p>Two.</p>\n"},
        "excerpt": {"rendered": "<p>R&amp;D costs the \"OTSC\" much. [&hellip;]</p>\n"}}"#;
    let story = story(text);
    assert_eq!(
        blocks(&story),
        [
            (Headline, "The king’s “no”"),
            (Body, "R&D costs the \"OTSC\" much."),
            (Body, "Two.")
        ]
    );
    for (words, written) in [
        ("king’s", "king&#8217;s"),
        ("“no”", "\\u201cno\\u201d"),
        ("R&D", "R&amp;D"),
        ("\"OTSC\"", "\\\"OTSC\\\""),
    ] {
        let at = story.document.plain.find(words).expect("the words");
        let span = Span::new(at, at + words.len());
        let source = story.document.map.source(span);
        assert_eq!(&text[source.range()], written);
        let escapes = story.escapes(span).expect("it can be written back");
        assert_eq!(escapes.escape("a&\""), "a&amp;\\\"");
    }
    // ninjs: one rendition of several is read, the one in HTML.
    let text = format!(
        r#"{{"bodies": [{{"contenttype": "text/plain", "value": "{BODY}"}}, {{"contenttype":
        "text/html; charset=utf-8", "value": "<p>{BODY}</p><p>{LEAD}</p>"}}]}}"#
    );
    let found = stories(&text);
    assert_eq!(blocks(&found[0]), [(Body, BODY), (Body, LEAD)]);
}

#[test]
fn html_is_told_by_its_look() {
    for (text, is_html) in [
        ("<p>One.</p><p>Two.</p>", true),
        (" <!-- wp:paragraph --><p>One.", true),
        ("One.<br/>Two.<BR>Three.", true),
        ("One.</p>\n\nTwo.", false),
        ("One <p> two.", false),
        ("He <em>said</em> so.", false),
        ("a < b and c < d; <param> and <brand>", false),
    ] {
        let record = serde_json::json!({ "text": text }).to_string();
        let plain = &story(&record).document.plain;
        assert_eq!(!plain.contains('<'), is_html, "{text}: {plain}");
    }
}

/// An excerpt that is the start of the text is no second passage, nor is a title at its top.
#[test]
fn what_the_text_repeats_is_read_once() {
    let record = format!(
        r#"{{"title": "{HEADLINE}", "excerpt": "A court in Lima stopped […]",
        "text": "{HEADLINE}\n\n{BODY}", "captions": ["{CAPTION}", "{CAPTION}"]}}"#
    );
    let story = story(&record);
    let texts: Vec<&str> = blocks(&story).into_iter().map(|(_, t)| t).collect();
    assert_eq!(texts, [HEADLINE, BODY, CAPTION]);
}

#[test]
fn several_stories_in_a_file() {
    for (text, ids) in [
        (
            r#"[{"id": 7, "text": "x"}, {"text": "y"}, 3, {"z": 1}]"#,
            ["7", "/1"],
        ),
        (
            r#"{"title": "A feed", "items": [{"text": "x"}, {"id": "b", "text": "y"}]}"#,
            ["/items/0", "b"],
        ),
        (
            r#"{"data": [{"id": "a", "body": "x"}, {"id": "b", "title": "y"}]}"#,
            ["a", "b"],
        ),
        (
            r#"{"response": {"results": [{"id": "a", "fields": {"body": "x"}}, {"id": "b", "text": "y"}]}}"#,
            ["a", "b"],
        ),
    ] {
        let stories = stories(text);
        let found: Vec<&str> = stories.iter().filter_map(|s| s.id.as_deref()).collect();
        assert_eq!(found, ids, "{text}");
        for story in &stories {
            assert_eq!(story.document.word_count(), 1);
            assert!(story.record.is_none(), "places are those of the file");
        }
    }
    // A story may have items; a wrapper is opened.
    assert_eq!(
        stories(r#"{"text": "x", "items": [{"text": "y"}]}"#).len(),
        1
    );
    assert_eq!(
        story(r#"{"article": {"id": 1, "text": "x"}}"#)
            .id
            .as_deref(),
        Some("1")
    );
}

#[test]
fn places_are_those_of_the_file() {
    let text = "{\"title\": \"The caf\\u00e9\",\n \"text\": \"One.\\n\\nThe \\\"OTSC\\\" met.\"}";
    let story = story(text);
    let plain = &story.document.plain;
    for (words, written) in [
        ("café", "caf\\u00e9"),
        ("\"OTSC\"", "\\\"OTSC\\\""),
        ("One.\n\nThe", "One.\\n\\nThe"),
    ] {
        let at = plain.find(words).expect("the words");
        let span = Span::new(at, at + words.len());
        let source = story.document.map.source(span);
        assert_eq!(&text[source.range()], written);
        let escapes = story.escapes(span).expect("it can be written back");
        assert_eq!(escapes.escape("\"é\""), "\\\"é\\\"");
    }
}

#[test]
fn the_spanish_beside_a_story() {
    for (spanish, expected) in [
        (r#""La corte.""#, Some("La corte.")),
        (r#"["La corte.", "El fin."]"#, Some("La corte.\n\nEl fin.")),
        (
            r#"{"headline": "La corte", "text": "El fin."}"#,
            Some("La corte\n\nEl fin."),
        ),
        (r#""""#, None),
        ("null", None),
    ] {
        let story = story(&format!(
            r#"{{"text": "The court.", "spanish": {spanish}}}"#
        ));
        assert_eq!(story.document.spanish.as_deref(), expected, "{spanish}");
        assert_eq!(blocks(&story).len(), 1);
    }
}

#[test]
fn notes_for_asador() {
    let text = r#"{"asador": ["asador-ignore calque: quoted", "x"], "text": "The court."}"#;
    let story = story(text);
    let notes: Vec<(&str, &str)> = story
        .notes
        .iter()
        .map(|n| (n.text.as_str(), &text[n.source.range()]))
        .collect();
    assert_eq!(
        notes,
        [
            (
                "asador-ignore calque: quoted",
                "\"asador-ignore calque: quoted\""
            ),
            ("x", "\"x\"")
        ]
    );
    assert!(story.notes.iter().all(|n| n.whole));
}

#[test]
fn fields_of_the_settings() {
    let options =
        options("text = [\"/cuerpo/*/texto\"]\nid = [\"/clave\"]\nstories = [\"/notas\"]");
    let text = r#"{"notas": [{"clave": 3, "text": "no", "cuerpo": [{"texto": "One."}, {"texto": "Two."}]}]}"#;
    let stories = read(text, &options).expect("a story");
    assert_eq!(stories[0].id.as_deref(), Some("3"));
    assert_eq!(stories[0].document.plain.trim(), "One.\n\nTwo.");
}

#[test]
fn what_is_no_story_is_foreign() {
    for text in [
        r#"{"name": "x", "version": "1.0", "dependencies": {}, "a": 1, "b": 2, "c": 3}"#,
        r#"{"$schema": "x", "title": "A schema", "description": "Of something."}"#,
        "[1, 2]",
        "[]",
        "3",
        "{}",
    ] {
        let Err(fault) = read(text, &Options::default()) else {
            panic!("{text} is no story");
        };
        assert!(fault.foreign, "{text}");
    }
    let why = read(r#"{"cuerpo": "x", "n": 1}"#, &Options::default())
        .err()
        .expect("no story")
        .why;
    assert_eq!(
        why,
        "no field with the text of a story (/headline, /title, /text, /body, /content and the like), only cuerpo, n; name yours in asador.toml, under [json]: text = [\"/…\"]"
    );
}

/// The lines of a file as records.
fn lines(text: &str) -> Result<Input, input::ReadError> {
    read_file(
        text.as_bytes().to_vec(),
        input::Format::Jsonl,
        &Options::default(),
    )
}

#[test]
fn a_record_a_line() {
    let text = "\u{feff}{\"id\": 1, \"text\": \"One “OTSC”.\"}\r\n\n{\"title\": \"T\", \"text\": \"Two\\n\\nOTSC.\"}";
    let input = lines(text).expect("records");
    let places: Vec<(u32, &str, Span, &str)> = input
        .stories
        .iter()
        .map(|story| {
            let at = story.document.plain.find("OTSC").expect("the word");
            let span = Span::new(at, at + 4);
            let record = story.record.as_ref().expect("a record");
            let field = &record.fields[record.field(span).expect("a field")];
            let source = story.document.map.source(span);
            (
                record.line,
                field.pointer.as_str(),
                field.source(span),
                &text[source.range()],
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            (1, "/text", Span::new(7, 11), "OTSC"),
            (3, "/text", Span::new(5, 9), "OTSC")
        ]
    );
    assert_eq!(input.stories[0].id.as_deref(), Some("1"));
    assert_eq!(input.stories[1].id, None);
}

#[test]
fn a_broken_line_has_a_place() {
    let error = |text: &str| lines(text).err().expect("broken").to_string();
    assert!(error("{\"text\": \"x\"}\n{\"text\": x}\n").starts_with("2:10: the JSON is broken"));
    assert!(error("{\"text\": \"x\"}\n {\"é\": 1}").starts_with("2:1: no field"));
    assert!(error("[1]\n").starts_with("1:1: a record is an object"));
    assert!(error("\n \n").starts_with("there is no record"));
}

/// Titles and captions in great number are not each looked for in the text.
#[test]
fn many_captions_cost_no_more_than_their_letters() {
    let captions: Vec<String> = (0..20_000)
        .map(|i| format!("The number of this picture is {i}"))
        .collect();
    let text = serde_json::json!({"text": "word ".repeat(100_000), "captions": captions});
    let story = story(&text.to_string());
    assert_eq!(story.document.blocks.len(), 20_001);
}

/// An object whose members are all read is asked once what they hold.
#[test]
fn many_members_cost_no_more_than_their_letters() {
    let captions: serde_json::Map<_, _> = (0..40_000)
        .map(|i| (i.to_string(), format!("Picture {i}.").into()))
        .collect();
    let text = serde_json::json!({"text": "One.", "captions": captions}).to_string();
    assert_eq!(story(&text).document.blocks.len(), 40_001);
}

/// A string literal with every character written as it is or as an escape.
fn literal(text: &str, escaped: &[bool]) -> String {
    let mut out = String::from("\"");
    let mut escaped = escaped.iter().cycle();
    for c in text.chars() {
        if escaped.next().copied().unwrap_or_default()
            || u32::from(c) < 0x20
            || matches!(c, '"' | '\\')
        {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out.push('"');
    out
}

proptest! {
    /// Every block leads to a stretch of the file that decodes to its text.
    #[test]
    fn every_block_leads_back(
        texts in prop::collection::vec("([a-z]{1,8}|\\PC|[ \n\"\\\\é😀.]){0,30}", 3),
        escaped in prop::collection::vec(any::<bool>(), 7),
    ) {
        let [title, text, caption] = [0, 1, 2].map(|i| literal(&texts[i], &escaped));
        let file = format!("{{\"title\": {title},\n \"text\": [{text}], \"caption\": {caption}}}\n");
        for jsonl in [false, true] {
            let file = if jsonl { file.replace('\n', " ") } else { file.clone() };
            let format = if jsonl { input::Format::Jsonl } else { input::Format::Json };
            let input = read_file(file.clone().into_bytes(), format, &Options::default()).expect("a story");
            for story in &input.stories {
                for block in &story.document.blocks {
                    let source = story.document.map.source(block.span);
                    let decoded: String = serde_json::from_str(&format!("\"{}\"", &file[source.range()])).expect("a string");
                    prop_assert_eq!(&decoded, story.document.slice(block.span));
                    if let Some(record) = &story.record {
                        let field = &record.fields[record.field(block.span).expect("a field")];
                        prop_assert_eq!(&field.text[field.source(block.span).range()], &decoded);
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_panics(text in "([\\[\\]{}:,\"]|\"(text|title|items|asador|contenttype)\":|\"[a<p>/\\\\ue9 ]{0,6}\"|null|[0-9]){0,24}") {
        let _ = read(&text, &Options::default());
        let _ = read_lines(&text, &Options::default());
    }
}
