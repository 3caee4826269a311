//! The preview of an import on the screen: where the rows come from, what they would become, and
//! what is wrong with the file.

use ratatui::layout::Rect;

use super::menu::centred;
use super::pen::{Pen, wrap, wrapped};
use super::theme::Role;
use crate::app::importing::Preview;
use crate::app::mouse::Target;
use crate::domain::shown::Shown;
use crate::ops::import::{BadRows, Fate, ImportPlan, PreviewRow, Rewrite};

/// Where there are fewer lines than this, the head takes as few as it can.
const LOW: u16 = 12;
/// Where there are fewer columns than this, a title goes before where its row stands and why.
const NARROW: u16 = 60;
/// Of a reason that stands beside a title, where it is narrow.
const REASON: u16 = 10;

pub fn draw(pen: &mut Pen<'_>, preview: &Preview, area: Rect) {
    let plan = &preview.plan;
    let width = 110.min(area.width.saturating_sub(2));
    let height = area.height.saturating_sub(4);
    let title = format!("import {} from {}", plan.file, plan.source);
    let inside = pen.boxed(centred(area, width, height), &Shown::line(&title));
    let head = if inside.height < LOW { Head::Low } else { Head::Full };
    let (most, gap) = if head == Head::Low { (1, 0) } else { (2, 1) };
    let mut y = inside.y;
    for (words, role) in summary(preview, head) {
        for line in &wrapped(&Shown::line(&words), usize::from(inside.width), most) {
            pen.put(inside.x, y, inside.width, line, role);
            y += 1;
        }
    }
    let top = y + gap;
    let rows = Rect { y: top, height: inside.bottom().saturating_sub(top), ..inside };
    if preview.shows_keys {
        keys(pen, preview, rows);
    } else if preview.shows_problems {
        problems(pen, plan, rows);
    } else if plan.rows == 0 {
        pen.word(rows.x, rows.y + 1, rows.width, "There is nothing to import in it.", Role::Plain);
    } else {
        lines(pen, preview, rows);
    }
}

/// The summary without roles.
pub fn words(preview: &Preview) -> impl Iterator<Item = String> {
    summary(preview, Head::Full).into_iter().map(|(words, _)| words)
}

/// How much stands above the rows: all there is to say, or a line of counts and one of what is wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    Full,
    Low,
}

