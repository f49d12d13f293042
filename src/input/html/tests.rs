//! Pages and fragments, what is read of them, and that every word leads back.
use crate::input::{self, Format, Options, Story, escape, testing};
use crate::text::{BlockKind, Span};
use proptest::prelude::*;

fn story(html: &str) -> Story {
    let read = input::read(html.as_bytes().to_vec(), Format::Html, &Options::default());
    let mut stories = read.unwrap_or_else(|e| panic!("{html}: {e}")).stories;
    stories.pop().expect("a story")
}

/// The blocks of a page, each with the first letter of its kind.
fn blocks(html: &str) -> String {
    testing::lettered(&story(html))
}

#[test]
fn text_is_read_as_a_browser_shows_it() {
    let cases = [
        ("<p>One</p><p>Two</p>", "B:One|B:Two"),
        ("<p>One<p>Two", "B:One|B:Two"),
        ("One <b>Toka</b>yev\n  two", "B:One Tokayev two"),
        ("<b>One </b> two<i> three</i>", "B:One two three"),
        (
            "<h1>One</h1>Two<div>Three</div>four",
            "H:One|B:Two|B:Three|B:four",
        ),
        ("<ul><li>One<li><p>Two</p></ul>", "I:One|I:Two"),
        ("<blockquote><p>One</p></blockquote>", "B:One"),
        ("<table><tr><td>1<td>2</table>", "I:1|I:2"),
        (
            "<figure>One<figcaption><p>Two</p></figcaption></figure>",
            "C:One|C:Two",
        ),
        ("One<br>two<br/><br>\nthree", "B:One\ntwo|B:three"),
        (
            "<p>One &amp; two&nbsp;caf&eacute;s, &#8220;x&rdquo; &lt;</p>",
            "B:One & two\u{a0}cafés, “x” <",
        ),
        (
            "<p>AT&T &copy &notit; & &#x41;&#66</p>",
            "B:AT&T © ¬it; & AB",
        ),
        (
            "<p>Kas&shy;im To<wbr>ka<!-- x -->yev</p>",
            "B:Kasim Tokayev",
        ),
        ("<p>One\r\n two\rthree</p>", "B:One two three"),
        (
            "<p>Growth<sup><a href=#1>1</a></sup> of the 10<sup>th</sup></p>",
            "B:Growth of the 10th",
        ),
        ("<p>1 < 2 <3</p>", "B:1 < 2 <3"),
    ];
    for (html, expected) in cases {
        assert_eq!(blocks(html), expected, "{html}");
    }
}

#[test]
fn what_is_no_prose_is_left_out() {
    let cases = [
        (
            "<p>One</p><script>two()</script><style>p{}</style>",
            "B:One",
        ),
        (
            "<p>One</p><pre>x</pre><noscript><p>n</p></noscript><template>t</template>",
            "B:One",
        ),
        (
            "<p>One</p><p hidden>x</p><div aria-hidden=true><p>x</p></div>",
            "B:One",
        ),
        (
            "<p>One <span style='color: red; display : none !important'>x</span>two</p>",
            "B:One two",
        ),
        (
            "<p>Run <code>x</code>, the <kbd>y</kbd> of z</p>",
            "B:Run □, the □ of z",
        ),
        ("<p>One</p><p><code>x</code></p>", "B:One"),
        (
            "<p>The <i lang=es>cacique</i> of <i lang=es-CU><b>s</b></i></p>",
            "B:The □ of □",
        ),
        (
            "<div lang=es><p>Uno</p></div><p lang=en>One two three</p>",
            "B:One two three",
        ),
        (
            "<p>One two</p><button>x</button><form><p>Name</p></form>",
            "B:One two",
        ),
        ("<p>It rose <del>2</del><ins>3</ins>%</p>", "B:It rose 3%"),
        (
            "<svg><title>x</title></svg><p>One</p><textarea><p>x</textarea>",
            "B:One",
        ),
    ];
    for (html, expected) in cases {
        assert_eq!(blocks(html), expected, "{html}");
    }
}

