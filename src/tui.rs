//! The shell around the interface: the terminal, the keys that come in, the thread that owns the
//! database, and the clock. The only part that touches the outside while the screen is up.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::app::effect::{Effect, Msg};
use crate::app::model::{About, Model};
use crate::app::tour::Tour;
use crate::app::update;
use crate::config::Config;
use crate::domain::item::ItemId;
use crate::ops::{Error, Result, Workspace};
use crate::ui::Theme;
use crate::ui::theme::{ASCII, Colour, UNICODE};

mod bytes;
pub mod desk;
pub mod drafts;
mod editor;
mod events;
mod guard;
pub mod line;
mod outside;
mod provoke;
mod signals;
mod terminal;

use drafts::{Keeper, Shelf};
use guard::Guard;
use terminal::Terminal;
pub use terminal::release_on_panic;

/// How long a chord may wait before its continuations are shown.
const PAUSE: Duration = Duration::from_millis(300);
/// How long a draw waits for the answer to what a key asked, so that both are one picture.
const PATIENCE: Duration = Duration::from_millis(12);

/// What the program was started with.
#[derive(Debug, Clone)]
pub struct Session {
    pub demo: bool,
    pub read_only: bool,
    /// The workspace that was made just now.
    pub created: Option<PathBuf>,
    pub config: Config,
}

/// Says on this machine that the first steps were taken or skipped.
const TOURED: &str = "toured";

impl Session {
    /// Whether somebody may need the first steps: not in a demo, not where nothing can be changed,
    /// and once on a machine.
    fn offers_tour(&self, state: Option<&Path>) -> bool {
        let is_new = state.is_some_and(|state| !state.join(TOURED).exists());
        is_new && !self.demo && !self.read_only
    }
}

fn end_tour(state: Option<&Path>) {
    let Some(state) = state else { return };
    // Where it cannot be remembered, the first steps are offered again; that harms nobody.
    let _ = crate::store::place::make_own_dir(state)
        .and_then(|()| crate::store::place::make_private_file(&state.join(TOURED)));
}

/// Something that the loop waits for.
pub(crate) enum Event {
    Msg(Msg),
    /// A question or an operation was answered; one less is on its way.
    Answered(Vec<Msg>),
    Stop(i32),
    Continue,
    /// A worker died; the message is for the log, the program goes on or ends as it must.
    WorkerDied(String),
}

/// Runs the interface over a workspace until it is left.
///
/// # Errors
/// When there is no terminal, or the database thread died.
pub fn run(workspace: Workspace, session: &Session) -> Result<()> {
    let theme = theme(&session.config);
    let mut model = model(&workspace, session);
    let state = workspace.store().places().state.clone();
    let shelf = state.as_ref().map(|state| Shelf::of(state, workspace.store().uuid()));
    if session.offers_tour(state.as_deref()) {
        model.tour = Tour::Offered;
    }
    let (events, inbox) = channel();
    let interrupt = Arc::new(AtomicBool::new(false));
    let desk = desk::start(workspace, events.clone(), Arc::clone(&interrupt));
    let mut terminal = Terminal::open().map_err(Error::Output)?;
    (model.width, model.height) = terminal.size();
    signals::watch(events.clone());
    let keys = events::Keys::listen(events.clone());
    if let Some(path) = &session.created {
        model.say(
            format!("made a new workspace at {}", path.display()),
            crate::app::model::Tone::Done,
        );
    }
    let mut shell = Shell {
        model,
        terminal: &mut terminal,
        theme,
        desk,
        interrupt,
        events,
        keys,
        under_way: 0,
        begun: None,
        keeper: shelf.map(Keeper::new),
        guard: Guard::default(),
        state,
    };
    let end = shell.turn(&inbox);
    shell.keep();
    drop(terminal);
    match end {
        End::Quit => Ok(()),
        End::Signal(signal) => Err(Error::Signal(signal)),
        End::Died(why) => {
            let report = terminal::kept_report().unwrap_or(why);
            Err(Error::Bug(report.trim_start_matches("prewire: ").trim().to_owned()))
        }
    }
}

fn model(workspace: &Workspace, session: &Session) -> Model {
    let path = workspace.store().path();
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let about = About { name, demo: session.demo, read_only: session.read_only };
    Model::new(about, workspace.calendar(), (80, 24))
}

fn theme(config: &Config) -> Theme {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let mono = plain || config.theme == "mono";
    let is_plain = match config.glyphs.as_str() {
        "ascii" => true,
        "unicode" => false,
        _ => is_plain_locale(),
    };
    let glyphs = if is_plain { ASCII } else { UNICODE };
    Theme::new(if mono { Colour::Mono } else { Colour::Ansi }, glyphs)
}

/// Whether the locale that is set says that the terminal takes no UTF-8. None set says nothing.
fn is_plain_locale() -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|locale| !locale.is_empty());
    set.is_some_and(|locale| {
        let lower = locale.to_lowercase();
        !lower.contains("utf-8") && !lower.contains("utf8")
    })
}

/// How the loop ended.
enum End {
    Quit,
    Signal(i32),
    Died(String),
}

struct Shell<'a> {
    model: Model,
    terminal: &'a mut Terminal,
    theme: Theme,
    desk: Sender<Effect>,
    /// Set to break off an import.
    interrupt: Arc<AtomicBool>,
    events: Sender<Event>,
    keys: events::Keys,
    /// Questions that the desk has not answered yet.
    under_way: usize,
    /// Since when a chord is begun.
    begun: Option<Instant>,
    /// Keeps what is typed; `None` for a workspace that is thrown away.
    keeper: Option<Keeper>,
    guard: Guard,
    state: Option<PathBuf>,
}

