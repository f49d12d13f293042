//! The page of a rule: for `asador explain`, the reference and the table in the README.
use crate::lexicon;
use crate::rule::{Rule, Status};
use std::fmt::Write as _;

/// Examples that a page shows of each kind; the rest are counted.
const MOST_EXAMPLES: usize = 12;

/// All flagged examples of a rule, those of its lexicon included.
pub fn flagged(rule: &Rule) -> Vec<String> {
    let own = rule.flag.iter().map(|&s| s.to_owned());
    own.chain(
        lexicon::entries(rule.lexicon)
            .into_iter()
            .flat_map(|e| e.flag),
    )
    .collect()
}

/// All examples that must stay silent, those of its lexicon included.
pub fn passed(rule: &Rule) -> Vec<String> {
    let own = rule.pass.iter().map(|&s| s.to_owned());
    own.chain(
        lexicon::entries(rule.lexicon)
            .into_iter()
            .flat_map(|e| e.pass),
    )
    .collect()
}

/// The page of a rule in Markdown.
pub fn page(rule: &Rule) -> String {
    let mut out = format!(
        "# {}\n\n{}\n\n{}\n\n{} · {}{} · MQM {}\n",
        rule.id,
        rule.summary,
        rule.why,
        rule.group.name(),
        rule.severity.name(),
        if rule.status == Status::Preview {
            " · preview"
        } else {
            ""
        },
        rule.mqm.name(),
    );
    let entries = lexicon::entries(rule.lexicon).len();
    if entries > 0 {
        let _ = write!(out, "\nIts lexicon has {entries} entries.\n");
    }
    for (title, list) in [("Flagged", flagged(rule)), ("Left alone", passed(rule))] {
        let _ = write!(out, "\n## {title}\n\n");
        for example in list.iter().take(MOST_EXAMPLES) {
            let _ = writeln!(out, "- {}", show(example));
        }
        if list.len() > MOST_EXAMPLES {
            let _ = writeln!(out, "- … and {} more", list.len() - MOST_EXAMPLES);
        }
    }
    out
}

/// `The {actual=>current} president` as `The **actual** → *current* president`.
fn show(example: &str) -> String {
    let (before, rest) = example.split_once('{').unwrap_or((example, ""));
    let Some((marked, after)) = rest.split_once('}') else {
        return example.replace('\n', " ⏎ ");
    };
    let marked = match marked.split_once("=>") {
        Some((bad, better)) => format!("**{bad}** → *{better}*"),
        None => format!("**{marked}**"),
    };
    format!("{before}{marked}{after}").replace('\n', " ⏎ ")
}
