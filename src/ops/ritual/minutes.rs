//! What a ritual ends in: a page to send, made of what was said and of nothing else.

use crate::domain::day::show_minutes;
use crate::domain::ritual::run::called;
use crate::domain::ritual::{Asks, Mark, Ritual, RitualKind, Said};
use crate::exchange::page::{Form, Page};

use super::super::error::Result;
use super::super::maturity;
use super::super::workspace::Settings;

/// The page of a run.
///
/// # Errors
/// Contents of the user's own that cannot be read.
pub fn page(
    ritual: &Ritual,
    title: &str,
    said: &[Said],
    (seconds, settings): (u64, &Settings),
) -> Result<Page> {
    Ok(match ritual.kind {
        RitualKind::Maturity => {
            let (questions, _) = maturity::read(settings)?;
            maturity::page(&questions, title, said)
        }
        RitualKind::Standup => standup(title, said),
        RitualKind::Monday => plan(ritual, title, said),
        RitualKind::Quarter => {
            let (questions, _) = maturity::read(settings)?;
            let brief = maturity::brief(&questions, said);
            by_section(ritual, title, said, (seconds, brief))
        }
        RitualKind::Checkin | RitualKind::Midweek | RitualKind::Friday | RitualKind::Month => {
            by_section(ritual, title, said, (seconds, Vec::new()))
        }
    })
}

/// The same as Markdown.
#[must_use]
pub fn markdown(page: &Page) -> String {
    let mut text = Vec::new();
    // A vector takes everything.
    let written = page.write(Form::Markdown, &mut text);
    written.map(|()| String::from_utf8_lossy(&text).into_owned()).unwrap_or_default()
}

/// What was decided and changed, then what each person takes along.
fn standup(title: &str, all: &[Said]) -> Page {
    let said: Vec<&Said> = all.iter().filter(|said| said.about.is_some()).collect();
    let rest = all.iter().filter(|said| said.mark == Mark::Done && !said.words.is_empty());
    let rest: Vec<&str> = rest.map(|said| said.words.as_str()).collect();
    let mut about = vec![format!("{} looked at one by one", said.len())];
    about.extend(rest.iter().map(|words| (*words).to_owned()));
    let mut page = Page::new(title, about.join(", "));
    page.section("What was said");
    let changed: Vec<String> =
        said.iter().filter(|said| said.mark != Mark::Kept).map(|said| told(said)).collect();
    let kept = said.len() - changed.len();
    if changed.is_empty() {
        page.say("Nothing was changed.");
    }
    page.list(changed);
    if kept > 0 {
        page.say(format!("{kept} kept as they are."));
    }
    let mut people: Vec<&str> = said.iter().map(|said| said.driver.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return page;
    }
    page.section("Who takes what along");
    for person in people {
        page.part(if person.is_empty() { "Nobody yet" } else { person });
        let own = said.iter().filter(|said| said.driver == person);
        let line = |said: &&&Said| {
            let words = if said.words.is_empty() { "kept" } else { &said.words };
            format!("{} ({words})", named(said))
        };
        page.list(own.map(|said| line(&said)).collect());
    }
    page
}

/// Most lines of the plan of a week.
const PLAN: usize = 12;
/// Most of one section that a line of it names.
const NAMED: usize = 4;
/// Where the decisions and the time of a Monday stand, in the contents.
const COMMITTED: &str = "decisions";
const WEEK: &str = "week";

/// Twelve lines: a line for what each section came to and for each day of the week; each decision
/// that was committed to and each pre-wire has one of its own where that leaves room for the days.
fn plan(ritual: &Ritual, title: &str, all: &[Said]) -> Page {
    let stays = |said: &&Said| matches!(said.mark, Mark::Kept | Mark::Answered | Mark::Added);
    let of = |key: &str| -> Vec<&Said> {
        all.iter().filter(|said| said.section == key).filter(stays).collect()
    };
    let blocks = by_day(&of(WEEK));
    let others = ritual.sections.len().saturating_sub(1) + blocks.len();
    let mut lines = Vec::new();
    for section in &ritual.sections {
        let own = of(&section.key);
        match section.key.as_str() {
            COMMITTED if own.is_empty() => {
                lines.push(format!("{}: {}", section.title, left(all, &section.key, "none")));
            }
            COMMITTED if others + own.len() <= PLAN => {
                lines.extend(own.iter().map(|said| told(said)));
            }
            COMMITTED => {
                // When a pre-wire is stands beside it; that a decision is committed to, in front.
                let one = |said: &&Said| match said.about {
                    Some(_) => named(said),
                    None => told(said),
                };
                let all: Vec<String> = own.iter().map(one).collect();
                lines.push(format!("{}: {}", section.title, all.join("; ")));
            }
            WEEK => {
                let done = all.iter().find(|said| said.section == WEEK && said.mark == Mark::Done);
                let not_planned = left(all, WEEK, "not planned");
                let words = done.map_or(not_planned, |said| said.words.as_str());
                lines.push(format!("{}: {words}", section.title));
            }
            _ => {
                let mut said: Vec<String> = own.iter().map(|said| named(said)).collect();
                let more = said.len().saturating_sub(NAMED);
                if more > 1 {
                    said.truncate(NAMED);
                    said.push(format!("{more} more"));
                }
                let nothing = || left(all, &section.key, "nothing").to_owned();
                let said = if said.is_empty() { nothing() } else { said.join("; ") };
                lines.push(format!("{}: {said}", section.title));
            }
        }
    }
    let room = PLAN.saturating_sub(lines.len());
    let at = lines.len().saturating_sub(1);
    lines.splice(at..at, days(&blocks, room));
    let mut page = Page::new(title, String::new());
    page.list(lines);
    page
}

