//! Screens by keystrokes: what a user sees after which keys, and what the workspace holds then.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[path = "screens/asked.rs"]
mod asked;
#[path = "screens/board.rs"]
mod board;
#[path = "screens/burst.rs"]
mod burst;
#[path = "screens/evidence.rs"]
mod evidence;
#[path = "screens/fit.rs"]
mod fit;
#[path = "screens/gone.rs"]
mod gone;
#[path = "screens/late.rs"]
mod late;
#[path = "screens/live.rs"]
mod live;
#[path = "screens/look.rs"]
mod look;
#[path = "screens/plan.rs"]
mod plan;
#[path = "screens/refused.rs"]
mod refused;
#[path = "support/screen.rs"]
mod screen;
#[path = "screens/sizes.rs"]
mod sizes;
#[path = "screens/states.rs"]
mod states;
#[path = "screens/themes.rs"]
mod themes;
#[path = "screens/today.rs"]
mod today;
#[path = "screens/triage.rs"]
mod triage;
#[path = "screens/week.rs"]
mod week;
#[path = "screens/widths.rs"]
mod widths;

#[path = "screens/deals.rs"]
mod deals;
#[path = "screens/decide.rs"]
mod decide;
#[path = "screens/others.rs"]
mod others;
#[path = "screens/parts.rs"]
mod parts;
#[path = "screens/random.rs"]
mod random;
#[path = "screens/views.rs"]
mod views;

use prewire::app::effect::{Effect, Msg};
use prewire::domain::kind::Kind;
use prewire::domain::value::Value;
use prewire::tui::desk;
use screen::Screen;

fn titles(screen: &Screen, kind: Kind) -> Vec<String> {
    let ids = screen.workspace.store().all_ids().unwrap();
    let items = screen.workspace.store().items(&ids).unwrap();
    items
        .iter()
        .filter(|item| item.kind() == kind && item.deleted_at.is_none())
        .map(|item| item.title().to_owned())
        .collect()
}

