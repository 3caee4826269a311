//! The moments at which a deal slips away, and whether something is made for them: an asset that
//! serves none is asked which one it fixes.

use std::collections::BTreeSet;

use super::Stage;

/// What an asset that serves no moment is asked.
pub const WHICH_MOMENT: &str = "which moment does it fix? Name an objection, a stage or a decision";

/// What a new asset says that it is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AssetPurpose<'a> {
    pub objection: &'a str,
    pub stage: Option<Stage>,
    /// The refs of the decisions that it waits for or serves.
    pub decisions: &'a [String],
}

/// The question for an asset that names no objection, stage or decision.
#[must_use]
pub fn asset_lint(purpose: AssetPurpose<'_>) -> Option<&'static str> {
    let staged = purpose.stage.is_some_and(|stage| stage != Stage::Unknown);
    let serves = staged || !purpose.objection.trim().is_empty() || !purpose.decisions.is_empty();
    (!serves).then_some(WHICH_MOMENT)
}

/// The stage with most losses, if no moment is described for it; the earlier of equals.
#[must_use]
pub fn undescribed(losses: &[(Stage, usize)], described: &BTreeSet<Stage>) -> Option<Stage> {
    let most = losses.iter().map(|(_, lost)| *lost).max().filter(|most| *most > 0)?;
    let worst = losses.iter().filter(|(_, lost)| *lost == most).map(|(stage, _)| *stage);
    worst.min().filter(|stage| !described.contains(stage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_for_no_moment_is_asked() {
        let none = AssetPurpose::default();
        assert_eq!(asset_lint(none), Some(WHICH_MOMENT));
        assert!(asset_lint(AssetPurpose { stage: Some(Stage::Unknown), ..none }).is_some());
        assert!(asset_lint(AssetPurpose { objection: "  ", ..none }).is_some());
        assert_eq!(asset_lint(AssetPurpose { objection: "rollout", ..none }), None);
        assert_eq!(asset_lint(AssetPurpose { stage: Some(Stage::Proposal), ..none }), None);
        let decisions = ["d1".to_owned()];
        assert_eq!(asset_lint(AssetPurpose { decisions: &decisions, ..none }), None);
    }

    #[test]
    fn the_worst_stage_wants_a_moment() {
        let losses = [(Stage::Negotiation, 5), (Stage::Proposal, 5), (Stage::Solution, 2)];
        let described = |stages: &[Stage]| undescribed(&losses, &stages.iter().copied().collect());
        assert_eq!(described(&[Stage::Solution]), Some(Stage::Proposal));
        assert_eq!(described(&[Stage::Proposal]), None);
        assert_eq!(undescribed(&[(Stage::Proposal, 0)], &BTreeSet::new()), None);
    }
}
