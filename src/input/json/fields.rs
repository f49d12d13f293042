//! Which fields of a record hold which part of a story: the settings, and what is known without any.
use super::pointer::Pointer;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Where the parts of a story lie in a record of JSON. For each part a list of pointers, tried in
/// order; what is not given is looked for where agencies and content systems have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Fields {
    /// An array of stories in a file that holds several, or an object that wraps one.
    pub stories: Part,
    /// The name of the story.
    pub id: Part,
    /// The title, or several.
    pub headline: Part,
    /// What stands between title and text: a summary, an excerpt.
    pub standfirst: Part,
    /// Who wrote it.
    pub byline: Part,
    /// The text of the story. Block tags in it show that it is HTML.
    pub text: Part,
    /// The text of the story in HTML. If only one of `text` and `body-html` is given, the other is
    /// not looked for.
    pub body_html: Part,
    /// Lines under pictures. Here all pointers are followed, not only the first that leads to text.
    pub caption: Part,
    /// The Spanish of the story: its text, or a record of the same fields.
    pub spanish: Part,
    /// Notes for asador: `asador-ignore RULE: reason`.
    pub ignore: Part,
}

/// The pointers of a part; `None` where the known ones are meant.
pub type Part = Option<Vec<Pointer>>;

/// What agencies and content systems call the parts: ninjs 1 to 3, schema.org, JSON Feed, the
/// interfaces of WordPress, Drupal, Arc XP and the Guardian, and names that explain themselves.
static KNOWN: LazyLock<Fields> = LazyLock::new(|| Fields {
    stories: part(&[
        "/items",
        "/articles",
        "/stories",
        "/posts",
        "/news",
        "/data",
        "/results",
        "/response/results",
        "/@graph",
        "/article",
        "/story",
    ]),
    id: part(&[
        "/id",
        "/_id",
        "/uri",
        "/@id",
        "/identifier",
        "/guid",
        "/slug",
        "/url",
        "/link",
    ]),
    headline: part(&[
        "/headlines/*/value",
        "/headlines/basic",
        "/headline",
        "/title/rendered",
        "/title",
        "/attributes/title",
        "/fields/headline",
    ]),
    standfirst: part(&[
        "/descriptions/*/value",
        "/description_text",
        "/description_xhtml",
        "/description_html",
        "/subheadlines/basic",
        "/description/basic",
        "/standfirst",
        "/fields/standfirst",
        "/excerpt/rendered",
        "/excerpt",
        "/description",
        "/summary",
    ]),
    byline: part(&["/byline", "/by", "/fields/byline"]),
    text: part(&[
        "/bodies/*/value",
        "/body_text",
        "/articleBody",
        "/content_text",
        "/text",
        "/body",
        "/content",
        "/translation",
        "/english",
        "/en",
    ]),
    body_html: part(&[
        "/body_xhtml",
        "/body_html",
        "/content/rendered",
        "/content_html",
        "/content_elements/*/content",
        "/attributes/body/processed",
        "/fields/body",
    ]),
    caption: part(&[
        "/associations/*/descriptions/*/value",
        "/associations/*/description_text",
        "/caption",
        "/captions/*",
        "/image/caption",
        "/images/*/caption",
        "/promo_items/basic/caption",
        "/content_elements/*/caption",
        "/_embedded/wp:featuredmedia/*/caption/rendered",
    ]),
    spanish: part(&["/spanish", "/translationOfWork", "/es"]),
    ignore: part(&["/asador"]),
});

fn part(pointers: &[&str]) -> Part {
    pointers.iter().map(|p| Pointer::new(p).ok()).collect()
}

impl Fields {
    /// The pointers of a part: those of the settings, else the known ones.
    pub(super) fn of(&self, part: fn(&Fields) -> &Part) -> &[Pointer] {
        let given = part(self).as_deref();
        given.or(part(&KNOWN).as_deref()).unwrap_or_default()
    }

    /// The pointers to the text, with whether it is HTML by its place.
    pub(super) fn body(&self) -> impl Iterator<Item = (&Pointer, bool)> {
        let known = self.text.is_none() && self.body_html.is_none();
        let list = |part: fn(&Fields) -> &Part| match known {
            true => self.of(part),
            false => part(self).as_deref().unwrap_or_default(),
        };
        let html = list(|f| &f.body_html).iter().map(|p| (p, true));
        html.chain(list(|f| &f.text).iter().map(|p| (p, false)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(toml: &str) -> Result<Fields, toml::de::Error> {
        toml::from_str(toml)
    }

    #[test]
    fn every_known_pointer_is_one() {
        let parts: [fn(&Fields) -> &Part; 10] = [
            |f| &f.stories,
            |f| &f.id,
            |f| &f.headline,
            |f| &f.standfirst,
            |f| &f.byline,
            |f| &f.text,
            |f| &f.body_html,
            |f| &f.caption,
            |f| &f.spanish,
            |f| &f.ignore,
        ];
        for part in parts {
            assert!(!Fields::default().of(part).is_empty());
        }
    }

    #[test]
    fn settings_replace_what_is_known() {
        let fields = settings("headline = [\"/titulo\"]\nbody-html = [\"/cuerpo\"]");
        let fields = fields.expect("settings");
        let headline: Vec<String> = fields
            .of(|f| &f.headline)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(headline, ["/titulo"]);
        let body: Vec<(String, bool)> = fields
            .body()
            .map(|(p, html)| (p.to_string(), html))
            .collect();
        assert_eq!(body, [("/cuerpo".to_owned(), true)]);
        assert!(fields.of(|f| &f.id).len() > 1);
    }

    #[test]
    fn mistakes_are_told() {
        let why = settings("headlin = [\"/a\"]").expect_err("no such key");
        assert!(why.to_string().contains("`headline`"), "{why}");
        let why = settings("text = [\"a/b\"]").expect_err("no pointer");
        assert!(why.to_string().contains("“/a/b”"), "{why}");
    }
}
