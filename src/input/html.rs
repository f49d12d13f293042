//! The reader of HTML: whole pages and fragments.
//!
//! A page is passed over twice: first to find out which part of it is the story ([`outline`]), then
//! to read that part ([`story`]). Both follow the open elements on a [`path`]; no tree is built.
use super::prose::{Prose, letters};
use super::{Malformed, Story, escape};
use crate::text::{BlockKind, SourceMap};
use outline::Outline;

mod element;
mod json_ld;
mod outline;
mod path;
mod story;
#[cfg(test)]
mod tests;
mod tokens;

/// The story of a page. What the page sets apart from it — navigation, asides, forms, the page’s
/// own head and foot, other articles — is not read: it is where it belongs.
pub(super) fn read(text: &str) -> Result<Vec<Story>, Malformed> {
    let outline = Outline::of(text);
    let plan = outline.plan();
    let data = json_ld::read(text, &outline.data);
    let mut headed = plan.headed;
    let mut body = story::read(text, &plan);
    // Search engines are told the whole story; readers may see no more than its beginning.
    if let Some(article) = data.article.filter(|a| a.len() > 2 * body.len()) {
        headed = article.is_headed();
        body = story::read(text, &plan.nothing());
        article.write(&mut body);
    }
    let mut page = Prose::new();
    let shown = letters(body.text());
    if let Some(title) = outline.title.filter(|_| !headed)
        && !shown.contains(&letters(name_of(title.text())))
    {
        page.append(title, &SourceMap::identity(), escape::PLAIN);
    }
    if let Some((description, map)) = outline.description
        && !shown.contains(&letters(&description))
    {
        let mut inner = Prose::new();
        inner.write_with(Some(escape::ATTRIBUTE));
        inner.begin(BlockKind::Body);
        inner.verbatim(&description, 0);
        page.append(inner, &map, escape::PLAIN);
    }
    page.append(body, &SourceMap::identity(), escape::PLAIN);
    if page.is_empty() {
        return Err(Malformed::foreign(
            "the page has no text of a story; if a script loads it, save the page as the browser shows it",
        ));
    }
    let spanish = data.spanish.filter(|_| !outline.spanish_page);
    Ok(vec![page.finish(None, spanish)])
}

/// The text of a fragment of HTML, as it lies in a field of another format.
pub(super) fn prose(text: &str) -> Result<Prose, Malformed> {
    Ok(fragment(text))
}

/// The same, which never fails.
pub(super) fn fragment(text: &str) -> Prose {
    story::read(text, &Outline::of(text).plan())
}

/// The title of a page without the name of the site: the longest of its parts.
fn name_of(title: &str) -> &str {
    let parts = title
        .split(['|', '»', '·', '•'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" — "));
    parts.max_by_key(|part| part.len()).unwrap_or(title)
}
