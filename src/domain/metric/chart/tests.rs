//! The golden case of the specification, limits reckoned by hand, each rule at its edge, and laws.

use proptest::prelude::*;

use super::super::fixture::{day, weeks};
use super::*;

const FREE: Bounds = Bounds { low: None, high: None };

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 5e-3
}

#[test]
fn golden_limits() {
    let points = [21.0, 19.0, 23.0, 22.0, 20.0, 18.0, 24.0, 21.0];
    let limits = Limits::of(&points, FREE).unwrap();
    assert!(near(limits.centre, 21.0));
    assert!((limits.mean_range - 2.857).abs() < 5e-4);
    assert!(near(limits.low, 13.40) && near(limits.high, 28.60), "{limits:?}");
    assert!(near(limits.range, 3.27 * 20.0 / 7.0));
    assert_eq!(limits.standing, Standing::Provisional);
}

#[test]
fn limits_reckoned_by_hand_on_twelve_points() {
    let points = [39.0, 41.0, 41.0, 41.0, 43.0, 44.0, 41.0, 42.0, 40.0, 41.0, 44.0, 40.0];
    // The sum is 497; the ranges are 2 0 0 2 1 3 1 2 1 3 4, which add up to 19.
    let limits = Limits::of(&points, FREE).unwrap();
    assert!(near(limits.centre, 497.0 / 12.0));
    assert!(near(limits.mean_range, 19.0 / 11.0));
    assert!(near(limits.low, 36.822) && near(limits.high, 46.011), "{limits:?}");
    assert_eq!(limits.standing, Standing::Locked);
}

#[test]
fn limits_need_six_points_and_are_locked_on_twelve() {
    let points: Vec<f64> = (0..20).map(|at| f64::from(at % 3)).collect();
    assert!(Limits::of(&points[..5], FREE).is_none());
    let standing = |count: usize| Limits::of(&points[..count], FREE).unwrap().standing;
    assert_eq!(standing(6), Standing::Provisional);
    assert_eq!(standing(11), Standing::Provisional);
    assert_eq!(standing(12), Standing::Locked);
    let mut later = points.clone();
    later.extend([50.0, 60.0]);
    assert_eq!(Limits::of(&later, FREE), Limits::of(&points, FREE));
}

#[test]
fn drawn_limits_stay_where_figures_can_be() {
    let points = [0.05, 0.4, 0.02, 0.5, 0.1, 0.45];
    let limits = Limits::of(&points, Bounds { low: Some(0.0), high: Some(1.0) }).unwrap();
    assert!(limits.low.abs() < 1e-12 && (limits.high - 1.0).abs() < 1e-12, "{limits:?}");
}

/// Centre 10, mean range 1, limits 7.34 and 12.66, half way at 11.33.
fn with_base(more: &[f64]) -> Chart {
    let base = [10.0, 9.5, 10.5, 9.5, 10.5, 9.5, 10.5, 9.5, 10.5, 9.5, 10.5, 10.0];
    let mut points = base.to_vec();
    points.extend(more);
    let chart = Chart::of(&points, 0, FREE);
    let limits = chart.limits.unwrap();
    assert!(near(limits.centre, 10.0) && near(limits.mean_range, 10.0 / 11.0), "{limits:?}");
    chart
}

fn rules(chart: &Chart) -> Vec<(Rule, Side, usize, usize)> {
    chart.signals.iter().map(|one| (one.rule, one.side, one.from, one.to)).collect()
}

#[test]
fn a_point_outside_is_a_signal() {
    // The limits are 10 ± 2.418.
    assert_eq!(rules(&with_base(&[12.41])), []);
    assert_eq!(rules(&with_base(&[12.43])), [(Rule::Outside, Side::Above, 12, 12)]);
    assert_eq!(rules(&with_base(&[7.57])), [(Rule::Outside, Side::Below, 12, 12)]);
}

