//! A delimited file as a table: encoding, delimiter and header are found, blank and total rows
//! are left out, and rows stream by one at a time. What the columns mean is not known here.

use std::path::Path;

use super::caps;
use super::dates;
use super::decode::Text;
use super::delimiter::{self, Delimiter, Layout, Score};
use super::encoding::{self, Encoding};
use super::input::{Input, Progress};
use super::read_error::ReadError;
use super::record::Record;
use super::records::Records;

/// What the caller knows better than the file shows.
#[derive(Clone, Copy)]
pub struct ReadOptions<'a> {
    pub encoding: Option<Encoding>,
    pub delimiter: Option<Delimiter>,
    /// Tells a header row from others; the best score within the first lines wins.
    pub score: Score<'a>,
}

impl Default for ReadOptions<'_> {
    fn default() -> Self {
        Self { encoding: None, delimiter: None, score: &delimiter::any_header }
    }
}

impl std::fmt::Debug for ReadOptions<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("ReadOptions")
            .field("encoding", &self.encoding)
            .field("delimiter", &self.delimiter)
            .finish_non_exhaustive()
    }
}

/// An open table, standing before its next row.
#[derive(Debug)]
pub struct Table {
    records: Records,
    layout: Layout,
    sha256: String,
    record: Record,
    rows: u64,
    left_out: u64,
}

impl Table {
    /// Opens the file and finds encoding, delimiter and header.
    ///
    /// # Errors
    /// When the file cannot be read safely, is no text, or holds no row.
    pub fn open(path: &Path, options: &ReadOptions<'_>) -> Result<Self, ReadError> {
        Self::from_input(Input::open(path, caps::FILE_BYTES)?, options)
    }

    /// As [`Table::open`], on a file that is open already.
    ///
    /// # Errors
    /// When the file is no text or holds no row.
    pub fn from_input(mut input: Input, options: &ReadOptions<'_>) -> Result<Self, ReadError> {
        let survey = encoding::survey(&mut input, options.encoding)?;
        let mut records = Records::new(Text::new(input, survey.encoding), b',');
        let layout = delimiter::find(&mut records, options.delimiter, options.score)?;
        let sha256 = survey.sha256;
        let record = Record::default();
        let mut table = Self { records, layout, sha256, record, rows: 0, left_out: 0 };
        table.rewind()?;
        Ok(table)
    }

    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.records.text().encoding()
    }

    #[must_use]
    pub fn delimiter(&self) -> Delimiter {
        self.layout.delimiter
    }

    /// The names of the columns, as they stand in the file.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.layout.header
    }

    #[must_use]
    pub fn header_line(&self) -> u64 {
        self.layout.header_line
    }

    /// SHA-256 of the file, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Bytes read in this pass, and bytes of the file.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.records.progress()
    }

    /// Total and footer rows that were left out so far in this pass.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Goes back to the first row below the header.
    ///
    /// # Errors
    /// When the file can no longer be read.
    pub fn rewind(&mut self) -> Result<(), ReadError> {
        self.records.restart(self.layout.delimiter.byte())?;
        (self.rows, self.left_out) = (0, 0);
        self.record.set_width(self.layout.header.len());
        while self.records.read(&mut self.record)? {
            if self.record.line() >= self.layout.header_line {
                break;
            }
        }
        Ok(())
    }

    /// The next row that is neither blank nor a total; `None` at the end of the file. After an
    /// error there are no more rows.
    ///
    /// # Errors
    /// When the text is malformed, a quote stays open, a cap is passed or the file changed.
    pub fn next_record(&mut self) -> Result<Option<&Record>, ReadError> {
        while self.records.read(&mut self.record)? {
            if self.record.is_blank() {
                continue;
            }
            if is_total(&self.record) || is_footer(&self.record) {
                self.left_out += 1;
                continue;
            }
            self.rows += 1;
            if self.rows > caps::ROWS {
                return Err(ReadError::ManyRows { most: caps::ROWS });
            }
            return Ok(Some(&self.record));
        }
        Ok(None)
    }
}

/// A row whose first filled cell says that it adds up the others.
fn is_total(record: &Record) -> bool {
    const WORDS: [&str; 12] = [
        "total",
        "totals",
        "subtotal",
        "sub total",
        "sum",
        "grand total",
        "grand totals",
        "summe",
        "gesamt",
        "gesamtsumme",
        "合計",
        "합계",
    ];
    let Some(first) = record.cells().map(str::trim).find(|cell| !cell.is_empty()) else {
        return false;
    };
    if first.len() > 80 {
        return false;
    }
    let words = first.to_lowercase();
    let words = words.split([':', '(']).next().unwrap_or("").trim_end();
    WORDS.contains(&words) || is_bare_sum(record)
}

