//! What can be done to a row beside editing it: decide, defer, drop, ship, challenge … Each verb
//! says what it asks, to whom it applies, and what it changes; pure, so that the CLI, the keys
//! and the tests share it.

use chrono::NaiveDate;

use super::field::Field;
use super::item::Item;
use super::kind::Kind;
use super::noun::Shelf;
use super::refusal::Refusal;
use super::value::Value;

mod about;
mod apply;
mod extras;
mod note;
mod unready;

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
    Supersede,
    Review,
    Escalate,
    Keep,
    Break,
    Accept,
    Trade,
    Decline,
    SelfServe,
    Fulfil,
    Send,
    Answer,
    Tick,
    Miss,
    Finish,
    Activate,
    Kill,
    Carry,
    Wait,
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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    pub line: Option<String>,
    pub day: Option<NaiveDate>,
    /// What else was said, by the names of the verb's extras.
    pub more: Vec<(&'static str, Value)>,
}

impl Answer {
    /// What was said to one of the verb's extras.
    #[must_use]
    pub fn extra(&self, name: &str) -> &Value {
        let found = self.more.iter().find(|(known, _)| *known == name);
        found.map_or(&Value::Nothing, |(_, value)| value)
    }
}

impl Verb {
    pub const ALL: [Self; 29] = [
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
        Self::Supersede,
        Self::Review,
        Self::Escalate,
        Self::Keep,
        Self::Break,
        Self::Accept,
        Self::Trade,
        Self::Decline,
        Self::SelfServe,
        Self::Fulfil,
        Self::Send,
        Self::Answer,
        Self::Tick,
        Self::Miss,
        Self::Finish,
        Self::Activate,
        Self::Kill,
        Self::Carry,
        Self::Wait,
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

    /// What it asks of a kind: an outcome ends with what it taught, however it ends.
    #[must_use]
    pub fn asks_of(self, kind: Kind) -> Asks {
        match (self, kind) {
            (Self::Miss | Self::Drop, Kind::Outcome) => Asks::Line("lesson"),
            _ => self.asks(),
        }
    }

    /// The verb that `x` means for a kind; none where nothing is ever done with it.
    #[must_use]
    pub fn finishing(kind: Kind) -> Option<Self> {
        const FINISHING: [(Kind, Verb); 8] = [
            (Kind::Decision, Verb::Decide),
            (Kind::Asset, Verb::Ship),
            (Kind::Artefact, Verb::Ship),
            (Kind::Outcome, Verb::Complete),
            (Kind::Commitment, Verb::Keep),
            (Kind::Milestone, Verb::Tick),
            (Kind::Plan, Verb::Finish),
            (Kind::Request, Verb::Fulfil),
        ];
        FINISHING.iter().find(|(of, _)| *of == kind).map(|(_, verb)| *verb)
    }

    /// What else can be said with the verb, each with its own flag; none of it is asked.
    #[must_use]
    pub fn extras(self) -> &'static [Field] {
        extras::of(self)
    }

