//! What comes back from the workspace: pages, details, the results of operations. Selection is by
//! identity, so every answer puts the cursor where the same item stands now.

use crate::domain::item::ItemId;
use crate::ops::detail::Detail;
use crate::ops::timer::Doubted;
use crate::ops::today::{Section, Today};

use super::super::action::Action;
use super::super::choices;
use super::super::completion;
use super::super::draft;
use super::super::effect::{Answer, Effect, Load};
use super::super::importing::Preview;
use super::super::layout::Layout;
use super::super::list::Toward;
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::{Popup, Sheet};
use super::super::prompt::{Prompt, PromptFor};
use super::super::rows::{Fold, Line, TreeRow};
use super::{
    board, compose, configure, deals, decide, judge, leave, live, marked, open, outcome, paper,
    plan, ritual, scorecard, timer, walk, week, window, write,
};

/// Asks for a place's list anew.
pub fn reload(model: &mut Model, place: Place) -> Vec<Effect> {
    match place {
        Place::Today => {
            let room = model.day_room();
            model.today_asked = Some(room);
            vec![Effect::Load(Load::Today(room))]
        }
        Place::Outcomes => vec![Effect::Load(Load::Tree { unfolded: model.unfolded.clone() })],
        Place::Scorecard => vec![Effect::Load(Load::Scorecard)],
        Place::Matrix => vec![Effect::Load(Load::Matrix)],
        Place::Plan => vec![Effect::Load(Load::Plan(model.plan_asked))],
        Place::Week => vec![Effect::Load(Load::Week(model.week_asked))],
        Place::Trash => vec![Effect::Load(Load::Trash)],
        Place::History => vec![Effect::Load(Load::History)],
        _ => ask_page(model, place, None),
    }
}

/// Everything on the screen anew, after a change that others made or that no journal tells; what other
/// lists hold is not trusted either.
pub fn reload_changed(model: &mut Model) -> Vec<Effect> {
    for list in model.lists.values_mut() {
        list.seen = None;
    }
    outcome::take_promise_back(model);
    reload_all(model)
}

/// Everything on the screen anew, after a change.
pub fn reload_all(model: &mut Model) -> Vec<Effect> {
    let place = model.place;
    model.detail_gone = None;
    let mut effects = reload(model, place);
    if let Some(id) = model.subject().filter(|_| model.wants_detail()) {
        effects.push(ritual::in_full(model, id));
    }
    effects.push(Effect::Load(Load::Status));
    effects.extend(model.ask_live());
    effects
}

/// Asks for the window around the cursor, or around an item that is wanted.
pub fn ask_page(model: &mut Model, place: Place, wanted: Option<ItemId>) -> Vec<Effect> {
    if model.list_at(place).layout == Layout::Board {
        return board::ask(model, place, wanted);
    }
    let (serial, height) = (model.next_serial(), model.rows());
    let seeks = model.wanted.is_some();
    let list = model.list_at(place);
    list.serial = serial;
    let wanted = wanted.or(list.resume.take());
    let keep = wanted.or_else(|| list.selected());
    let sides = window::sides(list, height, wanted.is_some());
    // A window that is merely missing rows keeps the place, not the item.
    let moved = list.selected().is_none() && wanted.is_none();
    let (query, around) = (list.query.clone(), list.cursor);
    let keep = keep.filter(|_| !moved);
    let seen = list.seen.as_ref().filter(|(seen, _)| *seen == query && wanted.is_none());
    let known = seen.map(|(_, stand)| *stand);
    let held = list.loaded && !moved && !seeks && !list.is_missing_rows(height);
    list.asked = Some(around);
    vec![Effect::Load(Load::Page { place, query, around, sides, keep, known, held, serial })]
}

/// Asks for a place's list with an item selected in it.
pub fn ask_kept(model: &mut Model, place: Place, id: ItemId) -> Vec<Effect> {
    match place.kind() {
        Some(_) => ask_page(model, place, Some(id)),
        None => reload(model, place),
    }
}

