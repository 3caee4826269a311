//! A bug in any thread ends the program with one line and exit code 70, and nothing runs on half
//! alive: the hook never returns, so that no stack is unwound. The line tells where, never with what
//! data: a message of Rust may quote it.

use std::io::Write;
use std::panic::PanicHookInfo;

use color_eyre::config::HookBuilder;
use color_eyre::section::PanicMessage;

/// The exit code of a bug.
pub const EXIT: i32 = 70;

struct Place;

impl PanicMessage for Place {
    fn display(
        &self,
        info: &PanicHookInfo<'_>,
        out: &mut std::fmt::Formatter<'_>,
    ) -> std::fmt::Result {
        let place = info.location().map_or_else(
            || "an unknown place".to_owned(),
            |place| format!("{}:{}", place.file(), place.line()),
        );
        write!(
            out,
            "prewire: a bug stopped it at {place}. Everything saved before is intact. \
             Please report it, with what you did"
        )
    }
}

/// Puts our words in the place of Rust's. With `RUST_BACKTRACE` set the backtrace follows.
pub fn install() {
    let (report, error) = HookBuilder::default()
        .theme(color_eyre::config::Theme::new())
        .display_env_section(false)
        .display_location_section(false)
        .panic_message(Place)
        .into_hooks();
    // Somebody else's hook stays when ours comes second.
    let _ = error.install();
    std::panic::set_hook(Box::new(move |info| {
        let words = report.panic_report(info).to_string();
        let Some(words) = crate::tui::release_on_panic(words) else { crate::tui::end_for_a_bug() };
        // Nothing is left to tell when standard error is closed.
        let _ = writeln!(std::io::stderr(), "{words}");
        std::process::exit(EXIT);
    }));
}
