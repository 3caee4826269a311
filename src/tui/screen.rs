//! What is on the screen: its looks, the picture, and whose it is while an editor or the shell has the
//! terminal.

use super::ground::{self, Ground};
use super::terminal::Terminal;
use super::{End, Event, Shell, editor, signals, wear};
use crate::app::effect::{Msg, Scroll};
use crate::domain::item::ItemId;

impl Shell<'_> {
    /// Wears what was chosen; `auto` asks the terminal, once.
    pub(super) fn preview(&mut self, settings: &[(&'static str, String)]) {
        let value = |name: &str| {
            let found = settings.iter().find(|(other, _)| *other == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        let state = self.session.state.as_deref();
        if value("theme") == "auto" && !self.asked {
            self.asked = true;
            self.keys.pause();
            let answer = ground::ask();
            self.keys.resume();
            let words = match answer {
                Some(Ground::Dark) => "the terminal says it is dark",
                Some(Ground::Light) => "the terminal says it is light",
                None => {
                    "the terminal does not say whether it is light or dark; dark or light chooses"
                }
            };
            if let Some(answer) = answer {
                ground::remember(state, answer);
            }
            self.post(Msg::Say(words.to_owned()));
        }
        let is_coloured = self.session.is_coloured;
        self.theme = wear::theme(value("theme"), value("glyphs"), is_coloured, state);
    }

    pub(super) fn suspend(&mut self) {
        Terminal::leave();
        signals::stop_self();
        self.terminal.resume();
    }

    pub(super) fn edit(&mut self, item: Option<ItemId>, field: &'static str, text: &str) -> Msg {
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

    pub(super) fn draw(&mut self) -> Option<End> {
        if std::mem::replace(&mut self.is_seen, true) {
            return None;
        }
        self.terminal.draw(&self.model, self.theme);
        self.scrolled()
    }

    /// Takes over how far the detail is scrolled, as it was drawn.
    pub(super) fn scrolled(&mut self) -> Option<End> {
        // Whatever shows no detail has none to scroll.
        let now = Scroll { top: self.model.detail_top, last: self.model.detail_last };
        let found = self.terminal.detail().unwrap_or(Scroll { last: 0, ..now });
        if found != now {
            return self.take(Event::Msg(Msg::Drawn(found)));
        }
        None
    }
}
