//! The mouse as the program thinks of it: what was done, and what lay under the pointer. Where
//! things lie is known to whoever drew them; here they are only named.

use chrono::NaiveDate;

use super::action::Action;
use super::conflict::Whose;
use super::keys::Key;
use super::place::Place;

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    Click,
    WheelUp,
    WheelDown,
}

/// Something on the screen that a pointer can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A tab.
    Go(Place),
    /// A hint.
    Do(Action),
    /// A hint that stands for a key, above the screen.
    Press(Key),
    /// The list, apart from its rows.
    List,
    /// A row of the list, by its place in it.
    Row(usize),
    /// A card of a board, by its column and its place there.
    Card(usize, usize),
    /// A term of the filter, by its place among the chips.
    Chip(usize),
    /// The pane of the detail.
    Detail,
    /// An entry of what stands on top, by its place there: of a menu, a form, the settings.
    Entry(usize),
    /// Something that is offered for the text that is being typed, by its place.
    Offer(usize),
    /// A day of the month that is open.
    Day(NaiveDate),
    /// One of the two values of a field that both changed.
    Whose(usize, Whose),
    /// A place in the long text that is open: its row and column.
    Text(usize, usize),
    /// The topmost thing above the screen.
    Popup,
}
