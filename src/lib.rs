//! Finds the marks that machine translation from Spanish leaves in English news.
//!
//! # Map
//!
//! ```text
//! bytes ─input→ Document{plain, map, blocks} ─text→ facts ─lexicon::scan (once)→ each rule’s check
//!       → sort → suppress → baseline → review → score → gate → report | fix
//! ```
//!
//! | module | what it knows |
//! |---|---|
//! | [`blob`], [`words`] | the compiled corpora: vocabulary, word lists, patterns |
//! | [`text`] | the document and its facts; knows no rule |
//! | [`rule`], [`finding`], [`example`] | what a rule is, what it reports, how its examples are written |
//! | [`lexicon`] | the pattern notation, its compiler (shared with `build.rs`) and its matcher |
//! | [`furniture`] | which stretches belong to the page, not to the story |
//! | [`detectors`] | one rule a file; `ALL` |
//! | [`terms`] | the table of acronyms |
//! | [`explain`] | the page of a rule |
//! | [`style`] | how a house writes: what fixes write, what rules leave alone |
//! | [`input`] | from the bytes of a file to documents; one reader a format |
//! | [`score`], [`gate`], [`fingerprint`] | how bad a story is, and whether it passes; a name for a finding that outlives edits |
//! | [`baseline`], [`review`] | findings that the user has decided about: accepted once, waived with a reason |
//! | [`config`], [`suppress`] | `asador.toml`, and what it means for a path; comments in a story that waive findings |
//! | [`selector`], [`nearest`] | rules and groups as users name them; “did you mean” |
//! | [`fix`], [`diff`] | a file with its fixes written in; what changed, for `git apply` |
//! | [`report`] | what was found, for people and for programs; one file a format |
//! | `main`, `cli` | the program: the only part that touches files, threads and the terminal |
//!
//! Dependencies point one way: `blob` ← `words` ← `text` ← `rule`, `finding` ↔ `lexicon` ← `detectors`
//! ← here ← `input`, `score`
//! ← `gate`, `fingerprint` ← `config`, `suppress` ← `baseline`, `review`, `fix` ← `report` ← `cli`.
//!
//! # Invariants
//!
//! - Readers may fail; detectors cannot. The library does no I/O and prints nothing.
//! - Detectors see plain text only; the way back into the file is [`text::SourceMap`]’s.
//! - Text is never normalised, only words are.
//! - The same input gives the same output: nothing walks a hash map.
//! - Cost is linear in the input. A rule does not walk over all tokens: it starts from an index of
//!   the document (`of_kind`, `caps`, `inner_capitals`, quotations, names …) or from lexicon hits.
//!
//! # Where this deviates from the first design, and why
//!
//! - Lexicon hits are handed to a rule by its [`Sink`], not kept in the document: which entries
//!   count depends on the linter (`preview`), and a document may be checked by several.
//! - The vocabulary is part of the compiled corpora, so that a token carries the number of its word
//!   and a pattern is compared number by number.
//! - The human report draws its own snippets. `annotate-snippets` wants the whole source of a
//!   snippet (an article is one line of 3 kB, a crawl may be one of 50 MB), marks every window of
//!   a line as a gap, and does not wrap messages.
//! - A report is written story by story (`begin`, `story`, `end`) and not from a finished run, so
//!   that memory stays flat in the number of files. One that opens with a summary (HTML, Markdown)
//!   has its stories held back, on the disk if need be.
//! - The HTML report is written without a template engine: it is escaped and nested by code that the
//!   other formats have too, and its style and script are files of their own.
//! - An entry may count in context only (`status = "context"`), and a slip that native writers make
//!   too (a doubled stop, a lost quotation mark) is reported only where a phrase, a guillemet or a
//!   Spanish number shows that the text comes from Spanish: [`Sink::translated`], [`Sink::suspected`].
//!   Measured: two thirds fewer alarms on native news, nearly the same finds on damaged stories.
//! - `day-calque` is minor, not neutral: revisers marked every “this Monday” for a day that is past,
//!   and 264,000 words of native news have none.
//! - A pattern is told from its surroundings by small sets of bits (the words beside its anchor, and
//!   next but one) before it is read: half of the verifications are left, and most of the scan’s time
//!   was waiting for memory. For the same reason the patterns of a word lie together, and common
//!   words have the lowest numbers ([`lexicon`]).
//! - What a user adds to a lexicon is compiled at run time, on top of the vocabulary of the corpora
//!   ([`lexicon::own`]), and reported as it is: a rule looks closer only at the phrases it knows.
//! - Names are compared within 32,768 tokens, more than any story has: in an archive of 50 MB a
//!   name “spelt two ways” means nothing, and sorting it all costs more than the rest of the rule.
pub mod baseline;
pub mod blob;
pub mod config;
pub mod detectors;
pub mod diff;
pub mod example;
pub mod explain;
pub mod finding;
pub mod fingerprint;
pub mod fix;
mod fold;
pub mod furniture;
pub mod gate;
pub mod input;
pub mod lexicon;
pub mod nearest;
pub mod report;
pub mod review;
pub mod rule;
pub mod score;
pub mod selector;
pub mod style;
pub mod suppress;
pub mod terms;
pub mod text;
pub mod words;

