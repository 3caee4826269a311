//! Properties that are derived rather than stored, as conditions: `is:blocked`, `is:exception`.

use super::{Compiler, Sql, day};
use crate::domain::decision::figures::STAGNANT_DAYS;
use crate::domain::decision::standing::FORUM_DAYS;
use crate::domain::grammar::{Filter, Property, Test};
use crate::domain::kind::Kind;
use crate::domain::listing::PUT_OFF;
use crate::store::error::Result;
use crate::store::sql::json_ids;

impl Compiler<'_> {
    pub(super) fn property(&mut self, property: Property) -> Result<String> {
        let today = self.bind(day(self.today));
        let open_at = |end: &str, other: &str| {
            format!(
                "EXISTS (SELECT 1 FROM edge AS e JOIN listing AS x ON x.id = e.{other} \
                 WHERE e.kind = 'blocks' AND e.{end} = i.id AND x.shelf = 0)"
            )
        };
        let of_decisions = [
            Property::Unwired,
            Property::ReviewDue,
            Property::Old,
            Property::Exception,
            Property::DefaultDue,
        ];
        if self.kind != Kind::Decision && of_decisions.contains(&property) {
            return Ok("0".to_owned());
        }
        Ok(match property {
            Property::Open => "l.shelf = 0".to_owned(),
            Property::Closed => "l.shelf = 1".to_owned(),
            Property::Overdue => format!("(l.shelf = 0 AND l.due < {today})"),
            Property::Blocked => open_at("target", "source"),
            Property::Blocking => open_at("source", "target"),
            Property::Waiting => "i.waiting_on IS NOT NULL".to_owned(),
            Property::Deferred => "i.state = 'deferred'".to_owned(),
            Property::Unlinked => unlinked(self.kind),
            Property::Unframed => "(l.shelf = 0 AND i.state = 'raised')".to_owned(),
            Property::Unwired => format!(
                "(l.shelf = 0 AND i.state <> 'deferred' AND {})",
                self.unwired(" AND (n.forum_on IS NULL OR w.held_on <= n.forum_on)")
            ),
            Property::Old => self.older_than_usual(),
            Property::DefaultDue => format!(
                "(n.default_on <= {today} AND n.default_text IS NOT NULL \
                 AND i.state IN ('raised', 'framed', 'prewiring', 'ready'))"
            ),
            Property::Exception => self.exception(&today)?,
            Property::ReviewDue => format!("(i.state = 'decided' AND n.review_on <= {today})"),
            Property::Stagnant => {
                let edge = self.bind(day(self.today - chrono::Duration::days(STAGNANT_DAYS)));
                format!("(l.shelf = 0 AND substr(i.updated_at, 1, 10) <= {edge})")
            }
            Property::Stale => {
                let stagnant = self.property(Property::Stagnant)?;
                let metrics = self.store.stale_metrics(self.today)?;
                let metrics = self.bind(Sql::Text(json_ids(&metrics)));
                format!(
                    "({stagnant} AND l.kind <> 'metric' \
                     OR l.id IN (SELECT value FROM json_each({metrics})))"
                )
            }
        })
    }

    /// Open decisions that press. What the index of the backlog tells is asked first, so that only
    /// the others are looked up, in the order in which they lie in the file.
    fn exception(&mut self, today: &str) -> Result<String> {
        let forum = self.bind(day(self.today + chrono::Duration::days(FORUM_DAYS)));
        let late = self.property(Property::Overdue)?;
        let old = self.older_than_usual();
        let still = self.property(Property::Stagnant)?;
        let unwired = self.unwired("");
        Ok(format!(
            "(l.shelf = 0 AND ({late} OR l.first >= {PUT_OFF} AND l.due <= {today} OR {old} OR \
             l.first < {PUT_OFF} AND l.id IN (SELECT l.id FROM (SELECT id, shelf FROM listing AS l \
             INDEXED BY listing_order WHERE kind = 'decision' AND shelf = 0 AND first < {PUT_OFF} \
             AND NOT {late} AND NOT {old} ORDER BY id LIMIT -1) AS l CROSS JOIN item AS i ON i.id = l.id \
             CROSS JOIN decision AS n ON n.id = l.id WHERE {still} \
             OR n.default_text IS NOT NULL AND n.default_on < {today} OR \
             n.forum_on BETWEEN {today} AND {forum} AND ({unwired} OR {UNHELD}))))"
        ))
    }

    /// Older than P85 of what was decided lately.
    fn older_than_usual(&mut self) -> String {
        let edge = self.bind(day(self.today - chrono::Duration::days(self.usual_age)));
        format!("(l.shelf = 0 AND l.first < {PUT_OFF} AND l.third < {edge})")
    }

    /// High stake, and the approver or somebody of influence 3 who is named on it has not been spoken
    /// to; the driver excepted, or whoever asks where there is none (I3). `in_time` says which
    /// conversations count.
    fn unwired(&mut self, in_time: &str) -> String {
        let driver = match self.me {
            Some(me) => {
                let me = self.bind(Sql::Text(me.to_string()));
                format!("coalesce(i.owner, {me})")
            }
            None => "i.owner".to_owned(),
        };
        format!(
            "(n.stake = 'high' AND EXISTS ( \
             SELECT 1 FROM person AS p WHERE p.id IS NOT {driver} AND (p.id = n.approver OR p.influence = 3 AND p.id IN ( \
                 SELECT e.target FROM edge AS e WHERE e.source = i.id AND e.kind IN ('contributes', 'informed') \
                 UNION SELECT w.person FROM prewire AS w WHERE w.owner = i.id)) \
             AND NOT EXISTS (SELECT 1 FROM prewire AS w WHERE w.owner = i.id AND w.person = p.id \
                 AND w.held_on >= coalesce((SELECT max(v.reopened_on) FROM version AS v \
                     WHERE v.owner = i.id), ''){in_time})))"
        )
    }
}

