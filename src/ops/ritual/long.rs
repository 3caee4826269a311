//! A standup over more rows than are read at once: its sections know how many lines they have, hold
//! the first of them, and bring others when they are looked at. How the rows stood when it was sat
//! down to is how they stay, whatever is done to them meanwhile.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::noun::Shelf;
use crate::domain::ritual::Said;
use crate::domain::ritual::run::{Line, Run};
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::page::Stand;
use super::super::standup::{self, Queued, Side};
use super::super::workspace::Workspace;
use super::{Filler, RitualStep, Sitting};

/// More open rows than this are not all read.
const LONG: usize = if cfg!(test) { 8 } else { 200 };
/// Lines at hand at first, and around the one that is wanted.
const AT_HAND: usize = if cfg!(test) { 4 } else { 48 };

/// The standup that was sat down to last, for the lines that it may want yet.
#[derive(Debug)]
pub(in crate::ops) struct Sat {
    about: Kind,
    stand: Stand,
    usual: i64,
    /// The rows of which something was said before.
    spoken: HashSet<ItemId>,
    /// Its long sections: which side each tells, and where its rows begin.
    sections: HashMap<String, (Side, usize)>,
    line: Option<standup::Line>,
}

/// Which lines are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Those at these places.
    Span(Range<usize>),
    /// The first that is about one of these rows, and those around it.
    First(Vec<ItemId>),
}

/// Lines of a long section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub section: String,
    pub from: usize,
    pub lines: Vec<Line>,
    /// The rows that they are about, by their refs.
    pub ids: HashMap<String, ItemId>,
    /// The place of the first of the rows that were wanted.
    pub at: Option<usize>,
}

impl Filler<'_> {
    /// The cards of a side out of the line, as far as they are at hand; nothing where so few rows are
    /// open that all are read.
    pub(super) fn in_line(&mut self, side: Side) -> Result<Option<Vec<Line>>> {
        let about = self.about.unwrap_or(Kind::Decision);
        let is_lined = matches!(about, Kind::Decision | Kind::Asset);
        if !is_lined || !self.filter.trim().is_empty() {
            return Ok(None);
        }
        let today = self.workspace.clock.today();
        let backlog = self.workspace.store.backlog(about, Closed::Hidden, today)?;
        if backlog.counts.open <= LONG {
            return Ok(None);
        }
        let usual = self.workspace.usual_in_line(about)?;
        self.find_spoken()?;
        // Those of which something was said stand on this side, the other, or in no line any more.
        let spoken: Vec<ItemId> = self.spoken.iter().copied().collect();
        let spoken = open_among(self.workspace, about, &spoken)?;
        let told = self.workspace.queued_of(about, &spoken, usual)?;
        let here = told.iter().filter(|one| one.side() == side);
        let own: Vec<&str> = self
            .said
            .iter()
            .filter(|one| one.section == self.section)
            .filter_map(about_of)
            .collect();
        let (mine, others): (Vec<&Queued>, Vec<&Queued>) =
            here.partition(|one| own.contains(&one.reference.to_string().as_str()));
        let all = self.workspace.count_in_line(about, side)?;
        let left = all.saturating_sub(mine.len() + others.len());
        // What comes after a section that waits is read when that is over.
        let room = if self.waits { 0 } else { AT_HAND };
        let first = self.workspace.first_of_line(about, side, (room, &self.spoken))?;
        let rows = self.workspace.queued_of(about, &first, usual)?;
        self.beyond = left.saturating_sub(rows.len());
        self.waits |= left > 0 && !self.is_ended();
        let mut lines = Vec::new();
        for queued in mine.into_iter().chain(&rows) {
            self.ids.insert(queued.reference.to_string(), queued.id);
            lines.push(card_line(queued, today));
        }
        self.long.push((self.section.clone(), side));
        Ok(Some(lines))
    }

    fn is_ended(&self) -> bool {
        use crate::domain::ritual::Mark;
        let ends = |one: &&Said| matches!(one.mark, Mark::Done | Mark::Skipped);
        self.said.iter().filter(ends).any(|one| one.section == self.section)
    }

    /// The rows of which something was said.
    fn find_spoken(&mut self) -> Result<()> {
        if !self.spoken.is_empty() {
            return Ok(());
        }
        for about in self.said.iter().filter_map(about_of) {
            let reference = Ref::parse(about);
            let id = reference.map(|one| self.workspace.store.by_ref(one)).transpose()?.flatten();
            self.spoken.extend(id);
        }
        Ok(())
    }
}

impl Queued {
    /// On which side it stands.
    pub(super) fn side(&self) -> Side {
        if self.why.is_empty() { Side::Healthy } else { Side::Exceptions }
    }
}

impl Workspace {
    /// Keeps in mind what the standup that is sat down to now may want yet.
    pub(super) fn sit_in_line(
        &mut self,
        run: &Run,
        about: Kind,
        long: Vec<(String, Side)>,
        spoken: HashSet<ItemId>,
    ) -> Result<()> {
        if long.is_empty() {
            return Ok(());
        }
        let begins = |key: &str| {
            let section = run.sections.iter().find(|section| section.key == *key)?;
            section.long.as_ref().map(|long| long.said.len())
        };
        let sections = long
            .into_iter()
            .filter_map(|(key, side)| begins(&key).map(|from| (key, (side, from))))
            .collect();
        let (stand, usual) = (self.stand()?, self.usual_in_line(about)?);
        self.sat = Some(Sat { about, stand, usual, spoken, sections, line: None });
        Ok(())
    }

