//! The work behind a report: decisions needed and taken, what was traded for what, what is due next,
//! how time was spent, what was said in the ritual of the period, and last what shipped.

use chrono::{Days, NaiveDate};

use crate::domain::decision::Record;
use crate::domain::field::Names;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::part::letter;
use crate::domain::report::ReportKind;
use crate::domain::ritual::run::{Line, Progress, Verdict};
use crate::domain::ritual::{Mark, RitualKind, Said};
use crate::domain::week::letter::listed;
use crate::domain::week::share::percentages;
use crate::domain::week::{Band, Week};
use crate::store::brief::{Brief, Briefs};
use crate::store::lookup::Lookup;

use super::super::error::Result;
use super::super::resolve::is_called;
use super::super::ritual::{NOTHING, contents};
use super::super::workspace::Workspace;
use super::facts::{Decision, Facts, Output, Section, Split, Trade};
use super::{Past, dated};

/// Most of each that a page of one sheet has room for.
const FEW: usize = 3;
/// Most of each elsewhere.
const MANY: usize = 12;
/// Most days that are told ahead.
const DAYS: usize = 10;
/// The same on a sheet.
const DAYS_OF_A_SHEET: usize = 8;
/// Weeks of a chart.
const WEEKS: usize = 12;

impl Workspace {
    pub(super) fn tell_work(
        &mut self,
        facts: &mut Facts,
        kind: ReportKind,
        (since, past, readers): (NaiveDate, Past, &[String]),
    ) -> Result<()> {
        let most = if kind == ReportKind::Exec { FEW } else { MANY };
        facts.needed = self.needed(most, readers)?;
        facts.taken = self.taken(since, most)?;
        facts.trades = self.trades(since, most)?;
        // What a sheet asks for above is not told twice.
        let asked = match kind {
            ReportKind::Exec => facts.needed.iter().map(|one| one.reference.clone()).collect(),
            ReportKind::Week | ReportKind::Month => Vec::new(),
        };
        let days = if kind == ReportKind::Exec { DAYS_OF_A_SHEET } else { DAYS };
        (facts.ahead, facts.ahead_more) = self.ahead(&asked, days)?;
        self.tell_weeks(facts, kind, since)?;
        let worked = self.spread_between("", (since, self.clock.today()))?;
        // Where nobody said it of anything, nothing is told.
        let is_known = worked.origins.minutes.iter().any(|minutes| *minutes > 0);
        facts.origins = worked.origin_words().filter(|_| is_known).unwrap_or_default();
        facts.outputs = self.outputs(since)?;
        facts.sections = match kind {
            ReportKind::Week => self.spoken(RitualKind::Friday, past)?,
            ReportKind::Month => self.spoken(RitualKind::Month, past)?,
            ReportKind::Exec => Vec::new(),
        };
        if kind == ReportKind::Month {
            self.tell_waived(facts, past)?;
            // A decision that was taken down in the room stands among those that are needed.
            let needed: Vec<String> = facts.needed.iter().map(|one| one.title.clone()).collect();
            for section in facts.sections.iter_mut().filter(|section| section.key == "asked") {
                section.added.retain(|line| !needed.contains(line));
            }
        }
        Ok(())
    }

    /// The first open decisions that somebody else takes, in the order of decisions: overdue, stake,
    /// what they hold up, age.
    pub(in super::super) fn asked_of_others(
        &self,
        most: usize,
        wanted: impl Fn(&Brief) -> bool,
    ) -> Result<Briefs> {
        let me = self.settings.me.as_deref().unwrap_or("");
        self.first_briefs(most, |one| {
            !one.approver.is_empty()
                && &*one.approver != me
                && !one.signs.is_deferred
                && wanted(one)
        })
    }

    fn needed(&self, most: usize, readers: &[String]) -> Result<Vec<Decision>> {
        let today = self.clock.today();
        let is_read = |one: &Brief| {
            readers.is_empty() || readers.iter().any(|name| is_called(&one.approver, name))
        };
        // One that was raised later was not needed then.
        let wanted = |one: &Brief| one.signs.raised_on <= today && is_read(one);
        let briefs = self.asked_of_others(most, wanted)?;
        let ids: Vec<ItemId> = briefs.iter().map(|one| one.id).collect();
        let records = self.records(&ids)?;
        let mut told = Vec::new();
        for (record, brief) in records.iter().zip(&briefs) {
            let option = record.recommended();
            let held = self.mentions(record.item.links("blocks"))?;
            let refs: Vec<String> = held
                .iter()
                .filter(|held| !held.closed)
                .map(|held| held.reference.to_string())
                .collect();
            let held: Vec<String> = held
                .iter()
                .filter(|held| !held.closed)
                .map(|held| format!("{} {}", held.reference, held.title))
                .collect();
            told.push(Decision {
                approver: brief.approver.to_string(),
                on: brief.signs.last_day.map(dated).unwrap_or_default(),
                late: brief.signs.last_day.is_some_and(|day| day < today),
                option: option.map_or_else(String::new, |option| option.main().to_owned()),
                gives_up: option.map_or("", |option| option.text("gives_up")).to_owned(),
                why: record.item.text("matters").to_owned(),
                holds: held.join("; "),
                held: listed(&refs),
                options: options(record),
                ..head(&record.item)
            });
        }
        Ok(told)
    }

