//! Physical lines put together into the lines that are meant: a line that begins with a blank
//! goes on with the one before it.

use std::borrow::Cow;

use crate::exchange::caps;
use crate::exchange::event::TimeError;

/// The lines of a text, unfolded, each with the number of its first physical line.
pub struct Unfolded<'a> {
    rest: &'a str,
    number: u64,
}

impl<'a> Unfolded<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text.strip_prefix('\u{FEFF}').unwrap_or(text), number: 0 }
    }

    fn physical(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.number += 1;
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

impl<'a> Iterator for Unfolded<'a> {
    type Item = Result<(u64, Cow<'a, str>), TimeError>;

    /// The next line that is not blank.
    fn next(&mut self) -> Option<Self::Item> {
        let mut line = self.physical()?;
        while line.trim().is_empty() {
            line = self.physical()?;
        }
        let number = self.number;
        let mut whole = Cow::Borrowed(line);
        while self.rest.starts_with([' ', '\t']) && whole.len() <= caps::ICS_LINE_BYTES {
            let more = self.physical()?;
            whole.to_mut().push_str(&more[1..]);
        }
        if whole.len() > caps::ICS_LINE_BYTES {
            let most = caps::ICS_LINE_BYTES / 1024;
            return Some(Err(TimeError::at(number, format!("it has more than {most} KiB"))));
        }
        Some(Ok((number, whole)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, String)> {
        Unfolded::new(text)
            .map(|line| line.map(|(n, line)| (n, line.into_owned())).unwrap())
            .collect()
    }

    #[test]
    fn folds_are_undone_and_numbers_kept() {
        let found = lines("\u{feff}A:1\r\n\r\nB:2\r\n 3\r\n\t4\r\nC:5");
        assert_eq!(found, [(1, "A:1".into()), (3, "B:234".into()), (6, "C:5".into())]);
        assert!(lines("\r\n\r\n").is_empty());
    }

    #[test]
    fn a_line_may_be_64_kib_and_not_a_byte_more() {
        let fold = format!("\r\n {}", "x".repeat(70));
        let mut text = "A:".to_owned();
        let mut length = 2;
        while length + 70 <= caps::ICS_LINE_BYTES {
            text.push_str(&fold);
            length += 70;
        }
        let rest = "y".repeat(caps::ICS_LINE_BYTES - length);
        assert_eq!(lines(&format!("{text}\r\n {rest}"))[0].1.len(), caps::ICS_LINE_BYTES);
        let over = format!("B:1\r\n{text}\r\n {rest}z");
        let error = Unfolded::new(&over).nth(1).unwrap().unwrap_err();
        assert_eq!(error.to_string(), "line 2: it has more than 64 KiB");
    }
}
