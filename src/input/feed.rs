//! The reader of feeds (RSS 2, RSS 1, Atom): every item is a story.
use super::paragraphs::Paragraphs;
use super::prose::Prose;
use super::xml::{self, Event, Inner, Piece, Tag, Xml};
use super::{Malformed, Story, escape, html};
use crate::text::{BlockKind, SourceMap};
use std::borrow::Cow;

/// The stories of a feed: one for each item in English that has text.
pub(super) fn read(text: &str) -> Result<Vec<Story>, Malformed> {
    let (mut xml, _) = Xml::rooted(text, &["rss", "RDF", "feed"], "feed")?;
    let mut items = Vec::new();
    let mut language = None;
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = event else { continue };
        match tag.name {
            "item" | "entry" => items.push(Item::new(&tag, &xml).read(&mut xml)?),
            "language" if xml.parent() == "channel" => language = Some(xml.value()?),
            _ => {}
        }
    }
    let stories: Vec<Story> = items
        .into_iter()
        .filter(|item| xml::is_english(item.language.as_deref().or(language.as_deref())))
        .filter_map(Item::story)
        .collect();
    if stories.is_empty() {
        return Err(Malformed::foreign(
            "no item with an English text in the feed",
        ));
    }
    Ok(stories)
}

/// An item as it is read.
struct Item<'t> {
    /// The prefix of its name, which the elements of the feed’s own format share.
    prefix: &'t str,
    language: Option<Cow<'t, str>>,
    id: Option<String>,
    link: Option<String>,
    parts: Vec<Part<'t>>,
}

/// A part of an item, in the order of the file.
enum Part<'t> {
    Text(Role, Text),
    Comment(Piece<'t>),
}

/// What a text is to its item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Title,
    Summary,
    Content,
}

/// A text that a reader made, with the way it lies in the feed.
struct Text {
    prose: Prose,
    /// The text within the feed; `None` if it is marked up in XML, as the feed is.
    inner: Option<Inner>,
}

impl<'t> Item<'t> {
    fn new(tag: &Tag<'t>, xml: &Xml<'t>) -> Self {
        Item {
            prefix: tag.prefix(),
            language: xml.lang().map(Cow::Borrowed),
            id: None,
            link: tag.label("about"),
            parts: Vec::new(),
        }
    }

