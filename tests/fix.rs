//! What `asador fix` promises: only what is safe, only where a fix was, whole or not at all.
mod common;

use asador::fix::Mender;
use asador::input::{self, Format, Input, Options, Story};
use asador::{Finding, Linter, Span, detectors};
use common::{folder, pipe, read, run};
use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;
use std::process::Command;

/// One safe fix (the percent sign) and one that is not (the acronym).
const STORY: &str = "Growth fell to 5 %, the OTSC said in Yerevan.\n";
const SAFE: &str = "Growth fell to 5%, the OTSC said in Yerevan.\n";
const UNSAFE: &str = "Growth fell to 5%, the CSTO said in Yerevan.\n";
const CLEAN: &str = "The mayor opened the new library on Monday.\n";

#[test]
fn safe_fixes_only_unless_told() {
    let dir = folder(&[
        ("story.txt", STORY.as_bytes()),
        ("clean.txt", CLEAN.as_bytes()),
    ]);
    let ran = run(dir.path(), &["fix", "."]);
    assert_eq!(
        (ran.code, &ran.out[..], &ran.err[..]),
        (
            0,
            "1 fixed in 1 file, 1 more with --unsafe; 1 finding left\n",
            ""
        )
    );
    assert_eq!(read(dir.path(), "story.txt"), SAFE);
    assert_eq!(read(dir.path(), "clean.txt"), CLEAN);
    let ran = run(dir.path(), &["fix", ".", "--unsafe"]);
    assert_eq!(
        (ran.code, &ran.out[..]),
        (0, "1 fixed in 1 file; 0 findings left\n")
    );
    assert_eq!(read(dir.path(), "story.txt"), UNSAFE);
    let ran = run(dir.path(), &["fix", ".", "--unsafe"]);
    assert_eq!(
        (ran.code, &ran.out[..]),
        (0, "nothing to fix; 0 findings left\n")
    );
}

#[test]
fn only_the_chosen_rules_mend() {
    let dir = folder(&[("story.txt", STORY.as_bytes())]);
    let ran = run(
        dir.path(),
        &["fix", "story.txt", "--group", "terms", "--unsafe"],
    );
    assert_eq!(ran.out, "1 fixed in 1 file; 0 findings left\n");
    assert_eq!(read(dir.path(), "story.txt"), STORY.replace("OTSC", "CSTO"));
}

#[test]
fn a_check_names_what_would_change() {
    let dir = folder(&[
        ("story.txt", STORY.as_bytes()),
        ("clean.txt", CLEAN.as_bytes()),
    ]);
    let ran = run(dir.path(), &["fix", "--check", "."]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.out,
        "would mend story.txt: 1 fix\n\
         1 would be fixed in 1 file, 1 more with --unsafe; 1 finding left\n"
    );
    assert_eq!(read(dir.path(), "story.txt"), STORY);
    assert_eq!(run(dir.path(), &["fix", "--check", "clean.txt"]).code, 0);
    assert_eq!(run(dir.path(), &["fix", "--check", "--diff", "."]).code, 2);
}

/// Runs git in a folder; whether it was content.
fn git(folder: &Path, args: &[&str]) -> bool {
    let mut command = Command::new("git");
    // The folder may lie in somebody’s repository.
    command.env("GIT_CEILING_DIRECTORIES", folder).args(args);
    let output = command
        .current_dir(folder)
        .output()
        .expect("git is installed");
    output.status.success()
}