/// What stands on each day.
fn by_day<'a>(blocks: &[&'a Said]) -> Vec<(&'a str, Vec<String>)> {
    let mut days: Vec<(&str, Vec<String>)> = Vec::new();
    for said in blocks {
        let (day, rest) = said.words.split_once(' ').unwrap_or((said.words.as_str(), ""));
        let at = rest.split_whitespace().next().unwrap_or("");
        let words = format!("{at} {}", said.text).trim().to_owned();
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, all)) => all.push(words),
            None => days.push((day, vec![words])),
        }
    }
    days
}

/// A line for each day of the week with what stands on it, the first things of it by name; the days
/// that have no line of their own are told together.
fn days(days: &[(&str, Vec<String>)], room: usize) -> Vec<String> {
    let told = |(day, all): &(&str, Vec<String>)| {
        let mut some = all.clone();
        let more = some.len().saturating_sub(NAMED);
        if more > 1 {
            some.truncate(NAMED);
            some.push(format!("{more} more"));
        }
        format!("{day}: {}", some.join("; "))
    };
    let own = if days.len() > room { room.saturating_sub(1) } else { days.len() };
    let mut lines: Vec<String> = days.iter().take(own).map(told).collect();
    let rest = &days[own..];
    if let (Some((first, _)), Some((last, _)), true) = (rest.first(), rest.last(), room > 0) {
        let count: usize = rest.iter().map(|(_, all)| all.len()).sum();
        let span = if first == last { (*first).to_owned() } else { format!("{first} to {last}") };
        let noun = if count == 1 { "block" } else { "blocks" };
        lines.push(format!("{span}: {count} {noun}"));
    }
    lines
}

/// What a section came to in which nothing was kept: this, or that nobody went through it.
fn left<'a>(all: &[Said], key: &str, nothing: &'a str) -> &'a str {
    let mut own = all.iter().filter(|said| said.section == key);
    match own.clone().next() {
        None => "not gone through",
        Some(_) if own.any(|said| said.mark == Mark::Skipped) => "skipped",
        Some(_) => nothing,
    }
}

/// Section by section, what stays. The sections of a week are all named, as they are on a quiet one.
fn by_section(
    ritual: &Ritual,
    title: &str,
    all: &[Said],
    (seconds, answers): (u64, Vec<String>),
) -> Page {
    let took = show_minutes(i64::try_from(seconds.div_ceil(60)).unwrap_or(0));
    let about = if seconds == 0 { String::new() } else { format!("in {took}") };
    let mut page = Page::new(title, about);
    for section in &ritual.sections {
        let own = all.iter().filter(|said| said.section == section.key);
        let lines: Vec<String> = own
            .filter(|said| match said.mark {
                Mark::Kept | Mark::Answered | Mark::Added => true,
                Mark::Dropped | Mark::Done | Mark::Skipped => false,
            })
            .map(told)
            .collect();
        // Which time was given its band is nobody else's business; the week tells what it came to.
        let is_private = section.asks == Asks::Bands && ritual.kind == RitualKind::Friday;
        let lines = if is_private { Vec::new() } else { lines };
        // Twelve answers are told as what they come to.
        let lines = if section.asks == Asks::Levels { answers.clone() } else { lines };
        let is_named = section.asks == Asks::Lines
            && matches!(ritual.kind, RitualKind::Midweek | RitualKind::Friday);
        if !lines.is_empty() {
            page.section(&section.title);
            page.list(lines);
        } else if is_named && !all.is_empty() {
            page.section(&section.title);
            let words = left(all, &section.key, "nothing to tell");
            page.say(format!("{}.", super::step::capitalised(words)));
        }
    }
    if page.blocks.is_empty() {
        page.say("Nothing to tell.");
    }
    page
}

