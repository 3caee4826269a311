//! The only hand that writes into cells: it takes `Shown` text and a role, cuts to the width it is
//! given, and never writes outside the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::{Role, Theme};
use crate::app::mouse::Target;
use crate::domain::shown::{Shown, is_simple};

/// Less than this of a quoted title says nothing.
const LEAST_QUOTED: usize = 8;

/// Writes into a buffer with a theme.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    pub theme: Theme,
    spots: Vec<Spot>,
}

/// An area, and what a pointer there means; later ones lie above.
pub type Spot = (Rect, Target);

impl<'a> Pen<'a> {
    #[must_use]
    pub fn new(buffer: &'a mut Buffer, theme: Theme) -> Self {
        Self { buffer, theme, spots: Vec::new() }
    }

    /// Says what a pointer means in an area.
    pub fn spot(&mut self, area: Rect, target: Target) {
        self.spots.push((area, target));
    }

    /// Something covers what was drawn so far: of it only what stands for a key is in reach.
    pub fn cover(&mut self) {
        self.spots.retain(|(_, target)| matches!(target, Target::Press(_)));
    }

    /// How much was said of areas so far.
    #[must_use]
    pub fn said(&self) -> usize {
        self.spots.len()
    }

    /// What was said since is out of reach.
    pub fn unsay(&mut self, said: usize) {
        self.spots.truncate(said);
    }

    /// All that was said of areas.
    #[must_use]
    pub fn into_spots(self) -> Vec<Spot> {
        self.spots
    }

    /// Writes at most `width` columns; returns how many it took.
    pub fn put(&mut self, x: u16, y: u16, width: u16, text: &Shown, role: Role) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let width = width.min(area.right() - x);
        let cut = text.cut(usize::from(width));
        let signed = self.theme.glyphs.sign(&cut);
        let words = signed.as_deref().unwrap_or(&cut);
        let style = self.theme.style(role);
        if !words.is_ascii() && !words.chars().all(is_simple) {
            let (end, _) = self.buffer.set_stringn(x, y, words, usize::from(width), style);
            return end.saturating_sub(x);
        }
        // A letter a cell.
        let begin = self.buffer.index_of(x, y);
        let cells = &mut self.buffer.content[begin..begin + usize::from(width)];
        let written = cells.iter_mut().zip(words.chars());
        let taken = written.map(|(cell, letter)| cell.set_char(letter).set_style(style)).count();
        u16::try_from(taken).unwrap_or(width)
    }

    /// Writes so that the text ends at the right edge of `width`.
    pub fn put_right(&mut self, x: u16, y: u16, width: u16, text: &Shown, role: Role) {
        let cut = text.truncate(usize::from(width));
        let taken = u16::try_from(cut.width()).unwrap_or(width);
        self.put(x + width.saturating_sub(taken), y, taken, &cut, role);
    }

    /// Writes words of our own.
    pub fn word(&mut self, x: u16, y: u16, width: u16, text: &str, role: Role) -> u16 {
        self.put(x, y, width, &Shown::line(text), role)
    }

    /// Draws the selection over what stands there.
    pub fn select(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                // One bar: the colours of what stands there would make it patchy.
                self.buffer[(x, y)].set_style(Style::reset());
            }
        }
        self.buffer.set_style(area, self.theme.style(Role::Selection));
    }

    /// Paints the ground of the theme behind everything.
    pub fn ground(&mut self) {
        self.buffer.set_style(self.buffer.area, self.theme.style(Role::Plain));
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
        self.buffer.set_style(area, self.theme.style(Role::Plain));
    }

    /// A line across.
    pub fn rule(&mut self, x: u16, y: u16, width: u16) {
        let (glyph, style) = (self.theme.glyphs.rule, self.theme.style(Role::Rule));
        for at in x..x.saturating_add(width) {
            if let Some(cell) = self.buffer.cell_mut((at, y)) {
                cell.set_symbol(glyph).set_style(style);
            }
        }
    }

    /// Takes what is written upon a line across away again; where lines meet stays.
    pub fn bare(&mut self, x: u16, y: u16, width: u16) {
        let meets = [self.theme.glyphs.join_down, self.theme.glyphs.join_up];
        for at in x..x.saturating_add(width) {
            if self.buffer.cell((at, y)).is_some_and(|cell| !meets.contains(&cell.symbol())) {
                self.rule(at, y, 1);
            }
        }
    }

    /// Where a line down meets one across; what is written upon the line stays.
    pub fn join(&mut self, x: u16, y: u16, glyph: &'static str) {
        let across =
            self.buffer.cell((x, y)).is_some_and(|cell| cell.symbol() == self.theme.glyphs.rule);
        if across {
            self.put(x, y, 1, &Shown::fixed(glyph), Role::Rule);
        }
    }

    /// A line down.
    pub fn upright(&mut self, x: u16, top: u16, height: u16) {
        let (glyph, style) = (self.theme.glyphs.upright, self.theme.style(Role::Rule));
        for at in top..top.saturating_add(height) {
            if let Some(cell) = self.buffer.cell_mut((x, at)) {
                cell.set_symbol(glyph).set_style(style);
            }
        }
    }

    /// An emptied box with a thin edge and its title; returns the room inside.
    pub fn boxed(&mut self, area: Rect, title: &Shown) -> Rect {
        let area = area.intersection(self.buffer.area);
        self.clear(area);
        if area.width < 4 || area.height < 3 {
            return area;
        }
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        self.rule(area.x + 1, area.y, area.width - 2);
        self.rule(area.x + 1, bottom, area.width - 2);
        self.upright(area.x, area.y + 1, area.height - 2);
        self.upright(right, area.y + 1, area.height - 2);
        let corners = self.theme.glyphs.corners;
        for (corner, (x, y)) in corners.iter().zip([
            (area.x, area.y),
            (right, area.y),
            (area.x, bottom),
            (right, bottom),
        ]) {
            self.put(x, y, 1, &Shown::fixed(corner), Role::Rule);
        }
        let room = area.width.saturating_sub(4);
        let titled = Shown::fixed(" ")
            .followed_by(&title.truncate(usize::from(room.saturating_sub(2))))
            .followed_by(&Shown::fixed(" "));
        if !title.is_empty() {
            self.put(area.x + 2, area.y, room, &titled, Role::Title);
        }
        Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
    }
}

