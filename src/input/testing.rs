//! What the tests of the readers share.
use super::{Format, Input, Options, ReadError, Story, read};
use crate::text::{BlockKind, Span};
use proptest::prelude::*;

/// Reads a file.
pub(super) fn input(file: &str, format: Format) -> Result<Input, ReadError> {
    read(file.as_bytes().to_vec(), format, &Options::default())
}

/// The one story of a sound file.
pub(super) fn story(file: &str, format: Format) -> Story {
    let mut stories = stories(file, format);
    assert_eq!(stories.len(), 1, "one story in {file}");
    stories.remove(0)
}

/// The stories of a sound file.
pub(super) fn stories(file: &str, format: Format) -> Vec<Story> {
    match input(file, format) {
        Ok(input) => input.stories,
        Err(error) => panic!("{error}\n{file:.2000}"),
    }
}

/// Why a file is refused.
pub(super) fn refusal(file: &str, format: Format) -> String {
    match input(file, format) {
        Ok(_) => panic!("it is read: {file}"),
        Err(error) => error.to_string(),
    }
}

/// The blocks of a story.
pub(super) fn blocks(story: &Story) -> Vec<(BlockKind, &str)> {
    let document = &story.document;
    let block = |b: &crate::text::Block| (b.kind, &document.plain[b.span.range()]);
    document.blocks.iter().map(block).collect()
}

/// The blocks of a story on one line, each with the first letter of its kind.
pub(super) fn lettered(story: &Story) -> String {
    let block = |(kind, text)| {
        let kind = format!("{kind:?}");
        format!("{}:{text}", &kind[..1])
    };
    let blocks: Vec<String> = blocks(story).into_iter().map(block).collect();
    blocks.join("|")
}

/// Asks of every token of a file that lies in one stretch whether its bytes, once decoded, are its
/// text. Says how many there were.
pub(super) fn holds(file: &str, format: Format, decode: impl Fn(&str) -> String) -> usize {
    let input = input(file, format).unwrap_or_else(|error| panic!("{error}\n{file:.2000}"));
    let mut count = 0;
    for story in &input.stories {
        let document = &story.document;
        for token in &document.tokens {
            let said = &document.plain[token.span.range()];
            let source = document.map.source(token.span);
            let written = &file[source.range()];
            if document.map.contiguous(token.span) {
                assert_eq!(decode(written), said, "{written} in {file}");
                count += 1;
            }
        }
    }
    count
}

/// Writes a text in place of every few tokens, one at a time, and reads each file again: the story
/// must have changed there and nowhere else. Spaces are not compared, as some stand only where words
/// would be glued.
pub(super) fn rewrites(file: &str, format: Format, text: &str) {
    let stories = stories(file, format);
    for (number, story) in stories.iter().enumerate() {
        let document = &story.document;
        let step = document.tokens.len() / 8 + 1;
        for token in document.tokens.iter().step_by(step) {
            let Some(escapes) = story.escapes(token.span).filter(|e| e.holds(text)) else {
                continue;
            };
            let splice = |whole: &str, span: Span, text: &str| {
                [
                    &whole[..span.start as usize],
                    text,
                    &whole[span.end as usize..],
                ]
                .concat()
            };
            let source = document.map.source(token.span);
            let mended = splice(file, source, &escapes.escape(text));
            let again = input(&mended, format).unwrap_or_else(|e| panic!("{e}\n{mended}"));
            let expected = splice(&document.plain, token.span, text);
            let said = &again.stories[number].document.plain;
            assert_eq!(said.replace(' ', ""), expected.replace(' ', ""), "{mended}");
        }
    }
}

