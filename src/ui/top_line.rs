//! The line above every screen: the tabs, and at the right the day, the plan, the workspace and what
//! must be known of it. A tab keeps its name longer than the right keeps its last detail.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Role;
use crate::app::model::Model;
use crate::app::mouse::Target;
use crate::app::place::Place;
use crate::domain::day;
use crate::domain::shown::Shown;

/// What a tab is called on a screen.
type Called = fn(&Model, Place) -> &'static str;

/// The names of the tabs, the longest first; on the narrowest screen only the number of what is
/// elsewhere.
const CALLED: [Called; 3] = [
    |_, tab| tab.title(),
    |_, tab| tab.short(),
    |model, tab| if tab == model.place.tab() { tab.short() } else { "" },
];

/// The names of the tabs and the words at the right that fit beside each other: a tab keeps its name
/// longer than the words at the right keep their last detail.
fn top_words(model: &Model, width: u16) -> (Called, String, u16) {
    let here = if model.place.tab().number().is_none() { model.place.title().len() + 2 } else { 0 };
    let wide = |called: Called| {
        let long = |tab| match called(model, tab) {
            "" => 3,
            title => title.len() + 4,
        };
        Place::tabs().map(long).sum::<usize>() + here
    };
    let rights = right_words(model, width);
    let room = |right: &str| {
        width.saturating_sub(u16::try_from(Shown::line(right).width()).unwrap_or(0) + 2)
    };
    let last = rights.len() - 1;
    // Full names beside nearly everything, short ones beside ever less, numbers beside the least.
    let tries =
        [(CALLED[0], 0..rights.len().min(2)), (CALLED[1], 0..last + 1), (CALLED[2], 0..last + 1)];
    for (called, which) in tries {
        for right in &rights[which] {
            if wide(called) < usize::from(room(right)) {
                return (called, right.clone(), room(right));
            }
        }
    }
    let right = rights[last].clone();
    let room = room(&right);
    (CALLED[2], right, room)
}

pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let (called, right, room) = top_words(model, area.width);
    let mut x = 1;
    for tab in Place::tabs() {
        let is_here = tab == model.place.tab();
        let number = tab.number().unwrap_or(' ');
        let start = x;
        let role = if is_here { Role::Focus } else { Role::Muted };
        x += pen.word(x, 0, room.saturating_sub(x), &format!("{number} "), role);
        let role = if is_here { Role::Focus } else { Role::Plain };
        match called(model, tab) {
            "" => x += 1,
            title => x += pen.word(x, 0, room.saturating_sub(x), title, role) + 2,
        }
        pen.spot(Rect { x: start, y: 0, width: x - start, height: 1 }, Target::Go(tab));
    }
    if model.place.tab().number().is_none() {
        pen.word(x, 0, room.saturating_sub(x), model.place.title(), Role::Focus);
    }
    pen.put_right(0, 0, area.width - 1, &Shown::line(&right), Role::Muted);
    let badge = if model.about.read_only { "READ-ONLY" } else { "DEMO" };
    if right.ends_with(badge) {
        pen.put_right(0, 0, area.width - 1, &Shown::fixed(badge), Role::Warn);
    }
}

/// Date, week, day of the plan, workspace and badges; ever less of it, down to the date and what
/// must be known.
fn right_words(model: &Model, width: u16) -> Vec<String> {
    let today = model.today();
    let date = day::echo(today, today);
    let week = day::week_key(today);
    let week = week.rsplit('-').next().unwrap_or("").to_owned();
    let plan = model.plan_head.map(|plan| plan.words(today));
    let mut badges = Vec::new();
    if model.about.demo {
        badges.push("DEMO".to_owned());
    }
    if model.about.read_only {
        badges.push("READ-ONLY".to_owned());
    }
    // The day of the plan goes before the week, where there is room for one of them.
    let day = plan.clone().unwrap_or_else(|| week.clone());
    let name = (!model.about.demo).then(|| model.about.name.clone());
    let mut tries: Vec<Vec<String>> = Vec::new();
    if width >= 100 {
        let all = [Some(date.clone()), Some(week), plan, name.clone()];
        tries.push(all.iter().flatten().cloned().collect());
        // The full names of the tabs go before the name of the workspace.
        tries.push(all[..3].iter().flatten().cloned().collect());
    }
    if width >= 80 && model.plan_head.is_none() {
        tries.push([Some(date.clone()), Some(day.clone()), name].into_iter().flatten().collect());
    }
    if width >= 60 {
        tries.push(vec![date.clone(), day]);
        // The day of the plan stands on every screen, before the day of the week does.
        let short = date.split_once(' ').map(|(_, day)| day.to_owned());
        let plan = model.plan_head.map(|plan| plan.words(today).replace("day ", ""));
        tries.extend(short.zip(plan).map(|(short, plan)| vec![short, plan]));
    }
    // The day of the week goes before the names of the tabs do.
    let day = date.split_once(' ').map_or(date.clone(), |(_, day)| day.to_owned());
    tries.extend([vec![date], vec![day]]);
    if !badges.is_empty() {
        tries.push(Vec::new());
    }
    tries.into_iter().map(|words| [words, badges.clone()].concat().join(" · ")).collect()
}
