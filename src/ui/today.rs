//! Today: what to decide, what to make, what waits for triage, one line each.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::list::{figures, heading, offer, teach, teaching};
use super::pen::{Pen, first_name};
use super::theme::Role;
use crate::app::action::Action;
use crate::app::list::List;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::place::Place;
use crate::app::rows::Line;
use crate::app::tour::{Step, Tour};
use crate::domain::day;
use crate::domain::decision::standing::is_default_due;
use crate::domain::field::Names;
use crate::domain::kind::Kind;
use crate::domain::noun::Shelf;
use crate::domain::shown::Shown;
use crate::domain::week::Band;
use crate::ops::Row;

pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let list = model.list();
    if !list.loaded {
        super::list::failed(pen, model, area);
        return;
    }
    if list.total == 0 {
        empty(pen, model, area);
        return;
    }
    // A blank line between sections, where there is room for it.
    let is_heading = |line: &Line| matches!(line, Line::Heading { .. });
    let sections = list.lines.iter().filter(|line| is_heading(line)).count();
    let first = list.lines.iter().position(is_heading);
    let is_airy = list.total + sections.saturating_sub(1) <= usize::from(area.height);
    let mut y = area.y;
    for place in list.top..list.total {
        let Some(line) = list.line(place) else { continue };
        if is_airy && is_heading(line) && first < Some(place) {
            y += 1;
        }
        if y >= area.bottom() {
            break;
        }
        let at = Rect { y, height: 1, ..area };
        match line {
            Line::Heading { title, note } => heading(pen, title, note, at),
            Line::Item { row, .. } => {
                draw_row(pen, model, list, row, at);
                pen.spot(at, Target::Row(place));
                if place == list.cursor {
                    pen.select(Rect { width: area.width.saturating_sub(1), ..at });
                    pen.put(at.x, at.y, 1, &Shown::fixed(pen.theme.glyphs.cursor), Role::Accent);
                }
            }
            Line::Offer(action, words) => offer(pen, model, *action, words, at),
            Line::Step(_) => {}
        }
        y += 1;
    }
}

fn draw_row(pen: &mut Pen<'_>, model: &Model, list: &List, row: &Row, at: Rect) {
    if list.marks.contains(&row.item.id) {
        pen.put(at.x + 1, at.y, 1, &Shown::fixed(pen.theme.glyphs.mark), Role::Accent);
    } else if row.late {
        pen.word(at.x + 1, at.y, 1, "!", Role::Danger);
    }
    if row.item.text("gate") == "yes" {
        pen.put(at.x + 2, at.y, 1, &Shown::fixed(pen.theme.glyphs.gate), Role::Accent);
    }
    if matches!(row.item.kind(), Kind::Block | Kind::Meeting) {
        return draw_block(pen, model, list, row, at);
    }
    let named = widest_reference(list);
    pen.word(at.x + 3, at.y, named, &row.item.reference.to_string(), Role::Muted);
    // On a narrow screen the title needs the room of the rest.
    let side = match at.width {
        130.. => 44,
        100.. => 30,
        56.. => 14,
        _ => 0,
    };
    let (person, due) = (if at.width < 70 { 0 } else { 8 }, 8);
    let right = at.right().saturating_sub(1);
    let (side_at, person_at) = (right - side, right - side - person - 1);
    // Air between a date that ends here and a name that begins.
    let due_at = person_at - due - 2;
    let title = Shown::line(row.item.title());
    let title_at = at.x + 4 + named;
    pen.put(title_at, at.y, due_at.saturating_sub(title_at + 1), &title, Role::Plain);
    // What was decided is here for the day on which it is looked at again.
    let date = match row.item.day("review_on").filter(|_| row.item.shelf() == Shelf::Closed) {
        Some(review) => Some(review),
        None => row.item.kind().noun().due.and_then(|name| row.item.day(name)),
    };
    let back = row.item.day("deferred_until").filter(|_| row.item.state().slug == "deferred");
    let date = back.or(date);
    let words = date.map(|date| short(date, model.today(), due)).unwrap_or_default();
    let role = if row.late { Role::Danger } else { Role::Plain };
    pen.put_right(due_at, at.y, due, &Shown::line(&words), role);
    pen.word(person_at, at.y, person, first_name(&person_of(list, row)), Role::Plain);
    let (words, role) = side_words(model, list, row, side);
    pen.word(side_at, at.y, side, &words, role);
}

