//! Text that is safe to draw: the one type that may reach a terminal, built
//! only by the sanitiser. It never alters what is stored, knows no colour and
//! does not wrap lines.

mod class;
mod json;
mod plain;
mod sanitise;

use std::borrow::Cow;
use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use class::is_simple;
pub use json::escape_json;
pub use plain::{SIGNS, ascii};

/// The longest line that is ever drawn, in columns (`spec/7-quality.md §7.6.2`).
pub const LONGEST_LINE: usize = 10_000;

const ELLIPSIS: &str = "…";

/// One line of text without a control, bidi or invisible character.
///
/// What could not be drawn as itself stands as a chip such as `⟨202E⟩`. There
/// is no newline in it, so its width is the room that it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shown(String);

impl Shown {
    /// Somebody's text on one line: a line break is drawn as `⏎`.
    #[must_use]
    pub fn line(text: &str) -> Self {
        let shown = Self(sanitise::line(text));
        if shown.0.len() > LONGEST_LINE {
            return shown.truncate(LONGEST_LINE);
        }
        shown
    }

    /// Somebody's text for a view of several lines, one value per line. A last
    /// line break opens no further line, and empty text has no lines.
    #[must_use]
    pub fn lines(text: &str) -> Vec<Self> {
        text.lines().map(Self::line).collect()
    }

    /// Our own words. They are not looked at again in a release build.
    #[must_use]
    pub fn fixed(text: &'static str) -> Self {
        debug_assert!(
            !text.chars().any(char::is_control),
            "our own literals hold no control characters"
        );
        Self(text.to_owned())
    }

    /// Bytes that may not be UTF-8, such as a file name or the output of a
    /// command; each bad sequence is drawn as U+FFFD.
    #[must_use]
    pub fn bytes(bytes: &[u8]) -> Self {
        Self::line(&String::from_utf8_lossy(bytes))
    }

    /// The text, ready to be drawn.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The room that it takes, in columns.
    #[must_use]
    pub fn width(&self) -> usize {
        columns(&self.0)
    }

    /// At most so many columns of it. What was cut ends in `…`; a letter, an
    /// emoji or a double-width character is never split.
    #[must_use]
    pub fn truncate(&self, most: usize) -> Self {
        Self(self.cut(most).into_owned())
    }

    /// The same, without a copy where nothing is cut.
    #[must_use]
    pub fn cut(&self, most: usize) -> Cow<'_, str> {
        if self.width() <= most {
            return Cow::Borrowed(&self.0);
        }
        let Some(room) = most.checked_sub(1) else {
            return Cow::Borrowed("");
        };
        let mut text = String::with_capacity(most + ELLIPSIS.len());
        text.push_str(&self.0[..end_of(&self.0, room)]);
        text.push_str(ELLIPSIS);
        Cow::Owned(text)
    }

    /// Exactly so many columns, the text at the left.
    #[must_use]
    pub fn pad_right(&self, exactly: usize) -> Self {
        let Self(mut text) = self.truncate(exactly);
        let missing = exactly.saturating_sub(columns(&text));
        text.extend(std::iter::repeat_n(' ', missing));
        Self(text)
    }

    /// Exactly so many columns, the text at the right.
    #[must_use]
    pub fn pad_left(&self, exactly: usize) -> Self {
        let Self(text) = self.truncate(exactly);
        let missing = exactly.saturating_sub(columns(&text));
        let mut padded = " ".repeat(missing);
        padded.push_str(&text);
        Self(padded)
    }

    /// This and then that, on one line.
    #[must_use]
    pub fn followed_by(mut self, next: &Self) -> Self {
        self.0.push_str(&next.0);
        self
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not `pad`: the formatter counts characters, and we count columns.
        formatter.write_str(&self.0)
    }
}

impl AsRef<str> for Shown {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Shown> for String {
    fn from(shown: Shown) -> Self {
        shown.0
    }
}

/// How many bidi marks drawing this text drops without a trace, for the detail
/// view to say so.
#[must_use]
pub fn dropped_marks(text: &str) -> usize {
    text.chars().filter(|&c| class::is_bidi_mark(c)).count()
}

fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let simple = text.chars().try_fold(0, |count, c| is_simple(c).then_some(count + 1));
    simple.unwrap_or_else(|| columns_of_signs(text))
}

