//! Comments in a story that waive findings.
//!
//! | comment | waives the findings of the rules that it names |
//! |---|---|
//! | `asador-ignore RULE, GROUP: reason, until 2027-01-31` | in the block that it stands in or before; as the field of a record, in all of it |
//! | `asador-ignore-start RULE: reason` … `asador-ignore-end` | between the two |
//! | `asador-ignore-file RULE: reason` | in the whole story |
//!
//! A finding lies where it begins. What is wrong with a comment, or no longer needed, is a
//! [`Problem`]; a comment that cannot be understood waives nothing.
use crate::finding::{Finding, WaivedBy, Waiver};
use crate::input::{Note, Story};
use crate::nearest::nearest;
use crate::rule::{Rule, Status};
use crate::selector::Selector;
use crate::text::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What is asked of comments.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// One without a reason waives nothing.
    pub require_reason: bool,
    /// Those that end before this day waive nothing.
    pub today: Date,
}

/// What is wrong with a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where the comment lies, as [`crate::input::Note::source`].
    pub place: Span,
    /// What is wrong and what to do, without a full stop.
    pub message: String,
}

/// A comment that waives.
struct Comment<'a> {
    place: Span,
    /// First byte of the text that it reaches.
    start: u32,
    /// One past the last.
    end: u32,
    names: Vec<Named>,
    reason: &'a str,
}

/// A rule or group that a comment names.
struct Named {
    selector: Selector,
    /// Whether it has waived a finding.
    used: bool,
}

/// What a comment does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Ignore,
    Start,
    End,
    File,
}

const VERBS: [(&str, Verb); 4] = [
    ("asador-ignore", Verb::Ignore),
    ("asador-ignore-start", Verb::Start),
    ("asador-ignore-end", Verb::End),
    ("asador-ignore-file", Verb::File),
];

/// What comments meant for asador begin with.
const OURS: &str = "asador-";

