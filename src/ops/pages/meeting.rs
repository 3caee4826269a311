//! The pack of a meeting: the decisions first, always, then what was decided, what is to be
//! reviewed, and only then the work.

use chrono::Days;

use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::exchange::page::Page;
use crate::store::filter::Sort;
use crate::store::listing::Closed;

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::Workspace;
use super::{Stands, dated, frame_of, objections, options, stances, unframed, who_and_when};

/// Days of the past whose decisions are told.
const RECENT_DAYS: u64 = 14;
/// Most decisions that are told in full; the rest stand in a table.
const IN_FULL: usize = 12;

impl Workspace {
    /// The pack of a meeting, about the open decisions that a filter finds.
    ///
    /// # Errors
    /// A refusal of the filter; a storage error.
    pub fn meeting_pack(&mut self, filter: &str) -> Result<Page> {
        let today = self.clock.today();
        let mut page = Page::new("Meeting pack", dated(Some(today)));
        self.open_decisions(&mut page, filter)?;
        self.decided(&mut page)?;
        self.reviews(&mut page)?;
        self.assets(&mut page)?;
        self.outcomes(&mut page)?;
        Ok(page)
    }

    fn open_decisions(&mut self, page: &mut Page, filter: &str) -> Result<()> {
        let today = self.clock.today();
        let all = self.exceptions_first(filter)?;
        page.section("Decisions to take");
        if all.is_empty() {
            page.say(
                "No decision is open. Raise one: prewire decision add \"Which tier? due:fri\"",
            );
        }
        let ids: Vec<ItemId> = all.iter().take(IN_FULL).map(|(brief, _)| brief.id).collect();
        for (record, (_, exceptions)) in self.records(&ids)?.iter().zip(&all) {
            page.part(format!("{} {}", record.item.reference, record.item.title()));
            page.say(who_and_when(record, today));
            let why: Vec<String> = exceptions.iter().map(|found| found.words()).collect();
            if !why.is_empty() {
                page.say(why.join("; "));
            }
            if record.binds() {
                unframed(page, record);
            }
            page.facts(frame_of(record));
            options(page, record);
            stances(page, record);
            objections(page, record);
        }
        let rest = all.iter().skip(IN_FULL).map(|(brief, _)| {
            let stands = Stands::of_brief(brief).words(today);
            vec![brief.reference.to_string(), brief.title.to_string(), stands]
        });
        let rest: Vec<Vec<String>> = rest.collect();
        page.table("The other open decisions", &["Ref", "Question", "Stands"], rest);
        Ok(())
    }

    fn decided(&mut self, page: &mut Page) -> Result<()> {
        let today = self.clock.today();
        let since = today.checked_sub_days(Days::new(RECENT_DAYS)).unwrap_or(today);
        let query = ListQuery {
            filter: format!("decided_on>={since}"),
            sort: Sort::Field { name: "decided_on", descending: true },
            closed: Closed::Shown,
            ..ListQuery::all(Kind::Decision)
        };
        let ids = self.all_ids(&query)?;
        let rows = self.store.items(&ids)?.into_iter().map(|item| {
            vec![
                item.reference.to_string(),
                item.title().to_owned(),
                item.text("rationale").to_owned(),
                dated(item.day("decided_on")),
            ]
        });
        page.section("Decided in the last two weeks");
        let rows: Vec<Vec<String>> = rows.collect();
        if rows.is_empty() {
            page.say("No decision was taken in the last two weeks.");
        }
        page.table("Decided", &["Ref", "Question", "Why", "On"], rows);
        Ok(())
    }

    fn reviews(&mut self, page: &mut Page) -> Result<()> {
        let ids = self.store.reviews_due(self.clock.today(), 100)?;
        if ids.is_empty() {
            return Ok(());
        }
        let rows = self.store.items(&ids)?.into_iter().map(|item| {
            let sure =
                item.whole("probability").map_or_else(String::new, |sure| format!("{sure} %"));
            vec![
                item.reference.to_string(),
                item.title().to_owned(),
                item.text("signal").to_owned(),
                sure,
                dated(item.day("review_on")),
            ]
        });
        page.section("To be reviewed");
        page.table("Reviews due", &["Ref", "Question", "Signal", "Sure", "Due"], rows.collect());
        Ok(())
    }

    fn assets(&mut self, page: &mut Page) -> Result<()> {
        let ids = self.all_ids(&ListQuery::all(Kind::Asset))?;
        let told = self.told(&ids)?;
        page.section("Assets");
        if told.items.is_empty() {
            page.say("No asset is open. Add one: prewire asset add \"Battlecard due:fri\"");
        }
        let cell = |item: &Item, name: &str| {
            let field = item.kind().noun().field(name);
            field.typed(item.get(name), &told.names)
        };
        let rows = told.items.iter().map(|item| {
            vec![
                item.reference.to_string(),
                item.title().to_owned(),
                item.state().slug.to_owned(),
                cell(item, "owner"),
                dated(item.day("due")),
                cell(item, "blocked_by"),
            ]
        });
        let head = ["Ref", "Asset", "State", "Owner", "Due", "Blocked by"];
        page.table("Open assets", &head, rows.collect());
        Ok(())
    }

    fn outcomes(&mut self, page: &mut Page) -> Result<()> {
        let ids = self.all_ids(&ListQuery::all(Kind::Outcome))?;
        let told = self.told(&ids)?;
        if told.items.is_empty() {
            return Ok(());
        }
        let owner = |item: &Item| {
            item.link("owner").and_then(|id| told.names.title(id)).unwrap_or("").to_owned()
        };
        let rows = told.items.iter().map(|item| {
            vec![
                item.reference.to_string(),
                item.title().to_owned(),
                item.text("metric").to_owned(),
                owner(item),
                dated(item.day("due")),
            ]
        });
        page.section("Outcomes");
        page.table(
            "Active outcomes",
            &["Ref", "Outcome", "Metric", "Owner", "Due"],
            rows.collect(),
        );
        Ok(())
    }
}
