//! What is XML: JUnit, Checkstyle, XLIFF with ITS.
use super::{cases, whole};
use asador::Severity;
use asador::report::{checkstyle::Checkstyle, its::Its, junit::Junit};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};

/// An element with what is in it.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: HashMap<String, String>,
    children: Vec<Node>,
    /// The text of the element and of those in it.
    text: String,
}

impl Node {
    fn new(start: &BytesStart) -> Node {
        let mut node = Node {
            name: start.name().as_ref().to_owned(),
            ..Node::default()
        };
        for attribute in start.attributes() {
            let attribute = attribute.expect("it is well formed");
            let value = quick_xml::escape::unescape(&attribute.value).expect("it is well formed");
            let key = attribute.key.as_ref().to_owned();
            let old = node.attributes.insert(key, value.into_owned());
            assert_eq!(old, None, "an attribute twice");
        }
        node
    }

    fn get(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
    }

    fn all<'a>(&'a self, name: &str) -> Vec<&'a Node> {
        let mut found = Vec::new();
        for child in &self.children {
            found.extend((child.name == name).then_some(child));
            found.extend(child.all(name));
        }
        found
    }
}

/// Reads a document into a tree; every character must be one that XML allows.
fn parse(xml: &str) -> Node {
    let forbidden =
        |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}');
    assert!(!xml.contains(forbidden), "a character that XML forbids");
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut stack = vec![Node::default()];
    loop {
        match reader.read_event().expect("it is well formed") {
            Event::Start(start) => stack.push(Node::new(&start)),
            Event::Empty(start) => {
                let node = Node::new(&start);
                stack.last_mut().expect("a parent").children.push(node);
            }
            Event::End(_) => {
                let node = stack.pop().expect("an element");
                let parent = stack.last_mut().expect("a parent");
                parent.text += &node.text;
                parent.children.push(node);
            }
            Event::Text(text) => stack.last_mut().expect("a parent").text += &text,
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                let text = quick_xml::escape::unescape(&reference).expect("a known entity");
                stack.last_mut().expect("a parent").text += &text;
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("{other:?}"),
        }
    }
    let mut root = stack.pop().expect("the document");
    assert!(stack.is_empty());
    root.children.pop().expect("the root")
}

#[test]
fn junit() {
    let cases = cases();
    let root = parse(&whole(&Junit, &cases));
    assert_eq!(root.name, "testsuites");
    assert_eq!(root.children.len(), cases.len() + 1);
    for (suite, case) in root.children.iter().zip(&cases) {
        assert_eq!(suite.name, "testsuite");
        let tests = suite.all("testcase");
        assert_eq!(suite.get("tests"), tests.len().to_string());
        for (count, name) in [
            ("failures", "failure"),
            ("errors", "error"),
            ("skipped", "skipped"),
        ] {
            assert_eq!(suite.get(count), suite.all(name).len().to_string());
        }
        if case.findings.is_empty() {
            assert_eq!((tests.len(), tests[0].children.len()), (1, 0));
            continue;
        }
        assert_eq!(tests.len(), case.findings.len());
        for (test, finding) in tests.iter().zip(&case.findings) {
            assert!(test.get("name").starts_with(finding.rule.id));
            assert!(!test.get("classname").is_empty());
            let [outcome] = &test.children[..] else {
                panic!("one outcome: {test:?}");
            };
            match (&finding.waiver, finding.severity) {
                (Some(waiver), _) => {
                    assert_eq!(outcome.name, "skipped");
                    assert!(outcome.get("message").ends_with(&waiver.reason));
                }
                (None, Severity::Neutral) => assert_eq!(outcome.name, "system-out"),
                (None, severity) => {
                    assert_eq!(outcome.name, "failure");
                    assert_eq!(outcome.get("type"), severity.name());
                    assert_eq!(outcome.get("message"), finding.rule.summary);
                    assert!(outcome.text.contains('^'), "{}", outcome.text);
                }
            }
        }
    }
    let names: HashSet<(&str, &str)> = root
        .all("testcase")
        .iter()
        .map(|t| (t.get("classname"), t.get("name")))
        .collect();
    assert_eq!(
        names.len(),
        root.all("testcase").len(),
        "each test has a name of its own"
    );
    let unread = root.children.last().expect("a suite");
    assert_eq!(unread.get("name"), "gone, & [lost].txt");
    assert_eq!(
        unread.all("error")[0].get("message"),
        "no such file <or> folder"
    );
}

