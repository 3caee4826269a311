//! Reading a bundle as a stream: each entry is handed over as soon as it is whole. Whatever is
//! unknown, stands twice or has another type is refused with its place.

use std::cell::Cell;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

use serde::de::{
    DeserializeSeed, Deserializer as _, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::raw::Members;
use super::{BundleError, Entry, FORMAT, KIND, Next, OriginLine, SCHEMA, item};
use crate::domain::kind::Kind;
use crate::exchange::input::Input;
use crate::exchange::json::in_words;

const CHUNK: usize = 64 * 1024;
const STOPPED: &str = "\u{1}stopped";
const FOUND: &str = "\u{1}found";

type Take<'a> = dyn FnMut(Entry, u64) -> Next + 'a;

/// What the file says that it is, where it is an object with a `kind`.
#[must_use]
pub fn kind(input: &mut Input) -> Option<String> {
    let mut found = None;
    input.rewind().ok()?;
    let mut reader = BufReader::with_capacity(CHUNK, &mut *input);
    if skip_mark(&mut reader).is_ok() {
        // The search ends in an error on purpose, so as not to read the rest.
        let _ = serde_json::Deserializer::from_reader(reader)
            .deserialize_map(Probe { found: &mut found });
    }
    let _ = input.rewind();
    found
}

/// Reads the whole file and hands each entry to `take`, with the bytes read so far.
///
/// # Errors
/// `At` with the place of what is refused; `Stopped` when `take` said so.
pub fn read(
    input: &mut Input,
    take: &mut dyn FnMut(Entry, u64) -> Next,
) -> Result<(), BundleError> {
    let wrong = |error: String| BundleError::Read(error);
    input.rewind().map_err(|error| wrong(error.to_string()))?;
    let count = Cell::new(0);
    let counted = Counted { inner: &mut *input, count: &count };
    let mut reader = BufReader::with_capacity(CHUNK, counted);
    skip_mark(&mut reader).map_err(|error| wrong(error.to_string()))?;
    let mut json = serde_json::Deserializer::from_reader(reader);
    let body = Body { take, count: &count };
    json.deserialize_map(body).and_then(|()| json.end()).map_err(|error| placed(&error))?;
    drop(json);
    input.unchanged().map_err(|error| wrong(error.to_string()))
}

fn placed(error: &serde_json::Error) -> BundleError {
    let text = error.to_string();
    let why = text.split(" at line ").next().unwrap_or("");
    if why == STOPPED {
        return BundleError::Stopped;
    }
    if error.is_io() {
        return BundleError::Read(why.to_owned());
    }
    // What serde says of a file that breaks off, or is no JSON, is for programmers.
    let told = ["trailing", "key must", "expected"].iter().any(|begins| why.starts_with(begins));
    let why = if error.is_eof() || told { in_words(why) } else { why.to_owned() };
    BundleError::At { line: error.line(), column: error.column(), why }
}

fn skip_mark(reader: &mut impl BufRead) -> std::io::Result<()> {
    let marked = reader.fill_buf()?.starts_with(b"\xEF\xBB\xBF");
    reader.consume(if marked { 3 } else { 0 });
    Ok(())
}

/// Counts the bytes that pass.
struct Counted<'a> {
    inner: &'a mut Input,
    count: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

struct Probe<'a> {
    found: &'a mut Option<String>,
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if name == "kind" {
                *self.found = Some(map.next_value()?);
                return Err(A::Error::custom(FOUND));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

struct Body<'a, 't> {
    take: &'a mut Take<'t>,
    count: &'a Cell<u64>,
}

impl<'de> Visitor<'de> for Body<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object that holds a workspace")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        const NAMES: [&str; 7] =
            ["schema", "kind", "format", "counters", "items", "origins", "settings"];
        let mut seen: Vec<&str> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let Some(known) = NAMES.into_iter().find(|known| *known == name) else {
                return Err(A::Error::custom(format!("a workspace has no field “{name}”")));
            };
            if seen.contains(&known) {
                return Err(A::Error::custom(format!("“{name}” stands here twice")));
            }
            seen.push(known);
            match known {
                "schema" => number(map.next_value()?, SCHEMA, "schema")?,
                "format" => number(map.next_value()?, FORMAT, "format")?,
                "kind" => right_kind(&map.next_value::<String>()?)?,
                part => {
                    let part = Part { name: part, take: &mut *self.take, count: self.count };
                    map.next_value_seed(part)?;
                }
            }
        }
        match NAMES.iter().find(|name| !seen.contains(name)) {
            Some(missing) => Err(A::Error::custom(format!("“{missing}” is missing"))),
            None => Ok(()),
        }
    }
}

fn number<E: Error>(found: u64, known: u64, what: &str) -> Result<(), E> {
    if found == known {
        return Ok(());
    }
    Err(E::custom(format!("{what} {found} is not known here; this prewire reads {known}")))
}

fn right_kind<E: Error>(kind: &str) -> Result<(), E> {
    if kind == KIND { Ok(()) } else { Err(E::custom(format!("“{kind}” is not “{KIND}”"))) }
}

/// One of the lists.
struct Part<'a, 't> {
    name: &'static str,
    take: &'a mut Take<'t>,
    count: &'a Cell<u64>,
}

impl<'de> DeserializeSeed<'de> for Part<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Part<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the list of {}", self.name)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(members) = list.next_element::<Members>()? {
            let entry = entry(self.name, members).map_err(A::Error::custom)?;
            if (self.take)(entry, self.count.get()) == Next::Stop {
                return Err(A::Error::custom(STOPPED));
            }
        }
        Ok(())
    }
}

fn entry(part: &str, mut members: Members) -> Result<Entry, String> {
    let entry = match part {
        "items" => {
            let (item, parts, links) = item::read(members)?;
            return Ok(Entry::Item { item: Box::new(item), parts, links });
        }
        "origins" => Entry::Origin(OriginLine {
            source: members.text("source")?,
            external_id: members.text("external_id")?,
            item: item::read_id(&members.text("item")?)?,
            digest: members.text("digest")?,
        }),
        "settings" => Entry::Setting { name: members.text("name")?, value: members.text("value")? },
        _ => counter(&mut members)?,
    };
    members.done(part)?;
    Ok(entry)
}

fn counter(members: &mut Members) -> Result<Entry, String> {
    let slug = members.text("kind")?;
    let kind = Kind::from_slug(&slug).ok_or_else(|| format!("there is no kind “{slug}”"))?;
    match members.take("next") {
        Some(super::raw::Raw::Whole(next)) if next > 0 => Ok(Entry::Counter { kind, next }),
        _ => Err("“next” is not a number above 0".to_owned()),
    }
}