pub(crate) use text::tokenizer;

pub use finding::{Edit, Finding, Fix, Safety, Sink, WaivedBy, Waiver};
pub use lexicon::Own;
pub use rule::{Group, Mqm, Rule, Severity, Status};
use style::Speller;
pub use style::Style;
pub use text::{Block, BlockKind, Document, Kind, Shape, SourceMap, Span, Token};

/// The rules that are on. Build it once, share it between threads.
#[derive(Clone)]
pub struct Linter {
    rules: Vec<&'static Rule>,
    /// Their severities.
    severities: Vec<Severity>,
    preview: bool,
    style: Style,
    speller: Speller,
    own: Option<Own>,
}

impl Linter {
    /// A linter of these rules; `preview` turns on rules and lexicon entries that are not yet trusted.
    pub fn new(rules: impl IntoIterator<Item = &'static Rule>, preview: bool) -> Self {
        let on = |r: &&Rule| preview || r.status == Status::Stable;
        let rules = rules.into_iter().filter(on).map(|r| (r, r.severity));
        Self::with_severities(rules, preview)
    }

    /// A linter of these rules with these severities, whatever their status; `preview` turns on the
    /// lexicon entries that are not yet trusted.
    pub fn with_severities(
        rules: impl IntoIterator<Item = (&'static Rule, Severity)>,
        preview: bool,
    ) -> Self {
        let (rules, severities) = rules.into_iter().unzip();
        Linter {
            rules,
            severities,
            preview,
            style: Style::default(),
            speller: Speller::default(),
            own: None,
        }
    }

    /// Has the rules write as this house does.
    pub fn style(mut self, style: Style) -> Self {
        self.speller = Speller::new(&style);
        self.style = style;
        self
    }

    /// Has the lexicons and accepted terms of the user count.
    pub fn own(mut self, own: Own) -> Self {
        self.own = Some(own);
        self
    }

    /// The rules that are on.
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }

    /// All findings of a document, sorted by place, then rule.
    pub fn check(&self, doc: &Document) -> Vec<Finding> {
        let own = self.own.as_ref().map(|own| own.read(doc));
        self.check_with(doc, &lexicon::scan_with(doc, self.preview, own.as_ref()))
    }

    /// The same, where the phrases of the lexicons are found already.
    pub fn check_with(&self, doc: &Document, hits: &lexicon::Hits) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (rule, &severity) in self.rules.iter().zip(&self.severities) {
            let mut sink = Sink::new(rule, severity, hits, &self.style, &mut findings);
            (rule.check)(doc, &mut sink);
            for hit in hits.own(rule.id) {
                lexicon::report_hit(doc, hit, &mut sink);
            }
        }
        findings
            .retain_mut(|finding| !hits.accepts(finding.span) && self.speller.settle(doc, finding));
        findings.sort_by_key(|f| (f.span.start, f.span.end, f.rule.id));
        findings
    }
}