/// Takes an answer into the model.
#[expect(clippy::too_many_lines, reason = "a table: one arm an answer")]
pub fn take(model: &mut Model, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Page { place, page, cursor, kept, serial } => {
            take_page(model, place, page, cursor, kept, serial);
            return marked::brought(model);
        }
        Answer::Unchanged { place, serial } => {
            let list = model.list_at(place);
            list.asked.take_if(|_| list.serial == serial);
            return marked::brought(model);
        }
        Answer::More { place, page, serial } => window::take(model, place, page, serial),
        Answer::Board { place, board, serial } => {
            board::take(model, place, board, serial);
            return marked::brought(model);
        }
        Answer::Today(today) => take_today(model, today),
        Answer::Tree { rows, names, read } => return take_tree(model, rows, names, read),
        Answer::Scorecard { card, read } => scorecard::take(model, *card, read),
        Answer::Signals(told) => scorecard::signals(model, told),
        Answer::Week { screen, rows, names } => {
            let lines = rows.into_iter().map(Line::plain).collect();
            week::take(model, *screen, lines, names);
        }
        Answer::Live(glances) => return live::take(model, glances),
        Answer::DealFigures(told) => deals::figures(model, &told),
        Answer::DealsBehind(filter) => return deals::behind(model, filter.as_deref()),
        Answer::Plan { screen, rows, names } => {
            let lines = rows.into_iter().map(Line::plain).collect();
            plan::take(model, screen, lines, names);
        }
        Answer::Matrix(view) => model.matrix.get_or_insert_default().renew(view),
        Answer::Swaps { item, lines } => judge::take(model, item, lines),
        Answer::PlanTemplates { choices, faults } => plan::offer(model, choices, &faults),
        Answer::Trash(page) => {
            let lines = page.rows.into_iter().map(Line::plain).collect();
            fill(model, Place::Trash, lines, page.names);
        }
        Answer::History(steps) => {
            let lines = steps.into_iter().map(Line::Step).collect();
            let names = model.list_at(Place::History).names.clone();
            fill(model, Place::History, lines, names);
        }
        Answer::Detail(detail) => {
            take_detail(model, detail);
            return decide::arrived(model);
        }
        Answer::Card { detail, card } => {
            take_detail(model, detail);
            return ritual::arrived(model, card.map(|card| *card));
        }
        Answer::Published(Some(words)) => model.say(words, Tone::Done),
        Answer::Published(None) => {
            let label = "publish the plan into the folder (and alarms: remind:10)";
            open(model, Popup::Prompt(Prompt::new(PromptFor::PublishTo, label, "")));
        }
        Answer::Rules(rules) => {
            open(model, Popup::Menu(crate::app::rules::all(&rules)));
        }
        Answer::Sitting(sitting) => return ritual::sat(model, *sitting),
        Answer::Lines(lines) => ritual::brought(model, *lines),
        Answer::Minutes(text) => ritual::over(model, &text),
        Answer::ItemHistory { title, steps, names } => {
            let lines = crate::ops::words::history(&steps, &names, model.calendar.today);
            open(model, Popup::Sheet(Sheet::new(&title, &lines)));
        }
        Answer::Paths { found, serial } => {
            if let Some(Popup::Prompt(prompt)) = model.popups.last_mut()
                && prompt.serial == serial
            {
                prompt.offer_paths(found);
            }
        }
        Answer::Candidates { items, serial } => return offer(model, &items, serial),
        Answer::Vocabulary { people, tags } => (model.people, model.tags) = (people, tags),
        Answer::Queue(ids) => return walk::start(model, ids),
        Answer::Triage(ids) => walk::triage(model, ids),
        Answer::DayNote(day, text) => write::day_note(model, day, &text),
        Answer::Policy(text) => write::policy(model, &text),
        Answer::Text { title, lines } => {
            open(model, Popup::Sheet(Sheet::new(title, &lines)));
        }
        Answer::Form { scope, item, parts, names } => {
            return compose::arrived(model, scope, &item, parts, &names);
        }
        Answer::Report { title, lines } => {
            open(model, Popup::Sheet(Sheet::opening(&title, &lines)));
        }
        Answer::Sheet { title, lines } => open(model, Popup::Sheet(Sheet::new(&title, &lines))),
        Answer::Rituals(standing) => open(model, Popup::Menu(choices::reviews(model, &standing))),
        Answer::Templates { item, templates } => {
            open(model, Popup::Menu(choices::templates(item, &templates)));
        }
        Answer::Copied { text, said } => return paper::copied(model, text, said),
        Answer::Written { path, said } => paper::written(model, &path, said),
        Answer::Standing { lines, serial } => compose::told(model, lines, serial),
        Answer::Conflict { item, parts, names } => {
            let sent = model.sent.pop_front().flatten();
            return write::conflict(model, sent, (&item, &parts), &names);
        }
        Answer::AllIds(ids) => {
            let count = ids.len();
            model.list_mut().marks = ids.into_iter().collect();
            model.say(format!("{count} marked"), Tone::Plain);
        }
        Answer::ImportPlan { request, plan } => {
            open(model, Popup::Import(Box::new(Preview::new(*request, *plan))));
        }
        Answer::DropWhich { draft, outcomes } => {
            if let Some(sent) = model.sent.pop_front().flatten() {
                // Whoever leaves the new one out has it still.
                model.popups.retain(|popup| !matches!(popup, Popup::Form(_)));
                draft::keep(model, &sent);
            }
            open(model, Popup::Menu(choices::drop_which(draft, &outcomes)));
        }
        Answer::TagWhich { draft, field, known } => {
            if let Some(sent) = model.sent.pop_front().flatten() {
                // Whoever leaves it for later has it still.
                model.popups.retain(|popup| !matches!(popup, Popup::Form(_)));
                draft::keep(model, &sent);
            }
            open(model, Popup::Menu(choices::tag_which(draft, field, &known)));
        }
        Answer::ImportAsked { request, ask } => {
            let label = ask.label();
            let purpose = PromptFor::ImportAsk { request, ask };
            open(model, Popup::Prompt(Prompt::new(purpose, label, "")));
        }
        Answer::TimerDoubted(doubted) => {
            model.sent.pop_front();
            timer::ask(model, doubted);
        }
        Answer::Status { undo, redo, views, fiscal, meter, plan, timer, doubted } => {
            configure::follow_fiscal(model, fiscal);
            model.meter = Some(meter);
            model.plan_head = plan;
            model.calendar.plan_start = plan.map(|plan| plan.start);
            // A timer that was left running asks once, as soon as somebody is there.
            let new = |doubted: &Doubted| {
                let asked = model.doubted.as_ref();
                asked.is_none_or(|asked| asked.timer != doubted.timer)
            };
            let asks = doubted.filter(|doubted| new(doubted) && model.popups.is_empty());
            model.timer = timer;
            if let Some(doubted) = asks {
                timer::ask(model, doubted);
            }
            leave::tour_begins(model, undo.is_some() || redo.is_some());
            (model.undo, model.redo, model.views) = (undo, redo, views);
        }
    }
    Vec::new()
}

