//! Keys and pastes while something above the screen is open: prompts, menus, forms, sheets.
//! Pasted text never runs shortcuts.

use super::super::action::Action;
use super::super::burst;
use super::super::completion;
use super::super::draft::Unsaved;
use super::super::effect::{Effect, Load};
use super::super::form;
use super::super::importing::{self, Preview};
use super::super::keys::{Code, Key, Modifier};
use super::super::menu::{self, Purpose};
use super::super::model::{Model, Tone};
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor};
use super::super::tour;
use super::{
    board, close, compose, configure, judge, leave, ritual, row, submit, walk, window, write,
};

/// Takes a key for the topmost popup; `None` when there is none.
pub fn press(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    // Neither a long text nor a long walk is copied for each key.
    match model.popups.last()? {
        Popup::Writing(_) => return Some(write::text(model, key)),
        Popup::Card(_) => return Some(walk::press(model, key)),
        Popup::Ritual(_) => return Some(ritual::press(model, key)),
        Popup::Judging(_) => return Some(judge::press(model, key)),
        _ => {}
    }
    match model.popups.last()?.clone() {
        Popup::Prompt(prompt) => Some(press_prompt(model, prompt, key)),
        Popup::Menu(menu) => Some(press_menu(model, menu, key)),
        Popup::Form(form) => Some(press_form(model, form, key)),
        Popup::Import(preview) => Some(press_import(model, *preview, as_command(key))),
        Popup::Settings(settings) => Some(configure::press(model, *settings, key)),
        Popup::Writing(_) | Popup::Card(_) | Popup::Ritual(_) | Popup::Judging(_) => None,
        Popup::Grid(_) => Some(write::grid(model, key)),
        Popup::Conflict(conflict) => Some(write::choose(model, *conflict, key)),
        Popup::Sheet(_) => {
            let key = as_command(key);
            Some(super::figures::press(model, key).unwrap_or_else(|| {
                press_sheet(model, key);
                Vec::new()
            }))
        }
    }
}

/// A letter of another script as the Latin one in its place, where keys are commands.
fn as_command(key: Key) -> Key {
    key.latin().unwrap_or(key)
}

/// Pasted text goes where text is typed, and nowhere else.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let calendar = model.calendar;
    let is_place = burst::can_add(model) && !text.trim().is_empty();
    let mut left_out = 0;
    let mut effects = Vec::new();
    match model.popups.last_mut() {
        Some(Popup::Prompt(prompt)) => {
            left_out = paste_lines(prompt, text);
            prompt.read(&calendar);
            if let PromptFor::Filter { .. } = prompt.purpose {
                effects = filter_now(model);
            }
        }
        Some(Popup::Menu(menu)) if !menu.letters && menu.purpose != Purpose::Confirm => {
            left_out = menu.line.paste(text);
            menu.filter();
            let mut menu = menu.clone();
            effects.push(row::seek(model, &mut menu));
            replace(model, Popup::Menu(menu));
        }
        Some(Popup::Settings(settings)) if settings.line.is_some() => {
            left_out = settings.line.as_mut().map_or(0, |line| line.paste(text));
        }
        Some(Popup::Writing(writing)) => left_out = writing.text.paste(text),
        Some(Popup::Form(form)) if form.is_on_text() => {
            let form = form.clone();
            write::field(model, &form, None);
            return paste(model, text);
        }
        Some(Popup::Form(form)) => {
            let focus = form.focus;
            form.replace_selected(true);
            left_out = form.entries[focus].line.paste(text);
            form.changed(&calendar);
        }
        _ => {
            let keys = model.keys();
            let (add, filter) = (keys.way(Action::Add), keys.way(Action::Filter));
            let words = format!("pasted text goes into a field: {add} adds, {filter} filters");
            // The next key can still take it.
            model.pasted = is_place.then(|| text.to_owned());
            model.say(words, Tone::Refused);
        }
    }
    if left_out > 0 {
        model.say(format!("{left_out} characters did not fit and were left out"), Tone::Refused);
    }
    effects
}

