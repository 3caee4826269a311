//! Deciding with keys: the frame in the detail, the option, the reason, and a rule that is
//! overridden.

use prewire::app::rows::Line;
use prewire::domain::item::Ref;
use prewire::domain::kind::Kind;
use prewire::domain::part::PartKind;
use prewire::store::lookup::Lookup;

use crate::screen::Screen;

/// What an item says in a field.
fn said(screen: &Screen, reference: &str, field: &str) -> String {
    let store = screen.workspace.store();
    let id = store.by_ref(Ref::parse(reference).unwrap()).unwrap().unwrap();
    store.item(id).unwrap().unwrap().text(field).to_owned()
}

#[test]
fn the_detail_shows_the_frame_with_its_options_and_who_stands_where() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggjjj");
    insta::assert_snapshot!("frame-120", screen.picture());
}

#[test]
fn deciding_asks_the_option_then_the_reason_and_three_keys_are_enough() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggjjjx");
    insta::assert_snapshot!("options-120", screen.picture());
    screen.keys("2<enter>");
    assert!(screen.text().contains("→ decided"), "{}", screen.text());
    assert_eq!(said(&screen, "d3", "chosen"), "b");
    assert_eq!(said(&screen, "d3", "rationale"), "Lead with control, prove it with speed");
    screen.keys("u");
    assert_eq!(said(&screen, "d3", "chosen"), "");
}

#[test]
fn the_recommended_option_is_preselected_and_the_reason_can_be_another() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggjjjx<enter>Signers ask for it<enter>");
    assert_eq!(said(&screen, "d3", "chosen"), "b");
    assert_eq!(said(&screen, "d3", "rationale"), "Signers ask for it");
    screen.keys("u");
    screen.keys("x1Speed first<enter>");
    assert_eq!(said(&screen, "d3", "chosen"), "a");
}

#[test]
fn without_those_who_count_it_asks_why_all_the_same_and_keeps_the_reason() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggx1<enter>");
    assert!(screen.text().contains("(I3)"), "{}", screen.text());
    assert!(screen.text().contains("decide all the same, because"), "{}", screen.text());
    assert_eq!(said(&screen, "d2", "chosen"), "");
    screen.keys("<enter>");
    assert!(screen.text().contains("one line is missing"), "{}", screen.text());
    screen.keys("The board meets tomorrow<enter>");
    assert_eq!(said(&screen, "d2", "chosen"), "a");
    let store = screen.workspace.store();
    let id = store.by_ref(Ref::parse("d2").unwrap()).unwrap().unwrap();
    let detail = screen.workspace.detail(id).unwrap().unwrap();
    let kept = detail.parts.iter().find(|part| part.kind == PartKind::Override).unwrap();
    assert_eq!(kept.text("reason"), "The board meets tomorrow");
}

#[test]
fn where_nobody_is_known_it_asks_who_sets_the_rule_aside() {
    use prewire::ops::{Clock, Settings, Workspace};
    let clock = Clock::read("2026-05-06").unwrap();
    let mut workspace = Workspace::in_memory(clock, Settings::default()).unwrap();
    workspace.load_demo().unwrap();
    let mut screen = Screen::over(workspace, 120, 40);
    screen.keys("2ggx1<enter>The board meets tomorrow<enter>");
    assert!(screen.text().contains("who decides so, without them"), "{}", screen.text());
    assert_eq!(said(&screen, "d2", "chosen"), "");
    screen.keys("Raj Mehta<enter>");
    assert_eq!(said(&screen, "d2", "chosen"), "a", "{}", screen.text());
    let id = screen.workspace.store().by_ref(Ref::parse("d2").unwrap()).unwrap().unwrap();
    let detail = screen.workspace.detail(id).unwrap().unwrap();
    let kept = detail.parts.iter().find(|part| part.kind == PartKind::Override).unwrap();
    assert_eq!(
        (kept.text("person"), kept.text("reason")),
        ("Raj Mehta", "The board meets tomorrow")
    );
}

