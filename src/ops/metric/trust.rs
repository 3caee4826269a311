//! Which commands may run: approved once on this machine, kept outside any workspace, under a
//! fingerprint of everything that would make it another command. Nothing in a workspace can grant it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::domain::metric::source::{Command, Fingerprint};
use crate::domain::refusal::Refusal;
use crate::store::error::DoingFile;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::watch::Feed;

/// Where programs are looked for, whatever the caller's own path says.
pub const PATH: &str = "/usr/local/bin:/usr/bin:/bin";
/// A program larger than this is none that tells a figure.
const MOST_BYTES: u64 = 512 << 20;

/// What programs hashed to when they looked as they look now, so that a pane asks for no bytes.
#[derive(Debug, Default)]
pub struct Digests(RefCell<HashMap<PathBuf, (Looks, [u8; 32])>>);

/// What changes when a program is another one: device, inode, size, and its two times to the
/// nanosecond, of which the second nobody can set.
type Looks = (u64, u64, u64, (i64, i64), (i64, i64));

impl Digests {
    fn of(&self, path: &Path) -> Result<[u8; 32]> {
        let found = fs::metadata(path).doing("reading", path)?;
        let changed = (found.ctime(), found.ctime_nsec());
        let written = (found.mtime(), found.mtime_nsec());
        let looks = (found.dev(), found.ino(), found.len(), written, changed);
        if let Some((before, digest)) = self.0.borrow().get(path)
            && *before == looks
        {
            return Ok(*digest);
        }
        let digest = digest(path)?;
        self.0.borrow_mut().insert(path.to_owned(), (looks, digest));
        Ok(digest)
    }
}

/// An approval as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// The beginning of the fingerprint, by which it is named.
    pub name: String,
    pub words: String,
    pub file: String,
}

impl Workspace {
    /// The command as it would run here and now.
    ///
    /// # Errors
    /// When its program is not there.
    pub fn command_of(&self, feed: &Feed) -> Result<Command> {
        self.command_hashed(feed, digest)
    }

    /// Whether a source may run here, told without reading its program again while it looks as it
    /// did. What is run or approved is always read.
    #[must_use]
    pub fn looks_approved(&self, feed: &Feed) -> bool {
        self.command_hashed(feed, |path| self.digests.of(path))
            .is_ok_and(|command| self.is_approved(&command))
    }

    fn command_hashed(
        &self,
        feed: &Feed,
        digest: impl FnOnce(&Path) -> Result<[u8; 32]>,
    ) -> Result<Command> {
        let word = feed.argv.first().map_or("", String::as_str);
        let found = resolved(word).ok_or_else(|| {
            Refusal::source(format!("there is no program “{word}”"))
                .hint(format!("it is looked for in {PATH}, or name it by its whole path"))
        })?;
        let executable_sha256 = digest(&found)?;
        let file = self.store.path();
        Ok(Command {
            workspace: self.store.uuid().to_owned(),
            file: fs::canonicalize(file).unwrap_or_else(|_| file.to_owned()),
            argv: feed.argv.clone(),
            folder: PathBuf::from("private"),
            variables: feed.variables.clone(),
            every: feed.every,
            executable: found,
            executable_sha256,
        })
    }

    /// Whether this very command was approved on this machine.
    #[must_use]
    pub fn is_approved(&self, command: &Command) -> bool {
        self.trust_folder().is_some_and(|folder| folder.join(name(command.fingerprint())).is_file())
    }

    /// Keeps the approval of a command.
    ///
    /// # Errors
    /// When there is nowhere to keep it.
    pub fn approve(&self, command: &Command) -> Result<()> {
        let folder = self.trust_folder().ok_or_else(|| {
            Refusal::untrusted("there is no state directory in which an approval could be kept")
        })?;
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .doing("making", &folder)?;
        let path = folder.join(name(command.fingerprint()));
        let text = json!({
            "argv": command.argv,
            "env": command.variables,
            "every": command.every,
            "executable": command.executable,
            "workspace": command.workspace,
            "file": command.file,
        })
        .to_string();
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path)
            .doing("writing", &path)?;
        Ok(file.write_all(text.as_bytes()).doing("writing", &path)?)
    }

    /// All approvals of this machine.
    #[must_use]
    pub fn approvals(&self) -> Vec<Approval> {
        let Some(folder) = self.trust_folder() else { return Vec::new() };
        let mut found: Vec<Approval> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| read(&entry.path()))
            .collect();
        found.sort_by(|one, other| one.words.cmp(&other.words).then(one.name.cmp(&other.name)));
        found
    }

    /// Takes an approval back, by the beginning of its name.
    ///
    /// # Errors
    /// When none or several begin so.
    pub fn revoke(&self, beginning: &str) -> Result<Approval> {
        let mut found: Vec<Approval> = self
            .approvals()
            .into_iter()
            .filter(|one| !beginning.is_empty() && one.name.starts_with(beginning))
            .collect();
        if found.len() != 1 {
            return Err(Refusal::missing(format!("no one approval begins with “{beginning}”"))
                .hint("prewire trust list")
                .into());
        }
        let one = found.swap_remove(0);
        if let Some(folder) = self.trust_folder() {
            let path = folder.join(&one.name);
            fs::remove_file(&path).doing("removing", &path)?;
        }
        Ok(one)
    }

    fn trust_folder(&self) -> Option<PathBuf> {
        self.store.places().state.as_ref().map(|state| state.join("trust"))
    }
}

fn read(path: &Path) -> Option<Approval> {
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
    let argv: Vec<&str> =
        json.get("argv")?.as_array()?.iter().filter_map(|word| word.as_str()).collect();
    Some(Approval {
        name: path.file_name()?.to_str()?.to_owned(),
        words: argv.join(" "),
        file: json.get("file")?.as_str()?.to_owned(),
    })
}

fn name(fingerprint: Fingerprint) -> String {
    crate::store::schema::hex(&fingerprint.0)
}

/// The program that a word means: a path as it is, or a name on the fixed path.
fn resolved(word: &str) -> Option<PathBuf> {
    let is_program = |path: &Path| {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path)
            .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
    };
    let found = if word.contains('/') {
        PathBuf::from(word)
    } else {
        PATH.split(':').map(|folder| Path::new(folder).join(word)).find(|path| is_program(path))?
    };
    if !found.is_absolute() || !is_program(&found) {
        return None;
    }
    fs::canonicalize(found).ok()
}

fn digest(path: &Path) -> Result<[u8; 32]> {
    let length = fs::metadata(path).doing("reading", path)?.len();
    if length > MOST_BYTES {
        return Err(Refusal::source("the program is too large to be looked at").into());
    }
    let mut hash = Sha256::new();
    let mut file = fs::File::open(path).doing("reading", path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = std::io::Read::read(&mut file, &mut buffer).doing("reading", path)?;
        if count == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(&buffer[..count]);
    }
}
