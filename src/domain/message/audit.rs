//! Whether every surface and rep says the same: an audit of 0, 1 or 2 for each element, the worst
//! first, and where the message has drifted.

use super::super::week::share::Share;
use super::adoption::{MOST_POINTS, Score};

/// A page, a deck, a rep: whatever says the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surface {
    pub name: String,
    pub scores: Vec<(String, Score)>,
}

impl Surface {
    /// Points of those possible; no data before anything was scored.
    #[must_use]
    pub fn consistency(&self) -> Share {
        let points = self.scores.iter().map(|(_, score)| score.points()).sum();
        let scored = i64::try_from(self.scores.len()).unwrap_or(i64::MAX / 2);
        Share::new(points, scored * MOST_POINTS)
    }
}

/// An element that a surface does not say as agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drift<'a> {
    pub surface: &'a str,
    pub element: &'a str,
    pub score: Score,
}

/// The surfaces with the least consistent first; equals by name, those never scored last.
#[must_use]
pub fn worst_first(surfaces: &[Surface]) -> Vec<&Surface> {
    let mut ranked: Vec<&Surface> = surfaces.iter().collect();
    ranked.sort_by(|one, other| {
        let (a, b) = (one.consistency(), other.consistency());
        let unscored = (a.whole == 0).cmp(&(b.whole == 0));
        // As fractions, so that 1/3 and 2/6 are equal.
        unscored
            .then_with(|| (a.part * b.whole).cmp(&(b.part * a.whole)))
            .then_with(|| one.name.cmp(&other.name))
    });
    ranked
}

/// What has drifted: of the worst surface first, what is absent before what is partly there.
#[must_use]
pub fn drift(surfaces: &[Surface]) -> Vec<Drift<'_>> {
    let mut found = Vec::new();
    for surface in worst_first(surfaces) {
        let mut here: Vec<Drift<'_>> = surface
            .scores
            .iter()
            .filter(|(_, score)| *score != Score::Whole)
            .map(|(element, score)| Drift { surface: &surface.name, element, score: *score })
            .collect();
        here.sort_by_key(|one| one.score);
        found.append(&mut here);
    }
    found
}

/// Points of those possible, in words; of few elements never as a percentage.
#[must_use]
pub fn words(share: Share) -> String {
    share.in_points(usize::try_from(share.whole / MOST_POINTS).unwrap_or(0))
}

/// The consistency over all surfaces, each element weighing the same.
#[must_use]
pub fn overall(surfaces: &[Surface]) -> Share {
    let parts = surfaces.iter().map(Surface::consistency);
    parts.fold(Share::new(0, 0), |sum, one| Share::new(sum.part + one.part, sum.whole + one.whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surface(name: &str, scores: &str) -> Surface {
        let scores =
            scores.chars().zip(["problem", "path", "rollout", "value"]).map(|(digit, element)| {
                (element.to_owned(), Score::parse(&digit.to_string()).unwrap())
            });
        Surface { name: name.to_owned(), scores: scores.collect() }
    }

    #[test]
    fn five_surfaces_rank_worst_first() {
        let all = [
            surface("home page", "2222"),
            surface("Sam", ""),
            surface("pitch deck", "2101"),
            surface("pricing page", "0000"),
            surface("nurture email", "22"),
            surface("Ana", "1120"),
        ];
        let names: Vec<&str> = worst_first(&all).iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            names,
            ["pricing page", "Ana", "pitch deck", "home page", "nurture email", "Sam"]
        );
        assert_eq!(overall(&all), Share::new(8 + 4 + 4 + 4, 8 * 4 + 4));
        let drifted = drift(&all);
        assert_eq!(drifted.len(), 4 + 3 + 3);
        assert_eq!((drifted[4].surface, drifted[4].element), ("Ana", "value"), "absent first");
        assert_eq!(overall(&[]).in_tenths(), "no data");
    }
}
