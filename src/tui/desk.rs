//! The one thread that owns the database while the screen is up: it answers questions and runs
//! operations, looks for changes by others, and tells when the day turns. Tests call `answer`
//! itself, without a thread.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

mod ahead;
mod calendars;
mod day;
pub mod first;
mod lists;
mod paper;
mod paths;
mod places;
mod plan;
mod refused;
mod rehearsal;
mod schedule;
mod told;
mod tree;
mod waiting;
mod watchers;

use ahead::Ahead;
use lists::{is_on_evidence, week};
use refused::refused;
pub(crate) use rehearsal::Stage;
use waiting::Inbox;
pub(crate) use waiting::{Herald, Questions};
use watchers::Watchers;

use super::{Event, provoke};
use crate::app::effect::{Answer, Effect, Failure, Load, Msg};
use crate::domain::kind::Kind;
use crate::ops::import::ImportRequest;
use crate::ops::metric::run::Leash;
use crate::ops::templates::{self, Template};
use crate::ops::{Error, Page, Result, Workspace};
use crate::store::lookup::Lookup;
use crate::store::open::Sight;

/// How often changes by other processes are looked for.
const WATCH: Duration = Duration::from_millis(500);
/// Most values that are offered for a tag.
const TAGS: usize = 200;
/// Most rows of a list that is loaded whole.
const MOST: usize = 500;

/// Starts the thread; what is sent to it is answered as `Event::Answered`. The herald is for whoever
/// hears keys.
#[must_use]
pub(crate) fn start(
    mut workspace: Workspace,
    events: Sender<Event>,
    interrupt: Arc<AtomicBool>,
    leash: Leash,
    stage: Stage,
) -> (Questions, Herald) {
    let (questions, inbox) = waiting::open();
    let herald = inbox.herald(workspace.hush());
    std::thread::spawn(move || {
        let ahead = Ahead::begin(stage);
        work(&mut workspace, &inbox, &events, &interrupt, leash, ahead);
    });
    (questions, herald)
}

