//! Signals on a thread that acts, never a flag that somebody polls: the end of a program must not
//! depend on a terminal that has hung up. A change of its size is a signal too.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;
use std::time::Duration;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::origin::WithOrigin;
use signal_hook::low_level::siginfo::Origin;

use super::{Event, terminal};
use crate::app::action::Action;
use crate::app::effect::Msg;

/// How long the loop has to end by itself.
const GRACE: Duration = Duration::from_millis(900);

/// Notes that the program was to stop before anybody watches: stopped by the system it would leave the
/// terminal as it is, and whoever watches over it would go on.
pub fn note_stop() -> Arc<AtomicBool> {
    let noted = Arc::default();
    // Where it cannot be noted, the system stops the program.
    let _ = signal_hook::flag::register(SIGTSTP, Arc::clone(&noted));
    noted
}

/// Watches for signals that end or continue the program.
pub fn watch(events: Sender<Event>) {
    let heard = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT, SIGTSTP, SIGWINCH];
    let Ok(mut signals) = SignalsInfo::<WithOrigin>::new(heard) else { return };
    std::thread::spawn(move || {
        for origin in signals.forever() {
            let signal = origin.signal;
            if signal == SIGCONT {
                // The loop may be gone already; then there is nothing to continue.
                let _ = events.send(Event::Continue);
                continue;
            }
            if signal == SIGTSTP {
                // While an editor has the terminal there is nothing to give back first.
                let words = Event::Msg(Msg::Act(Action::Suspend));
                if !terminal::is_ours() || events.send(words).is_err() {
                    stop_self();
                }
                continue;
            }
            if signal == SIGWINCH {
                if let Ok((width, height)) = terminal::size() {
                    // As above.
                    let _ = events.send(Event::Msg(Msg::Resize(width, height)));
                }
                continue;
            }
            if matches!(signal, SIGINT | SIGQUIT) && (is_typed(&origin) || !terminal::is_ours()) {
                // Typed at the editor, which may have given the terminal back by now.
                continue;
            }
            let told = events.send(Event::Stop(signal)).is_ok();
            if told {
                std::thread::sleep(GRACE);
            }
            // The loop hangs, in a terminal that takes nothing more. A write under way is whole
            // or not there: SQLite sees to that.
            terminal::give_back();
            std::process::exit(128 + signal);
        }
    });
}

/// Whether a terminal sent a signal for a key, to everybody before it: to the editor that has it, to
/// this program and to whoever watches over it. While the screen is ours a terminal sends none.
pub fn is_typed(origin: &Origin) -> bool {
    origin.process.is_none()
}

/// Stops the program as Ctrl-z would: with whoever watches over it, since the shell looks at them
/// as one.
pub fn stop_self() {
    let group = rustix::termios::tcgetpgrp(std::io::stdin()).ok();
    if group.is_some_and(|group| group == rustix::process::getpgrp()) {
        // Without job control nothing stops, and the screen simply comes back.
        let _ = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
    } else {
        // As above; from a pipe, whoever feeds it goes on.
        let _ = signal_hook::low_level::raise(signal_hook::consts::SIGSTOP);
    }
}
