//! Delimited text as rows: quotes, doubled quotes, line ends inside quotes, and the physical
//! line of everything. The `csv` crate is not used here because it takes an unclosed quote in
//! silence, loses count of lines at blank ones and grows without bound.

use super::caps;
use super::decode::Text;
use super::input::Progress;
use super::read_error::ReadError;
use super::record::Record;

/// Rows of a text, one at a time.
#[derive(Debug)]
pub struct Records {
    text: Text,
    delimiter: u8,
    chunk: String,
    at: usize,
    line: u64,
    /// The last byte was a carriage return, so a line feed belongs to it.
    returned: bool,
}

/// Where in a cell the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Plain,
    Quoted { since: u64 },
    AfterQuote { since: u64 },
}

/// What one step found.
enum Step {
    Stay(Place),
    EndOfRow,
}

impl Records {
    #[must_use]
    pub fn new(text: Text, delimiter: u8) -> Self {
        Self { text, delimiter, chunk: String::new(), at: 0, line: 1, returned: false }
    }

    /// Starts again at the first row, with this delimiter.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn restart(&mut self, delimiter: u8) -> Result<(), ReadError> {
        self.text.rewind()?;
        self.chunk.clear();
        (self.delimiter, self.at, self.line, self.returned) = (delimiter, 0, 1, false);
        Ok(())
    }

    #[must_use]
    pub fn text(&self) -> &Text {
        &self.text
    }

    #[must_use]
    pub fn progress(&self) -> Progress {
        self.text.progress()
    }

    /// Reads the next row into `record`; `false` at the end of the file. A blank line is a row
    /// of one empty cell.
    ///
    /// # Errors
    /// When the text is malformed, a quote stays open, or a cap is passed.
    pub fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        record.start(self.line);
        let mut place = Place::Start;
        loop {
            if self.at == self.chunk.len() && !self.refill()? {
                return Self::finish(record, place);
            }
            if self.skip_line_feed(place) {
                continue;
            }
            match self.step(record, place)? {
                Step::Stay(next) => place = next,
                Step::EndOfRow => return Ok(true),
            }
        }
    }

    fn refill(&mut self) -> Result<bool, ReadError> {
        self.at = 0;
        self.text.next(&mut self.chunk, self.line)
    }

    /// The second half of a line end that already counted.
    fn skip_line_feed(&mut self, place: Place) -> bool {
        if !self.returned || matches!(place, Place::Quoted { .. }) {
            return false;
        }
        self.returned = false;
        let skip = self.chunk.as_bytes()[self.at] == b'\n';
        self.at += usize::from(skip);
        skip
    }

    fn step(&mut self, record: &mut Record, place: Place) -> Result<Step, ReadError> {
        let byte = self.chunk.as_bytes()[self.at];
        match place {
            Place::Start if byte == b'"' => {
                self.at += 1;
                Ok(Step::Stay(Place::Quoted { since: self.line }))
            }
            Place::AfterQuote { since } if byte == b'"' => {
                self.at += 1;
                record.push("\"");
                Self::check(record)?;
                Ok(Step::Stay(Place::Quoted { since }))
            }
            Place::Start | Place::Plain | Place::AfterQuote { .. } => self.step_plain(record),
            Place::Quoted { since } => self.step_quoted(record, since),
        }
    }

    fn step_plain(&mut self, record: &mut Record) -> Result<Step, ReadError> {
        let from = self.at;
        let delimiter = self.delimiter;
        let bytes = &self.chunk.as_bytes()[from..];
        let ends = |byte: &u8| *byte == delimiter || *byte == b'\n' || *byte == b'\r';
        let Some(length) = bytes.iter().position(ends) else {
            self.at = self.chunk.len();
            self.keep(record, from, self.at)?;
            return Ok(Step::Stay(Place::Plain));
        };
        let end = bytes[length];
        self.keep(record, from, from + length)?;
        self.at = from + length + 1;
        Self::end_cell(record)?;
        if end == delimiter {
            return Ok(Step::Stay(Place::Start));
        }
        self.line += 1;
        self.returned = end == b'\r';
        Ok(Step::EndOfRow)
    }

    fn step_quoted(&mut self, record: &mut Record, since: u64) -> Result<Step, ReadError> {
        let from = self.at;
        let bytes = &self.chunk.as_bytes()[from..];
        let length = bytes.iter().position(|byte| *byte == b'"');
        let inside = &bytes[..length.unwrap_or(bytes.len())];
        self.line += line_ends(inside, self.returned);
        if let Some(last) = inside.last() {
            self.returned = *last == b'\r';
        }
        self.at = from + inside.len();
        self.keep(record, from, self.at)?;
        if length.is_none() {
            return Ok(Step::Stay(Place::Quoted { since }));
        }
        self.at += 1;
        self.returned = false;
        Ok(Step::Stay(Place::AfterQuote { since }))
    }

    fn keep(&self, record: &mut Record, from: usize, to: usize) -> Result<(), ReadError> {
        record.push(&self.chunk[from..to]);
        Self::check(record)
    }

    fn check(record: &Record) -> Result<(), ReadError> {
        if record.open_cell_bytes() > caps::CELL_BYTES {
            return Err(ReadError::LongCell { line: record.line() });
        }
        if record.bytes() > caps::ROW_BYTES {
            return Err(ReadError::LongRow { line: record.line() });
        }
        Ok(())
    }

    fn end_cell(record: &mut Record) -> Result<(), ReadError> {
        if record.len() == caps::COLUMNS {
            return Err(ReadError::ManyColumns { line: record.line() });
        }
        record.end_cell();
        Ok(())
    }

    fn finish(record: &mut Record, place: Place) -> Result<bool, ReadError> {
        if let Place::Quoted { since } = place {
            return Err(ReadError::OpenQuote { line: since });
        }
        if place == Place::Start && record.is_empty() {
            return Ok(false);
        }
        Self::end_cell(record)?;
        Ok(true)
    }
}

