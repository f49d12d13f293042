//! Example sentences: `"The {actual=>current} president resigned."`
use crate::text::Span;

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
