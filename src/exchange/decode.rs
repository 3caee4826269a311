//! Bytes of any known encoding as a stream of text. It replaces nothing: a byte that the
//! encoding does not know ends the file with its line.

use std::io::Read;

use super::decoder::Decoder;
use super::encoding::Encoding;
use super::input::{Input, Progress};
use super::read_error::ReadError;

const CHUNK: usize = 64 * 1024;
/// Most bytes of UTF-8 that a chunk can turn into, with room for a letter that was cut off.
const TEXT: usize = CHUNK * 3 + 64;

/// The text of a file, chunk by chunk.
pub struct Text {
    input: Input,
    encoding: Encoding,
    decoder: Decoder,
    bytes: Vec<u8>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    Ended,
    Malformed,
}

impl std::fmt::Debug for Text {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Text").field("encoding", &self.encoding).finish_non_exhaustive()
    }
}

impl Text {
    #[must_use]
    pub fn new(input: Input, encoding: Encoding) -> Self {
        let (decoder, bytes) = (Decoder::new(encoding), vec![0; CHUNK]);
        Self { input, encoding, decoder, bytes, state: State::Reading }
    }

    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    #[must_use]
    pub fn progress(&self) -> Progress {
        self.input.progress()
    }

    /// Starts again at the first letter.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn rewind(&mut self) -> Result<(), ReadError> {
        self.input.rewind()?;
        (self.decoder, self.state) = (Decoder::new(self.encoding), State::Reading);
        Ok(())
    }

    /// Replaces `chunk` by the next text; `false` at the end of the file. `line` is where the
    /// reader stands, for the message.
    ///
    /// # Errors
    /// When bytes are not of the encoding, or the file changed while it was read.
    pub fn next(&mut self, chunk: &mut String, line: u64) -> Result<bool, ReadError> {
        chunk.clear();
        chunk.reserve(TEXT);
        while chunk.is_empty() {
            match self.state {
                State::Malformed => {
                    return Err(ReadError::Malformed { line, encoding: self.encoding });
                }
                State::Ended => return Ok(false),
                State::Reading => self.decode(chunk)?,
            }
        }
        Ok(true)
    }

    fn decode(&mut self, chunk: &mut String) -> Result<(), ReadError> {
        let count = self.read_bytes()?;
        let decoded = match count {
            0 => self.decoder.end(),
            _ => self.decoder.decode(&self.bytes[..count], chunk),
        };
        if decoded.is_err() {
            self.state = State::Malformed;
        } else if count == 0 {
            self.input.unchanged()?;
            self.state = State::Ended;
        }
        Ok(())
    }

    fn read_bytes(&mut self) -> Result<usize, ReadError> {
        loop {
            match self.input.read(&mut self.bytes) {
                Ok(count) => return Ok(count),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}
