//! Lines and marks: those of Unicode, and those of ASCII alone. Each pair takes the same columns.

use crate::domain::shown::SIGNS;

/// Lines and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    pub rule: &'static str,
    pub upright: &'static str,
    pub join_down: &'static str,
    pub join_up: &'static str,
    pub join_left: &'static str,
    pub cursor: &'static str,
    pub mark: &'static str,
    pub folded: &'static str,
    pub unfolded: &'static str,
    pub tick: &'static str,
    /// Behind what can be taken away.
    pub close: &'static str,
    pub earlier: &'static str,
    pub later: &'static str,
    /// A gate of a plan.
    pub gate: &'static str,
    /// A full cell of a bar, and one upon a rule.
    pub block: &'static str,
    pub thick: &'static str,
    /// The patterns of strategic, execution and reactive time, and of what is off.
    pub bands: [&'static str; 4],
    /// The pattern of a meeting that nobody has put into a band.
    pub meeting: &'static str,
    pub corners: [&'static str; 4],
    /// Eight heights of a line of figures, and a period without one.
    pub spark: [&'static str; 8],
    pub gap: &'static str,
    /// From here to there.
    pub arrow: &'static str,
    /// Lines of a chart: limits, the centre, something outside, something shipped; and what
    /// stands for dots where there are none.
    pub limit: &'static str,
    pub centre: &'static str,
    pub factor: &'static str,
    pub mark_up: &'static str,
    pub dots: &'static str,
    /// A signal above or below what is usual, and noise.
    pub above: &'static str,
    pub below: &'static str,
    pub noise: &'static str,
    /// What stands for the signs of our own sentences, a column for a column; none where the
    /// terminal has them all.
    pub signs: &'static [(char, char)],
    /// Whether everything is told in letters of ASCII, also what somebody wrote.
    pub is_ascii_alone: bool,
}

impl Glyphs {
    /// The text with signs that the terminal has; the same columns.
    #[must_use]
    pub fn sign(&self, text: &str) -> Option<String> {
        if self.signs.is_empty() {
            return None;
        }
        let stands = |letter| self.signs.iter().find(|(sign, _)| *sign == letter);
        let has = text.chars().any(|letter| stands(letter).is_some());
        let plain = |letter| stands(letter).map_or(letter, |(_, plain)| *plain);
        has.then(|| text.chars().map(plain).collect())
    }
}

pub const UNICODE: Glyphs = Glyphs {
    rule: "─",
    upright: "│",
    join_down: "┬",
    join_up: "┴",
    join_left: "┤",
    cursor: "▌",
    mark: "●",
    folded: "▸",
    unfolded: "▾",
    tick: "✓",
    close: "✕",
    earlier: "‹",
    later: "›",
    gate: "◆",
    block: "█",
    thick: "━",
    bands: ["▓", "▒", "░", "·"],
    meeting: "╎",
    corners: ["╭", "╮", "╰", "╯"],
    spark: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    gap: " ",
    arrow: "→",
    limit: "┄",
    centre: "┈",
    factor: "┊",
    mark_up: "▴",
    dots: "",
    above: "▲",
    below: "▼",
    noise: "·",
    signs: &[],
    is_ascii_alone: false,
};

pub const ASCII: Glyphs = Glyphs {
    rule: "-",
    upright: "|",
    join_down: "+",
    join_up: "+",
    join_left: "+",
    cursor: ">",
    mark: "*",
    folded: "+",
    unfolded: "-",
    tick: "x",
    close: "x",
    earlier: "<",
    later: ">",
    gate: "^",
    block: "#",
    thick: "=",
    bands: ["#", "=", "-", "."],
    meeting: ":",
    corners: ["+", "+", "+", "+"],
    spark: ["_", ".", "-", "~", "=", "+", "*", "#"],
    gap: " ",
    arrow: ">",
    limit: ".",
    centre: ".",
    factor: ":",
    mark_up: "^",
    dots: "*",
    above: "^",
    below: "v",
    noise: ".",
    signs: &SIGNS,
    is_ascii_alone: false,
};

/// The same for a terminal that has no other letters either.
pub const ASCII_ALONE: Glyphs = Glyphs { is_ascii_alone: true, ..ASCII };
