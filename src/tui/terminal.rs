//! The terminal while the program has it: raw mode, the other screen, bracketed paste, the mouse
//! unless it is switched off; given back on every way out, also when a thread panics.

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread::ThreadId;

use crossterm::{cursor, event, execute, style, terminal as term};
use ratatui::Terminal as Ratatui;
use ratatui::backend::Backend;
use ratatui::layout::Rect;

use crate::app::effect::Scroll;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::ui::{self, Drawn, Theme};

use super::wire::Wire;

/// The thread that draws, once there is one.
static DRAWS: OnceLock<ThreadId> = OnceLock::new();

/// What a worker's panic would have printed over the screen.
static REPORT: Mutex<Option<String>> = Mutex::new(None);

/// Whether the terminal is asked for the mouse.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Presses and the wheel, told in a form that has no edge. Motion is not asked for, so that nothing
/// is sent while a hand only lies on the mouse.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// Whether the screen is ours now; asked by the panic hook and by whoever ends the program.
static OURS: AtomicBool = AtomicBool::new(false);

/// The terminal, taken; given back when dropped.
pub struct Terminal {
    /// Never dropped: it would show the cursor once more, and panic in a terminal that has hung up.
    inner: ManuallyDrop<Ratatui<Wire<io::BufWriter<io::Stdout>>>>,
    /// What the last picture holds, for the mouse.
    drawn: Drawn,
    /// How many bytes were typed before it was taken.
    early: usize,
}

/// Whether the mouse is listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    On,
    Off,
}

impl Terminal {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(mouse: Mouse) -> io::Result<Self> {
        MOUSE.store(mouse == Mouse::On, Ordering::SeqCst);
        DRAWS.get_or_init(|| std::thread::current().id());
        let early = take()?;
        let mut wire = Wire::new(io::BufWriter::with_capacity(1 << 16, io::stdout()));
        // What is on the other screen is known then; a terminal that does not take it is told of
        // at the first picture.
        let _ = wire.clear();
        let inner = Ratatui::new(wire);
        if inner.is_err() {
            give_back();
        }
        Ok(Self { inner: ManuallyDrop::new(inner?), drawn: Drawn::default(), early })
    }

    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.inner.size().map_or((80, 24), |size| (size.width, size.height))
    }

    /// How many bytes were typed before it was taken.
    #[must_use]
    pub fn early(&self) -> usize {
        self.early
    }

    /// Draws the model; a terminal that does not take it now gets the next picture.
    pub fn draw(&mut self, model: &Model, theme: Theme) {
        let drawn = self.inner.draw(|frame| {
            self.drawn = ui::draw(model, theme, frame.buffer_mut());
            if let Some(position) = self.drawn.cursor {
                frame.set_cursor_position(position);
            }
        });
        // A hang-up is told by its signal; there is nobody to tell here.
        drop(drawn);
    }

    /// How far the detail of the last picture is scrolled, and can be.
    #[must_use]
    pub fn detail(&self) -> Option<Scroll> {
        self.drawn.detail
    }

    /// What the last picture has at a cell.
    #[must_use]
    pub fn target(&self, x: u16, y: u16) -> Option<Target> {
        self.drawn.at(x, y)
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

/// The columns and rows of the terminal; asked of the output itself, which needs nothing opened.
pub fn size() -> io::Result<(u16, u16)> {
    match rustix::termios::tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Ok((size.ws_col, size.ws_row)),
        Ok(_) | Err(_) => term::size(),
    }
}

/// Returns how many bytes were typed before.
fn take() -> io::Result<usize> {
    term::enable_raw_mode()?;
    let early = rustix::io::ioctl_fionread(io::stdin()).unwrap_or(0);
    OURS.store(true, Ordering::SeqCst);
    execute!(io::stdout(), term::EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)?;
    if MOUSE.load(Ordering::SeqCst) {
        execute!(io::stdout(), style::Print(MOUSE_ON))?;
    }
    Ok(usize::try_from(early).unwrap_or(0))
}

/// Gives the terminal back, once; safe to call from anywhere.
pub fn give_back() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    // Whatever fails here, there is no one left to tell and the rest must be tried all the same.
    if MOUSE.load(Ordering::SeqCst) {
        let _ = execute!(io::stdout(), style::Print(MOUSE_OFF));
    }
    let _ = execute!(
        io::stdout(),
        event::DisableBracketedPaste,
        term::LeaveAlternateScreen,
        cursor::Show
    );
    let _ = term::disable_raw_mode();
    let _ = io::stdout().flush();
}

/// Whether the terminal was asked for the mouse.
#[must_use]
pub fn hears_mouse() -> bool {
    MOUSE.load(Ordering::SeqCst)
}

/// Whether the screen is ours now, and not an editor's.
#[must_use]
pub fn is_ours() -> bool {
    OURS.load(Ordering::SeqCst)
}

/// Called by the panic hook with its report; gives it back to be printed, or keeps it when another
/// thread than the one that draws has panicked: the loop ends the program then and prints it on a
/// sound terminal.
#[must_use]
pub fn release_on_panic(report: String) -> Option<String> {
    if DRAWS.get().is_some_and(|draws| *draws != std::thread::current().id()) {
        if let Ok(mut kept) = REPORT.lock() {
            kept.get_or_insert(report);
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
