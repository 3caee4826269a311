//! The shell around the interface: the terminal, the keys that come in, the thread that owns the
//! database, and the clock. The only part that touches the outside while the screen is up.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::app::action::Action;
use crate::app::effect::{Effect, Msg};
use crate::app::model::{Model, Tone};
use crate::app::mouse::Gesture;
use crate::app::remembered::Remembered;
use crate::app::tour::Tour;
use crate::app::update;
use crate::ops::metric::run::Leash;
use crate::ops::{Clock, Error, Result, Workspace};
use crate::ui::Theme;

mod beginning;
mod bytes;
pub mod configured;
pub mod desk;
pub mod drafts;
pub mod editor;
mod events;
mod ground;
mod guard;
pub mod line;
mod memory;
mod outside;
mod pace;
mod preferences;
mod provoke;
mod screen;
mod signals;
mod supervisor;
mod terminal;
mod watched;
mod wear;
mod wire;

pub use beginning::Session;
use drafts::{Keeper, Shelf};
use guard::Guard;
pub use supervisor::watch_over;
pub use terminal::release_on_panic;
use terminal::{Mouse, Terminal};

/// Something that the loop waits for.
pub(crate) enum Event {
    Msg(Msg),
    /// The mouse did something at a cell.
    Mouse(Gesture, u16, u16),
    /// A question or an operation was answered; one less is on its way.
    Answered(Vec<Msg>),
    Stop(i32),
    Continue,
    /// A bug stopped another thread; its report is kept.
    Died,
}

/// Where the few questions of a beginning take longer, reading the first picture may take a while.
const PROMPT: Duration = Duration::from_millis(10);

/// Where the loop hears of a bug in another thread.
static ALARM: OnceLock<Sender<Event>> = OnceLock::new();

/// Called by the panic hook of a thread beside the loop, which ends the program; the thread does
/// nothing more.
pub fn end_for_a_bug() -> ! {
    if let Some(events) = ALARM.get() {
        // A loop that has ended hears nothing more, and needs to hear nothing.
        let _ = events.send(Event::Died);
    }
    loop {
        std::thread::park();
    }
}

/// Runs the interface over a workspace until it is left.
///
/// # Errors
/// When there is no terminal, or the database thread died.
pub fn run(mut workspace: Workspace, session: &Session) -> Result<()> {
    let config = &session.config;
    let theme =
        wear::theme(&config.theme, &config.glyphs, session.is_coloured, session.state.as_deref());
    let begun = Instant::now();
    let mut model = beginning::model(&workspace, session)?;
    let is_slow = begun.elapsed() > PROMPT;
    let memory = memory::file(&workspace).filter(|_| !session.demo);
    let clock = workspace.clock();
    let state = workspace.store().places().state.clone();
    let shelf = state.as_ref().map(|state| Shelf::of(state, workspace.store().uuid()));
    if session.offers_tour(state.as_deref()) {
        model.tour = Tour::Offered;
    }
    let (events, inbox) = channel();
    ALARM.get_or_init(|| events.clone());
    let interrupt = Arc::new(AtomicBool::new(false));
    let leash = Leash::default();
    let mouse = if session.config.mouse { Mouse::On } else { Mouse::Off };
    let stop = signals::note_stop();
    let mut terminal = Terminal::open(mouse).map_err(Error::Output)?;
    (model.width, model.height) = terminal.size();
    if let Some(path) = &session.created {
        model.say(format!("made a new workspace at {}", path.display()), Tone::Done);
    }
    let asked = update::start(&mut model);
    if is_slow {
        // What there is to see before anything was read.
        terminal.draw(&model, theme);
    }
    // What another program did already; a file that cannot be written shows it after the next change.
    drop(workspace.adopt());
    let left = desk::first::answered(&mut workspace, &mut model, asked);
    let asks = |effect: &Effect| matches!(effect, Effect::Load(_)) && effect.is_waited_for();
    let is_seen = !left.iter().any(asks);
    if is_seen {
        terminal.draw(&model, theme);
    }
    // Up to here there is one thread, and no other takes time from the first picture; what ends the
    // program meanwhile ends it at once, and whoever watches over it gives the terminal back.
    if stop.load(Ordering::SeqCst) {
        // As in `Shell::post`.
        let _ = events.send(Event::Msg(Msg::Act(Action::Suspend)));
    }
    signals::watch(events.clone());
    pace::rest();
    workspace.store().keep_more()?;
    let stage = desk::Stage { size: (model.width, model.height), theme };
    let (desk, herald) =
        desk::start(workspace, events.clone(), Arc::clone(&interrupt), leash.clone(), stage);
    let keys = events::Keys::listen(events.clone(), terminal.early(), herald);
    if terminal.size() != (model.width, model.height) {
        let (width, height) = terminal.size();
        // As in `Shell::post`.
        let _ = events.send(Event::Msg(Msg::Resize(width, height)));
    }
    let mut shell = Shell {
        model,
        terminal: &mut terminal,
        theme,
        desk,
        session,
        asked: false,
        interrupt,
        events,
        keys,
        under_way: VecDeque::new(),
        is_seen,
        waiting: pace::Waiting::For(None),
        later: pace::Later::default(),
        clock,
        begun: None,
        keeper: shelf.map(Keeper::new),
        guard: Guard::default(),
        state,
    };
    let end = shell.turn(&inbox, left);
    // A command that still runs ends with the program.
    leash.end();
    if let (Some(file), End::Quit | End::Signal(_)) = (&memory, &end) {
        memory::keep(file, &Remembered::of(&shell.model));
    }
    shell.keep();
    drop(terminal);
    match end {
        End::Quit => Ok(()),
        End::Signal(signal) => Err(Error::Signal(signal)),
        End::Died => {
            let report = terminal::kept_report().unwrap_or_else(|| "a bug stopped it".to_owned());
            Err(Error::Bug(report.trim_start_matches("prewire: ").trim().to_owned()))
        }
    }
}

