//! Killed, out of space, or with a disk that fails, at every call that writes: the workspace is as
//! before or as after, never between. Needs `strace`, and is asked for: `PREWIRE_FAULTS=1`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "the counts are what the sweep is run for")]

#[path = "faults/numbered.rs"]
mod numbered;
mod place;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use numbered::{left_in, numbered};
use place::{Home, add};
use prewire::domain::kind::Kind;
use prewire::ops::import::ImportRequest;
use prewire::store::Access;

/// Calls that change a file or a directory. `strace` counts each by itself.
const WRITES: [&str; 16] = [
    "pwrite64",
    "write",
    "fsync",
    "fdatasync",
    "unlink",
    "unlinkat",
    "ftruncate",
    "link",
    "linkat",
    "rename",
    "renameat",
    "renameat2",
    "mkdir",
    "mkdirat",
    "chmod",
    "copy_file_range",
];
/// More calls than any command makes.
const MOST: usize = 20_000;

/// A command, and what it needs to find.
struct Subject {
    name: &'static str,
    arguments: &'static [&'static str],
    before: Before,
    /// Every call, or every so many of a command that makes thousands.
    step: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Workspace,
    /// After the long import.
    Loaded,
    Damaged,
    Older,
}

const fn every(name: &'static str, arguments: &'static [&'static str], before: Before) -> Subject {
    Subject { name, arguments, before, step: 1 }
}

static SUBJECTS: [Subject; 12] = [
    every("the first add", &["decision", "add", "Who is the ICP? @ana #emea"], Before::Nothing),
    every("add", &["decision", "add", "Who is the ICP? @ana #emea"], Before::Workspace),
    every("decide", &["decision", "decide", "d1", "--rationale", "as agreed"], Before::Workspace),
    every("import", &["import", "backlog.csv"], Before::Workspace),
    every("import that replaces parts", &["import", "parts.json"], Before::Workspace),
    // Long enough that indexes are laid aside, and built again.
    Subject {
        name: "long import",
        arguments: &["import", "long.csv"],
        before: Before::Workspace,
        step: 61,
    },
    Subject {
        name: "undo of a long import",
        arguments: &["undo"],
        before: Before::Loaded,
        step: 61,
    },
    every("add to a file of format 1", &["decision", "add", "Who is the ICP?"], Before::Older),
    every("undo", &["undo"], Before::Workspace),
    every("purge", &["trash", "purge", "--all", "--yes"], Before::Workspace),
    every("restore", &["restore", "latest"], Before::Workspace),
    every("restore of a damaged file", &["restore", "latest"], Before::Damaged),
];

#[test]
fn killed_at_every_call_that_writes() {
    if !is_asked() {
        return;
    }
    for subject in &SUBJECTS {
        let bench = Bench::new(subject);
        let mut tally = [0; 2];
        for call in WRITES {
            for count in (1..MOST).step_by(subject.step) {
                let round = bench.round();
                if round.run_under(&format!("{call}:signal=SIGKILL:when={count}")).is_some() {
                    break;
                }
                let words = format!("{}, killed at {call} {count}", bench.name);
                tally[usize::from(round.judge(&words))] += 1;
            }
        }
        println!(
            "{}: killed {} times, {} before, {} after",
            bench.name,
            tally[0] + tally[1],
            tally[0],
            tally[1]
        );
    }
}

#[test]
fn out_of_space_from_every_call_on() {
    sweep(&["pwrite64", "write", "pwrite64,write,ftruncate,mkdir,link,renameat2"], "ENOSPC", "+");
}

#[test]
fn a_disk_that_fails_at_every_sync_and_write() {
    sweep(&["fsync", "fdatasync", "fsync,fdatasync", "pwrite64", "ftruncate", "unlink"], "EIO", "");
}

fn sweep(calls: &[&str], error: &str, from: &str) {
    if !is_asked() {
        return;
    }
    for subject in &SUBJECTS {
        let bench = Bench::new(subject);
        for calls in calls {
            let mut tally = [0; 3];
            for count in (1..MOST).step_by(subject.step) {
                let round = bench.round();
                let inject = format!("{calls}:error={error}:when={count}{from}");
                let told = round.run_under(&inject);
                let words = format!("{}, {calls} {error} at {count}: {told:?}", bench.name);
                let after = round.judge(&words);
                let (code, text) = told.expect("nobody kills it");
                match code {
                    0 => assert!(after, "{words}"),
                    15 if text.contains("did not confirm") => assert!(after, "{words}"),
                    // Where the answer cannot be written, neither can what went wrong with it.
                    15 if calls.split(',').any(|call| call == "write") => {}
                    15 | 16 if text.contains("output could not be written") => {}
                    14..=16 => assert!(!after || !bench.is_sound(), "{words}"),
                    _ => panic!("{words}"),
                }
                tally[if code == 0 { 2 } else { usize::from(after) }] += 1;
                if code == 0 && !round.was_injected() {
                    break;
                }
            }
            println!(
                "{}, {error} of {calls}: {} refused, {} of them saved all the same, {} done",
                bench.name,
                tally[0] + tally[1],
                tally[1],
                tally[2]
            );
        }
    }
}

fn is_asked() -> bool {
    let asked = std::env::var_os("PREWIRE_FAULTS").is_some();
    if !asked {
        println!("skipped: PREWIRE_FAULTS=1 asks for it");
    }
    asked
}

/// A prepared home that rounds are copied from.
struct Bench {
    name: &'static str,
    arguments: &'static [&'static str],
    before: Before,
    home: Home,
    first: String,
    last: String,
}

