//! Forms, long texts, months, pickers, drafts and the first steps, by keystrokes: what is seen, and
//! what the workspace holds then.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[expect(dead_code, reason = "the other tests of the screen use the rest")]
#[path = "support/screen.rs"]
mod screen;

use prewire::app::draft;
use prewire::app::effect::{Effect, Msg};
use prewire::app::tour::Tour;
use prewire::domain::change::{Change, Edit, Input};
use prewire::domain::item::{Item, ItemId, Ref};
use prewire::domain::kind::Kind;
use prewire::domain::value::Value;
use prewire::ops::Op;
use prewire::store::lookup::Lookup;
use screen::Screen;

fn id(screen: &Screen, reference: &str) -> ItemId {
    screen.workspace.store().by_ref(Ref::parse(reference).unwrap()).unwrap().unwrap()
}

fn item(screen: &Screen, reference: &str) -> Item {
    screen.workspace.store().item(id(screen, reference)).unwrap().unwrap()
}

/// Another process changes a field, and the screen is told.
fn meanwhile(screen: &mut Screen, reference: &str, field: &str, value: &str) {
    let item = item(screen, reference);
    let field = item.kind().noun().answering(field).unwrap();
    let edit = Edit::Set(Input::Value(Value::Text(value.to_owned())));
    let op = Op::Edit { items: vec![item.id], changes: vec![Change { field, edit }] };
    screen.workspace.run(&op).unwrap();
    screen.send(Msg::Changed);
}

fn shows(screen: &Screen, text: &str) {
    assert!(screen.text().contains(text), "“{text}” is not in\n{}", screen.text());
}

fn kept(screen: &Screen) -> Vec<String> {
    draft::all(&screen.model).iter().map(draft::Unsaved::words).collect()
}

#[test]
fn forms_and_what_stands_above_them_look_as_they_should() {
    for (name, width, height, keys) in [
        ("form-choices", 80, 24, "2e<tab><tab><down>"),
        ("form-people", 80, 24, "2e<tab><tab><tab><tab><tab><ctrl-u>zo"),
        ("form-month", 80, 24, "2e<tab><down>"),
        ("form-text", 80, 24, "2e<shift-tab>x"),
        ("form-leave", 80, 24, "2ex<esc>"),
        ("form-60", 60, 16, "2e<tab><tab><down>"),
        ("form-40", 40, 10, "2e<tab><down>"),
        ("note-120", 120, 40, "2cN"),
        ("note-40", 40, 10, "2cN"),
        ("month-80", 80, 24, "2cd<down>"),
        ("person-80", 80, 24, "2caMay"),
        ("draft-offered-80", 80, 24, "2aWho pays?<esc>a"),
    ] {
        let mut screen = Screen::demo(width, height);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

#[test]
fn a_month_gives_its_day_to_the_field_and_to_the_line() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho? due:2026-05-08<enter>cd<down>l<enter>");
    shows(&screen, "needed by → Sat");
    screen.keys("e<tab><ctrl-g>jj<enter>");
    shows(&screen, "2026-05-23");
    screen.keys("<ctrl-s>");
    assert_eq!(item(&screen, "d1").day("needed_by").unwrap().to_string(), "2026-05-23");
    // What is typed over a month goes on in the line.
    screen.keys("cd<down>fri<enter>");
    assert_eq!(item(&screen, "d1").day("needed_by").unwrap().to_string(), "2026-05-08");
}

#[test]
fn a_picker_begins_at_what_stands_there_and_ends_with_somebody_new() {
    let mut screen = Screen::demo(100, 34);
    screen.keys("2ca");
    let text = screen.text();
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    assert!(at("none") < at("Raj Mehta"), "{text}");
    screen.keys("<enter>");
    shows(&screen, "nothing changed");
    screen.keys("caMaya");
    let text = screen.text();
    let line = |part: &str| text.lines().position(|line| line.contains(part));
    assert!(line("new person “Maya”") > line("  u1 "), "{text}");
    screen.keys("<ctrl-u>maya okafor");
    assert!(!screen.text().contains("new person"), "a known name is nobody new");
}

#[test]
fn lists_in_a_form_choose_complete_and_empty() {
    let mut screen = Screen::empty(100, 34);
    screen.keys("2aWho? stake:high @Raj<enter>aWhat? @Maya<enter>ggG");
    screen.keys("gge<tab><tab><tab><down>");
    // The value of now is selected; one up of it is the one before.
    screen.keys("<up><enter><ctrl-s>");
    assert_eq!(item(&screen, "d1").text("stake"), "medium");
    screen.keys("e<tab><tab><tab>");
    screen.keys("<ctrl-u>hi<tab>");
    shows(&screen, "stake           high");
    screen.keys("<tab><tab>ra<tab><ctrl-s>");
    let person = item(&screen, "d1").link("approver").unwrap();
    assert_eq!(screen.workspace.store().item(person).unwrap().unwrap().title(), "Raj");
    screen.keys("e<tab><tab><tab><tab><tab><down><home><up><up><up><up><up><ctrl-s>");
    screen.keys("e<tab><tab><tab><tab><tab><ctrl-u><ctrl-s>");
    assert_eq!(item(&screen, "d1").link("approver"), None);
}

#[test]
fn a_long_text_is_written_taken_back_and_saved() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho?<enter>cNHeard<enter><enter>twice this week");
    screen.keys("<ctrl-w><ctrl-z>");
    screen.send(Msg::Paste("\r\n- one\r\n- two".to_owned()));
    screen.keys("<ctrl-s>");
    assert_eq!(item(&screen, "d1").text("note"), "Heard\n\ntwice this week\n- one\n- two");
    screen.keys("cN<ctrl-s>");
    shows(&screen, "nothing changed");
    // From a form the text goes back to its field, and is saved with the form.
    screen.keys("e<shift-tab>!<esc>");
    shows(&screen, "decision d1");
    screen.keys("<ctrl-s>");
    assert!(item(&screen, "d1").text("note").ends_with("- two!"));
    screen.keys("e<shift-tab>?<ctrl-s>");
    assert!(item(&screen, "d1").text("note").ends_with("- two!?"));
}

