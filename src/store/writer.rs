//! A note beside the workspace of who is writing it now, so that whoever waits can say a name.
//! `SQLite`'s own locks are what keeps writers apart; this only explains them.

use std::path::PathBuf;

use super::open::{Places, make_private_dir};

/// The mark of a writer; removed when dropped.
pub struct Mark {
    path: Option<PathBuf>,
}

impl Mark {
    /// Leaves the mark. Failing to is no reason not to write.
    #[must_use]
    pub fn leave(places: &Places, uuid: &str) -> Self {
        let Some(path) = place(places, uuid) else { return Self { path: None } };
        if let Some(dir) = path.parent()
            && make_private_dir(dir).is_err()
        {
            return Self { path: None };
        }
        let since = chrono::Local::now().format("%H:%M");
        let text = format!("{} {since}\n", std::process::id());
        match std::fs::write(&path, text) {
            Ok(()) => Self { path: Some(path) },
            Err(_) => Self { path: None },
        }
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

/// Who is writing, as ` (pid 412, since 14:02)`.
#[must_use]
pub fn holder(places: &Places, uuid: &str) -> Option<String> {
    let text = std::fs::read_to_string(place(places, uuid)?).ok()?;
    let (pid, since) = text.trim().split_once(' ')?;
    pid.parse::<u32>().ok()?;
    Some(format!(" (pid {pid}, since {since})"))
}

fn place(places: &Places, uuid: &str) -> Option<PathBuf> {
    Some(places.state.as_ref()?.join("writers").join(uuid))
}
