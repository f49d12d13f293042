//! Mends a file: applies the fixes of its findings to its bytes, round by round, until it is stable.
//!
//! A fix is written the way the file writes its text (escapes, encoding, line endings), and only the
//! letters that differ are touched. After each round the file is read back: its stories must say
//! what the fixes meant them to say, else the fix that is to blame is left out.
use crate::finding::{Edit, Finding, Fix, Safety};
use crate::input::{Input, ReadError, Story, encoding};
use crate::text::{Encoding, Span};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A file is stable after a few rounds; one that is not after so many never will be.
const MOST_ROUNDS: usize = 16;
/// A file in which so many sets of rules do not come to rest is left alone.
const MOST_RESTARTS: usize = 8;
/// So often a round is tried with fewer fixes, to find the one that cannot be read back.
const MOST_TRIALS: usize = 64;

/// What is needed to mend a file.
pub struct Mender<'a> {
    /// Reads the bytes of the file, in the format that it was read in at first.
    pub read: &'a dyn Fn(Vec<u8>) -> Result<Input, ReadError>,
    /// Checks a story; findings that the user has waived say so.
    pub check: &'a dyn Fn(&Input, &Story) -> Vec<Finding>,
    /// Whether to apply fixes that need an editor’s eye, too.
    pub with_unsafe: bool,
}

/// A file after it was mended.
#[derive(Debug, PartialEq, Eq)]
pub struct Mended {
    /// Its bytes; those it had where nothing was fixed.
    pub bytes: Vec<u8>,
    /// How many fixes were applied.
    pub fixed: u64,
    /// What is still wrong.
    pub left: Left,
    /// Rules whose fixes never come to rest; none of them was applied.
    pub restless: Vec<&'static str>,
}

/// What was not fixed, in findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// All that count.
    pub findings: u64,
    /// Those with a fix that needs an editor’s eye.
    pub with_unsafe: u64,
    /// Those whose fix cannot be written into the file.
    pub unwritable: u64,
    /// Those whose fix needs a character that the encoding of the file lacks.
    pub unencodable: u64,
}

impl Left {
    /// Adds that of another file.
    pub fn add(&mut self, other: Left) {
        self.findings += other.findings;
        self.with_unsafe += other.with_unsafe;
        self.unwritable += other.unwritable;
        self.unencodable += other.unencodable;
    }
}

/// The edits of one fix, ready to be written.
struct Patch {
    rule: &'static str,
    story: usize,
    pieces: Vec<Piece>,
}

/// A replacement in the text of a story and the same in the file.
struct Piece {
    plain: Span,
    text: String,
    source: Span,
    bytes: Vec<u8>,
}

/// What a round would do, and what it leaves.
struct Round {
    patches: Vec<Patch>,
    left: Left,
}

/// Why a fix cannot be written.
enum Obstacle {
    Unwritable,
    Unencodable,
}