    /// Reads the whole line while it stands as it did when the standup began: before anything is
    /// changed, and while nobody waits.
    ///
    /// # Errors
    /// A storage error.
    pub fn hold_line(&mut self) -> Result<()> {
        let Some(sat) = &self.sat else { return Ok(()) };
        if sat.line.is_some() || sat.sections.is_empty() || sat.stand != self.stand()? {
            return Ok(());
        }
        self.read_line()
    }

    fn read_line(&mut self) -> Result<()> {
        let Some(about) = self.sat.as_ref().map(|sat| sat.about) else { return Ok(()) };
        let mut line = self.whole_line_of(about)?;
        let Some(sat) = &mut self.sat else { return Ok(()) };
        line.exceptions.retain(|id| !sat.spoken.contains(id));
        line.healthy.retain(|id| !sat.spoken.contains(id));
        sat.line = Some(line);
        Ok(())
    }

    /// Does something in between, after which whoever sits in a standup finds it as it was.
    pub fn aside_from_standup<T>(&mut self, does: impl FnOnce(&mut Self) -> T) -> T {
        let sat = self.sat.take();
        let done = does(self);
        self.sat = sat;
        done
    }

    /// Lines of a long section of the standup that was sat down to last; those before its first rows,
    /// of which something was said, are empty.
    ///
    /// # Errors
    /// A storage error.
    pub fn bring(&mut self, section: &str, wanted: &Wanted) -> Result<Brought> {
        if self.sat.as_ref().is_some_and(|sat| sat.line.is_none()) {
            self.read_line()?;
        }
        let mut brought = Brought {
            section: section.to_owned(),
            from: 0,
            lines: Vec::new(),
            ids: HashMap::new(),
            at: None,
        };
        let Some(sat) = &self.sat else { return Ok(brought) };
        let (Some(&(side, begins)), Some(line)) = (sat.sections.get(section), &sat.line) else {
            return Ok(brought);
        };
        let all = line.of(side);
        let span = match wanted {
            Wanted::Span(span) => span.clone(),
            Wanted::First(ids) => {
                brought.at = all.iter().position(|id| ids.contains(id)).map(|at| at + begins);
                let middle = brought.at.unwrap_or(begins);
                middle.saturating_sub(AT_HAND)..middle + AT_HAND
            }
        };
        let upto = span.end.min(begins + all.len());
        brought.from = span.start.min(upto);
        let inside = |at: usize| at.saturating_sub(begins).min(all.len());
        let ids = &all[inside(brought.from)..inside(upto)];
        let said = (upto - brought.from) - ids.len();
        brought.lines = vec![Line::default(); said];
        let told = self.queued_of(sat.about, ids, sat.usual)?;
        let mut told = told.into_iter().peekable();
        for id in ids {
            let line = match told.next_if(|one| one.id == *id) {
                Some(queued) => {
                    brought.ids.insert(queued.reference.to_string(), *id);
                    card_line(&queued, self.clock.today())
                }
                // It is not there any more.
                None => self.store.items(&[*id])?.first().map(bare).unwrap_or_default(),
            };
            brought.lines.push(line);
        }
        Ok(brought)
    }

    /// Brings the lines of the open section at which something is asked next, or all that are told at
    /// once, where they are not at hand.
    ///
    /// # Errors
    /// A storage error.
    pub fn bring_next(&mut self, sitting: &mut Sitting) -> Result<()> {
        use crate::domain::ritual::Asks;
        let Some(section) = sitting.run.open_section() else { return Ok(()) };
        let span = if section.asks == Asks::Confirmation {
            0..section.count()
        } else {
            let at = section.open_from(0).unwrap_or(0);
            at..at + 1
        };
        if section.has(&span) {
            return Ok(());
        }
        let wide = span.start..span.end.max(span.start + AT_HAND);
        let brought = self.bring(&section.key.clone(), &Wanted::Span(wide))?;
        sitting.take(brought);
        Ok(())
    }
}

impl Sitting {
    /// Takes in what a step said, every line in its place.
    pub fn hear(&mut self, step: &RitualStep) {
        self.run = step.said.iter().fold(self.run.clone(), Run::hearing);
    }

    /// The row of a line.
    #[must_use]
    pub fn id_of(&self, about: Option<&str>) -> Option<ItemId> {
        self.ids.get(about?).copied()
    }

    /// Takes lines of a long section in.
    pub fn take(&mut self, brought: Brought) {
        let Brought { section, from, lines, ids, .. } = brought;
        self.ids.extend(ids);
        let found = self.run.sections.iter_mut().find(|one| one.key == section);
        if let Some(section) = found {
            section.bring(from, lines);
        }
    }
}

/// A row as a line of a standup.
pub(super) fn card_line(queued: &Queued, today: chrono::NaiveDate) -> Line {
    let about = Some(queued.reference.to_string());
    let line = Line { about, ..Line::default() };
    let mut line = super::fill::dated(line, &format!("{:<10}", queued.state), queued.due, today);
    line.text.clone_from(&queued.title);
    line.why = queued.why.join(", ");
    line.driver.clone_from(&queued.driver);
    line
}

/// An item that stands in no line any more.
fn bare(item: &Item) -> Line {
    Line::about(item.reference.to_string(), item.title())
}

/// Those of these that are open.
fn open_among(workspace: &Workspace, about: Kind, ids: &[ItemId]) -> Result<Vec<ItemId>> {
    let mut items = workspace.store.items(ids)?;
    items.retain(|item| {
        item.kind() == about && item.shelf() == Shelf::Open && item.deleted_at.is_none()
    });
    Ok(items.iter().map(|item| item.id).collect())
}

fn about_of(said: &Said) -> Option<&str> {
    said.about.as_deref()
}

#[cfg(test)]
mod tests;
