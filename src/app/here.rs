//! What an action is called where it means something of its own: the same keys move a card on a
//! board and a block in the week. Configurations know one name only, that of the table.

use super::action::{About, Action};
use super::place::Place;

/// The name and the sentence of an action at a place.
#[must_use]
pub fn told(about: &About, place: Place) -> (&'static str, &'static str) {
    match (place, about.action) {
        (Place::Week, Action::StepLeft) => ("day back", "One day earlier."),
        (Place::Week, Action::StepRight) => ("day on", "One day later."),
        (Place::Week, Action::MoveDown) => ("later", "A quarter of an hour later."),
        (Place::Week, Action::MoveUp) => ("earlier", "A quarter of an hour earlier."),
        _ => (about.name, about.help),
    }
}
