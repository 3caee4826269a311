//! Evidence, claims and what decisions rest on, as a script drives them: required tags, both sides,
//! each flag by what fires it alone, the time from insight to decision, words that try to be more.

use crate::program::Machine;

/// A piece for or against the claim, so that nothing is flagged by itself.
struct Told {
    side: char,
    account: &'static str,
    stage: &'static str,
    kind: &'static str,
    on: &'static str,
}

const SOUND: [Told; 4] = [
    Told { side: '+', account: "Acme", stage: "proposal", kind: "call", on: "2026-04-20" },
    Told { side: '+', account: "Beta", stage: "solution", kind: "deal", on: "2026-04-22" },
    Told { side: '+', account: "Core", stage: "proposal", kind: "quote", on: "2026-04-24" },
    Told { side: '-', account: "Dune", stage: "renewal", kind: "ticket", on: "2026-04-28" },
];

impl Told {
    fn line(&self, claim: &str) -> String {
        let Self { side, account, stage, kind, on } = self;
        format!(
            "Heard at {account} seg:mid stage:{stage} kind:{kind} acct:{account} on:{on} \
             captured:{on} claim:{side}{claim}"
        )
    }
}

fn flags(machine: &Machine, claim: &str) -> Vec<String> {
    let balance = machine.items(&["claim", "balance", claim]).remove(0);
    let flags = balance["flags"].as_array().unwrap();
    flags.iter().map(|flag| flag.as_str().unwrap().to_owned()).collect()
}

fn claim(machine: &Machine, words: &str, told: &[Told]) -> String {
    let made = machine.items(&["claim", "add", words]).remove(0);
    let reference = made["ref"].as_str().unwrap().to_owned();
    for one in told {
        machine.ok(&["evidence", "add", &one.line(&reference)]);
    }
    reference
}

#[test]
fn evidence_is_tagged_and_two_sided() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire claim add "Rollout effort loses late deals critical:yes"
        prewire evidence add "IT fears rollout"
        prewire evidence add "IT fears rollout seg:mid"
        prewire evidence add "IT fears rollout seg:mid stage:proposal claim:c1"
        prewire evidence add "IT fears rollout seg:mid stage:proposal acct:Acme claim:+c1"
        prewire evidence add "Rollout took a day seg:mid stage:onboarding acct:Beta claim:-c1 kind:interview"
        prewire evidence add "I am sure of it seg:unknown stage:unknown kind:opinion claim:+c1"
        prewire evidence add "x seg:mid stage:proposal claim:+c9"
        prewire evidence list
        prewire evidence list seg:unknown
        prewire evidence list claim:-c1
        prewire claim list
        prewire show c1
        prewire evidence edit e2 kind:opinion
        prewire claim list
        prewire undo
        prewire evidence rm e2
        prewire claim show c1
        prewire claim edit c1 result:failed
        prewire claim edit c1 state:retired
        prewire claim list --closed
        prewire history
        "#
    ));
}

#[test]
fn each_flag_fires_alone() {
    let machine = Machine::new();
    let sound = claim(&machine, "A claim with enough behind it", &SOUND);
    assert_eq!(flags(&machine, &sound), Vec::<String>::new());
    let one = |words: &str, told: &[Told], flag: &str| {
        let claim = claim(&machine, words, told);
        assert_eq!(flags(&machine, &claim), [flag], "{words}");
    };
    let at = |side, account, stage, kind, on| Told { side, account, stage, kind, on };
    one(
        "Thin",
        &[
            at('+', "Acme", "proposal", "call", "2026-04-20"),
            at('-', "Beta", "renewal", "deal", "2026-04-20"),
            at('-', "", "renewal", "deal", "2026-04-20"),
        ],
        "thin",
    );
    let accounts = ["Acme", "Beta", "Core", "Dune", "Acme", "Beta"];
    let stages = ["proposal", "solution", "renewal", "problem", "solution", "problem"];
    let kinds = ["call", "deal", "quote", "ticket", "call", "deal"];
    let sided: Vec<Told> =
        (0..6).map(|n| at('+', accounts[n], stages[n], kinds[n], "2026-04-20")).collect();
    one("Six for, none against, of four accounts", &sided, "one-sided");
    one(
        "One voice",
        &[
            at('+', "Acme", "proposal", "call", "2026-04-20"),
            at('+', "Acme", "solution", "deal", "2026-04-20"),
            at('+', "Beta", "proposal", "quote", "2026-04-20"),
            at('-', "Core", "renewal", "quote", "2026-04-20"),
        ],
        "one-voice",
    );
    let cell: Vec<Told> = SOUND
        .iter()
        .map(|told| at(told.side, told.account, "proposal", told.kind, told.on))
        .collect();
    one("One cell", &cell, "one-cell");
    let kind: Vec<Told> =
        SOUND.iter().map(|told| at(told.side, told.account, told.stage, "call", told.on)).collect();
    one("One kind", &kind, "one-kind");
    one("After the fact chosen:2026-04-21", &SOUND, "after-the-fact");
    let old: Vec<Told> = SOUND
        .iter()
        .map(|told| at(told.side, told.account, told.stage, told.kind, "2025-10-01"))
        .collect();
    one("Old", &old, "old");
    let opinions: Vec<Told> = SOUND
        .iter()
        .map(|told| at(told.side, told.account, told.stage, "opinion", told.on))
        .collect();
    one("Opinions", &opinions, "opinion-only");
    let claims = machine.items(&["claim", "list"]);
    let opinion = claims.iter().find(|claim| claim["title"] == "Opinions").unwrap();
    assert_eq!(opinion["state"], "assumption", "four opinions support nothing");
}