    fn taken(&self, since: NaiveDate, most: usize) -> Result<Vec<Decision>> {
        let (mut ids, _) = self.store.last_taken((since, self.clock.today()), most)?;
        ids.reverse();
        let told = self.records(&ids)?.into_iter().map(|record| {
            let item = &record.item;
            let chosen = record.option(item.text("chosen"));
            let approver = item.link("approver").map(|id| record.called(id).to_owned());
            Decision {
                approver: approver.unwrap_or_default(),
                on: item.day("decided_on").map(dated).unwrap_or_default(),
                option: chosen.map_or_else(String::new, |option| option.main().to_owned()),
                gives_up: chosen.map_or("", |option| option.text("gives_up")).to_owned(),
                why: item.text("rationale").to_owned(),
                ..head(item)
            }
        });
        Ok(told.collect())
    }

    /// What moved for what: requests that were traded, then what the decisions of the time gave up,
    /// then what was declined.
    fn trades(&self, since: NaiveDate, most: usize) -> Result<Vec<Trade>> {
        let log = self.nos_and_trades()?;
        let time = since..=self.clock.today();
        let replied = |item: &&Item| item.day("replied_on").is_some_and(|on| time.contains(&on));
        let trade = |item: &Item, gave: String, on: Option<NaiveDate>| Trade {
            reference: item.reference.to_string(),
            title: item.title().to_owned(),
            gave,
            on: on.map(dated).unwrap_or_default(),
        };
        let mut all: Vec<Trade> = log
            .traded
            .iter()
            .filter(replied)
            .map(|item| trade(item, log.gave(item, self.clock.today()), item.day("replied_on")))
            .collect();
        let gave = self.taken(since, MANY)?.into_iter().filter(|one| !one.gives_up.is_empty());
        all.extend(gave.map(|one| Trade {
            reference: one.reference,
            title: format!("{}: {}", one.title, one.option),
            gave: format!("gives up {}", one.gives_up),
            on: one.on,
        }));
        all.extend(log.declined.iter().filter(replied).map(|item| {
            let reason = item.text("reason");
            let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            trade(item, format!("declined, {}{why}", log.asker(item)), item.day("replied_on"))
        }));
        all.truncate(most);
        Ok(all)
    }

    fn tell_weeks(&self, facts: &mut Facts, kind: ReportKind, since: NaiveDate) -> Result<()> {
        let today = self.clock.today();
        let now = self.looks_back_to.map_or(today, |(_, now)| now);
        let from = match kind {
            // A week is read beside those before it.
            ReportKind::Week => today.checked_sub_days(Days::new(7 * 7)).unwrap_or(today),
            ReportKind::Month | ReportKind::Exec => since,
        };
        for past in self.past_weeks(Week::of(today), WEEKS)? {
            let all = Band::WORK.map(|band| past.actual.of(band));
            let Some(shares) = percentages(&all).filter(|_| past.week.sunday() >= from) else {
                continue;
            };
            facts.bands.push(Split {
                week: past.week.to_string(),
                strategic: shares[0],
                execution: shares[1],
                reactive: shares[2],
                verdict: past.words(now).to_owned(),
            });
        }
        let lived = self.lived_between(from, today)?;
        facts.split = percentages(&Band::WORK.map(|band| lived.of(band)))
            .map_or_else(String::new, |all| {
                format!("strategic {} %, execution {} %, reactive {} %", all[0], all[1], all[2])
            });
        Ok(())
    }

    fn outputs(&self, since: NaiveDate) -> Result<Vec<Output>> {
        let mut shipped = self.store.items(&self.store.shipped((since, self.clock.today()))?)?;
        shipped.sort_by_key(|item| (item.day("shipped_on"), item.kind(), item.reference.number));
        let names = self.store.names_for(&shipped)?;
        let told = shipped.iter().map(|item| {
            let reached: Vec<&str> = match item.kind() {
                Kind::Artefact => {
                    item.links("reached").iter().filter_map(|id| names.title(*id)).collect()
                }
                _ => Vec::new(),
            };
            Output {
                reference: item.reference.to_string(),
                title: item.title().to_owned(),
                on: item.day("shipped_on").map(dated).unwrap_or_default(),
                reached: reached.join(", "),
            }
        });
        Ok(told.collect())
    }

