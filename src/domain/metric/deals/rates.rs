//! Shares and sizes of deals in a period: win rate by count and value, close rate of a cohort,
//! displacement of rivals, the sales cycle, the average price.

use super::money::{Currency, Sums};
use super::{Deal, Standing};
use crate::domain::metric::median;
use crate::domain::metric::period::Period;
use crate::domain::metric::reading::Reading;

/// Won out of decided, by count and by value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    pub won: u32,
    pub lost: u32,
    pub won_value: Sums,
    pub lost_value: Sums,
}

impl Rate {
    /// Counts these deals; open ones do not count.
    pub fn of<'a>(deals: impl IntoIterator<Item = &'a Deal>) -> Self {
        let mut rate = Self::default();
        for deal in deals {
            let (count, value) = match deal.standing {
                Standing::Open => continue,
                Standing::Won => (&mut rate.won, &mut rate.won_value),
                Standing::Lost => (&mut rate.lost, &mut rate.lost_value),
            };
            *count += 1;
            if let Some(amount) = deal.amount {
                value.add(amount);
            }
        }
        rate
    }

    /// By count: won of decided.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading::Share { k: self.won, n: self.won + self.lost }
    }

    /// By value, in one currency; `None` when nothing decided had an amount in it.
    #[must_use]
    pub fn by_value(&self, currency: Currency) -> Option<f64> {
        let (won, lost) = (self.won_value.major(currency), self.lost_value.major(currency));
        (won + lost > 0.0).then(|| won / (won + lost))
    }
}

/// Win rate: won out of won and lost, by close date.
#[must_use]
pub fn win_rate<'a>(
    deals: impl IntoIterator<Item = &'a Deal>,
    segments: &[String],
    period: Period,
) -> Rate {
    let deals = deals.into_iter();
    Rate::of(deals.filter(|deal| deal.ended_in(period) && deal.is_in(segments)))
}

/// Competitive displacement: won out of those closed on which the rival was named.
#[must_use]
pub fn displacement<'a>(
    deals: impl IntoIterator<Item = &'a Deal>,
    rival: Option<&str>,
    period: Period,
) -> Rate {
    let deals = deals.into_iter();
    Rate::of(deals.filter(|deal| deal.ended_in(period) && deal.names(rival)))
}

/// Close rate: won out of all that were created in the period, decided or not.
#[must_use]
pub fn close_rate<'a>(
    deals: impl IntoIterator<Item = &'a Deal>,
    segments: &[String],
    period: Period,
) -> Reading {
    let mut reading = (0, 0);
    let deals = deals.into_iter();
    for deal in deals.filter(|deal| deal.began_in(period) && deal.is_in(segments)) {
        reading.1 += 1;
        reading.0 += u32::from(deal.standing == Standing::Won);
    }
    Reading::Share { k: reading.0, n: reading.1 }
}

/// A middle value and out of how many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Middle {
    pub value: f64,
    pub count: usize,
}

/// Sales cycle: the median of the days from created to closed of the deals won; `None` without
/// one that has both days in their order.
#[must_use]
pub fn sales_cycle<'a>(
    deals: impl IntoIterator<Item = &'a Deal>,
    segments: &[String],
    period: Period,
) -> Option<Middle> {
    let days: Vec<f64> = deals
        .into_iter()
        .filter(|deal| deal.standing == Standing::Won)
        .filter(|deal| deal.ended_in(period) && deal.is_in(segments))
        .filter_map(|deal| {
            let days = deal.closed?.signed_duration_since(deal.created?).num_days();
            u32::try_from(days).ok().map(f64::from)
        })
        .collect();
    Some(Middle { value: median(&days)?, count: days.len() })
}