#[test]
fn the_story_of_a_page_is_its_article() {
    let cases = [
        (
            "<nav>x</nav><header>x</header><article><header><h1>One</h1></header><p>Two</p><footer>x</footer><aside>x</aside></article><footer>x</footer>x",
            "H:One|B:Two",
        ),
        (
            "<header>x <h1>One</h1></header><p>x</p><article>Two</article>",
            "H:One|B:x|B:Two",
        ),
        (
            "<h1>Site</h1><article><h1>One</h1>Two</article>",
            "H:One|B:Two",
        ),
        (
            "<main><article>The long story</article><article>Teaser</article></main>",
            "B:The long story",
        ),
        (
            "<main><article>Story one</article><article>Story two</article></main>",
            "B:Story one|B:Story two",
        ),
        (
            "<p>A long story without an article</p><article>Teaser</article>",
            "B:A long story without an article",
        ),
        (
            "<div>x</div><main><p>One two three</p><nav>x</nav></main><div>x</div>",
            "B:One two three",
        ),
        (
            "<div role=navigation>x</div><div role=main>One<div role=complementary>x</div></div>",
            "B:One",
        ),
        (
            "<h1>One</h1><div itemprop=articleBody><p>Two two two</p></div><div>x</div>",
            "H:One|B:Two two two",
        ),
        (
            "<form id=aspnet><header>x</header><div>One</div></form>",
            "B:One",
        ),
        (
            "<article><p>One two three four</p><form><p>Leave a reply</p></form></article>",
            "B:One two three four",
        ),
        ("<header><p>x</p></header><p>One</p>", "B:One"),
        (
            "<article><p class=article__byline>By A</p><p>By <a rel=author>B</a></p><p><span class=author>C</span></p><address>D</address><p class=wp-caption-text>E</p></article>",
            "B:By A|B:By B|B:C|B:D|C:E",
        ),
        (
            "<article><p>What the <a rel=author>columnist</a> wrote</p></article>",
            "B:What the columnist wrote",
        ),
    ];
    for (html, expected) in cases {
        assert_eq!(blocks(html), expected, "{html}");
    }
    let looks = "<p>Two</p><p>Por Ana Ruiz</p><p>Photo: EFE</p><p>By then it was late.</p>";
    assert_eq!(
        blocks(looks),
        "B:Two|B:Por Ana Ruiz|C:Photo: EFE|B:By then it was late."
    );
    let kinds: Vec<BlockKind> = story(looks)
        .document
        .blocks
        .iter()
        .map(|b| b.kind)
        .collect();
    assert_eq!(kinds[1], BlockKind::Byline);
    let kinds: Vec<BlockKind> = story(cases[12].0)
        .document
        .blocks
        .iter()
        .map(|b| b.kind)
        .collect();
    assert_eq!(kinds[..4], [BlockKind::Byline; 4]);
}

#[test]
fn the_head_of_a_page_says_nothing_twice() {
    let cases = [
        ("<title>One - Site</title><h1>One</h1><p>Two", "H:One|B:Two"),
        (
            "<title>\n One &amp; two | Site</title><p>Two",
            "H:One & two | Site|B:Two",
        ),
        (
            "<title>One two – Site</title><article><h2>One two</h2><p>Two</p></article>",
            "H:One two|B:Two",
        ),
        (
            "<meta name=description content='Sum &amp; up.'><h1>One</h1><p>Two",
            "B:Sum & up.|H:One|B:Two",
        ),
        (
            "<meta property=og:description content='Two, three…'><h1>One</h1><p>Two, <b>three</b> four.",
            "H:One|B:Two, three four.",
        ),
    ];
    for (html, expected) in cases {
        assert_eq!(blocks(html), expected, "{html}");
    }
}

#[test]
fn json_ld_is_read_where_the_page_is_empty() {
    let ld = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","articleBody":"no"},{"@type":["NewsArticle"],"headline":"The \u201cking\u201d","articleBody":"One \"two\".\n\nThree, and so on and on.","inLanguage":"en","translationOfWork":{"@type":"NewsArticle","inLanguage":"es","articleBody":"Uno."}}]}</script>"#;
    let page = format!("<title>x</title><h1>x</h1>{ld}<p>Loading…</p><!-- asador-ignore-file -->");
    assert_eq!(
        blocks(&page),
        "H:The “king”|B:One \"two\".|B:Three, and so on and on."
    );
    let read = story(&page);
    assert_eq!(read.document.spanish.as_deref(), Some("Uno."));
    assert_eq!(read.notes.len(), 1);
    let at = read.document.plain.find("“king”").expect("the quotation");
    let span = Span::new(at, at + "“king”".len());
    assert_eq!(
        &page[read.document.map.source(span).range()],
        "\\u201cking\\u201d"
    );
    assert_eq!(read.escapes(span), Some(escape::JSON));

    let shown = format!(
        "{ld}<article><p>One “two”. Three. And more than search engines are told.</p></article>"
    );
    assert!(blocks(&shown).starts_with("B:One “two”."));
    assert_eq!(story(&shown).document.spanish.as_deref(), Some("Uno."));
    let broken = "<script type='application/ld+json'>{\"@type\":</script><p>One";
    assert_eq!(blocks(broken), "B:One");
    let markup = r#"<script type="application/ld+json">[{"@type":"Article","articleBody":"<p>R&amp;D <b>\"x<\/b>\"<\/p>"}]</script>"#;
    assert_eq!(blocks(markup), "B:R&D \"x\"");
    let read = story(markup);
    let source = read.document.map.source(Span::new(0, 3));
    assert_eq!(&markup[source.range()], "R&amp;D");
    assert_eq!(
        read.escapes(Span::new(0, 3)),
        Some(escape::HTML.within(escape::JSON))
    );
}

#[test]
fn a_spanish_page_stays_as_it_is() {
    assert_eq!(blocks("<html lang=es><body lang=es><p>Uno</p>"), "B:Uno");
    assert_eq!(blocks("<div lang=es><p>Uno</p></div>"), "B:Uno");
}

