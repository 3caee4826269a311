//! The popup of a prefix, help and the palette.

use prewire::app::effect::{Effect, Msg};
use prewire::app::keys::{Code, Key};
use prewire::app::model::Tone;

use crate::says;
use crate::screen::Screen;

#[test]
fn a_prefix_shows_all_that_may_follow_and_a_chord_never_waits_for_it() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2c");
    assert!(!screen.text().contains("waiting on"), "at once nothing is shown");
    screen.send(Msg::Pause);
    insta::assert_snapshot!("which-key-80", screen.picture());
    screen.keys("<esc>");
    assert!(screen.model.pending.is_empty() && screen.model.toast.is_none());
    screen.keys("gd");
    assert_eq!(screen.model.place, prewire::app::Place::Decisions);
}

#[test]
fn on_a_small_screen_the_popup_still_shows_every_continuation() {
    let mut screen = Screen::demo(60, 16);
    screen.keys("2c").send(Msg::Pause);
    for name in ["due", "owner", "priority", "tags", "band", "estimate", "approver", "stake"] {
        says(&screen, name);
    }
}

#[test]
fn a_chord_that_means_nothing_says_what_its_beginning_leads_to() {
    let mut screen = Screen::demo(100, 24);
    screen.keys("2yx");
    says(&screen, "yx has no meaning; after y comes j l m p r t y");
}

#[test]
fn help_filters_by_name_and_by_key_and_enter_runs() {
    for typed in ["undo", "ctrl-r", "redo", "ctrl r"] {
        let mut screen = Screen::empty(100, 30);
        screen.keys("2aOne?<enter>u?").keys(typed);
        let redoes = typed != "undo";
        says(&screen, if redoes { "Do again what was taken back." } else { "Undo   " });
        screen.keys("<enter>");
        says(&screen, if redoes { "redid: added d1" } else { "there is nothing to undo" });
    }
}

#[test]
fn a_key_that_begins_chords_finds_them_in_help() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2?").keys("gt<enter>");
    assert_eq!(screen.model.place, prewire::app::Place::Today);
    screen.keys("?").keys("ctrl-");
    says(&screen, "Half down");
    screen.keys("<esc>?").keys("'");
    says(&screen, "nothing matches");
}

#[test]
fn the_palette_says_where_each_belongs_its_keys_and_why_not() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2:").keys("pur");
    insta::assert_snapshot!("palette-why-120", screen.picture());
    screen.keys("<enter>");
    says(&screen, "only what is in the Trash is purged");
    assert_eq!(screen.model.popups.len(), 1, "it stays open for another choice");
}

#[test]
fn the_palette_finds_actions_by_the_name_of_the_configuration_too() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2:").keys("next-screen<enter>");
    assert_eq!(screen.model.place, prewire::app::Place::Assets);
}

#[test]
fn the_palette_finds_actions_by_their_command_too() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("6:refresh");
    let text = screen.text();
    let first = text.lines().skip_while(|line| !line.contains("> refresh")).nth(2);
    assert!(first.is_some_and(|line| line.contains("Ask the source")), "{text}");
}

#[test]
fn keys_of_another_keyboard_mean_what_lies_in_their_place() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2оол");
    assert_eq!(screen.model.list().cursor, 1, "j j k");
    screen.keys("пв");
    assert_eq!(screen.model.place, prewire::app::Place::Decisions, "g d");
    // Inside text a letter stays what it is.
    screen.keys("фоо?<enter>");
    screen.keys("aКто решает?<enter>");
    assert_eq!(screen.model.popups.len(), 0);
    says(&screen, "“Кто решает?”");
}

#[test]
fn in_the_menu_of_verbs_enter_does_what_is_highlighted() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2;jj<enter>");
    says(&screen, "defer d2, until");
}

#[test]
fn letters_of_a_menu_are_found_on_another_keyboard() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("3aBattlecard<enter>;ч");
    says(&screen, "→ shipped");
    screen.send(Msg::Key(Key::plain(Code::Char('г'))));
    says(&screen, "undid");
}

#[test]
fn a_lone_sign_in_the_filter_leaves_the_list_as_it_stands() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2");
    let order = |screen: &Screen| -> Vec<_> {
        screen.model.list().lines.iter().filter_map(prewire::app::rows::Line::id).collect()
    };
    let before = order(&screen);
    for typed in ["!", "'", "^"] {
        screen.keys("/").keys(typed);
        assert_eq!(order(&screen), before, "{typed}");
        screen.keys("<esc>");
    }
    screen.keys("/").keys("'atlas");
    assert!(screen.model.list().total < before.len());
}