impl Mender<'_> {
    /// Mends a file.
    pub fn mend(&self, mut input: Input) -> Mended {
        let original = input.bytes().to_vec();
        let mut restless = BTreeSet::new();
        for _ in 0..MOST_RESTARTS {
            match self.until_stable(input, &restless) {
                Ok(mut mended) => {
                    mended.restless = restless.into_iter().collect();
                    return mended;
                }
                Err(rules) => restless.extend(rules),
            }
            // Without the rules that do not come to rest, from the start.
            match (self.read)(original.clone()) {
                Ok(again) => input = again,
                Err(_) => break,
            }
        }
        let left = (self.read)(original.clone())
            .map_or(Left::default(), |input| self.round(&input, &restless).left);
        Mended {
            bytes: original,
            fixed: 0,
            left,
            restless: restless.into_iter().collect(),
        }
    }

    /// Applies fixes in rounds.
    ///
    /// # Errors
    /// With the rules that still had something to fix after the last round.
    fn until_stable(
        &self,
        mut input: Input,
        without: &BTreeSet<&'static str>,
    ) -> Result<Mended, Vec<&'static str>> {
        let mut fixed = 0;
        for _ in 0..MOST_ROUNDS {
            let mut round = self.round(&input, without);
            let (next, applied) = self.accepted(&input, &round.patches);
            fixed += applied as u64;
            match next {
                Some(next) => input = next,
                None => {
                    round.left.unwritable += round.patches.len() as u64;
                    return Ok(Mended {
                        bytes: input.bytes().to_vec(),
                        fixed,
                        left: round.left,
                        restless: Vec::new(),
                    });
                }
            }
        }
        let round = self.round(&input, without);
        match round.patches.is_empty() {
            true => Ok(Mended {
                bytes: input.bytes().to_vec(),
                fixed,
                left: round.left,
                restless: Vec::new(),
            }),
            false => Err(round.patches.iter().map(|p| p.rule).collect()),
        }
    }

    /// Checks all stories and gathers the fixes that can be applied together.
    fn round(&self, input: &Input, without: &BTreeSet<&'static str>) -> Round {
        let newline = newline(input.bytes(), input.encoding());
        let mut round = Round {
            patches: Vec::new(),
            left: Left::default(),
        };
        for (at, story) in input.stories.iter().enumerate() {
            let writer = Writer {
                story,
                encoding: input.encoding(),
                newline,
                own_newline: match story.document.plain.contains("\r\n") {
                    true => "\r\n",
                    false => "\n",
                },
            };
            let mut findings = (self.check)(input, story);
            findings.retain(|f| f.waiver.is_none());
            round.left.findings += findings.len() as u64;
            let mut chosen: Vec<(&Finding, &Fix)> = Vec::new();
            for finding in &findings {
                match self.choose(finding) {
                    Some(fix) if !without.contains(finding.rule.id) => chosen.push((finding, fix)),
                    Some(_) => {}
                    None => {
                        let fix = finding.fixes.first();
                        let writable = fix.is_some_and(|fix| writer.pieces(fix).is_ok());
                        round.left.with_unsafe += u64::from(writable);
                    }
                }
            }
            round.gather(at, &writer, chosen);
        }
        round
    }

    /// The best fix that may be applied.
    fn choose<'f>(&self, finding: &'f Finding) -> Option<&'f Fix> {
        let may = |fix: &&Fix| self.with_unsafe || fix.safety == Safety::Safe;
        finding.fixes.iter().find(may)
    }

    /// Writes the fixes into the file and reads it back; those that do not say what they should are
    /// left out. The number of the others; `None` if there is none.
    fn accepted(&self, input: &Input, patches: &[Patch]) -> (Option<Input>, usize) {
        let mut good: Vec<usize> = Vec::new();
        let mut result = None;
        let mut groups: Vec<Vec<usize>> = vec![(0..patches.len()).collect()];
        for _ in 0..MOST_TRIALS {
            let Some(mut group) = groups.pop() else { break };
            if group.is_empty() {
                continue;
            }
            let trial = [&good[..], &group].concat();
            if let Some(written) = self.written(input, patches, &trial) {
                good = trial;
                result = Some(written);
            } else if group.len() > 1 {
                groups.push(group.split_off(group.len() / 2));
                groups.push(group);
            }
        }
        (result, good.len())
    }

    /// The file with some of the patches, if it reads back as it should.
    fn written(&self, input: &Input, patches: &[Patch], some: &[usize]) -> Option<Input> {
        let mut pieces: Vec<&Piece> = some.iter().flat_map(|&p| &patches[p].pieces).collect();
        pieces.sort_by_key(|p| p.source);
        let edits = pieces.iter().map(|p| (p.source, &p.bytes[..]));
        let bytes = spliced(input.bytes(), edits)?;
        let ascii = bytes.is_ascii();
        let written = (self.read)(bytes).ok()?;
        let same_encoding = ascii || written.encoding() == input.encoding();
        if !same_encoding || written.stories.len() != input.stories.len() {
            return None;
        }
        let mut wanted: BTreeMap<usize, Vec<&Piece>> = BTreeMap::new();
        for &p in some {
            let pieces = wanted.entry(patches[p].story).or_default();
            pieces.extend(&patches[p].pieces);
        }
        let stories = input.stories.iter().zip(&written.stories).enumerate();
        let holds = |(at, (old, new)): (usize, (&Story, &Story))| {
            let (old, new) = (&old.document.plain, &new.document.plain);
            let Some(pieces) = wanted.get_mut(&at) else {
                return old == new;
            };
            pieces.sort_by_key(|p| p.plain);
            let edits = pieces.iter().map(|p| (p.plain, p.text.as_bytes()));
            let meant = spliced(old.as_bytes(), edits).and_then(|b| String::from_utf8(b).ok());
            // White space may be the reader’s: between blocks, and where several are one.
            meant.is_some_and(|meant| meant.split_whitespace().eq(new.split_whitespace()))
        };
        stories.into_iter().all(holds).then_some(written)
    }
}

