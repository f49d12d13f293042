//! Compiles `corpora/lexicon` and `corpora/words` into one blob, so that start-up parses nothing.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[path = "src/blob.rs"]
#[allow(dead_code)]
mod blob;
#[path = "src/fold.rs"]
mod fold;
#[path = "src/text/tokenizer.rs"]
#[allow(dead_code)]
mod tokenizer;
#[path = "src/lexicon"]
mod lexicon {
    #[allow(dead_code)]
    pub mod compile;
    #[allow(dead_code)]
    pub mod entry;
    mod filing;
    #[allow(dead_code)]
    pub mod inflect;
    #[allow(dead_code)]
    pub mod notation;
    #[allow(dead_code)]
    pub mod vocabulary;
}
use lexicon::compile::{self, List, Source};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=corpora/lexicon");
    println!("cargo::rerun-if-changed=corpora/words");
    println!("cargo::rerun-if-changed=corpora/terms");
    let mut source = Source {
        frequency: frequency(),
        terms: terms(),
        ..Source::default()
    };
    for (folder, slot) in [("corpora/words", true), ("corpora/words/topics", false)] {
        for (name, text) in files(folder, "txt") {
            source.lists.push(List {
                words: compile::read_list(&text),
                name,
                slot,
            });
        }
    }
    source.lists.push(List {
        words: acronyms(&source.terms),
        name: "acronyms".to_owned(),
        slot: false,
    });
    source.lists.sort_by(|a, b| a.name.cmp(&b.name));
    for (name, text) in files("corpora/lexicon", "toml") {
        match lexicon::entry::parse(&text) {
            Ok(mut file) => {
                if name == "untranslated-word" {
                    let table = fs::read_to_string("corpora/terms/spanish-words.tsv");
                    file.entry
                        .extend(lexicon::entry::table(&table.unwrap_or_default()));
                }
                source.lexicons.push((name, file));
            }
            Err(e) => stop(&[format!("corpora/lexicon/{name}.toml: {e}")]),
        }
    }
    let bytes = compile::compile(&source).unwrap_or_else(|errors| stop(&errors));
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("corpora.bin"), bytes).expect("the blob is written");
    fs::write(Path::new(&out).join("classes.rs"), classes(&source))
        .expect("the classes are written");
}

/// The files of a folder by name, sorted.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = file.path();
        if path.extension().is_some_and(|e| e == ending) {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            out.push((name, fs::read_to_string(&path).unwrap_or_default()));
        }
    }
    out.sort();
    out
}

/// The rows of `corpora/terms/acronyms.tsv`.
fn terms() -> Vec<String> {
    let table = fs::read_to_string("corpora/terms/acronyms.tsv").unwrap_or_default();
    table.lines().skip(1).map(str::to_owned).collect()
}

/// The acronyms of these rows, Spanish and English: a list of their own, so that rules look into the
/// table only where the text has one of them.
fn acronyms(terms: &[String]) -> Vec<String> {
    let cells = terms
        .iter()
        .flat_map(|line| line.split('\t').step_by(2).take(2));
    let words: Vec<&str> = cells
        .filter(|a| a.chars().all(char::is_alphanumeric))
        .collect();
    compile::read_list(&words.join("\n"))
}

/// How often the commonest English words occur: `corpora/words/frequency.tsv`.
fn frequency() -> BTreeMap<String, u32> {
    fs::read_to_string("corpora/words/frequency.tsv")
        .unwrap_or_default()
        .lines()
        .filter_map(|line| {
            let (word, count) = line.split_once('\t')?;
            Some((word.to_owned(), count.parse().ok()?))
        })
        .collect()
}

/// A constant for each word list, so that a rule that names a list which is gone does not compile,
/// and the set of those that entries name as their topic.
fn classes(source: &Source) -> String {
    let entries = source.lexicons.iter().flat_map(|(_, file)| &file.entry);
    let topics: BTreeSet<&String> = entries.flat_map(|entry| &entry.topic).collect();
    let numbered = || source.lists.iter().enumerate();
    let set = numbered()
        .filter(|(_, list)| topics.contains(&list.name))
        .fold(0u128, |set, (i, _)| set | 1 << i);
    let mut out = format!(
        "/// The lists that entries name as their topic.\npub const TOPICS: u128 = {set};\n"
    );
    for (i, list) in numbered() {
        let name = list.name.replace('-', "_").to_uppercase();
        let _ = writeln!(
            out,
            "/// The words of `corpora/words/{}.txt`.\npub const {name}: Class = Class({i});",
            list.name
        );
    }
    out
}

fn stop(errors: &[String]) -> ! {
    for error in errors {
        println!("cargo::error={}", error.replace('\n', " "));
    }
    std::process::exit(1);
}
