//! `asador rules`: the list of the rules.
use super::{Exit, Failure, print};
use asador::{Group, Mqm, Rule, Severity, Status, detectors};
use serde::Serialize;
use std::fmt::Write as _;

/// Lists the rules.
#[derive(clap::Args)]
pub struct Arguments {
    /// How the list is written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// The formats of the list.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Form {
    /// For people.
    #[default]
    Human,
    /// One array, an object a rule.
    Json,
}

/// A rule as programs see it.
#[derive(Serialize)]
struct Entry {
    id: &'static str,
    group: Group,
    severity: Severity,
    status: Status,
    mqm: Mqm,
    summary: &'static str,
    why: &'static str,
}

impl From<&&'static Rule> for Entry {
    fn from(rule: &&'static Rule) -> Self {
        Entry {
            id: rule.id,
            group: rule.group,
            severity: rule.severity,
            status: rule.status,
            mqm: rule.mqm,
            summary: rule.summary,
            why: rule.why,
        }
    }
}

/// Prints the list.
///
/// # Errors
/// When it cannot be written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let text = match arguments.format {
        Form::Human => human(),
        Form::Json => {
            let entries: Vec<Entry> = detectors::ALL.iter().map(Entry::from).collect();
            let mut text = serde_json::to_string_pretty(&entries).unwrap_or_default();
            text.push('\n');
            text
        }
    };
    print(&text)
}

/// A heading per group, a line per rule.
fn human() -> String {
    let width = detectors::ALL.iter().map(|r| r.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for group in Group::ALL {
        let mut rules = detectors::ALL
            .iter()
            .filter(|r| r.group == group)
            .peekable();
        if rules.peek().is_none() {
            continue;
        }
        let space = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{space}{}", group.name());
        for rule in rules {
            let preview = match rule.status {
                Status::Stable => "",
                Status::Preview => "(preview) ",
            };
            let (id, severity) = (rule.id, rule.severity.name());
            let _ = writeln!(
                out,
                "  {id:width$}  {severity:8}  {preview}{}",
                rule.summary
            );
        }
    }
    out
}