fn named(said: &Said) -> String {
    let about = said.about.as_ref().map(|about| format!("{} ", called(about))).unwrap_or_default();
    format!("{about}{}", said.text)
}

fn told(said: &Said) -> String {
    let name = named(said);
    if said.words.is_empty() { name } else { format!("{name}: {}", said.words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(section: &str, about: &str, text: &str, mark: Mark, words: &str) -> Said {
        Said {
            section: section.to_owned(),
            about: Some(about.to_owned()).filter(|about| !about.is_empty()),
            text: text.to_owned(),
            mark,
            words: words.to_owned(),
            driver: if about.is_empty() { String::new() } else { "Maya".to_owned() },
        }
    }

    #[test]
    fn minutes_tell_what_changed_and_who_takes_it_along() {
        let kind = RitualKind::Standup;
        let ritual = Ritual::read(kind, kind.shipped()).unwrap();
        let all = [
            said("exceptions", "d1", "Who first?", Mark::Answered, "decided"),
            said("exceptions", "d2", "Which tier?", Mark::Kept, ""),
            said("rest", "", "", Mark::Done, "7 acknowledged"),
        ];
        insta::assert_snapshot!(markdown(&page(&ritual, "Standup, Tue 12 May 2026", &all, (60, &Settings::default())).unwrap()), @r"
        # Standup, Tue 12 May 2026

        2 looked at one by one, 7 acknowledged

        ## What was said

        - d1 Who first?: decided

        1 kept as they are.

        ## Who takes what along

        ### Maya

        - d1 Who first? (decided)
        - d2 Which tier? (kept)
        ");
    }

    #[test]
    fn a_check_in_tells_what_stayed() {
        let kind = RitualKind::Checkin;
        let ritual = Ritual::read(kind, kind.shipped()).unwrap();
        let all = [
            said("yesterday", "t1", "Deal desk", Mark::Answered, "reactive, 40 m"),
            said("moved", "", "Raj agreed to tier 2", Mark::Added, ""),
            said("moved", "", "d3 framed", Mark::Dropped, ""),
        ];
        insta::assert_snapshot!(markdown(&page(&ritual, "Check-in", &all, (50, &Settings::default())).unwrap()), @r"
        # Check-in

        in 1 m

        ## Yesterday's time

        - t1 Deal desk: reactive, 40 m

        ## What moved a decision

        - Raj agreed to tier 2
        ");
    }

    #[test]
    fn a_plan_of_five_decisions_and_two_pre_wires_keeps_each_day_of_its_week() {
        let ritual = Ritual::read(RitualKind::Monday, RitualKind::Monday.shipped()).unwrap();
        let mut all = vec![said("outcomes", "o1", "Win more", Mark::Answered, "the focus")];
        for number in 1..=5 {
            let about = format!("d{number}");
            all.push(said("decisions", &about, "Which one?", Mark::Answered, "committed"));
        }
        for name in ["Lee", "Raj"] {
            let text = format!("Pre-wire {name} on d1");
            all.push(said("decisions", "", &text, Mark::Answered, "Mon 16:30, 20 m"));
        }
        for (at, day) in ["Mon", "Tue", "Wed", "Thu", "Fri"].into_iter().enumerate() {
            let words = format!("{day} 09:00 2 h");
            all.push(said("week", &format!("k{at}"), "Memo", Mark::Kept, &words));
        }
        all.push(said("week", "", "", Mark::Done, "Planned: S 10 h, 40.0%"));
        let told = markdown(&plan(&ritual, "Monday", &all));
        let lines: Vec<&str> = told.lines().filter(|line| line.starts_with("- ")).collect();
        assert_eq!(lines.len(), PLAN, "{told}");
        for day in ["Mon", "Tue", "Wed", "Thu", "Fri"] {
            assert!(told.contains(&format!("- {day}: 09:00 Memo")), "{told}");
        }
        assert!(told.contains("; Pre-wire Lee on d1: Mon 16:30, 20 m; "), "{told}");
        // With two there is room for a line each.
        all.retain(|one| !matches!(one.about.as_deref(), Some("d3" | "d4" | "d5")));
        all.retain(|one| !one.text.starts_with("Pre-wire") && !one.words.starts_with("Fri"));
        let told = markdown(&plan(&ritual, "Monday", &all));
        assert!(told.contains("- d1 Which one?: committed\n- d2 "), "{told}");
    }
}