/// What was pasted where nothing is typed, once the key after it has opened something to type into.
pub fn paste_held(model: &mut Model, text: &str) -> Vec<Effect> {
    let takes = match model.popups.last() {
        Some(Popup::Prompt(prompt)) => {
            let takes = matches!(
                prompt.purpose,
                PromptFor::Add(_)
                    | PromptFor::Capture(_)
                    | PromptFor::Filter { .. }
                    | PromptFor::Ritual { .. }
            );
            takes && prompt.line.text().is_empty()
        }
        Some(Popup::Form(form)) => form.base.is_none() && !form.is_dirty(),
        _ => false,
    };
    if takes { paste(model, text) } else { Vec::new() }
}

/// A line of a list, without the sign that makes it one.
fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let bullets = ["- [ ] ", "- [x] ", "- ", "* ", "• ", "– "];
    bullets.iter().find_map(|bullet| line.strip_prefix(bullet)).unwrap_or(line).trim()
}

/// Many pasted lines into an add prompt are many items, added after one Enter.
fn paste_lines(prompt: &mut Prompt, text: &str) -> usize {
    let adds = matches!(prompt.purpose, PromptFor::Add(_) | PromptFor::Capture(_));
    let mut lines: Vec<&str> =
        text.lines().map(without_bullet).filter(|line| !line.is_empty()).collect();
    if !adds || lines.len() < 2 {
        return prompt.line.paste(text);
    }
    let most = 1_000;
    let left_out: usize = lines.iter().skip(most).map(|line| line.chars().count()).sum();
    lines.truncate(most);
    let left_out = left_out + prompt.line.paste(lines[0]);
    prompt.pasted.extend(lines[1..].iter().map(|line| (*line).to_owned()));
    left_out
}

pub fn replace(model: &mut Model, popup: Popup) {
    if let Some(top) = model.popups.last_mut() {
        *top = popup;
    }
}

fn press_prompt(model: &mut Model, mut prompt: Prompt, key: Key) -> Vec<Effect> {
    let mut effects = Vec::new();
    if !matches!(key.code, Code::Tab | Code::BackTab) {
        prompt.offers = None;
    }
    match (key.modifier, key.code) {
        (_, Code::Esc) | (Modifier::Ctrl, Code::Char('c')) => return leave::prompt(model, &prompt),
        (_, Code::Enter) => return submit::prompt(model, &prompt),
        (_, Code::Up) => walk(model, &mut prompt, 1),
        (_, Code::Down) if prompt.walked == 0 && prompt.asks_day() => {
            write::month(model, prompt.line.text());
            return Vec::new();
        }
        (Modifier::Ctrl, Code::Char('g')) if prompt.asks_day() => {
            write::month(model, prompt.line.text());
            return Vec::new();
        }
        (_, Code::Down) => walk(model, &mut prompt, -1),
        (_, Code::Tab) => effects = complete(model, &mut prompt, 1),
        (_, Code::BackTab) => effects = complete(model, &mut prompt, -1),
        (_, Code::Backspace) if prompt.line.text().is_empty() && prompt.pasted.is_empty() => {
            return leave::prompt(model, &prompt);
        }
        _ => {
            if !prompt.press(key) {
                return Vec::new();
            }
        }
    }
    prompt.read(&model.calendar);
    let filters = matches!(prompt.purpose, PromptFor::Filter { .. });
    replace(model, Popup::Prompt(prompt));
    if filters {
        effects.extend(filter_now(model));
    }
    effects
}

