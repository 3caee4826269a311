//! Every example of every help, run on the demo: none is misunderstood.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::program::Machine;

/// The command and each of its examples, of all commands below these words.
fn examples(machine: &Machine, words: &[String], found: &mut Vec<String>) {
    let call: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
    let help = machine.ok(&call);
    let mut is_examples = false;
    let mut is_commands = false;
    for line in help.lines() {
        if !line.starts_with(' ') {
            is_examples = line.starts_with("Example");
            is_commands = line.starts_with("Commands:");
        } else if is_examples {
            // The rest of an example that was too long for its line.
            let open = found.last_mut().filter(|last| last.matches('\'').count() % 2 == 1);
            match open {
                Some(last) => *last = format!("{last} {}", line.trim()),
                None => found.push(line.trim().to_owned()),
            }
        } else if is_commands && line.starts_with("  ") && !line.starts_with("   ") {
            let name = line.split_whitespace().next().unwrap();
            if name != "help" {
                let below: Vec<String> = words.iter().cloned().chain([name.to_owned()]).collect();
                examples(machine, &below, found);
            }
        }
    }
}

/// Needs what a test has not: a file of the user's, a terminal, a program that goes on.
fn is_elsewhere(line: &str) -> bool {
    let begins = |word: &str| line.starts_with(word);
    line.contains(['<', '>'])
        || line.contains(".csv")
        || line.contains("--from ")
        || !line.contains("prewire ")
        || line.contains("--every")
        || begins("prewire demo")
        || line.contains("artefact write")
}

#[test]
fn every_example_of_every_help_is_understood() {
    let machine = Machine::new();
    let mut found = Vec::new();
    examples(&machine, &[], &mut found);
    found.sort();
    found.dedup();
    assert!(found.len() > 400, "{}", found.len());
    let demo = machine.path("demo.db");
    machine.ok(&["demo", "--keep", demo.to_str().unwrap()]);
    let program = assert_cmd::cargo::cargo_bin!("prewire");
    let next = AtomicUsize::new(0);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut wrong = Vec::new();
                    while let Some(line) = found.get(next.fetch_add(1, Ordering::Relaxed)) {
                        wrong.extend(
                            is_elsewhere(line)
                                .then(String::new)
                                .or_else(|| run(line, &demo, program)),
                        );
                    }
                    wrong
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let wrong: Vec<String> = wrong.into_iter().filter(|line| !line.is_empty()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with an example; nothing where it does what it says, or is refused for what the
/// demo holds (a decision that is not taken yet, the only plan).
fn run(line: &str, demo: &std::path::Path, program: &std::path::Path) -> Option<String> {
    let own = Machine::new();
    std::fs::copy(demo, own.path("w.db")).unwrap();
    // Behind two spaces stands what it does.
    let call = line.split("   ").next().unwrap_or(line);
    let ended = own.shell(call, program);
    let misread =
        ["is not a field", "is not one of", "is not a whole number", "there is no command"];
    let is_wrong = [2, 70, 101].contains(&ended.code)
        || ended.code > 128
        || misread.iter().any(|words| ended.err.contains(words));
    is_wrong.then(|| format!("{line}: {} {}", ended.code, ended.err.trim()))
}