#[test]
fn the_screens_of_the_demo_look_as_they_should() {
    for (name, width, height, keys) in [
        ("today-120", 120, 40, ""),
        ("today-80", 80, 24, ""),
        ("today-60", 60, 16, ""),
        ("decisions-120", 120, 40, "2"),
        ("decisions-80", 80, 24, "2j"),
        ("decisions-60", 60, 16, "2"),
        ("assets-100", 100, 30, "3jjjj"),
        ("outcomes-120", 120, 30, "6jl"),
        ("outcomes-80", 80, 24, "6"),
        ("history-80", 80, 24, "gu"),
        ("help-100", 100, 30, "2?"),
        ("palette-100", 100, 30, "2:rivo"),
        ("verbs-80", 80, 24, "2;"),
        ("form-100", 100, 34, "2e"),
        ("quick-add-80", 80, 24, "2aWho owns it? due:fri @maya foo:bar"),
        ("filter-80", 80, 24, "2/due:week @maya"),
        ("sort-80", 80, 24, "2S"),
        ("zoom-80", 80, 24, "2z"),
        ("tiny-39", 39, 9, ""),
    ] {
        let mut screen = Screen::demo(width, height);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

#[test]
fn an_empty_workspace_teaches_in_three_lines() {
    for (name, keys) in [("empty-today", ""), ("empty-decisions", "2"), ("empty-outcomes", "6")] {
        let mut screen = Screen::empty(80, 24);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

#[test]
fn the_row_just_added_is_selected_and_undo_takes_it_away() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho is the ICP in fintech? due:fri @maya stake:high<enter>");
    assert!(
        screen
            .text()
            .contains("added d1 “Who is the ICP in fintech?” · new person u1 Maya · u undoes"),
        "{}",
        screen.text()
    );
    assert!(screen.text().contains("Fri"));
    assert_eq!(titles(&screen, Kind::Person), ["Maya"]);
    screen.keys("u");
    assert!(titles(&screen, Kind::Decision).is_empty());
    assert!(titles(&screen, Kind::Person).is_empty(), "the person was made in the same step");
    screen.keys("U");
    assert_eq!(titles(&screen, Kind::Decision), ["Who is the ICP in fintech?"]);
}

#[test]
fn deciding_asks_for_a_rationale_and_says_what_is_free() {
    let mut screen = Screen::empty(100, 24);
    screen.keys("2aWhich tier?<enter>3aBattlecard by:d1<enter>aTalk track by:d1<enter>2x");
    assert!(screen.text().contains("decide d1, rationale"));
    screen.keys("<enter>");
    assert!(screen.text().contains("one line is missing"), "{}", screen.text());
    screen.keys("Tier 2, sales-led<enter>");
    let text = screen.text();
    assert!(text.contains("a1, a2 unblocked"), "{text}");
}

#[test]
fn a_weighty_decision_without_an_approver_says_what_to_do() {
    let mut screen = Screen::empty(100, 24);
    screen.keys("2aWhich tier? stake:high<enter>x");
    assert!(screen.text().contains("has no approver (I2); ca names one"), "{}", screen.text());
    screen.keys("ca");
    screen.keys("Dana<enter>");
    assert_eq!(titles(&screen, Kind::Person), ["Dana"]);
    screen.keys("x");
    assert!(screen.text().contains("d1 is not framed yet (I1)"), "{}", screen.text());
}

#[test]
fn marks_take_a_change_as_one_step() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2<space><space><space>cdfri<enter>");
    let said = |screen: &Screen, words: &str| {
        screen.model.messages.iter().any(|message| message.text.contains(words))
    };
    assert!(said(&screen, "3 decisions: needed by → Fri"), "{}", screen.text());
    screen.keys("<esc>");
    screen.keys("u");
    assert!(screen.text().contains("undid: 3 decisions"), "{}", screen.text());
}

#[test]
fn typing_a_new_day_takes_the_place_of_the_old_one() {
    let mut screen = Screen::empty(100, 24);
    screen.keys("2aWho? due:mon +one<enter>cdfri<enter>");
    assert!(screen.text().contains("needed by → Fri"), "{}", screen.text());
    screen.keys("cd<end><backspace><backspace>10<enter>");
    assert!(screen.text().contains("needed by → Sun"), "{}", screen.text());
}

#[test]
fn tags_of_all_marked_are_added_and_none_is_lost() {
    let mut screen = Screen::empty(100, 24);
    screen.keys("2aOne? +a<enter>aTwo? +b<enter>gg<space><space>ct+c<enter>");
    assert!(screen.text().contains("2 decisions: +c"), "{}", screen.text());
    let ids = screen.workspace.store().all_ids().unwrap();
    let items = screen.workspace.store().items(&ids).unwrap();
    let tags: Vec<_> = items.iter().map(|item| item.get("tags").clone()).collect();
    let both = |first: &str| Value::Tags(vec![first.to_owned(), "c".to_owned()]);
    assert!(tags.contains(&both("a")) && tags.contains(&both("b")), "{tags:?}");
}

#[test]
fn on_the_smallest_screen_menus_show_entries_and_sheets_their_end() {
    let mut screen = Screen::demo(40, 10);
    screen.keys("2?");
    assert!(screen.text().contains("Pre-wire"), "{}", screen.text());
    screen.keys("<esc>i<end>");
    assert!(screen.text().contains("then the oldest"), "{}", screen.text());
}

#[test]
fn what_the_filter_hides_is_still_named_with_its_undo() {
    let mut screen = Screen::empty(100, 24);
    screen.keys("2aOne? p:1<enter>aTwo? p:1<enter>/p:1<enter>aThree?<enter>");
    let said = "added d3 “Three?” · u undoes · hidden by the filter";
    assert!(screen.text().contains(said), "{}", screen.text());
    screen.keys("cp2<enter>");
    assert!(screen.text().contains("· u undoes · it left the filter"), "{}", screen.text());
}

#[test]
fn a_question_is_not_filtered_away_by_typing() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2ex<esc>zz");
    assert!(screen.text().contains("keep writing"), "{}", screen.text());
}

#[test]
fn a_circle_is_refused_and_named() {
    let mut screen = Screen::empty(100, 24);
    screen.keys("2aFirst?<enter>aSecond? by:d1<enter>");
    let effects = screen.keys("aThird? by:d2<enter>").model.popups.len();
    assert_eq!(effects, 0);
    screen.keys("ggb");
    screen.keys("Third<enter>");
    assert!(
        screen.text().contains("that would be a circle: d1 blocks d2 blocks d3 blocks d1"),
        "{}",
        screen.text()
    );
}

#[test]
fn the_fourth_outcome_of_a_quarter_asks_which_to_drop() {
    let mut screen = Screen::empty(140, 24);
    screen.keys("6aOne<enter>aTwo<enter>aThree<enter>aFour<enter>");
    let text = screen.text();
    assert!(text.contains("drop which?"), "{text}");
    screen.keys("<down><enter>");
    let text = screen.text();
    assert_eq!(titles(&screen, Kind::Outcome).len(), 4, "{text}");
    assert!(text.contains("added o4 “Four”"), "{text}");
}

#[test]
fn a_key_without_a_meaning_says_so() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("Q");
    assert!(screen.text().contains("Q has no meaning here"));
    screen.keys("2n");
    assert!(screen.text().contains("nothing is searched for"));
}

