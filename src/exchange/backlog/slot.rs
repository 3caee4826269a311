//! What a column of a tracker can be about, before it is known whether its row becomes a
//! decision, an asset or a request; and the names that `--map` takes.

use crate::domain::field::Entry;
use crate::domain::kind::Kind;
use crate::exchange::names::nearest;
use crate::exchange::read_error::ReadError;

/// What a row of a backlog can become.
const KINDS: [Kind; 3] = [Kind::Decision, Kind::Asset, Kind::Request];

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    Id,
    Title,
    State,
    List,
    Owner,
    OwnerMail,
    From,
    Due,
    Created,
    Updated,
    Completed,
    Done,
    Archived,
    Tags,
    Priority,
    Link,
    Note,
    Comment,
    Estimate,
    Kind,
    Origin,
    BlockedBy,
    Blocks,
    Parent,
    /// A field that only some of the kinds have, by its name; only the user can say so.
    Field(&'static str),
}

/// Whether several columns may feed one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    One,
    Many,
}

impl Slot {
    pub const ALL: [Self; 24] = [
        Self::Id,
        Self::Title,
        Self::State,
        Self::List,
        Self::Owner,
        Self::OwnerMail,
        Self::From,
        Self::Due,
        Self::Created,
        Self::Updated,
        Self::Completed,
        Self::Done,
        Self::Archived,
        Self::Tags,
        Self::Priority,
        Self::Link,
        Self::Note,
        Self::Comment,
        Self::Estimate,
        Self::Kind,
        Self::Origin,
        Self::BlockedBy,
        Self::Blocks,
        Self::Parent,
    ];

    /// The name for `--map`. Where the three kinds differ, one name stands for all.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::State => "state",
            Self::List => "list",
            Self::Owner => "owner",
            Self::OwnerMail => "owner_email",
            Self::From => "from",
            Self::Due => "due",
            Self::Created => "created_on",
            Self::Updated => "updated_on",
            Self::Completed => "completed_on",
            Self::Done => "done",
            Self::Archived => "archived",
            Self::Tags => "tags",
            Self::Priority => "priority",
            Self::Link => "link",
            Self::Note => "note",
            Self::Comment => "comment",
            Self::Estimate => "estimate",
            Self::Kind => "kind",
            Self::Origin => "origin",
            Self::BlockedBy => "blocked_by",
            Self::Blocks => "blocks",
            Self::Parent => "parent",
            Self::Field(name) => name,
        }
    }

    /// Every name that `--map` takes.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let mut names: Vec<&'static str> = Self::ALL.map(Self::name).to_vec();
        for field in KINDS.iter().flat_map(|kind| &kind.noun().fields) {
            if Self::from_name(field.name) == Some(Self::Field(field.name))
                && !names.contains(&field.name)
            {
                names.push(field.name);
            }
        }
        names
    }

    pub(super) fn room(self) -> Room {
        match self {
            Self::Tags
            | Self::Note
            | Self::Comment
            | Self::BlockedBy
            | Self::Blocks
            | Self::Kind => Room::Many,
            Self::Id
            | Self::Title
            | Self::State
            | Self::List
            | Self::Owner
            | Self::OwnerMail
            | Self::From
            | Self::Due
            | Self::Created
            | Self::Updated
            | Self::Completed
            | Self::Done
            | Self::Archived
            | Self::Priority
            | Self::Link
            | Self::Estimate
            | Self::Origin
            | Self::Parent
            | Self::Field(_) => Room::One,
        }
    }

    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::Due | Self::Created | Self::Updated | Self::Completed)
    }

    /// The slot of this name, or of prewire's name for it in one of the three kinds.
    fn from_name(name: &str) -> Option<Self> {
        let general = match name {
            "needed_by" | "wanted_by" => "due",
            "raised_on" | "asked_on" => "created_on",
            "decided_on" => "completed_on",
            "type" => "kind",
            other => other,
        };
        let shared = Self::ALL.into_iter().find(|slot| slot.name() == general);
        shared.or_else(|| {
            let name = if ["outcome", "bet"].contains(&name) { "for" } else { name };
            let field = KINDS.iter().find_map(|kind| kind.noun().answering(name))?;
            (field.entry == Entry::Free).then_some(Self::Field(field.name))
        })
    }
}

/// One `--map "Column=field"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pub column: String,
    /// `None` leaves the column out.
    pub slot: Option<Slot>,
}

impl Mapping {
    /// Reads `Column=field`; `Column=-` leaves the column out. A column may hold `=` itself.
    ///
    /// # Errors
    /// When there is no `=`, or the field is unknown, with the nearest ones.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let (column, field) =
            text.rsplit_once('=').ok_or_else(|| ReadError::NotAMapping(text.to_owned()))?;
        let field = field.trim().to_lowercase();
        let column = column.trim().to_owned();
        if field.is_empty() || field == "-" {
            return Ok(Self { column, slot: None });
        }
        let slot = Slot::from_name(&field).ok_or_else(|| ReadError::UnknownField {
            candidates: nearest(&field, Slot::names()),
            name: field,
        })?;
        Ok(Self { column, slot: Some(slot) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_a_column_and_a_field() {
        let read = |text: &str| Mapping::parse(text).unwrap();
        assert_eq!(read("Deadline=needed_by").slot, Some(Slot::Due));
        assert_eq!(read("a=b=owner").column, "a=b");
        assert_eq!(read("Junk=-").slot, None);
        let error = Mapping::parse("Deadline=dew").unwrap_err();
        assert_eq!(error.to_string(), "there is no field “dew”");
        assert!(error.hint().unwrap().starts_with("did you mean “due”"), "{error:?}");
        assert!(matches!(Mapping::parse("Deadline"), Err(ReadError::NotAMapping(_))));
        assert_eq!(read("Outcome=outcome").slot, Some(Slot::Field("for")));
        assert_eq!(read("Who decides=approver").slot, Some(Slot::Field("approver")));
        assert!(Mapping::parse("When=decision_of").is_err());
        let names = Slot::names();
        for name in ["due", "for", "stake", "audience", "band", "needed_by"] {
            assert!(names.contains(&name) || Slot::from_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_slot_is_found_by_its_name() {
        for slot in Slot::ALL {
            assert_eq!(Slot::from_name(slot.name()), Some(slot));
        }
    }
}
