//! What `y` copies: of the row, or of all rows that are marked.

use super::super::action::What;
use super::super::effect::{Effect, Load};
use super::super::model::{Model, Tone};
use super::super::rows::Line;
use super::triage;
use crate::domain::item::Item;
use crate::domain::kind::Kind;

/// Copies what is asked of the row, or of all that are marked.
pub fn copy(model: &mut Model, item: &Item, what: What) -> Vec<Effect> {
    if model.list().marks.len() > 1 && what != What::Reply {
        return copy_marked(model, what);
    }
    if what == What::Markdown && item.kind() == Kind::Decision {
        return vec![Effect::Load(Load::Announcement(item.id))];
    }
    vec![Effect::Copy(copied(model, item, what))]
}

/// What is copied of all marked rows, in the order in which they stand. Rows that are not read just
/// now are told of, not left out in silence.
fn copy_marked(model: &mut Model, what: What) -> Vec<Effect> {
    let list = model.list();
    let marked = list.lines.iter().filter_map(Line::item);
    let marked: Vec<&Item> = marked.filter(|item| list.marks.contains(&item.id)).collect();
    if marked.len() < list.marks.len() {
        let words = format!(
            "{} of the {} marked rows are not in sight; the command line lists them all",
            list.marks.len() - marked.len(),
            list.marks.len()
        );
        model.say(words, Tone::Refused);
        return Vec::new();
    }
    let texts = marked.into_iter().map(|item| copied(model, item, what));
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    vec![Effect::Copy(match what {
        What::Json => format!("[{}]", texts.join(",\n")),
        What::Title | What::Link | What::Reply | What::Line | What::Markdown => texts.join("\n"),
    })]
}

fn copied(model: &Model, item: &Item, what: What) -> String {
    let names = model.names();
    match what {
        What::Title => item.title().to_owned(),
        What::Link => item.text("link").to_owned(),
        What::Reply => triage::reply(model, item),
        What::Line => format!("{} {} · {}", item.reference, item.title(), item.state().slug),
        What::Json => crate::ops::item_json::item(item, names).to_string(),
        What::Markdown => {
            let heading = format!("## {} {}\n\n", item.reference, item.title());
            let told = |name: &str| ["title", "note"].contains(&name);
            let mut text = item
                .entries()
                .filter(|(field, value)| !value.is_nothing() && !told(field.name))
                .map(|(field, value)| {
                    format!("- **{}**: {}\n", field.label, field.typed(value, names))
                })
                .fold(heading, |text, line| text + &line);
            let note = item.text("note");
            if !note.is_empty() {
                text = text + "\n" + note + "\n";
            }
            text
        }
    }
}
