//! Every example of every rule and lexicon entry holds: the contract of a rule.
use asador::{Linter, Rule, detectors, example, explain};

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
        let mut hold = |result: Result<(), String>| {
            if let Err(why) = result {
                wrong.push(format!("{}: {why}", rule.id));
            }
        };
        for source in explain::flagged(rule) {
            hold(example::try_flagged(&alone, &source));
        }
        for source in explain::passed(rule) {
            hold(example::try_passed(&group, &source));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} examples do not hold:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The test above can fail: each kind of broken example is told apart.
#[test]
fn broken_examples_are_noticed() {
    let rule = detectors::by_id("literal-idiom").expect("the rule exists");
    let alone = Linter::new([rule], true);
    let complaint = |source: &str| match example::try_flagged(&alone, source) {
        Ok(()) => String::new(),
        Err(why) => why,
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
    let passed = example::try_passed(&alone, "Putin put all the meat on the grill.");
    assert!(passed.is_err_and(|why| why.contains("false alarm of literal-idiom")));
}
