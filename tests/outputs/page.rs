//! The HTML report, read as a browser reads it.
use super::{cases, whole};
use asador::report::html::Html;
use html5gum::{Token, Tokenizer};
use std::collections::{HashMap, HashSet};

/// An element that was opened.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: HashMap<String, String>,
}

/// Elements without an end.
const VOID: [&str; 3] = ["meta", "input", "br"];

fn string(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Every element of the page, and its text by the element it stands in; each must end where it
/// should, and the tokenizer must have nothing to complain of.
fn read(page: &str) -> (Vec<Tag>, Vec<(String, String)>) {
    let (mut tags, mut texts, mut open) = (Vec::new(), Vec::new(), Vec::<String>::new());
    let mut emitter = html5gum::emitters::default::DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        match token.expect("no fault of input") {
            Token::StartTag(tag) => {
                let name = string(&tag.name);
                let attributes = tag.attributes.iter();
                let attributes = attributes
                    .map(|(key, value)| (string(key), string(value)))
                    .collect();
                if !VOID.contains(&name.as_str()) {
                    open.push(name.clone());
                }
                tags.push(Tag { name, attributes });
            }
            Token::EndTag(tag) => {
                assert_eq!(open.pop(), Some(string(&tag.name)), "an end too many")
            }
            Token::String(text) => {
                let parent = open.last().cloned().unwrap_or_default();
                texts.push((parent, string(&text)));
            }
            Token::Error(error) => panic!("the page is not in order: {:?}", *error),
            Token::Comment(_) => panic!("a comment"),
            Token::Doctype(_) => {}
        }
    }
    assert!(open.is_empty(), "{open:?} have no end");
    (tags, texts)
}

impl Tag {
    fn get(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
    }

    fn has_class(&self, class: &str) -> bool {
        self.get("class").split(' ').any(|c| c == class)
    }
}

#[test]
fn the_page_is_whole() {
    let cases = cases();
    let (tags, texts) = read(&whole(&Html, &cases));
    let ids: Vec<&str> = tags
        .iter()
        .map(|t| t.get("id"))
        .filter(|id| !id.is_empty())
        .collect();
    let unique: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id twice");
    for tag in &tags {
        // Nothing is loaded, everything linked is on the page, and no attribute runs.
        for key in ["src", "srcset", "action", "style", "data", "poster"] {
            assert!(!tag.attributes.contains_key(key), "{tag:?}");
        }
        assert!(
            !tag.attributes.keys().any(|key| key.starts_with("on")),
            "{tag:?}"
        );
        if let Some(target) = tag.attributes.get("href") {
            let id = target.strip_prefix('#').expect("a place on the page");
            assert!(unique.contains(id), "{target} leads nowhere");
        }
        let label = tag.get("aria-labelledby");
        assert!(label.is_empty() || unique.contains(label));
    }
    assert_eq!(tags.iter().filter(|t| t.name == "script").count(), 1);
    assert_eq!(
        tags.iter().filter(|t| t.has_class("story")).count(),
        cases.len()
    );
    // What a story or a path says is text.
    let said = |parent: &str| {
        let parts = texts.iter().filter(|(of, _)| of == parent);
        parts.map(|(_, text)| text.as_str()).collect::<String>()
    };
    let story = said("p") + &said("mark") + &said("a");
    for text in ["</script>", "<script>alert(1)", "<!-- &", "[31m"] {
        assert!(story.contains(text), "{text}: {story}");
    }
    assert!(said("h2").contains("<b>\"&'"));
    assert!(said("li").contains("no such file <or> folder"));
    assert!(
        texts
            .iter()
            .all(|(_, text)| !text.contains(['\u{7}', '\u{1b}', '\u{85}']))
    );
    let style = said("style");
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn every_finding_has_a_note_and_a_mark() {
    let cases = cases();
    let (tags, _) = read(&whole(&Html, &cases));
    let mut stories = tags.split(|tag| tag.has_class("story")).skip(1);
    for case in &cases {
        let story = stories.next().expect("a section");
        let notes: Vec<&Tag> = story.iter().filter(|t| t.has_class("card")).collect();
        let marks: Vec<&Tag> = story.iter().filter(|t| t.name == "mark").collect();
        assert_eq!(notes.len(), case.open().len());
        for (note, (at, finding)) in notes.iter().zip(case.open().iter().enumerate()) {
            assert_eq!(note.get("data-rule"), finding.rule.id);
            assert_eq!(note.get("data-severity"), finding.severity.name());
            assert!(note.has_class(finding.severity.name()));
            let number = (at + 1).to_string();
            assert_eq!(note.get("data-number"), number);
            let marked = marks
                .iter()
                .any(|m| m.get("data-of").split(' ').any(|n| n == number));
            assert!(marked, "{} has no mark", finding.rule.id);
        }
    }
}

/// The text of a story stands on the page as it is, marks or no marks.
#[test]
fn the_story_reads_as_it_is() {
    let cases = cases();
    let page = whole(&Html, &cases[..1]);
    let (_, texts) = read(&page);
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let inside = ["p", "mark", "a"];
    let text: String = texts
        .iter()
        .filter(|(parent, _)| inside.contains(&parent.as_str()))
        .map(|(_, text)| text.as_str())
        .collect();
    let doc = &cases[0].input.stories[0].document;
    for block in &doc.blocks {
        let expected = squeezed(doc.slice(block.span));
        assert!(squeezed(&text).contains(&expected), "{expected}");
    }
}
