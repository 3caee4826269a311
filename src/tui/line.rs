//! The line mode, for screen readers and plain terminals: the same model, the same messages and the
//! same actions as the screen, told as lines. It reads a line, does what it says, and tells what
//! changed; nothing is ever drawn over.

use std::io::{BufRead, IsTerminal, Write};

use crate::app::action::{Action, Field};
use crate::app::effect::{Effect, Msg};
use crate::app::keys::{Code, Key};
use crate::app::model::Model;
use crate::app::tour::{self, Tour};
use crate::app::update;
use crate::config::is_plain_locale;
use crate::domain::shown::{Shown, ascii};
use crate::ops::{Error, Result, Workspace};

use super::beginning::{self, end_tour};
use super::{Session, desk, drafts, editor, outside};

mod reads;
mod ritual;
mod row;
mod says;

/// Columns and lines of the screen that nobody sees: no detail beside the list, twenty rows a page.
const SIZE: (u16, u16) = (78, 26);

/// A workspace told in lines.
pub(super) struct Lines<'a> {
    pub(super) model: Model,
    workspace: Workspace,
    out: &'a mut dyn Write,
    letters: Letters,
    version: i64,
    /// Where the configuration lies.
    config: std::path::PathBuf,
    /// The heading and the row that were told last.
    told: (String, String),
    /// The lines of what stood above the place when it was told last.
    asked: Vec<String>,
    /// Whether nothing was told yet of what the last line did.
    is_silent: bool,
    has_snapshot: bool,
    ended: bool,
    broken: Option<std::io::Error>,
}

/// Which letters may be written.
enum Letters {
    All,
    OfAscii,
}

impl Letters {
    /// What a terminal takes; whatever else it is takes all.
    fn taken() -> Self {
        let is_plain = std::io::stdout().is_terminal() && is_plain_locale();
        if is_plain { Self::OfAscii } else { Self::All }
    }
}

