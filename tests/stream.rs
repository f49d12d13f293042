//! A stream of records: one in, one line out, in order, at once, in constant memory.
mod common;

use assert_cmd::Command;
use common::{code, err, texts};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Output, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

const FILTER: [&str; 8] = [
    "check",
    "--input-format",
    "jsonl",
    "--format",
    "jsonl",
    "--rule",
    "spanish-acronym",
    "-",
];

fn run(args: &[&str], input: &[u8]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_asador"))
        .args(args)
        .write_stdin(input)
        .output()
        .expect("it runs")
}

fn check(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_asador"))
        .args(["check", "--rule", "spanish-acronym"])
        .args(args)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

fn start() -> Child {
    std::process::Command::new(env!("CARGO_BIN_EXE_asador"))
        .args(FILTER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    let line = |l| serde_json::from_str(l).expect("JSON");
    text.lines().map(line).collect()
}

/// A record with a finding at character 19 of its text.
fn record(id: usize) -> String {
    format!("{{\"id\": {id}, \"text\": \"The “summit” of the OTSC met, said clerk {id}.\"}}\n")
}

#[test]
fn one_record_in_one_line_out_in_order() {
    let many: String = (0..5000).map(record).collect();
    let output = run(&FILTER, many.as_bytes());
    assert_eq!((code(&output), err(&output)), (1, ""));
    let lines = lines(&output);
    assert_eq!(lines.len(), 5000);
    for (i, line) in lines.iter().enumerate() {
        assert_eq!(line["id"], i.to_string());
        assert_eq!(line["line"], i + 1);
        let finding = &line["findings"][0];
        assert_eq!(
            (&finding["line"], &finding["column"], &finding["field"]),
            (&json!(i + 1), &json!(21), &json!("/text"))
        );
        assert_eq!(
            (&finding["start"], &finding["end"]),
            (&json!(24), &json!(28))
        );
        assert_eq!(finding["fixes"][0]["start"], 24);
    }
    assert_eq!(output.stdout, run(&FILTER, many.as_bytes()).stdout);
}

/// A line that cannot be read has its line in the report and on the standard error; the others are
/// checked.
#[test]
fn a_broken_line_spoils_no_other() {
    let stream = format!(
        "{}\n \t\r\n{{\"id\": 2, \"text\": }}\n{}[1]\n{{\"id\": 4, \"cuerpo\": \"x\"}}\r\n{{\"id\": 5, \"text\": \"\"}}\n{}",
        record(1).trim(),
        record(3),
        record(6).trim(),
    );
    let output = run(&FILTER, stream.as_bytes());
    assert_eq!(code(&output), 2);
    let lines = lines(&output);
    let numbers: Vec<u64> = lines.iter().filter_map(|l| l["line"].as_u64()).collect();
    assert_eq!(numbers, [1, 3, 4, 5, 6, 7, 8], "blank lines are none");
    let broken: Vec<u64> = lines
        .iter()
        .filter(|l| l.get("error").is_some())
        .filter_map(|l| l["line"].as_u64())
        .collect();
    assert_eq!(broken, [3, 5, 6]);
    assert_eq!(lines[1]["column"], 19);
    assert_eq!(lines[5]["words"], 0);
    let told: Vec<&str> = err(&output).lines().collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].starts_with("asador: -:3:19: the JSON is broken"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("asador: -:5:1: a record is an object"),
        "{told:?}"
    );
    assert!(
        told[2].contains("only id, cuerpo; name yours in asador.toml"),
        "{told:?}"
    );
}

#[test]
fn every_line_of_the_report_follows_the_schema() {
    let schema = include_str!("../schema/report.schema.json");
    let mut schema: Value = serde_json::from_str(schema).expect("JSON");
    let stream = format!("{}x\n", record(1));
    let output = run(&FILTER, stream.as_bytes());
    for (line, kind) in lines(&output).iter().zip(["document", "unread"]) {
        let root = schema.as_object_mut().expect("an object");
        for key in ["type", "required", "properties", "additionalProperties"] {
            root.remove(key);
        }
        root.insert("$ref".to_owned(), format!("#/$defs/{kind}").into());
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let wrong: Vec<String> = validator.iter_errors(line).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{kind}: {wrong:?}");
    }
}

/// Whoever waits for the answer before the next question gets it.
#[test]
fn a_slow_pipe_is_answered_at_once() {
    let mut child = start();
    let mut to = child.stdin.take().expect("a pipe");
    let from = BufReader::new(child.stdout.take().expect("a pipe"));
    let (send, answers) = channel();
    thread::spawn(move || from.lines().try_for_each(|line| send.send(line.ok()).ok()));
    for id in 0..3 {
        to.write_all(record(id).as_bytes()).expect("it reads");
        to.flush().expect("it reads");
        let answer = answers.recv_timeout(Duration::from_secs(60));
        let answer = answer.expect("an answer").expect("text");
        assert!(answer.contains(&format!("\"id\":\"{id}\"")), "{answer}");
    }
    drop(to);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

/// Memory does not grow with the stream: forty megabytes take no more than four.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_constant() {
    let mut child = start();
    let status = format!("/proc/{}/status", child.id());
    let mut to = child.stdin.take().expect("a pipe");
    let from = BufReader::new(child.stdout.take().expect("a pipe"));
    let (send, answers) = channel();
    thread::spawn(move || {
        let lines = from.lines().map_while(Result::ok);
        lines.map(|_| ()).try_for_each(|()| send.send(()).ok())
    });
    let filler = "The clerk said nothing new. ".repeat(140);
    let mut block = String::new();
    for id in 0..100 {
        let _ = writeln!(block, "{{\"id\": {id}, \"text\": \"{filler}\"}}");
    }
    let peak = || -> u64 {
        let status = fs::read_to_string(&status).expect("its status");
        let line = status.lines().find(|l| l.starts_with("VmHWM:"));
        let kilobytes = line.and_then(|l| l.split_whitespace().nth(1)?.parse().ok());
        kilobytes.expect("kilobytes")
    };
    let mut feed = |blocks: usize| {
        for _ in 0..blocks {
            to.write_all(block.as_bytes()).expect("it reads");
        }
        for _ in 0..blocks * 100 {
            let answer = answers.recv_timeout(Duration::from_secs(120));
            answer.expect("an answer");
        }
    };
    feed(10);
    let before = peak();
    feed(90);
    let after = peak();
    assert!(after < before + 16 * 1024, "{before} kB, then {after} kB");
    drop(to);
    child.wait().expect("it ends");
}

/// The reader of the report goes; the rest of the stream is not waited for.
#[test]
fn a_closed_pipe_ends_the_run() {
    let mut child = start();
    let mut to = child.stdin.take().expect("a pipe");
    drop(child.stdout.take());
    let many: String = (0..200).map(record).collect();
    // The input stays open. Sooner or later nobody reads it any more.
    let feed = thread::spawn(move || while to.write_all(many.as_bytes()).is_ok() {});
    let output = child.wait_with_output().expect("it ends");
    feed.join().expect("the writer ends");
    assert_eq!((code(&output), err(&output)), (1, ""));
}

#[test]
fn a_line_without_end_is_refused() {
    let mut stream = record(1).into_bytes();
    stream.extend(b"{\"id\": 2, \"text\": \"");
    stream.resize(stream.len() + (65 << 20), b'a');
    stream.extend(b"\"}\n");
    stream.extend(record(3).bytes());
    let output = run(&FILTER, &stream);
    assert_eq!(code(&output), 2);
    assert_eq!(
        err(&output),
        "asador: -:2:1: the line is longer than 64 MiB; a record is one story\n"
    );
    let ids: Vec<Value> = lines(&output).iter().map(|l| l["id"].clone()).collect();
    assert_eq!(ids, [json!("1"), Value::Null, json!("3")]);
}

#[test]
fn files_are_streams_too() {
    let two = record(1) + &record(2);
    let dir = texts(&[
        ("a.txt", "The summit of the OTSC ended.\n"),
        ("b.jsonl", &two),
        ("c.ndjson", &format!("\u{feff}{two}")),
        ("d.json", "{\"text\": \"The OTSC met.\"}"),
        ("records", &two),
        (
            "prompts.jsonl",
            "{\"prompt\": \"x\"}\n{\"prompt\": \"y\"}\n",
        ),
    ]);
    let args = [".", "records", "--format", "jsonl"];
    let output = check(dir.path(), &args);
    assert_eq!((code(&output), err(&output)), (1, ""));
    let found: Vec<(String, String)> = lines(&output)
        .iter()
        .map(|l| (l["path"].to_string(), l["id"].to_string()))
        .collect();
    let expected = [
        ("a.txt", "null"),
        ("b.jsonl", "\"1\""),
        ("b.jsonl", "\"2\""),
        ("c.ndjson", "\"1\""),
        ("c.ndjson", "\"2\""),
        ("d.json", "null"),
        ("records", "\"1\""),
        ("records", "\"2\""),
    ];
    let expected = expected.map(|(path, id)| (format!("\"{path}\""), id.to_owned()));
    assert_eq!(found, expected);
    // Other reports read streams as well.
    let output = check(dir.path(), &["b.jsonl", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["summary"]["documents"], 2);
    let output = check(dir.path(), &["b.jsonl"]);
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(
        report.contains("--> b.jsonl:2:21 in /text (2)\n"),
        "{report}"
    );
    // What is named must be readable.
    let output = check(dir.path(), &["prompts.jsonl"]);
    assert_eq!((code(&output), err(&output).lines().count()), (2, 2));
}

#[test]
fn what_is_no_text_is_told_once() {
    let packed = [&b"\x1f\x8b\x08"[..], &b"\n\x00x".repeat(50)].concat();
    let output = run(&FILTER, &packed);
    assert_eq!(code(&output), 2);
    assert_eq!(
        err(&output),
        "asador: -: a gzip file, not text; extract its text first\n"
    );
    let wide: Vec<u8> = record(1)
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let output = run(&FILTER, &[b"\xff\xfe", &wide[..]].concat());
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("iconv -f UTF-16"), "{}", err(&output));
    let output = run(&FILTER, b"\n\n");
    assert_eq!(code(&output), 2);
    assert_eq!(
        err(&output),
        "asador: nothing was checked: there is no word to read\n"
    );
}

#[test]
fn a_file_of_json_with_a_fault_has_a_place() {
    let dir = texts(&[
        ("broken.json", "{\n \"text\": \"The OTSC met.\",\n}\n"),
        ("lines.json", &(record(1) + &record(2))),
        ("package.json", "{\"name\": \"x\", \"version\": \"1\"}"),
    ]);
    let output = check(dir.path(), &["broken.json", "lines.json", "package.json"]);
    let told: Vec<&str> = err(&output).lines().collect();
    assert!(
        told[0].starts_with("asador: broken.json:3:1: the JSON is broken"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("asador: lines.json:2:1: a second value begins here"),
        "{told:?}"
    );
    assert!(
        told[2].starts_with("asador: package.json: no field with the text"),
        "{told:?}"
    );
    assert_eq!(code(&output), 2);
}

/// What is mended in a file of JSON is the text of its stories; the rest stays byte for byte.
#[test]
fn mended_json_is_json() {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/articles");
    let read = |name: &str| fs::read_to_string(articles.join(name)).expect("the file");
    let names = ["wire.jsonl", "lima-court.json"];
    let olds = names.map(read);
    let dir = texts(&[(names[0], &olds[0]), (names[1], &olds[1])]);
    let fix = || {
        Command::new(env!("CARGO_BIN_EXE_asador"))
            .args(["fix", "--unsafe", names[0], names[1]])
            .current_dir(dir.path())
            .output()
            .expect("it runs")
    };
    assert_eq!(code(&fix()), 0);
    let now = |name: &str| fs::read_to_string(dir.path().join(name)).expect("the file");
    let news = names.map(now);
    for (old, new) in olds.iter().zip(&news) {
        assert_ne!(old, new);
        // Outside of strings nothing has changed.
        let values = |text: &str| -> Vec<Value> {
            let values = serde_json::Deserializer::from_str(text).into_iter();
            values.map(|v| v.expect("JSON")).collect()
        };
        for (mut old, mut new) in values(old).into_iter().zip(values(new)) {
            for pointer in ["/text", "/title", "/bodies/1/value", "/headlines/0/value"] {
                let (Some(old), Some(new)) = (old.pointer_mut(pointer), new.pointer_mut(pointer))
                else {
                    continue;
                };
                *old = Value::Null;
                *new = Value::Null;
            }
            for pointer in [
                "/descriptions/0/value",
                "/associations/0/descriptions/0/value",
            ] {
                let same = [&mut old, &mut new].map(|v| v.pointer_mut(pointer).map(Value::take));
                assert_eq!(same[0].is_some(), same[1].is_some());
            }
            assert_eq!(old, new);
        }
    }
    assert!(
        news[0].contains("“We have pulled out all the stops”"),
        "{}",
        news[0]
    );
    assert!(news[1].contains("<p>"), "tags stay");
    assert!(news[1].contains("3,200,000"), "{}", news[1]);
    fix();
    assert_eq!(names.map(now), news, "a second time nothing is left");
}
