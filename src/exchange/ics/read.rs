//! From the bytes of a file to its events inside the window.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::zone::Zone;
use chrono::{DateTime, NaiveDate, Utc};

use super::component::{self, Parsed, RawEvent};
use super::occurrences::{self, Budget, Changes, Instance, Window};
use super::property::Property;
use super::series::Series;
use super::text;
use super::when::Stamp;
use super::zones::Zones;
use super::{Calendar, LeftOut, Reading, Wanted};
use crate::domain::week::zone;
use crate::exchange::decode::Text;
use crate::exchange::encoding;
use crate::exchange::event::{Event, Presence, Standing, TimeError, When, ZoneQuestion};
use crate::exchange::input::Input;

/// Reads a calendar file of any encoding.
///
/// # Errors
/// With the line of whatever cannot be read; then nothing of the file may be used.
pub fn read(input: Input, wanted: &Wanted<'_>) -> Result<Reading, TimeError> {
    read_text(&text_of(input)?, wanted)
}

/// The whole text of a calendar file, whatever its encoding.
///
/// # Errors
/// When it cannot be read as text.
pub fn text_of(mut input: Input) -> Result<String, TimeError> {
    let survey = encoding::survey(&mut input, None)?;
    let mut decoder = Text::new(input, survey.encoding);
    let (mut whole, mut chunk, mut line) = (String::new(), String::new(), 1);
    while decoder.next(&mut chunk, line)? {
        line += chunk.bytes().filter(|byte| *byte == b'\n').count() as u64;
        whole.push_str(&chunk);
    }
    Ok(whole)
}

/// The events of a calendar with their times understood, to be followed in any days.
#[derive(Debug)]
pub struct Ready {
    name: Option<String>,
    left_out: LeftOut,
    floating: Zone,
    all: Vec<Series>,
}

/// Reads the text of a calendar file.
///
/// # Errors
/// As [`read`].
pub fn read_text(text: &str, wanted: &Wanted<'_>) -> Result<Reading, TimeError> {
    Ok(match Ready::read(text, wanted.zones, wanted.home)? {
        Ok(ready) => {
            Reading::Calendar(ready.within((wanted.from, wanted.to), wanted.home, wanted.me)?)
        }
        Err(questions) => Reading::Asks(questions),
    })
}

impl Ready {
    /// Understands the times of a text, or asks for the zones that nobody knows.
    ///
    /// # Errors
    /// With the line of whatever cannot be read.
    pub fn read(
        text: &str,
        answers: &BTreeMap<String, Zone>,
        home: Zone,
    ) -> Result<Result<Self, Vec<ZoneQuestion>>, TimeError> {
        let mut parsed = component::parse(text)?;
        let events = parsed.take_events();
        let mut zones = Zones::new(answers, &parsed.told, home);
        let floating = match &parsed.zone {
            Some(property) => zones.find(&property.value, property.line),
            None => home,
        };
        let mut all = Vec::with_capacity(events.len());
        for raw in &events {
            all.push(Series::read(raw, &mut zones, floating)?);
        }
        let questions = zones.into_questions();
        if !questions.is_empty() {
            return Ok(Err(questions));
        }
        let Parsed { name, left_out, .. } = parsed;
        Ok(Ok(Self { name, left_out, floating, all: latest(all) }))
    }

    /// What happens between two days, ordered by start.
    ///
    /// # Errors
    /// When it is more often than prewire takes.
    pub fn instances(
        &self,
        days: (NaiveDate, NaiveDate),
        home: Zone,
    ) -> Result<Vec<Event>, TimeError> {
        Ok(self.within(days, home, &[])?.events)
    }

    fn within(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        home: Zone,
        me: &[String],
    ) -> Result<Calendar, TimeError> {
        let window = Window::new(from, to, home);
        let me: HashSet<String> = me.iter().map(|me| address(me)).collect();
        let changes = changes(&self.all);
        let unchanged = Changes::default();
        let mut budget = Budget::default();
        let mut calendar =
            Calendar { name: self.name.clone(), events: Vec::new(), left_out: self.left_out };
        for series in &self.all {
            let known = changes.get(series.uid.as_str());
            let master = known.and_then(|known| known.series);
            let instances = match series.replaces {
                // Its own series makes its instances.
                Some(_) if series.and_later && master.is_some() => continue,
                // It was moved first and taken out afterwards.
                Some(stamp) if master.is_some_and(|master| is_gone(master, series, stamp)) => {
                    continue;
                }
                // A rule that it repeats is that of its series.
                Some(_) if !series.and_later || !series.recurs() => {
                    occurrences::replacement(series, &window, &mut budget)?.into_iter().collect()
                }
                Some(_) => occurrences::of(series, &unchanged, &window, &mut budget)?,
                None => {
                    let changes = known.map_or(&unchanged, |known| &known.changes);
                    occurrences::of(series, changes, &window, &mut budget)?
                }
            };
            if instances.is_empty() {
                calendar.left_out.outside += 1;
                continue;
            }
            let details = |series| details(series, self.floating, self.name.as_deref(), &me);
            let later = known.map_or(&[][..], |known| &known.changes.later);
            let first = details(series);
            let changed: Vec<Event> = later.iter().map(|series| details(series)).collect();
            for Instance { when, recurrence, changed_by } in instances {
                let details = changed_by.and_then(|place| changed.get(place)).unwrap_or(&first);
                calendar.events.push(Event { recurrence, when, ..details.clone() });
            }
        }
        calendar.events.sort_by(|one, other| {
            (begins(one, home), &one.uid).cmp(&(begins(other, home), &other.uid))
        });
        Ok(calendar)
    }
}

