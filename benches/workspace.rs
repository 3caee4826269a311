//! Makes the workspaces that are measured: people, outcomes, bets, requests, decisions and assets
//! with ties, tags and a journal, five years of blocks and entries, and two hundred metrics of five
//! years of weeks; through the operations that a user has, and the same every time.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, NaiveDate};
use prewire::domain::change::{Change, Edit, Input};
use prewire::domain::grammar::{Mode, QuickAdd};
use prewire::domain::item::ItemId;
use prewire::domain::kind::Kind;
use prewire::domain::value::Value;
use prewire::domain::verb::{Answer, Verb};
use prewire::ops::metric::import::FigureRequest;
use prewire::ops::{Clock, Op, Settings, Workspace};
use prewire::store::Places;

/// The day on which everything is measured.
pub const TODAY: &str = "2026-05-06";
/// Raised when what is made changes, so that an older file is not measured by mistake.
const EDITION: u32 = 5;
/// Days of blocks and entries, metrics, and the weeks of each.
const DAYS: u64 = 5 * 365;
const METRICS: usize = 200;
const WEEKS: u64 = 260;
/// Items of one step.
const STEP: usize = 20_000;

pub type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What a workspace is full of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Half decisions, half assets, as people have them.
    Mixed,
    /// Decisions alone, so that one list has all the titles.
    OneList,
}

/// The path of a workspace of so many decisions and assets, made when it is not there yet.
///
/// # Errors
/// When it cannot be made.
pub fn ready(items: usize, shape: Shape) -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    std::fs::create_dir_all(&folder)?;
    let format = prewire::store::schema::MANIFESTS.last().map_or("", |hash| &hash[..8]);
    let path = folder.join(format!("{shape:?}-{items}-{EDITION}-{format}.db"));
    if !path.exists() {
        #[expect(clippy::print_stderr, reason = "making it takes a while, and a bench may talk")]
        {
            eprintln!("making {}", path.display());
        }
        let unfinished = path.with_extension("unfinished");
        let _ = std::fs::remove_file(&unfinished);
        fill(&unfinished, items, shape)?;
        std::fs::rename(&unfinished, &path)?;
    }
    Ok(path)
}

/// A copy that may be written to.
///
/// # Errors
/// When it cannot be made.
pub fn copy(of: &Path, name: &str) -> Result<PathBuf> {
    let path = of.with_file_name(format!("{name}.db"));
    std::fs::copy(of, &path)?;
    Ok(path)
}

/// Makes a workspace of so many decisions and assets at a path.
///
/// # Errors
/// When it cannot be made.
pub fn fill(path: &Path, items: usize, shape: Shape) -> Result<()> {
    let clock = Clock::read(TODAY)?;
    let mut workspace = Workspace::create(path, Places::default(), clock, Settings::default())?;
    workspace.seed_ids(7);
    let (decisions, assets) = match shape {
        Shape::Mixed => (items / 2, items - items / 2),
        Shape::OneList => (items, 0),
    };
    let mut dice = Dice::new(0);
    let few = (items / 500).clamp(5, 200);
    add(&mut workspace, people())?;
    add(&mut workspace, outcomes())?;
    add(&mut workspace, (0..6).map(|at| bet(at, &mut dice)))?;
    let made = add(&mut workspace, (0..assets).map(|_| asset(&mut dice)))?;
    let weighed = add(&mut workspace, (0..decisions).map(|at| decision(at, assets, &mut dice)))?;
    add(&mut workspace, (0..few).map(|_| request(&mut dice)))?;
    live(&mut workspace, &made, &weighed)?;
    if shape == Shape::Mixed {
        let today: NaiveDate = TODAY.parse()?;
        add(&mut workspace, blocks(today))?;
        add(&mut workspace, entries(today, &mut dice))?;
        metrics(&mut workspace, path.parent().unwrap_or(Path::new(".")), METRICS, WEEKS)?;
    }
    Ok(())
}

