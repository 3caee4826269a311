//! The components of a file: which lines belong to which event, and what the calendar as a whole
//! says. Everything that is no event is skipped, and counted where somebody could miss it.

use std::sync::Arc;

use super::LeftOut;
use super::clock::Clock;
use super::fold::Unfolded;
use super::property::Property;
use super::zones::Told;
use crate::exchange::caps;
use crate::exchange::event::TimeError;

/// What stands in a file, before its times are understood.
#[derive(Debug, Default)]
pub struct Parsed {
    pub name: Option<String>,
    /// The zone that a vendor names for the whole calendar.
    pub zone: Option<Property>,
    pub events: Vec<RawEvent>,
    pub told: Told,
    pub left_out: LeftOut,
}

/// The lines of one event that matter.
#[derive(Debug)]
pub struct RawEvent {
    pub line: u64,
    properties: Vec<Property>,
}

impl Parsed {
    /// Its events, each to be held by whoever needs its lines.
    pub fn take_events(&mut self) -> Vec<Arc<RawEvent>> {
        std::mem::take(&mut self.events).into_iter().map(Arc::new).collect()
    }
}

impl RawEvent {
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// The one property of this name; the first where several are no contradiction.
    pub fn first(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// The one property of this name.
    ///
    /// # Errors
    /// When it stands there twice.
    pub fn only(&self, name: &str) -> Result<Option<&Property>, TimeError> {
        let mut found = self.properties.iter().filter(|property| property.name == name);
        let first = found.next();
        match found.next() {
            Some(second) => {
                Err(TimeError::at(second.line, format!("a second {name} in one event")))
            }
            None => Ok(first),
        }
    }
}

/// The properties of an event that are read.
const READ: [&str; 19] = [
    "UID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "EXRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "SUMMARY",
    "DESCRIPTION",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
    "ORGANIZER",
    "ATTENDEE",
    "CATEGORIES",
    "SEQUENCE",
];

/// Reads all lines of a file.
///
/// # Errors
/// With the line of whatever is no calendar, or is more than prewire takes.
pub fn parse(text: &str) -> Result<Parsed, TimeError> {
    let mut parser = Parser::default();
    let mut last = 1;
    for line in Unfolded::new(text) {
        let (number, line) = line?;
        last = number;
        match Property::read(number, &line) {
            Ok(property) => parser.take(property)?,
            // What a vendor adds of its own nobody has to understand, not even its shape.
            Err(_) if is_vendors(&line) => parser.parsed.left_out.malformed += 1,
            Err(error) => return Err(error),
        }
    }
    if let Some((name, line)) = parser.open.last() {
        return Err(TimeError::at(last, format!("the {name} of line {line} is never closed")));
    }
    if !parser.seen {
        return Err(TimeError::at(1, "there is no BEGIN:VCALENDAR"));
    }
    Ok(parser.parsed)
}

fn is_vendors(line: &str) -> bool {
    line.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("X-"))
}

#[derive(Default)]
struct Parser {
    parsed: Parsed,
    /// What is open, the outermost first, and where it began.
    open: Vec<(String, u64)>,
    /// The zone that is open, by its name, and what it says of its clock.
    zone: Option<String>,
    clock: Clock,
    seen: bool,
}

impl Parser {
    fn take(&mut self, property: Property) -> Result<(), TimeError> {
        match property.name.as_str() {
            "BEGIN" => self.begin(&property),
            "END" => self.end(&property),
            // As little as a vendor's lines between the others.
            name if self.open.is_empty() && is_vendors(name) => {
                self.parsed.left_out.malformed += 1;
                Ok(())
            }
            name if self.open.is_empty() => {
                let why = format!("{name} stands outside of a calendar");
                Err(TimeError::at(property.line, why))
            }
            _ => {
                self.property(property);
                Ok(())
            }
        }
    }

    fn begin(&mut self, property: &Property) -> Result<(), TimeError> {
        let (name, line) = (property.word(), property.line);
        if self.open.is_empty() && name != "VCALENDAR" {
            return Err(TimeError::at(line, "there is no BEGIN:VCALENDAR before it"));
        }
        if self.open.len() == caps::ICS_DEPTH {
            let why = format!("components lie deeper than {} levels", caps::ICS_DEPTH);
            return Err(TimeError::at(line, why));
        }
        let left_out = &mut self.parsed.left_out;
        match (name.as_str(), self.open.len()) {
            ("VCALENDAR", 0) => self.seen = true,
            ("VEVENT", 1) => {
                if self.parsed.events.len() == caps::ICS_EVENTS {
                    let why = format!("the file has more than {} events", caps::ICS_EVENTS);
                    return Err(TimeError::at(line, why));
                }
                self.parsed.events.push(RawEvent { line, properties: Vec::new() });
            }
            ("VCALENDAR" | "VEVENT", _) => {
                return Err(TimeError::at(line, format!("a {name} cannot stand here")));
            }
            ("VALARM", _) => left_out.alarms += 1,
            ("VTIMEZONE", _) => {}
            ("STANDARD" | "DAYLIGHT", _) => self.clock.begin(&name),
            _ => left_out.components += 1,
        }
        self.open.push((name, line));
        Ok(())
    }

    fn end(&mut self, property: &Property) -> Result<(), TimeError> {
        let name = property.word();
        match self.open.pop() {
            Some((open, _)) if open == name => {
                if name == "VTIMEZONE" {
                    let clock = std::mem::take(&mut self.clock);
                    if let Some(zone) = self.zone.take() {
                        self.parsed.told.clocks.insert(zone, clock);
                    }
                }
                Ok(())
            }
            Some((open, began)) => {
                let why = format!("END:{name} where the {open} of line {began} is open");
                Err(TimeError::at(property.line, why))
            }
            None => Err(TimeError::at(property.line, format!("END:{name} closes nothing"))),
        }
    }

    fn property(&mut self, property: Property) {
        let depth = self.open.len();
        let inside = self.open.last().map_or("", |(name, _)| name.as_str());
        match (inside, property.name.as_str()) {
            ("VCALENDAR", "X-WR-CALNAME" | "NAME") if self.parsed.name.is_none() => {
                let name = super::text::plain(&property.value);
                self.parsed.name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
            }
            ("VCALENDAR", "X-WR-TIMEZONE") => self.parsed.zone = Some(property),
            ("VTIMEZONE", "TZID") => self.zone = Some(property.value.trim().to_owned()),
            ("VTIMEZONE", "X-LIC-LOCATION" | "X-TZINFO") => {
                if let Some(zone) = self.zone.clone() {
                    self.parsed.told.places.insert(zone, property.value.trim().to_owned());
                }
            }
            ("STANDARD" | "DAYLIGHT", _) => self.clock.take(&property),
            ("VEVENT", "ATTACH") if depth == 2 => self.parsed.left_out.attachments += 1,
            ("VEVENT", "CLASS") if depth == 2 => self.keep(property),
            ("VEVENT", name) if depth == 2 && READ.contains(&name) => self.keep(property),
            (_, _) => {}
        }
    }

    fn keep(&mut self, property: Property) {
        if let Some(event) = self.parsed.events.last_mut() {
            event.properties.push(property);
        }
    }
}
