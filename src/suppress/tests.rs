//! What comments promise, on stories made by hand.
use super::*;
use crate::input::prose::Prose;
use crate::text::BlockKind;
use crate::{Linter, detectors};

/// A story: each part is a paragraph, or a comment if it is in brackets; the place of a comment is
/// its number.
fn story(parts: &[&str]) -> Story {
    let mut prose = Prose::new();
    for (number, part) in parts.iter().enumerate() {
        match part.strip_prefix('[').and_then(|p| p.strip_suffix(']')) {
            Some(comment) => prose.note(comment, number..number + 1),
            None => {
                prose.begin(BlockKind::Body);
                prose.verbatim(part, 0);
                prose.end();
            }
        }
    }
    prose.finish(None, None)
}

/// What is waived, as `rule: words (reason)`, and the problems, as `place: message`.
fn applied(parts: &[&str], require_reason: bool) -> (Vec<String>, Vec<String>) {
    let story = story(parts);
    let rules = ["spanish-acronym", "outdated-exonym", "calque"];
    let linter = Linter::new(rules.into_iter().filter_map(detectors::by_id), true);
    let mut findings = linter.check(&story.document);
    let policy = Policy {
        require_reason,
        today: "2026-06-15".parse().expect("a day"),
    };
    let problems = apply(&story, &mut findings, linter.rules(), &policy);
    let waived = findings.iter().filter_map(|f| {
        let reason = &f.waiver.as_ref()?.reason;
        let words = story.document.slice(f.span);
        Some(format!("{words}: {reason}"))
    });
    let problems = problems.iter();
    (
        waived.collect(),
        problems
            .map(|p| format!("{}: {}", p.place.start, p.message))
            .collect(),
    )
}

/// Three paragraphs with a finding of one rule each, and one with two.
const OTSC: &str = "The OTSC met.";
const LUGANSK: &str = "Moscow annexed Lugansk.";
const BOTH: &str = "The OTSC met in Lugansk.";

#[test]
fn what_is_waived() {
    for (parts, waived) in [
        (
            &["[asador-ignore spanish-acronym: a quotation]", OTSC, OTSC][..],
            &["OTSC: a quotation"][..],
        ),
        (&["[ asador-ignore terms: so ]", BOTH], &["OTSC: so"]),
        (
            &["[asador-ignore terms, outdated-exonym: so]", BOTH],
            &["OTSC: so", "Lugansk: so"],
        ),
        (
            &["[asador-ignore terms outdated-exonym: so]", BOTH],
            &["OTSC: so", "Lugansk: so"],
        ),
        (
            &["[asador-ignore terms: a: b, until 2026-06-15]", OTSC],
            &["OTSC: a: b"],
        ),
        (
            &["[asador-ignore terms: until further notice]", OTSC],
            &["OTSC: until further notice"],
        ),
        (
            &[
                "[asador-ignore-file names: house style]",
                OTSC,
                LUGANSK,
                BOTH,
            ],
            &["Lugansk: house style", "Lugansk: house style"],
        ),
        (
            &[OTSC, LUGANSK, "[asador-ignore-file terms: last]"],
            &["OTSC: last"],
        ),
        (
            &[
                OTSC,
                "[asador-ignore-start terms: letter]",
                OTSC,
                OTSC,
                "[asador-ignore-end]",
                OTSC,
            ],
            &["OTSC: letter", "OTSC: letter"],
        ),
        (
            &[
                "[asador-ignore-start terms: outer]",
                OTSC,
                "[asador-ignore-start names: inner]",
                BOTH,
                "[asador-ignore-end]",
                BOTH,
                "[asador-ignore-end terms]",
                BOTH,
            ],
            &[
                "OTSC: outer",
                "OTSC: outer",
                "Lugansk: inner",
                "OTSC: outer",
            ],
        ),
        // No comments of ours.
        (&["[see asador-ignore terms: x]", "[TODO]", "[]", OTSC], &[]),
    ] {
        assert_eq!(applied(parts, true), (own(waived), vec![]), "{parts:?}");
    }
}

fn own(list: &[&str]) -> Vec<String> {
    list.iter().map(|&s| s.to_owned()).collect()
}

