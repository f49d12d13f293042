//! The first pass over a page: which parts of it are the story.
use super::element::{Element, is_spanish};
use super::path::{Context, Path};
use super::tokens::{Handler, Tag};
use crate::input::escape;
use crate::input::flow::Flow;
use crate::input::prose::Prose;
use crate::text::{BlockKind, SourceMap};
use std::ops::Range;

/// What the first pass found out.
pub(super) struct Outline<'a> {
    text: &'a str,
    path: Path,
    regions: Vec<Region>,
    /// The first heading of the first rank outside all articles.
    heading: Option<usize>,
    /// The title of the page, while it is read.
    open_title: Option<Flow<'a>>,
    /// The title of the page.
    pub title: Option<Prose>,
    /// What the page says of itself, with the way back into it.
    pub description: Option<(String, SourceMap)>,
    /// The scripts that hold JSON-LD.
    pub data: Vec<Range<usize>>,
    /// Where such a script begins, while it is read.
    open_data: Option<usize>,
    /// Whether the page says that it is Spanish as a whole.
    pub spanish_page: bool,
    spanish: usize,
    /// Text in forms, and all other, of all regions.
    in_forms: usize,
    outside_forms: usize,
}

/// An article, a `<main>`, or what is outside all of them.
struct Region {
    element: Element,
    /// Bytes of text that is no furniture, not in a form, not in a link.
    text: usize,
    /// The same within forms.
    in_forms: usize,
    /// Where it begins.
    start: usize,
    /// Whether it has a heading of the first rank.
    headed: bool,
}

/// Which text is that of the story.
pub(super) struct Plan {
    /// Whether the story has a heading of the first rank.
    pub headed: bool,
    /// For each region, whether it belongs to the story.
    regions: Vec<bool>,
    /// Regions that are no articles; they may hold the head of the story.
    open: Vec<bool>,
    /// The head of the story where it stands before the story itself.
    head: Range<usize>,
    /// Text in forms is read, too: a form is around the page.
    forms: bool,
    /// Text that is said to be Spanish is read, too: there is no other.
    spanish: bool,
}

impl Plan {
    /// Whether text here is that of the story.
    pub fn wants(&self, context: Context, at: usize) -> bool {
        self.would(context, at) && !self.is_foreign(context)
    }

    /// Whether it would be, were it not in another language.
    pub fn would(&self, context: Context, at: usize) -> bool {
        let region = context.region as usize;
        let in_head = self.head.contains(&at) && self.open[region];
        !context.silent
            && !context.furniture
            && (!context.form || self.forms)
            && (in_head || self.regions[region] && !context.header)
    }

    /// Whether text here is Spanish in the middle of English.
    pub fn is_foreign(&self, context: Context) -> bool {
        context.spanish && !self.spanish
    }

    /// A plan after which nothing is read.
    pub fn nothing(mut self) -> Plan {
        self.regions.fill(false);
        self.head = 0..0;
        self
    }
}

impl<'a> Outline<'a> {
    /// Of this page.
    pub fn of(text: &'a str) -> Self {
        let mut outline = Outline {
            text,
            path: Path::default(),
            regions: vec![Region::new(Element::Section, 0)],
            heading: None,
            open_title: None,
            title: None,
            description: None,
            data: Vec::new(),
            open_data: None,
            spanish_page: false,
            spanish: 0,
            in_forms: 0,
            outside_forms: 0,
        };
        super::tokens::read(text, &mut outline);
        outline
    }

    /// Which text is to be read.
    pub fn plan(&self) -> Plan {
        let forms = self.in_forms > self.outside_forms;
        let text = |region: &Region| region.text + if forms { region.in_forms } else { 0 };
        let is_article = |region: &Region| region.element == Element::Article;
        let is_main = |region: &Region| region.element == Element::Main;
        let longest = |of: &dyn Fn(&Region) -> bool| {
            let lengths = self.regions.iter().filter(|region| of(region)).map(text);
            lengths.max().unwrap_or(0)
        };
        let article = longest(&is_article);
        let main = longest(&is_main);
        let rest = longest(&|region| !is_article(region));
        // Where most of the text is outside them, articles are teasers, and `<main>` is misplaced.
        let chosen: Vec<bool> = if article > 0 && article * 2 >= rest {
            let long = |region: &Region| is_article(region) && text(region) * 2 >= article;
            self.regions.iter().map(long).collect()
        } else if main > 0 && main * 2 >= rest {
            self.regions.iter().map(is_main).collect()
        } else {
            self.regions.iter().map(|r| !is_article(r)).collect()
        };
        let head = self.head(&chosen);
        let within = |(region, chosen): (&Region, &bool)| *chosen && region.headed;
        Plan {
            headed: !head.is_empty() || self.regions.iter().zip(&chosen).any(within),
            head,
            open: self.regions.iter().map(|r| !is_article(r)).collect(),
            regions: chosen,
            forms,
            spanish: self.spanish > 4 * (self.in_forms + self.outside_forms),
        }
    }

