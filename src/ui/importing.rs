//! The preview of an import on the screen: where the rows come from, what they would become, and
//! what is wrong with the file.

use ratatui::layout::Rect;

use super::menu::centred;
use super::pen::{Pen, wrap, wrapped};
use super::theme::Role;
use crate::app::importing::Preview;
use crate::app::mouse::Target;
use crate::domain::shown::Shown;
use crate::ops::import::{BadRows, Fate, ImportPlan, Rewrite};

pub fn draw(pen: &mut Pen<'_>, preview: &Preview, area: Rect) {
    let plan = &preview.plan;
    let width = 110.min(area.width.saturating_sub(2));
    let height = area.height.saturating_sub(4);
    let title = format!("import {} from {}", plan.file, plan.source);
    let inside = pen.boxed(centred(area, width, height), &Shown::line(&title));
    let mut y = inside.y;
    for (words, role) in summary(preview) {
        for line in &wrapped(&Shown::line(&words), usize::from(inside.width), 2) {
            pen.put(inside.x, y, inside.width, line, role);
            y += 1;
        }
    }
    let rows = Rect { y: y + 1, height: inside.bottom().saturating_sub(y + 1), ..inside };
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
    summary(preview).into_iter().map(|(words, _)| words)
}

fn summary(preview: &Preview) -> Vec<(String, Role)> {
    let plan = &preview.plan;
    let total = plan.total();
    let kinds: Vec<String> = plan
        .tallies
        .iter()
        .filter(|(_, tally)| tally.new > 0)
        .map(|(kind, tally)| format!("{} {}", tally.new, kind.noun().counted(tally.new)))
        .collect();
    let new = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let gone = if total.gone > 0 { format!("   -{} gone", total.gone) } else { String::new() };
    let mut words = vec![(
        format!(
            "+{} new{new}   ~{} changed   ={} unchanged{gone}",
            total.new, total.changed, total.unchanged
        ),
        Role::Plain,
    )];
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
    words.push((facts.join(" · "), Role::Muted));
    if plan.bad_total > 0 {
        let rows = if plan.bad_total == 1 { "1 row" } else { &format!("{} rows", plan.bad_total) };
        words.push(match preview.request.bad_rows {
            BadRows::Refuse => (
                format!("! {rows} cannot be read: nothing is imported while that is so"),
                Role::Danger,
            ),
            BadRows::Skip => (format!("! {rows} cannot be read: left out"), Role::Warn),
        });
    } else if !plan.warnings.is_empty() {
        let count = plan.warnings.len();
        let warnings = if count == 1 { "warning" } else { "warnings" };
        words.push((format!("! {count} {warnings}"), Role::Warn));
    }
    words
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
        pen.put_right(line.x, y, 6, &Shown::line(&row.line.to_string()), Role::Muted);
        let role = if row.fate == Fate::Unchanged { Role::Muted } else { Role::Accent };
        pen.word(line.x + 7, y, 9, row.kind.noun().name, role);
        let sign = match row.fate {
            Fate::New => "+",
            Fate::Changed => "~",
            Fate::Unchanged => "=",
        };
        pen.word(line.x + 17, y, 1, sign, Role::Muted);
        let changes: Vec<String> = row.rewrites.iter().map(Rewrite::words).collect();
        // What the title leaves, and never less than a third.
        let title = u16::try_from(Shown::line(&row.title).width()).unwrap_or(u16::MAX);
        let left = line.width.saturating_sub(title.saturating_add(21));
        let (why, most) = match changes.as_slice() {
            [] => (Shown::line(row.why), left.max(line.width / 3)),
            changes => (Shown::line(&changes.join(" · ")), line.width / 2),
        };
        let side = u16::try_from(why.width()).unwrap_or(0).min(most);
        let room = line.width.saturating_sub(19 + side + 2);
        let plain = if row.fate == Fate::Unchanged { Role::Muted } else { Role::Plain };
        pen.word(line.x + 19, y, room, &row.title, plain);
        pen.put_right(line.x, y, line.width, &why.truncate(usize::from(side)), Role::Muted);
        pen.spot(line, Target::Entry(at));
        if at == preview.cursor {
            pen.select(line);
        }
    }
}
