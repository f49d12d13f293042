//! Gives each mark its role and its partner, in one walk with a short stack.
use super::{Facing, Lean, Mark, Pair, Quotations, Role, Style};
use crate::text::{BlockKind, Document, Kind, Shape};
use crate::words::class;

/// Quotations in quotations; a text that opens more loses the outermost.
const DEEPEST: usize = 8;
/// Marks of the block that are looked at ahead.
const FARTHEST: usize = 8;
/// Blocks that a quotation may run through without a mark of its own.
const LONGEST_CARRY: u32 = 3;

/// The walk over the marks.
pub(super) struct Reader<'a> {
    doc: &'a Document,
    marks: Vec<Mark>,
    pairs: Vec<Pair>,
    /// Numbers of the marks that are open, the outermost first.
    stack: Vec<u32>,
    /// A double mark left open at the end of a block, and how many blocks ago.
    carried: Option<(u32, u32)>,
    /// A single mark that closed after an `s`, and may have been an apostrophe: its pair, and the
    /// height of the stack.
    weak: Option<(usize, usize)>,
    steps: usize,
}

impl<'a> Reader<'a> {
    pub fn new(doc: &'a Document, marks: Vec<Mark>) -> Self {
        Reader {
            doc,
            marks,
            pairs: Vec::new(),
            stack: Vec::new(),
            carried: None,
            weak: None,
            steps: 0,
        }
    }

    /// The quotations, and how many steps it took to find them.
    pub fn read(mut self) -> (Quotations, usize) {
        let doc = self.doc;
        let mut first = 0;
        while first < self.marks.len() {
            let block = doc.block_of(self.marks[first].token as usize);
            let end = doc.blocks[block].tokens.end;
            let mut last = first;
            while self.marks.get(last).is_some_and(|m| m.token < end) {
                last += 1;
            }
            self.block(block, first, last);
            first = last;
        }
        self.levels();
        let of = |style| self.marks.iter().filter(|m| m.style == style).count();
        let quotations = Quotations {
            straight: of(Style::StraightDouble) > of(Style::Double),
            marks: self.marks,
            pairs: self.pairs,
        };
        (quotations, self.steps)
    }

    /// Reads the marks of one block.
    fn block(&mut self, block: usize, first: usize, last: usize) {
        let text = matches!(
            self.doc.blocks[block].kind,
            BlockKind::Body | BlockKind::Item
        );
        let carried = if text { self.carried.take() } else { None };
        let mut carried = carried
            .filter(|&(_, from)| block as u32 - from <= LONGEST_CARRY)
            .map(|(mark, _)| mark);
        for at in first..last {
            self.steps += 1;
            let role = self.role(at, last);
            self.marks[at].role = role;
            match role {
                Role::Open => {
                    // “A paragraph that opens again with the quotation still open.
                    if self.marks[at].token == self.doc.blocks[block].tokens.start
                        && let Some(open) = carried.take()
                    {
                        self.marks[open as usize].continued = true;
                    }
                    self.open(at);
                }
                Role::Close => {
                    if !self.close(at)
                        && self.marks[at].is_double()
                        && self.stack.is_empty()
                        && let Some(open) = carried.take()
                    {
                        self.pair(open, at as u32);
                        self.weak = None;
                    }
                }
                _ => {}
            }
        }
        if text {
            let open = self.stack.iter().find(|&&m| {
                let mark = &self.marks[m as usize];
                mark.is_double() && !mark.continued
            });
            self.carried = open.map(|&m| (m, block as u32));
        }
        while let Some(left) = self.stack.pop() {
            self.give_up(left);
        }
        self.weak = None;
    }

