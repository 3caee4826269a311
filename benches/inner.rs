//! The inner figures: what one question to a workspace costs, and one picture. Windows at the
//! start, the middle and the end, places, filters key by key, one change on disk, drawing.
//!
//! `cargo bench --bench inner` measures all; `-- 100000/window` what has that in its name.

#[path = "inner/metrics.rs"]
mod metrics;
#[path = "inner/weeks.rs"]
mod weeks;
mod workspace;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use prewire::app::effect::{Effect, Msg};
use prewire::app::keys::Key;
use prewire::app::model::{About, Model};
use prewire::app::update;
use prewire::domain::grammar::{Mode, QuickAdd};
use prewire::domain::item::ItemId;
use prewire::domain::kind::Kind;
use prewire::domain::ritual::RitualKind;
use prewire::domain::verb::{Answer, Verb};
use prewire::ops::page::Requests;
use prewire::ops::pages::{Form, Paper};
use prewire::ops::today::DayRoom;
use prewire::ops::{Clock, Error, ListQuery, Op, Settings, Workspace};
use prewire::store::{Access, Places};
use prewire::tui::desk;
use prewire::ui::{Theme, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use workspace::{Result, Shape, TODAY};

const WINDOW: usize = 80;

fn main() -> Result<()> {
    // `cargo test --all-targets` starts this too; then there is nothing to measure.
    if !std::env::args().any(|word| word == "--bench") {
        return Ok(());
    }
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .without_plots()
        .configure_from_args();
    // Five years of time need none of the large workspaces.
    if std::env::args().any(|word| word == "weeks") {
        weeks::measure(&mut criterion)?;
        criterion.final_summary();
        return Ok(());
    }
    if std::env::args().any(|word| word == "metrics") {
        metrics::measure(&mut criterion)?;
        criterion.final_summary();
        return Ok(());
    }
    for items in [1_000, 10_000, 100_000] {
        let mut workspace = open(&workspace::ready(items, Shape::Mixed)?)?;
        questions(&mut criterion, items, &mut workspace)?;
        decisions(&mut criterion, items, &mut workspace);
        pictures(&mut criterion, items, &mut workspace);
        changes(&mut criterion, items)?;
        plans(&mut criterion, items)?;
        filters(&mut criterion, items)?;
    }
    weeks::measure(&mut criterion)?;
    metrics::measure(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}

fn open(path: &Path) -> Result<Workspace> {
    let (places, clock) = (Places::default(), Clock::read(TODAY)?);
    Ok(Workspace::open(path, Access::Write, places, clock, Settings::default())?)
}

fn name(items: usize, what: &str) -> String {
    format!("{items}/{what}")
}

/// What a screen asks.
fn questions(criterion: &mut Criterion, items: usize, workspace: &mut Workspace) -> Result<()> {
    for (kind, requests) in [(Kind::Decision, Requests::Apart), (Kind::Asset, Requests::OnTop)] {
        let query = ListQuery { requests, ..ListQuery::all(kind) };
        let total = workspace.page(&query, 0..1)?.total;
        let starts = [("start", 0), ("middle", total / 2), ("end", total - WINDOW)];
        for (where_, start) in starts {
            let id = name(items, &format!("window of {} at the {where_}", kind.noun().plural));
            criterion.bench_function(&id, |bench| {
                bench.iter(|| workspace.page(&query, start..start + WINDOW).map(black_box));
            });
            let item = workspace.page(&query, start..start + 1)?.rows[0].item.id;
            // What was read last is known by its place.
            workspace.page(&query, total - start - 2..total - start - 1)?;
            let id = name(items, &format!("place among {} at the {where_}", kind.noun().plural));
            criterion.bench_function(&id, |bench| {
                bench.iter(|| workspace.place(&query, item).map(black_box));
            });
        }
    }
    criterion.bench_function(&name(items, "today"), |bench| {
        // The same day for the same room is kept.
        let mut lines = 30;
        bench.iter(|| {
            lines = 61 - lines;
            workspace.today_within(DayRoom { lines, outcomes: 5 }).map(black_box)
        });
    });
    let ids = some_decisions(workspace, 50)?;
    let mut next = ids.iter().cycle();
    criterion.bench_function(&name(items, "detail"), |bench| {
        bench.iter(|| next.next().map(|id| workspace.detail(*id).map(black_box)));
    });
    Ok(())
}

/// What is asked of all decisions at once.
fn decisions(criterion: &mut Criterion, items: usize, workspace: &mut Workspace) {
    criterion.bench_function(&name(items, "exceptions first"), |bench| {
        bench.iter(|| workspace.exceptions_first("").map(black_box));
    });
    criterion.bench_function(&name(items, "figures of decisions"), |bench| {
        bench.iter(|| workspace.figures_told().map(black_box));
    });
    let about = Some(Kind::Decision);
    criterion.bench_function(&name(items, "sitting down to a standup"), |bench| {
        bench.iter(|| workspace.sit(RitualKind::Standup, about, "").map(black_box));
    });
    let pack = Paper::Pack { filter: String::new() };
    criterion.bench_function(&name(items, "pack in HTML"), |bench| {
        bench.iter(|| {
            let page = workspace.paper(&pack)?;
            page.write(Form::Html, &mut std::io::sink()).map_err(Error::Output)
        });
    });
}

fn some_decisions(workspace: &mut Workspace, count: usize) -> Result<Vec<ItemId>> {
    let page = workspace.page(&ListQuery::all(Kind::Decision), 0..count)?;
    Ok(page.rows.iter().map(|row| row.item.id).collect())
}

/// What one picture costs, with a row of motion between two.
fn pictures(criterion: &mut Criterion, items: usize, workspace: &mut Workspace) {
    let theme = Theme::ansi();
    for (place, key) in [("today", '1'), ("decisions", '2'), ("assets", '3')] {
        let mut model = Model::new(About::default(), workspace.calendar(), (120, 40));
        let first = update::start(&mut model);
        settle(workspace, &mut model, first);
        press(workspace, &mut model, key);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
        criterion.bench_function(&name(items, &format!("draw {place}")), |bench| {
            bench.iter(|| {
                buffer.reset();
                black_box(draw(&model, theme, &mut buffer))
            });
        });
    }
}

fn press(workspace: &mut Workspace, model: &mut Model, key: char) {
    let effects = update::update(model, Msg::Key(Key::char(key)));
    settle(workspace, model, effects);
}

fn settle(workspace: &mut Workspace, model: &mut Model, effects: Vec<Effect>) {
    for effect in effects {
        let answer = desk::answer(workspace, &effect);
        let effects = update::update(model, answer);
        settle(workspace, model, effects);
    }
}

/// One change on disk, and its undoing.
fn changes(criterion: &mut Criterion, items: usize) -> Result<()> {
    let path = workspace::copy(&workspace::ready(items, Shape::Mixed)?, "changed")?;
    let mut workspace = open(&path)?;
    let id = some_decisions(&mut workspace, 1)?[0];
    let (verb, answer) =
        (Verb::Decide, Answer { line: Some("agreed".to_owned()), ..Answer::default() });
    let decide = Op::Verb { items: vec![id], verb, answer };
    criterion.bench_function(&name(items, "decide and undo, on disk"), |bench| {
        bench.iter(|| workspace.run(&decide).map(black_box).and_then(|_| workspace.run(&Op::Undo)));
    });
    Ok(())
}

/// Today and the Plan screen with a plan, two years of artefacts and a full calendar, and a change
/// beside them, which looks for what it ticks.
fn plans(criterion: &mut Criterion, items: usize) -> Result<()> {
    let path = workspace::copy(&workspace::ready(items, Shape::Mixed)?, "planned")?;
    let mut workspace = open(&path)?;
    let template = prewire::ops::plan::start::named("90-day", None)?.template;
    let on = workspace.calendar().today - chrono::Duration::days(36);
    let start = prewire::ops::plan::Start { template, on, title: None };
    workspace.run(&Op::StartPlan(Box::new(start)))?;
    let calendar = workspace.calendar();
    let mut drafts = Vec::new();
    for number in 0..2_000 {
        let line = match number % 4 {
            0 => format!("f Thinking {number} kind:launch-risk"),
            1 => format!("s Milestone {number} due:day{}", 1 + number % 90),
            2 => format!("k Work {number} on:-{}d est:1h band:s", number % 120),
            _ => format!("w Initiative {number} involved:-{}d commitment:today", number % 300),
        };
        let read = QuickAdd::capture(&line, Kind::Asset, &calendar, Mode::Add);
        drafts.push(read.draft()?);
    }
    workspace.run(&Op::Add(drafts))?;
    let of = |what: &str| name(items, what);
    criterion.bench_function(&of("today with a plan"), |bench| {
        bench.iter(|| workspace.today_within(DayRoom { lines: 40, outcomes: 0 }).map(black_box));
    });
    criterion.bench_function(&of("the plan"), |bench| {
        bench.iter(|| workspace.plan_view(None).map(black_box));
    });
    criterion.bench_function(&of("due"), |bench| {
        bench.iter(|| workspace.due_by(calendar.today).map(black_box));
    });
    let set = |value: &str| Op::Set { name: "bench".to_owned(), value: Some(value.to_owned()) };
    let mut values = ["one", "other"].into_iter().cycle();
    criterion.bench_function(&of("a change beside a plan, on disk"), |bench| {
        bench.iter(|| values.next().map(|value| workspace.run(&set(value)).map(black_box)));
    });
    Ok(())
}

/// A filter typed letter by letter over a list that has all the titles.
fn filters(criterion: &mut Criterion, items: usize) -> Result<()> {
    let mut workspace = open(&workspace::ready(items, Shape::OneList)?)?;
    let typed = "launch pricing";
    let pages = |workspace: &mut Workspace, filter: &str| {
        let query = ListQuery { filter: filter.to_owned(), ..ListQuery::all(Kind::Decision) };
        workspace.page(&query, 0..WINDOW).map(|page| page.total)
    };
    pages(&mut workspace, "warm")?;
    for end in [1, 2, 6, 8, typed.len()] {
        let id = name(items, &format!("filter, key {end} of “{typed}”"));
        criterion.bench_function(&id, |bench| {
            bench.iter_custom(|times| {
                let mut taken = Duration::ZERO;
                for _ in 0..times {
                    // The key before is typed anew, so that nothing is remembered.
                    let _ = pages(&mut workspace, "x");
                    let _ = pages(&mut workspace, &typed[..end - 1]);
                    let begun = std::time::Instant::now();
                    let _ = black_box(pages(&mut workspace, &typed[..end]));
                    taken += begun.elapsed();
                }
                taken
            });
        });
    }
    let structured = name(items, "filter by fields");
    criterion.bench_function(&structured, |bench| {
        bench.iter(|| {
            let _ = pages(&mut workspace, "x");
            pages(&mut workspace, "stake:high due:month")
        });
    });
    Ok(())
}
