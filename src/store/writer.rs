//! A note beside the workspace of who is writing it now, so that whoever waits can say a name.
//! `SQLite`'s own locks are what keeps writers apart; this only explains them.

use std::io::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::open::Places;
use super::place::{is_alive, make_own_dir};
use super::schema::hex;

/// The mark of a writer; removed when dropped.
pub struct Mark {
    path: Option<PathBuf>,
}

impl Mark {
    /// Leaves the mark. Failing to is no reason not to write.
    #[must_use]
    pub fn leave(places: &Places, workspace: &Path) -> Self {
        let path = place(places, workspace).filter(|path| note(path).is_some());
        Self { path }
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // A mark that stays behind names a process that is gone, and is overwritten.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn note(path: &Path) -> Option<()> {
    make_own_dir(path.parent()?).ok()?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .ok()?;
    let since = chrono::Local::now().format("%H:%M");
    writeln!(file, "{} {since}", std::process::id()).ok()
}

/// Who is writing, as `pid 412, since 14:02`; `None` when that is not known, or gone.
#[must_use]
pub fn holder(places: &Places, workspace: &Path) -> Option<String> {
    let text = std::fs::read_to_string(place(places, workspace)?).ok()?;
    let (pid, since) = text.trim().split_once(' ')?;
    let pid: u32 = pid.parse().ok()?;
    let plain = since.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    // One's own mark says nothing of who else holds the file.
    (plain && pid != std::process::id() && is_alive(pid))
        .then(|| format!("pid {pid}, since {since}"))
}

/// By the path, which is known before anything can be read.
fn place(places: &Places, workspace: &Path) -> Option<PathBuf> {
    let name = hex(&Sha256::digest(workspace.as_os_str().as_bytes())[..16]);
    Some(places.state.as_ref()?.join("writers").join(name))
}
