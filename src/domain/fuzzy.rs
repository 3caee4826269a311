//! Words as people type them to find something: fzf's `'exact`, `!not`, `^start`, `end$`, and plain
//! ones, whose letters may leave some out but do not lie all over a title. A letter goes on where
//! the last one stood, a little later in the same word, or at the beginning of another word; so
//! `btlcrd`, `bvr` and `card` find “Battlecard vs Rivo”, and `tier` does not find “Rollout timeline”.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, chars};

use quick::Quick;

mod quick;
#[cfg(test)]
mod tests;

/// Most letters of a word that may be left out between two.
const LEFT_OUT: usize = 3;

/// Words to look for; case and accents fold.
pub struct Words {
    words: Vec<Word>,
    needs: Letters,
}

struct Word {
    atom: Atom,
    /// A plain word of more than one letter, whose letters lie together: of one, nucleo says all.
    plain: Option<Vec<char>>,
    /// A plain word, for short texts without accents, which most are.
    quick: Option<Quick>,
}

/// Which letters a text has, or a word needs: a text that lacks one need not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Letters(u32);

impl Letters {
    /// Whatever is not made of plain letters alone, or is long: it may have any, and is read with care.
    const ANY: Self = Self(u32::MAX);

    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.len() > Quick::LONGEST || !text.is_ascii() || text.bytes().any(|byte| byte == b'\r')
        {
            return Self::ANY;
        }
        Self(text.bytes().fold(0, |letters, byte| letters | Self::bit(byte)))
    }

    /// What a word needs of a text of plain letters.
    fn needed(atom: &Atom) -> u32 {
        if atom.negative {
            return 0;
        }
        match atom.needle_text() {
            Utf32Str::Ascii(bytes) => bytes.iter().fold(0, |all, byte| all | Self::bit(*byte)),
            Utf32Str::Unicode(_) => 0,
        }
    }

    fn bit(byte: u8) -> u32 {
        match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'A'..=b'Z' => 1 << (byte - b'A'),
            b'0'..=b'9' => 1 << (26 + (byte - b'0') / 2),
            _ => 0,
        }
    }

    /// Whether these are all the letters that are needed.
    #[must_use]
    pub fn hold(self, needs: Self) -> bool {
        self.0 & needs.0 == needs.0
    }
}

/// What looking needs from title to title.
pub struct Reader {
    matcher: Matcher,
    letters: Vec<char>,
    /// Where the letters so far can end, and where those with the next one.
    ends: (Vec<usize>, Vec<usize>),
    steps: quick::Steps,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            matcher: Matcher::new(Config::DEFAULT),
            letters: Vec::new(),
            ends: (Vec::new(), Vec::new()),
            steps: quick::Steps::default(),
        }
    }
}

impl Words {
    #[must_use]
    pub fn read(text: &str) -> Self {
        let pattern = Pattern::parse(text, CaseMatching::Ignore, Normalization::Smart);
        let words: Vec<Word> = pattern.atoms.into_iter().map(Word::of).collect();
        let needs = words.iter().fold(0, |needs, word| needs | Letters::needed(&word.atom));
        Self { words, needs: Letters(needs) }
    }

    /// The letters without which no text answers.
    #[must_use]
    pub fn needs(&self) -> Letters {
        self.needs
    }

    /// How well a text answers; `None` when it does not.
    pub fn score(&self, text: &str, reader: &mut Reader) -> Option<u32> {
        self.score_with(text, Letters::of(text), reader)
    }

    /// As `score`, of a text whose letters are known.
    pub fn score_with(&self, text: &str, letters: Letters, reader: &mut Reader) -> Option<u32> {
        if !letters.hold(self.needs) {
            return None;
        }
        let is_plain = letters != Letters::ANY;
        let mut score: u32 = 0;
        for word in &self.words {
            let one = match &word.quick {
                Some(quick) if is_plain => quick.score(text.as_bytes(), &mut reader.steps)?,
                _ => word.score(text, reader)?,
            };
            score = score.saturating_add(one);
        }
        Some(score)
    }
}

impl Word {
    fn of(atom: Atom) -> Self {
        let is_plain = atom.kind == AtomKind::Fuzzy && !atom.negative;
        let letters: Vec<char> = atom.needle_text().chars().collect();
        let quick = if is_plain { Quick::of(&letters) } else { None };
        let plain = (is_plain && letters.len() > 1).then_some(letters);
        Self { atom, plain, quick }
    }

    fn score(&self, text: &str, reader: &mut Reader) -> Option<u32> {
        let Reader { matcher, letters, ends, .. } = reader;
        let text = Utf32Str::new(text, letters);
        let is_near = self.plain.as_ref().is_none_or(|word| match text {
            Utf32Str::Ascii(text) => near(text, word, ends),
            Utf32Str::Unicode(text) => near(text, word, ends),
        });
        if is_near { self.atom.score(text, matcher).map(u32::from) } else { None }
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
