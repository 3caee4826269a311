//! The Plan screen: the phases side by side, or one below the other where it is narrow; gates
//! marked, today's line, what the chosen milestone waits for, and the burn-up.

mod burn_up;

use ratatui::layout::Rect;

use super::list::teach;
use super::pen::{Pen, wrap};
use super::theme::Role;
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::plan::PlanScreen;
use crate::domain::day;
use crate::domain::plan::Standing;
use crate::domain::shown::Shown;
use crate::ops::plan::Stone;

/// Columns of the burn-up, and the width from which it has room beside the criteria.
const CHART: u16 = 52;
const WITH_CHART: u16 = 110;
/// Lines below which nothing but the milestones is shown.
const LOW: u16 = 16;

pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let Some(screen) = &model.plan else {
        empty(pen, model, area);
        return;
    };
    let head = heading(pen, screen, area);
    let rest = Rect { y: area.y + head, height: area.height.saturating_sub(head), ..area };
    let below = foot_height(screen, rest);
    let stones = Rect { height: rest.height - below, ..rest };
    if screen.is_side_by_side(area.width) {
        side_by_side(pen, model, screen, stones);
    } else {
        stacked(pen, model, screen, stones);
    }
    if below > 0 {
        let y = stones.bottom();
        pen.rule(0, y, area.width);
        foot(pen, model, screen, Rect { y: y + 1, height: below - 1, ..area });
    }
}

/// What the plan is, and where it stands; returns the lines that it took.
fn heading(pen: &mut Pen<'_>, screen: &PlanScreen, area: Rect) -> u16 {
    let view = &screen.view;
    let last = view.plan.date(view.plan.days);
    let title = format!("{}  {}", view.item.reference, view.item.title());
    let x = 1 + pen.word(1, area.y, area.width - 2, &title, Role::Title);
    let mut words = vec![
        view.standpoint().to_string(),
        format!("{} to {}", day::echo(view.plan.start, view.today), day::echo(last, view.today)),
    ];
    if screen.running.len() > 1 {
        words.push(format!("{} plans run", screen.running.len()));
    }
    let words = words.join(" · ");
    pen.word(x + 2, area.y, area.width.saturating_sub(x + 3), &words, Role::Muted);
    if view.stones.is_empty() {
        return 2;
    }
    let behind = view.plan.figures(view.today).slippage().part > 0;
    let role = if behind { Role::Warn } else { Role::Plain };
    let room = usize::from(area.width - 2);
    let words = view.words().join(" · ");
    let words = if Shown::line(&words).width() > room { whole(view.brief(), room) } else { words };
    pen.word(1, area.y + 1, area.width - 2, &words, role);
    if area.height < LOW { 2 } else { 3 }
}

/// As many of the pieces as fit whole; half a sentence says nothing.
fn whole(mut words: Vec<String>, room: usize) -> String {
    while words.len() > 1 && Shown::line(&words.join(" · ")).width() > room {
        words.pop();
    }
    words.join(" · ")
}

fn foot_height(screen: &PlanScreen, rest: Rect) -> u16 {
    match rest.height {
        _ if screen.view.stones.is_empty() => 0,
        0..LOW => 0,
        LOW..24 => 4,
        _ if screen.is_side_by_side(rest.width) => (rest.height * 2 / 5).max(10),
        _ => 8,
    }
}

fn side_by_side(pen: &mut Pen<'_>, model: &Model, screen: &PlanScreen, area: Rect) {
    let phases = screen.view.plan.phases.len();
    let width = area.width / u16::try_from(phases).unwrap_or(1);
    for at in 0..phases {
        let x = area.x + width * u16::try_from(at).unwrap_or(0);
        let lane = Rect { x, width: width - 1, ..area };
        if at > 0 {
            pen.upright(x - 1, area.y, area.height);
        }
        phase_title(pen, screen, at, Rect { height: 2, ..lane });
        let room = usize::from(area.height.saturating_sub(2));
        let lines = lines_of(screen, at, Height::Two);
        let here = cursor_line(model, screen, &lines);
        let top = (here + 3).saturating_sub(room).min(lines.len().saturating_sub(room));
        for (y, line) in (lane.y + 2..lane.bottom()).zip(lines.iter().skip(top)) {
            draw_line(pen, model, screen, line, Rect { y, height: 1, ..lane });
        }
    }
}

fn stacked(pen: &mut Pen<'_>, model: &Model, screen: &PlanScreen, area: Rect) {
    let mut lines = Vec::new();
    for at in 0..screen.view.plan.phases.len() {
        if at > 0 && usize::from(area.height) > screen.view.stones.len() + 6 {
            lines.push(Piece::Air);
        }
        lines.push(Piece::Phase(at));
        lines.extend(lines_of(screen, at, Height::One));
    }
    let room = usize::from(area.height);
    let here = cursor_line(model, screen, &lines);
    let top = (here + 3).saturating_sub(room).min(lines.len().saturating_sub(room));
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(top)) {
        draw_line(pen, model, screen, line, Rect { y, height: 1, ..area });
    }
}

