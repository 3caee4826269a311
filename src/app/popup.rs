//! What stands above a screen, as values on a stack: never booleans, never nested loops.

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::shown::Shown;

use super::card::Card;
use super::conflict::Conflict;
use super::form::Form;
use super::grid::Grid;
use super::importing::Preview;
use super::judging::Judging;
use super::menu::Menu;
use super::place::Place;
use super::prompt::Prompt;
use super::ritual::Rite;
use super::settings::Settings;
use super::writing::Writing;

/// Something above the screen that takes the keys.
#[derive(Debug, Clone)]
pub enum Popup {
    Prompt(Prompt),
    Menu(Menu),
    Form(Form),
    Sheet(Sheet),
    Import(Box<Preview>),
    Card(Box<Card>),
    Ritual(Box<Rite>),
    /// The lines of a swap test, each to be judged.
    Judging(Box<Judging>),
    Settings(Box<Settings>),
    /// A month above the line or the field that asks for a day.
    Grid(Grid),
    Writing(Box<Writing>),
    /// Above the form whose fields somebody else changed too.
    Conflict(Box<Conflict>),
}

/// Text to read: why, history, messages.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub title: Shown,
    pub lines: Vec<Shown>,
    pub top: usize,
    /// What stands behind each line, where it can be opened.
    pub behind: Vec<Option<Behind>>,
    /// The line that Enter opens.
    pub at: Option<usize>,
}

/// What stands behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    Item(ItemId, Kind),
    /// The rows of a list that a filter finds.
    Rows(Place, String),
}

/// A question that needs a yes before something is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Risk {
    /// A form or a text with changes is left, and what was typed kept for later.
    KeepDraft,
    /// It is left, and what was typed thrown away.
    ThrowDraft,
    /// Items are taken out of the Trash too.
    Purge(Vec<ItemId>),
}

impl Sheet {
    #[must_use]
    pub fn new(title: &str, text: &[String]) -> Self {
        let lines = text.iter().flat_map(|line| {
            let shown = Shown::lines(line);
            if shown.is_empty() { vec![Shown::fixed("")] } else { shown }
        });
        Self {
            title: Shown::line(title),
            lines: lines.collect(),
            top: 0,
            behind: Vec::new(),
            at: None,
        }
    }

    /// Lines of which some open what stands behind them.
    #[must_use]
    pub fn opening(title: &str, lines: &[(String, Option<Behind>)]) -> Self {
        let at = lines.iter().position(|(_, behind)| behind.is_some());
        let shown = |line: &str| if line.is_empty() { Shown::fixed("") } else { Shown::line(line) };
        Self {
            title: Shown::line(title),
            lines: lines.iter().map(|(line, _)| shown(line)).collect(),
            top: 0,
            behind: lines.iter().map(|(_, behind)| behind.clone()).collect(),
            at,
        }
    }

    /// To the next line that opens something, or to the one before.
    pub fn step(&mut self, by: isize) {
        let places: Vec<usize> =
            (0..self.behind.len()).filter(|at| self.behind[*at].is_some()).collect();
        let now = self.at.and_then(|at| places.iter().position(|place| *place == at));
        let Some(now) = now else { return };
        let next = now.saturating_add_signed(by).min(places.len() - 1);
        self.at = Some(places[next]);
    }
}