impl Round {
    /// Adds the fixes of a story: of those that overlap the earliest, and of those that begin
    /// together the longest; the others have their turn in the next round.
    fn gather(&mut self, story: usize, writer: &Writer, chosen: Vec<(&Finding, &Fix)>) {
        let mut ready: Vec<(Vec<Edit>, &Finding, &Fix)> = chosen
            .into_iter()
            .map(|(finding, fix)| (writer.edits(fix), finding, fix))
            .collect();
        ready.sort_by_key(|(edits, ..)| {
            let first = edits.iter().map(|e| e.span).min_by_key(|s| s.start);
            first.map(|span| (span.start, Reverse(span.len())))
        });
        let mut taken = Taken::default();
        for (edits, finding, _) in ready {
            if edits.is_empty() || edits.iter().any(|e| taken.clash(e.span)) {
                continue;
            }
            match writer.pieces_of(&edits) {
                Ok(pieces) => {
                    // A fix that writes what is there already has nothing to do.
                    if !pieces.is_empty() {
                        edits.iter().for_each(|e| taken.add(e.span));
                        self.patches.push(Patch {
                            rule: finding.rule.id,
                            story,
                            pieces,
                        });
                    }
                }
                Err(Obstacle::Unwritable) => self.left.unwritable += 1,
                Err(Obstacle::Unencodable) => self.left.unencodable += 1,
            }
        }
    }
}

/// Spans that are being replaced; no two of them overlap.
#[derive(Default)]
struct Taken(BTreeMap<u32, u32>);

impl Taken {
    /// Whether a span shares a byte with one that is taken. Of two insertions at one place, and of
    /// an insertion at the edge of another edit, nothing says which comes first.
    fn clash(&self, span: Span) -> bool {
        self.0
            .range(..=span.end)
            .rev()
            .take_while(|&(_, &end)| end >= span.start)
            .any(|(&start, &end)| {
                let other = Span { start, end };
                other.overlaps(span) || other.is_empty() || span.is_empty()
            })
    }

    fn add(&mut self, span: Span) {
        self.0.insert(span.start, span.end);
    }
}

/// Knows how a story is written in its file.
struct Writer<'a> {
    story: &'a Story,
    encoding: Encoding,
    /// How lines of the file end.
    newline: &'static str,
    /// How lines end in the text of the story.
    own_newline: &'static str,
}

impl Writer<'_> {
    fn plain(&self) -> &str {
        &self.story.document.plain
    }

    fn pieces(&self, fix: &Fix) -> Result<Vec<Piece>, Obstacle> {
        self.pieces_of(&self.edits(fix))
    }

    /// The edits of a fix, with the line endings of the text, and with the line that a deletion
    /// leaves empty.
    fn edits(&self, fix: &Fix) -> Vec<Edit> {
        let mut edits: Vec<Edit> = Vec::with_capacity(fix.edits.len());
        for edit in &fix.edits {
            match edits.last_mut() {
                Some(last) if self.one_deletion(last, edit) => last.span = last.span.to(edit.span),
                _ => edits.push(edit.clone()),
            }
        }
        for edit in &mut edits {
            if edit.text.is_empty() && self.story.writing.is_empty() {
                edit.span = with_line(self.plain(), edit.span);
            }
            edit.text = self.lines(edit);
        }
        edits
    }

    /// Whether two edits delete what only white space parts.
    fn one_deletion(&self, one: &Edit, next: &Edit) -> bool {
        let between = self
            .plain()
            .get(one.span.end as usize..next.span.start as usize);
        self.story.writing.is_empty()
            && one.text.is_empty()
            && next.text.is_empty()
            && between.is_some_and(|b| b.trim().is_empty())
    }

    /// The text of an edit with the line endings that the story has there.
    fn lines(&self, edit: &Edit) -> String {
        let text = edit.text.replace("\r\n", "\n");
        if !text.contains('\n') {
            return text;
        }
        // Where a format escapes line breaks, they are those of the text and not of the file.
        let escapes = self.story.escapes(edit.span);
        let newline = match escapes.is_none_or(|e| e.escape("\n") == "\n") {
            true => self.newline,
            false => self.own_newline,
        };
        text.replace('\n', newline)
    }

    /// What is to be written for these edits; nothing for those that change nothing.
    fn pieces_of(&self, edits: &[Edit]) -> Result<Vec<Piece>, Obstacle> {
        let changed = edits.iter().map(|edit| narrowed(self.plain(), edit));
        changed
            .filter(|edit| !edit.span.is_empty() || !edit.text.is_empty())
            .map(|edit| self.piece(edit))
            .collect()
    }

    fn piece(&self, edit: Edit) -> Result<Piece, Obstacle> {
        let map = &self.story.document.map;
        // A unit of several letters is replaced as a whole: its other letters are written anew.
        let plain = map.whole(edit.span);
        let before = &self.plain()[plain.start as usize..edit.span.start as usize];
        let after = &self.plain()[edit.span.end as usize..plain.end as usize];
        let text = [before, &edit.text, after].concat();
        let escapes = self.story.escapes(plain).filter(|e| e.holds(&text));
        let escapes = escapes.ok_or(Obstacle::Unwritable)?;
        let bytes =
            encoding::encode(&escapes.escape(&text), self.encoding).ok_or(Obstacle::Unencodable)?;
        Ok(Piece {
            plain,
            text,
            source: map.source(plain),
            bytes,
        })
    }
}

