//! What stands above a screen, as values on a stack: never booleans, never nested loops.

use crate::domain::item::ItemId;
use crate::domain::shown::Shown;

use super::card::Card;
use super::form::Form;
use super::importing::Preview;
use super::menu::Menu;
use super::prompt::Prompt;
use super::settings::Settings;

/// Something above the screen that takes the keys.
#[derive(Debug, Clone)]
pub enum Popup {
    Prompt(Prompt),
    Menu(Menu),
    Form(Form),
    Sheet(Sheet),
    Import(Box<Preview>),
    Card(Box<Card>),
    Settings(Box<Settings>),
}

/// Text to read: why, history, messages.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub title: Shown,
    pub lines: Vec<Shown>,
    pub top: usize,
}

/// A question that needs a yes before something is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Risk {
    /// A form with changes is left.
    LeaveForm,
    /// Items are removed for good.
    Purge(Vec<ItemId>),
}

impl Sheet {
    #[must_use]
    pub fn new(title: &str, text: &[String]) -> Self {
        let lines = text.iter().flat_map(|line| {
            let shown = Shown::lines(line);
            if shown.is_empty() { vec![Shown::fixed("")] } else { shown }
        });
        Self { title: Shown::line(title), lines: lines.collect(), top: 0 }
    }
}
