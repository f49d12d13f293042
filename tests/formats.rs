//! Files of translators, agencies and newsrooms: what is checked, what is refused, what is mended.
mod common;

use common::{folder, read, run};
use serde_json::Value;
use similar::{DiffTag, TextDiff};
use std::fs;
use std::path::Path;

/// A sample story as it lies in the repository.
fn article(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/articles");
    fs::read(folder.join(name)).expect("a sample story")
}

/// Where the findings of a file stand in it, in bytes.
fn places(folder: &Path, file: &str) -> Vec<(usize, usize)> {
    let ran = run(folder, &["check", "--format", "json", file]);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let documents = report["documents"].as_array().expect("documents");
    let place = |f: &Value, end: &str| f[end].as_u64().expect("a place") as usize;
    documents
        .iter()
        .flat_map(|d| d["findings"].as_array().expect("findings"))
        .map(|f| (place(f, "start"), place(f, "end")))
        .collect()
}

#[test]
fn a_broken_file_is_named_and_the_rest_is_checked() {
    let xliff = |target: &str| {
        format!(
            "<xliff version='2.0' srcLang='es' trgLang='{target}'>\n<file id='f'><unit id='u'><segment>\
             <source>Uno</source><target>The deficit is 2,8%.</target></segment></unit></file></xliff>\n"
        )
    };
    let broken = xliff("en").replace("</unit>", "");
    let folder = folder(&[
        ("broken.xlf", broken.as_bytes()),
        ("french.xlf", xliff("fr").as_bytes()),
        ("good.xlf", xliff("en").as_bytes()),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("table.csv", b"year,people\n2019,10\n"),
    ]);
    let ran = run(folder.path(), &["check", "."]);
    assert_eq!(ran.code, 2);
    let mut lines: Vec<&str> = ran.err.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "asador: broken.xlf:2:103: </file> where </unit> should be; mend the tags",
            "asador: locked.docx: an old Word document, or one with a password; save it as .docx without one",
        ]
    );
    assert!(ran.out.contains("good.xlf:2:"), "{}", ran.out);

    // What a walk passes by is refused by name.
    let ran = run(folder.path(), &["check", "french.xlf", "table.csv"]);
    assert_eq!(ran.code, 2);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "asador: french.xlf: translated into “fr”; only English from Spanish (“es”) is checked",
            "asador: table.csv: no table of pairs; name its columns es and en in the first row",
        ]
    );
}

#[test]
fn what_is_mended_is_read_again() {
    for file in [
        "catalogue.po",
        "copa-final.xlf",
        "feed.rss",
        "lima-court.nitf.xml",
        "madrid-budget.newsml.xml",
        "memory.tmx",
        "pairs.tsv",
    ] {
        let folder = folder(&[(file, &article(file))]);
        let (before, found) = (read(folder.path(), file), places(folder.path(), file));
        let ran = run(folder.path(), &["fix", file]);
        assert!(ran.code < 2, "{file}: {}", ran.err);
        let after = read(folder.path(), file);
        assert_ne!(before, after, "{file}: something is safe to mend");
        assert!(places(folder.path(), file).len() < found.len(), "{file}");

        // Every change lies within what was found.
        let bytes = before.char_indices().map(|(at, _)| at);
        let bytes: Vec<usize> = bytes.chain([before.len()]).collect();
        let diff = TextDiff::from_chars(&before, &after);
        let changes = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
        for change in changes.map(|op| op.old_range()) {
            let (start, end) = (bytes[change.start], bytes[change.end]);
            let within = |&(from, to): &(usize, usize)| from <= start && end <= to;
            let changed = &before[start..end];
            assert!(found.iter().any(within), "{file}, {start}: {changed}");
        }
    }
}

#[test]
fn a_word_document_is_never_written() {
    let before = article("copa-final.docx");
    let folder = folder(&[("story.docx", &before)]);
    let ran = run(folder.path(), &["fix", "story.docx"]);
    assert!(ran.err.contains("read, but not written"), "{}", ran.err);
    let after = fs::read(folder.path().join("story.docx")).expect("the document");
    assert_eq!(before, after);
}
