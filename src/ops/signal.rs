//! What the signal of a decision reads now: the metric that its words name, by ref or by title, with
//! its newest figure. A signal that names none is read by people alone.

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::store::lookup::Lookup;
use crate::store::metric::Metrics;

use super::error::Result;
use super::workspace::Workspace;

impl Workspace {
    /// `Win rate: 25.8 % (33 of 128), target 30 %, behind`; empty where no metric is named.
    pub(super) fn signal_now(&self, item: &Item) -> Result<String> {
        if item.kind() != Kind::Decision {
            return Ok(String::new());
        }
        let Some(id) = self.metric_named(item.text("signal_metric"))? else {
            return Ok(String::new());
        };
        let Some(glance) = self.glance_at(&[(id, self.store.shown_by(id)?)], 1)?.pop() else {
            return Ok(String::new());
        };
        let Some(account) = glance.account else { return Ok(String::new()) };
        let sample = account.counts().map(|(k, n)| format!(" ({k} of {n})"));
        let mut words = vec![format!("{}{}", account.figure(), sample.unwrap_or_default())];
        let target = account.target();
        words.extend((!target.is_empty()).then(|| format!("target {target}")));
        words.extend((account.figure() != account.word()).then(|| account.word().to_owned()));
        Ok(format!("{}: {}", glance.title, words.join(", ")))
    }

    fn metric_named(&self, words: &str) -> Result<Option<ItemId>> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(None);
        }
        if let Some(reference) = Ref::parse(words).filter(|one| one.kind == Kind::Metric) {
            return Ok(self.store.by_ref(reference)?);
        }
        let found = self.store.by_title(Kind::Metric, words)?;
        let same = |title: &str| title.to_lowercase() == words.to_lowercase();
        Ok(found.into_iter().find(|one| same(&one.title)).map(|one| one.id))
    }
}
