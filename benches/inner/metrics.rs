//! Metrics at the size of many years: 200 of them with 260 readings each, and 50,000 deals. What the
//! pane, the list, the page and the scorecard cost, at first and after a figure was recorded.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::ops::ControlFlow;

use chrono::{Days, NaiveDate};
use criterion::Criterion;
use prewire::app::effect::{Effect, Load};
use prewire::domain::grammar::{Mode, QuickAdd};
use prewire::domain::item::ItemId;
use prewire::domain::kind::Kind;
use prewire::ops::import::ImportRequest;
use prewire::ops::metric::{Figure, Metric, Recording};
use prewire::ops::{Clock, Op, Settings, Workspace};
use prewire::store::Places;
use prewire::tui::desk;

use crate::workspace::{self, Dice, TODAY};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const METRICS: usize = 200;
const READINGS: u64 = 260;
const DEALS: usize = 50_000;

/// Measures; `cargo bench --bench inner -- metrics` alone.
///
/// # Errors
/// When the workspace cannot be made.
pub fn measure(criterion: &mut Criterion) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("metrics.db");
    let clock = Clock::read(TODAY)?;
    let mut workspace = Workspace::create(&path, Places::default(), clock, Settings::default())?;
    let metrics = fill(&mut workspace, folder.path())?;
    let first = metrics[0];
    let ask = |workspace: &mut Workspace, load: Load| {
        black_box(desk::answer(workspace, &Effect::Load(load)));
    };
    criterion.bench_function("metrics/pane", |bench| {
        bench.iter(|| ask(&mut workspace, Load::Live { most: 24 }));
    });
    criterion.bench_function("metrics/page with its chart", |bench| {
        bench.iter(|| ask(&mut workspace, Load::Detail(first)));
    });
    criterion.bench_function("metrics/scorecard", |bench| {
        bench.iter(|| ask(&mut workspace, Load::Scorecard));
    });
    let mut value = 20.0;
    let mut record = |workspace: &mut Workspace| {
        value += 0.1;
        let recording = Recording {
            metric: Metric::Known(first),
            period: Some("last".to_owned()),
            figure: Figure::Typed(format!("{value:.1}%")),
            source: "hand",
            note: String::new(),
        };
        desk::answer(workspace, &Effect::Run(Op::Record(vec![recording])))
    };
    criterion.bench_function("metrics/record and see in the pane", |bench| {
        bench.iter(|| {
            black_box(record(&mut workspace));
            ask(&mut workspace, Load::Live { most: 24 });
        });
    });
    criterion.bench_function("metrics/record and see on the scorecard", |bench| {
        bench.iter(|| {
            black_box(record(&mut workspace));
            ask(&mut workspace, Load::Scorecard);
        });
    });
    drop(workspace);
    criterion.bench_function("metrics/the first pane of a session", |bench| {
        bench.iter(|| {
            let access = prewire::store::Access::Write;
            let places = Places::default();
            let opened = Workspace::open(&path, access, places, clock, Settings::default());
            if let Ok(mut workspace) = opened {
                ask(&mut workspace, Load::Live { most: 24 });
            }
        });
    });
    Ok(())
}

fn fill(workspace: &mut Workspace, folder: &std::path::Path) -> Result<Vec<ItemId>> {
    let calendar = workspace.calendar();
    let quick = |line: &str| QuickAdd::capture(line, Kind::Metric, &calendar, Mode::Load).draft();
    let mut drafts = Vec::new();
    for slug in ["win-rate", "sales-cycle", "asp", "revenue-contribution", "stage-progression"] {
        drafts.push(quick(slug)?);
    }
    workspace.run(&Op::Add(drafts))?;
    let made = workspace::metrics(workspace, folder, METRICS, READINGS)?;
    let mut dice = Dice::new(7);
    let mut text =
        "Record ID,Deal Name,Deal Stage,Close Date,Amount,Create Date,Associated Company\n"
            .to_owned();
    let begin: NaiveDate = "2024-01-01".parse()?;
    for number in 0..DEALS {
        let created = begin.checked_add_days(Days::new(dice.below(850) as u64)).unwrap_or(begin);
        let closed =
            created.checked_add_days(Days::new(10 + dice.below(190) as u64)).unwrap_or(begin);
        let stage = ["Closed Won", "Closed Lost", "Proposal"][dice.below(3)];
        let amount = 1_000 + dice.below(90_000);
        writeln!(
            text,
            "{number},Deal {number},{stage},{closed},{amount},{created},Company {}",
            number % 9_000
        )?;
    }
    let path = folder.join("deals.csv");
    std::fs::write(&path, &text)?;
    let request = ImportRequest { path, ..ImportRequest::default() };
    workspace.import(&request, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(made)
}
