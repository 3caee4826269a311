//! What happens when a prompt, a form or a menu is answered.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::{self, Calendar, Lean};
use crate::domain::grammar::{ChipTone, Mode, QuickAdd};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::verb::{Answer, Asks, Verb};
use crate::ops::metric::Recording;
use crate::ops::publish::To;
use crate::ops::{Op, View};

use super::super::action::Action;
use super::super::draft;
use super::super::effect::{Effect, Load};
use super::super::form::{Form, Scope};
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::{Model, Tone};
use super::super::popup::{Popup, Risk};
use super::super::prompt::{Prompt, PromptFor, Said};
use super::super::rules;
use super::super::views;
use super::{
    act, answer, burst, captured, close, columns, compose, deals, decide, leave, marked, open,
    paper, parts, plan, ritual, row, tag, timer, triage,
};

/// Enter in a prompt.
pub fn prompt(model: &mut Model, prompt: &Prompt) -> Vec<Effect> {
    let text = prompt.line.text().to_owned();
    remember(model, prompt.memory(), &text);
    let result = match prompt.purpose.clone() {
        PromptFor::Add(kind) => {
            add(model, prompt, |line, model| QuickAdd::read(line, kind, &model.calendar, Mode::Add))
        }
        PromptFor::Capture(_) if captured::figures(prompt).is_some() => {
            Ok(Op::Record(captured::figures(prompt).unwrap_or_default()))
        }
        PromptFor::Capture(_) if captured::noted(prompt).is_some() => {
            let lines = captured::noted(prompt).unwrap_or_default();
            Ok(Op::Note { day: model.today(), lines })
        }
        PromptFor::Record { metric, .. } => {
            Recording::by_hand(metric, &text).map(|one| Op::Record(vec![one]))
        }
        PromptFor::Capture(kind) => add(model, prompt, |line, model| {
            QuickAdd::capture(line, kind, &model.calendar, Mode::Add)
        }),
        PromptFor::Filter { .. } => {
            // What is wrong narrows nothing, so it is not kept as if it did.
            if let Some(wrong) = prompt.chips.iter().find(|chip| chip.tone == ChipTone::Wrong) {
                model.say(wrong.label.clone(), Tone::Refused);
                return Vec::new();
            }
            close(model);
            return Vec::new();
        }
        PromptFor::ImportFile => {
            close(model);
            let path = path_of(text.trim());
            let request = crate::ops::import::ImportRequest { path, ..Default::default() };
            return vec![Effect::Load(super::super::effect::Load::ImportPlan(Box::new(request)))];
        }
        PromptFor::ImportAsk { mut request, ask } => match ask.answer(&text, &mut request) {
            Ok(()) => {
                close(model);
                return vec![Effect::Load(super::super::effect::Load::ImportPlan(request))];
            }
            Err(refusal) => Err(refusal),
        },
        PromptFor::Calendar => Ok(watched(&text)),
        PromptFor::PublishTo => To::read(&text).map(Op::PublishTo),
        PromptFor::TimerUntil => timer::until(model, &text),
        PromptFor::CorrectWeek(week) => super::week::correct(week, text.trim()),
        PromptFor::SaveView => Ok(Op::SaveView(Box::new(views::of_list(model.list(), &text)))),
        PromptFor::Change { field, items, base } => Change::typed(field, &text, &model.calendar)
            .map(|changes| match base {
                Some(base) => Op::Save { base, changes },
                None => Op::Edit { items, changes },
            }),
        PromptFor::Ritual { .. } => return ritual::typed(model, prompt),
        PromptFor::Paper { paper, form } => return paper::write(paper, form, text.trim()),
        PromptFor::Reached(kind, last) => {
            paper::reached(kind, &text, last.unwrap_or_else(|| model.today()))
        }
        PromptFor::Why(slips) => Ok(Op::Because { slips, cause: text.trim().to_owned() }),
        PromptFor::Part { owner, part } => parts::op(owner, part, &text, &model.calendar),
        PromptFor::Verb { verb: Verb::Accept, items, said } => {
            match triage::answered(model, &items, said, &text) {
                triage::Answered::Asks => return Vec::new(),
                triage::Answered::Runs(op) => Ok(op),
                triage::Answered::Refused(refusal) => Err(refusal),
            }
        }
        PromptFor::StartPlan(template) => plan::begin(model, &template, &text),
        PromptFor::Verb { verb, items, said } => verb_op(model, verb, items, (said, &text)),
    };
    match result {
        Ok(op) => {
            // What was typed goes with the operation, and comes back should it fail.
            model.sending = model.popups.pop();
            model.list_mut().spend_marks();
            vec![Effect::Run(op)]
        }
        Err(refusal) => {
            refuse(model, &refusal);
            Vec::new()
        }
    }
}

