//! Whose words they are: the paper’s, or somebody’s who is quoted.
use super::Document;
use super::quotations::Role;

impl Document {
    /// Whether the token stands in a quotation, closed or carried over into the next paragraph.
    pub fn is_spoken(&self, token: usize) -> bool {
        let quotations = self.quotations();
        if quotations.around(self.tokens[token].span.start).is_some() {
            return true;
        }
        let marks = quotations.marks();
        let next = marks.partition_point(|m| (m.token as usize) < token);
        let block = self.blocks[self.block_of(token)].tokens.start;
        marks[..next]
            .iter()
            .rev()
            // Apostrophes may stand between; a bound keeps the cost of a row of them down.
            .take(20)
            .take_while(|m| m.token >= block)
            .find(|m| matches!(m.role, Role::Open | Role::Close))
            .is_some_and(|m| m.role == Role::Open && m.partner.is_none())
    }
}
