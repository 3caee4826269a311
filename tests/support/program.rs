//! Runs the real program in a directory of its own, and writes down what a person would see.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sha2::Digest;

/// A machine with nobody on it but one user.
pub struct Machine {
    home: tempfile::TempDir,
}

/// Size, time and SHA-256 of files, by name.
pub type Files = BTreeMap<PathBuf, (u64, std::time::SystemTime, String)>;

/// What one call did.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Machine {
    #[must_use]
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    #[must_use]
    pub fn workspace(&self) -> PathBuf {
        self.path("data/prewire/workspace.db")
    }

    /// The program with these words, on the sixth of May 2026.
    #[must_use]
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = self.bare();
        command.args(["--today", "2026-05-06"]).args(words);
        command
    }

    /// The program without any words.
    #[must_use]
    pub fn bare(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("prewire"));
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("TZ", "UTC")
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("TMPDIR", self.home.path())
            .current_dir(self.home.path())
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, words: &[&str]) -> Ended {
        ended(&self.command(words).output().unwrap())
    }

    /// Writes a file, with its folder.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A line as it is typed into a shell, on the workspace `w.db`.
    pub fn shell(&self, line: &str, program: &Path) -> Ended {
        let bin = self.path("bin");
        std::fs::create_dir_all(&bin).unwrap();
        std::os::unix::fs::symlink(program, bin.join("prewire")).unwrap();
        let bare = self.bare();
        let mut command = Command::new("sh");
        command.env_clear().args(["-c", line]).current_dir(self.home.path()).stdin(Stdio::null());
        for (name, value) in bare.get_envs() {
            command.env(name, value.unwrap());
        }
        command.env("PATH", format!("{}:/usr/bin:/bin", bin.display()));
        command.env("PREWIRE_DB", self.path("w.db"));
        ended(&command.output().unwrap())
    }

    /// Runs a call that must go well and gives what it printed.
    pub fn ok(&self, words: &[&str]) -> String {
        let ended = self.run(words);
        assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
        ended.out
    }

    /// The items of a call with `--json`.
    pub fn items(&self, words: &[&str]) -> Vec<serde_json::Value> {
        let text = self.ok(&[words, &["--json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["schema"], 1);
        json["items"].as_array().unwrap().clone()
    }

    /// Runs a call with text on standard input.
    pub fn fed(&self, words: &[&str], text: &str) -> Ended {
        use std::io::Write;
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        ended(&child.wait_with_output().unwrap())
    }

    /// A session as it would stand on a screen: each call, what it printed, what it said, and how
    /// it ended when that was not well. Paths and ids are left out.
    pub fn transcript(&self, script: &str) -> String {
        let home = self.home.path().display().to_string();
        let mut text = String::new();
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let words = split(line);
            assert_eq!(words[0], "prewire", "{line}");
            let words: Vec<&str> = words[1..].iter().map(String::as_str).collect();
            let ended = self.run(&words);
            text.extend(["$ ", line, "\n", &ended.out]);
            for said in ended.err.lines() {
                text.extend(["| ", said, "\n"]);
            }
            if ended.code != 0 {
                text.extend(["[", &ended.code.to_string(), "]\n"]);
            }
        }
        text.replace(&home, "~")
    }

    /// Every file and directory of the machine.
    /// The workspace file alone: a refused write may leave a note of who tried beside it.
    #[must_use]
    pub fn file(&self) -> Files {
        let mut files = self.files();
        files.retain(|path, _| path.starts_with(self.workspace()));
        files
    }

    #[must_use]
    pub fn files(&self) -> Files {
        let mut found = BTreeMap::new();
        walk(self.home.path(), &mut found);
        found
    }
}

fn walk(dir: &Path, found: &mut Files) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let meta = std::fs::symlink_metadata(&path).unwrap();
        let content = if meta.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
        let digest = format!("{:x}", sha2::Sha256::digest(content));
        found.insert(path.clone(), (meta.len(), meta.modified().unwrap(), digest));
        if meta.is_dir() {
            walk(&path, found);
        }
    }
}

#[must_use]
pub fn ended(output: &Output) -> Ended {
    Ended {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

/// Words as a shell would cut them, with both sorts of quotes.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match (letter, quote) {
            (_, Some(open)) if letter == open => quote = None,
            ('\'' | '"', None) => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (' ', None) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}
