//! The settings on the screen: opened, previewed, kept or taken back.

use super::super::effect::Effect;
use super::super::keys::Key;
use super::super::model::{Model, Tone};
use super::super::popup::Popup;
use super::super::settings::{Pressed, Setting, Settings, detail_view};
use super::{close, open};
use crate::ops::fiscal::{FISCAL, set_fiscal};

/// Opens the settings.
pub fn open_settings(model: &mut Model) -> Vec<Effect> {
    if model.settings.is_empty() {
        model.say("there is nothing to set here", Tone::Refused);
        return Vec::new();
    }
    open(model, Popup::Settings(Box::new(Settings::new(model.settings.clone()))));
    Vec::new()
}

/// What is set now, from outside: at the start, and after a change was kept.
pub fn take(model: &mut Model, settings: Vec<Setting>) {
    follow(model, &settings, &model.settings.clone());
    let month = settings.iter().find(|setting| setting.name == "fiscal_year_start");
    if let Some(month) = month.and_then(|month| month.value.trim().parse().ok()) {
        model.calendar.fiscal_start_month = month;
    }
    model.settings = settings;
}

/// The fiscal year as the workspace has it, whoever told it.
pub fn follow_fiscal(model: &mut Model, month: u32) {
    model.calendar.fiscal_start_month = month;
    if let Some(setting) = model.settings.iter_mut().find(|setting| setting.name == FISCAL) {
        setting.value = month.to_string();
    }
}

/// A key while the settings are open.
pub fn press(model: &mut Model, mut settings: Settings, key: Key) -> Vec<Effect> {
    match settings.press(key) {
        Pressed::Nothing => replace(model, settings),
        Pressed::Changed => {
            let before = last_shown(model);
            let effects = show(model, &settings.entries, &before);
            replace(model, settings);
            return effects;
        }
        Pressed::Refused(why) => {
            model.say(why, Tone::Refused);
            replace(model, settings);
        }
        Pressed::Left => {
            close(model);
            return if settings.changes().is_empty() {
                Vec::new()
            } else {
                show(model, settings.before(), &settings.entries)
            };
        }
        Pressed::Kept => {
            close(model);
            let changes = settings.changes();
            if changes.is_empty() {
                return Vec::new();
            }
            return kept(model, changes);
        }
    }
    Vec::new()
}

/// What was changed goes into the file; the fiscal year into the workspace too, so that all who read
/// it see the same quarters.
fn kept(model: &Model, changes: Vec<(&'static str, String)>) -> Vec<Effect> {
    let writes = |name: &str| name == FISCAL && !model.about.read_only;
    let month = changes.iter().find(|(name, _)| writes(name));
    let op = month.and_then(|(_, month)| set_fiscal(month).ok());
    // The workspace first: what is configured before tells where undo leads.
    let mut effects: Vec<Effect> = op.map(Effect::Run).into_iter().collect();
    effects.push(Effect::Configure(changes));
    effects
}

/// The values that the screen shows now.
fn last_shown(model: &Model) -> Vec<Setting> {
    match model.popups.last() {
        Some(Popup::Settings(open)) => open.entries.clone(),
        _ => Vec::new(),
    }
}

/// What the screen follows at once, it follows.
fn show(model: &mut Model, settings: &[Setting], before: &[Setting]) -> Vec<Effect> {
    follow(model, settings, before);
    let live = settings.iter().filter(|setting| setting.is_previewed());
    vec![Effect::Preview(live.map(|setting| (setting.name, setting.value.clone())).collect())]
}

/// Only a value that changed is followed, so that what was turned by a key stays so.
fn follow(model: &mut Model, settings: &[Setting], before: &[Setting]) {
    let of = |settings: &[Setting]| {
        let found = settings.iter().find(|setting| setting.name == "detail");
        found.map(|setting| setting.value.clone())
    };
    let (Some(word), was) = (of(settings), of(before)) else { return };
    if was.as_ref() == Some(&word) {
        return;
    }
    let view = detail_view(&word);
    if !model.is_zoomed() {
        model.detail_view = view;
    }
    model.detail_home = view;
}

fn replace(model: &mut Model, settings: Settings) {
    if let Some(top) = model.popups.last_mut() {
        *top = Popup::Settings(Box::new(settings));
    }
}
