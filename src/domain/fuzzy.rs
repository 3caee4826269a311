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
    /// The letters of each plain word.
    plain: Vec<Vec<char>>,
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
            .map(|atom| atom.needle_text().chars().collect())
            .collect();
        Self { pattern, plain }
    }

    /// How well a text answers; `None` when it does not.
    pub fn score(&self, text: &str, reader: &mut Reader) -> Option<u32> {
        let Reader { matcher, letters, ends } = reader;
        let text = Utf32Str::new(text, letters);
        let is_near = match text {
            Utf32Str::Ascii(bytes) => self.plain.iter().all(|word| near(bytes, word, ends)),
            Utf32Str::Unicode(letters) => self.plain.iter().all(|word| near(letters, word, ends)),
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
        for at in now.first().map_or(text.len(), |first| first + 1)..text.len() {
            // The nearest end so far, and how many letters of its word were left out since.
            if let Some(end) = within.next_if(|end| **end < at) {
                (last, left) = (Some(*end), 0);
            } else if !text[at - 1].is_of_word() || begins(at) {
                left = LEFT_OUT + 1;
            } else {
                left += 1;
            }
            let begins_here = begins(at);
            let goes_on = last.is_some_and(|end| end + 1 == at) || left <= LEFT_OUT && !begins_here;
            if (goes_on || begins_here) && text[at].is(*wanted) {
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
