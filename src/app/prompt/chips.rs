//! What was understood of a line while it is typed, as chips below it.

use chrono::NaiveDate;

use crate::domain::day::Calendar;
use crate::domain::field::Field;
use crate::domain::grammar::filter::Reading;
use crate::domain::grammar::part_words;
use crate::domain::grammar::terms::terms;
use crate::domain::grammar::{Chip, ChipTone, Filter, Operand, QuickAdd, Test};
use crate::domain::kind::Kind;
use crate::domain::part::PartKind;
use crate::domain::value::Value;
use crate::domain::verb::{Asks, Verb};

use super::super::place::Place;
use super::Prompt;
use crate::ops::resolve::is_called;
use crate::store::lookup::Named;

/// What can be said of a part; then whether the line is understood.
pub(super) fn part_chips(part: PartKind, text: &str, calendar: &Calendar) -> Vec<Chip> {
    if text.trim().is_empty() {
        return part_words::fields(part).into_iter().map(understood).collect();
    }
    let wrong = part_words::read(text, part, calendar).err();
    wrong.map(|refusal| Chip { label: refusal.what, tone: ChipTone::Wrong }).into_iter().collect()
}

pub(in crate::app) fn understood(label: String) -> Chip {
    Chip { label, tone: ChipTone::Understood }
}

pub(super) fn chips_of(read: &QuickAdd) -> Vec<Chip> {
    read.chips.clone()
}

impl Prompt {
    /// Those among the people named that nobody here is called: they are made with the row.
    pub fn strangers<'a>(&'a self, known: &'a [Named]) -> impl Iterator<Item = &'a str> {
        let is_known = |name: &str| known.iter().any(|one| is_called(&one.title, name));
        let names = self.people.iter().map(|name| name.trim_start_matches('@'));
        names.filter(move |name| {
            !name.eq_ignore_ascii_case("me") && !name.contains('@') && !is_known(name)
        })
    }
}

/// The people that a line names.
pub(super) fn people_of(read: &QuickAdd) -> Vec<String> {
    use crate::domain::change::{Edit, Input};
    let mut names = Vec::new();
    let mut inputs: Vec<&Input> = Vec::new();
    for change in &read.changes {
        match &change.edit {
            Edit::Set(input) | Edit::Add(input) => inputs.push(input),
            Edit::Clear | Edit::Remove(_) => {}
        }
    }
    while let Some(input) = inputs.pop() {
        match input {
            Input::Person(name) => names.push(name.clone()),
            Input::Several(several) => inputs.extend(several),
            Input::Value(_)
            | Input::PerCent(_)
            | Input::Fraction(_)
            | Input::Known(_)
            | Input::Reference(_) => {}
        }
    }
    names
}

pub(super) fn filter_chips(text: &str, place: Place, calendar: &Calendar) -> Vec<Chip> {
    let Some(kind) = place.kind() else { return Vec::new() };
    let reading = Filter::read(text, kind, calendar);
    // Above the assets stand requests, which may be asked for what only they have.
    let above = (place == Place::Assets && !reading.is_clean())
        .then(|| Filter::read(text, Kind::Request, calendar))
        .filter(Reading::is_clean);
    let reading = above.unwrap_or(reading);
    let understood = terms(text, kind, calendar).into_iter().filter_map(|term| {
        let read = Filter::read(&term, kind, calendar).filter;
        day_words(&read, calendar.today).map(understood)
    });
    let warnings =
        reading.warnings.into_iter().map(|label| Chip { label, tone: ChipTone::Warning });
    let wrong = reading
        .wrong
        .into_iter()
        .map(|refusal| Chip { label: refusal.what, tone: ChipTone::Wrong });
    understood.chain(warnings).chain(wrong).collect()
}

/// What a term about a day means: `needed by < Fri 27 Nov`.
fn day_words(filter: &Filter, today: NaiveDate) -> Option<String> {
    let Filter::Test(Test::Field { field, compare, operand }) = filter else { return None };
    let echo = |date: NaiveDate| crate::domain::day::echo(date, today);
    let when = match operand {
        Operand::Value(Value::Day(date)) => format!("{} {}", compare.sign(), echo(*date)),
        Operand::Days(from, to) if *from == NaiveDate::MIN => format!("until {}", echo(*to)),
        Operand::Days(from, to) => format!("{} to {}", echo(*from), echo(*to)),
        _ => return None,
    };
    Some(format!("{} {when}", field.label))
}

pub(super) fn value_chips(field: &Field, text: &str, calendar: &Calendar) -> Vec<Chip> {
    use crate::domain::change::Input;
    if text.trim().is_empty() {
        return Vec::new();
    }
    match field.read(text, calendar) {
        Err(refusal) => vec![Chip { label: refusal.what, tone: ChipTone::Wrong }],
        Ok(Input::Value(Value::Day(day))) => {
            vec![understood(format!("→ {}", crate::domain::day::echo(day, calendar.today)))]
        }
        Ok(Input::Value(value @ Value::Whole(_))) => {
            vec![understood(format!(
                "→ {}",
                field.show(&value, &crate::domain::field::NoNames, calendar.today)
            ))]
        }
        Ok(_) => Vec::new(),
    }
}

pub(super) fn verb_chips(verb: Verb, text: &str, calendar: &Calendar) -> Vec<Chip> {
    use crate::domain::day::{self, Lean};
    if text.trim().is_empty() || !matches!(verb.asks(), Asks::Day(_)) {
        return Vec::new();
    }
    match day::parse(text, calendar, Lean::Future) {
        Ok(date) => vec![understood(format!("→ {}", day::echo(date, calendar.today)))],
        Err(error) => vec![Chip { label: error.to_string(), tone: ChipTone::Wrong }],
    }
}