/// An edit without the letters at either end that stay as they are: it may stand across markup that
/// lies there.
fn narrowed(plain: &str, edit: &Edit) -> Edit {
    let (old, new) = (&plain[edit.span.range()], &edit.text[..]);
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.map(|(c, _)| c.len_utf8()).sum()
    };
    let lead = length(&mut old.chars().zip(new.chars()).take_while(same));
    let (old, new) = (&old[lead..], &new[lead..]);
    let trail = length(&mut old.chars().rev().zip(new.chars().rev()).take_while(same));
    let start = edit.span.start as usize + lead;
    Edit {
        span: Span::new(start, start + old.len() - trail),
        text: new[..new.len() - trail].to_owned(),
    }
}

/// A deletion that would leave an empty line takes the line with it, and one of the blank stretches
/// around it.
fn with_line(plain: &str, span: Span) -> Span {
    let breaks: &[char] = &['\n', '\r'];
    let (before, after) = (&plain[..span.start as usize], &plain[span.end as usize..]);
    let begins = before.is_empty() || before.ends_with(breaks);
    let ends = after.is_empty() || after.starts_with(breaks);
    if !begins || !ends || span.is_empty() {
        return span;
    }
    if !before.is_empty() && after.trim_start_matches(breaks).is_empty() {
        // What ended the last line now ends the one before.
        return Span::new(before.trim_end_matches(breaks).len(), span.end as usize);
    }
    let above = before.strip_suffix('\n').unwrap_or(before);
    let above = above.strip_suffix('\r').unwrap_or(above);
    let after = match above.is_empty() || above.ends_with(breaks) {
        true => after.trim_start_matches(breaks),
        // A line of a paragraph goes, but the paragraph still ends.
        false => {
            let rest = after.strip_prefix('\r').unwrap_or(after);
            rest.strip_prefix('\n').unwrap_or(rest)
        }
    };
    Span::new(span.start as usize, plain.len() - after.len())
}

/// Bytes with other bytes at some places, which come in order; `None` if two of them overlap.
fn spliced<'a>(bytes: &[u8], edits: impl Iterator<Item = (Span, &'a [u8])>) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for (span, new) in edits {
        let range = span.range();
        out.extend_from_slice(bytes.get(at..range.start)?);
        out.extend_from_slice(new);
        at = range.end;
    }
    out.extend_from_slice(bytes.get(at..)?);
    Some(out)
}

/// How the first line of a file ends.
fn newline(bytes: &[u8], encoding: Encoding) -> &'static str {
    let unit = match encoding {
        Encoding::Utf8 | Encoding::Windows1252 => 1,
        Encoding::Utf16Le | Encoding::Utf16Be => 2,
    };
    let code = |unit: &[u8]| match (encoding, unit) {
        (Encoding::Utf16Le, &[low, high]) => u16::from_le_bytes([low, high]),
        (_, &[high, low]) => u16::from_be_bytes([high, low]),
        (_, bytes) => u16::from(bytes[0]),
    };
    let mut units = bytes.chunks_exact(unit).map(code);
    let first = units.find(|&c| c == 0x0a || c == 0x0d);
    match (first, units.next()) {
        (Some(0x0d), Some(0x0a)) => "\r\n",
        (Some(0x0d), _) => "\r",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests;
