//! The screen in lines: a place with its numbered rows, an item in full, and whatever is asked.

use super::row::{row_words, value_words};
use crate::app::action::Action;
use crate::app::card::Card;
use crate::app::choices;
use crate::app::draft::Unsaved;
use crate::app::form::Form;
use crate::app::list::List;
use crate::app::menu::{Menu, Purpose};
use crate::app::model::Model;
use crate::app::place::Place;
use crate::app::popup::Popup;
use crate::app::prompt::Prompt;
use crate::app::rows::Line;
use crate::app::settings::Settings;
use crate::app::tour;
use crate::app::writing::Goal;
use crate::domain::day;
use crate::domain::field::FieldKind;
use crate::domain::grammar::ChipTone;
use crate::domain::kind::Kind;
use crate::domain::week::Band;
use crate::ops::import::Rewrite;
use crate::ui;

/// Most entries of a list that are told at once.
const MOST: usize = 100;

/// What place it is, and how much is in it.
pub fn heading(model: &Model) -> String {
    let list = model.list();
    let mut words = vec![model.place.title().to_owned()];
    if list.is_filtered() {
        words.push(format!("filtered by {}", list.query.filter.trim()));
    }
    match (list.total, list.closed_matches) {
        (0, closed @ 1..) => {
            words.push(format!("nothing open, {closed} closed; closed shows them"));
        }
        (0, _) => words.push("nothing here".to_owned()),
        (total, _) => {
            let (first, last) = page(list, model.rows());
            let all = list.lines.iter().filter(|line| line.is_choosable()).count();
            let count = if model.place == Place::Today { all } else { total };
            words.push(match count {
                1 => "1 row".to_owned(),
                count if last - first < total => format!("{} to {last} of {count}", first + 1),
                count => format!("{count} rows"),
            });
        }
    }
    if let Some(screen) = model.plan.as_ref().filter(|_| model.place == Place::Plan) {
        words.push(screen.view.item.title().to_owned());
        words.push(screen.view.standpoint().to_string());
        words.extend(screen.view.words());
    } else if let Some(screen) = model.week.as_ref().filter(|_| model.place == Place::Week) {
        words.extend(week(screen));
    } else {
        words.extend(model.plan_head.map(|plan| plan.words(model.today())));
    }
    if !list.marks.is_empty() {
        words.push(format!("{} marked", list.marks.len()));
    }
    words.extend(list.warnings.iter().cloned());
    words.join(", ")
}

/// A week: which, planned or lived, what it says, and each band with both.
fn week(screen: &crate::app::week::WeekScreen) -> Vec<String> {
    let view = &screen.view;
    let shown = if screen.kind == Kind::Block { "planned" } else { "lived" };
    let mut words = vec![format!("{}, {shown}", view.title()), view.words()];
    words.push(view.room());
    for band in Band::WORK {
        let (planned, lived) = (view.plan.of(band), view.actual.of(band));
        let both = [planned, lived].map(day::show_minutes);
        words.push(format!("{} {} planned, {} lived", band.slug(), both[0], both[1]));
    }
    words
}

/// The rows of the page, each with the number that selects it.
pub fn rows(model: &Model) -> Vec<String> {
    let list = model.list();
    let adds = model.place.kind().is_some() || model.place.number().is_some();
    if list.teaches() && adds {
        let noun = model.place.adds().noun();
        return vec![
            format!("add and a line adds {}, for example:", noun.one()),
            format!("add {}", noun.example),
        ];
    }
    let (first, last) = page(list, model.rows());
    let mut lines: Vec<String> =
        (first..last).filter_map(|place| numbered(model, list, place)).collect();
    if last < list.total {
        lines.push("more goes on".to_owned());
    }
    lines
}

/// The row under the cursor.
pub fn current(model: &Model) -> String {
    let list = model.list();
    numbered(model, list, list.cursor).unwrap_or_default()
}

