//! Evidence captured in the real program, with its keys counted: a line from anywhere, and the two
//! tags where the line does not say them.

use super::*;

#[test]
fn evidence_is_captured_from_anywhere_and_its_tags_cost_four_keys() {
    let home = home();
    let command = command(home.path());
    let mut session = Session::start(command);
    session.wait("Outcomes");
    let line = "+e IT fears rollout seg:mid stage:proposal acct:Acme\r";
    session.keys(line);
    session.wait("e1");
    // `+`, the letter with its blank, and the last key are all that is not the evidence itself.
    let said = "IT fears rollout seg:mid stage:proposal acct:Acme";
    assert_eq!(line.chars().count() - said.chars().count(), 4);
    session.keys("+e Nobody owns the mapping\r");
    session.wait("segment of");
    session.keys("\r");
    session.wait("stage of");
    session.keys("so\r");
    session.wait("e2");
    session.gone("stage of");
    session.keys("7");
    session.wait("Nobody owns the mapping");
    session.wait("solution");
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
}
