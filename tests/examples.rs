//! Every example of every rule and lexicon entry holds: the contract of a rule.
use asador::{Document, Finding, Linter, Rule, detectors, example, explain};

/// What `text` gives under the rules of the group of `rule`, preview included.
fn run(linter: &Linter, text: &str) -> Vec<Finding> {
    linter.check(&Document::plain(text))
}

fn group_of(rule: &Rule) -> Linter {
    let group = rule.group;
    Linter::new(
        detectors::ALL
            .iter()
            .copied()
            .filter(move |r| r.group == group),
        true,
    )
}

#[test]
fn examples_hold() {
    let mut wrong = Vec::new();
    for &rule in detectors::ALL {
        let alone = Linter::new([rule], true);
        let group = group_of(rule);
        for source in explain::flagged(rule) {
            check_flagged(rule, &alone, &source, &mut wrong);
        }
        for source in explain::passed(rule) {
            for finding in run(&group, &source) {
                wrong.push(format!(
                    "{}: false alarm of {} in: {source}",
                    rule.id, finding.rule.id
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} examples do not hold:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// One finding, at the marked span, whose first fix is what the example says and is clean.
fn check_flagged(rule: &Rule, alone: &Linter, source: &str, wrong: &mut Vec<String>) {
    let id = rule.id;
    let Some(want) = example::parse(source) else {
        wrong.push(format!("{id}: nothing is marked in: {source}"));
        return;
    };
    let found = run(alone, &want.text);
    let [one] = &found[..] else {
        let spans: Vec<&str> = found.iter().map(|f| &want.text[f.span.range()]).collect();
        wrong.push(format!(
            "{id}: {} findings {spans:?} in: {source}",
            found.len()
        ));
        return;
    };
    if one.span != want.span {
        wrong.push(format!(
            "{id}: reports “{}” in: {source}",
            &want.text[one.span.range()]
        ));
        return;
    }
    let fix = one.fixes.first();
    match (&want.better, fix) {
        (None, _) => {}
        (Some(better), Some(fix)) if fix.edits.len() == 1 && &fix.edits[0].text == better => {}
        (Some(_), fix) => {
            let got = fix.map(|f| f.edits[0].text.as_str());
            wrong.push(format!("{id}: the fix is {got:?} in: {source}"));
        }
    }
    if let Some(fix) = fix {
        let mut fixed = want.text.clone();
        for edit in fix.edits.iter().rev() {
            fixed.replace_range(edit.span.range(), &edit.text);
        }
        if !run(alone, &fixed).is_empty() {
            wrong.push(format!("{id}: its own fix is flagged: {fixed}"));
        }
    }
}

/// The test above can fail: each kind of broken example is told apart.
#[test]
fn broken_examples_are_noticed() {
    let rule = detectors::by_id("literal-idiom").expect("the rule exists");
    let alone = Linter::new([rule], true);
    let complaint = |source: &str| {
        let mut wrong = Vec::new();
        check_flagged(rule, &alone, source, &mut wrong);
        wrong.join("\n")
    };
    let whole = "Putin {put all the meat on the grill=>pulled out all the stops} to convince him.";
    assert_eq!(complaint(whole), "");
    assert!(complaint(&whole.replace(['{', '}'], "")).contains("nothing is marked"));
    assert!(complaint("Putin {went home=>left}.").contains("0 findings"));
    assert!(
        complaint(&whole.replace("Putin {put", "{Putin put"))
            .contains("reports “put all the meat on the grill”")
    );
    assert!(complaint(&whole.replace("pulled out", "pulls out")).contains("the fix is"));
}