    /// The off-track figures that somebody waived in the month.
    fn tell_waived(&self, facts: &mut Facts, past: Past) -> Result<()> {
        let kind = RitualKind::Month;
        let period = kind.period(self.clock.today(), self.settings.fiscal_start_month);
        let run = match (past, self.going_run(kind, None)?) {
            (Past::Yes, _) => self.held_about(kind)?,
            (Past::No, Some(run)) => Some(run).filter(|run| run.text("period") == period),
            (Past::No, None) => {
                self.last_run(kind, None)?.filter(|run| run.text("period") == period)
            }
        };
        let Some(run) = run else { return Ok(()) };
        let said = self.said_in(&run)?;
        for figure in facts.outcomes.iter_mut().chain(&mut facts.off_track) {
            let waived = said.iter().rev().find(|one| {
                one.about.as_deref() == Some(figure.metric.as_str())
                    && one.words.starts_with("waived by ")
            });
            if let Some(waived) = waived.filter(|_| figure.off_track) {
                figure.waived.clone_from(&waived.words);
            }
        }
        Ok(())
    }

    /// What was said in the ritual of this period, else what is on record for it.
    fn spoken(&mut self, kind: RitualKind, past: Past) -> Result<Vec<Section>> {
        let period = kind.period(self.clock.today(), self.settings.fiscal_start_month);
        let sitting = self.sit(kind, None, "")?;
        let held = match past {
            Past::No => self.last_run(kind, None)?.filter(|run| run.text("period") == period),
            Past::Yes => self.held_about(kind)?,
        };
        let said = match &held {
            Some(run) if past == Past::Yes || !sitting.goes_on => self.said_in(run)?,
            _ => Vec::new(),
        };
        let ritual = contents(kind)?;
        let told = sitting.run.sections.iter().map(|section| {
            let own: Vec<&Said> = said.iter().filter(|one| one.section == section.key).collect();
            let stays = |line: &&Line| line.verdict != Verdict::Dropped;
            let lines = if own.is_empty() && said.is_empty() {
                section.lines.iter().filter(stays).map(offered).collect()
            } else {
                own.iter().filter(|one| stands(one.mark)).map(|one| spoken_words(one)).collect()
            };
            let typed = |one: &&&Said| one.mark == Mark::Added;
            let mut added: Vec<String> =
                own.iter().filter(typed).map(|one| one.text.clone()).collect();
            let is_typed = |line: &&Line| line.verdict == Verdict::Added;
            added.extend(section.lines.iter().filter(is_typed).map(|line| line.text.clone()));
            let filled = ritual.sections.iter().find(|one| one.key == section.key);
            let way = filled.into_iter().flat_map(|one| &one.prefill).map(|one| one.way());
            Section {
                added,
                missing: missing(section, !own.is_empty(), way),
                key: section.key.clone(),
                title: section.title.clone(),
                lines,
                said: !own.is_empty()
                    || section.lines.iter().any(|line| line.verdict != Verdict::Open),
            }
        });
        Ok(told.collect())
    }
}

/// What an empty section says: that there was nothing to tell, or what is not on record and how it
/// gets there.
fn missing<'a>(
    section: &Progress,
    is_said: bool,
    mut ways: impl Iterator<Item = &'a str>,
) -> String {
    let nothing = section.notes.iter().find(|note| note.starts_with(NOTHING));
    if is_said && nothing.is_none() {
        return match section.notes.join(" ") {
            told if told.is_empty() => {
                "Nothing of it was kept when it was gone through.".to_owned()
            }
            told => told,
        };
    }
    let nothing = nothing.map_or_else(|| format!("{NOTHING}."), String::clone);
    match ways.find(|way| !way.is_empty()) {
        Some(way) => format!("{nothing} To have it here: {way}"),
        None => nothing,
    }
}

fn stands(mark: Mark) -> bool {
    match mark {
        Mark::Kept | Mark::Answered | Mark::Added => true,
        Mark::Dropped | Mark::Done | Mark::Skipped => false,
    }
}

fn offered(line: &Line) -> String {
    let aside = line.told();
    // Who decides stands in what is told for good.
    let is_told = line.why.is_empty() || aside.contains(&line.why);
    let words = if line.words.is_empty() { aside } else { line.words.clone() };
    let why = match (is_told, words.is_empty()) {
        (true, _) => String::new(),
        (false, true) => line.why.clone(),
        (false, false) => format!(" ({})", line.why),
    };
    told(line.about.as_deref(), &line.text, &format!("{words}{why}"))
}

fn spoken_words(said: &Said) -> String {
    told(said.about.as_deref(), &said.text, &said.words)
}

fn told(about: Option<&str>, text: &str, words: &str) -> String {
    let about = about.map(|about| format!("{} ", crate::domain::ritual::run::called(about)));
    let name = format!("{}{text}", about.unwrap_or_default());
    if words.trim().is_empty() { name } else { format!("{name}: {}", words.trim()) }
}

fn head(item: &Item) -> Decision {
    Decision {
        reference: item.reference.to_string(),
        title: item.title().to_owned(),
        state: item.state().slug.to_owned(),
        ..Decision::default()
    }
}

/// `A: stay narrow`, the recommended one marked.
pub(in crate::ops) fn options(record: &Record) -> Vec<String> {
    let recommended = record.item.text("recommendation");
    let told = record.options().map(|option| {
        let own = letter(option.position).to_string();
        let mark = if own == recommended { ", recommended" } else { "" };
        format!("{}: {}{mark}", own.to_uppercase(), option.main())
    });
    told.collect()
}
