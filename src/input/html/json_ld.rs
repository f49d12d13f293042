//! What a page tells search engines about its article, as JSON-LD: read where the page itself does
//! not show the story, and for the Spanish that it is the translation of.
use crate::input::escape;
use crate::input::json_string;
use crate::input::prose::Prose;
use crate::text::{BlockKind, SourceMap, Span, blocks};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::ops::Range;

/// Nodes lie in lists, in `@graph`, in `mainEntity`: no deeper than this.
const DEEPEST: usize = 4;

/// The articles that a page describes.
#[derive(Default)]
pub(super) struct Data {
    /// The longest one that is not in Spanish.
    pub article: Option<Article>,
    /// The Spanish of it, from `translationOfWork` or from an article that is said to be Spanish.
    pub spanish: Option<String>,
}

/// An article with the way back into the page.
pub(super) struct Article {
    headline: Option<Text>,
    body: Text,
}

type Text = (String, SourceMap);

#[derive(Deserialize)]
struct Node<'a> {
    #[serde(rename = "@type", borrow)]
    kind: Option<&'a RawValue>,
    #[serde(rename = "@graph", borrow)]
    graph: Option<&'a RawValue>,
    #[serde(rename = "mainEntity", borrow)]
    entity: Option<&'a RawValue>,
    #[serde(borrow)]
    headline: Option<&'a RawValue>,
    #[serde(rename = "articleBody", borrow)]
    body: Option<&'a RawValue>,
    #[serde(rename = "inLanguage", borrow)]
    language: Option<&'a RawValue>,
    #[serde(rename = "translationOfWork", borrow)]
    original: Option<&'a RawValue>,
}

/// Reads the scripts of a page. One that is no sound JSON is passed over, as search engines do.
pub(super) fn read(page: &str, scripts: &[Range<usize>]) -> Data {
    let mut data = Data::default();
    for script in scripts {
        let script = page[script.clone()].trim();
        let mut values: Vec<(&str, usize)> = vec![(script, 0)];
        while let Some((value, depth)) = values.pop() {
            let mut inside = Vec::new();
            if value.starts_with('[') {
                let list: Vec<&RawValue> = serde_json::from_str(value).unwrap_or_default();
                inside = list;
            } else if let Ok(node) = serde_json::from_str::<Node>(value) {
                inside.extend(node.graph.into_iter().chain(node.entity));
                data.take(page, &node);
            }
            if depth < DEEPEST {
                values.extend(inside.iter().rev().map(|raw| (raw.get(), depth + 1)));
            }
        }
    }
    data
}

impl Data {
    fn take(&mut self, page: &str, node: &Node) {
        let is_article = node.kind.is_some_and(|kind| {
            kind.get().contains("Article\"") || kind.get().contains("Posting\"")
        });
        let Some(body) = node.body.filter(|_| is_article) else {
            return;
        };
        let Some(body) = text(page, body) else {
            return;
        };
        if node.language.is_some_and(|l| l.get().starts_with("\"es")) {
            self.spanish.get_or_insert(body.0);
            return;
        }
        let longest = self.article.as_ref().map_or(0, Article::len);
        if body.0.len() > longest {
            let headline = node.headline.and_then(|raw| text(page, raw));
            self.article = Some(Article { headline, body });
            let original = node.original.map(RawValue::get);
            let original = original.and_then(|raw| serde_json::from_str::<Node>(raw).ok());
            if let Some(body) = original.and_then(|node| text(page, node.body?)) {
                self.spanish = Some(body.0);
            }
        }
    }
}

impl Article {
    /// Bytes of its body.
    pub fn len(&self) -> usize {
        self.body.0.len()
    }

    /// Whether it has a headline.
    pub fn is_headed(&self) -> bool {
        self.headline.is_some()
    }

    /// Adds the article to the text of the story.
    pub fn write(&self, prose: &mut Prose) {
        if let Some((headline, map)) = &self.headline {
            let whole = Span::new(0, headline.len());
            let inner = Prose::of_text(headline, vec![(BlockKind::Headline, whole)]);
            prose.append(inner, map, escape::JSON);
        }
        let (body, map) = &self.body;
        prose.append(read_body(body), map, escape::JSON);
    }
}

/// A body is plain text; some sites write markup all the same.
fn read_body(body: &str) -> Prose {
    if body.contains("</p>") || body.contains("<br") {
        return super::fragment(body);
    }
    Prose::of_text(body, blocks::of_plain_text(body))
}

/// The text of a string with the way back into the page.
fn text(page: &str, raw: &RawValue) -> Option<Text> {
    let (text, map) = json_string::decode(raw.get())?;
    // The raw value is a slice of the page.
    let start = raw.get().as_ptr().addr() - page.as_ptr().addr();
    let mut there = SourceMap::identity();
    there.append(&map, start);
    Some((text, there))
}
