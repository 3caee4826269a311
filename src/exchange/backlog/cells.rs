//! From the cells of one row to a draft, with every cell that cannot be read.

use chrono::NaiveDate;

use super::columns::Columns;
use super::draft::{Archive, Done, Draft};
use super::effort::{self, Effort, Teller};
use super::orders::Orders;
use super::row::{BadCell, Link};
use super::slot::Slot;
use super::source::{DueText, Habits, Labels, Links, Owners, Width};
use super::{notion, trello, words};
use crate::domain::field::LINE_MAX;
use crate::exchange::caps;
use crate::exchange::dates::{self, End, NoDate};
use crate::exchange::names::normal;
use crate::exchange::record::{Flaw, Record};

/// What is needed to read the cells of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub columns: &'a Columns,
    pub orders: &'a Orders,
    pub habits: Habits,
}

/// Reads one row.
///
/// # Errors
/// Every problem of the row.
pub(super) fn read(sheet: Sheet<'_>, record: &Record) -> Result<Draft, Vec<BadCell>> {
    let mut cells = Cells { sheet, record, problems: Vec::new() };
    cells.check_shape();
    cells.check_lists();
    if !cells.problems.is_empty() {
        return Err(cells.problems);
    }
    let draft = cells.draft();
    if cells.problems.is_empty() { Ok(draft) } else { Err(cells.problems) }
}

struct Cells<'a> {
    sheet: Sheet<'a>,
    record: &'a Record,
    problems: Vec<BadCell>,
}

