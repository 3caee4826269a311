//! Names of months and of the parts of a day, in the languages whose exports we meet.

/// Beginnings that tell a month in English, German, French, Spanish, Portuguese, Italian,
/// Dutch, Swedish and Polish. A longer one stands before the shorter one that it begins with.
#[rustfmt::skip]
const BEGINNINGS: [(&str, u32); 51] = [
    ("jan", 1), ("gen", 1), ("ene", 1), ("sty", 1),
    ("feb", 2), ("fév", 2), ("fev", 2), ("lut", 2),
    ("mar", 3), ("mär", 3), ("mrt", 3), ("maa", 3), ("mrz", 3),
    ("apr", 4), ("avr", 4), ("abr", 4), ("kwi", 4),
    ("may", 5), ("mai", 5), ("mag", 5), ("mei", 5), ("maj", 5),
    ("juin", 6), ("jun", 6), ("giu", 6), ("cze", 6),
    ("juil", 7), ("jul", 7), ("lug", 7), ("lip", 7),
    ("aug", 8), ("août", 8), ("aou", 8), ("ago", 8), ("sie", 8),
    ("sep", 9), ("set", 9), ("wrz", 9),
    ("oct", 10), ("okt", 10), ("out", 10), ("ott", 10), ("paź", 10),
    ("nov", 11), ("lis", 11),
    ("dec", 12), ("dez", 12), ("dic", 12), ("déc", 12), ("gru", 12), ("des", 12),
];
/// The longest name of a month in any of these languages.
const LONGEST: usize = 12;

/// The month of this name or abbreviation, in lower case; `None` for any other word.
pub fn month(word: &str) -> Option<u32> {
    if word.chars().count() > LONGEST {
        return None;
    }
    let begins = BEGINNINGS.iter().find(|(beginning, _)| word.starts_with(beginning));
    begins.map(|(_, month)| *month)
}

/// Whether the word may stand in a time of day: a half of the day, a zone, or a filler.
pub fn belongs_to_time(word: &str) -> bool {
    const WORDS: [&str; 16] = [
        "t", "z", "am", "pm", "a", "p", "m", "h", "uhr", "오전", "오후", "午前", "午後", "上午",
        "下午", "at",
    ];
    const ZONES: [&str; 20] = [
        "utc", "gmt", "cet", "cest", "bst", "ist", "est", "edt", "cst", "cdt", "mst", "mdt", "pst",
        "pdt", "eet", "eest", "jst", "kst", "aest", "aedt",
    ];
    WORDS.contains(&word) || ZONES.contains(&word)
}

/// Twelve hours later than the figure says.
pub fn is_afternoon(word: &str) -> bool {
    ["pm", "p", "오후", "午後", "下午"].contains(&word)
}

/// Words inside a date that say nothing: `14 de mayo de 2026`, `1er août`, `1st`.
pub fn is_filler(word: &str) -> bool {
    ["de", "del", "of", "the", "er", "st", "nd", "rd", "th", "º", "ª"].contains(&word)
}

/// Whether the word, in lower case, names a day of the week in English.
pub fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word))
}