#[test]
fn a_page_without_text_is_no_story() {
    for html in ["", "<div id=app></div><script>x</script>", "<p>&nbsp;</p>"] {
        let read = input::read(html.as_bytes().to_vec(), Format::Html, &Options::default());
        assert!(matches!(read, Err(input::ReadError::NoStory(_))), "{html}");
    }
}

#[test]
fn xhtml_closes_elements_with_a_slash() {
    let page = "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/><script src=\"x\"/></head><body><main/><p>One</p><div/><p>Two</p></body></html>";
    assert_eq!(blocks(page), "B:One|B:Two");
}

#[test]
fn comments_for_asador_are_noted_wherever_they_stand() {
    let html = "<!-- asador-ignore-file name-variant --><nav><!--asador-x--></nav><p>One</p><!-- y --><p>Two<!-- asador-z -->";
    let read = story(html);
    let notes: Vec<(&str, &str)> = read
        .notes
        .iter()
        .map(|n| (n.text.trim(), &html[n.source.range()]))
        .collect();
    assert_eq!(
        notes,
        [
            (
                "asador-ignore-file name-variant",
                "<!-- asador-ignore-file name-variant -->"
            ),
            ("asador-x", "<!--asador-x-->"),
            ("asador-z", "<!-- asador-z -->"),
        ]
    );
    assert_eq!(
        read.notes[2].at as usize,
        read.document.plain.find("Two").expect("it") + 3
    );
}

#[test]
fn fixes_can_be_written_where_the_text_is_in_one_piece() {
    let html = "<title>One &amp; two</title><meta name=description content=\"The &quot;sum&quot; up\"><p>R&amp;D for <b>Toka</b>yev</p>";
    let read = story(html);
    let escapes = |part: &str| {
        let at = read.document.plain.find(part).expect("the part");
        read.escapes(Span::new(at, at + part.len()))
    };
    assert_eq!(escapes("One & two"), Some(escape::HTML));
    assert_eq!(escapes("R&D for"), Some(escape::HTML));
    assert_eq!(escapes("\"sum\" up"), Some(escape::ATTRIBUTE));
    assert_eq!(escapes("Tokayev"), None);
    assert_eq!(escapes("for Toka"), None);
}

/// What a stretch of a page says, as html5gum alone decodes it.
fn decoded(html: &str) -> String {
    let mut text = String::new();
    for token in html5gum::Tokenizer::new(html) {
        if let Ok(html5gum::Token::String(string)) = token {
            text.push_str(&String::from_utf8_lossy(&string.value));
        }
    }
    text
}

fn holds_places(html: &str) -> Result<(), TestCaseError> {
    let read = input::read(html.as_bytes().to_vec(), Format::Html, &Options::default());
    let Ok(read) = read else {
        return Ok(());
    };
    for story in &read.stories {
        let document = &story.document;
        for token in &document.tokens {
            let text = document.slice(token.span);
            let source = document.map.source(token.span);
            let there = html.get(source.range());
            prop_assert!(there.is_some(), "{:?}: {:?} at {:?}", html, text, source);
            if !text.contains('□') {
                let there = there.unwrap_or("");
                prop_assert_eq!(decoded(there), text, "{:?}: {:?}", html, there);
            }
        }
    }
    Ok(())
}

const PIECES: &[&str] = &[
    "Toka",
    "yev",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "é",
    "’",
    ".",
    ",",
    "&amp;",
    "&eacute;",
    "&nbsp;",
    "&ndash;",
    "&semi;",
    "&#x2019;",
    "&#8220;",
    "&#65",
    "&",
    "& ",
    "&amp",
    "&x;",
    "&#;",
    "&#xg",
    "<b>",
    "</b>",
    "<i class=x>",
    "</i>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br>",
    "<br/>",
    "<li>",
    "<ul>",
    "</ul>",
    "<h1>",
    "</h1>",
    "<article>",
    "</article>",
    "<main>",
    "<header>",
    "</header>",
    " <!-- x --> ",
    " <code>a b</code> ",
    " <script>if (a<b) {}</script> ",
    " <p hidden>x</p> ",
    "<nav>",
    "</nav>",
    "<span lang=es>",
    "</span>",
    "<td>",
    "<",
    ">",
    "</",
    "<!",
    "<a title='&amp;>'>",
    "</a>",
    " <title>",
    "</title> ",
    "<meta name=description content=\"x &amp; y&semi;\">",
];

proptest! {
    /// Every token is in the file what it is in the text.
    #[test]
    fn every_token_leads_back(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        holds_places(&pieces.concat())?;
    }

    #[test]
    fn nothing_panics(html in "([<>/!&;=\"' a-e#-]|\\PC|<!--|-->|<script|<title>|\u{0}|\r\n){0,60}") {
        let _ = input::read(html.into_bytes(), Format::Html, &Options::default());
    }
}
