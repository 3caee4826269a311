//! How a decision stands: who has been spoken to, where they stand, and why it is an exception
//! that a standup looks at first.

use chrono::NaiveDate;

use super::figures::STAGNANT_DAYS;
use super::{DERIVED, Record};
use crate::domain::item::{Item, ItemId};
use crate::domain::part::{Part, PartKind, letter, of_kind};

/// Days before its forum in which a decision must be pre-wired.
pub const FORUM_DAYS: i64 = 3;

/// Why a decision comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exception {
    Overdue {
        days: i64,
    },
    /// The day has come to which it was put off.
    Back {
        days: i64,
    },
    /// What was to happen by itself has not been taken, and its day has passed.
    Lapsed {
        days: i64,
    },
    /// Its forum is near and not everybody has been spoken to.
    Unwired {
        forum_in: i64,
        held: usize,
        of: usize,
    },
    /// Older than most that were decided.
    Old {
        days: i64,
        usual: i64,
    },
    Stagnant {
        days: i64,
    },
}

impl Exception {
    /// `2 days late`, `forum tomorrow, 2 of 4 pre-wired`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Overdue { days } => format!("{} late", counted(days, "day")),
            Self::Back { days } => format!("back from deferral{}", ago(days)),
            Self::Lapsed { days } => format!("its default was due {} ago", counted(days, "day")),
            Self::Unwired { forum_in, held, of } => {
                let when = match forum_in {
                    0 => "today".to_owned(),
                    1 => "tomorrow".to_owned(),
                    days => format!("in {days} days"),
                };
                format!("forum {when}, {held} of {of} pre-wired")
            }
            Self::Old { days, usual } => format!("open {days} days (P85 is {usual})"),
            Self::Stagnant { days } => format!("untouched for {days} days"),
        }
    }
}

/// ` 3 days ago`; nothing for today.
fn ago(days: i64) -> String {
    if days == 0 { String::new() } else { format!(" {} ago", counted(days, "day")) }
}

/// `1 day`, `3 days`.
fn counted(number: i64, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Where people stand, in the order of the slugs of a stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stances {
    pub backing: usize,
    pub conditions: usize,
    pub against: usize,
    pub unknown: usize,
}

impl Stances {
    #[must_use]
    pub fn of(parts: &[Part]) -> Self {
        let mut stances = Self::default();
        for prewire in of_kind(parts, PartKind::Prewire) {
            *match prewire.text("stance") {
                "for" => &mut stances.backing,
                "conditions" => &mut stances.conditions,
                "against" => &mut stances.against,
                _ => &mut stances.unknown,
            } += 1;
        }
        stances
    }

    /// `for 1 · conditions 1 · unknown 2`; what nobody says is left out.
    #[must_use]
    pub fn words(self) -> String {
        let all = [
            ("for", self.backing),
            ("conditions", self.conditions),
            ("against", self.against),
            ("unknown", self.unknown),
        ];
        let said = all.iter().filter(|(_, count)| *count > 0);
        said.map(|(word, count)| format!("{word} {count}")).collect::<Vec<_>>().join(" · ")
    }
}

impl Record {
    /// Everybody who is to be spoken to, or has been.
    #[must_use]
    pub fn asked(&self) -> Vec<ItemId> {
        let mut asked = self.to_be_wired();
        for id in self.prewires().filter_map(|prewire| prewire.link("person")) {
            if !asked.contains(&id) {
                asked.push(id);
            }
        }
        asked
    }

    /// How many of those have been spoken to, and how many there are.
    #[must_use]
    pub fn wired(&self) -> (usize, usize) {
        let asked = self.asked();
        let held = |id: &&ItemId| self.spoken_to(**id, None);
        (asked.iter().filter(held).count(), asked.len())
    }

    /// Objections that nobody has answered.
    pub fn open_objections(&self) -> impl Iterator<Item = &Part> {
        of_kind(&self.parts, PartKind::Objection).filter(|part| part.text("status") == "open")
    }

    /// Why it comes first, the worst reason first; empty for one that is healthy.
    #[must_use]
    pub fn exceptions(&self, today: NaiveDate, usual: i64) -> Vec<Exception> {
        Signs::of(&self.item).exceptions(today, usual, || self.wired())
    }
}

/// What says of an open decision whether it is an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// The day after which it is late.
    pub last_day: Option<NaiveDate>,
    pub is_deferred: bool,
    /// The day on which something happens unless somebody objects.
    pub default_on: Option<NaiveDate>,
    pub forum_on: Option<NaiveDate>,
    pub raised_on: NaiveDate,
    /// The day of the last change.
    pub touched_on: NaiveDate,
}

impl Signs {
    #[must_use]
    pub fn of(item: &Item) -> Self {
        Self {
            last_day: crate::domain::listing::last_day(item),
            is_deferred: item.state().slug == "deferred",
            default_on: item.day("default_on").filter(|_| !item.text("default_text").is_empty()),
            forum_on: item.day("forum_on"),
            raised_on: raised(item),
            touched_on: item.updated_at.date_naive(),
        }
    }

    /// Days until its forum, while that is near enough for everybody to be spoken to by now.
    #[must_use]
    pub fn forum_in(&self, today: NaiveDate) -> Option<i64> {
        let days = (self.forum_on? - today).num_days();
        (!self.is_deferred && (0..=FORUM_DAYS).contains(&days)).then_some(days)
    }

