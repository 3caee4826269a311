//! The table of `spec/7-quality.md §7.6.2`: which kind of care a character
//! needs before it is drawn. It looks at one character at a time; what depends
//! on the neighbours is the sanitiser's.

use std::ops::RangeInclusive;

use unicode_properties::{
    EmojiStatus, GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory,
};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// How a character is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Drawn as it is.
    Plain,
    /// C0, DEL and C1.
    Control,
    /// Any kind of space, drawn as one space.
    Blank,
    /// The line and paragraph separators, drawn as `⏎`.
    Separator,
    /// A mark that only steers direction: dropped, and counted.
    BidiMark,
    /// Cannot be drawn, or would deceive: its code point in brackets.
    Chip,
    /// The zero-width joiner and non-joiner.
    Joiner,
    /// The sixteen variation selectors.
    Selector,
    /// Sits on the letter before it.
    Mark,
    /// A Korean vowel or final that melts into the syllable before it.
    Jamo,
}

/// Invisible, and therefore able to hide text or to break a search.
const INVISIBLE: &[RangeInclusive<char>] = &[
    '\u{00AD}'..='\u{00AD}',
    '\u{034F}'..='\u{034F}',
    '\u{115F}'..='\u{1160}',
    '\u{17B4}'..='\u{17B5}',
    '\u{180B}'..='\u{180F}',
    '\u{200B}'..='\u{200B}',
    '\u{2060}'..='\u{2064}',
    '\u{206A}'..='\u{206F}',
    '\u{3164}'..='\u{3164}',
    '\u{FEFF}'..='\u{FEFF}',
    '\u{FFA0}'..='\u{FFA0}',
    '\u{FFF9}'..='\u{FFFB}',
    '\u{E0000}'..='\u{E0FFF}',
];

/// Format characters that are drawn, such as the Arabic number sign.
const DRAWN_FORMAT: &[RangeInclusive<char>] = &[
    '\u{0600}'..='\u{0605}',
    '\u{06DD}'..='\u{06DD}',
    '\u{070F}'..='\u{070F}',
    '\u{0890}'..='\u{0891}',
    '\u{08E2}'..='\u{08E2}',
    '\u{110BD}'..='\u{110BD}',
    '\u{110CD}'..='\u{110CD}',
];

/// Blocks of scripts whose spelling needs joiners: Arabic and its relatives,
/// the Indic scripts, Myanmar, Khmer and Mongolian.
const JOINING: &[RangeInclusive<char>] = &[
    '\u{0600}'..='\u{08FF}',
    '\u{0900}'..='\u{0DFF}',
    '\u{1000}'..='\u{109F}',
    '\u{1780}'..='\u{18AF}',
    '\u{1B00}'..='\u{1BBF}',
    '\u{A840}'..='\u{A87F}',
    '\u{A8E0}'..='\u{A8FF}',
    '\u{A980}'..='\u{A9FF}',
    '\u{AA60}'..='\u{AA7F}',
    '\u{ABC0}'..='\u{ABFF}',
    '\u{FB50}'..='\u{FDFF}',
    '\u{FE70}'..='\u{FEFC}',
    '\u{10D00}'..='\u{10D3F}',
    '\u{11000}'..='\u{11DFF}',
    '\u{1E900}'..='\u{1E95F}',
];

const HAN: &[RangeInclusive<char>] =
    &['\u{3400}'..='\u{4DBF}', '\u{4E00}'..='\u{9FFF}', '\u{20000}'..='\u{3FFFD}'];

/// Whether a character is drawn as it is in one column, whatever stands beside it: no text of such
/// characters alone needs a further look. Letters of Latin, dashes and quotes, arrows, lines, blocks,
/// dots, and the marks of our own.
#[must_use]
pub fn is_simple(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '¡'..='¨' | 'ª'..='¬' | '¯'..='\u{017F}'
        | '‐'..='‧' | '‹' | '›' | '€' | '←'..='↓' | '−' | '≤' | '≥' | '⏎'
        | '\u{2500}'..='\u{259F}' | '▲' | '▴' | '▸' | '▼' | '▾' | '◆' | '●' | '✓' | '✕'
        | '\u{2801}'..='\u{28FF}')
}

/// What the table says about a character.
pub(super) fn class_of(c: char) -> Class {
    match c {
        ' '..='~' | '¡'..='¬' | '®'..='\u{02FF}' => Class::Plain,
        '\u{200C}' | '\u{200D}' => Class::Joiner,
        '\u{FE00}'..='\u{FE0F}' => Class::Selector,
        // An empty Braille cell is a blank that calls itself a symbol.
        '\u{2800}' => Class::Blank,
        _ if is_bidi_mark(c) => Class::BidiMark,
        _ if is_bidi_control(c) || within(INVISIBLE, c) => Class::Chip,
        _ => class_by_category(c),
    }
}

