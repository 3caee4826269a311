//! The process that outlives the screen: before anything else is done the program parts in two. The
//! child goes on; the parent waits, and puts the terminal right when the child dies without having
//! done so, by whatever signal. It opens no workspace, reads no configuration and understands no
//! command.

use std::ffi::{OsStr, OsString};
use std::io::{IsTerminal, Write, stdin, stdout};

use fork::{Fork, fork};
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, waitpid};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::origin::WithOrigin;

use super::signals::is_typed;

/// Flags of a call that opens the screen: those with a value behind them, and those without.
const WITH_VALUE: [&str; 4] = ["--db", "--view", "--color", "--today"];
const BARE: [&str; 2] = ["--fresh", "--readonly"];
/// What a terminal may have been asked for, taken back: mouse, focus, paste, keyboard, the shape of
/// the cursor, looks, the other screen, the cursor itself.
const SOUND: &str = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\
                     \x1b[?2004l\x1b[<u\x1b[0 q\x1b[0m\x1b[?1049l\x1b[?25h";

/// Above it, a code tells the signal that ended a program.
const BY_SIGNAL: u8 = 128;

/// Waits for the program and returns its exit code; nothing in the child that is the program, when
/// the call is none for the screen, or when no child can be had: then the program runs as it is.
///
/// To be called while there is one thread: a child has no other.
#[must_use]
pub fn watch_over(argv: &[OsString]) -> Option<u8> {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let on_terminal = stdin().is_terminal() && stdout().is_terminal();
    if dumb || !on_terminal || !is_for_screen(argv) {
        return None;
    }
    let before = tcgetattr(stdin()).ok()?;
    let parent = rustix::process::getpid();
    match fork() {
        Ok(Fork::Parent(child)) => {
            let status = Pid::from_raw(child).and_then(wait_for);
            // One that a signal found while it took the screen back from an editor may have ended
            // in between.
            if code(status) > BY_SIGNAL {
                // Nobody is left to tell where this fails.
                let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
                let _ = stdout().write_all(SOUND.as_bytes()).and_then(|()| stdout().flush());
                tell(status);
            }
            Some(code(status))
        }
        Ok(Fork::Child) => {
            end_with(parent);
            None
        }
        Err(_) => None,
    }
}

/// Without its parent the program would go on behind the back of the shell.
fn end_with(parent: Pid) {
    #[cfg(target_os = "linux")]
    {
        // Where it cannot be asked for, the end of the terminal tells.
        let _ = rustix::process::set_parent_process_death_signal(Some(Signal::TERM));
    }
    // It may have died before that was asked for.
    if rustix::process::getppid() != Some(parent) {
        std::process::exit(i32::from(BY_SIGNAL) + SIGTERM);
    }
}

/// How the child ended; nothing where nobody can know.
fn wait_for(child: Pid) -> Option<WaitStatus> {
    pass_on_signals(child);
    loop {
        match waitpid(Some(child), WaitOptions::empty()) {
            Ok(Some((_, status))) => return Some(status),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return None,
        }
    }
}

/// Whether a call opens the screen, as far as its words tell: a wrong guess costs a process.
fn is_for_screen(argv: &[OsString]) -> bool {
    let mut words = argv.iter().skip(1).filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        let has_value = WITH_VALUE
            .iter()
            .any(|flag| word.strip_prefix(flag).is_some_and(|rest| rest.starts_with('=')));
        match word {
            "demo" => {}
            _ if WITH_VALUE.contains(&word) => drop(words.next()),
            _ if has_value || BARE.contains(&word) => {}
            _ => return false,
        }
    }
    argv.iter().all(|word| OsStr::to_str(word).is_some())
}

/// What this process is told, the child is told, except what the terminal tells both.
fn pass_on_signals(child: Pid) {
    let heard = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP];
    let signals = SignalsInfo::<WithOrigin>::new(heard);
    let Ok(mut signals) = signals else { return };
    std::thread::spawn(move || {
        for origin in signals.forever() {
            if matches!(origin.signal, SIGINT | SIGQUIT | SIGTSTP) && is_typed(&origin) {
                continue;
            }
            // A child that is gone already needs no signal.
            let _ = Signal::from_named_raw(origin.signal).map(|signal| kill_process(child, signal));
        }
    });
}

/// Says what happened, where it was nobody's wish.
fn tell(status: Option<WaitStatus>) {
    let asked = [SIGTERM, SIGHUP, SIGINT];
    let signal = status.and_then(WaitStatus::terminating_signal);
    let Some(signal) = signal.filter(|signal| !asked.contains(signal)) else { return };
    let how = if signal == 9 { "killed".to_owned() } else { format!("ended by signal {signal}") };
    // Standard error may be closed.
    let _ = writeln!(
        std::io::stderr(),
        "prewire: the screen program was {how}. Saved work is safe; unsaved text is kept as a draft. \
         Run: prewire drafts"
    );
}

/// The code that the shell shall see; above [`BY_SIGNAL`] it tells a signal.
fn code(status: Option<WaitStatus>) -> u8 {
    let by_signal = |status: WaitStatus| Some(i32::from(BY_SIGNAL) + status.terminating_signal()?);
    let code = status.and_then(|status| status.exit_status().or_else(|| by_signal(status)));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_calls_that_open_the_screen_are_watched() {
        let for_screen = |line: &str| {
            let argv: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            is_for_screen(&argv)
        };
        for line in [
            "prewire",
            "prewire demo",
            "prewire --db f.db",
            "prewire --db=f.db --fresh",
            "prewire --today 2026-05-06 demo",
            "prewire --view late --readonly",
        ] {
            assert!(for_screen(line), "{line}");
        }
        for line in [
            "prewire decision list",
            "prewire --help",
            "prewire --a11y",
            "prewire --json",
            "prewire demo --keep f.db",
            "prewire --db f.db today",
        ] {
            assert!(!for_screen(line), "{line}");
        }
    }

    #[test]
    fn a_child_that_nobody_can_wait_for_is_a_failure() {
        assert_eq!(code(None), 1);
    }
}
