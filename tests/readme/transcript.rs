//! The first five minutes, typed into the real program: every `$ prewire` line of the README's
//! `console` blocks in order, in an empty home, and what was printed.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use super::{DAY, alone, hold, readme};

#[test]
fn the_first_five_minutes_happen_as_told() {
    let _one = alone();
    let home = tempfile::tempdir().unwrap();
    let mut told = String::new();
    let mut inside = false;
    let text = readme();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        }
        match line.strip_prefix("$ ") {
            Some(command) if inside => {
                let _ = write!(told, "$ {command}\n{}", run(home.path(), command));
            }
            _ if inside && line != "```console" => {}
            _ => {
                told.push_str(line);
                told.push('\n');
            }
        }
    }
    hold("README.md", &told);
}

/// Both what is data and what is words, as a terminal shows them.
fn run(home: &Path, command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_prewire"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let done = Command::new("sh")
        .args(["-c", &format!("{{ {}; }} 2>&1", on_the_day(command))])
        .current_dir(home)
        .env_clear()
        .envs([("HOME", home.as_os_str()), ("PATH", path.as_ref()), ("COLUMNS", "100".as_ref())])
        .output()
        .unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    text.replace(&home.display().to_string(), "~")
}

fn on_the_day(command: &str) -> String {
    match command.strip_prefix("prewire ") {
        Some(rest) => format!("prewire --today {DAY} {rest}"),
        None => command.to_owned(),
    }
}
