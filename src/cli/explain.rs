//! `asador explain`: the page of a rule.
use super::{Exit, Failure, print, select};
use asador::explain;

/// Explains a rule: what it looks for, why, and what it leaves alone.
#[derive(clap::Args)]
pub struct Arguments {
    /// The id of a rule, as a report shows it in brackets.
    #[arg(value_name = "RULE", required = true)]
    rules: Vec<String>,
}

/// Prints the pages, in Markdown.
///
/// # Errors
/// When there is no such rule.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let pages: Vec<String> = arguments
        .rules
        .iter()
        .map(|id| Ok(explain::page(select::rule(id)?)))
        .collect::<Result<_, Failure>>()?;
    print(&pages.join("\n"))
}
