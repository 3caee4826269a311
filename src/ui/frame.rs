//! The whole screen: tabs and date above, the place in the middle, status and hints below, and
//! whatever stands above it all. Every size is drawn; below 40×10 one line says what is needed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::pen::Pen;
use super::theme::{Role, Theme};
use super::{conflict, detail, form, grid, hints, importing, list, menu, prompt, today, writing};
use crate::app::model::{Model, Tone};
use crate::app::place::Place;
use crate::app::popup::Popup;
use crate::app::tour;
use crate::domain::day;
use crate::domain::shown::Shown;

/// Draws the model; returns where the cursor stands, when something is typed.
pub fn draw(model: &Model, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    let area = buffer.area;
    let mut pen = Pen::new(buffer, theme);
    if area.width < 40 || area.height < 10 {
        let words = format!("need 40×10, have {}×{}; q quits", area.width, area.height);
        pen.word(0, 0, area.width, &words, Role::Plain);
        return None;
    }
    top_line(&mut pen, model, area);
    let body = Rect { y: 2, height: area.height - 5, ..area };
    place(&mut pen, model, body);
    first_steps(&mut pen, model, area);
    bottom(&mut pen, model, area);
    popups(&mut pen, model, area)
}

/// The next of the first steps, in the line above the place; what is wrong goes before.
fn first_steps(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let Some(words) = tour::words(model).filter(|_| model.banner.is_none()) else { return };
    let skips = if model.popups.is_empty() { " · esc skips" } else { "" };
    pen.word(1, 1, area.width - 2, &format!(" {words}{skips} "), Role::Accent);
}

fn place(pen: &mut Pen<'_>, model: &Model, body: Rect) {
    let above = body.y - 1;
    let below = body.bottom();
    pen.rule(0, above, body.width);
    pen.rule(0, below, body.width);
    if let Some(banner) = &model.banner {
        pen.word(1, above, body.width - 2, &format!(" ! {banner} "), Role::Danger);
    }
    if model.is_zoomed() {
        detail::draw(pen, model, Rect { x: 1, width: body.width.min(100) - 2, ..body });
        return;
    }
    let split = split_at(model, body.width);
    let left = Rect { width: split.unwrap_or(body.width), ..body };
    match model.place {
        Place::Today => today::draw(pen, model, left),
        _ => list::draw(pen, model, left),
    }
    if let Some(at) = split {
        pen.upright(at, body.y, body.height);
        pen.put(at, above, 1, &Shown::fixed(pen.theme.glyphs.join_down), Role::Rule);
        pen.put(at, below, 1, &Shown::fixed(pen.theme.glyphs.join_up), Role::Rule);
        let right = Rect { x: at + 2, width: body.width.saturating_sub(at + 3), ..body };
        if model.place == Place::Today {
            today::outcomes(pen, model, right);
        } else {
            detail::draw(pen, model, right);
        }
    }
}

/// Where the line between list and pane stands; `None` when the list has the whole width.
fn split_at(model: &Model, width: u16) -> Option<u16> {
    if model.place == Place::Today {
        return (width >= 120 && !model.outcomes.is_empty()).then(|| width - 40.min(width / 3));
    }
    model.has_detail_beside().then(|| match width {
        80..=99 => width * 58 / 100,
        100..=159 => width * 54 / 100,
        _ => width / 2,
    })
}

fn top_line(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let right = right_words(model, area.width);
    let room =
        area.width.saturating_sub(u16::try_from(Shown::line(&right).width()).unwrap_or(0) + 2);
    let mut x = 1;
    let tabs: Vec<Place> = Place::tabs().collect();
    let here = if model.place.number().is_none() { model.place.title().len() + 2 } else { 0 };
    let long: usize = tabs.iter().map(|tab| tab.title().len() + 4).sum::<usize>() + here;
    for tab in tabs {
        let title = if long < usize::from(room) { tab.title() } else { tab.short() };
        let is_here = tab == model.place;
        let number = tab.number().unwrap_or(' ');
        x += pen.word(
            x,
            0,
            room.saturating_sub(x),
            &format!("{number} "),
            if is_here { Role::Focus } else { Role::Muted },
        );
        x += pen.word(
            x,
            0,
            room.saturating_sub(x),
            title,
            if is_here { Role::Focus } else { Role::Plain },
        );
        x += 2;
    }
    if model.place.number().is_none() {
        pen.word(x, 0, room.saturating_sub(x), model.place.title(), Role::Focus);
    }
    pen.put_right(0, 0, area.width - 1, &Shown::line(&right), Role::Muted);
    let badge = if model.about.read_only { "READ-ONLY" } else { "DEMO" };
    if right.ends_with(badge) {
        pen.put_right(0, 0, area.width - 1, &Shown::fixed(badge), Role::Warn);
    }
}