/// Whether the index of the backlog tells all that is asked for, so that no item is read.
pub(super) fn is_of_listing(filter: &Filter) -> bool {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().all(is_of_listing),
        Filter::Not(part) => is_of_listing(part),
        Filter::Test(Test::Is(property)) => matches!(
            property,
            Property::Open
                | Property::Closed
                | Property::Overdue
                | Property::Old
                | Property::Exception
        ),
        Filter::Everything | Filter::Word(_) | Filter::Test(_) => false,
    }
}

/// Whether the filter asks how old is older than usual.
#[must_use]
pub fn asks_for_age(filter: &Filter) -> bool {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().any(asks_for_age),
        Filter::Not(part) => asks_for_age(part),
        Filter::Test(Test::Is(Property::Old | Property::Exception)) => true,
        Filter::Everything | Filter::Word(_) | Filter::Test(_) => false,
    }
}

/// Somebody is to be spoken to, and has not been.
const UNHELD: &str =
    "EXISTS (SELECT 1 FROM prewire AS w WHERE w.owner = i.id AND w.held_on IS NULL)";

/// No path to an outcome, and nothing said to it yet (I14).
fn unlinked(kind: Kind) -> String {
    let path = "(i.\"for\" IS NULL OR EXISTS (SELECT 1 FROM item AS s WHERE s.id = i.\"for\" \
                AND (s.deleted_at IS NOT NULL OR (s.kind = 'bet' AND NOT EXISTS (SELECT 1 FROM item AS o \
                WHERE o.id = s.\"for\" AND o.deleted_at IS NULL)))))";
    if kind == Kind::Asset {
        return format!("({path} AND n.verdict IS NULL AND i.state <> 'retired')");
    }
    if matches!(kind, Kind::Decision | Kind::Request | Kind::Bet) {
        return path.to_owned();
    }
    let is_time = matches!(kind, Kind::Block | Kind::Entry | Kind::Meeting);
    if is_time { "(i.\"for\" IS NULL)" } else { "0" }.to_owned()
}
