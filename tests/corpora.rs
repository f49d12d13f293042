//! The scoreboard: what each rule finds and misses in `corpora/gold`, and what it says on
//! `corpora/clean`, where it should say nothing.
use asador::{Document, Finding, Linter, Span, Status, detectors};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A defect marked in a gold story.
#[derive(Debug, PartialEq)]
struct Mark {
    /// The rules that should find it, or a family in capitals where no rule could.
    labels: Vec<String>,
    /// Only the Spanish tells.
    needs_source: bool,
    span: Span,
}

/// Takes the marks `⟦label: bad ⇒ better⟧` out of a story.
fn parse(source: &str) -> (String, Vec<Mark>) {
    let body = match source
        .strip_prefix("---\n")
        .and_then(|s| s.split_once("---\n"))
    {
        Some((_, body)) => body,
        None => source,
    };
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('⟦') {
        text.push_str(before);
        let (mark, after) = after.split_once('⟧').expect("a mark is closed");
        let (needs_source, mark) = match mark.strip_prefix("source:") {
            Some(mark) => (true, mark),
            None => (false, mark),
        };
        let (labels, words) = mark.split_once(": ").expect("a mark has a label");
        let bad = words.split(" ⇒ ").next().unwrap_or(words);
        let start = text.len();
        text.push_str(bad);
        marks.push(Mark {
            labels: labels.split('+').map(str::to_owned).collect(),
            needs_source,
            span: Span::new(start, text.len()),
        });
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

fn stories(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpora")
        .join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|f| f.expect("a file").path())
        .filter(|p| !p.to_string_lossy().ends_with(".es.txt"))
        .collect();
    paths.sort();
    let name = |p: &Path| {
        p.file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned()
    };
    paths
        .iter()
        .map(|p| (name(p), fs::read_to_string(p).expect("a story")))
        .collect()
}

/// What a rule did.
#[derive(Default)]
struct Score {
    marks: usize,
    found: usize,
    hits: usize,
    false_gold: usize,
    false_clean: usize,
}

impl Score {
    fn precision(&self) -> Option<f64> {
        let all = self.hits + self.false_gold + self.false_clean;
        (all > 0).then(|| self.hits as f64 / all as f64)
    }
}

/// Scores of all rules, and the false alarms with their stories.
fn measure() -> (BTreeMap<&'static str, Score>, Vec<String>) {
    // Each rule as its users meet it: stable ones without the entries that are not yet trusted.
    let stable = Linter::new(detectors::ALL.iter().copied(), false);
    let preview = Linter::new(
        detectors::ALL
            .iter()
            .copied()
            .filter(|r| r.status == Status::Preview),
        true,
    );
    let check = |text: &str| {
        let doc = Document::plain(text);
        let mut found = stable.check(&doc);
        found.extend(preview.check(&doc));
        found
    };
    let mut scores: BTreeMap<&str, Score> = detectors::ALL
        .iter()
        .map(|r| (r.id, Score::default()))
        .collect();
    let mut alarms = Vec::new();
    let mut alarm = |id: &str, text: &str, finding: &Finding| {
        let words: String = text[finding.span.range()].chars().take(60).collect();
        alarms.push(format!(
            "{id}: {}: {}",
            finding.rule.id,
            words.replace('\n', " ")
        ));
    };
    for (id, source) in stories("gold") {
        let (text, marks) = parse(&source);
        let found = check(&text);
        let mut marks: Vec<Mark> = marks;
        marks.retain(|m| !m.needs_source || found.iter().any(|f| f.span.overlaps(m.span)));
        for finding in &found {
            let score = scores.entry(finding.rule.id).or_default();
            if marks.iter().any(|m| m.span.overlaps(finding.span)) {
                score.hits += 1;
            } else {
                score.false_gold += 1;
                alarm(&id, &text, finding);
            }
        }
        for mark in marks.iter().filter(|m| !m.needs_source) {
            for label in &mark.labels {
                if let Some(score) = scores.get_mut(label.as_str()) {
                    score.marks += 1;
                    score.found += usize::from(
                        found
                            .iter()
                            .any(|f| f.rule.id == label && f.span.overlaps(mark.span)),
                    );
                }
            }
        }
    }
    for (id, text) in stories("clean") {
        for finding in check(&text) {
            scores.entry(finding.rule.id).or_default().false_clean += 1;
            alarm(&id, &text, &finding);
        }
    }
    (scores, alarms)
}

fn board(scores: &BTreeMap<&str, Score>) -> String {
    let mut out = String::from(
        "rule                     status   marks found missed | hits false(gold) false(clean) precision\n",
    );
    let mut total = Score::default();
    for rule in detectors::ALL {
        let s = &scores[rule.id];
        total.marks += s.marks;
        total.found += s.found;
        total.hits += s.hits;
        total.false_gold += s.false_gold;
        total.false_clean += s.false_clean;
        let status = if rule.status == Status::Stable {
            "stable"
        } else {
            "preview"
        };
        row(&mut out, rule.id, status, s);
    }
    row(&mut out, "all", "", &total);
    out
}

fn row(out: &mut String, name: &str, status: &str, s: &Score) {
    let precision = s.precision().map_or("–".to_owned(), |p| format!("{p:.3}"));
    let _ = writeln!(
        out,
        "{name:24} {status:8} {:5} {:5} {:6} | {:4} {:11} {:12} {precision:>9}",
        s.marks,
        s.found,
        s.marks - s.found,
        s.hits,
        s.false_gold,
        s.false_clean
    );
}

#[test]
fn scoreboard() {
    let (scores, alarms) = measure();
    let wrong: Vec<String> = detectors::ALL
        .iter()
        .filter(|r| r.status == Status::Stable)
        .filter_map(|r| Some((r.id, scores[r.id].precision()?)))
        .filter(|&(_, precision)| precision < 0.95)
        .map(|(id, precision)| format!("{id} is stable with a precision of {precision:.3}"))
        .collect();
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("scoreboard", board(&scores));
    });
    assert!(
        wrong.is_empty(),
        "{}\n{}",
        wrong.join("\n"),
        alarms.join("\n")
    );
}

#[test]
fn marks_are_read_and_named_well() {
    let (text, marks) = parse(
        "---\nid: x\n---\nIt ⟦decimal-comma+percent-format: 3,5 % ⇒ 3.5%⟧ ⟦source:OMISSION: rose⟧.\n",
    );
    assert_eq!(text, "It 3,5 % rose.\n");
    assert_eq!(marks[0].labels, ["decimal-comma", "percent-format"]);
    assert_eq!(&text[marks[0].span.range()], "3,5 %");
    assert!(marks[1].needs_source && !marks[0].needs_source);
    for (id, source) in stories("gold") {
        let (_, marks) = parse(&source);
        assert!(!marks.is_empty(), "{id} marks nothing");
        // What only the Spanish tells waits for the rules on fidelity.
        for label in marks
            .iter()
            .filter(|m| !m.needs_source)
            .flat_map(|m| &m.labels)
        {
            let family = label.chars().all(|c| c.is_ascii_uppercase() || c == '-');
            assert!(
                family || detectors::by_id(label).is_some(),
                "{id}: there is no rule “{label}”"
            );
        }
    }
}
