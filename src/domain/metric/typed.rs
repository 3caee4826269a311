//! A reading as a person types it: `31.2%`, `7/12`, `14`, `45k`. What could mean two things is
//! refused with both of them named.

use super::reading::Reading;
use super::unit::Unit;
use crate::domain::grammar::token::cut;
use crate::domain::refusal::Refusal;

/// A line that tells a figure: `m4 31.2% period:2026-W19 -- from the dashboard`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub metric: String,
    pub figure: String,
    pub period: Option<String>,
    pub note: String,
}

impl Line {
    /// Reads a line; the metric is its first word or quoted title.
    ///
    /// # Errors
    /// A refusal for a line without a metric or a figure.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let tokens = cut(text);
        let mut words = Vec::new();
        let mut period = None;
        let mut note = tokens.note.unwrap_or_default();
        for token in tokens.tokens {
            match token.pair() {
                Some(("period" | "on", ":", value)) => period = Some(value.to_owned()),
                Some(("note", ":", value)) => value.clone_into(&mut note),
                Some(_) | None => words.push(token.text),
            }
        }
        let mut words = words.into_iter();
        let metric = words.next().unwrap_or_default();
        let figure = words.collect::<Vec<_>>().join(" ");
        if metric.is_empty() || figure.is_empty() {
            return Err(Refusal::input("a figure takes its metric and how much")
                .hint("m4 31.2%, or m4 7/12 period:2026-W19"));
        }
        Ok(Self { metric, figure, period, note })
    }

    /// Whether a line that was captured tells a figure: a ref of a metric, and then a number; behind
    /// the letter of a metric also words of its title, with the number at the end.
    #[must_use]
    pub fn captured(text: &str) -> Option<Self> {
        let rest = text.trim_start();
        let rest = match rest.split_once(char::is_whitespace) {
            Some(("m" | "M", rest)) => {
                if let Some(titled) = Self::titled(rest) {
                    return Some(titled);
                }
                rest.trim_start()
            }
            Some(_) | None => rest,
        };
        let is_metric = |word: &str| {
            let digits = word.strip_prefix(['m', 'M']).unwrap_or("");
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let line = Self::read(rest).ok()?;
        let begins =
            line.figure.starts_with(|first: char| first.is_ascii_digit() || "-−+.".contains(first));
        (is_metric(&line.metric) && begins).then_some(line)
    }

    /// `conn 28%`, `win rate 7/12 period:2026-W19`; `None` where a field is set or something is
    /// quoted, which a new metric has.
    fn titled(text: &str) -> Option<Self> {
        let tokens = cut(text);
        let (mut words, mut period) = (Vec::new(), None);
        for token in tokens.tokens {
            match token.pair() {
                Some(("period" | "on", ":", value)) => period = Some(value.to_owned()),
                None if token.is_unquoted() => words.push(token.text),
                Some(_) | None => return None,
            }
        }
        let figure = words.pop()?;
        let metric = words.join(" ");
        let is_share = figure.ends_with('%') || figure.contains('/');
        let is_figure = figure
            .starts_with(|first: char| first.is_ascii_digit() || "-−+".contains(first))
            && (is_share || number(&figure).is_some());
        let starts = metric.starts_with(char::is_alphabetic);
        (is_figure && starts && crate::domain::item::Ref::parse(&metric).is_none()).then(|| Self {
            metric,
            figure,
            period,
            note: tokens.note.unwrap_or_default(),
        })
    }
}

/// The largest figure that is reckoned with, by whichever door it comes.
pub const MOST: f64 = 1e30;

/// Figures of this unit that would do.
fn examples(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "try 31.2%, 7/12 or 14",
        Unit::Money => "try 45000, 45k or 1.2m",
        Unit::Score => "try 4 or 3.5",
        Unit::Points | Unit::Days | Unit::Hours | Unit::Weeks | Unit::Count => "try 14 or 2.5",
    }
}

