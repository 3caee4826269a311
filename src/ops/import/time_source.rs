//! A calendar or a time sheet, opened: each event and each stretch of logged time as the fields of
//! the item that it becomes. Which of them are new is not known here.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use crate::domain::zone::Zone;

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::exchange::calendar_csv;
use crate::exchange::event::TimeError;
use crate::exchange::ics::{self, KeptReading, Wanted};
use crate::exchange::input::Input;
use crate::exchange::read_error::ReadError;
use crate::exchange::time_file::{self, TimeFile};
use crate::exchange::{caps, timewarrior, toggl};

use super::super::error::{Error, Result};
use super::super::mine;
use super::super::workspace::{Settings, Workspace};
use super::found::Found;
use super::time_rows::GONE;
use super::{BadLine, ImportRequest, refused, time_folder, zones};

/// Behind the id of a block, in the uid under which it is exported.
pub const OURS: &str = "@prewire";
/// Before the name of a calendar, where it is remembered what came from it.
const CALENDAR: &str = "calendar:";
/// Bytes of all files of a folder.
const FOLDER_BYTES: u64 = 64 * 1024 * 1024;

/// Zones whose answer is spelt out.
const FEW: usize = 3;

/// What becomes an item.
pub(super) struct Incoming {
    pub external_id: String,
    pub kind: Kind,
    pub line: u64,
    pub title: String,
    pub values: Vec<(&'static str, Value)>,
    /// Whose time it is, when it is somebody else's: an address or a name.
    pub person: Option<String>,
    /// The name beside that address.
    pub called: Option<String>,
    /// What it said, so that the next import knows what changed.
    pub digest: String,
}

/// An opened calendar or sheet.
pub(super) struct TimeSource {
    /// The file's name, without its folder.
    pub name: String,
    /// What it is, for people.
    pub label: String,
    pub namespace: String,
    pub rows: Vec<Incoming>,
    /// Whether what it has no more goes: a calendar is whole, a sheet is a piece of time.
    pub is_whole: bool,
    /// Whether it is read under a name of its own whenever it changes.
    pub is_watched: bool,
    pub warnings: Vec<String>,
    /// Rows that cannot be read, the first of them in words.
    pub bad: Vec<BadLine>,
    pub bad_total: u64,
    /// Blocks of this workspace that came back.
    pub ours: Vec<ItemId>,
    /// Answers about zones that are new, to be kept.
    pub answers: Option<String>,
}

/// What all readings need.
struct Reader<'a> {
    home: Zone,
    me: &'a [String],
    zones: BTreeMap<String, Zone>,
    dates: Option<crate::exchange::dates::DayOrder>,
}

impl TimeSource {
    /// `None` when the file is neither a calendar nor a time sheet.
    ///
    /// # Errors
    /// A refusal with the line of what cannot be read, or with the zones that nobody knows.
    pub fn open(workspace: &Workspace, request: &ImportRequest) -> Result<Option<Self>> {
        let path = &request.path;
        let mut zones = zones::known(workspace)?;
        let before = zones.len();
        zones.extend(request.zones.iter().cloned());
        let answers =
            (zones.len() > before || !request.zones.is_empty()).then(|| zones::written(&zones));
        let settings = workspace.settings();
        let me = own_addresses(workspace)?;
        let reader = Reader { home: settings.zone, me: &me, zones, dates: request.dates };
        let mut found = Found::default();
        let name = base_name(path);
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let (label, source) = if path.is_dir() {
            let Some(files) = time_folder::files(path)? else { return Ok(None) };
            folder(&reader, &files, &mut found)?;
            let named = std::fs::read_to_string(path.join("displayname")).ok();
            found.calendar =
                named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
            ("a folder of calendar files".to_owned(), TimeFile::Ics)
        } else {
            let opened = match time_file::open(path) {
                Ok(opened) => opened,
                // Whoever reads backlogs says it in their words.
                Err(TimeError::File(ReadError::Io(_) | ReadError::NotAFile(_))) => None,
                Err(error) => return Err(refuse(path, &error)),
            };
            let Some((kind, input)) = opened else { return Ok(None) };
            one(&reader, kind, input, &mut found).map_err(|error| match error {
                Stop::Time(error) => refuse(path, &error),
                Stop::Refused(error) => error,
            })?;
            let label = match kind {
                TimeFile::Ics => "a calendar",
                TimeFile::CalendarCsv => "a calendar as CSV",
                TimeFile::Toggl => "Toggl",
                TimeFile::Timewarrior => "Timewarrior",
            };
            (label.to_owned(), kind)
        };
        let is_whole = matches!(source, TimeFile::Ics | TimeFile::CalendarCsv);
        let named = request.calendar.clone().or_else(|| found.calendar.clone());
        let calendar = match named {
            Some(named) => named,
            None if is_whole => {
                let stem = stem.unwrap_or_else(|| name.clone());
                known_as(workspace, &found.rows, &stem)?.unwrap_or(stem)
            }
            None => stem.unwrap_or_else(|| name.clone()),
        };
        let calendar = if is_whole && request.calendar.is_none() {
            apart(workspace, calendar)?
        } else {
            calendar
        };
        let namespace =
            if is_whole { format!("{CALENDAR}{calendar}") } else { source.slug().to_owned() };
        found.settle(is_whole.then_some(calendar.as_str()), settings);
        let warnings = found.warnings();
        let Found { rows, ours, bad, bad_total, .. } = found;
        let is_watched = request.calendar.is_some();
        Ok(Some(Self {
            name,
            label,
            namespace,
            rows,
            is_whole,
            is_watched,
            warnings,
            bad,
            bad_total,
            ours,
            answers,
        }))
    }
}

