//! Numbers as exports write them: `1,204`, `1.234,5`, `1 234,5`, `31.2%`, `$45k`, `(12.50)`,
//! `7/12`. Which mark parts the decimals is a property of the column; what is no number is said.

use std::str::FromStr;

use super::read_error::ReadError;
use super::votes::Vote;
use crate::domain::metric::deals::Currency;

/// More digits than any figure has.
const DIGITS: usize = 30;

/// The mark before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    Point,
    Comma,
}

impl FromStr for Marks {
    type Err = ReadError;

    /// Reads `point` and `comma`.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text.to_ascii_lowercase().as_str() {
            "point" | "." => Ok(Self::Point),
            "comma" | "," => Ok(Self::Comma),
            _ => Err(ReadError::UnknownWord {
                what: "mark of decimals",
                name: text.to_owned(),
                candidates: vec!["point".to_owned(), "comma".to_owned()],
            }),
        }
    }
}

/// A number as it is written, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    digits: i128,
    /// How many of the digits are decimals.
    decimals: u32,
    pub percent: Percent,
    pub currency: Option<Currency>,
}

/// Whether a number carries its per cent sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percent {
    Signed,
    Bare,
}

/// Why a text gives no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    NotANumber,
    NotFinite,
    TooLarge,
    /// It can be read as thousands and as decimals.
    Ambiguous,
}

impl NoNumber {
    /// The end of a sentence that begins with the text.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::NotANumber => "is not a number",
            Self::NotFinite => "is not a finite number",
            Self::TooLarge => "is too large",
            Self::Ambiguous => {
                "can be read as thousands and as decimals; say `--marks point` or \
                 `--marks comma`"
            }
        }
    }
}

impl Written {
    /// The value, a per cent sign reckoned in: `31.2%` is 0.312.
    #[must_use]
    pub fn value(&self) -> f64 {
        let hundredth = match self.percent {
            Percent::Signed => 2,
            Percent::Bare => 0,
        };
        // Text is the exact way from decimal digits to the nearest double.
        format!("{}e-{}", self.digits, self.decimals + hundredth).parse().unwrap_or(0.0)
    }

    /// The amount in minor units of a currency with so many decimals, rounded half away from 0;
    /// `None` when it is too large.
    #[must_use]
    pub fn minor(&self, decimals: u32) -> Option<i64> {
        let scaled = if decimals >= self.decimals {
            self.digits.checked_mul(10_i128.checked_pow(decimals - self.decimals)?)?
        } else {
            let parts = 10_i128.checked_pow(self.decimals - decimals)?;
            let half = if self.digits < 0 { -(parts / 2) } else { parts / 2 };
            (self.digits + half) / parts
        };
        i64::try_from(scaled).ok()
    }
}

/// What the text says about the marks of its column; `None` for no number.
#[must_use]
pub fn vote(text: &str) -> Option<Vote<Marks>> {
    let parts = Parts::of(text).ok()?;
    parts.vote()
}

/// The number that the text means. Without knowing the marks, only what reads one way.
///
/// # Errors
/// When it is no number, none that is finite, or can be read two ways.
pub fn read(text: &str, marks: Option<Marks>) -> Result<Written, NoNumber> {
    let parts = Parts::of(text)?;
    let marks = match (parts.vote().ok_or(NoNumber::NotANumber)?, marks) {
        (Vote::Clear, known) => known.unwrap_or(Marks::Point),
        (Vote::For(way), None) => way,
        (Vote::For(_) | Vote::Either, Some(known)) => known,
        (Vote::Either, None) => return Err(NoNumber::Ambiguous),
    };
    parts.read(marks)
}

/// `7/12` and `7 of 12`; `None` for anything else.
#[must_use]
pub fn k_of_n(text: &str) -> Option<(u32, u32)> {
    let (k, n) = text.split_once('/').or_else(|| text.split_once(" of "))?;
    Some((k.trim().parse().ok()?, n.trim().parse().ok()?))
}

