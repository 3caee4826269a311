//! The only place that writes to standard output and standard error. Data goes to the one, words
//! to the other, and somebody's text only as `Shown` or as escaped JSON.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ArgMatches;
use serde_json::Value as Json;

use crate::config::is_plain_locale;
use crate::domain::shown::{Shown, ascii, escape_json};
use crate::ops::item_json::SCHEMA;
use crate::ops::{Error, Result};

use super::misuse;

/// In which form data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    #[default]
    Human,
    /// One envelope: indented on a terminal, else one item a line within it.
    Json,
    /// One item a line, without an envelope.
    JsonLines,
    Csv,
    /// Fields between tabs, without a header.
    Plain,
}

/// What a piece of text is, for the colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Plain,
    Header,
    Late,
    Muted,
}

/// How the caller wants things to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    pub format: Format,
    colour: bool,
}

impl Look {
    #[must_use]
    pub fn plain(format: Format) -> Self {
        Self { format, colour: false }
    }

    /// Reads `--json`, `--jsonl`, `--csv`, `--plain` and `--color`.
    ///
    /// # Errors
    /// When two forms are asked for.
    pub fn read(matches: &ArgMatches) -> Result<Self> {
        let forms = [
            ("json", Format::Json),
            ("jsonl", Format::JsonLines),
            ("csv", Format::Csv),
            ("plain", Format::Plain),
        ];
        let asked: Vec<_> = forms.iter().filter(|(name, _)| matches.get_flag(name)).collect();
        if let [(first, _), (second, _), ..] = asked.as_slice() {
            return Err(misuse(format!("--{first} and --{second} do not go together")));
        }
        let format = asked.first().map_or(Format::Human, |(_, format)| *format);
        let colour = match matches.get_one::<String>("color").map(String::as_str) {
            Some("always") => true,
            Some("never") => false,
            _ => io::stdout().is_terminal() && !quiet_terminal(),
        };
        Ok(Self { format, colour })
    }
}

fn quiet_terminal() -> bool {
    crate::config::variable("NO_COLOR").is_some()
        || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Standard output and standard error.
pub struct Output {
    out: BufWriter<io::Stdout>,
    look: Look,
    terminal: bool,
    /// Whether it is a terminal that takes letters of ASCII alone; elsewhere nothing is altered.
    is_plain: bool,
    /// Items printed in the open envelope.
    items: usize,
    /// The columns of a table that has no rows.
    bare: &'static [&'static str],
    /// Those that become a table when all are there.
    rows: Vec<Json>,
    /// A write that failed on the way, to be told at the end.
    failed: Option<io::Error>,
}

impl Output {
    /// Whether colours may be used.
    #[must_use]
    pub fn is_coloured(&self) -> bool {
        self.look.colour
    }

    /// Plain words until the look is known.
    #[must_use]
    pub fn for_words() -> Self {
        let out = BufWriter::new(io::stdout());
        let terminal = io::stdout().is_terminal();
        Self {
            out,
            look: Look::default(),
            terminal,
            is_plain: terminal && is_plain_locale(),
            items: 0,
            bare: &[],
            rows: Vec::new(),
            failed: None,
        }
    }

    pub fn look(&mut self, look: Look) {
        self.look = look;
    }

    #[must_use]
    pub fn format(&self) -> Format {
        self.look.format
    }

    #[must_use]
    pub fn is_human(&self) -> bool {
        self.look.format == Format::Human
    }