impl Bench {
    fn new(subject: &Subject) -> Self {
        let home = Home::new();
        let rows: Vec<String> =
            (1..40).map(|row| format!("Deck {row},2026-06-0{},Ana\n", row % 9 + 1)).collect();
        std::fs::write(home.path("backlog.csv"), format!("title,due,owner\n{}", rows.concat()))
            .unwrap();
        let rows: Vec<String> =
            (1..2_200).map(|row| format!("Page {row},2026-06-0{},Bo\n", row % 9 + 1)).collect();
        // A longer row stands for several.
        let notes = "x".repeat(250);
        std::fs::write(
            home.path("long.csv"),
            format!(
                "title,due,owner,notes\n{}",
                rows.concat().replace(",Bo", &format!(",Bo,{notes}"))
            ),
        )
        .unwrap();
        match subject.before {
            Before::Nothing => {}
            Before::Workspace | Before::Damaged | Before::Loaded => prepare(&home),
            Before::Older => {
                let older = Path::new("tests/fixtures/formats/1.db");
                std::fs::copy(older, home.path("plan.db")).unwrap();
                home.set_mode("plan.db", 0o600);
            }
        }
        if subject.before == Before::Damaged {
            let file = std::fs::OpenOptions::new().write(true).open(home.path("plan.db")).unwrap();
            file.set_len(20_000).unwrap();
            std::fs::write(home.path("plan.db-journal"), "of another time").unwrap();
        }
        if subject.before == Before::Loaded {
            let long = home.path("long.csv");
            let request = ImportRequest { path: long, ..ImportRequest::default() };
            let mut workspace = home.open_with_state_inside("plan.db", Access::Write).unwrap();
            workspace.import(&request, &mut |_, _| ControlFlow::Continue(())).unwrap();
        }
        let Subject { name, arguments, before, .. } = *subject;
        let mut bench =
            Self { name, arguments, before, home, first: String::new(), last: String::new() };
        (bench.first, bench.last) = {
            let round = bench.round();
            let first = round.dump();
            let output = round.command().output().unwrap();
            assert!(output.status.success(), "{name}: {output:?}");
            (first, round.dump())
        };
        assert_ne!(bench.first, bench.last);
        bench
    }

    /// Whether the command finds a workspace that needs nothing first.
    fn is_sound(&self) -> bool {
        matches!(self.before, Before::Workspace | Before::Loaded)
    }

    fn round(&self) -> Round<'_> {
        let home = Home::new();
        let status =
            Command::new("cp").arg("-a").arg(self.home.path(".")).arg(home.path("")).status();
        assert!(status.unwrap().success());
        // The note of whose snapshots they are, which a copied home would keep.
        let kept = home.path("state/prewire/snapshots");
        for directory in std::fs::read_dir(kept).into_iter().flatten() {
            let path = home.path("plan.db").canonicalize().unwrap();
            let note = directory.unwrap().path().join("path");
            std::fs::write(note, path.to_str().unwrap()).unwrap();
        }
        Round { bench: self, home }
    }
}

