//! The reader of NewsML-G2: news items that hold their text as NITF, XHTML, HTML or plain text.
use super::paragraphs::Paragraphs;
use super::prose::Prose;
use super::xml::{self, Event, Inner, Tag, Xml};
use super::{Malformed, Story, html};
use crate::text::BlockKind;

/// The stories of a file: one for each news item with an English text.
pub(super) fn read(text: &str) -> Result<Vec<Story>, Malformed> {
    let roots = ["newsItem", "newsMessage", "packageItem"];
    let (mut xml, root) = Xml::rooted(text, &roots, "NewsML-G2")?;
    let mut items = Vec::new();
    let mut start = Some(root);
    loop {
        if let Some(tag) = start.filter(|tag| tag.name == "newsItem") {
            let item = Item::new().read(&mut xml)?;
            items.extend(item.map(|prose| (tag.label("guid"), prose)));
        }
        start = match xml.next()? {
            Some(Event::Start(tag)) => Some(tag),
            Some(_) => None,
            None => break,
        };
    }
    if items.is_empty() {
        return Err(Malformed::foreign(
            "no news item with an English text in it",
        ));
    }
    // A file with one story is that story.
    let several = items.len() > 1;
    let story = |(id, prose): (Option<String>, Prose)| prose.finish(id.filter(|_| several), None);
    Ok(items.into_iter().map(story).collect())
}

/// A news item as it is read.
struct Item<'t> {
    told: Paragraphs<'t>,
    /// The languages that the item names as its own.
    languages: Vec<&'t str>,
}

impl<'t> Item<'t> {
    fn new() -> Self {
        Item {
            told: Paragraphs::new(),
            languages: Vec::new(),
        }
    }

    /// The text of the item; `None` if there is none in English.
    fn read(mut self, xml: &mut Xml<'t>) -> Result<Option<Prose>, Malformed> {
        let depth = xml.depth();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => self.start(&tag, xml)?,
                Event::End(_) if xml.depth() < depth => break,
                Event::Comment(comment) => xml::remark(&mut self.told.prose, &comment),
                Event::End(_) | Event::Text(_) => {}
            }
        }
        let english =
            self.languages.is_empty() || self.languages.iter().any(|l| xml::is_tongue(l, "en"));
        let prose = self.told.finish();
        Ok((english && !prose.is_empty()).then_some(prose))
    }

    fn start(&mut self, tag: &Tag<'t>, xml: &mut Xml<'t>) -> Result<(), Malformed> {
        let described = xml.parent() == "contentMeta";
        if !xml::is_english(xml.lang()) {
            return xml.skip();
        }
        match tag.name {
            "language" if described => self.languages.extend(tag.attribute("tag")),
            "headline" if described => self.told.headline(&xml.rest()?),
            "by" if described => self.told.block(BlockKind::Byline, &xml.rest()?),
            "dateline" if described => self.told.dateline(xml.rest()?),
            "description" if described => {
                let caption = tag
                    .attribute("role")
                    .is_some_and(|role| role.ends_with("caption"));
                let kind = if caption {
                    BlockKind::Caption
                } else {
                    BlockKind::Body
                };
                self.told.block(kind, &xml.rest()?);
            }
            "inlineXML" => self.told.read(xml)?,
            "inlineData" if tag.attribute("encoding").is_none() => {
                let inner = Inner::of(&xml.rest()?);
                let kind = tag.attribute("contenttype").unwrap_or("");
                let prose = inner.read(match kind.contains("html") {
                    true => html::prose,
                    false => xml::plain,
                })?;
                inner.add(prose, &mut self.told.prose);
            }
            "itemMeta" | "catalog" | "catalogRef" | "itemClass" => xml.skip()?,
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::input::{Format, testing};
    use crate::text::BlockKind::{Body, Byline, Headline};

    /// A news item with this content.
    fn item(guid: &str, meta: &str, content: &str) -> String {
        format!(
            "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='{guid}'><itemMeta><title>x</title></itemMeta>\
             <contentMeta><language tag='en'/><headline>The  judge</headline>{meta}</contentMeta>\
             <contentSet>{content}</contentSet></newsItem>"
        )
    }

    #[test]
    fn text_in_every_form() {
        let head = [(Headline, "The judge"), (Byline, "By Ana Ruiz")];
        let body = [(Body, "He said “no” & left."), (Body, "Twice.")];
        let contents = [
            "<inlineXML contenttype='application/nitf+xml'><nitf><head><title>x</title></head><body><body.head>\
             <hedline><hl1>The judge</hl1></hedline></body.head><body.content>\
             <p>He said “no” &amp; left.</p><p>Twice.</p></body.content></body></nitf></inlineXML>",
            "<inlineXML contenttype='application/xhtml+xml'><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x\
             </title></head><body><h1>The judge</h1><p>He said “no” &amp; left.</p><p>Twice.</p></body></html></inlineXML>",
            "<inlineData contenttype='text/html'>&lt;p>He said “no” &amp;amp; left.&lt;/p>&lt;p>Twice.&lt;/p></inlineData>",
            "<inlineData contenttype='text/plain'>He said “no” &amp; left.\n\nTwice.</inlineData>",
        ];
        for content in contents {
            let file = item("a", "<by>By Ana Ruiz</by>", content);
            let story = testing::story(&file, Format::Newsml);
            let kinds: Vec<&str> = testing::blocks(&story).iter().map(|b| b.1).collect();
            let expected: Vec<&str> = head.iter().chain(&body).map(|b| b.1).collect();
            assert_eq!(kinds, expected, "{content}");
            assert_eq!(testing::blocks(&story)[..2], head, "{content}");
        }
    }

    #[test]
    fn each_item_is_a_story() {
        let text = "<inlineXML><nitf><body><body.content><p>He spoke.</p></body.content></body></nitf></inlineXML>";
        let items = [
            item("urn:1", "", text),
            item("urn:2", "", text).replace("'en'", "'es'"),
            item("urn:3", "<dateline>LIMA</dateline>", text),
        ];
        let file = format!(
            "<newsMessage><itemSet>{}</itemSet></newsMessage>",
            items.concat()
        );
        let stories = testing::stories(&file, Format::Newsml);
        let ids: Vec<_> = stories.iter().map(|s| s.id.as_deref()).collect();
        assert_eq!(ids, [Some("urn:1"), Some("urn:3")]);
        assert_eq!(testing::blocks(&stories[1])[1], (Body, "LIMA – He spoke."));
        assert_eq!(
            testing::refusal("<newsMessage/>", Format::Newsml),
            "no news item with an English text in it"
        );
    }
}