    /// What the mark does, from its shape, its neighbours and what is open.
    fn role(&mut self, at: usize, end: usize) -> Role {
        let mark = self.marks[at];
        if self.is_prime(at) {
            return Role::Prime;
        }
        if self.is_apostrophe(at) {
            return Role::Apostrophe;
        }
        let open = self.is_open(at);
        let lean = mark.lean;
        match (mark.facing, lean) {
            (Facing::Opening, Lean::Opening) => Role::Open,
            // The space is on the wrong side: `he said," we won".`
            (Facing::Neither, Lean::Closing)
                if mark.is_double()
                    && !open
                    && self.after_colon(at)
                    && self.closed_next(at, end) =>
            {
                Role::Open
            }
            (Facing::Closing | Facing::Neither, Lean::Closing) if mark.is_double() || open => {
                Role::Close
            }
            // A single mark that closes nothing: `the boys’`, but `it was time.’`
            (Facing::Closing | Facing::Neither, Lean::Closing) => {
                let ends = self.weak.is_some() && !self.after_plural(at);
                if self.after_word(at) && !ends {
                    Role::Apostrophe
                } else {
                    Role::Close
                }
            }
            (Facing::Opening, Lean::Closing) if mark.is_double() || open => Role::Close,
            (Facing::Opening, Lean::Closing) => Role::Unknown,
            (Facing::Opening, _) => {
                let answered = self.next(at, end).map(|m| m.facing);
                if open && answered != Some(Facing::Closing) {
                    Role::Close
                } else {
                    Role::Open
                }
            }
            (Facing::Closing, Lean::Opening) => {
                let closed_next = self.closed_next(at, end);
                if open && !closed_next {
                    Role::Close
                } else if mark.is_double() || closed_next {
                    Role::Open
                } else {
                    Role::Apostrophe
                }
            }
            (Facing::Neither, Lean::Opening) => {
                let opens_next = self.next(at, end).is_none_or(|m| m.lean == Lean::Opening);
                if open && opens_next && !self.starts_sentence(at) {
                    Role::Close
                } else {
                    Role::Open
                }
            }
            _ if open => Role::Close,
            // Breadcrumbs: `Home » Sport`.
            (Facing::Closing, Lean::Apart) if mark.is_guillemet() => Role::Unknown,
            (_, Lean::Apart) => {
                let next = self.next(at, end);
                match next {
                    Some(m) if mark.is_double() && m.facing != Facing::Opening => Role::Open,
                    _ if mark.is_double() && mark.facing == Facing::Closing => Role::Close,
                    _ => Role::Unknown,
                }
            }
            (Facing::Closing, _) => Role::Close,
            _ if mark.is_double() => Role::Open,
            _ => Role::Unknown,
        }
    }

    /// `6'2"`, `5" pipe`, `45’`: after a figure, with no quotation to close.
    fn is_prime(&self, at: usize) -> bool {
        let mark = &self.marks[at];
        if mark.style == Style::Prime {
            return true;
        }
        let tokens = &self.doc.tokens;
        let first = mark.token as usize;
        let Some(before) = first.checked_sub(1) else {
            return false;
        };
        let after_figure = tokens[before].kind == Kind::Number && !mark.spaced.0;
        if !after_figure || mark.facing == Facing::Opening || mark.is_guillemet() {
            return false;
        }
        let next = tokens.get(first + 1);
        if next.is_some_and(|t| !t.spaced() && t.kind == Kind::Number) {
            return true;
        }
        let feet_before = at > 0
            && self.marks[at - 1].role == Role::Prime
            && self.marks[at - 1].token as usize + 1 == before;
        feet_before || (mark.lean != Lean::Inside && !self.is_open(at))
    }

    /// `’tis`, `’90s`, `’n’`, `1990’s`, `Spain ’s`; never a double mark.
    fn is_apostrophe(&self, at: usize) -> bool {
        let mark = &self.marks[at];
        if mark.is_double() || mark.is_guillemet() || mark.style == Style::SingleLowNine {
            return false;
        }
        let tokens = &self.doc.tokens;
        let (before, after) = (
            (mark.token as usize).checked_sub(1).map(|t| &tokens[t]),
            tokens.get(mark.token as usize + 1),
        );
        match mark.lean {
            Lean::Inside => !matches!(mark.style, Style::Backtick),
            Lean::Opening => {
                let Some(after) = after else { return false };
                let letters = self.doc.slice(after.span);
                let left_out = after.is(class::ELISIONS)
                    || after.has(Shape::DIGIT) && letters.len() <= 3
                    || matches!(letters, "s" | "t" | "d" | "m" | "ll" | "re" | "ve");
                // ‘Til we meet again’ may be quoted.
                left_out
                    && (mark.facing != Facing::Opening
                        || after.has(Shape::DIGIT)
                        || letters == "n"
                        || !self.closes_later(at))
            }
            // rock ’n’ roll
            Lean::Closing => {
                at > 0
                    && self.marks[at - 1].role == Role::Apostrophe
                    && self.marks[at - 1].token + 2 == mark.token
                    && before.is_some_and(|t| t.is(class::ELISIONS))
                    && !mark.spaced.0
            }
            Lean::Apart | Lean::Seam => false,
        }
    }

