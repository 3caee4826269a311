//! Which figures suit a marketer: by the stage of the company and the side they stand nearer to,
//! as data. The first of a set is what the one primary metric might be.

use serde::Deserialize;

use super::super::sheet::{Fault, Sheet};
use super::super::slugs::slugs;

/// The sets that ship.
pub const SHIPPED: Sheet<'static> =
    Sheet::new("rituals/alignment.toml", include_str!("../../../assets/rituals/alignment.toml"));

slugs! {
    /// How far a company has come.
    CompanyStage {
        Early => "early", "early";
        Growth => "growth", "growth";
        Mature => "mature", "mature";
    }
}

slugs! {
    /// Which side a marketer stands nearer to.
    Alignment {
        Product => "product", "product";
        Sales => "sales", "sales";
        Balanced => "balanced", "balanced";
    }
}

/// The metrics that suit a stage and a side.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricSet {
    pub stage: CompanyStage,
    pub alignment: Alignment,
    pub why: String,
    /// Names of the catalogue; the first is the suggested primary metric.
    pub metrics: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    set: Vec<MetricSet>,
}

/// Reads the sets.
///
/// # Errors
/// The first thing that cannot be read; a set without metrics.
pub fn read(sheet: Sheet<'_>) -> Result<Vec<MetricSet>, Fault> {
    let sets = sheet.read::<Written>()?.set;
    match sets.iter().find(|set| set.metrics.is_empty()) {
        None => Ok(sets),
        Some(set) => {
            let what =
                format!("the {} set of the {} stage names no metric", set.alignment, set.stage);
            Err(sheet.fault(0..0, what))
        }
    }
}

/// The set that suits, if there is one.
#[must_use]
pub fn suggested(
    sets: &[MetricSet],
    stage: CompanyStage,
    alignment: Alignment,
) -> Option<&MetricSet> {
    sets.iter().find(|set| set.stage == stage && set.alignment == alignment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::metric::catalogue::catalogue;

    #[test]
    fn there_is_a_set_for_every_stage_and_side() {
        let sets = read(SHIPPED).unwrap();
        for stage in CompanyStage::ALL {
            for alignment in Alignment::ALL {
                let set = suggested(&sets, *stage, *alignment);
                assert!(set.is_some_and(|set| set.metrics.len() >= 2), "{stage} {alignment}");
            }
        }
        assert_eq!(sets.len(), 9);
        let sales = suggested(&sets, CompanyStage::Growth, Alignment::Sales).unwrap();
        assert_eq!(sales.metrics[..3], ["Win rate, priority segment", "Close rate", "ASP"]);
        let product = suggested(&sets, CompanyStage::Growth, Alignment::Product).unwrap();
        assert_eq!(product.metrics[0], "Adoption rate D30");
    }

    #[test]
    fn every_metric_named_in_the_contents_is_in_the_catalogue() {
        use crate::domain::maturity::Questions;
        use crate::domain::plan::{Criterion, Template, template};
        let mut named: Vec<String> =
            read(SHIPPED).unwrap().into_iter().flat_map(|set| set.metrics).collect();
        let plans = template::SHIPPED.map(|sheet| Template::read(sheet).unwrap().milestones);
        let questions = Questions::read(crate::domain::maturity::questions::SHIPPED).unwrap();
        let suggested = questions.questions.into_iter().map(|one| one.milestone);
        for milestone in plans.into_iter().flatten().chain(suggested) {
            for criterion in milestone.criteria {
                if let Criterion::Metric { name, .. } = criterion {
                    named.push(name);
                }
            }
        }
        assert!(named.len() > 25, "{}", named.len());
        for name in named {
            assert!(catalogue().iter().any(|metric| metric.name == name), "{name}");
        }
    }

    #[test]
    fn a_set_without_metrics_is_refused() {
        let text = "[[set]]\nstage = \"early\"\nalignment = \"sales\"\nwhy = \"\"\nmetrics = []";
        let fault = read(Sheet::new("rituals/mine.toml", text)).unwrap_err();
        assert_eq!(fault.what, "the sales set of the early stage names no metric");
    }
}