/// Lines that a milestone has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Height {
    One,
    Two,
}

/// A line of a phase.
#[derive(Clone, Copy)]
enum Piece {
    Phase(usize),
    /// The place of a milestone among all.
    Stone(usize),
    /// When it is due, below it.
    Due(usize),
    Today,
    Air,
}

fn lines_of(screen: &PlanScreen, phase: usize, height: Height) -> Vec<Piece> {
    let view = &screen.view;
    let day = view.plan.day(view.today);
    let before = phase.checked_sub(1).map_or(0, |at| view.plan.phases[at].last_day);
    let last = view.plan.phases.get(phase).map_or(0, |phase| phase.last_day);
    let runs = day > i64::from(before) && day <= i64::from(last);
    let mut said = !runs;
    let mut lines = Vec::new();
    for (at, stone) in view.stones.iter().enumerate().filter(|(_, one)| one.phase == phase) {
        let ahead = i64::from(stone.milestone.due_day) >= day;
        if !said && ahead && stone.item.state().slug == "open" {
            lines.push(Piece::Today);
            said = true;
        }
        lines.push(Piece::Stone(at));
        if height == Height::Two {
            lines.push(Piece::Due(at));
        }
    }
    if !said {
        lines.push(Piece::Today);
    }
    lines
}

fn cursor_line(model: &Model, screen: &PlanScreen, lines: &[Piece]) -> usize {
    let cursor = model.list().cursor.min(screen.view.stones.len().saturating_sub(1));
    let is_here = |piece: &Piece| matches!(piece, Piece::Stone(at) if *at == cursor);
    lines.iter().position(is_here).unwrap_or(0)
}

fn draw_line(pen: &mut Pen<'_>, model: &Model, screen: &PlanScreen, line: &Piece, at: Rect) {
    match line {
        Piece::Air => {}
        Piece::Phase(phase) => phase_title(pen, screen, *phase, at),
        Piece::Today => {
            let words = format!(" today, {} ", screen.view.standpoint());
            pen.rule(at.x + 1, at.y, at.width.saturating_sub(2));
            pen.word(at.x + 3, at.y, at.width.saturating_sub(4), &words, Role::Accent);
        }
        Piece::Stone(place) => stone_line(pen, model, screen, *place, at),
        Piece::Due(place) => {
            let stone = &screen.view.stones[*place];
            let (words, role) = due_words(screen, stone);
            let words = format!("day {} · {words}", stone.milestone.due_day);
            pen.word(at.x + 5, at.y, at.width.saturating_sub(6), &words, role);
            pen.spot(at, Target::Row(*place));
        }
    }
}

fn phase_title(pen: &mut Pen<'_>, screen: &PlanScreen, phase: usize, at: Rect) {
    let view = &screen.view;
    let words = view.phase_words(phase);
    let role = if words.starts_with("gate late") { Role::Warn } else { Role::Muted };
    let Some(named) = view.plan.phases.get(phase) else { return };
    let title = if at.width >= 36 {
        format!("{} · to day {}", named.name, named.last_day)
    } else {
        named.name.clone()
    };
    let taken = pen.word(at.x + 1, at.y, at.width.saturating_sub(2), &title, Role::Title);
    if at.height > 1 {
        pen.word(at.x + 1, at.y + 1, at.width.saturating_sub(2), &words, role);
    } else {
        let room = usize::from(at.width.saturating_sub(taken + 4));
        let pieces = words.split(" · ").map(str::to_owned).collect();
        let words = Shown::line(&whole(pieces, room)).truncate(room);
        pen.put_right(at.x, at.y, at.width.saturating_sub(1), &words, role);
    }
}

