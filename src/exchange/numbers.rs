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
            _ => Err(ReadError::UnknownField {
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
                "can be read as thousands and as decimals; say `--numbers point` or \
                 `--numbers comma`"
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
                Some(if could_group { Vote::Either } else { Vote::For(way(mark)) })
            }
            (_, _) => {
                let mark = if self.body.rfind('.') > self.body.rfind(',') { '.' } else { ',' };
                let (whole, _) = self.body.split_once(mark)?;
                let once = count(mark) == 1 && !self.spaced && grouped(whole, other(mark));
                once.then(|| Vote::For(way(mark)))
            }
        }
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str, marks: Option<Marks>) -> String {
        match read(text, marks) {
            Ok(written) => written.value().to_string(),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn every_way_in_which_exports_write_numbers() {
        for (text, expected) in [
            ("48000", "48000"),
            ("22500.50", "22500.5"),
            ("125,000.00", "125000"),
            ("125.000,00", "125000"),
            ("1.234,5", "1234.5"),
            ("1 234,5", "1234.5"),
            ("1\u{202F}234\u{A0}567", "1234567"),
            ("1'234.50", "1234.5"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("0.125", "0.125"),
            ("0,125", "0.125"),
            ("1234.567", "1234.567"),
            (".5", "0.5"),
            ("5.", "5"),
            ("-3", "-3"),
            ("−3,5", "-3.5"),
            ("(12.50)", "-12.5"),
            ("+7", "7"),
            ("31.2%", "0.312"),
            ("31,2 %", "0.312"),
            ("100%", "1"),
            ("45k", "45000"),
            ("$1.2M", "1200000"),
            ("€ 1.234,50", "1234.5"),
            ("-$45", "-45"),
            ("$-45", "-45"),
            ("USD 18,500.00", "18500"),
            ("18.500,00 EUR", "18500"),
            ("1.5e-3", "0.0015"),
            ("2e3", "2000"),
        ] {
            assert_eq!(value(text, None), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_said() {
        for text in [
            "",
            "abc",
            "12a",
            "1,23,456",
            "1.2.3",
            "1,2,3.4.5",
            "--3",
            "12 34",
            "1 2345",
            "%",
            "$",
            "3-4",
            "0x10",
            "1e",
            "1 234 5",
            "١٢",
            "1,2345.6",
            "(-(3))",
        ] {
            assert_eq!(value(text, None), "NotANumber", "{text}");
        }
        for text in ["NaN", "inf", "-Infinity", "#DIV/0!", "∞"] {
            assert_eq!(value(text, None), "NotFinite", "{text}");
        }
        assert_eq!(value("1e400", None), "TooLarge");
        assert_eq!(value(&"9".repeat(31), None), "TooLarge");
    }

    #[test]
    fn thousands_or_decimals_are_the_columns_to_say() {
        assert_eq!(value("45,000", None), "Ambiguous");
        assert_eq!(value("45.000", None), "Ambiguous");
        assert_eq!(value("45,000", Some(Marks::Point)), "45000");
        assert_eq!(value("45,000", Some(Marks::Comma)), "45");
        assert_eq!(value("45.000", Some(Marks::Comma)), "45000");
        assert_eq!(value("22.5", Some(Marks::Comma)), "NotANumber");
        assert_eq!(vote("45,000"), Some(Vote::Either));
        assert_eq!(vote("45,000.5"), Some(Vote::For(Marks::Point)));
        assert_eq!(vote("45,5"), Some(Vote::For(Marks::Comma)));
        assert_eq!(vote("1.234.567"), Some(Vote::For(Marks::Comma)));
        assert_eq!(vote("45"), Some(Vote::Clear));
        assert_eq!(vote("soon"), None);
    }

    #[test]
    fn money_is_exact_in_minor_units() {
        let minor = |text: &str, decimals| read(text, None).unwrap().minor(decimals);
        assert_eq!(minor("22500.50", 2), Some(2_250_050));
        assert_eq!(minor("0.1", 2), Some(10));
        assert_eq!(minor("1234", 0), Some(1234));
        assert_eq!(minor("0.005", 2), Some(1));
        assert_eq!(minor("-0.005", 2), Some(-1));
        assert_eq!(minor("1.4", 0), Some(1));
        assert_eq!(minor("99999999999999999999", 2), None);
        assert_eq!(read("£12", None).unwrap().currency, Currency::parse("GBP"));
        assert_eq!(read("CHF 12", None).unwrap().currency, Currency::parse("CHF"));
    }

    #[test]
    fn k_of_n_is_two_counts() {
        assert_eq!(k_of_n("7/12"), Some((7, 12)));
        assert_eq!(k_of_n("7 of 12"), Some((7, 12)));
        assert_eq!(k_of_n("7/1/2"), None);
        assert_eq!(k_of_n("-7/12"), None);
        assert_eq!(k_of_n("31.2%"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = vote(&text);
            let _ = k_of_n(&text);
            for marks in [None, Some(Marks::Point), Some(Marks::Comma)] {
                if let Ok(written) = read(&text, marks) {
                    prop_assert!(written.value().is_finite());
                    let _ = written.minor(2);
                }
            }
        }

        #[test]
        fn a_number_reads_back_in_both_ways(cents in -10_000_000_000_i64..10_000_000_000) {
            let sign = if cents < 0 { "-" } else { "" };
            let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
            let mut digits = whole.to_string();
            let mut at = digits.len();
            while at > 3 {
                at -= 3;
                digits.insert(at, ',');
            }
            let point = format!("{sign}{digits}.{rest:02}");
            prop_assert_eq!(read(&point, None).unwrap().minor(2), Some(cents));
            let comma = format!("{sign}{},{rest:02}", digits.replace(',', "."));
            prop_assert_eq!(read(&comma, Some(Marks::Comma)).unwrap().minor(2), Some(cents));
        }
    }
}
