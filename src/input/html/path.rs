//! The elements that are open at a place of a page, and what they mean for the text there.
//!
//! No tree is built: a stack of small entries is enough, and however deep a page is nested, every
//! tag costs the same.
use super::element::{Element, is_spanish};
use super::tokens::Tag;
use crate::text::BlockKind;
use std::collections::HashMap;

/// What the open elements say about the text in them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The kind of a block that begins here.
    pub kind: BlockKind,
    /// Which part of the page this is: 0 outside any article and `<main>`, else in order of their
    /// beginnings.
    pub region: u32,
    /// Not text of the page.
    pub silent: bool,
    /// Belongs to the page, not to a story.
    pub furniture: bool,
    /// In the head of the page.
    pub header: bool,
    /// In a form.
    pub form: bool,
    /// Said to be Spanish by an element within the page.
    pub spanish: bool,
    /// In a link.
    pub link: bool,
    /// In raised text.
    pub raised: bool,
}

/// The page itself.
const PAGE: Context = Context {
    kind: BlockKind::Body,
    region: 0,
    silent: false,
    furniture: false,
    header: false,
    form: false,
    spanish: false,
    link: false,
    raised: false,
};

/// An open element.
struct Open {
    name: u32,
    context: Context,
    /// One more than the place of the innermost paragraph that the next block ends.
    paragraph: u32,
    /// The same for items and cells.
    item: u32,
}

/// The open elements.
#[derive(Default)]
pub(super) struct Path {
    open: Vec<Open>,
    names: HashMap<Vec<u8>, u32>,
    /// How often each name is open.
    counts: Vec<u32>,
    regions: u32,
}

impl Path {
    /// What holds for text here.
    pub fn context(&self) -> Context {
        self.open.last().map_or(PAGE, |open| open.context)
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Goes into an element, and out of those that it ends. An element without content is not
    /// entered.
    pub fn enter(&mut self, element: Element, tag: &Tag) {
        let last = self.open.last();
        let (mut paragraph, mut item) = last.map_or((0, 0), |open| (open.paragraph, open.item));
        if element.breaks() && paragraph > 0 {
            self.leave_to(paragraph as usize - 1);
            paragraph = 0;
        }
        if element == Element::Item && item > 0 {
            self.leave_to((item as usize - 1).min(self.open.len()));
            item = 0;
        }
        if matches!(element, Element::Break | Element::Void { .. }) || tag.closed {
            return;
        }
        let here = self.open.len() as u32 + 1;
        match element {
            Element::Paragraph => paragraph = here,
            Element::Item => item = here,
            Element::Block | Element::Address => {}
            _ if element.breaks() => item = 0,
            _ => {}
        }
        let context = self.within(element, tag);
        let name = self.number(&tag.name);
        self.counts[name as usize] += 1;
        self.open.push(Open {
            name,
            context,
            paragraph,
            item,
        });
    }

    /// Goes out of the innermost element with this name, and of all that are still open in it.
    /// An end tag that ends nothing changes nothing.
    pub fn leave(&mut self, name: &[u8]) {
        let Some(&name) = self.names.get(name) else {
            return;
        };
        if self.counts[name as usize] == 0 {
            return;
        }
        // Every element that is passed over is left for good: the cost is that of entering it.
        while self.open.last().is_some_and(|open| open.name != name) {
            self.leave_to(self.open.len() - 1);
        }
        self.leave_to(self.open.len() - 1);
    }

    fn leave_to(&mut self, depth: usize) {
        for open in self.open.drain(depth..) {
            self.counts[open.name as usize] -= 1;
        }
    }

    fn number(&mut self, name: &[u8]) -> u32 {
        if let Some(&known) = self.names.get(name) {
            return known;
        }
        let number = self.counts.len() as u32;
        self.names.insert(name.to_owned(), number);
        self.counts.push(0);
        number
    }

    fn within(&mut self, element: Element, tag: &Tag) -> Context {
        let mut context = self.context();
        context.kind = element.kind(tag).unwrap_or(context.kind);
        if !matches!(tag.name.as_slice(), b"html" | b"body") {
            context.spanish = is_spanish(tag).unwrap_or(context.spanish);
        }
        match element {
            Element::Article | Element::Main => {
                self.regions += 1;
                context.region = self.regions;
                context.header = false;
                context.form = false;
            }
            Element::Header => context.header |= context.region == 0,
            Element::Furniture => context.furniture = true,
            Element::Form => context.form = true,
            Element::Silent { .. } | Element::Object => context.silent = true,
            Element::Link => {
                context.silent |= context.raised;
                context.link = true;
            }
            Element::Raised => context.raised = true,
            _ => {}
        }
        context
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(name: &str) -> Tag {
        let mut tag = Tag::default();
        tag.name.extend(name.bytes());
        tag
    }

    fn path(names: &str) -> Path {
        let mut path = Path::default();
        for name in names.split(' ') {
            match name.strip_prefix('/') {
                Some(name) => path.leave(name.as_bytes()),
                None => {
                    let tag = tag(name);
                    path.enter(Element::of(&tag), &tag);
                }
            }
        }
        path
    }

    #[test]
    fn elements_end_as_in_a_browser() {
        let cases = [
            ("p p p", 1),
            ("p b div", 1),
            ("ul li p li li", 2),
            ("ul li ul li", 4),
            ("ul li ul li /ul li", 2),
            ("table tr td td td", 3),
            ("div p /div", 0),
            ("div /p /b", 1),
            ("div br img hr", 1),
            ("p br i", 2),
        ];
        for (names, depth) in cases {
            assert_eq!(path(names).depth(), depth, "{names}");
        }
    }

    #[test]
    fn kinds_are_inherited() {
        let cases = [
            ("div p", BlockKind::Body),
            ("ul li p", BlockKind::Item),
            ("ul li blockquote p", BlockKind::Body),
            ("figure figcaption p", BlockKind::Caption),
            ("h1 a span", BlockKind::Headline),
            ("table tr td", BlockKind::Item),
        ];
        for (names, kind) in cases {
            assert_eq!(path(names).context().kind, kind, "{names}");
        }
    }

    #[test]
    fn articles_are_regions_of_their_own() {
        assert_eq!(path("body header").context().region, 0);
        assert!(path("body header h1").context().header);
        let article = path("main article /article article header").context();
        assert!(!article.header);
        assert_eq!(article.region, 3);
        assert!(path("article nav p").context().furniture);
    }
}
