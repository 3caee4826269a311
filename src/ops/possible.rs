//! What cannot be, whoever writes it: something done that lies ahead, an amount beyond what is
//! reckoned with, a goal that no figure can reach, a metric that moves itself.

use chrono::NaiveDate;

use crate::domain::change::Change;
use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::metric::deals::{Currency, Money};
use crate::domain::metric::terms::{AIMS, is_aim_of_share};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;

use super::error::Result;
use super::sound;

/// Metrics above a metric that are followed.
const DEEP: usize = 64;

/// Looks at a new item. A metric whose target lies below its beginning goes down, unless it was
/// said which way is better.
///
/// # Errors
/// A refusal that says what cannot be.
pub(super) fn new(
    write: &Write<'_>,
    item: &mut Item,
    changes: &[Change],
    today: NaiveDate,
) -> Result<()> {
    let said = changes.iter().any(|change| change.field.name == "direction");
    let own = item.kind() == Kind::Metric && item.text("catalogue").is_empty() && !said;
    if own && falls(item) && item.text("direction") == "up" {
        item.set("direction", Value::Text("down".to_owned()));
    }
    sound::complete(item);
    sound::look(None, item)?;
    look(item, today)?;
    circle(write, item)
}

/// Looks at a changed item; what was so before is nobody's fault now.
///
/// # Errors
/// A refusal that says what cannot be.
pub(super) fn changed(
    write: &Write<'_>,
    before: &Item,
    after: &Item,
    today: NaiveDate,
) -> Result<()> {
    sound::look(Some(before), after)?;
    if look(before, today).is_ok() {
        look(after, today)?;
    }
    let moved = |name: &str| before.get(name) != after.get(name);
    if moved("parent") || moved("level") { circle(write, after) } else { Ok(()) }
}

/// Looks at an item by itself, as a row of a table says it.
///
/// # Errors
/// A refusal that says what cannot be.
pub(super) fn alone(
    before: Option<&Item>,
    item: &Item,
    today: NaiveDate,
) -> std::result::Result<(), Refusal> {
    sound::look(before, item)?;
    let was_so = before.is_none_or(|before| look(before, today).is_ok());
    if was_so { look(item, today) } else { Ok(()) }
}

/// Looks at where an item stands among the others.
///
/// # Errors
/// A refusal that says what cannot be; a storage error.
pub(super) fn beside(write: &Write<'_>, item: &Item) -> Result<()> {
    circle(write, item)
}

fn look(item: &Item, today: NaiveDate) -> std::result::Result<(), Refusal> {
    if item.kind() == Kind::Metric {
        return goal(item);
    }
    if item.kind() == Kind::Involvement {
        return to_come(item, "first_involved", today);
    }
    if item.kind() == Kind::Evidence {
        to_come(item, "observed_on", today)?;
        return to_come(item, "captured_on", today);
    }
    if item.kind() == Kind::Conversation {
        return to_come(item, "held_on", today);
    }
    if item.kind() == Kind::Insight {
        return to_come(item, "spotted_on", today);
    }
    if item.kind() == Kind::Impact {
        to_come(item, "happened_on", today)?;
    }
    if item.kind() == Kind::Deal && item.text("state") != "open" {
        in_order(item, "created_on", "closed_on")?;
    }
    if matches!(item.kind(), Kind::Impact | Kind::Deal) { countable(item) } else { Ok(()) }
}

fn to_come(item: &Item, name: &str, today: NaiveDate) -> std::result::Result<(), Refusal> {
    match item.day(name).filter(|day| *day > today) {
        Some(day) => {
            let label = item.kind().noun().field(name).label;
            let refusal = Refusal::input(format!("{label}: {day} has not come yet"));
            Err(refusal.hint("it is written down when it was so"))
        }
        None => Ok(()),
    }
}

