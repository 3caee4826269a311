//! Salesforce's reports of opportunities: the labels of the report, of its stage history and of
//! its field history. Reasons of loss are custom fields, so their usual names are tried.

use super::columns::Names;
use super::slot::DealSlot;

pub(super) const NAMES: Names = &[
    ("Opportunity ID", DealSlot::Id),
    ("Opportunity ID (18)", DealSlot::Id),
    ("Case Safe ID", DealSlot::Id),
    ("Opportunity Name", DealSlot::Name),
    ("To Stage", DealSlot::ToStage),
    ("From Stage", DealSlot::FromStage),
    ("Last Modified", DealSlot::ChangedOn),
    ("Last Modified Date", DealSlot::ChangedOn),
    ("Edit Date", DealSlot::ChangedOn),
    ("Field / Event", DealSlot::ChangedField),
    ("Old Value", DealSlot::OldValue),
    ("New Value", DealSlot::NewValue),
    ("Created Date", DealSlot::Created),
    ("Amount Currency", DealSlot::Currency),
    ("Opportunity Currency", DealSlot::Currency),
    ("Amount (converted)", DealSlot::Amount),
    ("Account Name", DealSlot::Account),
    ("Account Segment", DealSlot::Segment),
    ("Opportunity Owner", DealSlot::Owner),
    ("Type", DealSlot::Business),
    ("Loss Reason", DealSlot::LostReason),
    ("Closed Reason", DealSlot::LostReason),
    ("Reason Lost", DealSlot::LostReason),
    ("Won", DealSlot::IsWon),
];
