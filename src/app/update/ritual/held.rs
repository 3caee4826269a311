//! A figure that is off track holds the month: its three lines and its recommendation are asked one
//! after the other, or it is waived with a reason.

use crate::domain::refusal::Refusal;
use crate::ops::ritual::QUESTIONS;

use super::super::super::effect::Effect;
use super::super::super::model::Model;
use super::super::super::popup::Popup;
use super::super::super::prompt::{Holding, Prompt, PromptFor};
use super::super::open;
use super::section::refuse;
use super::send;

/// Asks the next of it; of a waiver why.
pub(super) fn ask(model: &mut Model, about: &str, told: Option<Vec<String>>) -> Vec<Effect> {
    let Some((kind, section)) =
        model.rite().and_then(|rite| Some((rite.sitting.kind, rite.section()?.clone())))
    else {
        return Vec::new();
    };
    // What was answered before is not asked again.
    let known = model.rite().and_then(|rite| rite.told.clone());
    let told = told.map(|told| match known {
        Some((of, known)) if told.is_empty() && of == about => known,
        _ => told,
    });
    let question = match &told {
        Some(told) => QUESTIONS.get(told.len()).copied().unwrap_or_default(),
        None => model.rite().map_or("waived, why", |rite| rite.sitting.waiver()),
    };
    let label = format!("{about}: {question}");
    let held = Some(Holding { about: about.to_owned(), told });
    let purpose = PromptFor::Ritual { kind, section: section.key, held };
    let prompt = Prompt::new(purpose, label, "").offering(model);
    open(model, Popup::Prompt(prompt));
    Vec::new()
}

/// Enter in such a line: the next one comes, or the figure is let go.
pub(super) fn typed(model: &mut Model, holding: &Holding, text: &str) -> Vec<Effect> {
    let Some(rite) = model.rite() else { return Vec::new() };
    let Some(section) = rite.section().cloned() else { return Vec::new() };
    let held = section.held.iter().find(|held| held.about == holding.about);
    let Some(held) = held else { return Vec::new() };
    let step = match &holding.told {
        None => rite.sitting.waiving(&section, held, text),
        Some(told) => {
            let told: Vec<String> = told.iter().cloned().chain([text.to_owned()]).collect();
            if text.is_empty() && told.len() < QUESTIONS.len() {
                let question = QUESTIONS[told.len() - 1];
                return refuse(
                    model,
                    &Refusal::input(format!("{} still wants {question}", held.about)),
                );
            }
            if told.len() < QUESTIONS.len() {
                let about = holding.about.clone();
                model.popups.pop();
                if let Some(rite) = model.rite_mut() {
                    rite.told = Some((about.clone(), told.clone()));
                }
                return ask(model, &about, Some(told));
            }
            rite.sitting.explaining(&section, held, &told)
        }
    };
    match step {
        Ok(step) => {
            model.sending = model.popups.pop();
            send(model, step)
        }
        Err(refusal) => refuse(model, &refusal),
    }
}
