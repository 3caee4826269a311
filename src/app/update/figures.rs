//! Figures that are read in a sheet: the cursor goes from one to the next that opens something, and
//! Enter opens it.

use super::super::effect::Effect;
use super::super::keys::{Code, Key};
use super::super::model::Model;
use super::super::place::Place;
use super::super::popup::{Behind, Popup};
use super::{act, answer, close};
use crate::store::listing::Closed;

/// Lines of a page.
const PAGE: isize = 5;

/// A key on a sheet whose lines open something; nothing where none does, or the key closes it.
pub fn press(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    let Some(Popup::Sheet(sheet)) = model.popups.last_mut() else { return None };
    let at = sheet.at?;
    match key.code {
        Code::Down | Code::Char('j') => sheet.step(1),
        Code::Up | Code::Char('k') => sheet.step(-1),
        Code::PageDown | Code::Char(' ') => sheet.step(PAGE),
        Code::PageUp => sheet.step(-PAGE),
        Code::Home | Code::Char('g') => sheet.step(isize::MIN),
        Code::End | Code::Char('G') => sheet.step(isize::MAX),
        Code::Enter => {
            let behind = sheet.behind.get(at).cloned().flatten()?;
            close(model);
            return Some(open(model, behind));
        }
        _ => return None,
    }
    Some(Vec::new())
}

fn open(model: &mut Model, behind: Behind) -> Vec<Effect> {
    match behind {
        Behind::Item(id, kind) => {
            let place = Place::of(kind);
            model.stand_at(place);
            model.wanted = Some(id);
            let list = model.list_at(place);
            list.query.filter.clear();
            list.query.closed = Closed::Shown;
            answer::ask_kept(model, place, id)
        }
        Behind::Rows(place, filter) => {
            let list = model.list_at(place);
            list.query.filter = filter;
            list.query.closed = Closed::Shown;
            (list.cursor, list.top, list.resume) = (0, 0, None);
            act::go(model, place)
        }
    }
}
