//! A metric in one line of a list: figure, target, thirteen periods, status, sample and age, as many
//! of them as there is room for.

use super::live::{role, spark_line};
use super::pen::Pen;
use super::theme::{Glyphs, Role};
use crate::domain::metric::chart::Side;
use crate::domain::metric::{Account, Age, Freshness};
use crate::domain::shown::Shown;
use crate::ops::metric::Glance;

/// One thing that is said of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Figure,
    Target,
    Spark,
    Word,
    Sample,
    Age,
    Agreed,
}

impl Piece {
    /// As they stand, from the left.
    const ALL: [Self; 7] = [
        Self::Figure,
        Self::Target,
        Self::Spark,
        Self::Word,
        Self::Sample,
        Self::Age,
        Self::Agreed,
    ];
    /// What stays longest where it is narrow comes first.
    const KEPT: [Self; 7] = [
        Self::Figure,
        Self::Word,
        Self::Spark,
        Self::Target,
        Self::Age,
        Self::Agreed,
        Self::Sample,
    ];

    fn width(self) -> u16 {
        match self {
            Self::Figure => 9,
            Self::Target => 11,
            Self::Spark | Self::Sample => 13,
            Self::Word => 14,
            Self::Age => 10,
            Self::Agreed => 8,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Figure => "reads",
            Self::Target => "target",
            Self::Spark => "13 periods",
            Self::Word => "stands",
            Self::Sample => "counted",
            Self::Age => "age",
            Self::Agreed => "agreed",
        }
    }

    /// Numbers end where their column ends.
    fn is_right(self) -> bool {
        match self {
            Self::Figure | Self::Sample | Self::Age => true,
            Self::Target | Self::Spark | Self::Word | Self::Agreed => false,
        }
    }

    fn text(self, glyphs: &Glyphs, glance: &Glance, account: &Account) -> String {
        let sample = || account.sample.as_deref().and_then(|sample| sample.rsplit_once(" · "));
        match self {
            Self::Figure => account.figure(),
            Self::Target if account.target().is_empty() => String::new(),
            Self::Target => format!("{} {}", glyphs.arrow, account.target()),
            Self::Spark => spark_line(glyphs, &account.spark),
            // What has no figure has said so already.
            Self::Word if account.value().is_none() => String::new(),
            Self::Word => format!("{} {}", account.word(), mark(glyphs, account)),
            Self::Sample => sample().map_or_else(String::new, |(counted, _)| counted.to_owned()),
            Self::Age => match (&glance.trouble, sample()) {
                (Some(_), _) => "failed".to_owned(),
                (None, found) => found.map_or_else(String::new, |(_, age)| age.to_owned()),
            },
            // Under its heading the numbers are enough.
            Self::Agreed => glance.agreed.trim_start_matches("agreed ").to_owned(),
        }
    }

    fn role(self, glance: &Glance, account: &Account) -> Role {
        let fresh = account.freshness() == Freshness::Fresh;
        match self {
            Self::Word if fresh => role(account),
            Self::Age if glance.trouble.is_some() || (!fresh && account.newest.is_some()) => {
                Role::Warn
            }
            Self::Figure if fresh => Role::Plain,
            Self::Figure
            | Self::Target
            | Self::Spark
            | Self::Word
            | Self::Sample
            | Self::Age
            | Self::Agreed => Role::Muted,
        }
    }
}

/// Signal above, signal below, or noise.
fn mark(glyphs: &Glyphs, account: &Account) -> &'static str {
    match account.signal {
        Some(Side::Above) => glyphs.above,
        Some(Side::Below) => glyphs.below,
        None => glyphs.noise,
    }
}

/// What has room, in the order in which it stands.
#[must_use]
pub fn fitting(room: u16) -> Vec<Piece> {
    let mut left = room;
    let mut kept = Vec::new();
    for piece in Piece::KEPT {
        if piece.width() + 1 > left {
            break;
        }
        left -= piece.width() + 1;
        kept.push(piece);
    }
    Piece::ALL.into_iter().filter(|piece| kept.contains(piece)).collect()
}

/// Columns that these take, with the gap after each.
#[must_use]
pub fn width(pieces: &[Piece]) -> u16 {
    pieces.iter().map(|piece| piece.width() + 1).sum()
}

/// Their names.
pub fn head(pen: &mut Pen<'_>, pieces: &[Piece], (x, y): (u16, u16)) {
    put(pen, pieces, (x, y), |piece| (Shown::fixed(piece.label()), Role::Muted));
}

/// What they say of a metric.
pub fn draw(pen: &mut Pen<'_>, glance: &Glance, pieces: &[Piece], (x, y): (u16, u16)) {
    let Some(account) = &glance.account else { return };
    let glyphs = pen.theme.glyphs;
    let is_old = account.newest.is_some() && account.freshness() != Freshness::Fresh;
    put(pen, pieces, (x, y), |piece| {
        // Where its age has no room, what is old says so in the place of its status.
        if piece == Piece::Word && is_old && !pieces.contains(&Piece::Age) {
            let age = account.age.map_or_else(String::new, Age::words);
            return (Shown::line(&age), Role::Warn);
        }
        (Shown::line(&piece.text(glyphs, glance, account)), piece.role(glance, account))
    });
}

fn put(
    pen: &mut Pen<'_>,
    pieces: &[Piece],
    (mut x, y): (u16, u16),
    say: impl Fn(Piece) -> (Shown, Role),
) {
    for piece in pieces {
        let (text, role) = say(*piece);
        let wide = piece.width();
        let text = text.truncate(usize::from(wide));
        if piece.is_right() {
            pen.put_right(x, y, wide, &text, role);
        } else {
            pen.put(x, y, wide, &text, role);
        }
        x += wide + 1;
    }
}

/// The same in words, for a row of two lines.
#[must_use]
pub fn words(glyphs: &Glyphs, glance: &Glance) -> Vec<(Shown, Role)> {
    let Some(account) = &glance.account else { return Vec::new() };
    let say = |piece: &Piece| {
        let text = piece.text(glyphs, glance, account);
        (!text.is_empty()).then(|| (Shown::line(&text), piece.role(glance, account)))
    };
    let order =
        [Piece::Figure, Piece::Target, Piece::Word, Piece::Spark, Piece::Sample, Piece::Age];
    order.iter().filter_map(say).collect()
}
