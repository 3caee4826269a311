//! Keys of one's own: presets, keys of a place, and that everything that names a key follows.

use prewire::app::preset::Preset;
use prewire::app::rebinding::{self, Wish};

use crate::says;
use crate::screen::Screen;

fn with(preset: Preset, wishes: &[(&str, &str, &str)]) -> Screen {
    let wishes: Vec<Wish<'_>> =
        wishes.iter().map(|(scope, chord, action)| Wish { scope, chord, action }).collect();
    let mut screen = Screen::demo(120, 30);
    screen.model.bindings = rebinding::read(preset, &wishes).unwrap();
    screen
}

#[test]
fn plain_keys_do_what_people_expect_who_never_used_vim() {
    let mut screen = with(Preset::Plain, &[]);
    screen.keys("2<del>");
    says(&screen, "· ctrl-z undoes");
    screen.keys("<ctrl-z>");
    says(&screen, "undid");
    says(&screen, "ctrl-y redoes");
    screen.keys("<ctrl-y><ctrl-z><f2>");
    says(&screen, "question of d");
    screen.keys("<esc><ctrl-n>");
    says(&screen, " decision\n");
    screen.keys("<esc><ctrl-f>atlas<enter>");
    assert!(screen.model.list().is_filtered());
}

#[test]
fn hints_and_help_show_the_users_keys_and_hide_what_a_place_took() {
    let mut screen = with(Preset::Vim, &[("", "Q", "edit"), ("decisions", "d", "done")]);
    screen.keys("2");
    says(&screen, "d decide");
    says(&screen, "Q edit");
    screen.keys("?").keys("throw");
    says(&screen, "Throw it into the Trash; undo brings it back.              │");
    screen.keys("<esc>3d");
    says(&screen, "→ Trash");
}

#[test]
fn a_key_taken_away_is_named_by_the_palette_instead() {
    let mut screen = with(Preset::Vim, &[("", "u", "unbind")]);
    screen.keys("2d");
    says(&screen, "· U redoes".replace("U redoes", ": undo undoes").as_str());
    screen.keys("u");
    says(&screen, "u has no meaning here");
}