/// What files in XML are made of, sound or not.
const SOUP: &str = r"(</?(xliff|file|group|unit|trans-unit|segment|source|target|note|tmx|tu|tuv|seg|nitf|body|p|hl1|dateline|li|br|newsItem|contentMeta|headline|contentSet|inlineXML|inlineData|rss|channel|item|title|description|feed|entry|content|x|g)( (xml:lang|lang|translate|type|srcLang|trgLang)='(es|en|no|html|xhtml)')?/?>|&amp;|&lt;|&x;|&#8217;|<!\[CDATA\[|\]\]>|<!--|-->|asador-|a|é| |\n){0,60}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    /// Whatever a file holds, it is read or refused, and what is read has its place in it.
    #[test]
    fn any_file(root in 0usize..6, soup in SOUP) {
        use Format::{Feed, Newsml, Nitf, Tmx, Xliff};
        let (format, start, end) = [
            (Xliff, "<xliff srcLang='es'><file><unit><segment><target>", "</target></segment></unit></file></xliff>"),
            (Xliff, "<xliff>", "</xliff>"),
            (Tmx, "<tmx><tu><tuv lang='es'><seg>s</seg></tuv><tuv lang='en'><seg>", "</seg></tuv></tu></tmx>"),
            (Nitf, "<nitf><body><p>", "</p></body></nitf>"),
            (Newsml, "<newsItem><contentSet><inlineXML>", "</inlineXML></contentSet></newsItem>"),
            (Feed, "<feed><entry><content type='html'>", "</content></entry></feed>"),
        ][root];
        let file = [start, &soup, end].concat();
        let Ok(input) = input(&file, format) else {
            return Ok(());
        };
        for story in &input.stories {
            for token in &story.document.tokens {
                let source = story.document.map.source(token.span);
                prop_assert!(file.get(source.range()).is_some(), "{source:?} in {file}");
            }
            for note in &story.notes {
                prop_assert!(file[note.source.range()].contains("asador-"));
            }
        }
    }
}

/// Files of a few megabytes that are mostly one thing. A reader that went back over what it read for
/// each of these things would not come to an end.
#[test]
fn cost_grows_with_the_length_only() {
    const TIMES: usize = 100_000;
    let xliff = |target: String| {
        let head =
            "<xliff srcLang='es' trgLang='en'><file><unit><segment><source>s</source><target>";
        format!("{head}{target} end</target></segment></unit></file></xliff>")
    };
    let rss = |item: String| format!("<rss><channel>{item}</channel></rss>");
    let nitf = |body: String| format!("<nitf><body><p>The {body} end</p></body></nitf>");
    let many = |part: &str| part.repeat(TIMES);
    let unit = "<unit><segment><source>s</source><target>One</target></segment></unit>";
    let attributes: String = (0..TIMES).map(|n| format!(" a{n}='x'")).collect();
    let po = |string: String| format!("msgid \"s\"\nmsgstr \"{string}\"\n");
    let files = [
        (Format::Xliff, xliff(many("&amp;"))),
        (Format::Xliff, xliff(many("a<x/>"))),
        (Format::Xliff, xliff(many("<!--asador-x-->"))),
        (Format::Xliff, xliff(many("<![CDATA[ ]]>"))),
        (
            Format::Xliff,
            xliff(format!(
                "x</target></segment></unit>{}<unit><segment><target>",
                many(unit)
            )),
        ),
        (Format::Xliff, xliff(format!("<g{attributes}>x</g>"))),
        (Format::Nitf, nitf(many("\n <b>x</b>"))),
        (Format::Nitf, nitf(many("</p><p>x"))),
        (Format::Nitf, nitf(many("<br/>"))),
        (
            Format::Nitf,
            nitf(format!("</p><dateline>{}</dateline><p>x", many("<b>x</b>"))),
        ),
        (
            Format::Newsml,
            format!(
                "<newsItem><inlineXML>{}</inlineXML></newsItem>",
                many("<h1>x</h1>")
            ),
        ),
        (
            Format::Newsml,
            format!(
                "<newsItem><inlineData>{}</inlineData></newsItem>",
                many("x\n\n")
            ),
        ),
        (Format::Feed, rss(many("<item><title>x</title></item>"))),
        (
            Format::Feed,
            rss(format!(
                "<item><title>x &lt;</title><description>{}</description></item>",
                many("&lt;b>x")
            )),
        ),
        (
            Format::Tmx,
            format!(
                "<tmx>{}</tmx>",
                many("<tu><tuv lang='es'><seg>s</seg></tuv><tuv lang='en'><seg>x</seg></tuv></tu>")
            ),
        ),
        (Format::Po, po(many("x\\n"))),
        (Format::Po, po(many("x\"\n\""))),
        (Format::Po, many(&po("x".to_owned()))),
        (Format::Csv, format!("es,en\ns,\"{}\"\n", many("x \"\""))),
        (Format::Csv, format!("es,en{}\ns,x\n", many(","))),
        (Format::Csv, format!("es,en\n{}", many("s,x\n"))),
        (
            Format::Tsv,
            format!("es\ten\n{}s\t\"x\" y\n", many("s\t\"x\"\n")),
        ),
    ];
    for (format, file) in files {
        assert!(file.len() >= TIMES);
        assert!(!stories(&file, format).is_empty(), "{format:?}");
    }
}
