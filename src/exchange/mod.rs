//! Files in and out. Everything here turns bytes into rows or rows into bytes; it knows no
//! workspace, no clock and no screen, and nothing that it reads is ever executed or fetched.

pub mod backlog;
pub mod bundle;
pub mod calendar_csv;
pub mod caps;
pub mod chart_svg;
pub mod chips;
pub mod csv_out;
pub mod dates;
pub mod deals;
pub mod decode;
pub mod delimiter;
pub mod encoding;
pub mod event;
pub mod html;
pub mod html_page;
pub mod ics;
pub mod input;
pub mod instant;
pub mod json;
pub mod madr;
pub mod markdown;
pub mod names;
pub mod numbers;
pub mod output;
pub mod page;
pub mod read_error;
pub mod record;
pub mod records;
pub mod series;
pub mod table;
pub mod time_file;
pub mod timewarrior;
pub mod toggl;
pub mod votes;
pub mod wall_time;