#[test]
fn three_of_four_near_one_limit_are_a_signal() {
    // Half way is 10 ± 1.209.
    assert_eq!(rules(&with_base(&[11.3, 11.3, 10.0])), []);
    assert_eq!(
        rules(&with_base(&[11.3, 11.3, 9.9, 11.3])),
        [(Rule::NearLimit, Side::Above, 12, 15)]
    );
    assert_eq!(rules(&with_base(&[11.3, 8.7, 11.3, 8.7])), []);
    assert_eq!(rules(&with_base(&[8.7, 8.7, 8.7])), [(Rule::NearLimit, Side::Below, 12, 14)]);
    assert_eq!(rules(&with_base(&[11.2, 11.2, 11.2])), []);
}

#[test]
fn eight_in_a_row_on_one_side_are_a_signal() {
    assert_eq!(rules(&with_base(&[10.2; 7])), []);
    assert_eq!(rules(&with_base(&[10.2; 8])), [(Rule::Run, Side::Above, 12, 19)]);
    assert_eq!(rules(&with_base(&[9.8; 10])), [(Rule::Run, Side::Below, 12, 21)]);
    let broken = [10.2, 10.2, 10.2, 10.2, 10.0, 10.2, 10.2, 10.2, 10.2];
    assert_eq!(rules(&with_base(&broken)), []);
}

#[test]
fn a_jump_is_a_range_above_its_limit() {
    let chart = with_base(&[12.0, 8.5]);
    assert_eq!(chart.jumps, [13]);
    assert_eq!(chart.present(), None);
}

#[test]
fn equal_figures_have_no_signal_however_they_add_up() {
    for value in [0.1, 1e-9, 31.2 / 7.0, 1e12 + 0.1] {
        let chart = Chart::of(&[value; 30], 0, FREE);
        assert_eq!(chart.signals, [], "{value}");
        assert!(chart.jumps.is_empty());
    }
}

#[test]
fn a_re_base_needs_a_reason_and_starts_the_limits_anew() {
    assert!(Rebase::new(day("2026-03-02"), "  ").is_err());
    let rebase = Rebase::new(day("2026-03-04"), "a new pricing page").unwrap();
    let rows = weeks("2026-W01", &[1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 9.0, 8.0, 9.0]);
    assert_eq!(base(&rows, &[]), 0);
    assert_eq!(rows[9].period.first(), day("2026-03-02"));
    assert_eq!(base(&rows, std::slice::from_ref(&rebase)), 9);
    let values: Vec<f64> = rows.iter().filter_map(Observation::value).collect();
    assert!(!Chart::of(&values, 0, FREE).signals.is_empty());
    assert_eq!(Chart::of(&values, 9, FREE).limits, None);
    assert_eq!(Chart::of(&values, 99, FREE).from, 12);
}

proptest! {
    #[test]
    fn another_unit_scales_the_chart_and_keeps_its_signals(
        points in proptest::collection::vec(0.0..100.0_f64, 0..40),
        scale in 0.1..50.0_f64, shift in -100.0..100.0_f64,
    ) {
        let moved: Vec<f64> = points.iter().map(|value| value * scale + shift).collect();
        let (plain, other) = (Chart::of(&points, 0, FREE), Chart::of(&moved, 0, FREE));
        prop_assert_eq!(&plain.signals, &other.signals);
        prop_assert_eq!(&plain.jumps, &other.jumps);
        if let (Some(plain), Some(other)) = (plain.limits, other.limits) {
            prop_assert!((plain.high * scale + shift - other.high).abs() < 1e-6);
        }
    }

    #[test]
    fn upside_down_every_signal_changes_its_side(
        points in proptest::collection::vec(-50.0..50.0_f64, 0..40),
    ) {
        let turned: Vec<f64> = points.iter().map(|value| -value).collect();
        let (plain, other) = (Chart::of(&points, 0, FREE), Chart::of(&turned, 0, FREE));
        prop_assert_eq!(plain.signals.len(), other.signals.len());
        for signal in plain.signals {
            let side = if signal.side == Side::Above { Side::Below } else { Side::Above };
            let turned = Signal { side, ..signal };
            prop_assert!(other.signals.contains(&turned));
        }
    }
}

