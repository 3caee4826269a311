//! The clipboard and links: asked of the terminal and of the system, and said honestly. Programs are
//! found on the path and called with arguments, never through a shell, and never for ever.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use crate::domain::shown::Shown;

/// Longest text that is sent to a terminal's clipboard, in bytes; some take no more.
const LONGEST: usize = 74_000;
/// Most of a text that is told of it.
const BEGINNING: usize = 32;
/// How long a program may take for a text.
const PATIENCE: Duration = Duration::from_secs(2);

/// A program that takes a text for the clipboard, and when it is of use.
struct Tool {
    name: &'static str,
    arguments: &'static [&'static str],
    /// The variable that says that there is something to copy to; empty when the program itself does.
    needs: &'static str,
}

const TOOLS: [Tool; 5] = [
    Tool { name: "pbcopy", arguments: &[], needs: "" },
    Tool { name: "wl-copy", arguments: &[], needs: "WAYLAND_DISPLAY" },
    Tool { name: "xclip", arguments: &["-selection", "clipboard"], needs: "DISPLAY" },
    Tool { name: "xsel", arguments: &["--clipboard", "--input"], needs: "DISPLAY" },
    Tool { name: "clip.exe", arguments: &[], needs: "" },
];

/// What opens links, the first that is there.
const OPENERS: [&str; 3] = if cfg!(target_os = "macos") {
    ["open", "xdg-open", "wslview"]
} else {
    ["xdg-open", "wslview", "open"]
};

/// Whether the terminal was given a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Yes,
    TooLong,
    No,
}

/// Sends a text to the terminal's clipboard (OSC 52). A terminal never says whether it took it.
#[must_use]
pub fn send(text: &str) -> Sent {
    if text.len() > LONGEST {
        return Sent::TooLong;
    }
    match execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text.as_bytes())) {
        Ok(()) => Sent::Yes,
        Err(_) => Sent::No,
    }
}

/// Gives a text to the system's clipboard too, and says where it is now. Takes a while.
///
/// # Errors
/// Why it is nowhere.
pub fn copy(text: &str, sent: Sent) -> Result<String, String> {
    let took = TOOLS.iter().find_map(|tool| give(tool, text));
    let what = called(text);
    match (took, sent) {
        (Some(tool), Sent::Yes) => {
            Ok(format!("copied with {tool}, and sent to the terminal: {what}"))
        }
        (Some(tool), Sent::TooLong | Sent::No) => Ok(format!("copied with {tool}: {what}")),
        (None, Sent::Yes) => {
            let how = "sent to the terminal, if it takes copies; no clipboard program is here";
            Ok(format!("{how}: {what}"))
        }
        (None, Sent::TooLong) => {
            let why = "not copied: too long for a terminal, and no clipboard program is here";
            Err(why.to_owned())
        }
        (None, Sent::No) => Err("not copied: no clipboard took it".to_owned()),
    }
}

/// What was copied, by its beginning: `“d2 Who is the ICP…”`.
fn called(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = Shown::line(lines.next().unwrap_or_default());
    let more = lines.count();
    let more = if more > 0 { format!(" and {more} more lines") } else { String::new() };
    format!("“{}”{more}", first.truncate(BEGINNING).as_str())
}

fn give(tool: &Tool, text: &str) -> Option<&'static str> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !tool.needs.is_empty() && !is_set(tool.needs) {
        return None;
    }
    let mut child = start(&found(tool.name)?, tool.arguments, Stdio::piped())?;
    let mut input = child.stdin.take()?;
    let text = text.to_owned();
    // A program that reads nothing must not hold this one up.
    std::thread::spawn(move || input.write_all(text.as_bytes()));
    ended_well(&mut child).then_some(tool.name)
}

fn ended_well(child: &mut Child) -> bool {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(_) => return false,
        }
    }
    // It hangs; whether it can be ended changes nothing of the answer.
    let _ = child.kill();
    let _ = child.wait();
    false
}

fn start(program: &Path, arguments: &[&str], input: Stdio) -> Option<Child> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(input).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().ok()
}

/// Where a program is on the path.
fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// Whether a link may be opened at all: web and mail, in one piece, and nothing else.
fn is_safe(link: &str) -> bool {
    let lower = link.to_lowercase();
    let schemes = ["http://", "https://", "mailto:"];
    let named =
        schemes.iter().any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len());
    named && !link.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}

/// Opens a link with the platform's opener, and says so. Takes a while.
///
/// # Errors
/// Why it was not opened.
pub fn open_link(link: &str) -> Result<String, String> {
    if !is_safe(link) {
        return Err("not opened: only web and mail addresses are".to_owned());
    }
    let Some(opener) = OPENERS.into_iter().find_map(found) else {
        return Err(format!("not opened: {} is not there; copy the link instead", OPENERS[0]));
    };
    let Some(mut child) = start(&opener, &[link], Stdio::null()) else {
        return Err(format!("not opened: {} cannot be started", OPENERS[0]));
    };
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break,
            Ok(Some(_)) | Err(_) => {
                return Err(format!("not opened: nothing here opens {link}"));
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
    // What still runs is the browser itself; it is waited for, so that nothing is left behind.
    std::thread::spawn(move || child.wait());
    Ok(format!("opening {link}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_in_one_piece_are_opened() {
        for link in ["https://example.org/a?b=c#d", "HTTP://example.org", "mailto:a@example.org"] {
            assert!(is_safe(link), "{link}");
        }
        for link in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "-n https://example.org",
            "https://",
            "https://a\nb",
            "https://a --flag",
            "ftp://example.org",
            "example.org",
            "",
        ] {
            assert!(!is_safe(link), "{link}");
        }
    }
}
