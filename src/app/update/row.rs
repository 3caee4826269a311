//! The actions on the row under the cursor, or on all marked.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::field::FieldKind;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::{Account, explained};
use crate::domain::part::PartKind;
use crate::domain::verb::{Answer as VerbAnswer, Asks, Verb};
use crate::ops::{Op, Row};

use super::super::action::Action;
use super::super::choices;
use super::super::effect::{Effect, Load, Told};
use super::super::form::Scope;
use super::super::menu::Menu;
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::{Popup, Risk, Sheet};
use super::super::prompt::{Prompt, PromptFor, Said};
use super::super::rows::Line;
use super::{
    answer, board, compose, copying, decide, marked, open, order, paper, plan, timer, triage, week,
    write,
};

pub fn run(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(effects) = marked::first(model, action) {
        return effects;
    }
    let targets = model.targets();
    let item = model.acted(action).or_else(|| model.subject_item());
    let Some(item) = item.cloned() else { return Vec::new() };
    match action {
        Action::Open => enter(model, &item),
        Action::Finish if decide::is_to_be_reviewed(&item) => {
            ask(model, Verb::Review, &item, targets)
        }
        Action::Finish => match Verb::finishing(item.kind()) {
            Some(verb) => ask(model, verb, &item, targets),
            None => Vec::new(),
        },
        Action::Verbs => {
            let menu = choices::verbs(model, &item, targets);
            open(model, Popup::Menu(menu));
            Vec::new()
        }
        Action::Edit => vec![Effect::Load(Load::Form(item.id, Scope::Item))],
        Action::EditNote => {
            let field = item.kind().noun().written();
            vec![Effect::Editor { item: Some(item.id), field, text: item.text(field).to_owned() }]
        }
        Action::Change(field) => change(model, field.word(), &item, targets),
        Action::State => change(model, "state", &item, targets),
        Action::StepLeft
        | Action::StepRight
        | Action::MoveDown
        | Action::MoveUp
        | Action::Shorter
        | Action::Longer
            if model.place == Place::Week =>
        {
            week::shift(model, &item, action)
        }
        Action::StepLeft | Action::StepRight | Action::MoveDown | Action::MoveUp
            if model.place == Place::Plan =>
        {
            plan::shift(model, &item, action)
        }
        Action::SwapTest => vec![Effect::Load(Load::Swaps(item.id))],
        Action::PutOnWeek => week::put_on(model, &item),
        Action::Timer => timer::switch(model, &item),
        Action::StepLeft => board::move_card(model, &item, -1),
        Action::StepRight => board::move_card(model, &item, 1),
        Action::MoveDown | Action::MoveUp => board::reorder(model, &item, action),
        Action::BlockedBy => change(model, "blocked_by", &item, targets),
        Action::Trash => {
            model.list_mut().spend_marks();
            vec![Effect::Run(Op::Trash(targets))]
        }
        Action::Purge => {
            let who = match targets.len() {
                1 => item.reference.to_string(),
                count => format!("{count} items"),
            };
            let question = format!("Purge {who}? Only the history and undo will know it");
            let risk = ("purge", Risk::Purge(targets));
            open(model, Popup::Menu(choices::confirm(&question, "keep it in the Trash", risk)));
            Vec::new()
        }
        Action::Restore => vec![Effect::Run(Op::Restore(targets))],
        Action::JumpToBlocker => jump_to_blocker(model, &item),
        Action::JumpBack => jump_back(model),
        Action::DealsBehind => vec![Effect::Load(Load::DealsBehind(item.id))],
        Action::Why if has_figures(item.kind()) => {
            vec![Effect::Load(Load::Sheet(Told::Why(item.id)))]
        }
        Action::Why => why(model, &item),
        Action::History => vec![Effect::Load(Load::ItemHistory(item.id))],
        Action::Turn => {
            open(model, Popup::Menu(choices::kinds(targets, &item)));
            Vec::new()
        }
        Action::Frame => vec![Effect::Load(Load::Form(item.id, Scope::Frame))],
        Action::Prewire => compose::part(item.id, PartKind::Prewire),
        Action::Template => vec![Effect::Load(Load::Templates(item.id))],
        Action::Write(_) => {
            paper::of_row(model, &item);
            Vec::new()
        }
        Action::CopyPrompt => {
            open(model, Popup::Menu(choices::prompts(&item)));
            Vec::new()
        }
        Action::AddPart => {
            open(model, Popup::Menu(choices::parts(&item, None)));
            Vec::new()
        }
        Action::OpenLink => vec![Effect::OpenLink(item.text("link").to_owned())],
        Action::Copy(what) => copying::copy(model, &item, what),
        _ => Vec::new(),
    }
}

