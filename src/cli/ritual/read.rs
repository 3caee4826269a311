//! What a line means in a section of a ritual.

use crate::domain::item::Ref;
use crate::domain::refusal::Refusal;
use crate::domain::ritual::run::{Line, Verdict, called};
use crate::domain::ritual::{Asks, Mark};
use crate::domain::week::Band;
use crate::ops::ritual::{RitualStep, Turn};
use crate::ops::{Result, Workspace};

use super::{At, Meant, Reads};

pub(super) fn read(
    workspace: &Workspace,
    at: &At<'_>,
    line: &str,
    cards: &dyn Reads,
) -> Result<Meant> {
    let line = line.trim();
    if at.section.asks == Asks::Verdicts {
        return cards.read(workspace, at, line);
    }
    match line {
        "u" | "undo" => return Ok(Meant::Undo),
        "q" | "stop" => return Ok(Meant::Stop),
        "skip" => {
            at.sitting.let_leave(at.section)?;
            return Ok(step(match at.section.asks {
                Asks::Bands => at.sitting.leaving_bands(at.section),
                Asks::Lines
                | Asks::Choice
                | Asks::Blocks
                | Asks::Figures
                | Asks::Levels
                | Asks::Verdicts
                | Asks::Confirmation => at.sitting.skipping(at.section),
            }));
        }
        _ => {}
    }
    match at.section.asks {
        Asks::Bands => bands(at, line),
        Asks::Figures => figure(at, line),
        Asks::Levels => levels(at, line),
        Asks::Choice => choice(at, line),
        Asks::Blocks => blocks(at, line),
        Asks::Lines => lines(at, line),
        Asks::Verdicts | Asks::Confirmation => Ok(step(at.sitting.ending(at.section))),
    }
}

fn step(step: RitualStep) -> Meant {
    Meant::Step(Box::new(step))
}

fn bands(at: &At<'_>, line: &str) -> Result<Meant> {
    let open: Vec<&Line> =
        at.section.lines.iter().filter(|line| line.verdict == Verdict::Open).collect();
    if line.is_empty() {
        return match at.sitting.accepting(at.section) {
            Some(accepts) => Ok(step(accepts)),
            None => Err(Refusal::input("no band is guessed for what is left")
                .hint("s, e, r or o says it for the next row; skip leaves them")
                .into()),
        };
    }
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let by_number = |number: usize| at.section.lines.get(number.checked_sub(1)?);
    let (row, word) = match first.parse::<usize>() {
        Ok(number) => (by_number(number), rest.trim()),
        Err(_) if rest.is_empty() => (open.first().copied(), first),
        Err(_) => {
            let named = |line: &&Line| line.about.as_deref().map(called) == Some(first);
            (at.section.lines.iter().find(named), rest.trim())
        }
    };
    let Some(row) = row else {
        return Err(Refusal::missing(format!("there is no row {first}")).into());
    };
    let band = match word {
        "X" | "x" => None,
        word => Some(Band::parse(word).ok_or_else(|| {
            Refusal::input(format!("“{word}” is no band")).hint("s, e, r or o; X: not kept to")
        })?),
    };
    Ok(step(at.sitting.classifying(at.section, row, band)?))
}

/// The line of this number.
fn numbered<'a>(at: &At<'a>, number: &str) -> Result<&'a Line> {
    let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let found = place.and_then(|place| at.section.lines.get(place));
    found.ok_or_else(|| Refusal::missing(format!("there is no line {number}")).into())
}

fn levels(at: &At<'_>, line: &str) -> Result<Meant> {
    let (row, level) = match line.split_once(' ') {
        Some((number, level)) => (numbered(at, number)?, level.trim()),
        None => (at.line.ok_or_else(|| Refusal::input("all is answered"))?, line),
    };
    let level = level.parse::<u8>().map_err(|_| {
        Refusal::input(format!("“{level}” is no answer")).hint("0 to 4; skip leaves the questions")
    })?;
    Ok(step(at.sitting.levelling(at.section, row, level)?))
}

fn choice(at: &At<'_>, line: &str) -> Result<Meant> {
    if line.is_empty() {
        return Ok(step(at.sitting.ending(at.section)));
    }
    let is_number = line.chars().all(|letter| letter.is_ascii_digit());
    if at.section.makes.is_some() && !is_number {
        return Ok(step(at.sitting.adding(at.section, line)?));
    }
    Ok(step(at.sitting.picking(at.section, numbered(at, line)?)?))
}

fn blocks(at: &At<'_>, line: &str) -> Result<Meant> {
    match line {
        "" => return Ok(step(at.sitting.ending(at.section))),
        "f" => return Ok(step(at.sitting.filling())),
        _ => {}
    }
    let (number, word) = line.split_once(' ').unwrap_or((line, ""));
    let turn = Turn::read(word.trim()).ok_or_else(|| {
        Refusal::input(format!("“{line}” is nothing that can be said of a block"))
            .hint("f, or a number with H, L, K, J, <, >, s, e, r, o or X")
    })?;
    Ok(step(at.sitting.turning(numbered(at, number)?, turn)?))
}

/// The figure of the next metric, or of the one that is named first.
fn figure(at: &At<'_>, line: &str) -> Result<Meant> {
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let named = at.section.lines.iter().find(|row| row.about.as_deref() == Some(first));
    match (named, at.line) {
        (Some(row), _) => Ok(step(at.sitting.figuring(at.section, row, rest)?)),
        (None, Some(row)) => Ok(step(at.sitting.figuring(at.section, row, line)?)),
        (None, None) => Ok(step(at.sitting.ending(at.section))),
    }
}

fn lines(at: &At<'_>, line: &str) -> Result<Meant> {
    if let Some(step) = held(at, line)? {
        return Ok(self::step(step));
    }
    if line.is_empty() {
        at.sitting.let_leave(at.section).map_err(|refusal| {
            // The first that is not explained is named by the refusal itself.
            let named = refusal.what.split_whitespace().find(|word| Ref::parse(word).is_some());
            let name = named.unwrap_or("m4").to_owned();
            refusal.hint(format!(
                "explain {name} MEANING / MARKET / DECISION / messaging, or waive {name} WHY"
            ))
        })?;
        return Ok(step(at.sitting.ending(at.section)));
    }
    if let Some(number) = line.strip_prefix("X ") {
        let row = numbered(at, number.trim())?;
        return Ok(step(at.sitting.marking(at.section, row, Mark::Dropped)));
    }
    Ok(step(at.sitting.adding(at.section, line)?))
}

/// What explains or waives a figure that holds the section.
fn held(at: &At<'_>, line: &str) -> Result<Option<RitualStep>> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    if at.section.held.is_empty() || !matches!(word, "explain" | "waive") {
        return Ok(None);
    }
    let (about, rest) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
    let named = at.section.held.iter().find(|held| held.about == about);
    let Some(held) = named else {
        return Err(Refusal::missing(format!("{about} holds nothing here")).into());
    };
    if word == "waive" {
        return Ok(Some(at.sitting.waiving(at.section, held, rest)?));
    }
    let told: Vec<String> = rest.split(" / ").map(str::to_owned).collect();
    Ok(Some(at.sitting.explaining(at.section, held, &told)?))
}
