//! How sure people say they are, from 1 to 10, beside what the figures say.

/// What a confidence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    AtRisk,
    Issues,
    OnTrack,
}

impl Confidence {
    /// 1 to 3, 4 to 7, 8 to 10; `None` for anything else.
    #[must_use]
    pub fn of(said: u8) -> Option<Self> {
        match said {
            1..=3 => Some(Self::AtRisk),
            4..=7 => Some(Self::Issues),
            8..=10 => Some(Self::OnTrack),
            _ => None,
        }
    }

    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::AtRisk => "at risk",
            Self::Issues => "issues",
            Self::OnTrack => "on track",
        }
    }
}

/// Whether the last two changes were both drops, oldest first.
#[must_use]
pub fn dropped_twice(said: &[u8]) -> bool {
    match said {
        [.., first, second, third] => second < first && third < second,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_bands() {
        let bands: Vec<&str> =
            (0..=11).map(|said| Confidence::of(said).map_or("-", Confidence::words)).collect();
        assert_eq!(bands[0], "-");
        assert!(bands[1..=3].iter().all(|band| *band == "at risk"));
        assert!(bands[4..=7].iter().all(|band| *band == "issues"));
        assert!(bands[8..=10].iter().all(|band| *band == "on track"));
        assert_eq!(bands[11], "-");
    }

    #[test]
    fn two_drops_in_a_row_raise_a_flag() {
        assert!(dropped_twice(&[9, 8, 6]));
        assert!(dropped_twice(&[2, 9, 8, 7]));
        assert!(!dropped_twice(&[9, 8, 8]));
        assert!(!dropped_twice(&[9, 8]));
        assert!(!dropped_twice(&[9, 7, 8]));
    }
}