/// In-process inventory, in hundreds of pounds, by months: D. J. Wheeler, “Understanding Variation”.
/// Published: average 20.39, average moving range 4.7, limits 7.89 and 32.89, range limit 15.4.
#[test]
fn the_published_inventory_has_its_published_limits() {
    let points = [
        19.0, 27.0, 20.0, 16.0, 18.0, 25.0, 22.0, 24.0, 17.0, 25.0, 15.0, 17.0, 20.0, 22.0, 19.0,
        16.0, 22.0, 19.0, 25.0, 22.0, 18.0, 20.0, 16.0, 17.0, 20.0, 15.0, 27.0, 25.0, 17.0, 19.0,
        28.0,
    ];
    let limits = Limits::on(&points, FREE, Standing::Locked).unwrap();
    assert!(near(limits.centre, 20.39), "{limits:?}");
    assert!(near(limits.mean_range, 4.70), "{limits:?}");
    assert!(near(limits.low, 7.885) && near(limits.high, 32.889), "{limits:?}");
    assert!((limits.range - 15.37).abs() < 5e-3, "{limits:?}");
    // Its first year alone, which is what locks them here.
    let locked = Limits::of(&points, FREE).unwrap();
    assert!(near(locked.centre, 20.4167) && near(locked.mean_range, 5.4545), "{locked:?}");
    assert_eq!(Chart::of(&points, 0, FREE).signals, []);
}

/// The trade deficits of the United States in the second half of 1988, in billions, from the same
/// book: average 10.32, average moving range 0.8.
#[test]
fn six_published_months_have_provisional_limits() {
    let points = [10.5, 11.2, 9.2, 10.1, 10.4, 10.5];
    let limits = Limits::of(&points, FREE).unwrap();
    assert!(near(limits.centre, 10.3167) && near(limits.mean_range, 0.8), "{limits:?}");
    assert!(near(limits.low, 8.1887) && near(limits.high, 12.4447), "{limits:?}");
    assert!(near(limits.range, 2.616));
    assert_eq!(limits.standing, Standing::Provisional);
}

/// Made by `tests/fixtures/metrics/make.py`, a second implementation that shares no line with this.
const SERIES: &str = include_str!("../../../../tests/fixtures/metrics/xmr.csv");

#[test]
fn limits_and_signals_are_those_of_an_independent_implementation() {
    let numbers = |text: &str, by: char| -> Vec<f64> {
        text.split(by).filter(|it| !it.is_empty()).map(|it| it.parse().unwrap()).collect()
    };
    let places = |text: &str| -> Vec<usize> {
        text.split_whitespace().map(|it| it.parse().unwrap()).collect()
    };
    let (mut rows, mut signalled) = (0, 0);
    for line in SERIES.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(';').collect();
        let points = numbers(cells[0], ' ');
        let expected = numbers(cells[1], ',');
        let chart = Chart::of(&points, 0, FREE);
        let limits = chart.limits.unwrap();
        let found = [limits.centre, limits.mean_range, limits.low, limits.high];
        for (one, other) in found.iter().zip(&expected) {
            assert!((one - other).abs() < 1e-6, "{line}\n{limits:?}");
        }
        let of = |rule: Rule| -> Vec<usize> {
            let spans = || chart.signals.iter().filter(|one| one.rule == rule);
            let holds = |at: &usize| {
                spans().any(|one| {
                    let is_near = rule != Rule::NearLimit
                        || limits.is_near_limit(points[*at])
                            && limits.side(points[*at]) == Some(one.side);
                    (one.from..=one.to).contains(at) && is_near
                })
            };
            (0..points.len()).filter(holds).collect()
        };
        for (rule, cell) in [(Rule::Outside, 2), (Rule::NearLimit, 3), (Rule::Run, 4)] {
            assert_eq!(of(rule), places(cells[cell]), "{rule:?}\n{line}");
            signalled += usize::from(!cells[cell].is_empty());
        }
        rows += 1;
    }
    assert!(rows >= 150 && signalled >= 100, "{rows} rows, {signalled} with a signal");
}
