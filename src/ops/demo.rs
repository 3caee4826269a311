//! The demo: a believable quarter, written in the grammar that users type, loaded by the parser
//! that reads their typing. Dated relative to today, and the same every time for the same day.

use chrono::NaiveDate;

use crate::domain::change::{Change, Draft, Edit};
use crate::domain::day::Calendar;
use crate::domain::grammar::{Mode, QuickAdd, token};
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::metric::{Period, Terms};
use crate::domain::part::{Part, PartKey, PartKind, free_position, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::week::Week;
use crate::store::part::Parts;
use crate::store::{OpKind, Write};

use super::error::Result;
use super::metric::{Figure, Metric, Recording};
use super::op::{Done, Outcome};
use super::plan::New;
use super::resolve::{Resolver, refuse_circle};
use super::workspace::{Settings, Workspace};
use super::{artefact, edit, escalation, evidence, metric, plan, record};

mod rituals;
mod texts;

/// The meetings of its calendar.
const CALENDAR: &str = include_str!("../../assets/demo-calendar.txt");
/// Twelve weeks of blocks and entries: kind, week from this one, weekday, and the line.
const WEEKS: &str = include_str!("../../assets/demo-weeks.txt");
/// What the metrics of the demo read, a line each.
const FIGURES: &str = include_str!("../../assets/demo-figures.txt");
/// The plan that it follows: template, first day, what was done when.
const PLAN: &str = include_str!("../../assets/demo-plan.txt");
const QUARTER: &str = include_str!("../../assets/demo.txt");
/// Who sits at the keyboard in the demo.
pub const ME: &str = "Maya Okafor";

impl Workspace {
    /// Fills an empty workspace with the demo, as one step.
    ///
    /// # Errors
    /// A refusal that names the line of the demo that does not hold, or a storage error.
    pub fn load_demo(&mut self) -> Result<Done> {
        self.demo(Undo::Takes)
    }

    /// The same for somebody who looks around: undo ends where their own steps begin.
    ///
    /// # Errors
    /// As `load_demo`.
    pub fn begin_with_demo(&mut self) -> Result<Done> {
        self.demo(Undo::Ends)
    }

    fn demo(&mut self, undo: Undo) -> Result<Done> {
        self.seed_ids(2026);
        let calendar = self.calendar();
        let mut lines: Vec<Line> = Vec::new();
        for (number, line) in QUARTER.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |refusal: Refusal| {
                Refusal::input(format!("line {} of the demo: {}", number + 1, refusal.what))
            };
            if let Some(part) = part_line(line, &calendar) {
                let owner = lines.last_mut().ok_or_else(|| wrong(Refusal::input("whose?")))?;
                owner.parts.push(part.map_err(wrong)?);
                continue;
            }
            let read = QuickAdd::capture(line, Kind::Asset, &calendar, Mode::Load);
            lines.push(Line { draft: read.draft().map_err(wrong)?, parts: Vec::new() });
        }
        for line in weeks(calendar.today) {
            let read = QuickAdd::capture(&line, Kind::Entry, &calendar, Mode::Load);
            let draft = read.draft().map_err(|refusal| {
                Refusal::input(format!("“{line}” of the weeks of the demo: {}", refusal.what))
            })?;
            lines.push(Line { draft, parts: Vec::new() });
        }
        let settings = self.settings().clone();
        let today = calendar.today;
        self.transact(OpKind::Do, |write| {
            if undo == Undo::Ends {
                write.undo_ends_here()?;
            }
            load(write, &lines, &settings, today)
        })
    }
}

/// Whether undo takes the demo away too, or ends there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Undo {
    Takes,
    Ends,
}

/// An item of the demo, with its parts.
struct Line {
    draft: Draft,
    parts: Vec<(PartKind, Vec<Change>)>,
}