/// Of several versions of an event or instance the one with the highest sequence, of equals the
/// last.
fn latest(all: Vec<Series>) -> Vec<Series> {
    let mut places: HashMap<(String, Option<String>), usize> = HashMap::new();
    let mut kept: Vec<Series> = Vec::with_capacity(all.len());
    for series in all {
        let instance = series.replaces.map(|stamp| format!("{stamp:?}"));
        let key = (series.uid.clone(), instance);
        match places.get(&key) {
            Some(place) if series.sequence >= kept[*place].sequence => kept[*place] = series,
            Some(_) => {}
            None => {
                places.insert(key, kept.len());
                kept.push(series);
            }
        }
    }
    kept
}

/// What a file says about one uid beside its series.
#[derive(Default)]
struct Known<'a> {
    series: Option<&'a Series>,
    changes: Changes<'a>,
}

fn changes(all: &[Series]) -> HashMap<&str, Known<'_>> {
    let mut found: HashMap<&str, Known<'_>> = HashMap::new();
    for series in all {
        let known = found.entry(&series.uid).or_default();
        match series.replaces {
            None => known.series = Some(series),
            Some(_) if series.and_later => known.changes.later.push(series),
            Some(stamp) => known.changes.replaced.push(stamp),
        }
    }
    found
}

/// Whether the series took an instance out again after this was said of it.
fn is_gone(master: &Series, change: &Series, instance: Stamp) -> bool {
    master.sequence >= change.sequence && occurrences::excludes(master, instance)
}

fn begins(event: &Event, home: Zone) -> DateTime<Utc> {
    match event.when {
        When::Timed(span) => span.start,
        When::AllDay { first, .. } => zone::start_of_day(first, home),
    }
}

/// Everything about an event but when it is.
pub(super) fn details(
    series: &Series,
    floating: Zone,
    calendar: Option<&str>,
    me: &HashSet<String>,
) -> Event {
    let zone = match series.start {
        // A vendor that writes UTC names the zone once for the whole calendar.
        Stamp::At { zone, .. } if zone != Zone::UTC => zone,
        Stamp::At { .. } | Stamp::Day(_) => floating,
    };
    let raw = &series.raw;
    let said =
        |name: &str| raw.first(name).map(|line| text::plain(&line.value)).unwrap_or_default();
    let attending: Vec<&Property> = raw.all("ATTENDEE").collect();
    let organiser = raw.first("ORGANIZER");
    let declined = attending.iter().any(|one| {
        let no = one.parameter("PARTSTAT").is_some_and(|is| is.eq_ignore_ascii_case("DECLINED"));
        no && me.contains(&address(&one.value))
    });
    let mut people: Vec<String> = Vec::new();
    for one in organiser.into_iter().chain(attending) {
        let address = address(&one.value);
        if !address.is_empty() && !me.contains(&address) && !people.contains(&address) {
            people.push(address);
        }
    }
    Event {
        uid: series.uid.clone(),
        recurrence: None,
        when: When::AllDay { first: series.start.wall().date(), days: 1 },
        zone,
        title: said("SUMMARY").trim().to_owned(),
        note: text::without_markup(&said("DESCRIPTION")),
        calendar: calendar.map(str::to_owned),
        organiser: organiser.map(named).filter(|name| !name.is_empty()),
        people,
        categories: raw.all("CATEGORIES").flat_map(|line| text::list(&line.value)).collect(),
        presence: presence(raw),
        standing: standing(raw),
        declined,
        private: raw
            .first("CLASS")
            .is_some_and(|class| matches!(class.word().as_str(), "PRIVATE" | "CONFIDENTIAL")),
        line: raw.line,
    }
}

fn presence(raw: &RawEvent) -> Presence {
    let busy = raw.first("X-MICROSOFT-CDO-BUSYSTATUS").map(Property::word);
    let transparent = raw.first("TRANSP").is_some_and(|line| line.word() == "TRANSPARENT");
    match busy.as_deref() {
        Some("OOF") => Presence::Away,
        // Where somebody works takes none of their time.
        Some("FREE" | "WORKINGELSEWHERE") => Presence::Free,
        Some(_) | None if transparent => Presence::Free,
        Some(_) | None => Presence::Busy,
    }
}

fn standing(raw: &RawEvent) -> Standing {
    match raw.first("STATUS").map(Property::word).as_deref() {
        Some("CANCELLED" | "CANCELED") => Standing::Cancelled,
        Some("TENTATIVE") => Standing::Tentative,
        Some(_) | None => Standing::Confirmed,
    }
}

/// The name that the calendar gives, else the address.
fn named(property: &Property) -> String {
    let name = property.parameter("CN").map(str::trim).filter(|name| !name.is_empty());
    name.map_or_else(|| address(&property.value), str::to_owned)
}

/// The address without `mailto:`, in lower case.
pub(super) fn address(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    lower.strip_prefix("mailto:").unwrap_or(&lower).trim().to_owned()
}
