//! The reader of XLIFF, 1.2 and 2: targets are the story, sources the Spanish beside it.
use super::segment::{self, Pairs, Unit};
use super::xml::{self, Event, Tag, Xml};
use super::{Malformed, Story, escape};

/// The stories of a file: one for each `<file>` in it.
pub(super) fn read(text: &str) -> Result<Vec<Story>, Malformed> {
    let (mut xml, root) = Xml::rooted(text, &["xliff"], "XLIFF")?;
    let languages = Languages {
        source: root.attribute("srcLang"),
        target: root.attribute("trgLang"),
    };
    let mut files = Vec::new();
    let mut foreign = None;
    while let Some(event) = xml.next()? {
        let Event::Start(tag) = event else { continue };
        if tag.name != "file" {
            xml.skip()?;
        } else if let Err(fault) = languages.of(&tag).check() {
            foreign.get_or_insert(fault);
            xml.skip()?;
        } else {
            let name = tag.label("original").or_else(|| tag.label("id"));
            let pairs = File::new(&tag).read(&mut xml)?;
            files.push((name, pairs));
        }
    }
    files.retain(|(_, pairs)| !pairs.is_empty());
    if files.is_empty() {
        let untranslated = || Malformed::foreign("no unit in it has a target; translate it first");
        return Err(foreign.unwrap_or_else(untranslated));
    }
    // A file with one story is that story.
    let several = files.len() > 1;
    let story = |(name, pairs): (Option<String>, Pairs)| pairs.finish(name.filter(|_| several));
    Ok(files.into_iter().map(story).collect())
}

/// From which language to which.
struct Languages<'t> {
    source: Option<&'t str>,
    target: Option<&'t str>,
}

impl<'t> Languages<'t> {
    /// Those of a `<file>`, which says so itself in XLIFF 1.2.
    fn of(&self, file: &Tag<'t>) -> Self {
        Languages {
            source: file.attribute("source-language").or(self.source),
            target: file.attribute("target-language").or(self.target),
        }
    }

    fn check(&self) -> Result<(), Malformed> {
        segment::check_languages(self.source, self.target)
    }
}

/// A `<file>` as it is read.
struct File<'t> {
    pairs: Pairs,
    /// Whether the text of each open file, group and unit is translated at all.
    translated: Vec<bool>,
    unit: Unit<'t>,
    /// The source and the target of the segment at hand.
    source: String,
    target: Option<Vec<Event<'t>>>,
}

impl<'t> File<'t> {
    fn new(tag: &Tag) -> Self {
        File {
            pairs: Pairs::new(escape::XML),
            translated: vec![!tag.has("translate", "no")],
            unit: Unit::default(),
            source: String::new(),
            target: None,
        }
    }