fn page(list: &List, rows: usize) -> (usize, usize) {
    let first = list.cursor / rows * rows;
    (first, (first + rows).min(list.total))
}

/// The place of the row with this number; headings have none.
pub fn place_of(list: &List, number: usize) -> Option<usize> {
    if list.lines.iter().all(Line::is_choosable) {
        return number.checked_sub(1).filter(|place| *place < list.total);
    }
    (0..list.total).find(|place| is_row(list, *place) && number_of(list, *place) == number)
}

fn is_row(list: &List, place: usize) -> bool {
    list.line(place).is_none_or(Line::is_choosable)
}

/// A list that is read in windows has no headings, so that only lines at hand are counted.
fn number_of(list: &List, place: usize) -> usize {
    let headings = list.lines.iter().take(place.saturating_sub(list.start));
    place + 1 - headings.filter(|line| !line.is_choosable()).count()
}

fn numbered(model: &Model, list: &List, place: usize) -> Option<String> {
    let number = number_of(list, place);
    Some(match list.line(place)? {
        Line::Heading { title, note } => {
            let sign = if title.ends_with('?') { "" } else { ":" };
            format!("{title}{sign} {note}").trim_end().to_owned()
        }
        Line::Offer(action, words) => {
            let name = action.about().name;
            let does = if *action == Action::DayNote { "opens" } else { "does" };
            format!("{words}; “{name}” {does} it")
        }
        Line::Step(entry) => {
            let undone = if entry.step.undone_by.is_some() { ", undone" } else { "" };
            format!("{number}. {}{undone}", entry.step.label)
        }
        Line::Item { row, depth, .. } => {
            let below = if *depth > 0 { "below it: " } else { "" };
            let mark = if list.marks.contains(&row.item.id) { "marked, " } else { "" };
            format!("{number}. {mark}{below}{}", row_words(model, &list.names, row))
        }
    })
}

/// The item under the cursor in full.
pub fn detail(model: &Model) -> Vec<String> {
    let Some(detail) = &model.detail else { return vec!["there is nothing to open".to_owned()] };
    let item = &detail.row.item;
    let mut lines = vec![format!("{} {}", item.reference, item.title())];
    if !detail.why.is_empty() {
        lines.push(format!("why now: {}", detail.why));
    }
    lines.extend(detail.facts.iter().map(crate::ops::evidence::Fact::told));
    if let Some(page) = &detail.metric {
        lines.extend(page.lines());
    }
    if let Some(triage) = &detail.triage {
        let told = triage.lines(model.today()).into_iter();
        lines.extend(told.map(|(label, text)| format!("{}: {text}", label.to_lowercase())));
        lines.extend(triage.reply.lines().map(|line| format!("reply: {line}")));
    }
    let told = |name: &str| name == "title" || name == "reply" && detail.triage.is_some();
    for (field, value) in item.entries().filter(|(field, _)| !told(field.name)) {
        if field.kind == FieldKind::Text {
            let text = item.text(field.name);
            if !text.is_empty() {
                lines.push(format!("{}:", field.label));
                lines.extend(text.lines().map(str::to_owned));
            }
        } else {
            lines.extend(value_words(model, field, value, &detail.names));
        }
    }
    lines.extend(
        detail
            .served_by
            .iter()
            .map(|other| format!("served by {} {}, {}", other.reference, other.title, other.state)),
    );
    lines.extend(detail.rest_of_served());
    lines
}

/// Whether it is only to be read, and closes by itself.
pub fn is_read_at_once(popup: &Popup) -> bool {
    matches!(popup, Popup::Sheet(_) | Popup::Grid(_))
}

/// Of a form or a text that was told before only what is new.
pub fn what_is_new(popup: &Popup, before: &[String], now: Vec<String>) -> Vec<String> {
    let goes_on =
        matches!(popup, Popup::Form(_) | Popup::Writing(_) | Popup::Conflict(_) | Popup::Import(_));
    if !goes_on || before.first() != now.first() {
        return now;
    }
    now.into_iter().filter(|line| !before.contains(line)).collect()
}

