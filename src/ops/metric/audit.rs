//! What the metrics of a workspace still ask for: a company figure above each, the contribution to
//! a shared one, words beside numbers, a review that is due, a companion, an explanation. Advice
//! alone; nothing is refused by it.

use chrono::NaiveDate;

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::metric::catalogue;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::glance::Glance;

/// Figures above a figure that are followed.
const DEEP: usize = 12;
/// What is counted where marketing leans to the product, and where it leans to sales.
const LEANS: [(&str, &[&str]); 2] = [
    ("product", &["activation-d10", "adoption-d10", "engagement-d10"]),
    ("sales", &["revenue-contribution", "win-rate", "close-rate", "asp"]),
];

/// One thing that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The metric; none where it is about all of them.
    pub reference: Option<Ref>,
    pub title: String,
    /// `shared, and the contribution is not said`.
    pub what: String,
    /// The command that mends it.
    pub mend: String,
}

impl Finding {
    fn of(metric: &Item, what: impl Into<String>, mend: String) -> Self {
        let (reference, title) = (Some(metric.reference), metric.title().to_owned());
        Self { reference, title, what: what.into(), mend }
    }

    /// As one line.
    #[must_use]
    pub fn words(&self) -> String {
        let reference = self.reference.map(|one| format!("{one} ")).unwrap_or_default();
        let colon = if self.title.is_empty() { "" } else { ": " };
        format!("{reference}{}{colon}{}", self.title, self.what)
    }
}

impl Workspace {
    /// What the metrics that are not retired still ask for.
    ///
    /// # Errors
    /// A storage error.
    pub fn metric_audit(&self) -> Result<Vec<Finding>> {
        let live = self.live_metrics()?;
        let ids: Vec<ItemId> = live.iter().map(|one| one.id).collect();
        let items = self.store.items(&ids)?;
        let shown: Vec<_> = live.iter().map(|one| (one.id, one.shows)).collect();
        let glances = self.glance_at(&shown, shown.len())?;
        let today = self.clock.today();
        let mut found = Vec::new();
        for item in &items {
            let glance = glances.iter().find(|one| one.id == item.id);
            found.extend(of_one(item, &items, glance, today));
        }
        found.extend(halves(&items));
        found.extend(self.leaning(&items)?);
        Ok(found)
    }

    /// What is usually counted where people like oneself lean, and is not.
    fn leaning(&self, items: &[Item]) -> Result<Vec<Finding>> {
        let Some(me) = self.terms()?.me else { return Ok(Vec::new()) };
        let person = self.store.items(&[me])?;
        let leans = person.first().map_or("", |person| person.text("alignment"));
        let Some((_, slugs)) = LEANS.iter().find(|(name, _)| *name == leans) else {
            return Ok(Vec::new());
        };
        let family = |slug: &str| catalogue::find(slug).map(|one| one.family().to_owned());
        let has =
            |slug: &str| items.iter().any(|item| family(item.text("catalogue")) == family(slug));
        let missing = slugs.iter().copied().filter(|slug| !has(slug));
        Ok(missing
            .filter_map(catalogue::find)
            .map(|template| Finding {
                reference: None,
                title: String::new(),
                what: format!("{} is usual where one leans to {leans}", template.name),
                mend: format!("prewire metric add {}", template.slug),
            })
            .collect())
    }
}

fn of_one(item: &Item, all: &[Item], glance: Option<&Glance>, today: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    let reference = item.reference;
    let mut say = |what: String, mend: String| found.push(Finding::of(item, what, mend));
    if let Some(untold) = glance.and_then(|glance| glance.narrative.untold.as_ref()) {
        say(
            untold.words(),
            format!("prewire metric narrative {reference} add {}{}", untold.period, untold.flags()),
        );
    }
    if glance.is_some_and(|glance| glance.doubt) {
        say(
            glance.map(Glance::sureness).unwrap_or_default(),
            format!("prewire metric confidence {reference}"),
        );
    }
    if item.text("accountability") == "shared" && item.text("contribution").is_empty() {
        say(
            "shared, and which contribution is yours is not said".to_owned(),
            format!("prewire metric edit {reference} --contribution '…'"),
        );
    }
    if !leads_up(item, all) {
        say(
            "no company figure above it".to_owned(),
            format!("prewire metric edit {reference} --parent m…"),
        );
    }
    if let Some(on) = item.day("review_on").filter(|on| *on < today) {
        say(
            format!("to be reviewed since {}", on.format("%-d %B")),
            format!("prewire metric edit {reference} --review-on +90d"),
        );
    }
    if let Some(beside) = companion(item, all) {
        say(
            format!("never alone: {} is not measured", beside.name),
            format!("prewire metric add {}", beside.slug),
        );
    }
    found
}

