//! A plain word over short texts of plain letters: a text is asked about eight letters at a time, and
//! every place in it is a bit. What comes of it is, to the point, what nucleo says of texts that
//! `near` lets pass.

use super::LEFT_OUT;

/// What nucleo gives for a letter, and takes for letters between two.
const MATCH: i32 = 16;
const GAP: i32 = 3;
/// What a word that begins is worth, and a letter that follows on another.
const BOUNDARY: i32 = 8;
const CONSECUTIVE: i32 = 4;

/// Most different letters of a word.
const MOST: usize = 16;
/// One in each of eight bytes.
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;
const LOW: u64 = !HIGH;

/// The word.
pub(super) struct Quick {
    /// Which of the letters each is.
    word: Vec<usize>,
    letters: Vec<Sought>,
}

/// A letter in each of eight bytes, and what folds capital letters to it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sought {
    letter: u64,
    fold: u64,
}

/// Where a letter of the word stands in the text, and how well all up to it answer.
#[derive(Clone, Copy)]
struct Step {
    at: i32,
    score: i32,
    bonus: i32,
}

/// The steps of a letter and of the one before it, kept from text to text.
#[derive(Default)]
pub(super) struct Steps {
    now: Vec<Step>,
    next: Vec<Step>,
}

/// The classes of letters, as nucleo tells them apart.
const WHITE: u8 = 0;
const OTHER: u8 = 1;
const DELIMITER: u8 = 2;
const SMALL: u8 = 3;
const CAPITAL: u8 = 4;
const DIGIT: u8 = 5;

const CLASSES: [u8; 128] = classes();
/// What a letter of the second class is worth behind one of the first.
const BONUS: [[i32; 6]; 6] = bonuses();

const fn classes() -> [u8; 128] {
    let mut classes = [OTHER; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c => WHITE,
            b'/' | b',' | b':' | b';' | b'|' => DELIMITER,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
}

const fn bonuses() -> [[i32; 6]; 6] {
    let mut bonuses = [[0; 6]; 6];
    let mut before: u8 = 0;
    while before < 6 {
        let mut class: u8 = 0;
        while class < 6 {
            let is_of_word = class > DELIMITER;
            bonuses[before as usize][class as usize] = match before {
                WHITE if is_of_word => BOUNDARY + 2,
                DELIMITER if is_of_word => BOUNDARY + 1,
                OTHER if is_of_word => BOUNDARY,
                SMALL if class == CAPITAL => BOUNDARY - GAP,
                _ if before != DIGIT && class == DIGIT => BOUNDARY - GAP,
                _ if class == WHITE => BOUNDARY + 2,
                _ if class == OTHER => BOUNDARY,
                _ => 0,
            };
            class += 1;
        }
        before += 1;
    }
    bonuses
}

/// What the letter at a place is worth.
fn bonus(text: &[u8], at: usize) -> i32 {
    let class = |at: usize| CLASSES[usize::from(text[at] & 127)];
    let before = if at == 0 { WHITE } else { class(at - 1) };
    BONUS[usize::from(before)][usize::from(class(at))]
}

impl Sought {
    fn of(letter: u8) -> Self {
        let fold = if letter.is_ascii_lowercase() { 0x20 } else { 0 };
        Self { letter: u64::from(letter).wrapping_mul(ONES), fold: ONES.wrapping_mul(fold) }
    }

    /// The bytes that are this letter, by their highest bit.
    fn among(self, eight: u64) -> u64 {
        let other = (eight | self.fold) ^ self.letter;
        !((other & LOW).wrapping_add(LOW) | other | LOW)
    }
}

/// The bytes that lie between two letters, by their highest bit; all are below 128.
fn between(eight: u64, first: u8, last: u8) -> u64 {
    let from = eight.wrapping_add(ONES.wrapping_mul(128 - u64::from(first)));
    let beyond = eight.wrapping_add(ONES.wrapping_mul(127 - u64::from(last)));
    from & !beyond & HIGH
}

/// The highest bits of eight bytes side by side.
fn side_by_side(bits: u64) -> u64 {
    bits.wrapping_mul(0x0002_0408_1020_4081) >> 56
}

/// A text, eight bytes at a time, the last filled up with what is no letter; and how many there are.
fn eights(text: &[u8]) -> ([u64; Quick::LONGEST / 8], usize) {
    let mut eights = [0; Quick::LONGEST / 8];
    let (whole, rest) = text.as_chunks::<8>();
    for (eight, bytes) in eights.iter_mut().zip(whole) {
        *eight = u64::from_le_bytes(*bytes);
    }
    if let Some(last) = eights.get_mut(whole.len()) {
        *last = rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte));
    }
    (eights, text.len().div_ceil(8))
}

