//! What people read in tables and comments: Marot, Markdown.
use super::{case, cases, whole};
use asador::report::{Report as _, github::Github, markdown::Markdown, marot::Marot};
use pulldown_cmark::{Event, Options, Parser, Tag};

#[test]
fn marot() {
    let cases = cases();
    let report = whole(&Marot, &cases);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_reader(report.as_bytes());
    let names = [
        "system",
        "doc",
        "docSegId",
        "globalSegId",
        "rater",
        "source",
        "target",
        "category",
        "severity",
        "metadata",
    ];
    assert_eq!(reader.headers().expect("a head"), &names[..]);
    // The reader refuses lines with more or fewer columns.
    let rows: Vec<csv::StringRecord> = reader
        .records()
        .collect::<Result<_, _>>()
        .expect("ten columns");
    let (none, found): (Vec<_>, Vec<_>) = rows.iter().partition(|row| &row[7] == "no-error");
    assert!(
        none.iter()
            .all(|row| &row[8] == "no-error" && !row[6].contains("<v>"))
    );
    let open: Vec<_> = cases
        .iter()
        .flat_map(|case| case.open().into_iter().map(move |f| (case, f)))
        .collect();
    assert_eq!(found.len(), open.len());
    let plain = |text: &str| text.replace(|c: char| c.is_control() || c == '\u{2028}', " ");
    for (row, (case, finding)) in found.iter().zip(open) {
        assert_eq!(row[1], plain(&case.path));
        let severity = row[8].to_lowercase();
        assert_eq!(severity, finding.severity.name());
        let (_, rest) = row[6].split_once("<v>").expect("a mark");
        let (marked, after) = rest.split_once("</v>").expect("the end of the mark");
        assert!(!after.contains("<v>") && !after.contains("</v>"));
        // What reaches into the next sentence is marked to the end of its own.
        let text = plain(case.text(finding));
        assert!(
            text.starts_with(marked),
            "“{marked}” is not the start of “{text}”"
        );
        let metadata: serde_json::Value = serde_json::from_str(&row[9]).expect("JSON");
        assert_eq!(metadata["rule"], finding.rule.id);
        assert_eq!(metadata["source_not_seen"], true);
    }
    // A segment for each sentence, also of a clean story.
    let clean: Vec<_> = rows.iter().filter(|row| &row[1] == "clean.txt").collect();
    assert_eq!(clean.len(), 1);
    assert_eq!(&clean[0][6], "The mayor opened the new library on Monday.");
}

/// The Spanish stands beside the sentences of its paragraph.
#[test]
fn marot_with_the_spanish() {
    let mut pair = case("a.txt", "The OTSC met.\n\nIt ended. All left.\n");
    pair.input.stories[0].document.spanish =
        Some("La OTSC se reunió.\n\nAcabó. Todos se fueron.".into());
    let report = whole(&Marot, &[pair]);
    let sources: Vec<&str> = report
        .lines()
        .skip(1)
        .filter_map(|l| l.split('\t').nth(5))
        .collect();
    assert_eq!(
        sources,
        [
            "La OTSC se reunió.",
            "Acabó. Todos se fueron.",
            "Acabó. Todos se fueron."
        ]
    );
}

#[test]
fn short_ones_at_a_glance() {
    let story = "The OTSC met in Yerevan.\n\nThen it met in Lugansk.\n";
    let rules = ["spanish-acronym", "outdated-exonym"];
    let mut story = case("a.txt", story);
    story.findings.retain(|f| rules.contains(&f.rule.id));
    let story = [story];
    insta::assert_snapshot!(whole(&Markdown, &story), @r"
    ### asador: 1 of 1 story fails

    10 words

    | critical | major | minor | neutral | score |
    | --: | --: | --: | --: | --: |
    | 0 | 1 | 0 | 1 | – |

    - **not checked** <code>gone, &amp; \[lost\].txt</code>: no such file &lt;or&gt; folder

    <details><summary><code>a.txt</code>: 1 major, 1 neutral</summary>

    Fails: 1 finding is minor or worse (`fail-on`)

    - **major** `spanish-acronym` line 1: The acronym is the Spanish one; English has its own. Spanish: “Organización del Tratado de Seguridad Colectiva (OTSC)”. Help: write “CSTO”.
      > &#8288;The <b>OTSC</b> met in Yerevan.
    - **neutral** `outdated-exonym` line 3: English style has moved on to another spelling of this place. Spanish: “Lugansk”. Help: write “Luhansk”.
      > &#8288;Then it met in <b>Lugansk</b>.

    </details>
    ");
    insta::assert_snapshot!(whole(&Github, &story), @r"
    ::error file=a.txt,line=1,col=5,endColumn=9,title=spanish-acronym (major)::The acronym is the Spanish one; English has its own. Spanish: “Organización del Tratado de Seguridad Colectiva (OTSC)”. Help: write “CSTO”.
    ::notice file=a.txt,line=3,col=16,endColumn=23,title=outdated-exonym (neutral)::English style has moved on to another spelling of this place. Spanish: “Lugansk”. Help: write “Luhansk”.
    ::error file=gone%2C & [lost].txt,title=not checked::no such file <or> folder
    ");
}

/// What a reader of Markdown makes of hostile stories is text, and what is marked is marked.
#[test]
fn markdown_is_not_what_a_story_says() {
    let cases = cases();
    let report = whole(&Markdown, &cases);
    let (mut html, mut items) = (String::new(), 0);
    for event in Parser::new_ext(
        &report,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH,
    ) {
        match event {
            Event::Html(part) | Event::InlineHtml(part) => html += &part,
            Event::Start(Tag::Item) => items += 1,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                panic!("a link to {dest_url}");
            }
            Event::Start(Tag::CodeBlock(_)) => panic!("a block of code"),
            _ => {}
        }
    }
    assert!(!html.contains("<script"), "{html}");
    assert_eq!(html.matches("<details>").count(), 3);
    assert_eq!(html.matches("</details>").count(), 3);
    assert!(!report.contains("@all") && !report.contains("#1"));
    // At most twenty a story, one line for the rest, and the file that was not read.
    let shown: usize = cases.iter().map(|c| c.open().len().min(20)).sum();
    let rest = cases.iter().filter(|c| c.open().len() > 20).count();
    assert_eq!(items, shown + rest + 1);
    let more = cases[0].open().len() - 20;
    assert!(report.contains(&format!("… and {more} more\n")));
    assert!(Markdown.room() < 65_536);
}
