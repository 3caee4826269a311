//! The terminal while the program has it: raw mode, the other screen, bracketed paste; given back
//! on every way out, also when a thread panics.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread::ThreadId;

use crossterm::{cursor, event, execute, terminal as term};
use ratatui::Terminal as Ratatui;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::ui::{self, Theme};

/// The thread that draws, once there is one.
static DRAWS: OnceLock<ThreadId> = OnceLock::new();

/// What a worker's panic would have printed over the screen.
static REPORT: Mutex<Option<String>> = Mutex::new(None);

/// Whether the screen is ours now; asked by the panic hook and by whoever ends the program.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal, taken; given back when dropped.
pub struct Terminal {
    inner: Ratatui<CrosstermBackend<io::BufWriter<io::Stdout>>>,
}

impl Terminal {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When there is none.
    pub fn open() -> io::Result<Self> {
        DRAWS.get_or_init(|| std::thread::current().id());
        take()?;
        let backend = CrosstermBackend::new(io::BufWriter::with_capacity(1 << 16, io::stdout()));
        let inner = Ratatui::new(backend);
        if inner.is_err() {
            give_back();
        }
        Ok(Self { inner: inner? })
    }

    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.inner.size().map_or((80, 24), |size| (size.width, size.height))
    }

    /// Draws the model; a terminal that does not take it now gets the next picture.
    pub fn draw(&mut self, model: &Model, theme: Theme) {
        let drawn = self.inner.draw(|frame| {
            let cursor = ui::draw(model, theme, frame.buffer_mut());
            if let Some(position) = cursor {
                frame.set_cursor_position(position);
            }
        });
        // A hang-up is told by its signal; there is nobody to tell here.
        drop(drawn);
    }

    /// Draws everything anew at the next picture.
    pub fn redraw(&mut self) {
        let (width, height) = self.size();
        // As in `draw`. Clearing instead would ask the terminal where its cursor stands, and the
        // answer would be read as keys.
        let _ = self.inner.resize(Rect::new(0, 0, width, height));
    }

    /// Gives the terminal back for a while.
    pub fn leave() {
        give_back();
    }

    /// Takes it again.
    pub fn resume(&mut self) {
        // Without a terminal there is nothing to take; the signal of its end is on its way.
        let _ = take();
        self.redraw();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    term::enable_raw_mode()?;
    OURS.store(true, Ordering::SeqCst);
    execute!(io::stdout(), term::EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back, once; safe to call from anywhere.
pub fn give_back() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    // Whatever fails here, there is no one left to tell and the rest must be tried all the same.
    let _ = execute!(
        io::stdout(),
        event::DisableBracketedPaste,
        term::LeaveAlternateScreen,
        cursor::Show
    );
    let _ = term::disable_raw_mode();
    let _ = io::stdout().flush();
}

/// Called by the panic hook with its report; gives it back to be printed, or keeps it when a worker
/// died while the screen is up: the loop ends the program then and prints it on a sound terminal.
#[must_use]
pub fn release_on_panic(report: String) -> Option<String> {
    let is_up = OURS.load(Ordering::SeqCst);
    let draws = DRAWS.get() == Some(&std::thread::current().id());
    if is_up && !draws {
        if let Ok(mut kept) = REPORT.lock() {
            *kept = Some(report);
        }
        return None;
    }
    give_back();
    Some(report)
}

/// The report of a worker that died.
#[must_use]
pub fn kept_report() -> Option<String> {
    REPORT.lock().ok()?.take()
}