/// Runs the line mode until it is left or the input ends.
///
/// # Errors
/// When the output cannot be written, or the input cannot be read.
pub fn run(
    workspace: Workspace,
    session: &Session,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<()> {
    let mut model = beginning::model(&workspace, session)?;
    (model.width, model.height) = SIZE;
    let state = workspace.store().places().state.clone();
    if session.offers_tour(state.as_deref()) {
        model.tour = Tour::Offered;
    }
    let shelf = state.as_ref().map(|state| drafts::Shelf::of(state, workspace.store().uuid()));
    let version = workspace.store().data_version().unwrap_or(0);
    let mut lines = Lines {
        model,
        workspace,
        out,
        letters: Letters::taken(),
        version,
        config: session.config.path.clone(),
        told: (String::new(), String::new()),
        asked: Vec::new(),
        is_silent: true,
        has_snapshot: false,
        ended: false,
        broken: None,
    };
    let first = update::start(&mut lines.model);
    lines.perform(first);
    let mut keeper = shelf.map(drafts::Keeper::new);
    let left = keeper.as_mut().map(drafts::Keeper::recover).unwrap_or_default();
    lines.send(Msg::Unsaved(left));
    lines.tell("prewire in lines. help lists what can be done, quit ends, an empty line repeats.");
    lines.report();
    let asks = std::io::stdin().is_terminal();
    while !lines.ended && lines.broken.is_none() {
        if asks {
            lines.write("> ");
        }
        let mut line = String::new();
        if input.read_line(&mut line).map_err(Error::Output)? == 0 {
            break;
        }
        let left = keeper.as_mut().map(drafts::Keeper::recover_again).unwrap_or_default();
        if !left.is_empty() {
            lines.send(Msg::Unsaved(left));
            lines.report();
        }
        lines.hear(line.trim_end_matches(['\n', '\r']));
        if let Some(why) = keeper.as_mut().and_then(|keeper| keeper.keep(&lines.model)) {
            lines.tell(&why);
        }
    }
    lines.broken.map_or(Ok(()), |error| Err(Error::Output(error)))
}

impl Lines<'_> {
    /// One line: what it says is done, and what came of it is told.
    fn hear(&mut self, line: &str) {
        self.is_silent = true;
        self.look_around();
        self.model.messages.clear();
        if line.trim().is_empty() && self.model.popups.is_empty() {
            self.told = (String::new(), String::new());
        } else {
            reads::read(self, line);
        }
        self.report();
    }

    /// Others may have changed the workspace, and the day may have turned.
    fn look_around(&mut self) {
        let version = self.workspace.store().data_version().unwrap_or(self.version);
        if version != self.version {
            self.version = version;
            self.send(Msg::Changed);
        }
        let today = self.workspace.clock().today();
        if today != self.model.today() {
            self.send(Msg::NewDay(today));
        }
    }

    /// Tells what was said and what is new on the screen.
    fn report(&mut self) {
        let said: Vec<String> = self.model.messages.drain(..).map(|message| message.text).collect();
        for text in said.iter().filter(|text| !text.is_empty()) {
            self.tell(text);
        }
        if let Some(banner) = self.model.banner.clone() {
            self.tell(&format!("Attention: {banner}"));
        }
        let name = |action: Action| format!("“{}”", action.about().name.to_lowercase());
        if let Some(words) = tour::words_by(&self.model, name, "“example” takes one") {
            self.tell(&words);
        }
        if let Some(popup) = self.model.popups.last().cloned() {
            let lines = says::popup(&self.model, &popup);
            let before = std::mem::replace(&mut self.asked, lines.clone());
            self.tell_all(&says::what_is_new(&popup, &before, lines));
            if says::is_read_at_once(&popup) {
                self.key(Key::plain(Code::Esc));
            }
            return;
        }
        self.asked.clear();
        self.report_place();
        if self.is_silent {
            // What was open is closed, and this is where it left us.
            let row = says::current(&self.model);
            let here = if row.is_empty() { says::heading(&self.model) } else { row };
            self.tell(&here);
        }
    }

    fn report_place(&mut self) {
        if self.model.is_zoomed() {
            let lines = says::detail(&self.model);
            self.tell_all(&lines);
            self.key(Key::plain(Code::Esc));
            return;
        }
        let heading = says::heading(&self.model);
        let row = says::current(&self.model);
        let before = std::mem::replace(&mut self.told, (heading.clone(), row.clone()));
        if heading != before.0 {
            self.tell(&heading);
            let lines = says::rows(&self.model);
            self.tell_all(&lines);
        } else if row != before.1 {
            self.tell(&row);
        }
    }

    pub(super) fn tell(&mut self, text: &str) {
        self.is_silent = false;
        self.write(Shown::line(text).as_str());
        self.write("\n");
    }

    fn tell_all(&mut self, lines: &[String]) {
        for line in lines {
            self.tell(line);
        }
    }

    fn write(&mut self, text: &str) {
        let text = match self.letters {
            Letters::All => text.into(),
            Letters::OfAscii => ascii(text),
        };
        let done = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        if let Err(error) = done {
            self.broken.get_or_insert(error);
        }
    }

    pub(super) fn key(&mut self, key: Key) {
        self.send(Msg::Key(key));
    }

    pub(super) fn send(&mut self, msg: Msg) {
        let effects = update::update(&mut self.model, msg);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Load(_) | Effect::Run(_) | Effect::Import(_) | Effect::AskSources(_) => {
                    let answer = desk::answer(&mut self.workspace, &effect);
                    let saved = matches!(answer, Msg::Done(_));
                    self.send(answer);
                    if saved {
                        self.keep_the_day();
                    }
                }
                Effect::Editor { item, field, text } => self.edit(item, field, &text),
                Effect::Copy(text) => {
                    self.tell("Here it is, to be copied:");
                    for line in text.lines() {
                        self.tell(line);
                    }
                }
                Effect::OpenLink(link) => {
                    let said = outside::open_link(&link);
                    self.tell(&said.unwrap_or_else(|why| why));
                }
                Effect::TourEnded => end_tour(self.workspace.store().places().state.as_deref()),
                Effect::Quit => self.ended = true,
                Effect::Suspend => super::signals::stop_self(),
                Effect::Configure(changes) => {
                    let (settings, said) = super::preferences::keep(
                        &self.config,
                        &changes,
                        self.model.calendar.fiscal_start_month,
                    );
                    if let Some(settings) = settings {
                        self.workspace.follow(&settings);
                        self.send(Msg::Changed);
                    }
                    for msg in said {
                        self.send(msg);
                    }
                }
                Effect::Follow(settings) => self.workspace.follow(&settings),
                // Nothing is drawn, and nothing here takes long.
                Effect::Interrupt
                | Effect::Redraw
                | Effect::Preview(_)
                | Effect::Ahead(_)
                | Effect::LineUp => {}
            }
        }
    }

    /// The snapshot of the day, after the first change.
    fn keep_the_day(&mut self) {
        if std::mem::replace(&mut self.has_snapshot, true) {
            return;
        }
        let made = self.workspace.daily_snapshot().map_err(|error| error.what());
        let made = made.and_then(|due| {
            due.map_or(Ok(()), |due| due.run(|| {}).map(drop).map_err(|error| error.to_string()))
        });
        if let Err(why) = made {
            self.tell(&format!("Attention: no snapshot of today: {why}"));
        }
    }

    fn edit(&mut self, item: Option<crate::domain::item::ItemId>, field: &'static str, text: &str) {
        if !std::io::stdin().is_terminal() {
            // What the editor would write is written here, line by line.
            if item.is_none() {
                return self.tell("the editor needs a terminal");
            }
            return self.send(Msg::Act(Action::Change(Field::Note)));
        }
        match editor::edit(text) {
            Ok(Some(text)) => self.send(Msg::Edited { item, field, text }),
            Ok(None) => self.tell("the note is as it was"),
            Err(why) => self.tell(&why),
        }
    }
}