impl TimeSource {
    /// A calendar out of its text, under a name of its own.
    ///
    /// # Errors
    /// A text that is no calendar, or that names a zone which nobody knows.
    pub fn of_text(text: &str, name: &str, settings: &Settings) -> Result<Self> {
        let reader = Reader {
            home: settings.zone,
            me: &settings.addresses,
            zones: BTreeMap::new(),
            dates: None,
        };
        let mut found = Found::default();
        calendar(&reader, text, &mut found).map_err(|error| match error {
            Stop::Time(error) => refuse(Path::new(name), &error),
            Stop::Refused(error) => error,
        })?;
        found.settle(Some(name), settings);
        Ok(Self {
            name: name.to_owned(),
            label: "a calendar".to_owned(),
            namespace: format!("{CALENDAR}{name}"),
            warnings: found.warnings(),
            rows: found.rows,
            is_whole: true,
            is_watched: false,
            bad: found.bad,
            bad_total: found.bad_total,
            ours: found.ours,
            answers: None,
        })
    }
}

/// The addresses of whoever sits here: as configured, and as they stand on them in the workspace.
fn own_addresses(workspace: &Workspace) -> Result<Vec<String>> {
    let mut all = workspace.settings().addresses.clone();
    if let Some(id) = mine::me(&workspace.store, workspace.settings())?
        && let Some(me) = workspace.store.item(id)?
    {
        all.extend(Some(me.text("email").trim().to_owned()).filter(|email| email.contains('@')));
    }
    Ok(all)
}

