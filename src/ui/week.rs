//! The Week screen: a grid of days and hours, blocks with letter, pattern and colour; the figures
//! of planned and lived above, the weeks before at the right.

use ratatui::layout::Rect;

use super::meter::role;
use super::pen::Pen;
use super::theme::Role;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::week::WeekScreen;
use crate::domain::day::{show_clock, show_minutes};
use crate::domain::kind::Kind;
use crate::domain::shown::Shown;
use crate::domain::week::stretch::{Stretch, Whence};
use crate::domain::week::{Band, Verdict};
use crate::ops::week::spread::{HORIZONS, MODE_TARGETS};

/// Columns of the hours at the left.
const HOURS: u16 = 8;
/// The narrowest day.
const DAY: u16 = 11;
/// Columns of the weeks before, on a wide screen and on a very wide one, and the widths from which
/// they have room.
const PAST: [u16; 2] = [20, 24];
const WITH_MORE: u16 = 130;
const WITH_PAST: u16 = 110;
/// Lines from which a row is a quarter of an hour.
const FINE: u16 = 40;

pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let Some(screen) = &model.week else { return };
    heading(pen, screen, Rect { height: 2, ..area });
    let below = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let past = match area.width {
        WITH_MORE.. => PAST[1],
        WITH_PAST.. => PAST[0],
        _ => 0,
    };
    if past > 0 {
        let x = area.right() - past;
        pen.upright(x - 1, below.y, below.height);
        history(pen, screen, Rect { x: x + 1, width: past - 2, ..below });
    }
    grid(pen, model, screen, Rect { width: area.width - past, ..below });
}

/// The week, which of the two is shown, and the figures of both.
fn heading(pen: &mut Pen<'_>, screen: &WeekScreen, area: Rect) {
    let view = &screen.view;
    let mut x = 1 + pen.word(1, area.y, area.width - 2, &view.title(), Role::Title);
    for (kind, word) in [(Kind::Block, "planned"), (Kind::Entry, "lived")] {
        let role = if kind == screen.kind { Role::Focus } else { Role::Muted };
        x += 2;
        x += pen.word(x, area.y, area.width.saturating_sub(x + 1), word, role);
    }
    let mut words = vec![view.words()];
    if let Some(closed) = &view.closed {
        words.push(format!("closed {}", crate::domain::day::short(closed.on, view.today)));
        if let Some((on, why)) = &closed.corrected {
            words.push(format!("corrected {}: {why}", crate::domain::day::short(*on, view.today)));
        }
    }
    words.push(view.capacity().words());
    if view.broken > 0 {
        words.push(format!("{} meetings repeat too often to follow", view.broken));
    }
    let words = words.join(" · ");
    let tone = if view.verdict == Verdict::Breach { Role::Warn } else { Role::Muted };
    x += 3;
    pen.word(x, area.y, area.width.saturating_sub(x + 1), &words, tone);
    if view.plan.worked() + view.actual.worked() == 0 {
        return;
    }
    let targets = view.terms.targets.split(view.available);
    let mut x = 1;
    for band in Band::WORK {
        let planned = show_minutes(view.plan.of(band));
        let lived = show_minutes(view.actual.of(band));
        let text = if area.width >= 100 {
            let target = show_minutes(targets.of(band));
            format!("{} {planned} of {target} | {lived}", band.letter())
        } else {
            format!("{} {planned} | {lived}", band.letter())
        };
        x += pen.word(x, area.y + 1, area.width.saturating_sub(x + 1), &text, role(band)) + 4;
    }
    if view.actual.unclassified > 0 {
        let text = format!("gaps {}", show_minutes(view.actual.unclassified));
        pen.word(x, area.y + 1, area.width.saturating_sub(x + 1), &text, Role::Warn);
    }
}