#[test]
fn the_filter_follows_the_typing_and_esc_brings_the_list_back() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2/atlas");
    assert!(
        screen.text().contains("Which tier is the Atlas launch?")
            || screen.text().contains("Which tier is the Atlas")
    );
    assert!(screen.model.list().total < 10, "{}", screen.model.list().total);
    screen.keys("<enter><esc>");
    assert!(screen.model.list().total > 10);
    screen.keys("/zzzzzz<enter>");
    assert!(screen.text().contains("0 shown"), "{}", screen.text());
}

#[test]
fn pasted_text_outside_a_field_changes_nothing() {
    let mut screen = Screen::demo(80, 24);
    let before = screen.workspace.store().head().unwrap();
    screen.keys("2").send(Msg::Paste("dddxxx\nddd".to_owned()));
    assert_eq!(screen.workspace.store().head().unwrap(), before);
    assert!(screen.text().contains("pasted text goes into a field"));
}

#[test]
fn many_pasted_lines_are_many_items_and_one_step() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2a").send(Msg::Paste("One?\nTwo? due:fri\n\nThree?".to_owned()));
    assert!(screen.text().contains("and 2 more lines"), "{}", screen.text());
    screen.keys("<enter>");
    assert_eq!(titles(&screen, Kind::Decision).len(), 3);
    screen.keys("u");
    assert!(titles(&screen, Kind::Decision).is_empty());
}

#[test]
fn a_form_saves_what_changed_and_leaving_it_asks() {
    let mut screen = Screen::demo(100, 34);
    screen.keys("2e");
    screen.keys("<ctrl-u>What is it?<esc>");
    assert!(screen.text().contains("What you typed is not saved yet"), "{}", screen.text());
    screen.keys("<enter><ctrl-s>");
    assert!(screen.text().contains("renamed “What is it?”"), "{}", screen.text());
}

#[test]
fn a_form_shows_what_is_wrong_on_the_field() {
    let mut screen = Screen::empty(100, 34);
    screen.keys("2AWhat?<enter>31.02.2026<enter>");
    assert!(screen.text().contains("is not a date"), "{}", screen.text());
    screen.keys("<ctrl-s>");
    assert!(titles(&screen, Kind::Decision).is_empty());
}

#[test]
fn the_trash_gives_back_what_it_took() {
    let mut screen = Screen::demo(100, 30);
    let before = titles(&screen, Kind::Decision).len();
    screen.keys("2d");
    assert_eq!(titles(&screen, Kind::Decision).len(), before - 1);
    screen.keys(":Trash<enter>");
    assert!(screen.text().contains("Trash · 1 of 1"), "{}", screen.text());
    screen.keys("r");
    assert_eq!(titles(&screen, Kind::Decision).len(), before);
}