fn take_detail(model: &mut Model, detail: Option<Detail>) {
    let asked = model.detail_asked.take();
    model.detail_gone = asked.filter(|_| detail.is_none());
    model.detail = detail.map(Box::new);
    model.detail_last = usize::MAX;
}

fn take_page(
    model: &mut Model,
    place: Place,
    page: crate::ops::Page,
    cursor: usize,
    kept: bool,
    serial: u64,
) {
    let wanted = model.wanted.take_if(|_| kept);
    let list = model.list_at(place);
    if serial != list.serial {
        return;
    }
    let was_loaded = list.loaded;
    let had = list.selected();
    list.start = page.start;
    list.total = page.total;
    list.open = page.open;
    list.closed_matches = page.closed_matches;
    list.warnings = page.warnings;
    list.names = page.names;
    list.lines = page.rows.into_iter().map(Line::plain).collect();
    list.loaded = true;
    list.seen = Some((list.query.clone(), page.stand));
    // Who went on meanwhile stays as far from the item as the keys took them.
    let asked = list.asked.take().unwrap_or(list.cursor);
    list.move_to((cursor + list.cursor).saturating_sub(asked), Toward::Down);
    let left = was_loaded && had.is_some() && !kept && list.is_filtered();
    let sought = model.wanted.take();
    let list = model.list_at(place);
    let hidden = sought.filter(|id| list.is_filtered() && list.selected() != Some(*id));
    if hidden.is_some() && hidden != had {
        say_too(model, "hidden by the filter");
    } else if hidden.is_some() || left && wanted.is_none() && model.popups.is_empty() {
        say_too(model, "it left the filter");
    }
}