/// Twelve weeks of the reactive share, with their verdicts in words; below them how the month and
/// the quarter were worked.
fn history(pen: &mut Pen<'_>, screen: &WeekScreen, area: Rect) {
    pen.word(area.x, area.y, area.width, "Weeks, reactive", Role::Title);
    let mut y = area.y;
    if screen.worked().next().is_none() {
        pen.word(area.x, y + 1, area.width, "nothing logged yet", Role::Muted);
    }
    for past in screen.worked() {
        y += 1;
        if y >= area.bottom() {
            return;
        }
        let key = past.week.to_string();
        let role = if past.verdict == Verdict::Breach { Role::Warn } else { Role::Plain };
        pen.word(area.x, y, 4, &key[5..], Role::Muted);
        let low = past.actual.reactive_interval().0.in_parts(100);
        let Some(low) = low else { continue };
        pen.put_right(area.x + 4, y, 4, &Shown::line(&low.to_string()), role);
        let word = match past.verdict {
            _ if past.week.holds(screen.view.today) => "so far".to_owned(),
            Verdict::Clear | Verdict::NoData => String::new(),
            Verdict::Thin | Verdict::Breach | Verdict::Unsure => past.verdict.to_string(),
        };
        // A fifth is a full bar: what is longer is over the limit.
        let cells = usize::try_from((low * 4 / 20).clamp(0, 6)).unwrap_or(0);
        let bar = pen.theme.glyphs.block.repeat(cells);
        let said = pen.word(area.x + 9, y, area.width.saturating_sub(9), &bar, look(past.verdict));
        let x = area.x + 9 + said + u16::from(said > 0);
        let room = area.right().saturating_sub(x);
        // A word that does not fit is a mark.
        let fits = word.len() <= usize::from(room);
        let word = if fits || past.verdict != Verdict::Breach { word.as_str() } else { "!" };
        pen.word(x, y, if fits { room } else { 1 }, word, role);
    }
    for spread in &screen.spreads {
        for (name, split, tags) in [
            ("modes", &spread.modes, ["experiment", "iterate", "apply"]),
            ("horizons", &spread.horizons, HORIZONS),
        ] {
            let Some(shares) = split.percentages() else { continue };
            let needs = if name == "modes" { 4 } else { 5 };
            if y + needs >= area.bottom() {
                return;
            }
            y += 2;
            pen.word(area.x, y, area.width, &format!("{}, {name}", spread.name), Role::Title);
            for (at, (tag, share)) in tags.iter().zip(shares).enumerate() {
                y += 1;
                pen.word(area.x, y, 5, tag.get(..4).unwrap_or(tag), Role::Muted);
                let words = match name {
                    "modes" => format!("{share}/{}", MODE_TARGETS[at]),
                    _ => share.to_string(),
                };
                pen.put_right(area.x + 4, y, 6, &Shown::line(&words), Role::Plain);
                let cells = usize::try_from((share / 15).clamp(0, 6)).unwrap_or(0);
                let bar = pen.theme.glyphs.block.repeat(cells);
                pen.word(area.x + 11, y, area.width.saturating_sub(11), &bar, Role::Muted);
            }
        }
    }
}

fn look(verdict: Verdict) -> Role {
    match verdict {
        Verdict::Breach => Role::Warn,
        Verdict::NoData | Verdict::Thin | Verdict::Unsure => Role::Muted,
        Verdict::Clear => Role::Reactive,
    }
}

/// How the grid lies: its days, the first row in minutes, minutes of a row.
struct Lie {
    days: Vec<chrono::NaiveDate>,
    day: u16,
    from: i64,
    slot: i64,
}