/// Columns that the longest reference takes, so that none is cut.
fn widest_reference(list: &List) -> u16 {
    let named = list.lines.iter().filter_map(|line| match line {
        Line::Item { row, .. } => Some(row.item.reference),
        Line::Heading { .. } | Line::Offer(..) | Line::Step(_) => None,
    });
    let wide = named.map(|named| named.to_string().len()).max().unwrap_or(0);
    u16::try_from(wide).unwrap_or(u16::MAX).clamp(4, 12)
}

/// A date of another year that has no room is told by its month: `Aug 2027`.
fn short(date: NaiveDate, today: NaiveDate, room: u16) -> String {
    let words = day::short(date, today);
    if words.chars().count() <= usize::from(room) {
        return words;
    }
    date.format("%b %Y").to_string()
}

/// A block: when, of which band, how long, and what for.
fn draw_block(pen: &mut Pen<'_>, model: &Model, list: &List, row: &Row, at: Rect) {
    let item = &row.item;
    let band = Band::parse(item.text("band")).unwrap_or(Band::Unclassified);
    let minutes = day::show_minutes(item.whole("minutes").unwrap_or(0));
    pen.word(at.x + 3, at.y, 5, item.text("at"), Role::Muted);
    let letter = band.letter().to_string();
    let letter = model.said.get(&item.id).unwrap_or(&letter);
    pen.word(at.x + 9, at.y, 2, letter, super::meter::role(band));
    pen.put_right(at.x + 11, at.y, 7, &Shown::line(&minutes), Role::Plain);
    let serves = row.blockers.first().map(|id| ("blocked by ", *id, Role::Blocked));
    let serves = serves.or_else(|| Some(("", item.link("for")?, Role::Muted)));
    let side = serves.and_then(|(words, id, role)| {
        Some((format!("{words}{}", list.names.reference(id)?), role))
    });
    let (words, role) = side.unwrap_or((String::new(), Role::Muted));
    let words = Shown::line(&words);
    let wide = u16::try_from(words.width()).unwrap_or(0);
    let end = at.right().saturating_sub(wide + 2);
    let title = Shown::line(item.title());
    pen.put(at.x + 20, at.y, end.saturating_sub(at.x + 21), &title, Role::Plain);
    pen.put(end, at.y, wide, &words, role);
}

/// Who matters for the row: the approver of a decision, who asks, who owns.
fn person_of(list: &List, row: &Row) -> String {
    let names = match row.item.kind() {
        Kind::Decision => ["approver", "owner"],
        Kind::Request => ["from", "owner"],
        _ => ["owner", "waiting_on"],
    };
    let id = names.iter().find_map(|name| row.item.link(name));
    id.and_then(|id| list.names.title(id)).unwrap_or("").to_owned()
}