/// Fits a sentence into `width` columns by cutting what it quotes, since what happened to it stands
/// behind the quotation; cut at the end where that does not do.
#[must_use]
pub fn fitted(text: &Shown, width: usize) -> Shown {
    let all = text.as_str();
    let (Some(open), Some(close)) = (all.find('“'), all.find('”')) else {
        return text.truncate(width);
    };
    let over = text.width().saturating_sub(width);
    let begin = open + '“'.len_utf8();
    if over == 0 || close < begin {
        return text.truncate(width);
    }
    let quoted = Shown::line(&all[begin..close]);
    let keep = quoted.width().saturating_sub(over);
    if keep < LEAST_QUOTED {
        return text.truncate(width);
    }
    // It may end in an ellipsis already; two more make sure that exactly one is left.
    let bare = Shown::line(&format!("{}……", quoted.as_str().trim_end_matches('…')));
    Shown::line(&format!("{}{}{}", &all[..begin], bare.truncate(keep).as_str(), &all[close..]))
}

/// Breaks text into lines of at most `width` columns, at spaces where there are any.
#[must_use]
pub fn wrap(text: &Shown, width: usize) -> Vec<Shown> {
    if width == 0 || text.is_empty() {
        return vec![text.clone()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for word in glued(text.as_str()) {
        let word = word.as_str();
        let wide = wide_of(word);
        if taken > 0 && taken + 1 + wide > width {
            lines.push(Shown::line(&line));
            (line, taken) = (String::new(), 0);
        }
        if taken > 0 {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += wide;
        while taken > width {
            let (head, rest) = split(&line, width);
            lines.push(Shown::line(&head));
            taken = wide_of(&rest);
            line = rest;
        }
    }
    lines.push(Shown::line(&line));
    lines
}

/// The room that a part of a text takes.
fn wide_of(part: &str) -> usize {
    if part.is_ascii() { part.len() } else { Shown::line(part).width() }
}

/// At most so many lines; that there are more is seen at the end of the last.
#[must_use]
pub fn wrapped(text: &Shown, width: usize, most: usize) -> Vec<Shown> {
    let mut lines = wrap(text, width);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = Shown::line(&format!(
                "{}…",
                last.truncate(width.saturating_sub(1)).as_str().trim_end_matches('…')
            ));
        }
    }
    lines
}

/// Words, a unit of one letter (`9 d`) together with its figure.
fn glued(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let is_unit = word.trim_end_matches(',').chars().count() == 1
            && word.starts_with(char::is_alphabetic)
            && words
                .last()
                .is_some_and(|last| last.ends_with(|letter: char| letter.is_ascii_digit()));
        match words.last_mut() {
            Some(last) if is_unit => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn split(text: &str, width: usize) -> (String, String) {
    use unicode_segmentation::UnicodeSegmentation;
    let mut head = String::new();
    let mut taken = 0;
    for cluster in text.graphemes(true) {
        let wide = wide_of(cluster);
        if taken + wide > width && !head.is_empty() {
            break;
        }
        taken += wide;
        head.push_str(cluster);
    }
    let rest = text[head.len()..].to_owned();
    (head, rest)
}

/// The first name of somebody, where there is little room.
#[must_use]
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_stays_when_a_title_is_cut() {
        let text = Shown::line("d4 “Which promise may sales quote, 30 da…” → Trash · u undoes");
        assert_eq!(fitted(&text, 80), text);
        assert_eq!(fitted(&text, 40).as_str(), "d4 “Which promise m…” → Trash · u undoes");
        assert_eq!(fitted(&text, 60).width(), 60);
        assert_eq!(fitted(&text, 60).as_str().matches('…').count(), 1);
        assert_eq!(fitted(&text, 20).width(), 20);
        let plain = Shown::line("imported 2 items from a table (backlog.csv)");
        assert_eq!(fitted(&plain, 12).as_str(), "imported 2 …");
    }
}
