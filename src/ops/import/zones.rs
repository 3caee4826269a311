//! What the user said about zones that a calendar names and nobody knows: asked once, kept.

use std::collections::BTreeMap;

use crate::domain::zone::Zone;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// The setting that holds the answers.
pub const ZONES: &str = "calendar.zones";

/// # Errors
/// A storage error.
pub(super) fn known(workspace: &Workspace) -> Result<BTreeMap<String, Zone>> {
    let kept = workspace.store.setting(ZONES)?;
    // Somebody else may have written the setting; what cannot be read is asked again.
    let told: BTreeMap<String, String> =
        kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default();
    Ok(told.into_iter().filter_map(|(name, zone)| Some((name, zone.parse().ok()?))).collect())
}

pub(super) fn written(zones: &BTreeMap<String, Zone>) -> String {
    let names: BTreeMap<&str, &str> =
        zones.iter().map(|(name, zone)| (name.as_str(), zone.name())).collect();
    serde_json::to_string(&names).unwrap_or_default()
}