fn prepare(home: &Home) {
    let mut workspace = home.create_with_state_inside("plan.db");
    for title in ["One", "Two", "Three"] {
        add(&mut workspace, Kind::Asset, title);
    }
    add(&mut workspace, Kind::Decision, "Go?");
    workspace.backup(None).unwrap();
    let ids = workspace.store().all_ids().unwrap();
    workspace.run(&prewire::ops::Op::Trash(ids[..2].to_vec())).unwrap();
    drop(workspace);
    replace_parts(home);
}

/// A workspace as JSON in which an option that is here reads otherwise, and one more stands.
fn replace_parts(home: &Home) {
    let run = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_prewire"))
            .args(words)
            .arg("--db")
            .arg(home.path("plan.db"))
            .env("HOME", home.path(""))
            .env("XDG_STATE_HOME", home.path("state"))
            .env("XDG_CONFIG_HOME", home.path("config"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{words:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["decision", "option", "d1", "add", "Go now"]);
    run(&["decision", "option", "d1", "add", "Wait"]);
    let bundle = run(&["export", "json"]);
    std::fs::write(home.path("parts.json"), bundle).unwrap();
    run(&["undo"]);
    run(&["decision", "option", "d1", "edit", "a", "--text", "Go later"]);
}

/// One run of a command on a copy.
struct Round<'a> {
    bench: &'a Bench,
    home: Home,
}

impl Round<'_> {
    fn environment(&self, command: &mut Command) {
        command
            .args(self.bench.arguments)
            .arg("--db")
            .arg(self.home.path("plan.db"))
            .args(["--today", "2026-05-06"])
            .env("HOME", self.home.path(""))
            .env("XDG_STATE_HOME", self.home.path("state"))
            .env("XDG_CONFIG_HOME", self.home.path("config"))
            .current_dir(self.home.path(""));
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_prewire"));
        self.environment(&mut command);
        command
    }

    /// Exit code and words; `None` when it was killed.
    fn run_under(&self, inject: &str) -> Option<(i32, String)> {
        let calls = inject.split(':').next().unwrap_or_default();
        let mut command = Command::new("strace");
        command
            .args(["-f", "-qq", "-o"])
            .arg(self.trace())
            .args(["-e", &format!("trace={calls}"), "-e", &format!("inject={inject}")])
            .arg(env!("CARGO_BIN_EXE_prewire"));
        self.environment(&mut command);
        let output = command.output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        output.status.code().filter(|code| *code != 137).map(|code| (code, words))
    }

    fn trace(&self) -> PathBuf {
        self.home.path("trace.txt")
    }

    fn was_injected(&self) -> bool {
        std::fs::read_to_string(self.trace()).unwrap().contains("(INJECTED)")
    }

    /// Whether the command has happened. Panics when it has happened half.
    fn judge(&self, words: &str) -> bool {
        let found = self.dump();
        let after = found == self.bench.last;
        assert!(after || found == self.bench.first, "{words}: neither before nor after\n{found}");
        self.goes_on(words);
        after
    }

    /// The next command works, and leaves nothing lying about.
    fn goes_on(&self, words: &str) {
        if self.dump() == DAMAGED {
            return;
        }
        let mut workspace = if self.home.path("plan.db").exists() {
            self.home.open_with_state_inside("plan.db", Access::Write).unwrap()
        } else {
            self.home.create_with_state_inside("plan.db")
        };
        add(&mut workspace, Kind::Asset, "Afterwards");
        let findings = workspace.store().check().unwrap();
        assert!(!findings.is_damaged(), "{words}: {findings:?}");
        workspace.backup(None).unwrap();
        let mut left = Vec::new();
        left_in(&self.home.path(""), &mut left);
        assert!(left.is_empty(), "{words}: {left:?}");
    }

    /// The content, with ids by their order; what is absent or damaged is a content too.
    fn dump(&self) -> String {
        if !self.home.path("plan.db").exists() {
            return String::new();
        }
        match self.home.open_with_state_inside("plan.db", Access::Read) {
            Ok(workspace) => {
                assert!(!workspace.store().check().unwrap().is_damaged());
                numbered(&workspace.store().dump().unwrap())
            }
            Err(error) if error.exit_code() == 14 && self.bench.before == Before::Damaged => {
                DAMAGED.to_owned()
            }
            Err(error) => panic!("{}", error.what()),
        }
    }
}

const DAMAGED: &str = "damaged";
