//! The figures of a report: what changed in the business, outcomes by their metrics, what is off
//! track with its recommendation, what the figures say together.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::day;
use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::metric::catalogue::{self, Group};
use crate::domain::metric::deals::Currency;
use crate::domain::metric::period::Period;
use crate::domain::part::{Part, PartKind, of_kind};
use crate::domain::ritual::impact::{Impact, ImpactKind, Question, Recommendation, opening};
use crate::domain::value::Value;
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;
use crate::store::part::{PartTable, Parts};
use crate::store::plan::Plans;

use super::super::deal::impact::{ImpactSum, amount as money, sums};
use super::super::error::Result;
use super::super::metric::glance::{Glance, MOST};
use super::super::metric::signals::Signal as Fired;
use super::super::workspace::Workspace;
use super::facts::{Asked, Changed, Changes, Facts, Figure, Signal};
use super::{Past, dated};

/// Most outcomes, which is what a quarter has.
const OUTCOMES: usize = 3;
/// What an off-track figure without a recommendation says.
const NONE_OF_FOUR: &str =
    "not said yet: change messaging, onboarding, segment focus or product scope";

impl Workspace {
    pub(super) fn tell_figures(
        &mut self,
        facts: &mut Facts,
        (since, past): (NaiveDate, Past),
    ) -> Result<()> {
        let today = self.clock.today();
        self.tell_changes(facts, since)?;
        let glances = self.glances(MOST * 4)?;
        let ids: Vec<ItemId> =
            glances.iter().filter(|one| one.account.is_some()).map(|one| one.id).collect();
        let items = self.store.items(&ids)?;
        let parts = self.store.parts_but(&items, PartKind::Observation)?;
        let fired = self.readings()?.signals;
        let fiscal = self.settings.fiscal_start_month;
        let told = Telling { parts: &parts, fired: &fired, items: &items, seen: (today, fiscal) };
        let outcomes = self.outcomes_then(past)?;
        let shown: HashMap<_, &Glance> =
            glances.iter().filter_map(|one| Some((one.shows?, one))).collect();
        for outcome in &outcomes {
            let glance = shown.get(&outcome.reference);
            let figure = glance.map(|glance| told.figure(glance)).unwrap_or_default();
            facts.outcomes.push(Figure {
                reference: outcome.reference.to_string(),
                title: outcome.title().to_owned(),
                status: if figure.status.is_empty() {
                    "no metric shows it".to_owned()
                } else {
                    figure.status.clone()
                },
                ..figure
            });
        }
        let is_told = |glance: &&Glance| {
            outcomes.iter().any(|outcome| Some(outcome.reference) == glance.shows)
        };
        for glance in glances.iter().filter(|one| !is_told(one)) {
            let Some(account) = &glance.account else { continue };
            if account.is_off_track() {
                facts.off_track.push(told.figure(glance));
            }
        }
        let leads = |glance: &&Glance| told.group(glance) == Some(Group::Executive);
        let known =
            |glance: &&Glance| glance.account.as_ref().is_some_and(|one| one.newest.is_some());
        facts.executive =
            glances.iter().filter(leads).filter(known).map(|one| told.figure(one)).collect();
        facts.signals = fired
            .iter()
            .map(|signal| Signal {
                reading: signal.fired.reading.to_owned(),
                decision: signal.fired.decision.to_owned(),
                inputs: signal.inputs.clone(),
            })
            .collect();
        Ok(())
    }

    /// The outcomes that are active; of a time that is over, those of its quarter, however they ended.
    fn outcomes_then(&self, past: Past) -> Result<Vec<Item>> {
        let today = self.clock.today();
        let (closed, most) = match past {
            Past::No => (Closed::Hidden, OUTCOMES),
            Past::Yes => (Closed::Shown, MOST),
        };
        let backlog = self.store.backlog(Kind::Outcome, closed, today)?;
        let mut all = self.store.items(&self.store.window(&backlog, 0..most, None)?)?;
        if past == Past::Yes {
            let quarter = day::quarter_key(today, self.settings.fiscal_start_month);
            all.retain(|outcome| outcome.text("quarter") == quarter);
        }
        all.truncate(OUTCOMES);
        Ok(all)
    }

