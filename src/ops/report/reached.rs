//! To whom a report went: a touch on each person, so that whoever has not been reached for long is
//! found by it.

use chrono::NaiveDate;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::part::PartKind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;

use super::super::error::Result;
use super::super::op::{Outcome, PartStep};
use super::super::parts;
use super::super::resolve::Resolver;
use super::super::workspace::Settings;

/// People as they are typed: names with `@` or without, parted by commas; with `@`, by blanks too.
#[must_use]
pub fn names(typed: &str) -> Vec<String> {
    let marked = typed.trim_start().starts_with('@');
    let part = |letter: char| letter == ',' || marked && letter == '@';
    typed.split(part).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

pub(in super::super) fn carry_out(
    write: &Write<'_>,
    people: &[String],
    what: &str,
    settings: &Settings,
    today: NaiveDate,
) -> Result<Outcome> {
    let mut resolver = Resolver::new(write, settings.me.as_deref());
    let mut ids = Vec::new();
    for name in people {
        let id = resolver.person(name)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        return Err(Refusal::input("nobody is named").hint("@raj @dana, or raj, dana").into());
    }
    let noun = PartKind::Touch.noun();
    let set = |name: &str, value: Value| Change {
        field: noun.field(name),
        edit: Edit::Set(Input::Value(value)),
    };
    let mut notices = Vec::new();
    for id in &ids {
        let changes =
            vec![set("what", Value::Text(what.to_owned())), set("reached_on", Value::Day(today))];
        let steps = [PartStep::Add { kind: PartKind::Touch, changes }];
        notices.extend(parts::carry_out(write, *id, &steps, settings, today)?.notices);
    }
    let reached = write.items(&ids)?;
    // A name with a slip in it makes somebody who is not there.
    let new = reached.iter().filter(|person| person.created_at == write.at);
    notices
        .extend(new.map(|person| format!("{} {} is new here", person.reference, person.title())));
    let called: Vec<String> = reached.iter().map(|person| person.title().to_owned()).collect();
    let label = format!("{what} → {}", called.join(", "));
    Ok(Outcome { label, items: ids, notices })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn people_are_named_with_commas_or_marks() {
        assert_eq!(names("Raj, Dana Whitlock"), ["Raj", "Dana Whitlock"]);
        assert_eq!(names("@raj @Dana Whitlock, @lee"), ["raj", "Dana Whitlock", "lee"]);
        assert!(names(" , ").is_empty());
    }
}