/// Metrics with a figure for each of so many weeks; the ids of the metrics.
///
/// # Errors
/// When they cannot be made.
pub fn metrics(
    workspace: &mut Workspace,
    folder: &Path,
    metrics: usize,
    weeks: u64,
) -> Result<Vec<ItemId>> {
    let of = |number: usize| {
        format!("m Metric {number} unit:percent cadence:weekly baseline:20 target:40")
    };
    let made = add(workspace, (0..metrics).map(of))?;
    let mut dice = Dice::new(7);
    let mut text = "date,metric,value\n".to_owned();
    let last: NaiveDate = "2026-04-27".parse()?;
    for number in 0..metrics {
        for week in 0..weeks {
            let on = last.checked_sub_days(Days::new(7 * (weeks - 1 - week))).unwrap_or(last);
            let value = 250 + dice.below(100);
            writeln!(text, "{on},Metric {number},{}.{}%", value / 10, value % 10)?;
        }
    }
    let path = folder.join("figures.csv");
    std::fs::write(&path, &text)?;
    let request = FigureRequest { path, source: "import", ..FigureRequest::default() };
    let plan = workspace.plan_figures(&request)?;
    workspace.run(&plan.op())?;
    Ok(made)
}

/// Mondays to Fridays, up to two weeks ahead.
fn working_days(today: NaiveDate, ahead: u64) -> impl Iterator<Item = NaiveDate> {
    let first = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today);
    let last = today.checked_add_days(Days::new(ahead)).unwrap_or(today);
    let days = first.iter_days().take_while(move |day| *day <= last);
    days.filter(|day| day.weekday().num_days_from_monday() < 5)
}

fn blocks(today: NaiveDate) -> impl Iterator<Item = String> {
    const OF_A_DAY: [(&str, &str); 4] = [("09", "s"), ("11", "e"), ("13", "e"), ("15", "r")];
    working_days(today, 14).flat_map(|day| {
        OF_A_DAY.map(|(hour, band)| {
            format!("k Work in band {band} on:{day} at:{hour}:00 est:90m band:{band}")
        })
    })
}

fn entries(today: NaiveDate, dice: &mut Dice) -> impl Iterator<Item = String> {
    working_days(today, 0).flat_map(move |day| {
        ["09", "10", "12", "14", "16"].map(|hour| {
            let band = dice.one(&["s", "s", "e", "e", "r"]);
            let minutes = 30 + 15 * dice.below(5);
            format!("t {} on:{day} at:{hour}:30 est:{minutes}m band:{band}", dice.one(&THINGS))
        })
    })
}

/// Five years of changes: owners move, dates slip, a third is decided or shipped.
fn live(workspace: &mut Workspace, assets: &[ItemId], decisions: &[ItemId]) -> Result<()> {
    for (ids, kind) in [(assets, Kind::Asset), (decisions, Kind::Decision)] {
        let field = |name: &str| kind.noun().field(name);
        let every = |step: usize, from: usize| -> Vec<ItemId> {
            ids.iter().skip(from).step_by(step).copied().collect()
        };
        let changes = [
            (every(2, 0), field("priority"), Value::Whole(2)),
            (every(3, 1), field("link"), Value::Text("https://example.com/brief".to_owned())),
            (every(4, 2), field("note"), Value::Text("Spoken about on Tuesday.".to_owned())),
        ];
        for (ids, field, value) in changes {
            for ids in ids.chunks(STEP) {
                let edit = Edit::Set(Input::Value(value.clone()));
                let changes = vec![Change { field, edit }];
                workspace.run(&Op::Edit { items: ids.to_vec(), changes })?;
            }
        }
        let verb = if kind == Kind::Asset { Verb::Ship } else { Verb::Decide };
        for ids in every(3, 2).chunks(STEP) {
            let answer = Answer { line: Some("as discussed".to_owned()), ..Answer::default() };
            workspace.run(&Op::Verb { items: ids.to_vec(), verb, answer })?;
        }
    }
    Ok(())
}

/// Adds lines of the quick-add grammar; returns the ids in order.
fn add(workspace: &mut Workspace, lines: impl IntoIterator<Item = String>) -> Result<Vec<ItemId>> {
    let calendar = workspace.calendar();
    let mut ids = Vec::new();
    let mut drafts = Vec::new();
    for line in lines {
        drafts.push(QuickAdd::capture(&line, Kind::Asset, &calendar, Mode::Load).draft()?);
        if drafts.len() == STEP {
            ids.extend(workspace.run(&Op::Add(std::mem::take(&mut drafts)))?.items);
        }
    }
    if !drafts.is_empty() {
        ids.extend(workspace.run(&Op::Add(drafts))?.items);
    }
    Ok(ids)
}

