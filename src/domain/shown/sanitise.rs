//! Turns somebody's text into text that a terminal draws and does not obey
//! (`spec/7-quality.md §7.6.2`). It looks at neighbours; what a single
//! character is, `class` says.

use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

use super::LONGEST_LINE;
use super::class::{
    Class, class_of, is_emoji, is_han, is_keycap_base, is_simple, is_skin_tone, is_text_emoji,
    melts_into, uses_joiners,
};

const MOST_MARKS: usize = 4;

/// The longest emoji in use, a family or a couple, has four elements.
const MOST_JOINS: usize = 3;

/// More bytes than this are more than [`LONGEST_LINE`] columns, however many
/// marks, selectors and joiners each column carries.
const MOST_BYTES: usize = LONGEST_LINE * 64;

const LINE_BREAK: char = '⏎';
const ESCAPE_OF_DELETE: char = '␡';
const COMBINING_KEYCAP: char = '\u{20E3}';
const TEXT_SELECTOR: char = '\u{FE0E}';
const EMOJI_SELECTOR: char = '\u{FE0F}';

/// What a mark with no letter under it is drawn on, so that it does not land on
/// whatever stands to its left on the screen.
const DOTTED_CIRCLE: char = '◌';

/// One line that is safe to draw. The caller cuts it to its longest width.
pub(super) fn line(text: &str) -> String {
    let is_printed = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_printed || text.chars().all(is_simple) {
        return text.to_owned();
    }
    looked_at(text)
}

/// The same, character by character.
pub(super) fn looked_at(text: &str) -> String {
    let mut sanitiser = Sanitiser::new(text);
    while sanitiser.shown.len() <= MOST_BYTES && sanitiser.step() {}
    sanitiser.end_marks();
    sanitiser.shown
}

/// What was drawn last, as far as it decides about the next character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Emoji(char),
    /// An emoji that has its selector or skin tone.
    FullEmoji,
    JoinedEmoji,
    KeycapBase,
    JoiningLetter,
    Han,
    Letter(char),
    Other,
}

struct Sanitiser<'a> {
    rest: Peekable<Chars<'a>>,
    shown: String,
    before: Before,
    marks: usize,
    joins: usize,
}