#[test]
fn messages_keep_everything_with_its_time_and_its_weight() {
    let mut screen = Screen::empty(100, 30);
    screen.model.now = chrono::NaiveTime::from_hms_opt(14, 10, 0);
    screen.keys("2aOne?<enter>B");
    screen.model.now = chrono::NaiveTime::from_hms_opt(14, 12, 0);
    screen.send(Msg::Failed(prewire::app::effect::Failure {
        what: "the disk is full".to_owned(),
        hint: None,
        lasting: true,
        of_change: false,
    }));
    says(&screen, " ! the disk is full");
    screen.keys(":").keys("messages<enter>");
    says(&screen, "14:12  ! failed: the disk is full");
    says(&screen, "14:10  not done: nothing open blocks d1");
    says(&screen, "14:10  added d1 “One?” · u undoes");
    // What stays wrong stays on the screen until something is saved again.
    screen.keys("q2k");
    says(&screen, " ! the disk is full");
    screen.keys("aTwo?<enter>");
    assert!(!screen.text().contains("the disk is full"));
}

#[test]
fn every_action_stands_in_the_palette_by_its_name() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2:");
    let Some(prewire::app::popup::Popup::Menu(menu)) = screen.model.popups.last() else {
        panic!("no palette")
    };
    for about in prewire::app::action::ACTIONS {
        let pick = prewire::app::menu::Pick::Action(about.action);
        let entry = menu.entries.iter().find(|entry| entry.pick == pick);
        let entry = entry.unwrap_or_else(|| panic!("{} is not there", about.name));
        assert_eq!(entry.label.to_lowercase(), about.name.to_lowercase());
        assert!(!entry.help.is_empty() && !entry.home.is_empty());
    }
}

#[test]
fn no_size_panics_under_a_card_a_prefix_or_the_palette() {
    for keys in ["2Rw", "2Rwx", "2Rw;", "2c", "g", "2:pur", "3Rw", "6Rw", "?ctrl-"] {
        let mut screen = Screen::demo(80, 24);
        screen.keys(keys).send(Msg::Pause);
        for (width, height) in
            [(1, 1), (0, 0), (500, 1), (1, 500), (39, 10), (40, 10), (41, 11), (60, 16), (500, 200)]
        {
            screen.send(Msg::Resize(width, height));
            screen.text();
        }
    }
}

#[test]
fn on_a_narrow_screen_the_palette_still_says_why_not() {
    let mut screen = Screen::demo(60, 16);
    screen.keys("2:").keys("pur");
    says(&screen, "Purge  only what is in the Trash is purged");
}

#[test]
fn a_metric_of_the_catalogue_is_made_from_the_palette_and_by_tab() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2:").keys("catalogue");
    says(&screen, "Measure Revenue contribution");
    screen.keys("<esc>:").keys("measure nps");
    says(&screen, "Measure NPS by segment");
    screen.keys("<enter>");
    says(&screen, "added m");
    // On the empty line Tab offers them all, and behind a beginning those that go on from it.
    let mut screen = Screen::demo(120, 30);
    screen.keys("6}}a<tab>");
    says(&screen, "metric revenue-contribution");
    let mut screen = Screen::demo(120, 30);
    screen.keys("6}}a").keys("retention<tab>");
    says(&screen, "metric retention-rate");
}

#[test]
fn what_the_menu_of_verbs_cuts_stands_whole_below_it() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2;");
    says(&screen, "keep        Leave it as it is.");
    screen.keys("jjjjj");
    says(&screen, "A way to answer the question; two or three to choose from");
    insta::assert_snapshot!("verbs-cut-80", screen.picture());
}

#[test]
fn the_screen_is_drawn_anew_wherever_one_types() {
    for keys in ["2a", "2A", "2+", "2/", "2:", "2;", "2Rw", "2e", "?", "2A<tab><tab>x"] {
        let mut screen = Screen::demo(80, 24);
        screen.keys(keys);
        assert!(!screen.model.popups.is_empty(), "{keys}");
        let before = (screen.text(), screen.model.popups.len());
        screen.outside.clear();
        screen.keys("<ctrl-l>");
        assert!(screen.outside.contains(&Effect::Redraw), "{keys}\n{}", screen.text());
        assert_eq!((screen.text(), screen.model.popups.len()), before, "{keys}");
    }
}

#[test]
fn what_undoes_is_told_whole_above_the_hints_of_a_card() {
    let mut screen = Screen::demo(60, 16);
    screen.keys("2Rw");
    screen.send(Msg::Tell(
        "d4 “Which go-live promise” → decided for b, and a1, a2, a3, a4 unblocked, which waited · u undoes".to_owned(),
        Tone::Done,
    ));
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("d4 “")).unwrap();
    assert!(line.trim_end().ends_with("… · u undoes"), "{text}");
}

/// The labels that the palette or help shows, without those that cannot be chosen.
fn found(screen: &Screen) -> Vec<String> {
    let Some(prewire::app::popup::Popup::Menu(menu)) = screen.model.popups.last() else {
        panic!("no menu: {}", screen.text())
    };
    let shown = menu.shown.iter().map(|at| &menu.entries[*at]);
    shown.filter(|entry| entry.refusal.is_none()).map(|entry| entry.label.clone()).collect()
}