    /// Columns of the terminal; `None` when the output goes elsewhere.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        if !self.terminal {
            return None;
        }
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let size = || rustix::termios::tcgetwinsize(io::stdout()).ok();
        let width = asked.or_else(|| size().map(|size| usize::from(size.ws_col)));
        Some(width.filter(|width| *width > 0).unwrap_or(80))
    }

    /// One line of data.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn line(&mut self, text: &str) -> Result<()> {
        let shown = Shown::line(text);
        self.put(shown.as_str())?;
        self.put("\n")
    }

    /// One line of pieces.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn pieces(&mut self, pieces: &[(Role, Shown)]) -> Result<()> {
        for (role, text) in pieces {
            let code = match role {
                Role::Plain => "",
                Role::Header => "1",
                Role::Late => "31",
                Role::Muted => "2",
            };
            let blank = text.as_str().trim().is_empty();
            if self.look.colour && !code.is_empty() && !blank {
                self.put(&format!("\x1b[{code}m{text}\x1b[0m"))?;
            } else {
                self.put(text.as_str())?;
            }
        }
        self.put("\n")
    }

    /// The names of the columns, which only CSV shows.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn columns(&mut self, names: &[&str]) -> Result<()> {
        match self.look.format {
            Format::Csv => self.record(&super::csv::plain(names)),
            _ => Ok(()),
        }
    }

    /// Fields between tabs, or as a line of CSV.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn fields(&mut self, fields: &[String]) -> Result<()> {
        if self.look.format == Format::Csv {
            return self.record(&super::csv::plain(fields));
        }
        let shown: Vec<String> = fields.iter().map(|field| Shown::line(field).into()).collect();
        self.put(&shown.join("\t"))?;
        self.put("\n")
    }

    /// A text that the program itself made: help, the manual, a script. Never data.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn own_text(&mut self, text: &str) -> Result<()> {
        self.put(text)
    }

    /// Lines of CSV, whose cells the writer of CSV has made safe.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn record(&mut self, record: &super::csv::Record) -> Result<()> {
        self.put(record.as_str())
    }

    /// Opens the envelope of a kind of thing; without effect in other forms.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn open(&mut self, kind: &str) -> Result<()> {
        self.items = 0;
        match (self.look.format, self.terminal) {
            (Format::Json, true) => {
                let head =
                    format!("{{\n  \"schema\": {SCHEMA},\n  \"kind\": \"{kind}\",\n  \"items\": [");
                self.put(&head)
            }
            (Format::Json, false) => {
                self.put(&format!("{{\"schema\":{SCHEMA},\"kind\":\"{kind}\",\"items\":["))
            }
            _ => Ok(()),
        }
    }

    /// The columns that the items have, for a table of none; said before the first.
    pub fn bare(&mut self, names: &'static [&'static str]) {
        self.bare = names;
    }

    /// One item within the envelope, or one line.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn item(&mut self, item: &Json) -> Result<()> {
        if matches!(self.look.format, Format::Csv | Format::Plain) {
            self.rows.push(item.clone());
            return Ok(());
        }
        let comma = if self.items > 0 { "," } else { "" };
        self.items += 1;
        let text = match (self.look.format, self.terminal) {
            (Format::JsonLines, _) => format!("{item}\n"),
            (_, false) => format!("{comma}\n{item}"),
            (_, true) => {
                let pretty = serde_json::to_string_pretty(item).unwrap_or_default();
                format!("{comma}\n    {}", pretty.replace('\n', "\n    "))
            }
        };
        let safe = escape_json(&text).into_owned();
        self.put(&safe)
    }

    /// Closes the envelope.
    ///
    /// # Errors
    /// When standard output cannot be written.
    pub fn close(&mut self) -> Result<()> {
        match (self.look.format, self.terminal, self.items) {
            (Format::Json, true, 1..) => self.put("\n  ]\n}\n"),
            (Format::Json, false, 1..) => self.put("\n]}\n"),
            (Format::Json, true, 0) => self.put("]\n}\n"),
            (Format::Json, false, 0) => self.put("]}\n"),
            _ => self.table(),
        }
    }

    /// Items that have no columns of their own as a table: a column for each name that one of them
    /// has, and lists as JSON.
    fn table(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let bare = std::mem::take(&mut self.bare);
        let mut names: Vec<&str> = if rows.is_empty() { bare.to_vec() } else { Vec::new() };
        for name in rows.iter().filter_map(Json::as_object).flat_map(|row| row.keys()) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            self.columns(&names)?;
        }
        for row in &rows {
            let cells: Vec<String> = names
                .iter()
                .map(|name| match row.get(name) {
                    None | Some(Json::Null) => String::new(),
                    Some(Json::String(text)) => text.clone(),
                    Some(other) => other.to_string(),
                })
                .collect();
            self.fields(&cells)?;
        }
        Ok(())
    }

    /// Words for the person, on standard error. That nobody can read them is no reason to fail.
    pub fn say(&mut self, text: &str) {
        self.flush();
        let _ = writeln!(io::stderr(), "{}", words(text));
    }

    /// The same from where nothing is printed yet.
    pub fn aside(text: &str) {
        let _ = writeln!(io::stderr(), "{}", words(text));
    }

    /// A question on standard error, without a line break.
    pub fn ask(&mut self, text: &str) {
        self.flush();
        let _ = write!(io::stderr(), "{} ", words(text));
    }

    fn flush(&mut self) {
        if let Err(error) = self.out.flush() {
            self.failed.get_or_insert(error);
        }
    }

    /// Writes what is held back.
    ///
    /// # Errors
    /// When standard output could not be written.
    pub fn finish(&mut self) -> Result<()> {
        self.table()?;
        self.flush();
        self.failed.take().map_or(Ok(()), |error| Err(Error::Output(error)))
    }

    fn put(&mut self, text: &str) -> Result<()> {
        let is_read = matches!(self.look.format, Format::Human | Format::Plain);
        let text = if self.is_plain && is_read { ascii(text) } else { text.into() };
        self.out.write_all(text.as_bytes()).map_err(Error::Output)
    }
}

/// Words as standard error takes them.
fn words(text: &str) -> String {
    let shown = Shown::line(text);
    if is_plain_locale() && io::stderr().is_terminal() {
        ascii(shown.as_str()).into_owned()
    } else {
        shown.to_string()
    }
}

/// How far a long command is, in per cent, on one line of standard error.
pub fn progress(done: u64) {
    let _ = write!(io::stderr(), "\r{done:>3} %");
}

/// Takes the line of the progress away.
pub fn progress_end() {
    let _ = write!(io::stderr(), "\r     \r");
}