    fn read(mut self, xml: &mut Xml<'t>) -> Result<Self, Malformed> {
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => self.start(&tag, xml)?,
                Event::End(_) => break,
                Event::Comment(comment) => self.parts.push(Part::Comment(comment)),
                Event::Text(_) => {}
            }
        }
        Ok(self)
    }

    fn start(&mut self, tag: &Tag<'t>, xml: &mut Xml<'t>) -> Result<(), Malformed> {
        let kind = tag.attribute("type");
        match (tag.prefix(), tag.name) {
            ("content", "encoded") => self.text(Role::Content, Some("html"), xml)?,
            ("dc", "language") => self.language = Some(Cow::Owned(xml.value()?)),
            // Media and podcasts have titles and summaries of their own.
            (prefix, _) if prefix != self.prefix => xml.skip()?,
            (_, "title") => self.text(Role::Title, kind, xml)?,
            (_, "description") => self.text(Role::Summary, Some("html"), xml)?,
            (_, "summary") => self.text(Role::Summary, kind, xml)?,
            (_, "content") => self.text(Role::Content, kind, xml)?,
            (_, "guid" | "id") => self.id = Some(xml.value()?),
            (_, "link") => {
                let href = tag.label("href");
                let text = xml.value()?;
                let link = href.unwrap_or(text);
                self.link.get_or_insert(link);
            }
            _ => xml.skip()?,
        }
        Ok(())
    }

    /// Reads what is left of an element that holds text of this kind.
    fn text(&mut self, role: Role, kind: Option<&str>, xml: &mut Xml<'t>) -> Result<(), Malformed> {
        let kind = kind.unwrap_or("text");
        let text = if kind.contains("xhtml") {
            let mut told = Paragraphs::new();
            told.read(xml)?;
            Text {
                prose: told.finish(),
                inner: None,
            }
        } else if kind.contains("html") || kind.contains("text") {
            let inner = Inner::of(&xml.rest()?);
            // Feeds disagree whether a title is HTML; one without its marks is the same as either.
            let reader = match role {
                Role::Title if inner.text.contains(['&', '<']) => html::prose,
                Role::Title => xml::line,
                _ if kind.contains("html") => html::prose,
                _ => xml::plain,
            };
            let prose = inner.read(reader)?;
            let inner = Some(inner);
            Text { prose, inner }
        } else {
            return xml.skip();
        };
        self.parts.push(Part::Text(role, text));
        Ok(())
    }

    /// The story; `None` if there is no text.
    fn story(self) -> Option<Story> {
        let repeats = self.repeats();
        let mut story = xml::prose();
        for part in self.parts {
            match part {
                Part::Comment(comment) => xml::remark(&mut story, &comment),
                Part::Text(Role::Summary, _) if repeats => {}
                Part::Text(role, text) => {
                    let prose = match role {
                        Role::Title => text.prose.of_kind(BlockKind::Headline),
                        Role::Summary => text.prose.of_kind(BlockKind::Body),
                        Role::Content => text.prose,
                    };
                    match text.inner {
                        Some(inner) => inner.add(prose, &mut story),
                        None => {
                            story.append(prose, &SourceMap::identity(), escape::PLAIN);
                        }
                    }
                }
            }
        }
        (!story.is_empty()).then(|| story.finish(self.id.or(self.link), None))
    }

    /// Whether the summary only repeats how the text begins.
    fn repeats(&self) -> bool {
        /// So many letters in a row are no chance, in characters.
        const LETTERS: usize = 60;
        let words = |wanted: Role| {
            let text = self.parts.iter().find_map(|part| match part {
                Part::Text(role, text) if *role == wanted => Some(text.prose.text()),
                _ => None,
            });
            text.map(|text| text.chars().filter(|c| c.is_alphanumeric()))
        };
        let (Some(summary), Some(content)) = (words(Role::Summary), words(Role::Content)) else {
            return false;
        };
        let length = summary.clone().take(LETTERS).count();
        summary.take(length).eq(content.take(length))
    }
}

#[cfg(test)]
mod tests {
    use crate::input::xml::tests::decoded;
    use crate::input::{Format, Story, testing};
    use crate::text::{BlockKind, Span};
    use BlockKind::{Body, Headline};
    use proptest::prelude::*;

    /// An RSS feed with these items.
    fn rss(items: &str) -> String {
        format!(
            "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>\
             <channel><title>News</title><language>en-us</language>{items}</channel></rss>"
        )
    }

    /// How the file writes the first such words.
    fn written(file: &str, story: &Story, words: &str) -> (String, Option<String>) {
        let at = story.document.plain.find(words).expect("the words");
        let span = Span::new(at, at + words.len());
        let source = story.document.map.source(span);
        let escaped = story.escapes(span).map(|e| e.escape("R&D ]]>"));
        (file[source.range()].to_owned(), escaped)
    }

    #[test]
    fn every_item_is_a_story() {
        let file = rss(
            "<item><title>The judge &amp;amp; the king</title><guid>a-1</guid>\
             <description>He said &lt;b&gt;no&lt;/b&gt; in C&amp;#225;diz.</description></item>\
             <item><title>Two</title><link>https://example.org/2</link>\
             <content:encoded><![CDATA[<p>First &amp; last</p><p>Second</p>]]></content:encoded></item>",
        );
        let stories = testing::stories(&file, Format::Feed);
        let ids: Vec<_> = stories.iter().map(|s| s.id.as_deref()).collect();
        assert_eq!(ids, [Some("a-1"), Some("https://example.org/2")]);
        assert_eq!(
            testing::blocks(&stories[0]),
            [
                (Headline, "The judge & the king"),
                (Body, "He said no in Cádiz.")
            ]
        );
        assert_eq!(
            testing::blocks(&stories[1]),
            [(Headline, "Two"), (Body, "First & last"), (Body, "Second")]
        );
        let (there, escaped) = written(&file, &stories[0], "Cádiz");
        assert_eq!(there, "C&amp;#225;diz");
        assert_eq!(escaped.as_deref(), Some("R&amp;amp;D ]]&amp;gt;"));
        let (there, escaped) = written(&file, &stories[1], "First & last");
        assert_eq!(there, "First &amp; last");
        assert_eq!(escaped.as_deref(), Some("R&amp;D ]]&gt;"));
        let (there, escaped) = written(&file, &stories[1], "Two");
        assert_eq!(
            (&*there, escaped.as_deref()),
            ("Two", Some("R&amp;D ]]&gt;"))
        );
    }

