//! Which character stands between the cells, and which row is the header.

use std::fmt;
use std::str::FromStr;

use super::caps;
use super::names::normal;
use super::read_error::ReadError;
use super::record::Record;
use super::records::Records;

/// The characters that exporters put between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    Comma,
    Semicolon,
    Tab,
}

impl Delimiter {
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The word for messages and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }
    }

    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Delimiter {
    type Err = ReadError;

    /// Reads the character itself, `\t`, or the word.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        match text {
            "," | "comma" => Ok(Self::Comma),
            ";" | "semicolon" => Ok(Self::Semicolon),
            "\t" | "\\t" | "tab" => Ok(Self::Tab),
            _ => Err(ReadError::UnknownWord {
                what: "delimiter",
                name: text.to_owned(),
                candidates: Self::ALL.map(|delimiter| delimiter.name().to_owned()).to_vec(),
            }),
        }
    }
}

/// Says how much the cells look like a header: the number of names that are known.
pub type Score<'a> = &'a dyn Fn(&[&str]) -> usize;

/// How the table lies in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub delimiter: Delimiter,
    /// Names of the columns, trimmed.
    pub header: Vec<String>,
    pub header_line: u64,
}

/// What one delimiter makes of the first rows; the greatest of them wins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    score: usize,
    /// Rows of the usual width, when that is more than one cell.
    regular: usize,
    width: usize,
}

/// Finds delimiter and header in the first rows. A line `sep=;` settles the delimiter; a
/// wanted one is taken as it is.
///
/// # Errors
/// When the text is malformed or holds no row at all.
pub fn find(
    records: &mut Records,
    wanted: Option<Delimiter>,
    score: Score<'_>,
) -> Result<Layout, ReadError> {
    let mut best: Option<(Reading, Layout)> = None;
    let mut refusal = None;
    for delimiter in candidates(records, wanted)? {
        let rows = match sample(records, delimiter) {
            Ok(rows) => rows,
            Err(error) => {
                refusal.get_or_insert(error);
                continue;
            }
        };
        let Some((reading, layout)) = judge(&rows, delimiter, score) else {
            continue;
        };
        if best.as_ref().is_none_or(|(other, _)| reading > *other) {
            best = Some((reading, layout));
        }
    }
    match (best, refusal) {
        (Some((reading, layout)), refusal) if refusal.is_none() || reading.score > 0 => Ok(layout),
        (_, Some(refusal)) => Err(refusal),
        (Some((_, layout)), None) => Ok(layout),
        (None, None) => Err(ReadError::Empty),
    }
}

fn candidates(
    records: &mut Records,
    wanted: Option<Delimiter>,
) -> Result<Vec<Delimiter>, ReadError> {
    if let Some(wanted) = wanted {
        return Ok(vec![wanted]);
    }
    // NUL as delimiter makes the whole first line one cell.
    records.restart(0)?;
    let mut first = Record::default();
    let announced = match records.read(&mut first) {
        Ok(true) => separator(first.get(0).unwrap_or("")),
        Ok(false) | Err(_) => None,
    };
    Ok(announced.map_or_else(|| Delimiter::ALL.to_vec(), |delimiter| vec![delimiter]))
}

/// The delimiter that a line such as `sep=;` announces.
fn separator(line: &str) -> Option<Delimiter> {
    let line = line.trim_matches(['"', ' ', '\r']);
    let announced = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    announced.parse().ok()
}

/// The first rows that are not blank, as far as the search goes.
fn sample(records: &mut Records, delimiter: Delimiter) -> Result<Vec<Record>, ReadError> {
    records.restart(delimiter.byte())?;
    let mut rows = Vec::new();
    let mut bytes = 0;
    let mut record = Record::default();
    while rows.len() < caps::SNIFF_RECORDS && bytes < caps::SNIFF_BYTES {
        if !records.read(&mut record)? {
            break;
        }
        bytes += record.bytes();
        let announces = record.line() == 1 && is_separator_line(&record);
        if !record.is_blank() && !announces {
            rows.push(record.clone());
        }
    }
    Ok(rows)
}

/// `sep=;` read with its own delimiter is `sep=` and an empty cell.
fn is_separator_line(record: &Record) -> bool {
    let first = record.get(0).unwrap_or("").to_ascii_lowercase();
    first == "sep=" || separator(&first).is_some()
}

fn judge(rows: &[Record], delimiter: Delimiter, score: Score<'_>) -> Option<(Reading, Layout)> {
    let (points, row) = header_row(rows, score)?;
    let (width, regular) = usual_width(rows);
    let regular = if width > 1 { regular } else { 0 };
    let mut header: Vec<String> = row.cells().map(clean).collect();
    while header.len() > 1 && header.last().is_some_and(String::is_empty) {
        header.pop();
    }
    let layout = Layout { delimiter, header, header_line: row.line() };
    Some((Reading { score: points, regular, width }, layout))
}

/// The row that scores best among the first lines, the first one among equals.
fn header_row<'a>(rows: &'a [Record], score: Score<'_>) -> Option<(usize, &'a Record)> {
    let mut best: Option<(usize, &Record)> = None;
    for row in rows.iter().filter(|row| row.line() <= caps::HEADER_LINES) {
        let points = scored(row, score);
        if best.is_none_or(|(most, _)| points > most) {
            best = Some((points, row));
        }
    }
    best
}

fn scored(row: &Record, score: Score<'_>) -> usize {
    let cells: Vec<&str> = row.cells().collect();
    score(&cells)
}

/// The most frequent width, the greater one among equals, and how many rows have it.
fn usual_width(rows: &[Record]) -> (usize, usize) {
    let mut widths: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match widths.iter_mut().find(|(width, _)| *width == row.len()) {
            Some((_, count)) => *count += 1,
            None => widths.push((row.len(), 1)),
        }
    }
    widths.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or((0, 0))
}

/// A name of a column without white space, quotes and marks around it.
fn clean(cell: &str) -> String {
    let trimmed = cell.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{FEFF}');
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A score that knows no names: any row of several different, short cells will do.
#[must_use]
pub fn any_header(cells: &[&str]) -> usize {
    let mut names: Vec<String> = cells.iter().map(|cell| normal(cell)).collect();
    names.retain(|name| !name.is_empty());
    let all = names.len();
    names.sort();
    names.dedup();
    if names.len() == all { all } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_may_announce_the_delimiter() {
        assert_eq!(separator("sep=;"), Some(Delimiter::Semicolon));
        assert_eq!(separator("\"sep=,\""), Some(Delimiter::Comma));
        assert_eq!(separator("sep=\t"), Some(Delimiter::Tab));
        assert_eq!(separator("sep"), None);
    }

    #[test]
    fn words_and_characters_name_a_delimiter() {
        for delimiter in Delimiter::ALL {
            assert_eq!(delimiter.name().parse::<Delimiter>().unwrap(), delimiter);
        }
        assert!("|".parse::<Delimiter>().is_err());
    }
}