fn summary(preview: &Preview, head: Head) -> Vec<(String, Role)> {
    let plan = &preview.plan;
    let total = plan.total();
    let kinds: Vec<String> = plan
        .tallies
        .iter()
        .filter(|(_, tally)| tally.new > 0)
        .map(|(kind, tally)| format!("{} {}", tally.new, kind.noun().counted(tally.new)))
        .collect();
    let bare = kinds.is_empty() || head == Head::Low;
    let new = if bare { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let gone = if total.gone > 0 { format!("   -{} gone", total.gone) } else { String::new() };
    let mut words = vec![(
        format!(
            "+{} new{new}   ~{} changed   ={} unchanged{gone}",
            total.new, total.changed, total.unchanged
        ),
        Role::Plain,
    )];
    if head == Head::Full {
        words.push((facts(plan), Role::Muted));
    }
    words.extend(wrong(preview));
    words
}

/// What the file is, and what of it is not read.
fn facts(plan: &ImportPlan) -> String {
    let mut facts = vec![counted(plan.rows, "row")];
    facts.extend(Some(plan.encoding.clone()).filter(|encoding| !encoding.is_empty()));
    if plan.remembered {
        facts.push("columns read as last time".to_owned());
    }
    if !plan.unmapped.is_empty() {
        const MOST: usize = 6;
        let mut names = plan.unmapped.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        if let Some(more @ 1..) = plan.unmapped.len().checked_sub(MOST) {
            names = format!("{names} and {more} more");
        }
        facts.push(format!("not read: {names}"));
    }
    facts.join(" · ")
}

/// What is wrong with the file, in a line.
fn wrong(preview: &Preview) -> Option<(String, Role)> {
    let plan = &preview.plan;
    if plan.bad_total > 0 {
        let rows = if plan.bad_total == 1 { "1 row" } else { &format!("{} rows", plan.bad_total) };
        return Some(match preview.request.bad_rows {
            BadRows::Refuse => (
                format!("! {rows} cannot be read: nothing is imported while that is so"),
                Role::Danger,
            ),
            BadRows::Skip => (format!("! {rows} cannot be read: left out"), Role::Warn),
        });
    }
    let count = plan.warnings.len();
    let warnings = if count == 1 { "warning" } else { "warnings" };
    (count > 0).then(|| (format!("! {count} {warnings}"), Role::Warn))
}

fn counted(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

fn problems(pen: &mut Pen<'_>, plan: &ImportPlan, rows: Rect) {
    let bad = plan.bad.iter().map(|bad| (bad.words.as_str(), Role::Danger));
    let warnings = plan.warnings.iter().map(|words| (words.as_str(), Role::Warn));
    for (y, (words, role)) in (rows.y..rows.bottom()).zip(bad.chain(warnings)) {
        pen.word(rows.x, y, rows.width, words, role);
    }
}

/// The keys, one below the other.
fn keys(pen: &mut Pen<'_>, preview: &Preview, rows: Rect) {
    const ROOM: u16 = 7;
    let mut y = rows.y;
    for (key, words) in preview.told_keys() {
        let width = rows.width.saturating_sub(ROOM);
        for (at, line) in wrap(&Shown::line(&words), usize::from(width)).iter().enumerate() {
            if y >= rows.bottom() {
                return;
            }
            if at == 0 {
                pen.word(rows.x, y, ROOM, key, Role::Accent);
            }
            pen.put(rows.x + ROOM, y, width, line, Role::Plain);
            y += 1;
        }
    }
}

fn lines(pen: &mut Pen<'_>, preview: &Preview, rows: Rect) {
    let height = usize::from(rows.height);
    let plan = &preview.plan;
    let top =
        (preview.cursor + 2).saturating_sub(height).min(plan.preview.len().saturating_sub(height));
    for (y, (at, row)) in (rows.y..rows.bottom()).zip(plan.preview.iter().enumerate().skip(top)) {
        let line = Rect { y, height: 1, ..rows };
        one(pen, row, line);
        pen.spot(line, Target::Entry(at));
        if at == preview.cursor {
            pen.select(line);
        }
    }
}

/// A row of the file: where it stands, what it becomes, its title, and why or what changes.
fn one(pen: &mut Pen<'_>, row: &PreviewRow, line: Rect) {
    let is_narrow = line.width < NARROW;
    let muted = if row.fate == Fate::Unchanged { Some(Role::Muted) } else { None };
    let mut x = line.x;
    if !is_narrow {
        pen.put_right(x, line.y, 6, &Shown::line(&row.line.to_string()), Role::Muted);
        x += 7;
    }
    pen.word(x, line.y, 9, row.kind.noun().name, muted.unwrap_or(Role::Accent));
    let sign = match row.fate {
        Fate::New => "+",
        Fate::Changed => "~",
        Fate::Unchanged => "=",
    };
    pen.word(x + 10, line.y, 1, sign, Role::Muted);
    x += 12;
    let room = line.right().saturating_sub(x);
    let changes: Vec<String> = row.rewrites.iter().map(Rewrite::words).collect();
    let title = u16::try_from(Shown::line(&row.title).width()).unwrap_or(u16::MAX);
    let left = room.saturating_sub(title.saturating_add(2));
    let (why, most) = match changes.as_slice() {
        // What the title leaves; where there is room, never less than a third.
        [] if is_narrow && left < REASON => (Shown::default(), 0),
        [] if is_narrow => (Shown::line(row.why), left),
        [] => (Shown::line(row.why), left.max(line.width / 3)),
        changes => (Shown::line(&changes.join(" · ")), line.width / 2),
    };
    let side = u16::try_from(why.width()).unwrap_or(0).min(most);
    let beside = if side > 0 { side + 2 } else { 0 };
    let plain = muted.unwrap_or(Role::Plain);
    pen.word(x, line.y, room.saturating_sub(beside), &row.title, plain);
    pen.put_right(line.x, line.y, line.width, &why.truncate(usize::from(side)), Role::Muted);
}
