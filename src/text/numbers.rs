//! What figures mean: how a number is grouped, which separators it has, and whether an English or
//! a Spanish hand wrote it.
use super::{Document, Kind};
use crate::words::class;
use std::fmt;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `1200`
    Plain,
    /// `1,200`, `23,500,000`
    Commas,
    /// `61.4`, `1.2945`: a point before any number of decimals but three.
    Point,
    /// `1,200.5`
    CommasPoint,
    /// `1.200`: decimals in English, thousands in Spanish.
    PointThree,
    /// `61,4`, `1,2945`: a comma before any number of decimals but three; or `0,125`.
    Comma,
    /// `23.500.000`
    Points,
    /// `8.467,30`
    PointsComma,
    /// `20:30`
    Clock,
    /// Dates, addresses of machines, versions, lists without spaces.
    Other,
}

impl Form {
    /// The form of the text of a number token.
    pub fn of(text: &str) -> Form {
        let bytes = text.as_bytes();
        if bytes.iter().all(u8::is_ascii_digit) {
            return Form::Plain;
        }
        let mut marks = [0u8; 8];
        let mut lengths = [0usize; 9];
        let mut count = 0;
        for &b in bytes {
            match b {
                b'0'..=b'9' => lengths[count] += 1,
                b'.' | b',' | b':' if count < marks.len() => {
                    marks[count] = b;
                    count += 1;
                }
                _ => return Form::Other,
            }
        }
        let marks = &marks[..count];
        let lengths = &lengths[..=count];
        let last = lengths[count];
        if marks == b":" {
            return if lengths[0] <= 2 && last == 2 {
                Form::Clock
            } else {
                Form::Other
            };
        }
        // A group of thousands has no leading zero.
        let head = (1..=3).contains(&lengths[0]) && bytes[0] != b'0';
        let groups = |marks: &[u8], mark: u8| {
            head && marks.iter().all(|&m| m == mark)
                && lengths[1..=marks.len()].iter().all(|&l| l == 3)
        };
        match marks {
            b"." if head && last == 3 => Form::PointThree,
            b"." => Form::Point,
            b"," if groups(marks, b',') => Form::Commas,
            b"," => Form::Comma,
            _ if groups(marks, b',') => Form::Commas,
            _ if groups(marks, b'.') => Form::Points,
            [rest @ .., b'.'] if groups(rest, b',') => Form::CommasPoint,
            [rest @ .., b','] if groups(rest, b'.') => Form::PointsComma,
            _ => Form::Other,
        }
    }

    /// Whether the comma is the Spanish decimal comma or the point groups thousands: no English
    /// number looks like this.
    pub fn is_spanish(self) -> bool {
        matches!(self, Form::Comma | Form::Points | Form::PointsComma)
    }
}

/// A number token with its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// The token.
    pub token: usize,
    /// How it is written.
    pub form: Form,
}

/// Every number of a document, and how many of them can only be Spanish.
#[derive(Debug, Default)]
pub struct Numerals {
    /// In order.
    pub all: Vec<Numeral>,
    /// Whether the document writes at least one number that only Spanish writes so.
    pub spanish: bool,
}

impl Numerals {
    /// Reads the numbers of a document.
    pub fn of(doc: &Document) -> Numerals {
        let mut numerals = Numerals::default();
        for &token in doc.of_kind(Kind::Number) {
            let token = token as usize;
            let form = Form::of(doc.text(token));
            numerals.spanish |= match form {
                Form::PointsComma => true,
                Form::Comma | Form::Points => has_unit(doc, token),
                _ => false,
            };
            numerals.all.push(Numeral { token, form });
        }
        numerals
    }
}

