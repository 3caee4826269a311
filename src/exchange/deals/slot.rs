//! What a column of deals can be about, and the names that `--map` takes.

use crate::exchange::names::nearest;
use crate::exchange::read_error::ReadError;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DealSlot {
    Id,
    Name,
    Stage,
    Created,
    Closed,
    Amount,
    Currency,
    Account,
    Segment,
    Owner,
    Pipeline,
    Business,
    LostReason,
    WonReason,
    Competitor,
    IsWon,
    IsLost,
    IsClosed,
    FromStage,
    ToStage,
    ChangedOn,
    ChangedField,
    OldValue,
    NewValue,
}

impl DealSlot {
    pub const ALL: [Self; 24] = [
        Self::Id,
        Self::Name,
        Self::Stage,
        Self::Created,
        Self::Closed,
        Self::Amount,
        Self::Currency,
        Self::Account,
        Self::Segment,
        Self::Owner,
        Self::Pipeline,
        Self::Business,
        Self::LostReason,
        Self::WonReason,
        Self::Competitor,
        Self::IsWon,
        Self::IsLost,
        Self::IsClosed,
        Self::FromStage,
        Self::ToStage,
        Self::ChangedOn,
        Self::ChangedField,
        Self::OldValue,
        Self::NewValue,
    ];

    /// The name for `--map`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Stage => "stage",
            Self::Created => "created_on",
            Self::Closed => "closed_on",
            Self::Amount => "amount",
            Self::Currency => "currency",
            Self::Account => "account",
            Self::Segment => "segment",
            Self::Owner => "owner",
            Self::Pipeline => "pipeline",
            Self::Business => "type",
            Self::LostReason => "lost_reason",
            Self::WonReason => "won_reason",
            Self::Competitor => "competitor",
            Self::IsWon => "is_won",
            Self::IsLost => "is_lost",
            Self::IsClosed => "is_closed",
            Self::FromStage => "from_stage",
            Self::ToStage => "to_stage",
            Self::ChangedOn => "changed_on",
            Self::ChangedField => "changed_field",
            Self::OldValue => "old_value",
            Self::NewValue => "new_value",
        }
    }

    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::Created | Self::Closed | Self::ChangedOn)
    }
}

/// One `--map "Column=field"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealMapping {
    pub column: String,
    /// `None` leaves the column out.
    pub slot: Option<DealSlot>,
}

impl DealMapping {
    /// Reads `Column=field`; `Column=-` leaves the column out. A column may hold `=` itself.
    ///
    /// # Errors
    /// When there is no `=`, or the field is unknown, with the nearest ones.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let (column, field) =
            text.rsplit_once('=').ok_or_else(|| ReadError::NotAMapping(text.to_owned()))?;
        let (column, field) = (column.trim().to_owned(), field.trim().to_lowercase());
        if field.is_empty() || field == "-" {
            return Ok(Self { column, slot: None });
        }
        let slot = DealSlot::ALL.into_iter().find(|slot| slot.name() == field);
        let slot = slot.ok_or_else(|| ReadError::UnknownField {
            candidates: nearest(&field, DealSlot::ALL.map(DealSlot::name)),
            name: field,
        })?;
        Ok(Self { column, slot: Some(slot) })
    }
}
