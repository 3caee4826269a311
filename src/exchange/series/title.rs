//! What stands above the header: the title of a chart, and whether the header's first cell begins
//! with the tab that Amplitude writes.

use std::path::Path;

use crate::exchange::caps;
use crate::exchange::decode::Text;
use crate::exchange::input::Input;
use crate::exchange::read_error::ReadError;
use crate::exchange::record::Record;
use crate::exchange::records::Records;
use crate::exchange::table::Table;

/// The lines above a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Title {
    /// Those that are not blank, each as its cells in a row.
    pub lines: Vec<String>,
    pub tab: Tab,
}

/// How the header's first cell begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Tab {
    #[default]
    None,
    Leading,
}

/// # Errors
/// When the file can no longer be read.
pub(super) fn read(path: &Path, table: &Table) -> Result<Title, ReadError> {
    let input = Input::open(path, caps::FILE_BYTES)?;
    let mut records = Records::new(Text::new(input, table.encoding()), table.delimiter().byte());
    let mut title = Title::default();
    let mut record = Record::default();
    while records.read(&mut record)? {
        if record.line() >= table.header_line() {
            let first = record.get(0).unwrap_or("");
            title.tab = if first.starts_with('\t') { Tab::Leading } else { Tab::None };
            break;
        }
        let cells: Vec<&str> =
            record.cells().map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let line = cells.join(", ");
        if !line.is_empty() && !line.to_lowercase().starts_with("sep=") {
            title.lines.push(line);
        }
    }
    Ok(title)
}
