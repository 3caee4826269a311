//! The views of a screen that has several, in the line above it: where one is, and what stands
//! beside it.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Role;
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::place::Place;

pub fn draw(pen: &mut Pen<'_>, model: &Model, y: u16, width: u16) {
    let (keys, views) = (model.keys(), model.place.views());
    let hint =
        format!(" {} {} turn ", keys.way(Action::PreviousPeriod), keys.way(Action::NextPeriod));
    let last = width.saturating_sub(u16::try_from(hint.chars().count()).unwrap_or(0) + 2);
    let here = views.iter().position(|view| *view == model.place).unwrap_or(0);
    // As many before it as leave room for the one that is shown.
    let wide = |view: &Place| u16::try_from(view.title().len()).unwrap_or(0) + 2;
    let mut first = 0;
    let upto = |first: usize| -> u16 { views[first..=here].iter().map(wide).sum() };
    while first < here && upto(first) + 2 > last {
        first += 1;
    }
    let mut x = 1;
    for view in &views[first..] {
        if x + wide(view) > last {
            break;
        }
        let role = if *view == model.place { Role::Focus } else { Role::Muted };
        let start = x;
        x += pen.word(x, y, wide(view), &format!(" {} ", view.title()), role);
        pen.spot(Rect { x: start, y, width: x - start, height: 1 }, Target::Go(*view));
    }
    pen.word(last + 1, y, width.saturating_sub(last + 2), &hint, Role::Muted);
}