/// A calendar goes by the name of its folder or file.
fn watched(text: &str) -> Op {
    let path = path_of(text.trim());
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = stem.unwrap_or_else(|| "calendar".to_owned());
    Op::WatchCalendar { name, path: Some(path.display().to_string()) }
}

/// Quotes around the path of a dropped file are taken off.
fn path_of(text: &str) -> std::path::PathBuf {
    std::path::PathBuf::from(text.trim_matches(['\'', '"']))
}

fn refuse(model: &mut Model, refusal: &Refusal) {
    let words = match &refusal.hint {
        Some(hint) => format!("{} · {hint}", refusal.what),
        None => refusal.what.clone(),
    };
    model.say(words, Tone::Refused);
}

fn remember(model: &mut Model, memory: &'static str, text: &str) {
    let lines = model.memory.entry(memory).or_default();
    if !text.trim().is_empty() && lines.last().is_none_or(|last| last != text) {
        lines.push(text.to_owned());
    }
}

fn add(
    model: &Model,
    prompt: &Prompt,
    read: impl Fn(&str, &Model) -> QuickAdd,
) -> Result<Op, Refusal> {
    let lines = std::iter::once(prompt.line.text()).chain(prompt.pasted.iter().map(String::as_str));
    let drafts = lines
        .filter(|line| !line.trim().is_empty() || prompt.pasted.is_empty())
        .map(|line| read(line, model).draft())
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Op::Add(drafts))
}

fn verb_op(
    model: &Model,
    verb: Verb,
    items: Vec<ItemId>,
    (said, text): (Said, &str),
) -> Result<Op, Refusal> {
    let mut more = said.more;
    if let Some(line) = said.line {
        if text.trim().is_empty() {
            return Err(Refusal::input("one line is missing: why all the same"));
        }
        let is_reason = !more.iter().any(|(name, _)| *name == "override");
        let name = if is_reason { "override" } else { "override_by" };
        more.push((name, Value::Text(text.trim().to_owned())));
        let answer = Answer { line: Some(line), day: None, more };
        return Ok(Op::Verb { items, verb, answer });
    }
    let answer = match verb.asks() {
        Asks::Day(_) => {
            let day = day::parse(text, &model.calendar, Lean::Future)
                .map_err(|error| Refusal::input(error.to_string()))?;
            Answer { day: Some(day), more, line: None }
        }
        Asks::Line(label) if text.trim().is_empty() => {
            return Err(Refusal::input(format!("one line is missing: {label}")));
        }
        Asks::Line(_) | Asks::Nothing => {
            Answer { line: Some(text.trim().to_owned()), more, day: None }
        }
    };
    Ok(Op::Verb { items, verb, answer })
}

/// What a form asks for; `None` when nothing changed.
fn op_of(form: &Form, calendar: &Calendar) -> Result<Option<Op>, Refusal> {
    let Some(base) = &form.base else {
        return Ok(Some(Op::Add(vec![form.draft(calendar)?])));
    };
    let base = base.clone();
    if form.scope == Scope::Item {
        let changes = form.changes(calendar)?;
        return Ok((!changes.is_empty()).then_some(Op::Save { base, changes }));
    }
    let steps = form.steps(calendar)?;
    let parts = form.parts.clone();
    Ok((!steps.is_empty()).then_some(Op::Compose { base, parts, steps }))
}

/// Ctrl-s, or Enter on the last field of a form.
pub fn form(model: &mut Model, form: &Form) -> Vec<Effect> {
    match op_of(form, &model.calendar) {
        Ok(None) => {
            close(model);
            // What was kept of it is settled, by what is there now.
            let key = draft::form_key(form);
            model.unsaved.retain(|kept| kept.key != key);
            if let (Some(scope), Some(base)) = (form.then, &form.base) {
                return vec![Effect::Load(Load::Form(base.id, scope))];
            }
            model.say("nothing changed", Tone::Plain);
            Vec::new()
        }
        Ok(Some(op)) => {
            // The form stays until the change is on disk, so that nothing typed is lost.
            model.sending = Some(Popup::Form(form.clone()));
            vec![Effect::Run(op)]
        }
        Err(refusal) => {
            refuse(model, &refusal);
            Vec::new()
        }
    }
}