#[test]
fn an_insight_counts_from_its_capture_and_never_after_the_decision() {
    let machine = Machine::new();
    let day = |day: &str, words: &[&str]| {
        let said = [&["--today", day], words].concat();
        let ended = machine.bare().args(&said).output().unwrap();
        assert!(ended.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ended.stderr));
        String::from_utf8(ended.stdout).unwrap()
    };
    let evidence = "Rollout stalls seg:mid stage:proposal acct:Acme";
    day("2026-04-01", &["evidence", "add", evidence]);
    day("2026-04-10", &["evidence", "add", "Again seg:mid stage:solution acct:Beta"]);
    day("2026-04-20", &["decision", "add", "Which line leads? stake:low"]);
    day("2026-04-22", &["decision", "basis", "d1", "add", "e2", "--note", "heard twice"]);
    day("2026-04-22", &["decision", "basis", "d1", "add", "e1"]);
    day("2026-04-22", &["decision", "decide", "d1", "--rationale", "rollout it is"]);
    assert!(day("2026-05-06", &["show", "d1"]).contains("first known Wed 1 Apr, 21 d before"));
    day("2026-05-01", &["decision", "add", "Do we name a category? stake:low"]);
    day("2026-05-03", &["decision", "decide", "d2", "--rationale", "no"]);
    day("2026-05-03", &["decision", "basis", "d2", "add", "e1"]);
    day("2026-05-05", &["evidence", "add", "Late seg:mid stage:proposal acct:Core"]);
    day("2026-05-05", &["decision", "basis", "d2", "add", "e3"]);
    let late = day("2026-05-06", &["show", "d2"]);
    assert!(late.contains("decided without insight"), "{late}");
    assert!(late.contains("linked after deciding"), "{late}");
    let report = day("2026-05-06", &["report", "decisions"]);
    assert!(report.contains("From insight to decision**: 21 d"), "{report}");
    assert!(report.contains("Without insight**: 1"), "{report}");
    let basis = machine.items(&["decision", "basis", "d1", "list"]);
    assert_eq!((basis.len(), basis[0]["late"].is_null()), (2, true));
}

#[test]
fn words_of_customers_stay_as_they_are_and_harm_nothing() {
    let machine = Machine::new();
    let words = "<b>\u{1b}[31mBuy\u{7}\u{202e} =cmd|' /C calc'!A0 </script>";
    let made = machine.items(&["evidence", "add", "--title", words, "seg:mid stage:unknown"]);
    assert_eq!(made[0]["title"], words);
    let shown = machine.ok(&["evidence", "list"]);
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown:?}");
    let csv = machine.ok(&["evidence", "list", "--csv"]);
    assert!(csv.contains("Buy"), "{csv}");
}

#[test]
fn a_balance_does_not_depend_on_the_order() {
    let told = |order: &[usize]| {
        let machine = Machine::new();
        let made = machine.items(&["claim", "add", "Whatever comes first"]).remove(0);
        let reference = made["ref"].as_str().unwrap().to_owned();
        for at in order {
            machine.ok(&["evidence", "add", &SOUND[*at].line(&reference)]);
        }
        let mut balance = machine.items(&["claim", "balance", &reference]).remove(0);
        balance.as_object_mut().unwrap().remove("id");
        balance
    };
    assert_eq!(told(&[0, 1, 2, 3]), told(&[3, 1, 0, 2]));
}