fn lie(model: &Model, screen: &WeekScreen, area: Rect) -> Lie {
    let view = &screen.view;
    let all = screen.shown();
    let cursor = all.get(model.list().cursor);
    let mut days: Vec<_> = view
        .week
        .days()
        .enumerate()
        .filter(|(place, day)| *place < 5 || all.iter().any(|one| one.on == *day))
        .map(|(_, day)| day)
        .collect();
    let fits = usize::from((area.width.saturating_sub(HOURS) / DAY).max(1));
    if days.len() > fits {
        let here = cursor.map_or(view.today, |one| one.on);
        let at = days.iter().position(|day| *day >= here).unwrap_or(days.len() - 1);
        let start = at.saturating_sub(fits / 2).min(days.len() - fits);
        days = days.split_off(start);
        days.truncate(fits);
    }
    let count = u16::try_from(days.len()).unwrap_or(1).max(1);
    let slot = if model.height >= FINE { 15 } else { 30 };
    let rows = i64::from(area.height.saturating_sub(1));
    let (mut from, to) = all.iter().fold(view.terms.hours, |(from, to), one| {
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
    Lie { days, day: area.width.saturating_sub(HOURS) / count, from, slot }
}

fn grid(pen: &mut Pen<'_>, model: &Model, screen: &WeekScreen, area: Rect) {
    let lie = lie(model, screen, area);
    let today = screen.view.today;
    for (place, day) in (0..).zip(&lie.days) {
        let x = area.x + HOURS + place * lie.day;
        let words = if *day == today && lie.day >= 14 {
            format!("{}  today", day.format("%a %-d"))
        } else {
            day.format("%a %-d").to_string()
        };
        let role = if *day == today { Role::Focus } else { Role::Title };
        pen.word(x, area.y, lie.day.saturating_sub(1), &words, role);
    }
    for row in 0..area.height.saturating_sub(1) {
        let minute = lie.from + i64::from(row) * lie.slot;
        if minute % 60 == 0 && minute < 24 * 60 {
            pen.word(area.x + 2, area.y + 1 + row, 6, &show_clock(minute), Role::Muted);
        }
    }
    for place in 0..lie.days.len() {
        column(pen, model, screen, (&lie, place), area);
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
        let lines = super::pen::wrap(
            &Shown::line(&words),
            usize::from(area.width.saturating_sub(HOURS + 2)),
        );
        for (row, line) in (0..).zip(&lines) {
            pen.put(area.x + HOURS, area.y + 3 + row, area.width - HOURS - 1, line, Role::Muted);
        }
    }
}

/// One day. What overlaps stands side by side; what has no time of day stands below the rest.
fn column(
    pen: &mut Pen<'_>,
    model: &Model,
    screen: &WeekScreen,
    (lie, place): (&Lie, usize),
    area: Rect,
) {
    let day = lie.days[place];
    let x = area.x + HOURS + u16::try_from(place).unwrap_or(0) * lie.day;
    let rows = i64::from(area.height.saturating_sub(1));
    let mine: Vec<(usize, &Stretch)> =
        screen.shown().iter().enumerate().filter(|(_, one)| one.on == day).collect();
    let span = |one: &Stretch| {
        let at = one.at?;
        let first = (at - lie.from).div_euclid(lie.slot);
        let last = (at + one.minutes - lie.from + lie.slot - 1).div_euclid(lie.slot);
        Some((first, last.max(first + 1)))
    };
    let mut free =
        mine.iter().filter_map(|(_, one)| span(one)).map(|(_, last)| last).max().unwrap_or(0);
    let mut drawn: Vec<(i64, i64, u16)> = Vec::new();
    for (at, one) in &mine {
        let (first, last) = span(one).unwrap_or_else(|| {
            free += 1;
            (free, free + 1)
        });
        let crowd = mine.iter().filter_map(|(_, other)| span(other));
        let crowd = crowd.filter(|(from, to)| *from < last && first < *to).count().clamp(1, 3);
        let taken = |lane: u16| {
            drawn.iter().any(|(from, to, other)| *other == lane && *from < last && first < *to)
        };
        let lane = (0..2).find(|lane| !taken(*lane)).unwrap_or(2);
        drawn.push((first, last, lane));
        let lanes = u16::try_from(crowd).unwrap_or(1);
        let width = (lie.day.saturating_sub(1) / lanes).max(2);
        let left = x + lane.min(lanes - 1) * width;
        let (top, bottom) = (first.max(0), last.min(rows));
        if top >= bottom {
            continue;
        }
        let height = u16::try_from(bottom - top).unwrap_or(1);
        let y = area.y + 1 + u16::try_from(top).unwrap_or(0);
        let cell = Rect { x: left, y, width, height };
        block(pen, model, screen, (*at, one), cell);
    }
}

fn block(
    pen: &mut Pen<'_>,
    model: &Model,
    screen: &WeekScreen,
    (at, one): (usize, &Stretch),
    cell: Rect,
) {
    let glyphs = pen.theme.glyphs;
    let pattern = match one.band {
        Band::Strategic => glyphs.bands[0],
        Band::Execution => glyphs.bands[1],
        Band::Reactive => glyphs.bands[2],
        Band::Off => glyphs.bands[3],
        Band::Unclassified if one.whence == Whence::Calendar => glyphs.meeting,
        Band::Unclassified => "?",
    };
    let unlinked = one.band == Band::Execution && !one.has_bet && screen.kind == Kind::Entry;
    let look = role(one.guess.filter(|_| one.band == Band::Unclassified).unwrap_or(one.band));
    for y in cell.top()..cell.bottom() {
        pen.word(cell.x, y, 1, if unlinked { "/" } else { pattern }, look);
    }
    let letter = format!("{} ", one.letter());
    let used = pen.word(cell.x + 1, cell.y, cell.width.saturating_sub(1), &letter, look);
    let room = cell.width.saturating_sub(used + 1);
    pen.word(cell.x + 1 + used, cell.y, room, &one.title, Role::Plain);
    if cell.height > 1 && cell.width >= 10 {
        let words = show_minutes(one.minutes);
        pen.word(cell.x + 3, cell.y + 1, cell.width.saturating_sub(4), &words, Role::Muted);
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
