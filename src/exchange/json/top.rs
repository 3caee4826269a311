//! What a file of JSON is at its top: the names of an object, or of the first member of a list. Enough
//! to say what was found where something else is expected; nothing else is kept.

use std::fmt;
use std::io::BufReader;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{CHUNK, skip_mark};
use crate::exchange::input::Input;

/// Names that are kept of an object.
const NAMES: usize = 6;
/// Letters that are kept of a name.
const LETTERS: usize = 40;
/// How the search ends early.
const FOUND: &str = "found";

/// The top of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Top {
    is_list: bool,
    names: Vec<String>,
    more: usize,
}

impl Top {
    /// In words, to stand after “the file is JSON”.
    #[must_use]
    pub fn words(&self) -> String {
        let mut names: Vec<String> = self.names.iter().map(|name| format!("“{name}”")).collect();
        if self.more > 0 {
            names.push(format!("{} more", self.more));
        }
        match (self.is_list, names.as_slice()) {
            (true, []) => "of a list without names".to_owned(),
            (true, _) => format!("of a list whose first member has {}", names.join(", ")),
            (false, []) => "with nothing in it".to_owned(),
            (false, _) => format!("with {} at its top", names.join(", ")),
        }
    }
}

/// The top of a file that is sound JSON and has no such name at its top; `None` for any other, whose
/// reader says better what is wrong.
#[must_use]
pub fn without(input: &mut Input, name: &str) -> Option<Top> {
    let mut top = Top::default();
    input.rewind().ok()?;
    let mut reader = BufReader::with_capacity(CHUNK, &mut *input);
    skip_mark(&mut reader).ok()?;
    let mut json = serde_json::Deserializer::from_reader(reader);
    let looked = json.deserialize_any(Look { top: &mut top, name }).and_then(|()| json.end());
    drop(json);
    input.rewind().ok()?;
    looked.is_ok().then_some(top)
}

struct Look<'a> {
    top: &'a mut Top,
    name: &'a str,
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == self.name {
                return Err(A::Error::custom(FOUND));
            }
            self.top.take(&name);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.top.is_list = true;
        if let Some(Names(names)) = list.next_element()? {
            for name in &names {
                self.top.take(name);
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

impl Top {
    fn take(&mut self, name: &str) {
        if self.names.len() < NAMES {
            self.names.push(name.chars().take(LETTERS).collect());
        } else {
            self.more += 1;
        }
    }
}

/// The names of an object; none of anything else, of whatever size.
#[derive(Default)]
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ReadNames)
    }
}

struct ReadNames;

impl<'de> Visitor<'de> for ReadNames {
    type Value = Names;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Names, E> {
        Ok(Names::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Names, E> {
        Ok(Names::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Names, E> {
        Ok(Names::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Names, E> {
        Ok(Names::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Names, E> {
        Ok(Names::default())
    }

    fn visit_unit<E>(self) -> Result<Names, E> {
        Ok(Names::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Names::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
        let mut names = Vec::new();
        while let Some((name, _)) = map.next_entry::<String, IgnoredAny>()? {
            names.push(name);
        }
        Ok(Names(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::caps;

    fn words(text: &str) -> Option<String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let mut input = Input::open(file.path(), caps::JSON_BYTES).unwrap();
        without(&mut input, "cards").map(|top| top.words())
    }

    #[test]
    fn what_stands_at_the_top_is_told_and_what_is_broken_is_left_to_its_reader() {
        for (text, expected) in [
            ("{\"hello\": 1, \"b\": []}", Some("with “hello”, “b” at its top")),
            ("{}", Some("with nothing in it")),
            ("[1, 2]", Some("of a list without names")),
            ("[{\"title\": 1}]", Some("of a list whose first member has “title”")),
            (
                "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1}",
                Some("with “a”, “b”, “c”, “d”, “e”, “f”, 1 more at its top"),
            ),
            ("{\"name\": 1, \"cards\": 5}", None),
            ("{\"hello\": ", None),
            ("[1", None),
        ] {
            assert_eq!(words(text).as_deref(), expected, "{text}");
        }
    }
}
