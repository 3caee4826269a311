//! How early people ask, as a page: the rate and the lead by function, and the months of artefacts
//! shipped beside those of early involvement.

use crate::exchange::page::Page;

use super::super::error::Result;
use super::super::involvement::month_words;
use super::super::workspace::Workspace;
use super::dated;

impl Workspace {
    /// How early people ask, beside what shipped.
    ///
    /// # Errors
    /// A storage error.
    pub fn pull_page(&self) -> Result<Page> {
        let today = self.clock.today();
        let pull = self.pull()?;
        let mut page = Page::new("Early involvement", dated(Some(today)));
        if pull.known == 0 {
            page.list(vec!["No involvement is on record yet.".to_owned()]);
        }
        page.section("Asked before others committed");
        let all = std::iter::once(("All".to_owned(), pull.lead.words()));
        let each = pull.functions.iter().map(|(name, lead)| (name.clone(), lead.words()));
        page.facts(all.chain(each));
        page.section("Artefacts shipped beside early involvement, by month");
        let rows = pull.months.iter().map(|month| {
            let bar = "▪".repeat(usize::try_from(month.shipped.min(BAR)).unwrap_or(0));
            vec![
                month_words(month.first, today),
                format!("{bar} {}", month.shipped).trim_start().to_owned(),
                month.early.counted(),
            ]
        });
        page.table("By month", &["Month", "Shipped", "Asked early"], rows.collect());
        if !pull.late.is_empty() {
            page.section("Came at the last minute");
            page.list(pull.late.clone());
        }
        if !pull.unreached.is_empty() {
            page.section(format!("Not reached for {} days", pull.unreached_after));
            let each = pull.unreached.iter().map(|(name, influence, days)| {
                let last = days.map_or("never".to_owned(), |days| format!("{days} d ago"));
                format!("{name}, influence {influence}, {last}")
            });
            page.list(each.collect());
        }
        Ok(page)
    }
}

/// Marks of a month, at most.
const BAR: i64 = 12;