    #[test]
    fn a_summary_that_only_repeats_the_text_is_left_out() {
        let start = "Puerto Real won the cup on Saturday night after beating Deportivo Riachuelo";
        let item = |summary: &str| {
            let file = rss(&format!(
                "<item><title>Cup</title><description>{summary}</description>\
                 <content:encoded><![CDATA[<p>{start} 2-0.</p>]]></content:encoded></item>"
            ));
            testing::blocks(&testing::story(&file, Format::Feed)).len()
        };
        assert_eq!(item(&format!("{start} […] Read more")), 2);
        assert_eq!(item("A night of goals."), 3);
    }

    #[test]
    fn atom_and_its_kinds_of_text() {
        let file = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>News</title>\
            <entry><title type='html'>R&amp;amp;D</title><id>urn:1</id><link href='https://example.org'/>\
            <summary>Plain &amp; simple</summary><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>\
            <p>The <b>judge</b></p><script>x()</script></div></content></entry>\
            <entry xml:lang='es'><title>El juez</title><id>urn:2</id></entry></feed>";
        let story = testing::story(file, Format::Feed);
        assert_eq!(story.id.as_deref(), Some("urn:1"));
        let expected = [
            (Headline, "R&D"),
            (Body, "Plain & simple"),
            (Body, "The judge"),
        ];
        assert_eq!(testing::blocks(&story), expected);
        let (_, escaped) = written(file, &story, "judge");
        assert_eq!(escaped.as_deref(), Some("R&amp;D ]]&gt;"));
    }

    #[test]
    fn the_first_rss_and_media_titles() {
        let file = "<rdf:RDF xmlns:rdf='x' xmlns:media='y' xmlns:dc='z'><channel><title>News</title></channel>\
            <item rdf:about='https://example.org/1'><title>The judge</title><media:title>photo1</media:title>\
            <dc:language>en</dc:language></item></rdf:RDF>";
        let story = testing::story(file, Format::Feed);
        assert_eq!(story.id.as_deref(), Some("https://example.org/1"));
        assert_eq!(testing::blocks(&story), [(Headline, "The judge")]);
    }

    #[test]
    fn a_text_written_in_two_ways_is_only_read() {
        let file = rss("<item><title><![CDATA[The]]> R&amp;D judge</title></item>");
        let story = testing::story(&file, Format::Feed);
        assert_eq!(testing::blocks(&story), [(Headline, "The R&D judge")]);
        assert_eq!(written(&file, &story, "judge").1, None);
    }

    #[test]
    fn feeds_in_spanish_are_foreign() {
        let file = rss("<item><title>El juez</title></item>").replace("en-us", "es");
        let refusal = testing::refusal(&file, Format::Feed);
        assert_eq!(refusal, "no item with an English text in the feed");
    }

    proptest! {
        #[test]
        fn every_word_lies_where_its_bytes_are(
            texts in prop::collection::vec(r"([a-z “é,.]{1,4}|&amp;amp;|&lt;b&gt;|&lt;/b&gt;|&lt;p&gt;|&#233;|&amp;#233;|<!--c-->){0,9}", 1..4),
        ) {
            let item = |text: &String| {
                format!("<item><title>t {text}</title><description> The {text} end.</description></item>")
            };
            let file = rss(&texts.iter().map(item).collect::<String>());
            let twice = |written: &str| decoded(&decoded(written));
            prop_assert!(testing::holds(&file, Format::Feed, twice) > 0);
        }

        #[test]
        fn any_file(text in r"(<rss>|</rss>|<item>|</item>|<title>|</title>|<description>|</description>|<!\[CDATA\[|\]\]>|&lt;p>|&amp;|a| ){0,40}") {
            let _ = testing::input(&text, Format::Feed);
        }
    }
}
