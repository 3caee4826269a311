//! What a section is filled with before anybody speaks. A prefill that has no row here offers
//! nothing; a ritual that needs it adds the row.

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::domain::day;
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::ritual::run::{Filling, Line};
use crate::domain::ritual::{Hold, Prefill, RitualKind, Section};
use crate::domain::week::guess::{Meeting, guess};
use crate::domain::week::stretch::Stretch;
use crate::domain::week::{Band, Week};
use crate::store::week::Whose;

use super::super::error::Result;
use super::super::metric::glance;
use super::super::op::Op;
use super::super::standup::{Queued, Side};
use super::super::week::gaps::Instance;
use super::super::workspace::Workspace;
use super::Filler;
use super::long::card_line;

/// How what says that nothing is on record begins.
pub(in crate::ops) const NOTHING: &str = "Nothing on record";
/// How far back time without a band is asked for.
const BACK_DAYS: u64 = 14;

mod judged;
mod market;
mod metrics;
mod month;
mod quarter;
mod time;
mod work;

type Fill = fn(&mut Filler<'_>) -> Result<Vec<Line>>;

const FILLS: &[(Prefill, Fill)] = &[
    (Prefill::DecisionExceptions, |filler| filler.cards(Side::Exceptions)),
    (Prefill::DecisionsHealthy, |filler| filler.cards(Side::Healthy)),
    (Prefill::UnclassifiedTime, |filler| filler.time()),
    (Prefill::DecisionMoves, |filler| Ok(filler.moves())),
    (Prefill::MetricsDue, |filler| filler.figures()),
    (Prefill::OutcomeStatus, |filler| filler.outcomes()),
    (Prefill::Observations, |filler| filler.readings()),
    (Prefill::MetricsStale, |filler| filler.stale()),
    (Prefill::Instrumentation, |filler| filler.unread()),
    (Prefill::DecisionsDue, |filler| filler.decisions_due()),
    (Prefill::DecisionsTaken, |filler| filler.decisions_taken()),
    (Prefill::PrewiresMissing, |filler| filler.prewires()),
    (Prefill::ObjectionMentions, |filler| {
        let mut lines = filler.mentions()?;
        lines.extend(filler.objections()?);
        Ok(lines)
    }),
    (Prefill::SegmentShifts, |filler| filler.segment_shifts()),
    (Prefill::EvidenceGap, |filler| filler.evidence_gap()),
    (Prefill::CompetitiveChanges, |filler| filler.rivals()),
    (Prefill::ProductReadiness, |filler| filler.promises()),
    (Prefill::CallScores, |filler| filler.scores()),
    (Prefill::MessageTests, |filler| filler.tests()),
    (Prefill::RoadmapEvidence, |filler| filler.of_users()),
    (Prefill::LaunchBlockers, |filler| filler.blockers()),
    (Prefill::AssetReadiness, |filler| filler.unready()),
    (Prefill::RequestsNew, |filler| filler.requests()),
    (Prefill::FreeTime, |filler| filler.blocks()),
    (Prefill::WeekVerdict, |filler| filler.verdict()),
    (Prefill::Escalation, |filler| filler.escalation()),
    (Prefill::Impacts, |filler| filler.changes()),
    (Prefill::ImpactQuestions, |filler| filler.questions_of_impact()),
    (Prefill::BridgeMetrics, |filler| filler.bridge()),
    (Prefill::SignalReadings, |filler| filler.signals()),
    (Prefill::DecisionsReopened, |filler| filler.reopened()),
    (Prefill::ExternalFactors, |filler| filler.outside()),
    (Prefill::BandsOfMonth, |filler| filler.bands()),
    (Prefill::NoLog, |filler| filler.no_log()),
    (Prefill::DecisionsAsked, |filler| filler.asked()),
    (Prefill::MaturityQuestions, |filler| filler.questions()),
    (Prefill::MaturitySuggestion, |filler| filler.suggestion()),
    (Prefill::ArtefactSlot, |filler| filler.artefact()),
    (Prefill::OutcomesEnding, |filler| filler.ending()),
    (Prefill::DecisionsToReview, |filler| filler.looking_back()),
    (Prefill::BetsRunning, |filler| filler.bets()),
    (Prefill::OutcomeCandidates, |filler| filler.candidates()),
    (Prefill::PrimaryMetrics, |filler| filler.primaries()),
    (Prefill::StakeholderPulse, |filler| filler.pulses()),
    (Prefill::MetricSets, |filler| filler.sets()),
    (Prefill::PlanTemplates, |filler| filler.plans()),
];

impl Filler<'_> {
    pub(super) fn fill(&mut self, section: &Section) -> Result<Filling> {
        let mut lines = Vec::new();
        let (mut unknown, mut empty) = (Vec::new(), Vec::new());
        section.key.clone_into(&mut self.section);
        self.beyond = 0;
        for prefill in &section.prefill {
            match FILLS.iter().find(|(known, _)| known == prefill) {
                Some((_, fill)) => {
                    let some = fill(self)?;
                    if some.is_empty() {
                        empty.push(*prefill);
                    }
                    lines.extend(some);
                }
                None => unknown.push(prefill.words()),
            }
        }
        let mut notes = std::mem::take(&mut self.notes);
        let is_typed = |said: &crate::domain::ritual::Said| {
            said.section == section.key && said.mark == crate::domain::ritual::Mark::Added
        };
        let is_spoken = self.said.iter().any(is_typed);
        let is_empty = lines.is_empty() && self.beyond == 0;
        if is_empty && notes.is_empty() && !empty.is_empty() && !is_spoken {
            let words: Vec<&str> = empty.iter().map(|one| one.words()).collect();
            notes.push(format!("{NOTHING}: {}.", words.join(", ")));
        }
        if !unknown.is_empty() {
            notes.push(format!("Not offered here yet: {}.", unknown.join(", ")));
        }
        let held = match section.holds {
            Some(Hold::OffTrackMetrics) => self.off_track()?,
            None => Vec::new(),
        };
        Ok(Filling { lines, held, notes, beyond: self.beyond })
    }

    /// A line about an item, by its title.
    fn about(&mut self, item: &Item, aside: impl Into<String>) -> Line {
        let mut line = self.line(item.id, item.reference.to_string());
        item.title().clone_into(&mut line.text);
        line.aside = aside.into();
        line
    }

    /// Where a line stands and the day of it.
    fn dated(&self, line: Line, what: &str, on: Option<NaiveDate>) -> Line {
        dated(line, what, on, self.workspace.clock.today())
    }

    /// What is done when this line of the section is chosen or said yes to.
    fn deed(&mut self, line: &Line, op: Op) {
        self.deeds.insert((self.section.clone(), line.text.clone()), op);
    }

    fn cards(&mut self, side: Side) -> Result<Vec<Line>> {
        if let Some(lines) = self.in_line(side)? {
            return Ok(lines);
        }
        let kind = self.about.unwrap_or(Kind::Decision);
        let wanted = |queued: &&Queued| queued.side() == side;
        let queue = match self.queue.take() {
            Some(queue) => queue,
            None => self.workspace.standup(kind, self.filter)?,
        };
        let mut lines = Vec::new();
        // What a card was answered for is not told again among the rest.
        let answered: Vec<&str> = self
            .said
            .iter()
            .filter(|said| said.section != self.section)
            .filter_map(|said| said.about.as_deref())
            .collect();
        for queued in queue.iter().filter(wanted) {
            if answered.contains(&queued.reference.to_string().as_str()) {
                continue;
            }
            self.ids.insert(queued.reference.to_string(), queued.id);
            lines.push(card_line(queued, self.workspace.clock.today()));
        }
        self.queue = Some(queue);
        Ok(lines)
    }

    fn line(&mut self, id: ItemId, reference: String) -> Line {
        self.ids.insert(reference.clone(), id);
        Line { about: Some(reference), ..Line::default() }
    }

    /// Time without a band, and blocks that nobody said were lived.
    fn time(&mut self) -> Result<Vec<Line>> {
        let rows = match self.kind {
            RitualKind::Friday => self.workspace.unspoken_this_week()?,
            _ => self.workspace.unspoken_time(self.last)?,
        };
        let rules = self.workspace.rules_of_bands()?;
        let mut lines = Vec::new();
        for Unspoken { stretch: row, name } in rows {
            let meeting = Meeting { title: &row.title, ..Meeting::default() };
            let guessed = guess(&rules, &meeting);
            let is_said = row.band != Band::Unclassified;
            let mut line = self.line(row.id, name);
            let band = match (is_said, row.guess) {
                (true, _) => row.band,
                (false, Some(band)) => band,
                (false, None) => guessed.band,
            };
            band.slug().clone_into(&mut line.guess);
            line.why = match (row.reference.kind, is_said, guessed.why) {
                (Kind::Block, true, _) => "planned".to_owned(),
                (Kind::Meeting, true, _) => "as its meeting".to_owned(),
                (_, _, Some(rule)) if rule.band == band => {
                    format!("{} “{}”", rule.cue.slug(), rule.pattern)
                }
                (Kind::Meeting, _, _) if row.guess.is_some() => "calendar or people".to_owned(),
                _ => String::new(),
            };
            line.aside = time::beside(row.on, &row.clock(), row.minutes);
            line.text = row.title;
            lines.push(line);
        }
        Ok(lines)
    }

    /// The metrics whose last period is over and has no figure yet.
    fn figures(&mut self) -> Result<Vec<Line>> {
        let mut lines = Vec::new();
        for glance in self.workspace.glances(glance::MOST)? {
            let (Some(due), Some(account)) = (&glance.due, &glance.account) else { continue };
            let mut line = self.line(glance.id, glance.reference.to_string());
            glance.title.clone_into(&mut line.text);
            line.aside = format!("{due}, last {}", account.figure());
            lines.push(line);
        }
        Ok(lines)
    }

    /// What moved a decision since the last time, as the journal tells it.
    fn moves(&self) -> Vec<Line> {
        let is_of_decision = |label: &&String| {
            let first = label.split([' ', ',', ':']).next().unwrap_or("");
            first.starts_with('d') && crate::domain::item::Ref::parse(first).is_some()
        };
        let moved = self.since.iter().filter(is_of_decision);
        moved.map(|label| Line { text: label.clone(), ..Line::default() }).collect()
    }
}