/// What stands above the place.
pub fn popup(model: &Model, popup: &Popup) -> Vec<String> {
    match popup {
        Popup::Prompt(open) => prompt(model, open),
        Popup::Menu(open) => menu(open),
        Popup::Form(open) => form(open),
        Popup::Sheet(sheet) => std::iter::once(sheet.title.as_str())
            .chain(sheet.lines.iter().map(crate::domain::Shown::as_str))
            .map(str::to_owned)
            .collect(),
        Popup::Import(preview) => {
            let mut lines =
                vec![format!("import {} from {}", preview.plan.file, preview.plan.source)];
            lines.extend(ui::importing::words(preview));
            if preview.shows_keys {
                let told = preview.told_keys().into_iter();
                lines.extend(told.map(|(key, words)| format!("{key}: {words}")));
                return lines;
            }
            if preview.shows_problems {
                lines.extend(preview.plan.bad.iter().map(|bad| bad.words.clone()));
                lines.extend(preview.plan.warnings.iter().cloned());
            }
            let rows = preview.plan.preview.iter().enumerate().take(MOST);
            lines.extend(rows.map(|(at, row)| {
                let here = if at == preview.cursor { "here: " } else { "" };
                let changes: Vec<String> = row.rewrites.iter().map(Rewrite::words).collect();
                let why = if changes.is_empty() { row.why.to_owned() } else { changes.join(", ") };
                format!("{here}line {}: {} {}, {why}", row.line, row.kind.noun().name, row.title)
            }));
            lines.extend(preview.refusal());
            let words: Vec<String> =
                preview.hints().iter().map(|(key, name)| format!("{key} {name}")).collect();
            lines.push(words.join(", "));
            lines
        }
        Popup::Card(card) => self::card(model, card),
        Popup::Ritual(rite) => super::ritual::told(model, rite),
        Popup::Judging(judging) => judging.told(model.today()),
        Popup::Settings(settings) => self::settings(settings),
        Popup::Writing(writing) => {
            let mut lines = vec![writing.title.clone()];
            lines.extend(writing.text.as_str().lines().map(|line| format!("| {line}")));
            let saves = match writing.goal {
                Goal::Item { .. } | Goal::Policy | Goal::Day(_) => "save saves it",
                Goal::Field => "save saves the form, esc goes back to it",
            };
            lines.push(format!("a line is added at the end, {saves}, clear empties it"));
            lines
        }
        Popup::Conflict(conflict) => {
            let mut lines = vec![conflict.title.clone()];
            lines.extend((1..).zip(&conflict.clashes).map(|(number, clash)| {
                let chosen = match clash.chosen {
                    Some(crate::app::conflict::Whose::Mine) => ", mine is taken",
                    Some(crate::app::conflict::Whose::Theirs) => ", theirs is taken",
                    None => "",
                };
                format!(
                    "{number}. {}: mine “{}”, theirs “{}”{chosen}",
                    clash.label(),
                    clash.mine,
                    clash.theirs
                )
            }));
            lines.push("a number and mine or theirs chooses, save saves, esc goes back".to_owned());
            lines
        }
        // A day is typed as text here.
        Popup::Grid(grid) => vec![day::echo(grid.day, model.today())],
    }
}

/// What was typed here before and not saved, until it is brought back.
pub fn offered(prompt: &Prompt) -> Option<&Unsaved> {
    prompt.offer.as_deref().filter(|_| prompt.walked == 0)
}