    /// From a heading that stands before the story, or in the head of its page, to the story.
    fn head(&self, chosen: &[bool]) -> Range<usize> {
        let story = || {
            self.regions
                .iter()
                .zip(chosen)
                .filter(|(_, chosen)| **chosen)
        };
        let start = match chosen[0] {
            true => self.text.len(),
            false => story().map(|(region, _)| region.start).min().unwrap_or(0),
        };
        match self.heading {
            Some(heading) if !story().any(|(region, _)| region.headed) => heading..start,
            _ => 0..0,
        }
    }

    fn add(&mut self, length: usize) {
        let context = self.path.context();
        let region = &mut self.regions[context.region as usize];
        if context.silent || context.furniture || context.header || context.link {
            return;
        }
        if context.spanish {
            self.spanish += length;
            return;
        }
        if context.form {
            region.in_forms += length;
            self.in_forms += length;
        } else {
            region.text += length;
            self.outside_forms += length;
        }
    }

    /// Notes what a tag says about the page; `context` is that of its element’s parent.
    fn look(&mut self, element: Element, context: Context, tag: &Tag, source: Range<usize>) {
        let at = source.start;
        match (element, tag.name.as_slice()) {
            (Element::Article | Element::Main, _) if !tag.closed => {
                self.regions.push(Region::new(element, at));
            }
            (Element::Heading(1), _) if !context.silent && !context.furniture => {
                let region = &mut self.regions[context.region as usize];
                region.headed |= !context.header;
                if region.element != Element::Article {
                    self.heading.get_or_insert(at);
                }
            }
            (_, b"title") if self.title.is_none() && !context.silent => {
                let mut title = Prose::new();
                title.write_with(Some(escape::HTML));
                self.open_title = Some(Flow::new(self.text, title));
            }
            (_, b"meta") if is_description(tag) && self.description.is_none() => {
                self.description = tag.content();
            }
            (_, b"html") => self.spanish_page |= is_spanish(tag) == Some(true),
            (_, b"script") => {
                let holds_data = tag.get("type").trim() == "application/ld+json";
                self.open_data = holds_data.then_some(source.end);
            }
            _ => {}
        }
    }
}

impl Region {
    fn new(element: Element, start: usize) -> Self {
        Region {
            element,
            text: 0,
            in_forms: 0,
            start,
            headed: false,
        }
    }
}

fn is_description(tag: &Tag) -> bool {
    let name = match tag.get("name") {
        "" => tag.get("property"),
        name => name,
    };
    ["description", "og:description"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

impl Handler for Outline<'_> {
    fn verbatim(&mut self, source: Range<usize>) {
        if let Some(title) = &mut self.open_title {
            title.verbatim(BlockKind::Headline, source);
        } else {
            self.add(self.text[source].trim_ascii().len());
        }
    }

    fn unit(&mut self, text: &str, source: Range<usize>) {
        match &mut self.open_title {
            Some(title) => title.unit(BlockKind::Headline, text, source),
            None => self.add(text.len()),
        }
    }

    fn open(&mut self, tag: &Tag, source: Range<usize>) {
        let element = Element::of(tag);
        let context = self.path.context();
        self.path.enter(element, tag);
        self.look(element, context, tag, source);
    }

    fn close(&mut self, name: &[u8], source: Range<usize>) {
        let data = self.open_data.take().map(|start| start..source.start);
        self.data.extend(data);
        if let Some(title) = self.open_title.take() {
            self.title = Some(title.finish());
        }
        self.path.leave(name);
    }

    fn comment(&mut self, _text: &str, _source: Range<usize>) {}
}
