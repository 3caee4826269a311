//! The table of keys, made from the table of actions.

use std::fmt::Write as _;

use prewire::app::action::{ACTIONS, About, Group};
use prewire::app::bindings::Bindings;
use prewire::app::preset::Preset;

const GROUPS: [Group; 5] = [Group::Go, Group::List, Group::Row, Group::Change, Group::Workspace];

pub fn table() -> String {
    let bindings = Bindings::default();
    let mut text = String::new();
    for group in GROUPS {
        let _ = write!(text, "\n**{}**\n\n| keys | what |\n|---|---|\n", group.title());
        for about in ACTIONS.iter().filter(|about| about.group == group) {
            let _ = writeln!(text, "| {} | {} |", keys(&bindings, about), about.help);
        }
    }
    text.push_str(&plain());
    text.push('\n');
    text
}

/// What the other preset adds or changes.
fn plain() -> String {
    let (vim, plain) = (Bindings::default(), Bindings::new(Preset::Plain));
    let mut text =
        "\n**With `keys = \"plain\"`, besides**\n\n| keys | what |\n|---|---|\n".to_owned();
    for about in ACTIONS {
        let is_new = |keys: &&String| !vim.everywhere().all(about.action).contains(keys);
        let all = plain.everywhere().all(about.action);
        let new: Vec<String> = all.iter().filter(is_new).map(|keys| format!("`{keys}`")).collect();
        if !new.is_empty() {
            let _ = writeln!(text, "| {} | {} |", new.join(" "), about.help);
        }
    }
    text
}

/// What is without a key is found by its name.
fn keys(bindings: &Bindings, about: &About) -> String {
    let all = bindings.everywhere().all(about.action);
    if all.is_empty() {
        return format!("`:` {}", about.name);
    }
    let all: Vec<String> = all.iter().map(|keys| format!("`{keys}`")).collect();
    all.join(" ")
}

#[test]
fn every_action_explains_itself_and_stands_in_the_table() {
    let table = table();
    for about in ACTIONS {
        assert!(about.help.ends_with('.') && about.help.len() > 8, "{}", about.name);
        assert!(table.contains(&format!("| {} |", about.help)), "{}", about.name);
    }
}
