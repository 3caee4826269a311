//! What an item consists of, by keys: the frame in a form, who is spoken to, and every part chosen in
//! the detail, changed, ended, moved and taken away.

use prewire::app::effect::Msg;
use prewire::domain::change::Change;
use prewire::domain::item::{ItemId, Ref};
use prewire::domain::part::{Part, PartKind, of_kind};
use prewire::ops::{Op, PartStep};
use prewire::store::lookup::Lookup;

use crate::screen::Screen;

fn id(screen: &Screen, reference: &str) -> ItemId {
    let reference = Ref::parse(reference).unwrap();
    screen.workspace.store().by_ref(reference).unwrap().unwrap()
}

fn parts(screen: &Screen, reference: &str, kind: PartKind) -> Vec<Part> {
    let all = screen.workspace.detail(id(screen, reference)).unwrap().unwrap().parts;
    of_kind(&all, kind).cloned().collect()
}

fn said(screen: &Screen, reference: &str, field: &str) -> String {
    let item = screen.workspace.store().item(id(screen, reference)).unwrap().unwrap();
    item.text(field).to_owned()
}

/// What somebody else does to d2 meanwhile.
fn meanwhile(screen: &mut Screen, kind: PartKind, key: &str, field: &str, text: &str) {
    let calendar = screen.workspace.calendar();
    let changes = Change::typed(kind.noun().field(field), text, &calendar).unwrap();
    let step = PartStep::Edit { kind, key: key.to_owned(), changes };
    let owner = id(screen, "d2");
    screen.workspace.run(&Op::Parts { owner, steps: vec![step] }).unwrap();
}

/// A new question, framed by keys alone.
fn framed(width: u16, height: u16) -> Screen {
    let mut screen = Screen::empty(width, height);
    screen.keys("2aSpeed or control? stake:medium<enter>");
    screen.keys(";fTwo rivals lead with speed<enter>Half the pipeline waits<enter>");
    screen.keys("Lead with speed<tab>reach<tab>depth<tab>20h<tab>4k EUR<tab>copied soon<tab>");
    screen.keys("Lead with control<tab>trust<tab>reach<tab><pgdn>");
    screen.keys("<pgdn>b<tab>Control, by Friday<tab>Late<tab>Cycle under 90 days<tab><tab>");
    screen.keys("+30d<tab>70<tab>ships option B<tab>fri<pgdn>The roadmap follows<ctrl-s>");
    screen
}

#[test]
fn the_frame_is_filled_in_by_keys_and_is_one_step() {
    let mut screen = framed(80, 24);
    assert_eq!(said(&screen, "d1", "state"), "framed", "{}", screen.text());
    assert_eq!(said(&screen, "d1", "recommendation"), "b");
    assert_eq!(said(&screen, "d1", "default_text"), "ships option B");
    let options = parts(&screen, "d1", PartKind::Option);
    let told: Vec<&str> = options.iter().map(|part| part.text("gives_up")).collect();
    assert_eq!(told, ["depth", "reach"]);
    assert_eq!(options[0].get("cost"), &prewire::domain::value::Value::Whole(1200));
    let framings = parts(&screen, "d1", PartKind::Framing);
    assert_eq!(framings[0].text("function"), "product");
    screen.keys("u");
    assert_eq!(said(&screen, "d1", "state"), "raised");
    assert!(parts(&screen, "d1", PartKind::Option).is_empty());
    screen.keys("U");
    assert_eq!(said(&screen, "d1", "state"), "framed");
}

#[test]
fn the_frame_form_at_each_width() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2gg;f");
    insta::assert_snapshot!("frame-form-80", screen.picture());
    screen.keys("<pgdn><pgdn><pgdn><pgdn>");
    insta::assert_snapshot!("frame-form-80-below", screen.picture());
    let mut screen = Screen::demo(120, 40);
    screen.keys("2gg;f");
    insta::assert_snapshot!("frame-form-120", screen.picture());
}

