//! The grid of a week: days across, hours down, what was planned beside what was lived. The one
//! that has the keys has the room for its titles; where a day is too narrow for both it stands alone.

use ratatui::layout::Rect;

use super::super::meter::role;
use super::super::pen::Pen;
use super::super::theme::Role;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::week::WeekScreen;
use crate::domain::day::{show_clock, show_minutes};
use crate::domain::kind::Kind;
use crate::domain::shown::Shown;
use crate::domain::week::Band;
use crate::domain::week::stretch::{Stretch, Whence};

/// Columns of the hours at the left.
const HOURS: u16 = 8;
/// The narrowest day, and a day of the weekend on which nothing stands.
const DAY: u16 = 10;
const EMPTY: u16 = 7;
/// The columns of the strip beside, with its gap.
const STRIP: u16 = 3;
/// The narrowest day that is worth less room than the weekend.
const STRIPED: u16 = 13;
/// The narrowest day that is halved.
const HALVED: u16 = 22;
/// Most lines of what has no time of day.
const LOOSE: usize = 3;
/// Lines from which a row is a quarter of an hour.
const FINE: u16 = 40;

/// A day of the grid, and where it stands.
#[derive(Clone, Copy)]
struct Column {
    day: chrono::NaiveDate,
    x: u16,
    width: u16,
}

/// How the grid lies: its days, the first row in minutes, minutes of a row.
struct Lie {
    days: Vec<Column>,
    from: i64,
    slot: i64,
    /// Whether days before and after those that are shown have no room.
    cut: (bool, bool),
}

/// Monday to Sunday: an empty day of the weekend is narrow, and stays away where the others need
/// its room; where there is room for some days only, they are those around the selected one.
fn columns(
    screen: &WeekScreen,
    here: chrono::NaiveDate,
    area: Rect,
) -> (Vec<Column>, (bool, bool)) {
    let view = &screen.view;
    let room = area.width.saturating_sub(HOURS);
    let all = || view.planned.iter().chain(&view.lived);
    let week: Vec<(chrono::NaiveDate, bool)> = view
        .week
        .days()
        .enumerate()
        .map(|(place, day)| {
            let is_full = place < 5 || day == view.today || all().any(|one| one.on == day);
            (day, is_full)
        })
        .collect();
    let full = u16::try_from(week.iter().filter(|(_, is_full)| *is_full).count()).unwrap_or(7);
    let width = |empty: u16| room.saturating_sub(empty * EMPTY) / full.max(1);
    let tier = |width: u16| (width >= HALVED, width >= STRIPED, width >= DAY);
    let empty = 7 - full;
    // A Saturday between two days that are shown is shown too.
    let between = week[6].1 && !week[5].1;
    let keeps = tier(width(empty)) == tier(width(0)) || between;
    let narrow = if keeps && width(empty) >= DAY { empty } else { 0 };
    let mut days: Vec<(chrono::NaiveDate, u16)> = week
        .iter()
        .filter(|(_, is_full)| *is_full || narrow > 0)
        .map(|(day, is_full)| (*day, if *is_full { width(narrow) } else { EMPTY }))
        .collect();
    let mut cut = (false, false);
    let fits = usize::from((room / DAY).max(1));
    if width(narrow) < DAY && days.len() > fits {
        let at = days.iter().position(|(day, _)| *day >= here).unwrap_or(days.len() - 1);
        let start = at.saturating_sub(fits / 2).min(days.len() - fits);
        cut = (start > 0, start + fits < days.len());
        days = days.split_off(start);
        days.truncate(fits);
        let width = room / u16::try_from(fits).unwrap_or(1).max(1);
        for (_, wide) in &mut days {
            *wide = width;
        }
    }
    let mut x = area.x + HOURS;
    let placed = days.into_iter().map(|(day, width)| {
        let column = Column { day, x, width };
        x += width;
        column
    });
    (placed.collect(), cut)
}

fn lie(model: &Model, screen: &WeekScreen, area: Rect) -> Lie {
    let view = &screen.view;
    let cursor = screen.shown().get(model.list().cursor);
    let all = || view.planned.iter().chain(&view.lived);
    let (days, cut) = columns(screen, cursor.map_or(view.today, |one| one.on), area);
    let slot = if model.height >= FINE { 15 } else { 30 };
    let rows = i64::from(area.height.saturating_sub(1));
    let (mut from, to) = all().fold(view.terms.hours, |(from, to), one| {
        (from.min(one.at.unwrap_or(from)), to.max(one.end().unwrap_or(to)))
    });
    from -= from.rem_euclid(60);
    // What does not fit is cut above, as far as the selected block asks for it.
    if let Some((at, end)) = cursor.and_then(|one| one.at.zip(one.end()))
        && to - from > rows * slot
        && end > from + rows * slot
    {
        from = (end - rows * slot + slot - 1).min(at);
        from += (slot - from.rem_euclid(slot)).rem_euclid(slot);
        from = from.min(at - at.rem_euclid(slot));
    }
    Lie { days, from, slot, cut }
}

