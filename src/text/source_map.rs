//! From places in the plain text back to places in the file as it lies on disk.
use super::span::Span;
use std::ops::Range;

/// Runs of text that tell, for each plain byte, where in the file it came from.
///
/// No runs at all mean that plain text and file are the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<Run>,
}

/// `count` units, each of `plain_step` bytes here and `source_step` bytes there.
///
/// Verbatim text steps 1 to 1; ASCII in UTF-16 steps 1 to 2; an entity is one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    plain: u32,
    source: u32,
    count: u32,
    plain_step: u32,
    source_step: u32,
}

impl Run {
    fn plain_end(self) -> u32 {
        self.plain + self.count * self.plain_step
    }

    fn source_end(self) -> u32 {
        self.source + self.count * self.source_step
    }
}

impl SourceMap {
    /// Plain text and file are the same bytes.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Adds `len` verbatim bytes that begin at `source` in the file. Runs come in order.
    pub fn verbatim(&mut self, source: usize, len: usize) {
        self.push(len, 1, source, 1);
    }

    /// Adds one unit: `plain` bytes here that are written with `source` bytes there.
    pub fn unit(&mut self, plain: usize, source: Range<usize>) {
        self.push(1, plain, source.start, source.len());
    }

    /// Adds `count` units of `plain_step` bytes here and `source_step` bytes there.
    pub fn push(&mut self, count: usize, plain_step: usize, source: usize, source_step: usize) {
        if count == 0 || plain_step == 0 {
            return;
        }
        let plain = self.runs.last().map_or(0, |r| r.plain_end());
        let run = Run {
            plain,
            source: source as u32,
            count: count as u32,
            plain_step: plain_step as u32,
            source_step: source_step as u32,
        };
        if let Some(last) = self.runs.last_mut()
            && (last.plain_step, last.source_step) == (run.plain_step, run.source_step)
            && last.source_end() == run.source
        {
            last.count += run.count;
        } else {
            self.runs.push(run);
        }
    }

    /// The bytes of the file that `span` was read from. A unit is taken whole.
    pub fn source(&self, span: Span) -> Span {
        if self.runs.is_empty() {
            return span;
        }
        let start = self.run(span.start);
        let unit = (span.start - start.plain) / start.plain_step;
        let from = start.source + unit * start.source_step;
        if span.is_empty() {
            return Span {
                start: from,
                end: from,
            };
        }
        let end = self.run(span.end - 1);
        let units = (span.end - end.plain).div_ceil(end.plain_step);
        Span {
            start: from,
            end: end.source + units.min(end.count) * end.source_step,
        }
    }

    /// Whether the span lies in one stretch of the file, so that a fix can be written back. Text
    /// that the file does not have, such as the space between two blocks, lies nowhere.
    pub fn contiguous(&self, span: Span) -> bool {
        let first = self.runs.partition_point(|r| r.plain_end() <= span.start);
        let mut end = None;
        self.runs[first..]
            .iter()
            .take_while(|run| run.plain < span.end)
            .all(|run| {
                let follows = end.is_none_or(|end| end == run.source);
                end = Some(run.source_end());
                follows && run.source_step > 0
            })
    }

    /// The map that leads through this one and then through `outer`: from a story to the decoded
    /// text of its file, and from there to the bytes.
    pub fn then(&self, outer: &SourceMap) -> SourceMap {
        if outer.runs.is_empty() {
            return self.clone();
        }
        if self.runs.is_empty() {
            return outer.clone();
        }
        let mut map = SourceMap::identity();
        // Bytes that are one unit there are one unit here: the letter that an escape writes.
        let mut unit = (0, Span::default());
        for run in &self.runs {
            for step in 0..run.count {
                let start = run.source + step * run.source_step;
                let source = outer.source(Span {
                    start,
                    end: start + run.source_step,
                });
                if source != unit.1 || source.is_empty() {
                    map.unit(unit.0, unit.1.range());
                    unit = (0, source);
                }
                unit.0 += run.plain_step as usize;
            }
        }
        map.unit(unit.0, unit.1.range());
        map
    }

    /// One past the last byte of the file that was mapped so far.
    pub fn source_end(&self) -> usize {
        self.runs.last().map_or(0, |r| r.source_end() as usize)
    }

    /// Appends what `other` says about the text that follows, its sources moved by `by` bytes.
    pub fn append(&mut self, other: &SourceMap, by: usize) {
        for run in &other.runs {
            self.push(
                run.count as usize,
                run.plain_step as usize,
                run.source as usize + by,
                run.source_step as usize,
            );
        }
    }

    fn run(&self, plain: u32) -> Run {
        let at = self.runs.partition_point(|r| r.plain <= plain).max(1) - 1;
        self.runs[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_taken_whole() {
        // {"t":"king\u2019s actual"} with the escape as one unit.
        let mut map = SourceMap::identity();
        map.verbatim(6, 4);
        map.unit(3, 10..16);
        map.verbatim(16, 8);
        assert_eq!(map.source(Span::new(0, 4)), Span::new(6, 10));
        assert_eq!(map.source(Span::new(4, 7)), Span::new(10, 16));
        assert_eq!(map.source(Span::new(5, 8)), Span::new(10, 17));
        assert!(map.contiguous(Span::new(0, 10)));
        map.verbatim(40, 5);
        assert!(!map.contiguous(Span::new(12, 18)));
        map.unit(1, 45..45);
        assert!(map.contiguous(Span::new(15, 20)));
        assert!(!map.contiguous(Span::new(18, 21)) && !map.contiguous(Span::new(20, 21)));
    }

    #[test]
    fn a_unit_there_is_a_unit_here() {
        // "\u201ca" in JSON: one letter of three bytes, and one as it is.
        let mut outer = SourceMap::identity();
        outer.unit(3, 1..7);
        outer.verbatim(7, 1);
        let mut inner = SourceMap::identity();
        inner.verbatim(0, 4);
        let map = inner.then(&outer);
        assert_eq!(map, outer);
        assert!(map.contiguous(Span::new(0, 4)));
    }

    #[test]
    fn wide_encodings_step() {
        let mut map = SourceMap::identity();
        map.push(5, 1, 2, 2);
        map.push(1, 2, 12, 2);
        assert_eq!(map.source(Span::new(1, 3)), Span::new(4, 8));
        assert_eq!(map.source(Span::new(5, 7)), Span::new(12, 14));
    }
}
