//! Where an export of deals comes from, recognised by its columns.

use super::columns::Columns;
use super::slot::DealSlot;
use crate::exchange::names::normal;

/// The program, and the report, that wrote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DealSource {
    HubSpot,
    Salesforce,
    /// Salesforce's Opportunity History: from stage, to stage.
    SalesforceHistory,
    /// Salesforce's Opportunity Field History: old value, new value.
    SalesforceFields,
    Generic,
}

impl DealSource {
    pub const ALL: [Self; 5] = [
        Self::HubSpot,
        Self::Salesforce,
        Self::SalesforceHistory,
        Self::SalesforceFields,
        Self::Generic,
    ];

    /// The word under which external ids of this source are kept: a history is of the same deals
    /// as the report.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::HubSpot => "hubspot",
            Self::Salesforce | Self::SalesforceHistory | Self::SalesforceFields => "salesforce",
            Self::Generic => "csv",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HubSpot => "HubSpot deals",
            Self::Salesforce => "Salesforce opportunities",
            Self::SalesforceHistory => "Salesforce opportunity history",
            Self::SalesforceFields => "Salesforce opportunity field history",
            Self::Generic => "a table of deals",
        }
    }

    #[must_use]
    pub fn is_history(self) -> bool {
        match self {
            Self::SalesforceHistory | Self::SalesforceFields => true,
            Self::HubSpot | Self::Salesforce | Self::Generic => false,
        }
    }
}

pub(super) fn recognise(columns: &Columns) -> DealSource {
    let names: Vec<String> =
        (0..columns.width()).map(|column| normal(columns.name(column))).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if columns.has(DealSlot::FromStage) && columns.has(DealSlot::ToStage) {
        DealSource::SalesforceHistory
    } else if columns.has(DealSlot::ChangedField) && columns.has(DealSlot::NewValue) {
        DealSource::SalesforceFields
    } else if has("opportunityname") || has("opportunityowner") || has("opportunityid") {
        DealSource::Salesforce
    } else if names.iter().any(|name| super::hubspot::is_signature(name))
        || !columns.entered().is_empty()
    {
        DealSource::HubSpot
    } else {
        DealSource::Generic
    }
}
