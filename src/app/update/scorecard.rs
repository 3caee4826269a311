//! The scorecard as lines of a list, and what metrics say together: each reading with the decision
//! that it offers.

use super::super::action::Action;
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::{Popup, Sheet};
use super::super::rows::Line;
use super::{answer, open};
use crate::ops::metric::Scorecard;
use crate::ops::metric::signals::{Readings, Waiting};

/// Readings that stand above a screen.
const MOST: usize = 2;

/// What metrics say together, above a screen.
pub fn offers(read: Vec<String>) -> impl Iterator<Item = Line> {
    read.into_iter().take(MOST).map(|words| Line::Offer(Action::Signals, words))
}

/// The scorecard.
pub fn take(model: &mut Model, card: Scorecard, read: Vec<String>) {
    let mut lines: Vec<Line> = offers(read).collect();
    for section in card.sections {
        let (standing, gap) = (section.standing(), section.gap());
        lines.push(Line::Heading { title: section.heading(), note: standing });
        lines.extend(section.rows.into_iter().map(Line::plain));
        if !gap.is_empty() {
            lines.push(Line::Offer(Action::Add, gap));
        }
    }
    answer::fill(model, Place::Scorecard, lines, card.names);
}

/// The readings as a list: Enter raises the decision that one offers. Without one, why not.
pub fn signals(model: &mut Model, told: Readings) {
    let mut waiting: Vec<String> = told.waiting.iter().map(Waiting::words).collect();
    if told.signals.is_empty() {
        if waiting.is_empty() {
            let words = "metrics say nothing together yet: none is high while another is low";
            return model.say(words, Tone::Plain);
        }
        waiting.insert(
            0,
            "Nothing is read yet; a reading takes fresh figures, of 20 or more or signalled."
                .to_owned(),
        );
        waiting.insert(1, String::new());
        return open(model, Popup::Sheet(Sheet::new("What metrics say together", &waiting)));
    }
    let entries = told.signals.into_iter().map(|one| {
        let entry = Entry::new(one.fired.question, Pick::Run(Box::new(one.raises)));
        Entry { heading: Some(one.fired.reading), ..entry.help(one.inputs.join("; ")) }
    });
    let title = "What metrics say together; enter raises the decision";
    let menu = Menu::new(Purpose::Signals, title.to_owned(), entries.collect());
    open(model, Popup::Menu(menu));
}