impl<'a> Sanitiser<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            rest: text.chars().peekable(),
            shown: String::with_capacity(text.len() + 16),
            before: Before::Nothing,
            marks: 0,
            joins: 0,
        }
    }

    /// Draws the next character; false at the end of the text.
    fn step(&mut self) -> bool {
        let Some(c) = self.rest.next() else {
            return false;
        };
        match class_of(c) {
            Class::Plain => self.plain(c),
            Class::Control => self.control(c),
            Class::Blank => self.sign(' '),
            Class::Separator => self.sign(LINE_BREAK),
            Class::BidiMark => {}
            Class::Chip => self.chip(c),
            Class::Joiner => self.joiner(c),
            Class::Selector => self.selector(c),
            Class::Mark => self.mark(c),
            Class::Jamo => self.jamo(c),
        }
        true
    }

    fn plain(&mut self, c: char) {
        self.end_marks();
        self.shown.push(with_one_width(c));
        self.before = self.after_plain(c);
    }

    fn after_plain(&mut self, c: char) -> Before {
        if c.is_ascii() {
            return if is_keycap_base(c) { Before::KeycapBase } else { Before::Other };
        }
        if is_skin_tone(c) && matches!(self.before, Before::Emoji(_)) {
            return Before::FullEmoji;
        }
        if is_emoji(c) {
            if self.before != Before::JoinedEmoji {
                self.joins = 0;
            }
            return Before::Emoji(c);
        }
        match c {
            _ if uses_joiners(c) => Before::JoiningLetter,
            _ if is_han(c) => Before::Han,
            _ => Before::Letter(c),
        }
    }

    fn control(&mut self, c: char) {
        match c {
            '\t' => self.sign(' '),
            '\n' => self.sign(LINE_BREAK),
            // The return of a Windows line break says nothing of its own.
            '\r' if self.rest.peek() == Some(&'\n') => {}
            '\0'..='\u{1F}' => {
                let picture = char::from_u32(0x2400 + u32::from(c));
                self.sign(picture.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            '\u{7F}' => self.sign(ESCAPE_OF_DELETE),
            _ => self.chip(c),
        }
    }

    /// Draws our own stand-in for a character.
    fn sign(&mut self, sign: char) {
        self.end_marks();
        self.shown.push(sign);
        self.before = Before::Other;
    }

    fn chip(&mut self, c: char) {
        self.end_marks();
        let code = u32::from(c);
        // Writing to a string cannot fail.
        let _ = if c.is_control() {
            write!(self.shown, "⟨{code:02X}⟩")
        } else {
            write!(self.shown, "⟨{code:04X}⟩")
        };
        self.before = Before::Other;
    }

    fn joiner(&mut self, c: char) {
        let Some(&next) = self.rest.peek() else {
            return self.chip(c);
        };
        let joins_emoji = c == '\u{200D}'
            && matches!(self.before, Before::Emoji(_) | Before::FullEmoji)
            && is_emoji(next)
            && self.joins < MOST_JOINS;
        if joins_emoji {
            self.shown.push(c);
            self.joins += 1;
            self.before = Before::JoinedEmoji;
        } else if self.before == Before::JoiningLetter && uses_joiners(next) {
            self.shown.push(c);
        } else {
            self.chip(c);
        }
    }

    fn selector(&mut self, c: char) {
        let next = self.rest.peek().copied();
        let after = match (self.before, c) {
            (Before::Emoji(_), EMOJI_SELECTOR) => Before::FullEmoji,
            // A wide emoji asked to be text is drawn one column wide by some
            // terminals and two by others, so that borders would move.
            (Before::Emoji(emoji), TEXT_SELECTOR) if is_text_emoji(emoji) => Before::Other,
            (Before::KeycapBase, EMOJI_SELECTOR) if next == Some(COMBINING_KEYCAP) => Before::Other,
            (Before::Han, '\u{FE00}'..='\u{FE02}') => Before::Other,
            (Before::JoiningLetter, '\u{FE00}') if next.is_some_and(uses_joiners) => {
                Before::JoiningLetter
            }
            _ => return self.chip(c),
        };
        self.shown.push(c);
        self.before = after;
    }

    fn mark(&mut self, c: char) {
        if self.before == Before::Nothing {
            self.shown.push(DOTTED_CIRCLE);
        }
        if self.marks < MOST_MARKS {
            self.shown.push(c);
        }
        self.marks += 1;
        self.before = if uses_joiners(c) && self.marks <= MOST_MARKS {
            Before::JoiningLetter
        } else {
            Before::Other
        };
    }

    fn jamo(&mut self, c: char) {
        let melts = matches!(self.before, Before::Letter(before) if melts_into(before, c));
        if !melts {
            return self.chip(c);
        }
        if self.marks < MOST_MARKS {
            self.shown.push(c);
        }
        self.marks += 1;
        self.before = Before::Letter(c);
    }

    /// Says how many marks were left out of the letter that ends here.
    fn end_marks(&mut self) {
        let left_out = self.marks.saturating_sub(MOST_MARKS);
        if left_out > 0 {
            // Writing to a string cannot fail.
            let _ = write!(self.shown, "⟨+{left_out}⟩");
        }
        self.marks = 0;
    }
}

/// Half-width sound marks have as many widths as there are programs that count
/// them, so they are drawn as their full-width twins.
fn with_one_width(c: char) -> char {
    match c {
        '\u{FF9E}' => '\u{309B}',
        '\u{FF9F}' => '\u{309C}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[track_caller]
    fn same(text: &str) {
        assert_eq!(line(text), text);
    }

    #[test]
    fn every_row_of_the_table() {
        assert_eq!(line("\x1b]52;c;QUJD\x07"), "␛]52;c;QUJD␇");
        assert_eq!(line("a\0b\x7fc\td"), "a␀b␡c d");
        assert_eq!(line("a\nb\r\nc\rd"), "a⏎b⏎c␍d");
        assert_eq!(line("\u{9b}2J\u{85}"), "⟨9B⟩2J⟨85⟩");
        assert_eq!(line("a\u{202E}b\u{2066}"), "a⟨202E⟩b⟨2066⟩");
        assert_eq!(line("a\u{200E}b\u{061C}\u{200F}"), "ab");
        assert_eq!(line("a\u{200B}b\u{AD}\u{FEFF}"), "a⟨200B⟩b⟨00AD⟩⟨FEFF⟩");
        assert_eq!(line("\u{3164}\u{E0041}"), "⟨3164⟩⟨E0041⟩");
        assert_eq!(line("a\u{2028}b\u{2029}"), "a⏎b⏎");
        assert_eq!(line("a\u{A0}b\u{2800}\u{3000}\u{202F}c"), "a b   c");
        assert_eq!(line("\u{E000}\u{FFFE}\u{10FFFF}\u{378}"), "⟨E000⟩⟨FFFE⟩⟨10FFFF⟩⟨0378⟩");
    }

    #[test]
    fn a_tower_of_marks_is_counted() {
        let tower = format!("e{}x", "\u{301}".repeat(60));
        assert_eq!(line(&tower), "e\u{301}\u{301}\u{301}\u{301}⟨+56⟩x");
        assert_eq!(line(&format!("e{}", "\u{301}".repeat(5))), "e\u{301}\u{301}\u{301}\u{301}⟨+1⟩");
        same("e\u{301}\u{301}\u{301}\u{301}");
        assert_eq!(line("\u{301}a"), "◌\u{301}a");
        // A mark that is newer than what cuts text into letters.
        assert_eq!(line("a\u{1D127}"), "a⟨1D127⟩");
        assert_eq!(line("\u{200E}\u{301}"), "◌\u{301}");
    }

    #[test]
    fn valid_emoji_stay_whole() {
        for text in ["👩‍👩‍👧‍👦", "👩🏽‍❤️‍💋‍👨🏿", "🏳️‍🌈", "👨‍🦰", "❤️", "1️⃣", "#️⃣", "🇩🇪", "👍🏽", "✔\u{FE0E}"]
        {
            same(text);
        }
    }

    #[test]
    fn joiners_and_selectors_elsewhere_are_chips() {
        assert_eq!(line("a\u{200D}b"), "a⟨200D⟩b");
        assert_eq!(line("\u{200C}"), "⟨200C⟩");
        assert_eq!(line("👩\u{200D}"), "👩⟨200D⟩");
        assert_eq!(line("👩\u{200D}\u{200D}👧"), "👩⟨200D⟩⟨200D⟩👧");
        assert_eq!(line("a\u{FE0F}"), "a⟨FE0F⟩");
        assert_eq!(line("1\u{FE0F}2"), "1⟨FE0F⟩2");
        assert_eq!(line("❤\u{FE0F}\u{FE0F}"), "❤\u{FE0F}⟨FE0F⟩");
        assert_eq!(line("⌚\u{FE0E}"), "⌚⟨FE0E⟩");
        assert_eq!(line("👩‍👩‍👧‍👦\u{200D}👦"), "👩‍👩‍👧‍👦⟨200D⟩👦", "a chain longer than any emoji is broken");
    }

    #[test]
    fn scripts_that_need_joiners_keep_them() {
        // Persian, Sinhala, Bengali.
        for text in ["می\u{200C}خواهم", "ශ්\u{200D}රී", "র\u{200D}্যাব"] {
            same(text);
        }
        assert_eq!(line("می\u{200C}"), "می⟨200C⟩");
        assert_eq!(line("می\u{200C}\u{200C}خ"), "می⟨200C⟩⟨200C⟩خ");
        assert_eq!(line("می\u{200C}a"), "می⟨200C⟩a");
    }

    #[test]
    fn a_korean_vowel_needs_its_consonant() {
        same("\u{1112}\u{1161}\u{11AB}");
        assert_eq!(line("a\u{1161}"), "a⟨1161⟩");
        assert_eq!(line("\u{AC01}\u{1161}"), "\u{AC01}⟨1161⟩");
        assert_eq!(line("\u{1112}\u{11AB}"), "\u{1112}⟨11AB⟩");
    }
}
