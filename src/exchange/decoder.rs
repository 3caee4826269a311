//! From bytes to letters, piece by piece: a letter that one piece cuts off is finished by the next,
//! and a mark at the beginning is no letter. UTF-8 and UTF-16 as the Unicode standard has them,
//! Windows-1252 as web browsers read it.

use super::encoding::Encoding;

const MARK: char = '\u{FEFF}';

/// What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has control characters. The five bytes
/// that it leaves out stay these.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Bytes that are no letters of their encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

/// The decoder of one file.
#[derive(Debug)]
pub(super) struct Decoder {
    encoding: Encoding,
    /// The beginning of a letter that the last piece cut off: at most three bytes.
    cut: Vec<u8>,
    /// Whether a letter was given already.
    begun: bool,
}

impl Decoder {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self { encoding, cut: Vec::new(), begun: false }
    }

    /// Appends the letters of the next piece.
    ///
    /// # Errors
    /// `Malformed` behind the last letter that could be read.
    pub(super) fn decode(&mut self, bytes: &[u8], text: &mut String) -> Result<(), Malformed> {
        let start = text.len();
        let decoded = match self.encoding {
            Encoding::Windows1252 => {
                text.extend(bytes.iter().copied().map(western));
                Ok(())
            }
            Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => {
                let mut whole = std::mem::take(&mut self.cut);
                let bytes = if whole.is_empty() {
                    bytes
                } else {
                    whole.extend_from_slice(bytes);
                    &whole
                };
                let rest = match self.encoding {
                    Encoding::Utf16Le => wide(bytes, u16::from_le_bytes, text),
                    Encoding::Utf16Be => wide(bytes, u16::from_be_bytes, text),
                    Encoding::Utf8 | Encoding::Windows1252 => narrow(bytes, text),
                };
                rest.map(|rest| self.cut.extend_from_slice(rest))
            }
        };
        if !self.begun && text.len() > start {
            self.begun = true;
            if text[start..].starts_with(MARK) {
                text.remove(start);
            }
        }
        decoded
    }

    /// The file ends here.
    ///
    /// # Errors
    /// `Malformed` within a letter.
    pub(super) fn end(&self) -> Result<(), Malformed> {
        if self.cut.is_empty() { Ok(()) } else { Err(Malformed) }
    }
}

fn western(byte: u8) -> char {
    match byte {
        0x80..=0x9F => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The letters of UTF-8; the bytes of one that is not whole yet are returned.
fn narrow<'a>(bytes: &'a [u8], text: &mut String) -> Result<&'a [u8], Malformed> {
    let error = match std::str::from_utf8(bytes) {
        Ok(whole) => {
            text.push_str(whole);
            return Ok(&[]);
        }
        Err(error) => error,
    };
    let (valid, rest) = bytes.split_at(error.valid_up_to());
    text.extend(valid.utf8_chunks().map(|chunk| chunk.valid()));
    if error.error_len().is_none() { Ok(rest) } else { Err(Malformed) }
}

/// The letters of UTF-16; the bytes of one that is not whole yet are returned.
fn wide<'a>(
    bytes: &'a [u8],
    unit: fn([u8; 2]) -> u16,
    text: &mut String,
) -> Result<&'a [u8], Malformed> {
    let mut rest = bytes;
    while let [first, second, after @ ..] = rest {
        let high = unit([*first, *second]);
        if !(0xD800..=0xDFFF).contains(&high) {
            text.extend(char::from_u32(u32::from(high)));
            rest = after;
            continue;
        }
        let [third, fourth, after @ ..] = after else { break };
        let pair = [high, unit([*third, *fourth])];
        let Some(Ok(letter)) = char::decode_utf16(pair).next() else { return Err(Malformed) };
        text.push(letter);
        rest = after;
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{FEFF}Größe “a”; € 12…\r\n日本 🎉 ок\u{FEFF}";

    fn bytes(encoding: Encoding, text: &str) -> Vec<u8> {
        match encoding {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Windows1252 => {
                text.chars().map(|c| (0..=255).find(|b| western(*b) == c).unwrap()).collect()
            }
        }
    }

    fn read(encoding: Encoding, bytes: &[u8], piece: usize) -> (String, Result<(), Malformed>) {
        let (mut decoder, mut text) = (Decoder::new(encoding), String::new());
        for piece in bytes.chunks(piece) {
            if decoder.decode(piece, &mut text).is_err() {
                return (text, Err(Malformed));
            }
        }
        (text, decoder.end())
    }

    #[test]
    fn letters_survive_wherever_a_piece_ends() {
        for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be] {
            for piece in 1..20 {
                let (text, end) = read(encoding, &bytes(encoding, TEXT), piece);
                assert_eq!((text.as_str(), end), (&TEXT[3..], Ok(())), "{encoding} by {piece}");
            }
        }
    }

    #[test]
    fn windows_1252_knows_every_byte() {
        let all: Vec<u8> = (0..=255).collect();
        let (text, end) = read(Encoding::Windows1252, &all, 7);
        assert_eq!((text.chars().count(), end), (256, Ok(())));
        assert_eq!(bytes(Encoding::Windows1252, &text), all);
        assert_eq!(read(Encoding::Windows1252, b"\x80\x93\xE9\x94\x85", 2).0, "€“é”…");
    }

    #[test]
    fn what_is_no_letter_ends_the_text_behind_the_last_one() {
        for (encoding, broken) in [
            (Encoding::Utf8, b"ab\xFFcd".to_vec()),
            (Encoding::Utf8, b"ab\xE2\x82".to_vec()),
            (Encoding::Utf8, b"ab\xC3(".to_vec()),
            (Encoding::Utf16Le, b"a\0b\0\x00\xDC".to_vec()),
            (Encoding::Utf16Le, b"a\0b\0\x00\xD8c\0".to_vec()),
            (Encoding::Utf16Le, b"a\0b\0c".to_vec()),
            (Encoding::Utf16Be, b"\0a\0b\xD8\x00".to_vec()),
        ] {
            for piece in 1..9 {
                let (text, end) = read(encoding, &broken, piece);
                assert_eq!((text.as_str(), end), ("ab", Err(Malformed)), "{broken:?} by {piece}");
            }
        }
    }
}