/// Whether a percent sign, a unit of money or measure, or a word of scale comes right after.
pub fn has_unit(doc: &Document, token: usize) -> bool {
    let Some(next) = doc.tokens.get(token + 1) else {
        return false;
    };
    match next.kind {
        Kind::Symbol => matches!(doc.mark(token + 1), '%' | '€' | '$' | '£' | '°'),
        Kind::Word => {
            next.is(class::CURRENCIES)
                || next.is(class::UNITS)
                || Scale::of(doc, token + 1).is_some()
                || percent_after(doc, token).is_some()
        }
        _ => false,
    }
}

/// The last token of the `%`, `percent` or `per cent` that follows a number.
pub fn percent_after(doc: &Document, token: usize) -> Option<usize> {
    let next = doc.tokens.get(token + 1)?;
    match next.kind {
        Kind::Symbol => (doc.mark(token + 1) == '%').then_some(token + 1),
        Kind::Word => {
            let word = doc.text(token + 1);
            if word.eq_ignore_ascii_case("percent") {
                Some(token + 1)
            } else {
                let per_cent = word.eq_ignore_ascii_case("per")
                    && doc.tokens.get(token + 2).is_some()
                    && doc.text(token + 2).eq_ignore_ascii_case("cent");
                per_cent.then_some(token + 2)
            }
        }
        _ => None,
    }
}

/// Whether the token is `€`, `$` or `£` closed up before a number.
pub fn is_money_sign(doc: &Document, token: usize) -> bool {
    doc.tokens[token].kind == Kind::Symbol && matches!(doc.mark(token), '€' | '$' | '£' | '¥')
}

/// A word of scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// A thousand.
    Thousand,
    /// A million.
    Million,
    /// A billion: a thousand million in English, `mil millones` in Spanish.
    Billion,
    /// A trillion: `billón` in Spanish.
    Trillion,
}

impl Scale {
    /// The word of scale that a token is, singular or plural.
    pub fn of(doc: &Document, token: usize) -> Option<Scale> {
        if doc.tokens.get(token)?.kind != Kind::Word {
            return None;
        }
        let text = doc.text(token);
        let singular = text.strip_suffix(['s', 'S']).unwrap_or(text);
        [
            (Scale::Million, "million"),
            (Scale::Thousand, "thousand"),
            (Scale::Billion, "billion"),
            (Scale::Trillion, "trillion"),
        ]
        .into_iter()
        .find(|(_, word)| singular.eq_ignore_ascii_case(word))
        .map(|(scale, _)| scale)
    }

    /// The power of ten.
    pub fn power(self) -> i32 {
        match self {
            Scale::Thousand => 3,
            Scale::Million => 6,
            Scale::Billion => 9,
            Scale::Trillion => 12,
        }
    }
}

/// A decimal number: `digits` × 10^−`places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: u128,
    places: i32,
}

impl Decimal {
    /// Reads a number as its form is meant; `None` for forms that are no quantity or too long.
    /// A point before three digits is read the Spanish way when `spanish` is set.
    pub fn read(text: &str, spanish: bool) -> Option<Decimal> {
        let decimal = match Form::of(text) {
            Form::Plain | Form::Commas | Form::Points => None,
            Form::PointThree if spanish => None,
            Form::Point | Form::CommasPoint | Form::PointThree => Some('.'),
            Form::Comma | Form::PointsComma => Some(','),
            Form::Clock | Form::Other => return None,
        };
        let whole: String = text.chars().filter(char::is_ascii_digit).collect();
        if whole.len() > 24 {
            return None;
        }
        let places = decimal
            .and_then(|mark| text.rfind(mark))
            .map_or(0, |at| text.len() - at - 1);
        Some(Decimal {
            digits: whole.parse().ok()?,
            places: places as i32,
        })
    }

    /// The number times 10^`power`.
    pub fn times_ten_to(self, power: i32) -> Decimal {
        Decimal {
            places: self.places - power,
            ..self
        }
    }