#[test]
fn options_are_added_in_one_line_from_the_verbs() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2gg");
    let parts = |screen: &Screen, reference: &str| {
        let store = screen.workspace.store();
        let id = store.by_ref(Ref::parse(reference).unwrap()).unwrap().unwrap();
        screen.workspace.detail(id).unwrap().unwrap().parts
    };
    let count =
        |screen: &Screen, kind| parts(screen, "d2").iter().filter(|part| part.kind == kind).count();
    assert_eq!(count(&screen, PartKind::Option), 2);
    screen.keys(";OStart with both<space>gains:reach<space>cost:20h<enter>");
    assert_eq!(count(&screen, PartKind::Option), 3, "{}", screen.text());
    screen.keys("u");
    assert_eq!(count(&screen, PartKind::Option), 2);
}

/// Changes an item as somebody at the command line would.
fn set(screen: &mut Screen, reference: &str, tokens: &[(&str, &str)]) {
    use prewire::domain::change::Change;
    let calendar = screen.workspace.calendar();
    let id = screen.workspace.store().by_ref(Ref::parse(reference).unwrap()).unwrap().unwrap();
    let item = screen.workspace.store().item(id).unwrap().unwrap();
    let mut changes = Vec::new();
    for (name, text) in tokens {
        let field = item.kind().noun().answering(name).unwrap();
        changes.extend(Change::typed(field, text, &calendar).unwrap());
    }
    screen.workspace.run(&prewire::ops::Op::Edit { items: vec![id], changes }).unwrap();
    screen.send(prewire::app::effect::Msg::Changed);
}

#[test]
fn what_answers_itself_today_stands_first_and_takes_two_keys() {
    let mut screen = Screen::demo(120, 40);
    set(&mut screen, "d3", &[("default_text", "ships option A"), ("default_on", "today")]);
    // Below what was drafted by the rule.
    screen.keys("1ggj");
    assert!(screen.text().contains("default is due"), "{}", screen.text());
    screen.keys("x<enter>");
    assert_eq!(said(&screen, "d3", "chosen"), "a", "{}", screen.text());
    screen.keys("u");
    screen.keys("2/with control<enter>x");
    insta::assert_snapshot!("default-120", screen.picture());
    screen.keys("<enter>");
    assert_eq!(said(&screen, "d3", "chosen"), "a", "{}", screen.text());
    assert_eq!(said(&screen, "d3", "rationale"), "Nobody objected by 6 May 2026: ships option A");
    screen.keys("u");
    assert_eq!(said(&screen, "d3", "chosen"), "");
}

#[test]
fn an_open_objection_holds_the_default_up() {
    let mut screen = Screen::demo(120, 40);
    set(&mut screen, "d3", &[("default_text", "ships option A"), ("default_on", "today")]);
    screen.keys("2/with control<enter>;Aobj<enter>Who pays?<ctrl-s>xd");
    assert!(screen.text().contains("so it does not happen by itself"), "{}", screen.text());
    assert_eq!(said(&screen, "d3", "chosen"), "");
}

#[test]
fn a_review_sets_what_happened_against_what_was_predicted() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2/is:review-due<enter>");
    let reference = screen.model.subject_item().unwrap().reference.to_string();
    screen.keys("x");
    insta::assert_snapshot!("review-120", screen.picture());
    screen.keys("pHalf of them came<enter>");
    assert_eq!(said(&screen, &reference, "worked"), "partly", "{}", screen.text());
    assert_eq!(said(&screen, &reference, "happened"), "Half of them came");
    assert_eq!(said(&screen, &reference, "state"), "reviewed");
    screen.keys("u");
    assert_eq!(said(&screen, &reference, "state"), "decided");
}

