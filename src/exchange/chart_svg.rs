//! A chart of a metric as a picture: the line of its figures with signals marked, target, limits,
//! centre and forecast, what happened and what was shipped. Nothing in it is fetched or run.

use std::fmt::Write as _;

use crate::domain::metric::goal::Aim;
use crate::domain::metric::plot::{Event, EventKind, Scale};
use crate::domain::metric::{Account, Observation};
use crate::domain::shown::Shown;

use super::picture::{Anchor, Ink, Picture, Shape, Spot};

/// Size of the picture, and the room around the chart.
const SIZE: Spot = (720.0, 320.0);
const LEFT: f64 = 72.0;
const TOP: f64 = 44.0;
const RIGHT: f64 = 24.0;
const BOTTOM: f64 = 56.0;
/// Marks of ours that the words below a chart name.
const NEWEST: usize = 3;

/// The picture as a file of its own; without a figure it says so.
#[must_use]
pub fn svg(title: &str, account: &Account, rows: &[Observation], events: &[Event]) -> String {
    written(&picture(title, account, rows, events))
}

/// The same as shapes.
#[must_use]
pub fn picture(title: &str, account: &Account, rows: &[Observation], events: &[Event]) -> Picture {
    let (width, height) = SIZE;
    let sentence = account.sentence();
    let mut shapes = vec![
        text((LEFT, 18.0), Anchor::Start, format!("{title}: {}", figure(account)), Ink::Strong),
        text((LEFT, 34.0), Anchor::Start, sentence.clone(), Ink::Quiet),
    ];
    match Scale::of(account, rows) {
        None => {
            shapes.push(text((LEFT, TOP + 40.0), Anchor::Start, "No data".to_owned(), Ink::Quiet));
        }
        Some(scale) => {
            levels(&mut shapes, account, &scale);
            marks(&mut shapes, events, &scale);
            course(&mut shapes, account, rows, &scale);
            let foot = height - BOTTOM + 32.0;
            let day = |day: chrono::NaiveDate| day.format("%-d %b %Y").to_string();
            shapes.push(text((LEFT, foot), Anchor::Start, day(scale.first), Ink::Quiet));
            shapes.push(text((width - RIGHT, foot), Anchor::End, day(scale.last), Ink::Quiet));
        }
    }
    Picture { title: title.to_owned(), about: sentence, size: SIZE, shapes }
}

/// What the lines and marks of a chart mean, in words.
#[must_use]
pub fn legend(account: &Account) -> String {
    let mut lines = Vec::new();
    if account.goal.is_some() {
        lines.push("green the target");
    }
    if account.chart.limits.is_some() {
        lines.push("dashed the limits, dotted the mean");
    }
    if account.forecast.is_some() {
        lines.push("dashed ahead the forecast");
    }
    let marks = "Dashed upright lines came from outside, triangles are ours.";
    if lines.is_empty() {
        marks.to_owned()
    } else {
        format!("Lines: {}. {marks}", lines.join(", "))
    }
}

/// All that happened in a chart by day.
#[must_use]
pub fn happened(account: &Account, rows: &[Observation], events: &[Event]) -> String {
    let Some(scale) = Scale::of(account, rows) else { return String::new() };
    let mut told = Vec::new();
    let seen = |kind: EventKind| {
        let all = events.iter().filter(move |one| one.kind == kind);
        all.filter(|one| (scale.first..=scale.last).contains(&one.on)).collect::<Vec<_>>()
    };
    let outside = (1..).zip(seen(EventKind::Factor));
    let outside: Vec<String> = outside
        .map(|(number, one)| format!("{number} {}, {}", one.on.format("%-d %b"), one.words))
        .collect();
    if !outside.is_empty() {
        told.push(format!("From outside: {}.", outside.join("; ")));
    }
    let ours = seen(EventKind::Ours);
    let before = ours.len().saturating_sub(NEWEST);
    let mut words: Vec<String> = ours[before..]
        .iter()
        .map(|one| format!("{} {}", one.on.format("%-d %b"), one.words))
        .collect();
    words.extend((before > 0).then(|| format!("{before} before")));
    if !words.is_empty() {
        told.push(format!("Ours: {}.", words.join("; ")));
    }
    told.join(" ")
}

fn x(scale: &Scale, day: chrono::NaiveDate) -> f64 {
    LEFT + scale.across(day) * (SIZE.0 - LEFT - RIGHT)
}

fn y(scale: &Scale, value: f64) -> f64 {
    TOP + (1.0 - scale.up(value)) * (SIZE.1 - TOP - BOTTOM)
}

/// Limits, centre and target, across.
fn levels(shapes: &mut Vec<Shape>, account: &Account, scale: &Scale) {
    let unit = account.terms.unit;
    let mut across = |value: f64, ink: Ink| {
        let at = y(scale, value);
        let (from, to) = ((LEFT, at), (SIZE.0 - RIGHT, at));
        shapes.push(Shape::Line { from, to, ink, about: String::new() });
        shapes.push(text((LEFT - 6.0, at + 4.0), Anchor::End, unit.show(value), ink));
    };
    if let Some(limits) = account.chart.limits {
        across(limits.high, Ink::Limit);
        across(limits.low, Ink::Limit);
        across(limits.centre, Ink::Centre);
    }
    match account.goal.map(|goal| goal.aim) {
        Some(Aim::Up { target, .. } | Aim::Down { target, .. }) => across(target, Ink::Target),
        Some(Aim::Range { low, high }) => {
            for edge in [low, high].into_iter().filter(|edge| edge.is_finite()) {
                across(edge, Ink::Target);
            }
        }
        None => {}
    }
}