pub fn draw(pen: &mut Pen<'_>, model: &Model, screen: &WeekScreen, area: Rect) {
    let whole = area;
    let loose = u16::try_from(loose_rows(screen)).unwrap_or(0).min(area.height / 3);
    let area = Rect { y: area.y + loose, height: area.height - loose, ..area };
    let lie = lie(model, screen, area);
    let today = screen.view.today;
    for Column { day, x, width } in &lie.days {
        let words = if *day == today && *width >= 14 {
            format!("{}  today", day.format("%a %-d"))
        } else {
            day.format("%a %-d").to_string()
        };
        let role = if *day == today { Role::Focus } else { Role::Title };
        pen.word(*x, whole.y, width.saturating_sub(1), &words, role);
    }
    if loose > 0 {
        pen.word(area.x + 1, whole.y + 1, HOURS - 1, "no time", Role::Muted);
    }
    let signs = (pen.theme.glyphs.earlier, pen.theme.glyphs.later);
    if lie.cut.0 {
        pen.word(area.x + HOURS - 2, whole.y, 1, signs.0, Role::Muted);
    }
    if lie.cut.1 {
        pen.word(area.right() - 1, whole.y, 1, signs.1, Role::Muted);
    }
    for row in 0..area.height.saturating_sub(1) {
        let minute = lie.from + i64::from(row) * lie.slot;
        if minute % 60 == 0 && minute < 24 * 60 {
            pen.word(area.x + 2, area.y + 1 + row, 6, &show_clock(minute), Role::Muted);
        }
    }
    hidden(pen, screen, &lie, area, whole.y);
    for column in &lie.days {
        for track in tracks(screen, *column) {
            without_time(pen, model, screen, (column.day, track), Rect { height: loose, ..whole });
            on_track(pen, model, screen, (&lie, column.day, track), area);
        }
    }
    if screen.shown().is_empty() {
        let add = model.keys().way(crate::app::action::Action::Add);
        let words = match screen.kind {
            Kind::Block => format!(
                "Nothing is planned. {add} adds a block: Segment memo on:fri at:09:00 est:90m band:s"
            ),
            _ => format!(
                "Nothing was logged. {add} adds: on the lists of entries, or + t Deal desk est:40m band:r"
            ),
        };
        let lines = super::super::pen::wrap(
            &Shown::line(&words),
            usize::from(area.width.saturating_sub(HOURS + 2)),
        );
        for (row, line) in (0..).zip(&lines) {
            pen.put(area.x + HOURS, whole.y + 3 + row, area.width - HOURS - 1, line, Role::Muted);
        }
    }
}

/// How much of the week lies above the hours that are shown, and how much below them.
fn hidden(pen: &mut Pen<'_>, screen: &WeekScreen, lie: &Lie, area: Rect, head: u16) {
    let last = lie.from + i64::from(area.height.saturating_sub(1)) * lie.slot;
    let all = || screen.view.planned.iter().chain(&screen.view.lived);
    let above = all().filter(|one| one.end().is_some_and(|end| end <= lie.from)).count();
    let below = all().filter(|one| one.at.is_some_and(|at| at >= last)).count();
    let glyphs = pen.theme.glyphs;
    for (count, sign, y) in
        [(above, glyphs.above, head), (below, glyphs.below, area.bottom().saturating_sub(1))]
    {
        if count > 0 {
            let width = HOURS - 3;
            let words = format!("{:<5}", format!("{sign} {count}"));
            pen.word(area.x + 1, y, width, &words, Role::Accent);
        }
    }
}

/// Where one of planned and lived stands within a day.
#[derive(Clone, Copy)]
struct Track {
    kind: Kind,
    x: u16,
    width: u16,
    /// Whether it has the keys.
    is_shown: bool,
}

/// How a day is shared: planned at the left, lived at the right.
fn tracks(screen: &WeekScreen, Column { day, x, width }: Column) -> Vec<Track> {
    let track = |kind, x, width| Track { kind, x, width, is_shown: kind == screen.kind };
    let room = width.saturating_sub(1);
    let other = if screen.kind == Kind::Block { Kind::Entry } else { Kind::Block };
    let is_alone = screen.of(other).iter().all(|one| one.on != day);
    if is_alone || width < DAY {
        return vec![track(screen.kind, x, room)];
    }
    let left = match screen.kind {
        _ if width >= HALVED => (room - 1) / 2,
        Kind::Block => room - STRIP,
        _ => STRIP - 1,
    };
    let right = room.saturating_sub(left + 1);
    vec![track(Kind::Block, x, left), track(Kind::Entry, x + left + 1, right)]
}

/// What stands on a day without a time of day.
fn untimed(screen: &WeekScreen, kind: Kind, day: chrono::NaiveDate) -> Vec<(usize, &Stretch)> {
    let all = screen.of(kind).iter().enumerate();
    all.filter(|(_, one)| one.on == day && one.at.is_none()).collect()
}

/// Lines below the days for what has no time of day.
fn loose_rows(screen: &WeekScreen) -> usize {
    let of = |day| [Kind::Block, Kind::Entry].map(|kind| untimed(screen, kind, day).len());
    screen.view.week.days().flat_map(of).max().unwrap_or(0).min(LOOSE)
}