/// Waives findings, which are in order, as the comments of their story say. `rules` are those that
/// have run: a comment for others is not called needless.
pub fn apply(
    story: &Story,
    findings: &mut [Finding],
    rules: &[&'static Rule],
    policy: &Policy,
) -> Vec<Problem> {
    if story.notes.is_empty() {
        return Vec::new();
    }
    let mut reader = Reader {
        story,
        policy,
        comments: Vec::new(),
        open: Vec::new(),
        problems: Vec::new(),
    };
    reader.read();
    let Reader {
        mut comments,
        mut problems,
        ..
    } = reader;
    waive(&mut comments, findings);
    for comment in &comments {
        for name in &comment.names {
            if !name.used && judged(name.selector, rules) {
                problems.push(Problem {
                    place: comment.place,
                    message: format!(
                        "nothing is found here that “{}” would waive; delete it from the comment",
                        name.selector.name()
                    ),
                });
            }
        }
    }
    problems.sort_by_key(|problem| problem.place.start);
    problems
}

/// Whether so much of a selector has run that it can be called needless.
fn judged(selector: Selector, rules: &[&'static Rule]) -> bool {
    let ran = |rule: &Rule| rules.iter().any(|on| on.id == rule.id);
    match selector {
        Selector::Rule(rule) => ran(rule),
        Selector::Group(_) => crate::detectors::ALL
            .iter()
            .filter(|rule| selector.covers(rule) && rule.status == Status::Stable)
            .all(|rule| ran(rule)),
    }
}

/// Goes through findings and comments together, in the order of the text. For each rule the comments
/// that have begun lie on a stack; one that has ended is of no more use and is taken off.
fn waive(comments: &mut [Comment], findings: &mut [Finding]) {
    let mut order: Vec<usize> = (0..comments.len()).collect();
    order.sort_by_key(|&number| comments[number].start);
    let mut next = order.into_iter().peekable();
    let mut begun: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for finding in findings {
        let at = finding.span.start;
        while let Some(number) = next.next_if(|&number| comments[number].start <= at) {
            for (place, name) in comments[number].names.iter().enumerate() {
                for rule in crate::detectors::ALL {
                    if name.selector.covers(rule) {
                        begun.entry(rule.id).or_default().push((number, place));
                    }
                }
            }
        }
        let Some(stack) = begun.get_mut(finding.rule.id) else {
            continue;
        };
        while stack
            .pop_if(|(number, _)| comments[*number].end <= at)
            .is_some()
        {}
        if let Some(&(number, place)) = stack.last() {
            let comment = &mut comments[number];
            comment.names[place].used = true;
            finding.waiver.get_or_insert(Waiver {
                by: WaivedBy::Comment,
                reason: comment.reason.to_owned(),
            });
        }
    }
}

/// The comments of a story under way.
struct Reader<'a> {
    story: &'a Story,
    policy: &'a Policy,
    comments: Vec<Comment<'a>>,
    /// The numbers of those that a start has begun and no end has ended, and their places.
    open: Vec<(Option<usize>, Span)>,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        for note in &self.story.notes {
            let text = note.text.trim();
            if text.starts_with(OURS) {
                self.comment(text, note);
            }
        }
        for (_, place) in std::mem::take(&mut self.open) {
            let why = "asador-ignore-start reaches to the end of the story; close it with asador-ignore-end";
            self.complain(place, why);
        }
    }

    fn complain(&mut self, place: Span, message: impl Into<String>) {
        let message = message.into();
        self.problems.push(Problem { place, message });
    }

    fn comment(&mut self, text: &'a str, note: &Note) {
        let (at, place) = (note.at, note.source);
        let end = text.find(|c: char| c.is_whitespace() || c == ':');
        let (word, rest) = text.split_at(end.unwrap_or(text.len()));
        let Some((_, verb)) = VERBS.iter().find(|(known, _)| *known == word) else {
            let near = nearest(word, VERBS.map(|(known, _)| known)).unwrap_or("asador-ignore");
            let why = format!("no comment is called “{word}”; did you mean “{near}”?");
            return self.complain(place, why);
        };
        if *verb == Verb::End {
            return self.end(at, place);
        }
        let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let names = self.names(names, place);
        let verb = match verb {
            Verb::Ignore if note.whole => &Verb::File,
            verb => verb,
        };
        let begun = self.waiver(*verb, names, reason.trim(), at, place);
        if *verb == Verb::Start {
            self.open.push((begun, place));
        }
    }

    /// Adds a comment that waives; its number, if it does.
    fn waiver(
        &mut self,
        verb: Verb,
        names: Option<Vec<Named>>,
        reason: &'a str,
        at: u32,
        place: Span,
    ) -> Option<usize> {
        let names = names?;
        let reason = self.reason(reason, place)?;
        let (start, end) = match verb {
            Verb::File => (0, u32::MAX),
            Verb::Start | Verb::End => (at, u32::MAX),
            Verb::Ignore => {
                // The block around the comment, or the next one.
                let blocks = &self.story.document.blocks;
                let Some(block) = blocks.get(blocks.partition_point(|b| b.span.end < at)) else {
                    let why = "no text comes after the comment; put it before what it is about";
                    self.complain(place, why);
                    return None;
                };
                (block.span.start, block.span.end)
            }
        };
        self.comments.push(Comment {
            place,
            start,
            end,
            names,
            reason,
        });
        Some(self.comments.len() - 1)
    }

    /// Ends the last comment that a start has begun.
    fn end(&mut self, at: u32, place: Span) {
        match self.open.pop() {
            Some((Some(number), _)) => self.comments[number].end = at,
            Some((None, _)) => {}
            None => self.complain(place, "asador-ignore-end ends nothing; delete it"),
        }
    }

    /// The rules and groups that are named; `None` if there is none.
    fn names(&mut self, names: &str, place: Span) -> Option<Vec<Named>> {
        let mut out = Vec::new();
        let mut words = names
            .split([',', ' ', '\t', '\n'])
            .filter(|w| !w.is_empty());
        let mut none = true;
        for name in words.by_ref() {
            none = false;
            match Selector::named(name) {
                Ok(selector) => out.push(Named {
                    selector,
                    used: false,
                }),
                Err(why) => self.complain(place, why),
            }
        }
        if none {
            let why =
                "the comment names no rule and waives nothing; write: asador-ignore RULE: reason";
            self.complain(place, why);
        }
        (!out.is_empty()).then_some(out)
    }

    /// The reason without the day until which it holds; `None` if the comment does not hold.
    fn reason(&mut self, text: &'a str, place: Span) -> Option<&'a str> {
        let (reason, day) = until(text);
        let reason = reason.trim().trim_end_matches(',').trim_end();
        if let Some(day) = day {
            let Ok(date) = day.parse::<Date>() else {
                let why = format!("“{day}” is no day; write it as 2027-01-31");
                self.complain(place, why);
                return None;
            };
            if date < self.policy.today {
                let why = format!("the waiver ended on {date}; mend the passage, or set a new day");
                self.complain(place, why);
                return None;
            }
        }
        if reason.is_empty() {
            let waives = match self.policy.require_reason {
                true => " and waives nothing",
                false => "",
            };
            let why =
                format!("the comment gives no reason{waives}; write: asador-ignore RULE: reason");
            self.complain(place, why);
            if self.policy.require_reason {
                return None;
            }
        }
        Some(reason)
    }
}

/// Parts `reason, until 2027-01-31`; “until further notice” is part of a reason.
fn until(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once("until ") {
        Some((reason, day))
            if day.starts_with(|c: char| c.is_ascii_digit())
                && (reason.is_empty() || reason.ends_with([' ', ','])) =>
        {
            (reason, Some(day.trim()))
        }
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests;