    /// Whether the next single mark stands as a closing one.
    fn closes_later(&self, at: usize) -> bool {
        self.marks[at + 1..]
            .iter()
            .take(FARTHEST)
            .find(|m| !m.is_double() && m.lean != Lean::Inside)
            .is_some_and(|m| m.lean == Lean::Closing && m.facing != Facing::Opening)
    }

    /// Whether a mark is open that this one could close.
    fn is_open(&self, at: usize) -> bool {
        let double = self.marks[at].is_double();
        self.stack
            .iter()
            .any(|&m| self.marks[m as usize].is_double() == double)
    }

    /// The next mark of the block, up to `end`, of the same kind, apostrophes left out.
    fn next(&mut self, at: usize, end: usize) -> Option<Mark> {
        let double = self.marks[at].is_double();
        let ahead = &self.marks[at + 1..end.min(at + 1 + FARTHEST)];
        self.steps += ahead.len();
        ahead
            .iter()
            .find(|m| m.is_double() == double && m.lean != Lean::Inside && m.style != Style::Prime)
            .copied()
    }

    /// Whether the next mark of the block stands as a closing one.
    fn closed_next(&mut self, at: usize, end: usize) -> bool {
        self.next(at, end).is_some_and(|m| m.lean == Lean::Closing)
    }

    /// Whether a comma or colon stands right before the mark.
    fn after_colon(&self, at: usize) -> bool {
        let before = (self.marks[at].token as usize).checked_sub(1);
        before.is_some_and(|t| matches!(self.doc.tokens[t].kind, Kind::Comma | Kind::Colon))
    }

    /// Whether a word ends right before the mark.
    fn after_word(&self, at: usize) -> bool {
        let mark = &self.marks[at];
        !mark.spaced.0
            && (mark.token as usize)
                .checked_sub(1)
                .is_some_and(|t| matches!(self.doc.tokens[t].kind, Kind::Word | Kind::Number))
    }

    /// Whether the mark stands after a full stop or colon, or first in its block.
    fn starts_sentence(&self, at: usize) -> bool {
        let Some(mut before) = (self.marks[at].token as usize).checked_sub(1) else {
            return true;
        };
        if self.doc.tokens[before].kind == Kind::Quote && before > 0 {
            before -= 1;
        }
        matches!(self.doc.tokens[before].kind, Kind::Stop | Kind::Colon)
    }

    fn open(&mut self, at: usize) {
        // A quotation of several paragraphs whose line breaks are lost: “We won. “We lost.”
        if let Some(&below) = self.stack.last()
            && self.marks[below as usize].style == self.marks[at].style
            && self.starts_sentence(at)
        {
            self.marks[below as usize].continued = true;
        }
        if self.stack.len() == DEEPEST {
            let lost = self.stack.remove(0);
            self.give_up(lost);
            self.weak = None;
        }
        self.stack.push(at as u32);
    }

