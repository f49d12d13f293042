//! A name for a finding that outlives edits elsewhere: what a baseline or a tracker knows it by.
use crate::finding::Finding;
use crate::text::tokenizer::normalise;
use crate::text::{Document, Kind, Shape};
use std::collections::HashMap;

/// Words before and after a finding that belong to its fingerprint.
const CONTEXT: usize = 2;

/// Of a longer passage only so many words at either end are read, so that the work is bounded.
const ENDS: usize = 16;

/// The fingerprints of the findings of a document: 16 hexadecimal digits from the rule, the words of
/// the finding and two words on either side, all in lower case and without punctuation. The second
/// finding with the same fingerprint has `-2` behind it, and so on.
pub fn of(doc: &Document, findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<u64, u32> = HashMap::with_capacity(findings.len());
    let mut word = String::new();
    let print = |finding| {
        let hash = hash(doc, finding, &mut word);
        let count = seen.entry(hash).or_default();
        *count += 1;
        match count {
            1 => format!("{hash:016x}"),
            n => format!("{hash:016x}-{n}"),
        }
    };
    findings.iter().map(print).collect()
}

fn hash(doc: &Document, finding: &Finding, word: &mut String) -> u64 {
    let tokens = &doc.tokens;
    let first = tokens.partition_point(|t| t.span.end <= finding.span.start);
    let end = tokens.partition_point(|t| t.span.start < finding.span.end);
    let end = end.max(first);
    let is_word = |&at: &usize| matches!(tokens[at].kind, Kind::Word | Kind::Number);
    // The words around are those of the same sentence: the passage may move.
    let mut sentence = first..end;
    if first < end {
        sentence.start = doc.tokens_of(doc.sentence_of(first)).start;
        sentence.end = doc.tokens_of(doc.sentence_of(end - 1)).end;
    }
    let mut around: Vec<usize> = (sentence.start.max(first.saturating_sub(CONTEXT * 4))..first)
        .rev()
        .filter(is_word)
        .take(CONTEXT)
        .collect();
    around.reverse();
    around.extend((first..end.min(first + ENDS)).filter(is_word));
    around.extend((end.saturating_sub(ENDS).max(first + ENDS)..end).filter(is_word));
    around.extend(
        (end..sentence.end.min(end + CONTEXT * 4))
            .filter(is_word)
            .take(CONTEXT),
    );
    let mut state = Fnv::new();
    state.add(finding.rule.id.as_bytes());
    for at in around {
        let text = doc.text(at);
        if text.len() <= LONGEST_WORD {
            normalise(text, tokens[at].has(Shape::COMBINING), word);
            state.add(word.as_bytes());
        } else {
            state.add(&text.len().to_le_bytes());
        }
    }
    // A finding without a word of its own (a quotation mark) is told from its neighbours by its text.
    if !(first..end).any(|at| is_word(&at)) && finding.span.len() <= LONGEST_WORD {
        state.add(doc.slice(finding.span).as_bytes());
    }
    state.value()
}

/// Of a longer word only the length counts, in bytes.
const LONGEST_WORD: usize = 256;

/// FNV-1a: its values are the same on every machine and in every version.
pub(crate) struct Fnv(u64);

impl Fnv {
    /// Nothing was added.
    pub(crate) fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a part, so that `ab` `c` and `a` `bc` differ.
    pub(crate) fn add(&mut self, part: &[u8]) {
        for &byte in part.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The hash of what was added.
    pub(crate) fn value(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Span, detectors};

    /// The fingerprints of a finding at every place of these words.
    fn prints(text: &str) -> Vec<String> {
        let doc = Document::plain(text);
        let words = "put all the meat on the grill";
        let lower = text.to_lowercase();
        let findings: Vec<Finding> = lower
            .match_indices(words)
            .map(|(start, _)| Finding {
                rule: detectors::by_id("literal-idiom").expect("the rule exists"),
                severity: crate::Severity::Major,
                span: Span::new(start, start + words.len()),
                message: String::new(),
                spanish: String::new(),
                fixes: Vec::new(),
                related: Vec::new(),
                waiver: None,
            })
            .collect();
        of(&doc, &findings)
    }

    const STORY: &str = "Putin put all the meat on the grill to convince him.";

    #[test]
    fn it_survives_a_move_and_new_punctuation() {
        let one = prints(STORY);
        let moved = format!("A new first paragraph.\n\nAnd another. “Yes. {STORY}” That was all.");
        assert_eq!(one, prints(&moved));
        assert_eq!(one, prints(&STORY.replace("the grill", "THE Grill")));
        assert_ne!(one, prints(&STORY.replace("Putin", "Tokayev")));
    }

    #[test]
    fn the_same_passage_twice_is_told_apart() {
        let prints = prints(&format!("{STORY}\n\n{STORY}\n\n{STORY}"));
        let [first, second, third] = &prints[..] else {
            panic!("three findings: {prints:?}");
        };
        assert_eq!(*second, format!("{first}-2"));
        assert_eq!(*third, format!("{first}-3"));
    }

    /// A change of the recipe would turn every baseline of every user to waste.
    #[test]
    fn its_value_is_fixed() {
        assert_eq!(prints(STORY), ["bd7f7f4b8d3ebf04"]);
    }
}
