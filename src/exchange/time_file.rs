//! Which kind of calendar or time sheet a file is, told by what is in it; only `.ics` is a name that nothing else has.

use std::io::Read;
use std::path::Path;

use super::calendar_csv;
use super::caps;
use super::event::TimeError;
use super::input::Input;
use super::json;
use super::read_error::ReadError;
use super::table::{ReadOptions, Table};
use super::timewarrior;
use super::toggl;

/// The files of events and of logged time that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFile {
    Ics,
    CalendarCsv,
    Toggl,
    Timewarrior,
}

impl TimeFile {
    pub const ALL: [Self; 4] = [Self::Ics, Self::CalendarCsv, Self::Toggl, Self::Timewarrior];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Ics => "ics",
            Self::CalendarCsv => "calendar-csv",
            Self::Toggl => "toggl",
            Self::Timewarrior => "timewarrior",
        }
    }

    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.slug() == slug)
    }

    /// Most bytes of such a file.
    #[must_use]
    pub fn most_bytes(self) -> u64 {
        match self {
            Self::Ics => caps::ICS_BYTES,
            Self::CalendarCsv | Self::Toggl => caps::FILE_BYTES,
            Self::Timewarrior => caps::JSON_BYTES,
        }
    }
}

/// Opens the file and tells what it is; `None` when it is none of them. The file stands at its
/// first byte.
///
/// # Errors
/// When it cannot be read, or is larger than what it seems to be may be.
pub fn open(path: &Path) -> Result<Option<(TimeFile, Input)>, TimeError> {
    let mut input = Input::open(path, caps::FILE_BYTES)?;
    let Some(found) = tell(&mut input, path)? else {
        return Ok(None);
    };
    if input.length() > found.most_bytes() {
        let most = found.most_bytes() / (1024 * 1024);
        return Err(ReadError::TooLarge { name: path.display().to_string(), most }.into());
    }
    Ok(Some((found, input)))
}

fn tell(input: &mut Input, path: &Path) -> Result<Option<TimeFile>, TimeError> {
    const BEGINNING: usize = 4_096;
    let mut start = vec![0; BEGINNING];
    let mut filled = 0;
    while filled < BEGINNING {
        match input.read(&mut start[filled..]).map_err(ReadError::from)? {
            0 => break,
            count => filled += count,
        }
    }
    input.rewind()?;
    // Zeros go, so that UTF-16 looks like its letters.
    start.truncate(filled);
    start.retain(|byte| *byte != 0);
    let text = String::from_utf8_lossy(&start);
    let text = text.trim_start_matches(['\u{FEFF}', '\u{FFFD}']).trim_start();
    if text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Ok(Some(TimeFile::Ics));
    }
    // Whoever calls it a calendar is told what is wrong with it as one.
    if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("ics")) {
        return Ok(Some(TimeFile::Ics));
    }
    if json::looks_like_json(input)? {
        return Ok(timewarrior::is_sheet(text).then_some(TimeFile::Timewarrior));
    }
    let score = |cells: &[&str]| calendar_csv::score(cells).max(toggl::score(cells));
    let options = ReadOptions { score: &score, ..ReadOptions::default() };
    let second = Input::open(path, caps::FILE_BYTES)?;
    let Ok(table) = Table::from_input(second, &options) else {
        return Ok(None);
    };
    Ok(if calendar_csv::is_header(table.header()) {
        Some(TimeFile::CalendarCsv)
    } else if toggl::is_header(table.header()) {
        Some(TimeFile::Toggl)
    } else {
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> Option<&'static str> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        open(file.path()).unwrap().map(|(found, _)| found.slug())
    }

    #[test]
    fn a_file_is_known_by_what_is_in_it() {
        assert_eq!(kind(b"\xEF\xBB\xBF\r\nbegin:vcalendar\r\n"), Some("ics"));
        let mut wide = b"\xFF\xFE".to_vec();
        wide.extend("BEGIN:VCALENDAR\r\n".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(kind(&wide), Some("ics"));
        assert_eq!(
            kind(b"Subject,Start Date,Start Time,End Date\nx,1,2,3\n"),
            Some("calendar-csv")
        );
        let toggl = b"User,Email,Description,Start date,Start time,End date,End time,Duration\n";
        assert_eq!(kind(toggl), Some("toggl"));
        assert_eq!(kind(b"[\n{\"id\":1, \"start\" : \"20260504T070000Z\"}]"), Some("timewarrior"));
        assert_eq!(kind(b"[{\"name\":\"x\"}]"), None);
        assert_eq!(kind(b"Name,Status,Owner,Due\nx,y,z,\n"), None);
        assert_eq!(kind(b""), None);
        for file in TimeFile::ALL {
            assert_eq!(TimeFile::from_slug(file.slug()), Some(file));
        }
    }

    #[test]
    fn a_calendar_may_be_ten_mebibytes() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "BEGIN:VCALENDAR\r\n").unwrap();
        file.as_file().set_len(caps::ICS_BYTES).unwrap();
        assert!(open(file.path()).is_ok());
        file.as_file().set_len(caps::ICS_BYTES + 1).unwrap();
        assert!(open(file.path()).unwrap_err().to_string().ends_with("has more than 10 MiB"));
    }
}
