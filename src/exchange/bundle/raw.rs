//! The members of one JSON object before it is known what they mean: plain values, lists of words
//! and links; nothing deeper, and no name twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    Null,
    Text(String),
    Whole(i64),
    Real(f64),
    List(Vec<Raw>),
    /// `{"id": …, "ref": …}`.
    Link {
        id: String,
        reference: String,
    },
    /// Any other object in a list: plain values and links.
    Part(Members),
}

/// The members of an object, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Members(pub Vec<(String, Raw)>);

impl Members {
    /// Takes a member out.
    pub fn take(&mut self, name: &str) -> Option<Raw> {
        let at = self.0.iter().position(|(member, _)| member == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// Takes a text out.
    ///
    /// # Errors
    /// When it is missing or no text.
    pub fn text(&mut self, name: &str) -> Result<String, String> {
        match self.take(name) {
            Some(Raw::Text(text)) => Ok(text),
            Some(_) => Err(format!("“{name}” is not a text")),
            None => Err(format!("“{name}” is missing")),
        }
    }

    /// The end of an object of which nothing may be left.
    ///
    /// # Errors
    /// When something is.
    pub fn done(&self, what: &str) -> Result<(), String> {
        match self.0.first() {
            Some((name, _)) => Err(format!("{what} has no field “{name}”")),
            None => Ok(()),
        }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Members(Vec::with_capacity(32));
        while let Some(name) = map.next_key::<String>()? {
            if members.0.iter().any(|(member, _)| *member == name) {
                return Err(A::Error::custom(format!("“{name}” stands here twice")));
            }
            let value = map.next_value::<Top>()?.0;
            members.0.push((name, value));
        }
        Ok(members)
    }
}

/// A value that may be a list.
struct Top(Raw);

impl<'de> Deserialize<'de> for Top {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(RawVisitor { depth: Depth::Top }).map(Self)
    }
}

/// A member of a list.
struct Inner(Raw);

impl<'de> Deserialize<'de> for Inner {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(RawVisitor { depth: Depth::Listed }).map(Self)
    }
}

/// How deep a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// A member of an item: it may be a list.
    Top,
    /// A member of a list: it may be a part.
    Listed,
    /// A member of a part: a plain value or a link.
    Within,
}

struct RawVisitor {
    depth: Depth,
}

/// A member of a part.
struct Innermost(Raw);

impl<'de> Deserialize<'de> for Innermost {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(RawVisitor { depth: Depth::Within }).map(Self)
    }
}

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.depth {
            Depth::Top => "a text, a number, null, a link or a list",
            Depth::Listed => "a text, a link or a part",
            Depth::Within => "a text, a number, null or a link",
        })
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Raw, E> {
        i64::try_from(number).map(Raw::Whole).map_err(|_| E::custom("the number is too large"))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Raw, E> {
        if number.is_finite() {
            Ok(Raw::Real(number))
        } else {
            Err(E::custom("the number is not finite"))
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        if self.depth != Depth::Top {
            return Err(A::Error::custom("a list stands in a list"));
        }
        let mut members = Vec::new();
        while let Some(Inner(member)) = list.next_element()? {
            members.push(member);
        }
        Ok(Raw::List(members))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut members = Members::default();
        while let Some(name) = map.next_key::<String>()? {
            if members.0.iter().any(|(member, _)| *member == name) {
                return Err(A::Error::custom(format!("“{name}” stands here twice")));
            }
            let value = match self.depth {
                Depth::Listed => map.next_value::<Innermost>()?.0,
                Depth::Top | Depth::Within if ["id", "ref"].contains(&name.as_str()) => {
                    Raw::Text(map.next_value::<String>()?)
                }
                Depth::Top | Depth::Within => {
                    return Err(A::Error::custom(format!("a link has no field “{name}”")));
                }
            };
            members.0.push((name, value));
        }
        link_or_part(members, self.depth).map_err(A::Error::custom)
    }
}

/// An object of nothing but an id and a ref is a link; another one in a list is a part.
fn link_or_part(mut members: Members, depth: Depth) -> Result<Raw, String> {
    let is_text = |(name, value): &(String, Raw)| {
        ["id", "ref"].contains(&name.as_str()) && matches!(value, Raw::Text(_))
    };
    if members.0.len() == 2 && members.0.iter().all(is_text) {
        return Ok(Raw::Link { id: members.text("id")?, reference: members.text("ref")? });
    }
    match depth {
        Depth::Listed => Ok(Raw::Part(members)),
        Depth::Top | Depth::Within => Err("a link needs “id” and “ref”".to_owned()),
    }
}
