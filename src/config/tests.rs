//! What the settings promise: names are checked, places are exact, rules obey.
use super::*;
use crate::gate::FailOn;
use crate::{Document, Rule, Severity, Status};

fn parsed(text: &str) -> Config {
    match Config::parse(text) {
        Ok(config) => config,
        Err(fault) => panic!("{fault}"),
    }
}

/// What holds where no override does.
fn settings(text: &str) -> Settings {
    let config = parsed(text);
    let none = config.overridden(Path::new("story.txt"));
    config.settings(&none)
}

#[test]
fn faults_have_a_place_and_a_remedy() {
    for (text, fault) in [
        (
            "previw = true",
            "1:1: unknown key “previw”; did you mean “preview”?",
        ),
        (
            "preview = 1",
            "1:11: invalid type: integer `1`, expected a boolean",
        ),
        (
            "[rulez]\n",
            "1:2: unknown key “rulez”; did you mean “rules”?",
        ),
        (
            "# é\n[rules]\nlexis = \"off\"\n  calqe = \"off\"\n",
            "4:3: no rule or group is called “calqe”; did you mean “calque”?",
        ),
        (
            "[rules]\ncalque = \"majr\"",
            "2:10: unknown value “majr”; did you mean “major”?",
        ),
        (
            "rules = { zzz = \"on\" }",
            "1:11: no rule or group is called “zzz”; list them with: asador rules",
        ),
        (
            "[style]\nquotes = \"guillemets\"",
            "2:10: unknown value “guillemets”; known here: double, single",
        ),
        (
            "[style]\nquote = \"single\"",
            "2:1: unknown key “quote”; did you mean “quotes”?",
        ),
        (
            "[gate]\nfail-on = \"minr\"",
            "2:11: unknown value “minr”; did you mean “minor”?",
        ),
        (
            "[suppress]\nrequire_reason = true",
            "2:1: unknown key “require_reason”; did you mean “require-reason”?",
        ),
        (
            "[[lexicon.calqe]]\nfind = [\"x\"]",
            "1:11: no rule with a lexicon is called “calqe”; did you mean “calque”?",
        ),
        (
            "[[lexicon.mojibake]]\nfind = [\"x\"]",
            "1:11: no rule with a lexicon is called “mojibake”; list them with: asador rules",
        ),
        (
            "[[lexicon.calque]]\nuse = [\"x\"]",
            "1:1: the key “find” is missing",
        ),
        (
            "[[lexicon.calque]]\nfind = []",
            "1:1: the entry finds nothing; give it a pattern",
        ),
        (
            "[[lexicon.calque]]\nfind = [\"put\", \"the (grill\"]",
            "2:16: ) is missing",
        ),
        (
            "[[lexicon.calque]]\nfind = [\"put\"]\nunless = [\"food\"]\nwhen = [\"foot\"]",
            "4:9: there is no word list “foot”",
        ),
        (
            "[[lexicon.calque]]\nfnd = [\"put\"]",
            "2:1: unknown key “fnd”; did you mean “find”?",
        ),
        (
            "accept = [\"OTSC\", \"—\"]",
            "1:19: a pattern needs at least one word that is always there",
        ),
        (
            "exclude = [\"a\", \"b[\"]",
            "1:17: “b[” is no pattern of paths: unclosed character class; missing ']'",
        ),
        (
            "[[override]]\npreview = true",
            "1:1: the key “paths” is missing",
        ),
        (
            "[[override]]\npaths = [\"a\"]\n[override.rules]\nlexi = \"off\"",
            "4:1: no rule or group is called “lexi”; did you mean “lexis”?",
        ),
        ("preview = true\npreview = true", "2:1: duplicate key"),
        (
            "preview = ",
            "1:11: string values must be quoted, expected literal string",
        ),
    ] {
        match Config::parse(text) {
            Ok(_) => panic!("no fault in: {text}"),
            Err(found) => assert_eq!(found.to_string(), fault, "{text}"),
        }
    }
}

