//! Words as people type them to find something: fzf's `'exact`, `!not`, `^start`, `end$`, and plain
//! ones, whose letters may leave some out but do not lie all over a title. A letter goes on where
//! the last one stood, a little later in the same word, or at the beginning of another word; so
//! `btlcrd`, `bvr` and `card` find “Battlecard vs Rivo”, and `tier` does not find “Rollout timeline”.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, chars};

/// Most letters of a word that may be left out between two.
const LEFT_OUT: usize = 3;

/// Words to look for; case and accents fold.
pub struct Words {
    pattern: Pattern,
    /// The plain words of more than one letter: of one, nucleo says all.
    plain: Vec<Plain>,
}

/// A plain word.
struct Plain {
    letters: Vec<char>,
    /// The same for short texts without accents, which most are.
    quick: Option<Quick>,
}

/// What looking needs from title to title.
pub struct Reader {
    matcher: Matcher,
    letters: Vec<char>,
    /// Where the letters so far can end, and where those with the next one.
    ends: (Vec<usize>, Vec<usize>),
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            matcher: Matcher::new(Config::DEFAULT),
            letters: Vec::new(),
            ends: (Vec::new(), Vec::new()),
        }
    }
}

impl Words {
    #[must_use]
    pub fn read(text: &str) -> Self {
        let pattern = Pattern::parse(text, CaseMatching::Ignore, Normalization::Smart);
        let is_plain = |kind| kind == AtomKind::Fuzzy;
        let plain = pattern
            .atoms
            .iter()
            .filter(|atom| is_plain(atom.kind) && !atom.negative)
            .map(|atom| atom.needle_text().chars().collect::<Vec<char>>())
            .filter(|letters| letters.len() > 1)
            .map(|letters| Plain { quick: Quick::of(&letters), letters })
            .collect();
        Self { pattern, plain }
    }

    /// How well a text answers; `None` when it does not.
    pub fn score(&self, text: &str, reader: &mut Reader) -> Option<u32> {
        let Reader { matcher, letters, ends } = reader;
        let text = Utf32Str::new(text, letters);
        let is_near = match text {
            Utf32Str::Ascii(bytes) => self.plain.iter().all(|word| match &word.quick {
                Some(quick) if bytes.len() <= Quick::LONGEST => quick.is_near(bytes),
                _ => near(bytes, &word.letters, ends),
            }),
            Utf32Str::Unicode(text) => {
                self.plain.iter().all(|word| near(text, &word.letters, ends))
            }
        };
        if is_near { self.pattern.score(text, matcher) } else { None }
    }
}

/// A letter of a text.
trait Letter: Copy {
    fn is(self, wanted: char) -> bool;
    /// Whether a word begins with it, after another letter.
    fn begins_after(self, before: Self) -> bool;
    fn is_of_word(self) -> bool;
}

impl Letter for u8 {
    fn is(self, wanted: char) -> bool {
        char::from(self.to_ascii_lowercase()) == wanted
    }

    fn begins_after(self, before: Self) -> bool {
        self.is_of_word()
            && (!before.is_of_word()
                || self.is_ascii_uppercase() && before.is_ascii_lowercase()
                || self.is_ascii_digit() != before.is_ascii_digit())
    }

    fn is_of_word(self) -> bool {
        self.is_ascii_alphanumeric()
    }
}

impl Letter for char {
    fn is(self, wanted: char) -> bool {
        let small = chars::to_lower_case(self);
        small == wanted || chars::normalize(small) == wanted
    }

    fn begins_after(self, before: Self) -> bool {
        self.is_of_word()
            && (!before.is_of_word()
                || self.is_uppercase() && before.is_lowercase()
                || self.is_ascii_digit() != before.is_ascii_digit()
                // Scripts that do not part their words have no small and capital letters.
                || !self.is_ascii_digit() && !self.is_lowercase() && !self.is_uppercase())
    }

    fn is_of_word(self) -> bool {
        self.is_alphanumeric()
    }
}