    fn read(mut self, xml: &mut Xml<'t>) -> Result<Pairs, Malformed> {
        let depth = xml.depth();
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) => self.start(&tag, xml)?,
                Event::End(_) if xml.depth() < depth => break,
                Event::End(name) => self.end(name),
                Event::Comment(comment) => self.unit.notes.push(comment),
                Event::Text(_) => {}
            }
        }
        self.pairs.add(self.unit);
        Ok(self.pairs)
    }

    fn start(&mut self, tag: &Tag<'t>, xml: &mut Xml<'t>) -> Result<(), Malformed> {
        // Modules and alternatives have sources and targets of their own.
        let own = matches!(xml.parent(), "trans-unit" | "segment" | "ignorable");
        match tag.name {
            "group" | "trans-unit" | "unit" => {
                let outer = self.translated.last().copied().unwrap_or(true);
                let inner = tag.attribute("translate");
                self.translated
                    .push(inner.map_or(outer, |says| says != "no"));
            }
            "source" if own => self.source = xml::said(&segment::read(xml)?),
            "target" if own && xml::is_english(tag.attribute("lang")) => {
                self.target = Some(segment::read(xml)?);
            }
            "target" if own => xml.skip()?,
            "note" => self.unit.notes.extend(xml.note(tag)?),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "trans-unit" | "segment" | "ignorable") {
            let source = std::mem::take(&mut self.source);
            if let Some(target) = self.target.take() {
                self.unit.segment(target, &source);
            }
        }
        if matches!(name, "group" | "trans-unit" | "unit") {
            let translated = self.translated.pop().unwrap_or(true);
            if name != "group" {
                let unit = std::mem::take(&mut self.unit);
                if translated {
                    self.pairs.add(unit);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::input::xml::tests::decoded;
    use crate::input::{Format, escape, testing};
    use crate::text::Span;
    use proptest::prelude::*;

    fn plain(file: &str) -> (String, Option<String>) {
        let document = testing::story(file, Format::Xliff).document;
        (document.plain.trim_end().to_owned(), document.spanish)
    }

    /// A file of XLIFF 1.2 with these units.
    fn old(units: &str) -> String {
        format!(
            "<xliff version='1.2'><file source-language='es-ES' target-language='en' original='a.txt'>\
             <header><note>by hand</note></header><body>{units}</body></file></xliff>"
        )
    }

    /// A file of XLIFF 2 with these units.
    fn new(units: &str) -> String {
        format!(
            "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='es' trgLang='en'>\
             <file id='f1'>{units}</file></xliff>"
        )
    }

    #[test]
    fn units_are_paragraphs_with_their_spanish() {
        let file = old(
            "<trans-unit id='1'><source>El juez.</source><target>The <g id='1'>judge</g>.</target>\
             <alt-trans><source>El árbitro.</source><target>The referee.</target></alt-trans></trans-unit>\
             <group translate='no'><trans-unit id='2'><source>ES</source><target>ES</target></trans-unit>\
             <trans-unit id='3' translate='yes'><source>Uno</source><target>One</target></trans-unit></group>\
             <trans-unit id='4'><source>Sin traducir</source></trans-unit>",
        );
        let spanish = Some("El juez.\n\nUno".to_owned());
        assert_eq!(plain(&file), ("The judge.\n\nOne".to_owned(), spanish));
    }

    #[test]
    fn codes_hold_no_text_and_part_words() {
        let target = |target: &str| {
            let unit =
                format!("<trans-unit><source>x</source><target>{target}</target></trans-unit>");
            plain(&old(&unit)).0
        };
        assert_eq!(target("one<x id='1'/>two"), "one two");
        assert_eq!(target("one <x id='1'/>two<x id='2'/>."), "one two.");
        assert_eq!(target("at <ph id='1'>%s</ph> on"), "at □ on");
        assert_eq!(target("one.<x id='1' ctype='lb'/>”two"), "one. ”two");
        assert_eq!(target("one.<ph id='1'>&lt;BR/></ph>”two"), "one. ”two");
        assert_eq!(
            target("o<g id='1'>n</g>e<bpt id='1'>&lt;b></bpt>!<ept id='1'>/b</ept>"),
            "one!"
        );
        assert_eq!(target("one<ph id='1'>&lt;br/></ph>“two”"), "one “two”");
        assert_eq!(
            target("<mrk mtype='seg'>One.</mrk><it id='1'>b</it><mrk>Two.</mrk>"),
            "One. Two."
        );
    }

    #[test]
    fn segments_of_a_unit_are_one_paragraph() {
        let file = new(
            "<unit id='1'><segment><source>Uno.</source><target>One.</target></segment>\
             <ignorable><source>  </source></ignorable>\
             <segment><source>Dos.</source><target>Tw<pc id='1'>o</pc>.</target></segment>\
             <segment><source>Tres.</source></segment></unit>\
             <unit id='2' translate='no'><segment><source>A</source><target>A</target></segment></unit>",
        );
        let spanish = Some("Uno. Dos.".to_owned());
        assert_eq!(plain(&file), ("One. Two.".to_owned(), spanish));
    }

    #[test]
    fn a_note_stands_before_its_unit() {
        let file = old(
            "<trans-unit><source>a</source><target>First</target></trans-unit>\
             <trans-unit><source>b</source><target>Second</target>\
             <note>asador-disable-next-line calque</note><note>nice</note></trans-unit>",
        );
        let story = testing::story(&file, Format::Xliff);
        let second = story.document.plain.find("Second").expect("the text") as u32;
        let [note] = &story.notes[..] else {
            panic!("one note: {:?}", story.notes);
        };
        assert_eq!(
            (note.at, &*note.text),
            (second, "asador-disable-next-line calque")
        );
        assert!(file[note.source.range()].starts_with("<note>asador"));
    }

    #[test]
    fn each_file_is_a_story() {
        let file = "<xliff version='1.2'>\
            <file source-language='es' target-language='fr' original='a'><body><trans-unit>\
            <source>a</source><target>Le juge</target></trans-unit></body></file>\
            <file source-language='es' target-language='en' original='b &amp; c'><body><trans-unit>\
            <source>a</source><target>The judge</target></trans-unit></body></file>\
            <file source-language='es' original='d'><body><trans-unit>\
            <source>a</source><target>The king</target></trans-unit></body></file></xliff>";
        let stories = testing::stories(file, Format::Xliff);
        let ids: Vec<Option<&str>> = stories.iter().map(|s| s.id.as_deref()).collect();
        assert_eq!(ids, [Some("b & c"), Some("d")]);
    }

    #[test]
    fn other_languages_are_foreign() {
        let refusal = |file: &str| testing::refusal(file, Format::Xliff);
        assert_eq!(
            refusal(&old("").replace("es-ES", "de")),
            "translated from “de”; only English from Spanish (“es”) is checked"
        );
        assert_eq!(
            refusal(&new("").replace("trgLang='en'", "trgLang='pt-BR'")),
            "translated into “pt-BR”; only English from Spanish (“es”) is checked"
        );
        assert_eq!(
            refusal(&new("")),
            "no unit in it has a target; translate it first"
        );
        assert_eq!(
            refusal("<html/>"),
            "no XLIFF: the root element is <html>; name its format with --input-format"
        );
    }

    #[test]
    fn a_code_within_a_passage_is_never_overwritten() {
        let story = testing::story(
            &old(
                "<trans-unit><source>x</source><target>all the<x id='1'/> meat &own; on</target></trans-unit>",
            ),
            Format::Xliff,
        );
        let span = |words: &str| {
            let at = story.document.plain.find(words).expect("the words");
            Span::new(at, at + words.len())
        };
        assert_eq!(story.escapes(span("all the")), Some(escape::XML));
        assert_eq!(story.escapes(span("the meat")), None);
        assert_eq!(story.escapes(span("meat &own;")), None);
    }

    /// The parts of a target.
    const PARTS: &str = r"([a-z “”é,.]{1,4}|&amp;|&lt;|&#233;|&#x2019;|&nbsp;|&own;|<g id='1'>x</g>|<x id='2'/>|<ph>y</ph>|<!--c-->|<!\[CDATA\[a & <b]]>|\n ){0,12}";

    proptest! {
        #[test]
        fn every_word_lies_where_its_bytes_are(targets in prop::collection::vec(PARTS, 1..4), segments: bool) {
            let unit = |target: &String| match segments {
                true => format!("<unit><segment><source>s</source><target>{target}</target></segment></unit>"),
                false => format!("<trans-unit><source>s</source><target>{target}</target></trans-unit>"),
            };
            let units = targets.iter().map(unit).collect::<String>() + &unit(&"End".to_owned());
            let file = if segments { new(&units) } else { old(&units) };
            prop_assert!(testing::holds(&file, Format::Xliff, decoded) > 0);
            testing::rewrites(&file, Format::Xliff, "R&D <b> ]]> \"x\"");
            testing::rewrites(&file, Format::Xliff, "]>");
        }

        #[test]
        fn any_file(text in r"(<xliff srcLang='es'>|</xliff>|<file>|</file>|<unit>|</unit>|<segment>|</segment>|<source>|</source>|<target>|</target>|<trans-unit>|</trans-unit>|<x/>|<note>|</note>|asador-|a| ){0,40}") {
            let _ = testing::input(&text, Format::Xliff);
        }
    }
}