/// `option Tier 2, sales-led gains:"…"`: a part of the item above it; `None` for another line.
fn part_line(
    line: &str,
    calendar: &Calendar,
) -> Option<std::result::Result<(PartKind, Vec<Change>), Refusal>> {
    let (name, rest) = line.split_once(' ')?;
    let kind = PartKind::from_slug(name)?;
    let noun = kind.noun();
    let mut changes = Vec::new();
    let mut words = Vec::new();
    for token in token::cut(rest).tokens {
        let field = token.pair().and_then(|(key, _, value)| {
            let field = noun.fields.iter().find(|field| field.answers_to(key))?;
            Some((field, value.to_owned()))
        });
        match field {
            Some((field, value)) => match Change::typed(field, &value, calendar) {
                Ok(found) => changes.extend(found),
                Err(refusal) => return Some(Err(refusal)),
            },
            None => words.push(token.text),
        }
    }
    if !words.is_empty() {
        let meant = match noun.key {
            PartKey::Field(name) => name,
            PartKey::Letter { .. } | PartKey::Number => noun.main,
        };
        match Change::typed(noun.field(meant), &words.join(" "), calendar) {
            Ok(found) => changes.extend(found),
            Err(refusal) => return Some(Err(refusal)),
        }
    }
    Some(Ok((kind, changes)))
}

/// The lines of the weeks with their days written out; no entry lies after yesterday.
fn weeks(today: NaiveDate) -> Vec<String> {
    let monday = Week::of(today).monday();
    let lines = WEEKS.lines().filter_map(|line| {
        let mut words = line.trim().splitn(4, ' ');
        let kind = words.next().filter(|kind| ["k", "t"].contains(kind))?;
        let offset: i64 = words.next()?.parse().ok()?;
        let place = ["mon", "tue", "wed", "thu", "fri"];
        let weekday = words.next()?;
        let days =
            7 * offset + i64::try_from(place.iter().position(|name| *name == weekday)?).ok()?;
        let day = monday + chrono::Duration::days(days);
        let rest = words.next()?;
        (kind == "k" || day < today).then(|| format!("{kind} {rest} on:{day}"))
    });
    lines.collect()
}

/// The calendar as a program would write it, its days counted from this week.
fn calendar(today: NaiveDate) -> String {
    use std::fmt::Write as _;
    const AGO: i64 = 11;
    let monday = Week::of(today).monday();
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Work\r\n");
    let days = ["mon", "tue", "wed", "thu", "fri"];
    let place = |name: &str| days.iter().position(|day| *day == name);
    let lines = CALENDAR.lines().filter(|line| !line.starts_with('#'));
    for (number, line) in lines.enumerate() {
        let mut words = line.split(' ');
        let mut next = || words.next().unwrap_or("");
        let weekly = next() == "weekly";
        let week: i64 = if weekly { -AGO } else { next().parse().unwrap_or(0) };
        let on: Vec<&str> = next().split(',').collect();
        let (at, minutes, people) = (next().replace(':', ""), next(), next());
        let title = words.collect::<Vec<_>>().join(" ").replace(',', "\\,");
        let first = on.iter().find_map(|name| place(name)).unwrap_or(0);
        let day = monday + chrono::Duration::days(7 * week + i64::try_from(first).unwrap_or(0));
        let _ = write!(
            text,
            "BEGIN:VEVENT\r\nUID:demo-{number}\r\nDTSTART:{}T{at}00\r\nDURATION:PT{minutes}M\r\n",
            day.format("%Y%m%d")
        );
        if weekly {
            let by: Vec<String> = on.iter().map(|name| name[..2].to_uppercase()).collect();
            let _ = write!(text, "RRULE:FREQ=WEEKLY;BYDAY={}\r\n", by.join(","));
        }
        for person in people.split(',') {
            let _ = write!(text, "ATTENDEE:mailto:{person}\r\n");
        }
        let _ = write!(text, "SUMMARY:{title}\r\nEND:VEVENT\r\n");
    }
    text + "END:VCALENDAR\r\n"
}