/// A number taken apart: its sign, what its digits and marks are, and what stands around them.
struct Parts {
    negative: bool,
    /// Digits, points and commas; spaces and apostrophes between thousands are gone.
    body: String,
    /// Whether thousands were parted by what can be no decimal mark.
    spaced: bool,
    exponent: i32,
    percent: Percent,
    currency: Option<Currency>,
}

impl Parts {
    fn of(text: &str) -> Result<Self, NoNumber> {
        let mut rest = text.trim();
        let mut negative = false;
        let mut percent = Percent::Bare;
        let mut currency = None;
        let mut exponent = 0;
        if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            (rest, negative) = (inner.trim(), true);
        }
        loop {
            let before = rest.len();
            if let Some(after) = rest.strip_prefix(['-', '−']) {
                if negative {
                    return Err(NoNumber::NotANumber);
                }
                (rest, negative) = (after, true);
            }
            rest = rest.strip_prefix('+').unwrap_or(rest);
            if let Some(less) = rest.strip_suffix('%') {
                (rest, percent) = (less, Percent::Signed);
            }
            if let Some((less, found)) = without_currency(rest) {
                (rest, currency) = (less, Some(found));
            }
            rest = rest.trim();
            if rest.len() == before {
                break;
            }
        }
        if let Some((less, factor)) = without_factor(rest) {
            (rest, exponent) = (less, factor);
        }
        if is_not_finite(rest) {
            return Err(NoNumber::NotFinite);
        }
        if let Some((mantissa, power)) = rest.split_once(['e', 'E']) {
            let power: i32 = power.parse().map_err(|_| NoNumber::NotANumber)?;
            if power.abs() > 30 {
                return Err(NoNumber::TooLarge);
            }
            (rest, exponent) = (mantissa, power);
        }
        let (body, spaced) = unspaced(rest).ok_or(NoNumber::NotANumber)?;
        let digits = body.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 {
            return Err(NoNumber::NotANumber);
        }
        if digits > DIGITS {
            return Err(NoNumber::TooLarge);
        }
        Ok(Self { negative, body, spaced, exponent, percent, currency })
    }

    /// `None` when the marks stand where no number has them.
    fn vote(&self) -> Option<Vote<Marks>> {
        let count = |mark: char| self.body.matches(mark).count();
        let way = |mark| if mark == '.' { Marks::Point } else { Marks::Comma };
        let other = |mark| if mark == '.' { ',' } else { '.' };
        match (count('.'), count(',')) {
            (0, 0) => Some(Vote::Clear),
            (0, _) | (_, 0) => {
                let mark = if count('.') > 0 { '.' } else { ',' };
                if count(mark) > 1 {
                    return grouped(&self.body, mark).then(|| Vote::For(way(other(mark))));
                }
                let (before, after) = self.body.split_once(mark)?;
                let could_group = after.len() == 3
                    && (1..=3).contains(&before.len())
                    && !before.starts_with('0')
                    && !self.spaced;
                Some(match could_group {
                    true if mark == ',' && self.is_english() => Vote::For(Marks::Point),
                    true => Vote::Either,
                    false => Vote::For(way(mark)),
                })
            }
            (_, _) => {
                let mark = if self.body.rfind('.') > self.body.rfind(',') { '.' } else { ',' };
                let (whole, _) = self.body.split_once(mark)?;
                let once = count(mark) == 1 && !self.spaced && grouped(whole, other(mark));
                once.then(|| Vote::For(way(mark)))
            }
        }
    }

    /// Whether its sign of a currency is one behind which a comma parts thousands: `$45,000`.
    fn is_english(&self) -> bool {
        self.currency.is_some_and(|one| ["XXX", "USD", "GBP", "JPY"].contains(&one.code()))
    }

    fn read(&self, marks: Marks) -> Result<Written, NoNumber> {
        let (decimal, group) = match marks {
            Marks::Point => ('.', ','),
            Marks::Comma => (',', '.'),
        };
        let (whole, fraction) = self.body.split_once(decimal).unwrap_or((&self.body, ""));
        let sound = !fraction.contains([decimal, group])
            && (!whole.contains(group) || grouped(whole, group));
        if !sound {
            return Err(NoNumber::NotANumber);
        }
        let digits: String =
            whole.chars().chain(fraction.chars()).filter(char::is_ascii_digit).collect();
        let digits: i128 = digits.parse().map_err(|_| NoNumber::TooLarge)?;
        let places = i32::try_from(fraction.len()).unwrap_or(i32::MAX) - self.exponent;
        let (digits, decimals) = if let Ok(decimals) = u32::try_from(places) {
            (digits, decimals)
        } else {
            let factor = 10_i128.checked_pow(places.unsigned_abs()).ok_or(NoNumber::TooLarge)?;
            (digits.checked_mul(factor).ok_or(NoNumber::TooLarge)?, 0)
        };
        let digits = if self.negative { -digits } else { digits };
        Ok(Written { digits, decimals, percent: self.percent, currency: self.currency })
    }
}

