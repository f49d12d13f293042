//! Which rules run, and which formats there are: `--rule`, `--group`, `--preview`, `--input-format`.
use super::Failure;
use super::nearest::nearest;
use asador::input::Format;
use asador::{Group, Rule, Status, detectors};
use clap::builder::PossibleValuesParser;

/// The selection, as arguments.
#[derive(clap::Args, Debug, Default)]
pub struct Selection {
    /// Runs only these rules (repeat, or separate by commas).
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub rule: Vec<String>,
    /// Runs only the rules of these groups (repeat, or separate by commas).
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    pub group: Vec<String>,
    /// Also runs rules and lexicon entries that are not yet trusted.
    #[arg(long)]
    pub preview: bool,
}

/// The formats that can be read, by their names on the command line.
pub fn input_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(Format::NAMES.iter().map(|(_, name, _)| *name))
}

/// The rule with this id.
///
/// # Errors
/// With the nearest id, when there is none.
pub fn rule(id: &str) -> Result<&'static Rule, Failure> {
    detectors::by_id(id).ok_or_else(|| {
        let near = nearest(id, detectors::ALL.iter().map(|r| r.id));
        unknown("rule", id, near)
    })
}

fn group(name: &str) -> Result<Group, Failure> {
    let named = |g: &Group| g.name() == name;
    Group::ALL.into_iter().find(named).ok_or_else(|| {
        let near = nearest(name, Group::ALL.map(Group::name));
        unknown("group", name, near)
    })
}

fn unknown(kind: &str, name: &str, near: Option<&str>) -> Failure {
    Failure(match near {
        Some(near) => format!("no {kind} is called “{name}”; did you mean “{near}”?"),
        None => format!("no {kind} is called “{name}”; list them with: asador rules"),
    })
}

impl Selection {
    /// The rules that are on.
    ///
    /// # Errors
    /// When a name is unknown, a rule needs `--preview`, or none is left.
    pub fn rules(&self) -> Result<Vec<&'static Rule>, Failure> {
        if self.rule.is_empty() && self.group.is_empty() {
            return Ok(detectors::ALL.to_vec());
        }
        let on = |rule: &Rule| self.preview || rule.status == Status::Stable;
        let named: Vec<&Rule> = self
            .rule
            .iter()
            .map(|id| rule(id))
            .collect::<Result<_, _>>()?;
        if let Some(off) = named.iter().find(|r| !on(r)) {
            return Err(Failure(format!(
                "the rule {} is not yet trusted; add --preview to run it",
                off.id
            )));
        }
        let groups: Vec<Group> = self
            .group
            .iter()
            .map(|g| group(g))
            .collect::<Result<_, _>>()?;
        // In the order of the list, so that the order of the arguments does not matter.
        let rules: Vec<&'static Rule> = detectors::ALL
            .iter()
            .copied()
            .filter(|r| on(r) && (groups.contains(&r.group) || named.iter().any(|n| n.id == r.id)))
            .collect();
        if rules.is_empty() {
            let names = self.group.join(", ");
            return Err(Failure(format!("no rule of {names} is on; add --preview")));
        }
        Ok(rules)
    }
}
