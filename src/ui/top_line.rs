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

/// What each tab is called, in their order; nothing where its number says enough.
type Names = Vec<&'static str>;

/// The names of the tabs, all of them; what is far from here is its number alone, until so many have
/// a name.
fn named(model: &Model, called: fn(Place) -> &'static str, most: usize) -> Names {
    let tabs: Vec<Place> = Place::tabs().collect();
    let here = tabs.iter().position(|tab| *tab == model.place.tab()).unwrap_or(0);
    let mut near: Vec<usize> = (0..tabs.len()).collect();
    near.sort_by_key(|at| (at.abs_diff(here), *at));
    let kept = &near[..most.min(near.len())];
    let name = |(at, tab): (usize, &Place)| if kept.contains(&at) { called(*tab) } else { "" };
    tabs.iter().enumerate().map(name).collect()
}

/// The names of the tabs and the words at the right that fit beside each other: a tab keeps its name
/// longer than the words at the right keep their last detail, but the day of the plan is on every
/// screen, and what is far gives its name for it.
fn top_words(model: &Model, width: u16) -> (Names, String, u16) {
    let here = if model.place.tab().number().is_none() { model.place.title().len() + 2 } else { 0 };
    let all = Place::tabs().count();
    let rights = right_words(model, width);
    let room = |right: &str| {
        width.saturating_sub(u16::try_from(Shown::line(right).width()).unwrap_or(0) + 2)
    };
    let fits = |names: &Names, right: &str| {
        let wide: usize =
            names.iter().map(|name| 3 + if name.is_empty() { 0 } else { name.len() + 1 }).sum();
        wide + here < usize::from(room(right))
    };
    let (long, short) = (named(model, Place::title, all), named(model, Place::short, all));
    // Full names beside nearly everything, then short ones.
    let mut tries: Vec<(Names, &String)> = Vec::new();
    tries.extend(rights.iter().take(2).map(|right| (long.clone(), right)));
    let plan = model.plan_head.map(|plan| plan.words(model.today()));
    let has_plan =
        |right: &&String| plan.as_ref().is_some_and(|plan| right.contains(plan.as_str()));
    tries.extend(rights.iter().filter(has_plan).map(|right| (short.clone(), right)));
    // Where one is keeps its name, if it is a tab.
    let least = usize::from(model.place.tab().number().is_some());
    if let Some(right) = rights.iter().rfind(has_plan) {
        tries.extend((least..all).rev().map(|most| (named(model, Place::short, most), right)));
    }
    tries.extend(rights.iter().map(|right| (short.clone(), right)));
    tries.extend(rights.iter().map(|right| (named(model, Place::short, least), right)));
    let last = rights.last().cloned().unwrap_or_default();
    let found = tries.into_iter().find(|(names, right)| fits(names, right));
    let (names, right) = found
        .map_or((named(model, Place::short, least), last), |(names, right)| (names, right.clone()));
    let room = room(&right);
    (names, right, room)
}

pub(super) fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let (names, right, room) = top_words(model, area.width);
    let mut x = 1;
    for (tab, name) in Place::tabs().zip(names) {
        let is_here = tab == model.place.tab();
        let number = tab.number().unwrap_or(' ');
        let start = x;
        let role = if is_here { Role::Focus } else { Role::Muted };
        x += pen.word(x, 0, room.saturating_sub(x), &format!("{number} "), role);
        let role = if is_here { Role::Focus } else { Role::Plain };
        match name {
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
