//! What can be said with a verb beside what it asks, as flags: `--option b --review-on 'next fri'`.

use clap::{Arg, ArgMatches};

use crate::domain::change::Input;
use crate::domain::day::Calendar;
use crate::domain::field::Field;
use crate::domain::value::Value;
use crate::domain::verb::Verb;
use crate::ops::{Result, Workspace};

use super::{fields, root};

/// The flags of a verb.
pub fn flags(verb: Verb) -> impl Iterator<Item = Arg> {
    verb.extras().iter().map(fields::flag)
}

/// What a call says, by a flag or as a token among its words (`kind:scope`), which is taken out of
/// them.
///
/// # Errors
/// A refusal for a value that does not do.
pub fn said(
    workspace: &Workspace,
    verb: Verb,
    (matches, words): (&ArgMatches, &mut Vec<String>),
    calendar: &Calendar,
) -> Result<Vec<(&'static str, Value)>> {
    let mut said = Vec::new();
    for field in verb.extras() {
        let typed = root::flag(matches, &fields::id(field)).or_else(|| token(field, words));
        let Some(typed) = typed else { continue };
        let value = match field.read(&typed, calendar)? {
            Input::Value(value) => value,
            Input::PerCent(number) | Input::Fraction(number) => Value::Real(number),
            Input::Reference(text) | Input::Person(text) => {
                Value::Item(workspace.meant(&text, field.targets())?.id)
            }
            Input::Known(id) => Value::Item(id),
            Input::Several(inputs) => {
                let named = inputs.iter().filter_map(|input| match input {
                    Input::Reference(text) | Input::Person(text) => Some(text),
                    Input::Value(_)
                    | Input::PerCent(_)
                    | Input::Fraction(_)
                    | Input::Known(_)
                    | Input::Several(_) => None,
                });
                let found = named.map(|text| Ok(workspace.meant(text, field.targets())?.id));
                Value::Items(found.collect::<Result<_>>()?)
            }
        };
        if !value.is_nothing() {
            said.push((field.name, value));
        }
    }
    Ok(said)
}

/// The first of the words that is a token of a field, taken out of them.
fn token(field: &Field, words: &mut Vec<String>) -> Option<String> {
    let value = |word: &String| {
        let (name, value) = word.split_once(':')?;
        let is_token = field.answers_to(name) && !value.is_empty();
        (is_token && !word.contains(char::is_whitespace)).then(|| value.to_owned())
    };
    let at = words.iter().position(|word| value(word).is_some())?;
    value(&words.remove(at))
}