/// Figures alone, below nothing in the first column: a sum that nobody gave a name.
fn is_bare_sum(record: &Record) -> bool {
    let mut cells = record.cells().map(str::trim);
    let figure = |cell: &str| {
        cell.bytes().any(|byte| byte.is_ascii_digit())
            && cell.bytes().all(|byte| byte.is_ascii_digit() || b".,-+ %".contains(&byte))
            // Days are not added up: such a row lacks its name, and is told of.
            && dates::vote(cell).is_none()
    };
    cells.next().is_some_and(str::is_empty) && cells.filter(|cell| !cell.is_empty()).all(figure)
}

/// A lone cell below a table of several columns that says who made the file.
fn is_footer(record: &Record) -> bool {
    const BEGINNINGS: [&str; 6] = [
        "confidential information",
        "copyright (c)",
        "copyright ©",
        "generated by ",
        "exported from ",
        "report generated",
    ];
    let mut filled = record.cells().map(str::trim).filter(|cell| !cell.is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else {
        return false;
    };
    let beginning: String = only.chars().take(30).collect::<String>().to_lowercase();
    BEGINNINGS.iter().any(|known| beginning.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::names::normal;
    use crate::exchange::record::Flaw;

    const KNOWN: [&str; 4] = ["name", "amount", "closedate", "owner"];

    fn score(cells: &[&str]) -> usize {
        cells.iter().filter(|cell| KNOWN.contains(&normal(cell).as_str())).count()
    }

    fn table(bytes: &[u8]) -> Result<Table, ReadError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let options = ReadOptions { score: &score, ..ReadOptions::default() };
        Table::open(file.path(), &options)
    }

    fn cells(table: &mut Table) -> Vec<(u64, Vec<String>)> {
        let mut rows = Vec::new();
        while let Some(record) = table.next_record().unwrap() {
            rows.push((record.line(), record.cells().map(str::to_owned).collect()));
        }
        rows
    }

    #[test]
    fn title_lines_totals_and_footers_are_not_rows() {
        let text = b"\"Report, weekly\"\n\nName;Amount;Owner\nAurora;1,5;Maya\n;;\nTotal;1,5;\n\n\
            \"Grand Totals (2 records)\"\n\"Confidential Information - Do Not Distribute\"\n";
        let mut table = table(text).unwrap();
        assert_eq!(table.delimiter(), Delimiter::Semicolon);
        assert_eq!((table.header_line(), table.header()[1].as_str()), (3, "Amount"));
        let rows = cells(&mut table);
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].0, rows[0].1[1].as_str()), (4, "1,5"));
        assert_eq!(table.left_out(), 3);
        table.rewind().unwrap();
        assert_eq!(cells(&mut table), rows);
    }

    #[test]
    fn a_separator_line_is_obeyed_and_skipped() {
        let mut table = table(b"sep=;\r\nName;Owner\r\na, b, c;Maya\r\n").unwrap();
        assert_eq!(table.header(), ["Name", "Owner"]);
        assert_eq!(cells(&mut table)[0].1, ["a, b, c", "Maya"]);
    }

    #[test]
    fn wide_text_with_tabs_reads_like_any_other() {
        let mut bytes = b"\xFF\xFE".to_vec();
        for unit in "Name\tOwner\r\nÉlan\t\"x\ty\"\r\n".encode_utf16() {
            bytes.extend_from_slice(&unit.to_le_bytes());
        }
        let mut table = table(&bytes).unwrap();
        assert_eq!((table.encoding(), table.delimiter()), (Encoding::Utf16Le, Delimiter::Tab));
        assert_eq!(cells(&mut table)[0].1, ["Élan", "x\ty"]);
    }

    #[test]
    fn ragged_rows_say_so() {
        let mut table = table(b"Name,Owner\na\nb,c,d\ne,f,\ng,\0\n").unwrap();
        let mut flaws = Vec::new();
        while let Some(record) = table.next_record().unwrap() {
            flaws.push(record.flaw());
        }
        assert_eq!(
            flaws,
            [
                Some(Flaw::Narrow { cells: 1, columns: 2 }),
                Some(Flaw::Wide { cells: 3, columns: 2 }),
                None,
                Some(Flaw::Nul { cell: 1 }),
            ]
        );
    }

    #[test]
    fn the_million_and_first_row_is_refused() {
        let mut text = b"Name,Owner\n".to_vec();
        for _ in 0..caps::ROWS {
            text.extend_from_slice(b"a,b\n");
        }
        let mut whole = table(&text).unwrap();
        while whole.next_record().unwrap().is_some() {}
        text.extend_from_slice(b"a,b\n");
        let mut over = table(&text).unwrap();
        let refusal = loop {
            match over.next_record() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the cap did not hold"),
                Err(error) => break error,
            }
        };
        assert!(matches!(refusal, ReadError::ManyRows { .. }));
    }

    #[test]
    fn an_empty_file_holds_no_table() {
        assert!(matches!(table(b"").unwrap_err(), ReadError::Empty));
        assert!(matches!(table(b"\r\n\r\n").unwrap_err(), ReadError::Empty));
    }
}
