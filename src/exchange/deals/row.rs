//! From the cells of one row to a deal and the stages it went through, with every cell that
//! cannot be read.

use chrono::NaiveDate;

use super::columns::Columns;
use super::slot::DealSlot;
use super::stage::{Ends, before_pipeline};
use crate::domain::field::LINE_MAX;
use crate::domain::metric::deals::{Business, Currency, Deal, Money, StageEvent, Standing};
use crate::exchange::backlog::BadCell;
use crate::exchange::dates::{self, DayOrder, End};
use crate::exchange::numbers::{self, Marks, Percent};
use crate::exchange::record::{Flaw, Record};
use crate::exchange::votes::Verdicts;

/// What is needed to read the cells of a table.
pub(super) struct Sheet<'a> {
    pub columns: &'a Columns,
    pub dates: &'a Verdicts<DayOrder>,
    pub marks: &'a Verdicts<Marks>,
    pub ends: &'a Ends,
    pub currency: Currency,
}

/// The cells of one row, and what is wrong with them.
pub(super) struct Cells<'a> {
    sheet: &'a Sheet<'a>,
    record: &'a Record,
    pub problems: Vec<BadCell>,
}

/// Reads one row.
///
/// # Errors
/// Every problem of the row.
pub(super) fn read(
    sheet: &Sheet<'_>,
    record: &Record,
) -> Result<(Deal, Vec<StageEvent>), Vec<BadCell>> {
    let mut cells = Cells::of(sheet, record)?;
    let deal = cells.deal();
    let events = cells.events();
    if cells.problems.is_empty() { Ok((deal, events)) } else { Err(cells.problems) }
}

impl<'a> Cells<'a> {
    /// # Errors
    /// When the row does not fit its header.
    pub fn of(sheet: &'a Sheet<'a>, record: &'a Record) -> Result<Self, Vec<BadCell>> {
        match record.flaw() {
            None => Ok(Self { sheet, record, problems: Vec::new() }),
            Some(Flaw::Nul { cell }) => {
                let why = Flaw::Nul { cell }.to_string();
                Err(vec![BadCell::new(sheet.columns.name(cell), "", why)])
            }
            Some(flaw @ (Flaw::Narrow { .. } | Flaw::Wide { .. })) => {
                Err(vec![BadCell::of_row(flaw.to_string())])
            }
        }
    }

    fn deal(&mut self) -> Deal {
        let stage = self.line(DealSlot::Stage).unwrap_or_default();
        let standing = self.standing(&stage);
        let pipeline = self.line(DealSlot::Pipeline);
        let stage = without(&stage, pipeline.as_deref()).to_owned();
        let name = self.line(DealSlot::Name);
        let external_id = self.line(DealSlot::Id).unwrap_or_default();
        if name.is_none() && external_id.is_empty() {
            self.problems.push(BadCell::new("name", "", "it is empty"));
        }
        let reason = match standing {
            Standing::Won => self.line(DealSlot::WonReason),
            Standing::Lost => self.line(DealSlot::LostReason),
            Standing::Open => None,
        };
        Deal {
            name: name.unwrap_or_else(|| external_id.clone()),
            external_id,
            account: self.line(DealSlot::Account),
            segment: self.line(DealSlot::Segment),
            owner: self.line(DealSlot::Owner),
            amount: self.amount(),
            created: self.day(DealSlot::Created),
            closed: self.day(DealSlot::Closed),
            stage: if stage.is_empty() { standing.slug().to_owned() } else { stage },
            standing,
            reason,
            competitor: self.line(DealSlot::Competitor),
            pipeline,
            business: self.business(),
        }
    }

    /// The cell of a slot; `None` when it is empty or there is no such column.
    fn find(&self, slot: DealSlot) -> Option<(usize, &'a str)> {
        let column = self.sheet.columns.of(slot)?;
        let text = self.record.get(column).unwrap_or("").trim();
        (!text.is_empty()).then_some((column, text))
    }

