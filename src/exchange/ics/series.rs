//! One event of a file with its times understood: when it starts, how long it is, what it repeats
//! by and what is taken out.

use std::sync::Arc;

use crate::domain::zone::Zone;

use super::component::RawEvent;
use super::often;
use super::property::Property;
use super::rule::{self, Rule};
use super::when::{self, Length, Stamp};
use super::zones::Zones;
use crate::exchange::caps;
use crate::exchange::event::TimeError;

/// The times of an event.
#[derive(Debug)]
pub struct Series {
    pub raw: Arc<RawEvent>,
    pub uid: String,
    pub sequence: u64,
    pub start: Stamp,
    pub length: Length,
    pub rule: Option<Rule>,
    /// Further starts, some with a length of their own.
    pub extra: Vec<(Stamp, Option<Length>)>,
    pub excluded: Vec<Stamp>,
    /// Which instance of its series it stands for.
    pub replaces: Option<Stamp>,
    /// Whether it stands for all later instances too.
    pub and_later: bool,
}

impl Series {
    /// Understands the times of an event.
    ///
    /// # Errors
    /// With the line of what cannot be read.
    pub fn read(
        raw: &Arc<RawEvent>,
        zones: &mut Zones<'_>,
        floating: Zone,
    ) -> Result<Self, TimeError> {
        if let Some(property) = raw.first("EXRULE") {
            let why = "EXRULE is not followed; save the event with EXDATE";
            return Err(TimeError::at(property.line, why));
        }
        let mut one = |name| -> Result<Option<(&Property, Stamp)>, TimeError> {
            let Some(property) = raw.only(name)? else {
                return Ok(None);
            };
            Stamp::read(property, &property.value, zones, floating)
                .map(|stamp| Some((property, stamp)))
        };
        let (_, start) =
            one("DTSTART")?.ok_or_else(|| TimeError::at(raw.line, "the event has no DTSTART"))?;
        let end = one("DTEND")?;
        let replaces = one("RECURRENCE-ID")?;
        let length = when::length(start, end, raw.only("DURATION")?)?;
        let range = replaces.and_then(|(property, _)| property.parameter("RANGE"));
        if let Some((property, _)) = replaces
            && range.is_some_and(|range| !range.eq_ignore_ascii_case("THISANDFUTURE"))
        {
            return Err(TimeError::at(property.line, "this RANGE of instances is not followed"));
        }
        let mut extra = extra(raw, zones, floating)?;
        let rule = match raw.only("RRULE")? {
            Some(property) => match often::starts(property, start, zones) {
                Some(starts) => {
                    extra.extend(starts.into_iter().map(|start| (start, None)));
                    None
                }
                None => Some(rule::read(property, start, zones)?),
            },
            None => None,
        };
        bounded(raw, length, rule.as_ref(), &extra)?;
        let sequence = raw.first("SEQUENCE").and_then(|line| line.value.trim().parse().ok());
        Ok(Self {
            raw: Arc::clone(raw),
            uid: uid(raw, start),
            sequence: sequence.unwrap_or(0),
            start,
            length,
            rule,
            extra,
            excluded: excluded(raw, zones, floating)?,
            replaces: replaces.map(|(_, stamp)| stamp),
            and_later: range.is_some(),
        })
    }

    /// Whether it happens more than once.
    pub fn recurs(&self) -> bool {
        self.rule.is_some() || !self.extra.is_empty()
    }
}

/// Refuses by name what lasts so long that its times would fill every day many times over. A whole
/// day takes nothing of a week, so that one may last for years when it does not recur.
fn bounded(
    raw: &RawEvent,
    length: Length,
    rule: Option<&Rule>,
    extra: &[(Stamp, Option<Length>)],
) -> Result<(), TimeError> {
    let lengths = extra.iter().filter_map(|(_, length)| *length).chain([length]);
    let Some(longest) = lengths.max_by_key(|length| length.minutes()) else { return Ok(()) };
    let days = (longest.minutes() + 1_439) / 1_440;
    let line = ["DURATION", "DTEND"].into_iter().find_map(|name| raw.first(name));
    let line = line.map_or(raw.line, |property| property.line);
    let recurring = (!extra.is_empty()).then_some(caps::ICS_RECURRING_DAYS);
    if let Some(most) = rule.map(Rule::longest).or(recurring)
        && days > most
    {
        let why = format!(
            "each time of this event lasts {days} days, and it recurs; at most {most} are followed"
        );
        return Err(TimeError::at(line, why));
    }
    let is_timed = !matches!(longest, Length::Days(_));
    if is_timed && days > caps::ICS_DAYS {
        let why = format!("the event lasts {days} days in one go; at most {} are", caps::ICS_DAYS);
        return Err(TimeError::at(line, format!("{why} followed")));
    }
    Ok(())
}

/// The uid; of an event that has none, what is the same in every export of it.
fn uid(raw: &RawEvent, start: Stamp) -> String {
    use sha2::{Digest, Sha256};
    let said = raw.first("UID").map(|line| line.value.trim()).unwrap_or_default();
    if !said.is_empty() {
        return said.to_owned();
    }
    let mut hash = Sha256::new();
    hash.update(start.wall().to_string());
    for name in ["SUMMARY", "DESCRIPTION", "DTEND", "RRULE"] {
        hash.update([0]);
        hash.update(raw.first(name).map(|line| line.value.as_str()).unwrap_or_default());
    }
    crate::exchange::names::hex(&hash.finalize())[..32].to_owned()
}

fn extra(
    raw: &RawEvent,
    zones: &mut Zones<'_>,
    floating: Zone,
) -> Result<Vec<(Stamp, Option<Length>)>, TimeError> {
    let mut found = Vec::new();
    for property in raw.all("RDATE") {
        for value in values(property) {
            let (start, end) = value.split_once('/').map_or((value, None), |(a, b)| (a, Some(b)));
            let start = Stamp::read(property, start, zones, floating)?;
            let length = match end {
                None => None,
                Some(end) if end.trim_start().starts_with(['P', '+']) => {
                    let bad = || TimeError::at(property.line, "a period has no length");
                    let (days, seconds) = when::read_duration(end).ok_or_else(bad)?;
                    Some(Length::Exact(days * 1_440 + seconds / 60))
                }
                Some(end) => {
                    let end = Stamp::read(property, end, zones, floating)?;
                    Some(when::length(start, Some((property, end)), None)?)
                }
            };
            found.push((start, length));
        }
    }
    Ok(found)
}

fn excluded(
    raw: &RawEvent,
    zones: &mut Zones<'_>,
    floating: Zone,
) -> Result<Vec<Stamp>, TimeError> {
    let mut found = Vec::new();
    for property in raw.all("EXDATE") {
        for value in values(property) {
            found.push(Stamp::read(property, value, zones, floating)?);
        }
    }
    Ok(found)
}

fn values(property: &Property) -> impl Iterator<Item = &str> {
    property.value.split(',').map(str::trim).filter(|value| !value.is_empty())
}
