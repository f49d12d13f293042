//! The second pass over a page: the text of the story.
use super::element::Element;
use super::outline::Plan;
use super::path::Path;
use super::tokens::{Handler, Tag};
use crate::input::escape;
use crate::input::flow::Flow;
use crate::input::prose::Prose;
use std::ops::Range;

/// Reads what `plan` wants of a page, and the comments meant for asador wherever they stand.
pub(super) fn read(text: &str, plan: &Plan) -> Prose {
    let mut prose = Prose::new();
    prose.write_with(Some(escape::HTML));
    let mut story = Story {
        plan,
        path: Path::default(),
        flow: Flow::new(text, prose),
        object: None,
    };
    super::tokens::read(text, &mut story);
    story.flow.finish()
}

struct Story<'a> {
    plan: &'a Plan,
    path: Path,
    flow: Flow<'a>,
    /// What is open that stands in a sentence but is no prose: how deep, and where it begins.
    object: Option<(usize, usize)>,
}

impl Story<'_> {
    fn wants(&self, at: usize) -> bool {
        self.object.is_none() && self.plan.wants(self.path.context(), at)
    }

    /// Notes the end of an object that is no longer open.
    fn end_object(&mut self, at: usize) {
        if let Some((depth, start)) = self.object
            && self.path.depth() <= depth
        {
            self.object = None;
            let kind = self.path.context().kind;
            self.flow.object(kind, start..at);
        }
    }
}

impl Handler for Story<'_> {
    fn verbatim(&mut self, source: Range<usize>) {
        if self.wants(source.start) {
            self.flow.verbatim(self.path.context().kind, source);
        }
    }

    fn unit(&mut self, text: &str, source: Range<usize>) {
        // A soft hyphen is invisible, and the page means it so.
        if self.wants(source.start) && text != "\u{ad}" {
            self.flow.unit(self.path.context().kind, text, source);
        }
    }

    fn open(&mut self, tag: &Tag, source: Range<usize>) {
        let element = Element::of(tag);
        if element.breaks() {
            self.flow.end();
        }
        let before = self.path.context();
        self.path.enter(element, tag);
        self.end_object(source.start);
        let at = source.start;
        if !self.plan.wants(before, at) || self.object.is_some() {
            return;
        }
        let inside = self.path.context();
        let foreign = self.plan.is_foreign(inside) && !element.breaks();
        if element == Element::Break {
            self.flow.line_break(source);
        } else if (element == Element::Object || foreign) && !tag.closed {
            self.object = Some((self.path.depth() - 1, at));
        } else if element.is_author(tag) {
            self.flow.byline();
        }
    }

    fn close(&mut self, name: &[u8], source: Range<usize>) {
        let depth = self.path.depth();
        let breaks = Element::named(name).breaks();
        self.path.leave(name);
        self.end_object(source.end);
        // An element with the role of another part of the page ends as that part does.
        if breaks && (self.path.depth() < depth || name == b"p") {
            self.flow.end();
        }
    }

    fn comment(&mut self, text: &str, source: Range<usize>) {
        if text.contains("asador-") {
            self.flow.prose().note(text, source);
        }
    }
}
