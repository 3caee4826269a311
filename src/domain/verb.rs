//! What can be done to a row beside editing it: decide, defer, drop, ship, challenge … Each verb
//! says what it asks, to whom it applies, and what it changes; pure, so that the CLI, the keys
//! and the tests share it.

use chrono::NaiveDate;

use super::item::Item;
use super::kind::Kind;
use super::noun::Shelf;
use super::refusal::Refusal;
use super::value::Value;

/// One verb of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    Decide,
    Defer,
    Drop,
    Reopen,
    Ship,
    Challenge,
    Reshape,
    Deprioritise,
    Retire,
    Complete,
}

/// What a verb asks before it acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    Nothing,
    /// One line, under this label.
    Line(&'static str),
    /// A day, under this label.
    Day(&'static str),
}

impl Asks {
    /// What the answer is called on the command line; empty when nothing is asked.
    #[must_use]
    pub fn flag(self) -> &'static str {
        match self {
            Self::Nothing => "",
            // A question is answered by a note.
            Self::Line(label) if label.contains(' ') => "note",
            Self::Line(label) | Self::Day(label) => label,
        }
    }
}

/// The answer to what a verb asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    pub line: Option<String>,
    pub day: Option<NaiveDate>,
}

/// Everything that is fixed about a verb.
struct About {
    name: &'static str,
    /// The same in the past tense, for labels: `decided`.
    done: &'static str,
    help: &'static str,
    kinds: &'static [Kind],
    asks: Asks,
    sets: &'static [&'static str],
}

impl Verb {
    pub const ALL: [Self; 10] = [
        Self::Decide,
        Self::Defer,
        Self::Drop,
        Self::Reopen,
        Self::Ship,
        Self::Challenge,
        Self::Reshape,
        Self::Deprioritise,
        Self::Retire,
        Self::Complete,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        self.about().name
    }

    #[must_use]
    pub fn done(self) -> &'static str {
        self.about().done
    }

    #[must_use]
    pub fn help(self) -> &'static str {
        self.about().help
    }

    #[must_use]
    pub fn kinds(self) -> &'static [Kind] {
        self.about().kinds
    }

    #[must_use]
    pub fn asks(self) -> Asks {
        self.about().asks
    }

    /// The verb that `x` means for a kind.
    #[must_use]
    pub fn finishing(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Decision => Some(Self::Decide),
            Kind::Asset => Some(Self::Ship),
            Kind::Outcome => Some(Self::Complete),
            Kind::Request | Kind::Bet | Kind::Person | Kind::Block | Kind::Entry => None,
        }
    }

    fn about(self) -> About {
        use Kind::{Asset, Decision, Outcome};
        let about =
            |name, done, help, kinds, asks, sets| About { name, done, help, kinds, asks, sets };
        match self {
            Self::Decide => about(
                "decide",
                "decided",
                "Record the answer and why.",
                &[Decision],
                Asks::Line("rationale"),
                &["decided_on", "rationale"],
            ),
            Self::Defer => about(
                "defer",
                "deferred",
                "Put it off to a day.",
                &[Decision],
                Asks::Day("until"),
                &["deferred_until"],
            ),
            Self::Drop => about(
                "drop",
                "dropped",
                "Give it up, with a reason.",
                &[Decision],
                Asks::Line("reason"),
                &["rationale"],
            ),
            Self::Reopen => about(
                "reopen",
                "reopened",
                "Put the question again, with a reason.",
                &[Decision],
                Asks::Line("reason"),
                &[],
            ),
            Self::Ship => about(
                "ship",
                "shipped",
                "It is out; what it held is free.",
                &[Asset],
                Asks::Nothing,
                &["shipped_on"],
            ),
            Self::Challenge => about(
                "challenge",
                "challenged",
                "Ask what it is for, in one line.",
                &[Asset],
                Asks::Line("which outcome should it serve?"),
                &["verdict", "verdict_note"],
            ),
            Self::Reshape => about(
                "reshape",
                "reshaped",
                "Say what would make it serve an outcome, in one line.",
                &[Asset],
                Asks::Line("what should it become?"),
                &["verdict", "verdict_note"],
            ),
            Self::Deprioritise => about(
                "deprioritise",
                "deprioritised",
                "Put it last, in one line why.",
                &[Asset],
                Asks::Line("why last?"),
                &["verdict", "verdict_note"],
            ),
            Self::Retire => about(
                "retire",
                "retired",
                "Take it out of use.",
                &[Asset],
                Asks::Line("reason"),
                &[],
            ),
            Self::Complete => {
                about("complete", "met", "The outcome is met.", &[Outcome], Asks::Nothing, &[])
            }
        }
    }

    /// Why the verb is not possible on this item now; `None` when it is.
    #[must_use]
    pub fn refusal(self, item: &Item) -> Option<Refusal> {
        let noun = item.kind().noun();
        let state = item.state();
        if !self.kinds().contains(&item.kind()) {
            let names: Vec<String> = self.kinds().iter().map(|kind| kind.noun().one()).collect();
            return Some(Refusal::input(format!(
                "{} is for {}, not for {}",
                self.name(),
                names.join(" or "),
                noun.one()
            )));
        }
        let already =
            |word: &str| Some(Refusal::input(format!("{} is already {word}", item.reference)));
        match self {
            Self::Decide if state.slug == "decided" => already("decided")
                .map(|refusal| refusal.hint(format!("prewire decision reopen {}", item.reference))),
            Self::Decide | Self::Defer | Self::Drop if state.shelf != Shelf::Open => {
                already(state.slug)
            }
            Self::Reopen if state.shelf == Shelf::Open && state.slug != "deferred" => {
                already("open")
            }
            Self::Ship if matches!(state.slug, "shipped" | "in-use" | "retired") => {
                already(state.slug)
            }
            Self::Retire if state.slug == "retired" => already("retired"),
            Self::Complete if state.shelf != Shelf::Open => already(state.slug),
            Self::Decide => approver_missing(item),
            Self::Defer
            | Self::Drop
            | Self::Reopen
            | Self::Ship
            | Self::Challenge
            | Self::Reshape
            | Self::Deprioritise
            | Self::Retire
            | Self::Complete => None,
        }
    }

    /// Carries the verb out on the item.
    ///
    /// # Errors
    /// When it is not possible now, or the answer that it asks for is missing.
    pub fn apply(self, item: &mut Item, answer: &Answer, today: NaiveDate) -> Result<(), Refusal> {
        if let Some(refusal) = self.refusal(item) {
            return Err(refusal);
        }
        let state = |slug: &str| Value::Text(slug.to_owned());
        match self {
            Self::Decide => {
                item.set("rationale", Value::Text(self.line(item, answer)?));
                item.set("decided_on", Value::Day(today));
                item.set("deferred_until", Value::Nothing);
                item.set("state", state("decided"));
            }
            Self::Defer => {
                let until = answer.day.ok_or_else(|| self.unanswered(item))?;
                if until <= today {
                    return Err(Refusal::input(format!("{until} is not after today"))
                        .hint("a deferred decision comes back on a later day"));
                }
                item.set("deferred_until", Value::Day(until));
                if let Some(line) = answer.line.as_deref().filter(|line| !line.trim().is_empty()) {
                    item.set("rationale", Value::Text(line.trim().to_owned()));
                }
                item.set("state", state("deferred"));
            }
            Self::Drop => {
                item.set("rationale", Value::Text(self.line(item, answer)?));
                item.set("deferred_until", Value::Nothing);
                item.set("state", state("dropped"));
            }
            Self::Reopen => {
                let line = self.line(item, answer)?;
                keep_in_note(item, &reopened(item, &line, today));
                item.set("decided_on", Value::Nothing);
                item.set("deferred_until", Value::Nothing);
                item.set("rationale", Value::Nothing);
                item.set("state", state("raised"));
            }
            Self::Ship => {
                item.set("shipped_on", Value::Day(today));
                item.set("state", state("shipped"));
            }
            Self::Challenge | Self::Reshape | Self::Deprioritise => {
                item.set("verdict_note", Value::Text(self.line(item, answer)?));
                item.set("verdict", Value::Text(self.name().to_owned()));
                if self == Self::Deprioritise {
                    item.set("priority", Value::Whole(4));
                }
            }
            Self::Retire => {
                let line = self.line(item, answer)?;
                keep_in_note(item, &format!("Retired on {today}: {line}"));
                item.set("state", state("retired"));
            }
            Self::Complete => item.set("state", state("met")),
        }
        Ok(())
    }

    fn line(self, item: &Item, answer: &Answer) -> Result<String, Refusal> {
        let line = answer.line.as_deref().map(str::trim).filter(|line| !line.is_empty());
        line.map(str::to_owned).ok_or_else(|| self.unanswered(item))
    }

    fn unanswered(self, item: &Item) -> Refusal {
        let wanted = match self.asks() {
            Asks::Line(label) => format!("one line: {label}"),
            Asks::Day(label) => format!("a day: {label}"),
            Asks::Nothing => "nothing".to_owned(),
        };
        let (noun, name, flag) = (item.kind().slug(), self.name(), self.asks().flag());
        Refusal::input(format!("to {name} {} takes {wanted}", item.reference))
            .hint(format!("prewire {noun} {name} {} --{flag} …", item.reference))
    }
}