/// All items first, then what ties them together, since lines may refer to later ones.
fn load(
    write: &Write<'_>,
    lines: &[Line],
    settings: &Settings,
    today: chrono::NaiveDate,
) -> Result<Outcome> {
    let mut items = Vec::new();
    for Line { draft, .. } in lines {
        let reference: Ref = write.next_ref(draft.kind)?;
        let mut item = Item::new(ItemId(write.new_id()), reference, write.at, &write.actor);
        item.set("title", Value::Text(draft.title.clone()));
        edit::born(&mut item, settings, today);
        metric::from_catalogue(&mut item, &draft.changes)?;
        write.insert(&item)?;
        items.push(item);
    }
    let mut resolver = Resolver::new(write, settings.me.as_deref());
    for (before, Line { draft, parts }) in items.iter().zip(lines) {
        // An earlier line may have tied this item already.
        let before = write.items(&[before.id])?.pop().unwrap_or_else(|| before.clone());
        let mut after = before.clone();
        for change in &draft.changes {
            resolver.apply(&mut after, change)?;
        }
        edit::settle(&mut after, today);
        metric::point(write, Some(&before), &mut after)?;
        let on = day_of(&after, today);
        artefact::complete(write, &mut after, settings, (on, New::Made))?;
        texts::close(&mut after, today);
        write.update(&before, &after)?;
        for (kind, changes) in parts {
            add_part(write, &mut resolver, &after, (*kind, changes), today)?;
        }
    }
    for item in &items {
        refuse_circle(write, item)?;
    }
    let known: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    let known = write.items(&known)?;
    evidence::settle_claims(write, &evidence::claims_of(&known))?;
    record::settle_all(write, &items, settings)?;
    metric::record(write, &figures(write, &items, settings, today)?, settings, today)?;
    // Two of the weeks breached their limit, so the rule raises it.
    escalation::follow(write, settings, today)?;
    rituals::write(write, settings, today)?;
    let mut ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    ids.extend(super::import::write_calendar(write, &calendar(today), "Work", settings)?);
    ids.extend(plan::start::from_text(write, PLAN, settings, today)?);
    Ok(Outcome { label: "loaded the demo".to_owned(), items: ids, notices: Vec::new() })
}

/// The day from which an artefact is seen: that on which it shipped.
fn day_of(item: &Item, today: NaiveDate) -> NaiveDate {
    item.day("shipped_on").unwrap_or(today)
}

/// The figures with the periods that they are of, counted back from the last that is over.
fn figures(
    write: &Write<'_>,
    items: &[Item],
    settings: &Settings,
    today: NaiveDate,
) -> Result<Vec<Recording>> {
    let ids: Vec<ItemId> =
        items.iter().filter(|item| item.kind() == Kind::Metric).map(|item| item.id).collect();
    let metrics = write.items(&ids)?;
    let mut found = Vec::new();
    for line in FIGURES.lines().filter(|line| line.starts_with('m')) {
        let mut words = line.split(' ');
        let named = words.next().and_then(Ref::parse);
        let ago: usize = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let Some(item) = metrics.iter().find(|item| Some(item.reference) == named) else {
            return Err(Refusal::input(format!("“{line}” is of no metric of the demo")).into());
        };
        let fiscal = settings.fiscal_start_month;
        let cadence = Terms::of(item).cadence;
        let figures: Vec<&str> = words.collect();
        let last = Period::last_complete(today, cadence, fiscal);
        let periods = last.back(figures.len() + ago);
        for (period, figure) in periods.into_iter().zip(figures) {
            found.push(Recording {
                metric: Metric::Known(item.id),
                period: Some(period.key(fiscal)),
                figure: Figure::Typed(figure.to_owned()),
                source: "hand",
                note: String::new(),
            });
        }
    }
    Ok(found)
}

fn add_part(
    write: &Write<'_>,
    resolver: &mut Resolver<'_>,
    owner: &Item,
    (kind, changes): (PartKind, &[Change]),
    today: NaiveDate,
) -> Result<()> {
    let parts = write.parts_of(owner)?;
    let taken: Vec<i64> = of_kind(&parts, kind).map(|part| part.position).collect();
    let mut part = Part::new(write.new_part_id(), kind, owner.id, free_position(&taken));
    for change in changes {
        if let Edit::Set(input) | Edit::Add(input) = &change.edit {
            let mut value = resolver.value(change.field, input)?;
            if kind == PartKind::Narrative && change.field.name == "period" {
                let last = Period::last_complete(today, Terms::of(owner).cadence, 1);
                value = Value::Text(last.key(1));
            }
            part.set(change.field.name, value);
        }
    }
    Ok(write.insert_part(&part)?)
}
