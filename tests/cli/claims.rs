//! What stands on claims and deals: a narrative that is held back, options that are weighed each for
//! itself, where deals stall, the accounts, and evidence as JSON that comes back as it was.

use crate::program::Machine;

#[test]
fn a_narrative_on_something_critical_and_untested_does_not_ship_without_a_name_and_a_reason() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire claim add "Rollout loses late deals critical:yes"
        prewire claim add "Price does not critical:yes"
        prewire artefact add "Fear, not features kind:narrative-update claims:c1 impact:Up"
        prewire artefact add "Risks kind:launch-risk claims:c1"
        prewire show f1
        prewire artefact ship f1
        prewire artefact ship f1 --override "The board reads it today"
        prewire artefact ship f1 --override "The board reads it today" --override-by Dana
        prewire show f1
        prewire undo
        prewire claim edit c1 --result passed
        prewire artefact ship f1
        prewire artefact ship f2
        prewire decision add "Which line?"
        prewire decision basis d1 add c2
        prewire artefact add "From the decision kind:narrative-update about:d1 impact:Up"
        prewire artefact ship f3
        "#
    ));
}

#[test]
fn each_option_of_a_decision_is_weighed_for_itself() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier?"]);
    for option in ["Tier 1", "Tier 2"] {
        machine.ok(&["decision", "option", "d1", "add", option]);
    }
    for number in 1..=6 {
        let line = format!("Piece {number} seg:unknown stage:unknown kind:call acct:Acme");
        machine.ok(&["evidence", "add", &line]);
        machine.ok(&["decision", "basis", "d1", "add", &format!("e{number}"), "--option", "a"]);
    }
    machine.ok(&["evidence", "add", "Against seg:unknown stage:unknown kind:deal acct:Beta"]);
    let against =
        ["decision", "basis", "d1", "add", "e7", "--option", "b", "--polarity", "against"];
    machine.ok(&against);
    insta::assert_snapshot!(machine.ok(&["show", "d1"]));
}

const DEALS: &str = "\
Deal ID,Deal Name,Account,Segment,Amount,Currency,Create Date,Close Date,Stage,Date entered Demo,Date entered Proposal,Date entered Negotiation,Is won,Is closed
1,One,Acme,Mid,100,EUR,2026-01-05,2026-03-01,Closed lost,2026-01-10,2026-02-01,,false,true
2,Two,Beta,Mid,100,EUR,2026-01-06,2026-03-05,Closed lost,2026-01-11,2026-02-05,,false,true
3,Three,Core,Mid,100,EUR,2026-01-07,2026-04-01,Closed won,2026-01-12,2026-02-01,2026-02-15,true,true
4,Four,Dune,Mid,100,EUR,2026-02-01,,Proposal,2026-02-10,2026-03-01,,false,false
";

#[test]
fn where_deals_stall_stands_beside_what_is_known_of_a_segment() {
    let machine = Machine::new();
    machine.ok(&["segment", "add", "Mid market shippers"]);
    machine.ok(&["objection", "add", "Rollout scares IT"]);
    for account in ["Acme", "Beta"] {
        let line =
            format!("{account} kind:call seg:g1 stage:proposal acct:{account} objections:j1");
        machine.ok(&["conversation", "add", &line]);
    }
    machine.ok(&["claim", "add", "IT decides seg:g1"]);
    machine.ok(&["evidence", "add", "IT signs seg:g1 stage:proposal acct:Acme claim:+c1"]);
    std::fs::write(machine.path("deals.csv"), DEALS).unwrap();
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire deal import deals.csv
        prewire evidence stalls
        prewire moment gaps
        prewire show g1
        prewire evidence accounts
        prewire evidence accounts --json
        "
    ));
}

#[test]
fn evidence_as_json_comes_back_with_what_nobody_knows() {
    let machine = Machine::new();
    machine.ok(&["evidence", "add", "IT fears rollout seg:unknown stage:unknown acct:Acme"]);
    let told = machine.ok(&["evidence", "show", "e1", "--json"]);
    let again = machine.fed(&["evidence", "add", "-"], &told);
    assert_eq!(again.code, 0, "{}", again.err);
    let both = machine.items(&["evidence", "list"]);
    assert_eq!(both.len(), 2);
    for name in ["segment_unknown", "stage", "state", "kind", "account"] {
        assert_eq!(both[0][name], both[1][name], "{name}");
    }
    assert_eq!(both[0]["segment_unknown"], "yes");
}

#[test]
fn whom_nobody_knows_is_no_segment() {
    let machine = Machine::new();
    machine.ok(&["conversation", "add", "First call seg:unknown stage:proposal"]);
    machine.ok(&["claim", "add", "Rollout loses deals", "--segment", "Unknown"]);
    let table = "Subject,Date,Segment,Stage\nSecond call,2026-05-01,unknown,proposal\n";
    std::fs::write(machine.path("calls.csv"), table).unwrap();
    machine.ok(&["import", "calls.csv", "--as", "conversation"]);
    let given = r#"[{"title": "Third call", "segment": "unknown", "stage": "unknown"}]"#;
    assert_eq!(machine.fed(&["conversation", "add", "-"], given).code, 0);
    assert!(machine.items(&["segment", "list"]).is_empty());
    assert_eq!(machine.items(&["conversation", "list"]).len(), 3);
    let refused = machine.run(&["segment", "add", "Unknown"]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("is said where nobody knows the segment"), "{}", refused.err);
}
