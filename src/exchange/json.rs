//! JSON from strangers: capped in bytes and depth before a single value is built. Values of no
//! interest are skipped without being kept.

mod top;

use std::fmt;
use std::io::{BufReader, Read};
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use serde_json::error::Category;

use super::caps;
use super::input::Input;
use super::read_error::ReadError;

pub use top::{Top, without};

const CHUNK: usize = 64 * 1024;
/// How the reader begins to say that a number was too large; it has no other sign of it.
const OUT_OF_RANGE: &str = "number out of range";

/// Reads one JSON value of the whole file.
///
/// # Errors
/// When it lies too deep, is no JSON, or is not of the type.
pub fn read<T: DeserializeOwned>(input: &mut Input) -> Result<T, ReadError> {
    check_depth(input)?;
    let mut reader = BufReader::with_capacity(CHUNK, &mut *input);
    skip_mark(&mut reader)?;
    let value = serde_json::from_reader(&mut reader).map_err(|error| refusal(&error))?;
    drop(reader);
    input.unchanged()?;
    Ok(value)
}

/// Whether the first character that is not white opens an object or a list.
///
/// # Errors
/// When the file cannot be read.
pub fn looks_like_json(input: &mut Input) -> Result<bool, ReadError> {
    input.rewind()?;
    let mut start = [0; 512];
    let count = input.read(&mut start)?;
    input.rewind()?;
    let start = start[..count].strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start[..count]);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    Ok(matches!(first, Some(b'{' | b'[')))
}

/// A list of at most `most` members, so that a small file cannot fill the memory.
///
/// # Errors
/// When it is no list, has more members, or a member is not of the type.
pub fn at_most<'de, D, T>(deserializer: D, most: usize) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_seq(AtMost { most, member: PhantomData })
}

struct AtMost<T> {
    most: usize,
    member: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for AtMost<T> {
    type Value = Vec<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a list of at most {} members", self.most)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = list.next_element()? {
            if members.len() == self.most {
                return Err(A::Error::custom(format!(
                    "a list has more than {} members",
                    self.most
                )));
            }
            members.push(member);
        }
        Ok(members)
    }
}

/// The text, or nothing when something else stands there, of whatever size.
///
/// # Errors
/// When it is no JSON.
pub fn text_or_nothing<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(TextOrNothing)
}

struct TextOrNothing;

impl<'de> Visitor<'de> for TextOrNothing {
    type Value = Option<String>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("anything")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// What the reader of JSON says, in words for somebody who never saw JSON.
pub(super) fn in_words(why: &str) -> String {
    if let Some(name) = why.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'))
    {
        return format!("“{name}” is missing");
    }
    let words = if why.starts_with("EOF") {
        "the file ends in the middle"
    } else if why.starts_with("invalid type") && why.contains("expected a list") {
        "something else stands where a list belongs"
    } else if why.starts_with("invalid type") {
        "something else stands here than belongs here"
    } else if why.starts_with("control character") {
        "a text breaks off, or holds a sign that may not stand in it"
    } else if why.starts_with("a list has more than") {
        why
    } else if why.starts_with(OUT_OF_RANGE) {
        "a number is too large"
    } else if why.starts_with("trailing comma") {
        "a comma stands here with nothing after it"
    } else if why.starts_with("trailing") {
        "there is more after its end"
    } else {
        "what stands here is no JSON"
    };
    words.to_owned()
}

/// Whether a number was too large to be read.
#[must_use]
pub fn is_too_large(error: &serde_json::Error) -> bool {
    error.to_string().starts_with(OUT_OF_RANGE)
}

/// Why a text is no JSON, in a few words.
#[must_use]
pub fn broken(error: &serde_json::Error) -> &'static str {
    match error.classify() {
        Category::Eof => "it breaks off",
        Category::Syntax if is_too_large(error) => "a number there is too large",
        Category::Syntax | Category::Data | Category::Io => {
            "a sign stands there that JSON does not have there"
        }
    }
}