fn right_words(model: &Model, width: u16) -> String {
    let today = model.today();
    let date = day::echo(today, today);
    let week = day::week_key(today);
    let week = week.rsplit('-').next().unwrap_or("").to_owned();
    let mut words = vec![date];
    if width >= 60 {
        words.push(week);
    }
    if model.about.demo {
        words.push("DEMO".to_owned());
    } else if width >= 80 {
        words.push(model.about.name.clone());
    }
    if model.about.read_only {
        words.push("READ-ONLY".to_owned());
    }
    words.join(" · ")
}

fn bottom(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let status = area.height - 2;
    let mut right = String::new();
    if let Some(undo) = model.undo.as_ref().filter(|_| model.toast.is_none()) {
        right = format!("last: {undo}");
    }
    let left = match model.progress {
        Some((done, all)) => {
            let share = done.saturating_mul(100).checked_div(all).unwrap_or(0).min(100);
            format!("importing {share} % · esc breaks it off")
        }
        None => status_words(model),
    };
    let taken = pen.word(1, status, area.width - 2, &left, Role::Muted);
    if let Some(toast) = &model.toast {
        let role = tone_role(toast.tone);
        let room = area.width.saturating_sub(taken + 4);
        let text = Shown::line(&toast.text);
        if text.width() > usize::from(room) {
            pen.clear(Rect { x: 0, y: status, width: area.width, height: 1 });
            pen.put(1, status, area.width - 2, &text, role);
        } else {
            pen.put_right(taken + 3, status, room, &text, role);
        }
    } else if !right.is_empty() {
        let room = area.width.saturating_sub(taken + 5);
        if room >= 24 {
            let hint = Shown::fixed(" · u undoes");
            let words = Shown::line(&right).truncate(usize::from(room) - hint.width());
            pen.put_right(taken + 4, status, room, &words.followed_by(&hint), Role::Muted);
        }
    }
    hints::draw(pen, model, area.height - 1, area.width);
}

fn tone_role(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Plain,
        Tone::Done => Role::Ok,
        Tone::Refused => Role::Warn,
        Tone::Failed => Role::Danger,
    }
}

fn status_words(model: &Model) -> String {
    let list = model.list();
    let mut words = vec![model.place.title().to_owned()];
    if list.is_filtered() {
        words.push(format!("/{}", list.query.filter.trim()));
    }
    if list.loaded && list.total > 0 {
        match model.place {
            Place::Today => words.push(format!(
                "{} shown",
                list.lines.iter().filter(|line| line.item().is_some()).count()
            )),
            _ => words.push(format!("{} of {}", list.cursor + 1, list.total)),
        }
    }
    if !list.marks.is_empty() {
        words.push(format!("{} marked", list.marks.len()));
    }
    if list.query.closed == crate::store::listing::Closed::Shown && model.place.kind().is_some() {
        words.push("with closed".to_owned());
    }
    if list.query.sort != crate::store::filter::Sort::Backlog {
        words.push(format!("by {}", sort_words(list)));
    }
    words.extend(list.warnings.iter().cloned());
    words.join(" · ")
}

fn sort_words(list: &crate::app::list::List) -> String {
    use crate::store::filter::Sort;
    let (name, descending) = match list.query.sort {
        Sort::Backlog => return "what matters".to_owned(),
        Sort::Updated { descending } => ("last change", descending),
        Sort::Reference { descending } => ("ref", descending),
        Sort::Field { name, descending } => (list.query.kind.noun().field(name).label, descending),
    };
    format!("{name}{}", if descending { " ↓" } else { " ↑" })
}

fn popups(pen: &mut Pen<'_>, model: &Model, area: Rect) -> Option<Position> {
    if model.hint_pending {
        hints::which_key(pen, model, area);
    }
    let mut cursor = None;
    for popup in &model.popups {
        cursor = match popup {
            Popup::Prompt(open) => {
                let at = prompt::draw(pen, open, area);
                if let Some(toast) = &model.toast {
                    pen.clear(Rect { x: 0, y: area.height - 3, width: area.width, height: 1 });
                    pen.word(
                        1,
                        area.height - 3,
                        area.width - 2,
                        &toast.text,
                        tone_role(toast.tone),
                    );
                }
                at
            }
            Popup::Menu(open) => menu::draw(pen, open, area),
            Popup::Form(open) => form::draw(pen, open, area),
            Popup::Import(preview) => {
                importing::draw(pen, preview, area);
                None
            }
            Popup::Writing(open) => writing::draw(pen, open, area),
            Popup::Grid(open) => {
                grid::draw(pen, open, area);
                None
            }
            Popup::Conflict(open) => {
                conflict::draw(pen, open, area);
                None
            }
            Popup::Sheet(sheet) => {
                menu::sheet(pen, sheet, area);
                None
            }
        };
    }
    cursor
}
