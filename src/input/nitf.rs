//! The reader of NITF, the format of news agencies for a single story.
use super::paragraphs::Paragraphs;
use super::xml::{self, Xml};
use super::{Malformed, Story};

/// The story of a file.
pub(super) fn read(text: &str) -> Result<Vec<Story>, Malformed> {
    let (mut xml, _) = Xml::rooted(text, &["nitf"], "NITF")?;
    let mut told = Paragraphs::new();
    if xml::is_english(xml.lang()) {
        told.read(&mut xml)?;
    }
    let prose = told.finish();
    if prose.is_empty() {
        return Err(Malformed::foreign("no English text in it"));
    }
    Ok(vec![prose.finish(None, None)])
}

#[cfg(test)]
mod tests {
    use crate::input::xml::tests::decoded;
    use crate::input::{Format, testing};
    use crate::text::BlockKind::{Body, Byline, Caption, Headline, Item};
    use proptest::prelude::*;

    #[test]
    fn the_parts_of_a_story() {
        let file = "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf-3-6.dtd'>\
            <nitf><head><title>slug</title></head><body>\
            <body.head><hedline><hl1>The <b>judge</b>\n speaks</hl1><hl2>At last</hl2></hedline>\
            <note><body.content><p>asador-disable calque</p></body.content></note>\
            <byline>By <person>Ana Ruiz</person></byline><distributor>Agency</distributor>\
            <dateline><location>LIMA</location><story.date>March 4</story.date></dateline>\
            <abstract><p>In short.</p></abstract></body.head>\
            <body.content><block><p>He said “no”.</p><media media-type='image'><media-reference source='a.jpg'/>\
            <media-caption>The court.</media-caption></media><table><tr><td>1</td></tr></table>\
            <ul><li>One<p>Two</p></li></ul><bq><block><p>We won.</p></block><credit>The coach</credit></bq>\
            <hl2>Later</hl2><p>R&amp;D<br/>costs</p><p lang='es'>Hola</p></block></body.content>\
            <body.end><tagline>From Lima</tagline></body.end></body></nitf>";
        let story = testing::story(file, Format::Nitf);
        assert_eq!(
            testing::blocks(&story),
            [
                (Headline, "The judge speaks"),
                (Headline, "At last"),
                (Byline, "By Ana Ruiz"),
                (Byline, "Agency"),
                (Byline, "LIMA March 4"),
                (Body, "In short."),
                (Body, "He said “no”."),
                (Caption, "The court."),
                (Item, "One"),
                (Item, "Two"),
                (Body, "We won."),
                (Caption, "The coach"),
                (Headline, "Later"),
                (Body, "R&D costs"),
                (Byline, "From Lima"),
            ]
        );
        assert_eq!(story.notes.len(), 1);
    }

    #[test]
    fn a_dateline_begins_the_first_paragraph() {
        let read = |dateline: &str| {
            let file = format!(
                "<nitf><body><body.head><hedline><hl1>H</hl1></hedline><dateline>{dateline}</dateline></body.head>\
                 <body.content><p>He said so.</p><p>Twice.</p></body.content></body></nitf>"
            );
            testing::holds(&file, Format::Nitf, decoded);
            let story = testing::story(&file, Format::Nitf);
            testing::blocks(&story)[1].1.to_owned()
        };
        assert_eq!(read("<location>LIMA</location>"), "LIMA – He said so.");
        assert_eq!(read("LIMA (AP) --\n"), "LIMA (AP) -- He said so.");
        assert_eq!(read(" "), "He said so.");
    }

    #[test]
    fn a_story_in_spanish_is_foreign() {
        let file =
            "<nitf xml:lang='es'><body><body.content><p>Hola</p></body.content></body></nitf>";
        assert_eq!(
            testing::refusal(file, Format::Nitf),
            "no English text in it"
        );
    }

    proptest! {
        #[test]
        fn every_word_lies_where_its_bytes_are(
            parts in r"([a-z “é,.]{1,4}|&amp;|&#233;|\n  |<p>|</p>|<br/>|<em>x</em>|<li>y</li>|<hl2>z</hl2>|<dateline>d</dateline>|<!--c-->|<!\[CDATA\[a & b]]>){0,20}",
        ) {
            // A paragraph ends where the next begins.
            let parts = parts.replace("</p>", "").replace("<p>", "</p><p>");
            let file = format!("<nitf><body><p>The {parts} end</p></body></nitf>");
            prop_assert!(testing::holds(&file, Format::Nitf, decoded) > 0);
            testing::rewrites(&file, Format::Nitf, "a < b");
        }
    }
}
