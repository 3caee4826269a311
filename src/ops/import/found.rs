//! What a calendar or a time sheet holds, row by row as the fields of the item that each becomes.

use std::collections::{BTreeMap, HashSet};

use crate::domain::zone::Zone;
use sha2::{Digest as _, Sha256};

use crate::domain::day::show_clock;
use crate::domain::field::TITLE_MAX;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::domain::week::zone;
use crate::exchange::event::{Event, Logged, Rows};
use crate::exchange::ics::{self, Kept};
use crate::exchange::names::hex;

use super::super::workspace::Settings;
use super::BadLine;
use super::time_source::{Incoming, OURS};

/// Zones that are told of.
const MOST_ZONES: usize = 5;
/// Characters of a description that are kept.
const NOTE: usize = 4_000;

/// What was read, before it has a name.
#[derive(Default)]
pub(super) struct Found {
    pub calendar: Option<String>,
    pub rows: Vec<Incoming>,
    pub ours: Vec<ItemId>,
    pub left_out: ics::LeftOut,
    pub idle: BTreeMap<&'static str, usize>,
    pub running: usize,
    /// Rows that cannot be read, the first of them in words.
    pub bad: Vec<BadLine>,
    pub bad_total: u64,
    /// Whether the month was taken to come first, though no date shows it.
    pub month_first: bool,
    /// Zones that were known by their rules in the file alone, and what stands for them.
    pub by_rules: BTreeMap<String, Zone>,
}

impl Found {
    /// Rows of a table; returns those that were understood.
    pub fn rows<T>(&mut self, rows: Rows<T>) -> Vec<T> {
        let words =
            |(line, why): (u64, String)| BadLine { line, words: format!("line {line}: {why}") };
        self.bad.extend(rows.bad.into_iter().map(words));
        self.bad_total += rows.bad_total;
        self.month_first |= rows.month_first;
        rows.found
    }

    pub fn meeting(&mut self, kept: &Kept) {
        let about: &Event = &kept.about;
        let ours: Option<ItemId> = about.uid.strip_suffix(OURS).and_then(|id| id.parse().ok());
        self.ours.extend(ours);
        if ours.is_none() && kept.counts != "meeting" {
            *self.idle.entry(kept.counts).or_default() += 1;
        }
        let text = |text: &str| match text {
            "" => Value::Nothing,
            text => Value::Text(text.to_owned()),
        };
        let title = match one_line(&about.title, TITLE_MAX) {
            title if !title.is_empty() => title,
            _ if about.private => "Private".to_owned(),
            _ => "Untitled".to_owned(),
        };
        let note: String = about.note.trim().chars().take(NOTE).collect();
        self.rows.push(Incoming {
            external_id: about.uid.clone(),
            kind: Kind::Meeting,
            line: about.line,
            title,
            values: vec![
                ("on", Value::Day(kept.first)),
                ("until", kept.last.map_or(Value::Nothing, Value::Day)),
                ("at", kept.at.as_deref().map_or(Value::Nothing, text)),
                ("minutes", kept.minutes.map_or(Value::Nothing, Value::Whole)),
                ("counts", text(kept.counts)),
                ("organiser", text(&one_line(about.organiser.as_deref().unwrap_or(""), TITLE_MAX))),
                ("people", text(&about.people.join(", "))),
                ("rule", text(&one_line(kept.rule.as_deref().unwrap_or(""), TITLE_MAX))),
                ("zone", text(about.zone.name())),
                ("ical", text(&kept.text)),
                ("note", text(&note)),
            ],
            person: None,
            called: None,
            digest: String::new(),
        });
    }