/// `▌!◆ s5  Three outcomes are agreed`, and where the line is wide when it is due.
fn stone_line(pen: &mut Pen<'_>, model: &Model, screen: &PlanScreen, place: usize, at: Rect) {
    let stone = &screen.view.stones[place];
    let list = model.list();
    let state = stone.item.state().slug;
    let late = state == "open" && stone.slip > 0;
    let glyphs = pen.theme.glyphs;
    if list.marks.contains(&stone.item.id) {
        pen.put(at.x + 1, at.y, 1, &Shown::fixed(glyphs.mark), Role::Accent);
    } else if state == "done" {
        pen.put(at.x + 1, at.y, 1, &Shown::fixed(glyphs.tick), Role::Ok);
    } else if state == "missed" {
        pen.put(at.x + 1, at.y, 1, &Shown::fixed(glyphs.close), Role::Muted);
    } else if late {
        pen.word(at.x + 1, at.y, 1, "!", Role::Danger);
    }
    if stone.milestone.gate {
        pen.put(at.x + 3, at.y, 1, &Shown::fixed(glyphs.gate), Role::Accent);
    }
    pen.word(at.x + 5, at.y, 4, &stone.item.reference.to_string(), Role::Muted);
    let wide = at.width >= 70;
    let due = if wide {
        23
    } else if screen.is_side_by_side(model.width) {
        0
    } else {
        10
    };
    let role = if state == "open" { Role::Plain } else { Role::Muted };
    let room = at.width.saturating_sub(11 + due);
    let title = Shown::line(stone.item.title());
    pen.put(at.x + 10, at.y, room, &super::pen::fitted(&title, usize::from(room)), role);
    if due > 0 {
        let (words, role) = due_words(screen, stone);
        let words = if wide {
            format!("{words}  {:>4}", format!("d{}", stone.milestone.due_day))
        } else {
            words
        };
        pen.put_right(at.right() - due, at.y, due - 1, &Shown::line(&words), role);
    }
    pen.spot(at, Target::Row(place));
    if place == list.cursor {
        pen.select(Rect { width: at.width.saturating_sub(1), ..at });
        pen.put(at.x, at.y, 1, &Shown::fixed(glyphs.cursor), Role::Accent);
    }
}

/// `3 d late`, `done 2 d late`, `Fri`.
fn due_words(screen: &PlanScreen, stone: &Stone) -> (String, Role) {
    let due = stone.item.day("due").map(|due| day::short(due, screen.view.today));
    match (stone.item.state().slug, stone.slip) {
        ("done", 0) => ("done".to_owned(), Role::Muted),
        ("done", slip) => (format!("done {slip} d late"), Role::Muted),
        ("missed", _) => ("missed".to_owned(), Role::Muted),
        (_, 0) => (due.unwrap_or_default(), Role::Plain),
        (_, slip) => (format!("{slip} d late"), Role::Danger),
    }
}

/// What the chosen milestone waits for, and the burn-up beside it.
fn foot(pen: &mut Pen<'_>, model: &Model, screen: &PlanScreen, area: Rect) {
    let charted = area.width >= WITH_CHART && area.height >= 8;
    let width = if charted { area.width - CHART - 2 } else { area.width };
    if let Some(stone) = screen.view.stones.get(model.list().cursor) {
        criteria(pen, stone, Rect { width, ..area });
    }
    if charted {
        let chart = Rect { x: area.x + width + 1, width: CHART, ..area };
        pen.upright(chart.x - 1, area.y, area.height);
        burn_up::draw(pen, &screen.view, Rect { x: chart.x + 1, width: CHART - 1, ..chart });
    }
}

fn criteria(pen: &mut Pen<'_>, stone: &Stone, area: Rect) {
    let room = usize::from(area.width.saturating_sub(6));
    let head = format!("{}  {}", stone.item.reference, stone.item.title());
    pen.word(area.x + 1, area.y, area.width.saturating_sub(2), &head, Role::Title);
    let mut y = area.y + 1;
    let kept = stone.item.text("proof");
    let lines: Vec<(Standing, String)> = if stone.item.state().slug == "done" && !kept.is_empty() {
        kept.lines().map(|line| (Standing::Met, line.to_owned())).collect()
    } else {
        stone.proofs.iter().map(|proof| (proof.standing, proof.words.clone())).collect()
    };
    if lines.is_empty() {
        pen.word(area.x + 4, y, area.width - 5, "ticked by hand: it says of no exit", Role::Muted);
    }
    for (standing, words) in lines {
        let (mark, role) = match standing {
            Standing::Met => (pen.theme.glyphs.tick, Role::Ok),
            Standing::Open => ("·", Role::Plain),
            Standing::ByHand => ("?", Role::Muted),
        };
        for (at, line) in wrap(&Shown::line(&words), room).iter().enumerate() {
            if y >= area.bottom() {
                return;
            }
            if at == 0 {
                pen.word(area.x + 2, y, 1, mark, role);
            }
            pen.put(area.x + 4, y, area.width.saturating_sub(5), line, Role::Plain);
            y += 1;
        }
    }
}

fn empty(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let start = model.keys().way(Action::StartPlan);
    let lines = [
        "Ninety days with gates that tick by themselves, a thirty-day shift, or a sprint."
            .to_owned(),
        format!("{start} starts one from a template, with a preview"),
        "try  prewire plan start 90-day --on mon".to_owned(),
    ];
    teach(pen, &lines, area);
}