/// What the rules report under these settings: `rule severity: words => first fix`.
fn reported(settings: &Settings, text: &str) -> Vec<String> {
    let on = |(rule, runs, severity): (&'static Rule, Option<bool>, Severity)| {
        let stable = rule.status == Status::Stable;
        runs.unwrap_or(settings.preview || stable)
            .then_some((rule, severity))
    };
    let linter = settings.linter(settings.rules().filter_map(on));
    let doc = Document::plain(text);
    let findings = linter.check(&doc);
    let line = |f: &crate::Finding| {
        let fix = f.fixes.first().map_or("", |fix| &fix.edits[0].text);
        format!(
            "{} {}: {} => {fix}",
            f.rule.id,
            f.severity.name(),
            doc.slice(f.span)
        )
    };
    findings.iter().map(line).collect()
}

/// The one finding of a rule.
fn one(text: &str, rule: &str, story: &str) -> String {
    let found = reported(&settings(text), story);
    let mut of_rule = found
        .into_iter()
        .filter(|f| f.starts_with(&format!("{rule} ")));
    let first = of_rule.next().unwrap_or_default();
    assert_eq!(of_rule.next(), None, "{text}: {story}");
    first
}

const STORY: &str = "The summit of the OTSC in Lugansk ended. Inflation fell to 3 % in May.";

#[test]
fn levels() {
    let acronym = |text: &str| one(text, "spanish-acronym", STORY);
    for (text, found) in [
        ("", "spanish-acronym major: OTSC => CSTO"),
        (
            "rules.spanish-acronym = \"critical\"",
            "spanish-acronym critical: OTSC => CSTO",
        ),
        (
            "rules.terms = \"neutral\"",
            "spanish-acronym neutral: OTSC => CSTO",
        ),
        ("rules.spanish-acronym = \"off\"", ""),
        ("rules.terms = \"off\"", ""),
        // A rule by name has precedence over its group, whatever the order.
        (
            "[rules]\nspanish-acronym = \"on\"\nterms = \"off\"",
            "spanish-acronym major: OTSC => CSTO",
        ),
        (
            "[rules]\nterms = \"off\"\nspanish-acronym = \"minor\"",
            "spanish-acronym minor: OTSC => CSTO",
        ),
    ] {
        assert_eq!(acronym(text), found, "{text}");
    }
}

#[test]
fn rules_that_are_not_trusted() {
    let story =
        "The minister met the CGTP on Monday to talk about wages. The CGTP called a strike.";
    for (text, found) in [
        ("", false),
        ("preview = true", true),
        ("rules.acronym-undefined = \"on\"", true),
        ("rules.acronym-undefined = \"minor\"", true),
        ("rules.terms = \"on\"", false),
        ("preview = true\nrules.terms = \"off\"", false),
    ] {
        assert_eq!(
            !one(text, "acronym-undefined", story).is_empty(),
            found,
            "{text}"
        );
    }
}

#[test]
fn rules_obey_the_style() {
    for (style, rule, story, found) in [
        (
            "percent = \"%\"",
            "percent-format",
            "It fell by 3 % in May.",
            "3 % => 3%",
        ),
        (
            "percent = \"percent\"",
            "percent-format",
            "It fell by 3 % in May.",
            "3 % => 3 percent",
        ),
        (
            "percent = \"per cent\"",
            "percent-format",
            "It fell by 3 % in May.",
            "3 % => 3 per cent",
        ),
        (
            "",
            "date-order",
            "It began on 24 of February of 2022.",
            "24 of February of 2022 => 24 February 2022",
        ),
        (
            "dates = \"month-day\"",
            "date-order",
            "It began on 24 of February of 2022.",
            "24 of February of 2022 => February 24, 2022",
        ),
        (
            "english = \"us\"",
            "date-order",
            "It began on 24 of February of 2022.",
            "24 of February of 2022 => February 24, 2022",
        ),
        (
            "english = \"us\"\ndates = \"day-month\"",
            "date-order",
            "It began on 24 of February.",
            "24 of February => 24 February",
        ),
        (
            "english = \"us\"",
            "spanish-date",
            "It was signed on 5 de agosto de 2019.",
            "5 de agosto de 2019 => August 5, 2019",
        ),
        (
            "english = \"uk\"",
            "clock-format",
            "The game starts at 20.30 h in Lugo.",
            "20.30 h => 8.30pm",
        ),
        (
            "english = \"us\"",
            "clock-format",
            "The game starts at 20.30 h; it was 9pm.",
            "20.30 h => 8:30 p.m.",
        ),
        (
            "quotes = \"single\"",
            "stray-guillemet",
            "The «investiture» vote is on Tuesday.",
            "«investiture» => ‘investiture’",
        ),
        (
            "quotes = \"single\"",
            "stray-guillemet",
            "‘He called it «a fraud» twice,’ she said.",
            "«a fraud» => “a fraud”",
        ),
        (
            "quotes = \"double\"",
            "stray-guillemet",
            "The «investiture» vote is on Tuesday.",
            "«investiture» => “investiture”",
        ),
        (
            "quotes = \"single\"",
            "reversed-guillemet",
            "He said »we must go« twice.",
            "»we must go« => ‘we must go’",
        ),
        (
            "spellings.CSTO = \"C.S.T.O.\"",
            "spanish-acronym",
            STORY,
            "OTSC => C.S.T.O.",
        ),
        ("", "outdated-exonym", STORY, "Lugansk => Luhansk"),
        (
            "spellings.Luhansk = \"Lugansk\"",
            "outdated-exonym",
            STORY,
            "",
        ),
        (
            "english = \"us\"",
            "calque",
            "The Supreme Court gave the reason to the tenants.",
            "gave the reason to => ruled in favor of",
        ),
    ] {
        let style = format!("preview = true\n[style]\n{style}\n");
        let got = one(&style, rule, story);
        let got = got.split_once(": ").map_or("", |(_, got)| got);
        assert_eq!(got, found, "{style}{rule}");
    }
    let cgtp = "The minister met the CGTP on Monday to talk about wages. The CGTP called a strike.";
    let known = "preview = true\nstyle.acronyms = [\"CGTP\"]";
    assert_eq!(one(known, "acronym-undefined", cgtp), "");
}