/// ASP: the amount won over the deals won that have an amount in this currency.
#[must_use]
pub fn average_price<'a>(
    deals: impl IntoIterator<Item = &'a Deal>,
    segments: &[String],
    currency: Currency,
    period: Period,
) -> Option<Middle> {
    let won =
        deals.into_iter().filter(|deal| deal.standing == Standing::Won && deal.ended_in(period));
    let amounts: Vec<_> = won
        .filter(|deal| deal.is_in(segments))
        .filter_map(|deal| deal.amount)
        .filter(|amount| amount.currency == currency)
        .collect();
    let count = u32::try_from(amounts.len()).ok().filter(|count| *count > 0)?;
    let sum: Sums = amounts.iter().copied().collect();
    Some(Middle { value: sum.major(currency) / f64::from(count), count: amounts.len() })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::deal;
    use super::*;
    use crate::domain::metric::unit::Unit;

    fn may() -> Period {
        Period::parse("2026-05", 1).unwrap()
    }

    fn euro() -> Currency {
        Currency::parse("EUR").unwrap()
    }

    #[test]
    fn golden_small_sample() {
        let mut deals: Vec<Deal> =
            (0..7).map(|at| deal(&format!("w{at}"), "won 2026-02-03 2026-05-18 100")).collect();
        deals.extend((0..5).map(|at| deal(&format!("l{at}"), "lost 2026-02-03 2026-05-31 300")));
        deals.push(deal("open", "open 2026-02-03 2026-05-20 900"));
        deals.push(deal("april", "won 2026-02-03 2026-04-30 900"));
        let rate = win_rate(&deals, &[], may());
        assert_eq!(Unit::Share.show_reading(rate.reading()), "7 of 12");
        assert!((rate.by_value(euro()).unwrap() - 700.0 / 2200.0).abs() < 1e-12);
        assert_eq!(rate.by_value(Currency::UNSAID), None);
    }

    #[test]
    fn a_segment_is_asked_for_by_name() {
        let mut one = deal("1", "won 2026-02-03 2026-05-18 100");
        one.segment = Some("Mid-Market ".to_owned());
        let deals = [one, deal("2", "lost 2026-02-03 2026-05-18 100")];
        let of = |segments: &[&str]| {
            let segments: Vec<String> = segments.iter().map(|&one| one.to_owned()).collect();
            win_rate(&deals, &segments, may()).reading()
        };
        assert_eq!(of(&[]), Reading::Share { k: 1, n: 2 });
        assert_eq!(of(&["mid-market"]), Reading::Share { k: 1, n: 1 });
        assert_eq!(of(&["enterprise"]), Reading::Share { k: 0, n: 0 });
        assert_eq!(of(&["enterprise"]).value(), None);
    }

    #[test]
    fn displacement_counts_deals_with_the_rival_named() {
        let with = |id: &str, told: &str, rival: &str| Deal {
            competitor: Some(rival.to_owned()),
            ..deal(id, told)
        };
        let deals = [
            with("1", "won 2026-02-03 2026-05-18 100", "Rivo"),
            with("2", "lost 2026-02-03 2026-05-18 100", "Kestrel; rivo"),
            with("3", "won 2026-02-03 2026-05-18 100", "Kestrel"),
            deal("4", "won 2026-02-03 2026-05-18 100"),
        ];
        let of = |rival| displacement(&deals, rival, may()).reading();
        assert_eq!(of(Some("Rivo")), Reading::Share { k: 1, n: 2 });
        assert_eq!(of(None), Reading::Share { k: 2, n: 3 });
    }

    #[test]
    fn the_cycle_is_the_median_of_the_won() {
        let deals = [
            deal("1", "won 2026-05-01 2026-05-11 100"),
            deal("2", "won 2026-04-20 2026-05-20 300"),
            deal("3", "won 2026-05-02 2026-05-01 100"),
            deal("4", "lost 2026-01-01 2026-05-20 100"),
        ];
        let cycle = sales_cycle(&deals, &[], may()).unwrap();
        assert!((cycle.value - 20.0).abs() < 1e-12);
        assert_eq!(cycle.count, 2);
        let price = average_price(&deals, &[], euro(), may()).unwrap();
        assert!((price.value - 500.0 / 3.0).abs() < 1e-9);
        assert_eq!(sales_cycle(&deals, &[], may().next()), None);
        assert_eq!(average_price(&deals, &[], Currency::UNSAID, may()), None);
    }

    #[test]
    fn the_close_rate_is_of_a_cohort() {
        let deals = [
            deal("1", "won 2026-05-01 2026-08-11 100"),
            deal("2", "open 2026-05-20 2026-09-20 300"),
            deal("3", "lost 2026-05-02 2026-05-08 100"),
            deal("4", "won 2026-04-30 2026-05-20 100"),
        ];
        assert_eq!(close_rate(&deals, &[], may()), Reading::Share { k: 1, n: 3 });
    }
}
