//! One line of a calendar: its name, its parameters and its value, as they stand.

use crate::exchange::event::TimeError;

/// A line that was taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    pub line: u64,
    /// In upper case.
    pub name: String,
    /// Names in upper case, values without quotes.
    parameters: Vec<(String, String)>,
    pub value: String,
}

impl Property {
    /// Takes a line apart.
    ///
    /// # Errors
    /// When it has no name or no value, or a quote stays open.
    pub fn read(line: u64, text: &str) -> Result<Self, TimeError> {
        if text.contains('\0') {
            return Err(TimeError::at(line, "it holds a NUL character"));
        }
        let end = text.find([';', ':']).unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(is_name) {
            return Err(TimeError::at(line, "it does not begin with the name of a property"));
        }
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            let (name, after) = after
                .split_once('=')
                .ok_or_else(|| TimeError::at(line, "a parameter has no value"))?;
            if !name.trim().bytes().all(is_name) {
                return Err(TimeError::at(line, "a parameter has no name"));
            }
            let end = value_end(after)
                .ok_or_else(|| TimeError::at(line, "a quote is opened and never closed"))?;
            let (value, after) = after.split_at(end);
            parameters.push((name.trim().to_ascii_uppercase(), parameter(value)));
            rest = after;
        }
        let Some(value) = rest.strip_prefix(':') else {
            return Err(TimeError::at(line, "it has no colon and so no value"));
        };
        let name = name.to_ascii_uppercase();
        Ok(Self { line, name, parameters, value: value.to_owned() })
    }

    /// The first parameter of this name, in upper case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value as one word in upper case.
    #[must_use]
    pub fn word(&self) -> String {
        self.value.trim().to_ascii_uppercase()
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Where the value of a parameter ends: at a semicolon or colon outside of quotes.
fn value_end(text: &str) -> Option<usize> {
    let mut quoted = false;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b';' | b':' if !quoted => return Some(place),
            _ => {}
        }
    }
    (!quoted).then_some(text.len())
}

/// Quotes removed, and what RFC 6868 wrote for quotes and line breaks put back.
fn parameter(value: &str) -> String {
    let value = value.trim();
    let bare = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    if !bare.contains('^') {
        return bare.to_owned();
    }
    bare.replace("^n", "\n").replace("^'", "\"").replace("^^", "^")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Property::read(7, text).unwrap_err().to_string()
    }

    #[test]
    fn a_line_comes_apart() {
        let line = "attendee;CN=\"Chen; Maya: PMM\";partstat=DECLINED:mailto:maya@example.com";
        let property = Property::read(3, line).unwrap();
        assert_eq!(property.name, "ATTENDEE");
        assert_eq!(property.parameter("CN"), Some("Chen; Maya: PMM"));
        assert_eq!(property.parameter("PARTSTAT"), Some("DECLINED"));
        assert_eq!(property.value, "mailto:maya@example.com");
        let quoted = Property::read(1, "X;CN=a^'b^'^nc:").unwrap();
        assert_eq!(quoted.parameter("CN"), Some("a\"b\"\nc"));
    }

    #[test]
    fn what_is_no_line_is_refused() {
        assert_eq!(refused("SUMMARY"), "line 7: it has no colon and so no value");
        assert_eq!(refused(":x"), "line 7: it does not begin with the name of a property");
        assert_eq!(refused("a b:x"), "line 7: it does not begin with the name of a property");
        assert_eq!(refused("A;B:x"), "line 7: a parameter has no value");
        assert_eq!(refused("A;B=\"c:x"), "line 7: a quote is opened and never closed");
        assert_eq!(refused("A:x\0"), "line 7: it holds a NUL character");
    }
}