/// Enter in a menu.
pub fn menu(model: &mut Model, menu: &Menu, entry: &Entry) -> Vec<Effect> {
    close(model);
    match (&menu.purpose, &entry.pick) {
        (_, Pick::Keep) => Vec::new(),
        (_, Pick::Pasted(text)) => burst::pasted(model, text),
        (_, Pick::Keys(keys)) => burst::again(model, keys.clone()),
        (_, Pick::Run(op)) => vec![Effect::Run((**op).clone())],
        (_, Pick::Rule(rule)) => {
            open(model, Popup::Menu(rules::one(rule)));
            Vec::new()
        }
        (_, Pick::Action(action)) => act::run(model, *action),
        (Purpose::Palette, Pick::Item(id)) => open_item(model, *id, entry),
        (Purpose::Palette | Purpose::Help, Pick::Verb(_) | Pick::Part(_)) => {
            marked::found(model, &entry.pick)
        }
        (Purpose::Choose { field, items }, pick) => choose(model, menu, field, items, pick),
        (Purpose::Verbs(items), Pick::Verb(verb)) => verb_of(model, *verb, items.clone()),
        (Purpose::Displace { request, verb, named }, Pick::Item(id)) => {
            let named = named.iter().copied().chain([*id]).collect();
            triage::named(model, *request, *verb, named)
        }
        (Purpose::Displace { request, verb, named }, Pick::Several(ids)) => {
            let named = named.iter().copied().chain(ids.iter().copied()).collect();
            triage::named(model, *request, *verb, named)
        }
        (Purpose::Granted(id), Pick::Slug(kind)) => {
            triage::granted(model, *id, kind);
            Vec::new()
        }
        (Purpose::Decide(id), Pick::Option(option)) => {
            decide::because(model, *id, *option);
            Vec::new()
        }
        (Purpose::Decide(id), Pick::Default(option)) => decide::by_default(model, *id, *option),
        (Purpose::Review(id), Pick::Slug(worked)) => {
            decide::what_happened(model, *id, worked);
            Vec::new()
        }
        (Purpose::Verbs(_), Pick::Part(part)) => {
            if let Some(item) = model.subject_item().cloned() {
                parts::ask(model, *part, &item);
            }
            Vec::new()
        }
        (Purpose::Templates(id), Pick::Steps(steps)) => {
            vec![Effect::Run(Op::Parts { owner: *id, steps: steps.clone() })]
        }
        (Purpose::Prompts(id), Pick::Slug(name)) => {
            vec![Effect::Load(Load::Prompt { item: *id, name })]
        }
        (Purpose::PaperFor(id), Pick::Slug(whom)) => {
            paper::for_whom(model, *id, whom);
            Vec::new()
        }
        (Purpose::Paper(paper), Pick::Slug(way)) => paper::way(model, paper, way),
        (Purpose::Parts(id), Pick::Part(part)) => compose::part(*id, *part),
        (Purpose::Turn(items), Pick::Kind(kind)) => {
            model.list_mut().spend_marks();
            vec![Effect::Run(Op::Turn { items: items.clone(), into: *kind })]
        }
        (Purpose::Sort, Pick::Sort(sort)) => {
            model.list_mut().query.sort = *sort;
            let place = model.place;
            answer::reload(model, place)
        }
        (Purpose::Columns, pick) => {
            columns::picked(model, menu, pick);
            Vec::new()
        }
        (Purpose::Outcome { draft }, Pick::Item(id)) => {
            let typed = |kept: &super::super::draft::Unsaved| kept.line().contains(&draft.title);
            model.unsaved.retain(|kept| !typed(kept));
            vec![Effect::Run(Op::Replace { drop: *id, draft: (**draft).clone() })]
        }
        (Purpose::Tag { draft, field }, pick) => tag::chosen(model, menu, (draft, field), pick),
        (Purpose::Views | Purpose::Palette, Pick::View(name)) => show_view(model, name),
        (Purpose::DealFigures, Pick::Deals(filter)) => deals::show(model, filter),
        (Purpose::ForgetView, Pick::View(name)) => vec![Effect::Run(Op::ForgetView(name.clone()))],
        (Purpose::StartView, pick) => start_view(model, pick),
        (Purpose::StartPlan(choices), Pick::Template(at)) => {
            if let Some(choice) = choices.get(*at) {
                plan::chosen(model, choice);
            }
            Vec::new()
        }
        (Purpose::Timer, Pick::Timer(answer)) => timer::answered(model, *answer),
        (Purpose::BandOfBlock, Pick::Slug(band)) => ritual::banded(model, band),
        (_, Pick::Draft(at)) => leave::take_up(model, *at),
        (_, Pick::Risk(risk @ (Risk::KeepDraft | Risk::ThrowDraft))) => {
            leave::answered(model, risk);
            Vec::new()
        }
        (_, Pick::Risk(Risk::Purge(items))) => vec![Effect::Run(Op::Purge(items.clone()))],
        _ => Vec::new(),
    }
}

