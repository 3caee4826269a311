//! The bands of time: what a minute was for. Two of them are planned for, one is a budget.

use std::fmt;

/// What time was spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Band {
    Strategic,
    /// Execution linked to strategic bets.
    Execution,
    Reactive,
    /// Not working time.
    Off,
    /// Nobody has said yet.
    Unclassified,
}

impl Band {
    pub const ALL: [Self; 5] =
        [Self::Strategic, Self::Execution, Self::Reactive, Self::Off, Self::Unclassified];
    /// The three that are planned and judged.
    pub const WORK: [Self; 3] = [Self::Strategic, Self::Execution, Self::Reactive];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Strategic => "strategic",
            Self::Execution => "execution",
            Self::Reactive => "reactive",
            Self::Off => "off",
            Self::Unclassified => "unclassified",
        }
    }

    /// The letter that stands on a block: `S`, `E`, `R`, `O`, `U`.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Strategic => 'S',
            Self::Execution => 'E',
            Self::Reactive => 'R',
            Self::Off => 'O',
            Self::Unclassified => 'U',
        }
    }

    /// The band of the slug or of its first letter, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|band| {
            let mut letter = [0; 4];
            band.slug().eq_ignore_ascii_case(text)
                || text.eq_ignore_ascii_case(band.letter().encode_utf8(&mut letter))
        })
    }
}

impl fmt::Display for Band {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.slug())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::nouns::BANDS;

    #[test]
    fn the_slugs_are_those_of_the_fields() {
        assert_eq!(Band::ALL.map(Band::slug).as_slice(), BANDS);
        for band in Band::ALL {
            assert_eq!(Band::parse(band.slug()), Some(band));
            assert_eq!(Band::parse(&band.letter().to_string()), Some(band));
        }
        assert_eq!(Band::parse(" s "), Some(Band::Strategic));
        assert_eq!(Band::parse("x"), None);
        assert_eq!(Band::parse(""), None);
    }
}