/// The figures, their signals and where they go.
fn course(shapes: &mut Vec<Shape>, account: &Account, rows: &[Observation], scale: &Scale) {
    let points: Vec<Spot> = rows
        .iter()
        .filter_map(|one| Some((x(scale, one.period.last()), y(scale, one.value()?))))
        .collect();
    shapes.push(Shape::Path { through: points.clone(), ink: Ink::Line });
    if let (Some(forecast), Some(from), Some(goal)) =
        (account.forecast, points.last(), account.goal)
    {
        let to = (x(scale, goal.due.min(scale.last)), y(scale, forecast.expected));
        let about = String::new();
        shapes.push(Shape::Line { from: *from, to, ink: Ink::Forecast, about });
    }
    let signalled = |at: usize| {
        account.chart.signals.iter().any(|signal| (signal.from..=signal.to).contains(&at))
    };
    for (number, at) in points.into_iter().enumerate() {
        let (radius, ink) = if signalled(number) { (4.5, Ink::Signal) } else { (2.5, Ink::Line) };
        shapes.push(Shape::Dot { at, radius, ink });
    }
}

fn marks(shapes: &mut Vec<Shape>, events: &[Event], scale: &Scale) {
    let bottom = SIZE.1 - BOTTOM;
    let mut number = 0;
    for event in events.iter().filter(|one| (scale.first..=scale.last).contains(&one.on)) {
        let at = x(scale, event.on);
        let about = format!("{}: {}", event.on, event.words);
        if event.kind == EventKind::Factor {
            // Its number leads to its words below the chart.
            number += 1;
            let beside = (at + 3.0, TOP + 10.0);
            shapes.push(text(beside, Anchor::Start, number.to_string(), Ink::Factor));
        }
        shapes.push(match event.kind {
            EventKind::Factor => {
                Shape::Line { from: (at, TOP), to: (at, bottom), ink: Ink::Factor, about }
            }
            EventKind::Ours => Shape::Mark { at: (at, bottom + 3.0), ink: Ink::Ours, about },
        });
    }
}

fn figure(account: &Account) -> String {
    let target = account.target();
    let target = if target.is_empty() { target } else { format!(" → {target}") };
    format!("{}{target}, {}", account.figure(), account.word())
}

fn text(at: Spot, anchor: Anchor, words: String, ink: Ink) -> Shape {
    Shape::Text { at, anchor, words, ink }
}

/// The colour of an ink on white, and its dashes.
fn look(ink: Ink) -> (&'static str, &'static str) {
    match ink {
        Ink::Strong => ("#111111", ""),
        Ink::Quiet => ("#555555", ""),
        Ink::Limit => ("#888888", "3 3"),
        Ink::Centre => ("#888888", "1 4"),
        Ink::Target | Ink::Execution => ("#0a7d32", ""),
        Ink::Line | Ink::Strategic => ("#1f5fbf", ""),
        Ink::Forecast => ("#1f5fbf", "2 5"),
        Ink::Signal | Ink::Reactive => ("#b45309", ""),
        Ink::Factor => ("#b45309", "2 3"),
        Ink::Ours => ("#6d28d9", ""),
    }
}

/// The shapes as a file, colours and all.
fn written(picture: &Picture) -> String {
    let (width, height) = picture.size;
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escaped(&picture.title),
        escaped(&picture.about)
    );
    for shape in &picture.shapes {
        shape_in(&mut out, shape);
    }
    out.push_str("</svg>\n");
    out
}

fn shape_in(out: &mut String, shape: &Shape) {
    let _ = match shape {
        Shape::Line { from, to, ink, about } => {
            let (colour, dash) = look(*ink);
            let title = titled(about);
            writeln!(
                out,
                "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" \
                 stroke-dasharray=\"{dash}\">{title}</line>",
                from.0, from.1, to.0, to.1
            )
        }
        Shape::Path { through, ink } => {
            let points: Vec<String> =
                through.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            writeln!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>",
                points.join(" "),
                look(*ink).0
            )
        }
        Shape::Dot { at: (x, y), radius, ink } => writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{}\"/>",
            look(*ink).0
        ),
        Shape::Bar { at: (x, y), size: (width, height), ink } => writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{}\"/>",
            look(*ink).0
        ),
        Shape::Mark { at: (x, y), ink, about } => writeln!(
            out,
            "<path d=\"M{x:.1} {y:.1} l5 9 h-10 z\" fill=\"{}\">{}</path>",
            look(*ink).0,
            titled(about)
        ),
        Shape::Text { at: (x, y), anchor, words, ink } => writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{}\" fill=\"{}\">{}</text>",
            anchor.name(),
            look(*ink).0,
            escaped(words)
        ),
    };
}

fn titled(about: &str) -> String {
    if about.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(about)) }
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