fn side_words(model: &Model, list: &List, row: &Row, room: u16) -> (String, Role) {
    if is_default_due(&row.item, model.today()) {
        let is_over = row.item.day("default_on").is_some_and(|on| on < model.today());
        let own = row.item.text("default_text");
        let text =
            if is_over { format!("default was due: {own}") } else { format!("{own}, unless …") };
        let fits = text.chars().count() <= usize::from(room);
        let short = if is_over { "default late" } else { "default is due" };
        return (if fits { text } else { short.to_owned() }, Role::Warn);
    }
    let said = model.said.get(&row.item.id).filter(|_| row.item.kind() == Kind::Decision);
    if let Some(said) = said.filter(|said| presses(said)) {
        return (fitted(said, room), Role::Warn);
    }
    if let Some(blocker) = row.blockers.first() {
        let reference =
            list.names.reference(*blocker).map(|found| found.to_string()).unwrap_or_default();
        let words = format!("blocked by {reference}");
        let fits = words.len() <= usize::from(room);
        return (if fits { words } else { format!("by {reference}") }, Role::Blocked);
    }
    if row.holds > 0 {
        let first = row
            .first_held_due
            .filter(|_| room >= 20)
            .map(|date| format!(", first {}", day::short(date, model.today())));
        return (format!("holds {}{}", row.holds, first.unwrap_or_default()), Role::Plain);
    }
    let item = &row.item;
    match item.kind() {
        Kind::Metric => (model.said.get(&item.id).cloned().unwrap_or_default(), Role::Warn),
        Kind::Milestone => (model.said.get(&item.id).cloned().unwrap_or_default(), Role::Muted),
        Kind::Artefact => (item.text("kind").replace('-', " "), Role::Muted),
        Kind::Request => {
            let estimate = item.whole("estimate").map(day::show_minutes).unwrap_or_default();
            match model.said.get(&item.id) {
                Some(said) if room >= 20 && !estimate.is_empty() => {
                    (format!("{said} · {estimate}"), Role::Warn)
                }
                Some(said) => (said.clone(), Role::Warn),
                None => (estimate, Role::Muted),
            }
        }
        Kind::Decision if said.is_some() => {
            (fitted(said.map_or("", String::as_str), room), Role::Muted)
        }
        Kind::Outcome => (outcome_words(row, room), Role::Plain),
        _ => (item.state().slug.to_owned(), Role::Muted),
    }
}

/// Whether what is said of a decision goes before what it holds: it is back, or its forum is near.
fn presses(said: &str) -> bool {
    said.starts_with("back") || said.starts_with("forum")
}

/// What is urgent, in the room that there is: `forum today, 2 of 4 pre-wired`, `2 of 4 wired`.
fn fitted(said: &str, room: u16) -> String {
    let last = said.rsplit(", ").next().unwrap_or(said);
    let ways = [said.to_owned(), last.to_owned(), last.replace("pre-wired", "wired")];
    let fits = ways.iter().find(|words| words.chars().count() <= usize::from(room));
    fits.cloned().unwrap_or_else(|| last.chars().take(usize::from(room)).collect())
}

/// Where an outcome stands, and its figures where there is room for both.
fn outcome_words(row: &Row, room: u16) -> String {
    let both = [row.account.clone(), figures(row)];
    let both: Vec<String> = both.into_iter().filter(|words| !words.is_empty()).collect();
    let whole = both.join(" · ");
    if whole.chars().count() <= usize::from(room) {
        return whole;
    }
    let first = both.first().map_or("", String::as_str);
    first.split(", ").next().unwrap_or(first).to_owned()
}

fn empty(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let mut lines = vec!["What to decide, to make and to answer, every morning.".to_owned()];
    match model.tour {
        // The first steps begin where outcomes are.
        Tour::At(Step::Outcome) => lines.extend([
            format!(
                "{} and then {} adds an outcome; {} captures anything",
                model.keys().way(Action::Go(Place::Outcomes)),
                model.keys().way(Action::Add),
                model.keys().way(Action::Capture)
            ),
            format!("try  {}", Kind::Outcome.noun().example),
        ]),
        _ => lines.extend(teaching(model).into_iter().skip(1)),
    }
    teach(pen, &lines, area);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_without_room_is_told_by_its_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let told = |text: &str| short(day(text), day("2026-05-06"), 8);
        assert_eq!([told("2026-05-14"), told("2027-08-24")], ["14 May", "Aug 2027"]);
    }
}