/// Whether the letters of the word stand together in the text, or near enough to be meant.
fn near<L: Letter>(text: &[L], word: &[char], ends: &mut (Vec<usize>, Vec<usize>)) -> bool {
    let Some((first, rest)) = word.split_first() else { return true };
    let begins = |at: usize| at == 0 || text[at].begins_after(text[at - 1]);
    let (now, next) = ends;
    now.clear();
    for at in 0..text.len() {
        if !text[at].is(*first) {
            continue;
        }
        let stands = text.len() - at >= word.len();
        if stands && rest.iter().zip(&text[at + 1..]).all(|(wanted, letter)| letter.is(*wanted)) {
            return true;
        }
        if begins(at) {
            now.push(at);
        }
    }
    for wanted in rest {
        next.clear();
        let mut within = now.iter().peekable();
        let (mut last, mut left) = (None, 0);
        let first = now.first().map_or(text.len(), |first| first + 1);
        for (at, letter) in text.iter().enumerate().skip(first) {
            // The nearest end so far, and how many letters of its word were left out since.
            if let Some(end) = within.next_if(|end| **end < at) {
                (last, left) = (Some(*end), 0);
            } else {
                left += 1;
            }
            let begins_here = begins(at);
            if begins_here || !letter.is_of_word() {
                left = LEFT_OUT + 1;
            }
            let left_out = left <= LEFT_OUT;
            let goes_on = left_out || last.is_some_and(|end| end + 1 == at);
            if (goes_on || begins_here) && letter.is(*wanted) {
                next.push(at);
            }
        }
        std::mem::swap(now, next);
        if now.is_empty() {
            return false;
        }
    }
    !now.is_empty()
}

/// A word over texts of plain letters that fit into the bits of a number: a title is read once, and
/// every place in it is asked at the same time.
struct Quick {
    /// Of each byte its class, and which letter of the word it is, from 1; 0 for none.
    of: [u8; 256],
    /// The word as such numbers.
    word: Vec<u8>,
    /// Its letters, small and capital: a text that lacks one is not read.
    letters: Vec<[u8; 2]>,
}

/// How many places there are in a class, as a shift.
const CLASS: u32 = 5;
const LETTER: u8 = (1 << CLASS) - 1;
const OTHER: u8 = 0;
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
const DIGIT: u8 = 3;
/// Whether a word begins where a letter of the second class comes after one of the first.
const BEGINS: [[u64; 4]; 4] = [[0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 1], [0, 1, 1, 0]];

/// Whether the word is near in a text of at most as many letters as the number has bits.
macro_rules! near_in_bits {
    ($name:ident, $bits:ty) => {
        fn $name(&self, text: &[u8]) -> bool {
            let mut places: [$bits; 1 << CLASS] = [0; 1 << CLASS];
            let (mut begins, mut words, mut here): ($bits, $bits, $bits) = (1, 0, 1);
            let mut before = OTHER;
            for byte in text {
                let entry = self.of[usize::from(*byte)];
                let class = entry >> CLASS;
                places[usize::from(entry & LETTER)] |= here;
                let begun = BEGINS[usize::from(before)][usize::from(class)];
                begins |= here & <$bits>::from(begun).wrapping_neg();
                words |= here & <$bits>::from(class != OTHER).wrapping_neg();
                (before, here) = (class, here << 1);
            }
            let goes_on = words & !begins;
            let of = |letter: &u8| places[usize::from(*letter)];
            let first = self.word.first().map_or(0, of);
            let (mut whole, mut ends) = (first, first & begins);
            for letter in &self.word[1..] {
                whole = (whole << 1) & of(letter);
                let (mut from, mut within) = (ends << 1, ends);
                for _ in 0..=LEFT_OUT {
                    within = (within << 1) & goes_on;
                    from |= within;
                }
                // The beginnings behind the first end.
                let least = ends & ends.wrapping_neg();
                from |= begins & !(least | least.wrapping_sub(1));
                ends = if ends == 0 { 0 } else { from & of(letter) };
            }
            whole | ends != 0
        }
    };
}

impl Quick {
    const LONGEST: usize = 128;

    fn of(letters: &[char]) -> Option<Self> {
        let word = Vec::with_capacity(letters.len());
        let mut quick = Self { of: [0; 256], word, letters: Vec::new() };
        for (byte, entry) in (0_u8..=127).zip(&mut quick.of) {
            let class = match byte {
                b'a'..=b'z' => SMALL,
                b'A'..=b'Z' => CAPITAL,
                b'0'..=b'9' => DIGIT,
                _ => OTHER,
            };
            *entry = class << CLASS;
        }
        let mut count = 0;
        for letter in letters {
            let byte = u8::try_from(*letter).ok().filter(u8::is_ascii)?;
            let both = [byte, byte.to_ascii_uppercase()];
            if quick.of[usize::from(byte)] & LETTER == 0 {
                count += 1;
                if count > LETTER {
                    return None;
                }
                for byte in both {
                    quick.of[usize::from(byte)] |= count;
                }
                quick.letters.push(both);
            }
            quick.word.push(quick.of[usize::from(byte)] & LETTER);
        }
        Some(quick)
    }

