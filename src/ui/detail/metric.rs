//! A metric in its detail: figure and status, the chart with target, limits, forecast and marks,
//! and the table of what was told, the newest first.

use chrono::Datelike;

use super::{Passage, Room, blank, label_room, labelled, plain};
use crate::domain::day;
use crate::domain::metric::plot::{EventKind, Ink, Plot};
use crate::domain::metric::{Account, Freshness};
use crate::domain::shown::Shown;
use crate::ops::metric::MetricPage;
use crate::ui::live;
use crate::ui::pen::wrap;
use crate::ui::theme::{Glyphs, Role};

/// Columns of the figures beside the chart.
const AXIS: usize = 9;
/// Rows of a chart on a low screen, of a usual one, and of a wide one; and from which height and
/// width on it is so.
const ROWS: [usize; 3] = [6, 8, 12];
const HIGH: usize = 28;
const WIDE: usize = 70;
/// Rows of the table that are told at first.
const TABLE: usize = 60;
/// Columns of the table: the period, the figure, what it was counted on; and from which
/// width on the last stands under each other.
const PERIOD: usize = 11;
const FIGURE: usize = 10;
const COUNTS: usize = 12;
const ROOMY: usize = 60;
/// Days that are named below the chart.
const EVENTS: usize = 8;

pub(super) fn lines(
    page: &MetricPage,
    glyphs: &'static Glyphs,
    room: Room,
    today: chrono::NaiveDate,
) -> Vec<Passage> {
    let (width, height) = (room.width, room.height);
    let Some(account) = &page.glance.account else { return Vec::new() };
    let mut lines = head(page, account, glyphs, width);
    lines.push(blank());
    let rows = match (width >= WIDE, height >= HIGH) {
        (_, false) => ROWS[0],
        (false, true) => ROWS[1],
        (true, true) => ROWS[2],
    };
    lines.extend(chart(page, account, glyphs, (room.across, rows)));
    // What came from outside first: it is what explains a line.
    let of = |kind| page.events.iter().rev().filter(move |event| event.kind == kind);
    for event in of(EventKind::Factor).chain(of(EventKind::Ours)).take(EVENTS) {
        let mark = if event.kind == EventKind::Factor { glyphs.factor } else { glyphs.mark_up };
        let on = day::short(event.on, today);
        let words = format!("{mark} {on}  {}", event.words);
        lines.push(plain(Shown::line(&words).truncate(width), Role::Muted));
    }
    lines.push(blank());
    lines.extend(table(page, account, width, today));
    lines.push(blank());
    lines
}

/// Figure, status and the sentences.
fn head(
    page: &MetricPage,
    account: &Account,
    glyphs: &'static Glyphs,
    width: usize,
) -> Vec<Passage> {
    let target = account.target();
    let figure = if target.is_empty() {
        account.figure()
    } else {
        format!("{} {} {target}", account.figure(), glyphs.arrow)
    };
    let fresh = account.freshness() == Freshness::Fresh;
    let role = if fresh { live::role(account) } else { Role::Muted };
    let sample = account.sample.as_deref().map_or_else(String::new, |one| format!(" · {one}"));
    // What has no figure has said so already.
    let word =
        if account.value().is_some() { format!(" · {}", account.word()) } else { String::new() };
    let words = Shown::line(&format!("{figure}{word}{sample}"));
    let mut lines: Vec<Passage> =
        wrap(&words, width).into_iter().map(|line| plain(line, role)).collect();
    let course =
        page.glance.bare.as_ref().map(|bare| format!("{}; {}", account.course, bare.why()));
    lines.extend(labelled(
        "Reading",
        course.as_ref().unwrap_or(&account.course),
        width,
        Role::Plain,
    ));
    if let Some(quote) = &page.glance.quote {
        lines.extend(labelled("Quote", &format!("“{quote}”"), width, Role::Plain));
    }
    if let Some(likely) = account.likely(page.fiscal_start_month) {
        lines.extend(labelled("Likely", &likely, width, Role::Plain));
    }
    if let Some(needed) = account.needed() {
        lines.extend(labelled("Pace", &needed, width, Role::Plain));
    }
    if let Some(met) = account.met() {
        lines.extend(labelled("Forecast", &met, width, Role::Plain));
    }
    if let Some(limits) = account.chart.limits {
        let words = limits.words(account.terms.unit);
        let words = words.trim_start_matches("limits ");
        lines.extend(labelled("Limits", words, width, Role::Plain));
    }
    let told = &page.glance.narrative;
    for (label, words) in [
        ("Meaning", &told.meant()),
        ("Market", &told.market),
        ("To decide", &told.decide),
        ("Agreement", &page.glance.agreed),
        ("Sureness", &page.glance.sureness()),
    ] {
        if !words.is_empty() {
            lines.extend(labelled(label, words, width, Role::Plain));
        }
    }
    if let Some(left_out) = &page.glance.left_out {
        lines.extend(labelled("Counted", left_out, width, Role::Warn));
    }
    if let Some(untold) = &told.untold {
        lines.extend(labelled("Not said", &untold.words(), width, Role::Warn));
    }
    if let Some(trouble) = &page.glance.trouble {
        lines.extend(labelled("Source", trouble, width, Role::Warn));
        if let Some(why) = &page.glance.trouble_why {
            let way = format!("{why}; prewire metric refresh {} asks again", page.glance.reference);
            lines.extend(labelled(" ", &way, width, Role::Plain));
        }
    }
    lines
}

