//! Which words can be forms of verbs, by their endings and by closed lists; there is no tagger.
use super::{Document, Kind};
use crate::words::class;

impl Document {
    /// Whether the token can be a past participle: `advised`, `fled`, `been`.
    pub fn is_participle(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| {
            t.kind == Kind::Word && (t.is(class::IRREGULAR_PARTICIPLES) || self.ends_in_ed(token))
        })
    }

    /// Whether the token can be a simple past: `arrived`, `met`, `was`.
    pub fn is_past(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| {
            t.kind == Kind::Word && (t.is(class::IRREGULAR_PASTS) || self.ends_in_ed(token))
        })
    }

    /// `advised`, `agreed`, but not `red`, `need`, `hundred`.
    fn ends_in_ed(&self, token: usize) -> bool {
        let text = self.text(token);
        text.len() > 3
            && text.ends_with("ed")
            && (!text.ends_with("eed")
                || matches!(text, "agreed" | "freed" | "guaranteed" | "decreed"))
            && !matches!(
                text,
                "hundred" | "shed" | "sled" | "bred" | "naked" | "sacred"
            )
    }

    /// Whether the token can be an infinitive after `to`: a plain lower-case word that is no
    /// determiner, preposition, pronoun or number and has no ending of another form.
    pub fn is_infinitive(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| {
            t.kind == Kind::Word
                && t.shape.0 & (crate::Shape::CAPITAL.0 | crate::Shape::POSSESSIVE.0) == 0
                && (!t.is(class::FUNCTION_WORDS)
                    || matches!(self.text(token), "be" | "have" | "do" | "let"))
                && !t.is(class::DETERMINERS)
                && !t.is(class::OBJECT_PRONOUNS)
                && !t.is(class::NUMBERS)
                && !t.is(class::OFFICES)
                && !self.text(token).ends_with("ing")
                && !self.text(token).ends_with("ly")
                && (!self.text(token).ends_with('s') || self.text(token).ends_with("ss"))
                && !self.ends_in_ed(token)
        })
    }
}