/// Line ends in a piece of quoted text; `\r\n` counts once, also over the edge of a piece.
fn line_ends(piece: &[u8], mut returned: bool) -> u64 {
    let mut count = 0;
    for byte in piece {
        match byte {
            b'\r' => count += 1,
            b'\n' if !returned => count += 1,
            _ => {}
        }
        returned = *byte == b'\r';
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::encoding::Encoding;
    use crate::exchange::input::Input;

    type Rows = Vec<(u64, Vec<String>)>;

    fn rows(bytes: &[u8]) -> Result<Rows, ReadError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let input = Input::open(file.path(), caps::FILE_BYTES).unwrap();
        let mut records = Records::new(Text::new(input, Encoding::Utf8), b',');
        let mut record = Record::default();
        let mut rows = Vec::new();
        while records.read(&mut record)? {
            rows.push((record.line(), record.cells().map(str::to_owned).collect()));
        }
        Ok(rows)
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn quotes_line_ends_and_physical_lines() {
        let text = b"a,\"b \"\"x\"\"\nc\"\r\n\r\n1,5\" screen\r2,\n\"3\r\n\",4";
        assert_eq!(
            rows(text).unwrap(),
            [
                row(1, &["a", "b \"x\"\nc"]),
                row(3, &[""]),
                row(4, &["1", "5\" screen"]),
                row(5, &["2", ""]),
                row(6, &["3\r\n", "4"]),
            ]
        );
    }

    #[test]
    fn line_ends_over_the_edge_of_a_chunk_count_once() {
        for padding in 65_530..65_540 {
            let mut text = vec![b'x'; padding];
            text.extend_from_slice(b"\r\n\"a\r\nb\"\r\nlast");
            let found = rows(&text).unwrap();
            assert_eq!(found[1..], [row(2, &["a\r\nb"]), row(4, &["last"])], "{padding}");
            let mut text = vec![b'x'; padding];
            text.splice(0..0, *b"\"");
            text.extend_from_slice(b"\r\n\r\n\"\r\nlast");
            assert_eq!(rows(&text).unwrap()[1], row(4, &["last"]), "{padding}");
        }
    }

    #[test]
    fn an_open_quote_is_named_by_the_line_where_it_opens() {
        let error = rows(b"a,b\n1,\"x\"\n2,\"y\nz\n").unwrap_err();
        assert_eq!(error.to_string(), "line 3: the quote that opens here is never closed");
    }

    #[test]
    fn cells_up_to_the_cap_and_not_one_byte_more() {
        let mut text = vec![b'x'; caps::CELL_BYTES];
        assert_eq!(rows(&text).unwrap().len(), 1);
        text.push(b'x');
        assert!(matches!(rows(&text), Err(ReadError::LongCell { line: 1 })));
    }

    #[test]
    fn rows_up_to_the_cap_and_not_one_byte_more() {
        let cell = "x".repeat(caps::CELL_BYTES);
        let mut text = [cell.as_str(); caps::ROW_BYTES / caps::CELL_BYTES].join(",");
        assert_eq!(rows(text.as_bytes()).unwrap()[0].1.len(), 4);
        text.push_str(",x");
        assert!(matches!(rows(text.as_bytes()), Err(ReadError::LongRow { line: 1 })));
    }

    #[test]
    fn columns_up_to_the_cap_and_not_one_more() {
        let text = ",".repeat(caps::COLUMNS - 1);
        assert_eq!(rows(text.as_bytes()).unwrap()[0].1.len(), caps::COLUMNS);
        let text = ",".repeat(caps::COLUMNS);
        assert!(matches!(rows(text.as_bytes()), Err(ReadError::ManyColumns { line: 1 })));
    }
}