#[test]
fn git_applies_the_diff() {
    let long = format!("{CLEAN}{STORY}").repeat(20);
    let crlf = format!("One 5 %.\r\n\r\n{STORY}");
    let dir = folder(&[
        ("a/story.txt", STORY.as_bytes()),
        ("a b.txt", long.as_bytes()),
        ("año \"x\"\t.txt", crlf.as_bytes()),
        ("no end.txt", "It fell 5 %".as_bytes()),
        ("latin.txt", b"It fell 5 % in M\xe1laga.\n"),
        ("clean.txt", CLEAN.as_bytes()),
    ]);
    let ran = run(dir.path(), &["fix", "--diff", "."]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(read(dir.path(), "a/story.txt"), STORY);
    assert!(
        ran.err.contains(" would be fixed in 5 files"),
        "{}",
        ran.err
    );
    assert!(!ran.out.contains("clean.txt"), "{}", ran.out);
    // Not through `ran.out`, for the diff is not UTF-8.
    let mut asador = Command::new(env!("CARGO_BIN_EXE_asador"));
    let diff = asador.args(["fix", "--diff", "."]).current_dir(dir.path());
    let diff = diff.output().expect("it runs").stdout;
    fs::write(dir.path().join("mend.patch"), diff).expect("a file");
    assert!(git(dir.path(), &["apply", "--check", "mend.patch"]));
    let copy = folder(&[]);
    for name in [
        "a/story.txt",
        "a b.txt",
        "año \"x\"\t.txt",
        "no end.txt",
        "latin.txt",
    ] {
        let to = copy.path().join(name);
        fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        fs::copy(dir.path().join(name), to).expect("a copy");
    }
    assert_eq!(run(copy.path(), &["fix", "."]).code, 0);
    assert!(git(dir.path(), &["apply", "mend.patch"]));
    for name in [
        "a/story.txt",
        "a b.txt",
        "año \"x\"\t.txt",
        "no end.txt",
        "latin.txt",
    ] {
        let bytes = |dir: &Path| fs::read(dir.join(name)).expect("a file");
        assert!(bytes(dir.path()) == bytes(copy.path()), "{name}");
    }
}

#[test]
fn a_filter() {
    let dir = folder(&[]);
    let ran = pipe(dir.path(), &["fix", "-"], STORY.as_bytes());
    assert_eq!((ran.code, &ran.out[..]), (0, SAFE));
    assert_eq!(
        ran.err,
        "asador: 1 fixed in 1 file, 1 more with --unsafe; 1 finding left\n"
    );
    let ran = pipe(dir.path(), &["fix", "-"], CLEAN.as_bytes());
    assert_eq!((ran.code, &ran.out[..]), (0, CLEAN));
    let args = ["fix", "-", "--diff", "--stdin-filepath", "x/story.txt"];
    let ran = pipe(dir.path(), &args, STORY.as_bytes());
    assert_eq!(ran.code, 1);
    assert!(
        ran.out
            .starts_with("--- a/x/story.txt\n+++ b/x/story.txt\n@@ "),
        "{}",
        ran.out
    );
}

#[test]
fn the_encoding_is_kept() {
    let utf16 = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xff\xfe".iter().copied().chain(units).collect()
    };
    let dir = folder(&[
        ("wide.txt", &utf16(STORY)),
        ("latin.txt", b"In Le\xf3n \xabgrowth fell\xbb to 5 %.\r\n"),
    ]);
    let ran = run(dir.path(), &["fix", "--diff", "wide.txt"]);
    assert!(
        ran.err
            .starts_with("asador: wide.txt: is in UTF-16; its diff"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("\n+Growth fell to 5%, the"), "{}", ran.out);
    assert_eq!(run(dir.path(), &["fix", "."]).code, 0);
    let bytes = |name: &str| fs::read(dir.path().join(name)).expect("a file");
    assert_eq!(bytes("wide.txt"), utf16(SAFE));
    assert_eq!(
        bytes("latin.txt"),
        b"In Le\xf3n \x93growth fell\x94 to 5%.\r\n"
    );
}

#[test]
fn a_file_that_cannot_be_mended_does_not_spoil_the_others() {
    let dir = folder(&[
        ("story.txt", STORY.as_bytes()),
        ("scan.txt", b"%PDF-1.7\n"),
        ("mail.docx", b"PK\x03\x04 a Word document"),
    ]);
    let ran = run(
        dir.path(),
        &["fix", "gone.txt", "scan.txt", "mail.docx", "story.txt"],
    );
    assert_eq!(ran.code, 2);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.err);
    assert!(
        lines[0].starts_with("asador: gone.txt: no such file"),
        "{}",
        ran.err
    );
    assert!(
        lines[1].starts_with("asador: scan.txt: a PDF, not text"),
        "{}",
        ran.err
    );
    assert_eq!(
        lines[2],
        "asador: mail.docx: a Word document is read, but not written; mend it in its own program"
    );
    assert_eq!(read(dir.path(), "story.txt"), SAFE);
    assert_eq!(read(dir.path(), "scan.txt"), "%PDF-1.7\n");
}

#[cfg(unix)]
#[test]
fn links_permissions_and_neighbours_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let dir = folder(&[
        ("real/story.txt", STORY.as_bytes()),
        ("shut.txt", STORY.as_bytes()),
    ]);
    let at = |name: &str| dir.path().join(name);
    fs::set_permissions(at("real/story.txt"), fs::Permissions::from_mode(0o640)).expect("it may");
    fs::set_permissions(at("shut.txt"), fs::Permissions::from_mode(0o444)).expect("it may");
    symlink("real/story.txt", at("link.txt")).expect("a link");
    let ran = run(dir.path(), &["fix", "link.txt", "shut.txt"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "asador: shut.txt: may not be written; check its permissions\n"
    );
    assert!(ran.out.starts_with("1 fixed in 1 file"), "{}", ran.out);
    assert_eq!(read(dir.path(), "shut.txt"), STORY);
    let link = fs::symlink_metadata(at("link.txt")).expect("it is there");
    assert!(link.is_symlink());
    assert_eq!(read(dir.path(), "real/story.txt"), SAFE);
    let mode = fs::metadata(at("real/story.txt"))
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    // Nothing is left behind.
    let left = fs::read_dir(at("real")).expect("a folder").count();
    assert_eq!(left, 1);
}