/// Reads a figure of this unit.
///
/// # Errors
/// A refusal that says what would do.
pub fn read(text: &str, unit: Unit) -> Result<Reading, Refusal> {
    let text = text.trim();
    if let Some((k, n)) = text.split_once('/').or_else(|| text.split_once(" of ")) {
        return counted(text, k, n, unit);
    }
    let (digits, percent) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), true),
        None => (text, false),
    };
    let value = number(digits)
        .ok_or_else(|| Refusal::input(format!("“{text}” is not a figure")).hint(examples(unit)))?;
    if value.abs() > MOST {
        return Err(Refusal::input(format!("“{text}” is too large")).hint(examples(unit)));
    }
    match (unit, percent) {
        (Unit::Share, false) if value != 0.0 && value.abs() <= 1.0 => {
            let hundredfold = Unit::Share.show(value);
            let what = format!("“{text}” of a share may be {hundredfold} or {digits} %");
            Err(Refusal::input(what).hint(format!("type {}% or {digits}%", value * 100.0)))
        }
        (Unit::Share, _) => within(value / 100.0),
        (Unit::Score, false) if !(1.0..=5.0).contains(&value) => {
            Err(Refusal::input(format!("“{text}”: a score lies between 1 and 5")))
        }
        (Unit::Days | Unit::Hours | Unit::Weeks | Unit::Count, false) if value < 0.0 => {
            Err(Refusal::input(format!("“{text}”: {} are not less than 0", unit.slug())))
        }
        (Unit::Points, _)
        | (
            Unit::Money | Unit::Days | Unit::Hours | Unit::Weeks | Unit::Count | Unit::Score,
            false,
        ) => Reading::number(value),
        (
            Unit::Money | Unit::Days | Unit::Hours | Unit::Weeks | Unit::Count | Unit::Score,
            true,
        ) => Err(Refusal::input(format!("“{text}”: this metric is not counted in per cent"))
            .hint(format!("its unit is {}", unit.slug()))),
    }
}

/// A share lies between nothing and all, by whichever door it comes.
///
/// # Errors
/// A refusal that names what can grow beyond the whole.
pub fn within(share: f64) -> Result<Reading, Refusal> {
    if (0.0..=1.0).contains(&share) {
        return Reading::number(share);
    }
    let per_cent = (share * 1e10).round() / 1e8;
    let what = if per_cent.abs() < MOST {
        format!("{per_cent} %")
    } else {
        "a number that large".to_owned()
    };
    Err(Refusal::input(format!("{what} is no share of a whole"))
        .hint("what can pass 100 % or fall below 0 is counted in points: unit:points"))
}

fn counted(text: &str, k: &str, n: &str, unit: Unit) -> Result<Reading, Refusal> {
    let whole = |part: &str| part.trim().replace(',', "").parse::<u32>().ok();
    let (Some(k), Some(n)) = (whole(k), whole(n)) else {
        return Err(Refusal::input(format!("“{text}” is not k out of n")).hint(examples(unit)));
    };
    if unit != Unit::Share {
        return Err(Refusal::input(format!("“{text}”: only a share is counted as k out of n"))
            .hint(format!("its unit is {}", unit.slug())));
    }
    if n == 0 {
        return Err(Refusal::input("out of none there is no figure")
            .hint("leave the period out; no data is not 0"));
    }
    Reading::share(k, n)
}

/// A number with a point or a comma before its decimals, thousands apart by commas, spaces or
/// nothing, and perhaps a `k` or an `m` behind it; infinite where it is too large.
fn number(text: &str) -> Option<f64> {
    let text: String =
        text.trim().chars().filter(|letter| !letter.is_whitespace() && *letter != '_').collect();
    let text = text.replace('−', "-");
    let (digits, times) = match text.chars().last()? {
        'k' | 'K' => (&text[..text.len() - 1], 1e3),
        'm' | 'M' => (&text[..text.len() - 1], 1e6),
        _ => (text.as_str(), 1.0),
    };
    let is_turned = digits.contains('.') && is_turned(digits);
    let plain = if is_turned {
        digits.replace('.', "").replace(',', ".")
    } else if is_grouped(digits) {
        digits.replace(',', "")
    } else if digits.matches(',').count() == 1 && !digits.contains('.') {
        digits.replace(',', ".")
    } else {
        digits.to_owned()
    };
    let simple =
        |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | 'e' | 'E');
    let value: f64 = plain.chars().all(simple).then(|| plain.parse().ok())??;
    Some(value * times)
}

/// Whether its points part thousands, which the one comma behind them says: `1.234,5`.
fn is_turned(digits: &str) -> bool {
    let Some((whole, decimals)) = digits.split_once(',') else { return false };
    decimals.bytes().all(|one| one.is_ascii_digit()) && is_grouped(&whole.replace('.', ","))
}

