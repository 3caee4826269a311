//! The scorecard: thirteen periods of every metric, by the executive group and the questions that
//! product and marketing share. What the catalogue asks there and nobody measures is named too, so
//! that a gap shows as one.

use crate::domain::item::ItemId;
use crate::domain::metric::catalogue::{self, Group, Template};
use crate::domain::metric::{Account, Cadence, Freshness};

use super::super::error::Result;
use super::super::page::Row;
use super::super::workspace::Workspace;
use super::glance::Glance;
use crate::store::NameTable;

/// Most metrics of a scorecard.
const MOST: usize = 1_000;

/// The metrics of one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// `None` for those that are not of the catalogue.
    pub group: Option<Group>,
    pub rows: Vec<Row>,
    /// What the catalogue asks here and nobody measures.
    pub missing: Vec<&'static Template>,
}

/// The whole scorecard.
#[derive(Debug, Clone, Default)]
pub struct Scorecard {
    pub sections: Vec<Section>,
    pub names: NameTable,
}

impl Section {
    #[must_use]
    pub fn heading(&self) -> &'static str {
        self.group.map_or("Our own", Group::words)
    }

    /// How the metrics stand, counted and never averaged: `2 on track, 1 behind, 1 stale`.
    #[must_use]
    pub fn standing(&self) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        let glances = self.rows.iter().filter_map(|row| row.glance.as_deref());
        for word in glances.filter_map(|glance| glance.account.as_ref()).map(word) {
            match counts.iter_mut().find(|(known, _)| *known == word) {
                Some((_, count)) => *count += 1,
                None => counts.push((word, 1)),
            }
        }
        let words: Vec<String> =
            counts.iter().map(|(word, count)| format!("{count} {word}")).collect();
        words.join(", ")
    }

    /// `not measured: Margin impact, ASP`; nothing where all is.
    #[must_use]
    pub fn gap(&self) -> String {
        let names: Vec<&str> = self.missing.iter().map(|one| one.name.as_str()).collect();
        if names.is_empty() { String::new() } else { format!("not measured: {}", names.join(", ")) }
    }

    pub fn glances(&self) -> impl Iterator<Item = &Glance> {
        self.rows.iter().filter_map(|row| row.glance.as_deref())
    }
}

/// The status, or that it is too old to be one.
fn word(account: &Account) -> &'static str {
    match account.freshness() {
        Freshness::Stale | Freshness::Dead if account.newest.is_some() => "stale",
        Freshness::Fresh | Freshness::Stale | Freshness::Dead => account.word(),
    }
}

fn account_of(row: &Row) -> Option<&Account> {
    row.glance.as_ref()?.account.as_ref()
}

/// Columns of one cadence are the same periods: where one metric has a figure of the period that
/// runs, the others have a gap there.
fn align(rows: &mut [Row], running: &[Cadence]) {
    for glance in rows.iter_mut().filter_map(|row| row.glance.as_mut()) {
        let Some(account) = &mut glance.account else { continue };
        if !account.running && running.contains(&account.terms.cadence) {
            account.spark = account.spark_with(1);
        }
    }
}

impl Workspace {
    /// All metrics that are not retired, by group.
    ///
    /// # Errors
    /// A storage error.
    pub fn scorecard(&self) -> Result<Scorecard> {
        let live = self.live_metrics()?;
        let ids: Vec<ItemId> = live.iter().map(|one| one.id).take(MOST).collect();
        let (mut rows, names) = self.rows(&ids)?;
        let running = rows.iter().filter_map(account_of).filter(|account| account.running);
        let cadences: Vec<Cadence> = running.map(|account| account.terms.cadence).collect();
        let of_row = |row: &Row| -> Option<&'static Template> {
            catalogue::find(row.item.text("catalogue"))
        };
        let mut sections = Vec::new();
        for group in Group::ALL.map(Some).into_iter().chain([None]) {
            let is_own = |row: &Row| of_row(row).map(|template| template.group) == group;
            let (own, rest): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(is_own);
            rows = rest;
            let is_there = |template: &Template| {
                let found = own.iter().filter_map(of_row);
                found.into_iter().any(|one| one.family() == template.family())
            };
            let missing = catalogue::catalogue()
                .iter()
                .filter(|template| template.asked && Some(template.group) == group)
                .filter(|template| !is_there(template))
                .collect();
            let mut section = Section { group, rows: own, missing };
            align(&mut section.rows, &cadences);
            if !section.rows.is_empty() || !section.missing.is_empty() {
                sections.push(section);
            }
        }
        Ok(Scorecard { sections, names })
    }
}
