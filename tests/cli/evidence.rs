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

const CALLS: &str = "Call ID,Date,Customer,Segment,Deal stage,Type,Quote,Owner\n\
    c-1,2026-04-20,Acme,Mid-market,Proposal sent,call,\"IT fears rollout,\nand says so\",Sam\n\
    c-2,2026-04-21,Beta,Mid-market,Negotiation,call,Who does the mapping,Sam\n\
    c-3,2026-04-22,Core,,Discovery,call,=HYPERLINK(\"x\") went well,Jon\n";

#[test]
fn call_notes_come_in_once_and_what_is_not_tagged_is_asked() {
    let machine = Machine::new();
    std::fs::write(machine.path("calls.csv"), CALLS).unwrap();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire evidence add "Here already seg:unknown stage:unknown"
        prewire import calls.csv --dry-run
        prewire import calls.csv
        prewire evidence list
        prewire evidence list state:untagged
        prewire evidence edit e4 seg:mid stage:problem
        prewire import calls.csv
        prewire import calls.csv --as conversation --map "Quote=title" --map "Owner=rep"
        prewire conversation list
        prewire undo
        "#
    ));
    std::fs::write(
        machine.path("calls.csv"),
        CALLS.replace("Who does the mapping", "Who owns the mapping"),
    )
    .unwrap();
    let again = machine.run(&["import", "calls.csv"]);
    assert!(again.out.contains("~1 changed"), "{} {}", again.out, again.err);
    let items = machine.items(&["evidence", "list", "acct:beta"]);
    assert_eq!(items[0]["title"], "Who owns the mapping");
    let kept = machine.items(&["evidence", "list", "acct:core"]);
    assert_eq!(kept[0]["stage"], "problem", "what was said here stays");
    std::fs::write(
        machine.path("bad.csv"),
        "Date,Customer,Quote\n31.02.2026,Acme,Nobody\n2026-04-20,Beta,\n",
    )
    .unwrap();
    let bad = machine.run(&["import", "bad.csv"]);
    assert_eq!(bad.code, 4, "{}", bad.err);
    assert!(bad.err.contains("row 2") && bad.err.contains("row 3"), "{}", bad.err);
}

#[test]
fn objections_count_until_they_stop() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire objection add "Rollout would tie up our IT code:rollout stage:proposal"
        prewire objection response j1 sometime 'x'
        prewire objection response j1 proposal 'Two weeks of one person'
        prewire conversation add "Walk-through acct:Acme stage:proposal objection:rollout on:2026-03-10"
        prewire conversation add "Terms acct:Beta stage:negotiation objection:rollout on:2026-04-14"
        prewire conversation add "Renewal acct:Core stage:renewal on:2026-04-15"
        prewire objection report
        prewire conversation add "Second meeting acct:Dune stage:proposal on:2026-04-20"
        prewire objection report
        prewire show j1
        prewire evidence cadence
        prewire conversation list objection:rollout
        prewire objection list
        "#
    ));
    let report = machine.items(&["objection", "report"]).remove(0);
    assert_eq!((&report["times"], &report["accounts"]), (&2.into(), &2.into()));
}

#[test]
fn a_segment_is_linted_and_the_matrix_shows_where_nobody_looked() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire segment add "SMBs"
        prewire segment add 'Regulated lenders who:"heads of credit" workflow:"covenant reports" problem:"late figures" reviewed:today ltv:52000 currency:EUR value_source:estimate'
        prewire segment check
        prewire segment edit g2 value_source:finance
        prewire segment edit g2 problem:"figures that do not match"
        prewire show g2
        prewire evidence add "Reports come late seg:regulated stage:problem acct:Acme kind:deal"
        prewire evidence matrix
        prewire moment gaps
        prewire moment add "Nobody has the plan stage:problem"
        prewire moment gaps
        "#
    ));
}

