//! Standup and check-in by keystrokes: cards, bands and lines; undo, leaving and going on.

use prewire::app::effect::Msg;
use prewire::domain::kind::Kind;

use crate::screen::Screen;
use crate::{says, states};

/// Three late decisions and one that is well.
fn standup() -> Screen {
    let mut screen = Screen::empty(100, 30);
    screen.keys("2aOne? due:2026-05-01 @maya<enter>aTwo? due:2026-05-02 @jon<enter>");
    screen.keys("aThree? due:2026-05-03<enter>aWell? due:2026-06-20<enter>Rs");
    screen
}

fn time() -> Screen {
    let mut screen = Screen::empty(100, 30);
    screen.keys("+t Acme renewal on:2026-05-05 at:09:30 est:40m<enter>");
    screen.keys("+t Zebra on:2026-05-05 at:11:00 est:1h<enter>");
    screen.keys("+k Segment memo on:2026-05-05 at:14:00 est:90m band:s<enter>");
    screen
}

#[test]
fn a_standup_is_three_cards_a_table_and_minutes() {
    let mut screen = standup();
    insta::assert_snapshot!("standup-100", screen.picture());
    screen.keys("xIt is cheap<enter>");
    says(&screen, "2 of 3");
    screen.keys("<enter>");
    says(&screen, "3 of 3");
    screen.keys("XNot now<enter>");
    insta::assert_snapshot!("standup-rest-100", screen.picture());
    screen.keys("<enter>");
    insta::assert_snapshot!("standup-minutes-100", screen.picture());
    screen.keys("y");
    assert_eq!(screen.outside.len(), 1);
    screen.keys("<enter>");
    assert!(screen.model.popups.is_empty());
    says(&screen, "standup done");
    let states: Vec<String> =
        states(&screen, Kind::Decision).into_iter().map(|(_, state)| state).collect();
    assert_eq!(states.iter().filter(|state| *state == "decided").count(), 1, "{states:?}");
    assert_eq!(states.iter().filter(|state| *state == "dropped").count(), 1, "{states:?}");
}

#[test]
fn the_minutes_of_long_questions_are_read_to_their_end() {
    let long = "Which of the two rollout services do we name on the page that procurement reads?";
    let mut screen = Screen::empty(60, 24);
    for (at, who) in ["maya", "jon", "lee", "raj"].into_iter().enumerate() {
        screen.keys(&format!("2a{long} {at} due:2026-05-01 @{who}<enter>"));
    }
    screen.keys("Rs<enter><enter><enter>Xnobody asks for it any more<enter>");
    says(&screen, "done");
    assert!(screen.picture().contains(" more"), "{}", screen.picture());
    assert!(!screen.picture().contains("3 Raj"), "{}", screen.picture());
    screen.keys("G");
    says(&screen, "any more)");
    assert!(!screen.picture().contains("1 more"), "{}", screen.picture());
}

#[test]
fn undo_brings_the_card_back_and_esc_leaves_a_run_that_goes_on() {
    let mut screen = standup();
    screen.keys("u");
    says(&screen, "nothing was said yet");
    screen.keys("d");
    says(&screen, "d does nothing here");
    screen.keys("<enter>w+3d<enter>");
    says(&screen, "3 of 3");
    screen.keys("u");
    says(&screen, "2 of 3");
    screen.keys("u");
    says(&screen, "1 of 3");
    screen.keys("U");
    says(&screen, "2 of 3");
    screen.keys("+a Talk track<enter>");
    says(&screen, "added a1");
    says(&screen, "2 of 3");
    screen.keys("?");
    says(&screen, "Verbs of d2");
    screen.keys("<esc>3");
    says(&screen, "Assets waits until the ritual is left; esc leaves it");
    screen.keys("<esc>");
    says(&screen, "standup left at 1 of 3; Rs goes on");
    screen.keys("1");
    says(&screen, "Standup, Wed 6 May 2026 was left · Rs");
    screen.keys("Rs");
    says(&screen, "2 of 3");
    says(&screen, "goes on where it was left");
}