/// How well the word answers to a text of at most as many letters as the number has bits.
macro_rules! score_in_bits {
    ($name:ident, $near:ident, $bits:ty) => {
        fn $name(&self, text: &[u8], steps: &mut Steps) -> Option<u32> {
            let mut places: [$bits; MOST] = [0; MOST];
            let (eights, many) = eights(text);
            for (letter, places) in self.letters.iter().zip(&mut places) {
                let mut at = 0;
                for eight in &eights[..many] {
                    *places |= <$bits>::from(side_by_side(letter.among(*eight))).wrapping_shl(at);
                    at += 8;
                }
                if *places == 0 {
                    return None;
                }
            }
            let mut letters = self.word.iter().map(|letter| places[*letter]);
            let mut found = letters.next()?;
            let whole =
                self.word[1..].iter().fold(found, |so_far, letter| (so_far << 1) & places[*letter]);
            if whole == 0 && !self.$near(&eights[..many], &places) {
                return None;
            }
            let Steps { now, next } = steps;
            now.clear();
            let mut rest = found;
            while rest != 0 {
                let at = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                let bonus = bonus(text, at as usize);
                now.push(Step { at: at.cast_signed(), score: MATCH + 2 * bonus, bonus });
            }
            for places in letters {
                // Behind the first of those before it.
                let least = found & found.wrapping_neg();
                found = places & !(least | least.wrapping_sub(1));
                next.clear();
                let (mut before, mut best) = (0, 0);
                let mut rest = found;
                while rest != 0 {
                    let at = rest.trailing_zeros();
                    rest &= rest.wrapping_sub(1);
                    next.push(follow(
                        now,
                        (&mut before, &mut best),
                        at.cast_signed(),
                        bonus(text, at as usize),
                    ));
                }
                std::mem::swap(now, next);
            }
            now.iter().map(|step| step.score.unsigned_abs()).max()
        }

        /// As `super::near`, of all places at once.
        fn $near(&self, eights: &[u64], places: &[$bits; MOST]) -> bool {
            let (mut small, mut capital, mut digit): ($bits, $bits, $bits) = (0, 0, 0);
            for (at, eight) in (0_u32..).step_by(8).zip(eights.iter().copied()) {
                let put = |bits: u64| <$bits>::from(side_by_side(bits)).wrapping_shl(at);
                small |= put(between(eight, b'a', b'z'));
                capital |= put(between(eight, b'A', b'Z'));
                digit |= put(between(eight, b'0', b'9'));
            }
            let words = small | capital | digit;
            let begins = 1
                | words & !(words << 1)
                | small << 1 & (capital | digit)
                | capital << 1 & digit
                | digit << 1 & (small | capital);
            let goes_on = words & !begins;
            let mut ends = self.word.first().map_or(0, |letter| places[*letter]) & begins;
            for letter in &self.word[1..] {
                let (mut from, mut within) = (ends << 1, ends);
                for _ in 0..=LEFT_OUT {
                    within = (within << 1) & goes_on;
                    from |= within;
                }
                // The beginnings behind the first end.
                let least = ends & ends.wrapping_neg();
                from |= begins & !(least | least.wrapping_sub(1));
                ends = if ends == 0 { 0 } else { from & places[*letter] };
            }
            ends != 0
        }
    };
}

/// A letter at a place, behind the best of the steps of the letter before it: right before it, or
/// further back, which costs something for each letter between them.
fn follow(steps: &[Step], so_far: (&mut usize, &mut i32), at: i32, bonus: i32) -> Step {
    let (before, best) = so_far;
    while let Some(step) = steps.get(*before).filter(|step| step.at + 1 < at) {
        *best = (*best).max(step.score + step.at);
        *before += 1;
    }
    let apart = (*best - at - 1).max(0) + bonus;
    if let Some(step) = steps.get(*before).filter(|step| step.at + 1 == at) {
        let run = step.bonus.max(CONSECUTIVE);
        let run = if bonus >= BOUNDARY && bonus > run { bonus } else { run };
        let together = step.score + run.max(bonus);
        if together > apart {
            return Step { at, score: together + MATCH, bonus: run };
        }
    }
    Step { at, score: apart + MATCH, bonus }
}

impl Quick {
    pub const LONGEST: usize = 128;

    /// `None` for what is looked for in another way.
    pub fn of(letters: &[char]) -> Option<Self> {
        let mut quick = Self { word: Vec::with_capacity(letters.len()), letters: Vec::new() };
        for letter in letters {
            let byte = u8::try_from(*letter).ok().filter(|byte| (b' '..127).contains(byte))?;
            let sought = Sought::of(byte);
            let at = quick.letters.iter().position(|other| *other == sought);
            quick.word.push(at.unwrap_or(quick.letters.len()));
            if at.is_none() {
                quick.letters.push(sought);
            }
        }
        (!quick.word.is_empty() && quick.letters.len() <= MOST).then_some(quick)
    }

    /// How well the word answers to a text of plain letters, at most `LONGEST` of them.
    pub fn score(&self, text: &[u8], steps: &mut Steps) -> Option<u32> {
        if text.len() <= 64 { self.in_64(text, steps) } else { self.in_128(text, steps) }
    }

    score_in_bits!(in_64, near_in_64, u64);
    score_in_bits!(in_128, near_in_128, u128);
}
