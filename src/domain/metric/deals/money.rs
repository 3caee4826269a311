//! Money as whole minor units of a currency (ISO 4217). Two currencies are never added up.

use std::collections::BTreeMap;
use std::fmt;

/// A currency by its three letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// What ISO 4217 writes where no currency is meant: the file did not say.
    pub const UNSAID: Self = Self(*b"XXX");

    /// Reads three letters, in any case.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.trim().as_bytes().try_into().ok()?;
        let letters = letters.map(|letter| letter.to_ascii_uppercase());
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals an amount of it has.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        const NONE: [&str; 15] = [
            "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
            "VUV", "XAF", "XOF",
        ];
        const THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
        if NONE.contains(&self.code()) {
            0
        } else if THREE.contains(&self.code()) {
            3
        } else {
            2
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// An amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    /// An amount in minor units; a code that is none counts as unsaid.
    #[must_use]
    pub fn new(minor: i64, code: &str) -> Self {
        Self { minor, currency: Currency::parse(code).unwrap_or(Currency::UNSAID) }
    }

    /// An amount in whole units; `None` beyond what minor units hold exactly.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "within fifteen digits, which is checked")]
    pub fn of(major: f64, currency: Currency) -> Option<Self> {
        const MOST: f64 = 9e15;
        let parts = f64::from(10_u32.pow(currency.decimals()));
        let minor = (major * parts).round();
        (minor.abs() <= MOST).then_some(Self { minor: minor as i64, currency })
    }

    /// The amount in whole units.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "amounts of deals have fifteen digits")]
    pub fn major(self) -> f64 {
        self.minor as f64 / f64::from(10_u32.pow(self.currency.decimals()))
    }
}

/// Amounts by currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<Currency, i128>);

impl Sums {
    pub fn add(&mut self, money: Money) {
        *self.0.entry(money.currency).or_insert(0) += i128::from(money.minor);
    }

    /// The sum in minor units; 0 of a currency that does not occur.
    #[must_use]
    pub fn minor(&self, currency: Currency) -> i128 {
        self.0.get(&currency).copied().unwrap_or(0)
    }

    /// The sum in whole units, for a chart.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a figure of a chart has fifteen digits")]
    pub fn major(&self, currency: Currency) -> f64 {
        let parts = 10_i64.pow(currency.decimals());
        self.minor(currency) as f64 / parts as f64
    }

    /// Currencies that occur, in their order.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.0.keys().copied()
    }
}

impl FromIterator<Money> for Sums {
    fn from_iter<T: IntoIterator<Item = Money>>(amounts: T) -> Self {
        let mut sums = Self::default();
        amounts.into_iter().for_each(|money| sums.add(money));
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_three_letters() {
        assert_eq!(Currency::parse(" eur ").unwrap().code(), "EUR");
        for text in ["", "EU", "EURO", "E1R", "€", "äöü"] {
            assert_eq!(Currency::parse(text), None, "{text}");
        }
        assert_eq!(Currency::parse("JPY").unwrap().decimals(), 0);
        assert_eq!(Currency::parse("KWD").unwrap().decimals(), 3);
        assert_eq!(Currency::UNSAID.decimals(), 2);
    }

    #[test]
    fn currencies_are_summed_apart() {
        let sums: Sums = [Money::new(150, "EUR"), Money::new(250, "EUR"), Money::new(7, "JPY")]
            .into_iter()
            .collect();
        let euro = Currency::parse("EUR").unwrap();
        assert_eq!(sums.minor(euro), 400);
        assert!((sums.major(euro) - 4.0).abs() < 1e-12);
        assert!((sums.major(Currency::parse("JPY").unwrap()) - 7.0).abs() < 1e-12);
        assert_eq!(sums.currencies().count(), 2);
    }
}