#[test]
fn checkstyle() {
    let cases = cases();
    let root = parse(&whole(&Checkstyle, &cases));
    assert_eq!(
        (root.name.as_str(), root.get("version")),
        ("checkstyle", "4.3")
    );
    let open: Vec<_> = cases
        .iter()
        .filter(|case| !case.open().is_empty())
        .collect();
    assert_eq!(root.children.len(), open.len() + 1);
    for (file, case) in root.children.iter().zip(open) {
        assert_eq!(file.get("name"), case.path.replace('\u{1b}', "\u{fffd}"));
        assert_eq!(file.children.len(), case.open().len());
        for (error, finding) in file.children.iter().zip(case.open()) {
            let place = case.checked().place(finding.span);
            assert_eq!(error.name, "error");
            assert_eq!(error.get("line"), place.line.to_string());
            assert_eq!(error.get("column"), place.column.to_string());
            assert_eq!(error.get("source"), format!("asador.{}", finding.rule.id));
            assert!(["info", "warning", "error"].contains(&error.get("severity")));
            assert!(!error.get("message").is_empty());
        }
    }
}

/// The types that ITS 2.0 lists.
const TYPES: &str = "terminology mistranslation omission untranslated addition duplication \
    inconsistency grammar legal register locale-specific-content locale-violation style characters \
    misspelling typographical formatting inconsistent-entities numbers markup pattern-problem \
    whitespace internationalization length non-conformance uncategorized other";

#[test]
fn its() {
    let cases = cases();
    let report = whole(&Its, &cases);
    let root = parse(&report);
    assert_eq!((root.name.as_str(), root.get("version")), ("xliff", "2.1"));
    assert_eq!(root.get("xmlns:its"), "http://www.w3.org/2005/11/its");
    assert_eq!(root.children.len(), cases.len());
    let mut ids = HashSet::new();
    for (file, case) in root.children.iter().zip(&cases) {
        assert!(ids.insert(file.get("id")));
        let doc = &case.input.stories[0].document;
        assert_eq!(file.children.len(), doc.blocks.len());
        for (unit, block) in file.children.iter().zip(&doc.blocks) {
            let target = unit.all("target")[0];
            // Characters that XML cannot write are elements.
            let writable =
                |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}');
            let text: String = doc.slice(block.span).chars().filter(writable).collect();
            assert_eq!(target.text, text);
            let mut marks = HashSet::new();
            for mark in target.all("mrk").into_iter().chain(target.all("sm")) {
                assert!(marks.insert(mark.get("id")));
                assert_eq!(mark.get("type"), "its:generic");
                let reference = mark.get("its:locQualityIssuesRef");
                let id = reference.strip_prefix("#its=").expect("a reference");
                let refers = |set: &&&Node| set.get("xml:id") == id;
                assert_eq!(
                    unit.all("its:locQualityIssues")
                        .iter()
                        .filter(refers)
                        .count(),
                    1
                );
            }
            assert_eq!(unit.all("its:locQualityIssues").len(), marks.len());
            for end in target.all("em") {
                assert!(
                    target
                        .all("sm")
                        .iter()
                        .any(|s| s.get("id") == end.get("startRef"))
                );
            }
            assert_eq!(target.all("em").len(), target.all("sm").len());
        }
        let issues = file.all("its:locQualityIssue");
        assert_eq!(issues.len(), case.findings.len());
        for (issue, finding) in issues.iter().zip(&case.findings) {
            assert!(
                TYPES
                    .split_whitespace()
                    .any(|t| t == issue.get("locQualityIssueType"))
            );
            assert!(
                issue
                    .get("locQualityIssueComment")
                    .starts_with(finding.rule.id)
            );
            let severity: u32 = issue
                .get("locQualityIssueSeverity")
                .parse()
                .expect("a number");
            assert_eq!(severity, finding.severity.weight() * 4);
            let enabled = if finding.waiver.is_some() { "no" } else { "" };
            assert_eq!(issue.get("locQualityIssueEnabled"), enabled);
        }
        for set in file.all("its:locQualityIssues") {
            assert!(ids.insert(set.get("xml:id")), "an id twice");
        }
    }
    assert!(report.contains("<cp hex=\"0007\"/>"));
    assert!(report.contains("<sm "), "no findings cross");
}
