//! The line mode from standard input: the journeys of the screen, told in lines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/program.rs"]
#[expect(dead_code, reason = "the line mode needs less than the command line")]
mod program;

use program::Machine;

/// What is told for these lines, each shown before its answer.
fn told(machine: &Machine, lines: &str) -> String {
    let ended = machine.fed(&["--a11y"], lines);
    assert_eq!(ended.code, 0, "{}", ended.err);
    for line in ended.out.lines() {
        assert!(!line.contains(['─', '│', '╭', '\u{1b}']), "nothing is drawn: {line}");
    }
    ended.out
}

#[test]
fn the_first_steps_and_the_journeys_can_be_done_in_lines() {
    let machine = Machine::new();
    let first = told(
        &machine,
        "outcomes\nadd\nexample\ndecisions\na\nexample\n+\nexample\nundo\nredo\n\
         add Which tier? stake:high due:mon\n2\nca\nDana\n1\nx Because it fits\n; \nw\nfri\n\
         history\nesc\ntoday\nquit\n",
    );
    insta::assert_snapshot!("lines-first", first);
    let second = told(
        &machine,
        "2\n1 e\n2 someday\nneeded by 14 may\n4 hi\n20 heard it twice\nsave\nopen\ncN\nand again\nsave\n\
         cd\n\nct +icp\nco\nnew\nnone\nspace\n/x\nesc\ndecisions\nfilter is:blocking\nesc\nS\nref\n1\nd\nu\n\
         trash\n/x\nnonsense\nu now\nhelp undo\n",
    );
    insta::assert_snapshot!("lines-second", second);
}

#[test]
fn an_import_and_a_purge_ask_in_lines() {
    let machine = Machine::new();
    let file = machine.path("backlog.csv");
    std::fs::write(&file, "Title,Status\nPricing page,Todo\nWho decides?,Todo\n").unwrap();
    let lines =
        format!("import {}\n?\n?\nflip\nimport\n2\nd\ntrash\nX\n1\nX\n2\nquit\n", file.display());
    let text = told(&machine, &lines).replace(&machine.path("").display().to_string(), "~/");
    insta::assert_snapshot!(text);
}

#[test]
fn the_verbs_of_a_row_are_understood_by_name() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Who decides?"]);
    machine.ok(&["decision", "add", "Which tier?"]);
    let text =
        told(&machine, "decisions\n1\ndecide Because it fits\n1\ndrop Nobody asks\nship it\n");
    assert!(text.contains("→ decided"), "{text}");
    assert!(text.contains("→ dropped"), "{text}");
    assert!(text.ends_with("there is no row here\n"), "{text}");
    let text = told(&machine, "add Which name?\nship\noption Atlas\nlaunch it\n");
    assert!(text.contains("ship is for an asset or an artefact, not for a decision"), "{text}");
    assert!(text.contains("“launch it” means nothing here"), "{text}");
    let shown = machine.ok(&["decision", "show", "d3"]);
    assert!(shown.contains("Atlas"), "{shown}\n{text}");
}

#[test]
fn what_is_typed_and_left_in_a_form_is_kept_in_lines_too() {
    let machine = Machine::new();
    let text = told(&machine, "decisions\nA\n1 Who pays?\nesc\n2\n");
    assert!(text.contains("leave, and keep it for later"), "{text}");
    assert!(machine.ok(&["drafts"]).contains("new decision “Who pays?”"));
    let text = told(&machine, "drafts\n1\nsave\n");
    assert!(text.contains("not saved last time: new decision “Who pays?”"), "{text}");
    assert!(text.contains("added d1 “Who pays?”"), "{text}");
    assert_eq!(machine.ok(&["drafts", "--plain"]), "");
}

#[test]
fn a_closed_pipe_or_no_more_input_ends_it() {
    let machine = Machine::new();
    assert_eq!(machine.fed(&["--a11y"], "").code, 0);
    assert_eq!(machine.fed(&["--a11y"], "2\nadd Who?").code, 0);
    assert_eq!(machine.items(&["decision", "list"]).len(), 1);
    assert!(
        machine
            .fed(&["demo", "--a11y"], "decisions\nmore\n")
            .out
            .contains("Decisions, 11 to 20 of 20")
    );
}

#[test]
fn a_standup_and_a_check_in_are_held_in_lines() {
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Which tier? due:2026-05-01 @maya"]);
    machine.ok(&["decision", "add", "Who first? due:2026-05-02"]);
    machine.ok(&["entry", "add", "Acme renewal on:2026-05-05 at:09:30 est:40m"]);
    machine.ok(&["entry", "add", "Zebra on:2026-05-05 at:11:00 est:1h"]);
    let text = told(
        &machine,
        "standup\nx It is cheap\nu\nx It is cheap\n\n\ncheck-in\n\ne\nRaj agreed on d2\n\n\nquit\n",
    );
    insta::assert_snapshot!("lines-rituals", text);
}