    /// The sum; `None` when it is too long.
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        let places = self.places.max(other.places);
        let lift = |d: Decimal| {
            10u128
                .checked_pow((places - d.places) as u32)
                .and_then(|f| d.digits.checked_mul(f))
        };
        Some(Decimal {
            digits: lift(self)?.checked_add(lift(other)?)?,
            places,
        })
    }

    /// Whether the number is at least 10^`power`.
    pub fn at_least_ten_to(self, power: i32) -> bool {
        let size = self.digits.checked_ilog10().map_or(-99, |l| l as i32);
        size - self.places >= power
    }

    /// In words of scale as English news writes it: `4.488 billion`, `1.5 million`, `48,500`.
    pub fn scaled(self) -> String {
        let (power, word) = [(12, " trillion"), (9, " billion"), (6, " million")]
            .into_iter()
            .find(|&(power, _)| self.at_least_ten_to(power))
            .unwrap_or((0, ""));
        format!("{}{word}", self.times_ten_to(-power))
    }
}

impl fmt::Display for Decimal {
    /// The English way: commas between thousands, a point, no idle zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = self.digits.to_string();
        let mut places = self.places;
        if places < 0 {
            digits.extend(std::iter::repeat_n('0', -places as usize));
            places = 0;
        }
        let places = places as usize;
        if digits.len() <= places {
            digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
        }
        let (whole, rest) = digits.split_at(digits.len() - places);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        let rest = rest.trim_end_matches('0');
        if !rest.is_empty() {
            write!(f, ".{rest}")?;
        }
        Ok(())
    }
}

/// The number with its separators exchanged: `8.467,30` → `8,467.30`, zeros kept.
pub fn swap_separators(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '.' => ',',
            ',' => '.',
            c => c,
        })
        .collect()
}

/// `3rd`, `12th`
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, form) in [
            ("1200", Form::Plain),
            ("1,200", Form::Commas),
            ("23,500,000", Form::Commas),
            ("61.4", Form::Point),
            ("0.125", Form::Point),
            ("1,200.5", Form::CommasPoint),
            ("1.200", Form::PointThree),
            ("61,4", Form::Comma),
            ("1,2945", Form::Comma),
            ("0,125", Form::Comma),
            ("23.500.000", Form::Points),
            ("8.467,30", Form::PointsComma),
            ("1.200.000,5", Form::PointsComma),
            ("20:30", Form::Clock),
            ("12.03.2020", Form::Other),
            ("192.168.1.10", Form::Other),
            ("1,00,000", Form::Other),
            ("1,2,3", Form::Other),
            ("1.2.3", Form::Other),
            ("2.10:30", Form::Other),
            ("1.1.1.1.1.1.1.1.1.1.1.1", Form::Other),
        ] {
            assert_eq!(Form::of(text), form, "{text}");
        }
    }

    #[test]
    fn decimals() {
        let scaled = |text: &str, power: i32| {
            Decimal::read(text, true)
                .map(|d| d.times_ten_to(power).scaled())
                .unwrap_or_default()
        };
        assert_eq!(scaled("4,488", 6), "4.488 billion");
        assert_eq!(scaled("2.180", 6), "2.18 billion");
        assert_eq!(scaled("5.362,5", 6), "5.3625 billion");
        assert_eq!(scaled("3,000", 6), "3 billion");
        assert_eq!(scaled("1,200,000", 6), "1.2 trillion");
        assert_eq!(scaled("476,4", 6), "476.4 million");
        assert_eq!(scaled("48", 3), "48,000");
        assert_eq!(scaled("0,8", 0), "0.8");
        let sum = Decimal::read("48", false)
            .and_then(|d| d.times_ten_to(3).plus(Decimal::read("500", false)?))
            .map(|d| d.to_string());
        assert_eq!(sum.as_deref(), Some("48,500"));
        assert_eq!(swap_separators("8.467,30"), "8,467.30");
        assert_eq!(
            [1, 12, 22, 33, 111].map(ordinal),
            ["1st", "12th", "22nd", "33rd", "111th"]
        );
    }
}
