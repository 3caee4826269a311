//! Whether the letter that opens a line belongs to what came with it: keys typed ahead, and a paste
//! that nobody marked, look alike but for the word that they begin with. It guesses only where the
//! answer shows; what stays unclear goes as it was typed, since nothing is added before enter.

/// What two consonants English words begin with, as far as a title may.
const BEGINNINGS: [&str; 36] = [
    "bl", "br", "ch", "cl", "cr", "dr", "dw", "fl", "fr", "gh", "gl", "gn", "gr", "kn", "kr", "ph",
    "pl", "pr", "ps", "qu", "rh", "sc", "sh", "sk", "sl", "sm", "sn", "sp", "sq", "st", "sw", "th",
    "tr", "tw", "wh", "wr",
];

/// Words whose rest without the first letter could be one too, but is not.
const WORDS: [&str; 64] = [
    "about",
    "above",
    "academy",
    "adopt",
    "adopted",
    "adoption",
    "adult",
    "agencies",
    "agency",
    "agenda",
    "agent",
    "agents",
    "agree",
    "agreed",
    "agreement",
    "agreements",
    "agrees",
    "aim",
    "aims",
    "air",
    "alert",
    "alerts",
    "align",
    "aligned",
    "alignment",
    "among",
    "amount",
    "amounts",
    "analyse",
    "analysis",
    "analyst",
    "analysts",
    "analytics",
    "annual",
    "another",
    "any",
    "anybody",
    "anyone",
    "anything",
    "april",
    "are",
    "area",
    "areas",
    "ask",
    "asked",
    "asking",
    "asks",
    "audience",
    "audiences",
    "audit",
    "audits",
    "august",
    "author",
    "authors",
    "automate",
    "automated",
    "automatic",
    "automation",
    "availability",
    "available",
    "average",
    "avoid",
    "award",
    "aware",
];

/// Whether the key that opens a line is the first letter of a text: `before` are the letters that
/// stood right before it, which were motions.
#[must_use]
pub fn belongs(before: usize, opening: char, rest: &str) -> bool {
    let Some(next) = rest.chars().next() else { return false };
    if next.is_whitespace() {
        return true;
    }
    if !opening.is_alphabetic() {
        // `+49 170 …`, `/usr/share/…`
        let path = rest.split_whitespace().next().is_some_and(|word| word.contains(opening));
        return (opening == '+' && next.is_ascii_digit()) || path;
    }
    if "-'’.,;:!?&".contains(next) {
        return true;
    }
    if !next.is_lowercase() {
        return false;
    }
    let word: String = rest.chars().take_while(|letter| letter.is_alphabetic()).collect();
    before > 0 || !begins_one(&word) || WORDS.contains(&format!("{opening}{word}").as_str())
}

/// Whether a word can begin so.
fn begins_one(word: &str) -> bool {
    let mut letters = word.chars();
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return false };
    let is_vowel = |letter: char| "aeiouy".contains(letter) || !letter.is_ascii();
    is_vowel(first) || is_vowel(second) || BEGINNINGS.contains(&&word[..2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_keeps_its_first_letter_and_what_is_typed_ahead_opens_a_line() {
        for (before, opening, rest) in [
            (0, 'a', "ll reps ask for this"),
            (0, 'a', "bout the renewal of Acme"),
            (0, 'a', "s discussed on Monday"),
            (0, 'a', " deck for the renewal"),
            (0, 'a', "-b test of the page"),
            (1, 'a', "le and apples"),
            (0, '+', "49 170 call Sam"),
            (0, '/', "usr/share/decks of sales"),
        ] {
            assert!(belongs(before, opening, rest), "{opening}{rest}");
        }
        for (before, opening, rest) in [
            (0, 'a', "Battlecard vs Rivo due:fri"),
            (1, 'a', "Battlecard vs Rivo due:fri"),
            (0, 'a', "write the pricing page"),
            (0, 'a', "new deck for sales"),
            (0, 'a', "release note draft"),
            (0, 'a', "\"Quoted title\" of a deck"),
            (0, 'a', "2026 outlook for partners"),
            (0, 'a', "Überblick über Zoll"),
            (0, '+', "r Battlecard vs Rivo from:sam"),
            (0, '/', "state:open due:week"),
        ] {
            assert!(!belongs(before, opening, rest), "{opening}{rest}");
        }
    }
}
