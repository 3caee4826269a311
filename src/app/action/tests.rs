//! The table of actions against itself.

use super::*;

/// Names that a configuration may hold: to take one away breaks somebody's keys.
const GIVEN: &str = "open done verbs edit note state throw-away restore purge take-back \
    blocked-by to-blocker jump-back why row-history turn-into open-link copy-line copy-title \
    copy-link copy-markdown copy-json change-due change-owner change-priority change-tags \
    change-band change-estimate change-name change-link change-waiting-on change-approver \
    change-stake add add-in-a-form walk filter next-match previous-match sort closed mark \
    mark-range mark-all down up left right top bottom half-down half-up page-down page-up \
    next-pane previous-pane detail zoom back today decisions assets outcomes requests bets \
    people trash history next-screen previous-screen capture undo redo import commands help \
    messages redraw suspend quit";

#[test]
fn every_action_has_a_name_of_its_own_for_the_configuration_and_keeps_it() {
    for about in ACTIONS {
        assert_eq!(Action::named(&about.action.slug()), Some(about.action), "{}", about.name);
    }
    for given in GIVEN.split_whitespace() {
        assert!(Action::named(given).is_some(), "{given} was a name");
    }
}

#[test]
fn no_action_stands_twice_and_each_explains_itself() {
    for (at, about) in ACTIONS.iter().enumerate() {
        assert!(about.help.ends_with('.'), "{}", about.name);
        assert!(!ACTIONS[..at].iter().any(|other| other.action == about.action), "{}", about.name);
        assert_eq!(about.action.about(), about);
    }
}
