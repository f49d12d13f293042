//! Which rules run, and which formats there are: `--rule`, `--group`, `--preview`, `--input-format`.
use super::Failure;
use asador::config::Settings;
use asador::input::Format;
use asador::nearest::nearest;
use asador::selector::unknown;
use asador::{Group, Rule, Severity, Status, detectors};
use clap::builder::PossibleValuesParser;

/// The selection, as arguments.
#[derive(clap::Args, Clone, Debug, Default)]
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
        Failure(unknown("rule", id, near))
    })
}

fn group(name: &str) -> Result<Group, Failure> {
    let named = |g: &Group| g.name() == name;
    Group::ALL.into_iter().find(named).ok_or_else(|| {
        let near = nearest(name, Group::ALL.map(Group::name));
        Failure(unknown("group", name, near))
    })
}

impl Selection {
    /// The rules that are on with these settings, and their severities. A rule that is named runs
    /// whatever the settings say.
    ///
    /// # Errors
    /// When a name is unknown, a rule needs `--preview`, or none is left.
    pub fn rules(&self, settings: &Settings) -> Result<Vec<(&'static Rule, Severity)>, Failure> {
        let named: Vec<&Rule> = self
            .rule
            .iter()
            .map(|id| rule(id))
            .collect::<Result<_, _>>()?;
        let groups: Vec<Group> = self
            .group
            .iter()
            .map(|g| group(g))
            .collect::<Result<_, _>>()?;
        let all = named.is_empty() && groups.is_empty();
        let mut rules = Vec::new();
        // In the order of the list, so that the order of the arguments does not matter.
        for (rule, runs, severity) in settings.rules() {
            let trusted = settings.preview || rule.status == Status::Stable;
            let named = named.iter().any(|n| n.id == rule.id);
            if named && !trusted && runs != Some(true) {
                return Err(Failure(format!(
                    "the rule {} is not yet trusted; add --preview to run it",
                    rule.id
                )));
            }
            let on = runs.unwrap_or(trusted);
            if named || on && (all || groups.contains(&rule.group)) {
                rules.push((rule, severity));
            }
        }
        if rules.is_empty() {
            return Err(Failure(match all {
                true => "all rules are off; turn one on in asador.toml".to_owned(),
                false => format!("no rule of {} is on; add --preview", self.group.join(", ")),
            }));
        }
        Ok(rules)
    }
}
