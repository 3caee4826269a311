//! How the work is aligned: the stage of the company, the side on which each marketer stands, the
//! metrics that suit both.

use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::ritual::alignment::{Alignment, CompanyStage, MetricSet, SHIPPED, read};
use crate::domain::sheet::{Sheet, own_or_shipped};
use crate::domain::value::Value;
use crate::store::metric::Metrics;

use super::error::Result;
use super::page::ListQuery;
use super::workspace::Workspace;

mod report;

/// The setting that holds the stage of the company.
pub const STAGE: &str = "company.stage";

/// The tag of what is done together with others.
const JOINT: &str = "joint";

/// Whether an outcome or a bet is done together with others.
pub(in crate::ops) fn is_joint(item: &Item) -> bool {
    matches!(item.get("tags"), Value::Tags(tags) if tags.iter().any(|tag| tag == JOINT))
}

/// Somebody who does product marketing here.
#[derive(Debug, Clone)]
pub struct Marketer {
    pub person: Item,
    /// Which side they stand nearer to, once somebody said it.
    pub side: Option<Alignment>,
    /// Their primary metrics: one, unless there is a reason for more.
    pub primary: Vec<ItemId>,
}

impl Workspace {
    /// How far the company has come, once somebody said it.
    ///
    /// # Errors
    /// A storage error.
    pub fn company_stage(&self) -> Result<Option<CompanyStage>> {
        Ok(self.store.setting(STAGE)?.as_deref().and_then(CompanyStage::parse))
    }

    /// The people who do product marketing; where nobody is said to, the one whose machine this is.
    ///
    /// # Errors
    /// A storage error.
    pub fn marketers(&mut self) -> Result<Vec<Marketer>> {
        let ids = self.all_ids(&ListQuery::all(Kind::Person))?;
        let mut people = self.store.items(&ids)?;
        let is_me = |person: &Item| {
            let me = self.settings.me.as_deref();
            me.is_some_and(|me| person.title().to_lowercase() == me.to_lowercase())
        };
        if people.iter().any(|person| person.text("role") == "pmm") {
            people.retain(|person| person.text("role") == "pmm");
        } else {
            people.retain(is_me);
        }
        people.sort_by_key(|person| person.reference.number);
        let marketer = |person: Item| -> Result<Marketer> {
            let side = Alignment::parse(person.text("alignment"));
            let primary = self.store.primary_of(person.id)?;
            Ok(Marketer { person, side, primary })
        };
        people.into_iter().map(marketer).collect()
    }

    /// The sets of metrics: the user's own beside the configuration, where they can be read.
    ///
    /// # Errors
    /// Sets that cannot be read.
    pub fn metric_sets(&self) -> Result<(Vec<MetricSet>, Option<String>)> {
        let file = self.settings.own.as_ref().map(|own| own.join("rituals").join("alignment.toml"));
        let own = file.and_then(|file| {
            Some((file.display().to_string(), std::fs::read_to_string(&file).ok()?))
        });
        let own = own.as_ref().map(|(file, text)| Sheet::new(file, text));
        let chosen = own_or_shipped(own, SHIPPED, read)
            .map_err(|fault| Refusal::input(fault.to_string()))?;
        let said = chosen.passed_over.map(|fault| format!("{fault}; the shipped sets are used"));
        Ok((chosen.used, said))
    }
}