#[test]
fn a_plan_an_artefact_and_today_are_told_in_lines() {
    let machine = Machine::new();
    machine.ok(&["plan", "start", "30-day-shift", "--on", "2026-05-01"]);
    let text = told(
        &machine,
        "plan\n1\nopen\nx\nesc\n2\nx\nx Shown twice\n+f Rollout fear kind:launch-risk\nartefacts\n1\nopen\nx\n\
         today\n1\nundo\nquit\n",
    );
    insta::assert_snapshot!("lines-plan", text);
}

#[test]
fn a_number_is_told_as_no_key_days_are_told_and_quit_ends_anywhere() {
    let machine = Machine::new();
    let text = told(&machine, "help\nesc\ndecisions\na Which one? due:2099-05-08\n,\nquit\n");
    let line = text.lines().find(|line| line.contains(". Decisions")).unwrap_or_default();
    assert!(line.contains("gd") && !line.contains("2  gd"), "{line}\n{text}");
    assert!(text.contains("→ Fri 8 May 2099"), "{text}");
    assert!(!text.contains("is no key"), "{text}");
}

/// What is told over a copy of the demo on a day.
fn told_of_the_demo(on: &str, lines: &str) -> String {
    let machine = Machine::new();
    let (file, input) = (machine.path("demo.db"), machine.path("lines"));
    let file = file.to_str().unwrap();
    machine.ok(&["demo", "--keep", file]);
    std::fs::write(&input, lines).unwrap();
    let mut command = machine.bare();
    command.args(["--today", on, "--db", file, "--a11y"]);
    let output = command.stdin(std::fs::File::open(&input).unwrap()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_empty_line_does_in_a_ritual_what_is_told_of_it() {
    let text =
        told_of_the_demo("2026-05-29", "Rn\n\n\n\nw\nbecause\n\nw\nup\n\n\nOne deal\n\nquit\ngd\n");
    assert!(!text.contains("still wants"), "{text}");
    assert_eq!(text.matches("m2: what the data means: type it, an empty line leaves").count(), 2);
    assert!(text.contains("m2: what changes in the market: type it, an empty line leaves"));
    assert!(text.contains("now “because”: enter takes it, or type it anew, an empty line leaves"));
    assert!(text.contains("typed before and not saved: “because”, up brings it back"), "{text}");
    assert_eq!(text.matches("now “because”").count(), 2, "{text}");
    assert!(text.contains("monthly review left at part 2 of 8"), "{text}");
    assert!(!text.contains("\nDecisions,"), "quit ended it: {text}");
    let text = told_of_the_demo("2026-05-06", "Rc\ntab\n\n");
    let asked = "what moved a decision: type it, an empty line goes on, esc leaves";
    assert!(text.contains(asked), "{text}");
    let figure = "last 24.9 %: type it, an empty line leaves it as it is, esc leaves";
    assert!(text.contains(figure), "{text}");
}

#[test]
fn what_stands_in_a_line_is_taken_by_a_word() {
    let text = told_of_the_demo("2026-05-06", "gd\n4\nx\n2\n\nx\n2\nenter\n");
    let stands = "now “Lead with control, prove it with speed”: enter takes it, or type it anew";
    assert_eq!(text.matches(stands).count(), 2, "{text}");
    assert_eq!(text.matches("d3 “Do we lead with speed or with control?” → decided").count(), 1);
    // A refused line stands there, is kept when it is left, and comes back whole.
    let machine = Machine::new();
    machine.ok(&["decision", "add", "Who pays?"]);
    let text = told(&machine, "gd\n1\ncd\nnever\n\ncd\nup\nfri\n");
    assert!(text.contains("typed before and not saved: “never”, up brings it back"), "{text}");
    assert!(text.contains("now “never”: enter takes it"), "{text}");
    assert!(text.contains("Fri 8 May"), "{text}");
}

#[test]
fn a_number_in_a_ritual_goes_to_its_row() {
    let text = told_of_the_demo("2026-05-06", "Rc\n3\n2 r\n9\nesc\n");
    assert!(text.contains("here: 3. q2 1:1 with Dana"), "{text}");
    assert!(text.contains("2. t53 Customer call, Fri 16:00 1 h, reactive, 1 h"), "{text}");
    assert!(text.contains("there is no row 9"), "{text}");
    assert!(!text.contains("waits until the ritual is left"), "{text}");
    let text = told_of_the_demo("2026-05-06", "Rm\n2\n3 space\n");
    assert!(text.contains("here: 2. o2"), "{text}");
}
