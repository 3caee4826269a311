//! The five areas that product marketing answers for, and which of them no outcome covers.

use super::super::slugs::slugs;

slugs! {
    /// An area of responsibility, as outcomes are tagged with it.
    Area {
        Revenue => "revenue", "pipeline and revenue, new and from customers";
        Message => "message", "what to say, to whom, when";
        Roadmap => "roadmap", "feedback that shapes the roadmap";
        Markets => "markets", "which markets to open, keep and adapt to";
        Value => "value", "value that others do not offer";
    }
}

/// An area and how many active outcomes cover it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    pub area: Area,
    pub outcomes: usize,
}

/// Every area in its order, covered or not.
#[must_use]
pub fn coverage(areas_of_outcomes: &[Option<Area>]) -> Vec<Coverage> {
    let of = |area: &Area| Coverage {
        area: *area,
        outcomes: areas_of_outcomes.iter().filter(|one| **one == Some(*area)).count(),
    };
    Area::ALL.iter().map(of).collect()
}

/// The areas without an outcome.
pub fn uncovered(coverage: &[Coverage]) -> impl Iterator<Item = Area> {
    coverage.iter().filter(|one| one.outcomes == 0).map(|one| one.area)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_without_an_outcome_is_shown() {
        let tagged = [Some(Area::Revenue), None, Some(Area::Revenue), Some(Area::Message)];
        let coverage = coverage(&tagged);
        let counts: Vec<usize> = coverage.iter().map(|one| one.outcomes).collect();
        assert_eq!(counts, [2, 1, 0, 0, 0]);
        let open: Vec<Area> = uncovered(&coverage).collect();
        assert_eq!(open, [Area::Roadmap, Area::Markets, Area::Value]);
    }
}