impl Workspace {
    /// Time without a band, blocks that nobody said were lived and meetings that nothing was logged
    /// over, since the last check-in or the last working day, up to yesterday.
    fn unspoken_time(&self, last: Option<&Item>) -> Result<Vec<Unspoken>> {
        let today = self.clock.today();
        let last = last.and_then(|run| run.day("began_on"));
        let far = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
        let from = last.unwrap_or_else(|| working_day_before(today)).max(far);
        let Some(yesterday) = today.pred_opt() else { return Ok(Vec::new()) };
        self.unspoken_between(from, yesterday)
    }

    /// The same of the running week, with what was logged today.
    fn unspoken_this_week(&self) -> Result<Vec<Unspoken>> {
        let today = self.clock.today();
        self.unspoken_between(Week::of(today).monday(), today)
    }

    /// How long the blocks of today are that are not over: a week that is closed now goes without.
    pub(super) fn minutes_ahead_today(&self) -> Result<i64> {
        let now = self.clock.local();
        let whose = Whose::Mine(self.terms()?.me);
        let planned = self.store.stretches(Kind::Block, (now.date(), now.date()), whose)?;
        let ahead = planned.iter().filter(|block| block.band != Band::Off && !is_over(block, now));
        Ok(ahead.map(|block| block.minutes).sum())
    }

