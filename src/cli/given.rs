//! JSON on standard input, in the shape that `--json` prints: items with their parts for `add`, one
//! object for what changes an item or a part, and the flags of a verb by their names.

mod refused;

use serde_json::{Deserializer, Map, Value as Json};

use crate::domain::change::{Change, Draft, Input};
use crate::domain::day::{self, Calendar, Lean};
use crate::domain::evidence::matrix::UNKNOWN;
use crate::domain::field::Entry;
use crate::domain::grammar::Mode;
use crate::domain::grammar::quick_add::refuse_by_verb;
use crate::domain::kind::Kind;
use crate::domain::noun::StateEntry;
use crate::domain::part::{PartKey, PartKind};
use crate::domain::refusal::Refusal;
use crate::domain::verb::{Answer, Asks, Verb};
use crate::exchange::json::broken;
use crate::ops::{PartStep, Result};

use super::add::standard_input;
use refused::{unknown, unknown_of};

/// An object as it was given.
pub type Object = Map<String, Json>;

/// What `--json` prints of an item or a part and nobody types: it is passed over.
#[rustfmt::skip]
const PRINTED: [&str; 11] =
    ["ref", "id", "type", "created_at", "updated_at", "author", "deleted_at", "key", "facts", "last_touch", "blocked"];
/// Marks an option as the recommended one.
const RECOMMEND: [&str; 2] = ["recommend", "recommended"];

/// An item that is given: what makes it, and the parts that it consists of.
pub type Whole = (Draft, Vec<PartStep>);

/// Whether a text is JSON rather than lines of words.
#[must_use]
pub fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let inner = |rest: &str| rest.trim_start().starts_with(['"', '}', '{', ']', '[']);
    text.strip_prefix('{').or_else(|| text.strip_prefix('[')).is_some_and(inner)
}

/// The objects of a text: one, several one after the other, a list, or an envelope with `items`.
///
/// # Errors
/// A refusal that says where it cannot be read.
pub fn objects(text: &str) -> Result<Vec<Object>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut found = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Json>() {
        let value = value.map_err(|error| {
            let (line, column, why) = (error.line(), error.column(), broken(&error));
            let place = format!("line {line}, character {column}");
            Refusal::input(format!("the JSON on standard input cannot be read: {place}: {why}"))
        })?;
        take(value, &mut found)?;
    }
    if found.is_empty() {
        return Err(Refusal::input("the JSON on standard input holds nothing").into());
    }
    Ok(found)
}

fn take(value: Json, found: &mut Vec<Object>) -> Result<()> {
    match value {
        Json::Array(all) => all.into_iter().try_for_each(|one| take(one, found)),
        Json::Object(mut object) => match object.remove("items") {
            Some(items @ Json::Array(_)) if object.contains_key("schema") || object.is_empty() => {
                take(items, found)
            }
            Some(items) => {
                object.insert("items".to_owned(), items);
                found.push(object);
                Ok(())
            }
            None => {
                found.push(object);
                Ok(())
            }
        },
        other => Err(Refusal::input(format!("the JSON on standard input holds {other}"))
            .hint("it takes an object with named fields, or a list of such")
            .into()),
    }
}

/// The one object on standard input.
///
/// # Errors
/// When there is none, or several.
pub fn one() -> Result<Object> {
    let mut all = several()?;
    match all.len() {
        1 => Ok(all.swap_remove(0)),
        count => {
            Err(Refusal::input(format!("standard input holds {count} objects, not one")).into())
        }
    }
}

/// The objects on standard input.
///
/// # Errors
/// When there are none.
pub fn several() -> Result<Vec<Object>> {
    let text = standard_input()?;
    if !is_json(&text) {
        return Err(Refusal::input("standard input holds no JSON")
            .hint("after - it takes an object such as {\"title\": \"…\"}")
            .into());
    }
    objects(&text)
}

/// An item that an object makes.
///
/// # Errors
/// A field that the kind has not, or a value that does not do.
pub fn whole(object: &Object, kind: Kind, calendar: &Calendar) -> Result<Whole> {
    if let Some(given) = object.get("type").and_then(Json::as_str)
        && given != kind.slug()
    {
        return Err(Refusal::input(format!("“type” says {given}, not {}", kind.slug())).into());
    }
    if let Some(refusal) = refused::set_by_verbs(object, kind) {
        return Err(refusal.into());
    }
    let (mut changes, steps) = of_item(object, kind, calendar)?;
    let title = |change: &Change| change.field.name == "title";
    changes.retain(|change| !title(change));
    let titled = object
        .iter()
        .find(|(name, _)| kind.noun().answering(name).is_some_and(|field| field.name == "title"));
    let title = titled.map(|(_, value)| typed(value)).transpose()?.flatten().unwrap_or_default();
    Ok((Draft { kind, title, changes }, steps))
}