/// Whether all commas stand before three digits: `1,204`, `12,345.6`.
fn is_grouped(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or("").trim_start_matches(['-', '+']);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let mut rest = groups.peekable();
    (1..=3).contains(&first.len())
        && first != "0"
        && rest.peek().is_some()
        && rest.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(text: &str) -> Result<Reading, Refusal> {
        read(text, Unit::Share)
    }

    #[test]
    fn figures_as_they_are_typed() {
        let number = |value| Reading::number(value).unwrap();
        assert_eq!(share("31.2%").unwrap(), number(31.2 / 100.0));
        assert_eq!(share("31,2 %").unwrap(), number(31.2 / 100.0));
        assert_eq!(share("31.2").unwrap(), number(31.2 / 100.0));
        assert_eq!(share("7/12").unwrap(), Reading::share(7, 12).unwrap());
        assert_eq!(share("7 of 12").unwrap(), Reading::share(7, 12).unwrap());
        assert_eq!(read("14", Unit::Count).unwrap(), number(14.0));
        assert_eq!(read("1,204", Unit::Count).unwrap(), number(1204.0));
        assert_eq!(read("1 204,5", Unit::Money).unwrap(), number(1204.5));
        assert_eq!(read("45k", Unit::Money).unwrap(), number(45_000.0));
        assert_eq!(read("1.5e3", Unit::Count).unwrap(), number(1500.0));
        assert_eq!(read("−3", Unit::Points).unwrap(), number(-3.0));
    }

    #[test]
    fn a_line_tells_metric_figure_and_period() {
        let line = Line::read("m4 7 of 12 period:2026-W19 -- from the dashboard").unwrap();
        assert_eq!((line.metric.as_str(), line.figure.as_str()), ("m4", "7 of 12"));
        assert_eq!(line.period.as_deref(), Some("2026-W19"));
        assert_eq!(line.note, "from the dashboard");
        assert!(Line::read("m4").is_err());
        assert!(Line::captured("m m4 31.2%").is_some());
        assert!(Line::captured("M4 31.2%").is_some());
        assert!(Line::captured("m Win rate").is_none());
        let titled = Line::captured("m conn ad 28% period:2026-W19 -- by hand").unwrap();
        assert_eq!((titled.metric.as_str(), titled.figure.as_str()), ("conn ad", "28%"));
        assert_eq!((titled.period.as_deref(), titled.note.as_str()), (Some("2026-W19"), "by hand"));
        assert!(Line::captured("m Calls a rep 12 unit:count").is_none(), "a field makes a metric");
        assert!(Line::captured("m \"Win rate 2026\"").is_none());
        assert!(Line::captured("conn 28%").is_none(), "a decision, without the letter");
        assert!(Line::captured("m4 is wrong").is_none());
    }

    #[test]
    fn what_may_mean_two_things_names_both() {
        let refusal = share("0.31").unwrap_err();
        assert!(refusal.what.contains("31 %"), "{}", refusal.what);
        assert_eq!(share("0").unwrap(), Reading::number(0.0).unwrap());
        for text in ["150%", "-5%", "1,234", "100.1"] {
            assert!(share(text).unwrap_err().what.contains("no share of a whole"), "{text}");
        }
        assert_eq!(share("100%").unwrap(), Reading::number(1.0).unwrap());
    }

    #[test]
    fn what_is_no_figure_is_refused() {
        for text in ["", "much", "NaN", "inf", "1e400", "7/0", "8/7", "1/x", "--3", "1.2.3", "0x10"]
        {
            assert!(share(text).is_err(), "{text}");
        }
        for text in ["1e400", "-1e400", "1e31"] {
            let refusal = read(text, Unit::Count).unwrap_err();
            assert!(refusal.what.ends_with("is too large"), "{}", refusal.what);
        }
        let refusal = read("€45k", Unit::Money).unwrap_err();
        assert_eq!(refusal.hint.as_deref(), Some("try 45000, 45k or 1.2m"));
        assert!(read("5%", Unit::Days).is_err());
        assert!(read("7/12", Unit::Days).is_err());
        assert!(read("6", Unit::Score).is_err());
        assert!(read("-1", Unit::Days).is_err());
    }
}