/// Whether figures above it lead to one of the company.
fn leads_up(item: &Item, all: &[Item]) -> bool {
    let mut at = item;
    for _ in 0..DEEP {
        if at.text("level") == "company" {
            return true;
        }
        let above = at.link("parent").and_then(|id| all.iter().find(|one| one.id == id));
        let Some(above) = above else { return false };
        at = above;
    }
    false
}

/// The metric beside which alone this one may be shown, where nobody measures it.
#[must_use]
pub fn companion(item: &Item, all: &[Item]) -> Option<&'static catalogue::Template> {
    let beside = catalogue::find(item.text("catalogue"))?.beside.as_deref()?;
    let is_there = all.iter().any(|other| other.text("catalogue") == beside);
    catalogue::find(beside).filter(|_| !is_there)
}

/// Numbers without words say half, and so do words without numbers.
fn halves(items: &[Item]) -> Option<Finding> {
    let has = |reading: &str| items.iter().any(|item| item.text("reading") == reading);
    let (what, mend) = match (has("number"), has("qualitative")) {
        (true, false) => (
            "numbers alone; no metric in five steps with a quote stands beside them",
            "prewire metric add 'What buyers say reading:qualitative unit:score'",
        ),
        (false, true) => {
            ("words alone; no number stands beside them", "prewire metric add win-rate")
        }
        (true, true) | (false, false) => return None,
    };
    let (what, mend) = (what.to_owned(), mend.to_owned());
    Some(Finding { reference: None, title: String::new(), what, mend })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kind::Kind;
    use crate::domain::value::Value;

    fn metric(number: i64, fields: &[(&str, &str)]) -> Item {
        let id: ItemId = format!("00000000-0000-7000-8000-{number:012}").parse().unwrap();
        let reference = Ref { kind: Kind::Metric, number };
        let mut item = Item::new(id, reference, chrono::DateTime::UNIX_EPOCH, "");
        item.set("reading", Value::Text("number".to_owned()));
        for (name, value) in fields {
            item.set(name, Value::Text((*value).to_owned()));
        }
        item
    }

    #[test]
    fn a_figure_leads_up_through_others_to_one_of_the_company() {
        let top = metric(1, &[("level", "company")]);
        let mut middle = metric(2, &[]);
        middle.set("parent", Value::Item(top.id));
        let mut low = metric(3, &[]);
        low.set("parent", Value::Item(middle.id));
        let all = [top, middle, low];
        assert!(all.iter().all(|one| leads_up(one, &all)));
        assert!(!leads_up(&all[2], &all[2..]));
        // A circle that another program made ends too.
        let (mut one, mut other) = (metric(4, &[]), metric(5, &[]));
        one.set("parent", Value::Item(other.id));
        other.set("parent", Value::Item(one.id));
        assert!(!leads_up(&one, &[one.clone(), other]));
    }

    #[test]
    fn half_of_what_is_to_be_known_is_named() {
        let number = metric(1, &[]);
        let words = metric(2, &[("reading", "qualitative")]);
        assert!(halves(&[]).is_none());
        assert!(halves(std::slice::from_ref(&number)).unwrap().what.starts_with("numbers alone"));
        assert!(halves(std::slice::from_ref(&words)).unwrap().what.starts_with("words alone"));
        assert!(halves(&[number, words]).is_none());
    }

    #[test]
    fn what_is_never_shown_alone_asks_for_its_companion() {
        let alone = metric(1, &[("catalogue", "dau-mau")]);
        let beside = metric(2, &[("catalogue", "activation-d10")]);
        assert_eq!(companion(&alone, std::slice::from_ref(&alone)).unwrap().slug, "activation-d10");
        assert!(companion(&alone, &[alone.clone(), beside.clone()]).is_none());
        assert!(companion(&beside, std::slice::from_ref(&beside)).is_none());
    }
}
