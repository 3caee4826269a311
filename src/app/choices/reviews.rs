//! The menu of the Reviews screen: every ritual with how it stands, the reports, and the figures that
//! are looked at in them; enter begins one.

use super::super::action::{Action, Report};
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::Model;
use super::super::place::Place;
use crate::domain::report::ReportKind;
use crate::domain::ritual::RitualKind;

/// What is written for others.
const REPORTS: [Report; 4] = [
    Report::Of(ReportKind::Week),
    Report::Of(ReportKind::Month),
    Report::Of(ReportKind::Exec),
    Report::Pack,
];
/// What is looked at.
const FIGURES: [Action; 6] = [
    Action::Write(Report::Figures),
    Action::Write(Report::Trades),
    Action::Write(Report::Pull),
    Action::Alignment,
    Action::Go(Place::Artefacts),
    Action::Go(Place::Escalations),
];

/// The menu, with where each ritual stands.
#[must_use]
pub fn reviews(model: &Model, standing: &[(RitualKind, String)]) -> Menu {
    let entry = |action: Action, words: Option<&str>| {
        let about = action.about();
        let keys = model.keys().shown(action).unwrap_or_default();
        let entry = Entry::new(about.name, Pick::Action(action)).side(keys);
        entry.help(words.unwrap_or(about.help))
    };
    let rituals = standing.iter().map(|(kind, words)| entry(Action::Ritual(*kind), Some(words)));
    let mut entries = headed(rituals.collect(), "Rituals");
    let reports = REPORTS.map(|report| entry(Action::Write(report), None));
    entries.extend(headed(reports.to_vec(), "Reports"));
    entries.extend(headed(FIGURES.map(|action| entry(action, None)).to_vec(), "Figures and lists"));
    Menu::new(Purpose::Reviews, "Reviews", entries)
}

fn headed(mut entries: Vec<Entry>, heading: &'static str) -> Vec<Entry> {
    if let Some(first) = entries.first_mut() {
        first.heading = Some(heading);
    }
    entries
}
