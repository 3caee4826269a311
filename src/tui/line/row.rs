//! A row of a list and a value of a field, in words; and what other rows than this can have done.

use super::Lines;
use super::reads::{read, strip_word};
use crate::app::action::Action;
use crate::app::choices;
use crate::app::effect::Msg;
use crate::app::menu::Entry;
use crate::app::model::Model;
use crate::domain::day;
use crate::domain::field::{Field, FieldKind, Names};
use crate::domain::value::Value;
use crate::ops::Row;
use crate::ops::metric::watch::Watch;

/// A row in a line: ref, title, fields, where it stands, what holds it up.
pub fn row_words(model: &Model, names: &impl Names, row: &Row) -> String {
    let item = &row.item;
    let mut words = vec![format!("{} {}", item.reference, item.title())];
    if row.late {
        words.push("late".to_owned());
    }
    for name in item.kind().noun().columns {
        let field = item.kind().noun().field(name);
        if *name != "blocks" {
            words.extend(value_words(model, field, item.get(name), names));
        }
    }
    match row.glance.as_deref().and_then(|glance| glance.account.as_ref()) {
        Some(account) => words.extend([row.account.clone(), account.sentence()]),
        None if !row.account.is_empty() => words.push(row.account.clone()),
        None => {}
    }
    let stone = model.plan.as_ref().and_then(|screen| screen.stone(item.id));
    let waits = stone.map(crate::ops::plan::Stone::open_words);
    let waits = waits.or_else(|| model.said.get(&item.id).cloned());
    words.extend(waits.filter(|waits| !waits.is_empty() && item.state().slug == "open"));
    if row.holds > 0 {
        words.push(format!("holds {}", row.holds));
    }
    let blockers = row.blockers.iter().filter_map(|id| names.reference(*id));
    let blockers: Vec<String> = blockers.map(|reference| reference.to_string()).collect();
    if !blockers.is_empty() {
        words.push(format!("blocked by {}", blockers.join(" and ")));
    }
    words.join(", ")
}

/// Does what is added to the row by its name, or says why this row has not what another has; whether
/// the line named such a thing.
pub fn acted(lines: &mut Lines<'_>, line: &str) -> bool {
    let named = |entry: Entry| {
        let rest = strip_word(line, &entry.label)?;
        Some((entry, rest))
    };
    let Some((entry, rest)) = choices::row_verbs(&lines.model).into_iter().find_map(named) else {
        return false;
    };
    if let Some(refusal) = &entry.refusal {
        lines.tell(refusal);
        return true;
    }
    lines.send(Msg::Act(Action::Verbs));
    for words in [entry.label.as_str(), rest] {
        if !words.is_empty() && !lines.model.popups.is_empty() {
            read(lines, words);
        }
    }
    true
}

/// `owner Maya`; nothing for what is not said.
pub fn value_words(
    model: &Model,
    field: &Field,
    value: &Value,
    names: &impl Names,
) -> Option<String> {
    if value.is_nothing() {
        return None;
    }
    let shown = match value {
        Value::Day(date) => day::echo(*date, model.today()),
        _ => Watch::told(field, value).unwrap_or_else(|| field.show(value, names, model.today())),
    };
    Some(if field.kind == FieldKind::State { shown } else { format!("{} {shown}", field.label) })
}
