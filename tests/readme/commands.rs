//! Every command of the README is one that the program has, and every verb that the program has is
//! told by its help and by the README.

use std::process::Command as Process;

use clap::Command;
use clap::error::ErrorKind;

use super::readme;

/// Commands in code blocks, and those that stand between backticks in a sentence.
fn told() -> Vec<String> {
    let mut told = Vec::new();
    let mut inside = false;
    for line in readme().lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            let line = line.trim_start_matches("$ ");
            // A refusal begins with the name and a colon.
            let is_call = line.starts_with("prewire") && !line.starts_with("prewire:");
            told.extend(is_call.then(|| line.to_owned()));
        } else {
            let code = line.split('`').skip(1).step_by(2);
            told.extend(code.filter(|code| code.starts_with("prewire ")).map(str::to_owned));
        }
    }
    told
}

/// The words of a line as a shell gives them, without comments and redirections.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in line.chars() {
        match (letter, quote) {
            ('#' | '<' | '>' | '|', None) if words.last().is_some_and(String::is_empty) => break,
            (' ', None) => words.push(String::new()),
            ('\'' | '"', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            (letter, _) => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn every_command_of_the_readme_is_understood() {
    let told = told();
    assert!(told.len() > 20, "{}", told.len());
    for line in told {
        let Err(error) = prewire::cli::command().try_get_matches_from(words(&line)) else {
            continue;
        };
        let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
        assert!(is_answer, "{line}\n{error}");
    }
}

fn help_of(words: &[&str]) -> String {
    let done = Process::new(env!("CARGO_BIN_EXE_prewire")).args(words).arg("--help").output();
    String::from_utf8(done.unwrap().stdout).unwrap()
}

fn visible(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help")
}

#[test]
fn every_verb_stands_in_the_help_and_every_command_in_the_readme() {
    let mut root = prewire::cli::command();
    root.build();
    let (help, readme) = (help_of(&[]), readme());
    for command in visible(&root) {
        let name = command.get_name();
        assert!(help.contains(&format!("\n  {name} ")), "{name} is not in the help");
        assert!(command.get_about().is_some(), "{name} does not say what it is");
        assert!(readme.contains(&format!("prewire {name}")), "the README does not tell {name}");
        let own = help_of(&[name]);
        for verb in visible(command) {
            let name = verb.get_name();
            assert!(own.contains(&format!("\n  {name} ")), "{name} is not in the help");
            assert!(verb.get_about().is_some(), "{name} does not say what it is");
        }
    }
}