    pub fn line(&mut self, slot: DealSlot) -> Option<String> {
        let (column, text) = self.find(slot)?;
        if text.chars().count() > LINE_MAX {
            self.problem(column, text, &format!("has more than {LINE_MAX} characters"));
            return None;
        }
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    pub fn day(&mut self, slot: DealSlot) -> Option<NaiveDate> {
        let (column, text) = self.find(slot)?;
        self.day_of(column, text)
    }

    fn day_of(&mut self, column: usize, text: &str) -> Option<NaiveDate> {
        match dates::read(text, self.sheet.dates.of(column), End::Last) {
            Ok(day) => Some(day),
            Err(error) => {
                self.problem(column, text, error.why());
                None
            }
        }
    }

    fn amount(&mut self) -> Option<Money> {
        let (column, text) = self.find(DealSlot::Amount)?;
        let written = match numbers::read(text, self.sheet.marks.of(column)) {
            Ok(written) if written.percent == Percent::Bare => written,
            Ok(_) => {
                self.problem(column, text, "is no amount");
                return None;
            }
            Err(error) => {
                self.problem(column, text, error.why());
                return None;
            }
        };
        let named = written.currency.filter(|currency| *currency != Currency::UNSAID);
        let currency = self.currency().or(named).unwrap_or(self.sheet.currency);
        let minor = written.minor(currency.decimals());
        if minor.is_none() {
            self.problem(column, text, "is too large");
        }
        Some(Money { minor: minor?, currency })
    }

    fn currency(&mut self) -> Option<Currency> {
        let (column, text) = self.find(DealSlot::Currency)?;
        let currency = Currency::parse(text);
        if currency.is_none() {
            self.problem(column, text, "is no code of a currency, such as EUR");
        }
        currency
    }

    fn standing(&mut self, stage: &str) -> Standing {
        let says = |slot| self.find(slot).map(|(_, text)| is_yes(text));
        match (says(DealSlot::IsWon), says(DealSlot::IsLost), says(DealSlot::IsClosed)) {
            (Some(true), _, _) => Standing::Won,
            (_, Some(true), _) | (Some(false), None, Some(true)) => Standing::Lost,
            _ => self.sheet.ends.standing(stage),
        }
    }

    fn business(&self) -> Option<Business> {
        const NEW: [&str; 5] = ["newbusiness", "new", "newcustomer", "newlogo", "neugeschäft"];
        const MORE: [&str; 8] = [
            "existingbusiness",
            "expansion",
            "upsell",
            "crosssell",
            "existingcustomerupgrade",
            "upgrade",
            "existing",
            "bestandskundengeschäft",
        ];
        let name = crate::exchange::names::normal(self.find(DealSlot::Business)?.1);
        if NEW.contains(&name.as_str()) {
            Some(Business::New)
        } else if MORE.contains(&name.as_str()) {
            Some(Business::Expansion)
        } else {
            None
        }
    }

    /// The stages that it came into; ends are told by the deal itself. The id of the deal is
    /// filled in when it is known.
    fn events(&mut self) -> Vec<StageEvent> {
        let mut events = Vec::new();
        let sheet = self.sheet;
        for (column, stage) in sheet.columns.entered() {
            let text = self.record.get(*column).unwrap_or("").trim();
            if text.is_empty() || sheet.ends.standing(stage) != Standing::Open {
                continue;
            }
            if let Some(entered) = self.day_of(*column, text) {
                events.push(StageEvent { deal: String::new(), stage: stage.clone(), entered });
            }
        }
        events.sort_by_key(|event| event.entered);
        events
    }

    fn problem(&mut self, column: usize, value: &str, why: &str) {
        self.problems.push(BadCell::new(self.sheet.columns.name(column), value, why));
    }
}

/// The stage without the pipeline behind it, which the deal tells already.
fn without<'a>(stage: &'a str, pipeline: Option<&str>) -> &'a str {
    let is_own = pipeline.is_some_and(|name| stage.ends_with(&format!("({name})")));
    before_pipeline(stage).filter(|_| is_own).unwrap_or(stage)
}

fn is_yes(text: &str) -> bool {
    ["true", "yes", "1", "ja", "oui", "sí", "si", "sim", "はい", "tak", "kyllä"]
        .contains(&text.to_lowercase().as_str())
}
