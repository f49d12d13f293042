//! The reader of translation memories (TMX): every unit in both languages is a paragraph.
use super::segment::{self, Pairs, Unit};
use super::xml::{self, Event, Tag, Xml};
use super::{Malformed, Story, escape};

/// The story of a file: all its units, in order.
pub(super) fn read(text: &str) -> Result<Vec<Story>, Malformed> {
    let (mut xml, _) = Xml::rooted(text, &["tmx"], "TMX")?;
    let mut pairs = Pairs::new(escape::XML);
    let mut unit = Unit::default();
    let (mut english, mut spanish) = (None, None);
    // Whether all units, and this unit, were translated from English, not into it.
    let (mut all_from, mut from) = (false, false);
    let from_english = |tag: &Tag| Some(xml::is_tongue(tag.attribute("srclang")?, "en"));
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) => match tag.name {
                "header" => all_from = from_english(&tag).unwrap_or(false),
                "tu" => from = from_english(&tag).unwrap_or(all_from),
                "note" => unit.notes.extend(xml.note(&tag)?),
                "prop" => xml.skip()?,
                "seg" => match xml.lang() {
                    Some(lang) if xml::is_tongue(lang, "en") && english.is_none() => {
                        english = Some(segment::read(&mut xml)?);
                    }
                    Some(lang) if xml::is_tongue(lang, "es") && spanish.is_none() => {
                        spanish = Some(xml::said(&segment::read(&mut xml)?));
                    }
                    _ => xml.skip()?,
                },
                _ => {}
            },
            Event::End("tu") => {
                let pair = english.take().zip(spanish.take());
                if let Some((english, spanish)) = pair.filter(|_| !from) {
                    unit.segment(english, &spanish);
                }
                pairs.add(std::mem::take(&mut unit));
            }
            Event::Comment(comment) => unit.notes.push(comment),
            Event::End(_) | Event::Text(_) => {}
        }
    }
    if pairs.is_empty() {
        return Err(Malformed::foreign(
            "no unit in it is English from Spanish; its <tuv> need xml:lang=\"en\" and \"es\"",
        ));
    }
    Ok(vec![pairs.finish(None)])
}

#[cfg(test)]
mod tests {
    use crate::input::xml::tests::decoded;
    use crate::input::{Format, testing};
    use proptest::prelude::*;

    fn memory(units: &str) -> String {
        format!(
            "<?xml version='1.0'?><!DOCTYPE tmx SYSTEM 'tmx14.dtd'><tmx version='1.4'>\
             <header srclang='es-ES' adminlang='en'/><body>{units}</body></tmx>"
        )
    }

    #[test]
    fn units_in_both_languages_are_paragraphs() {
        let file = memory(
            "<tu><prop type='x'>en</prop><tuv xml:lang='en-GB'><seg>The <hi>judge</hi><ph>x</ph>spoke.</seg></tuv>\
             <tuv xml:lang='es'><seg>El juez habló.</seg></tuv><tuv xml:lang='en-US'><seg>Judge.</seg></tuv></tu>\
             <tu><tuv lang='ES-AR'><seg>Dos</seg></tuv><tuv lang='EN'><seg>Two</seg></tuv></tu>\
             <tu><tuv xml:lang='fr'><seg>Trois</seg></tuv><tuv xml:lang='en'><seg>Three</seg></tuv></tu>\
             <tu srclang='en'><tuv xml:lang='en'><seg>Four</seg></tuv><tuv xml:lang='es'><seg>Cuatro</seg></tuv></tu>",
        );
        let document = testing::story(&file, Format::Tmx).document;
        assert_eq!(document.plain.trim_end(), "The judge spoke.\n\nTwo");
        assert_eq!(document.spanish.as_deref(), Some("El juez habló.\n\nDos"));
    }

    #[test]
    fn a_memory_without_a_pair_is_foreign() {
        let file = memory("<tu><tuv xml:lang='en'><seg>One</seg></tuv></tu>");
        assert_eq!(
            testing::refusal(&file, Format::Tmx),
            "no unit in it is English from Spanish; its <tuv> need xml:lang=\"en\" and \"es\""
        );
    }

    proptest! {
        #[test]
        fn every_word_lies_where_its_bytes_are(
            segments in prop::collection::vec(r"([a-z ’]{1,4}|&amp;|&#233;|<ut>x</ut>|<hi>b</hi>|<bpt i='1'>q</bpt>){1,9}", 1..4),
        ) {
            let unit = |segment: &String| format!(
                "<tu><tuv xml:lang='es'><seg>s</seg></tuv><tuv xml:lang='en'><seg>{segment} z</seg></tuv></tu>"
            );
            let file = memory(&segments.iter().map(unit).collect::<String>());
            prop_assert!(testing::holds(&file, Format::Tmx, decoded) > 0);
            testing::rewrites(&file, Format::Tmx, "a < b");
        }
    }
}