#[test]
fn the_editor_of_the_environment_gives_its_text_back_to_what_asked() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho?<enter>cNmine<ctrl-o>");
    let Some(Effect::Editor { item: asked, field, text }) = screen.outside.pop() else {
        panic!("no editor")
    };
    assert_eq!((text.as_str(), field), ("mine", "note"));
    screen.send(Msg::Edited { item: asked, field, text: "mine and more".to_owned() });
    assert_eq!(item(&screen, "d1").text("note"), "", "it is not saved yet");
    screen.keys("<ctrl-z>");
    screen.keys("<ctrl-y><ctrl-s>");
    assert_eq!(item(&screen, "d1").text("note"), "mine and more");
    screen.keys("e<shift-tab><ctrl-o>");
    let Some(Effect::Editor { item: asked, field, .. }) = screen.outside.pop() else {
        panic!("no editor")
    };
    screen.send(Msg::Edited { item: asked, field, text: "from the form".to_owned() });
    screen.keys("<ctrl-s>");
    assert_eq!(item(&screen, "d1").text("note"), "from the form");
}

#[test]
fn pastes_are_capped_and_go_into_fields_alone() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho?<enter>");
    screen.send(Msg::Paste("dd".to_owned()));
    shows(&screen, "pasted text goes into a field");
    screen.keys("ex<esc>");
    screen.send(Msg::Paste("throw".to_owned()));
    shows(&screen, "pasted text goes into a field");
    screen.keys("<enter><esc><down><down><enter>");
    assert!(item(&screen, "d1").deleted_at.is_none());
    screen.keys("cN");
    screen.send(Msg::Paste("x".repeat(300_000)));
    shows(&screen, "100000 characters did not fit");
    screen.keys("<ctrl-s>");
    assert_eq!(item(&screen, "d1").text("note").len(), 200_000);
}

#[test]
fn a_line_that_was_left_comes_back_and_goes_when_it_is_saved() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho pays?");
    assert_eq!(kept(&screen), ["new decision “Who pays?”"]);
    screen.keys("<esc>");
    assert_eq!(kept(&screen), ["new decision “Who pays?”"]);
    screen.keys("a");
    shows(&screen, "up brings back what you typed: “Who pays?”");
    screen.keys("<up> due:fri");
    assert_eq!(kept(&screen), ["new decision “Who pays? due:fri”"]);
    screen.keys("<enter>");
    assert_eq!(item(&screen, "d1").title(), "Who pays?");
    assert_eq!(kept(&screen), [""; 0]);
    // Another line saved leaves the kept one alone.
    screen.keys("aOne?<esc>aTwo?<enter>");
    assert_eq!(kept(&screen), ["new decision “One?”"]);
}

