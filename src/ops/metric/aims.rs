//! What the figure of a metric is to become, as it was given for it or for its outcome: of a share
//! 30, 30% and, from JSON, 0.3 are one. What could mean two things is refused with both of them named, as a figure is.

use crate::domain::change::{Change, Edit, Input};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::terms::{self, AIMS};
use crate::domain::metric::{Terms, Unit};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;

use super::super::error::Result;

/// Reads what was given of these fields in the unit that the metric has now.
///
/// # Errors
/// A refusal for a number that may be a share or per cent, and for per cent of what is no share; a
/// storage error.
pub fn aims(write: &Write<'_>, item: &mut Item, changes: &[Change]) -> Result<()> {
    if !changes.iter().any(|change| AIMS.contains(&change.field.name)) {
        return Ok(());
    }
    let unit = match item.kind() {
        Kind::Metric => Some(Terms::of(item).unit),
        Kind::Outcome => {
            let metric: Vec<ItemId> = item.link("measured_by").into_iter().collect();
            write.items(&metric)?.first().map(|metric| Terms::of(metric).unit)
        }
        _ => None,
    };
    let Some(unit) = unit else { return Ok(()) };
    for change in changes.iter().filter(|change| AIMS.contains(&change.field.name)) {
        let Edit::Set(input) = &change.edit else { continue };
        match (input, unit) {
            (Input::Fraction(number), Unit::Share) => {
                item.set(change.field.name, Value::Real(terms::per_cent(*number)));
            }
            (Input::Value(Value::Real(number)), Unit::Share)
                if *number != 0.0 && number.abs() <= 1.0 =>
            {
                return Err(either(change.field.name, *number).into());
            }
            (Input::PerCent(number), unit) if unit != Unit::Share && unit != Unit::Points => {
                let what = format!(
                    "{}: “{number}%”, and this metric is not counted in per cent",
                    change.field.label
                );
                let hint = format!("its unit is {}", unit.slug());
                return Err(Refusal::input(what).hint(hint).into());
            }
            _ => {}
        }
    }
    Ok(())
}

fn either(name: &str, number: f64) -> Refusal {
    let whole = terms::per_cent(number);
    Refusal::input(format!("{name}: “{number}” of a share may be {whole} % or {number} %"))
        .hint(format!("type {name}:{whole}% or {name}:{number}%"))
}
