//! Contents that ship as data and that users may replace: plans, rituals, questions. What cannot
//! be read is named with its file and line; the shipped contents stand in only with that said.

use std::ops::Range;

use serde::de::DeserializeOwned;

/// What is wrong with a sheet, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct Fault {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub what: String,
}

/// A text under the name that people know it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet<'a> {
    pub file: &'a str,
    pub text: &'a str,
}

impl<'a> Sheet<'a> {
    #[must_use]
    pub const fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text }
    }

    /// The values that the sheet holds.
    ///
    /// # Errors
    /// The first thing that cannot be read, with its line.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Fault> {
        toml::from_str(self.text).map_err(|error| {
            let what = error.message().lines().next().unwrap_or("it cannot be read").to_owned();
            self.fault(error.span().unwrap_or(0..0), what)
        })
    }

    /// A fault at this place of the text.
    #[must_use]
    pub fn fault(self, at: Range<usize>, what: impl Into<String>) -> Fault {
        let before = self.text.as_bytes().iter().take(at.start);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        Fault { file: self.file.to_owned(), line, what: what.into() }
    }
}

/// What is used, and what was wrong with the user's own version, if something was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen<T> {
    pub used: T,
    pub passed_over: Option<Fault>,
}

/// The user's own sheet where it can be read, else the shipped one with the reason.
///
/// # Errors
/// When the shipped sheet cannot be read either.
pub fn own_or_shipped<T>(
    own: Option<Sheet<'_>>,
    shipped: Sheet<'_>,
    read: impl Fn(Sheet<'_>) -> Result<T, Fault>,
) -> Result<Chosen<T>, Fault> {
    match own.map(&read) {
        Some(Ok(used)) => Ok(Chosen { used, passed_over: None }),
        Some(Err(fault)) => Ok(Chosen { used: read(shipped)?, passed_over: Some(fault) }),
        None => Ok(Chosen { used: read(shipped)?, passed_over: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        name: String,
        day: u32,
    }

    const SHIPPED: Sheet<'static> = Sheet::new("plans/ours.toml", "name = \"ours\"\nday = 1\n");

    #[test]
    fn a_fault_names_file_and_line() {
        let read = |text| Sheet::new("plans/mine.toml", text).read::<Sample>();
        let fault = read("name = \"mine\"\nday = \"soon\"\n").unwrap_err();
        assert!(fault.to_string().starts_with("plans/mine.toml, line 2: invalid type"), "{fault}");
        assert_eq!(read("name = \"mine\"\n\n\nhue = 3\n").unwrap_err().line, 4);
        assert_eq!(read("name = \"mine\"\nday = 4\nday = 5").unwrap_err().line, 3);
    }

    #[test]
    fn the_shipped_one_stands_in_only_with_a_word_about_it() {
        let broken = Sheet::new("plans/mine.toml", "name = ");
        let read = |sheet: Sheet<'_>| sheet.read::<Sample>();
        let chosen = own_or_shipped(Some(broken), SHIPPED, read).unwrap();
        assert_eq!((chosen.used.name.as_str(), chosen.passed_over.unwrap().line), ("ours", 1));
        let own = Sheet::new("plans/mine.toml", "name = \"mine\"\nday = 2");
        let chosen = own_or_shipped(Some(own), SHIPPED, read).unwrap();
        assert_eq!((chosen.used.day, chosen.passed_over), (2, None));
        assert!(own_or_shipped(None, broken, read).is_err());
    }
}
