//! The live pane: each metric with its figure and target, the line of thirteen periods, its status
//! in a word, how large and how old the figure is, and the one sentence.

use ratatui::layout::Rect;

use super::pen::{Pen, wrap};
use super::theme::{Glyphs, Role};
use crate::app::action::Action;
use crate::app::model::Model;
use crate::domain::metric::chart::Side;
use crate::domain::metric::{Account, Freshness, Status, spark};
use crate::domain::shown::Shown;
use crate::ops::metric::glance::DOUBT;
use crate::ops::metric::{Bare, Glance};

/// What the pane calls a metric without a figure.
const UNMEASURED: &str = "not measured yet";
/// Lines of a sentence, where there is room for it whole, and where there is not.
const SENTENCE: [usize; 2] = [4, 2];

/// Draws the pane into its room.
pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    pen.word(area.x, area.y, area.width, "Outcomes", Role::Title);
    let live = if model.about.read_only { "" } else { "live" };
    pen.put_right(area.x, area.y, area.width, &Shown::fixed(live), Role::Muted);
    if model.glances.is_empty() {
        if !model.expects_glances {
            empty(pen, area);
        }
        return;
    }
    let (record, ask) = (model.keys().way(Action::Record), model.keys().way(Action::AskSources));
    let keys = (record.as_str(), ask.as_str());
    let glyphs = pen.theme.glyphs;
    let of = |most: usize| move |glance: &Glance| block(glyphs, glance, keys, (area.width, most));
    let room = usize::from(area.height.saturating_sub(2));
    let long = in_full(&model.glances, room, of(SENTENCE[0]));
    let fits = long.len() == model.glances.len();
    let blocks = if fits { long } else { in_full(&model.glances, room, of(SENTENCE[1])) };
    let whole = blocks.len();
    let mut y = area.y + 2;
    for block in &blocks {
        for line in block {
            line.draw(pen, area, y);
            y += 1;
        }
        y += 1;
    }
    let rest = &model.glances[whole..];
    let left = usize::from(area.bottom().saturating_sub(y));
    let all = rest.len() + model.more_glances;
    let shown = if all > left { left.saturating_sub(1).min(rest.len()) } else { rest.len() };
    for glance in &rest[..shown] {
        one_line(pen, glance, Rect { y, height: 1, ..area });
        y += 1;
    }
    if shown < all && y < area.bottom() {
        let words = format!("{} more", all - shown);
        pen.put_right(area.x, y, area.width, &Shown::line(&words), Role::Muted);
    }
}

/// Those that have room in full while each of the others keeps a line of its own.
fn in_full(
    glances: &[Glance],
    room: usize,
    block: impl Fn(&Glance) -> Vec<Line>,
) -> Vec<Vec<Line>> {
    let (mut blocks, mut taken) = (Vec::new(), 0);
    for (at, glance) in glances.iter().enumerate() {
        let block = block(glance);
        let others = glances.len() - at - 1;
        // At the end of the pane there needs to be no air.
        let air = usize::from(others > 0);
        if at > 0 && taken + block.len() + air + others.min(room / 3) > room {
            break;
        }
        taken += block.len() + 1;
        blocks.push(block);
    }
    blocks
}

fn empty(pen: &mut Pen<'_>, area: Rect) {
    let words = "Nothing is measured yet. An outcome names its metric; a metric has a figure for \
                 every week or month.";
    let mut y = area.y + 2;
    for line in wrap(&Shown::fixed(words), usize::from(area.width)) {
        pen.put(area.x, y, area.width, &line, Role::Plain);
        y += 1;
    }
    pen.word(area.x, y + 1, area.width, "+ m Win rate catalogue:win-rate", Role::Accent);
}

/// One line of a glance: what stands at the left, and what at the right.
#[derive(Default)]
struct Line {
    left: Vec<(Shown, Role)>,
    right: Vec<(Shown, Role)>,
}

impl Line {
    fn of(text: Shown, role: Role) -> Self {
        Self { left: vec![(text, role)], right: Vec::new() }
    }

    fn draw(&self, pen: &mut Pen<'_>, area: Rect, y: u16) {
        if y >= area.bottom() {
            return;
        }
        let wide: usize = self.right.iter().map(|(text, _)| text.width()).sum();
        let wide = u16::try_from(wide).unwrap_or(area.width).min(area.width);
        let mut x = area.right() - wide;
        for (text, role) in &self.right {
            x += pen.put(x, y, area.right().saturating_sub(x), text, *role);
        }
        let gap = u16::from(wide > 0);
        let end = area.right().saturating_sub(wide + gap);
        let mut x = area.x;
        for (text, role) in &self.left {
            x += pen.put(x, y, end.saturating_sub(x), text, *role);
        }
    }
}

fn block(
    glyphs: &'static Glyphs,
    glance: &Glance,
    keys: (&str, &str),
    (width, most): (u16, usize),
) -> Vec<Line> {
    let width = usize::from(width);
    let title = Shown::line(&glance.title);
    let mut lines: Vec<Line> =
        wrap(&title, width).into_iter().take(2).map(|text| Line::of(text, Role::Plain)).collect();
    let Some(account) = &glance.account else {
        lines.push(Line::of(Shown::line(&glance.words), Role::Muted));
        lines.push(Line::of(Shown::fixed("no metric shows it yet"), Role::Muted));
        return lines;
    };
    lines.push(figures(glyphs, account));
    lines.push(status(glyphs, glance, account));
    let sentence = wrap(&Shown::line(&sentence(glance, account, keys)), width);
    let many = sentence.len() > most;
    for (at, text) in sentence.into_iter().take(most).enumerate() {
        let text = if many && at + 1 == most {
            Shown::line(&format!("{text} …")).truncate(width)
        } else {
            text
        };
        lines.push(Line::of(text, Role::Muted));
    }
    lines
}