/// Whether the mark parts the digits in threes, as `1,234,567`.
fn grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

/// The text without spaces and apostrophes between thousands; `None` when they stand elsewhere,
/// or anything else than digits and marks is left.
fn unspaced(text: &str) -> Option<(String, bool)> {
    let is_gap = |letter: char| letter.is_whitespace() || letter == '\'' || letter == '’';
    let whole = text.split(['.', ',']).next().unwrap_or("");
    let spaced = whole.contains(is_gap);
    if spaced {
        let mut groups = whole.split(is_gap);
        let first = groups.next().unwrap_or("");
        if !(1..=3).contains(&first.len()) || !groups.all(|group| group.len() == 3) {
            return None;
        }
    }
    let body: String = if spaced {
        let tail = &text[whole.len()..];
        whole.chars().filter(|letter| !is_gap(*letter)).chain(tail.chars()).collect()
    } else {
        text.to_owned()
    };
    let plain = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    body.chars().all(plain).then_some((body, spaced))
}

fn is_not_finite(text: &str) -> bool {
    const WORDS: [&str; 7] = ["nan", "inf", "infinity", "∞", "#div/0!", "#num!", "#value!"];
    WORDS.contains(&text.to_lowercase().as_str())
}

/// `$`, `€`, `EUR 12`, `12 USD`: the text without it. A dollar sign alone says no country.
fn without_currency(text: &str) -> Option<(&str, Currency)> {
    const SIGNS: [(&str, &str); 6] =
        [("US$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("￥", "JPY"), ("$", "XXX")];
    for (sign, code) in SIGNS {
        let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign));
        if let Some(rest) = rest {
            return Some((rest, Currency::parse(code)?));
        }
    }
    let is_code = |code: &&str| code.bytes().all(|byte| byte.is_ascii_uppercase());
    let front = text.get(..3).filter(is_code);
    if let (Some(code), Some(rest)) = (front, text.get(3..)) {
        return rest.starts_with([' ', '\u{A0}']).then(|| Some((rest, Currency::parse(code)?)))?;
    }
    let cut = text.len().checked_sub(3)?;
    let code = text.get(cut..).filter(is_code)?;
    let rest = text.get(..cut)?;
    rest.ends_with([' ', '\u{A0}']).then(|| Some((rest, Currency::parse(code)?)))?
}

/// `45k`, `1.2m`: the text without its letter, and the power of ten.
fn without_factor(text: &str) -> Option<(&str, i32)> {
    let (last, power) = match text.chars().last()? {
        letter @ ('k' | 'K') => (letter, 3),
        letter @ ('m' | 'M') => (letter, 6),
        _ => return None,
    };
    let rest = text.strip_suffix(last)?.trim_end();
    rest.ends_with(|letter: char| letter.is_ascii_digit()).then_some((rest, power))
}

#[cfg(test)]
mod tests;
