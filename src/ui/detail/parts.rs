//! What an item consists of, in its detail: the options with the recommended one marked, who stands
//! where, and every other kind of part by its description.

use super::{Passage, blank, capitalised, label_room, labelled, plain, under};
use crate::app::model::Model;
use crate::app::part_list;
use crate::domain::decision::stance_map;
use crate::domain::decision::standing::Stances;
use crate::domain::item::Item;
use crate::domain::part::{Part, PartId, PartKind, letter, of_kind};
use crate::domain::shown::Shown;
use crate::ops::detail::Detail;
use crate::ops::part_line;
use crate::ui::pen::wrap;
use crate::ui::theme::Role;

/// What triage of a request rests on, and what they are answered.
pub(super) fn triage(model: &Model, detail: &Detail, width: usize) -> Vec<Passage> {
    let Some(triage) = &detail.triage else { return Vec::new() };
    let mut lines = Vec::new();
    for (label, text) in triage.lines(model.today()) {
        // The head says by when, and the first of the verbs what follows.
        if label == "Suggested" || label == "Answer" && !triage.is_overdue {
            continue;
        }
        let warns = label == "Budget" && triage.overflow > 0 && !triage.is_answered
            || label == "Answer" && triage.is_overdue;
        let role = if warns { Role::Warn } else { Role::Plain };
        let label = if label.is_empty() { " " } else { label };
        lines.extend(labelled(label, &text, width, role));
    }
    lines.push(blank());
    let room = width.saturating_sub(label_room(width)).max(8);
    let reply = Shown::lines(&triage.reply);
    let reply = reply.iter().flat_map(|line| wrap(line, room));
    lines.extend(under("Reply", width, reply.map(|text| plain(text, Role::Plain)).collect()));
    lines.push(blank());
    lines
}

/// Width of the functions on the map.
const FUNCTION: usize = 12;

/// The options, each with what it gains and costs, after the field that they answer.
pub(super) fn options(
    model: &Model,
    detail: &Detail,
    mark: &'static str,
    width: usize,
) -> Vec<Passage> {
    let item = &detail.row.item;
    let mut lines = Vec::new();
    for (at, option) in of_kind(&detail.parts, PartKind::Option).enumerate() {
        let own = letter(option.position).to_string();
        let sign = if is_taken(item, &own) { mark } else { " " };
        let key = format!("{sign} {own}  ");
        let label = if at == 0 { "Options" } else { " " };
        lines.extend(hanging(label, &key, &words(model, detail, option), width, option.id));
    }
    lines
}

/// Whether it is the option that was chosen or, before that, recommended.
fn is_taken(item: &Item, own: &str) -> bool {
    match item.text("chosen") {
        "" => item.text("recommendation") == own,
        chosen => chosen == own,
    }
}

/// Who stands where: the map of the stances, then each with what is planned, held and said.
pub(super) fn prewires(model: &Model, detail: &Detail, width: usize) -> Vec<Passage> {
    let stances = Stances::of(&detail.parts).words();
    if stances.is_empty() && detail.seats.is_empty() {
        return Vec::new();
    }
    let stances = if stances.is_empty() { "nobody was asked yet" } else { &stances };
    let mut lines = vec![blank()];
    lines.extend(labelled("Pre-wires", stances, width, Role::Plain));
    lines.extend(map(detail, width));
    for part in of_kind(&detail.parts, PartKind::Prewire) {
        let key = format!("{}  ", part.key(&detail.names));
        let role = if part.text("stance") == "against" { Role::Warn } else { Role::Plain };
        let passages = hanging(" ", &key, &words(model, detail, part), width, part.id);
        lines.extend(passages.into_iter().map(|passage| Passage { role, ..passage }));
    }
    lines
}

/// Who counts, by function and influence, with the sign of where they stand; nothing where it would
/// say of one what the line below says.
fn map(detail: &Detail, width: usize) -> Vec<Passage> {
    if detail.seats.len() < 2 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for (function, who) in stance_map::lines(&detail.seats) {
        let key = Shown::line(&function).pad_right(FUNCTION);
        lines.extend(labelled(" ", &format!("{}{who}", key.as_str()), width, Role::Plain));
    }
    let legend = format!("influence 3 to 1   {}", stance_map::legend(&detail.seats));
    lines.extend(labelled(" ", &legend, width, Role::Muted));
    lines
}

/// Everything else that it consists of, by its description.
pub(super) fn others(model: &Model, detail: &Detail, width: usize) -> Vec<Passage> {
    let mut lines = Vec::new();
    for kind in part_list::order(detail.row.item.kind()) {
        // What gives way to a request stands in its triage.
        if matches!(kind, PartKind::Option | PartKind::Prewire | PartKind::Displacement) {
            continue;
        }
        for (at, part) in of_kind(&detail.parts, kind).enumerate() {
            if at == 0 {
                lines.push(blank());
            }
            let label = if at == 0 { capitalised(&kind.noun().several()) } else { " ".to_owned() };
            let key = format!("{}  ", part.key(&detail.names));
            lines.extend(hanging(&label, &key, &words(model, detail, part), width, part.id));
        }
    }
    lines
}

fn words(model: &Model, detail: &Detail, part: &Part) -> String {
    let line = part_line::of(part, &detail.row.item, &detail.names, model.today());
    // The mark says so already.
    line.trim_end_matches("; chosen").trim_end_matches("; recommended").replace("; ", " · ")
}

/// A line that begins with a key, under which what does not fit goes on.
fn hanging(label: &str, key: &str, text: &str, width: usize, of: PartId) -> Vec<Passage> {
    let key = Shown::line(key);
    let inner = key.width();
    let room = width.saturating_sub(label_room(width) + inner).max(8);
    let indent = Shown::line(" ").pad_right(inner);
    let lines = wrap(&Shown::line(text), room).into_iter().enumerate().map(|(at, text)| {
        let before = if at == 0 { &key } else { &indent };
        Passage { part: Some(of), ..plain(before.clone().followed_by(&text), Role::Plain) }
    });
    under(label, width, lines.collect())
}