/// What an object says of an item that is there: its fields, and its parts.
///
/// # Errors
/// As `whole`.
pub fn of_item(
    object: &Object,
    kind: Kind,
    calendar: &Calendar,
) -> Result<(Vec<Change>, Vec<PartStep>)> {
    let noun = kind.noun();
    let (mut changes, mut steps, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for (name, value) in object {
        let part =
            PartKind::of(kind).find(|part| [part.noun().plural, part.slug()].contains(&&**name));
        if let Some(part) = part {
            for one in list(value) {
                steps.extend(of_part(one, part, calendar)?);
            }
            let recommends = |step: &&PartStep| matches!(step, PartStep::Recommend(_));
            if steps.iter().filter(recommends).count() > 1 {
                return Err(Refusal::input(
                    "several options are recommended, and exactly one is (I1)",
                )
                .into());
            }
            continue;
        }
        // What `--json` says that it is, and not a field that answers to the same word.
        if name == "type" && value.as_str() == Some(kind.slug()) {
            continue;
        }
        let field = noun.answering(name);
        if field.is_none() && PRINTED.contains(&name.as_str()) {
            continue;
        }
        let Some(field) = field else { return Err(unknown(name, kind).into()) };
        let Some(text) = typed(value)? else {
            continue;
        };
        if field.name == "recommendation" {
            last.push(PartStep::Recommend(Some(text)));
        } else if field.name == "state"
            && noun
                .states
                .iter()
                .any(|state| state.slug == text && state.entry == StateEntry::Derived)
        {
            // It follows from the record.
        } else if field.name == "segment_unknown" {
            let segment = noun.field("segment");
            let is_said = text == "yes" && object.get("segment").is_none_or(Json::is_null);
            changes.extend(
                is_said
                    .then(|| Change::typed(segment, UNKNOWN, calendar))
                    .transpose()?
                    .into_iter()
                    .flatten(),
            );
        } else if field.entry == Entry::Inner {
            // It is kept for the program.
        } else if let Some(refusal) = refuse_by_verb(field, kind, Mode::Edit) {
            return Err(refusal.into());
        } else {
            changes.extend(Change::told((kind, field), value.as_f64(), &text, calendar)?);
        }
    }
    steps.extend(last);
    Ok((changes, steps))
}

/// The steps that make or change a part as an object says.
///
/// # Errors
/// As `whole`.
pub fn of_part(value: &Json, kind: PartKind, calendar: &Calendar) -> Result<Vec<PartStep>> {
    let noun = kind.noun();
    if noun.entry != Entry::Free {
        let what = format!("{} is not typed in: a verb does it", noun.one());
        return Err(Refusal::input(what).hint(format!("leave out “{}”", noun.plural)).into());
    }
    let alone = Object::from_iter([(noun.main.to_owned(), value.clone())]);
    let object = value.as_object().unwrap_or(&alone);
    let (mut changes, mut after) = (Vec::new(), Vec::new());
    let mut key = object.get("key").and_then(Json::as_str).map(str::to_owned);
    for (name, value) in object {
        let field = noun.fields.iter().find(|field| field.answers_to(name));
        let is_true = matches!(value, Json::Bool(true));
        match field {
            _ if kind == PartKind::Option && RECOMMEND.contains(&name.as_str()) => {
                after.extend(is_true.then_some(PartStep::Recommend(None)));
            }
            None if kind == PartKind::Prewire && name == "objection" => {
                let Some(text) = typed(value)? else { continue };
                let person = object.get("person").map(typed).transpose()?.flatten();
                after.push(objection(&text, person.as_deref(), calendar)?);
            }
            None if kind == PartKind::Prewire && name == "objections" => {
                let person = object.get("person").map(typed).transpose()?.flatten();
                for one in list(value) {
                    let said = one.get("text").unwrap_or(one);
                    let Some(text) = typed(said)? else { continue };
                    after.push(objection(&text, person.as_deref(), calendar)?);
                }
            }
            None if PRINTED.contains(&name.as_str()) => {}
            None => return Err(unknown_of(name, &noun.one(), noun.fields.iter()).into()),
            // It is set by the program, whatever was printed.
            Some(field) if field.entry != Entry::Free => {}
            Some(field) => {
                let Some(text) = typed(value)? else { continue };
                if noun.key == PartKey::Field(field.name) {
                    key = Some(text.clone());
                }
                changes.extend(Change::typed(field, &text, calendar)?);
            }
        }
    }
    let step = match (noun.key, key) {
        (PartKey::Field(name), Some(key)) => {
            changes.retain(|change| change.field.name != name);
            PartStep::Put { kind, key, changes }
        }
        (_, Some(key)) => PartStep::Put { kind, key, changes },
        (PartKey::Field(_), None) => {
            return Err(Refusal::usage(format!("say which {}", noun.name)).into());
        }
        (PartKey::Letter { .. } | PartKey::Number, None) => PartStep::Add { kind, changes },
    };
    Ok(std::iter::once(step).chain(after).collect())
}

/// What somebody holds against it, said when they were spoken to.
fn objection(text: &str, person: Option<&str>, calendar: &Calendar) -> Result<PartStep> {
    let noun = PartKind::Objection.noun();
    let mut changes = Change::typed(noun.field("text"), text, calendar)?;
    if let Some(person) = person {
        changes.extend(Change::typed(noun.field("person"), person, calendar)?);
    }
    Ok(PartStep::Add { kind: PartKind::Objection, changes })
}

/// What is answered to a verb, by the names of its flags.
///
/// # Errors
/// A name that the verb has not, or a value that does not do.
pub fn answer(object: &Object, verb: Verb, calendar: &Calendar) -> Result<Answer> {
    let mut answer = Answer::default();
    let (asks, flag) = (verb.asks(), verb.asks().flag());
    for (name, value) in object {
        let Some(text) = typed(value)? else { continue };
        let is_line = [flag, "line", "reason", "note"].contains(&name.as_str())
            || name == "lesson" && verb.asks_of(Kind::Outcome).flag() == "lesson";
        match asks {
            Asks::Day(label) if [label, "day"].contains(&name.as_str()) => {
                let day = day::parse(&text, calendar, Lean::Future)
                    .map_err(|error| Refusal::input(format!("{label}: {error}")))?;
                answer.day = Some(day);
                continue;
            }
            Asks::Line(_) | Asks::Day(_) if is_line => {
                answer.line = Some(text);
                continue;
            }
            Asks::Line(_) | Asks::Day(_) | Asks::Nothing => {}
        }
        let Some(field) = verb.extras().iter().find(|field| field.answers_to(name)) else {
            if PRINTED.contains(&name.as_str()) {
                continue;
            }
            return Err(unknown_of(name, verb.name(), verb.extras().iter()).into());
        };
        let Input::Value(value) = field.read(&text, calendar)? else {
            let flag = field.flag();
            return Err(Refusal::input(format!("{name} names an item; say it as --{flag}")).into());
        };
        answer.more.push((field.name, value));
    }
    Ok(answer)
}

/// Several, or one alone.
fn list(value: &Json) -> Vec<&Json> {
    match value {
        Json::Array(all) => all.iter().collect(),
        Json::Null => Vec::new(),
        one => vec![one],
    }
}

/// A value as it would be typed; nothing for what says nothing.
fn typed(value: &Json) -> Result<Option<String>> {
    Ok(match value {
        Json::Null => None,
        Json::String(text) if text.contains('\0') => {
            return Err(Refusal::input("the JSON holds a NUL character, which no text has").into());
        }
        Json::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(true) => Some("yes".to_owned()),
        Json::Bool(false) => Some("no".to_owned()),
        Json::Array(all) => {
            let texts: Vec<String> =
                all.iter().filter_map(|one| typed(one).transpose()).collect::<Result<_>>()?;
            Some(texts.join(",")).filter(|text| !text.is_empty())
        }
        Json::Object(_) => {
            return Err(Refusal::input(format!("{value} is no value of a field")).into());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_from_lines_by_how_it_begins() {
        assert!(is_json("{\"title\": \"Which tier?\"}"));
        assert!(is_json(" [\n {\"title\": \"x\"}]") && is_json("[]") && is_json("{}"));
        assert!(!is_json("[Draft] Which tier?") && !is_json("Which tier? due:fri"));
    }

    #[test]
    fn lists_envelopes_and_objects_one_after_the_other_are_read_alike() {
        let titles = |text: &str| -> Vec<String> {
            let all = objects(text).unwrap();
            all.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(titles(r#"{"title":"a"} {"title":"b"}"#), ["a", "b"]);
        assert_eq!(titles(r#"[{"title":"a"},{"title":"b"}]"#), ["a", "b"]);
        assert_eq!(titles(r#"{"schema":1,"kind":"decision","items":[{"title":"a"}]}"#), ["a"]);
        assert!(
            objects("[]").is_err() && objects("{\"title\":").is_err() && objects("[3]").is_err()
        );
    }
}