#[test]
fn an_option_is_emptied_away_and_a_third_gets_its_letter() {
    let mut screen = framed(80, 24);
    screen.keys(";f<pgdn><pgdn><pgdn>Both<tab>all<tab>focus<ctrl-s>");
    let keys = |screen: &Screen| -> Vec<i64> {
        parts(screen, "d1", PartKind::Option).iter().map(|part| part.position).collect()
    };
    assert_eq!(keys(&screen), [1, 2, 3], "{}", screen.text());
    screen.keys(";f<pgdn><ctrl-u><ctrl-s>");
    assert!(screen.text().contains("an option needs it"), "{}", screen.text());
    screen.keys("<tab><ctrl-u><tab><ctrl-u><tab><ctrl-u><tab><ctrl-u><tab><ctrl-u><ctrl-s>");
    assert_eq!(keys(&screen), [2, 3], "{}", screen.text());
    assert_eq!(said(&screen, "d1", "recommendation"), "b");
}

#[test]
fn an_option_that_is_not_there_is_not_recommended() {
    let mut screen = framed(80, 24);
    screen.keys(";f<pgdn><pgdn><pgdn><pgdn><ctrl-u>c<ctrl-s>");
    assert!(screen.text().contains("no option c"), "{}", screen.text());
    assert_eq!(said(&screen, "d1", "recommendation"), "b");
}

#[test]
fn a_new_question_goes_on_to_its_frame() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2ASpeed or control?<ctrl-f>");
    assert!(screen.text().contains("frame of d1"), "{}", screen.text());
    screen.keys("Rivals move<ctrl-s>");
    assert_eq!(said(&screen, "d1", "happening"), "Rivals move");
    screen.keys("e<ctrl-f>");
    assert!(screen.text().contains("frame of d1"), "{}", screen.text());
}

#[test]
fn what_is_typed_into_a_frame_is_kept_and_comes_back() {
    let mut screen = framed(80, 24);
    screen.keys(";f<pgdn><pgdn><end>, and proof<esc><down><enter>");
    assert_eq!(screen.model.unsaved.len(), 1, "{:?}", screen.model.unsaved);
    screen.keys(";f");
    assert!(screen.text().contains("Lead with control, and proof"), "{}", screen.text());
    screen.keys("<ctrl-s>");
    let options = parts(&screen, "d1", PartKind::Option);
    assert_eq!(options[1].main(), "Lead with control, and proof");
    assert!(screen.model.unsaved.is_empty());
}

#[test]
fn pasted_text_goes_into_the_field_and_nowhere_else() {
    let mut screen = framed(80, 24);
    screen.keys(";f<pgdn><ctrl-u>");
    screen.send(Msg::Paste("Speed, dd xx".to_owned()));
    screen.keys("<ctrl-s>");
    assert_eq!(parts(&screen, "d1", PartKind::Option)[0].main(), "Speed, dd xx");
}

#[test]
fn what_both_changed_in_a_frame_is_asked_and_the_rest_joined() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2gg;f<pgdn><end>, mine<tab>");
    meanwhile(&mut screen, PartKind::Option, "a", "text", "Theirs alone");
    meanwhile(&mut screen, PartKind::Option, "b", "risk", "theirs too");
    screen.keys("<ctrl-s>");
    assert!(screen.text().contains("option of option a"), "{}", screen.text());
    screen.keys("m<enter>");
    let options = parts(&screen, "d2", PartKind::Option);
    assert!(options[0].main().ends_with(", mine"), "{}", screen.text());
    assert_eq!(options[1].text("risk"), "theirs too");
}

#[test]
fn a_prewire_tells_first_what_is_owed_and_where_they_stood() {
    let mut screen = Screen::demo(80, 24);
    screen.keys("2ggp");
    assert!(screen.text().contains("new pre-wire of d2"));
    screen.keys("Dana<tab><tab>");
    insta::assert_snapshot!("prewire-form-80", screen.picture());
    screen.keys("<tab>today<tab>call<tab>conditions<tab>if sales agrees<tab>Who pays?<ctrl-s>");
    let all = parts(&screen, "d2", PartKind::Prewire);
    let dana = all.iter().find(|part| part.text("notes") == "if sales agrees").unwrap();
    assert_eq!((dana.text("stance"), dana.text("channel")), ("conditions", "call"));
    assert!(dana.day("held_on").is_some() && dana.day("planned_on").is_none());
    let objections = parts(&screen, "d2", PartKind::Objection);
    let raised = objections.iter().find(|part| part.main() == "Who pays?").unwrap();
    assert_eq!(raised.link("person"), dana.link("person"));
    assert_eq!(raised.text("status"), "open");
    screen.keys("u");
    assert_eq!(parts(&screen, "d2", PartKind::Prewire).len(), all.len() - 1);
}

