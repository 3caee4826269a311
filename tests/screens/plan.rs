//! The plan by keystrokes: a template chosen with its preview, phases side by side, ticking and
//! moving, and the day of the plan on every screen.

use chrono::NaiveDate;

use crate::screen::Screen;

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

fn started() -> Screen {
    let mut screen = Screen::empty(120, 40);
    screen.keys("5a<enter>2026-05-04<enter>");
    screen
}

#[test]
fn the_plan_of_the_demo_looks_as_it_should() {
    for (name, width, height, keys) in [
        ("plan-120", 120, 40, "5"),
        ("plan-80", 80, 24, "5"),
        ("plan-60", 60, 16, "5"),
        ("plan-200", 200, 50, "5"),
        ("plan-gate-80", 80, 24, "5kk"),
    ] {
        let mut screen = Screen::demo(width, height);
        screen.keys(keys);
        insta::assert_snapshot!(name, screen.picture());
    }
}

#[test]
fn today_on_the_largest_screen_and_overfull() {
    let mut screen = Screen::demo(200, 50);
    insta::assert_snapshot!("today-200", screen.text());
    for number in 0..60 {
        screen.keys(&format!("+f Draft {number} kind:launch-risk<enter>"));
        screen.keys(&format!(
            "+s Milestone number {number} of very many due:-{}d<enter>",
            number % 9
        ));
    }
    insta::assert_snapshot!("today-overfull-200", screen.text());
}

#[test]
fn a_template_is_chosen_with_its_preview() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("5");
    assert!(screen.text().contains("Rp starts one from a template"), "{}", screen.text());
    screen.keys("a<down>");
    insta::assert_snapshot!("plan-picker-80", screen.text());
    screen.keys("<esc>Rp<up><enter>");
    assert!(screen.text().contains("start 90-day plan on"), "{}", screen.text());
    screen.keys("nonsense<enter>");
    assert!(screen.model.plan.is_none());
    screen.keys("<ctrl-u>mon<enter>");
    let plan = screen.model.plan.as_ref().unwrap();
    assert_eq!(plan.view.plan.start, "2026-05-11".parse::<NaiveDate>().unwrap());
    assert_eq!(plan.view.stones.len(), 14);
}

#[test]
fn the_day_of_the_plan_stands_on_every_screen_and_in_the_grammar() {
    let mut screen = started();
    for key in ["1", "2", "3", "4", "5", "6", "gf"] {
        screen.keys(key);
        assert!(screen.text().contains("day 3/90"), "{key}: {}", screen.text());
    }
    screen.keys("3aDeck due:day45<enter>");
    let deck = screen.model.subject_item().unwrap();
    assert_eq!(deck.day("due"), Some(day("2026-06-17")));
    screen.keys("/due:day45<enter>");
    assert_eq!(screen.model.list().total, 1);
}

#[test]
fn milestones_are_ticked_and_moved_by_keys_and_undo_brings_them_back() {
    let mut screen = started();
    let due = |screen: &Screen| screen.model.subject_item().unwrap().day("due");
    screen.keys("gg");
    assert_eq!(due(&screen), Some(day("2026-05-10")));
    screen.keys("L");
    assert_eq!(due(&screen), Some(day("2026-06-09")), "as many days into the next phase");
    assert!(screen.text().contains("moved to Decision artefacts"), "{}", screen.text());
    screen.keys("H");
    assert_eq!(due(&screen), Some(day("2026-05-10")));
    screen.keys("uu");
    assert_eq!(due(&screen), Some(day("2026-05-10")));
    let titles = |screen: &Screen| -> Vec<String> {
        let view = &screen.model.plan.as_ref().unwrap().view;
        view.in_phase(0).take(2).map(|stone| stone.milestone.key.clone()).collect()
    };
    screen.keys("J");
    assert_eq!(titles(&screen), ["s2", "s1"]);
    screen.keys("K");
    assert_eq!(titles(&screen), ["s1", "s2"]);
    screen.keys("l");
    assert_eq!(screen.model.subject_item().unwrap().reference.to_string(), "s6");
    screen.keys("hjjj");
    assert_eq!(screen.model.subject_item().unwrap().reference.to_string(), "s4");
    // What only a person can say is ticked at once.
    screen.keys("x");
    assert_eq!(screen.model.subject_item().unwrap().state().slug, "done");
    assert!(screen.text().contains("1 of 8"), "{}", screen.text());
    screen.keys("u");
    assert_eq!(screen.model.subject_item().unwrap().state().slug, "open");
}

#[test]
fn what_does_not_hold_asks_why_all_the_same() {
    let mut screen = started();
    screen.keys("ggjjjj");
    let reference = screen.model.subject_item().unwrap().reference.to_string();
    assert_eq!(reference, "s5");
    screen.keys("x");
    let text = screen.text();
    assert!(text.contains("0 of 3 outcomes agreed"), "{text}");
    assert!(text.contains("done all the same, because"), "{text}");
    screen.keys("Two are enough<enter>");
    let item = screen.model.subject_item().unwrap();
    assert_eq!(item.state().slug, "done");
    assert!(item.text("proof").contains("all the same"), "{}", item.text("proof"));
}

#[test]
fn an_outcome_and_an_artefact_tick_what_they_make_true() {
    let mut screen = started();
    for name in ["One", "Two", "Three"] {
        screen.keys(&format!("6a{name} metric:Rate target:30 due:eoq<enter>"));
    }
    // Outcomes with a target whose metric nobody agreed on are not agreed.
    screen.keys("5");
    let view = &screen.model.plan.as_ref().unwrap().view;
    assert_eq!(view.plan.figures(view.today).progress.part, 0);
    screen.keys("+m Rate state:agreed<enter>5");
    let view = &screen.model.plan.as_ref().unwrap().view;
    assert_eq!(view.stones[0].milestone.key, "s5", "what is done stands first");
    assert_eq!(view.plan.figures(view.today).progress.part, 3);
    screen.keys("u5");
    assert_eq!(
        screen
            .model
            .plan
            .as_ref()
            .unwrap()
            .view
            .plan
            .figures("2026-05-06".parse().unwrap())
            .progress
            .part,
        0
    );
}

#[test]
fn an_artefact_is_written_and_shipped_from_its_list() {
    let mut screen = Screen::empty(100, 30);
    screen.keys("gfaFear, not features kind:narrative-update<enter>");
    screen.keys("x");
    assert!(screen.text().contains("expected impact"), "{}", screen.text());
    screen.keys("cN");
    assert!(screen.text().contains("To this line"), "{}", screen.text());
    screen.keys("<esc>");
    screen.keys("e");
    assert!(screen.text().contains("expected impa"), "{}", screen.text());
}

#[test]
fn an_empty_plan_screen_teaches_and_two_plans_turn() {
    let mut screen = started();
    screen.keys("Rp<down><enter>2026-05-04<enter>");
    assert!(screen.text().contains("2 plans run"), "{}", screen.text());
    screen.keys("}");
    assert!(screen.text().contains("p2"), "{}", screen.text());
    screen.keys("{");
    assert!(screen.text().contains("p1"), "{}", screen.text());
    assert!(screen.text().contains("day 3/90"), "{}", screen.text());
}

#[test]
fn i_tells_what_is_behind_the_figures_of_the_plan() {
    let mut screen = Screen::demo(120, 40);
    screen.keys("5i");
    let text = screen.text();
    for told in ["Progress 30.4 % = weight done 7 of 23", "Slippage = expected", "mean slip"] {
        assert!(text.contains(told), "{told}: {text}");
    }
}