    fn unspoken_between(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<Unspoken>> {
        let now = self.clock.local();
        let whose = Whose::Mine(self.terms()?.me);
        let lived = self.store.stretches(Kind::Entry, (from, to), whose)?;
        let planned = self.store.stretches(Kind::Block, (from, to), whose)?;
        let ids: Vec<ItemId> = planned.iter().map(|block| block.id).collect();
        let blocks = self.store.items(&ids)?;
        let is_open = |block: &&Stretch| {
            let item = blocks.iter().find(|item| item.id == block.id);
            item.is_some_and(|item| item.state().slug == "planned")
                && is_over(block, now)
                && !is_lived(block, &lived)
        };
        let plain =
            |one: &Stretch| Unspoken { name: one.reference.to_string(), stretch: one.clone() };
        let open = lived.iter().filter(|one| one.band == Band::Unclassified);
        let mut rows: Vec<Unspoken> = open.map(plain).collect();
        rows.extend(planned.iter().filter(is_open).map(plain));
        for gap in self.unlogged_meetings((from, to), &lived)? {
            let (name, Instance { at, minutes, .. }) = (gap.name(), gap.instance());
            let stretch = Stretch { at: Some(at), minutes, ..gap.meeting };
            rows.push(Unspoken { name, stretch });
        }
        rows.sort_by_key(|row| {
            (row.stretch.on, row.stretch.at.unwrap_or(0), row.stretch.reference.number)
        });
        Ok(rows)
    }

    /// How long the entries and the meetings among them are.
    pub(super) fn minutes_without_band(&self, last: Option<&Item>) -> Result<i64> {
        let rows = self.unspoken_time(last)?;
        let counts = |one: &&Unspoken| {
            one.stretch.reference.kind != Kind::Block || one.stretch.band == Band::Unclassified
        };
        Ok(rows.iter().filter(counts).map(|one| one.stretch.minutes).sum())
    }
}

/// Where a line stands and the day of it: on the screen as seen from today, in what is kept of it by
/// its date.
pub(super) fn dated(mut line: Line, what: &str, on: Option<NaiveDate>, today: NaiveDate) -> Line {
    let Some(on) = on else {
        what.trim_end().clone_into(&mut line.aside);
        return line;
    };
    let aside = format!("{what} {}", day::short(on, today));
    aside.trim_start().clone_into(&mut line.aside);
    let what = what.trim();
    let lasting = format!("{what}, {}", day::lasting(on, today));
    lasting.trim_start_matches(", ").clone_into(&mut line.lasting);
    line
}

/// Time that nobody has spoken of, and the name of its line.
struct Unspoken {
    name: String,
    stretch: Stretch,
}

/// Whether a block has ended; one without a time of day ends with its day.
fn is_over(block: &Stretch, now: NaiveDateTime) -> bool {
    let midnight = block.on.and_time(NaiveTime::MIN);
    midnight + Duration::minutes(block.end().unwrap_or(24 * 60)) <= now
}

/// Whether an entry lies on a block, or is about the same on the same day.
fn is_lived(block: &Stretch, lived: &[Stretch]) -> bool {
    lived.iter().filter(|entry| entry.on == block.on).any(|entry| {
        let same = entry.serves.is_some() && entry.serves == block.serves;
        let same_title = entry.title == block.title;
        let over = match (block.at.zip(block.end()), entry.at.zip(entry.end())) {
            (Some((from, to)), Some((began, ended))) => began < to && from < ended,
            _ => false,
        };
        same || same_title || over
    })
}

/// The last day before this one that is neither a Saturday nor a Sunday.
fn working_day_before(today: NaiveDate) -> NaiveDate {
    let is_free = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let mut day = today.pred_opt().unwrap_or(today);
    while is_free(day) {
        day = day.pred_opt().unwrap_or(day);
        if day == NaiveDate::MIN {
            break;
        }
    }
    day
}
