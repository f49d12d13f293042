//! Text cut where findings begin and end, so that marks never cross.
use crate::text::Span;
use std::collections::BTreeSet;

/// A stretch of text that the same findings cover.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes; none for a finding between two characters.
    pub span: Span,
    /// The numbers of the findings, the shortest first; at most [`MOST`].
    pub findings: Vec<usize>,
    /// Whether the first of them begins here.
    pub first: bool,
}

/// More findings than these are not told of one piece.
pub const MOST: usize = 8;

/// Cuts a block; `findings` are numbers and spans within the block.
pub fn cut(block: Span, findings: &[(usize, Span)]) -> Vec<Piece> {
    // At one place what ends goes before what is empty, and that before what begins.
    let mut borders: Vec<(u32, u8, usize)> = Vec::with_capacity(findings.len() * 2);
    for (at, (_, span)) in findings.iter().enumerate() {
        if span.is_empty() {
            borders.push((span.start, 1, at));
        } else {
            borders.push((span.start, 2, at));
            borders.push((span.end, 0, at));
        }
    }
    borders.sort_unstable();
    let mut pieces = Vec::new();
    let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut begun: Vec<usize> = Vec::new();
    let mut at = block.start;
    let end = (block.end, 1, usize::MAX);
    for (place, what, number) in borders.into_iter().chain([end]) {
        if place > at {
            let inner: Vec<usize> = open.iter().take(MOST).map(|&(_, at)| at).collect();
            pieces.push(Piece {
                span: Span {
                    start: at,
                    end: place,
                },
                first: inner.first().is_some_and(|first| begun.contains(first)),
                findings: inner.into_iter().map(|at| findings[at].0).collect(),
            });
            begun.clear();
            at = place;
        }
        let Some(&(name, span)) = findings.get(number) else {
            break;
        };
        match what {
            0 => {
                open.remove(&(span.len(), number));
            }
            1 => pieces.push(Piece {
                span,
                findings: vec![name],
                first: true,
            }),
            _ => {
                open.insert((span.len(), number));
                begun.push(number);
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cuts(end: usize, spans: &[(usize, usize)]) -> Vec<(u32, u32, Vec<usize>)> {
        let spans = spans.iter().map(|&(start, end)| Span::new(start, end));
        let findings: Vec<(usize, Span)> = spans.enumerate().collect();
        cut(Span::new(0, end), &findings)
            .into_iter()
            .map(|piece| (piece.span.start, piece.span.end, piece.findings))
            .collect()
    }

    #[test]
    fn crossing_nested_and_empty() {
        assert_eq!(
            cuts(10, &[(1, 5), (3, 8)]),
            [
                (0, 1, vec![]),
                (1, 3, vec![0]),
                (3, 5, vec![0, 1]),
                (5, 8, vec![1]),
                (8, 10, vec![])
            ]
        );
        assert_eq!(
            cuts(6, &[(0, 6), (2, 4)]),
            [(0, 2, vec![0]), (2, 4, vec![1, 0]), (4, 6, vec![0])]
        );
        assert_eq!(
            cuts(4, &[(2, 2), (2, 4)]),
            [(0, 2, vec![]), (2, 2, vec![0]), (2, 4, vec![1])]
        );
    }

    proptest! {
        /// Nothing is lost or said twice, and each piece knows its findings.
        #[test]
        fn pieces_make_up_the_block(spans in prop::collection::vec((0..40usize, 0..8usize), 0..8)) {
            let spans: Vec<_> = spans.into_iter().map(|(at, len)| (at, (at + len).min(40))).collect();
            let pieces = cuts(40, &spans);
            let mut at = 0;
            for (start, end, _) in &pieces {
                prop_assert_eq!(*start, at);
                at = *end;
            }
            prop_assert_eq!(at, 40);
            for (number, &(start, end)) in spans.iter().enumerate() {
                let covered: u32 = pieces
                    .iter()
                    .filter(|(_, _, findings)| findings.contains(&number))
                    .map(|(start, end, _)| end - start)
                    .sum();
                prop_assert_eq!(covered as usize, end - start);
                prop_assert!(pieces.iter().any(|(.., findings)| findings.contains(&number)));
            }
        }
    }
}