    pub fn logged(&mut self, logged: &Logged, home: Zone, source: &'static str) {
        let Some(minutes) = logged.minutes else {
            self.running += 1;
            return;
        };
        let span = crate::domain::week::Span::new(logged.start, minutes);
        let said = [logged.project.as_deref(), logged.client.as_deref()];
        let words = said.into_iter().flatten().chain(logged.tags.iter().map(String::as_str));
        let mut tags: Vec<String> = words
            .map(|word| word.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("-"))
            .filter(|tag| !tag.is_empty())
            .collect();
        tags.sort();
        tags.dedup();
        let title = match one_line(&logged.title, TITLE_MAX) {
            title if !title.is_empty() => title,
            _ => one_line(logged.project.as_deref().unwrap_or("Untitled"), TITLE_MAX),
        };
        for (place, piece) in span.by_day(home).into_iter().enumerate() {
            let wall = zone::wall(piece.span.start, home);
            let at = wall.signed_duration_since(piece.day.and_time(chrono::NaiveTime::MIN));
            let part = if place == 0 { String::new() } else { format!("#{place}") };
            self.rows.push(Incoming {
                external_id: format!("{}{part}", logged.key),
                kind: Kind::Entry,
                line: logged.line,
                title: title.clone(),
                values: vec![
                    ("on", Value::Day(piece.day)),
                    ("at", Value::Text(show_clock(at.num_minutes()))),
                    ("minutes", Value::Whole(piece.span.minutes)),
                    ("source", Value::Text(source.to_owned())),
                    ("tags", Value::Tags(tags.clone())),
                ],
                person: logged.person.clone(),
                called: logged.called.clone(),
                digest: String::new(),
            });
        }
    }

    /// All was read: each row knows its calendar and whose it is, and is told from what it was.
    pub fn settle(&mut self, calendar: Option<&str>, settings: &Settings) {
        if let Some(calendar) = calendar {
            for row in &mut self.rows {
                row.values.push(("calendar", Value::Text(one_line(calendar, TITLE_MAX))));
            }
        }
        self.without_me(settings);
        for row in &mut self.rows {
            row.digest = digest(row);
        }
    }

    /// One's own time has nobody's name on it; so has that of a sheet of one person, where nobody
    /// said who sits here.
    fn without_me(&mut self, settings: &Settings) {
        let own = |person: &str| {
            let is = |other: &String| other.eq_ignore_ascii_case(person);
            settings.me.as_ref().is_some_and(|me| is(me) || is_called(person, me))
                || settings.addresses.iter().any(is)
        };
        let all: HashSet<String> = self
            .rows
            .iter()
            .filter_map(|row| row.person.as_ref())
            .map(|one| one.to_lowercase())
            .collect();
        let alone = settings.me.is_none() && settings.addresses.is_empty() && all.len() == 1;
        for row in &mut self.rows {
            let mut names = row.person.iter().chain(&row.called);
            if alone || names.any(|name| own(name)) {
                row.person = None;
            }
        }
    }

    pub fn warnings(&self) -> Vec<String> {
        let mut told = Vec::new();
        let others: HashSet<&str> =
            self.rows.iter().filter_map(|row| row.person.as_deref()).collect();
        if !others.is_empty() {
            let mut others: Vec<&str> = others.into_iter().collect();
            others.sort_unstable();
            told.push(format!("time of others, under their names: {}", others.join(", ")));
        }
        let idle: Vec<String> =
            self.idle.iter().map(|(word, count)| format!("{count} {word}")).collect();
        if !idle.is_empty() {
            told.push(format!("take no time of the week: {}", idle.join(", ")));
        }
        if self.left_out.components > 0 {
            told.push(format!("left out: {} that are no events", self.left_out.components));
        }
        if self.running > 0 {
            told.push(format!("left out: {} still running", self.running));
        }
        if self.month_first {
            let words = "dates beside AM and PM have the month first; --dates dmy says otherwise";
            told.push(words.to_owned());
        }
        for (name, zone) in self.by_rules.iter().take(MOST_ZONES) {
            let words = format!(
                "the zone “{name}” is read as {zone}, which shows the same time; --zone \"{name}=…\" says another"
            );
            told.push(words);
        }
        told
    }
}

/// Whether an address is made of the words of a name: `maya.okafor@…` is Maya Okafor.
fn is_called(address: &str, name: &str) -> bool {
    let Some((local, _)) = address.split_once('@') else { return false };
    let letters = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect()
    };
    !letters(local).is_empty() && letters(local) == letters(name)
}

fn one_line(text: &str, most: usize) -> String {
    let words: Vec<&str> =
        text.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
    let joined = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    joined.chars().take(most).collect()
}

fn digest(row: &Incoming) -> String {
    const LETTERS: usize = 32;
    let mut hash = Sha256::new();
    hash.update(&row.title);
    if let Some(person) = &row.person {
        hash.update([1]);
        hash.update(person);
    }
    for (name, value) in &row.values {
        hash.update([0]);
        hash.update(name);
        hash.update(format!("{value:?}"));
    }
    hex(&hash.finalize())[..LETTERS].to_owned()
}