/// Enter: gives the row the whole screen; a request that waits is triaged.
fn enter(model: &mut Model, item: &Item) -> Vec<Effect> {
    let waits = item.kind() == crate::domain::kind::Kind::Request
        && item.state().slug == "new"
        && !model.about.read_only;
    if waits && model.card().is_none() {
        return vec![Effect::Load(Load::Triage(Some(item.id)))];
    }
    if !model.is_zoomed() {
        model.zoom();
    }
    Vec::new()
}

/// Asks what a verb wants to know, or runs it at once.
pub fn ask(model: &mut Model, verb: Verb, item: &Item, items: Vec<ItemId>) -> Vec<Effect> {
    if let (1, Some(refusal)) = (items.len(), verb.refusal(item)) {
        let hint = if verb == Verb::Decide && refusal.what.contains("approver") {
            let names = model.keys().way(Action::Change(super::super::action::Field::Approver));
            format!("; {names} names one")
        } else {
            String::new()
        };
        model.say(format!("{}{hint}", refusal.what), Tone::Refused);
        return Vec::new();
    }
    let is_held = verb == Verb::Ship && item.kind() == crate::domain::kind::Kind::Artefact;
    if verb == Verb::Tick || is_held {
        return plan::at_once(model, verb, items);
    }
    if verb == Verb::Decide && items.len() == 1 && !decide::is_known(model, item) {
        model.deciding = Some(item.id);
        return vec![Effect::Load(Load::Options(item.id))];
    }
    if let (Verb::Decide, 1, Some(menu)) = (verb, items.len(), decide::options(model, item)) {
        open(model, Popup::Menu(menu));
        return Vec::new();
    }
    if let (1, Some(effects)) = (items.len(), triage::ask(model, verb, item)) {
        return effects;
    }
    if let (Verb::Review, 1) = (verb, items.len()) {
        open(model, Popup::Menu(decide::did_it_work(model, item)));
        return Vec::new();
    }
    let who = if items.len() == 1 {
        item.reference.to_string()
    } else {
        format!("{} marked", items.len())
    };
    let label = match verb.asks_of(item.kind()) {
        Asks::Nothing => {
            model.list_mut().spend_marks();
            return vec![Effect::Run(Op::Verb { items, verb, answer: VerbAnswer::default() })];
        }
        Asks::Line(label) | Asks::Day(label) => format!("{} {who}, {label}", verb.name()),
    };
    // What was to happen unless somebody objected is reason enough.
    let text = match verb {
        Verb::Decide if items.len() == 1 => {
            crate::domain::decision::standing::default_reason(item, model.today())
        }
        _ => String::new(),
    };
    let purpose = PromptFor::Verb { verb, items, said: Said::default() };
    let mut prompt = Prompt::new(purpose, label, &text).offering(model);
    prompt.selected = !text.is_empty();
    open(model, Popup::Prompt(prompt));
    Vec::new()
}

/// Opens what fits the field: a picker for choices and links, a line for the rest.
pub fn change(model: &mut Model, word: &str, item: &Item, items: Vec<ItemId>) -> Vec<Effect> {
    let word = if word == "note" { item.kind().noun().written() } else { word };
    let Some(field) = item.kind().noun().answering(word) else { return Vec::new() };
    match field.kind {
        FieldKind::Choice(_) | FieldKind::State => {
            open(model, Popup::Menu(choices::values(field, items, Some(item.clone()))));
            Vec::new()
        }
        FieldKind::One(_) | FieldKind::Many(_) => {
            let mut menu = choices::values(field, items, Some(item.clone()));
            let effects = vec![seek(model, &mut menu), titles_ahead(&menu)];
            open(model, Popup::Menu(menu));
            effects
        }
        FieldKind::Text if items.len() == 1 => {
            let text = match field.name {
                "reply" => triage::reply(model, item),
                name => item.text(name).to_owned(),
            };
            write::note(model, item, field, &text);
            Vec::new()
        }
        _ => {
            let text = match items.len() {
                1 => field.typed(item.get(field.name), model.names()),
                _ => String::new(),
            };
            let who = if items.len() == 1 {
                item.reference.to_string()
            } else {
                format!("{} marked", items.len())
            };
            let label = format!("{} of {who}", field.label);
            let base = (items.len() == 1).then(|| Box::new(item.clone()));
            let purpose = PromptFor::Change { field, items, base };
            let mut prompt = Prompt::new(purpose, label, &text).offering(model);
            prompt.selected = !text.is_empty()
                && !matches!(field.kind, FieldKind::Line | FieldKind::Url | FieldKind::Tags);
            if field.kind == FieldKind::Tags && !text.is_empty() {
                prompt.line.set(&format!("{text}, "));
            }
            prompt.read(&model.calendar);
            open(model, Popup::Prompt(prompt));
            Vec::new()
        }
    }
}

