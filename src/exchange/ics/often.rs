//! Rules that happen more often than daily: a few times in a row, as alarms and shifts do, are taken
//! as single dates; what has no end, or too many, is left to be refused by name.

use chrono::{Duration, NaiveDateTime};

use super::property::Property;
use super::when::Stamp;
use super::zones::Zones;

/// Times at most that such a rule gives.
const MOST: usize = 200;

/// The starts after the first that a rule of hours, minutes or seconds gives; `None` for any other
/// rule, and for one that says more than how often, or has no end within bounds.
pub fn starts(property: &Property, start: Stamp, zones: &mut Zones<'_>) -> Option<Vec<Stamp>> {
    let Stamp::At { wall, zone } = start else { return None };
    let (mut step, mut every, mut count, mut until) = (None, 1_i64, None, None);
    for part in property.value.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        let value = value.trim();
        match name.trim().to_ascii_uppercase().as_str() {
            "FREQ" => step = Some(seconds(value)?),
            "INTERVAL" => every = value.parse().ok().filter(|n| (1..=10_000).contains(n))?,
            "COUNT" => count = Some(value.parse().ok().filter(|n| (1..=MOST).contains(n))?),
            "UNTIL" => {
                let Ok(end @ Stamp::At { .. }) = Stamp::read(property, value, zones, zone) else {
                    return None;
                };
                until = Some(end.wall_in(zone));
            }
            "WKST" => {}
            _ => return None,
        }
    }
    let step = Duration::seconds(step? * every);
    let walls = std::iter::successors(Some(wall), |wall| wall.checked_add_signed(step));
    let within = |wall: &NaiveDateTime| until.is_none_or(|until| *wall <= until);
    let found: Vec<NaiveDateTime> = match (count, until) {
        (Some(count), None) => walls.take(count).collect(),
        (None, Some(_)) => walls.take_while(within).take(MOST + 1).collect(),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    let few = found.len() <= MOST;
    few.then(|| found.into_iter().skip(1).map(|wall| Stamp::At { wall, zone }).collect())
}

/// In seconds; `None` for what is daily or rarer.
fn seconds(frequency: &str) -> Option<i64> {
    match frequency.to_ascii_uppercase().as_str() {
        "HOURLY" => Some(3_600),
        "MINUTELY" => Some(60),
        "SECONDLY" => Some(1),
        _ => None,
    }
}