fn prompt(model: &Model, prompt: &Prompt) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(example) = tour::example(model, prompt) {
        lines.push(format!("example: {example}"));
    }
    let label = if prompt.label == "/" { "filter" } else { &prompt.label };
    let leaves = super::ritual::says_nothing(model, prompt)
        .map_or("an empty line leaves".to_owned(), |does| format!("{does}, esc leaves"));
    lines.push(match prompt.line.text() {
        "" => format!("{label}: type it, {leaves}"),
        text => format!("{label}, now “{text}”: enter takes it, or type it anew, {leaves}"),
    });
    if let Some(offer) = offered(prompt) {
        lines.push(format!("typed before and not saved: “{}”, up brings it back", offer.line()));
    }
    lines.extend(prompt.chips.iter().map(|chip| match chip.tone {
        ChipTone::Understood => chip.label.clone(),
        ChipTone::Warning | ChipTone::Wrong => format!("not understood: {}", chip.label),
    }));
    lines
}

fn menu(menu: &Menu) -> Vec<String> {
    let mut lines = vec![menu.title.clone()];
    for (at, place) in menu.shown.iter().enumerate().take(MOST) {
        let entry = &menu.entries[*place];
        if let (true, Some(heading)) = (menu.line.text().is_empty(), entry.heading) {
            lines.push(format!("{heading}:"));
        }
        let mut words = vec![format!("{}. {}", at + 1, entry.label)];
        if entry.ticked {
            words.push("chosen now".to_owned());
        }
        // A number chooses a row where lines are read, so it is told as no key.
        let keys = entry.side.split("  ").filter(|key| key.parse::<u8>().is_err());
        let side = keys.collect::<Vec<&str>>().join("  ");
        if !side.is_empty() {
            words.push(side);
        }
        let help =
            entry.refusal.as_ref().map_or(entry.help.clone(), |why| format!("not now: {why}"));
        if !help.is_empty() {
            words.push(help);
        }
        lines.push(words.join(", "));
    }
    if menu.shown.is_empty() {
        lines.push("nothing matches".to_owned());
    }
    let types = !menu.letters && menu.purpose != Purpose::Confirm;
    let filters = if types { ", words filter" } else { "" };
    lines.push(format!("a number chooses{filters}, an empty line leaves"));
    lines
}

fn form(form: &Form) -> Vec<String> {
    let mut lines = vec![form.title()];
    lines.extend(form.about.iter().cloned());
    for (at, entry) in form.entries.iter().enumerate() {
        let text = entry.line.text().replace('\n', " ");
        if let Some(group) = form.begins(at).filter(|_| form.label(at) == entry.field.label) {
            lines.push(format!("{}:", group.heading()));
        }
        let mut line = format!("{}. {}: {text}", at + 1, form.label(at)).trim_end().to_owned();
        if let Some(note) = entry.error.as_ref().or(entry.echo.as_ref()) {
            line.extend([", ", note]);
        }
        lines.push(line);
    }
    lines.push("a number and a text fills a field, save saves, esc leaves".to_owned());
    lines
}

/// A card: how far the walk is, the row in full, and the verbs by their letters.
fn card(model: &Model, card: &Card) -> Vec<String> {
    let (at, all) = card.place();
    let mut lines = vec![format!("{}, {at} of {all}", card.title)];
    lines.extend(detail(model));
    let verbs = model.subject_item().map(|item| choices::verbs_of(model, item)).unwrap_or_default();
    lines.extend(verbs.iter().map(|entry| match &entry.refusal {
        Some(why) => format!("{}: {}, not now: {why}", entry.side, entry.label),
        None => format!("{}: {}", entry.side, entry.label),
    }));
    lines.push("a letter judges, j and k go on and back, esc ends the walk".to_owned());
    lines
}

/// The settings with their values.
fn settings(settings: &Settings) -> Vec<String> {
    let mut lines = vec!["settings".to_owned()];
    lines.extend(settings.entries.iter().enumerate().map(|(at, entry)| {
        let here = if at == settings.cursor { "here: " } else { "" };
        let value = match entry.value.as_str() {
            "" => "not set",
            value => ui::settings::told(value),
        };
        format!("{here}{}: {value}. {}", entry.name.replace('_', " "), entry.help)
    }));
    lines.push("h and l change, j and k move, enter keeps, esc takes it back".to_owned());
    lines
}
