//! The matrix of evidence: a row a segment, a column a buying stage, and a dot where nobody has
//! looked. Below it what the cell under the cursor holds.

use ratatui::layout::Rect;

use super::list::teach;
use super::pen::Pen;
use super::theme::Role;
use crate::app::action::Action;
use crate::app::matrix::MatrixScreen;
use crate::app::model::Model;
use crate::domain::evidence::Stage;
use crate::domain::shown::Shown;
use crate::ops::evidence::segments::{MatrixRow, pieces as pieces_of};

/// Columns of a stage, at most and at least.
const STAGE: (u16, u16) = (13, 5);
/// Narrowest name of a segment.
const NAME: u16 = 12;
/// Lines above the rows and below them.
const HEAD: u16 = 2;
const FOOT: u16 = 4;
/// Below this many lines the rows have all but one of these each.
const LOW: u16 = 9;

pub fn draw(pen: &mut Pen<'_>, model: &Model, area: Rect) {
    let Some(matrix) = model.matrix.as_deref() else { return };
    if matrix.view.total() == 0 {
        let lines = [
            "What is known of each segment at each buying stage, and where nobody has looked."
                .to_owned(),
            format!("{} adds evidence", model.keys().way(Action::Add)),
            "try  IT fears rollout seg:mid stage:proposal acct:Acme".to_owned(),
        ];
        teach(pen, &lines, area);
        return;
    }
    let (head, foot_room) = if area.height < LOW { (1, 1) } else { (HEAD, FOOT) };
    if head > 1 {
        pen.word(area.x + 1, area.y, area.width - 2, &matrix.view.words(), Role::Muted);
    }
    let wide = widths(area.width.saturating_sub(NAME + 2));
    let name = area.width.saturating_sub(2 + wide.iter().sum::<u16>()).max(4);
    heads(pen, matrix, &wide, (area.x + 1 + name, area.y + head - 1));
    let room = usize::from(area.height.saturating_sub(head + foot_room));
    let top = matrix.first(room);
    for (y, (at, row)) in
        (area.y + head..).zip(matrix.view.rows.iter().enumerate().skip(top).take(room))
    {
        let role = if row.segment.is_none() { Role::Muted } else { Role::Plain };
        pen.word(area.x + 1, y, name - 1, &row.title, role);
        if at == matrix.row {
            pen.put(area.x, y, 1, &Shown::fixed(pen.theme.glyphs.cursor), Role::Accent);
        }
        let mut next = area.x + 1 + name;
        for (stage, (cell, wide)) in row.cells.iter().zip(&wide).enumerate() {
            let (x, wide) = (next, *wide);
            next += wide;
            let is_known = row.segment.is_some() && Stage::ALL[stage] != Stage::Unknown;
            let (text, role) = match cell {
                0 if is_known => ("·".to_owned(), Role::Warn),
                0 => (String::new(), Role::Muted),
                count => (count.to_string(), role),
            };
            pen.put_right(x, y, wide - 1, &Shown::line(&text), role);
            if (at, stage) == (matrix.row, matrix.stage) {
                pen.select(Rect { x, y, width: wide, height: 1 });
            }
        }
    }
    let told = foot_room.min(2);
    foot(pen, model, matrix, Rect { y: area.bottom().saturating_sub(told), height: told, ..area });
}

/// The width of each stage: the same where every name has room, else as its name needs, the longest
/// cut first.
fn widths(room: u16) -> Vec<u16> {
    let count = u16::try_from(Stage::ALL.len()).unwrap_or(8);
    let needed = |stage: &Stage| u16::try_from(stage.words().len()).unwrap_or(STAGE.0) + 1;
    let longest = Stage::ALL.iter().map(needed).max().unwrap_or(STAGE.0);
    let same = (room / count).min(STAGE.0);
    if same >= longest {
        return vec![same; Stage::ALL.len()];
    }
    let mut wide: Vec<u16> = Stage::ALL.iter().map(needed).collect();
    while wide.iter().sum::<u16>() > room {
        match wide.iter_mut().max() {
            Some(most) if *most > STAGE.1 => *most -= 1,
            _ => break,
        }
    }
    wide
}

fn heads(pen: &mut Pen<'_>, matrix: &MatrixScreen, wide: &[u16], (mut x, y): (u16, u16)) {
    for (place, (stage, wide)) in Stage::ALL.iter().zip(wide).enumerate() {
        let role = if place == matrix.stage { Role::Title } else { Role::Muted };
        let words = Shown::line(&shortened(stage.words(), usize::from(wide - 1)));
        pen.put_right(x, y, wide - 1, &words, role);
        x += wide;
    }
}

/// The long stages as one may read them, where they do not fit.
const SHORT: [(&str, &str); 2] = [("negotiation", "negot."), ("onboarding", "onboard")];

/// A stage in so many letters: `proposal`, `negot.`, `propos.`, `prop`.
fn shortened(words: &str, room: usize) -> String {
    if words.chars().count() <= room {
        return words.to_owned();
    }
    if let Some((_, short)) =
        SHORT.iter().find(|(long, short)| *long == words && short.len() <= room)
    {
        return (*short).to_owned();
    }
    let (letters, dot) = if room > 5 { (room - 1, ".") } else { (room, "") };
    let cut: String = words.chars().take(letters).collect();
    format!("{cut}{dot}")
}

/// What the cell holds, and how it is opened.
fn foot(pen: &mut Pen<'_>, model: &Model, matrix: &MatrixScreen, area: Rect) {
    let Some(row) = matrix.view.rows.get(matrix.row) else { return };
    let stage = Stage::ALL[matrix.stage];
    let (pieces, deals) = (row.cells[matrix.stage], row.deals[matrix.stage]);
    let place = format!("{} at {stage}", row.title);
    let words = match pieces {
        0 => format!("{place}: nobody has looked"),
        count => {
            let deals = if deals == 0 { String::new() } else { format!(", {deals} from deals") };
            let open = model.keys().way(Action::Open);
            format!("{place}: {}{deals} · {open} shows them", pieces_of(count))
        }
    };
    pen.word(area.x + 1, area.y, area.width - 2, &words, Role::Plain);
    let own = &row.stalls[matrix.stage];
    let stalls = if own.is_empty() { stalls(matrix) } else { format!("Deals at {own}") };
    if !stalls.is_empty() && area.height > 1 {
        pen.word(area.x + 1, area.y + 1, area.width - 2, &stalls, Role::Muted);
    }
}

/// Where most deals are lost: `Deals are lost at proposal 7, negotiation 3`; where none ended, where
/// they speak most.
fn stalls(matrix: &MatrixScreen) -> String {
    let lost = most(matrix, |row, at| row.lost[at]);
    if !lost.is_empty() {
        return format!("Deals are lost at {lost}");
    }
    let heard = most(matrix, |row, at| row.deals[at]);
    if heard.is_empty() { heard } else { format!("Deals speak at {heard}") }
}

/// The three stages with most, over all segments.
fn most(matrix: &MatrixScreen, of: impl Fn(&MatrixRow, usize) -> usize) -> String {
    let rows = &matrix.view.rows;
    let mut sums: Vec<(usize, &str)> = Stage::ALL
        .iter()
        .enumerate()
        .map(|(at, stage)| (rows.iter().map(|row| of(row, at)).sum(), stage.words()))
        .filter(|(sum, _)| *sum > 0)
        .collect();
    sums.sort_by_key(|(sum, _)| std::cmp::Reverse(*sum));
    let words: Vec<String> =
        sums.iter().take(3).map(|(sum, stage)| format!("{stage} {sum}")).collect();
    words.join(", ")
}