const NAMES: [&str; 12] = [
    "maya", "jon", "dana", "raj", "lee", "sam", "priya", "josé", "ingrid", "tomasz", "noor", "ada",
];
const VERBS: [&str; 8] =
    ["Choose", "Rename", "Launch", "Package", "Price", "Retire", "Localise", "Position"];
const THINGS: [&str; 12] = [
    "the compliance tier",
    "the onboarding story",
    "the fintech segment",
    "the partner deck",
    "the Atlas launch",
    "the renewal battlecard",
    "the audit page",
    "the procurement answer",
    "the pricing page",
    "the mid-market narrative",
    "the security one-pager",
    "the demo script",
];
const WHERE: [&str; 9] = [
    "for upper mid-market",
    "in Germany",
    "before the audit season",
    "with sales",
    "for analysts",
    "after the Rivo release",
    "for champions",
    "in the second meeting",
    "without a discount",
];
const TAGS: [&str; 8] =
    ["midmarket", "integration", "clear", "atlas", "emea", "renewal", "pricing", "analysts"];

fn people() -> impl Iterator<Item = String> {
    NAMES.iter().map(|name| format!("u {name} role:pmm"))
}

fn outcomes() -> impl Iterator<Item = String> {
    (1..=3).map(|at| {
        format!("o Improve figure {at} of the plan baseline:{at}0 target:{at}8 unit:% weight:{at} due:eoq")
    })
}

fn bet(at: usize, dice: &mut Dice) -> String {
    format!("b Bet on {} for:o{} confidence:{}", dice.one(&THINGS), at % 3 + 1, 10 * dice.below(10))
}

fn asset(dice: &mut Dice) -> String {
    let mut line = format!("a {} due:{} @{}", title(dice), day(dice), dice.one(&NAMES));
    if dice.below(5) > 0 {
        let _ = write!(line, " for:b{}", dice.below(6) + 1);
    }
    let _ = write!(
        line,
        " kind:{} estimate:{}h",
        dice.one(&["deck", "page", "email"]),
        dice.below(20) + 1
    );
    tagged(line, dice)
}

fn decision(at: usize, assets: usize, dice: &mut Dice) -> String {
    // Each third is decided further on, which only a low stake is without a frame.
    let drawn = dice.one(&["high", "medium", "low"]);
    let stake = if at % 3 == 2 { "low" } else { drawn };
    let mut line = format!("d {} stake:{stake} needed_by:{}", title(dice), day(dice));
    let _ = write!(line, " @{} approver:{}", dice.one(&NAMES), dice.one(&NAMES));
    let _ = write!(line, " for:b{} raised_on:-{}d", dice.below(6) + 1, dice.below(900));
    if assets > 0 && at.is_multiple_of(3) {
        let first = at % assets + 1;
        let _ = write!(line, " blocks:a{first},a{}", (first + 7) % assets + 1);
    }
    let line = tagged(line, dice);
    format!("{line} -- Asked in the weekly call; the answer decides what sales may promise.")
}

fn request(dice: &mut Dice) -> String {
    format!("r {} from:{} wanted_by:{}", title(dice), dice.one(&NAMES), day(dice))
}

fn tagged(mut line: String, dice: &mut Dice) -> String {
    if dice.below(2) == 0 {
        let _ = write!(line, " +{}", dice.one(&TAGS));
    }
    line
}

pub fn title(dice: &mut Dice) -> String {
    let number = dice.below(10_000);
    format!("{} {} {} no. {number}", dice.one(&VERBS), dice.one(&THINGS), dice.one(&WHERE))
}

/// One in twenty is late; the others come within two years.
fn day(dice: &mut Dice) -> String {
    if dice.below(20) == 0 {
        format!("-{}d", dice.below(120) + 1)
    } else {
        format!("+{}d", dice.below(700))
    }
}

/// A small generator of numbers that only has to be spread and the same everywhere.
pub struct Dice(u64);

impl Dice {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(0x9E37_79B9_7F4A_7C15 ^ seed)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }

    pub fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}