    /// The impacts since a day, and what they answer.
    fn tell_changes(&self, facts: &mut Facts, since: NaiveDate) -> Result<()> {
        let today = self.clock.today();
        let all = self.store.items(&self.store.all_of(Kind::Impact)?)?;
        let on =
            |item: &Item| item.day("happened_on").unwrap_or_else(|| item.created_at.date_naive());
        let mut some: Vec<Item> = all
            .into_iter()
            .filter(|item| item.state().slug == "logged" && (since..=today).contains(&on(item)))
            .collect();
        some.sort_by_key(|item| (std::cmp::Reverse(on(item)), item.reference.number));
        let names = self.store.names_for(&some)?;
        let kinds: Vec<Impact> = some
            .iter()
            .filter_map(|item| {
                let kind = ImpactKind::parse(item.text("kind"))?;
                Some(Impact { kind, change: item.title().to_owned() })
            })
            .collect();
        facts.questions = Question::ALL
            .iter()
            .map(|question| Asked {
                question: question.words().to_owned(),
                answers: question.answers(&kinds).into_iter().map(str::to_owned).collect(),
            })
            .collect();
        let told = some.iter().map(|item| Changed {
            reference: item.reference.to_string(),
            title: item.title().to_owned(),
            kind: item.text("kind").to_owned(),
            size: size(item),
            amount: match item.get("amount") {
                Value::Real(amount) => Some(*amount),
                _ => None,
            },
            currency: item.text("currency").to_owned(),
            contribution: item.text("contribution").to_owned(),
            because: item.link("work").map_or_else(String::new, |id| {
                let reference = names.reference(id).map(|found| found.to_string());
                let title = names.title(id).unwrap_or_default();
                format!("{} {title}", reference.unwrap_or_default()).trim().to_owned()
            }),
            on: dated(on(item)),
        });
        facts.changes = Changes {
            words: opening(some.len()),
            all: told.collect(),
            sums: sums(&some).iter().map(ImpactSum::words).collect(),
        };
        Ok(())
    }
}

/// `125,000 EUR`, `24 → 27`.
fn size(item: &Item) -> String {
    let real = |name: &str| match item.get(name) {
        Value::Real(figure) => Some(*figure),
        _ => None,
    };
    let shown = crate::domain::field::show_real;
    let mut words = Vec::new();
    if let Some(amount) = real("amount") {
        let currency = Currency::parse(item.text("currency")).unwrap_or(Currency::UNSAID);
        words.push(money(amount, currency));
    }
    if let (Some(before), Some(after)) = (real("before"), real("after")) {
        words.push(format!("{} → {}", shown(before), shown(after)));
    }
    words.join(", ")
}

/// What is known of metrics beside their figures.
struct Telling<'a> {
    parts: &'a PartTable,
    fired: &'a [Fired],
    items: &'a [Item],
    /// The day it is told of, and the month in which fiscal years begin.
    seen: (NaiveDate, u32),
}

impl Telling<'_> {
    fn slug(&self, glance: &Glance) -> &str {
        let item = self.items.iter().find(|item| item.id == glance.id);
        item.map_or("", |item| item.text("catalogue"))
    }

    fn group(&self, glance: &Glance) -> Option<Group> {
        catalogue::find(self.slug(glance)).map(|template| template.group)
    }

    fn figure(&self, glance: &Glance) -> Figure {
        let reference = glance.reference.to_string();
        let Some(account) = &glance.account else {
            let (title, figure) = (glance.title.clone(), glance.words.clone());
            return Figure { reference, title, figure, ..Figure::default() };
        };
        let off_track = account.is_off_track();
        let parts = self.parts.get(&glance.id).map_or(&[][..], Vec::as_slice);
        let (today, fiscal) = self.seen;
        let has_begun = |part: &&Part| {
            let period = Period::parse(part.text("period"), fiscal);
            period.is_none_or(|period| period.first() <= today)
        };
        let newest: Option<&Part> = of_kind(parts, PartKind::Narrative)
            .filter(has_begun)
            .max_by_key(|part| part.text("period"));
        let said = |name: &str| newest.map_or("", |part| part.text(name)).to_owned();
        let recommends = if off_track { self.recommended(glance, newest) } else { String::new() };
        Figure {
            waived: String::new(),
            factor: glance.factor.clone().unwrap_or_default(),
            recommendation: match recommends.as_str() {
                "" if off_track => NONE_OF_FOUR.to_owned(),
                said => said.to_owned(),
            },
            recommends,
            metric: reference.clone(),
            reference,
            title: glance.title.clone(),
            figure: account.figure(),
            target: account.target(),
            status: account.word().to_owned(),
            off_track,
            sentence: account.sentence(),
            meaning: said("notes"),
            market: said("market"),
            decision: said("decide"),
        }
    }

    /// One of the four: what somebody said, else what the signals say.
    fn recommended(&self, glance: &Glance, newest: Option<&Part>) -> String {
        let word = newest.map_or("", |part| part.text("recommends"));
        if let Some(said) = Recommendation::parse(word) {
            return said.to_string();
        }
        let slug = self.slug(glance);
        let fired = self.fired.iter().find(|signal| {
            !slug.is_empty() && signal.fired.metrics.iter().any(|known| known == slug)
        });
        fired.map_or_else(String::new, |signal| {
            format!("{}, as the figures say together", signal.fired.recommends)
        })
    }
}
