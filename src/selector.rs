//! A rule or a group of rules, as users name them in settings and comments.
use crate::detectors;
use crate::nearest::nearest;
use crate::rule::{Group, Rule};

/// A rule or a group.
#[derive(Clone, Copy)]
pub enum Selector {
    /// One rule.
    Rule(&'static Rule),
    /// All rules of a group.
    Group(Group),
}

impl Selector {
    /// All of them: the groups, then the rules.
    pub fn all() -> impl Iterator<Item = Selector> {
        let groups = Group::ALL.into_iter().map(Selector::Group);
        groups.chain(detectors::ALL.iter().copied().map(Selector::Rule))
    }

    /// The rule or group with this name.
    ///
    /// # Errors
    /// With the nearest name, when there is none.
    pub fn named(name: &str) -> Result<Self, String> {
        let known = Self::all().find(|known| known.name() == name);
        known.ok_or_else(|| {
            let near = nearest(name, Self::all().map(Selector::name));
            unknown("rule or group", name, near)
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Selector::Rule(rule) => rule.id,
            Selector::Group(group) => group.name(),
        }
    }

    /// Whether it is this rule, or a group that holds it.
    pub fn covers(self, rule: &Rule) -> bool {
        match self {
            Selector::Rule(named) => named.id == rule.id,
            Selector::Group(group) => group == rule.group,
        }
    }
}

/// What to say of a name that nothing has.
pub fn unknown(kind: &str, name: &str, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("no {kind} is called “{name}”; did you mean “{near}”?"),
        None => format!("no {kind} is called “{name}”; list them with: asador rules"),
    }
}
