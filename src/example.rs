//! Example sentences: `"The {actual=>current} president resigned."`
use crate::text::{Document, Span};
use crate::{Finding, Linter};

/// A sentence with its marked defect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The sentence without the marks.
    pub text: String,
    /// What must be reported.
    pub span: Span,
    /// What the first fix must write, when the example says so.
    pub better: Option<String>,
}

/// Reads an example; `None` if it has no marked part. `{{` and `}}` stand for braces; of three in a
/// row the outer one marks.
pub fn parse(source: &str) -> Option<Example> {
    let source = escape(source);
    let plain = |s: &str| s.replace('\u{1}', "{").replace('\u{2}', "}");
    let (before, rest) = source.split_once('{')?;
    let (marked, after) = rest.split_once('}')?;
    let (bad, better) = match marked.split_once("=>") {
        Some((bad, better)) => (bad, Some(plain(better))),
        None => (marked, None),
    };
    let (before, bad) = (plain(before), plain(bad));
    let span = Span::new(before.len(), before.len() + bad.len());
    Some(Example {
        text: format!("{before}{bad}{}", plain(after)),
        span,
        better,
    })
}

/// Tries a marked sentence on a linter of one rule: it finds once, at the marked words; its first fix
/// writes what the example says, and then nothing is found.
///
/// # Errors
/// In words, when it does not hold.
pub fn try_flagged(alone: &Linter, source: &str) -> Result<(), String> {
    let Some(want) = parse(source) else {
        return Err(format!("nothing is marked in: {source}"));
    };
    let found = alone.check(&Document::plain(&want.text));
    let [one] = &found[..] else {
        let (count, words) = (found.len(), words(&found, &want.text));
        return Err(format!("{count} findings {words:?} in: {source}"));
    };
    if one.span != want.span {
        let words = &want.text[one.span.range()];
        return Err(format!("reports “{words}” in: {source}"));
    }
    let fix = one.fixes.first();
    if let Some(better) = &want.better {
        let whole = fix.filter(|fix| fix.edits.len() == 1);
        let got = whole.map(|fix| &fix.edits[0].text);
        if got != Some(better) {
            let got = got.map_or("", |got| got);
            return Err(format!("the fix is “{got}” in: {source}"));
        }
    }
    let Some(fix) = fix else { return Ok(()) };
    let mut fixed = want.text.clone();
    for edit in fix.edits.iter().rev() {
        fixed.replace_range(edit.span.range(), &edit.text);
    }
    let left = alone.check(&Document::plain(&fixed));
    match left.is_empty() {
        true => Ok(()),
        false => {
            let words = words(&left, &fixed);
            Err(format!("the fix leaves {words:?} in: {fixed}"))
        }
    }
}

/// Tries a sentence that is right: the linter finds nothing.
///
/// # Errors
/// In words, when it does not hold.
pub fn try_passed(linter: &Linter, source: &str) -> Result<(), String> {
    match linter.check(&Document::plain(source)).first() {
        None => Ok(()),
        Some(finding) => {
            let rule = finding.rule.id;
            Err(format!("false alarm of {rule} in: {source}"))
        }
    }
}

/// The words of findings.
fn words<'a>(findings: &[Finding], text: &'a str) -> Vec<&'a str> {
    let words = findings.iter().map(|f| &text[f.span.range()]);
    words.collect()
}

/// Puts control characters in the place of doubled braces.
fn escape(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(c).len();
        match c {
            '{' => {
                out.extend((run % 2 == 1).then_some('{'));
                out.extend(std::iter::repeat_n('\u{1}', run / 2));
                rest = &rest[run..];
            }
            '}' => {
                out.extend(std::iter::repeat_n('\u{2}', run / 2));
                out.extend((run % 2 == 1).then_some('}'));
                rest = &rest[run..];
            }
            c => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces() {
        let got = parse("Dear {{{name}}=>you}, and {{x}}").map(|e| (e.text, e.span, e.better));
        let text = "Dear {name}, and {x}".to_owned();
        assert_eq!(got, Some((text, Span::new(5, 11), Some("you".into()))));
        assert_eq!(parse("{{{{a}}}}"), None);
        let span = parse("{{{{{a}}}}}").map(|e| e.span);
        assert_eq!(span, Some(Span::new(0, 5)));
    }
}
