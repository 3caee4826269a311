//! The clipboard and links: asked of the terminal and of the system, and said honestly.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

/// Longest text that is sent to a terminal's clipboard, in bytes; some take no more.
const LONGEST: usize = 74_000;

/// Sends a text to the clipboard; returns what to say.
#[must_use]
pub fn copy(text: &str) -> String {
    if text.len() > LONGEST {
        return "too long for the terminal's clipboard".to_owned();
    }
    let sent = execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text.as_bytes()));
    let also = system_copy(text);
    match (sent, also) {
        (_, Some(tool)) => format!("copied with {tool}"),
        (Ok(()), None) => "sent to the terminal's clipboard".to_owned(),
        (Err(_), None) => "no clipboard took it".to_owned(),
    }
}

fn system_copy(text: &str) -> Option<&'static str> {
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some();
    let x11 = std::env::var_os("DISPLAY").is_some();
    let (tool, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("pbcopy", &[])
    } else if wayland {
        ("wl-copy", &[])
    } else if x11 {
        ("xclip", &["-selection", "clipboard"])
    } else {
        return None;
    };
    let mut child = Command::new(tool)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    child.wait().ok().filter(std::process::ExitStatus::success).map(|_| tool)
}

/// Opens a link with the platform's opener; returns what to say.
#[must_use]
pub fn open_link(link: &str) -> String {
    let lower = link.to_lowercase();
    if !["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return "only web and mail addresses are opened".to_owned();
    }
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let started = Command::new(opener)
        .arg(link)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        Ok(_) => format!("opening {link}"),
        Err(_) => format!("{opener} is not there; yl copies the link"),
    }
}