#[test]
fn strategic_work_that_slips_is_asked_for_the_reason_in_one_word() {
    let mut screen = Screen::demo(120, 40);
    let count = |screen: &mut Screen| {
        let causes = screen.workspace.decision_figures().unwrap().causes;
        causes.iter().find(|cause| cause.word == "approval").map_or(0, |cause| cause.count)
    };
    let before = count(&mut screen);
    screen.keys("2ggcd30 jun<enter>");
    assert!(screen.text().contains("in one word, why"), "{}", screen.text());
    screen.keys("two words<enter>");
    assert!(screen.text().contains("is not one word"), "{}", screen.text());
    screen.keys("<ctrl-u>approval<enter>");
    let id = screen.model.subject().unwrap();
    let detail = screen.workspace.detail(id).unwrap().unwrap();
    let kept = detail.parts.iter().find(|part| part.kind == PartKind::Blocker).unwrap().clone();
    assert_eq!(kept.text("cause"), "approval");
    assert!(kept.day("moved_from").unwrap() < kept.day("moved_to").unwrap());
    assert_eq!(count(&mut screen), before + 1);
    // The word and the change that it tells of are one step, both ways.
    screen.keys("u");
    assert_eq!(count(&mut screen), before, "{}", screen.text());
    let due =
        |screen: &Screen| screen.workspace.detail(id).unwrap().unwrap().row.item.day("needed_by");
    let moved = kept.day("moved_to");
    assert_eq!(due(&screen), kept.day("moved_from"), "{}", screen.text());
    screen.keys("U");
    assert_eq!((count(&mut screen), due(&screen)), (before + 1, moved), "{}", screen.text());
    screen.keys("uU");
    assert_eq!((count(&mut screen), due(&screen)), (before + 1, moved), "{}", screen.text());
    // Moved forward, or left unsaid, nothing is asked or kept.
    screen.keys("cdtomorrow<enter>");
    assert!(!screen.text().contains("in one word"), "{}", screen.text());
    screen.keys("cd30 jun<enter><esc>");
    assert_eq!(count(&mut screen), before + 1);
}

#[test]
fn why_tells_the_figures_with_formula_inputs_and_n() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2ggi");
    insta::assert_snapshot!("why-120", screen.picture());
    screen.keys("<esc>gi");
    insta::assert_snapshot!("figures-120", screen.picture());
}

#[test]
fn exceptions_are_one_chord_away_and_the_same_as_those_of_the_rules() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("gx");
    let shown = screen.model.list().total;
    let all = screen.workspace.exceptions_first("").unwrap();
    let by_rule = all.iter().filter(|(_, why)| !why.is_empty()).count();
    assert_eq!(shown, by_rule, "{}", screen.text());
    assert!(shown > 0);
    screen.keys("<esc>f");
    assert!(screen.text().contains("Reviews due"), "{}", screen.text());
    screen.keys("not pre<enter>");
    assert!(screen.text().contains("is:unwired"), "{}", screen.text());
}

#[test]
fn a_decision_is_copied_as_an_announcement_and_an_open_one_as_its_frame() {
    use prewire::app::effect::Effect;
    let mut screen = Screen::demo(120, 40);
    let copied = |screen: &Screen| match screen.outside.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    screen.keys("2/with control<enter>ym");
    assert!(copied(&screen).contains("## The question"), "{}", copied(&screen));
    screen.keys("x2<enter>.ym");
    insta::assert_snapshot!("announcement", copied(&screen));
    screen.keys("ypbuy");
    screen.keys("<enter>");
    assert!(copied(&screen).contains("Do we lead with speed"), "{}", copied(&screen));
}

#[test]
fn a_template_is_attached_by_keys() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2gg;Mprd<enter>");
    let id = screen.model.subject().unwrap();
    let detail = screen.workspace.detail(id).unwrap().unwrap();
    let sections = detail.parts.iter().filter(|part| part.kind == PartKind::Section).count();
    assert_eq!(sections, 4, "{}", screen.text());
}

#[test]
fn a_chain_of_decisions_stands_in_the_detail() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("2/with control<enter>x2<enter>.;SSpeed after all?<enter>zG");
    assert!(screen.text().contains("In its place"), "{}", screen.text());
    assert!(screen.text().contains("Speed after all?"), "{}", screen.text());
}