/// The titles among which a picker looks, once something is typed.
pub fn titles_ahead(menu: &Menu) -> Effect {
    Effect::Ahead(choices::sought(&menu.purpose))
}

/// Asks for what a picker offers.
pub fn seek(model: &mut Model, menu: &mut Menu) -> Effect {
    menu.serial = model.next_serial();
    Effect::Load(Load::Candidates {
        kinds: choices::sought(&menu.purpose),
        text: menu.line.text().trim().trim_start_matches('@').to_owned(),
        serial: menu.serial,
    })
}

/// The change that a picked item means: one link is set, one of many is added or taken away.
pub fn link(
    field: &'static crate::domain::field::Field,
    subject: Option<&Item>,
    id: ItemId,
) -> Change {
    let input = Input::Known(id);
    let edit = match field.kind {
        FieldKind::Many(_) => {
            let has = subject.is_some_and(|item| item.get(field.name).ids().contains(&id));
            if has { Edit::Remove(input) } else { Edit::Add(input) }
        }
        _ => Edit::Set(input),
    };
    Change { field, edit }
}

fn jump_to_blocker(model: &mut Model, item: &Item) -> Vec<Effect> {
    let blocker =
        model.list().current().and_then(Line::row).and_then(|row| row.blockers.first().copied());
    let Some(blocker) = blocker else {
        model.say(format!("nothing open blocks {}", item.reference), Tone::Refused);
        return Vec::new();
    };
    let place = model.place;
    model.trail.push((place, item.id));
    show_item(model, blocker)
}

fn jump_back(model: &mut Model) -> Vec<Effect> {
    let Some((place, id)) = model.trail.pop() else { return Vec::new() };
    model.stand_at(place);
    model.wanted = Some(id);
    answer::ask_kept(model, place, id)
}

/// Goes to the list that holds an item, and selects it there.
pub fn show_item(model: &mut Model, id: ItemId) -> Vec<Effect> {
    use crate::domain::field::Names;
    let known = model.list().names.reference(id).map(|reference| reference.kind);
    let known = known
        .or_else(|| model.detail.as_ref()?.names.reference(id).map(|reference| reference.kind));
    let Some(kind) = known else { return vec![Effect::Load(Load::Detail(id))] };
    let place = Place::of(kind);
    model.stand_at(place);
    model.wanted = Some(id);
    if place.kind().is_some() {
        model.list_at(place).query.filter.clear();
    }
    answer::ask_kept(model, place, id)
}

/// Whether there are figures behind a row that have to be asked for.
fn has_figures(kind: Kind) -> bool {
    matches!(kind, Kind::Decision | Kind::Milestone | Kind::Plan | Kind::Claim | Kind::Objection)
}

fn why(model: &mut Model, item: &Item) -> Vec<Effect> {
    let mut lines = Vec::new();
    if let Some(detail) = model.detail.as_ref().filter(|detail| detail.row.item.id == item.id) {
        lines.push(if detail.why.is_empty() {
            "Nothing presses.".to_owned()
        } else {
            detail.why.clone()
        });
    } else if let Some(row) = model.list().current().and_then(Line::row) {
        lines.push(format!("holds {}, blocked by {}", row.holds, row.blockers.len()));
    }
    lines.push(String::new());
    lines.push(order::words(item.kind()).to_owned());
    if let Some(account) = account_of(model, item) {
        let calendar = (model.today(), model.calendar.fiscal_start_month);
        let mut lines = vec![item.text("definition").to_owned()];
        lines.extend(explained::lines(&account, calendar));
        lines.retain(|line| !line.is_empty());
        let title = format!("What is behind {}", item.reference);
        open(model, Popup::Sheet(Sheet::new(&title, &lines)));
        return Vec::new();
    }
    open(
        model,
        Popup::Sheet(Sheet::new(&format!("Why {} stands where it stands", item.reference), &lines)),
    );
    Vec::new()
}

/// Where a metric stands, as its row or its page says.
fn account_of(model: &Model, item: &Item) -> Option<Account> {
    let of_row = |row: &Row| {
        let glance = row.glance.as_ref().filter(|_| row.item.id == item.id)?;
        glance.account.clone()
    };
    let row = model.list().current().and_then(Line::row);
    let detail = model.detail.as_ref().map(|detail| &detail.row);
    row.and_then(of_row).or_else(|| detail.and_then(of_row))
}