fn class_by_category(c: char) -> Class {
    match c.general_category() {
        GeneralCategory::Control => Class::Control,
        GeneralCategory::SpaceSeparator => Class::Blank,
        GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => Class::Separator,
        GeneralCategory::PrivateUse | GeneralCategory::Surrogate | GeneralCategory::Unassigned => {
            Class::Chip
        }
        GeneralCategory::Format if !within(DRAWN_FORMAT, c) => Class::Chip,
        GeneralCategory::NonspacingMark
        | GeneralCategory::SpacingMark
        | GeneralCategory::EnclosingMark
            if attaches(c) =>
        {
            Class::Mark
        }
        _ if takes_a_column(c) => Class::Plain,
        _ if is_vowel_jamo(c) || is_final_jamo(c) => Class::Jamo,
        // A letter or sign without width would be there and not be seen.
        _ => Class::Chip,
    }
}

fn takes_a_column(c: char) -> bool {
    c.width().is_some_and(|columns| columns > 0)
}

/// Whether a mark sits on the letter before it for those too who cut text into letters: they may
/// not know one that is newer than they are, and would give it no column of its own.
fn attaches(c: char) -> bool {
    let both: String = ['a', c].iter().collect();
    takes_a_column(c) || both.graphemes(true).count() == 1
}

/// Overrides, embeddings and isolates: they reorder what a reader sees.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

pub(super) fn is_bidi_mark(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}')
}

/// A letter, or a mark on one, of a script that uses joiners.
pub(super) fn uses_joiners(c: char) -> bool {
    within(JOINING, c)
        && matches!(
            c.general_category_group(),
            GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark
        )
}

/// Whether a Korean vowel or final is drawn inside the syllable that ends in
/// `before` (Unicode Standard Annex 29, rules GB6 to GB8).
pub(super) fn melts_into(before: char, jamo: char) -> bool {
    let open = is_vowel_jamo(before) || is_open_syllable(before);
    if is_vowel_jamo(jamo) {
        return open || is_initial_jamo(before);
    }
    open || is_final_jamo(before) || is_syllable(before)
}

fn is_initial_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115E}' | '\u{A960}'..='\u{A97C}')
}

fn is_vowel_jamo(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{11A7}' | '\u{D7B0}'..='\u{D7C6}')
}

fn is_final_jamo(c: char) -> bool {
    matches!(c, '\u{11A8}'..='\u{11FF}' | '\u{D7CB}'..='\u{D7FB}')
}

fn is_syllable(c: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&c)
}

/// A composed syllable without a final: every 28th of them.
fn is_open_syllable(c: char) -> bool {
    is_syllable(c) && (u32::from(c) - 0xAC00).is_multiple_of(28)
}

pub(super) fn is_han(c: char) -> bool {
    within(HAN, c)
}

/// An emoji that can be an element of a joined sequence: no digit, flag half
/// or skin tone.
pub(super) fn is_emoji(c: char) -> bool {
    match c.emoji_status() {
        EmojiStatus::EmojiPresentation
        | EmojiStatus::EmojiModifierBase
        | EmojiStatus::EmojiPresentationAndModifierBase
        | EmojiStatus::EmojiOther => true,
        // Hair components join; the flag halves have the same status.
        EmojiStatus::EmojiPresentationAndEmojiComponent => {
            !('\u{1F1E6}'..='\u{1F1FF}').contains(&c)
        }
        _ => false,
    }
}

/// An emoji that is drawn as text unless a selector asks for colour.
pub(super) fn is_text_emoji(c: char) -> bool {
    matches!(c.emoji_status(), EmojiStatus::EmojiOther | EmojiStatus::EmojiModifierBase)
}

pub(super) fn is_skin_tone(c: char) -> bool {
    ('\u{1F3FB}'..='\u{1F3FF}').contains(&c)
}

/// A digit, `#` or `*`: what a keycap can stand around.
pub(super) fn is_keycap_base(c: char) -> bool {
    matches!(c, '0'..='9' | '#' | '*')
}

fn within(ranges: &[RangeInclusive<char>], c: char) -> bool {
    ranges.iter().any(|range| range.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_a_class_and_an_emoji_status() {
        for c in '\0'..=char::MAX {
            let _ = (class_of(c), is_emoji(c));
        }
    }

    #[test]
    fn the_short_cut_for_latin_agrees_with_the_categories() {
        for c in ('!'..='\u{02FF}').filter(|&c| class_of(c) == Class::Plain) {
            assert_eq!(class_by_category(c), Class::Plain, "{c:?}");
        }
    }

    #[test]
    fn plain_characters_can_be_seen() {
        for c in ('\0'..=char::MAX).filter(|&c| class_of(c) == Class::Plain) {
            assert!(takes_a_column(c), "{c:?}");
        }
    }
}
