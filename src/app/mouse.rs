//! The mouse as the program thinks of it: what was done, and what lay under the pointer. Where
//! things lie is known to whoever drew them; here they are only named.

use super::action::Action;
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
    /// An entry of the topmost menu, by its place among those shown.
    Entry(usize),
    /// The topmost thing above the screen.
    Popup,
}