#[test]
fn a_line_whose_operation_failed_is_open_again() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho? by:a9<enter>");
    shows(&screen, "a9");
    screen.keys("<backspace><backspace><backspace><backspace><backspace><enter>");
    assert_eq!(item(&screen, "d1").title(), "Who?");
    assert_eq!(kept(&screen), [""; 0]);
}

#[test]
fn what_is_typed_into_a_form_survives_leaving_it() {
    let mut screen = Screen::empty(80, 30);
    screen.keys("2aWho?<enter>e<ctrl-u>Who pays?<tab>fri<esc>");
    // The safe answer is first; leaving keeps.
    screen.keys("<down><enter>");
    assert_eq!(kept(&screen), ["decision d1 “Who pays?”"]);
    screen.keys("e");
    shows(&screen, "with what you typed before");
    shows(&screen, "Who pays?");
    screen.keys("<ctrl-r>");
    assert!(!screen.text().contains("Who pays?"), "{}", screen.text());
    screen.keys("<ctrl-r><ctrl-s>");
    assert_eq!(item(&screen, "d1").title(), "Who pays?");
    assert_eq!(kept(&screen), [""; 0]);
    screen.keys("eX<esc><down><down><enter>");
    assert_eq!(kept(&screen), [""; 0]);
    screen.keys("AAll new<esc><down><enter>:drafts<enter><enter>");
    shows(&screen, "All new");
    screen.keys("<ctrl-s>");
    assert_eq!(item(&screen, "d2").title(), "All new");
    assert_eq!(kept(&screen), [""; 0]);
}

#[test]
fn what_an_earlier_session_left_is_told_and_taken_up() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("2aWho?<enter>xBecause");
    let left = draft::all(&screen.model);
    screen.keys("<esc>");
    let mut next = Screen::over(screen.workspace, 100, 30);
    next.send(Msg::Unsaved(left));
    shows(&next, "not saved last time: decide d1, rationale “Because” · :drafts takes it up");
    next.keys("2:drafts<enter><enter>");
    shows(&next, "decide d1, rationale Because");
    next.keys(" it is<enter>");
    assert_eq!(item(&next, "d1").text("rationale"), "Because it is");
    assert_eq!(kept(&next), [""; 0]);
    next.keys("2:drafts<enter>");
    shows(&next, "everything typed is saved");
}

#[test]
fn what_only_the_others_changed_is_joined_without_a_question() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("2aWho? stake:low<enter>e<tab>fri");
    meanwhile(&mut screen, "d1", "stake", "high");
    screen.keys("<ctrl-s>");
    let item = item(&screen, "d1");
    assert_eq!(item.text("stake"), "high");
    assert_eq!(item.day("needed_by").unwrap().to_string(), "2026-05-08");
}

#[test]
fn what_both_changed_is_shown_side_by_side_and_chosen() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho? stake:low<enter>e<ctrl-u>Mine?<tab><tab><tab><ctrl-u>medium");
    meanwhile(&mut screen, "d1", "title", "Theirs?");
    meanwhile(&mut screen, "d1", "stake", "high");
    meanwhile(&mut screen, "d1", "forum", "GTM weekly");
    screen.keys("<ctrl-s>");
    insta::assert_snapshot!("conflict-80", screen.picture());
    assert_eq!(item(&screen, "d1").title(), "Theirs?", "nothing is overwritten");
    screen.keys("<enter>");
    shows(&screen, "m keeps yours, t takes theirs");
    // Who goes back is asked again.
    screen.keys("<esc><ctrl-s>");
    shows(&screen, "was changed by somebody else meanwhile");
    screen.keys("mt<enter>");
    let item = item(&screen, "d1");
    assert_eq!(
        (item.title(), item.text("stake"), item.text("forum")),
        ("Mine?", "high", "GTM weekly")
    );
    assert!(screen.model.popups.is_empty(), "{}", screen.text());
}

#[test]
fn a_long_text_and_a_line_do_not_overwrite_either() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2aWho?<enter>cNmine");
    meanwhile(&mut screen, "d1", "note", "theirs");
    screen.keys("<ctrl-s>");
    shows(&screen, "was changed by somebody else meanwhile");
    screen.keys("m<enter>");
    assert_eq!(item(&screen, "d1").text("note"), "mine");
    screen.keys("ck");
    meanwhile(&mut screen, "d1", "stake", "high");
    screen.keys("medium<enter>");
    shows(&screen, "somebody else changed it meanwhile; nothing was changed");
    assert_eq!(item(&screen, "d1").text("stake"), "high");
    screen.keys("cn<ctrl-u>Mine?");
    meanwhile(&mut screen, "d1", "title", "Theirs?");
    screen.keys("<enter>");
    shows(&screen, "“Theirs?” by now");
    assert_eq!(item(&screen, "d1").title(), "Theirs?");
    screen.keys("<enter>");
    assert_eq!(item(&screen, "d1").title(), "Mine?");
}

