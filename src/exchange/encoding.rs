//! Which encoding a file is in, and its checksum: one quick look at all of its bytes, so that
//! the answer is not a guess from the beginning.

use std::fmt;
use std::io::Read;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::archive::{self, Holds};
use super::input::Input;
use super::names::hex;
use super::read_error::ReadError;

const CHUNK: usize = 64 * 1024;

/// The encodings that spreadsheets and trackers write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    /// The name for `--encoding`, for messages and for JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Encoding {
    type Err = ReadError;

    /// Reads the names that [`Encoding::name`] gives, and their usual spellings.
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        match plain.to_ascii_lowercase().as_str() {
            "utf8" => Ok(Self::Utf8),
            "utf16" | "utf16le" => Ok(Self::Utf16Le),
            "utf16be" => Ok(Self::Utf16Be),
            "windows1252" | "cp1252" | "latin1" | "iso88591" => Ok(Self::Windows1252),
            _ => Err(ReadError::UnknownWord {
                what: "encoding",
                name: text.to_owned(),
                candidates: ["utf-8", "utf-16le", "utf-16be", "windows-1252"]
                    .map(str::to_owned)
                    .to_vec(),
            }),
        }
    }
}

/// What one look at the whole file tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub encoding: Encoding,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

/// Reads the file once from its first byte and leaves it there again.
///
/// # Errors
/// When it is no text, or mostly UTF-8 with bytes in it that are not.
pub fn survey(input: &mut Input, wanted: Option<Encoding>) -> Result<Survey, ReadError> {
    input.rewind()?;
    let mut hash = Sha256::new();
    let mut validity = Validity::default();
    let mut marked = None;
    let mut buffer = vec![0; CHUNK];
    let mut first = true;
    loop {
        let count = fill(input, &mut buffer)?;
        let bytes = &buffer[..count];
        if first {
            if bytes.starts_with(b"PK\x03\x04") {
                return Err(packed(input)?);
            }
            refuse_binary(bytes)?;
            marked = wanted.or_else(|| mark(bytes)).or_else(|| wide(bytes));
            first = false;
        }
        if count == 0 {
            break;
        }
        hash.update(bytes);
        if marked.is_none() {
            validity.look(bytes);
        }
    }
    input.rewind()?;
    let encoding = match marked {
        Some(encoding) => encoding,
        None => validity.verdict()?,
    };
    Ok(Survey { encoding, sha256: hex(&hash.finalize()) })
}

/// Fills the buffer as far as the file goes.
fn fill(input: &mut Input, buffer: &mut [u8]) -> Result<usize, ReadError> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(filled)
}

/// An archive, with what lies in it.
fn packed(input: &mut Input) -> Result<ReadError, ReadError> {
    Ok(match archive::holds(input)? {
        Holds::Document(what) => ReadError::NotText(what),
        Holds::Files(files) => ReadError::Packed(files),
    })
}

fn refuse_binary(bytes: &[u8]) -> Result<(), ReadError> {
    const KNOWN: [(&[u8], &str); 4] = [
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
        (b"%PDF-", "a PDF"),
        (b"SQLite format 3\0", "a SQLite database"),
        (b"\x1F\x8B", "a gzip archive"),
    ];
    match KNOWN.iter().find(|(start, _)| bytes.starts_with(start)) {
        Some((_, what)) => Err(ReadError::NotText(what)),
        None => Ok(()),
    }
}