fn in_order(item: &Item, first: &str, last: &str) -> std::result::Result<(), Refusal> {
    match item.day(first).zip(item.day(last)).filter(|(first, last)| first > last) {
        Some((one, other)) => {
            let label = |name: &str| item.kind().noun().field(name).label;
            let what = format!("{} ({one}) lies after {} ({other})", label(first), label(last));
            Err(Refusal::input(what))
        }
        None => Ok(()),
    }
}

/// An amount is whole minor units of its currency, and no more of them than are exact.
fn countable(item: &Item) -> std::result::Result<(), Refusal> {
    let Value::Real(amount) = item.get("amount") else { return Ok(()) };
    let currency = Currency::parse(item.text("currency")).unwrap_or(Currency::UNSAID);
    match Money::of(*amount, currency) {
        Some(_) => Ok(()),
        None => Err(Refusal::input(format!("{amount} is more money than can be added up"))),
    }
}

fn real(item: &Item, name: &str) -> Option<f64> {
    match item.get(name) {
        Value::Real(value) => Some(*value),
        _ => None,
    }
}

fn falls(item: &Item) -> bool {
    let way = real(item, "baseline").zip(real(item, "target"));
    way.is_some_and(|(from, to)| to < from)
}

fn goal(item: &Item) -> std::result::Result<(), Refusal> {
    in_order(item, "starts_on", "due")?;
    share(item)?;
    let (low, high) = (real(item, "low"), real(item, "high"));
    if let Some((low, high)) = low.zip(high).filter(|(low, high)| low > high) {
        let what = format!("a range from {low} to {high} holds no figure");
        return Err(Refusal::input(what).hint("low is the least that is good, high the most"));
    }
    let rises = real(item, "baseline").zip(real(item, "target")).is_some_and(|(a, b)| b > a);
    match item.text("direction") {
        "range" if low.is_none() && high.is_none() && real(item, "target").is_some() => {
            let refusal = Refusal::input("a range has no target, but a least and a most");
            Err(refusal.hint("low:5 high:10, or only one of them"))
        }
        "up" if falls(item) => Err(Refusal::input("up is better, and the target lies below")
            .hint("direction:down, or a target above where it began")),
        "down" if rises => Err(Refusal::input("down is better, and the target lies above")
            .hint("direction:up, or a target below where it began")),
        _ => Ok(()),
    }
}

/// What a share is to become is a share as well.
fn share(item: &Item) -> std::result::Result<(), Refusal> {
    for name in AIMS.into_iter().filter(|name| is_aim_of_share(item, name)) {
        let Some(number) = real(item, name).filter(|one| !(0.0..=100.0).contains(one)) else {
            continue;
        };
        let label = item.kind().noun().field(name).label;
        return Err(Refusal::input(format!("{label}: {number} % is no share of a whole"))
            .hint("what can pass 100 % or fall below 0 is counted in points: unit:points"));
    }
    Ok(())
}

/// Figures above a metric lead up to a figure of the company, and never back to it.
fn circle(write: &Write<'_>, item: &Item) -> Result<()> {
    if item.kind() != Kind::Metric {
        return Ok(());
    }
    let mut above = item.link("parent");
    below_a_team(write, item)?;
    for _ in 0..DEEP {
        let Some(id) = above else { return Ok(()) };
        if id == item.id {
            let what = format!("{} would stand above itself", item.reference);
            return Err(Refusal::input(what)
                .hint("a parent is a figure that this one moves")
                .into());
        }
        above = write.items(&[id])?.first().and_then(|one| one.link("parent"));
    }
    Ok(())
}

/// A company KPI stands at the top, or below another one.
fn below_a_team(write: &Write<'_>, item: &Item) -> Result<()> {
    let Some(above) = item.link("parent").filter(|_| item.text("level") == "company") else {
        return Ok(());
    };
    let above = write.items(&[above])?;
    let Some(one) = above.first().filter(|one| one.text("level") != "company") else {
        return Ok(());
    };
    let what =
        format!("a company KPI stands at the top, and {} is a figure of a team", one.reference);
    Err(Refusal::input(what).hint("parent:none, or level:team").into())
}