impl Cells<'_> {
    fn check_shape(&mut self) {
        let problem = match (self.record.flaw(), self.sheet.habits.width) {
            (None, _) | (Some(Flaw::Wide { .. }), Width::MayHaveComments) => return,
            (Some(Flaw::Narrow { cells, columns }), Width::MayMissLast) if cells + 1 == columns => {
                return;
            }
            (Some(flaw @ Flaw::Nul { cell }), _) => {
                BadCell::new(self.sheet.columns.name(cell), "", flaw.to_string())
            }
            (Some(flaw @ (Flaw::Narrow { .. } | Flaw::Wide { .. })), _) => {
                BadCell::of_row(flaw.to_string())
            }
        };
        self.problems.push(problem);
    }

    /// Lists of names may be long, but not so long that taking them apart becomes work.
    fn check_lists(&mut self) {
        for slot in [Slot::Kind, Slot::Tags, Slot::BlockedBy, Slot::Blocks] {
            for column in self.sheet.columns.of(slot) {
                let text = self.cell(*column);
                if text.chars().count() > caps::LIST_CHARACTERS {
                    let why = format!("has more than {} characters", caps::LIST_CHARACTERS);
                    let name = self.sheet.columns.name(*column);
                    self.problems.push(BadCell::new(name, text, why));
                }
            }
        }
    }

    fn draft(&mut self) -> Draft {
        let mut owners = self.owners();
        let mail = self.line(Slot::OwnerMail);
        if owners.is_empty() {
            owners.extend(mail);
        }
        Draft {
            line: self.record.line(),
            id: self.line(Slot::Id),
            title: self.text(Slot::Title).map(|title| one_line(&title)).unwrap_or_default(),
            state: self.line(Slot::State),
            list: self.line(Slot::List),
            kinds: self.all(Slot::Kind),
            labels: self.labels(),
            owners,
            from: self.line(Slot::From),
            due: self.due(),
            created: self.day(Slot::Created, End::First),
            updated: self.day(Slot::Updated, End::Last),
            completed: self.day(Slot::Completed, End::Last),
            done: if self.says_yes(Slot::Done) { Done::Said } else { Done::Unsaid },
            archive: self.archive(),
            priority: self.priority(),
            link: self.line(Slot::Link),
            estimate: self.estimate(),
            origin: self.line(Slot::Origin),
            parent: self.line(Slot::Parent),
            note: self.all(Slot::Note).join("\n\n"),
            comments: self.comments(),
            blocked_by: self.links(Slot::BlockedBy),
            blocks: self.links(Slot::Blocks),
            own: self.own(),
        }
    }

    fn own(&mut self) -> Vec<(&'static str, String)> {
        let names = self.sheet.columns.fields();
        names.into_iter().filter_map(|name| Some((name, self.text(Slot::Field(name))?))).collect()
    }

    fn cell(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or("").trim()
    }

    /// The filled cell of a slot and its column. Two columns may not contradict each other.
    fn find(&mut self, slot: Slot) -> Option<(usize, String)> {
        let columns = self.sheet.columns.of(slot).iter().copied();
        let mut filled = columns.filter(|column| !self.cell(*column).is_empty());
        let first = filled.next()?;
        let text = self.cell(first).to_owned();
        if let Some(other) = filled.find(|column| self.cell(*column) != text) {
            let value = self.cell(other).to_owned();
            let why = format!("contradicts “{}” in another column", shortened(&text));
            self.problem(other, &value, &why);
        }
        Some((first, text))
    }

    fn text(&mut self, slot: Slot) -> Option<String> {
        self.find(slot).map(|(_, text)| text)
    }

    /// A text of one line, which may not be longer than a line.
    fn line(&mut self, slot: Slot) -> Option<String> {
        let (column, text) = self.find(slot)?;
        if text.chars().count() > LINE_MAX {
            let why = format!("has more than {LINE_MAX} characters");
            self.problem(column, &text, &why);
            return None;
        }
        Some(one_line(&text))
    }

    /// Every filled cell of a slot.
    fn all(&self, slot: Slot) -> Vec<String> {
        let columns = self.sheet.columns.of(slot).iter();
        let filled = columns.map(|column| self.cell(*column)).filter(|text| !text.is_empty());
        filled.map(|text| text.replace("\r\n", "\n")).collect()
    }

    fn problem(&mut self, column: usize, value: &str, why: &str) {
        self.problems.push(BadCell::new(self.sheet.columns.name(column), value, why));
    }

    fn due(&mut self) -> Option<NaiveDate> {
        match self.sheet.habits.due {
            DueText::AsWritten => self.day(Slot::Due, End::Last),
            DueText::Midnight => self.day_by(Slot::Due, dates::read_midnight),
        }
    }

    fn day(&mut self, slot: Slot, end: End) -> Option<NaiveDate> {
        self.day_by(slot, |text, order| dates::read(text, order, end))
    }

    fn day_by(
        &mut self,
        slot: Slot,
        read: impl Fn(&str, Option<dates::DayOrder>) -> Result<NaiveDate, NoDate>,
    ) -> Option<NaiveDate> {
        let (column, text) = self.find(slot)?;
        let day = read(&text, self.sheet.orders.of(column));
        // A cell whose format was lost on the way is the number that a spreadsheet counts.
        match day.or_else(|error| dates::read_serial(&text).ok_or(error)) {
            Ok(date) => Some(date),
            Err(error) => {
                self.problem(column, &text, error.why());
                None
            }
        }
    }

    fn priority(&mut self) -> Option<&'static str> {
        let (column, text) = self.find(Slot::Priority)?;
        match words::priority(&text) {
            Ok(priority) => priority,
            Err(why) => {
                self.problem(column, &text, why);
                None
            }
        }
    }

    fn says_yes(&mut self, slot: Slot) -> bool {
        self.text(slot).is_some_and(|text| words::is_yes(&text))
    }

    fn archive(&mut self) -> Archive {
        if self.says_yes(Slot::Archived) { Archive::Archived } else { Archive::Live }
    }

    fn estimate(&mut self) -> Option<Effort> {
        let (column, text) = self.find(Slot::Estimate)?;
        let name = normal(self.sheet.columns.name(column));
        let teller = if self.sheet.columns.is_told(column) {
            Teller::User
        } else {
            Teller::Source(self.sheet.habits.estimates)
        };
        effort::read(&text, &name, teller)
    }

    fn owners(&mut self) -> Vec<String> {
        let Some(text) = self.line(Slot::Owner) else {
            return Vec::new();
        };
        match self.sheet.habits.owners {
            Owners::One => vec![text],
            Owners::CommaSeparated => parts(&text, &[',']),
        }
    }

    fn labels(&self) -> Vec<String> {
        let cells = self.all(Slot::Tags);
        let split = |text: &String| match self.sheet.habits.labels {
            Labels::CommaSeparated => parts(text, &[',', ';', '\n']),
            Labels::SpaceSeparated => parts(text, &[' ', ',', '\n']),
            Labels::Coloured => trello::labels(text),
            Labels::Relations => notion::titles(text),
        };
        cells.iter().flat_map(split).collect()
    }

    fn comments(&self) -> Vec<String> {
        let mut comments = self.all(Slot::Comment);
        if self.sheet.habits.width == Width::MayHaveComments {
            let extra = self.record.extra().map(str::trim).filter(|text| !text.is_empty());
            comments.extend(extra.map(|text| text.replace("\r\n", "\n")));
        }
        comments
    }

    fn links(&self, slot: Slot) -> Vec<Link> {
        let ids = match self.sheet.habits.links {
            Links::Ids => true,
            Links::IdsIfAny => !self.sheet.columns.of(Slot::Id).is_empty(),
            Links::Titles | Links::Relations => false,
        };
        let cells = self.all(slot);
        if ids {
            let ids = cells.iter().flat_map(|text| parts(text, &[',', ';', '\n', ' ']));
            return ids.map(Link::ExternalId).collect();
        }
        let titles = |text: &String| match self.sheet.habits.links {
            Links::Relations => notion::titles(text),
            Links::Ids | Links::IdsIfAny | Links::Titles => parts(text, &[',', ';', '\n']),
        };
        cells.iter().flat_map(titles).map(Link::Title).collect()
    }
}

/// The parts of a list that say something.
pub(super) fn parts(text: &str, between: &[char]) -> Vec<String> {
    let parts = text.split(between).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// The text with its line ends as spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split(['\r', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn shortened(text: &str) -> String {
    text.chars().take(30).collect()
}