fn columns_of_signs(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Where the graphemes that fit into so many columns end, in bytes.
fn end_of(text: &str, room: usize) -> usize {
    if text.is_ascii() {
        return room.min(text.len());
    }
    if text.chars().all(is_simple) {
        return text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    }
    end_of_signs(text, room)
}

fn end_of_signs(text: &str, room: usize) -> usize {
    let mut taken = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        taken += grapheme.width();
        if taken > room {
            return start;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::class::{Class, class_of};
    use super::*;

    fn shown(text: &str) -> String {
        Shown::line(text).into()
    }

    #[test]
    fn a_cut_ends_in_an_ellipsis_and_splits_nothing() {
        assert_eq!(Shown::line("Battlecard").truncate(10).as_str(), "Battlecard");
        assert_eq!(Shown::line("Battlecard").truncate(7).as_str(), "Battle…");
        assert_eq!(Shown::line("日本語").truncate(4).as_str(), "日…");
        assert_eq!(Shown::line("ab👩‍👩‍👧‍👦cd").truncate(4).as_str(), "ab…");
        assert_eq!(Shown::line("ab👩‍👩‍👧‍👦cd").truncate(5).as_str(), "ab👩‍👩‍👧‍👦…");
        assert_eq!(Shown::line("ab").truncate(1).as_str(), "…");
        assert_eq!(Shown::line("ab").truncate(0).as_str(), "");
    }

    #[test]
    fn padding_is_exact_even_beside_a_double_width_letter() {
        assert_eq!(Shown::line("ab").pad_right(4).as_str(), "ab  ");
        assert_eq!(Shown::line("ab").pad_left(4).as_str(), "  ab");
        assert_eq!(Shown::line("日本語").pad_right(5).as_str(), "日本…");
        assert_eq!(Shown::line("日本語").pad_right(4).as_str(), "日… ");
        assert_eq!(Shown::line("日本語").pad_left(4).as_str(), " 日…");
    }

    #[test]
    fn width_counts_columns() {
        assert_eq!(Shown::line("naïve").width(), 5);
        assert_eq!(Shown::line("日本").width(), 4);
        assert_eq!(Shown::line("e\u{301}").width(), 1);
        assert_eq!(Shown::line("👍🏽").width(), 2);
        assert_eq!(Shown::line("ｶﾞ").width(), 3);
    }

    #[test]
    fn several_lines_become_several_values() {
        let lines = Shown::lines("one\r\n\ntwo\x1b[2J\n");
        let lines: Vec<_> = lines.iter().map(Shown::as_str).collect();
        assert_eq!(lines, ["one", "", "two␛[2J"]);
        assert!(Shown::lines("").is_empty());
    }

    #[test]
    fn bad_bytes_are_drawn_as_the_replacement_character() {
        assert_eq!(Shown::bytes(b"a\xff\x1bb").as_str(), "a\u{FFFD}␛b");
    }

    #[test]
    fn a_line_over_the_longest_is_cut() {
        for text in ["a".repeat(20_000), "日".repeat(20_000)] {
            let shown = Shown::line(&text);
            assert!(shown.width() <= LONGEST_LINE && shown.width() >= LONGEST_LINE - 1);
            assert!(shown.as_str().ends_with('…'));
        }
        let fits = "a".repeat(LONGEST_LINE);
        assert_eq!(shown(&fits), fits);
        let marks = format!("a{}", "\u{301}".repeat(1_000_000));
        assert!(Shown::line(&marks).width() < 20);
    }

    #[test]
    fn dropped_marks_are_counted() {
        assert_eq!(dropped_marks("a\u{200E}b\u{200F}\u{061C}"), 3);
        assert_eq!(dropped_marks("plain"), 0);
    }

    #[test]
    fn pieces_follow_each_other() {
        let both = Shown::fixed("d12 ").followed_by(&Shown::line("a\nb"));
        assert_eq!(both.to_string(), "d12 a⏎b");
    }

    /// A character that must never come out, whatever went in.
    fn simple() -> Vec<char> {
        (' '..='\u{FFFF}').filter(|c| is_simple(*c)).collect()
    }

    #[test]
    fn each_simple_character_is_plain_and_one_column_wide() {
        assert!(('\u{10000}'..=char::MAX).all(|c| !is_simple(c)));
        for c in simple() {
            assert_eq!(class_of(c), Class::Plain, "{c:?}");
            assert_eq!(columns_of_signs(&c.to_string()), 1, "{c:?}");
        }
    }

    proptest! {
        /// What is not looked at further would not have been altered, and each of it takes a column.
        #[test]
        fn simple_characters_are_drawn_as_they_are(
            text in prop::collection::vec(prop::sample::select(simple()), 0..30),
            room in 0..40_usize,
        ) {
            let text: String = text.into_iter().collect();
            prop_assert_eq!(sanitise::looked_at(&text), text.as_str());
            prop_assert_eq!(columns(&text), columns_of_signs(&text));
            prop_assert_eq!(end_of(&text, room), end_of_signs(&text, room));
        }
    }

    fn is_forbidden(c: char) -> bool {
        match class_of(c) {
            Class::Plain | Class::Mark | Class::Jamo | Class::Joiner | Class::Selector => false,
            Class::Blank => c != ' ',
            Class::Control | Class::Separator | Class::BidiMark | Class::Chip => true,
        }
    }

    /// Text in which the dangerous and the joining characters are common.
    fn nasty() -> impl Strategy<Value = String> {
        let ranges: Vec<std::ops::RangeInclusive<char>> = vec![
            '\0'..='\u{FF}',
            '\u{300}'..='\u{36F}',
            '\u{600}'..='\u{6FF}',
            '\u{900}'..='\u{97F}',
            '\u{1100}'..='\u{11FF}',
            '\u{1780}'..='\u{180F}',
            '\u{2000}'..='\u{206F}',
            '\u{20D0}'..='\u{20E3}',
            '\u{2600}'..='\u{27BF}',
            '\u{4E00}'..='\u{4E20}',
            '\u{AC00}'..='\u{AC20}',
            '\u{E000}'..='\u{E010}',
            '\u{FE00}'..='\u{FE0F}',
            '\u{FF9E}'..='\u{FFFF}',
            '\u{1F1E6}'..='\u{1F1FF}',
            '\u{1F3FB}'..='\u{1F3FF}',
            '\u{1F466}'..='\u{1F469}',
            '\u{E0000}'..='\u{E0FFF}',
        ];
        let one = prop_oneof![
            2 => proptest::char::ranges(ranges.into()),
            1 => proptest::sample::select(vec!['\u{200D}', '\u{200C}', '\u{FE0F}', '\u{FE0E}']),
            1 => any::<char>(),
        ];
        proptest::collection::vec(one, 0..40).prop_map(|all| all.into_iter().collect())
    }

    proptest! {
        #[test]
        fn nothing_dangerous_comes_out_of_one_pass_or_two(text in nasty()) {
            let once = Shown::line(&text);
            let twice = Shown::line(once.as_str());
            prop_assert!(!once.as_str().contains(is_forbidden), "{once:?}");
            prop_assert!(!twice.as_str().contains(is_forbidden), "{twice:?}");
        }

        #[test]
        fn every_cell_that_is_drawn_can_be_seen(text in nasty()) {
            let once = Shown::line(&text);
            for grapheme in once.as_str().graphemes(true) {
                prop_assert!(grapheme.width() > 0, "{grapheme:?} in {once:?}");
            }
        }

        #[test]
        fn widths_are_kept(text in nasty(), columns in 0_usize..60) {
            let whole = Shown::line(&text);
            prop_assert!(whole.truncate(columns).width() <= columns);
            prop_assert_eq!(whole.pad_right(columns).width(), columns);
            prop_assert_eq!(whole.pad_left(columns).width(), columns);
        }

        #[test]
        fn printable_ascii_is_drawn_as_it_is(text in "[ -~]{0,80}") {
            prop_assert_eq!(shown(&text), text);
        }
    }
}
