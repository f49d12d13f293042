//! What a rule reports, and where it puts it.
use crate::lexicon::{Hit, Hits};
use crate::rule::{Rule, Severity};
use crate::style::Style;
use crate::text::{Document, Span};

/// A defect in a document.
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much harm it does: as the rule says, unless the user’s settings say otherwise.
    pub severity: Severity,
    /// Its place in [`crate::Document::plain`].
    pub span: Span,
    /// What is wrong and what to do, in one or two plain sentences.
    pub message: String,
    /// The Spanish behind it; empty when unknown.
    pub spanish: String,
    /// Ways to mend it, best first.
    pub fixes: Vec<Fix>,
    /// Other places that belong to it, each with what it is.
    pub related: Vec<(Span, String)>,
    /// Why it does not count; `None` if it does.
    pub waiver: Option<Waiver>,
}

/// A decision of the user that a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Waiver {
    /// Where the decision is written.
    pub by: WaivedBy,
    /// Why; empty where no reason was given.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Where a waiver is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WaivedBy {
    /// In a comment or note of the file itself.
    Comment,
    /// In the baseline.
    Baseline,
    /// In the review ledger.
    Review,
}

/// One way to mend a finding: edits that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to write where; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it may be applied unseen.
    pub safety: Safety,
}

/// A replacement of one span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// `Safe` fixes may be applied unseen; the rest are shown, and applied only on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Cannot change what is said.
    Safe,
    /// Needs an editor’s eye.
    Unsafe,
}

/// Where a rule puts its findings.
pub struct Sink<'a> {
    rule: &'static Rule,
    severity: Severity,
    hits: &'a Hits<'a>,
    style: &'a Style,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(
        rule: &'static Rule,
        severity: Severity,
        hits: &'a Hits<'a>,
        style: &'a Style,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Sink {
            rule,
            severity,
            hits,
            style,
            findings,
        }
    }

    /// The rule that is at work.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// What the lexicon of this rule found, in order.
    pub fn hits(&self) -> &'a [Hit<'a>] {
        self.hits.of(self.rule.id)
    }

    /// What the lexicon of another rule found.
    pub fn hits_of(&self, rule: &str) -> &'a [Hit<'a>] {
        self.hits.of(rule)
    }

    /// How the user’s house writes.
    pub fn style(&self) -> &'a Style {
        self.style
    }

    /// Whether phrases of the lexicons show that the text is translated: for signs that prove
    /// nothing by themselves.
    pub fn translated(&self) -> bool {
        self.hits.translated
    }

    /// Whether anything at all shows that the text comes from Spanish: for slips that a native
    /// writer makes too, now and then, so that they are reported where they are likely damage.
    pub fn suspected(&self, doc: &Document) -> bool {
        self.hits.evidence > 0 || doc.has_spanish_marks()
    }

    /// Adds a finding, to be completed with [`Finding::suggest`] and its like.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding {
            rule: self.rule,
            severity: self.severity,
            span,
            message: message.into(),
            spanish: String::new(),
            fixes: Vec::new(),
            related: Vec::new(),
            waiver: None,
        });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }
}

impl Finding {
    /// Names the Spanish behind the finding.
    pub fn spanish(&mut self, spanish: impl Into<String>) -> &mut Self {
        self.spanish = spanish.into();
        self
    }

    /// Adds a fix that needs an editor’s eye: the reported words become `replacement`.
    pub fn suggest(&mut self, replacement: impl Into<String>) -> &mut Self {
        self.fix(replacement, Safety::Unsafe)
    }

    /// Adds a fix that may be applied unseen: the reported words become `replacement`.
    pub fn mend(&mut self, replacement: impl Into<String>) -> &mut Self {
        self.fix(replacement, Safety::Safe)
    }

    fn fix(&mut self, replacement: impl Into<String>, safety: Safety) -> &mut Self {
        let edits = vec![Edit {
            span: self.span,
            text: replacement.into(),
        }];
        self.fixes.push(Fix { edits, safety });
        self
    }

    /// Names another place that belongs to the finding.
    pub fn relate(&mut self, span: Span, what: impl Into<String>) -> &mut Self {
        self.related.push((span, what.into()));
        self
    }
}
