//! The program without a terminal: the real update, a real workspace in memory, the real drawing,
//! a fixed day. A test is a fixture, a string of keys and what the screen shows then.

use std::collections::VecDeque;

use prewire::app::effect::{Effect, Msg, Scroll};
use prewire::app::keys::{Code, Key};
use prewire::app::model::{About, Model};
use prewire::app::remembered::Remembered;
use prewire::app::update;
use prewire::ops::{Clock, Settings, Workspace};
use prewire::tui::desk;
use prewire::ui::{self, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// A screen that keys can be sent to.
pub struct Screen {
    pub model: Model,
    pub workspace: Workspace,
    /// What was asked of the outside: copies, links, the editor.
    pub outside: Vec<Effect>,
    /// What the desk was asked and has not answered yet.
    pub asked: VecDeque<Effect>,
    /// What nobody waits for is asked once there is nothing else.
    pub later: VecDeque<Effect>,
    /// Whether the desk answers only when it is told to.
    pub is_late: bool,
    /// How many questions the event that was sent last has led to.
    turns: usize,
}

/// More than any event leads to; whoever asks again as soon as he is answered would ask for ever.
const TURNS: usize = 300;

impl Screen {
    /// An empty workspace.
    pub fn empty(width: u16, height: u16) -> Self {
        Self::over(workspace(), width, height)
    }

    /// The demo.
    pub fn demo(width: u16, height: u16) -> Self {
        let mut workspace = workspace();
        workspace.load_demo().unwrap();
        Self::over(workspace, width, height)
    }

    pub fn over(workspace: Workspace, width: u16, height: u16) -> Self {
        let about = About { name: "workspace".to_owned(), demo: false, read_only: false };
        let model = Model::new(about, workspace.calendar(), (width, height));
        let outside = Vec::new();
        let mut screen = Self {
            model,
            workspace,
            outside,
            asked: VecDeque::new(),
            later: VecDeque::new(),
            is_late: false,
            turns: 0,
        };
        let effects = update::start(&mut screen.model);
        screen.perform(effects);
        screen
    }

    /// Begins anew on the same workspace, as a session was left.
    pub fn restart(&mut self, left: &Remembered) -> &mut Self {
        let size = (self.model.width, self.model.height);
        self.model = Model::new(self.model.about.clone(), self.workspace.calendar(), size);
        self.model.views = self.workspace.views().unwrap();
        left.restore(&mut self.model);
        let effects = update::start(&mut self.model);
        self.perform(effects);
        self
    }

    /// Sends keys: letters as they are, others as `<enter>`, `<ctrl-d>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in read(keys) {
            self.send(Msg::Key(key));
        }
        self
    }

    pub fn send(&mut self, msg: Msg) -> &mut Self {
        let is_wheel = matches!(msg, Msg::Mouse(..));
        self.turns = 0;
        let effects = update::update(&mut self.model, msg);
        self.perform(effects);
        self.draw_detail(is_wheel);
        self
    }

    /// How far the detail scrolls is known to whoever draws it.
    fn draw_detail(&mut self, is_wheel: bool) {
        if !is_wheel && !self.model.scrolls_detail() {
            return;
        }
        let area = Rect::new(0, 0, self.model.width, self.model.height);
        let drawn = ui::draw(&self.model, Theme::ansi(), &mut Buffer::empty(area));
        let now = Scroll { top: self.model.detail_top, last: self.model.detail_last };
        let found = drawn.detail.unwrap_or(Scroll { last: 0, ..now });
        if found != now {
            let effects = update::update(&mut self.model, Msg::Drawn(found));
            self.perform(effects);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Load(_) if !effect.is_waited_for() => self.later.push_back(effect),
                Effect::Load(_) | Effect::Run(_) | Effect::Import(_) => {
                    self.asked.push_back(effect);
                }
                // Nobody hears of what is read ahead.
                Effect::Ahead(_) => {}
                other => self.outside.push(other),
            }
        }
        while !self.is_late && self.answer() {}
    }

    /// Lets the desk answer what it was asked first; whether there was anything.
    pub fn answer(&mut self) -> bool {
        let next = self.asked.pop_front().or_else(|| self.later.pop_front());
        let Some(effect) = next else { return false };
        self.turns += 1;
        assert!(self.turns < TURNS, "asked over and over: {effect:?}");
        let msg = desk::answer(&mut self.workspace, &effect);
        let more = update::update(&mut self.model, msg);
        self.perform(more);
        self.draw_detail(false);
        true
    }

    pub fn buffer(&self, theme: Theme) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.model.width, self.model.height));
        ui::draw(&self.model, theme, &mut buffer);
        buffer
    }

    /// The text of the screen, a line each.
    pub fn text(&self) -> String {
        let buffer = self.buffer(Theme::ansi());
        let mut text = String::new();
        for y in 0..buffer.area.height {
            text.push_str(&line(&buffer, y));
            text.push('\n');
        }
        text
    }

    /// The text, and below it the runs of each line that have a role, by name.
    pub fn picture(&self) -> String {
        let theme = Theme::ansi();
        let buffer = self.buffer(theme);
        let mut text = self.text();
        text.push_str("--- roles\n");
        for y in 0..buffer.area.height {
            let roles = roles(&buffer, theme, y);
            if !roles.is_empty() {
                text.extend([format!("{y:>2} "), roles, "\n".to_owned()]);
            }
        }
        text
    }
}

fn line(buffer: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut skip = 0;
    for x in 0..buffer.area.width {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let symbol = buffer[(x, y)].symbol();
        skip = prewire::domain::Shown::line(symbol).width().saturating_sub(1);
        text.push_str(symbol);
    }
    text.trim_end().to_owned()
}

fn roles(buffer: &Buffer, theme: Theme, y: u16) -> String {
    let mut runs: Vec<String> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let role = theme.role(buffer[(x, y)].style());
        let start = x;
        while x < buffer.area.width && theme.role(buffer[(x, y)].style()) == role {
            x += 1;
        }
        match role {
            Some(prewire::ui::theme::Role::Plain) => {}
            Some(role) => runs.push(format!("{role:?}@{start}-{}", x - 1).to_lowercase()),
            None => runs.push(format!("mixed@{start}-{}", x - 1)),
        }
    }
    runs.join(" ")
}

pub fn read(keys: &str) -> Vec<Key> {
    let mut found = Vec::new();
    let mut rest = keys;
    while let Some(letter) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|after| after.split_once('>'));
        if let Some((name, after)) = named
            && let Some(key) = Key::read(name).filter(|_| name.len() > 1)
        {
            found.push(key);
            rest = after;
            continue;
        }
        found.push(Key::plain(Code::Char(letter)));
        rest = &rest[letter.len_utf8()..];
    }
    found
}

fn workspace() -> Workspace {
    let clock = Clock::read("2026-05-06").unwrap();
    let settings = Settings { me: Some("Maya Okafor".to_owned()), ..Settings::default() };
    Workspace::in_memory(clock, settings).unwrap()
}
