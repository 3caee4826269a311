//! Keyboards that write no Latin letters: which key of a Latin keyboard lies where a letter was
//! pressed, so that shortcuts stay under the same fingers. Only commands ask; text is never changed.

/// The keys of a Latin keyboard, row by row, without and with shift.
const LATIN: [&str; 2] =
    ["`qwertyuiop[]asdfghjkl;'zxcvbnm,./", "~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"];

/// What other keyboards write in the same places; a space where it is nothing of their own.
const OTHERS: [[&str; 2]; 6] = [
    ["ёйцукенгшщзхъфывапролджэячсмитьбю ", "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ "],
    // Ukrainian, where it differs.
    ["            ї і        є          ", "            Ї І        Є          "],
    ["  ςερτυθιοπ  ασδφγηξκλ΄ ζχψωβνμ   ", "   ΕΡΤΥΘΙΟΠ  ΑΣΔΦΓΗΞΚΛ  ΖΧΨΩΒΝΜ   "],
    ["   קראטוןםפ  שדגכעיחלךף זסבהנמצתץ ", ""],
    ["ذضصثقفغعهخحجدشسيبلاتنمكطئءؤر ىةوزظ", ""],
    [
        "`ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ  ㅁㄴㅇㄹㅎㅗㅓㅏㅣ  ㅋㅌㅊㅍㅠㅜㅡ   ",
        " ㅃㅉㄸㄲㅆ   ㅒㅖ                       ",
    ],
];

/// The Latin letter of the key that wrote this one; `None` for what a Latin keyboard writes too.
#[must_use]
pub fn latin(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return None;
    }
    let places = OTHERS.iter().flat_map(|other| other.iter().zip(LATIN));
    let mut found = places.filter_map(|(row, latin)| {
        let at = row.chars().position(|other| other == letter)?;
        latin.chars().nth(at)
    });
    found.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_as_long_as_the_latin_one() {
        for row in OTHERS.iter().flatten().filter(|row| row.chars().count() > 12) {
            assert_eq!(row.chars().count(), LATIN[0].chars().count(), "{row}");
        }
    }

    #[test]
    fn a_letter_means_the_key_that_it_was_pressed_on() {
        for (theirs, latin_keys) in [
            ("оол", "jjk"),
            ("п ё", "g `"),
            ("ПЛ", "GK"),
            ("іє", "s'"),
            ("ξκγγ", "jkgg"),
            ("ΓΞ", "GJ"),
            ("חל", "jk"),
            ("תش", ",a"),
            ("ㅓㅏㅎ", "jkg"),
            ("ㅉㄲ", "WR"),
        ] {
            let read: String =
                theirs.chars().map(|letter| latin(letter).unwrap_or(letter)).collect();
            assert_eq!(read, latin_keys, "{theirs}");
        }
    }

    #[test]
    fn what_a_latin_keyboard_writes_stays() {
        for letter in LATIN.iter().flat_map(|row| row.chars()).chain("äßéñ€ç".chars()) {
            assert_eq!(latin(letter), None, "{letter}");
        }
    }
}