    /// Why the verb is not possible on this item now; `None` when it is.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table: one arm a verb")]
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
        let already = |word: &str| {
            let refusal = Refusal::input(format!("{} is already {word}", item.reference));
            Some(refusal.hint(self.instead(item)))
        };
        if let Some(refusal) = self.answered_otherwise(item) {
            return Some(refusal);
        }
        match self {
            Self::Decide
            | Self::Defer
            | Self::Drop
            | Self::Complete
            | Self::Escalate
            | Self::Keep
            | Self::Break
            | Self::Send
            | Self::Answer
            | Self::Tick
            | Self::Miss
            | Self::Finish
            | Self::Activate
            | Self::Kill
            | Self::Carry
            | Self::Wait
                if state.shelf != Shelf::Open =>
            {
                already(state.slug)
            }
            Self::Reopen if state.shelf == Shelf::Open && state.slug != "deferred" => {
                already("open")
            }
            Self::Ship if matches!(state.slug, "shipped" | "in-use" | "retired") => {
                already(state.slug)
            }
            Self::Retire | Self::Challenge | Self::Reshape | Self::Deprioritise
                if state.slug == "retired" =>
            {
                already("retired")
            }
            Self::Accept | Self::Trade | Self::Decline | Self::SelfServe | Self::Defer
                if item.kind() == Kind::Request
                    && (matches!(state.slug, "accepted" | "done")
                        || state.slug == self.done() && self != Self::Defer) =>
            {
                already(state.slug)
            }
            Self::Fulfil if state.slug == "done" => already("done"),
            Self::Fulfil if state.slug != "accepted" => Some(Refusal::input(format!(
                "{} is not accepted, so there is nothing to be done",
                item.reference
            ))),
            Self::Review if item.day("reviewed_on").is_some() => already("reviewed"),
            Self::Review | Self::Supersede if item.day("decided_on").is_none() => {
                let reference = item.reference;
                let how = format!("prewire decision decide {reference} --rationale '…'");
                Some(Refusal::input(format!("{reference} is not decided yet")).hint(how))
            }
            Self::Supersede if state.slug == "superseded" => already("superseded"),
            Self::Supersede if item.link("superseded_by").is_some() => {
                let how = format!("prewire decision show {}", item.reference);
                let what = format!("{} has a decision that takes its place", item.reference);
                Some(Refusal::input(what).hint(how))
            }
            Self::Decide => unready::unready(item),
            Self::Activate if state.slug == "active" => already("active"),
            Self::Ship if item.kind() == Kind::Artefact => unready::unshippable(item),
            Self::Defer
            | Self::Drop
            | Self::Reopen
            | Self::Ship
            | Self::Challenge
            | Self::Reshape
            | Self::Deprioritise
            | Self::Retire
            | Self::Complete
            | Self::Supersede
            | Self::Review
            | Self::Escalate
            | Self::Keep
            | Self::Break
            | Self::Accept
            | Self::Trade
            | Self::Decline
            | Self::SelfServe
            | Self::Fulfil
            | Self::Send
            | Self::Answer
            | Self::Tick
            | Self::Miss
            | Self::Finish
            | Self::Activate
            | Self::Kill
            | Self::Carry
            | Self::Wait => None,
        }
    }

    /// What can be done about what is over already: it is opened again, or looked at.
    fn instead(self, item: &Item) -> String {
        let (noun, state) = (item.kind().noun(), item.state());
        let reopens = Self::Reopen.kinds().contains(&item.kind())
            && state.shelf != Shelf::Open
            && state.slug != "superseded"
            && !matches!(self, Self::Review | Self::Reopen);
        let verb = if reopens { "reopen" } else { "show" };
        format!("prewire {} {verb} {}", noun.name, item.reference)
    }

    /// Why an answer that was given, or stands in the place of this one, is not gone behind.
    fn answered_otherwise(self, item: &Item) -> Option<Refusal> {
        let (reference, state) = (item.reference, item.state().slug);
        if self == Self::Reopen && state == "superseded" && item.link("superseded_by").is_some() {
            let what = format!("{reference} was superseded, and stands behind another");
            let hint = format!("reopen the one in its place: prewire decision show {reference}");
            return Some(Refusal::input(what).hint(hint));
        }
        // What was pointed at is an answer; who asks again is accepted or traded.
        if self == Self::Decline && state == "self-served" {
            let what = format!("{reference} is already {state}");
            return Some(Refusal::input(what).hint(format!("prewire request triage {reference}")));
        }
        if self == Self::Send && item.text("memo").trim().is_empty() {
            return Some(
                Refusal::input(format!(
                    "{reference} has no memo, so it offers nothing to choose from"
                ))
                .hint(format!("prewire escalation edit {reference} --memo 'Options: (A) … (B) …'")),
            );
        }
        None
    }

    /// The line that was answered.
    ///
    /// # Errors
    /// When nothing was.
    pub fn line(self, item: &Item, answer: &Answer) -> Result<String, Refusal> {
        let line = answer.line.as_deref().map(str::trim).filter(|line| !line.is_empty());
        line.map(str::to_owned).ok_or_else(|| self.unanswered(item))
    }

    pub(super) fn unanswered(self, item: &Item) -> Refusal {
        let asks = self.asks_of(item.kind());
        let wanted = match asks {
            Asks::Line(label) => format!("one line: {label}"),
            Asks::Day(label) => format!("a day: {label}"),
            Asks::Nothing => "nothing".to_owned(),
        };
        let (noun, name, flag) = (item.kind().slug(), self.name(), asks.flag());
        Refusal::input(format!("to {name} {} takes {wanted}", item.reference))
            .hint(format!("prewire {noun} {name} {} --{flag} …", item.reference))
    }
}

/// The verbs that set a field of a kind, for the hint of a refusal.
#[must_use]
pub fn setting(kind: Kind, field: &str) -> Vec<Verb> {
    Verb::ALL
        .into_iter()
        .filter(|verb| verb.kinds().contains(&kind) && verb.about().sets.contains(&field))
        .collect()
}

/// The words that set a field of a kind which is not typed in.
#[must_use]
pub fn way_to_set(kind: Kind, field: &str) -> Option<&'static str> {
    let of_option = (field == "recommendation").then_some("option d1 edit b --recommend");
    setting(kind, field).first().map(|verb| verb.name()).or(of_option)
}

/// The verbs that a kind has.
pub fn of(kind: Kind) -> impl Iterator<Item = Verb> {
    Verb::ALL.into_iter().filter(move |verb| verb.kinds().contains(&kind))
}