/// The reason, and what was decided before.
fn reopened(item: &Item, reason: &str, today: NaiveDate) -> String {
    let on = item.day("decided_on").map_or_else(String::new, |day| format!(" on {day}"));
    let before = match item.text("rationale") {
        "" => String::new(),
        rationale => format!("\n\nBefore that {}{on}: {rationale}", item.state().slug),
    };
    format!("Reopened on {today}: {reason}{before}")
}

/// Adds a paragraph to the note, where there is no field of its own for it.
fn keep_in_note(item: &mut Item, paragraph: &str) {
    let note = match item.text("note").trim_end() {
        "" => paragraph.to_owned(),
        note => format!("{note}\n\n{paragraph}"),
    };
    item.set("note", Value::Text(note));
}

/// A decision of medium or high stake, or one-way, needs the one person who decides.
fn approver_missing(item: &Item) -> Option<Refusal> {
    let weighty =
        matches!(item.text("stake"), "medium" | "high") || item.text("reversibility") == "one-way";
    if !weighty || item.link("approver").is_some() {
        return None;
    }
    let why = if matches!(item.text("stake"), "" | "low") { "one-way" } else { item.text("stake") };
    let stake = if why == "one-way" { "one-way".to_owned() } else { format!("{why}-stake") };
    Some(
        Refusal::input(format!("{} is a {stake} decision and has no approver", item.reference))
            .hint(format!("prewire decision edit {} --approver NAME", item.reference)),
    )
}

/// The verbs that set a field of a kind, for the hint of a refusal.
#[must_use]
pub fn setting(kind: Kind, field: &str) -> Vec<Verb> {
    Verb::ALL
        .into_iter()
        .filter(|verb| verb.kinds().contains(&kind) && verb.about().sets.contains(&field))
        .collect()
}

/// The verbs that a kind has.
pub fn of(kind: Kind) -> impl Iterator<Item = Verb> {
    Verb::ALL.into_iter().filter(move |verb| verb.kinds().contains(&kind))
}