#[test]
fn whoever_was_asked_already_is_changed_and_somebody_new_is_made() {
    let mut screen = Screen::demo(80, 24);
    let before = parts(&screen, "d2", PartKind::Prewire).len();
    screen.keys("2ggpRaj Mehta<tab>");
    assert!(screen.text().contains("pre-wire Raj Mehta of d2"), "{}", screen.text());
    screen.keys("<esc>pNobody Known<tab>");
    assert!(screen.text().contains("new here"), "{}", screen.text());
    screen.keys("tomorrow<ctrl-s>");
    assert_eq!(parts(&screen, "d2", PartKind::Prewire).len(), before + 1, "{}", screen.text());
}

#[test]
fn parts_are_chosen_in_the_detail_and_changed_there() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2gg<tab>");
    insta::assert_snapshot!("parts-120", screen.picture());
    screen.keys("e<tab><end>, or more<ctrl-s>");
    let options = parts(&screen, "d2", PartKind::Option);
    assert!(options[0].text("gains").ends_with(", or more"), "{}", screen.text());
    screen.keys("jx");
    assert_eq!(said(&screen, "d2", "recommendation"), "b");
    // What they say changes places, and what is recommended stays so.
    screen.keys("K");
    let moved = parts(&screen, "d2", PartKind::Option);
    assert_eq!(moved[0].main(), options[1].main());
    assert_eq!(said(&screen, "d2", "recommendation"), "a");
    screen.keys("K");
    assert!(screen.text().contains("is the first"), "{}", screen.text());
    screen.keys("d");
    assert_eq!(parts(&screen, "d2", PartKind::Option).len(), 1);
    screen.keys("uuuu");
    assert_eq!(parts(&screen, "d2", PartKind::Option)[0].text("gains"), "57 days per deal");
    assert_eq!(said(&screen, "d2", "recommendation"), "a");
}

#[test]
fn an_objection_is_resolved_and_a_pushback_gets_its_outcome_by_one_letter() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2gg;Aobj<enter>Who pays?<ctrl-s>;Apush<enter>It will not land<ctrl-s>");
    screen.keys("<tab>");
    let choose = |screen: &mut Screen, kind: PartKind| {
        for _ in 0..30 {
            if screen.model.chosen_part().is_some_and(|part| part.kind == kind) {
                return;
            }
            screen.keys("j");
        }
    };
    choose(&mut screen, PartKind::Objection);
    screen.keys("xSales does<ctrl-s>");
    let raised = parts(&screen, "d2", PartKind::Objection);
    let done = raised.iter().find(|part| part.main() == "Who pays?").unwrap();
    assert_eq!((done.text("status"), done.text("answer")), ("resolved", "Sales does"));
    choose(&mut screen, PartKind::Pushback);
    screen.keys("xstood<ctrl-s>");
    assert_eq!(parts(&screen, "d2", PartKind::Pushback)[0].text("result"), "stood");
    choose(&mut screen, PartKind::Pushback);
    screen.keys("d");
    assert!(parts(&screen, "d2", PartKind::Pushback).is_empty());
    screen.keys("u");
    assert_eq!(parts(&screen, "d2", PartKind::Pushback).len(), 1);
}

#[test]
fn what_a_decision_stands_on_is_frozen_in_the_detail_too() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggjjjx2<enter>./with control<enter>z<tab>");
    assert!(screen.model.chosen_part().is_some(), "{}", screen.text());
    screen.keys("d");
    assert!(screen.text().contains("(I4)"), "{}", screen.text());
    assert_eq!(parts(&screen, "d3", PartKind::Option).len(), 2);
    screen.keys("<esc>p");
    assert!(screen.text().contains("(I4)"), "{}", screen.text());
}

#[test]
fn an_asset_has_parts_by_the_same_keys() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("3ggjjjjjjjjj;A<enter>approval<ctrl-s>");
    let row = screen.model.subject_item().unwrap().reference.to_string();
    assert_eq!(parts(&screen, &row, PartKind::Blocker)[0].main(), "approval", "{}", screen.text());
    screen.keys("<tab>e<ctrl-u>evidence<ctrl-s>");
    assert_eq!(parts(&screen, &row, PartKind::Blocker)[0].main(), "evidence");
}