/// How the loop ended.
enum End {
    Quit,
    Signal(i32),
    Died,
}

struct Shell<'a> {
    model: Model,
    terminal: &'a mut Terminal,
    theme: Theme,
    desk: desk::Questions,
    session: &'a Session,
    /// Whether the terminal was asked for its ground.
    asked: bool,
    /// Set to break off an import.
    interrupt: Arc<AtomicBool>,
    events: Sender<Event>,
    keys: events::Keys,
    /// Questions that the desk has not answered yet, in the order of the answers.
    under_way: VecDeque<pace::Wait>,
    /// Whether nothing has come since it was drawn but what is not in sight.
    is_seen: bool,
    waiting: pace::Waiting,
    later: pace::Later,
    clock: Clock,
    /// Since when a chord is begun.
    begun: Option<Instant>,
    /// Keeps what is typed; `None` for a workspace that is thrown away.
    keeper: Option<Keeper>,
    guard: Guard,
    state: Option<PathBuf>,
}

impl Shell<'_> {
    fn turn(&mut self, inbox: &Receiver<Event>, first: Vec<Effect>) -> End {
        if let Some(end) = self.perform(first) {
            return end;
        }
        if let Some(end) = self.gather(inbox) {
            return end;
        }
        if let Some(end) = self.draw().or_else(|| self.scrolled()) {
            return end;
        }
        let left = self.keeper.as_mut().map(Keeper::recover).unwrap_or_default();
        if !left.is_empty()
            && let Some(end) = self.take(Event::Msg(Msg::Unsaved(left)))
        {
            return end;
        }
        loop {
            if let Some(end) = self.draw() {
                return end;
            }
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

    fn take(&mut self, event: Event) -> Option<End> {
        self.is_seen &= matches!(event, Event::Answered(_));
        match event {
            Event::Mouse(gesture, x, y) => {
                let target = self.terminal.target(x, y);
                self.take(Event::Msg(Msg::Mouse(gesture, target)))
            }
            Event::Msg(msg) => {
                let is_typed = matches!(
                    msg,
                    Msg::Key(_) | Msg::Burst(_) | Msg::Paste(_) | Msg::Mouse(Gesture::Click, _)
                );
                if is_typed && self.guard.is_deaf(Instant::now()) {
                    return None;
                }
                self.model.now = Some(self.clock.local().time());
                let left = if is_typed { self.left_since() } else { Vec::new() };
                if !left.is_empty() {
                    update::update(&mut self.model, Msg::Unsaved(left));
                }
                if matches!(msg, Msg::Key(_) | Msg::Burst(_)) {
                    // Every key of a chord has its own pause.
                    self.begun = None;
                }
                if matches!(msg, Msg::Paste(_)) {
                    provoke::panic_when_asked("screen");
                }
                let effects = update::update(&mut self.model, msg);
                self.notice();
                self.perform(effects)
            }
            Event::Answered(msgs) => self.hear(msgs),
            Event::Stop(signal) => Some(End::Signal(signal)),
            Event::Continue => {
                self.terminal.resume();
                let (width, height) = self.terminal.size();
                self.take(Event::Msg(Msg::Resize(width, height)))
            }
            Event::Died => Some(End::Died),
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Option<End> {
        for effect in effects {
            match effect {
                Effect::Quit => return Some(End::Quit),
                Effect::Redraw => self.terminal.redraw(),
                Effect::Suspend => self.suspend(),
                Effect::Copy(text) => {
                    let sent = outside::send(&text);
                    self.beside(move || outside::copy(&text, sent));
                }
                Effect::OpenLink(link) => {
                    self.beside(move || outside::open_link(&link));
                }
                Effect::Editor { item, field, text } => {
                    // Before any key that came behind it.
                    let msg = self.edit(item, field, &text);
                    if let Some(end) = self.take(Event::Msg(msg)) {
                        return Some(end);
                    }
                }
                Effect::Preview(settings) => self.preview(&settings),
                Effect::Configure(changes) => {
                    let (settings, said) = preferences::keep(
                        &self.session.config.path,
                        &changes,
                        self.model.calendar.fiscal_start_month,
                    );
                    for msg in said {
                        self.post(msg);
                    }
                    drop(settings.map(|settings| self.desk.send(Effect::Follow(settings))));
                }
                Effect::TourEnded => beginning::end_tour(self.state.as_deref()),
                Effect::Interrupt => self.interrupt.store(true, Ordering::SeqCst),
                _ if !effect.is_waited_for() => self.later.put_off(effect),
                Effect::Load(_)
                | Effect::Run(_)
                | Effect::Import(_)
                | Effect::AskSources(_)
                | Effect::Ahead(_)
                | Effect::LineUp
                | Effect::Follow(_) => self.ask(effect),
            }
        }
        None
    }

    fn post(&self, msg: Msg) {
        // The loop itself holds the receiver, so that sending cannot fail while it runs.
        let _ = self.events.send(Event::Msg(msg));
    }

    /// Does something that may take a while, and says what came of it.
    fn beside(&self, work: impl FnOnce() -> std::result::Result<String, String> + Send + 'static) {
        let events = self.events.clone();
        std::thread::spawn(move || {
            let said = work().map_or_else(|why| Msg::Tell(why, Tone::Refused), Msg::Say);
            // Whoever has left meanwhile needs no word.
            let _ = events.send(Event::Msg(said));
        });
    }
}
