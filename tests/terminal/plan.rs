//! The plan in the real program: begun from a template with its preview, a gate that ticks by itself,
//! a tick by hand, days that move with their reason, all of it undone and there after a restart.

use super::*;

#[test]
fn a_plan_is_lived_with_its_keys_counted() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("Outcomes");
    session.keys("5");
    session.wait("starts one from a template");
    session.keys("Rp");
    session.wait("90-day plan").wait("Three outcomes are agreed");
    session.keys("\r").wait("start 90-day plan on");
    session.keys("2026-05-04\r");
    session.wait("day 3/90").wait("Evidence and focus");
    // `5`, `R p`, Enter, the day and Enter: four keys beside the day itself.
    assert_eq!(session.keys - "2026-05-04".len(), 5);

    // Three outcomes with an agreed metric and a target tick the gate, on whatever screen they are added.
    session.keys("+m Rate state:agreed\r").wait("Rate");
    for name in ["Win rate", "Objections", "Activation"] {
        session.keys(&format!("+o {name} metric:Rate target:30 due:eoq\r"));
        session.wait(name);
    }
    session.wait("ticks: 3 of 3 outcomes agreed");
    session.keys("5").wait("3 of 8");
    session.keys("u").wait("0 of 8");
    session.keys("U").wait("3 of 8");

    // What only a person can say takes one key, and one takes it back.
    session.keys("gg").wait("s4");
    for _ in 0..4 {
        session.keys("j");
    }
    session.keys("x").wait("4 of 8");
    session.keys("u").wait("3 of 8");

    // Into the next phase, with what it was kept.
    session.keys("L").wait("moved to Decision artefacts");
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();

    let mut again = Session::start(command(home.path()));
    again.wait("day 3/90");
    again.keys("5").wait("3 of 7");
    again.keys("u").wait("3 of 8");
    again.keys("q");
    assert_eq!(again.end(), 0);
    again.assert_given_back();
}
