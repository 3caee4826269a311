//! Golden files: small exports of each CRM and what every row of them becomes; and that no bytes
//! whatever make the reader panic.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/metrics/deals").join(name)
}

fn show(row: &DealRow) -> String {
    match row {
        DealRow::Deal { line, deal, events } => {
            let mut text = format!("{line} {} {:?} {}", deal.external_id, deal.name, deal.stage);
            let day = |day: Option<chrono::NaiveDate>| {
                day.map_or_else(|| "-".to_owned(), |day| day.to_string())
            };
            let amount = deal.amount.map_or_else(
                || "-".to_owned(),
                |money| format!("{} {}", money.minor, money.currency),
            );
            let days = format!("{} to {}", day(deal.created), day(deal.closed));
            writeln!(text, "\n  {} {days}, {amount}", deal.standing.slug()).unwrap();
            for (name, value) in [
                ("account", &deal.account),
                ("segment", &deal.segment),
                ("owner", &deal.owner),
                ("reason", &deal.reason),
                ("rival", &deal.competitor),
                ("pipeline", &deal.pipeline),
            ] {
                if let Some(value) = value {
                    writeln!(text, "  {name} {value:?}").unwrap();
                }
            }
            if let Some(business) = deal.business {
                writeln!(text, "  business {business:?}").unwrap();
            }
            for event in events {
                assert_eq!(event.deal, deal.external_id);
                writeln!(text, "  entered {:?} {}", event.stage, event.entered).unwrap();
            }
            text
        }
        DealRow::Change(change) => {
            let (from, name) = (change.from.as_deref(), change.name.as_deref());
            format!(
                "{} {} {:?}: {} to {} on {}, {}\n",
                change.line,
                change.id.as_deref().unwrap_or("-"),
                name.unwrap_or("-"),
                from.unwrap_or("-"),
                change.to,
                change.on,
                change.standing.slug()
            )
        }
    }
}

fn rows(file: &mut DealFile) -> String {
    let mut text = String::new();
    while let Some(row) = file.next_row() {
        match row {
            Ok(row) => text.push_str(&show(&row)),
            Err(error) => writeln!(text, "! {error}").unwrap(),
        }
    }
    text
}

fn account(path: &Path) -> String {
    let mut file = match DealFile::open(path, &DealOptions::default()) {
        Ok(file) => file,
        Err(error) => return format!("!! {error}\n   {}\n", error.hint().unwrap_or_default()),
    };
    let found = format!("{}, {}, {}", file.source().name(), file.encoding(), file.delimiter());
    let unmapped = file.unmapped().join(", ");
    let mut text = format!("{found}\nunmapped: {unmapped}\n{}", rows(&mut file));
    for notice in file.notices() {
        writeln!(text, "? {}", notice.words).unwrap();
    }
    writeln!(text, "left out: {}, repeated: {}", file.left_out(), file.repeated()).unwrap();
    text
}

#[test]
fn every_fixture_reads_as_its_golden_account() {
    let entries = std::fs::read_dir(path("")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "golden.txt");
    names.sort();
    let accounts = names.iter().map(|name| format!("== {name}\n{}", account(&path(name))));
    let found = accounts.collect::<Vec<_>>().join("\n");
    let golden = std::fs::read_to_string(path("golden.txt")).unwrap_or_default();
    if found != golden {
        let seen = std::env::temp_dir().join("prewire-deals-golden.txt");
        std::fs::write(&seen, &found).unwrap();
        panic!("the accounts differ from golden.txt; what was found is in {}", seen.display());
    }
}

#[test]
fn a_second_pass_gives_the_same() {
    let mut file = DealFile::open(&path("salesforce.csv"), &DealOptions::default()).unwrap();
    let first = rows(&mut file);
    let notices = file.notices().to_vec();
    assert_eq!(notices.len(), 1);
    file.rewind().unwrap();
    assert_eq!(rows(&mut file), first);
    assert_eq!(file.notices(), notices);
}

#[test]
fn what_is_told_settles_what_is_asked() {
    let options = DealOptions { marks: Some(Marks::Comma), ..DealOptions::default() };
    let mut file = DealFile::open(&path("ambiguous-amounts.csv"), &options).unwrap();
    assert!(rows(&mut file).contains(", 4500 XXX"));
    let euro = Currency::parse("EUR");
    let options = DealOptions { marks: Some(Marks::Point), currency: euro, ..options };
    let mut file = DealFile::open(&path("ambiguous-amounts.csv"), &options).unwrap();
    assert!(rows(&mut file).contains(", 4500000 EUR"));
    let options = DealOptions { dates: Some(DayOrder::MonthFirst), ..DealOptions::default() };
    let mut file = DealFile::open(&path("ambiguous-days.csv"), &options).unwrap();
    assert!(rows(&mut file).contains("2026-02-03 to 2026-05-06"));
}

#[test]
fn a_mapping_and_own_stages_are_obeyed() {
    let map = ["Fiscal Period=segment", "Loss Reason=-", "Lead Source=competitor"];
    let options = DealOptions {
        map: map.map(|one| DealMapping::parse(one).unwrap()).to_vec(),
        ends: Ends { won: vec!["Prospecting".to_owned()], lost: Vec::new() },
        ..DealOptions::default()
    };
    let mut file = DealFile::open(&path("salesforce.csv"), &options).unwrap();
    let found = rows(&mut file);
    assert!(found.contains("segment \"Q2-2026\"") && found.contains("rival \"Web\""), "{found}");
    assert!(!found.contains("reason") && found.contains("won 2026-08-20"), "{found}");
    assert!(file.unmapped().contains(&"Loss Reason".to_owned()));
    let map = vec![DealMapping::parse("Fiscal Perod=segment").unwrap()];
    let refused = DealFile::open(&path("salesforce.csv"), &DealOptions { map, ..options });
    let hint = refused.unwrap_err().hint().unwrap();
    assert!(hint.starts_with("did you mean “Fiscal Period”"), "{hint}");
    assert!(DealMapping::parse("Age=ag").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(
        head in prop_oneof![
            Just("Record ID,Deal Name,Deal Stage,Amount,Close Date\n"),
            Just("\"Opportunity Name\",\"From Stage\",\"To Stage\",\"Last Modified\"\n"),
            Just(""),
        ],
        body in proptest::collection::vec(prop_oneof![
            Just(b','), Just(b'"'), Just(b'\n'), Just(b'5'), Just(b'/'), Just(b'.'), any::<u8>(),
        ], 0..200),
    ) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), [head.as_bytes(), &body].concat()).unwrap();
        let _ = account(file.path());
    }
}