fn chart(
    page: &MetricPage,
    account: &Account,
    glyphs: &'static Glyphs,
    (width, rows): (usize, usize),
) -> Vec<Passage> {
    let across = width.saturating_sub(AXIS).max(4);
    let Some(plot) = Plot::of(account, &page.rows, &page.events, (across, rows)) else {
        return Vec::new();
    };
    let unit = account.terms.unit;
    let side = |at: usize| -> (String, Role) {
        let limits = account.chart.limits;
        let of = |value: Option<f64>| value.map(|value| unit.show(value)).unwrap_or_default();
        if plot.target == Some(at) {
            return (account.target(), Role::Ok);
        }
        match plot.limits {
            Some((high, _)) if high == at => return (of(limits.map(|one| one.high)), Role::Muted),
            Some((_, low)) if low == at => return (of(limits.map(|one| one.low)), Role::Muted),
            Some(_) | None => {}
        }
        if plot.centre == Some(at) {
            return (of(limits.map(|one| one.centre)), Role::Muted);
        }
        let edge = match at {
            0 => Some(plot.scale.high),
            _ if at + 1 == rows && plot.limits.is_none() => Some(plot.scale.low),
            _ => None,
        };
        (of(edge.filter(|_| plot.limits.is_none() && plot.target != Some(0))), Role::Muted)
    };
    let mut lines = Vec::new();
    for (at, row) in plot.cells.iter().enumerate() {
        let (words, role) = side(at);
        let label = Shown::line(&words).truncate(AXIS - 1).pad_left(AXIS - 1);
        let label = label.followed_by(&Shown::fixed(" "));
        let mut more = vec![(label, role)];
        more.extend(runs(row, glyphs));
        lines.push(Passage { more, ..blank() });
    }
    let (first, last) = (plot.scale.first, plot.scale.last);
    let same_year = if first.year() == last.year() { "%-d %b" } else { "%-d %b %Y" };
    let (first, last) = (first.format(same_year).to_string(), last.format("%-d %b %Y").to_string());
    let first = match plot.older {
        0 => first,
        older => format!("{first}, {older} before it"),
    };
    let gap = across.saturating_sub(first.len() + last.len());
    let words = format!("{}{first}{}{last}", " ".repeat(AXIS), " ".repeat(gap));
    lines.push(Passage { more: vec![(Shown::line(&words), Role::Muted)], ..blank() });
    lines
}

/// Cells of one colour side by side as one piece.
fn runs(row: &[Ink], glyphs: &'static Glyphs) -> Vec<(Shown, Role)> {
    let mut pieces: Vec<(String, Role)> = Vec::new();
    for ink in row {
        let (glyph, role) = look(*ink, glyphs);
        match pieces.last_mut() {
            Some((text, own)) if *own == role => text.push_str(&glyph),
            Some(_) | None => pieces.push((glyph, role)),
        }
    }
    pieces.into_iter().map(|(text, role)| (Shown::line(&text), role)).collect()
}