#[test]
fn accepted_terms_and_own_entries() {
    let text = r#"
        accept = ["OTSC"]

        [[lexicon.calque]]
        find = ["<sesionar> in plenary <n0-1> at <name>"]
        use = ["<hold> a full sitting at <name>"]
        spanish = "sesionar en pleno"
    "#;
    let found = reported(
        &settings(text),
        "The OTSC sesionared in plenary session at Villa Luzón.",
    );
    let own = "calque minor: sesionared in plenary session at Villa Luzón => held a full sitting at Villa Luzón";
    assert_eq!(found, [own]);
}

#[test]
fn overrides_by_path() {
    let config = parsed(
        r#"
        accept = ["Lugansk"]
        rules.terms = "neutral"
        gate.fail-on = "major"
        [style]
        quotes = "single"
        spellings.CSTO = "KSTO"

        [[override]]
        paths = ["wire/", "*.html"]
        accept = ["OTSC"]
        preview = true
        rules.locale = "off"
        gate.fail-on = "never"

        [[override]]
        paths = ["wire/sport/*"]
        rules.percent-format = "critical"
        style.quotes = "double"
    "#,
    );
    let at = |path: &str| config.settings(&config.overridden(Path::new(path)));
    let all = [
        "spanish-acronym neutral: OTSC => KSTO",
        "percent-format minor: 3 % => 3%",
    ];
    for (path, found) in [
        ("story.txt", &all[..]),
        ("a/wired.txt", &all),
        ("wire/a.txt", &[]),
        ("a/b.html", &[]),
        ("wire/sport/a.txt", &["percent-format critical: 3 % => 3%"]),
    ] {
        assert_eq!(reported(&at(path), STORY), found, "{path}");
    }
    assert_eq!(
        at("story.txt").style.quotes,
        Some(crate::style::Quotes::Single)
    );
    assert_eq!(
        at("wire/sport/a.txt").style.quotes,
        Some(crate::style::Quotes::Double)
    );
    assert!(at("wire/a.txt").preview && !at("a.txt").preview);
    assert_eq!(at("a.txt").gate.fail_on, FailOn::Major);
    assert_eq!(at("wire/a.txt").gate.fail_on, FailOn::Never);
}

/// What is shown can be read, and means the same.
#[test]
fn what_is_shown_is_what_holds() {
    let config = parsed(EXAMPLE);
    for path in ["a.txt", "wire/a.txt", "opinion/a.html"] {
        let which = config.overridden(Path::new(path));
        let shown = config.shown(&which);
        let again = parsed(&shown);
        let none = again.overridden(Path::new(path));
        assert_eq!(again.shown(&none), shown, "{path}");
        let stories = [
            STORY,
            "The OTSC met.",
            "The «investiture» vote is on Tuesday.",
        ];
        for story in stories {
            let (a, b) = (config.settings(&which), again.settings(&none));
            assert_eq!(reported(&a, story), reported(&b, story), "{path}");
        }
    }
    assert_eq!(
        parsed(&Settings::default().shown()).file().preview,
        Some(false)
    );
}

