//! `asador review`: enters what people decide about findings into the ledger, and shows it.
use super::batch::{Checker, Reading};
use super::select::Selection;
use super::settings::{Flags, Setups, Source};
use super::waivers::{Kept, Place, nearest_ledger, open_ledger};
use super::walk::Target;
use super::{Exit, Failure, print, select};
use asador::input::{Format, Input, Story};
use asador::report::Checked;
use asador::review::{Decision, Entry, FILE, Ledger, Status, Verdict, evidence};
use asador::{Finding, fingerprint};
use std::fs::OpenOptions;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Records what people decide about findings: who, what, when and why.
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// The file with the story.
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Accepts findings: the text must be mended. They count until it is.
    #[arg(long, value_name = "FINGERPRINT", num_args = 0..=1, value_delimiter = ',',
        conflicts_with_all = ["waive", "revoke", "report"])]
    accept: Option<Vec<String>>,
    /// Waives findings: the text may stand. They do not count while their sentence stays as it is.
    #[arg(long, value_name = "FINGERPRINT", num_args = 0..=1, value_delimiter = ',',
        conflicts_with_all = ["revoke", "report"], requires = "reason")]
    waive: Option<Vec<String>>,
    /// Takes the last decision about findings back.
    #[arg(long, value_name = "FINGERPRINT", num_args = 0..=1, value_delimiter = ',',
        conflicts_with = "report", requires = "reason")]
    revoke: Option<Vec<String>>,
    /// Decides about all findings of these rules (repeat, or separate by commas).
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    rule: Vec<String>,
    /// Who decides.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Prints the evidence in Markdown: what was found, who decided what and when, what is open.
    #[arg(long)]
    report: bool,
    /// The ledger [default: the nearest asador-review.jsonl, in the folder of the story or above,
    /// else a new one in that folder].
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// The format of the file, whatever its name and content say.
    #[arg(long, value_name = "FORMAT", value_parser = select::input_formats())]
    input_format: Option<String>,
    /// Also takes in rules and lexicon entries that are not yet trusted.
    #[arg(long)]
    preview: bool,
    #[command(flatten)]
    settings: Source,
}

/// What the help of this command ends with.
const AFTER_HELP: &str = "\
Examples:
  asador review story.txt             the findings, how it stands with each, their fingerprints
  asador review story.txt --waive 11c6cc8d6ff0e779 --by \"Ana Ruiz\" --reason \"as he said it\"
  asador review story.txt --accept --rule false-friend --by \"Ana Ruiz\"
  asador review story.txt --revoke 11c6cc8d6ff0e779 --by \"Ana Ruiz\" --reason \"he did not\"
  asador review story.txt --report > evidence.md

The ledger is asador-review.jsonl; lines are only ever added to it, so keep it with the stories.
asador check finds it by itself, and does not count what is waived in it as long as the sentence
with the finding stays as it is. The name given with --by is recorded, not verified.

Exit codes:
  0  done
  2  something could not be read, understood or written, or no finding was meant";

/// A finding with its story and fingerprint.
struct Case<'a> {
    story: &'a Story,
    finding: &'a Finding,
    print: String,
}

/// A file that was read, with its findings, story by story.
struct File {
    input: Input,
    findings: Vec<Vec<Finding>>,
}

/// Enters a decision, or shows how it stands.
///
/// # Errors
/// When the arguments make no sense, or a file cannot be read or written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    for id in &arguments.rule {
        select::rule(id)?;
    }
    let file = arguments.ledger_file();
    let ledger = match file.exists() {
        true => open_ledger(&file).map_err(|(name, why)| Failure(format!("{name}: {why}")))?,
        false => Kept::new(&file, Ledger::default()),
    };
    let path = ledger.path(&arguments.path);
    let checked = arguments.check()?;
    let cases = checked.cases();
    match arguments.decision() {
        Some((decision, prints)) => {
            arguments.decide(decision, prints, &cases, &ledger, &path, &file)
        }
        None if arguments.report => print(&arguments.evidence(&checked, &ledger, &path)),
        None => print(&arguments.overview(&checked, &cases, &ledger, &path)),
    }
}