impl Shell<'_> {
    fn turn(&mut self, inbox: &Receiver<Event>) -> End {
        let first = update::start(&mut self.model);
        if let Some(end) = self.perform(first) {
            return end;
        }
        if let Some(end) = self.gather(inbox) {
            return end;
        }
        self.draw();
        let left = self.keeper.as_mut().map(Keeper::recover).unwrap_or_default();
        if !left.is_empty() {
            update::update(&mut self.model, Msg::Unsaved(left));
        }
        loop {
            self.draw();
            let event = match self.next(inbox) {
                Ok(event) => event,
                Err(end) => return end,
            };
            if let Some(end) = self.take(event) {
                return end;
            }
            if let Some(end) = self.gather(inbox) {
                return end;
            }
        }
    }

    /// Waits for the next event; a begun chord is told when nobody goes on.
    fn next(&mut self, inbox: &Receiver<Event>) -> std::result::Result<Event, End> {
        loop {
            let waits = !self.model.pending.is_empty() && !self.model.hint_pending;
            let begun = waits.then(|| *self.begun.get_or_insert_with(Instant::now));
            self.begun = begun;
            let pause = begun.map(|begun| begun + PAUSE);
            let due = self.keeper.as_ref().and_then(Keeper::due);
            let Some(until) = pause.into_iter().chain(due).min() else {
                return inbox.recv().map_err(|_| End::Quit);
            };
            match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => return Ok(event),
                Err(RecvTimeoutError::Disconnected) => return Err(End::Quit),
                Err(RecvTimeoutError::Timeout) if pause == Some(until) => {
                    return Ok(Event::Msg(Msg::Pause));
                }
                Err(RecvTimeoutError::Timeout) => self.keep(),
            }
        }
    }

    /// Keeps what is typed and not saved.
    fn keep(&mut self) {
        if let Some(why) = self.keeper.as_mut().and_then(|keeper| keeper.keep(&self.model)) {
            self.post(Msg::Say(why));
        }
    }

    /// After anything that happened.
    fn notice(&mut self) {
        self.guard.look(&self.model, Instant::now());
        let Some(keeper) = &mut self.keeper else { return };
        keeper.noticed(&self.model);
        if keeper.due().is_some_and(|due| due <= Instant::now()) {
            self.keep();
        }
    }

    /// Takes what has come meanwhile, and waits a moment for answers that are on their way, so
    /// that a key and its answer are drawn once.
    fn gather(&mut self, inbox: &Receiver<Event>) -> Option<End> {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = if self.under_way == 0 {
                Duration::ZERO
            } else {
                until.saturating_duration_since(Instant::now())
            };
            let Ok(event) = inbox.recv_timeout(left) else { return None };
            if let Some(end) = self.take(event) {
                return Some(end);
            }
        }
    }

    fn take(&mut self, event: Event) -> Option<End> {
        match event {
            Event::Msg(msg) => {
                let is_typed = matches!(msg, Msg::Key(_) | Msg::Paste(_));
                if is_typed && self.guard.is_deaf(Instant::now()) {
                    return None;
                }
                if matches!(msg, Msg::Paste(_)) {
                    provoke::panic_when_asked("screen");
                }
                let effects = update::update(&mut self.model, msg);
                self.notice();
                self.perform(effects)
            }
            Event::Answered(msgs) => {
                self.under_way = self.under_way.saturating_sub(1);
                for msg in msgs {
                    let effects = update::update(&mut self.model, msg);
                    self.notice();
                    if let Some(end) = self.perform(effects) {
                        return Some(end);
                    }
                }
                None
            }
            Event::Stop(signal) => Some(End::Signal(signal)),
            Event::Continue => {
                self.terminal.resume();
                let (width, height) = self.terminal.size();
                self.take(Event::Msg(Msg::Resize(width, height)))
            }
            Event::WorkerDied(why) => Some(End::Died(why)),
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Option<End> {
        for effect in effects {
            match effect {
                Effect::Quit => return Some(End::Quit),
                Effect::Redraw => self.terminal.redraw(),
                Effect::Suspend => self.suspend(),
                Effect::Copy(text) => {
                    let said = outside::copy(&text);
                    self.post(Msg::Say(said));
                }
                Effect::OpenLink(link) => {
                    let said = outside::open_link(&link);
                    self.post(Msg::Say(said));
                }
                Effect::Editor { item, field, text } => {
                    let msg = self.edit(item, field, &text);
                    self.post(msg);
                }
                Effect::TourEnded => end_tour(self.state.as_deref()),
                Effect::Interrupt => self.interrupt.store(true, Ordering::SeqCst),
                Effect::Load(_) | Effect::Run(_) | Effect::Import(_) => {
                    if self.desk.send(effect).is_ok() {
                        self.under_way += 1;
                    }
                }
            }
        }
        None
    }

    fn post(&self, msg: Msg) {
        // The loop itself holds the receiver, so that sending cannot fail while it runs.
        let _ = self.events.send(Event::Msg(msg));
    }

    fn suspend(&mut self) {
        Terminal::leave();
        signals::stop_self();
        self.terminal.resume();
    }

    fn edit(&mut self, item: Option<ItemId>, field: &'static str, text: &str) -> Msg {
        self.keep();
        self.keys.pause();
        Terminal::leave();
        let edited = editor::edit(text);
        self.terminal.resume();
        self.keys.resume();
        match edited {
            Ok(Some(text)) => Msg::Edited { item, field, text },
            Ok(None) => Msg::Say("the note is as it was".to_owned()),
            Err(why) => Msg::Say(why),
        }
    }

    fn draw(&mut self) {
        self.terminal.draw(&self.model, self.theme);
    }
}