#[test]
fn keys_that_come_before_the_answer_wait_for_it() {
    let mut screen = standup();
    screen.keys("<enter><enter><enter><enter>");
    says(&screen, "3 kept as they are.");
    says(&screen, "1 acknowledged");
}

#[test]
fn a_check_in_accepts_all_guesses_and_takes_a_line() {
    let mut screen = time();
    screen.keys("1");
    says(&screen, "Check-in not done · 1 h 40 without a band · Rc");
    screen.keys("Rc");
    insta::assert_snapshot!("checkin-100", screen.picture());
    screen.keys("?");
    says(&screen, "accepts every guess");
    screen.keys("<esc><enter>");
    says(&screen, "2 rows: S 1 h 30, R 40 m");
    screen.keys("e");
    says(&screen, "is guessed execution from now on");
    insta::assert_snapshot!("checkin-line-100", screen.picture());
    screen.keys("Raj agreed<enter>");
    says(&screen, "Raj agreed");
    screen.keys("<enter>");
    insta::assert_snapshot!("checkin-done-100", screen.picture());
    screen.keys("<enter>");
    says(&screen, "check-in done");
    assert!(!screen.picture().contains("Check-in not done"), "{}", screen.picture());
}

#[test]
fn each_answer_of_a_check_in_is_taken_back_by_itself() {
    let mut screen = time();
    screen.keys("Rcrr");
    assert!(!screen.text().contains("? no guess"));
    screen.keys("u");
    says(&screen, "? no guess");
    says(&screen, "undid");
    screen.keys("jX");
    says(&screen, "dropped");
    screen.keys("<tab>");
    says(&screen, "What moved a decision");
    screen.keys("<esc><esc>");
    says(&screen, "check-in left; Rc goes on");
}

#[test]
fn at_every_size_a_card_and_rows_are_whole() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let mut screen = Screen::empty(width, height);
        screen.keys("2aWhich of the two tiers carries the launch of Atlas in the autumn? due:2026-05-01 @maya<enter>");
        screen.keys("+t Acme renewal on:2026-05-05 at:09:30 est:40m<enter>Rs");
        insta::assert_snapshot!(format!("standup-{width}"), screen.picture());
        screen.keys("<esc>Rc");
        insta::assert_snapshot!(format!("checkin-{width}"), screen.picture());
    }
}

#[test]
fn with_nothing_open_there_is_nothing_to_stand_up_for() {
    let mut screen = Screen::empty(80, 24);
    screen.keys("2Rs");
    says(&screen, "there is nothing to say in a standup now");
}

#[test]
fn rules_of_bands_are_seen_and_changed() {
    let mut screen = time();
    screen.keys("Rcje<esc>:rules of bands<enter>");
    says(&screen, "Your own");
    says(&screen, "title “zebra”");
    screen.keys("<enter>");
    says(&screen, "title “zebra” is guessed");
    screen.keys("<down><down><down><enter>");
    says(&screen, "rule title “zebra”");
    screen.keys(":rules of bands<enter><enter>no rule<enter>");
    says(&screen, "no rule for title “zebra”");
    screen.keys("u");
    says(&screen, "undid: no rule for title “zebra”");
}

/// An outcome, two decisions that are due and a block, on a Wednesday.
fn week() -> Screen {
    let mut screen = Screen::empty(100, 30);
    screen.keys("+o Win rate in the mid-market<enter>+o Activation by day 10<enter>");
    screen
        .keys("+d Which tier? due:fri approver:Raj stake:high<enter>+d Who first? due:thu<enter>");
    screen.keys("+k Segment memo on:2026-05-07 at:09:00 est:90m band:s<enter>");
    screen
}