impl File {
    fn cases(&self) -> Vec<Case<'_>> {
        let stories = self.input.stories.iter().zip(&self.findings);
        let cases = stories.flat_map(|(story, findings)| {
            let prints = fingerprint::of(&story.document, findings);
            let cases = findings.iter().zip(prints);
            cases.map(move |(finding, print)| Case {
                story,
                finding,
                print,
            })
        });
        cases.collect()
    }
}

impl Arguments {
    /// The ledger that is named, or the nearest, or a new one beside the story.
    fn ledger_file(&self) -> PathBuf {
        self.ledger
            .clone()
            .or_else(|| nearest_ledger(&self.path))
            .unwrap_or_else(|| self.path.with_file_name(FILE))
    }

    /// What was decided, about which fingerprints.
    fn decision(&self) -> Option<(Decision, &[String])> {
        let decisions = [
            (Decision::Accept, &self.accept),
            (Decision::Waive, &self.waive),
            (Decision::Revoke, &self.revoke),
        ];
        let mut given = decisions
            .into_iter()
            .filter_map(|(decision, prints)| Some((decision, prints.as_deref()?)));
        given.next()
    }

    /// Reads and checks the story, without what the ledger says.
    fn check(&self) -> Result<File, Failure> {
        let name = self.path.display();
        let flags = Flags {
            selection: Selection {
                preview: self.preview,
                ..Selection::default()
            },
            ..Flags::default()
        };
        let setups = Arc::new(Setups::new(self.settings.clone(), flags));
        let reading = Reading {
            format: self.input_format.as_deref().and_then(Format::named),
            ..Reading::default()
        };
        if self.path.as_os_str() == "-" || self.path.is_dir() {
            return Err(Failure(format!(
                "{name}: a review is about one file; name it"
            )));
        }
        let setup = setups.of(&self.path)?;
        let checker = Checker::new(setups, reading);
        let target = Target::File(self.path.clone());
        let input = checker.reading.read(&target, &setup.input);
        let input = input.map_err(|why| Failure(format!("{name}: {why}")))?;
        let input = input.ok_or_else(|| Failure(format!("{name}: holds no story")))?;
        let place = Place::default();
        let findings = input
            .stories
            .iter()
            .map(|story| checker.findings(&setup, &place, story).0);
        Ok(File {
            findings: findings.collect(),
            input,
        })
    }

    /// Enters a decision into the ledger.
    fn decide(
        &self,
        decision: Decision,
        prints: &[String],
        cases: &[Case],
        ledger: &Kept<Ledger>,
        path: &str,
        file: &Path,
    ) -> Result<Exit, Failure> {
        let who = self
            .by
            .as_deref()
            .map(str::trim)
            .filter(|who| !who.is_empty());
        let who = who.ok_or_else(|| Failure("who decides? add --by NAME".to_owned()))?;
        let reason = self.reason.as_deref().unwrap_or_default().trim();
        if reason.is_empty() && decision != Decision::Accept {
            return Err(Failure("why? add --reason TEXT".to_owned()));
        }
        let meant = self.meant(prints, cases)?;
        let verdict = Verdict {
            when: jiff::Timestamp::now(),
            who,
            decision,
            reason,
        };
        let entries = meant.iter().map(|case| {
            let status = ledger
                .holds
                .status(path, case.story, case.finding, &case.print);
            if decision == Decision::Revoke && !matches!(status, Status::Decided(_)) {
                let why = "there is no decision about it that holds; nothing was entered";
                return Err(Failure(format!("{}: {why}", case.print)));
            }
            Ok(Entry::new(
                &verdict,
                path,
                case.story,
                case.finding,
                &case.print,
            ))
        });
        let entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
        let lines: String = entries.iter().map(Entry::line).collect();
        append(file, &lines)
            .map_err(|e| Failure(format!("{}: cannot be written ({e})", file.display())))?;
        let noun = if entries.len() == 1 {
            "finding"
        } else {
            "findings"
        };
        print(&format!(
            "{} {noun} {} by {who}, entered into {}\n",
            entries.len(),
            decision.done(),
            file.display()
        ))
    }