fn look(ink: Ink, glyphs: &'static Glyphs) -> (String, Role) {
    let dots = |bits: u8| {
        if glyphs.dots.is_empty() {
            return char::from_u32(0x2800 + u32::from(bits)).unwrap_or('*').to_string();
        }
        glyphs.dots.to_owned()
    };
    match ink {
        Ink::Empty => (" ".to_owned(), Role::Plain),
        Ink::Line(bits) => (dots(bits), Role::Accent),
        Ink::Signal => (glyphs.mark.to_owned(), Role::Warn),
        Ink::Target => (glyphs.rule.to_owned(), Role::Ok),
        Ink::Limit => (glyphs.limit.to_owned(), Role::Muted),
        Ink::Centre => (glyphs.centre.to_owned(), Role::Rule),
        Ink::Forecast(bits) => (dots(bits), Role::Muted),
        Ink::Factor => (glyphs.factor.to_owned(), Role::Muted),
        Ink::Mark => (glyphs.mark_up.to_owned(), Role::Strategic),
    }
}

/// What was told, the newest period first; what was corrected stands there too.
fn table(
    page: &MetricPage,
    account: &Account,
    width: usize,
    today: chrono::NaiveDate,
) -> Vec<Passage> {
    let mut told: Vec<_> = page.told.iter().collect();
    told.sort_by_key(|one| std::cmp::Reverse((one.observation.period.first(), one.position)));
    let unit = account.terms.unit;
    let mut lines = Vec::new();
    let mut before = None;
    let mut told_by = String::new();
    for one in told.iter().take(TABLE) {
        let period = one.observation.period;
        let corrected = before == Some(period);
        before = Some(period);
        let figure = unit.show_reading(one.observation.reading);
        let counts = match one.observation.reading {
            crate::domain::metric::Reading::Share { k, n } if n >= 20 => format!("{k} of {n}"),
            _ => String::new(),
        };
        let on = one.recorded_on.map(|on| day::short(on, today)).unwrap_or_default();
        // Who told it and when is said where it changes, not on every line.
        let by = [one.source.clone(), on].into_iter().filter(|word| !word.is_empty());
        let by = by.collect::<Vec<_>>().join(" · ");
        let is_same = std::mem::replace(&mut told_by, by.clone()) == by;
        let by = if is_same { String::new() } else { by };
        let mut words = vec![by, one.note.clone()];
        let other = period.cadence() != account.terms.cadence;
        if corrected {
            words.insert(0, "corrected".to_owned());
        } else if other {
            words.insert(0, format!("{}, counts no more", period.cadence().slug()));
        } else if !period.is_complete(today) {
            words.insert(0, "running".to_owned());
        }
        words.retain(|word| !word.is_empty());
        let label = if lines.is_empty() { "Told" } else { " " };
        let text = Shown::line(&period.key(page.fiscal_start_month))
            .pad_right(PERIOD)
            .followed_by(&Shown::line(&figure).pad_left(FIGURE));
        // Where it is narrow, what counts nothing takes no room, and words go on below.
        let counts = if width >= ROOMY {
            Shown::fixed("  ").followed_by(&Shown::line(&counts).pad_right(COUNTS))
        } else {
            Shown::line(&format!("  {counts}{}", if counts.is_empty() { "" } else { "  " }))
        };
        let text = text.followed_by(&counts);
        let role = if corrected || other { Role::Muted } else { Role::Plain };
        let said = Shown::line(&words.join(" · "));
        let room = width.saturating_sub(label_room(width));
        let fits = text.width() + said.width() <= room;
        let first = if fits { text.followed_by(&said) } else { text };
        lines.push(Passage { label: Shown::line(label), ..plain(first, role) });
        if !fits {
            let below = wrap(&said, room.saturating_sub(PERIOD).max(8));
            let below =
                below.into_iter().map(|line| Shown::line(&" ".repeat(PERIOD)).followed_by(&line));
            lines.extend(
                below.map(|line| Passage { label: Shown::fixed(" "), ..plain(line, Role::Muted) }),
            );
        }
    }
    if told.len() > TABLE {
        let words = format!("{} more, prewire metric chart tells all", told.len() - TABLE);
        lines.extend(labelled(" ", &words, 80, Role::Muted));
    }
    lines
}