#[test]
fn pages_are_written_or_copied_by_keys() {
    use prewire::app::effect::Effect;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut screen = Screen::demo(120, 40);
    screen.keys("2Wp");
    insta::assert_snapshot!("pack-120", screen.picture());
    screen.keys("p<ctrl-u>");
    screen.keys(&format!("{}<enter>", path("pack.html").display()));
    assert!(screen.text().contains("wrote "), "{}", screen.text());
    assert!(screen.model.popups.is_empty());
    let html = std::fs::read_to_string(path("pack.html")).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("Decisions to take"));
    // What is there already is kept, and the line stays for another name.
    screen.keys("Wpp<ctrl-u>");
    screen.keys(&format!("{}<enter>", path("pack.html").display()));
    assert!(screen.text().contains("exists already"), "{}", screen.text());
    assert!(!screen.model.popups.is_empty());
    screen.keys("<esc>");
    // The row as a page for one function, and how the decisions go, copied.
    screen.keys("2/which tier<enter>Wdsy");
    let copied = |screen: &Screen| match screen.outside.last() {
        Some(Effect::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert!(copied(&screen).contains("## For sales"), "{}", copied(&screen));
    screen.keys("Wry");
    assert!(copied(&screen).starts_with("# Decisions"), "{}", copied(&screen));
    screen.keys("Wty");
    assert!(copied(&screen).starts_with("# "), "{}", copied(&screen));
    screen.keys("3Wd");
    assert!(screen.text().contains("a page is written of a decision"), "{}", screen.text());
}

#[test]
fn what_is_asked_of_a_marked_row_is_asked_about_that_row() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2<space>jj;");
    let text = screen.text();
    assert!(text.contains("Verbs of d2"), "{text}");
    screen.keys("<esc>x");
    let text = screen.text();
    assert!(text.contains("Decide d2"), "{text}");
}

#[test]
fn a_marked_card_is_what_the_verbs_of_a_board_are_about() {
    let mut screen = Screen::demo(120, 30);
    screen.keys("2V<space>jj;");
    let text = screen.text();
    assert!(text.contains("Verbs of d2") && text.contains("1 marked"), "{text}");
    // The cursor has gone to the card, so that whatever is asked is about it.
    screen.keys("w+5d<enter>");
    let text = screen.text();
    assert!(text.contains("d2 “") && text.contains("→ deferred"), "{text}");
}

#[test]
fn what_several_marked_rows_do_not_share_is_not_offered_and_a_refusal_keeps_the_marks() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("3<space>jjjjjjjj<space>");
    let marked = screen.model.list().marks.clone();
    assert_eq!(marked.len(), 2);
    screen.keys("x");
    assert!(screen.text().contains("of several kinds"), "{}", screen.text());
    screen.keys(";");
    let text = screen.text();
    assert!(text.contains("Verbs of 2 marked"), "{text}");
    assert!(!text.contains("self-serve") && !text.contains("edit reply"), "{text}");
    screen.keys("<esc>");
    assert_eq!(screen.model.list().marks, marked);
    // What fails for one of them is done to none, and they are still marked.
    screen.keys("<esc>2V<space>l<space>L");
    assert!(screen.text().contains("several columns"), "{}", screen.text());
    assert_eq!(screen.model.list().marks.len(), 2);
}

#[test]
fn marked_blocks_move_together_each_by_a_day() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("4");
    let store = screen.workspace.store();
    let mut blocks: Vec<_> = screen.model.list().lines.iter().filter_map(Line::item).collect();
    blocks.retain(|item| item.kind() == Kind::Block);
    let ids = [blocks[0].id, blocks[1].id];
    let on = |screen: &Screen| {
        ids.map(|id| screen.workspace.store().item(id).unwrap().unwrap().day("on"))
    };
    let head = store.head().unwrap();
    let before = on(&screen);
    screen.model.list_mut().marks.extend(ids);
    screen.keys("L");
    let after = on(&screen);
    assert!(
        before.iter().zip(&after).all(|(before, after)| before < after),
        "{before:?} {after:?}"
    );
    screen.keys("u");
    assert_eq!(on(&screen), before);
    assert_ne!(screen.workspace.store().head().unwrap(), head);
}