fn refusal(error: &serde_json::Error) -> ReadError {
    let text = error.to_string();
    let why = in_words(text.split(" at line ").next().unwrap_or(""));
    ReadError::Json { line: error.line(), column: error.column(), why }
}

fn skip_mark(reader: &mut BufReader<&mut Input>) -> Result<(), ReadError> {
    use std::io::BufRead;
    let marked = reader.fill_buf()?.starts_with(b"\xEF\xBB\xBF");
    reader.consume(if marked { 3 } else { 0 });
    Ok(())
}

/// Counts brackets outside of strings, from the first byte, and goes back there.
fn check_depth(input: &mut Input) -> Result<(), ReadError> {
    input.rewind()?;
    let mut scan = Scan { depth: 0, line: 1, place: Place::Outside };
    let mut buffer = vec![0; CHUNK];
    loop {
        let count = input.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        for byte in &buffer[..count] {
            scan.step(*byte);
            if scan.depth > caps::JSON_DEPTH {
                return Err(ReadError::Depth { line: scan.line });
            }
        }
    }
    input.rewind()
}

struct Scan {
    depth: usize,
    line: u64,
    place: Place,
}

enum Place {
    Outside,
    Inside,
    AfterBackslash,
}

impl Scan {
    fn step(&mut self, byte: u8) {
        self.line += u64::from(byte == b'\n');
        match (&self.place, byte) {
            (Place::Outside, b'"') | (Place::AfterBackslash, _) => self.place = Place::Inside,
            (Place::Outside, b'{' | b'[') => self.depth += 1,
            (Place::Outside, b'}' | b']') => self.depth = self.depth.saturating_sub(1),
            (Place::Inside, b'"') => self.place = Place::Outside,
            (Place::Inside, b'\\') => self.place = Place::AfterBackslash,
            (Place::Outside | Place::Inside, _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<serde_json::Value, ReadError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read(&mut Input::open(file.path(), caps::JSON_BYTES).unwrap())
    }

    #[test]
    fn depth_up_to_the_cap_and_not_one_deeper() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read_text(&nested(caps::JSON_DEPTH)).is_ok());
        let error = read_text(&nested(caps::JSON_DEPTH + 1)).unwrap_err();
        assert_eq!(error.to_string(), "line 1: JSON lies deeper than 64 levels");
        assert!(matches!(read_text(&"[".repeat(10_000)), Err(ReadError::Depth { .. })));
    }

    #[test]
    fn lists_up_to_the_cap_and_not_one_more() {
        struct Three(Vec<u8>);
        impl<'de> Deserialize<'de> for Three {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                at_most(deserializer, 3).map(Self)
            }
        }
        assert_eq!(serde_json::from_str::<Three>("[1,2,3]").unwrap().0, [1, 2, 3]);
        assert!(serde_json::from_str::<Three>("[1,2,3,4]").is_err());
    }

    #[test]
    fn brackets_in_strings_are_not_depth() {
        let text = format!("\u{FEFF}{{\"a\": \"\\\"{}\"}}", "[".repeat(100));
        assert!(read_text(&text).is_ok());
    }

    #[test]
    fn lone_surrogates_huge_numbers_and_ends_cut_off_are_refused() {
        for text in ["\"\\ud800\"", "1e999", "{\"a\":", "", "[1,]"] {
            assert!(matches!(read_text(text), Err(ReadError::Json { .. })), "{text}");
        }
    }

    #[test]
    fn a_number_that_is_too_large_is_told_as_such() {
        for text in ["1e400", "{\"value\": -1e400}"] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            assert_eq!(broken(&error), "a number there is too large", "{text}");
        }
        let error = serde_json::from_str::<serde_json::Value>("{,}").unwrap_err();
        assert!(broken(&error).starts_with("a sign"), "{error}");
        assert_eq!(in_words("number out of range"), "a number is too large");
    }
}