#[test]
fn the_note_goes_to_the_editor_and_comes_back() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2E");
    let Some(Effect::Editor { item, field, .. }) = screen.outside.pop() else {
        panic!("no editor")
    };
    screen.send(Msg::Edited { item, field, text: "# Heard\n\nThree times this week.".to_owned() });
    let item = screen.workspace.store().item(item.unwrap()).unwrap().unwrap();
    assert_eq!(item.text("note"), "# Heard\n\nThree times this week.");
}

#[test]
fn a_change_by_another_process_keeps_the_cursor_on_its_item() {
    let mut screen = Screen::demo(100, 30);
    screen.keys("2jjj");
    let selected = screen.model.list().selected().unwrap();
    let calendar = screen.workspace.calendar();
    let mode = prewire::domain::grammar::Mode::Add;
    let read = prewire::domain::grammar::QuickAdd::read(
        "Urgent? stake:high due:today by:d2",
        Kind::Decision,
        &calendar,
        mode,
    );
    screen.workspace.run(&prewire::ops::Op::Add(vec![read.draft().unwrap()])).unwrap();
    screen.send(Msg::Changed);
    assert_eq!(screen.model.list().selected(), Some(selected));
}

#[test]
fn an_import_is_previewed_flipped_with_one_key_and_undone_as_one_step() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/import/linear-29.csv");
    let mut screen = Screen::empty(110, 30);
    screen.keys("2:import<enter>").keys(file).keys("<enter>");
    insta::assert_snapshot!("import-110", screen.picture());
    screen.is_late = true;
    screen.keys("f<enter>");
    let Some(Effect::Import(request)) = screen.asked.back() else { panic!("no import") };
    assert_eq!(request.flips.len(), 1);
    screen.is_late = false;
    screen.answer();
    let count = screen.workspace.store().all_ids().unwrap().len();
    assert!(count > 0);
    screen.keys("u");
    assert!(screen.workspace.store().all_ids().unwrap().is_empty(), "{}", screen.text());
    screen.keys("U");
    assert_eq!(screen.workspace.store().all_ids().unwrap().len(), count);
}

#[test]
fn one_step_of_the_history_is_taken_back_and_purging_asks() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("2aFirst?<enter>aSecond?<enter>gu");
    assert!(screen.text().contains("added d2 “Second?”"), "{}", screen.text());
    screen.keys("jt");
    assert_eq!(titles(&screen, Kind::Decision), ["Second?"], "{}", screen.text());
    screen.keys("2d:Trash<enter>X<enter>");
    assert_eq!(screen.workspace.store().trashed().unwrap().len(), 1, "the safe answer is first");
    screen.keys("X<down><enter>");
    assert!(screen.workspace.store().all_ids().unwrap().is_empty(), "{}", screen.text());
    screen.keys("uu");
    assert_eq!(titles(&screen, Kind::Decision), ["Second?"]);
}

/// Keys that come faster than the answers: whatever is under way, it comes to rest.
#[test]
fn answers_that_come_late_are_not_asked_for_again_and_again() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2a").send(Msg::Paste("Row 7?\n".repeat(400)));
    screen.keys("<enter>").keys("<ctrl-d>".repeat(30).as_str());
    let mut under_way: std::collections::VecDeque<Effect> = std::collections::VecDeque::new();
    for key in ["/", "r", "o", "w", " ", "7", "esc"] {
        let key = prewire::app::Key::read(key).unwrap_or(prewire::app::Key::char(' '));
        under_way.extend(prewire::app::update::update(&mut screen.model, Msg::Key(key)));
    }
    for _ in 0..100 {
        let Some(effect) = under_way.pop_front() else { return };
        let msg = desk::answer(&mut screen.workspace, &effect);
        under_way.extend(prewire::app::update::update(&mut screen.model, msg));
    }
    panic!("still asking: {:?}", under_way.front());
}
