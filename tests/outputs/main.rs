//! Every format of reports, read back by a consumer of that format.
use asador::gate::Gate;
use asador::input::{self, Format, Input, Options};
use asador::report::{Checked, Report, Summary, Unread};
use asador::{Finding, Linter, Severity, WaivedBy, Waiver, detectors};
use std::fs;
use std::path::Path;

mod code;
mod files;
mod page;
mod tables;
mod trees;

/// A file that was checked.
struct Case {
    path: String,
    input: Input,
    findings: Vec<Finding>,
}

/// Checks a text under all rules.
fn case(path: &str, text: &str) -> Case {
    let format = Format::guess(Some(Path::new(path)), text.as_bytes());
    let input = input::read(text.into(), format, &Options::default()).expect("a story");
    let linter = Linter::new(detectors::ALL.iter().copied(), true);
    Case {
        path: path.to_owned(),
        findings: linter.check(&input.stories[0].document),
        input,
    }
}

impl Case {
    /// Waives a finding.
    fn waive(mut self, at: usize, by: WaivedBy, reason: &str) -> Self {
        let reason = reason.to_owned();
        self.findings[at].waiver = Some(Waiver { by, reason });
        self
    }

    fn checked(&self) -> Checked<'_> {
        Checked::new(
            &self.path,
            &self.input,
            &self.input.stories[0],
            &self.findings,
        )
    }

    fn open(&self) -> Vec<&Finding> {
        self.findings
            .iter()
            .filter(|f| f.waiver.is_none())
            .collect()
    }

    fn text(&self, finding: &Finding) -> &str {
        self.input.stories[0].document.slice(finding.span)
    }
}

/// The whole of a report, put together as a run does.
fn whole(report: &dyn Report, cases: &[Case]) -> String {
    let mut summary = Summary::new(Gate::default());
    let (mut rows, mut parts) = (String::new(), Vec::new());
    for case in cases {
        let checked = case.checked();
        summary.documents += 1;
        summary.words += checked.words;
        summary.counts.add(checked.counts);
        summary.failed += u64::from(!checked.reasons().is_empty());
        summary.with_findings += u64::from(checked.open().next().is_some());
        report.row(&checked, &mut rows);
        let mut part = String::new();
        report.story(&checked, &mut part);
        parts.extend((!part.is_empty()).then_some(part));
    }
    let (path, error) = ("gone, & [lost].txt", "no such file <or> folder");
    summary.errors.push((path.to_owned(), error.to_owned()));
    let unread = Unread {
        path,
        line: None,
        column: None,
        error,
    };
    let mut out = String::new();
    report.begin(&mut out);
    report.overview(&summary, &rows, &mut out);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            report.between(&mut out);
        }
        out.push_str(part);
    }
    report.unread(&unread, &mut out);
    report.end(&summary, &mut out);
    out
}

/// A story with findings of every severity, one without, one that means harm, and waived findings.
fn cases() -> Vec<Case> {
    let seed = fs::read_to_string(root().join("corpora/articles/seed.txt")).expect("the seed");
    vec![
        case("corpora/articles/seed.txt", &seed),
        case("clean.txt", "The mayor opened the new library on Monday.\n"),
        case("odd/]]>%0A:,|\n<b>\"&'\u{1b}[31m $x.txt", HOSTILE),
        case(
            "waived.txt",
            "The OTSC met in Yerevan. Then the OTAN met, and the ONU.\n",
        )
        .waive(0, WaivedBy::Comment, "said \"so\", <sic>|\n]]>")
        .waive(1, WaivedBy::Baseline, ""),
    ]
}

/// What may stand in a story and means something in a format of reports.
const HOSTILE: &str = "\
The summit of the OTSC ]]> </script><script>alert(1)</script> <!-- & \u{7} %0A::error:: | `x` [a](b)

The OTAN <v>met</v> the ON\u{200b}U \u{1b}[31m and the OTSC\tagain; “charter “, he said @all #1.

Putin put all the meat on the grill.\r\nHe «has 45 years» \u{85}\u{2028} 48.300 euros — ¿why?
";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Asks that a value follows a schema of `tests/schemas`.
fn follows(schema: &str, value: &serde_json::Value) {
    let path = root().join("tests/schemas").join(schema);
    let schema = fs::read_to_string(path).expect("the schema");
    // A pattern of OASIS’s has a bracket too many for a strict reader.
    let schema = schema.replace("{2}]?$", "{2}?$");
    let schema = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema");
    let wrong: Vec<String> = validator
        .iter_errors(value)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_cases_test_something() {
    let cases = cases();
    for severity in Severity::ALL {
        let found = cases[0].findings.iter().any(|f| f.severity == severity);
        assert!(found, "no {} finding in the seed", severity.name());
    }
    assert!(cases[1].findings.is_empty());
    assert!(cases[2].findings.len() > 5);
    assert_eq!((cases[3].findings.len(), cases[3].open().len()), (3, 1));
}