fn work(
    workspace: &mut Workspace,
    inbox: &Inbox,
    events: &Sender<Event>,
    interrupt: &AtomicBool,
    leash: Leash,
    mut ahead: Ahead,
) {
    // What another program did already; a file that cannot be written shows it after the next change.
    drop(workspace.adopt());
    let mut version = workspace.store().data_version().unwrap_or(0);
    let mut sight = Sight::default();
    let mut day = workspace.clock().today();
    let mut kept = day::Day::begin();
    let mut replaced = false;
    let mut watchers = Watchers::of(workspace, leash);
    let mut looked = Instant::now();
    loop {
        let mut is_idle = false;
        match inbox.next(ahead.wait(WATCH.saturating_sub(looked.elapsed()))) {
            Ok(Effect::Ahead(kinds)) => {
                // The search itself reads what could not be read ahead, and says what is wrong.
                drop(workspace.read_many_titles_ahead(&kinds));
                continue;
            }
            Ok(Effect::LineUp) => {
                // Whoever wants it before reads it then.
                drop(workspace.hold_line());
                continue;
            }
            Ok(Effect::Follow(settings)) => {
                workspace.follow(&settings);
                ahead.heard(&Effect::Follow(settings));
                drop(events.send(Event::Msg(Msg::Changed)));
            }
            Ok(effect) => {
                kept.heard();
                let writes = matches!(effect, Effect::Run(_));
                clear_the_way(workspace, writes);
                let turns = matches!(&effect, Effect::Run(op) if op.turns_back());
                let answer = match &effect {
                    Effect::Import(request) => import(workspace, request, events, interrupt),
                    Effect::AskSources(metric) => watchers.ask(workspace, *metric),
                    _ => answer(workspace, &effect),
                };
                let saved = writes && matches!(answer, Msg::Done(_));
                if saved && turns {
                    watchers.turned_back(workspace);
                }
                let asked = matches!(effect, Effect::AskSources(_)).then_some(Msg::Changed);
                let told = std::iter::once(answer).chain(asked).collect();
                if events.send(Event::Answered(told)).is_err() {
                    return;
                }
                if saved {
                    watchers.renew(workspace);
                    kept.changed();
                }
                if is_on_evidence(&effect) {
                    drop(workspace.weigh_ahead());
                }
                ahead.heard(&effect);
            }
            Err(RecvTimeoutError::Timeout) => {
                is_idle = true;
                ahead.ask(workspace, inbox.waiting());
                kept.keep(workspace, events);
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
        // Also while somebody types without a pause.
        if looked.elapsed() >= WATCH {
            looked = Instant::now();
            if !watchers.look(workspace, events) {
                return;
            }
            let is_still = !workspace.store().has_stirred(&mut sight);
            if is_idle && is_still && workspace.clock().today() == day {
                continue;
            }
        }
        let now = workspace.store().data_version().unwrap_or(version);
        if now != version {
            version = now;
            ahead.stirred();
            drop(workspace.adopt());
            watchers.renew(workspace);
            if events.send(Event::Msg(Msg::Changed)).is_err() {
                return;
            }
        }
        if !replaced && workspace.store().is_replaced() {
            replaced = true;
            let words = refused::replaced(workspace.store());
            if events.send(Event::Msg(Msg::Banner(Some(words.to_owned())))).is_err() {
                return;
            }
        }
        let today = workspace.clock().today();
        if today != day {
            day = today;
            ahead.stirred();
            if events.send(Event::Msg(Msg::NewDay(today))).is_err() {
                return;
            }
        }
    }
}

/// Before an answer: those who read titles beside end soon where somebody writes, who has to wait for
/// them, and rest where somebody asks.
fn clear_the_way(workspace: &Workspace, writes: bool) {
    if writes {
        workspace.hurry_titles();
        provoke::panic_when_asked("database");
    } else {
        workspace.hush().hush();
    }
}

/// Imports, telling how far it is; what breaks it off leaves everything as it was.
fn import(
    workspace: &mut Workspace,
    request: &ImportRequest,
    events: &Sender<Event>,
    interrupt: &AtomicBool,
) -> Msg {
    interrupt.store(false, Ordering::SeqCst);
    let mut told = 0;
    let mut progress = |done: u64, all: u64| {
        let share = done.saturating_mul(100).checked_div(all).unwrap_or(0);
        if share > told {
            told = share;
            // Whether anybody watches makes no difference to the import.
            let _ = events.send(Event::Msg(Msg::Progress(done, all)));
        }
        if interrupt.load(Ordering::SeqCst) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    match workspace.import(request, &mut progress) {
        Ok(done) => Msg::Done(Box::new(done.done)),
        Err(error) => Msg::Failed(Failure {
            what: error.what(),
            hint: error.hint(),
            lasting: false,
            of_change: true,
        }),
    }
}

/// What the workspace says to an effect.
pub fn answer(workspace: &mut Workspace, effect: &Effect) -> Msg {
    let result = match effect {
        Effect::Run(op) => workspace.run(&places::meant(op)).map(|done| Msg::Done(Box::new(done))),
        Effect::Load(load) => look(workspace, load).map(Msg::answer),
        Effect::Import(request) => {
            let mut on = |_, _| ControlFlow::Continue(());
            workspace.import(request, &mut on).map(|done| Msg::Done(Box::new(done.done)))
        }
        Effect::AskSources(metric) => {
            let of: Vec<_> = metric.iter().copied().collect();
            let fed = workspace.fed_metrics(&of).and_then(|fed| workspace.refresh(&fed));
            fed.map(|fed| Msg::Say(format!("asked {} sources", fed.len())))
        }
        Effect::Editor { .. }
        | Effect::TourEnded
        | Effect::Ahead(_)
        | Effect::LineUp
        | Effect::Interrupt
        | Effect::Copy(_)
        | Effect::OpenLink(_)
        | Effect::Preview(_)
        | Effect::Configure(_)
        | Effect::Follow(_)
        | Effect::Redraw
        | Effect::Suspend
        | Effect::Quit => {
            return Msg::Say(String::new());
        }
    };
    result.unwrap_or_else(|error| refused(workspace, effect, &error))
}

/// One view of the file for all that an answer is made of: nothing changes in between, and the file
/// is locked and looked at once. A rehearsal has a transaction of its own.
fn look(workspace: &mut Workspace, load: &Load) -> Result<Answer> {
    if matches!(load, Load::ImportPlan(_)) {
        return load_answer(workspace, load);
    }
    workspace.store().begin_reading()?;
    let answer = load_answer(workspace, load);
    workspace.store().end_reading()?;
    answer
}

fn load_answer(workspace: &mut Workspace, load: &Load) -> Result<Answer> {
    Ok(match load {
        Load::Page { .. } => lists::page(workspace, load)?,
        Load::More { .. } => lists::more(workspace, load)?,
        Load::Board { place, query, spans, keep, serial } => Answer::Board {
            place: *place,
            board: workspace.board(query, spans, *keep)?,
            serial: *serial,
        },
        Load::Today(room) => Answer::Today(workspace.today_within(*room)?),
        Load::Tree { unfolded } => tree::grown(workspace, unfolded)?,
        Load::Week(asked) => week(workspace, *asked)?,
        Load::DealFigures => Answer::DealFigures(workspace.deal_figures(None)?),
        Load::DealsBehind(id) => {
            let item = workspace.store().item(*id)?.ok_or_else(gone)?;
            let page = workspace.metric_page(&item)?;
            Answer::DealsBehind(page.and_then(|page| page.behind))
        }
        Load::Live { most } => Answer::Live(workspace.pane(*most)?),
        Load::Scorecard => Answer::Scorecard {
            card: Box::new(workspace.scorecard()?),
            read: workspace.readings()?.words(),
        },
        Load::Signals => Answer::Signals(workspace.readings()?),
        Load::Matrix => Answer::Matrix(workspace.matrix()?),
        Load::Plan(id) => plan::shown(workspace, *id)?,
        Load::PlanTemplates => plan::templates(workspace)?,
        Load::Trash => {
            let mut ids = workspace.store().trashed()?;
            ids.truncate(MOST);
            let (rows, names) = workspace.rows(&ids)?;
            Answer::Trash(Page { total: rows.len(), rows, names, ..Page::default() })
        }
        Load::History => Answer::History(workspace.history(MOST)?),
        Load::Detail(id) | Load::Options(id) => Answer::Detail(workspace.detail(*id)?),
        Load::Sit { kind, about } => Answer::Sitting(Box::new(workspace.sit(*kind, *about, "")?)),
        Load::Lines { section, wanted } => {
            Answer::Lines(Box::new(workspace.bring(section, wanted)?))
        }
        Load::Card { id, seen } => {
            let detail = workspace.detail(*id)?;
            let card = workspace.card_beside(detail.as_ref(), *id, *seen)?.map(Box::new);
            Answer::Card { detail, card }
        }
        Load::Publish => Answer::Published(workspace.publish_plan()?.map(|sent| sent.words())),
        Load::Rules => Answer::Rules(workspace.band_rules()?),
        Load::Minutes { kind, about } => Answer::Minutes(workspace.minutes(*kind, *about)?),
        Load::ItemHistory(id) => told::item_history(workspace, *id)?,
        Load::Candidates { kinds, text, serial } => {
            Answer::Candidates { items: workspace.candidates(kinds, text, 20)?, serial: *serial }
        }
        Load::Paths { text, serial } => {
            Answer::Paths { found: paths::paths(text), serial: *serial }
        }
        Load::Vocabulary => Answer::Vocabulary {
            people: workspace.store().titled(Kind::Person, "")?,
            tags: workspace.tags_in_use()?.to_vec(),
        },
        Load::Form(id, scope) => {
            let item = workspace.store().item(*id)?.ok_or_else(gone)?;
            let (parts, names) = workspace.parts_and_names(&item)?;
            Answer::Form { scope: *scope, item, parts, names }
        }
        Load::Sheet(told) => told::sheet(workspace, *told)?,
        Load::Announcement(id) => Answer::copied(workspace.announcement(*id)?),
        Load::Swaps(id) => Answer::Swaps { item: *id, lines: workspace.swap_lines(*id)? },
        Load::Templates(id) => {
            let own = templates::own(workspace.settings().own.as_deref());
            Answer::Templates { item: *id, templates: Template::all(&own) }
        }
        Load::Prompt { item, name } => {
            let record = workspace.records(&[*item])?.pop().ok_or_else(gone)?;
            Answer::copied(templates::prompt(name, &record)?)
        }
        Load::Paper { paper, out } => paper::answer(workspace, paper, out)?,
        Load::Standing { name, serial } => {
            Answer::Standing { lines: workspace.standing_of(name)?, serial: *serial }
        }
        Load::ImportPlan(request) => places::import_plan(workspace, request)?,
        Load::AllIds(query) => Answer::AllIds(workspace.marked_ids(query)?),
        Load::Queue(query) => Answer::Queue(workspace.shown_ids(query)?),
        Load::Triage(first) => Answer::Triage(workspace.waiting(*first)?),
        Load::Policy => Answer::Policy(workspace.policy()?.written()),
        Load::DayNote(day) => Answer::DayNote(*day, workspace.day_note(*day)?),
        Load::DayNotes => told::day_notes(workspace)?,
        Load::RequestLog => Answer::Text {
            title: "What requests came to",
            lines: workspace.request_log()?.lines(workspace.clock().today()),
        },
        Load::Status => Answer::Status {
            undo: workspace.store().to_undo()?.map(|candidate| candidate.label),
            redo: workspace.store().to_redo()?.map(|candidate| candidate.label),
            views: workspace.views()?,
            fiscal: workspace.settings().fiscal_start_month,
            meter: workspace.meter()?,
            plan: workspace.plan_head()?,
            timer: workspace.timer()?,
            doubted: workspace.doubted_timer()?,
        },
    })
}

fn gone() -> Error {
    crate::domain::refusal::Refusal::missing("this item is not there any more").into()
}