#[test]
fn a_monday_is_gone_through_with_single_keys() {
    let mut screen = week();
    screen.keys("Rm");
    insta::assert_snapshot!("monday-100", screen.picture());
    screen.keys("j<enter>");
    says(&screen, "Segment shifts");
    says(&screen, "Calls and interviews last week: 0 of 3, gap 3");
    // An empty step takes the same keys as any other.
    screen.keys("<enter>aRivo cut its prices<enter>");
    says(&screen, "Rivo cut its prices");
    screen.keys("<enter><enter>");
    says(&screen, "Decisions this week");
    screen.keys("<space><space><space>");
    insta::assert_snapshot!("monday-decisions-100", screen.picture());
    screen.keys("<enter>");
    says(&screen, "Segment memo");
    screen.keys("jL");
    says(&screen, "Fri 09:00");
    screen.keys("r");
    insta::assert_snapshot!("monday-week-100", screen.picture());
    screen.keys("u");
    says(&screen, "undid");
    screen.keys("<enter>Why tier two wins<enter><enter>");
    insta::assert_snapshot!("monday-plan-100", screen.picture());
    screen.keys("y");
    assert_eq!(screen.outside.len(), 1);
    screen.keys("<enter>");
    says(&screen, "Monday review done");
    assert_eq!(states(&screen, Kind::Artefact).len(), 1);
}

#[test]
fn the_band_of_a_block_is_changed_on_monday_as_everywhere() {
    let mut screen = week();
    screen.keys("Rm");
    says(&screen, "takes it, goes on");
    screen.keys("<enter><enter><enter><enter><enter>");
    says(&screen, "Segment memo");
    screen.keys("cb");
    says(&screen, "band of k1");
    screen.keys("r");
    says(&screen, "band → reactive");
    screen.keys("u");
    says(&screen, "undid");
    screen.keys("cb<esc>cbj<enter>");
    says(&screen, "band → execution");
}

#[test]
fn a_monday_that_is_left_waits_on_today_and_goes_on() {
    let mut screen = week();
    screen.keys("Rm<enter><esc>1");
    says(&screen, "Monday review, Wed 6 May 2026 was left · Rm");
    screen.keys("Rm");
    says(&screen, "Segment shifts");
    screen.keys("u");
    says(&screen, "serve first");
    screen.keys("<tab><tab><tab><tab><tab><tab><esc><tab>");
    says(&screen, "Monday review, Wed 6 May 2026");
    says(&screen, "Decisions this week: skipped");
}

#[test]
fn a_friday_closes_the_week_and_ships_the_artefact() {
    let mut screen = week();
    screen.keys("+t Zebra on:2026-05-05 at:11:00 est:7h<enter>+f Why tier two wins kind:messaging-gap<enter>");
    screen.keys("Rf<enter><enter>");
    says(&screen, "Sales feedback");
    screen.keys("<enter>");
    screen.keys("<enter>");
    insta::assert_snapshot!("friday-next-100", screen.picture());
    screen.keys("<enter>r");
    insta::assert_snapshot!("friday-close-100", screen.picture());
    screen.keys("<enter>");
    says(&screen, "closed 2026-W19");
    insta::assert_snapshot!("friday-artefact-100", screen.picture());
    screen.keys("<enter>Decide d1<enter><enter>");
    insta::assert_snapshot!("friday-readout-100", screen.picture());
}

#[test]
fn a_standup_is_taken_back_whole_by_one_action_and_is_one_line_of_the_history() {
    let mut screen = standup();
    let before = states(&screen, Kind::Decision);
    screen.keys("xIt is cheap<enter>w+3d<enter>XNot now<enter><enter><enter>");
    assert_ne!(states(&screen, Kind::Decision), before);
    screen.keys("gu");
    says(&screen, "4 steps");
    screen.keys("<esc>:undo the ritual<enter>");
    says(&screen, ": 4 steps");
    assert_eq!(states(&screen, Kind::Decision), before);
    // All of it comes back, a step at a time, and the line of the history takes it back again.
    let after = {
        screen.keys("UUUU");
        states(&screen, Kind::Decision)
    };
    screen.keys("gu");
    assert_ne!(after, before);
    says(&screen, "redid");
    // Or at once.
    screen.keys("<esc>:undo the ritual<enter>");
    assert_eq!(states(&screen, Kind::Decision), before);
    screen.keys(":redo the ritual<enter>");
    says(&screen, ": 4 steps");
    assert_eq!(states(&screen, Kind::Decision), after);
    screen.keys(":redo the ritual<enter>");
    says(&screen, "there is nothing to redo");
}

