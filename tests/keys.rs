//! Keys, help, palette, cards and the mouse, by keystrokes and clicks: what a user sees after them,
//! and what the workspace holds then.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[expect(dead_code, reason = "the other tests of the screen use the rest")]
#[path = "support/screen.rs"]
mod screen;

#[path = "keys/card.rs"]
mod card;
#[path = "keys/help.rs"]
mod help;
#[path = "keys/long.rs"]
mod long;
#[path = "keys/mouse.rs"]
mod mouse;
#[path = "keys/own.rs"]
mod own;
#[path = "keys/quarter.rs"]
mod quarter;
#[path = "keys/ritual.rs"]
mod ritual;
#[path = "keys/swap.rs"]
mod swap;
#[path = "keys/window.rs"]
mod window;

use prewire::domain::kind::Kind;
use screen::Screen;

fn states(screen: &Screen, kind: Kind) -> Vec<(String, String)> {
    let ids = screen.workspace.store().all_ids().unwrap();
    let items = screen.workspace.store().items(&ids).unwrap();
    items
        .iter()
        .filter(|item| item.kind() == kind && item.deleted_at.is_none())
        .map(|item| (item.title().to_owned(), item.state().slug.to_owned()))
        .collect()
}

fn says(screen: &Screen, words: &str) {
    assert!(screen.text().contains(words), "“{words}” is not in\n{}", screen.text());
}
