//! The numbers that evidence is held against, each a setting of the workspace with the default that
//! ships. What they mean is with the rules that use them.

use crate::domain::artefact::touch::UNREACHED_DAYS;
use crate::domain::evidence::balance::Limits;
use crate::domain::evidence::cadence::WEEKLY_TARGET;
use crate::domain::evidence::segment::REVIEW_AFTER_DAYS;
use crate::domain::refusal::Refusal;

use super::super::error::Result;
use super::super::workspace::Workspace;

/// A number that a workspace may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    Calls,
    Accounts,
    OneSided,
    OneVoice,
    AfterTheFact,
    Old,
    Review,
    Reached,
}

impl Term {
    pub const ALL: [Self; 8] = [
        Self::Calls,
        Self::Accounts,
        Self::OneSided,
        Self::OneVoice,
        Self::AfterTheFact,
        Self::Old,
        Self::Review,
        Self::Reached,
    ];

    /// The name of its flag, `one-voice`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Accounts => "accounts",
            Self::OneSided => "one-sided",
            Self::OneVoice => "one-voice",
            Self::AfterTheFact => "after-the-fact",
            Self::Old => "old",
            Self::Review => "segment-review",
            Self::Reached => "reached",
        }
    }

    /// Where it is kept.
    #[must_use]
    pub fn setting(self) -> &'static str {
        match self {
            Self::Calls => "evidence.weekly_target",
            Self::Accounts => "evidence.accounts",
            Self::OneSided => "evidence.one_sided",
            Self::OneVoice => "evidence.one_voice",
            Self::AfterTheFact => "evidence.after_the_fact",
            Self::Old => "evidence.old",
            Self::Review => "evidence.segment_review",
            Self::Reached => "evidence.reached",
        }
    }

    /// What it is, in a sentence and as a label.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Calls => "Calls and interviews that a week is meant to hold",
            Self::Accounts => "Fewer accounts than this are thin",
            Self::OneSided => "From so many pieces on, none against is one-sided",
            Self::OneVoice => "More than this per cent from one account is one voice",
            Self::AfterTheFact => {
                "More than this per cent captured after the choice is after the fact"
            }
            Self::Old => "A median age above so many days is old",
            Self::Review => "A segment that was reviewed more than so many days ago is stale",
            Self::Reached => "A stakeholder whom nothing reached for so many days is listed",
        }
    }

    /// What the history calls it.
    #[must_use]
    pub fn called(self) -> &'static str {
        match self {
            Self::Calls => "calls and interviews a week",
            Self::Accounts => "accounts below which evidence is thin",
            Self::OneSided => "pieces from which evidence is one-sided",
            Self::OneVoice => "per cent above which an account is one voice",
            Self::AfterTheFact => "per cent above which evidence came after the fact",
            Self::Old => "days above which evidence is old",
            Self::Review => "days after which a segment is stale",
            Self::Reached => "days after which a stakeholder is not reached",
        }
    }

    /// The least and the most that make sense.
    fn range(self) -> (i64, i64) {
        match self {
            Self::Calls => (0, 50),
            Self::Accounts => (1, 100),
            Self::OneSided => (2, 1_000),
            Self::OneVoice | Self::AfterTheFact => (0, 99),
            Self::Old | Self::Review | Self::Reached => (1, 3_650),
        }
    }

    fn read(self, text: &str) -> Option<i64> {
        let (least, most) = self.range();
        text.trim().parse().ok().filter(|number| (least..=most).contains(number))
    }

    fn shipped(self) -> i64 {
        let limits = Limits::default();
        match self {
            Self::Calls => whole(WEEKLY_TARGET),
            Self::Accounts => whole(limits.thin_below_accounts),
            Self::OneSided => whole(limits.one_sided_from),
            Self::OneVoice => limits.one_voice_above,
            Self::AfterTheFact => limits.after_the_fact_above,
            Self::Old => limits.old_above_days,
            Self::Review => REVIEW_AFTER_DAYS,
            Self::Reached => UNREACHED_DAYS,
        }
    }

    /// The setting that it is, with what is to stand there; `default` is what ships.
    ///
    /// # Errors
    /// When the text is no number of its range.
    pub fn set(self, text: &str) -> std::result::Result<(String, Option<String>), Refusal> {
        let value = match text.trim() {
            "default" => None,
            text => Some(self.read(text).ok_or_else(|| {
                let (least, most) = self.range();
                let slug = self.slug();
                Refusal::input(format!(
                    "{slug}: “{text}” is not a whole number from {least} to {most}"
                ))
                .hint("or say default")
            })?),
        };
        let value = value.map(|number| number.to_string());
        Ok((self.setting().to_owned(), value))
    }
}

impl Workspace {
    /// A number in force.
    ///
    /// # Errors
    /// A storage error.
    pub fn term(&self, term: Term) -> Result<i64> {
        let own = self.store.setting(term.setting())?;
        Ok(own.and_then(|text| term.read(&text)).unwrap_or_else(|| term.shipped()))
    }

    /// What balances are held against.
    ///
    /// # Errors
    /// A storage error.
    pub(in crate::ops) fn limits(&self) -> Result<Limits> {
        Ok(Limits {
            thin_below_accounts: counted(self.term(Term::Accounts)?),
            one_sided_from: counted(self.term(Term::OneSided)?),
            one_voice_above: self.term(Term::OneVoice)?,
            after_the_fact_above: self.term(Term::AfterTheFact)?,
            old_above_days: self.term(Term::Old)?,
        })
    }
}

/// A number of its range as a count.
pub(super) fn counted(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
