//! A chart of a metric as a picture: the line of its figures with signals marked, target, limits,
//! centre and forecast, what happened and what was shipped. Nothing in it is fetched or run.

use std::fmt::Write as _;

use crate::domain::metric::goal::Aim;
use crate::domain::metric::plot::{Event, EventKind, Scale};
use crate::domain::metric::{Account, Observation};
use crate::domain::shown::Shown;

/// Size of the picture, and the room around the chart.
const SIZE: (f64, f64) = (720.0, 320.0);
const LEFT: f64 = 72.0;
const TOP: f64 = 44.0;
const RIGHT: f64 = 24.0;
const BOTTOM: f64 = 56.0;

/// The picture; without a figure it says so.
#[must_use]
pub fn svg(title: &str, account: &Account, rows: &[Observation], events: &[Event]) -> String {
    let mut out = String::new();
    let (width, height) = SIZE;
    let sentence = account.sentence();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escaped(title),
        escaped(&sentence)
    );
    text(&mut out, (LEFT, 18.0), "start", &format!("{title}: {}", figure(account)), "#111111");
    text(&mut out, (LEFT, 34.0), "start", &sentence, "#555555");
    let Some(scale) = Scale::of(account, rows) else {
        text(&mut out, (LEFT, TOP + 40.0), "start", "No data", "#555555");
        out.push_str("</svg>\n");
        return out;
    };
    let x = |day| LEFT + scale.across(day) * (width - LEFT - RIGHT);
    let y = |value| TOP + (1.0 - scale.up(value)) * (height - TOP - BOTTOM);
    let unit = account.terms.unit;
    let mut across = |value: f64, colour: &str, dash: &str| {
        let at = y(value);
        let _ = writeln!(
            out,
            "<line x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{:.1}\" y2=\"{at:.1}\" stroke=\"{colour}\" \
             stroke-dasharray=\"{dash}\"/>",
            width - RIGHT
        );
        text(&mut out, (LEFT - 6.0, at + 4.0), "end", &unit.show(value), colour);
    };
    if let Some(limits) = account.chart.limits {
        across(limits.high, "#888888", "3 3");
        across(limits.low, "#888888", "3 3");
        across(limits.centre, "#888888", "1 4");
    }
    match account.goal.map(|goal| goal.aim) {
        Some(Aim::Up { target, .. } | Aim::Down { target, .. }) => across(target, "#0a7d32", ""),
        Some(Aim::Range { low, high }) => {
            for edge in [low, high].into_iter().filter(|edge| edge.is_finite()) {
                across(edge, "#0a7d32", "");
            }
        }
        None => {}
    }
    marks(&mut out, events, &scale, x);
    let points: Vec<(f64, f64)> =
        rows.iter().filter_map(|one| Some((x(one.period.last()), y(one.value()?)))).collect();
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ = writeln!(
        out,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#1f5fbf\" stroke-width=\"2\"/>",
        line.join(" ")
    );
    if let (Some(forecast), Some((from_x, from_y)), Some(goal)) =
        (account.forecast, points.last(), account.goal)
    {
        let (to_x, to_y) = (x(goal.due.min(scale.last)), y(forecast.expected));
        let _ = writeln!(
            out,
            "<line x1=\"{from_x:.1}\" y1=\"{from_y:.1}\" x2=\"{to_x:.1}\" y2=\"{to_y:.1}\" \
             stroke=\"#1f5fbf\" stroke-dasharray=\"2 5\"/>"
        );
    }
    let signalled = |at: usize| {
        account.chart.signals.iter().any(|signal| (signal.from..=signal.to).contains(&at))
    };
    for (at, (x, y)) in points.iter().enumerate() {
        let (radius, fill) = if signalled(at) { (4.5, "#b45309") } else { (2.5, "#1f5fbf") };
        let _ =
            writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{fill}\"/>");
    }
    let foot = height - BOTTOM + 32.0;
    text(&mut out, (LEFT, foot), "start", &scale.first.format("%-d %b %Y").to_string(), "#555555");
    let last = scale.last.format("%-d %b %Y").to_string();
    text(&mut out, (width - RIGHT, foot), "end", &last, "#555555");
    out.push_str("</svg>\n");
    out
}

fn marks(out: &mut String, events: &[Event], scale: &Scale, x: impl Fn(chrono::NaiveDate) -> f64) {
    let bottom = SIZE.1 - BOTTOM;
    for event in events.iter().filter(|one| (scale.first..=scale.last).contains(&one.on)) {
        let at = x(event.on);
        let words = escaped(&format!("{}: {}", event.on, event.words));
        let _ = match event.kind {
            EventKind::Factor => writeln!(
                out,
                "<line x1=\"{at:.1}\" y1=\"{TOP}\" x2=\"{at:.1}\" y2=\"{bottom}\" \
                 stroke=\"#b45309\" stroke-dasharray=\"2 3\"><title>{words}</title></line>"
            ),
            EventKind::Ours => writeln!(
                out,
                "<path d=\"M{:.1} {:.1} l5 9 h-10 z\" fill=\"#6d28d9\"><title>{words}</title></path>",
                at,
                bottom + 3.0
            ),
        };
    }
}

fn figure(account: &Account) -> String {
    let target = account.target();
    let target = if target.is_empty() { target } else { format!(" → {target}") };
    format!("{}{target}, {}", account.figure(), account.word())
}

fn text(out: &mut String, (x, y): (f64, f64), anchor: &str, words: &str, colour: &str) {
    let words = escaped(words);
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{words}</text>"
    );
}

/// Text that no reader takes for anything but text.
fn escaped(text: &str) -> String {
    let shown = Shown::line(text);
    let text = shown.as_str();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::metric::{Cadence, Period, Reading, Terms, Unit, goal::Direction};

    #[test]
    fn a_picture_holds_every_figure_and_nothing_that_runs() {
        let terms = Terms { unit: Unit::Share, direction: Direction::Up, cadence: Cadence::Weekly };
        let first = Period::parse("2026-W10", 1).unwrap();
        let rows: Vec<Observation> = std::iter::successors(Some(first), |one| Some(one.next()))
            .take(9)
            .map(|period| Observation { period, reading: Reading::number(0.3).unwrap() })
            .collect();
        let today = "2026-05-06".parse().unwrap();
        let account = Account::of(terms, None, &rows, &[], today);
        let events =
            [Event { on: today, words: "<script>&\"".to_owned(), kind: EventKind::Factor }];
        let picture = svg("Win <b>rate</b>", &account, &rows, &events);
        assert_eq!(picture.matches("<circle").count(), 9);
        assert!(!picture.contains("<b>") && !picture.contains("<script>"), "{picture}");
        assert!(
            svg("None", &Account::of(terms, None, &[], &[], today), &[], &[]).contains("No data")
        );
    }
}