#[test]
fn a_positioning_holds_still_and_is_put_to_the_test() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire claim add "A dated rollout is believed critical:yes"
        prewire evidence add "They wrote a date seg:mid stage:proposal acct:Acme"
        prewire positioning add 'Acme closes the books in two days since:2026-01-01 evidence:e1 ours:Acme rivals:"Rivo, Tallyco"'
        prewire positioning add "Acme is live on the date in the contract since:2026-04-11 claims:c1 ours:Acme rivals:Rivo"
        prewire positioning list
        prewire positioning edit pos2 --reason 'A rival sells a date' --reason-evidence e1 --evidence e1
        prewire positioning edit pos2 state:rolled-out
        prewire positioning edit pos2 state:rolled-out --waived 'the fair is next week'
        prewire config set me maya
        prewire positioning edit pos2 state:rolled-out --waived 'the fair is next week'
        prewire show pos2
        prewire positioning test pos1
        prewire positioning test pos1 1=n 2=y
        prewire positioning test pos1
        prewire positioning test pos1 9=y
        prewire positioning test pos1 1=maybe
        prewire message add "A late close costs a quarter slot:problem audience:CFO stages:proposal positioning:pos2 claims:c1"
        prewire message house
        prewire message trial msg1 add "Three calls" --result held --sample 3
        prewire conversation add "Pitch acct:Acme stage:proposal rep:sam"
        prewire conversation score n1 msg1 --score 2 --scorer maya
        prewire message adoption
        prewire positioning audit pos2 add "Home page" --message msg1 --score 0
        prewire positioning audit pos2 add "Pitch deck" --message msg1 --score 2
        prewire positioning promise pos2 add "Go-live" --sales "30 days" --success "60 days" --judged different
        prewire positioning drift pos2
        "#
    ));
}

#[test]
fn an_experiment_that_is_read_early_says_so() {
    let machine = Machine::new();
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire experiment add "A date lifts trials sample:400 stops:2026-05-20 state:running"
        prewire experiment look exp1 add "5.1 % against 4.9 %" --sample 180
        prewire show exp1
        prewire experiment list
        "#
    ));
}

#[test]
fn a_row_that_is_filled_in_later_fills_its_piece_and_nothing_is_observed_ahead() {
    let machine = Machine::new();
    let file = machine.path("calls.csv");
    let header = "title,account,segment,kind\n";
    std::fs::write(
        &file,
        format!("{header}Who does the mapping,Acme,,win/loss\nToo slow,Birch,SMB,call\n"),
    )
    .unwrap();
    machine.ok(&["import", file.to_str().unwrap(), "--as", "evidence"]);
    std::fs::write(
        &file,
        format!("{header}Who does the mapping,Acme,SMB,win/loss\nToo slow,Birch,SMB,call\n"),
    )
    .unwrap();
    machine.ok(&["import", file.to_str().unwrap(), "--as", "evidence"]);
    let pieces = machine.items(&["--json", "evidence", "list"]);
    assert_eq!(pieces.len(), 2);
    let filled = pieces.iter().find(|one| one["account"] == "Acme").unwrap();
    assert_eq!(filled["kind"], "interview");
    assert!(!filled["segment"].is_null());
    let ahead = machine.run(&["evidence", "add", "x seg:SMB stage:proposal observed:2026-06-01"]);
    assert_eq!(ahead.code, 4, "{}", ahead.err);
}

#[test]
fn the_words_of_a_table_come_in_whole_whatever_their_column_is_called() {
    let machine = Machine::new();
    machine.ok(&["claim", "add", "Rollout loses deals"]);
    let brought = |name: &str, table: &str, more: &[&str]| {
        machine.write(name, table);
        let path = machine.path(name).display().to_string();
        machine.ok(&[&["import", &path, "--as", "evidence"], more].concat());
        let all = machine.items(&["evidence", "list"]);
        all.into_iter().max_by_key(|item| item["ref"].to_string()).unwrap()
    };
    let bare = brought("a.csv", "Text,Segment,Stage\n\"One line\nand  two\",mid,proposal\n", &[]);
    assert_eq!(bare["title"], "One line and two");
    assert_eq!(bare["text"], "One line\nand  two");
    let both = "Ticket ID,Subject,Description,Notes\n7,Slow,\"All of it\",Call them\n";
    let both = brought("b.csv", both, &[]);
    assert_eq!((&both["title"], &both["text"]), (&"Slow".into(), &"All of it".into()));
    assert_eq!(both["note"], "Call them");
    let sided = "Quote,Claim\nThey stayed,-c1\n";
    let sided = brought("c.csv", sided, &["--map", "Claim=claim"]);
    assert_eq!(sided["against"], serde_json::json!(["c1"]));
    let plan = machine.ok(&["import", "b.csv", "--as", "evidence", "--dry-run"]);
    assert!(!plan.contains("not read"), "{plan}");
}
