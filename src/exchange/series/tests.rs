//! Golden files: a small file of every shape and the figures that it gives; and that no bytes
//! whatever make the reader panic.

use std::fmt::Write as _;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/metrics/series").join(name)
}

fn options() -> SeriesOptions {
    SeriesOptions::on("2026-05-20".parse().unwrap())
}

fn account(path: &Path, options: &SeriesOptions) -> String {
    let series = match Series::read(path, options) {
        Ok(series) => series,
        Err(error) => return format!("!! {error}\n   {}\n", error.hint().unwrap_or_default()),
    };
    let source = series.source.name();
    let mut text = format!("{source}, {}, {}\n", series.encoding, series.delimiter);
    writeln!(text, "unmapped: {}", series.unmapped.join(", ")).unwrap();
    for point in &series.points {
        let key = point.period.key(1);
        let figure = match point.figure {
            Figure::Percent(share) => format!("{share} of 1"),
            Figure::Bare(value) => value.to_string(),
            Figure::Counted { k, n } => format!("{k} of {n}"),
        };
        let segment = point.segment.as_deref().unwrap_or("-");
        let running = if point.stand == Stand::Running { ", running" } else { "" };
        let (line, metric, column) = (point.line, &point.metric, &point.column);
        writeln!(text, "{line} {metric:?} {segment} {key}: {figure}{running} ({column})").unwrap();
    }
    for bad in &series.bad {
        writeln!(text, "! {bad}").unwrap();
    }
    for question in series.metrics().iter().filter_map(|metric| series.question(metric)) {
        writeln!(text, "? {}", question.words()).unwrap();
    }
    writeln!(text, "bad: {}, left out: {}", series.bad_total, series.left_out).unwrap();
    text
}

#[test]
fn every_fixture_reads_as_its_golden_account() {
    let entries = std::fs::read_dir(path("")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "golden.txt");
    names.sort();
    let accounts =
        names.iter().map(|name| format!("== {name}\n{}", account(&path(name), &options())));
    let found = accounts.collect::<Vec<_>>().join("\n");
    let golden = std::fs::read_to_string(path("golden.txt")).unwrap_or_default();
    if found != golden {
        let seen = std::env::temp_dir().join("prewire-series-golden.txt");
        std::fs::write(&seen, &found).unwrap();
        panic!("the accounts differ from golden.txt; what was found is in {}", seen.display());
    }
}

#[test]
fn what_is_told_settles_what_is_asked() {
    let read = |name: &str, options: &SeriesOptions| account(&path(name), options);
    let comma = SeriesOptions { marks: Some(Marks::Comma), ..options() };
    assert!(read("ambiguous-numbers.csv", &comma).contains(": 45 "));
    let point = SeriesOptions { marks: Some(Marks::Point), ..options() };
    assert!(read("ambiguous-numbers.csv", &point).contains(": 45000 "));
    let weekly = SeriesOptions { cadence: Some(Cadence::Weekly), ..options() };
    assert!(read("no-cadence.csv", &weekly).contains("2026-W19: 3"));
    let american = SeriesOptions {
        dates: Some(DayOrder::MonthFirst),
        cadence: Some(Cadence::Monthly),
        ..options()
    };
    assert!(read("ambiguous-days.csv", &american).contains("2026-05: 45"));
    let monthly = SeriesOptions { cadence: Some(Cadence::Monthly), ..options() };
    assert!(read("mixpanel-events.csv", &monthly).contains("\"Signup\" - 2026-05: 4"));
}

#[test]
fn bad_rows_are_counted_and_twenty_named() {
    let mut text = "date,metric,value\n".to_owned();
    for _ in 0..50 {
        text.push_str("2026-05-04,Activation,lots\n");
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let series = Series::read(file.path(), &options()).unwrap();
    assert_eq!((series.bad.len(), series.bad_total), (20, 50));
}

#[test]
fn the_million_and_first_figure_is_refused() {
    let mut yielded = Yield::default();
    let found = || Found {
        line: 1,
        column: 0,
        metric: String::new(),
        segment: None,
        when: When::Day("2026-05-04".parse().unwrap()),
        figure: Figure::Bare(1.0),
    };
    for _ in 0..caps::FIGURES {
        yielded.push(found()).unwrap();
    }
    assert!(matches!(yielded.push(found()), Err(ReadError::ManyFigures)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(
        head in prop_oneof![
            Just("date,metric,value\n"),
            Just("\"t\"\n\"\tSegment\",\"2026-05-04T00:00:00\",\"2026-05-11T00:00:00\"\n"),
            Just("event,distinct_id,time\n"),
            Just(""),
        ],
        body in proptest::collection::vec(prop_oneof![
            Just(b','), Just(b'"'), Just(b'\n'), Just(b'5'), Just(b'/'), Just(b'%'), any::<u8>(),
        ], 0..200),
    ) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), [head.as_bytes(), &body].concat()).unwrap();
        let _ = account(file.path(), &options());
    }

    #[test]
    fn a_table_of_figures_gives_them_back(
        values in proptest::collection::vec(-100_000_i32..100_000, 2..30),
    ) {
        let mut text = "date,x\n".to_owned();
        let mut period = Period::parse("2025-W01", 1).unwrap();
        for value in &values {
            writeln!(text, "{},{value}", period.first()).unwrap();
            period = period.next();
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let series = Series::read(file.path(), &options()).unwrap();
        let found: Vec<Figure> = series.points.iter().map(|point| point.figure).collect();
        let wanted: Vec<Figure> = values.iter().map(|one| Figure::Bare(f64::from(*one))).collect();
        prop_assert_eq!(found, wanted);
        prop_assert!(series.points.iter().all(|one| one.period.cadence() == Cadence::Weekly));
    }
}
