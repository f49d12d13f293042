//! A unified diff of two versions of a file, byte for byte, as `git apply` takes it.
use similar::{Algorithm, DiffTag, capture_diff_slices, group_diff_ops};
use std::io::Write as _;
use std::ops::Range;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// The diff from `old` to `new`; nothing if they are the same. `path` is relative, parted by `/`.
pub fn unified(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let (before, after) = (lines(old), lines(new));
    // Its cost stays linear in the files, for most lines of a story are like no other.
    let ops = capture_diff_slices(Algorithm::Patience, &before, &after);
    let groups = group_diff_ops(ops, CONTEXT);
    let mut out = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        if group.iter().all(|op| op.tag() == DiffTag::Equal) {
            continue;
        }
        if at == 0 {
            header(path, &mut out);
        }
        let old = first.old_range().start..last.old_range().end;
        let new = first.new_range().start..last.new_range().end;
        // Writing into memory does not fail.
        let _ = writeln!(out, "@@ -{} +{} @@", numbers(old), numbers(new));
        for op in group {
            let (old, new) = (&before[op.old_range()], &after[op.new_range()]);
            if op.tag() == DiffTag::Equal {
                append(b' ', old, &mut out);
            } else {
                append(b'-', old, &mut out);
                append(b'+', new, &mut out);
            }
        }
    }
    out
}

/// The lines of a file, each with its end.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&b| b == b'\n').collect()
}

/// The names of the file before and after. Git quotes a name with characters that would end it, and
/// sets a tab after one with a space.
fn header(path: &str, out: &mut Vec<u8>) {
    let odd = |b: u8| b.is_ascii_control() || b == b'"' || b == b'\\';
    let quoted = path.bytes().any(odd);
    for (mark, side) in [("---", 'a'), ("+++", 'b')] {
        let _ = match quoted {
            true => writeln!(out, "{mark} \"{side}/{}\"", octal(path)),
            false if path.contains(' ') => writeln!(out, "{mark} {side}/{path}\t"),
            false => writeln!(out, "{mark} {side}/{path}"),
        };
    }
}

/// A name in which all but the plainest bytes are written as numbers.
fn octal(path: &str) -> String {
    let plain = |b: u8| b == b' ' || b.is_ascii_graphic() && b != b'"' && b != b'\\';
    path.bytes()
        .map(|b| match plain(b) {
            true => char::from(b).to_string(),
            false => format!("\\{b:03o}"),
        })
        .collect()
}

/// A range of lines as a hunk states it: the first, from 1, and how many.
fn numbers(range: Range<usize>) -> String {
    match range.len() {
        // Of no line, the one before.
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        count => format!("{},{count}", range.start + 1),
    }
}

fn append(mark: u8, lines: &[&[u8]], out: &mut Vec<u8>) {
    for line in lines {
        out.push(mark);
        out.extend_from_slice(line);
        if !line.ends_with(b"\n") {
            out.extend_from_slice(b"\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(old: &str, new: &str) -> String {
        let diff = unified("a/b.txt", old.as_bytes(), new.as_bytes());
        String::from_utf8(diff).expect("UTF-8")
    }

    #[test]
    fn hunks_have_context_and_numbers() {
        assert_eq!(diff("a\n", "a\n"), "");
        assert_eq!(diff("", ""), "");
        assert_eq!(
            diff("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nx\n6\n"),
            "--- a/a/b.txt\n+++ b/a/b.txt\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+x\n 6\n"
        );
        assert_eq!(
            diff("a", "b\r\n"),
            "--- a/a/b.txt\n+++ b/a/b.txt\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\r\n"
        );
        assert_eq!(
            diff("a\n", ""),
            "--- a/a/b.txt\n+++ b/a/b.txt\n@@ -1 +0,0 @@\n-a\n"
        );
    }

    #[test]
    fn names_are_quoted_as_git_does() {
        let names = |path| {
            let diff = unified(path, b"a", b"b");
            String::from_utf8_lossy(&diff)
                .lines()
                .next()
                .map(str::to_owned)
        };
        assert_eq!(names("a b.txt").as_deref(), Some("--- a/a b.txt\t"));
        assert_eq!(names("a\tb.txt").as_deref(), Some("--- \"a/a\\011b.txt\""));
        assert_eq!(names("año.txt").as_deref(), Some("--- a/año.txt"));
    }
}