/// The calendar that a file without a name of its own is: one that holds just these events, under
/// whatever name the file was then, or one whose name only lacks the number of a download.
fn known_as(workspace: &Workspace, rows: &[Incoming], stem: &str) -> Result<Option<String>> {
    let here: HashSet<&str> = rows.iter().map(|row| row.external_id.as_str()).collect();
    let sources = workspace.store.sources(CALENDAR)?;
    if here.is_empty() || sources.iter().any(|source| source[CALENDAR.len()..] == *stem) {
        return Ok(None);
    }
    let plain = stem.rsplit_once('(').filter(|(_, number)| {
        let digits = number.trim_end_matches(')');
        number.ends_with(')') && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let plain = plain.map(|(plain, _)| plain.trim_end());
    for source in sources {
        let earlier = workspace.store.origins_from(&source)?;
        let mut known = earlier.iter().filter(|row| row.digest != GONE);
        let name = &source[CALENDAR.len()..];
        let is_it = if plain == Some(name) {
            known.any(|row| here.contains(row.external_id.as_str()))
        } else {
            let known: HashSet<&str> = known.map(|row| row.external_id.as_str()).collect();
            known == here
        };
        if is_it {
            return Ok(Some(name.to_owned()));
        }
    }
    Ok(None)
}

/// The name of a calendar apart from that of somebody else who let theirs in under the same: what
/// both were asked to stands in both.
fn apart(workspace: &Workspace, calendar: String) -> Result<String> {
    let Some(name) = workspace.settings().me.as_deref() else { return Ok(calendar) };
    let rows = workspace.store.origins_from(&format!("{CALENDAR}{calendar}"))?;
    let Some(first) = rows.first() else { return Ok(calendar) };
    let author = workspace.store.item(first.item)?.map(|item| item.author).unwrap_or_default();
    let is_theirs = mine::is_me(&workspace.store, workspace.settings(), &author)? == Some(false);
    Ok(if is_theirs { format!("{calendar} ({name})") } else { calendar })
}

/// Why a file is not read.
enum Stop {
    Time(TimeError),
    Refused(Error),
}

impl From<TimeError> for Stop {
    fn from(error: TimeError) -> Self {
        Self::Time(error)
    }
}

fn one(
    reader: &Reader<'_>,
    kind: TimeFile,
    input: Input,
    found: &mut Found,
) -> std::result::Result<(), Stop> {
    match kind {
        TimeFile::Ics => {
            let text = ics::text_of(input)?;
            let name = calendar(reader, &text, found)?;
            found.calendar = name;
        }
        TimeFile::CalendarCsv => {
            let reading =
                calendar_csv::Reading { home: reader.home, order: reader.dates, me: reader.me };
            for event in found.rows(calendar_csv::read(input, &reading)?) {
                found.meeting(&ics::of_event(&event));
            }
        }
        TimeFile::Toggl => {
            for logged in found.rows(toggl::read(input, reader.home, reader.dates)?) {
                found.logged(&logged, reader.home, "toggl");
            }
        }
        TimeFile::Timewarrior => {
            for logged in found.rows(timewarrior::read(input)?) {
                found.logged(&logged, reader.home, "timewarrior");
            }
        }
    }
    Ok(())
}

fn calendar(
    reader: &Reader<'_>,
    text: &str,
    found: &mut Found,
) -> std::result::Result<Option<String>, Stop> {
    let day = chrono::NaiveDate::default();
    let wanted =
        Wanted { from: day, to: day, home: reader.home, me: reader.me, zones: &reader.zones };
    match ics::keep(text, &wanted)? {
        KeptReading::Asks(questions) => {
            let names: Vec<String> = questions
                .iter()
                .map(|question| format!("line {}: {}", question.line, question.words()))
                .collect();
            let home = Some(reader.home).filter(|home| *home != Zone::UTC);
            let said = questions.iter().take(FEW).map(|question| {
                let zone = ics::nearest_zone(&question.name).or(home);
                format!("--zone \"{}={}\"", question.name, zone.map_or("Europe/Berlin", Zone::name))
            });
            let said = said.collect::<Vec<_>>().join(" ");
            let mut refusal = Refusal::input(names.join("; "))
                .hint(format!("nothing was imported; say it once with {said}"));
            refusal.choices = questions.into_iter().map(|question| question.name).collect();
            Err(Stop::Refused(refusal.into()))
        }
        KeptReading::Calendar { name, events, left_out, by_rules } => {
            found.by_rules.extend(by_rules);
            for kept in &events {
                found.meeting(kept);
            }
            found.left_out.components += left_out.components;
            found.left_out.attachments += left_out.attachments;
            Ok(name)
        }
    }
}

fn folder(reader: &Reader<'_>, files: &[PathBuf], found: &mut Found) -> Result<()> {
    let mut bytes = 0;
    for path in files {
        let input =
            Input::open(path, caps::ICS_BYTES).map_err(|error| refused::file(path, error))?;
        bytes += input.length();
        if bytes > FOLDER_BYTES {
            let most = FOLDER_BYTES / (1024 * 1024);
            let what = format!("the files of this folder have more than {most} MiB");
            return Err(Refusal::input(what).into());
        }
        let text = ics::text_of(input).map_err(|error| refuse(path, &error))?;
        calendar(reader, &text, found).map_err(|error| match error {
            Stop::Time(error) => refuse(path, &error),
            Stop::Refused(error) => error,
        })?;
    }
    // The same event in two files is one.
    let mut seen = HashSet::new();
    found.rows.reverse();
    found.rows.retain(|row| seen.insert(row.external_id.clone()));
    found.rows.reverse();
    Ok(())
}

fn base_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn refuse(path: &Path, error: &TimeError) -> Error {
    let what = format!("{}: {error}", base_name(path));
    let hint = error.hint().unwrap_or_else(|| "nothing was imported".to_owned());
    Refusal::input(what).hint(hint).into()
}