/// The list follows the filter as it is typed; a filter that cannot be read yet changes nothing.
pub(super) fn filter_now(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Prompt(prompt)) = model.popups.last() else { return Vec::new() };
    let PromptFor::Filter { place, .. } = prompt.purpose else { return Vec::new() };
    let wrong =
        prompt.chips.iter().any(|chip| chip.tone == crate::domain::grammar::ChipTone::Wrong);
    if wrong {
        return Vec::new();
    }
    let text = prompt.line.text().trim_end().to_owned();
    let list = model.list_at(place);
    if list.query.filter == text {
        return Vec::new();
    }
    list.query.filter = text;
    list.cursor = 0;
    if list.layout == super::super::layout::Layout::Board {
        list.board.begin();
        return board::ask_anew(model, place);
    }
    let (serial, height) = (model.next_serial(), model.rows());
    let list = model.list_at(place);
    (list.serial, list.top) = (serial, 0);
    list.asked = Some(0);
    let sides = window::sides(list, height, false);
    let query = list.query.clone();
    let (around, keep, known, held) = (0, None, None, false);
    vec![Effect::Load(Load::Page { place, query, around, sides, keep, known, held, serial })]
}

/// Up and down walk through the lines of before.
fn walk(model: &Model, prompt: &mut Prompt, by: isize) {
    let mut lines: Vec<&str> = model
        .memory
        .get(prompt.memory())
        .map(|lines| lines.iter().map(String::as_str).collect())
        .unwrap_or_default();
    // What was typed here and not saved comes first.
    let offer = prompt.offer.clone();
    lines.extend(offer.as_deref().map(Unsaved::line));
    let walked = prompt.walked.saturating_add_signed(by).min(lines.len());
    if walked == prompt.walked {
        return;
    }
    prompt.walked = walked;
    prompt.selected = false;
    prompt.pasted.clear();
    prompt.taken = None;
    match offer {
        Some(offer) if walked == 1 => prompt.take_up(*offer),
        _ if walked == 0 => prompt.line.set(&prompt.opened.clone()),
        _ => prompt.line.set(lines[lines.len() - walked]),
    }
}

/// Tab completes the word before the cursor; again, it goes on to the next candidate. Refs are
/// asked of the workspace, and offered when they come.
fn complete(model: &mut Model, prompt: &mut Prompt, by: isize) -> Vec<Effect> {
    if let Some(example) = tour::example(model, prompt) {
        prompt.line.set(&example);
        return Vec::new();
    }
    if let Some(mut offers) = prompt.offers.take() {
        offers.step(by);
        prompt.offer(offers);
        return Vec::new();
    }
    if prompt.asks_path() {
        prompt.serial = model.next_serial();
        let (text, serial) = (prompt.line.text().to_owned(), prompt.serial);
        return vec![Effect::Load(Load::Paths { text, serial })];
    }
    let Some((kind, aim)) = prompt.aim() else { return Vec::new() };
    let word = prompt.word();
    if let Some((field, text)) = completion::sought(kind, &word) {
        prompt.serial = model.next_serial();
        let (kinds, serial) = (field.offered().to_vec(), prompt.serial);
        return vec![Effect::Load(Load::Candidates { kinds, text, serial })];
    }
    let candidates = if prompt.line.text().trim().is_empty() {
        completion::at_first(kind, aim)
    } else {
        completion::candidates(model, kind, aim, &word)
    };
    if candidates.is_empty() && !word.is_empty() {
        model.say(format!("nothing begins with “{word}”"), Tone::Refused);
    }
    prompt.offer_all(candidates);
    Vec::new()
}

fn press_menu(model: &mut Model, mut menu: menu::Menu, key: Key) -> Vec<Effect> {
    let key = if menu.is_typed() { key } else { as_command(key) };
    match menu.press(key) {
        menu::Pressed::Closed => {
            close(model);
            Vec::new()
        }
        menu::Pressed::Refused(why) => {
            model.say(why, Tone::Refused);
            Vec::new()
        }
        menu::Pressed::Chosen(entry) => submit::menu(model, &menu, &entry),
        menu::Pressed::Nothing => {
            replace(model, Popup::Menu(menu));
            Vec::new()
        }
        menu::Pressed::Typed => {
            let seeks = matches!(menu.purpose, Purpose::Palette | Purpose::Displace { .. })
                || matches!(&menu.purpose, Purpose::Choose { field, .. } if !field.targets().is_empty());
            let effects = if seeks { vec![row::seek(model, &mut menu)] } else { Vec::new() };
            replace(model, Popup::Menu(menu));
            effects
        }
    }
}