#[test]
fn the_first_steps_take_twelve_keys_and_are_really_done() {
    let mut screen = Screen::empty(80, 24);
    screen.model.tour = Tour::Offered;
    screen.send(Msg::Changed);
    shows(&screen, "first steps 1/4 · 6 goes to Outcomes");
    insta::assert_snapshot!("tour-80", screen.picture());
    screen.keys("6");
    shows(&screen, "a adds an outcome");
    screen.keys("a");
    shows(&screen, "tab takes an example");
    screen.keys("<tab><enter>");
    shows(&screen, "2/4 · 2 goes to Decisions");
    screen.keys("2a<tab><enter>");
    shows(&screen, "3/4 · + captures anything: an asset waiting for d1");
    screen.keys("+<tab><enter>");
    shows(&screen, "4/4 · u takes the last step back");
    assert_eq!(item(&screen, "a1").links("blocked_by"), [id(&screen, "d1")]);
    screen.keys("u");
    shows(&screen, "That is all it takes");
    assert_eq!(screen.outside, [Effect::TourEnded]);
    assert_eq!(screen.model.tour, Tour::Off);
}

#[test]
fn the_third_of_the_first_steps_wants_an_asset_that_waits() {
    let mut screen = Screen::empty(80, 24);
    screen.model.tour = Tour::Offered;
    screen.send(Msg::Changed);
    screen.keys("6a<tab><enter>2a<tab><enter>");
    screen.keys("3aBattlecard<enter>");
    shows(&screen, "3/4 · + captures anything: an asset waiting for d1");
    let mut other = Screen::empty(80, 24);
    other.model.tour = Tour::Offered;
    other.send(Msg::Changed);
    other.keys("6a<tab><enter>2a<tab><enter>3aBattlecard<enter>bd1<enter>");
    shows(&other, "4/4 · u takes the last step back");
    screen.keys("aDeck by:d1<enter>");
    shows(&screen, "4/4 · u takes the last step back");
}

#[test]
fn the_history_of_a_row_tells_what_a_note_says() {
    let mut screen = Screen::empty(100, 24);
    screen.keys("2aOne?<enter>cNAsk Raj first<ctrl-s>gh");
    shows(&screen, "Ask Raj first”");
    screen.keys("<esc>cN<ctrl-s><esc>");
    let note = "x".repeat(10)
        + "
second";
    let field = Kind::Decision.noun().written();
    let decision = id(&screen, "d1");
    screen.send(Msg::Edited { item: Some(decision), field, text: note.clone() });
    screen.keys("gh");
    shows(&screen, "“Ask Raj first” → “xxxxxxxxxx” + 1 line");
    screen.keys("<esc>");
    screen.send(Msg::Edited { item: Some(decision), field, text: note.replace("second", "third") });
    screen.keys("gh");
    shows(&screen, "“second” → “third”");
}

#[test]
fn the_first_steps_are_skipped_started_again_and_not_offered_to_who_has_something() {
    let mut screen = Screen::empty(80, 24);
    screen.model.tour = Tour::Offered;
    screen.send(Msg::Changed);
    screen.keys("<esc>");
    shows(&screen, "the first steps are skipped");
    assert_eq!(screen.outside.pop(), Some(Effect::TourEnded));
    screen.keys(":tour<enter>");
    shows(&screen, "first steps 1/4");
    let mut used = Screen::demo(80, 24);
    used.model.tour = Tour::Offered;
    used.send(Msg::Changed);
    assert_eq!(used.model.tour, Tour::Off);
}

#[test]
fn no_size_and_no_key_is_too_small_for_what_stands_above() {
    let opens = ["2e", "2e<tab><down>", "2cN", "2cd<down>", "2e<tab><tab><down>", "2ex<esc>"];
    for (width, height) in [(40, 10), (60, 16), (1, 1), (39, 9), (300, 100)] {
        for keys in opens {
            let mut screen = Screen::demo(width, height);
            screen.keys(keys);
            screen.text();
            screen.send(Msg::Resize(40, 10));
            screen.text();
        }
    }
}
