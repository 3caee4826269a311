//! The interface as values: a model, messages, a pure `update` and the effects it asks for. No I/O,
//! no SQL, no widgets, so that a test needs no mocks.

pub mod action;
pub mod bindings;
pub mod board;
pub mod card;
pub mod choices;
pub mod completion;
pub mod conflict;
pub mod draft;
pub mod effect;
pub mod form;
pub mod grid;
pub mod here;
pub mod importing;
pub mod input;
pub mod keyboard;
pub mod keys;
pub mod layout;
pub mod list;
pub mod live;
pub mod menu;
pub mod model;
pub mod mouse;
pub mod place;
pub mod popup;
pub mod preset;
pub mod prompt;
pub mod reach;
pub mod rebinding;
pub mod remembered;
pub mod ritual;
pub mod rows;
pub mod rules;
pub mod settings;
pub mod text;
pub mod tour;
pub mod typeahead;
pub mod update;
pub mod views;
pub mod week;
pub mod writing;

pub use action::Action;
pub use effect::{Effect, Msg};
pub use keys::Key;
pub use model::Model;
pub use place::Place;