fn press_form(model: &mut Model, mut form: form::Form, key: Key) -> Vec<Effect> {
    let seeks = match form.press(key, &model.calendar) {
        form::Pressed::Close => {
            let popup = Popup::Form(form);
            leave::popup(model, &popup);
            return Vec::new();
        }
        form::Pressed::Submit => {
            replace(model, Popup::Form(form.clone()));
            return submit::form(model, &form);
        }
        form::Pressed::Editor => {
            let text = form.focused().line.text().to_owned();
            let field = form.focused().field.name;
            replace(model, Popup::Form(form));
            return vec![Effect::Editor { item: None, field, text }];
        }
        form::Pressed::Open(letter) if form.is_on_text() => {
            replace(model, Popup::Form(form.clone()));
            write::field(model, &form, letter);
            return Vec::new();
        }
        form::Pressed::Open(_) if form.focused().field.is_date() => {
            let text = form.focused().line.text().to_owned();
            replace(model, Popup::Form(form));
            write::month(model, &text);
            return Vec::new();
        }
        form::Pressed::Frame => {
            form.then = Some(form::Scope::Frame);
            replace(model, Popup::Form(form.clone()));
            return submit::form(model, &form);
        }
        form::Pressed::Nothing => None,
        form::Pressed::Open(_) | form::Pressed::Typed => form.wanted(),
    };
    if let Some(effects) = compose::same_person(model, &form) {
        return effects;
    }
    let mut effects: Vec<Effect> = compose::asks_about(model, &mut form).into_iter().collect();
    if let Some((kinds, text)) = seeks {
        form.serial = model.next_serial();
        effects.push(Effect::Load(Load::Candidates { kinds, text, serial: form.serial }));
    }
    replace(model, Popup::Form(form));
    effects
}

fn press_import(model: &mut Model, mut preview: Preview, key: Key) -> Vec<Effect> {
    match preview.press(key) {
        importing::Pressed::Nothing => replace(model, Popup::Import(Box::new(preview))),
        importing::Pressed::Refused(why) => {
            replace(model, Popup::Import(Box::new(preview)));
            model.say(why, Tone::Refused);
        }
        importing::Pressed::Close => close(model),
        importing::Pressed::Plan => {
            close(model);
            return vec![Effect::Load(Load::ImportPlan(Box::new(preview.request)))];
        }
        importing::Pressed::Import => {
            close(model);
            model.progress = Some((0, 1));
            return vec![Effect::Import(Box::new(preview.request))];
        }
    }
    Vec::new()
}

fn press_sheet(model: &mut Model, key: Key) {
    let (width, height) = (usize::from(model.width), usize::from(model.height));
    let Some(Popup::Sheet(sheet)) = model.popups.last_mut() else { return };
    // How many lines they are on the screen, where long ones are wrapped.
    let room = width.min(94).saturating_sub(12).max(1);
    let lines: usize = sheet.lines.iter().map(|line| 1 + line.width() / room).sum();
    let last = lines.saturating_sub(height.saturating_sub(6).max(1));
    match key.code {
        Code::Down | Code::Char('j') => sheet.top = (sheet.top + 1).min(last),
        Code::Up | Code::Char('k') => sheet.top = sheet.top.saturating_sub(1),
        Code::PageDown | Code::Char(' ') => sheet.top = (sheet.top + 10).min(last),
        Code::PageUp => sheet.top = sheet.top.saturating_sub(10),
        Code::Home | Code::Char('g') => sheet.top = 0,
        Code::End | Code::Char('G') => sheet.top = last,
        _ => close(model),
    }
}
