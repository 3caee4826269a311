//! What a row said, as short hashes by field: enough to know which fields the file changed since
//! it was last imported, without keeping what it said.

use sha2::{Digest as _, Sha256};

use crate::domain::kind::Kind;

/// Under which the kind of the row stands, beside its fields.
const AS: &str = "as";
/// Bytes of a hash that are kept.
const BYTES: usize = 8;

/// Field → hashes of its values; most fields have one, lists have one per member.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Digest(Vec<(String, Vec<String>)>);

impl Digest {
    /// Adds a field with its members. A field without members is not there.
    pub fn add<'a>(&mut self, field: &str, members: impl IntoIterator<Item = &'a str>) {
        let hashes: Vec<String> = members.into_iter().map(hash).collect();
        if !hashes.is_empty() {
            self.0.push((field.to_owned(), hashes));
        }
    }

    pub fn of(&self, field: &str) -> &[String] {
        self.0.iter().find(|(name, _)| name == field).map_or(&[], |(_, hashes)| hashes)
    }

    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The compact JSON that is stored beside the item.
    pub fn stored(&self) -> String {
        let mut text = String::with_capacity(self.0.len() * 32);
        for (name, hashes) in &self.0 {
            text.push(if text.is_empty() { '{' } else { ',' });
            text.push('"');
            text.push_str(name);
            text.push_str("\":\"");
            text.push_str(&hashes.join(" "));
            text.push('"');
        }
        text.push_str(if text.is_empty() { "{}" } else { "}" });
        text
    }

    /// As `stored`, with the kind that the row was read as.
    pub fn stored_as(&self, kind: Kind) -> String {
        let text = self.stored();
        let rest = text.strip_prefix('{').filter(|rest| *rest != "}");
        let slug = kind.slug();
        match rest {
            Some(rest) => format!("{{\"{AS}\":\"{slug}\",{rest}"),
            None => format!("{{\"{AS}\":\"{slug}\"}}"),
        }
    }

    /// The kind that the row was read as, where that is kept.
    pub fn kind(stored: &str) -> Option<Kind> {
        let rest = stored.strip_prefix("{\"")?.strip_prefix(AS)?.strip_prefix("\":\"")?;
        Kind::from_slug(rest.split('"').next()?)
    }

    /// What was stored; empty for what is no such text, so that every field counts as changed.
    pub fn read(stored: &str) -> Self {
        let Ok(serde_json::Value::Object(members)) = serde_json::from_str(stored) else {
            return Self::default();
        };
        let words = |value: &serde_json::Value| -> Vec<String> {
            value.as_str().unwrap_or("").split(' ').map(str::to_owned).collect()
        };
        let fields = members.iter().filter(|(name, _)| *name != AS);
        Self(fields.map(|(name, value)| (name.clone(), words(value))).collect())
    }

    /// The fields that differ, those included that one of the two does not have.
    pub fn changed<'a>(&'a self, earlier: &'a Self) -> Vec<&'a str> {
        let mut names: Vec<&str> =
            self.fields().filter(|name| self.of(name) != earlier.of(name)).collect();
        names.extend(earlier.fields().filter(|name| self.of(name).is_empty()));
        names
    }
}

/// The hash of one value.
pub(super) fn hash(text: &str) -> String {
    let mut first = [0_u8; BYTES];
    first.copy_from_slice(&Sha256::digest(text.as_bytes())[..BYTES]);
    format!("{:016x}", u64::from_be_bytes(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_reads_back_and_tells_what_changed() {
        let mut one = Digest::default();
        one.add("title", ["Deck"]);
        one.add("tags", ["a", "b"]);
        one.add("due", []);
        assert_eq!(Digest::read(&one.stored()), one);
        assert_eq!(Digest::kind(&one.stored()), None);
        let stored = one.stored_as(Kind::Decision);
        assert_eq!(
            (Digest::read(&stored), Digest::kind(&stored)),
            (one.clone(), Some(Kind::Decision))
        );
        let mut other = Digest::default();
        other.add("tags", ["a", "c"]);
        other.add("due", ["2026-05-06"]);
        assert_eq!(other.changed(&one), ["tags", "due", "title"]);
        assert!(one.changed(&one).is_empty());
        assert_eq!(Digest::default().stored(), "{}");
        assert_eq!(Digest::read("an older sort of hash"), Digest::default());
    }
}
