//! The most that prewire takes from a file that somebody else made. Every number here has a
//! test at the cap and one past it; what is over a cap is refused whole, never cut.

/// Bytes of any file to import: 256 MiB.
pub const FILE_BYTES: u64 = 256 * 1024 * 1024;
/// Bytes of a JSON file, which is held in memory: 64 MiB.
pub const JSON_BYTES: u64 = 64 * 1024 * 1024;
/// Rows of a table below its header, blank ones not counted.
pub const ROWS: u64 = 1_000_000;
/// Rows of a backlog: as many as are brought in within the ten seconds that any file may take. No
/// backlog of people is longer.
pub const BACKLOG_ROWS: u64 = 200_000;
/// Cells of one row.
pub const COLUMNS: usize = 2_000;
/// Bytes of one cell: 1 MiB.
pub const CELL_BYTES: usize = 1024 * 1024;
/// Bytes of all cells of one row: 4 MiB.
pub const ROW_BYTES: usize = 4 * 1024 * 1024;
/// Arrays and objects of JSON inside one another.
pub const JSON_DEPTH: usize = 64;
/// Members of a list of items in JSON: cards, actions.
pub const JSON_ITEMS: usize = 50_000;
/// Members of a list inside one item of JSON: its labels, its people.
pub const JSON_PARTS: usize = 50;
/// Characters of a cell that is a list of names.
pub const LIST_CHARACTERS: usize = 20_000;
/// Physical lines among which the header row is looked for.
pub const HEADER_LINES: u64 = 20;
/// Records that are read to find out the delimiter.
pub const SNIFF_RECORDS: usize = 50;
/// Bytes of text after which the search for the delimiter stops early.
pub const SNIFF_BYTES: usize = 1024 * 1024;
/// Rows after which the search for the order of day and month stops, unless it is in doubt.
pub const DATE_ROWS: u64 = 2_000;

/// Bytes of a calendar file, which is held in memory: 10 MiB.
pub const ICS_BYTES: u64 = 10 * 1024 * 1024;
/// Bytes of one line of a calendar, put together again: 64 KiB.
pub const ICS_LINE_BYTES: usize = 64 * 1024;
/// Events of a calendar file, before any recurs.
pub const ICS_EVENTS: usize = 20_000;
/// Components of a calendar inside one another.
pub const ICS_DEPTH: usize = 8;
/// Times that a rule may say an event happens.
pub const ICS_COUNT: u32 = 10_000;
/// Instances of one event within the window.
pub const ICS_INSTANCES: usize = 5_000;
/// Instances of all events of a file within the window.
pub const ICS_ALL_INSTANCES: usize = 100_000;
/// Days that an event with times may last in one go: leave of a year, put in with its hours.
pub const ICS_DAYS: i64 = 366;
/// Days that each time of an event may last that recurs more often than once in a year; every day,
/// a week: more lies upon itself so deep that nobody meant it.
pub const ICS_RECURRING_DAYS: i64 = 31;
pub const ICS_DAILY_DAYS: i64 = 7;
/// Days that the rules of one file may look at: well below a second of work.
pub const ICS_STEPS: u64 = 10_000_000;
/// Entries of a file of logged time.
pub const TIME_ENTRIES: usize = 200_000;
/// Figures of one file of metrics, whichever way it lies.
pub const FIGURES: usize = 1_000_000;