    fn is_near(&self, text: &[u8]) -> bool {
        let has = |[small, capital]: &[u8; 2]| {
            let is = |byte: &u8| u8::from(byte == small) | u8::from(byte == capital);
            text.iter().fold(0, |has, byte| has | is(byte)) != 0
        };
        self.letters.iter().all(has)
            && if text.len() <= 64 { self.in_64(text) } else { self.in_128(text) }
    }

    near_in_bits!(in_64, u64);
    near_in_bits!(in_128, u128);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(words: &str, text: &str) -> bool {
        Words::read(words).score(text, &mut Reader::default()).is_some()
    }

    #[test]
    fn letters_of_a_word_lie_together() {
        for (words, text) in [
            ("card", "Battlecard vs Rivo"),
            ("btlcrd", "Battlecard vs Rivo"),
            ("bvr", "Battlecard vs Rivo"),
            ("rvo", "Battlecard vs Rivo"),
            ("battle rivo", "Battlecard vs Rivo"),
            ("rivo battle", "Battlecard vs Rivo"),
            ("icpfin", "Who is the ICP in fintech?"),
            ("prcpg", "Pricing page narrative"),
            ("uber", "Überblick Zollprozess"),
            ("über", "Überblick Zollprozess"),
            ("業務", "通関業務の一元管理"),
            ("通理", "通関業務の一元管理"),
            ("q3", "Plan for Q3"),
            ("w12", "Report w12"),
            ("emails", "Trial emails, the first five days"),
            ("'tier", "Which tier is it?"),
            ("^which it?$", "Which tier is it?"),
            ("", "anything"),
        ] {
            assert!(finds(words, text), "{words} in {text}");
        }
    }

    #[test]
    fn letters_all_over_a_title_are_no_match() {
        for (words, text) in [
            ("tier", "Rollout timeline for the proposal pack"),
            ("tier", "Trial emails, the first five days"),
            ("sales", "Datasheet layout, all nine products"),
            ("one", "Connector demo, customs gateway to ERP in nine minutes"),
            ("atlas", "Battlecard vs Northlane"),
            ("audit", "In-app upgrade prompt, three variants"),
            ("carrier", "Do we publish the Clear price or gate it?"),
            ("!tier", "Which tier is it?"),
            ("rivox", "Battlecard vs Rivo"),
        ] {
            assert!(!finds(words, text), "{words} in {text}");
        }
    }

    #[test]
    fn what_is_asked_of_all_places_at_once_is_what_is_asked_of_each() {
        let texts = [
            "Battlecard vs Rivo",
            "Connector demo, customs gateway to ERP in nine minutes",
            "Do we name Rivo on the comparison page?",
            "camelCase Q3x 12ab (second) -- third's",
            "a",
            "",
            "  spaced",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\
             aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
        ];
        let mut ends = (Vec::new(), Vec::new());
        let mut seed = 7_u32;
        for text in texts {
            let pool: Vec<char> = text.to_lowercase().chars().chain("xy3".chars()).collect();
            for _ in 0..3_000 {
                let word: Vec<char> = (0..2 + seed % 5)
                    .map(|_| {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        pool[(seed >> 8) as usize % pool.len()]
                    })
                    .collect();
                let quick = Quick::of(&word).unwrap();
                assert_eq!(
                    quick.is_near(text.as_bytes()),
                    near(text.as_bytes(), &word, &mut ends),
                    "{word:?} in {text}"
                );
            }
        }
        assert!(texts[7].len() == Quick::LONGEST, "{}", texts[7].len());
    }

    #[test]
    fn what_a_longer_word_finds_a_shorter_one_finds() {
        let texts = [
            "Battlecard vs Rivo",
            "Connector demo, customs gateway to ERP in nine minutes",
            "Überblick Zollprozess, one page for the DACH pilot",
            "Do we name Rivo on the comparison page?",
        ];
        let words = ["btlcrd", "cdcgt", "ontheco", "zllprz", "dwnr", "gtway", "ninemin", "page"];
        for text in texts {
            for word in words {
                for end in 1..word.len() {
                    let (longer, shorter) = (finds(&word[..=end], text), finds(&word[..end], text));
                    assert!(shorter || !longer, "{} in {text}", &word[..end]);
                }
            }
        }
    }
}
