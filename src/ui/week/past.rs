//! The weeks before: how each was spent by band and what it came to, and below them how the month
//! and the quarter were worked, by mode and by horizon.

use ratatui::layout::Rect;

use super::super::meter::role;
use super::super::pen::Pen;
use super::super::theme::Role;
use crate::app::week::WeekScreen;
use crate::domain::day::show_minutes;
use crate::domain::shown::Shown;
use crate::domain::week::fit::Split;
use crate::domain::week::share::{apportion, percentages};
use crate::domain::week::{Band, Verdict};
use crate::ops::week::Past;
use crate::ops::week::spread::{HORIZONS, MODE_TARGETS};

/// Cells of a bar.
const BAR: u16 = 10;
/// Where bars, figures and words stand.
const BAR_AT: u16 = 4;
const FIGURES_AT: u16 = BAR_AT + BAR;
const FIGURE: u16 = 4;
const WORDS_AT: u16 = FIGURES_AT + 3 * FIGURE + 1;

/// Draws what has room; returns the first line below it.
pub fn draw(pen: &mut Pen<'_>, screen: &WeekScreen, area: Rect) -> u16 {
    let mut y = area.y;
    let title = format!("{} weeks", screen.past.len());
    pen.word(area.x, y, area.width, &title, Role::Title);
    heads(pen, &Band::WORK.map(|band| band.letter().to_string()), area, y);
    y += 1;
    if screen.worked().next().is_none() {
        pen.word(area.x, y, area.width, "nothing logged yet", Role::Muted);
        y += 1;
    }
    for past in screen.worked() {
        if y >= area.bottom() {
            return y;
        }
        week(pen, screen, past, Rect { y, height: 1, ..area });
        y += 1;
    }
    let of = |split: fn(&crate::ops::week::spread::Spread) -> &Split| {
        screen
            .spreads
            .iter()
            .map(|spread| (spread.name.as_str(), split(spread)))
            .collect::<Vec<_>>()
    };
    let aim = MODE_TARGETS.map(|target| target.to_string()).join("/");
    let tables = [
        (format!("Modes {aim}"), ["ex", "it", "ap"], of(|spread| &spread.modes)),
        ("Horizons".to_owned(), HORIZONS, of(|spread| &spread.horizons)),
        ("Origin".to_owned(), ["own", "ask", "rec"], of(|spread| &spread.origins)),
    ];
    for (title, tags, splits) in tables {
        let known = splits.iter().any(|(_, split)| split.percentages().is_some());
        let needs = u16::try_from(splits.len()).unwrap_or(2) + 2;
        if !known || y + needs > area.bottom() {
            continue;
        }
        y += 1;
        pen.word(area.x, y, FIGURES_AT, &title, Role::Title);
        heads(pen, &tags.map(str::to_owned), area, y);
        if splits.iter().any(|(_, split)| split.untagged > 0) {
            let room = area.width.saturating_sub(WORDS_AT);
            pen.word(area.x + WORDS_AT, y, room, "untagged", Role::Muted);
        }
        for (name, split) in splits {
            y += 1;
            spread(pen, name, split, Rect { y, height: 1, ..area });
        }
        y += 1;
    }
    y
}

/// What the three figures are of.
fn heads(pen: &mut Pen<'_>, words: &[String; 3], area: Rect, y: u16) {
    for (at, word) in (0..).zip(words) {
        let x = area.x + FIGURES_AT + at * FIGURE;
        if x + FIGURE <= area.right() {
            pen.put_right(x, y, FIGURE, &Shown::line(word), Role::Muted);
        }
    }
}

fn figures(pen: &mut Pen<'_>, shares: &[i64], role: Role, row: Rect) {
    for (at, share) in (0..).zip(shares) {
        let x = row.x + FIGURES_AT + at * FIGURE;
        if x + FIGURE <= row.right() {
            pen.put_right(x, row.y, FIGURE, &Shown::line(&share.to_string()), role);
        }
    }
}

fn week(pen: &mut Pen<'_>, screen: &WeekScreen, past: &Past, row: Rect) {
    let key = past.week.to_string();
    let here = past.week == screen.view.week;
    let name = if here { Role::Focus } else { Role::Muted };
    pen.word(row.x, row.y, BAR_AT, &key[5..], name);
    let minutes = Band::WORK.map(|band| past.actual.of(band));
    let bad = past.verdict == Verdict::Breach;
    let tone = if bad { Role::Warn } else { Role::Plain };
    if let Some(shares) = percentages(&minutes) {
        let parts = [minutes[0], minutes[1], minutes[2], past.actual.unclassified];
        let cells = apportion(i64::from(BAR), &parts);
        let mut x = row.x + BAR_AT;
        for (band, cells) in Band::WORK.into_iter().zip(&cells) {
            let pattern = pen.theme.glyphs.bands[place(band)];
            let bar = pattern.repeat(usize::try_from(*cells).unwrap_or(0));
            x += pen.word(x, row.y, row.right().saturating_sub(x), &bar, role(band));
        }
        let open = "?".repeat(usize::try_from(cells[3]).unwrap_or(0));
        pen.word(x, row.y, row.right().saturating_sub(x), &open, Role::Muted);
        figures(pen, &shares, tone, row);
    }
    let words = past.words(screen.view.today);
    let role = if bad { Role::Warn } else { Role::Muted };
    let room = row.width.saturating_sub(WORDS_AT);
    pen.word(row.x + WORDS_AT, row.y, room, words, role);
}

fn place(band: Band) -> usize {
    Band::ALL.iter().position(|other| *other == band).unwrap_or(0)
}

fn spread(pen: &mut Pen<'_>, name: &str, split: &Split, row: Rect) {
    pen.word(row.x, row.y, BAR_AT, name, Role::Muted);
    if let Some(shares) = split.percentages() {
        let glyphs = pen.theme.glyphs;
        let cells = apportion(i64::from(BAR), &split.minutes);
        let mut x = row.x + BAR_AT;
        for (pattern, cells) in glyphs.bands.iter().zip(cells) {
            let bar = pattern.repeat(usize::try_from(cells).unwrap_or(0));
            x += pen.word(x, row.y, row.right().saturating_sub(x), &bar, Role::Muted);
        }
        figures(pen, &shares, Role::Plain, row);
    }
    if split.untagged > 0 {
        let room = row.width.saturating_sub(WORDS_AT);
        pen.word(row.x + WORDS_AT, row.y, room, &show_minutes(split.untagged), Role::Muted);
    }
}