    /// Why it comes first, the worst reason first. `wired` is asked when its forum is near: how
    /// many were spoken to, of how many.
    #[must_use]
    pub fn exceptions(
        &self,
        today: NaiveDate,
        usual: i64,
        wired: impl FnOnce() -> (usize, usize),
    ) -> Vec<Exception> {
        let mut found = Vec::new();
        if self.is_deferred {
            let back = self.last_day.filter(|day| *day <= today);
            found.extend(back.map(|day| Exception::Back { days: (today - day).num_days() }));
            return found;
        }
        if let Some(late) = self.last_day.filter(|day| *day < today) {
            found.push(Exception::Overdue { days: (today - late).num_days() });
        }
        if let Some(day) = self.default_on.filter(|day| *day < today) {
            found.push(Exception::Lapsed { days: (today - day).num_days() });
        }
        if let Some(forum_in) = self.forum_in(today) {
            let (held, of) = wired();
            if held < of {
                found.push(Exception::Unwired { forum_in, held, of });
            }
        }
        let days = (today - self.raised_on).num_days();
        if days > usual {
            found.push(Exception::Old { days, usual });
        }
        let untouched = (today - self.touched_on).num_days();
        if untouched >= STAGNANT_DAYS {
            found.push(Exception::Stagnant { days: untouched });
        }
        found
    }
}

/// The day on which the question was raised.
#[must_use]
pub fn raised(item: &Item) -> NaiveDate {
    item.day("raised_on").unwrap_or_else(|| item.created_at.date_naive())
}

/// Days since the question was raised (`spec/3-model.md §3.4`).
#[must_use]
pub fn age(item: &Item, today: NaiveDate) -> i64 {
    (today - raised(item)).num_days()
}

/// Whether the day has come on which something happens unless somebody objects.
#[must_use]
pub fn is_default_due(item: &Item, today: NaiveDate) -> bool {
    DERIVED.contains(&item.state().slug)
        && !item.text("default_text").is_empty()
        && item.day("default_on").is_some_and(|on| on <= today)
}

/// The option that a default means: the one that is set, else the one that its words name by letter
/// or by its own words, else the recommended one.
#[must_use]
pub fn default_option(item: &Item, parts: &[Part]) -> Option<char> {
    if let Some(set) = item.text("default_option").chars().next() {
        return Some(set);
    }
    let text = item.text("default_text").to_lowercase();
    let words: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).collect();
    let named = words.windows(2).find(|pair| pair[0] == "option").map(|pair| pair[1]);
    let said = of_kind(parts, PartKind::Option)
        .filter(|option| !option.main().is_empty() && text.contains(&option.main().to_lowercase()))
        .max_by_key(|option| option.main().len());
    if let (None, Some(said)) = (named, said) {
        return Some(letter(said.position));
    }
    let own = named.unwrap_or_else(|| item.text("recommendation"));
    let there = of_kind(parts, PartKind::Option).map(|option| letter(option.position));
    there.into_iter().find(|letter| own == letter.to_string())
}

/// The reason that a default gives; empty while none is due.
#[must_use]
pub fn default_reason(item: &Item, today: NaiveDate) -> String {
    let Some(on) = item.day("default_on").filter(|_| is_default_due(item, today)) else {
        return String::new();
    };
    let text = item.text("default_text");
    format!("Nobody objected by {}: {text}", on.format("%-d %b %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::decision::tests::framed;
    use crate::domain::value::Value;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_default_is_due_from_its_day_on_and_means_the_option_that_it_names() {
        let mut record = framed("medium");
        let today = day("2026-05-06");
        assert!(!is_default_due(&record.item, today));
        record.item.set("default_text", Value::Text("Ships option B on Friday".to_owned()));
        record.item.set("default_on", Value::Day(day("2026-05-07")));
        assert!(!is_default_due(&record.item, today));
        assert!(is_default_due(&record.item, day("2026-05-07")));
        assert_eq!(default_option(&record.item, &record.parts), Some('b'));
        let beta = of_kind(&record.parts, PartKind::Option).nth(1).map(Part::main).unwrap();
        let beta = beta.to_owned();
        record.item.set("default_text", Value::Text(format!("Ships {beta}")));
        assert_eq!(default_option(&record.item, &record.parts), Some('b'));
        record.item.set("default_option", Value::Text("a".to_owned()));
        assert_eq!(default_option(&record.item, &record.parts), Some('a'));
        record.item.set("default_option", Value::Nothing);
        let lapsed = record.exceptions(day("2026-05-09"), 21);
        assert!(lapsed.contains(&Exception::Lapsed { days: 2 }), "{lapsed:?}");
        assert!(!record.exceptions(day("2026-05-07"), 21).contains(&Exception::Lapsed { days: 0 }));
        record.item.set("default_text", Value::Text("We wait".to_owned()));
        let named = record.item.text("recommendation").chars().next();
        assert_eq!(default_option(&record.item, &record.parts), named);
        record.item.set("state", Value::Text("decided".to_owned()));
        assert!(!is_default_due(&record.item, day("2026-05-08")));
    }
}
