//! What the elements of HTML mean for the text in them.
use super::tokens::Tag;
use crate::text::BlockKind;

/// What an element does to the text around and in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Does not break words: `<b>`, and whatever is not known.
    Inline,
    /// A link.
    Link,
    /// Raised text, such as the number of a note.
    Raised,
    /// `<br>`.
    Break,
    /// Another element without content; only `<hr>` breaks.
    Void {
        /// Whether a block ends here.
        breaks: bool,
    },
    /// Begins a block of the kind of its parent: `<div>`.
    Block,
    /// `<p>`, which ends before the next block.
    Paragraph,
    /// Begins blocks of body text: `<section>`, `<blockquote>`, and the page itself.
    Section,
    /// A heading of this rank.
    Heading(u8),
    /// The line under a picture.
    Caption,
    /// An item of a list, a cell of a table: ends before the next one.
    Item,
    /// Contact data of the author.
    Address,
    /// `<article>` and what is marked as the body of one.
    Article,
    /// The main part of a page.
    Main,
    /// The head of a page, or of a part of it.
    Header,
    /// What belongs to the page and not to the story.
    Furniture,
    /// A form; one around the whole page is none to the reader.
    Form,
    /// Nothing of it is text.
    Silent {
        /// Whether a block ends here.
        breaks: bool,
    },
    /// Stands in the sentence, but is no prose: `<code>`.
    Object,
}

impl Element {
    /// What this start tag begins, by its name and its attributes.
    pub fn of(tag: &Tag) -> Element {
        let named = Self::named(&tag.name);
        if matches!(named, Element::Break | Element::Void { .. }) {
            return named;
        }
        if is_hidden(tag) {
            let breaks = named.breaks();
            return Element::Silent { breaks };
        }
        match tag.get("role") {
            "main" => Element::Main,
            "article" => Element::Article,
            "banner" => Element::Header,
            "navigation" | "complementary" | "contentinfo" | "search" | "menu" | "menubar"
            | "toolbar" | "dialog" | "alertdialog" | "tablist" => Element::Furniture,
            "doc-noteref" => Element::Silent { breaks: false },
            _ if words(tag.get("itemprop")).any(|prop| prop == "articleBody") => Element::Article,
            _ => named,
        }
    }

    /// What the name of an element means.
    pub fn named(name: &[u8]) -> Element {
        match name {
            b"br" => Element::Break,
            b"hr" => Element::Void { breaks: true },
            b"area" | b"base" | b"basefont" | b"bgsound" | b"col" | b"embed" | b"frame"
            | b"img" | b"input" | b"link" | b"meta" | b"param" | b"source" | b"track" | b"wbr" => {
                Element::Void { breaks: false }
            }
            b"a" => Element::Link,
            b"sup" => Element::Raised,
            b"p" => Element::Paragraph,
            b"center" | b"details" | b"div" | b"figure" | b"hgroup" => Element::Block,
            b"blockquote" | b"body" | b"dir" | b"dl" | b"head" | b"html" | b"menu" | b"ol"
            | b"section" | b"table" | b"tbody" | b"tfoot" | b"thead" | b"tr" | b"ul" => {
                Element::Section
            }
            b"h1" => Element::Heading(1),
            b"h2" => Element::Heading(2),
            b"h3" | b"h4" | b"h5" | b"h6" | b"summary" => Element::Heading(3),
            b"caption" | b"figcaption" => Element::Caption,
            b"dd" | b"dt" | b"li" | b"td" | b"th" => Element::Item,
            b"address" => Element::Address,
            b"article" => Element::Article,
            b"main" => Element::Main,
            b"header" => Element::Header,
            b"aside" | b"dialog" | b"fieldset" | b"footer" | b"nav" | b"search" => {
                Element::Furniture
            }
            b"form" => Element::Form,
            b"listing" | b"pre" | b"template" | b"xmp" => Element::Silent { breaks: true },
            b"applet" | b"audio" | b"button" | b"canvas" | b"datalist" | b"del" | b"iframe"
            | b"label" | b"map" | b"meter" | b"noembed" | b"noframes" | b"noscript" | b"object"
            | b"option" | b"progress" | b"rp" | b"rt" | b"s" | b"script" | b"select"
            | b"strike" | b"style" | b"svg" | b"textarea" | b"title" | b"video" => {
                Element::Silent { breaks: false }
            }
            b"code" | b"kbd" | b"math" | b"samp" | b"tt" | b"var" => Element::Object,
            _ => Element::Inline,
        }
    }

    /// Whether a block ends where the element begins and ends.
    pub fn breaks(self) -> bool {
        match self {
            Element::Inline
            | Element::Link
            | Element::Raised
            | Element::Break
            | Element::Object => false,
            Element::Void { breaks } | Element::Silent { breaks } => breaks,
            _ => true,
        }
    }

    /// The kind of the blocks in it, if it sets one.
    pub fn kind(self, tag: &Tag) -> Option<BlockKind> {
        let named = match self {
            Element::Section | Element::Article | Element::Main => Some(BlockKind::Body),
            Element::Heading(_) => Some(BlockKind::Headline),
            Element::Item => Some(BlockKind::Item),
            Element::Caption => Some(BlockKind::Caption),
            Element::Address => Some(BlockKind::Byline),
            _ if tag.name == b"figure" => Some(BlockKind::Caption),
            Element::Block | Element::Paragraph => None,
            _ => return None,
        };
        named.or_else(|| of_class(tag))
    }

    /// Whether this inline element names the author: the block around it is a byline.
    pub fn is_author(self, tag: &Tag) -> bool {
        matches!(self, Element::Inline | Element::Link)
            && (words(tag.get("rel")).any(|rel| rel == "author")
                || of_class(tag) == Some(BlockKind::Byline))
    }
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split_ascii_whitespace()
}

/// What the names of its classes call an element: `article__byline`, `wp-caption-text`.
fn of_class(tag: &Tag) -> Option<BlockKind> {
    if words(tag.get("itemprop")).any(|prop| prop == "author") {
        return Some(BlockKind::Byline);
    }
    let mut parts = tag.get("class").split(|c: char| !c.is_ascii_alphabetic());
    parts.find_map(|part| match part {
        "author" | "byline" | "dateline" => Some(BlockKind::Byline),
        "caption" | "credit" | "credits" => Some(BlockKind::Caption),
        _ => None,
    })
}

/// Whether the page does not show the element.
fn is_hidden(tag: &Tag) -> bool {
    let style = tag.get("style");
    let declares = |property: &str, value: &str| {
        style.split(';').any(|declaration| {
            declaration.split_once(':').is_some_and(|(name, set)| {
                let set = set.trim();
                let set = set.split('!').next().unwrap_or(set).trim();
                name.trim().eq_ignore_ascii_case(property) && set.eq_ignore_ascii_case(value)
            })
        })
    };
    tag.has("hidden")
        || tag.get("aria-hidden").eq_ignore_ascii_case("true")
        || declares("display", "none")
        || declares("visibility", "hidden")
}

/// Whether the element says that its text is Spanish (`Some(true)`) or something else.
pub(super) fn is_spanish(tag: &Tag) -> Option<bool> {
    let lang = match tag.get("lang") {
        "" => tag.get("xml:lang"),
        lang => lang,
    };
    let primary = lang.split(['-', '_']).next().unwrap_or("");
    (!primary.is_empty()).then(|| primary.eq_ignore_ascii_case("es"))
}