#[test]
fn twelve_answers_are_twelve_keys_and_end_in_a_milestone() {
    let mut screen = week();
    screen.keys("+t Requests on:2026-05-05 at:09:00 est:8h band:r<enter>Ra");
    insta::assert_snapshot!("maturity-100", screen.picture());
    screen.keys("33213");
    insta::assert_snapshot!("maturity-half-100", screen.picture());
    screen.keys("u4<esc>Ra");
    says(&screen, "goes on where it was left");
    screen.keys("2224242");
    says(&screen, "The next step");
    insta::assert_snapshot!("maturity-next-100", screen.picture());
    screen.keys("<enter>");
    insta::assert_snapshot!("maturity-done-100", screen.picture());
    assert_eq!(states(&screen, Kind::Milestone).len(), 1);
}

#[test]
fn rows_that_were_answered_keep_their_time_when_a_check_in_goes_on() {
    let mut screen = time();
    screen.keys("RcsjX<esc>Rc");
    says(&screen, "goes on where it was left");
    for row in ["Tue 09:30    40 m  Acme renewal", "Tue 14:00  1 h 30  Segment memo"] {
        says(&screen, row);
    }
}

/// A month with one figure that is off track.
fn month() -> Screen {
    let mut screen = Screen::empty(100, 30);
    screen.keys("6+m Trials unit:percent direction:up cadence:weekly baseline:5 target:9 due:2026-06-30<enter>");
    screen.keys("+m1 5% period:2026-W18<enter>");
    screen.keys("2aWhich tier? approver:dana due:fri<enter>Rn");
    screen
}

#[test]
fn a_figure_that_holds_a_month_is_told_whole_where_its_keys_do_not_fit_beside_it() {
    let mut screen = month();
    screen.keys("<tab>").send(Msg::Resize(44, 24));
    let text = screen.text();
    let held = text.lines().find(|line| line.contains("! m1 Trials")).unwrap();
    assert!(held.ends_with("at risk") && !held.contains('…'), "{text}");
    assert!(text.lines().any(|line| line.starts_with("   enter explains   w waives")), "{text}");
}

#[test]
fn a_month_is_held_and_explained_presented_and_taken_down() {
    let mut screen = month();
    says(&screen, "What changed in the business");
    screen.keys("<tab>");
    says(&screen, "enter explains, w waives");
    screen.keys("<tab>");
    says(&screen, "holds the review until it is explained or waived");
    insta::assert_snapshot!("month-held-100", screen.picture());
    screen.keys("<enter>");
    says(&screen, "m1: what the data means");
    screen.keys("<enter>");
    says(&screen, "still wants what the data means");
    screen.keys("Fear<enter>Rivals sell dates<enter><esc>");
    // What was answered is not asked again.
    screen.keys("<enter>");
    says(&screen, "m1: which decision follows");
    screen.keys("A date?<enter>more posts<enter>");
    says(&screen, "none of the four");
    screen.keys("<ctrl-u>mess<enter>");
    says(&screen, "explained: Fear / Rivals sell dates / A date?");
    screen.keys("u");
    says(&screen, "enter explains, w waives");
    screen.keys("wone bad week<enter>");
    says(&screen, "one bad week");
    screen.keys("z");
    says(&screen, "1 of 8");
    says(&screen, "Decisions asked of this room");
    screen.keys("+Who owns pricing? approver:lee<enter>");
    insta::assert_snapshot!("month-presented-100", screen.picture());
    screen.keys("ll");
    says(&screen, "3 of 8");
    screen.keys("h<esc>");
    says(&screen, "Three outcomes");
    let asked: Vec<(String, String)> = states(&screen, Kind::Decision);
    assert_eq!(asked.len(), 2, "{asked:?}");
}

#[test]
fn the_reviews_stand_in_one_place_and_enter_begins_one() {
    let mut screen = week();
    screen.keys("9");
    says(&screen, "Reviews");
    screen.keys("a");
    insta::assert_snapshot!("reviews-100", screen.picture());
    says(&screen, "never held");
    screen.keys("<down><down><enter>");
    says(&screen, "Monday review · 0:00");
    screen.keys("<enter><esc>gra");
    says(&screen, "left, goes on");
}
