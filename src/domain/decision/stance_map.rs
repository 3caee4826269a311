//! The map of the stances: who counts, by function and influence, and where each of them stands. Read
//! without colour: a sign for each stance.

use std::collections::BTreeMap;

use super::Record;
use crate::domain::item::ItemId;

/// What is said of those who speak for no function.
const NONE: &str = "others";

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    For,
    Conditions,
    Against,
    Unknown,
    /// To be spoken to, and not planned yet.
    Unasked,
}

impl Stance {
    pub const ALL: [Self; 5] =
        [Self::For, Self::Conditions, Self::Against, Self::Unknown, Self::Unasked];

    /// The stance of a slug; unknown for any other.
    #[must_use]
    pub fn of(slug: &str) -> Self {
        match slug {
            "for" => Self::For,
            "conditions" => Self::Conditions,
            "against" => Self::Against,
            _ => Self::Unknown,
        }
    }

    /// The sign on the map, which every terminal has.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::For => '+',
            Self::Conditions => '~',
            Self::Against => '-',
            Self::Unknown => '?',
            Self::Unasked => '!',
        }
    }

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Conditions => "conditions",
            Self::Against => "against",
            Self::Unknown => "unknown",
            Self::Unasked => "not asked",
        }
    }
}

/// Somebody on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub id: ItemId,
    pub name: String,
    /// The function that they speak for; empty when it is not known.
    pub function: String,
    pub influence: Option<i64>,
    pub stance: Stance,
}

impl Record {
    /// Everybody who is to be spoken to, or has been, with where they stand.
    #[must_use]
    pub fn seats(&self) -> Vec<Seat> {
        let asked = self.asked();
        let seats = asked.into_iter().map(|id| {
            let prewire = self.prewires().find(|part| part.link("person") == Some(id));
            let named = self.people.get(&id).cloned().unwrap_or_default();
            Seat {
                id,
                name: named.name,
                function: named.function,
                influence: named.influence,
                stance: prewire.map_or(Stance::Unasked, |part| Stance::of(part.text("stance"))),
            }
        });
        seats.collect()
    }
}

/// A line a function, those with most influence first: `sales` and `3 Raj +   2 Kim ~`.
#[must_use]
pub fn lines(seats: &[Seat]) -> Vec<(String, String)> {
    let mut rows: BTreeMap<(i64, String), Vec<&Seat>> = BTreeMap::new();
    let highest = |function: &str| {
        let all = seats.iter().filter(|seat| seat.function == function);
        all.map(|seat| seat.influence.unwrap_or(0)).max().unwrap_or(0)
    };
    for seat in seats {
        rows.entry((-highest(&seat.function), seat.function.clone())).or_default().push(seat);
    }
    rows.into_iter()
        .map(|((_, function), mut row)| {
            row.sort_by_key(|seat| (-seat.influence.unwrap_or(0), seat.name.clone()));
            let told: Vec<String> = row.into_iter().map(told).collect();
            (if function.is_empty() { NONE.to_owned() } else { function }, told.join("   "))
        })
        .collect()
}

fn told(seat: &Seat) -> String {
    let first = seat.name.split_whitespace().next().unwrap_or("somebody");
    let influence =
        seat.influence.map_or_else(|| "·".to_owned(), |influence| influence.to_string());
    format!("{influence} {first} {}", seat.stance.sign())
}

/// What the signs mean that stand there: `+ for  ? unknown`.
#[must_use]
pub fn legend(seats: &[Seat]) -> String {
    let there = Stance::ALL.into_iter().filter(|stance| seats.iter().any(|s| s.stance == *stance));
    let words: Vec<String> =
        there.map(|stance| format!("{} {}", stance.sign(), stance.word())).collect();
    words.join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(name: &str, function: &str, influence: Option<i64>, stance: Stance) -> Seat {
        let id = ItemId(uuid::Uuid::nil());
        Seat { id, name: name.to_owned(), function: function.to_owned(), influence, stance }
    }

    #[test]
    fn who_counts_most_comes_first_and_each_stance_has_its_sign() {
        let seats = [
            seat("Kim Ode", "growth", Some(2), Stance::Conditions),
            seat("Raj Mehta", "sales", Some(3), Stance::For),
            seat("Bo", "sales", Some(1), Stance::Against),
            seat("Lee", "", None, Stance::Unasked),
        ];
        let told = lines(&seats);
        let told: Vec<(&str, &str)> =
            told.iter().map(|(function, who)| (function.as_str(), who.as_str())).collect();
        assert_eq!(
            told,
            [("sales", "3 Raj +   1 Bo -"), ("growth", "2 Kim ~"), ("others", "· Lee !")]
        );
        assert_eq!(legend(&seats), "+ for  ~ conditions  - against  ! not asked");
        assert!(lines(&[]).is_empty());
    }
}
