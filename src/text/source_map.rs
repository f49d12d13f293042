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
    /// that the file does not have, such as the blank line between two blocks, lies nowhere.
    pub fn contiguous(&self, span: Span) -> bool {
        let first = self.runs.partition_point(|r| r.plain_end() <= span.start);
        let upto = self.runs.partition_point(|r| r.plain < span.end);
        let within = &self.runs[first..upto.max(first)];
        within.iter().all(|run| run.source_step > 0)
            && within.windows(2).all(|w| w[0].source_end() == w[1].source)
    }

    /// The span made longer until it holds whole units at both ends: what is replaced in the file
    /// when the span is.
    pub fn whole(&self, span: Span) -> Span {
        if self.runs.is_empty() {
            return span;
        }
        let into = |at: u32| {
            let run = self.run(at);
            let within = at < run.plain_end();
            let into = if within {
                (at - run.plain) % run.plain_step
            } else {
                0
            };
            (into, run.plain_step)
        };
        let (before, _) = into(span.start);
        let (after, step) = into(span.end);
        Span {
            start: span.start - before,
            end: span.end + if after > 0 { step - after } else { 0 },
        }
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
        for run in &self.runs {
            if (run.plain_step, run.source_step) == (1, 1) {
                outer.copy(run.source, run.source_end(), &mut map);
                continue;
            }
            for unit in 0..run.count {
                let start = run.source + unit * run.source_step;
                let source = outer.source(Span {
                    start,
                    end: start + run.source_step,
                });
                map.unit(
                    run.plain_step as usize,
                    source.start as usize..source.end as usize,
                );
            }
        }
        map
    }

    /// Appends to `map` what this one says about its plain bytes from `start` to `end`. A unit that
    /// is cut by one of them is still one unit.
    fn copy(&self, start: u32, end: u32, map: &mut SourceMap) {
        let first = self.runs.partition_point(|r| r.plain_end() <= start);
        for run in &self.runs[first..] {
            if run.plain >= end {
                break;
            }
            let from = start.max(run.plain) - run.plain;
            let to = end.min(run.plain_end()) - run.plain;
            let step = run.plain_step;
            let mut push = |count: u32, plain: u32, unit: u32| {
                let source = run.source + unit * run.source_step;
                let (count, plain, length) = (count as usize, plain as usize, run.source_step);
                map.push(count, plain, source as usize, length as usize);
            };
            let (head, tail) = (from.div_ceil(step), to / step);
            if head > tail {
                // All within one unit.
                push(1, to - from, tail);
                continue;
            }
            push(1, head * step - from, from / step);
            push(tail - head, step, head);
            push(1, to - tail * step, tail);
        }
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
    fn a_map_through_a_map() {
        // The text “ba\u00f1o” of a JSON string in a file, its first letter left out.
        let mut outer = SourceMap::identity();
        outer.verbatim(1, 2);
        outer.unit(2, 3..9);
        outer.verbatim(9, 1);
        let mut inner = SourceMap::identity();
        inner.verbatim(1, 4);
        inner.unit(2, 5..5);
        let map = inner.then(&outer);
        assert_eq!(map.source(Span::new(0, 1)), Span::new(2, 3));
        assert_eq!(map.source(Span::new(1, 3)), Span::new(3, 9));
        assert_eq!(map.source(Span::new(0, 4)), Span::new(2, 10));
        assert!(map.contiguous(Span::new(0, 4)));
        assert_eq!(map.source_end(), 10);
        // Half a character leads to all of it.
        let mut half = SourceMap::identity();
        half.verbatim(3, 1);
        half.verbatim(2, 1);
        let map = half.then(&outer);
        assert_eq!(map.source(Span::new(0, 1)), Span::new(3, 9));
        assert_eq!(map.source(Span::new(1, 2)), Span::new(3, 9));
    }

    proptest::proptest! {
        /// What leads through two maps at once leads where one after the other does.
        #[test]
        fn through_two_maps_is_through_one(
            inner in proptest::collection::vec((0usize..3, 0usize..4, 0usize..3), 1..8),
            outer in proptest::collection::vec((1usize..5, 1usize..4, 0usize..4), 1..8),
        ) {
            let mut far = SourceMap::identity();
            let (mut at, mut length) = (0, 0);
            for (count, plain, source) in outer {
                far.push(count, plain, at, source);
                at += count * source + 1;
                length += count * plain;
            }
            let mut near = SourceMap::identity();
            let (mut at, mut plain) = (0, 0);
            for (gap, verbatim, unit) in inner {
                at += gap;
                let run = verbatim.min(length - at.min(length));
                near.verbatim(at, run);
                at += run;
                let unit = unit.min(length - at.min(length));
                if unit > 0 {
                    near.unit(2, at..at + unit);
                    plain += 2;
                }
                at += unit;
                plain += run;
            }
            let both = near.then(&far);
            for from in 0..plain {
                for to in from + 1..=plain {
                    let span = Span::new(from, to);
                    proptest::prop_assert_eq!(both.source(span), far.source(near.source(span)));
                }
            }
        }
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
    fn spans_grow_to_whole_units() {
        // `<p>a&fjlig;b</p><p>c</p>`: a unit of two letters, and a blank line that the file lacks.
        let mut map = SourceMap::identity();
        map.verbatim(3, 1);
        map.unit(2, 4..11);
        map.verbatim(11, 1);
        map.unit(2, 12..12);
        map.verbatim(19, 1);
        let whole = |start, end| map.whole(Span::new(start, end));
        assert_eq!(whole(0, 1), Span::new(0, 1));
        assert_eq!(whole(0, 2), Span::new(0, 3));
        assert_eq!(whole(2, 2), Span::new(1, 3));
        assert_eq!(whole(3, 3), Span::new(3, 3));
        assert_eq!(whole(7, 7), Span::new(7, 7));
        assert!(map.contiguous(Span::new(0, 4)));
        assert!(!map.contiguous(Span::new(4, 6)), "there is no blank line");
        assert!(!map.contiguous(Span::new(3, 7)));
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
