//! A command as the source of a metric: what an approval covers, and whether it hands its words
//! to a shell. Running it, storing approvals and asking for them happen elsewhere (`§7.6.4`).

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Everything that an approval covers. Another workspace, another place of the file, another
/// word, folder, variable or program is not approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The UUID of the workspace.
    pub workspace: String,
    /// Where its file lies, links resolved.
    pub file: PathBuf,
    pub argv: Vec<String>,
    pub folder: PathBuf,
    /// Seconds between two runs on a schedule; `None` when it runs only on request.
    pub every: Option<u64>,
    /// Names of the variables that are passed on; their order says nothing.
    pub variables: Vec<String>,
    /// The program that would run, links resolved, and the SHA-256 of its bytes.
    pub executable: PathBuf,
    pub executable_sha256: [u8; 32],
}

/// What an approval is kept under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl Command {
    /// SHA-256 over all parts, each behind its length, so that no two commands run together.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut variables = self.variables.clone();
        variables.sort();
        variables.dedup();
        let mut hash = Sha256::new();
        part(&mut hash, b"prewire command source 1");
        part(&mut hash, self.workspace.as_bytes());
        part(&mut hash, bytes(&self.file));
        list(&mut hash, &self.argv);
        part(&mut hash, bytes(&self.folder));
        list(&mut hash, &variables);
        part(&mut hash, bytes(&self.executable));
        part(&mut hash, &self.executable_sha256);
        // What runs only on request is approved as it was before there were schedules.
        if let Some(every) = self.every {
            part(&mut hash, &every.to_le_bytes());
        }
        Fingerprint(hash.finalize().into())
    }
}

/// The words that a shell would read, when the command is one: these need a line of their own.
#[must_use]
pub fn shell_words(argv: &[String]) -> Option<&str> {
    const SHELLS: [&str; 10] =
        ["sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh", "ash"];
    let is_shell = |word: &String| {
        let name = Path::new(word).file_name().and_then(std::ffi::OsStr::to_str);
        name.is_some_and(|name| SHELLS.contains(&name))
    };
    // Also behind `env`, `busybox` and the like.
    let shell = argv.iter().position(is_shell)?;
    let told = |word: &&String| {
        word.starts_with('-') && !word.starts_with("--") && word[1..].contains('c')
    };
    let option = argv[shell + 1..].iter().position(|word| told(&word))?;
    argv.get(shell + option + 2).map(String::as_str)
}

fn part(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn list(hash: &mut Sha256, words: &[String]) {
    hash.update((words.len() as u64).to_le_bytes());
    for word in words {
        part(hash, word.as_bytes());
    }
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    fn command() -> Command {
        Command {
            workspace: "0199c0de-0000-7000-8000-000000000001".to_owned(),
            file: PathBuf::from("/home/me/plan.prewire"),
            argv: words(&["figures", "win-rate"]),
            folder: PathBuf::from("/home/me"),
            every: None,
            variables: words(&["TOKEN", "REGION"]),
            executable: PathBuf::from("/usr/bin/figures"),
            executable_sha256: [7; 32],
        }
    }

    #[test]
    fn any_change_is_another_fingerprint() {
        let plain = command();
        let other = |change: fn(&mut Command)| {
            let mut command = command();
            change(&mut command);
            command.fingerprint()
        };
        let all: BTreeSet<Fingerprint> = [
            plain.fingerprint(),
            other(|one| one.workspace.push('1')),
            other(|one| one.file = PathBuf::from("/home/me/copy.prewire")),
            other(|one| one.argv = vec!["figures win-rate".to_owned()]),
            other(|one| one.argv.swap(0, 1)),
            other(|one| one.argv.push(String::new())),
            other(|one| one.folder = PathBuf::from("/")),
            other(|one| one.variables.push("HOME".to_owned())),
            other(|one| one.executable = PathBuf::from("/tmp/figures")),
            other(|one| one.executable_sha256[31] = 8),
            other(|one| one.every = Some(900)),
            other(|one| one.every = Some(901)),
        ]
        .into();
        assert_eq!(all.len(), 12);
    }

    #[test]
    fn words_do_not_run_from_one_part_into_the_next() {
        let of = |argv: &[&str], variables: &[&str]| {
            let (argv, variables) = (words(argv), words(variables));
            Command { argv, variables, ..command() }.fingerprint()
        };
        assert_ne!(of(&["a", "b"], &[]), of(&["ab"], &[]));
        assert_ne!(of(&["a"], &["b"]), of(&["a", "b"], &[]));
    }

    #[test]
    fn the_order_of_variables_says_nothing() {
        let mut turned = command();
        turned.variables = words(&["REGION", "TOKEN", "TOKEN"]);
        assert_eq!(turned.fingerprint(), command().fingerprint());
    }

    #[test]
    fn a_shell_is_noticed_behind_other_words() {
        let shell = |argv: &[&str]| shell_words(&words(argv)).map(str::to_owned);
        assert_eq!(shell(&["sh", "-c", "curl x | jq .n"]).unwrap(), "curl x | jq .n");
        assert_eq!(shell(&["/bin/bash", "-lc", "x"]).unwrap(), "x");
        assert_eq!(shell(&["env", "A=1", "zsh", "-e", "-c", "x"]).unwrap(), "x");
        assert_eq!(shell(&["bash", "script.sh"]), None);
        assert_eq!(shell(&["figures", "-c", "x"]), None);
        assert_eq!(shell(&["sh", "-c"]), None);
    }
}