    /// Pairs a closing mark with the open one that fits best; whether there was one.
    fn close(&mut self, at: usize) -> bool {
        let mark = self.marks[at];
        self.steps += self.stack.len();
        let fits = |&m: &u32| answers(&self.marks[m as usize], &mark);
        let same = |&m: &u32| self.marks[m as usize].is_double() == mark.is_double();
        let found = self.stack.iter().rposition(fits);
        let found = found
            .or_else(|| self.stack.iter().rposition(same))
            .or_else(|| self.close_across(&mark));
        let Some(height) = found else {
            if !self.strengthen(at) && !mark.is_double() && self.after_word(at) {
                self.marks[at].role = Role::Apostrophe;
            }
            return self.marks[at].partner.is_some();
        };
        while self.stack.len() > height + 1 {
            let lost = self.stack.pop().unwrap_or_default();
            self.give_up(lost);
        }
        let open = self.stack.pop().unwrap_or_default();
        self.pair(open, at as u32);
        if self.weak.is_some_and(|(_, h)| self.stack.len() < h) {
            self.weak = None;
        }
        if !mark.is_double() && self.after_plural(at) {
            self.weak = Some((self.pairs.len() - 1, self.stack.len()));
        }
        true
    }

    /// The open single mark that a double one closes, as there is no double one: ‘Pilar”.
    fn close_across(&mut self, mark: &Mark) -> Option<usize> {
        let top = self.stack.len().checked_sub(1)?;
        let opening = self.marks[self.stack[top] as usize].facing == Facing::Opening;
        let two_single = matches!(self.doc.mark(mark.token as usize), '\'' | '’');
        if two_single && top > 0 {
            // ‘He said ‘no’’
            self.marks[self.stack.remove(top - 1) as usize].role = Role::Unknown;
            return Some(top - 1);
        }
        (mark.is_double() && (opening || two_single)).then_some(top)
    }

    /// Takes the weak closing mark for an apostrophe and this one for the closing mark:
    /// ‘the boys’ room’.
    fn strengthen(&mut self, at: usize) -> bool {
        let Some((pair, height)) = self.weak.filter(|_| !self.marks[at].is_double()) else {
            return false;
        };
        self.weak = None;
        if self.stack.len() != height {
            return false;
        }
        let Pair { open, close, .. } = self.pairs[pair];
        self.marks[close as usize].role = Role::Apostrophe;
        self.marks[close as usize].partner = None;
        self.pairs[pair].close = at as u32;
        self.marks[open as usize].partner = Some(at as u32);
        self.marks[at].partner = Some(open);
        true
    }

    /// Whether the mark stands between a word that ends in `s` and another word.
    fn after_plural(&self, at: usize) -> bool {
        let token = self.marks[at].token as usize;
        self.after_word(at)
            && self.doc.text(token - 1).ends_with(['s', 'S', 'z', 'x'])
            && self
                .doc
                .tokens
                .get(token + 1)
                .is_some_and(|t| t.kind == Kind::Word && !t.has(Shape::LINE_BEFORE))
    }

    fn pair(&mut self, open: u32, close: u32) {
        self.marks[open as usize].partner = Some(close);
        self.marks[open as usize].continued = false;
        self.marks[close as usize].partner = Some(open);
        self.pairs.push(Pair {
            open,
            close,
            level: 0,
        });
    }

    /// A mark that stays open: straight and closing single marks may be anything then.
    fn give_up(&mut self, number: u32) {
        let mark = &mut self.marks[number as usize];
        if !mark.is_double() && mark.facing != Facing::Opening {
            mark.role = Role::Unknown;
        }
    }

    /// Sorts the pairs and counts how deep each stands.
    fn levels(&mut self) {
        self.pairs.sort_unstable_by_key(|p| p.open);
        let mut around: Vec<u32> = Vec::with_capacity(DEEPEST);
        for pair in &mut self.pairs {
            while around.last().is_some_and(|&close| close < pair.open) {
                around.pop();
            }
            pair.level = around.len() as u32;
            around.push(pair.close);
        }
    }
}

/// Whether `close` is the shape that answers `open`.
fn answers(open: &Mark, close: &Mark) -> bool {
    match open.style {
        Style::LowNine => matches!(close.style, Style::Double | Style::LowNine),
        Style::SingleLowNine => close.style == Style::Single,
        Style::Backtick => {
            close.twice == open.twice
                && matches!(
                    close.style,
                    Style::Backtick | Style::StraightSingle | Style::StraightDouble
                )
        }
        style => style == close.style,
    }
}