#[test]
fn the_palette_and_help_find_the_verbs_of_a_row_and_what_they_are_called_elsewhere() {
    for (place, typed, label) in [
        ("2", "defer", "Defer"),
        ("2", "drop", "Drop"),
        ("2", "option", "Option"),
        ("2", "postpone", "Defer"),
        ("3G", "ship", "Ship"),
        ("3G", "challenge", "Challenge"),
        ("3G", "retire", "Retire"),
        ("3G", "snooze", "Wait"),
        ("3G", "defer", "Wait"),
        ("2", "delete", "Throw away"),
        ("2", "trash", "Trash"),
        ("2", "rename", "Name"),
        ("3G", "complete", "Done"),
    ] {
        for opens in [":", "?"] {
            let mut screen = Screen::demo(100, 30);
            screen.keys(place).keys(opens).keys(typed);
            let first = found(&screen).first().cloned();
            assert_eq!(first.as_deref(), Some(label), "{place}{opens}{typed}");
        }
    }
    // Every verb is there by its name, wherever one is, and says why where it is not possible.
    let mut screen = Screen::demo(100, 30);
    screen.keys("2:").keys("trash");
    assert!(found(&screen).contains(&"Throw away".to_owned()));
    for place in ["1", "2", "3G", "4", "gu"] {
        screen.keys("<esc>").keys(place).keys(":");
        let Some(prewire::app::popup::Popup::Menu(menu)) = screen.model.popups.last() else {
            panic!("no palette")
        };
        for verb in prewire::domain::verb::Verb::ALL {
            let is_it = |label: &str| label.eq_ignore_ascii_case(verb.name());
            let entry = menu.entries.iter().find(|entry| is_it(&entry.label));
            let entry = entry.unwrap_or_else(|| panic!("{place}: {} is not there", verb.name()));
            assert!(!entry.side.is_empty() && !entry.help.is_empty(), "{place}: {}", entry.label);
        }
    }
}

#[test]
fn a_verb_that_was_found_runs_on_the_row_and_says_its_keys_or_why_not() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2:").keys("defer");
    says(&screen, "; w");
    screen.keys("<enter>");
    says(&screen, "defer d2, until");
    let mut screen = Screen::demo(120, 30);
    screen.keys("3G:").keys("escalate");
    says(&screen, "escalate is for a decision");
    screen.keys("<esc>2:").keys("supersede");
    says(&screen, "d2 is not decided yet");
    screen.keys("<esc>3G:").keys("escalate");
    screen.keys("<enter>");
    assert_eq!(screen.model.popups.len(), 1, "it stays open for another choice");
    let mut screen = Screen::demo(120, 30);
    screen.keys("3G?").keys("challenge<enter>");
    says(&screen, "which outcome should it serve?");
    // All that is marked, as by the menu of verbs.
    let mut screen = Screen::demo(120, 30);
    screen.keys("2  :").keys("defer<enter>");
    says(&screen, "defer 2 marked, until");
    // What is added to the row.
    let mut screen = Screen::demo(120, 30);
    screen.keys("2:").keys("option<enter>");
    assert!(matches!(screen.model.popups.last(), Some(prewire::app::popup::Popup::Prompt(_))));
}

#[test]
fn what_is_typed_after_the_key_of_the_filter_is_never_a_command() {
    for place in ["1", "4", "5", "6", "6}", "gE", "gu", ":trash<enter>"] {
        let mut screen = Screen::demo(100, 30);
        screen.keys(place);
        let (at, undo) = (screen.model.place, screen.model.undo.clone());
        if at.kind().is_some() {
            continue;
        }
        screen.keys("/").keys("d2");
        assert_eq!((screen.model.place, &screen.model.undo), (at, &undo), "{place}");
        says(&screen, "Find an item");
        screen.keys("<enter>");
        assert_eq!(screen.model.place, prewire::app::Place::Decisions, "{place}");
        assert_eq!(
            screen
                .model
                .list()
                .current()
                .and_then(|line| line.item())
                .map(|item| item.reference.to_string()),
            Some("d2".to_owned())
        );
    }
}

#[test]
fn a_line_that_is_refused_says_why_whole_above_itself() {
    for (width, height) in [(80, 24), (60, 16), (120, 40)] {
        for place in ["2", "3", "5", "6", "7"] {
            let mut screen = Screen::demo(width, height);
            screen.keys(place).keys("a<enter>");
            let why =
                screen.model.toast.as_ref().map(|toast| toast.text.clone()).unwrap_or_default();
            let text = screen.text();
            let lines: Vec<&str> = text.lines().collect();
            let above = lines[..lines.len() - 2].iter().map(|line| line.trim()).collect::<Vec<_>>();
            assert!(above.join(" ").contains(&why), "{place} {width}: {why}\n{text}");
            assert!(lines[lines.len() - 1].contains("takes it"), "{place} {width}\n{text}");
        }
    }
}