#[test]
fn what_is_wrong_with_a_comment() {
    for (comment, waives, problem) in [
        (
            "asador-ignore",
            false,
            "the comment names no rule and waives nothing; write: asador-ignore RULE: reason",
        ),
        (
            "asador-ignore: quoted",
            false,
            "the comment names no rule and waives nothing; write: asador-ignore RULE: reason",
        ),
        (
            "asador-ignore spanish-acronim: x",
            false,
            "no rule or group is called “spanish-acronim”; did you mean “spanish-acronym”?",
        ),
        (
            "asador-ignore terms, zzz: x",
            true,
            "no rule or group is called “zzz”; list them with: asador rules",
        ),
        (
            "asador-ignore-begin terms: x",
            false,
            "no comment is called “asador-ignore-begin”; did you mean “asador-ignore-end”?",
        ),
        (
            "asador-ignor terms: x",
            false,
            "no comment is called “asador-ignor”; did you mean “asador-ignore”?",
        ),
        (
            "asador-ignore terms: x, until 2026-02-30",
            false,
            "“2026-02-30” is no day; write it as 2027-01-31",
        ),
        (
            "asador-ignore terms: x, until 2026-06-14",
            false,
            "the waiver ended on 2026-06-14; mend the passage, or set a new day",
        ),
        (
            "asador-ignore terms",
            true,
            "the comment gives no reason; write: asador-ignore RULE: reason",
        ),
        (
            "asador-ignore terms: until 2027-01-31",
            true,
            "the comment gives no reason; write: asador-ignore RULE: reason",
        ),
        (
            "asador-ignore calque, terms: x",
            true,
            "nothing is found here that “calque” would waive; delete it from the comment",
        ),
        (
            "asador-ignore-start terms: x",
            true,
            "asador-ignore-start reaches to the end of the story; close it with asador-ignore-end",
        ),
        (
            "asador-ignore-end",
            false,
            "asador-ignore-end ends nothing; delete it",
        ),
    ] {
        let (waived, problems) = applied(&[&format!("[{comment}]"), OTSC], false);
        assert_eq!(problems, [format!("0: {problem}")], "{comment}");
        assert_eq!(!waived.is_empty(), waives, "{comment}");
    }
    let (_, problems) = applied(&[OTSC, "[asador-ignore terms: x]"], false);
    assert_eq!(
        problems,
        ["1: no text comes after the comment; put it before what it is about"]
    );
}

#[test]
fn a_reason_can_be_demanded() {
    let (waived, problems) = applied(&["[asador-ignore terms]", OTSC], true);
    let why =
        "0: the comment gives no reason and waives nothing; write: asador-ignore RULE: reason";
    assert_eq!((waived, problems), (vec![], vec![why.to_owned()]));
}

#[test]
fn rules_that_have_not_run_are_not_judged() {
    // `lexis` and `names` have rules that were not on.
    for names in ["mojibake", "lexis", "names"] {
        let (_, problems) = applied(&[&format!("[asador-ignore {names}: x]"), OTSC], true);
        assert_eq!(problems, Vec::<String>::new(), "{names}");
    }
}

#[test]
fn a_comment_inside_a_paragraph_is_about_it() {
    let mut prose = Prose::new();
    for _ in 0..2 {
        prose.begin(BlockKind::Body);
        prose.verbatim("The OTSC met. ", 0);
        if prose.len() < 20 {
            prose.note("asador-ignore terms: first", 0..1);
        }
        prose.verbatim("The OTSC ended.", 20);
        prose.end();
    }
    let story = prose.finish(None, None);
    let linter = Linter::new(detectors::by_id("spanish-acronym"), false);
    let mut findings = linter.check(&story.document);
    let policy = Policy {
        require_reason: true,
        today: Date::constant(2026, 1, 1),
    };
    assert_eq!(apply(&story, &mut findings, linter.rules(), &policy), []);
    let waived: Vec<bool> = findings.iter().map(|f| f.waiver.is_some()).collect();
    assert_eq!(waived, [true, true, false, false]);
}

#[test]
fn many_comments_cost_little() {
    // Each start is left open; the last one waives.
    let mut parts = vec!["[asador-ignore-start terms: x]"; 20_000];
    parts.extend([OTSC; 20_000]);
    let (waived, problems) = applied(&parts, true);
    assert_eq!((waived.len(), problems.len()), (20_000, 20_000));
}
