//! Whether people ask before they commit: the rate and the lead, by function and by month beside
//! what shipped, and who has not been reached for long.

use chrono::{Datelike, NaiveDate};

use crate::domain::artefact::involvement::{Involvement, Lead, Month, by_function, by_month, lead};
use std::collections::HashMap;

use crate::domain::artefact::touch::{Stakeholder, unreached};
use crate::domain::day;
use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::store::lookup::Lookup;
use crate::store::plan::Plans;

use super::error::Result;
use super::evidence::Fact;
use super::evidence::limits::Term;
use super::workspace::Workspace;

/// Months beside each other \[D\].
const MONTHS: u32 = 6;

/// The figures of pull.
#[derive(Debug, Clone, PartialEq)]
pub struct Pull {
    pub lead: Lead,
    /// By the function that asks.
    pub functions: Vec<(String, Lead)>,
    pub months: Vec<Month>,
    /// Stakeholders whom nothing reached for so many days, with how many days ago the last was.
    pub unreached: Vec<(String, i64, Option<i64>)>,
    pub unreached_after: i64,
    /// Initiatives that came at the last minute.
    pub late: Vec<String>,
    /// How many there are in all.
    pub known: usize,
}

impl Workspace {
    /// How early people ask.
    ///
    /// # Errors
    /// A storage error.
    pub fn pull(&self) -> Result<Pull> {
        let today = self.clock.today();
        let items = self.store.items(&self.store.all_of(Kind::Involvement)?)?;
        let all: Vec<Involvement> = items.iter().map(read).collect();
        let first = today.with_day(1).unwrap_or(today);
        let from = first.checked_sub_months(chrono::Months::new(MONTHS - 1)).unwrap_or(first);
        let shipped: Vec<NaiveDate> =
            self.store.shipped_since(from)?.into_iter().map(|one| one.on).collect();
        let functions = by_function(&all);
        let functions = functions.into_iter().map(|(name, lead)| (name.to_owned(), lead));
        Ok(Pull {
            lead: lead(&all),
            functions: functions.collect(),
            months: by_month(&shipped, &all, today, MONTHS),
            unreached: self.unreached(today)?,
            unreached_after: self.term(Term::Reached)?,
            late: all
                .iter()
                .filter(|one| one.is_late())
                .map(|one| one.initiative.clone())
                .collect(),
            known: all.len(),
        })
    }

    /// Stakeholders whom nothing reached lately, with how many days ago the last was.
    pub(super) fn unreached(&self, today: NaiveDate) -> Result<Vec<(String, i64, Option<i64>)>> {
        let touches = self.store.last_touches()?;
        let me = self.settings.me.as_deref().unwrap_or("");
        let people = self.store.items(&self.store.all_of(Kind::Person)?)?;
        let all: Vec<Stakeholder> = people
            .iter()
            .filter(|person| person.state().slug == "active" && person.title() != me)
            .filter_map(|person| {
                Some(Stakeholder {
                    name: person.title().to_owned(),
                    influence: person.whole("influence")?,
                    last_touch: touches.get(&person.id).copied(),
                })
            })
            .collect();
        let found = unreached(&all, today, self.term(Term::Reached)?).into_iter();
        Ok(found.map(|one| (one.who.name.clone(), one.who.influence, one.days)).collect())
    }

    /// What somebody was reached by last; for the detail of a person.
    ///
    /// # Errors
    /// A storage error.
    pub fn last_touch(&self, person: ItemId) -> Result<Option<NaiveDate>> {
        Ok(self.store.last_touches()?.get(&person).copied())
    }

    /// When somebody was reached last: by hand, by a pre-wire, by what shipped to them.
    pub(in crate::ops) fn facts_of_person(&self, item: &Item) -> Result<Vec<Fact>> {
        let today = self.clock.today();
        let told = self.last_touch(item.id)?.map(|on| {
            let days = (today - on).num_days();
            let many = if days == 1 { "day" } else { "days" };
            let ago = if days == 0 { "today".to_owned() } else { format!("{days} {many} ago") };
            Fact::new("Last touch", format!("{}, {ago}", day::echo(on, today)))
        });
        Ok(told.into_iter().collect())
    }

    /// When each person was reached last: `2 d ago`.
    pub(in crate::ops) fn touches_aside(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let people: Vec<&Item> = items.iter().filter(|one| one.kind() == Kind::Person).collect();
        if people.is_empty() {
            return Ok(HashMap::new());
        }
        let (touches, today) = (self.store.last_touches()?, self.clock.today());
        let told = people
            .into_iter()
            .filter_map(|person| Some((person.id, day::ago(*touches.get(&person.id)?, today))));
        Ok(told.collect())
    }

    /// Who asked, by name, for an involvement.
    ///
    /// # Errors
    /// A storage error.
    pub fn asked_by(&self, item: &Item) -> Result<String> {
        let names = self.store.names_for(std::slice::from_ref(item))?;
        Ok(item.link("asked_by").and_then(|id| names.title(id)).unwrap_or("").to_owned())
    }
}

/// An involvement as the figures see it.
pub(super) fn read(item: &Item) -> Involvement {
    let function = item.text("function");
    Involvement {
        initiative: item.title().to_owned(),
        asked_by: if function.is_empty() { "not said" } else { function }.to_owned(),
        first_involved: item.day("first_involved"),
        commitment_on: item.day("commitment_on"),
        launches_on: item.day("launches_on"),
    }
}

/// `May`, and the year where it is another one.
#[must_use]
pub fn month_words(first: NaiveDate, today: NaiveDate) -> String {
    let look = if first.year() == today.year() { "%b" } else { "%b %Y" };
    first.format(look).to_string()
}