/// `24 % → 30 %` and the line of thirteen periods.
fn figures(glyphs: &Glyphs, account: &Account) -> Line {
    let mut left = vec![(Shown::line(&account.figure()), Role::Title)];
    let target = account.target();
    if !target.is_empty() {
        left.push((Shown::line(&format!(" {} {target}", glyphs.arrow)), Role::Muted));
    }
    let line = spark_line(glyphs, &account.spark);
    let role = if account.freshness() == Freshness::Fresh { Role::Accent } else { Role::Muted };
    Line { left, right: vec![(Shown::line(&line), role)] }
}

/// Thirteen heights; a period without a figure is a gap.
#[must_use]
pub fn spark_line(glyphs: &Glyphs, values: &[Option<f64>]) -> String {
    let height = |height: Option<u8>| {
        height.map_or(glyphs.gap, |height| glyphs.spark[usize::from(height.min(spark::TOP))])
    };
    spark::heights(values).into_iter().map(height).collect()
}

/// Signal or noise, the status, and the sample behind the figure.
fn status(glyphs: &Glyphs, glance: &Glance, account: &Account) -> Line {
    let mark = match account.signal {
        Some(Side::Above) => glyphs.above,
        Some(Side::Below) => glyphs.below,
        None => glyphs.noise,
    };
    let fresh = account.freshness() == Freshness::Fresh;
    let role = if fresh { role(account) } else { Role::Muted };
    // What has no figure has said so already.
    let word = if account.value().is_some() { account.word() } else { "" };
    let mut left = vec![(Shown::line(word), role)];
    if account.value().is_some() {
        left.push((Shown::line(&format!(" {mark}")), role));
    }
    let mut right = Vec::new();
    if let Some(trouble) = &glance.trouble {
        // How old the figure is that stands there meanwhile is told with it.
        let words = account
            .aged
            .as_ref()
            .map_or_else(|| trouble.clone(), |age| format!("{age}, {trouble}"));
        right.push((Shown::line(&words), Role::Warn));
    } else if let Some(sample) = &account.sample {
        right.push((Shown::line(sample), if fresh { Role::Muted } else { Role::Warn }));
    }
    Line { left, right }
}

/// The course, or why there is none with the key that tells a figure.
fn sentence(glance: &Glance, account: &Account, keys: (&str, &str)) -> String {
    let is_told = account.value().is_some() || account.course != "No data";
    let mut words = match &glance.bare {
        _ if is_told => vec![account.course.clone()],
        // What is counted is not measured; what somebody tells says so itself.
        Some(Bare::Uncounted(_)) | None => vec![UNMEASURED.to_owned()],
        Some(Bare::Unfed(_) | Bare::OtherRhythm(..) | Bare::Untold) => Vec::new(),
    };
    words.extend(glance.bare.as_ref().map(|bare| bare.by_key(keys)));
    words.extend(glance.quote.as_ref().map(|quote| format!("“{quote}”")));
    words.extend(glance.trouble_why.clone());
    if glance.doubt {
        words.push(DOUBT.to_owned());
    }
    if let Some(untold) = &glance.narrative.untold {
        words.push(untold.words());
        words.extend(account.needed());
    } else if !glance.narrative.meaning.is_empty() {
        words.push(glance.narrative.meant());
    } else if account.is_off_track() {
        words.extend(account.needed());
    }
    words.extend(glance.left_out.clone());
    words.extend(glance.factor.clone());
    words.join("; ")
}

/// One line for a metric that has no room for more.
fn one_line(pen: &mut Pen<'_>, glance: &Glance, at: Rect) {
    let (figure, word, role) = match &glance.account {
        None => (glance.words.clone(), "", Role::Muted),
        Some(account) => (account.figure(), account.word(), role(account)),
    };
    let fresh = glance.account.as_ref().is_some_and(|one| one.freshness() == Freshness::Fresh);
    let role = if fresh { role } else { Role::Muted };
    let is_old = !fresh && glance.account.as_ref().is_some_and(|one| one.newest.is_some());
    // What is old says so, in the room of a status.
    let word = match (&glance.trouble, is_old) {
        (Some(_), _) => "failed",
        (None, true) => "stale",
        (None, false) => word,
    };
    let role = if glance.trouble.is_some() || is_old { Role::Warn } else { role };
    let right = vec![
        (Shown::line(&format!("{figure}  ")), Role::Plain),
        (Shown::line(word).pad_right(12), role),
    ];
    let line = Line { left: vec![(Shown::line(&glance.title), Role::Plain)], right };
    line.draw(pen, at, at.y);
}

/// The colour of a status; the word beside it says the same.
#[must_use]
pub fn role(account: &Account) -> Role {
    match account.status {
        _ if account.newest.is_none() => Role::Muted,
        Some(Status::OutOfRange | Status::AtRisk) => Role::Danger,
        Some(Status::Behind) => Role::Warn,
        Some(Status::OnTrack | Status::InRange | Status::Achieved) => Role::Ok,
        Some(Status::NoData | Status::TooEarly) | None => Role::Muted,
    }
}