fn mark(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        Some(Encoding::Utf8)
    } else if bytes.starts_with(b"\xFF\xFE") {
        Some(Encoding::Utf16Le)
    } else if bytes.starts_with(b"\xFE\xFF") {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// UTF-16 without a mark: in Western text every second byte is zero.
fn wide(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let pairs = sample.len() / 2;
    let zeros =
        |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 4 {
        None
    } else if odd * 10 >= pairs * 4 && even * 20 <= pairs {
        Some(Encoding::Utf16Le)
    } else if even * 10 >= pairs * 4 && odd * 20 <= pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Counts what speaks for and against UTF-8.
#[derive(Debug, Default)]
struct Validity {
    /// The beginning of a letter that the last chunk cut off.
    cut: Vec<u8>,
    letters: u64,
    strangers: u64,
    lines: u64,
    first_stranger: Option<u64>,
}

impl Validity {
    fn look(&mut self, bytes: &[u8]) {
        if self.cut.is_empty() {
            self.look_at(bytes);
        } else {
            let mut joined = std::mem::take(&mut self.cut);
            joined.extend_from_slice(bytes);
            self.look_at(&joined);
        }
    }

    fn look_at(&mut self, mut bytes: &[u8]) {
        loop {
            let Err(error) = std::str::from_utf8(bytes) else {
                self.count(bytes);
                return;
            };
            let (good, rest) = bytes.split_at(error.valid_up_to());
            self.count(good);
            let Some(length) = error.error_len() else {
                self.cut = rest.to_vec();
                return;
            };
            self.stranger();
            bytes = &rest[length..];
        }
    }

    fn count(&mut self, valid: &[u8]) {
        self.letters += valid.iter().filter(|byte| **byte >= 0xC0).count() as u64;
        if self.first_stranger.is_none() {
            self.lines += valid.split(|byte| *byte == b'\n').count() as u64 - 1;
        }
    }

    fn stranger(&mut self) {
        self.strangers += 1;
        self.first_stranger.get_or_insert(self.lines + 1);
    }

    fn verdict(mut self) -> Result<Encoding, ReadError> {
        if !self.cut.is_empty() {
            self.stranger();
        }
        match self.first_stranger {
            None => Ok(Encoding::Utf8),
            Some(line) if self.letters > self.strangers => {
                Err(ReadError::Malformed { line, encoding: Encoding::Utf8 })
            }
            Some(_) => Ok(Encoding::Windows1252),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> Result<Encoding, ReadError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let mut input = Input::open(file.path(), 1 << 20).unwrap();
        survey(&mut input, None).map(|survey| survey.encoding)
    }

    #[test]
    fn marks_zeros_and_validity_tell_the_encoding() {
        assert_eq!(found(b"").unwrap(), Encoding::Utf8);
        assert_eq!(found("Überblick, José, x".as_bytes()).unwrap(), Encoding::Utf8);
        assert_eq!(found(b"Jos\xE9, \x84ok\x93").unwrap(), Encoding::Windows1252);
        assert_eq!(found(b"\xFF\xFEa\0").unwrap(), Encoding::Utf16Le);
        assert_eq!(found(b"\xFE\xFF\0a").unwrap(), Encoding::Utf16Be);
        assert_eq!(found(b"N\0a\0m\0e\0\t\0X\0").unwrap(), Encoding::Utf16Le);
        assert_eq!(found(b"\0N\0a\0m\0e\0\t\0X").unwrap(), Encoding::Utf16Be);
    }

    #[test]
    fn utf_8_with_a_few_strangers_is_refused_with_the_line() {
        let error = found(b"a\n\xC3\xA9\xC3\xA9\xC3\xA9\nJos\xE9\n").unwrap_err();
        assert_eq!(error.to_string(), "line 3: this is not utf-8 text");
        assert!(error.hint().unwrap().contains("windows-1252"));
    }

    #[test]
    fn a_letter_over_the_edge_of_a_chunk_is_no_stranger() {
        let mut text = "x".repeat(CHUNK - 1);
        text.push_str("é and more");
        assert_eq!(found(text.as_bytes()).unwrap(), Encoding::Utf8);
    }

    #[test]
    fn archives_are_named() {
        let error = found(b"PK\x03\x04....").unwrap_err();
        assert_eq!(error.to_string(), "this is a ZIP archive, not text");
        assert_eq!(error.hint().unwrap(), "unzip it, and import the file in it");
    }

    #[test]
    fn names_are_read_back() {
        for encoding in
            [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252]
        {
            assert_eq!(encoding.name().parse::<Encoding>().unwrap(), encoding);
        }
        assert!("ebcdic".parse::<Encoding>().is_err());
    }
}