/// What has no time stands below the name of its day, above the hours; as much of it as has room,
/// what is selected among it.
fn without_time(
    pen: &mut Pen<'_>,
    model: &Model,
    screen: &WeekScreen,
    (day, track): (chrono::NaiveDate, Track),
    area: Rect,
) {
    let mine = untimed(screen, track.kind, day);
    let room = usize::from(area.height);
    let here = mine.iter().position(|(at, _)| track.is_shown && *at == model.list().cursor);
    let start = here.map_or(0, |here| (here + 1).saturating_sub(room));
    let left = mine.len().saturating_sub(start + room);
    for (y, (at, one)) in (area.y + 1..).zip(mine.iter().skip(start).take(room)) {
        let cell = Rect { x: track.x, y, width: track.width, height: 1 };
        block(pen, model, (track, *at, one), cell);
    }
    if left > 0 && track.width > STRIP + 4 {
        let words = format!("+{left}");
        let width = u16::try_from(words.len()).unwrap_or(2);
        pen.word(track.x + track.width - width, area.y + area.height, width, &words, Role::Muted);
    }
}

/// One of both on a day. What overlaps stands side by side.
fn on_track(
    pen: &mut Pen<'_>,
    model: &Model,
    screen: &WeekScreen,
    (lie, day, track): (&Lie, chrono::NaiveDate, Track),
    area: Rect,
) {
    let rows = i64::from(area.height.saturating_sub(1));
    let all = screen.of(track.kind).iter().enumerate();
    let mine: Vec<(usize, &Stretch)> =
        all.filter(|(_, one)| one.on == day && one.at.is_some()).collect();
    let span = |one: &Stretch| {
        let at = one.at?;
        let first = (at - lie.from).div_euclid(lie.slot);
        let last = (at + one.minutes - lie.from + lie.slot - 1).div_euclid(lie.slot);
        Some((first, last.max(first + 1)))
    };
    let mut drawn: Vec<(i64, i64, u16)> = Vec::new();
    for (at, one) in &mine {
        let Some((first, last)) = span(one) else { continue };
        let crowd = mine.iter().filter_map(|(_, other)| span(other));
        let crowd = crowd.filter(|(from, to)| *from < last && first < *to).count().clamp(1, 3);
        let taken = |lane: u16| {
            drawn.iter().any(|(from, to, other)| *other == lane && *from < last && first < *to)
        };
        let lane = (0..2).find(|lane| !taken(*lane)).unwrap_or(2);
        drawn.push((first, last, lane));
        let lanes = u16::try_from(crowd).unwrap_or(1).min(track.width.max(1));
        let width = (track.width / lanes).max(1);
        let left = track.x + lane.min(lanes - 1) * width;
        let (top, bottom) = (first.max(0), last.min(rows));
        if top >= bottom {
            continue;
        }
        let height = u16::try_from(bottom - top).unwrap_or(1);
        let y = area.y + 1 + u16::try_from(top).unwrap_or(0);
        let cell = Rect { x: left, y, width, height };
        block(pen, model, (track, *at, one), cell);
    }
}

fn block(pen: &mut Pen<'_>, model: &Model, (track, at, one): (Track, usize, &Stretch), cell: Rect) {
    let glyphs = pen.theme.glyphs;
    let pattern = match one.band {
        Band::Strategic => glyphs.bands[0],
        Band::Execution => glyphs.bands[1],
        Band::Reactive => glyphs.bands[2],
        Band::Off => glyphs.bands[3],
        Band::Unclassified if one.whence == Whence::Calendar => glyphs.meeting,
        Band::Unclassified => "?",
    };
    let unlinked = one.band == Band::Execution && !one.has_bet && track.kind == Kind::Entry;
    let look = role(one.guess.filter(|_| one.band == Band::Unclassified).unwrap_or(one.band));
    for y in cell.top()..cell.bottom() {
        pen.word(cell.x, y, 1, if unlinked { "/" } else { pattern }, look);
    }
    let letter = one.letter();
    let letter = if cell.width > STRIP { format!("{letter} ") } else { letter };
    let used = pen.word(cell.x + 1, cell.y, cell.width.saturating_sub(1), &letter, look);
    let room = cell.width.saturating_sub(used + 1);
    pen.word(
        cell.x + 1 + used,
        cell.y,
        room,
        &one.title,
        if track.is_shown { Role::Plain } else { Role::Muted },
    );
    if cell.height > 1 && cell.width >= 10 {
        let words = show_minutes(one.minutes);
        pen.word(cell.x + 3, cell.y + 1, cell.width.saturating_sub(4), &words, Role::Muted);
    }
    if !track.is_shown {
        return;
    }
    pen.spot(cell, Target::Row(at));
    let list = model.list();
    if list.marks.contains(&one.id) {
        pen.put(cell.x, cell.y, 1, &Shown::fixed(glyphs.mark), Role::Accent);
    }
    if at == list.cursor {
        pen.select(Rect { height: 1, ..cell });
        pen.put(cell.x, cell.y, 1, &Shown::fixed(glyphs.cursor), Role::Accent);
    }
}
