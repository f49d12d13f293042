//! Where the time goes: `cargo bench`, or one stage with `cargo bench -- rules`.
//!
//! The text is what lies in `corpora/articles`, repeated to a megabyte: a hard case, since every
//! story in it is full of findings. `clean` is the same with the stories of `corpora/clean`.
use asador::input::{self, Format, Options};
use asador::report::{Checked, Report, human::Human, json::Json};
use asador::{Document, Linter, detectors, lexicon};
use divan::{Bencher, black_box, counter::BytesCount};
use std::path::Path;

fn main() {
    divan::main();
}

/// Length of the text of a benchmark, in bytes.
const LENGTH: usize = 1 << 20;

/// The text files of a folder of the corpora, repeated.
fn corpus(folder: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpora")
        .join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(root)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| Format::of(path) == Some(Format::Text))
        .collect();
    paths.sort();
    let stories: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a story"))
        .collect();
    let all = stories.join("\n\n") + "\n\n";
    all.repeat(LENGTH / all.len() + 1)
}

fn linter() -> Linter {
    Linter::new(detectors::ALL.iter().copied(), false)
}

const FOLDERS: [&str; 2] = ["articles", "clean"];

/// Bytes to document: encoding, blocks, tokens, sentences.
#[divan::bench(args = FOLDERS)]
fn a_read(bencher: Bencher, folder: &str) {
    let text = corpus(folder);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| input::read(bytes, Format::Text, &Options::default()).is_ok());
}

/// The phrases of all lexicons.
#[divan::bench(args = FOLDERS)]
fn b_lexicon(bencher: Bencher, folder: &str) {
    let text = corpus(folder);
    let doc = Document::plain(&text);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| lexicon::scan(black_box(&doc), false).steps);
}

/// All rules, with the facts that they ask for first.
#[divan::bench(args = FOLDERS)]
fn c_facts_and_rules(bencher: Bencher, folder: &str) {
    let text = corpus(folder);
    let linter = linter();
    let hits = lexicon::scan(&Document::plain(&text), false);
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| Document::plain(&text))
        .bench_refs(|doc| linter.check_with(doc, &hits).len());
}

/// Each rule on a document whose facts are known.
#[divan::bench(args = detectors::ALL.iter().map(|rule| rule.id))]
fn d_rules(bencher: Bencher, id: &str) {
    let text = corpus("articles");
    let doc = Document::plain(&text);
    let hits = lexicon::scan(&doc, false);
    let linter = Linter::new(detectors::by_id(id), true);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| linter.check_with(black_box(&doc), &hits).len());
}

/// The reports.
#[divan::bench(args = ["human", "json"])]
fn e_report(bencher: Bencher, format: &str) {
    let text = corpus("articles");
    let report: &dyn Report = match format {
        "human" => &Human::new(100, true),
        _ => &Json,
    };
    let input =
        input::read(text.clone().into_bytes(), Format::Text, &Options::default()).expect("a story");
    let findings = linter().check(&input.stories[0].document);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let story = Checked::new("story.txt", &input, &input.stories[0], &findings);
        let mut out = String::new();
        report.story(&story, &mut out);
        out
    });
}

/// All of it: bytes to JSON.
#[divan::bench(args = FOLDERS)]
fn f_whole(bencher: Bencher, folder: &str) {
    let text = corpus(folder);
    let linter = linter();
    bencher
        .counter(BytesCount::of_str(&text))
        .with_inputs(|| text.clone().into_bytes())
        .bench_values(|bytes| {
            let input = input::read(bytes, Format::Text, &Options::default()).expect("a story");
            let findings = linter.check(&input.stories[0].document);
            let story = Checked::new("story.txt", &input, &input.stories[0], &findings);
            let mut out = String::new();
            Json.story(&story, &mut out);
            out
        });
}