/// Says it behind what was just done, which keeps its name and its undo.
pub(super) fn say_too(model: &mut Model, words: &str) {
    match model.toast.take() {
        Some(toast) if toast.tone == Tone::Done => {
            model.say(format!("{} · {words}", toast.text), Tone::Done);
        }
        _ => model.say(words, Tone::Plain),
    }
}

pub(super) fn fill(
    model: &mut Model,
    place: Place,
    lines: Vec<Line>,
    names: crate::store::NameTable,
) {
    let wanted = model.wanted.take();
    let list = model.list_at(place);
    list.fill(lines, names);
    let found = wanted.and_then(|id| list.lines.iter().position(|line| line.id() == Some(id)));
    if let Some(at) = found {
        list.move_to(at, Toward::Down);
    }
}

/// The tree; the first time with its outcomes unfolded, so that it shows more than their names.
fn take_tree(
    model: &mut Model,
    rows: Vec<TreeRow>,
    names: crate::store::NameTable,
    read: Vec<String>,
) -> Vec<Effect> {
    if !model.tree_seen {
        model.tree_seen = true;
        let folded = rows.iter().filter(|row| row.fold == Fold::Folded).map(|row| row.row.item.id);
        model.unfolded.extend(folded);
        if !model.unfolded.is_empty() {
            return reload(model, Place::Outcomes);
        }
    }
    let line =
        |node: TreeRow| Line::Item { row: Box::new(node.row), depth: node.depth, fold: node.fold };
    let lines = scorecard::offers(read).chain(rows.into_iter().map(line)).collect();
    fill(model, Place::Outcomes, lines, names);
    Vec::new()
}

fn take_today(model: &mut Model, today: Today) {
    let offers = today.offers.into_iter();
    let mut lines: Vec<Line> =
        offers.map(|(kind, words)| Line::Offer(Action::Ritual(kind), words)).collect();
    if !today.noted.is_empty() {
        lines.push(Line::Offer(Action::DayNote, format!("Noted: {}", today.noted)));
    }
    model.said.clear();
    let room = model.today_room();
    for mut part in today.parts {
        // Where there is room they stand in a pane of their own.
        let beside = part.section == Section::Outcomes && model.has_live_beside();
        // The slot of the week is told even where nothing else is due.
        let is_told = !part.rows.is_empty() || part.is_slot();
        if !is_told || beside {
            continue;
        }
        model.said.extend(part.said);
        // Where all that comes before fits, they do too.
        if part.section == Section::Outcomes && lines.len() <= room {
            part.more += part.rows.len().saturating_sub(model.outcomes_room());
            part.rows.truncate(model.outcomes_room());
        }
        let more = if part.more == 0 { String::new() } else { format!("{} more", part.more) };
        let note = [part.note, more].into_iter().filter(|words| !words.is_empty());
        let note = note.collect::<Vec<_>>().join(" · ");
        lines.push(Line::Heading { title: part.section.title(), note });
        lines.extend(part.rows.into_iter().map(Line::plain));
    }
    fill(model, Place::Today, lines, today.names);
}

fn offer(model: &mut Model, items: &[crate::store::lookup::Named], serial: u64) -> Vec<Effect> {
    let calendar = model.calendar;
    match model.popups.last_mut() {
        Some(Popup::Menu(menu)) if menu.serial == serial => {
            let entries = choices::candidates(menu, items);
            menu.extend(entries);
        }
        Some(Popup::Form(form)) if form.serial == serial => form.offer(items),
        Some(Popup::Prompt(prompt)) if prompt.serial == serial => {
            let word = prompt.word();
            prompt.offer_all(completion::found(&word, items));
            prompt.read(&calendar);
            return super::typing::filter_now(model);
        }
        _ => {}
    }
    Vec::new()
}