fn open_item(model: &mut Model, id: ItemId, entry: &Entry) -> Vec<Effect> {
    let kind = crate::domain::item::Ref::parse(&entry.side)
        .map_or(Kind::Decision, |reference| reference.kind);
    let place = super::super::place::Place::of(kind);
    model.stand_at(place);
    model.wanted = Some(id);
    model.list_at(place).query.filter.clear();
    model.list_at(place).query.closed = crate::store::listing::Closed::Shown;
    answer::ask_kept(model, place, id)
}

/// Goes to the list of a view and gives it its shape.
pub fn show_view(model: &mut Model, name: &str) -> Vec<Effect> {
    let mut all = model.views.iter().cloned().chain(views::built_in(model));
    let Some(view) = all.find(|view| view.is_called(name)) else { return Vec::new() };
    views::open(model, &view).map(|place| act::go(model, place)).unwrap_or_default()
}

/// Says which view opens first; the same again, or none, is none.
fn start_view(model: &Model, pick: &Pick) -> Vec<Effect> {
    let chosen = match pick {
        Pick::View(name) => model.views.iter().find(|view| view.is_called(name)),
        _ => None,
    };
    let change = if let Some(view) = chosen {
        Some(View { starts: true, ..view.clone() })
    } else {
        let starting = model.views.iter().find(|view| view.starts);
        starting.map(|view| View { starts: false, ..view.clone() })
    };
    change.map(|view| Effect::Run(Op::SaveView(Box::new(view)))).into_iter().collect()
}

pub fn verb_of(model: &mut Model, verb: Verb, items: Vec<ItemId>) -> Vec<Effect> {
    let Some(item) = model.acted(Action::Verbs).cloned() else { return Vec::new() };
    row::ask(model, verb, &item, items)
}

fn choose(
    model: &mut Model,
    menu: &Menu,
    field: &'static crate::domain::field::Field,
    items: &[ItemId],
    pick: &Pick,
) -> Vec<Effect> {
    let change = match pick {
        Pick::Nothing => Change { field, edit: Edit::Clear },
        Pick::Slug(slug) => {
            Change { field, edit: Edit::Set(Input::Value(Value::Text((*slug).to_owned()))) }
        }
        Pick::Item(id) => row::link(field, menu.subject.as_deref(), *id),
        Pick::New => {
            let name = menu.line.text().trim().trim_start_matches('@').to_owned();
            let input = field.name_of(&name);
            let many = matches!(field.kind, crate::domain::field::FieldKind::Many(_));
            Change { field, edit: if many { Edit::Add(input) } else { Edit::Set(input) } }
        }
        Pick::Verb(verb) => return verb_of(model, *verb, items.to_vec()),
        _ => return Vec::new(),
    };
    model.list_mut().spend_marks();
    // One value of one item is not put over somebody else's; of many, one is added or taken away.
    let sets = !matches!(field.kind, crate::domain::field::FieldKind::Many(_));
    if let (true, [_], Some(subject)) = (sets, items, &menu.subject) {
        return vec![Effect::Run(Op::Save { base: subject.clone(), changes: vec![change] })];
    }
    vec![Effect::Run(Op::Edit { items: items.to_vec(), changes: vec![change] })]
}
