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

/// Reads an example; `None` if it has no marked part. `{{` and `}}` stand for braces.
pub fn parse(source: &str) -> Option<Example> {
    let source = source.replace("{{", "\u{1}").replace("}}", "\u{2}");
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