#[test]
fn as_editors_save_it() {
    let config = parsed("\u{feff}preview = true\r\nrules.calque = \"off\"\r\n");
    assert_eq!(config.file().preview, Some(true));
}

#[test]
fn the_example_holds() {
    let config = parsed(EXAMPLE);
    assert_eq!(config.examine(EXAMPLE), []);
    assert!(config.examples() > 0);
}

#[test]
fn examples_are_tried() {
    let text = r#"
        [[lexicon.calque]]
        find = ["<sesionar> in plenary"]
        use = ["<sit>"]
        flag = [
          "The board {sesionared in plenary=>sat}.",
          "The board {sesionared in plenary=>sits}.",
          "The board sat in plenary.",
        ]
        pass = ["It met in plenary.", "It will sesionar in plenary."]
    "#;
    let found: Vec<String> = parsed(text)
        .examine(text)
        .iter()
        .map(Fault::to_string)
        .collect();
    assert_eq!(
        found,
        [
            "7:11: the fix is “sat” in: The board {sesionared in plenary=>sits}.",
            "8:11: nothing is marked in: The board sat in plenary.",
            "10:39: false alarm of calque in: It will sesionar in plenary.",
        ]
    );
}

/// The table of the settings has every key of the gate.
#[test]
fn the_gate_is_the_gate() {
    let gate = Gate {
        fail_on: FailOn::Critical,
        max_neutral: Some(1),
        max_minor: Some(2),
        max_major: Some(3),
        max_critical: Some(4),
        min_score: Some(5.0),
        tolerance: Some(6.0),
        fewest_words: 7,
    };
    let keys = toml::to_string(&gate).expect("TOML");
    let table: GateTable = toml::from_str(&keys).expect("the same keys");
    assert_eq!(table.over(Gate::default()), gate);
    let file = format!("[gate]\n{keys}");
    assert_eq!(settings(&file).gate, gate);
    let fault = Config::parse("[gate]\nmin-score = 101")
        .map(|_| ())
        .unwrap_err();
    assert_eq!(
        fault.to_string(),
        "2:13: min-score must be a number from 0 to 100"
    );
}

/// Every key that can be read is in the schema, and no other.
#[test]
fn the_schema_is_whole() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let valid = |text: &str| {
        let value: serde_json::Value = toml::from_str(text).expect("TOML");
        validator.is_valid(&value)
    };
    assert!(valid(EXAMPLE));
    assert!(valid(&Settings::default().shown()));
    for wrong in [
        "previw = true",
        "rules.calqe = \"off\"",
        "rules.calque = \"of\"",
        "style.quote = \"single\"",
        "style.quotes = \"guillemets\"",
        "gate.fail-on = \"often\"",
        "gate.min-score = 101",
        "json.text = [\"text\"]",
        "[[lexicon.mojibake]]\nfind = [\"x\"]",
        "[[lexicon.calque]]\nuse = [\"x\"]",
        "[[override]]\npreview = true",
    ] {
        assert!(!valid(wrong), "{wrong}");
        assert!(Config::parse(wrong).is_err(), "{wrong}");
    }
    // A wrong key makes the parser list the right ones.
    for (table, pointer) in [
        ("", "/properties"),
        ("style", "/$defs/Style/properties"),
        ("gate", "/$defs/GateTable/properties"),
        ("suppress", "/$defs/Suppress/properties"),
        ("markdown", "/$defs/Markdown/properties"),
        ("json", "/$defs/Fields/properties"),
        ("[override]", "/$defs/Override/properties"),
        ("[lexicon.calque]", "/$defs/Phrase/properties"),
    ] {
        let head = if table.is_empty() {
            String::new()
        } else {
            format!("[{table}]")
        };
        let error = toml::from_str::<File>(&format!("{head}\nzzzzz = 1")).unwrap_err();
        let known = error.message().split('`').skip(3).step_by(2);
        let properties = schema
            .pointer(pointer)
            .and_then(|p| p.as_object())
            .expect(pointer);
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        let mut keys: Vec<&str> = properties.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, known, "{table}");
    }
}