    /// The findings that the arguments name.
    fn meant<'c, 'a>(
        &self,
        prints: &[String],
        cases: &'c [Case<'a>],
    ) -> Result<Vec<&'c Case<'a>>, Failure> {
        if prints.is_empty() && self.rule.is_empty() {
            let why = "about which findings? give a fingerprint, or --rule ID";
            return Err(Failure(why.to_owned()));
        }
        let file = self.path.display();
        if let Some(unknown) = prints
            .iter()
            .find(|p| !cases.iter().any(|c| c.print == **p))
        {
            return Err(Failure(format!(
                "{file}: no finding has the fingerprint “{unknown}”; list them with: asador review {file}"
            )));
        }
        // With both, those that are meant twice.
        let meant = |case: &&Case| {
            (prints.is_empty() || prints.contains(&case.print))
                && (self.rule.is_empty() || self.rule.iter().any(|r| r == case.finding.rule.id))
        };
        let meant: Vec<&Case> = cases.iter().filter(meant).collect();
        if meant.is_empty() {
            let rules = self.rule.join(", ");
            return Err(Failure(format!(
                "{file}: {rules} finds nothing of that here"
            )));
        }
        Ok(meant)
    }

    /// The evidence for each story of the file.
    fn evidence(&self, checked: &File, ledger: &Kept<Ledger>, path: &str) -> String {
        let stories = checked.input.stories.iter().zip(&checked.findings);
        let name = self.path.display().to_string();
        let pages: Vec<String> = stories
            .map(|(story, findings)| {
                let checked = Checked::new(&name, &checked.input, story, findings);
                evidence::page(&checked, path, &ledger.holds, &ledger.name)
            })
            .collect();
        pages.join("\n")
    }

    /// The findings, a line each, with how it stands with them.
    fn overview(
        &self,
        checked: &File,
        cases: &[Case],
        ledger: &Kept<Ledger>,
        path: &str,
    ) -> String {
        let name = self.path.display().to_string();
        let mut out = String::new();
        for case in cases {
            let story = Checked::new(&name, &checked.input, case.story, &[]);
            let place = story.place(case.finding.span);
            let status = ledger
                .holds
                .status(path, case.story, case.finding, &case.print);
            let status = match (status, &case.finding.waiver) {
                (_, Some(_)) => "waived in the file".to_owned(),
                (Status::Decided(e), _) => format!("{} by {}", e.decision.done(), e.who),
                (Status::Changed(e), _) => {
                    format!("open again, {} before it changed", e.decision.done())
                }
                (Status::Revoked(_), _) => "open again, revoked".to_owned(),
                (Status::Open, _) => "open".to_owned(),
            };
            let excerpt = asador::baseline::excerpt(place.text);
            out += &format!(
                "{}  {}:{}:{}  {}[{}]  {excerpt}  ({status})\n",
                case.print,
                name,
                place.line,
                place.column,
                case.finding.severity.name(),
                case.finding.rule.id,
            );
        }
        if cases.is_empty() {
            out = format!("{name}: nothing found\n");
        }
        out
    }
}

/// Adds lines to a file, in one piece: two who review at once do not mix their lines.
fn append(file: &Path, lines: &str) -> io::Result<()> {
    let mut ledger = OpenOptions::new()
        .read(true)
        .append(true)
        .create(true)
        .open(file)?;
    // An editor may have taken the end of the last line away.
    let mut last = [b'\n'];
    if ledger.seek(SeekFrom::End(0))? > 0 {
        ledger.seek(SeekFrom::End(-1))?;
        ledger.read_exact(&mut last)?;
    }
    let gap = if last == [b'\n'] { "" } else { "\n" };
    ledger.write_all(format!("{gap}{lines}").as_bytes())?;
    ledger.sync_data()
}
