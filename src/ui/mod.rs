//! Model in, cells out. Nothing here changes anything; all text passes through `Shown`, all colour
//! through a role of the theme.

pub mod board;
pub mod card;
pub mod columns;
pub mod conflict;
pub mod detail;
pub mod form;
pub mod frame;
pub mod grid;
pub mod hints;
pub mod importing;
mod judging;
mod list;
pub mod live;
mod matrix;
mod measure;
pub mod menu;
mod meter;
pub mod pen;
mod plan;
mod presented;
pub mod prompt;
mod ritual;
pub mod settings;
pub mod status;
pub mod svg;
pub mod theme;
pub mod today;
mod top_line;
pub mod typed;
mod views;
mod week;
pub mod writing;

pub use frame::{Drawn, draw};
pub use theme::Theme;
