//! Five years of a person's time: what turning the weeks costs, and a change on one of them.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::ControlFlow;

use chrono::{Datelike, Days, NaiveDate};
use criterion::Criterion;
use prewire::app::effect::{Effect, Load};
use prewire::app::week::WeekAsked;
use prewire::domain::change::{Change, Edit, Input};
use prewire::domain::grammar::{Mode, QuickAdd};
use prewire::domain::kind::Kind;
use prewire::domain::value::Value;
use prewire::domain::week::Week;
use prewire::ops::import::ImportRequest;
use prewire::ops::{Clock, Op, Settings, Workspace};
use prewire::store::Places;
use prewire::tui::desk;

use crate::workspace::{Dice, TODAY, title};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Blocks and entries, half of each, and events of a calendar, of which each tenth recurs.
const STRETCHES: usize = 20_000;
const EVENTS: usize = 5_000;
const YEARS: u64 = 5;

/// Measures; `cargo bench --bench inner -- weeks` alone.
///
/// # Errors
/// When the workspace cannot be made.
pub fn measure(criterion: &mut Criterion) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("weeks.db");
    let clock = Clock::read(TODAY)?;
    let mut workspace = Workspace::create(&path, Places::default(), clock, Settings::default())?;
    fill(&mut workspace, folder.path())?;
    let today = workspace.calendar().today;
    let weeks: Vec<Week> =
        std::iter::successors(Some(Week::of(today)), |week| Some(week.previous()))
            .take(200)
            .collect();
    let mut turn = weeks.iter().chain(weeks.iter().rev()).cycle();
    criterion.bench_function("weeks/turn", |bench| {
        bench.iter(|| {
            let asked = WeekAsked { week: turn.next().copied(), kind: Kind::Block };
            black_box(desk::answer(&mut workspace, &Effect::Load(Load::Week(asked))))
        });
    });
    let week = workspace.week(Week::of(today))?;
    let id = week.planned.iter().find(|one| one.reference.kind == Kind::Block).map(|one| one.id);
    let id = id.ok_or("the week holds no block")?;
    let mut longer = 0;
    criterion.bench_function("weeks/change and see", |bench| {
        bench.iter(|| {
            longer = (longer + 15) % 120;
            let edit = Edit::Set(Input::Value(Value::Whole(30 + longer)));
            let changes = vec![Change { field: Kind::Block.noun().field("minutes"), edit }];
            let op = Op::Edit { items: vec![id], changes };
            black_box(desk::answer(&mut workspace, &Effect::Run(op)));
            for load in [Load::Week(WeekAsked::default()), Load::Status] {
                black_box(desk::answer(&mut workspace, &Effect::Load(load)));
            }
        });
    });
    Ok(())
}

fn fill(workspace: &mut Workspace, folder: &std::path::Path) -> Result<()> {
    let calendar = workspace.calendar();
    let mut dice = Dice::new(5);
    let days: Vec<NaiveDate> = calendar
        .today
        .checked_sub_days(Days::new(365 * YEARS))
        .unwrap_or(calendar.today)
        .iter_days()
        .take_while(|day| *day <= calendar.today + Days::new(5))
        .filter(|day| day.weekday().num_days_from_monday() < 5)
        .collect();
    let line = |at: usize, dice: &mut Dice| {
        let day = days[at * days.len() / STRETCHES];
        let kind = if at.is_multiple_of(2) { 'k' } else { 't' };
        let (hour, minutes) = (9 + at % 8, 15 + 15 * dice.below(6));
        let (what, band) = (title(dice), dice.one(&["s", "e", "r"]));
        format!("{kind} {what} on:{day} at:{hour:02}:00 est:{minutes}m band:{band}")
    };
    let drafts: std::result::Result<Vec<_>, _> = (0..STRETCHES)
        .map(|at| {
            QuickAdd::capture(&line(at, &mut dice), Kind::Entry, &calendar, Mode::Load).draft()
        })
        .collect();
    workspace.run(&Op::Add(drafts?))?;
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for at in 0..EVENTS {
        let day = days[dice.below(days.len())].format("%Y%m%d");
        let hour = 8 + at % 9;
        write!(
            text,
            "BEGIN:VEVENT\r\nUID:{at}@example\r\nDTSTART;TZID=Europe/Berlin:{day}T{hour:02}0000\r\n\
             DURATION:PT30M\r\n"
        )?;
        if at.is_multiple_of(10) {
            text.push_str("RRULE:FREQ=WEEKLY;INTERVAL=2\r\n");
        }
        write!(text, "SUMMARY:{}\r\nEND:VEVENT\r\n", title(&mut dice))?;
    }
    text.push_str("END:VCALENDAR\r\n");
    let path = folder.join("calendar.ics");
    std::fs::write(&path, text)?;
    let request = ImportRequest { path, ..ImportRequest::default() };
    workspace.import(&request, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(())
}