/// Where the fixes of the first round lie in the file, widened over the white space around.
fn spots(input: &Input, story: &Story, findings: &[Finding], with_unsafe: bool) -> Vec<Span> {
    let bytes = input.bytes();
    let fixes = findings.iter().flat_map(|f| &f.fixes);
    let fixes = fixes.filter(|f| with_unsafe || f.safety == asador::Safety::Safe);
    let spans = fixes.flat_map(|f| &f.edits).map(|edit| {
        let source = story
            .document
            .map
            .source(story.document.map.whole(edit.span))
            .range();
        let white = |b: &&u8| b.is_ascii_whitespace() || **b == 0;
        let before = bytes[..source.start].iter().rev().take_while(white).count();
        let after = bytes[source.end..].iter().take_while(white).count();
        Span::new(source.start - before, source.end + after)
    });
    spans.collect()
}

/// Mends a file in memory, one round; the bytes, and the spans where fixes were.
fn one_round(bytes: &[u8], format: Format, with_unsafe: bool) -> (Vec<u8>, Vec<Span>) {
    let linter = Linter::new(detectors::ALL.iter().copied(), true);
    let places: RefCell<Vec<Span>> = RefCell::default();
    let (checked, stories) = (Cell::new(0), Cell::new(0));
    let input = input::read(bytes.to_vec(), format, &Options::default()).expect("a story");
    stories.set(input.stories.len());
    let check = |input: &Input, story: &Story| {
        checked.set(checked.get() + 1);
        if checked.get() > stories.get() {
            return Vec::new();
        }
        let findings = linter.check(&story.document);
        places
            .borrow_mut()
            .extend(spots(input, story, &findings, with_unsafe));
        findings
    };
    let mender = Mender {
        read: &|bytes| input::read(bytes, format, &Options::default()),
        check: &check,
        with_unsafe,
    };
    let mended = mender.mend(input);
    (mended.bytes, places.into_inner())
}

/// Every sample story of every format: what no fix touches is there as before.
#[test]
fn a_mended_file_differs_only_where_a_fix_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/articles");
    for entry in fs::read_dir(folder).expect("the articles") {
        let path = entry.expect("an article").path();
        let bytes = fs::read(&path).expect("an article");
        let format = Format::guess(Some(&path), &bytes);
        if !Format::is_readable(&path) || format == Format::Docx {
            continue;
        }
        for with_unsafe in [false, true] {
            let (mended, mut places) = one_round(&bytes, format, with_unsafe);
            assert!(mended != bytes, "{} holds nothing to mend", path.display());
            places.sort();
            let mut rest = &mended[..];
            let mut at = 0;
            for place in places {
                let kept = &bytes[at.min(place.start as usize)..place.start as usize];
                let found = rest.windows(kept.len().max(1)).position(|w| w == kept);
                let found = if kept.is_empty() { Some(0) } else { found };
                let found = found.unwrap_or_else(|| {
                    panic!(
                        "{}: lost {:?}",
                        path.display(),
                        String::from_utf8_lossy(kept)
                    )
                });
                rest = &rest[found + kept.len()..];
                at = at.max(place.end as usize);
            }
            assert!(rest.ends_with(&bytes[at..]), "{}: the end", path.display());
        }
    }
}

/// The first line of a standard error that is more than a warning about a comment.
fn faults(err: &str) -> Option<&str> {
    err.lines().find(|line| !line.contains(": warning: "))
}

/// Every sample story through the program: it is read back, and a second run changes nothing.
#[test]
fn a_mended_story_of_any_format_is_sound_and_at_rest() {
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/articles");
    for with_unsafe in [&[][..], &["--unsafe"]] {
        let dir = folder(&[]);
        for entry in fs::read_dir(&articles).expect("the articles") {
            let path = entry.expect("an article").path();
            let docx = path.extension().is_some_and(|e| e == "docx");
            if Format::is_readable(&path) && !docx {
                let name = path.file_name().expect("a name");
                fs::copy(&path, dir.path().join(name)).expect("a copy");
            }
        }
        let fix = [&["fix", "."], with_unsafe].concat();
        let ran = run(dir.path(), &fix);
        assert_eq!((ran.code, faults(&ran.err)), (0, None), "{}", ran.out);
        let again = run(dir.path(), &[&fix[..], &["--check"]].concat());
        assert_eq!((again.code, faults(&again.err)), (0, None), "{}", again.out);
        let check = run(dir.path(), &["check", ".", "--fail-on", "never"]);
        assert_eq!((check.code, faults(&check.err)), (0, None));
    }
}
